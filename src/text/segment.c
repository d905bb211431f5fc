/* The best path: every dictionary word in the text is an edge that costs the negative logarithm of
 * its frequency; from the end of the text to its beginning each character learns the cheapest way
 * on.  Characters that the path leaves alone go through the unknown-word model. */
#include "text/segment.h"

#include <stdlib.h>

#include "base/grow.h"
#include "text/latin.h"
#include "text/numeral.h"
#include "text/segmenter.h"
#include "text/unknown.h"

/* Where the path goes from a character: the end of its word, and what the word is. */
#define LINK_END   0x1FFFFFFFu
#define LINK_KNOWN 0x80000000u
#define LINK_TERM  0x40000000u
#define LINK_USER  0x20000000u

/* Per character, and one more behind the last. */
struct nq_lattice {
    int64_t *best;
    uint32_t *link;  /* 0 inside of a Latin word, where no word may begin or end */
    uint16_t *codes; /* 0 behind the last */
    size_t cap;
};

/* More than any path costs, and far from overflow. */
#define BARRIER (INT64_MAX / 2)

/* What a number in numerals costs: less than two ordinary words. */
enum { NUMERAL_COST = 11 * NQ_DICT_NAT };

/* A word of the user's gains this much for each of its characters, more than any path could cost
 * them: the most characters in user words win, then the fewest and heaviest of these. */
enum { USER_GAIN = 40 * NQ_DICT_NAT, USER_WORD = 20 * NQ_DICT_NAT, USER_WEIGHT = NQ_DICT_NAT };

bool nq_word_buf_reserve(struct nq_word_buf *buf, size_t n)
{
    struct nq_word *words = nq_reserve(buf->words, 0, n, &buf->cap, sizeof *words);
    buf->words = words ? words : buf->words;
    return words != NULL;
}

static bool reserve_lattice(struct nq_word_buf *buf, size_t n)
{
    if (!buf->lattice && !(buf->lattice = calloc(1, sizeof *buf->lattice)))
        return false;
    struct nq_lattice *lattice = buf->lattice;
    if (n < lattice->cap)
        return true;
    size_t cap = lattice->cap ? lattice->cap : 512;
    while (cap <= n)
        cap *= 2;
    int64_t *block = malloc(cap * (sizeof *block + sizeof *lattice->link + sizeof *lattice->codes));
    if (!block)
        return false;
    free(lattice->best);
    lattice->best = block;
    lattice->link = (uint32_t *)(block + cap);
    lattice->codes = (uint16_t *)(lattice->link + cap);
    lattice->cap = cap;
    return true;
}

void nq_word_buf_finish(struct nq_word_buf *buf)
{
    if (buf->lattice)
        free(buf->lattice->best);
    free(buf->lattice);
    free(buf->words);
    *buf = (struct nq_word_buf){0};
}

/* Whether a word of letters, digits or one foreign script begins here. */
static bool begins_latin(const struct nq_folded *text, size_t i)
{
    return text->cls[i] == NQ_CLASS_LETTER || text->cls[i] == NQ_CLASS_DIGIT ||
           (text->cls[i] == NQ_CLASS_HAN && !nq_is_ideograph(text->cp[i]));
}

/* Fills in the codes, and the links of what is one word without a dictionary. */
static void prepare(const struct nq_dict *dict, const struct nq_folded *text,
                    struct nq_lattice *lattice)
{
    for (size_t i = 0, end; i < text->n; i = end) {
        end = begins_latin(text, i) ? nq_latin_end(text, i) : i + 1;
        lattice->link[i] = (uint32_t)end;
        for (size_t k = i; k < end; k++)
            lattice->codes[k] = nq_dict_code(dict, text->cp[k]);
        for (size_t k = i + 1; k < end; k++) {
            lattice->link[k] = 0;
            lattice->best[k] = BARRIER;
        }
    }
    lattice->codes[text->n] = 0;
    lattice->best[text->n] = 0;
}

/* Tries the user's words that begin at `i`. */
static void try_user(const struct nq_userdict *user, const struct nq_folded *text,
                     struct nq_lattice *lattice, size_t i)
{
    if (!nq_userdict_begins(user, text->cp[i], i + 1 < text->n ? text->cp[i + 1] : 0))
        return;
    uint32_t node = 0;
    for (size_t j = i; j < text->n && (node = nq_userdict_child(user, node, text->cp[j])); j++) {
        uint32_t weight = user->nodes[node].weight;
        if (!weight)
            continue;
        int64_t cost = lattice->best[j + 1] + USER_WORD - (int64_t)weight * USER_WEIGHT -
                       (int64_t)(j + 1 - i) * USER_GAIN;
        if (cost <= lattice->best[i]) {
            lattice->best[i] = cost;
            lattice->link[i] = (uint32_t)(j + 1) | LINK_KNOWN | LINK_TERM | LINK_USER;
        }
    }
}

