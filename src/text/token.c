/* Atoms and their tokens.
 *
 * nq_atoms.bytes holds the folded atoms one behind the other, each followed by SEP if it has one,
 * and by ACROSS where brackets stand before the next.  So every token is a slice of it and nothing
 * is copied:
 *
 *     printed   用AI管“数据”。
 *     bytes     用 a i SEP 管 ACROSS 数 据 */
#include "text/token.h"

#include <stdlib.h>

static bool has_sep(const struct nq_atom *atom)
{
    return atom->cls == NQ_CLASS_LETTER || atom->cls == NQ_CLASS_DIGIT;
}

/* Room for all that `n` characters may become: an atom each, four bytes, SEP and ACROSS. */
static bool reserve(struct nq_atoms *out, size_t n)
{
    if (n <= out->cap)
        return true;
    struct nq_atom *items = realloc(out->items, n * sizeof *items);
    if (!items)
        return false;
    out->items = items;
    char *bytes = realloc(out->bytes, n * 6);
    if (!bytes)
        return false;
    out->bytes = bytes;
    out->cap = n;
    return true;
}

static inline void add_cp(struct nq_atoms *out, uint32_t cp)
{
    out->bytes_len += nq_str_encode(cp, out->bytes + out->bytes_len);
}

static bool is_digit(const struct nq_folded *t, size_t i)
{
    return i < t->n && t->cls[i] == NQ_CLASS_DIGIT;
}

/* Whether the '.' or ',' at `i`, behind a digit, is part of a number: 8.53, 1,300. */
static bool in_number(const struct nq_folded *t, size_t i)
{
    if (t->cp[i] == '.') /* also ．, but not the one of ⒈ */
        return t->start[i] != t->start[i - 1] && is_digit(t, i + 1);
    if (t->end[i] - t->start[i] != 1)
        return false; /* a full-width comma parts numbers */
    return t->cp[i] == ',' && is_digit(t, i + 1) && is_digit(t, i + 2) && is_digit(t, i + 3) &&
           !is_digit(t, i + 4);
}

/* Adds the run of letters and digits that begins at `i` as an atom; returns where it ends. */
static size_t add_run(const struct nq_folded *t, size_t i, struct nq_atoms *out)
{
    struct nq_atom *atom = &out->items[out->n++];
    *atom =
        (struct nq_atom){.text = (uint32_t)out->bytes_len, .start = t->start[i], .cls = t->cls[i]};
    for (; i < t->n && out->bytes_len - atom->text < NQ_ATOM_BYTES - 4; i++) {
        if (t->cls[i] == NQ_CLASS_LETTER || t->cls[i] == NQ_CLASS_DIGIT)
            add_cp(out, t->cp[i]);
        else if (t->cls[i] != NQ_CLASS_BREAK || !is_digit(t, i - 1) || !in_number(t, i))
            break;
        else if (t->cp[i] == '.')
            add_cp(out, '.');
        atom->end = t->end[i];
    }
    atom->len = (uint8_t)(out->bytes_len - atom->text);
    out->bytes[out->bytes_len++] = NQ_TOKEN_SEP;
    return i;
}

static size_t add_char(const struct nq_folded *t, size_t i, struct nq_atoms *out)
{
    struct nq_atom *atom = &out->items[out->n++];
    *atom = (struct nq_atom){
        .text = (uint32_t)out->bytes_len, .start = t->start[i], .end = t->end[i], .cls = t->cls[i]};
    add_cp(out, t->cp[i]);
    atom->len = (uint8_t)(out->bytes_len - atom->text);
    return i + 1;
}

/* Reads what stands between two atoms from `i` on and returns where the next one begins. */
static size_t join_at(const struct nq_folded *t, size_t i, enum nq_join *join)
{
    for (; i < t->n; i++) {
        bool dashes = t->cp[i] == '-' && i + 1 < t->n && t->cp[i + 1] == '-';
        if (t->cls[i] == NQ_CLASS_BREAK || dashes)
            *join = NQ_JOIN_BREAK;
        else if (t->cls[i] == NQ_CLASS_BRACKET && *join == NQ_JOIN_NEXT)
            *join = NQ_JOIN_BRACKET;
        else if (t->cls[i] != NQ_CLASS_SPACE && t->cls[i] != NQ_CLASS_BRACKET)
            break;
        i += dashes;
    }
    return i;
}

bool nq_atoms_build(const struct nq_folded *text, struct nq_atoms *out)
{
    out->n = out->bytes_len = 0;
    if (!reserve(out, text->n + 1))
        return false;
    enum nq_join join = NQ_JOIN_NEXT;
    for (size_t i = join_at(text, 0, &join); i < text->n;) {
        if (text->cls[i] == NQ_CLASS_LETTER || text->cls[i] == NQ_CLASS_DIGIT)
            i = add_run(text, i, out);
        else
            i = add_char(text, i, out);
        join = NQ_JOIN_NEXT;
        if (i >= text->n || text->cls[i] != NQ_CLASS_HAN)
            i = join_at(text, i, &join);
        out->items[out->n - 1].join = (uint8_t)(i < text->n ? join : NQ_JOIN_BREAK);
        if (i < text->n && join == NQ_JOIN_BRACKET)
            out->bytes[out->bytes_len++] = NQ_TOKEN_ACROSS;
    }
    return true;
}

void nq_atoms_finish(struct nq_atoms *atoms)
{
    free(atoms->items);
    free(atoms->bytes);
    *atoms = (struct nq_atoms){0};
}

static struct nq_str slice(const struct nq_atoms *atoms, size_t start, size_t end)
{
    return (struct nq_str){atoms->bytes + start, end - start};
}

struct nq_str nq_atom_single(const struct nq_atoms *atoms, size_t i)
{
    const struct nq_atom *atom = &atoms->items[i];
    return slice(atoms, atom->text, atom->text + atom->len + has_sep(atom));
}

struct nq_str nq_atom_token(const struct nq_atoms *atoms, size_t i)
{
    const struct nq_atom *atom = &atoms->items[i];
    if (atom->join != NQ_JOIN_NEXT)
        return nq_atom_single(atoms, i);
    return slice(atoms, atom->text, atom[1].text + atom[1].len);
}

struct nq_str nq_atom_across(const struct nq_atoms *atoms, size_t i)
{
    const struct nq_atom *atom = &atoms->items[i];
    if (atom->join != NQ_JOIN_BRACKET)
        return (struct nq_str){0};
    return slice(atoms, atom->text, atom[1].text + atom[1].len);
}

bool nq_atom_has_stem(const struct nq_atoms *atoms, size_t i)
{
    const struct nq_atom *atom = &atoms->items[i];
    if (atom->cls != NQ_CLASS_LETTER || atom->len < 3)
        return false;
    for (size_t k = 0; k < atom->len; k++)
        if (atoms->bytes[atom->text + k] < 'a' || atoms->bytes[atom->text + k] > 'z')
            return false;
    return true;
}
