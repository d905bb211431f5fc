/* What the programs share: where the index is, messages, exit statuses. */
#ifndef NQ_TOOLS_COMMON_H
#define NQ_TOOLS_COMMON_H

#include "output/output.h"

/* Exit statuses of all programs (sysexits are not used: scripts look for these three). */
enum { EXIT_FOUND = 0, EXIT_NOTHING = 1, EXIT_FAILED = 2 };

/* Sets the locale and finds the messages; `program` is the name that messages begin with. */
void common_start(const char *program);

/* The index that -i or the environment names; the caller frees it.  With `make`, the folders above
 * it are made. */
char *common_index_path(const char *option, bool make);

/* Prints "PROGRAM: message" on standard error, bytes that no terminal should get replaced, and
 * returns EXIT_FAILED. */
int common_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Prints how to get help on standard error and returns EXIT_FAILED. */
int common_usage(void);

/* Prints the version on standard output and returns EXIT_FOUND. */
int common_version(void);

/* Prints a message for each line of a user's dictionary that is passed over.  Silent where the file
 * cannot be read: who opens it says so. */
void common_check_dictionary(const char *path);

/* $COLUMNS, else the terminal's columns, 80 where standard output is none. */
int common_width(void);

/* The terminal's columns of another file, as standard error is one. */
int common_width_of(int fd);

/* Prints `object` (NULL: there was no memory for it) on standard output as a line and gives it
 * back; EXIT_FOUND or EXIT_FAILED.  What a full disk does is left for common_finish to tell. */
int common_print_json(json_t *object);

/* Ends standard output: EXIT_FAILED with a message where what was printed did not arrive, else
 * `status`. */
int common_finish(int status);

/* Seconds on a clock that only goes forward. */
double common_seconds(void);

#endif
