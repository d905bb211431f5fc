/* The candidates of discovery: a sketch that counts all of them roughly, and entries that know
 * everything of the frequent ones. */
#ifndef NQ_LINK_DISCOVER_ENTRY_H
#define NQ_LINK_DISCOVER_ENTRY_H

#include "base/arena.h"

/* ---- the sketch
 * ------------------------------------------------------------------------------------ */

enum { NQ_SKETCH_ROWS = 2, NQ_SKETCH_COLUMNS = 1 << 22, NQ_SKETCH_MOST = UINT16_MAX };

/* Counts never too low; too high only where two frequent keys meet in all rows. */
struct nq_sketch {
    uint16_t *counts[NQ_SKETCH_ROWS];
    uint32_t *reached; /* [n]: how many keys were counted n times and more */
};

bool nq_sketch_init(struct nq_sketch *sketch);
void nq_sketch_finish(struct nq_sketch *sketch);
void nq_sketch_add(struct nq_sketch *sketch, uint64_t key);
uint16_t nq_sketch_count(const struct nq_sketch *sketch, uint64_t key);

/* ---- entries
 * --------------------------------------------------------------------------------------- */

enum {
    NQ_ENTRY_SLOTS = 1 << 19, /* of the hash table, */
    NQ_ENTRY_MOST = 300000,   /* filled so far */
    NQ_ENTRY_CLASSES = 16,    /* of neighbours on each side */
    NQ_ENTRY_WORDS = 6,       /* the most words of a candidate */
};

struct nq_entry {
    uint64_t key; /* 0: a free slot */
    struct nq_str text;
    uint32_t count;
    uint32_t named;            /* occurrences behind a title */
    uint32_t longer, n_longer; /* occurrences within longer candidates, and how many of these */
    uint8_t n_words, n_chars, chars[NQ_ENTRY_WORDS]; /* characters of each word */
    bool proposable;
    uint16_t left[NQ_ENTRY_CLASSES], right[NQ_ENTRY_CLASSES];
};

struct nq_entries {
    struct nq_entry *slots;
    size_t n;
};

bool nq_entries_init(struct nq_entries *entries);
void nq_entries_finish(struct nq_entries *entries);

/* The entry of `key`, or NULL. */
struct nq_entry *nq_entries_find(const struct nq_entries *entries, uint64_t key);

/* The slot of `key`, with key 0 where it is new; NULL where there is no room for another. */
struct nq_entry *nq_entries_place(struct nq_entries *entries, uint64_t key);

/* Counts a neighbour in its class. */
void nq_entry_beside(uint16_t classes[NQ_ENTRY_CLASSES], uint64_t neighbour);

/* Entropy of the classes in nats. */
double nq_entry_entropy(const uint16_t classes[NQ_ENTRY_CLASSES]);

#endif
