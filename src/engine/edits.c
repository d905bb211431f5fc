/* Finding edits, along the paths of the dictionary. */
#include "engine/edits.h"

enum { FIRST_HAN = 0x4E00, LAST_HAN = 0x9FFF };

static bool better(const struct nq_edit *a, const struct nq_edit *b)
{
    return a->length != b->length ? a->length > b->length : a->cost < b->cost;
}

static void add(struct nq_edits *c, struct nq_edit edit)
{
    size_t i = c->n_items < NQ_EDITS_MAX ? c->n_items++ : NQ_EDITS_MAX;
    for (; i > 0 && better(&edit, &c->items[i - 1]); i--)
        if (i < NQ_EDITS_MAX)
            c->items[i] = c->items[i - 1];
    if (i < NQ_EDITS_MAX)
        c->items[i] = edit;
}

static const struct nq_dict_node *by_code(const struct nq_dict *dict,
                                          const struct nq_dict_node *node, uint16_t code)
{
    if (!code || (node && !node->base))
        return NULL;
    return node ? nq_dict_child(dict, node->base, code) : &dict->nodes[code];
}

static const struct nq_dict_node *child(const struct nq_dict *dict, const struct nq_dict_node *node,
                                        uint32_t cp)
{
    return by_code(dict, node, nq_dict_code(dict, cp));
}

/* The longest known word that the edit breaks. */
static size_t broken(const struct nq_edits *c, const struct nq_edit *edit)
{
    size_t first = edit->out == 0 && edit->at > 0 ? edit->at - 1 : edit->at;
    size_t last = edit->at + (edit->out ? edit->out : 1), longest = 1;
    for (size_t i = first; i < last && i < c->n; i++)
        longest = c->known[i] > longest ? c->known[i] : longest;
    return longest;
}

/* Adds the words that begin at `first` and lead on from `node`, behind the edit, as the term does.
 */
static void add_words(struct nq_edits *c, const struct nq_dict *dict,
                      const struct nq_dict_node *node, size_t first, struct nq_edit edit)
{
    for (size_t end = (size_t)edit.at + edit.out; node; end++) {
        size_t length = end - first + edit.in - edit.out;
        if (nq_dict_is_word(node) && length > broken(c, &edit)) {
            edit.length = (uint8_t)length;
            edit.cost = node->value & NQ_DICT_COST;
            add(c, edit);
        }
        node = end < c->n ? child(dict, node, c->cp[end]) : NULL;
    }
}

/* Edits at `at` in words that begin at `first` and whose characters before lead to `node` (NULL:
 * none). */
static void try_at(struct nq_edits *c, const struct nq_dict *dict, const struct nq_dict_node *node,
                   size_t first, size_t at)
{
    uint16_t itself = nq_dict_code(dict, c->cp[at]);
    struct nq_edit edit = {.at = (uint8_t)at, .in = 1};
    /* In the order of codes, which is that of the children in memory. */
    for (uint32_t code = 1; code < dict->header->n_codes && (!node || node->base); code++) {
        const struct nq_dict_node *next = by_code(dict, node, (uint16_t)code);
        if (!next || (!next->base && !nq_dict_is_word(next)))
            continue;
        edit.code = (uint16_t)code;
        edit.out = 0;
        add_words(c, dict, next, first, edit);
        edit.out = 1;
        if (code != itself)
            add_words(c, dict, next, first, edit);
    }
    edit = (struct nq_edit){.at = (uint8_t)at, .out = 1};
    if (node)
        add_words(c, dict, node, first, edit);
    if (at + 1 < c->n) {
        edit = (struct nq_edit){
            .cp = {c->cp[at + 1], c->cp[at]}, .at = (uint8_t)at, .in = 2, .out = 2};
        const struct nq_dict_node *next = child(dict, node, edit.cp[0]);
        add_words(c, dict, next ? child(dict, next, edit.cp[1]) : NULL, first, edit);
    }
}

/* Looks the characters of codes up; what is not Han is dropped. */
static void name_codes(struct nq_edits *c, const struct nq_dict *dict)
{
    uint64_t wanted[65536 / 64] = {0};
    size_t kept = 0;
    for (size_t i = 0; i < c->n_items; i++)
        wanted[c->items[i].code / 64] |= 1ull << (c->items[i].code % 64);
    for (uint32_t cp = FIRST_HAN; cp <= LAST_HAN; cp++) {
        uint16_t code = nq_dict_code(dict, cp);
        if (!code || !(wanted[code / 64] >> (code % 64) & 1))
            continue;
        for (size_t i = 0; i < c->n_items; i++)
            if (c->items[i].code == code)
                c->items[i].cp[0] = cp;
    }
    for (size_t i = 0; i < c->n_items; i++)
        if (!c->items[i].code || c->items[i].cp[0])
            c->items[kept++] = c->items[i];
    c->n_items = kept;
}

void nq_edits_find(const struct nq_dict *dict, struct nq_edits *c)
{
    for (size_t first = 0; first < c->n; first++) {
        const struct nq_dict_node *node = NULL;
        for (size_t at = first; at < c->to && c->starts[first]; at++) {
            if (at >= c->from)
                try_at(c, dict, node, first, at);
            node = child(dict, node, c->cp[at]);
            if (!node)
                break;
        }
    }
    name_codes(c, dict);
}
