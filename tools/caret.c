/* A query with a caret under what could not be parsed. */
#include "caret.h"

/* The part of the query around byte `at` that fits into `width` columns: [*first, *last). */
static void window(struct nq_str query, size_t at, int width, size_t *first, size_t *last)
{
    *first = at;
    *last = query.len;
    while (*first > 0 && nq_width((struct nq_str){query.ptr + *first, at - *first}) < width / 2)
        for (--*first; *first > 0 && (query.ptr[*first] & 0xC0) == 0x80;)
            --*first;
    while (nq_width((struct nq_str){query.ptr + *first, *last - *first}) > width)
        for (--*last; (query.ptr[*last] & 0xC0) == 0x80;)
            --*last;
}

int caret_fail(struct nq_str query, const struct nq_error *err)
{
    enum { INDENT = 2, MOST_BYTES = 2000 }; /* around the caret: a query may be a megabyte */
    common_fail("%s", err->message);
    if (err->status != NQ_ERR_USAGE || err->column < 0)
        return EXIT_FAILED;
    size_t at = 0, first, last;
    for (int n = 0; at < query.len; at++)
        if (((unsigned char)query.ptr[at] & 0xC0) != 0x80 && n++ == err->column)
            break;
    size_t end = query.len - at > MOST_BYTES ? at + MOST_BYTES : query.len;
    while (end < query.len && (query.ptr[end] & 0xC0) == 0x80)
        end++;
    window((struct nq_str){query.ptr, end}, at, common_width() - 2 * INDENT, &first, &last);
    const char *before = first > 0 ? "…" : "", *after = last < query.len ? "…" : "";
    int column = nq_width((struct nq_str){query.ptr + first, at - first}) + (first > 0);
    fprintf(stderr, "%*s%s%.*s%s\n%*s^\n", INDENT, "", before, (int)(last - first),
            query.ptr + first, after, INDENT + column, "");
    return EXIT_FAILED;
}
