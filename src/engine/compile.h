/* From a parsed query to an expression that both engines read: every term becomes quoted lists of
 * tokens.
 *
 *     EXPRESSION = OPERAND ((" AND " | " OR " | " NOT ") OPERAND)*
 *     OPERAND    = "(" EXPRESSION ")" | ["heading:"] '"' [TOKEN (MARK TOKEN)*] '"' [" *"]
 *
 * Operators are mixed only across parentheses.  MARK says whether the next token follows or may
 * stand in place of the one before; " *" lets the last token go on; a quotation mark in a token is
 * doubled.  What a user typed is only ever a token. */
#ifndef NQ_ENGINE_COMPILE_H
#define NQ_ENGINE_COMPILE_H

#include "engine/engine.h"

#define NQ_LIST_NEXT    '\x1F'
#define NQ_LIST_SYNONYM '\x1E'

/* Appends the expression of all clauses of `query` as typed: every wanted clause, none of the
 * negated ones. Clauses of source: are left out (they are a filter).  With `must`, only those
 * clauses that even a partial match has to meet: quoted and fielded ones.  *n is the number of
 * phrases in it; 0 where there is nothing to match.  False without memory. */
bool nq_compile_query(struct nq_engine *engine, const struct nq_query *query, bool must,
                      struct nq_buf *out, size_t *n);

/* Appends the expression of one excluded term. */
bool nq_compile_negated(struct nq_engine *engine, const struct nq_query *query, struct nq_buf *out,
                        size_t *n);

/* Appends a unit of the pattern for the words index, or for the text index, then of at most two
 * atoms. */
void nq_compile_unit(const struct nq_pattern *pattern, const struct nq_unit *unit, bool word,
                     struct nq_buf *out);

#endif
