/* Whether two references are to one work. */
#include "link/work.h"

enum {
    GENERIC = 6,       /* units of a title that many works have: 社论, 每日动态 */
    GENERIC_WORDS = 4, /* of an English one */
    LEAST_WITHIN = 6,  /* units of a title that is known by a part */
    MOST_PUT_IN = 3,   /* units of a word put in */
    LEAST_COMMON = 4,  /* words that two English titles share */
    LEAST_REPRINT = 8, /* units of a title that others tell in like words on the same day */
    /* Days between two dates that are printed for one work: */
    REPRINTED = 31, /* of the same title, which another paper or page has later */
    IN_FORCE = 200, /* of a document, cited again by whoever issued it; next year's is another */
    ISSUE = 7,      /* of a periodical */
    REWORDED = 7,
    ADOPTED = 14, /* a draft is not yet the document that is issued so much later */
    REWORDED_ENGLISH = 3,
};

/* Of the words of the shorter English title, and of the longer one. */
static const double least_shorter = 0.7, least_longer = 0.5;

static bool is_number(uint32_t unit)
{
    return (unit & NQ_WORK_NUMBER) != 0;
}

/* The days between two dates of `day`s as printed, 0 where they overlap or one is not printed. */
static int32_t days_apart(const struct nq_work *a, const struct nq_work *b)
{
    if (a->day == NQ_NO_DAY || b->day == NQ_NO_DAY)
        return 0;
    if (a->day > b->day_end)
        return a->day - b->day_end;
    return b->day > a->day_end ? b->day - a->day_end : 0;
}

static bool share_source(const struct nq_work *a, const struct nq_work *b)
{
    for (size_t i = 0; i < a->n_sources; i++)
        for (size_t k = 0; k < b->n_sources; k++)
            if (a->sources[i] == b->sources[k])
                return true;
    return a->n_sources == 0 && b->n_sources == 0;
}

static size_t count_of(const struct nq_work *w, uint32_t unit)
{
    size_t n = 0;
    for (size_t i = 0; i < w->n; i++)
        n += w->units[i] == unit;
    return n;
}

/* Whether `a` holds a number that `b` does not. */
static bool has_own_number(const struct nq_work *a, const struct nq_work *b)
{
    for (size_t i = 0; i < a->n; i++)
        if (is_number(a->units[i]) && count_of(a, a->units[i]) > count_of(b, a->units[i]))
            return true;
    return false;
}

static bool has_number(const struct nq_work *w)
{
    for (size_t i = 0; i < w->n; i++)
        if (is_number(w->units[i]))
            return true;
    return false;
}

/* Two works of one title: by what it is, how far apart they may be dated. */
static bool same_title(const struct nq_work *a, const struct nq_work *b, bool source)
{
    int32_t apart = days_apart(a, b);
    if (a->n < (size_t)(a->english ? GENERIC_WORDS : GENERIC))
        return source && apart == 0;
    if (a->periodical && !has_number(a))
        return source && apart <= ISSUE;
    return apart <= (a->document && source ? IN_FORCE : REPRINTED);
}

/* ---- Chinese
 * ------------------------------------------------------------------------------------- */

/* Where the units of `a` stand in a row in `b`; SIZE_MAX where they do not. */
static size_t find_within(const struct nq_work *a, const struct nq_work *b)
{
    for (size_t at = 0; at + a->n <= b->n; at++)
        if (memcmp(a->units, b->units + at, a->n * sizeof *a->units) == 0)
            return at;
    return SIZE_MAX;
}

/* Whether the units end with what is done to a document: 印发. */
static bool is_issued(const uint32_t *units, size_t n)
{
    static const uint32_t verbs[][2] = {{0x5370, 0x53D1},  /* 印发 */
                                        {0x53D1, 0x5E03},  /* 发布 */
                                        {0x51FA, 0x53F0},  /* 出台 */
                                        {0x516C, 0x5E03}}; /* 公布 */
    for (size_t i = 0; i < NQ_COUNT(verbs) && n >= 2; i++)
        if (units[n - 2] == verbs[i][0] && units[n - 1] == verbs[i][1])
            return true;
    return false;
}

