/* Needles. */
#include "query/needle.h"

#include <stdlib.h>

#include "text/utf8.h"

bool nq_reading_build(struct nq_reading *r, struct nq_str text)
{
    if (!nq_fold_text(text, &r->folded) || !nq_atoms_build(&r->folded, &r->atoms))
        return false;
    if (r->atoms.n + 1 > r->cap) {
        uint32_t *gaps = realloc(r->gaps, 2 * (r->atoms.n + 1) * sizeof *gaps);
        if (!gaps)
            return false;
        r->gaps = gaps;
        r->cap = r->atoms.n + 1;
    }
    const struct nq_folded *f = &r->folded;
    uint32_t at = 0;
    for (size_t i = 0; i <= r->atoms.n; i++) {
        bool last = i == r->atoms.n;
        r->gaps[2 * i] = at;
        while (at < f->n && (last || f->start[at] < r->atoms.items[i].start))
            at++;
        r->gaps[2 * i + 1] = at;
        while (at < f->n && !last && f->start[at] < r->atoms.items[i].end)
            at++;
    }
    return true;
}

void nq_reading_finish(struct nq_reading *r)
{
    nq_folded_finish(&r->folded);
    nq_atoms_finish(&r->atoms);
    free(r->gaps);
    *r = (struct nq_reading){0};
}

/* Quotation marks of every kind are one: which of them a text uses is its printer's choice. */
static uint32_t mark_of(uint32_t cp)
{
    bool quote = cp == '\'' || (cp >= 0x2018 && cp <= 0x201F) || (cp >= 0x300C && cp <= 0x300F) ||
                 (cp >= 0x301D && cp <= 0x301F);
    return quote ? '"' : cp;
}

/* Whether the punctuation of a gap is `marks`, or where `begins` or `ends`, begins or ends so. */
static bool gap_is(const struct nq_reading *r, size_t gap, struct nq_str marks, bool begins,
                   bool ends)
{
    const uint32_t *cp = r->folded.cp;
    const uint8_t *cls = r->folded.cls;
    uint32_t from = r->gaps[2 * gap], to = r->gaps[2 * gap + 1];
    size_t left = 0;
    for (uint32_t i = from; i < to; i++)
        left += cls[i] != NQ_CLASS_SPACE;
    size_t wanted = nq_utf8_count(marks);
    if (left < wanted || (left > wanted && !begins && !ends))
        return false;
    for (size_t skip = ends ? left - wanted : 0; from < to && marks.len > 0; from++) {
        if (cls[from] == NQ_CLASS_SPACE)
            continue;
        if (skip > 0) {
            skip--;
            continue;
        }
        uint32_t mark;
        size_t n = nq_utf8_decode(marks, &mark, NULL);
        if (mark_of(cp[from]) != mark)
            return false;
        marks = nq_str_sub(marks, n, marks.len);
    }
    return true;
}

/* ---- making them ----------------------------------------------------------------------------- */

static struct nq_str copy_gap(struct nq_arena *arena, const struct nq_reading *r, size_t gap)
{
    struct nq_buf buf = {0};
    for (uint32_t i = r->gaps[2 * gap]; i < r->gaps[2 * gap + 1]; i++)
        if (r->folded.cls[i] != NQ_CLASS_SPACE)
            nq_buf_add_cp(&buf, mark_of(r->folded.cp[i]));
    struct nq_str out = buf.len > 0 ? nq_arena_str(arena, nq_buf_str(&buf)) : NQ_STR("");
    if (buf.failed)
        out.ptr = NULL;
    nq_buf_finish(&buf);
    return out;
}

static bool make(struct nq_needles *needles, struct nq_arena *arena, const struct nq_reading *r,
                 struct nq_needle *out)
{
    const struct nq_atoms *atoms = &r->atoms;
    out->n = atoms->n;
    out->atoms = nq_arena_array(arena, atoms->n, sizeof *out->atoms);
    out->ends = nq_arena_array(arena, atoms->n, sizeof *out->ends);
    if (out->term->exact)
        out->gaps = nq_arena_array(arena, atoms->n + 1, sizeof *out->gaps);
    if (!out->atoms || !out->ends || (out->term->exact && !out->gaps))
        return false;
    for (size_t i = 0; i < atoms->n; i++) {
        out->atoms[i] = nq_arena_str(arena, nq_atom_text(atoms, i));
        out->ends[i] = atoms->items[i].join == NQ_JOIN_BREAK;
    }
    for (size_t i = 0; out->gaps && i <= atoms->n; i++)
        if (!(out->gaps[i] = copy_gap(arena, r, i)).ptr)
            return false;
    if (atoms->n == 1 && !out->term->exact && !out->term->prefix && nq_atom_has_stem(atoms, 0)) {
        needles->stem.len = 0;
        nq_token_stem(needles->stemmer, out->atoms[0], &needles->stem);
        out->stem = nq_arena_str(arena, nq_buf_str(&needles->stem));
    }
    return !nq_arena_failed(arena) && !needles->stem.failed;
}

