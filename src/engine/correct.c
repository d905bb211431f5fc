/* Correcting a term: what sounds the same, and what differs from it in one place. */
#include "engine/correct.h"

#include "engine/backend.h"
#include "engine/compile.h"
#include "engine/edits.h"
#include "engine/spell.h"
#include "text/segmenter.h"

enum {
    SHORTEST = 3,    /* characters: shorter ones are near too many words */
    FEW_LETTERS = 4, /* fewer are no pinyin of two characters */
    LONG = 6,        /* characters, from which on halves are looked up first */
    LITTLE = 2,      /* passages that may be slips of the pen, */
    MORE = 20,       /* where so many times as many hold what was meant */
    ENOUGH = 500,    /* passages that are counted */
    FIRST_HAN = 0x4E00,
    LAST_HAN = 0x9FFF,
};

struct correction {
    struct nq_engine *engine;
    struct nq_typed typed;
    struct nq_edits edits; /* of no characters where they don't help */
    size_t least;          /* passages that make it worth proposing */
    bool doubtful;         /* some of it is in no known word */
};

/* What is typed, whether it may be corrected, and which of its characters stand in known words.
 * False without memory. */
static bool read_term(struct correction *c, const struct nq_term *term, bool *worth)
{
    struct nq_engine *engine = c->engine;
    struct nq_folded *f = &engine->body.folded;
    size_t han = 0, letters = 0, units = 0;
    *worth = false;
    if (!nq_fold_text(term->text, f) || !nq_segment_folded(engine->segmenter, f, &engine->words))
        return false;
    if (!nq_typed_read(term->text, &c->typed))
        return true;
    for (size_t i = 0; i < c->typed.n; i++) {
        han += c->typed.cp[i] >= FIRST_HAN && c->typed.cp[i] <= LAST_HAN;
        letters += c->typed.cp[i] >= 'a' && c->typed.cp[i] <= 'z';
        units += c->typed.cp[i] != NQ_TYPED_END;
    }
    bool right = engine->words.n == 1 && engine->words.words[0].flags & NQ_WORD_KNOWN;
    *worth = !right && han + letters == units && han <= NQ_EDITS_LONGEST &&
             (letters ? han > 0 || letters >= FEW_LETTERS : han >= 2);
    c->doubtful = letters > 0;
    if (!*worth || letters || han < SHORTEST || f->n != han)
        return true;
    for (size_t w = 0; w < engine->words.n; w++) {
        const struct nq_word *word = &engine->words.words[w];
        c->edits.starts[word->first] = true;
        for (uint32_t i = word->first; i < word->last; i++)
            c->edits.known[i] = word->flags & NQ_WORD_KNOWN ? word->last - word->first : 1;
        c->doubtful |= word->last - word->first == 1 || !(word->flags & NQ_WORD_KNOWN);
    }
    c->edits.cp = c->typed.cp;
    c->edits.n = c->edits.to = han;
    return true;
}

/* Counts matches up to `most`. */
struct counting {
    size_t n, most;
};

static enum nq_next count_passage(void *user, const struct nq_posting *posting)
{
    struct counting *c = user;
    (void)posting;
    return ++c->n < c->most ? NQ_NEXT_PHRASE : NQ_NEXT_NONE;
}

