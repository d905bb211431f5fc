/* What an engine does by itself: how tokens are stored, and how candidates are found.
 *
 * Common to all are the tokens, the statistics of atoms and the attributes in the database, the
 * expressions of compile.h, the second step of ranking, tiers and snippets. */
#ifndef NQ_ENGINE_BACKEND_H
#define NQ_ENGINE_BACKEND_H

#include "engine/run.h"

struct nq_backend {
    const char *name; /* as in --engine=NAME */
    bool sequences;   /* places of tokens are in sequences (xapian_sequence.h), not in postings */

    /* ---- writing, within the caller's transaction ---- */

    /* At the start of a transaction. */
    enum nq_status (*begin)(struct nq_engine *engine, struct nq_error *err);
    /* Stores the tokens that nq_engine_prepare has made of a passage. */
    enum nq_status (*put)(struct nq_engine *engine, const struct nq_document *document,
                          struct nq_error *err);
    /* Takes them out; they are prepared, too. */
    enum nq_status (*remove)(struct nq_engine *engine, int64_t id, struct nq_error *err);
    /* Before the transaction is committed as this generation, and after it. */
    enum nq_status (*flush)(struct nq_engine *engine, int64_t generation, struct nq_error *err);
    enum nq_status (*committed)(struct nq_engine *engine, struct nq_error *err);
    void (*rolled_back)(struct nq_engine *engine);
    enum nq_status (*optimize)(struct nq_engine *engine, struct nq_error *err);
    /* Words made anew, see words.c: before the first passage, a passage, after the last. */
    enum nq_status (*words_start)(struct nq_engine *engine, struct nq_error *err);
    enum nq_status (*words_put)(struct nq_engine *engine, int64_t id, struct nq_error *err);
    enum nq_status (*words_finish)(struct nq_engine *engine, struct nq_error *err);

    /* ---- reading ---- */

    /* Reads what it knows of the index anew, as far as it has changed. */
    enum nq_status (*refresh)(struct nq_engine *engine, struct nq_error *err);
    /* Takes in what matches as typed: found, counted and the best of them with their first score.
     */
    enum nq_status (*find)(struct nq_run *r);
    /* Fills r->best with the best partial matches by the first step, by at most `lists` lists of
     * each kind. */
    enum nq_status (*find_partial)(struct nq_run *r, size_t lists);
    /* As nq_engine_likely (likely.h). */
    enum nq_status (*likely)(struct nq_engine *engine, struct nq_pattern *pattern,
                             const struct nq_filter *filter, int64_t skip_first, int64_t skip_last,
                             struct nq_best *best, struct nq_error *err);
    /* Counts at most `most` matches of an expression. */
    enum nq_status (*count)(struct nq_engine *engine, struct nq_str match, size_t most, size_t *n,
                            struct nq_error *err);
    /* As nq_engine_lists and nq_engine_words (engine.h). */
    enum nq_status (*lists)(struct nq_engine *engine, const struct nq_str *terms, size_t n,
                            bool words, nq_posting_fn *posting, void *user, struct nq_error *err);
    enum nq_status (*words)(struct nq_engine *engine, struct nq_str beginning, nq_word_fn *word,
                            void *user, struct nq_error *err);
    /* How many passages hold an atom. */
    enum nq_status (*atom)(struct nq_engine *engine, struct nq_str atom, int64_t *passages,
                           struct nq_error *err);
    /* Gives the hash of all that is stored, as verify.c tells. */
    enum nq_status (*hash)(struct nq_engine *engine, uint64_t *text, uint64_t *words,
                           struct nq_error *err);
};

extern const struct nq_backend nq_fts5_backend, nq_xapian_backend;

/* Frees what the second engine holds (xapian_state.h). */
void nq_xapian_finish(struct nq_engine *engine);

/* FTS5's, beside what they share with one another. */
enum nq_status nq_fts5_put(struct nq_engine *engine, const struct nq_document *d,
                           struct nq_error *err);
enum nq_status nq_fts5_remove(struct nq_engine *engine, int64_t id, struct nq_error *err);
enum nq_status nq_fts5_optimize(struct nq_engine *engine, struct nq_error *err);
enum nq_status nq_fts5_words_start(struct nq_engine *engine, struct nq_error *err);
enum nq_status nq_fts5_words_put(struct nq_engine *engine, int64_t id, struct nq_error *err);
enum nq_status nq_fts5_words_finish(struct nq_engine *engine, struct nq_error *err);
enum nq_status nq_fts5_find(struct nq_run *r);
enum nq_status nq_fts5_find_partial(struct nq_run *r, size_t lists);
enum nq_status nq_fts5_likely(struct nq_engine *engine, struct nq_pattern *pattern,
                              const struct nq_filter *filter, int64_t skip_first, int64_t skip_last,
                              struct nq_best *best, struct nq_error *err);
enum nq_status nq_fts5_count(struct nq_engine *engine, struct nq_str match, size_t most, size_t *n,
                             struct nq_error *err);
enum nq_status nq_fts5_lists(struct nq_engine *engine, const struct nq_str *terms, size_t n,
                             bool words, nq_posting_fn *posting, void *user, struct nq_error *err);
enum nq_status nq_fts5_words(struct nq_engine *engine, struct nq_str beginning, nq_word_fn *word,
                             void *user, struct nq_error *err);
enum nq_status nq_fts5_hash(struct nq_engine *engine, uint64_t *text, uint64_t *words,
                            struct nq_error *err);

/* The hash of a posting; see verify.c. */
uint64_t nq_hash_posting(struct nq_str token, int64_t passage, int64_t column, int64_t offset);

/* The hash of a sequence. */
uint64_t nq_hash_sequence(struct nq_str sequence, int64_t passage);

/* The number of passages with an atom, of the table of the database. */
enum nq_status nq_engine_atom(struct nq_engine *engine, struct nq_str atom, int64_t *passages,
                              struct nq_error *err);

#endif
