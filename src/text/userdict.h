/* A user's dictionary: a text file in the form of dicts/terms.tsv, held as a trie of folded
 * characters.
 *
 * A line is a term, or term<TAB>category<TAB>weight with a weight from 1 to 9 (5 where it is left
 * out); empty lines and lines that begin with '#' mean nothing.  Lines with more columns, another
 * weight, more than 100 characters, and terms that stand above already are passed over; terms that
 * are not in NFC are composed, and lines may stand in any order, though dicts/ is sorted.  Who asks
 * is told of each, of disorder once. */
#ifndef NQ_TEXT_USERDICT_H
#define NQ_TEXT_USERDICT_H

#include "base/str.h"

enum { NQ_USERDICT_WORD_MAX = 100 };

/* A beginning of words. */
struct nq_userdict_node {
    uint32_t parent, cp;
    uint32_t weight; /* 1-9 where a word ends here, else 0 */
};

struct nq_userdict {
    struct nq_userdict_node *nodes; /* [0] is the root */
    uint32_t n_nodes, cap_nodes;
    uint32_t *slots; /* hash table of node numbers by parent and character, 0: free */
    uint32_t n_slots;
    /* Bits: characters (their low 16 bits) that are words, hashed pairs that begin words. */
    uint64_t singles[1 << 10], pairs[1 << 13];
    uint64_t hash; /* of the words and their weights, in any order */
    size_t n_words;
};

/* Told of a line that is passed over, or odd: "PATH:LINE: why". */
typedef void nq_userdict_warning(void *user, const char *message);

/* Reads the file.  `warning` may be NULL.
 * Errors: IO; INPUT for a file that is no UTF-8 text, with the line; NOMEM. */
enum nq_status nq_userdict_read(const char *path, nq_userdict_warning *warning, void *user,
                                struct nq_userdict **out, struct nq_error *err);
void nq_userdict_destroy(struct nq_userdict *dict);

static inline uint32_t nq_userdict_pair(uint32_t cp, uint32_t next)
{
    return (cp * 0x9E3779B1u ^ next * 0x85EBCA77u) >> 13;
}

/* Whether any word may begin with `cp` and, if it is longer, `next`: a quick look that spares most
 * searches. */
static inline bool nq_userdict_begins(const struct nq_userdict *dict, uint32_t cp, uint32_t next)
{
    uint32_t pair = nq_userdict_pair(cp, next);
    return (dict->pairs[pair / 64] >> (pair % 64) & 1) ||
           (dict->singles[(cp & 0xFFFF) / 64] >> (cp % 64) & 1);
}

/* The child of node `parent` (0: the root) by a character, or 0. */
uint32_t nq_userdict_child(const struct nq_userdict *dict, uint32_t parent, uint32_t cp);

/* The weight of the word of these characters, or 0. */
unsigned nq_userdict_find(const struct nq_userdict *dict, const uint32_t *cp, size_t n);

#endif
