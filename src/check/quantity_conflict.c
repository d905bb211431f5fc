/* Whether two figures of one quantity can both be right. */
#include "check/quantity.h"

#include <math.h>
#include <string.h>

static const double least_alike = 0.75; /* of either's words, by weight */
static const double all_alike = 0.999;  /* of those of strict ones */
static const double least_weight = 60;  /* of the words of strict ones, squared: two rare ones */
static const double most_apart = 4;     /* times: another quantity, or another unit misread */

static bool is_multiple(double value, double unit)
{
    return fabs(value / unit - round(value / unit)) < 1e-6;
}

/* Whether a value is the other one rounded, or cut off, to some digits: 1.7万亿, 1.72万亿. */
static bool rounded(double a, double b)
{
    enum { COARSEST = 5 }; /* a part of the value: rougher than that nobody rounds */
    double large = fmax(fabs(a), fabs(b)), apart = fabs(a - b);
    for (double unit = pow(10, ceil(log10(apart + 1e-9 * large))); unit <= large / COARSEST;
         unit *= 10)
        if (apart < (1 - 1e-6) * unit && (is_multiple(a, unit) || is_multiple(b, unit)))
            return true;
    return false;
}

/* Whether both values may be right. */
static bool agree(const struct nq_quantity *a, const struct nq_quantity *b)
{
    double x = a->figure->value, y = b->figure->value;
    if (a->bound != b->bound && b->bound == NQ_BOUND_EXACT)
        return agree(b, a);
    if (a->bound == NQ_BOUND_EXACT && b->bound == NQ_BOUND_LEAST)
        return x >= y;
    if (a->bound == NQ_BOUND_EXACT && b->bound == NQ_BOUND_MOST)
        return x <= y;
    if (a->bound != b->bound || a->bound == NQ_BOUND_ROUGH)
        return fabs(x - y) <= 0.1 * fmax(fabs(x), fabs(y));
    return nq_figures_equal(a->figure, b->figure) || rounded(x, y);
}

bool nq_quantities_conflict(const struct nq_check_terms *terms, const struct nq_quantity *a,
                            const struct nq_quantity *b, bool strict)
{
    if (memcmp(a->figure->unit, b->figure->unit, sizeof a->figure->unit) != 0 || a->start ||
        b->start || a->first != b->first || a->last != b->last || agree(a, b))
        return false;
    double x = fabs(a->figure->value), y = fabs(b->figure->value);
    if (strict && (!a->near || !b->near || a->running || b->running || a->early || b->early ||
                   a->forecast != b->forecast || x > most_apart * y || y > most_apart * x))
        return false;
    struct nq_overlap o = nq_term_overlap(terms, &a->words, &b->words);
    struct nq_overlap back = nq_term_overlap(terms, &b->words, &a->words);
    if (strict && (a->specific < least_weight || a->n_specific < 2 || a->places != b->places))
        return false;
    double least = strict ? all_alike : least_alike;
    return o.first > 0 && o.covered >= least * o.first && back.covered >= least * back.first;
}
