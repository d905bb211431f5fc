/* How much two texts have in common. */
#include "api/alike.h"

#include <stdlib.h>

enum { SHINGLE = 4 };

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* The hashes of the shingles of `s`, sorted, each once; the caller frees them.  Characters are
 * taken by their first bytes; `s` is valid UTF-8. */
static uint64_t *shingles(struct nq_str s, size_t *n)
{
    uint64_t last[SHINGLE] = {0}, *out = malloc((s.len + 1) * sizeof *out);
    size_t count = 0, found = 0, kept = 0;
    for (size_t at = 0; out && at < s.len;) {
        size_t end = at + 1;
        uint64_t character = (unsigned char)s.ptr[at];
        for (; end < s.len && ((unsigned char)s.ptr[end] & 0xC0) == 0x80; end++)
            character = character << 8 | (unsigned char)s.ptr[end];
        at = end;
        if (character <= ' ')
            continue;
        last[count++ % SHINGLE] = character;
        if (count < SHINGLE)
            continue;
        uint64_t h = 0;
        for (size_t i = 0; i < SHINGLE; i++)
            h = (h ^ last[(count + i) % SHINGLE]) * 0x9E3779B97F4A7C15u, h ^= h >> 29;
        out[found++] = h;
    }
    if (found)
        qsort(out, found, sizeof *out, by_value);
    for (size_t i = 0; i < found; i++)
        if (i == 0 || out[i] != out[kept - 1])
            out[kept++] = out[i];
    *n = kept;
    return out;
}

bool nq_alike(struct nq_str a, struct nq_str b, double *share)
{
    size_t n_a = 0, n_b = 0, common = 0;
    uint64_t *x = shingles(a, &n_a), *y = shingles(b, &n_b);
    bool ok = x && y;
    for (size_t i = 0, j = 0; ok && i < n_a && j < n_b;) {
        common += x[i] == y[j];
        uint64_t low = x[i] < y[j] ? x[i] : y[j];
        i += x[i] == low;
        j += y[j] == low;
    }
    size_t less = n_a < n_b ? n_a : n_b;
    *share = less ? (double)common / (double)less : 0;
    free(x);
    free(y);
    return ok;
}
