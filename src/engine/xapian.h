/* Xapian in C: what xapian*.cc, the only C++ of the project, make of Xapian's API.
 *
 * It is a module of its own, nqxapian.so, so that a program that meets no Xapian index loads
 * neither Xapian nor the C++ library (1.2 ms); its one symbol is the table nq_xapian.  No exception
 * leaves it: every one becomes a status with a message that names the folder or the server.
 *
 * A set of passages is one or more shards, Xapian databases with the same documents' ids: a passage
 * is document number `id` in just one of them.  Terms are told apart by their first byte; those of
 * the text itself, being folded, begin with no capital letter.
 *
 *     (none)  token of heading or text
 *     H       token of the heading
 *     A, B    atom of heading or text; of the heading
 *     W       word
 *     S       source
 *     L       in every document, as often as it has atoms: so Xapian keeps their sum
 *     C, D, E token or atom where it is dense, see xapian.cc
 *     ZB ...  sample of one document in 2, 4, 8 ...: block by block of 64 ids
 *
 * Lists of dense tokens find the best of very many matches without a look at the others, samples
 * tell how many there are.  Number NQ_XAPIAN_FORM_KEY of a shard says that its documents are like
 * this.  Tokens have positions only where a document is to be searched from other machines: the
 * text's from 1, the heading's from NQ_XAPIAN_HEADING.  Elsewhere phrases are found by slot 3.
 *
 * Slot 0 holds the day (4 bytes, the most significant first, 2^31 added; empty without one), slot 1
 * the kind as a digit, slot 2 the source, slot 3 the tokens in a row (xapian_sequence.h).  A
 * document's data is what its writer says. */
#ifndef NQ_ENGINE_XAPIAN_H
#define NQ_ENGINE_XAPIAN_H

#include "query/query.h"
#include "text/tokens.h"

enum {
    NQ_XAPIAN_ABI = 3,  /* of this header: program and module must have the same */
    NQ_XAPIAN_FORM = 1, /* of documents */
    NQ_XAPIAN_HEADING = 1 << 20,
    NQ_XAPIAN_TERM = 240, /* bytes: a longer term, of which Xapian takes 245, ends in a hash */
};

#define NQ_XAPIAN_FORM_KEY "form"

/* The bytes that tell terms apart, for those who name one. */
#define NQ_XAPIAN_TEXT   '\0'
#define NQ_XAPIAN_ATOM   'A'
#define NQ_XAPIAN_WORD   'W'
#define NQ_XAPIAN_SOURCE 'S'

/* Writes into shards of this machine; locked against other writers until it is closed. */
struct nq_xapian_writer;

/* Searches shards, here or on other machines. */
struct nq_xapian_reader;

/* A passage to be written; everything is borrowed for the call. */
struct nq_xapian_document {
    int64_t id;
    enum nq_kind kind;
    int32_t day;
    double average; /* atoms that passages have, about */
    struct nq_str source, data, sequence;
    bool positions; /* tokens are to have them */
    const struct nq_tokens *body, *heading;
    const struct nq_token *words;
    size_t n_words;
};

/* A bigram, word or atom that is scored by itself. */
struct nq_xapian_unit {
    struct nq_str token, synonym; /* absent: there is none */
    char prefix;
    double weight;
    double passages; /* set by the search: how many hold it */
};

/* Sources of which a hit is one, or none. */
struct nq_xapian_sources {
    const struct nq_str *names;
    size_t n;
    bool negated;
};

/* What is looked for.  `match`, `must` and `excluded` are expressions as engine/compile.h makes
 * them; absent ones ask for nothing. */
struct nq_xapian_query {
    struct nq_str match;          /* scored */
    struct nq_xapian_unit *units; /* any of them, scored: instead of `match` */
    size_t n_units;
    struct nq_str must, excluded;
    const struct nq_filter *filter; /* events are not looked at; NULL: everything passes */
    const struct nq_xapian_sources *sources;
    size_t n_sources;
    bool by_day;    /* the latest first, else the best */
    size_t most;    /* hits */
    size_t counted; /* so many matches are counted exactly, the others guessed */
    bool count;     /* all are counted: exactly, or by a sample where they may be many */
    bool facets;    /* of what is counted */
    bool list;      /* what is counted is listed, instead of facets: their sources are elsewhere */
    /* Whether a match is one; NULL: all are.  Only where all shards are of this machine. */
    bool (*keep)(void *user, int64_t id);
    /* Asked again and again on the way, where all shards are of this machine: false ends the search
     * with STOPPED and no message.  NULL: nobody is. */
    bool (*go_on)(void *user);
    void *user;
};

struct nq_xapian_hit {
    int64_t id;
    double score;
};

struct nq_xapian_count {
    int32_t day;        /* of a count by days */
    struct nq_str name; /* of a count by sources, in memory of the hits */
    uint64_t n;
};

/* What was found; zeroed is empty, nq_xapian_api.hits_finish frees it. */
struct nq_xapian_hits {
    struct nq_xapian_hit *items;
    size_t n;
    uint64_t total;
    bool total_is_exact;
    int64_t *listed; /* with list: what was counted, each of them standing for `times` */
    size_t n_listed;
    uint64_t times;
    struct nq_xapian_count *days, *sources; /* with facets */
    size_t n_days, n_sources;
    uint64_t n_report, n_reference;
};

