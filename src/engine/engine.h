/* The engine: both text indexes and the statistics for ranking.
 *
 * One engine serves one connection.  Writing happens inside the caller's transaction:
 * put and remove as often as need be, then flush, then commit; after a rollback, nq_engine_reset.
 */
#ifndef NQ_ENGINE_ENGINE_H
#define NQ_ENGINE_ENGINE_H

#include "engine/fts5.h"
#include "engine/fts5_query.h"
#include "query/pattern.h"
#include "query/query.h"
#include "store/attributes.h"
#include "text/segment.h"

struct nq_backend; /* which of the two engines, see backend.h */

struct nq_engine {
    struct nq_db *db;
    const struct nq_backend *backend;
    struct nq_xapian_state *xapian; /* what the second engine holds */
    const struct nq_segmenter *segmenter;
    struct nq_fts5 fts5;
    struct nq_bulk *bulk; /* fills indexes that are new (bulk.h); NULL: none is */
    struct sb_stemmer *stemmer;
    struct nq_attributes attributes;
    int64_t n_passages, n_atoms; /* in the index, uncommitted changes included */
    int64_t generation;
    double lengths[256]; /* nq_length_decode of every code */
    /* The passage at hand. */
    struct nq_tokens body, heading;
    struct nq_word_buf words, heading_words;
    struct nq_token *word_tokens;
    size_t n_word_tokens, word_tokens_cap;
    struct nq_buf word_bytes;
    /* Changes to the number of passages that hold each atom, not yet written: atoms of one
     * character from U+0800 to U+FFFF, nearly all, by that, NULL where there are none. */
    struct nq_map atom_changes;
    struct nq_character_change *character_changes;
    int64_t passage_mark;
};

struct nq_character_change {
    int32_t change;
    uint32_t mark; /* of the passage counted last */
};

/* A passage to be indexed. */
struct nq_document {
    int64_t id;
    enum nq_kind kind;
    int32_t day;
    int64_t source;
    struct nq_str heading, text;
};

/* Registers the tokenizer on `db` and makes an engine for it; `segmenter` is borrowed.  The tables
 * need not be there yet. */
enum nq_status nq_engine_create(struct nq_db *db, const struct nq_segmenter *segmenter,
                                struct nq_engine **out, struct nq_error *err);
void nq_engine_destroy(struct nq_engine *engine);

/* Takes the engine that the index was made for; once, when its tables are there. */
enum nq_status nq_engine_choose(struct nq_engine *engine, struct nq_error *err);

/* Reads the index's statistics again if it has changed; called at the start of a transaction. */
enum nq_status nq_engine_refresh(struct nq_engine *engine, struct nq_error *err);

/* At the start of a transaction that puts or removes; refreshes, too. */
enum nq_status nq_engine_begin(struct nq_engine *engine, struct nq_error *err);

/* For a writer: notes in an empty index what makes tokens of a text, and checks in any other that
 * it was what this program has.  FTS5 takes tokens out by being told them again, so others would
 * damage the index.  Errors: VERSION, and those of the database. */
enum nq_status nq_engine_check_text(struct nq_engine *engine, struct nq_error *err);

/* Forgets what was not flushed. */
enum nq_status nq_engine_reset(struct nq_engine *engine, struct nq_error *err);

enum nq_status nq_engine_put(struct nq_engine *engine, const struct nq_document *document,
                             struct nq_error *err);

/* The heading and the text of the passage put last; borrowed until the next is put or removed. */
void nq_engine_last(const struct nq_engine *engine, const struct nq_document *document,
                    struct nq_segmented *heading, struct nq_segmented *text);

/* Takes a passage out; heading and text must be what it was put with. */
enum nq_status nq_engine_remove(struct nq_engine *engine, int64_t id, struct nq_str heading,
                                struct nq_str text, struct nq_error *err);

/* Writes statistics and attributes, and a new generation of the index. */
enum nq_status nq_engine_flush(struct nq_engine *engine, struct nq_error *err);

