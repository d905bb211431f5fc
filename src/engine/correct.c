/* Correcting a term: words of the dictionary that differ from it in one character. */
#include "engine/correct.h"

#include "engine/backend.h"
#include "engine/compile.h"
#include "text/segmenter.h"

enum {
    SHORTEST = 3, /* shorter ones are near too many words */
    LONGEST = 12,
    MOST = 32,    /* candidates that are looked for in the index */
    ENOUGH = 500, /* passages that are counted */
    FIRST_HAN = 0x4E00,
    LAST_HAN = 0x9FFF,
};

/* Character `at` of the term becomes `cp`, which makes a word of `length` characters. */
struct candidate {
    uint32_t cp, cost;
    size_t at, length;
};

struct correction {
    struct nq_engine *engine;
    uint32_t cp[LONGEST];
    size_t known[LONGEST]; /* characters of the known word that it stands in, at least 1 */
    size_t n;
    struct candidate candidates[MOST];
    size_t n_candidates;
};

static bool better(const struct candidate *a, const struct candidate *b)
{
    return a->length != b->length ? a->length > b->length : a->cost < b->cost;
}

static void add(struct correction *c, struct candidate candidate)
{
    size_t i = c->n_candidates < MOST ? c->n_candidates++ : MOST;
    for (; i > 0 && better(&candidate, &c->candidates[i - 1]); i--)
        if (i < MOST)
            c->candidates[i] = c->candidates[i - 1];
    if (i < MOST)
        c->candidates[i] = candidate;
}

/* The words that begin with the path to `node` (NULL: none yet), go on with any character in place
 * of the one at `at`, and then as the term does. */
static void try_at(struct correction *c, const struct nq_dict *dict,
                   const struct nq_dict_node *node, size_t first, size_t at)
{
    for (uint32_t cp = FIRST_HAN; cp <= LAST_HAN; cp++) {
        uint16_t code = cp == c->cp[at] ? 0 : nq_dict_code(dict, cp);
        if (!code || (node && !node->base))
            continue;
        const struct nq_dict_node *next =
            node ? nq_dict_child(dict, node->base, code) : &dict->nodes[code];
        for (size_t end = at + 1; next; end++) {
            if (nq_dict_is_word(next) && end - first > c->known[at])
                add(c, (struct candidate){cp, next->value & NQ_DICT_COST, at, end - first});
            code = end < c->n ? nq_dict_code(dict, c->cp[end]) : 0;
            next = code && next->base ? nq_dict_child(dict, next->base, code) : NULL;
        }
    }
}

static void find_candidates(struct correction *c)
{
    const struct nq_dict *dict = &c->engine->segmenter->dict;
    for (size_t first = 0; first < c->n; first++) {
        const struct nq_dict_node *node = NULL;
        for (size_t at = first; at < c->n; at++) {
            try_at(c, dict, node, first, at);
            uint16_t code = nq_dict_code(dict, c->cp[at]);
            if (!code || (node && !node->base))
                break;
            node = node ? nq_dict_child(dict, node->base, code) : &dict->nodes[code];
            if (!node)
                break;
        }
    }
}

/* The characters of the term, and which stand in known words.  False without memory; c->n is 0
 * where the term is not to be corrected. */
static bool read_term(struct correction *c, const struct nq_term *term)
{
    struct nq_engine *engine = c->engine;
    struct nq_folded *f = &engine->body.folded;
    if (!nq_fold_text(term->text, f) || !nq_segment_folded(engine->segmenter, f, &engine->words))
        return false;
    if (f->n < SHORTEST || f->n > LONGEST)
        return true;
    for (size_t i = 0; i < f->n; i++) {
        if (f->cp[i] < FIRST_HAN || f->cp[i] > LAST_HAN)
            return true;
        c->cp[i] = f->cp[i];
    }
    if (engine->words.n == 1 && engine->words.words[0].flags & NQ_WORD_KNOWN)
        return true; /* it is spelt right */
    for (size_t w = 0; w < engine->words.n; w++) {
        const struct nq_word *word = &engine->words.words[w];
        for (uint32_t i = word->first; i < word->last; i++)
            c->known[i] = word->flags & NQ_WORD_KNOWN ? word->last - word->first : 1;
    }
    c->n = f->n;
    return true;
}