static bool is_checked(const struct nq_clause *clause)
{
    bool checked = false;
    for (size_t t = 0; t < clause->n_terms; t++)
        checked |= clause->terms[t].punctuated;
    return checked;
}

bool nq_needles_init(struct nq_needles *needles, struct nq_arena *arena,
                     const struct nq_query *query, struct sb_stemmer *stemmer, bool checked,
                     size_t most)
{
    struct nq_reading reading = {0};
    bool ok = true;
    *needles = (struct nq_needles){.stemmer = stemmer};
    for (size_t c = 0; c < query->n_clauses; c++) {
        const struct nq_clause *clause = &query->clauses[c];
        if (clause->terms[0].field == NQ_FIELD_SOURCE ||
            (checked && (clause->resolved || !is_checked(clause))))
            continue;
        for (size_t t = 0; t < clause->n_terms && ok && needles->n < most; t++) {
            struct nq_needle *grown =
                nq_arena_grow(arena, needles->items, needles->n, sizeof *grown);
            ok = grown && nq_reading_build(&reading, clause->terms[t].text);
            if (!ok)
                break;
            needles->items = grown;
            grown[needles->n] = (struct nq_needle){.clause = clause, .term = &clause->terms[t]};
            ok = reading.atoms.n == 0 || make(needles, arena, &reading, &grown[needles->n++]);
        }
    }
    nq_reading_finish(&reading);
    return ok;
}

void nq_needles_finish(struct nq_needles *needles)
{
    nq_buf_finish(&needles->stem);
}

/* ---- finding them ---------------------------------------------------------------------------- */

static bool same_stem(struct nq_needles *needles, const struct nq_needle *needle,
                      const struct nq_atoms *atoms, size_t i)
{
    if (!nq_atom_has_stem(atoms, i))
        return false;
    needles->stem.len = 0;
    nq_token_stem(needles->stemmer, nq_atom_text(atoms, i), &needles->stem);
    return !needles->stem.failed && nq_str_eq(nq_buf_str(&needles->stem), needle->stem);
}

/* Whether atoms [first, last) of the needle stand at atom `at`, which is the first one's. */
static bool stands(struct nq_needles *needles, const struct nq_needle *needle,
                   const struct nq_reading *r, size_t first, size_t last, size_t at)
{
    const struct nq_atoms *atoms = &r->atoms;
    const struct nq_term *term = needle->term;
    if (at + (last - first) > atoms->n)
        return false;
    for (size_t i = first; i < last; i++, at++) {
        struct nq_str atom = nq_atom_text(atoms, at);
        bool same = nq_str_eq(atom, needle->atoms[i]);
        if (!same && term->prefix && i + 1 == last)
            same = nq_str_starts(atom, needle->atoms[i]);
        if (!same && needle->stem.ptr)
            same = same_stem(needles, needle, atoms, at);
        if (!same)
            return false;
        if (needle->gaps && !gap_is(r, at, needle->gaps[i], false, i == 0))
            return false;
        if (!needle->gaps && i + 1 < last && atoms->items[at].join > NQ_JOIN_BRACKET)
            return false;
    }
    return !needle->gaps || gap_is(r, at, needle->gaps[last], true, false);
}

bool nq_needle_find(struct nq_needles *needles, const struct nq_needle *needle,
                    const struct nq_reading *r, nq_needle_fn *found, void *user)
{
    bool all = true;
    for (size_t first = 0, last; first < needle->n && (all || found); first = last) {
        last = first + 1;
        while (last < needle->n && (needle->gaps || !needle->ends[last - 1]))
            last++;
        bool here = false;
        for (size_t at = 0; at < r->atoms.n && (found || !here); at++) {
            if (!stands(needles, needle, r, first, last, at))
                continue;
            here = true;
            if (found)
                found(user, needle, at, at + (last - first));
        }
        all &= here;
    }
    return all;
}

bool nq_needles_hold(struct nq_needles *needles, const struct nq_reading *heading,
                     const struct nq_reading *text)
{
    for (size_t i = 0; i < needles->n;) {
        const struct nq_clause *clause = needles->items[i].clause;
        bool found = false;
        for (; i < needles->n && needles->items[i].clause == clause; i++) {
            const struct nq_needle *needle = &needles->items[i];
            bool title = needle->term->field == NQ_FIELD_TITLE;
            found = found || nq_needle_find(needles, needle, heading, NULL, NULL) ||
                    (!title && nq_needle_find(needles, needle, text, NULL, NULL));
        }
        if (found == clause->negated)
            return false;
    }
    return true;
}
