/* Names as they are held, for names*.c alone. */
#ifndef NQ_API_NAMES_HELD_H
#define NQ_API_NAMES_HELD_H

#include "api/names.h"

struct nq_names {
    int64_t generation;
    int32_t newest;
    struct nq_arena *arena;
    struct nq_name *items;
    size_t n, cap;
    int32_t *chains;  /* index + 1 of the first name; 0: none */
    uint32_t *firsts; /* the first characters that there are */
    size_t n_firsts;
    struct nq_map by_text; /* headlines and documents: index + 1 */
    struct nq_map counts;  /* words: index + 1 in counted */
    struct nq_name_count *counted;
    size_t n_counted;
    struct nq_map beginnings; /* index + 1 in words */
    struct nq_name_words *words;
    size_t n_words;
    struct nq_arena *scratch; /* of the words that are not kept */
};

/* No names yet; NULL without memory. */
struct nq_names *nq_names_create(void);

/* Puts a name into its chain.  False without memory. */
bool nq_names_add(struct nq_names *names, struct nq_name name);

#endif
