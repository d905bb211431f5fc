/* Identity of document titles. */
#include "text/title.h"

#include "text/numeral.h"
#include "text/utf8.h"

enum {
    MOST = 160, /* code points that are compared; a longer title is known by them */
    LEAST_WITHIN = 8,
    MOST_WORD = 3, /* code points of a word put in */
};

static const double least_covered = 0.5; /* of the longer one, by what stands within it */

/* A title as its folded characters [first, last). */
struct span {
    const struct nq_folded *text;
    size_t first, last;
};

static bool stands(const struct span *s, size_t at, const char *word, size_t *end)
{
    struct nq_str w = nq_str_from(word);
    for (size_t i = 0; i < w.len; at++) {
        uint32_t cp;
        i += nq_utf8_decode(nq_str_sub(w, i, w.len), &cp, NULL);
        if (at >= s->last || s->text->cp[at] != cp)
            return false;
    }
    *end = at;
    return true;
}

/* Where `word` first stands at or behind `from`; s->last where it does not. */
static size_t find(const struct span *s, size_t from, const char *word, size_t *end)
{
    for (size_t at = from; at < s->last; at++)
        if (stands(s, at, word, end))
            return at;
    return s->last;
}

static bool is_bracket(uint32_t cp, bool opens)
{
    return cp == (opens ? 0x300A : 0x300B) || cp == (opens ? 0x3008 : 0x3009);
}

/* 关于印发《…》的通知 is the document within. */
static void unwrap(struct span *s)
{
    static const char *const opens[] = {"印发《", "发布《", "印发〈", "公布《", "转发《"};
    size_t end, close;
    for (size_t i = 0; i < NQ_COUNT(opens); i++) {
        if (find(s, s->first, opens[i], &end) == s->last)
            continue;
        size_t first = end;
        close = find(s, first, i == 2 ? "〉" : "》", &end);
        if (close > first + 3) {
            s->first = first;
            s->last = close;
            return;
        }
    }
    for (; s->last > s->first && is_bracket(s->text->cp[s->first], true); s->first++)
        ;
    for (; s->last > s->first && is_bracket(s->text->cp[s->last - 1], false); s->last--)
        ;
}

/* Cuts （…） off the end, but for years and （第二批）, which tell editions apart. */
static void cut_brackets(struct span *s, enum nq_title_stage *stage)
{
    while (s->last > s->first + 2 && s->text->cp[s->last - 1] == ')') {
        size_t open = s->last - 1, end;
        bool years = true;
        while (open > s->first && s->text->cp[open] != '(')
            open--;
        if (open == s->first)
            return;
        struct span inner = {s->text, open + 1, s->last - 1};
        for (size_t i = inner.first; i < inner.last; i++)
            years &= s->text->cls[i] == NQ_CLASS_DIGIT || s->text->cp[i] == '-' ||
                     s->text->cp[i] == 0x5E74 || s->text->cls[i] == NQ_CLASS_SPACE;
        if (years || find(&inner, inner.first, "批", &end) < inner.last)
            return;
        if (find(&inner, inner.first, "稿", &end) < inner.last ||
            find(&inner, inner.first, "草案", &end) < inner.last)
            *stage = NQ_TITLE_DRAFT;
        else if (find(&inner, inner.first, "修", &end) < inner.last)
            *stage = NQ_TITLE_REVISION;
        s->last = open;
    }
    size_t end;
    if (s->last > s->first + 4 && stands(s, s->last - 2, "草案", &end)) {
        *stage = NQ_TITLE_DRAFT;
        s->last -= 2;
    }
}

/* Cuts 国务院关于, 关于, 中华人民共和国 off the beginning. */
static void cut_issuer(struct span *s)
{
    enum { ISSUER = 30 };
    size_t end, about = find(s, s->first, "关于", &end);
    bool issuer = about < s->last && about - s->first <= ISSUER && end + 4 <= s->last;
    for (size_t i = s->first; i < about && issuer; i++) /* 新的飞跃——〈…关于…的决定〉诞生记 */
        issuer = s->text->cls[i] == NQ_CLASS_HAN || s->text->cls[i] == NQ_CLASS_SPACE ||
                 s->text->cp[i] == 0x3001;
    if (issuer)
        s->first = end;
    if (stands(s, s->first, "中华人民共和国", &end) && end + 2 <= s->last)
        s->first = end;
}

