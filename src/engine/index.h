/* What the engine's files share of putting passages into the indexes. */
#ifndef NQ_ENGINE_INDEX_H
#define NQ_ENGINE_INDEX_H

#include "engine/engine.h"

/* Makes the tokens of a passage: engine->body, engine->heading and engine->word_tokens.  False
 * without memory. */
bool nq_engine_prepare(struct nq_engine *engine, struct nq_str heading, struct nq_str text);

/* Forgets which atoms were counted and wait to be written. */
void nq_engine_forget_atoms(struct nq_engine *engine);

#endif
