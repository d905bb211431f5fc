/* The files of web/, embedded. */
#include "serve/assets.h"

#include <stdlib.h>
#include <string.h>

#include "serve/route.h"
#include "web_assets.h"

#define TEXT(literal)                                                                              \
    {                                                                                              \
        literal, sizeof literal - 1                                                                \
    }

static const struct nq_asset assets[] = {
    {"/app.js", "text/javascript; charset=utf-8", TEXT(web_app_js)},
    {"/draw.js", "text/javascript; charset=utf-8", TEXT(web_draw_js)},
    {"/style.css", "text/css; charset=utf-8", TEXT(web_style_css)},
    {"/icon.svg", "image/svg+xml", TEXT(web_icon_svg)},
    {"/nq-search.js", "text/javascript; charset=utf-8", TEXT(web_nq_search_js)},
};

const struct nq_asset *nq_asset_at(struct nq_str path)
{
    for (size_t i = 0; i < sizeof assets / sizeof *assets; i++)
        if (strlen(assets[i].path) == path.len && memcmp(assets[i].path, path.ptr, path.len) == 0)
            return &assets[i];
    return NULL;
}

struct nq_str nq_asset_template(void)
{
    return (struct nq_str)TEXT(web_index_html);
}

static uint64_t hash(uint64_t h, struct nq_str s)
{
    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (unsigned char)s.ptr[i]) * 0x100000001B3u; /* FNV-1a */
    return h;
}

uint64_t nq_assets_identity(void)
{
    const char *version = nq_version();
    uint64_t h = hash(0xCBF29CE484222325u, (struct nq_str){version, strlen(version)});
    h = hash(h, nq_asset_template());
    for (size_t i = 0; i < sizeof assets / sizeof *assets; i++)
        h = hash(h, assets[i].text);
    return h;
}

void nq_route_asset(struct nq_visit *v)
{
    const struct nq_asset *asset = nq_asset_at(v->request->path);
    char *copy = asset ? malloc(asset->text.len + 1) : NULL;
    if (!copy) {
        nq_answer_problem(v->answer, NQ_PROBLEM_INTERNAL, NULL, -1);
        return;
    }
    memcpy(copy, asset->text.ptr, asset->text.len);
    v->answer->status = 200;
    v->answer->type = asset->type;
    v->answer->body = copy;
    v->answer->len = asset->text.len;
}
