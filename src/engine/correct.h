/* What a term that finds nothing was meant to be. */
#ifndef NQ_ENGINE_CORRECT_H
#define NQ_ENGINE_CORRECT_H

#include "engine/engine.h"

/* Replaces the contents of `out` by what the term was meant to be, where the index holds that: what
 * sounds the same (算店斜同, suandianxietong), or else the term with one character changed,
 * missing, too many or in the wrong order so that it holds a word of the dictionary, of three to
 * twelve Han characters.  By nothing where more than two passages of the
 * index hold the term as it is (or one or two, and not twenty times as many what was meant), where
 * nothing helps, and for a word that the dictionary knows.  A known word is broken only for a
 * longer one.  Of several the one with the longest word, then with the most passages. */
enum nq_status nq_engine_correct(struct nq_engine *engine, const struct nq_term *term,
                                 struct nq_buf *out, struct nq_error *err);

/* Whether any passage matches the query as typed, its filters aside. */
enum nq_status nq_engine_any(struct nq_engine *engine, const struct nq_query *query, bool *any,
                             struct nq_error *err);

#endif
