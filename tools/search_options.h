/* The command line of nqsearch. */
#ifndef NQ_TOOLS_SEARCH_OPTIONS_H
#define NQ_TOOLS_SEARCH_OPTIONS_H

#include "common.h"

struct search_options {
    const char *index;
    struct nq_search_params params; /* its query is `query` */
    char *query, **words;
    size_t report;  /* to be shown whole; 0: none */
    size_t related; /* the passage asked about, where is_related */
    bool json, csv, suggest, is_related, verbose, no_pager;
    bool timeline, ics, limited; /* limited: -n was given */
    enum nq_event_kind event_kinds;
    struct nq_style style;
    int status; /* of the program, where it is not to go on */
};

/* Reads the command line; false where the program is to end with o->status: help was printed, or
 * what was wrong. */
bool search_options_read(int argc, char **argv, struct search_options *o);
void search_options_finish(struct search_options *o);

#endif