/* Whether what stands before a title says who issued it, or of which year it is: 国家数据局印发,
 * 2026年. */
static bool is_head(const uint32_t *units, size_t n)
{
    const uint32_t year = 0x5E74;
    return n == 0 || (n == 2 && is_number(units[0]) && units[1] == year) ||
           (n > 2 && is_issued(units, n));
}

/* Whether a page may hold this behind what it is called by: 及典型场景指引, 草案并答记者问, 等,
 * 公布.
 */
static bool is_tail(const uint32_t *units, size_t n)
{
    static const uint32_t draft[] = {0x8349, 0x6848}; /* 草案, which is no part of a title's key */
    static const uint32_t links[] = {0x53CA, 0x5E76, 0x66A8, 0x548C, 0x7B49}; /* 及并暨和等 */
    if (n >= 2 && units[0] == draft[0] && units[1] == draft[1]) {
        units += 2;
        n -= 2;
    }
    for (size_t i = 0; i < NQ_COUNT(links) && n > 0; i++)
        if (units[0] == links[i])
            return true;
    static const uint32_t notices[][2] = {{0x516C, 0x544A}, {0x901A, 0x77E5}}; /* 公告 通知 */
    for (size_t i = 0; i < NQ_COUNT(notices) && n == 2; i++)
        if (units[0] == notices[i][0] && units[1] == notices[i][1])
            return true;
    return n == 0 || (n == 2 && is_issued(units, n));
}

/* Whether `b` is `a` with who issued it before, or with more behind. */
static bool holds(const struct nq_work *a, const struct nq_work *b)
{
    size_t at = find_within(a, b);
    return at != SIZE_MAX && a->n >= LEAST_WITHIN && is_head(b->units, at) &&
           is_tail(b->units + at + a->n, b->n - at - a->n);
}

/* Whether `b` is `a` with a word put in: 方案, 实施方案.  不 and 未 turn it round. */
static bool has_put_in(const struct nq_work *a, const struct nq_work *b)
{
    const uint32_t no = 0x4E0D, not_yet = 0x672A;
    size_t head = 0, tail = 0;
    while (head < a->n && a->units[head] == b->units[head])
        head++;
    while (tail < a->n - head && a->units[a->n - 1 - tail] == b->units[b->n - 1 - tail])
        tail++;
    if (a->n < LEAST_WITHIN || head + tail < a->n || b->n - a->n > MOST_PUT_IN || head == 0 ||
        tail == 0)
        return false;
    for (size_t i = head; i < b->n - tail; i++)
        if (is_number(b->units[i]) || b->units[i] == no || b->units[i] == not_yet)
            return false;
    return true;
}

/* The same characters in another order: 云岭方案发布, 发布云岭方案. */
static bool is_turned(const struct nq_work *a, const struct nq_work *b)
{
    if (a->n != b->n || a->n < LEAST_WITHIN)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (count_of(a, a->units[i]) != count_of(b, a->units[i]))
            return false;
    return true;
}

/* Whether another source may tell the same: on the same day, in a title that says enough. */
static bool is_reprint(const struct nq_work *a, const struct nq_work *b)
{
    return a->n >= LEAST_REPRINT && a->day != NQ_NO_DAY && a->day == b->day &&
           a->day_end == a->day && b->day_end == b->day;
}

/* `a` is the shorter. */
static bool same_characters(const struct nq_work *a, const struct nq_work *b, bool source)
{
    if (days_apart(a, b) > REWORDED || (has_own_number(a, b) && has_own_number(b, a)))
        return false;
    if ((source || is_reprint(a, b)) && (holds(a, b) || is_turned(a, b)))
        return true;
    return (source || (a->document && b->document)) && has_put_in(a, b);
}

/* ---- English
 * ------------------------------------------------------------------------------------- */

