/* nqsearch --timeline. */
#ifndef NQ_TOOLS_SHOW_TIMELINE_H
#define NQ_TOOLS_SHOW_TIMELINE_H

#include "search_options.h"

/* Prints the timeline of the query in the form that was asked for; returns the exit status. */
int show_timeline(struct nq_index *index, const struct search_options *o);

#endif
