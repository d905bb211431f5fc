/* Reused sentences. */
#include "check/reuse.h"

#include <stdlib.h>

#include "check/align.h"
#include "check/shingles.h"
#include "text/utf8.h"

enum {
    LEAST = 12,        /* atoms of a sentence that can be told from chance */
    LEAST_COMMON = 10, /* of them that stand in both */
    MOST_ATOMS = 400,  /* of a sentence that is aligned; the rest of a longer one is passed over */
};

static const double least_votes = 0.25;  /* of a sentence's shingles, before it is aligned */
static const double least_common = 0.74; /* of both sentences' atoms */

struct search {
    const struct nq_side *draft, *prior;
    struct nq_arena *arena;
    struct nq_shingles shingles; /* of the earlier text */
    uint32_t *hashes;            /* of the draft's atoms */
    bool *titled;                /* the draft's atoms in 《》 */
    struct nq_aligned *items;
    size_t n;
    bool failed;
};

static size_t untitled(const struct search *s, size_t first, size_t last)
{
    size_t n = 0;
    for (size_t i = first; i < last; i++)
        n += !s->titled[i];
    return n;
}

/* The end of an atom and of the quotation marks and brackets that close behind it. */
static size_t closed_end(const struct nq_side *side, size_t atom)
{
    static const struct nq_str marks[] = {NQ_STR_INIT("》"), NQ_STR_INIT("”"),  NQ_STR_INIT("’"),
                                          NQ_STR_INIT("）"), NQ_STR_INIT("」"), NQ_STR_INIT("』"),
                                          NQ_STR_INIT(")")};
    size_t end = side->atoms.items[atom].end;
    for (size_t i = 0; i < NQ_COUNT(marks); i++)
        if (nq_str_starts(nq_str_sub(side->text, end, side->text.len), marks[i])) {
            end += marks[i].len;
            i = SIZE_MAX; /* there may be more, of any kind */
        }
    return end;
}

/* Parts of one text: runs of atoms that the other has, too, and of those that it has not. */
static const struct nq_fragment *parts_of(struct search *s, const struct nq_side *side,
                                          size_t first, size_t last, const bool *common, size_t *n)
{
    struct nq_fragment *parts = NULL;
    size_t start = side->atoms.items[first].start;
    *n = 0;
    for (size_t i = first; i < last;) {
        size_t end = i + 1;
        while (end < last && common[end - first] == common[i - first])
            end++;
        /* What stands between belongs to what both have. */
        bool to_next = end < last && common[i - first];
        size_t stop = to_next       ? side->atoms.items[end].start
                      : end == last ? closed_end(side, end - 1)
                                    : side->atoms.items[end - 1].end;
        parts = nq_arena_grow(s->arena, parts, *n, sizeof *parts);
        if (!parts)
            return NULL;
        parts[(*n)++] = (struct nq_fragment){
            nq_arena_str(s->arena, nq_str_sub(side->text, start, stop)), common[i - first]};
        start = stop;
        i = end;
    }
    return parts;
}

/* Whether there are digits that the other text has (or has not). */
static bool has_figures(const struct nq_side *side, size_t first, size_t last, const bool *common,
                        bool in_both)
{
    for (size_t i = first; i < last; i++)
        if (common[i - first] == in_both && side->atoms.items[i].cls == NQ_CLASS_DIGIT)
            return true;
    return false;
}

/* Appends the alignment of draft atoms [first, last) with prior atoms [from, to). */
static bool add(struct search *s, size_t first, size_t last, size_t from, size_t to,
                const bool *in_draft, const bool *in_prior, size_t common)
{
    struct nq_aligned *grown = nq_arena_grow(s->arena, s->items, s->n, sizeof *grown);
    if (!grown) {
        s->failed = true;
        return false;
    }
    s->items = grown;
    const struct nq_atom *d = s->draft->atoms.items, *p = s->prior->atoms.items;
    struct nq_aligned *a = &s->items[s->n++];
    *a = (struct nq_aligned){.draft_start = d[first].start,
                             .draft_end = closed_end(s->draft, last - 1),
                             .prior_start = p[from].start,
                             .prior_end = closed_end(s->prior, to - 1),
                             .first_atom = first,
                             .atoms = untitled(s, first, last),
                             .common = common,
                             .exact = common == last - first && common == to - from};
    a->figures = has_figures(s->draft, first, last, in_draft, false) ||
                 has_figures(s->prior, from, to, in_prior, false);
    a->counts = !a->figures && has_figures(s->draft, first, last, in_draft, true);
    a->draft_parts = parts_of(s, s->draft, first, last, in_draft, &a->n_draft_parts);
    a->prior_parts = parts_of(s, s->prior, from, to, in_prior, &a->n_prior_parts);
    s->failed |= !a->draft_parts || !a->prior_parts;
    return !s->failed;
}

