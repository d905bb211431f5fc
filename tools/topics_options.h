/* The options of nqtopics. */
#ifndef NQ_TOOLS_TOPICS_OPTIONS_H
#define NQ_TOOLS_TOPICS_OPTIONS_H

#include "common.h"

struct topics_options {
    struct nq_topics_params list;
    struct nq_discover_params discovery;
    struct nq_style style;
    const char *index, *dictionary, *topic; /* of argv; topic: NULL for the list */
    size_t passages;
    bool discover, conflicts, sources, works, json, verbose, limited;
};

/* Reads the command line; returns the exit status where the program has done with it (help, or a
 * mistake that was told), -1 to go on. */
int topics_options_read(int argc, char **argv, struct topics_options *o);

#endif
