/* Scoring related passages. */
#include "link/related.h"

#include <math.h>

static double weight_of(const struct nq_feature *feature)
{
    double n = feature->count;
    return feature->rarity * feature->rarity * (n > 1 ? 1 + log(n) : n);
}

/* What `feature` of `text` adds to the sum of shared weights. */
static double shared(const struct nq_profile *text, const struct nq_feature *feature,
                     const struct nq_profile *other)
{
    const double k1 = 1.2, b = 0.9;
    const struct nq_feature *same = nq_profile_find(other, feature->key);
    if (!same || same->count == 0)
        return 0;
    double norm = k1 * (1 - b + b * other->length / text->length);
    return weight_of(feature) * same->count / (same->count + norm);
}

double nq_related_score(const struct nq_profile *text, const struct nq_profile *other)
{
    double sum = 0, total = 0;
    for (size_t i = 0; i < text->n; i++) {
        sum += shared(text, &text->features[i], other);
        total += weight_of(&text->features[i]);
    }
    return total > 0 ? sum / total : 0;
}

/* Whether a reader who sees the first `n` of `shown` learns nothing from `feature`. */
static bool is_shown(const struct nq_feature *const *shown, size_t n,
                     const struct nq_feature *feature)
{
    for (size_t i = 0; i < n; i++)
        if (nq_str_find(shown[i]->text, feature->text, 0) != SIZE_MAX)
            return true;
    return false;
}

size_t nq_related_why(const struct nq_profile *text, const struct nq_profile *other, size_t most,
                      const struct nq_feature **out)
{
    const double least_share = 0.1; /* of what the weightiest adds */
    double first = 0, last = INFINITY;
    size_t n = 0, last_at = 0;
    while (n < most) {
        /* The weightiest of those not looked at: `last` is what the one before added. */
        size_t best = text->n;
        double best_sum = 0;
        for (size_t i = 0; i < text->n; i++) {
            double sum = shared(text, &text->features[i], other);
            if ((sum < last || (sum == last && i > last_at)) && sum > best_sum) {
                best_sum = sum;
                best = i;
            }
        }
        if (best == text->n || best_sum < least_share * first)
            break;
        if (n == 0)
            first = best_sum;
        last = best_sum;
        last_at = best;
        if (!is_shown(out, n, &text->features[best]))
            out[n++] = &text->features[best];
    }
    return n;
}
