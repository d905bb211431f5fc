/* A user's dictionary: a text file in the form of dicts/terms.tsv, held as a trie of folded
 * characters.
 *
 * A line is a term, or term<TAB>category<TAB>weight with a weight from 1 to 9 (5 where it is left
 * out); empty lines and lines that begin with '#' mean nothing.  Lines with more columns, another
 * weight, more than 100 characters, and terms that stand above already are passed over. */
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
    uint64_t begins[1024]; /* a bit for each character & 0xFFFF that begins a word */
    uint64_t hash;         /* of the words and their weights, in any order */
    size_t n_words;
};

/* Reads the file.  Errors: IO; INPUT for a file that is no UTF-8 text, with the line; NOMEM. */
enum nq_status nq_userdict_read(const char *path, struct nq_userdict **out, struct nq_error *err);
void nq_userdict_destroy(struct nq_userdict *dict);

/* Whether any word may begin with `cp`: a quick look that spares most searches. */
static inline bool nq_userdict_begins(const struct nq_userdict *dict, uint32_t cp)
{
    return dict->begins[(cp & 0xFFFF) / 64] >> (cp % 64) & 1;
}

/* The child of node `parent` (0: the root) by a character, or 0. */
uint32_t nq_userdict_child(const struct nq_userdict *dict, uint32_t parent, uint32_t cp);

/* The weight of the word of these characters, or 0. */
unsigned nq_userdict_find(const struct nq_userdict *dict, const uint32_t *cp, size_t n);

#endif