typedef bool nq_xapian_term_fn(void *user, struct nq_str term, uint64_t passages);
typedef bool nq_xapian_posting_fn(void *user, struct nq_str term, int64_t passage, uint32_t count);
typedef bool nq_xapian_sequence_fn(void *user, int64_t passage, struct nq_str sequence);

/* Everything that the module can do.  Callbacks return false to stop; slices that they get are
 * borrowed for the call. */
struct nq_xapian_api {
    int abi;

    /* Opens `n_shards` databases 0, 1 ... below `folder`, making what is not there.  Errors: BUSY
     * where another writes to them, VERSION, CORRUPT, FULL, IO. */
    enum nq_status (*writer_open)(const char *folder, size_t n_shards,
                                  struct nq_xapian_writer **out, struct nq_error *err);
    /* Closes without writing what was not committed.  Accepts NULL. */
    void (*writer_close)(struct nq_xapian_writer *writer);
    enum nq_status (*put)(struct nq_xapian_writer *writer, size_t shard,
                          const struct nq_xapian_document *document, struct nq_error *err);
    /* Puts other words into a document. */
    enum nq_status (*put_words)(struct nq_xapian_writer *writer, size_t shard, int64_t id,
                                const struct nq_token *words, size_t n, struct nq_error *err);
    /* Takes a passage out, if the shard has it. */
    enum nq_status (*remove)(struct nq_xapian_writer *writer, size_t shard, int64_t id,
                             struct nq_error *err);
    /* Numbers kept in each shard; 0 where there is none yet. */
    enum nq_status (*set_number)(struct nq_xapian_writer *writer, size_t shard, const char *key,
                                 int64_t value, struct nq_error *err);
    enum nq_status (*number)(struct nq_xapian_writer *writer, size_t shard, const char *key,
                             int64_t *value, struct nq_error *err);
    enum nq_status (*commit)(struct nq_xapian_writer *writer, struct nq_error *err);
    /* The passages of a shard, in order. */
    enum nq_status (*ids)(struct nq_xapian_writer *writer, size_t shard,
                          bool (*id)(void *user, int64_t id), void *user, struct nq_error *err);

    /* Opens shards: folders, or HOST:PORT of an xapian-tcpsrv.  With `timeout_ms` (0: shards are of
     * this machine, and each must be there) those that are down, slow or no Xapian are left out, as
     * long as one is left; `missing` tells which. */
    enum nq_status (*reader_open)(const char *const *places, size_t n, int timeout_ms,
                                  struct nq_xapian_reader **out, struct nq_error *err);
    void (*reader_close)(struct nq_xapian_reader *reader);
    /* Sees what was committed since. */
    enum nq_status (*refresh)(struct nq_xapian_reader *reader, struct nq_error *err);
    /* The `i`-th shard that is left out and why, in memory of the reader; false: there are no more.
     */
    bool (*missing)(const struct nq_xapian_reader *reader, size_t i, const char **place,
                    const char **why);
    /* Passages and atoms of all shards. */
    enum nq_status (*totals)(struct nq_xapian_reader *reader, int64_t *passages, int64_t *atoms,
                             struct nq_error *err);
    /* Whether a number is not `value` in all shards. */
    enum nq_status (*differs)(struct nq_xapian_reader *reader, const char *key, int64_t value,
                              bool *differs, struct nq_error *err);

    enum nq_status (*search)(struct nq_xapian_reader *reader, struct nq_xapian_query *query,
                             struct nq_xapian_hits *out, struct nq_error *err);
    void (*hits_finish)(struct nq_xapian_hits *hits);
    /* How many passages hold a term. */
    enum nq_status (*frequency)(struct nq_xapian_reader *reader, char prefix, struct nq_str text,
                                uint64_t *passages, struct nq_error *err);
    /* The terms with this prefix that begin so, in order; `term` is told without the prefix. */
    enum nq_status (*terms)(struct nq_xapian_reader *reader, char prefix, struct nq_str beginning,
                            nq_xapian_term_fn *term, void *user, struct nq_error *err);
    /* The postings of one term in the order of passages, of shards of this machine. */
    enum nq_status (*list)(struct nq_xapian_reader *reader, char prefix, struct nq_str text,
                           nq_xapian_posting_fn *posting, void *user, struct nq_error *err);
    /* All postings, shard by shard and term by term. */
    enum nq_status (*postings)(struct nq_xapian_reader *reader, nq_xapian_posting_fn *posting,
                               void *user, struct nq_error *err);
    /* The sequences of all passages, shard by shard. */
    enum nq_status (*sequences)(struct nq_xapian_reader *reader, nq_xapian_sequence_fn *sequence,
                                void *user, struct nq_error *err);
    /* Calls `data` with a document's data. */
    enum nq_status (*data)(struct nq_xapian_reader *reader, int64_t id,
                           bool (*data)(void *user, struct nq_str data), void *user,
                           struct nq_error *err);

    /* Checks the tables of a database on disk; *problems is how many are wrong. */
    enum nq_status (*check)(const char *folder, size_t *problems, struct nq_error *err);
    /* Writes a compact copy of the database in folder `from` to folder `to`. */
    enum nq_status (*copy)(const char *from, const char *to, struct nq_error *err);
};

#endif
