/* Places that headings name: countries, provinces and cities of dicts/places.tsv. */
#ifndef NQ_CHECK_PLACE_H
#define NQ_CHECK_PLACE_H

#include "base/str.h"

enum { NQ_PLACES = 8 }; /* of one heading */

/* Numbers of rows of the table. */
struct nq_places {
    uint16_t items[NQ_PLACES];
    size_t n;
};

/* Adds the place that a folded word names, with or without 省 or 市; others are passed over. */
void nq_places_add(struct nq_places *places, struct nq_str word);

/* Whether both name places and none of one is one of the other or lies within it. */
bool nq_places_differ(const struct nq_places *a, const struct nq_places *b);

#endif
