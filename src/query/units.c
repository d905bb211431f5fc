/* A query as units. */
#include "query/units.h"

#include "base/buf.h"
#include "text/fold.h"
#include "text/utf8.h"

static bool is_control(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0);
}

/* Full-width ASCII as ASCII, white space of any width as space. */
static uint32_t plain_of(uint32_t cp)
{
    if (cp >= 0xFF01 && cp <= 0xFF5E)
        return cp - 0xFEE0;
    return is_control(cp) || nq_class_of(cp) == NQ_CLASS_SPACE ? ' ' : cp;
}

/* Gives each “ 《 「 and 『 its partner, as brackets nest; in one pass, so that a query of nothing
 * but opening marks is no slower than any other. */
static void pair_marks(struct nq_query_units *units)
{
    static const uint32_t marks[][2] = {
        {0x201C, 0x201D}, {0x300A, 0x300B}, {0x300C, 0x300D}, {0x300E, 0x300F}};
    for (size_t m = 0; m < NQ_COUNT(marks); m++) {
        uint32_t open = 0; /* 1 + the innermost open one, whose `close` leads to the one around */
        for (size_t i = 0; i < units->n; i++) {
            struct nq_query_unit *u = &units->items[i];
            if (u->cp == marks[m][0]) {
                u->close = open;
                open = (uint32_t)i + 1;
            } else if (u->cp == marks[m][1] && open) {
                struct nq_query_unit *partner = &units->items[open - 1];
                open = partner->close;
                partner->close = (uint32_t)i;
            }
        }
        while (open) {
            struct nq_query_unit *alone = &units->items[open - 1];
            open = alone->close;
            alone->close = 0;
        }
    }
}

bool nq_query_units_read(struct nq_arena *arena, struct nq_str text, struct nq_query_units *out)
{
    struct nq_buf buf = {0};
    *out =
        (struct nq_query_units){.items = nq_arena_array(arena, text.len + 1, sizeof *out->items)};
    for (size_t at = 0; out->items && at < text.len;) {
        uint32_t cp;
        at += nq_utf8_decode(nq_str_sub(text, at, text.len), &cp, NULL);
        struct nq_query_unit *u = &out->items[out->n++];
        u->cp = cp;
        u->plain = plain_of(cp);
        u->start = (uint32_t)buf.len;
        nq_buf_add_cp(&buf, is_control(cp) ? ' ' : cp);
        u->end = (uint32_t)buf.len;
    }
    out->text = buf.len > 0 ? nq_arena_str(arena, nq_buf_str(&buf)) : NQ_STR("");
    bool ok = !buf.failed && out->items && out->text.ptr;
    nq_buf_finish(&buf);
    if (ok)
        pair_marks(out);
    return ok;
}

struct nq_str nq_query_slice(const struct nq_query_units *units, size_t first, size_t last)
{
    if (first >= last)
        return NQ_STR("");
    return nq_str_sub(units->text, units->items[first].start, units->items[last - 1].end);
}

bool nq_query_ends_term(const struct nq_query_units *units, size_t i)
{
    uint32_t c = nq_query_plain(units, i);
    return c == 0 || c == ' ' || c == '|';
}

bool nq_query_is_space(const struct nq_query_units *units, size_t i)
{
    return i < units->n &&
           (units->items[i].plain == ' ' || nq_class_of(units->items[i].cp) == NQ_CLASS_IGNORE);
}

size_t nq_query_close(const struct nq_query_units *units, size_t i)
{
    if (nq_query_plain(units, i) != '"')
        return i < units->n ? units->items[i].close : 0;
    for (i++; i < units->n; i++)
        if (units->items[i].plain == '"')
            return i;
    return 0;
}

size_t nq_query_skip_breaks(const struct nq_query_units *units, size_t i)
{
    while (i < units->n && units->items[i].plain != '|' &&
           nq_class_of(units->items[i].cp) == NQ_CLASS_BREAK)
        i++;
    return i;
}

size_t nq_query_quotations_end(const struct nq_query_units *units, size_t first)
{
    size_t close = nq_query_close(units, first);
    while (close) {
        size_t i = nq_query_skip_breaks(units, close + 1);
        if (nq_query_ends_term(units, i))
            return i;
        close = nq_query_close(units, i);
    }
    return 0;
}
