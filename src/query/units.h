/* A query as the parser reads it: its characters, and what of them counts as syntax. */
#ifndef NQ_QUERY_UNITS_H
#define NQ_QUERY_UNITS_H

#include "base/arena.h"

/* A code point of the query: as printed, and in the form that counts as syntax (full-width ASCII as
 * ASCII, white space and controls of any kind as a space). */
struct nq_query_unit {
    uint32_t cp, plain;
    uint32_t start, end; /* bytes of nq_query_units.text */
    uint32_t close;      /* of an opening mark but ": its partner, 0 without one */
};

/* A query; `text` is well-formed, without control characters. */
struct nq_query_units {
    struct nq_str text;
    struct nq_query_unit *items;
    size_t n;
};

/* Reads `text` into `arena`.  False without memory. */
bool nq_query_units_read(struct nq_arena *arena, struct nq_str text, struct nq_query_units *out);

/* The plain form of unit `i`; 0 behind the last. */
static inline uint32_t nq_query_plain(const struct nq_query_units *units, size_t i)
{
    return i < units->n ? units->items[i].plain : 0;
}

/* The text of units [first, last). */
struct nq_str nq_query_slice(const struct nq_query_units *units, size_t first, size_t last);

/* Whether a term ends before unit `i`. */
bool nq_query_ends_term(const struct nq_query_units *units, size_t i);

/* Whether unit `i` belongs to no term: white space, and what web pages leave before words (byte
 * order marks, joiners, marks of direction). */
bool nq_query_is_space(const struct nq_query_units *units, size_t i);

/* Where the run of quotations at unit `first` ends: “甲” or “甲”、《乙》。, nothing but quotations
 * and the punctuation between them up to a term's end.  0 where other characters are glued to them:
 * then they are ordinary text. */
size_t nq_query_quotations_end(const struct nq_query_units *units, size_t first);

/* The partner of the quotation mark at unit `i`; 0 where there is none or `i` is no such mark. */
size_t nq_query_close(const struct nq_query_units *units, size_t i);

/* The first unit from `i` on that is no punctuation which ends a clause. */
size_t nq_query_skip_breaks(const struct nq_query_units *units, size_t i);

#endif
