/* What the files of nqtext share. */
#ifndef NQ_TOOLS_NQTEXT_H
#define NQ_TOOLS_NQTEXT_H

#include "common.h"

/* --dates and --events; `reference` is the option's value or NULL. Return an exit status. */
int nqtext_dates(const char *path, const char *reference, bool json);
int nqtext_events(const char *path, const char *reference, bool json, bool quiet);

#endif
