/* What assistants that write leave in a text where they cite, and no reader can follow: see
 * lines.h.
 */
#include "ingest/lines.h"

enum { LONGEST = 400 };

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* U+E200 cite U+E202 turn0search1 U+E201: signs of private use around it. */
static size_t private_len(struct nq_str s)
{
    struct nq_str open = NQ_STR("\xEE\x88\x80"), close = NQ_STR("\xEE\x88\x81");
    size_t end = nq_str_starts(s, open) ? nq_str_find(s, close, open.len) : SIZE_MAX;
    return end < LONGEST ? end + close.len : 0;
}

/* The same where a copy lost these signs: citeturn0search1turn2view0. */
static size_t turn_len(struct nq_str s)
{
    size_t n = strlen("citeturn");
    if (!nq_str_starts(s, NQ_STR("citeturn")) || n >= s.len || s.ptr[n] < '0' || s.ptr[n] > '9')
        return 0;
    while (n < s.len && is_word(s.ptr[n]))
        n++;
    return n;
}

/* 【3†source】, 【12:0†L3-L8】 */
static size_t dagger_len(struct nq_str s)
{
    struct nq_str open = NQ_STR("【"), dagger = NQ_STR("†");
    size_t n = open.len, end;
    if (!nq_str_starts(s, open))
        return 0;
    while (n < s.len && ((s.ptr[n] >= '0' && s.ptr[n] <= '9') || s.ptr[n] == ':'))
        n++;
    if (n == open.len || !nq_str_starts(nq_str_sub(s, n, s.len), dagger))
        return 0;
    end = nq_str_find(s, NQ_STR("】"), n);
    return end < LONGEST ? end + strlen("】") : 0;
}

size_t nq_citation_len(struct nq_str s)
{
    size_t n = private_len(s);
    if (n == 0 && (n = turn_len(s)) == 0)
        n = dagger_len(s);
    return n;
}

bool nq_line_is_link_target(struct nq_str line)
{
    enum { LONGEST_NAME = 60 };
    size_t end = line.len > 1 && line.ptr[0] == '[' && line.ptr[1] != '^'
                     ? nq_str_find(line, NQ_STR("]:"), 1)
                     : SIZE_MAX;
    if (end > LONGEST_NAME)
        return false;
    struct nq_str target = nq_str_trim(nq_str_sub(line, end + 2, line.len));
    return nq_str_starts(target, NQ_STR("http")) || nq_str_starts(target, NQ_STR("<http")) ||
           nq_str_starts(target, NQ_STR("#"));
}
