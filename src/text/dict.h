/* The compiled dictionary: a double array of folded words with their costs, embedded in the
 * library by mkdict.c, used as it lies there. */
#ifndef NQ_TEXT_DICT_H
#define NQ_TEXT_DICT_H

#include <stdbool.h>
#include <stddef.h>

#include "text/dict_format.h"

/* A view of the dictionary; nothing to free. */
struct nq_dict {
    const struct nq_dict_header *header;
    const uint16_t *codes;
    const struct nq_dict_node *nodes;
    const struct nq_dict_char *chars;
};

/* The built-in dictionary.  False where its format is not this library's. */
bool nq_dict_builtin(struct nq_dict *dict);

/* The hash of the dictionary's content, to be compared with header->hash. */
uint64_t nq_dict_compute_hash(const struct nq_dict *dict);

/* The code of a folded character, 0 where no word holds it. */
static inline uint16_t nq_dict_code(const struct nq_dict *dict, uint32_t cp)
{
    return cp < 0x10000 ? dict->codes[cp] : 0;
}

/* The child by `code`, which is not 0, of a node with this base, which is not 0; or NULL. */
static inline const struct nq_dict_node *nq_dict_child(const struct nq_dict *dict, uint32_t base,
                                                       uint16_t code)
{
    const struct nq_dict_node *node = &dict->nodes[base + code];
    return node->check == code ? node : NULL;
}

static inline bool nq_dict_is_word(const struct nq_dict_node *node)
{
    return (node->value & NQ_DICT_COST) != NQ_DICT_NO_WORD;
}

/* The node of the word of `n` folded characters, or NULL where it is none. */
const struct nq_dict_node *nq_dict_find(const struct nq_dict *dict, const uint32_t *cp, size_t n);

#endif
