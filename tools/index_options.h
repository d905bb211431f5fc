/* The options of nqindex, and its stories: update, watch, care. */
#ifndef NQ_TOOLS_INDEX_OPTIONS_H
#define NQ_TOOLS_INDEX_OPTIONS_H

#include "common.h"

struct index_options {
    const char *index, *dictionary, *backup, *copy;
    struct nq_index_kind kind; /* engine NULL: not asked for */
    const char **places;       /* kind.places; to be freed, however reading ended */
    bool quiet, verbose, json, rebuild, watch, stats, verify, optimize;
    struct nq_update_options update;
    char **paths;
    int n_paths;
};

/* Reads the command line.  False where there is nothing more to do: *status says how that ended. */
bool index_options_read(int argc, char **argv, struct index_options *o, int *status);

/* Whether the index is to be looked after. */
bool index_options_care(const struct index_options *o);

/* Reads the paths into the index at `path`, and prints the account. */
int index_update(const struct index_options *o, const char *path);

/* The same, then follows changes below the paths until it is told to end. */
int index_watch(const struct index_options *o, const char *path);

/* --optimize, --verify, --stats, --backup, --copy-to. */
int index_care(const struct index_options *o, const char *path);

#endif
