/* What the files of the parser share: where it is in the query, and what it has made so far. */
#ifndef NQ_QUERY_PARSER_H
#define NQ_QUERY_PARSER_H

#include "query/query.h"
#include "query/units.h"

struct nq_parser {
    struct nq_arena *arena;
    struct nq_query_units units;
    size_t at; /* the unit that is read next */
    struct nq_query *query;
    struct nq_error *err;
    bool or_open; /* an OR waits for its right side */
    size_t or_column;
    bool last_is_clause; /* an OR may follow */
};

/* Sets the error of a query that means nothing, `column` being the unit at which it goes wrong. */
enum nq_status nq_parser_fail(struct nq_parser *p, size_t column, const char *message);

/* The plain form of unit `i`, 0 behind the last. */
static inline uint32_t nq_parser_plain(const struct nq_parser *p, size_t i)
{
    return nq_query_plain(&p->units, i);
}

static inline bool nq_parser_ends_term(const struct nq_parser *p, size_t i)
{
    return nq_query_ends_term(&p->units, i);
}

/* Whether p->at is the minus of an excluded term, not a lone dash. */
bool nq_parser_minus(const struct nq_parser *p);

/* Moves behind "NAME:" where that stands at p->at, in letters of any case or width. */
bool nq_parser_take_name(struct nq_parser *p, const char *name);

/* Reads the kind:, date: or event: at p->at; false where none stands there. */
bool nq_parse_filter(struct nq_parser *p, enum nq_status *status);

/* Reads the term at p->at, or the quotations, each a term. */
enum nq_status nq_parse_term(struct nq_parser *p);

#endif
