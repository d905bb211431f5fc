/* The longest phrase of a heading in another section: a text is only read where all pairs of
 * characters of a longer run may stand in it, which is where one mostly does. */
#include "check/phrase.h"

static uint32_t hash(const uint32_t *cp)
{
    return (cp[0] * 31 + cp[1]) * 2654435761u >> 20; /* of 4096 */
}

void nq_pairs_add(const struct nq_folded *text, struct nq_pairs *pairs)
{
    for (size_t i = 0; i + 1 < text->n; i++) {
        uint32_t h = hash(text->cp + i);
        pairs->bits[h / 64] |= (uint64_t)1 << h % 64;
    }
}

/* Whether a run of `n` + 1 characters that begins at `i` of the heading may stand in the text. */
static bool may_stand(const struct nq_folded *heading, size_t i, size_t n,
                      const struct nq_pairs *pairs)
{
    if (n >= NQ_PHRASE_MAX || i + n >= heading->n || heading->cls[i + n] == NQ_CLASS_SPACE)
        return false;
    for (size_t k = i; k < i + n; k++) {
        uint32_t h = hash(heading->cp + k);
        if (!(pairs->bits[h / 64] >> h % 64 & 1) || heading->cls[k] == NQ_CLASS_SPACE)
            return false;
    }
    return true;
}

static size_t run(const struct nq_folded *heading, size_t i, const struct nq_folded *text, size_t k)
{
    size_t n = 0;
    while (i + n < heading->n && k + n < text->n && n < NQ_PHRASE_MAX &&
           heading->cls[i + n] != NQ_CLASS_SPACE && heading->cp[i + n] == text->cp[k + n])
        n++;
    return n;
}

size_t nq_phrase_in(const struct nq_folded *heading, const struct nq_folded *text,
                    const struct nq_pairs *pairs, size_t longest)
{
    longest = longest ? longest : 1;
    for (size_t i = 0; i + longest < heading->n; i++) {
        bool may = may_stand(heading, i, longest, pairs);
        for (size_t k = 0; may && k + longest < text->n; k++) {
            size_t n = text->cp[k] == heading->cp[i] ? run(heading, i, text, k) : 0;
            if (n > longest) {
                longest = n;
                may = may_stand(heading, i, longest, pairs);
            }
        }
    }
    return longest;
}
