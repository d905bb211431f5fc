/* What an open index consists of. */
#ifndef NQ_API_INDEX_H
#define NQ_API_INDEX_H

#include "engine/engine.h"

struct nq_index {
    struct nq_db *db;
    struct nq_engine *engine;
    struct nq_segmenter *segmenter;
};

#endif
