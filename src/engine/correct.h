/* What a term that finds nothing was meant to be: one wrong character put right. */
#ifndef NQ_ENGINE_CORRECT_H
#define NQ_ENGINE_CORRECT_H

#include "engine/engine.h"

/* Replaces the contents of `out` by the term with one character changed so that it holds a word of
 * the dictionary and the index holds it; by nothing where the index holds it as it is, where no
 * change helps, for a word that the dictionary knows, and for terms that are not of three to
 * twelve Han characters.  A known
 * word is broken only for a longer one.  Of several the one with the longest word, then with
 * the most passages. */
enum nq_status nq_engine_correct(struct nq_engine *engine, const struct nq_term *term,
                                 struct nq_buf *out, struct nq_error *err);

/* Whether any passage matches the query as typed, its filters aside. */
enum nq_status nq_engine_any(struct nq_engine *engine, const struct nq_query *query, bool *any,
                             struct nq_error *err);

#endif
