/* What an open index consists of. */
#ifndef NQ_API_INDEX_H
#define NQ_API_INDEX_H

#include "engine/engine.h"

struct nq_index {
    struct nq_db *db;
    struct nq_engine *engine;
    struct nq_segmenter *segmenter;
    bool asked;             /* once at least */
    struct nq_names *names; /* what suggestions are made of; NULL before the first */
};

/* Whether the index only names shards: then it answers searches, and nothing else. */
bool nq_index_is_front(const struct nq_index *index);

/* Begins a transaction of what needs the whole index: USAGE where it only names shards. */
enum nq_status nq_index_begin_whole(struct nq_index *index, struct nq_error *err);

/* To be called before each question: maps the file from the second on. */
void nq_index_asked(struct nq_index *index);

/* Removes the index at `path` and what SQLite kept beside it; what is not there is no error.  A
 * journal left behind would be played into the next file of that name. */
void nq_index_remove_files(const char *path);

/* The same but for the index itself. */
void nq_index_remove_log(const char *path);

#endif
