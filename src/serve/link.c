/* Printing addresses. */
#include "serve/link.h"

#include <stdlib.h>
#include <string.h>

void nq_link_encode(FILE *out, struct nq_str s)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~";
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] && strchr(plain, s.ptr[i]))
            putc(s.ptr[i], out);
        else
            fprintf(out, "%%%02X", (unsigned char)s.ptr[i]);
    }
}

/* The parameters that make up what is shown. */
static const enum nq_param kept[] = {NQ_PARAM_Q,    NQ_PARAM_N,      NQ_PARAM_FROM, NQ_PARAM_TO,
                                     NQ_PARAM_KIND, NQ_PARAM_SOURCE, NQ_PARAM_SORT, NQ_PARAM_EXACT,
                                     NQ_PARAM_VIEW, NQ_PARAM_OFFSET};

void nq_link_print(FILE *out, const char *path, const struct nq_request *r,
                   const struct nq_change *changes, size_t n, const char *and)
{
    const char *separator = "?";
    fputs(path, out);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        struct nq_str value = kept[i] == NQ_PARAM_OFFSET ? (struct nq_str){0} : r->params[kept[i]];
        for (size_t c = 0; c < n; c++)
            if (changes[c].param == kept[i])
                value = changes[c].value;
        if (value.len == 0)
            continue;
        fprintf(out, "%s%s=", separator, nq_param_name(kept[i]));
        nq_link_encode(out, value);
        separator = and;
    }
}

static void print_page(FILE *out, const char *path, const struct nq_request *r, size_t offset,
                       const char *rel)
{
    char text[24];
    snprintf(text, sizeof text, "%zu", offset);
    const struct nq_change change = {NQ_PARAM_OFFSET, {text, offset ? strlen(text) : 0}};
    fputs("<", out);
    nq_link_print(out, path, r, &change, 1, "&");
    fprintf(out, ">; rel=\"%s\"", rel);
}

char *nq_link_pages(const char *path, const struct nq_request *r, size_t offset, size_t limit,
                    bool more)
{
    char *text = NULL;
    size_t len;
    if ((!more && offset == 0) || limit == 0)
        return NULL;
    FILE *out = open_memstream(&text, &len);
    if (!out)
        return NULL;
    if (offset > 0)
        print_page(out, path, r, offset > limit ? offset - limit : 0, "prev");
    if (offset > 0 && more)
        fputs(", ", out);
    if (more)
        print_page(out, path, r, offset + limit, "next");
    if (fclose(out) == 0)
        return text;
    free(text);
    return NULL;
}
