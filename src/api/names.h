/* What a query that is being typed may name: terms, organisations, documents, headlines and words.
 *
 * They stand in the index, so that a program that asks once reads a few pages (names.c): rows of
 * the table `name`, each the names that begin with one character, in the order of the letters that
 * this may be typed by (names_rows.h).  There are two tiers.  The first is of all passages below
 * one and is made anew where the index has grown by a sixteenth, something of it has gone, or the
 * dictionary has changed; the second is of what came since, and made at the end of each run that
 * changed the index (names_write.c).  Until then the names are those of the run before.  Numbers of
 * passages of the first tier's words are those of when it was made.
 *
 * Where an index has no such rows (older ones, shards made elsewhere), documents, headlines and
 * terms are gathered in memory (names_collect.c) and words counted when they are asked for. */
#ifndef NQ_API_NAMES_H
#define NQ_API_NAMES_H

#include "api/index.h"
#include "base/arena.h"
#include "text/pinyin.h"

struct nq_name {
    struct nq_str text; /* as printed */
    uint32_t from;      /* the byte that it is typed from */
    uint32_t n;         /* times or passages; 0: nq_names_count tells */
    int32_t day;        /* the last */
    uint8_t kind;       /* enum nq_suggestion_kind */
    uint8_t tier;
};

enum { NQ_NAME_TIERS = 2 };

/* A word of the words index. */
struct nq_name_count {
    uint64_t passages;
    int32_t day; /* of the last of them */
};

struct nq_names;

/* To be called in a transaction, after which index->names is there. */
enum nq_status nq_names_refresh(struct nq_index *index, struct nq_error *err);
void nq_names_destroy(struct nq_names *names);

/* The newest day of all names, NQ_NO_DAY where none has one. */
int32_t nq_names_newest(const struct nq_names *names);

typedef enum nq_status nq_name_fn(void *user, const struct nq_name *name, int fit);

/* Calls `fn` with each name that begins as typed, borrowed, and its fit (nq_typed_fit), unless
 * `wanted` says before that it is not. */
enum nq_status nq_names_find(struct nq_index *index, const struct nq_typed *typed,
                             bool (*wanted)(void *user, const struct nq_name *name), nq_name_fn *fn,
                             void *user, struct nq_error *err);

/* In how many passages a word or term stands, and when last; remembered until the index changes. */
enum nq_status nq_names_count(struct nq_index *index, struct nq_str word, struct nq_name_count *out,
                              struct nq_error *err);

/* The same, not remembered. */
enum nq_status nq_names_count_now(struct nq_index *index, struct nq_str word,
                                  struct nq_name_count *out, struct nq_error *err);

/* The day of a passage. */
enum nq_status nq_names_day(struct nq_index *index, int64_t passage, int32_t *day,
                            struct nq_error *err);

/* For a writer, at the end of a run: brings the rows up to date. */
enum nq_status nq_names_renew(struct nq_index *index, struct nq_error *err);

/* What a word is as a suggestion, and whether a dictionary has it. */
bool nq_name_word_known(const struct nq_index *index, struct nq_str word,
                        enum nq_suggestion_kind *kind);

#endif
