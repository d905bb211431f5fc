/* What a query that is being typed may name: terms, organisations, documents, headlines and the
 * words that these are made of, held in memory from the first question to the next change of the
 * index. */
#ifndef NQ_API_NAMES_H
#define NQ_API_NAMES_H

#include "api/index.h"
#include "base/arena.h"
#include "base/map.h"
#include "text/pinyin.h"

struct nq_name {
    struct nq_str text; /* as printed */
    uint32_t from;      /* the byte that it is typed from */
    uint32_t
        n; /* times; 0 for terms, organisations and words, whose passages nq_names_count tells */
    int32_t day;  /* the last */
    int32_t next; /* of those with the same first character, or -1 */
    uint8_t kind; /* enum nq_suggestion_kind */
};

/* A word of the words index. */
struct nq_name_count {
    uint64_t passages;
    int32_t day; /* of the last of them */
};

/* The words of most passages that begin with a character. */
struct nq_name_words {
    struct nq_str *words;
    uint64_t *passages;
    size_t n;
};

struct nq_names;

/* Reads the names where that has not been done since the index last changed; to be called in a
 * transaction, after which index->names is there. */
enum nq_status nq_names_refresh(struct nq_index *index, struct nq_error *err);
void nq_names_destroy(struct nq_names *names);

/* The newest day of all names, NQ_NO_DAY where none has one. */
int32_t nq_names_newest(const struct nq_names *names);

/* Calls `fn` with each name that begins as typed, and its fit (nq_typed_fit). */
enum nq_status nq_names_find(const struct nq_names *names, const struct nq_typed *typed,
                             enum nq_status (*fn)(void *user, const struct nq_name *name, int fit),
                             void *user);

/* In how many passages a word or term stands, and when last. */
enum nq_status nq_names_count(struct nq_index *index, struct nq_str word, struct nq_name_count *out,
                              struct nq_error *err);

/* The words that begin with a beginning (folded), those of most passages first, at most
 * NQ_NAME_WORDS of them; borrowed until the next call. */
enum { NQ_NAME_WORDS = 64 };
enum nq_status nq_names_words(struct nq_index *index, struct nq_str beginning,
                              struct nq_name_words *out, struct nq_error *err);

#endif
