/* From a parsed query to FTS5 expressions. */
#include "engine/compile.h"

/* A token inside of a quoted list; folded text holds no quotation mark, but nothing rests on that.
 */
static void add_token(struct nq_buf *out, struct nq_str token)
{
    for (size_t i = 0; i < token.len; i++) {
        if (token.ptr[i] == '"')
            nq_buf_add_byte(out, '"');
        nq_buf_add_byte(out, token.ptr[i]);
    }
}

/* `atom SEP ACROSS follower`, the token of a pair across a bracket. */
static void add_pair(struct nq_buf *out, struct nq_str single, struct nq_str follower, bool across)
{
    add_token(out, single);
    if (across)
        nq_buf_add_byte(out, NQ_TOKEN_ACROSS);
    add_token(out, follower);
}

/* The bigrams of atoms [first, last), of which there are at least two. */
static void add_bigrams(struct nq_buf *out, const struct nq_atoms *atoms, size_t first, size_t last,
                        bool exact)
{
    for (size_t i = first; i + 1 < last; i++) {
        struct nq_str single = nq_atom_single(atoms, i), follower = nq_atom_text(atoms, i + 1);
        bool bracket = atoms->items[i].join == NQ_JOIN_BRACKET;
        if (i > first)
            nq_buf_add_byte(out, NQ_LIST_NEXT);
        add_pair(out, single, follower, exact && bracket);
        if (exact)
            continue;
        nq_buf_add_byte(out, NQ_LIST_SYNONYM);
        add_pair(out, single, follower, true);
    }
}

/* One phrase: atoms [first, last), none of which ends a clause but the last. */
static void add_phrase(struct nq_engine *engine, struct nq_buf *out, const struct nq_atoms *atoms,
                       size_t first, size_t last, const struct nq_term *term)
{
    if (term->field == NQ_FIELD_TITLE)
        nq_buf_add(out, NQ_STR("heading:"));
    nq_buf_add_byte(out, '"');
    bool prefix = false;
    bool latin = atoms->items[last - 1].cls == NQ_CLASS_LETTER ||
                 atoms->items[last - 1].cls == NQ_CLASS_DIGIT;
    if (last - first > 1) {
        add_bigrams(out, atoms, first, last, term->exact);
        prefix = term->prefix && latin;
    } else if (!term->exact && !term->prefix && nq_atom_has_stem(atoms, first)) {
        nq_token_stem(engine->stemmer, nq_atom_text(atoms, first), out);
    } else {
        add_token(out, term->prefix ? nq_atom_text(atoms, first) : nq_atom_single(atoms, first));
        prefix = true;
    }
    nq_buf_add(out, prefix ? NQ_STR("\" *") : NQ_STR("\""));
}

static bool add_term(struct nq_engine *engine, const struct nq_term *term, struct nq_buf *out,
                     size_t *n)
{
    struct nq_atoms *atoms = &engine->body.atoms;
    if (!nq_fold_text(term->text, &engine->body.folded) ||
        !nq_atoms_build(&engine->body.folded, atoms))
        return false;
    size_t first = 0, parts = 0;
    nq_buf_add_byte(out, '(');
    for (size_t i = 0; i < atoms->n; i++) {
        if (atoms->items[i].join != NQ_JOIN_BREAK)
            continue;
        if (parts++ > 0)
            nq_buf_add(out, NQ_STR(" AND "));
        add_phrase(engine, out, atoms, first, i + 1, term);
        first = i + 1;
    }
    if (parts == 0)
        nq_buf_add(out, NQ_STR("\"\"")); /* matches nothing: a quotation of punctuation alone */
    nq_buf_add_byte(out, ')');
    *n += parts;
    return !out->failed;
}

static bool is_must(const struct nq_clause *clause)
{
    for (size_t i = 0; i < clause->n_terms; i++)
        if (!clause->terms[i].exact && clause->terms[i].field == NQ_FIELD_ANY)
            return false;
    return true;
}

static bool add_clause(struct nq_engine *engine, const struct nq_clause *clause, struct nq_buf *out,
                       size_t *n)
{
    nq_buf_add_byte(out, '(');
    for (size_t i = 0; i < clause->n_terms; i++) {
        if (i > 0)
            nq_buf_add(out, NQ_STR(" OR "));
        if (!add_term(engine, &clause->terms[i], out, n))
            return false;
    }
    nq_buf_add_byte(out, ')');
    return true;
}

bool nq_compile_query(struct nq_engine *engine, const struct nq_query *query, bool must,
                      struct nq_buf *out, size_t *n)
{
    size_t added = 0;
    *n = 0;
    nq_buf_add_byte(out, '(');
    for (size_t i = 0; i < query->n_clauses; i++) {
        const struct nq_clause *clause = &query->clauses[i];
        if (clause->negated || nq_clause_is_filter(clause) || (must && !is_must(clause)))
            continue;
        if (added++ > 0)
            nq_buf_add(out, NQ_STR(" AND "));
        if (!add_clause(engine, clause, out, n))
            return false;
    }
    nq_buf_add_byte(out, ')');
    size_t negated = 0;
    if (added == 0 || must)
        return !out->failed;
    struct nq_buf not = {0};
    bool ok = nq_compile_negated(engine, query, &not, &negated);
    if (ok && negated > 0) {
        nq_buf_add(out, NQ_STR(" NOT "));
        nq_buf_add(out, nq_buf_str(&not ));
    }
    nq_buf_finish(&not );
    return ok && !out->failed;
}

bool nq_compile_negated(struct nq_engine *engine, const struct nq_query *query, struct nq_buf *out,
                        size_t *n)
{
    *n = 0;
    nq_buf_add_byte(out, '(');
    for (size_t i = 0; i < query->n_clauses; i++) {
        const struct nq_term *term = &query->clauses[i].terms[0];
        /* A punctuated term is excluded by reading: the index would exclude its parts. */
        if (!query->clauses[i].negated || nq_clause_is_filter(&query->clauses[i]) ||
            term->punctuated)
            continue;
        if (*n > 0)
            nq_buf_add(out, NQ_STR(" OR "));
        if (!add_term(engine, term, out, n))
            return false;
    }
    nq_buf_add_byte(out, ')');
    return !out->failed;
}

/* The atom itself: without the SEP that ends it. */
static struct nq_str bare(struct nq_str single)
{
    if (single.len > 0 && single.ptr[single.len - 1] == NQ_TOKEN_SEP)
        single.len--;
    return single;
}

void nq_compile_unit(const struct nq_pattern *p, const struct nq_unit *unit, bool word,
                     struct nq_buf *out)
{
    const uint32_t *atoms = p->sequence + unit->first;
    nq_buf_add_byte(out, '"');
    if (word) {
        for (uint32_t i = 0; i < unit->n; i++)
            add_token(out, bare(p->atoms[atoms[i]]));
    } else if (unit->n == 1) {
        add_token(out, p->atoms[atoms[0]]);
    } else {
        add_pair(out, p->atoms[atoms[0]], bare(p->atoms[atoms[1]]), false);
        nq_buf_add_byte(out, NQ_LIST_SYNONYM);
        add_pair(out, p->atoms[atoms[0]], bare(p->atoms[atoms[1]]), true);
    }
    nq_buf_add(out, !word && unit->n == 1 ? NQ_STR("\" *") : NQ_STR("\""));
}
