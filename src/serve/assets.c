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

struct asset {
    const char *path, *type;
    struct nq_str text;
};

static const struct asset assets[] = {
    {"/app.js", "text/javascript; charset=utf-8", TEXT(web_app_js)},
    {"/draw.js", "text/javascript; charset=utf-8", TEXT(web_draw_js)},
    {"/style.css", "text/css; charset=utf-8", TEXT(web_style_css)},
    {"/icon.svg", "image/svg+xml", TEXT(web_icon_svg)},
    {"/nq-search.js", "text/javascript; charset=utf-8", TEXT(web_nq_search_js)},
};

static const struct asset *asset_at(struct nq_str path)
{
    for (size_t i = 0; i < sizeof assets / sizeof *assets; i++)
        if (nq_slice_is(path, assets[i].path))
            return &assets[i];
    return NULL;
}

struct nq_str nq_asset_template(void)
{
    return (struct nq_str)TEXT(web_index_html);
}

uint64_t nq_assets_identity(void)
{
    uint64_t h = nq_hash_slice(NQ_HASH_START, nq_slice(nq_version()));
    h = nq_hash_slice(h, nq_asset_template());
    for (size_t i = 0; i < sizeof assets / sizeof *assets; i++)
        h = nq_hash_slice(h, assets[i].text);
    return h;
}

void nq_route_asset(struct nq_visit *v)
{
    const struct asset *asset = asset_at(v->request->path);
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