/* Puts every stored passage into empty text indexes; statistics and attributes stay. */
enum nq_status nq_engine_fill(struct nq_engine *engine, struct nq_error *err);

/* After the transaction of the flush was committed. */
enum nq_status nq_engine_committed(struct nq_engine *engine, struct nq_error *err);

/* Merges both text indexes into one segment each. */
enum nq_status nq_engine_optimize(struct nq_engine *engine, struct nq_error *err);

/* Checks that both text indexes hold exactly the tokens of the stored passages, and that statistics
 * and attributes fit them; calls `problem` with a line for each defect. */
enum nq_status nq_engine_verify(struct nq_engine *engine,
                                void (*problem)(void *user, const char *message), void *user,
                                struct nq_error *err);

/* ---- words --------------------------------------------------------------------------------------
 */

/* Whether the words index was made by this engine's dictionary, all of it. */
enum nq_status nq_words_current(struct nq_engine *engine, bool *current, struct nq_error *err);

/* Indexes the words of the next `n` passages anew where the dictionary has changed; *done where
 * nothing is left.  Each call is one transaction; searches go on with the old words until the last.
 */
enum nq_status nq_words_renew(struct nq_engine *engine, size_t n, bool *done, struct nq_error *err);

/* Told a word of the index, borrowed, how many passages hold it, and the last of these (0: not
 * known without nq_engine_lists); false: no more of them. */
typedef bool nq_word_fn(void *user, struct nq_str word, uint64_t passages, int64_t last);

/* Calls `word` with the words of the index that begin with `beginning` (folded), in no order that
 * means anything. */
enum nq_status nq_engine_words(struct nq_engine *engine, struct nq_str beginning, nq_word_fn *word,
                               void *user, struct nq_error *err);

/* The same with those of most passages, these first, at most `limit`. */
enum nq_status nq_engine_complete(struct nq_engine *engine, struct nq_str beginning, size_t limit,
                                  nq_word_fn *word, void *user, struct nq_error *err);

/* Calls `posting` with the passages of each term in turn, the number of the term as its phrase:
 * folded words of Han characters in the words index, or (`words` false) folded Latin words, which
 * are atoms of the text index. */
enum nq_status nq_engine_lists(struct nq_engine *engine, const struct nq_str *terms, size_t n,
                               bool words, nq_posting_fn *posting, void *user,
                               struct nq_error *err);

/* ---- searching
 * ----------------------------------------------------------------------------------- */

/* A passage found. */
struct nq_match {
    int64_t passage;
    double score;
    int32_t day;
    enum nq_tier tier;
};

struct nq_search {
    const struct nq_query *query;
    const struct nq_query *widened; /* with other names of the same things; NULL: it has none */
    bool exact;                     /* no partial matches */
    struct nq_pattern *pattern;     /* from nq_expand; the engine fills in idf */
    enum nq_sort sort;
    size_t wanted; /* how many of the best must be in order */
    bool facets;
};

/* What was found.  The first `wanted` of `matches` are in order, those of earlier tiers first. */
struct nq_found {
    struct nq_match *matches;
    size_t n, cap;
    uint64_t total;
    bool total_is_exact;
    bool partial;
    uint32_t *months;  /* matches by month, index 12 · year + month - 1; [0]: undated; NULL without
                          facets */
    uint32_t *sources; /* matches by source id (NQ_N_SOURCES of them); NULL without facets */
    uint64_t n_report, n_reference;
    size_t first_month, last_month, last_source; /* the ends of what is not 0 in the tables */
};

enum { NQ_N_MONTHS = 12 * 10000, NQ_N_SOURCES = 65536 };

/* The `i`-th shard that was left out and why, borrowed until the next search; false: there are no
 * more. */
bool nq_engine_missing(const struct nq_engine *engine, size_t i, const char **place,
                       const char **why);

enum nq_status nq_engine_search(struct nq_engine *engine, const struct nq_search *search,
                                struct nq_found *out, struct nq_error *err);
void nq_found_finish(struct nq_found *found);

#endif