/* Looks for draft atoms [first, last) in the earlier text. */
static bool find(struct search *s, size_t first, size_t last)
{
    ptrdiff_t diagonal = 0;
    if (last - first > MOST_ATOMS)
        last = first + MOST_ATOMS;
    size_t n = last - first, total = s->prior->atoms.n;
    if (untitled(s, first, last) < LEAST || total < LEAST)
        return false;
    size_t votes = nq_shingles_vote(&s->shingles, s->hashes, first, last, &diagonal);
    if ((double)votes < least_votes * (double)(n - NQ_SHINGLE + 1) || votes < NQ_SHINGLE)
        return false;
    size_t slack = NQ_SHINGLE_DRIFT + n / 5;
    ptrdiff_t from = (ptrdiff_t)first + diagonal - (ptrdiff_t)slack;
    ptrdiff_t to = (ptrdiff_t)last + diagonal + (ptrdiff_t)slack;
    size_t low = from > 0 ? (size_t)from : 0;
    size_t high = to < (ptrdiff_t)total ? (size_t)(to > 0 ? to : 0) : total;
    bool in_draft[MOST_ATOMS], in_prior[2 * MOST_ATOMS];
    if (low >= high)
        return false;
    size_t start = 0, end = 0, common = 0;
    if (!nq_align(s->hashes + first, n, s->shingles.hashes + low, high - low, in_draft, in_prior,
                  &start, &end, &common)) {
        s->failed = true;
        return false;
    }
    size_t longer = end - start > n ? end - start : n, told = 0;
    for (size_t i = 0; i < n; i++)
        told += in_draft[i] && !s->titled[first + i];
    if (told < LEAST_COMMON || (double)common < least_common * (double)longer)
        return false;
    return add(s, first, last, low + start, low + end, in_draft, in_prior + start, common);
}

/* Whether a sentence (or with `clause` a clause) ends behind atom `i`. */
static bool ends(const struct nq_side *side, size_t i, bool clause)
{
    if (i + 1 == side->atoms.n)
        return true;
    size_t stop = side->atoms.items[i + 1].start;
    for (size_t at = side->atoms.items[i].end; at < stop;) {
        uint32_t cp;
        at += nq_utf8_decode(nq_str_sub(side->text, at, stop), &cp, NULL);
        if (cp == 0x3002 || cp == 0xFF01 || cp == 0xFF1F || cp == 0xFF1B || cp == '\n' ||
            cp == '!' || cp == '?' || cp == ';') /* 。！？； */
            return true;
        if (clause && (cp == 0xFF0C || cp == ',' || cp == 0xFF1A)) /* ，： */
            return true;
    }
    return false;
}

static void find_sentence(struct search *s, size_t first, size_t last)
{
    if (last - first < LEAST || find(s, first, last))
        return;
    for (size_t i = first, start = first; i < last && last - first >= 2 * LEAST; i++) {
        if (!ends(s->draft, i, true) && i + 1 < last)
            continue;
        if (i + 1 - start >= LEAST && i + 1 - start < last - first)
            find(s, start, i + 1);
        start = i + 1;
    }
}

static void mark_titles(struct search *s)
{
    size_t depth = 0, at = 0;
    struct nq_str text = s->draft->text;
    for (size_t i = 0; i < s->draft->atoms.n; i++) {
        for (size_t stop = s->draft->atoms.items[i].start; at < stop;) {
            uint32_t cp;
            at += nq_utf8_decode(nq_str_sub(text, at, stop), &cp, NULL);
            depth = cp == '\n' ? 0 : depth + (cp == 0x300A) - (depth && cp == 0x300B); /* 《》 */
        }
        s->titled[i] = depth > 0;
        at = s->draft->atoms.items[i].end;
    }
}

bool nq_reuse_find(const struct nq_side *draft, const struct nq_side *prior, struct nq_arena *arena,
                   struct nq_aligned **out, size_t *n)
{
    struct search *s = calloc(1, sizeof *s);
    if (!s)
        return false;
    s->draft = draft;
    s->prior = prior;
    s->arena = arena;
    s->hashes = nq_hash_atoms(&draft->atoms);
    s->titled = calloc(draft->atoms.n + 1, sizeof *s->titled);
    s->failed =
        !s->hashes || !s->titled || !nq_shingles_init(&s->shingles, &prior->atoms, draft->atoms.n);
    if (!s->failed)
        mark_titles(s);
    for (size_t i = 0, first = 0; i < draft->atoms.n && !s->failed; i++) {
        if (!ends(draft, i, false))
            continue;
        find_sentence(s, first, i + 1);
        first = i + 1;
    }
    bool ok = !s->failed;
    *out = s->items;
    *n = s->n;
    free(s->hashes);
    free(s->titled);
    nq_shingles_finish(&s->shingles);
    free(s);
    return ok;
}