/* Counts matches up to `most`. */
struct counting {
    size_t n, most;
};

static enum nq_next count_posting(void *user, const struct nq_posting *posting)
{
    struct counting *c = user;
    (void)posting;
    return ++c->n < c->most ? NQ_NEXT_POSTING : NQ_NEXT_NONE;
}

enum nq_status nq_fts5_count(struct nq_engine *engine, struct nq_str match, size_t phrases,
                             size_t most, size_t *n, struct nq_error *err)
{
    struct counting c = {0, most};
    enum nq_status status = phrases == 1
                                ? nq_fts5_phrases(engine->db, false, match, count_posting, &c, err)
                                : nq_fts5_passages(engine->db, match, count_posting, &c, err);
    *n = c.n;
    return status;
}

static enum nq_status count(struct nq_engine *engine, const struct nq_query *query, size_t *n,
                            struct nq_error *err)
{
    struct nq_buf match = {0};
    size_t phrases = 0;
    *n = 0;
    enum nq_status status = NQ_OK;
    if (!nq_compile_query(engine, query, false, &match, &phrases))
        status = nq_fail_nomem(err);
    else if (phrases > 0)
        status = engine->backend->count(engine, nq_buf_str(&match), phrases, ENOUGH, n, err);
    nq_buf_finish(&match);
    return status;
}

enum nq_status nq_engine_any(struct nq_engine *engine, const struct nq_query *query, bool *any,
                             struct nq_error *err)
{
    size_t n;
    enum nq_status status = count(engine, query, &n, err);
    if (status == NQ_OK)
        *any = n > 0;
    return status;
}

/* How many passages hold the term with `text` in its place. */
static enum nq_status count_term(struct nq_engine *engine, const struct nq_term *term,
                                 struct nq_str text, size_t *n, struct nq_error *err)
{
    struct nq_term changed = *term;
    struct nq_clause clause = {.terms = &changed, .n_terms = 1};
    struct nq_query query = {.clauses = &clause, .n_clauses = 1};
    changed.text = text;
    return count(engine, &query, n, err);
}

enum nq_status nq_engine_correct(struct nq_engine *engine, const struct nq_term *term,
                                 struct nq_buf *out, struct nq_error *err)
{
    struct correction c = {.engine = engine};
    struct nq_buf text = {0};
    size_t n = 0, most = 0, length = 0;
    out->len = 0;
    enum nq_status status = read_term(&c, term) ? NQ_OK : nq_fail_nomem(err);
    if (status == NQ_OK && c.n > 0)
        status = count_term(engine, term, term->text, &n, err);
    if (status == NQ_OK && c.n > 0 && n == 0)
        find_candidates(&c);
    for (size_t i = 0; i < c.n_candidates && status == NQ_OK; i++) {
        const struct candidate *candidate = &c.candidates[i];
        if (most > 0 && candidate->length < length)
            break;
        text.len = 0;
        for (size_t k = 0; k < c.n; k++)
            nq_buf_add_cp(&text, k == candidate->at ? candidate->cp : c.cp[k]);
        status =
            text.failed ? nq_fail_nomem(err) : count_term(engine, term, nq_buf_str(&text), &n, err);
        if (status != NQ_OK || n <= most)
            continue;
        most = n;
        length = candidate->length;
        out->len = 0;
        nq_buf_add(out, nq_buf_str(&text));
    }
    nq_buf_finish(&text);
    return status == NQ_OK && out->failed ? nq_fail_nomem(err) : status;
}
