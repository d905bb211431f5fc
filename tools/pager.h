/* Long output on a terminal goes through a pager, as with git. */
#ifndef NQ_TOOLS_PAGER_H
#define NQ_TOOLS_PAGER_H

#include <stdbool.h>
#include <stdio.h>

/* Where to print: a pager where `wanted` and standard output is a terminal, else standard output.
 * The pager is $NQ_PAGER, $PAGER or less; none where that is empty or "cat". */
FILE *pager_open(bool wanted);

/* Waits for the pager's end; does nothing for standard output.  False where there was no such
 * program, so that nothing was shown. */
bool pager_close(FILE *out);

#endif
