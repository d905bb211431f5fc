/* The compiled dictionary as mkdict.c writes it and dict.c maps it: a header, then at the offsets
 * it gives (in bytes from the start, each a multiple of 8), in the machine's byte order:
 *
 *  codes   uint16_t[65536]: the code of each folded BMP character in the dictionary's own alphabet,
 *          the most frequent first; 0 for characters that no word holds.
 *  nodes   a double array.  Node `code` stands for the first character `code`; the child of a node
 *          by character `code` is node[base + code], if that one's `check` equals `code`.  No two
 *          nodes have the same base, so the code alone tells whose child it is.  A node without
 *          children has base 0.  Enough nodes follow the last for any base + code to be one.
 *  chars   struct nq_dict_char[n_codes]: the unknown-word model, see unknown.c. */
#ifndef NQ_TEXT_DICT_FORMAT_H
#define NQ_TEXT_DICT_FORMAT_H

#include <stdint.h>

#include "base/hash.h"

#define NQ_DICT_MAGIC      "nqdict\r\n"
#define NQ_DICT_VERSION    1u
#define NQ_DICT_BYTE_ORDER 0x01020304u

/* Costs are negative natural logarithms of probabilities in this unit. */
#define NQ_DICT_NAT 1024

/* nq_dict_node.value: the cost of the word that ends here in the low bits. */
#define NQ_DICT_COST    0x7FFFu
#define NQ_DICT_NO_WORD 0x7FFFu /* in place of the cost: only a beginning of words */
#define NQ_DICT_TERM    0x8000u /* the word stands in dicts/ */

struct nq_dict_node {
    uint32_t base;
    uint16_t check;
    uint16_t value;
};

/* What the unknown-word model knows of a character: the cost of seeing it at the beginning, in the
 * middle and at the end of a word of several, as a word by itself; as a surname, and in a given
 * name: the only character, the first of two, the second of two; in a foreign name. */
struct nq_dict_char {
    uint16_t begin, middle, end, single;
    uint16_t surname, given[3];
    uint16_t foreign, reserved;
};

/* The longest words and foreign names that the unknown-word model makes up. */
enum { NQ_DICT_UNKNOWN_MAX = 4, NQ_DICT_FOREIGN_MAX = 8 };

struct nq_dict_header {
    char magic[8];
    uint32_t byte_order, version;
    uint64_t hash; /* FNV-1a over 64-bit words of the whole, this field being 0 */
    uint64_t size; /* of the whole in bytes, a multiple of 8 */
    uint32_t n_codes, n_nodes;
    uint32_t codes, nodes, chars;
    uint32_t unknown_cost; /* of a character that no word holds, and of unheard-of words */
    /* Costs of any unknown word and of any unknown name of so many characters; of any foreign name
     * of two characters, and of each further one. */
    uint32_t word_cost[NQ_DICT_UNKNOWN_MAX + 1], name_cost[4], foreign_cost, foreign_more, reserved;
};

/* The hash of `n_words` 64-bit words, going on from `hash`. */
static inline uint64_t nq_dict_hash(uint64_t hash, const uint64_t *words, uint64_t n_words)
{
    for (uint64_t i = 0; i < n_words; i++)
        hash = nq_fnv_add(hash, words[i]);
    return hash;
}
#endif
