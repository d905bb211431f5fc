/* Titles of documents and cited works: whether two printings mean one. */
#include "check/title.h"

#include "base/buf.h"
#include "text/fold.h"
#include "text/numeral.h"
#include "text/utf8.h"

enum {
    MOST = 160, /* code points that are compared; a longer title is known by them */
    LEAST_WITHIN = 8,
    MOST_WORD = 3, /* code points of a word put in */
};

static const double least_covered = 0.5; /* of the longer one, by what stands within it */

static void drop(struct nq_buf *buf, struct nq_str word)
{
    size_t at;
    while (buf->len && (at = nq_str_find(nq_buf_str(buf), word, 0)) != SIZE_MAX) {
        memmove(buf->ptr + at, buf->ptr + at + word.len, buf->len - at - word.len);
        buf->len -= word.len;
    }
}

struct nq_str nq_title_normal(struct nq_arena *arena, struct nq_str title)
{
    struct nq_folded folded = {0};
    struct nq_buf key = {0};
    struct nq_str out = {0};
    if (nq_fold_text(title, &folded)) {
        for (size_t i = 0; i < folded.n; i++)
            if (folded.cls[i] == NQ_CLASS_HAN || folded.cls[i] == NQ_CLASS_LETTER ||
                folded.cls[i] == NQ_CLASS_DIGIT)
                nq_buf_add_cp(&key, folded.cp[i]);
        drop(&key, NQ_STR("关于"));
        drop(&key, NQ_STR("的"));
        if (!key.failed)
            out = nq_arena_str(arena, key.len ? nq_buf_str(&key) : NQ_STR(""));
    }
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
