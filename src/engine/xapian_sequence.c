/* The tokens of a passage in a row: see xapian_sequence.h. */
#include "engine/xapian_sequence.h"
#include "base/hash.h"

enum {
    MARK_BYTES = 3,
    BORDER = 0,
    COLOCATED = 1 << 23,
};

uint32_t nq_sequence_mark(const char *token, size_t len)
{
    uint64_t h = nq_fnv(NQ_FNV_START, (struct nq_str){token, len});
    return (uint32_t)((h ^ h >> 32) % (COLOCATED - 1)) + 1;
}

static void add_mark(struct nq_buf *out, uint32_t mark)
{
    char bytes[MARK_BYTES] = {(char)(mark >> 16), (char)(mark >> 8), (char)mark};
    nq_buf_add(out, (struct nq_str){bytes, sizeof bytes});
}

static void add_tokens(struct nq_buf *out, const struct nq_tokens *tokens)
{
    for (size_t i = 0; i < tokens->n; i++) {
        const struct nq_token *t = &tokens->items[i];
        add_mark(out, nq_sequence_mark(t->text.ptr, t->text.len) | (t->colocated ? COLOCATED : 0));
    }
}

void nq_sequence_add(struct nq_buf *out, const struct nq_tokens *body,
                     const struct nq_tokens *heading)
{
    add_tokens(out, body);
    add_mark(out, BORDER);
    add_tokens(out, heading);
}

static uint32_t mark_at(const char *s)
{
    const unsigned char *u = (const unsigned char *)s;
    return (uint32_t)u[0] << 16 | (uint32_t)u[1] << 8 | u[2];
}

static bool fits(const struct nq_sequence_place *place, uint32_t mark)
{
    for (size_t i = 0; i < place->n; i++)
        if (place->marks[i] == (mark & ~(uint32_t)COLOCATED))
            return true;
    return false;
}

/* Whether one of the tokens at the position that begins at *s fits; moves on to the next one. */
static bool fits_next(const struct nq_sequence_place *place, const char **s, const char *end)
{
    bool yes = false;
    do {
        yes = yes || fits(place, mark_at(*s));
        *s += MARK_BYTES;
    } while (*s < end && mark_at(*s) & COLOCATED);
    return yes;
}

static const char *heading_of(const char *s, const char *end)
{
    while (s < end && mark_at(s) != BORDER)
        s += MARK_BYTES;
    return s;
}

bool nq_sequence_holds(const char *sequence, size_t len, const struct nq_sequence_place *places,
                       size_t n, bool in_heading)
{
    const char *s = sequence, *end = s + len - len % MARK_BYTES;
    if (in_heading)
        s = heading_of(s, end);
    while (s < end) {
        bool here = fits_next(&places[0], &s, end);
        const char *next = s;
        for (size_t i = 1; i < n && here; i++)
            here = next < end && fits_next(&places[i], &next, end);
        if (here)
            return true;
    }
    return false;
}
