/* A text's tokens. */
#include "text/tokens.h"

#include <libstemmer.h>
#include <stdlib.h>

#include "base/grow.h"

void nq_token_stem(struct sb_stemmer *stemmer, struct nq_str word, struct nq_buf *out)
{
    const sb_symbol *stem = sb_stemmer_stem(stemmer, (const sb_symbol *)word.ptr, (int)word.len);
    if (!stem) {
        out->failed = true;
        return;
    }
    nq_buf_add_byte(out, NQ_TOKEN_STEM);
    nq_buf_add(out, (struct nq_str){(const char *)stem, (size_t)sb_stemmer_length(stemmer)});
}

static bool reserve(struct nq_tokens *out, size_t n)
{
    struct nq_token *items = nq_reserve(out->items, 0, n, &out->cap, sizeof *items);
    out->items = items ? items : out->items;
    return items != NULL;
}

/* Adds the stem of atom `i`; the room for all stems was reserved, so slices of it stay valid. */
static void add_stem(struct nq_tokens *out, struct sb_stemmer *stemmer, size_t i)
{
    size_t start = out->stems.len;
    nq_token_stem(stemmer, nq_atom_text(&out->atoms, i), &out->stems);
    struct nq_str stem = {out->stems.ptr + start, out->stems.len - start};
    out->items[out->n++] = (struct nq_token){stem, true};
}

bool nq_tokens_build(struct nq_str text, struct sb_stemmer *stemmer, struct nq_tokens *out)
{
    out->n = out->stems.len = 0;
    if (!nq_fold_text(text, &out->folded) || !nq_atoms_build(&out->folded, &out->atoms))
        return false;
    const struct nq_atoms *atoms = &out->atoms;
    /* A stem is never longer than its word by more than its mark and one letter (hop-ing: hope). */
    if (!reserve(out, 3 * atoms->n + 1) || !nq_buf_reserve(&out->stems, 2 * atoms->bytes_len + 2))
        return false;
    for (size_t i = 0; i < atoms->n; i++) {
        out->items[out->n++] = (struct nq_token){nq_atom_token(atoms, i), false};
        if (atoms->items[i].join == NQ_JOIN_BRACKET)
            out->items[out->n++] = (struct nq_token){nq_atom_across(atoms, i), true};
        if (nq_atom_has_stem(atoms, i))
            add_stem(out, stemmer, i);
    }
    return !out->stems.failed;
}

void nq_tokens_finish(struct nq_tokens *tokens)
{
    nq_folded_finish(&tokens->folded);
    nq_atoms_finish(&tokens->atoms);
    free(tokens->items);
    nq_buf_finish(&tokens->stems);
    *tokens = (struct nq_tokens){0};
}