enum { NONE = NQ_WORK_UNITS };

/* Which word of the other title each is; NONE: not there. */
struct pairing {
    const struct nq_work *a, *b;
    size_t of_a[NQ_WORK_UNITS], of_b[NQ_WORK_UNITS];
};

static void pair(struct pairing *p, size_t i, size_t k)
{
    p->of_a[i] = k;
    p->of_b[k] = i;
}

/* Pairs words that are written in two with one: chip makers, chipmakers; build-out, buildout.
 * `turned`: those of `b` with one of `a`. */
static void pair_joined(struct pairing *p, bool turned)
{
    const struct nq_work *x = turned ? p->b : p->a, *y = turned ? p->a : p->b;
    size_t *of_x = turned ? p->of_b : p->of_a, *of_y = turned ? p->of_a : p->of_b;
    for (size_t i = 0; i < x->n; i++)
        for (size_t k = 0; k < y->n && x->joined[i]; k++)
            if ((x->joined[i] & ~NQ_WORK_NUMBER) == y->units[k] && of_x[i] == NONE &&
                of_y[k] == NONE) {
                of_x[i] = k;
                of_y[k] = i;
                if (!is_number(x->joined[i]) && i + 1 < x->n && of_x[i + 1] == NONE)
                    of_x[i + 1] = k;
            }
}

static void pair_words(struct pairing *p)
{
    for (size_t i = 0; i < NQ_WORK_UNITS; i++)
        p->of_a[i] = p->of_b[i] = NONE;
    pair_joined(p, false);
    pair_joined(p, true);
    for (size_t i = 0; i < p->a->n; i++)
        for (size_t k = 0; k < p->b->n && p->of_a[i] == NONE; k++)
            if (p->of_b[k] == NONE && p->a->units[i] == p->b->units[k])
                pair(p, i, k);
}

static size_t count_paired(const size_t *of, size_t n)
{
    size_t paired = 0;
    for (size_t i = 0; i < n; i++)
        paired += of[i] != NONE;
    return paired;
}

/* Whether the titles are equal but for words in whose place others stand: rise on supply fears,
 * fall on demand fears. */
static bool is_replaced(const struct pairing *p)
{
    size_t i = 0, k = 0;
    bool any = false;
    while (i < p->a->n || k < p->b->n) {
        size_t own = i, others = k;
        while (i < p->a->n && p->of_a[i] == NONE)
            i++;
        while (k < p->b->n && p->of_b[k] == NONE)
            k++;
        if (i - own != k - others)
            return false;
        any |= i > own;
        if (i < p->a->n && k < p->b->n && p->of_a[i] != k)
            return false;
        i++;
        k++;
    }
    return any;
}

static bool same_words(const struct nq_work *a, const struct nq_work *b, bool source)
{
    struct pairing p = {.a = a, .b = b};
    if (days_apart(a, b) > REWORDED_ENGLISH || (has_own_number(a, b) && has_own_number(b, a)))
        return false;
    pair_words(&p);
    size_t common = count_paired(p.of_a, a->n), others = count_paired(p.of_b, b->n);
    if (common == a->n && others == b->n && common >= LEAST_COMMON)
        return true;
    common = common < others ? common : others;
    return source && common >= LEAST_COMMON && (double)common >= least_shorter * (double)a->n &&
           (double)common >= least_longer * (double)b->n && !is_replaced(&p);
}

bool nq_works_same(const struct nq_work *a, const struct nq_work *b)
{
    bool source = share_source(a, b);
    if (a->n > b->n) {
        const struct nq_work *longer = a;
        a = b;
        b = longer;
    }
    if (a->n == 0 || a->english != b->english)
        return false;
    if (a->draft != b->draft && days_apart(a, b) > ADOPTED)
        return false;
    if (a->n == b->n && memcmp(a->units, b->units, a->n * sizeof *a->units) == 0)
        return same_title(a, b, source);
    return a->english ? same_words(a, b, source) : same_characters(a, b, source);
}