/* Finds the cheapest way on from `i`, that from all later characters being known. */
static inline void relax(const struct nq_dict *dict, struct nq_lattice *lattice, size_t i)
{
    const struct nq_dict_node *node = &dict->nodes[lattice->codes[i]];
    uint32_t link = lattice->link[i];
    int64_t best = lattice->best[link];
    if (link == i + 1 && nq_dict_is_word(node)) {
        best += node->value & NQ_DICT_COST;
        link |= LINK_KNOWN | (node->value & NQ_DICT_TERM ? LINK_TERM : 0);
    } else {
        best += dict->header->unknown_cost;
    }
    const uint16_t *code = lattice->codes + i + 1;
    for (uint32_t base = node->base; base && *code; base = node->base, code++) {
        node = nq_dict_child(dict, base, *code);
        if (!node)
            break;
        if (!nq_dict_is_word(node))
            continue;
        size_t end = (size_t)(code + 1 - lattice->codes);
        int64_t cost = lattice->best[end] + (node->value & NQ_DICT_COST);
        if (cost <= best) {
            best = cost;
            link = (uint32_t)end | LINK_KNOWN | (node->value & NQ_DICT_TERM ? LINK_TERM : 0);
        }
    }
    lattice->best[i] = best;
    lattice->link[i] = link;
}

/* Tries the number that begins at `i`. */
static void try_numeral(const struct nq_folded *text, struct nq_lattice *lattice, size_t i)
{
    size_t end = nq_numeral_end(text, i);
    if (end == i || lattice->best[end] + NUMERAL_COST >= lattice->best[i])
        return;
    lattice->best[i] = lattice->best[end] + NUMERAL_COST;
    lattice->link[i] = (uint32_t)end;
}

static void find_path(const struct nq_segmenter *segmenter, const struct nq_folded *text,
                      struct nq_lattice *lattice)
{
    for (size_t i = text->n; i-- > 0;) {
        if (!lattice->link[i])
            continue;
        if (text->cls[i] == NQ_CLASS_SPACE) {
            lattice->best[i] = lattice->best[i + 1];
            continue;
        }
        relax(&segmenter->dict, lattice, i);
        if (nq_is_numeral(text->cp[i]) || text->cp[i] == NQ_ORDINAL)
            try_numeral(text, lattice, i);
        if (segmenter->user)
            try_user(segmenter->user, text, lattice, i);
    }
}

static void add(struct nq_word_buf *out, size_t first, size_t last, enum nq_word_kind kind,
                unsigned flags)
{
    out->words[out->n++] =
        (struct nq_word){(uint32_t)first, (uint32_t)last, (uint8_t)kind, (uint8_t)flags};
}

static unsigned flags_of(uint32_t link)
{
    return (link & LINK_KNOWN ? NQ_WORD_KNOWN : 0u) | (link & LINK_TERM ? NQ_WORD_TERM : 0u);
}

/* The end of the ideographs from `first` on that the path leaves alone. */
static size_t run_end(const struct nq_folded *text, const struct nq_lattice *lattice, size_t first)
{
    size_t i = first;
    while (i < text->n && i - first < NQ_UNKNOWN_RUN && text->cls[i] == NQ_CLASS_HAN &&
           (lattice->link[i] & LINK_END) == i + 1 && !(lattice->link[i] & LINK_USER) &&
           nq_is_ideograph(text->cp[i]))
        i++;
    return i;
}

/* Adds the words of a run of single characters. */
static void add_run(const struct nq_dict *dict, const struct nq_folded *text,
                    const struct nq_lattice *lattice, size_t first, size_t last,
                    struct nq_word_buf *out)
{
    /* Behind digits stands a unit: 16 日 称, 3145 万 人. */
    if (first > 0 && text->cls[first - 1] == NQ_CLASS_DIGIT) {
        add(out, first, first + 1, NQ_WORD_HAN, flags_of(lattice->link[first]));
        first++;
    }
    uint8_t lengths[NQ_UNKNOWN_RUN];
    size_t n = last - first, n_words = n;
    memset(lengths, 1, n);
    /* What the path could have taken as a word and did not is no unknown word. */
    if (n > 1 && !nq_dict_find(dict, text->cp + first, n))
        n_words = nq_unknown_cut(dict, lattice->codes + first, n, lengths);
    for (size_t i = 0, at = first; i < n_words; at += lengths[i++])
        add(out, at, at + lengths[i], NQ_WORD_HAN,
            lengths[i] == 1 ? flags_of(lattice->link[at]) : 0);
}

bool nq_segment_folded(const struct nq_segmenter *segmenter, const struct nq_folded *text,
                       struct nq_word_buf *out)
{
    out->n = 0;
    if (text->n > LINK_END || !reserve_lattice(out, text->n) || !nq_word_buf_reserve(out, text->n))
        return false;
    struct nq_lattice *lattice = out->lattice;
    prepare(&segmenter->dict, text, lattice);
    find_path(segmenter, text, lattice);
    for (size_t i = 0, end; i < text->n; i = end) {
        end = run_end(text, lattice, i);
        if (end > i) {
            add_run(&segmenter->dict, text, lattice, i, end, out);
            continue;
        }
        end = lattice->link[i] & LINK_END;
        if (text->cls[i] != NQ_CLASS_SPACE)
            add(out, i, end, nq_latin_kind(text, i, end), flags_of(lattice->link[i]));
    }
    return true;
}
