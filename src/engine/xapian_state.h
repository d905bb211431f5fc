/* The second engine's side in C: the module, the folder of the shards, and how these are kept in
 * step with the database.
 *
 * The shards of nq.db are nq.db.xapian/SET/0, 1 ...; meta "xapian_set" says which SET counts, so
 * that another index takes the place of this one with the file alone.  A passage is in the shard
 * that the hash of its report's id says.
 *
 * In step.  Passages are written to the shards before the database's transaction is committed, and
 * taken out after it; number "generation" of each shard is that of the database when both are done,
 * -1 meanwhile.  So whatever happens the shards hold all that the database holds, but perhaps more.
 * A reader that finds another generation leaves out what the database does not know; a writer that
 * does compares all ids and puts right what differs, whatever it was (ids are never given to
 * another text).  Shards whose documents have another form (NQ_XAPIAN_FORM) are filled anew.
 * A shard may be another database than a moment ago (xapian_parts.cc).
 *
 * A front is an index without passages that names shards, here or elsewhere, whose documents' data
 * hold all there is to show (store/packed.h).  Its database is in memory and takes in the rows of
 * the passages that queries come upon. */
#ifndef NQ_ENGINE_XAPIAN_STATE_H
#define NQ_ENGINE_XAPIAN_STATE_H

#include "engine/backend.h"
#include "engine/xapian.h"

struct nq_xapian_state {
    const struct nq_xapian_api *api;
    char *folder; /* of this set of shards */
    size_t n_shards;
    bool carries; /* documents hold data */
    bool front;
    const char **places; /* of the shards, to be read */
    struct nq_xapian_reader *reader;
    int64_t read_generation;
    bool out_of_step; /* shards may hold what the database does not */
    struct nq_xapian_writer *writer;
    int64_t *removed; /* passages to be taken out when the database has committed */
    size_t n_removed, removed_cap;
    int64_t next_generation;
    struct nq_arena *arena;       /* of the places */
    struct nq_buf data, sequence; /* of the passage that is written */
    struct nq_buf typed;          /* expression of a query as typed */
};

/* Loads the module; VERSION where this program has none. */
enum nq_status nq_xapian_load(const struct nq_xapian_api **out, struct nq_error *err);

/* Attaches the state to `engine`, whose index says that Xapian is its engine. */
enum nq_status nq_xapian_attach(struct nq_engine *engine, struct nq_error *err);

/* Opens the shards for writing, within a transaction of the database, and puts right what is not in
 * step.  Does nothing where they are open. */
enum nq_status nq_xapian_write(struct nq_engine *engine, struct nq_error *err);

enum nq_status nq_xapian_put(struct nq_engine *engine, const struct nq_document *d,
                             struct nq_error *err);
enum nq_status nq_xapian_remove(struct nq_engine *engine, int64_t id, struct nq_error *err);
enum nq_status nq_xapian_flush(struct nq_engine *engine, int64_t generation, struct nq_error *err);
enum nq_status nq_xapian_committed(struct nq_engine *engine, struct nq_error *err);
void nq_xapian_rolled_back(struct nq_engine *engine);
enum nq_status nq_xapian_words_put(struct nq_engine *engine, int64_t id, struct nq_error *err);

/* Opens the shards for reading, or sees what has changed in them. */
enum nq_status nq_xapian_read(struct nq_engine *engine, struct nq_error *err);

/* Takes the rows of passage `id` into a front's database. */
enum nq_status nq_xapian_fetch(struct nq_engine *engine, int64_t id, struct nq_error *err);

enum nq_status nq_xapian_find(struct nq_run *r);
enum nq_status nq_xapian_find_partial(struct nq_run *r, size_t lists);
enum nq_status nq_xapian_likely(struct nq_engine *engine, struct nq_pattern *pattern,
                                const struct nq_filter *filter, int64_t skip_first,
                                int64_t skip_last, struct nq_best *best, struct nq_error *err);
enum nq_status nq_xapian_count(struct nq_engine *engine, struct nq_str match, size_t most,
                               size_t *n, struct nq_error *err);
enum nq_status nq_xapian_lists(struct nq_engine *engine, const struct nq_str *terms, size_t n,
                               bool words, nq_posting_fn *posting, void *user,
                               struct nq_error *err);
enum nq_status nq_xapian_words(struct nq_engine *engine, struct nq_str beginning, nq_word_fn *word,
                               void *user, struct nq_error *err);

#endif