enum nq_status nq_fts5_count(struct nq_engine *engine, struct nq_str match, size_t most, size_t *n,
                             struct nq_error *err)
{
    struct counting c = {0, most};
    enum nq_status status = nq_fts5_passages(engine->db, match, count_passage, &c, err);
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
        status = engine->backend->count(engine, nq_buf_str(&match), ENOUGH, n, err);
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

/* The best so far: one that is a word as a whole, then the one of most passages. */
struct choice {
    struct nq_buf *out;
    struct nq_buf text;
    struct nq_folded folded;
    size_t passages;
    bool word;
};

/* Takes choice->text where it is better; *n is the number of passages that hold it. */
static enum nq_status consider(const struct correction *c, const struct nq_term *term,
                               struct choice *choice, size_t *n, struct nq_error *err)
{
    struct nq_str text = nq_buf_str(&choice->text);
    if (choice->text.failed || !nq_fold_text(text, &choice->folded))
        return nq_fail_nomem(err);
    enum nq_status status = count_term(c->engine, term, text, n, err);
    bool word = nq_segmenter_has(c->engine->segmenter, choice->folded.cp, choice->folded.n);
    if (status != NQ_OK || *n < c->least || word < choice->word ||
        (word == choice->word && *n <= choice->passages))
        return status;
    choice->passages = *n;
    choice->word = word;
    choice->out->len = 0;
    nq_buf_add(choice->out, text);
    return choice->out->failed ? nq_fail_nomem(err) : NQ_OK;
}

/* What sounds the same. */
static enum nq_status consider_sound(struct correction *c, const struct nq_term *term,
                                     struct choice *choice, struct nq_error *err)
{
    struct nq_spelt ways[NQ_SPELT_KEPT];
    size_t n = 0, passages;
    if (!nq_spell(c->engine->segmenter, &c->typed, ways, &n))
        return nq_fail_nomem(err);
    enum nq_status status = NQ_OK;
    for (size_t i = 0; i < n && status == NQ_OK; i++) {
        if (ways[i].n < 2 || !(ways[i].changed || c->typed.letters))
            continue;
        choice->text.len = 0;
        for (size_t k = 0; k < ways[i].n; k++)
            nq_buf_add_cp(&choice->text, ways[i].cp[k]);
        status = consider(c, term, choice, &passages, err);
    }
    return status;
}

/* Whether enough passages hold the characters [first, last) of the term. */
static enum nq_status is_common(struct correction *c, const struct nq_term *term, size_t first,
                                size_t last, struct nq_buf *text, bool *common,
                                struct nq_error *err)
{
    size_t n = 0;
    text->len = 0;
    for (size_t i = first; i < last; i++)
        nq_buf_add_cp(text, c->edits.cp[i]);
    if (text->failed)
        return nq_fail_nomem(err);
    enum nq_status status = count_term(c->engine, term, nq_buf_str(text), &n, err);
    *common = n >= c->least;
    return status;
}

/* An edit leaves the first half of a long term as it is, or what stands behind its middle: where
 * too few passages hold that, none holds enough of the whole. */
static enum nq_status bound_edits(struct correction *c, const struct nq_term *term,
                                  struct nq_buf *text, struct nq_error *err)
{
    size_t n = c->edits.n, half = n / 2;
    bool first = true, last = true;
    if (n < LONG)
        return NQ_OK;
    enum nq_status status = is_common(c, term, 0, half, text, &first, err);
    if (status == NQ_OK)
        status = is_common(c, term, half + 1, n, text, &last, err);
    c->edits.from = last ? 0 : half;
    c->edits.to = first ? n : half;
    return status;
}

/* What differs in one place: of those that make the longest word. */
static enum nq_status consider_edits(struct correction *c, const struct nq_term *term,
                                     struct choice *choice, struct nq_error *err)
{
    enum nq_status status = bound_edits(c, term, &choice->text, err);
    size_t length = 0, n;
    if (status != NQ_OK)
        return status;
    nq_edits_find(&c->engine->segmenter->dict, &c->edits);
    for (size_t i = 0; i < c->edits.n_items && status == NQ_OK; i++) {
        const struct nq_edit *edit = &c->edits.items[i];
        if (edit->length < length)
            break;
        choice->text.len = 0;
        for (size_t k = 0; k <= c->edits.n; k++) {
            for (size_t in = 0; k == edit->at && in < edit->in; in++)
                nq_buf_add_cp(&choice->text, edit->cp[in]);
            if (k < c->edits.n && (k < edit->at || k >= (size_t)edit->at + edit->out))
                nq_buf_add_cp(&choice->text, c->edits.cp[k]);
        }
        status = consider(c, term, choice, &n, err);
        length = n >= c->least ? edit->length : length;
    }
    return status;
}

enum nq_status nq_engine_correct(struct nq_engine *engine, const struct nq_term *term,
                                 struct nq_buf *out, struct nq_error *err)
{
    struct correction c = {.engine = engine};
    struct choice choice = {.out = out};
    size_t n = 0;
    bool worth = false;
    out->len = 0;
    enum nq_status status = read_term(&c, term, &worth) ? NQ_OK : nq_fail_nomem(err);
    if (status == NQ_OK && worth)
        status = count_term(engine, term, term->text, &n, err);
    worth = worth && (n == 0 || (n <= LITTLE && c.doubtful && !c.typed.letters));
    c.least = n > 0 ? MORE * n : 1;
    if (status == NQ_OK && worth)
        status = consider_sound(&c, term, &choice, err);
    if (status == NQ_OK && worth && !choice.word && c.edits.n > 0)
        status = consider_edits(&c, term, &choice, err);
    nq_buf_finish(&choice.text);
    nq_folded_finish(&choice.folded);
    return status;
}
