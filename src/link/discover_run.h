/* A discovery on its way: what its passes, its ranking and its quotes share. */
#ifndef NQ_LINK_DISCOVER_RUN_H
#define NQ_LINK_DISCOVER_RUN_H

#include "link/discover.h"
#include "link/discover_entry.h"

/* A word of the text at hand, as candidates see it. */
struct nq_discover_piece {
    uint32_t first, last; /* folded characters */
    uint64_t hash;
    uint8_t places; /* where it may not stand */
    bool single, known;
};

/* A proposal and what the third pass finds of it. */
struct nq_discover_chosen {
    struct nq_proposal proposal;
    uint64_t key;
    int64_t last_passage, reports[NQ_QUOTES];
};

struct nq_discover {
    const struct nq_segmenter *segmenter;
    size_t least_count;
    struct nq_sketch sketch;
    struct nq_entries entries;
    struct nq_arena *arena; /* texts of entries, quotes */
    struct nq_discover_chosen *chosen;
    size_t n_chosen, cap_chosen;
    struct nq_entries places; /* key -> entry whose count is the number of the chosen, plus 1 */
    double n_words;
    bool failed;
    /* The text at hand. */
    struct nq_folded folded;
    struct nq_word_buf words;
    struct nq_discover_piece *pieces;
    size_t n_pieces, cap_pieces;
    struct nq_str text;
    int64_t passage, report;
    int32_t day;
};

/* The key of folded characters [first, last): the same however they are cut into words. */
uint64_t nq_discover_key(const struct nq_folded *f, size_t first, size_t last);

/* Makes `text` the text at hand, cut into d->pieces.  False without memory. */
bool nq_discover_read(struct nq_discover *d, struct nq_str text);

/* Calls `fn` with each sequence of words [first, last) that may be a candidate or a part of one. */
void nq_discover_sequences(struct nq_discover *d, void (*fn)(struct nq_discover *d, size_t first,
                                                             size_t last, uint64_t key));

#endif