bool nq_title_key(struct nq_str title, struct nq_folded *scratch, struct nq_buf *key,
                  enum nq_title_stage *stage)
{
    *stage = NQ_TITLE_FINAL;
    key->len = 0;
    if (!nq_fold_text(title, scratch))
        return false;
    struct span s = {scratch, 0, scratch->n};
    unwrap(&s);
    cut_brackets(&s, stage);
    cut_issuer(&s);
    for (size_t i = s.first; i < s.last; i++) {
        enum nq_class cls = scratch->cls[i];
        bool word = cls == NQ_CLASS_HAN || cls == NQ_CLASS_LETTER || cls == NQ_CLASS_DIGIT;
        bool sign = scratch->cp[i] == '+' || scratch->cp[i] == 0xD7;
        if ((word || sign) && scratch->cp[i] != 0x7684 /* 的 */)
            nq_buf_add_cp(key, scratch->cp[i]);
    }
    return !key->failed;
}

bool nq_title_cut(struct nq_str title)
{
    static const struct nq_str dots[] = {NQ_STR_INIT("…"), NQ_STR_INIT("..."), NQ_STR_INIT("⋯")};
    title = nq_str_trim(title);
    if (nq_str_ends(title, NQ_STR("》")))
        title.len -= strlen("》");
    for (size_t i = 0; i < NQ_COUNT(dots); i++)
        if (nq_str_ends(title, dots[i]))
            return true;
    return false;
}

struct nq_str nq_title_key_in(struct nq_arena *arena, struct nq_str title)
{
    struct nq_folded folded = {0};
    struct nq_buf key = {0};
    struct nq_str out = {0};
    enum nq_title_stage stage;
    if (nq_title_key(title, &folded, &key, &stage))
        out = nq_arena_str(arena, key.len ? nq_buf_str(&key) : NQ_STR(""));
    nq_folded_finish(&folded);
    nq_buf_finish(&key);
    return out;
}

static size_t decode(struct nq_str s, uint32_t out[MOST])
{
    size_t n = 0;
    for (size_t at = 0; at < s.len && n < MOST; n++)
        at += nq_utf8_decode(nq_str_sub(s, at, s.len), &out[n], NULL);
    return n;
}

static bool is_number(uint32_t cp)
{
    return (cp >= '0' && cp <= '9') || nq_is_numeral(cp);
}

/* Whether the longer title is the shorter one with a word put in: 方案, 实施方案.  A number or a
 * longer piece (湖南分赛) makes another work. */
static bool with_word(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
    size_t head = 0, tail = 0;
    while (head < n && a[head] == b[head])
        head++;
    while (tail < n - head && a[n - 1 - tail] == b[m - 1 - tail])
        tail++;
    if (head + tail < n || m - n > MOST_WORD)
        return false;
    for (size_t i = head; i < m - tail; i++)
        if (is_number(b[i]))
            return false;
    return true;
}

/* The years that two titles begin with or hold must not differ: last year's plan is another. */
static bool years_differ(struct nq_str a, struct nq_str b)
{
    const struct nq_str year = NQ_STR("20");
    size_t i = nq_str_find(a, year, 0), j = nq_str_find(b, year, 0);
    if (i == SIZE_MAX || j == SIZE_MAX || i + 4 > a.len || j + 4 > b.len)
        return false;
    for (size_t k = 2; k < 4; k++) /* 20 and no two digits more is no year */
        if (a.ptr[i + k] < '0' || a.ptr[i + k] > '9' || b.ptr[j + k] < '0' || b.ptr[j + k] > '9')
            return false;
    return memcmp(a.ptr + i, b.ptr + j, 4) != 0;
}

bool nq_titles_same(struct nq_str a, struct nq_str b)
{
    uint32_t x[MOST], y[MOST];
    if (a.len == 0 || b.len == 0)
        return false;
    if (nq_str_eq(a, b))
        return true;
    size_t n = decode(a, x), m = decode(b, y);
    size_t shorter = n < m ? n : m, longer = n < m ? m : n;
    if (shorter < LEAST_WITHIN || years_differ(a, b))
        return false;
    bool within = n < m ? nq_str_find(b, a, 0) != SIZE_MAX : nq_str_find(a, b, 0) != SIZE_MAX;
    if (within)
        return (double)shorter >= least_covered * (double)longer;
    return n < m ? with_word(x, n, y, m) : with_word(y, m, x, n);
}
