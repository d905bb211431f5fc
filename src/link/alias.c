/* Finding short forms. */
#include "link/alias.h"

#include "text/utf8.h"

enum { FULL_MOST = 240, BRIEF_MOST = 90 }; /* bytes */

static const char *const openings[] = {"（以下简称", "（以下统称", "（简称", "（下称",
                                       "（又称",     "(以下简称",  "(简称",  "，简称",
                                       "，以下简称", "（亦称"};

/* What closes the mark at the beginning of `text`; NULL where none stands there. */
static const char *closing(struct nq_str text, const char **open)
{
    static const char *const marks[][2] = {
        {"《", "》"}, {"“", "”"}, {"「", "」"}, {"\"", "\""}, {"‘", "’"}};
    for (size_t i = 0; i < NQ_COUNT(marks); i++)
        if (nq_str_starts(text, nq_str_from(marks[i][0]))) {
            *open = marks[i][0];
            return marks[i][1];
        }
    return NULL;
}

static bool ends_clause(struct nq_str text, size_t at)
{
    static const char *const ends[] = {"，", "。", "；", "：", "、", "！", "？", "（", "）",
                                       "“",  "”",  "《", "》", "\n", ",",  ";",  "("};
    for (size_t i = 0; i < NQ_COUNT(ends); i++)
        if (nq_str_starts(nq_str_sub(text, at, text.len), nq_str_from(ends[i])))
            return true;
    return false;
}

/* The character before byte `at`. */
static size_t before(struct nq_str text, size_t at)
{
    do
        at--;
    while (at > 0 && ((unsigned char)text.ptr[at] & 0xC0) == 0x80);
    return at;
}

/* The short form at byte `at`, behind 简称 and perhaps 为 or a colon. */
static bool read_brief(struct nq_str text, size_t at, struct nq_str *brief)
{
    static const char *const fillers[] = {"为", "：", ":", "作", " "};
    const char *open = NULL;
    size_t end;
    for (size_t i = 0; i < NQ_COUNT(fillers); i++)
        if (nq_str_starts(nq_str_sub(text, at, text.len), nq_str_from(fillers[i])))
            at += strlen(fillers[i]);
    const char *close = closing(nq_str_sub(text, at, text.len), &open);
    if (close) {
        at += strlen(open);
        end = nq_str_find(text, nq_str_from(close), at);
    } else {
        for (end = at; end < text.len && !ends_clause(text, end);)
            end++;
    }
    if (end == SIZE_MAX || end == at || end - at > BRIEF_MOST)
        return false;
    *brief = nq_str_sub(text, at, end);
    return true;
}

/* The name that ends before byte `end`. */
static bool read_full(struct nq_str text, size_t end, struct nq_alias *out)
{
    static const char *const marks[][2] = {{"《", "》"}, {"“", "”"}};
    struct nq_str head = nq_str_sub(text, 0, end);
    size_t start = end;
    out->whole = false;
    for (size_t i = 0; i < NQ_COUNT(marks); i++) {
        size_t n = strlen(marks[i][1]);
        if (!nq_str_ends(head, nq_str_from(marks[i][1])))
            continue;
        for (start = end - n; start > 0 && end - start < FULL_MOST;) {
            start = before(text, start);
            if (nq_str_starts(nq_str_sub(text, start, end), nq_str_from(marks[i][0]))) {
                out->full = nq_str_sub(text, start + strlen(marks[i][0]), end - n);
                out->whole = true;
                return out->full.len > 0;
            }
        }
        return false;
    }
    while (start > 0 && end - start < FULL_MOST && !ends_clause(text, before(text, start)))
        start = before(text, start);
    out->full = nq_str_trim(nq_str_sub(text, start, end));
    return out->full.len > 0;
}

struct nq_str nq_alias_sentence(struct nq_str text, size_t at)
{
    static const char *const ends[] = {"。", "！", "？", "\n"};
    size_t start = 0, stop = text.len;
    for (size_t i = 0; i < NQ_COUNT(ends); i++) {
        size_t n = strlen(ends[i]), found = 0;
        while ((found = nq_str_find(text, nq_str_from(ends[i]), found)) != SIZE_MAX) {
            found += n;
            if (found <= at && found > start)
                start = found;
            if (found > at) {
                stop = found < stop ? found : stop;
                break;
            }
        }
    }
    return nq_str_trim(nq_str_sub(text, start, stop));
}

bool nq_alias_next(struct nq_str text, size_t *at, struct nq_alias *out)
{
    for (;;) {
        size_t first = SIZE_MAX, len = 0;
        for (size_t i = 0; i < NQ_COUNT(openings); i++) {
            size_t found = nq_str_find(text, nq_str_from(openings[i]), *at);
            if (found < first) {
                first = found;
                len = strlen(openings[i]);
            }
        }
        if (first == SIZE_MAX)
            return false;
        *at = first + len;
        if (!read_brief(text, *at, &out->brief) || !read_full(text, first, out))
            continue;
        out->sentence = nq_alias_sentence(text, first);
        return true;
    }
}
