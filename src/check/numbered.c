/* Names with a number. */
#include "check/numbered.h"

#include "text/numeral.h"
#include "time/parser.h"

enum { ISSUE = 0x53F7, YEAR = 0x5E74, TIMES = 0x6B21, SESSION = 0x5C4A }; /* 号年次届 */

enum { LEAST = 2 /* characters of a name */, FIRST_YEAR = 1990, LAST_YEAR = 2099 };

static bool is_unit(uint32_t cp)
{
    return nq_one_of(cp, "届次批轮期卷季站场");
}

/* The Han characters from `at` on, brackets and spaces aside. */
static void read_name(const struct nq_folded *text, size_t at, struct nq_numbered *out)
{
    for (; at < text->n && out->n < NQ_NUMBERED_NAME; at++) {
        if (text->cls[at] == NQ_CLASS_BRACKET || text->cls[at] == NQ_CLASS_SPACE)
            continue;
        if (!is_han(text->cp[at]))
            return;
        out->name[out->n++] = text->cp[at];
    }
}

/* 神舟十九号: the name stands before. */
static bool read_issue(const struct nq_folded *text, size_t first, struct nq_numbered *out)
{
    if (first < LEAST || !is_han(text->cp[first - 1]) || !is_han(text->cp[first - 2]) ||
        nq_one_of(text->cp[first - 1], "月第至到、"))
        return false;
    out->name[out->n++] = text->cp[first - 2];
    out->name[out->n++] = text->cp[first - 1];
    return true;
}

/* What the number [first, end) of `value` numbers; false for nothing. */
static bool read(const struct nq_folded *text, size_t first, size_t end, int value,
                 struct nq_numbered *out)
{
    static const struct nq_str meetings[] = {NQ_STR_INIT("会议"), NQ_STR_INIT("全会"),
                                             NQ_STR_INIT("全体")};
    bool ordinal = first > 0 && text->cp[first - 1] == NQ_ORDINAL, meeting = false;
    uint32_t unit = end < text->n ? text->cp[end] : 0;
    struct parser p = {.text = text};
    size_t behind;
    *out = (struct nq_numbered){.number = value, .unit = unit};
    if (value >= FIRST_YEAR && value <= LAST_YEAR && !ordinal) {
        out->unit = YEAR;
        read_name(text, end + (unit == YEAR), out);
        return out->n >= LEAST && !nq_one_of(out->name[0], "年月初底度末份间");
    }
    if (unit == ISSUE)
        return read_issue(text, first, out);
    for (size_t i = 0; i < NQ_COUNT(meetings); i++)
        meeting |= nq_literal_at(&p, end + 1, meetings[i].ptr, &behind);
    if (!is_unit(unit) || !(ordinal || unit == SESSION || (unit == TIMES && meeting)))
        return false;
    read_name(text, end + 1, out);
    return out->n >= LEAST;
}

void nq_numbered_find(const struct nq_folded *text, size_t end, struct nq_numbered_set *out)
{
    struct parser p = {.text = text};
    for (size_t i = 0; i < end && i < text->n && out->n < NQ_NUMBERED;) {
        struct number n = nq_number_at(&p, i);
        if (n.kind == NUMERAL_NONE) {
            i++;
            continue;
        }
        out->n += read(text, i, n.end, n.value, &out->items[out->n]);
        i = n.end;
    }
}

/* Whether both names may be of one thing: 中国国际进口博览会, 进博会. */
static bool alike(const struct nq_numbered *a, const struct nq_numbered *b)
{
    size_t both = 0;
    for (size_t i = 0; i < a->n; i++) {
        size_t k = 0, before = 0;
        while (k < b->n && b->name[k] != a->name[i])
            k++;
        while (before < i && a->name[before] != a->name[i])
            before++;
        both += k < b->n && before == i;
    }
    return both >= LEAST;
}

enum nq_numbered_match nq_numbered_match(const struct nq_numbered_set *a,
                                         const struct nq_numbered_set *b)
{
    enum nq_numbered_match match = NQ_NUMBERED_NONE;
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++) {
            const struct nq_numbered *x = &a->items[i], *y = &b->items[k];
            if (x->unit != y->unit || !alike(x, y))
                continue;
            if (x->number == y->number)
                return NQ_NUMBERED_SAME;
            match = NQ_NUMBERED_OTHER;
        }
    return match;
}
