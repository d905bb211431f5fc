/* The compiled dictionary, embedded. */
#include "text/dict.h"

#include <string.h>

/* From the file that mkdict writes beside the dictionary. */
extern const unsigned char nq_dict_blob[];

bool nq_dict_builtin(struct nq_dict *dict)
{
    const struct nq_dict_header *header = (const void *)nq_dict_blob;
    if (memcmp(header->magic, NQ_DICT_MAGIC, sizeof header->magic) != 0 ||
        header->byte_order != NQ_DICT_BYTE_ORDER || header->version != NQ_DICT_VERSION)
        return false;
    dict->header = header;
    dict->codes = (const void *)(nq_dict_blob + header->codes);
    dict->nodes = (const void *)(nq_dict_blob + header->nodes);
    dict->chars = (const void *)(nq_dict_blob + header->chars);
    return true;
}

uint64_t nq_dict_compute_hash(const struct nq_dict *dict)
{
    struct nq_dict_header header = *dict->header;
    header.hash = 0;
    uint64_t words[sizeof header / 8];
    _Static_assert(sizeof words == sizeof header, "the header is whole words");
    memcpy(words, &header, sizeof words);
    uint64_t hash = nq_dict_hash(NQ_FNV_START, words, sizeof header / 8);
    const uint64_t *rest = (const void *)(dict->header + 1);
    return nq_dict_hash(hash, rest, (header.size - sizeof header) / 8);
}

const struct nq_dict_node *nq_dict_find(const struct nq_dict *dict, const uint32_t *cp, size_t n)
{
    const struct nq_dict_node *node = NULL;
    for (size_t i = 0; i < n; i++) {
        uint16_t code = nq_dict_code(dict, cp[i]);
        if (!code)
            return NULL;
        if (i == 0)
            node = &dict->nodes[code];
        else if (!node->base || !(node = nq_dict_child(dict, node->base, code)))
            return NULL;
    }
    return node && nq_dict_is_word(node) ? node : NULL;
}
