/* Entries of contents pages: see contents_entry.h. */
#include "ingest/contents_entry.h"

#include "ingest/scan.h"

/* The bytes of a leader sign at the end of `s`. */
static size_t leader_sign(struct nq_str s, bool *space)
{
    static const char *const signs[] = {"…", "·", "．", "⋯", "　", "—", "–", "・"};
    *space = nq_str_ends(s, NQ_STR(" ")) || nq_str_ends(s, NQ_STR("　"));
    if (s.len > 0 && strchr(". \t_", s.ptr[s.len - 1]))
        return 1;
    for (size_t i = 0; i < NQ_COUNT(signs); i++)
        if (nq_str_ends(s, nq_str_from(signs[i])))
            return strlen(signs[i]);
    return 0;
}

/* `text` without the Roman page at its end, which only dots tell from a word: ...... iv. */
static struct nq_str cut_roman(struct nq_str text, size_t *digits)
{
    enum { MOST = 5 };
    size_t n = 0;
    while (n < text.len && n < MOST && strchr("IVXivx", text.ptr[text.len - n - 1]) &&
           text.ptr[text.len - n - 1])
        n++;
    struct nq_str rest = nq_str_trim(nq_str_sub(text, 0, text.len - n));
    bool dots = nq_str_ends(rest, NQ_STR("..")) || nq_str_ends(rest, NQ_STR("…"));
    *digits = n > 0 && dots ? n : 0;
    return *digits ? rest : text;
}

/* The bytes of the digit, of either width, at the end of `s`; 0 if there is none. */
static size_t last_digit(struct nq_str s)
{
    size_t start;
    uint32_t cp = nq_scan_last(s, &start);
    return (cp >= '0' && cp <= '9') || (cp >= 0xFF10 && cp <= 0xFF19) ? s.len - start : 0;
}

/* `text` without the page at its end, 12, （12）, (12), 第12页, P12: its digits in `*digits`;
 * `*told` where no leader need tell that it is one, （第12页）. */
static struct nq_str cut_page(struct nq_str text, size_t *digits, bool *told)
{
    static const char *const forms[][2] = {{"（第", "页）"}, {"(第", "页)"}, {"", ""},
                                           {"（", "）"},     {"(", ")"},     {"第", "页"},
                                           {"P", ""},        {"P.", ""},     {"/", ""}};
    enum { TOLD = 2 };
    struct nq_str best = text;
    *digits = 0;
    for (size_t i = 0; i < NQ_COUNT(forms); i++) {
        struct nq_str open = nq_str_from(forms[i][0]), close = nq_str_from(forms[i][1]);
        if (!nq_str_ends(text, close))
            continue;
        struct nq_str rest = nq_str_sub(text, 0, text.len - close.len);
        size_t n = 0, len;
        for (; n < 4 && (len = last_digit(rest)) > 0; n++)
            rest.len -= len;
        if (n == 0 || !nq_str_ends(rest, open))
            continue;
        *digits = n;
        *told |= i < TOLD;
        best = nq_str_sub(rest, 0, rest.len - open.len);
    }
    return *digits ? best : cut_roman(text, digits);
}

struct nq_entry nq_entry_parse(struct nq_str text)
{
    struct nq_entry none = {text, NQ_LEADER_NONE};
    bool told = false;
    size_t digits;
    struct nq_str rest = cut_page(text, &digits, &told);
    size_t n, signs = 0;
    bool space, only_space = true, dots = false;
    while (digits > 0 && (n = leader_sign(rest, &space)) > 0) {
        dots |= !space && rest.ptr[rest.len - 1] != '\t';
        only_space &= space;
        rest.len -= n;
        signs++;
    }
    if ((signs == 0 && !told) || rest.len == 0)
        return none;
    bool tab = told || !only_space || signs >= 3;
    return (struct nq_entry){rest, dots && signs >= 2 ? NQ_LEADER_DOTS
                                   : tab              ? NQ_LEADER_TAB
                                                      : NQ_LEADER_SPACE};
}

bool nq_entry_is_caption(struct nq_str name)
{
    static const char *const words[] = {"图表", "图", "表"};
    for (size_t i = 0; i < NQ_COUNT(words); i++) {
        size_t n = strlen(words[i]);
        struct nq_str rest = nq_str_starts(name, nq_str_from(words[i]))
                                 ? nq_str_trim(nq_str_sub(name, n, name.len))
                                 : (struct nq_str){0};
        if (rest.len > 0 && rest.ptr[0] >= '0' && rest.ptr[0] <= '9')
            return true;
    }
    return false;
}
