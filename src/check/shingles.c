/* Where a run of atoms may stand in another text. */
#include "check/shingles.h"

#include <stdlib.h>

uint32_t *nq_hash_atoms(const struct nq_atoms *atoms)
{
    uint32_t *hashes = malloc((atoms->n + 1) * sizeof *hashes);
    for (size_t i = 0; hashes && i < atoms->n; i++) {
        struct nq_str text = nq_atom_text(atoms, i);
        uint32_t h = 2166136261u;
        for (size_t k = 0; k < text.len; k++)
            h = (h ^ (unsigned char)text.ptr[k]) * 16777619u;
        hashes[i] = h;
    }
    return hashes;
}

static uint32_t bucket(const uint32_t *h)
{
    return ((h[0] * 31 + h[1]) * 31 + h[2]) * 2654435761u >> 20;
}

bool nq_shingles_init(struct nq_shingles *s, const struct nq_atoms *atoms, size_t n_asked)
{
    s->n = atoms->n;
    s->n_asked = n_asked;
    s->hashes = nq_hash_atoms(atoms);
    s->next = calloc(atoms->n + 1, sizeof *s->next);
    s->votes = calloc(n_asked + atoms->n + 2, sizeof *s->votes);
    if (!s->hashes || !s->next || !s->votes)
        return false;
    for (size_t i = atoms->n; i-- > 0;) {
        if (i + NQ_SHINGLE > atoms->n)
            continue;
        uint32_t b = bucket(s->hashes + i);
        s->next[i] = s->heads[b];
        s->heads[b] = (uint32_t)i + 1;
    }
    return true;
}

void nq_shingles_finish(struct nq_shingles *s)
{
    free(s->next);
    free(s->hashes);
    free(s->votes);
}

size_t nq_shingles_vote(struct nq_shingles *s, const uint32_t *hashes, size_t first, size_t last,
                        ptrdiff_t *diagonal)
{
    size_t offset = s->n_asked, most = 0, width = offset + s->n + 1;
    size_t low = width, high = 0;
    for (size_t i = first; i + NQ_SHINGLE <= last; i++) {
        for (uint32_t p = s->heads[bucket(hashes + i)]; p; p = s->next[p - 1]) {
            if (memcmp(hashes + i, s->hashes + p - 1, NQ_SHINGLE * sizeof *hashes) != 0)
                continue;
            size_t d = p - 1 + offset - i;
            s->votes[d]++;
            low = d < low ? d : low;
            high = d > high ? d : high;
        }
    }
    for (size_t d = low; d <= high && d < width; d++) {
        size_t sum = 0;
        if (!s->votes[d])
            continue;
        for (size_t k = d > NQ_SHINGLE_DRIFT ? d - NQ_SHINGLE_DRIFT : 0;
             k <= d + NQ_SHINGLE_DRIFT && k < width; k++)
            sum += s->votes[k];
        if (sum > most) {
            most = sum;
            *diagonal = (ptrdiff_t)d - (ptrdiff_t)offset;
        }
    }
    if (low <= high)
        memset(s->votes + low, 0, (high - low + 1) * sizeof *s->votes);
    return most;
}
