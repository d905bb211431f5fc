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

/* Says what is wrong where getopt_long, told to be quiet, returned '?' or ':'; EXIT_FAILED. */
int common_bad_option(int option, char **argv);

/* Prints the version on standard output and returns EXIT_FOUND. */
int common_version(void);

/* Reads a number of at least 0; false with a message for anything else. */
bool common_number(const char *option, const char *text, size_t *out);

/* --color=WHEN; false with a message for another word. */
bool common_colour(const char *when, bool *colour);

/* Prints a message for each line of a user's dictionary that is passed over.  Silent where the file
 * cannot be read: who opens it says so. */
void common_check_dictionary(const char *path);

/* The terminal's columns, 80 where standard output is none. */
int common_width(void);

/* The same for another file, as standard error is one. */
int common_width_of(int fd);

/* Prints `object` on standard output and gives it back; EXIT_FOUND or EXIT_FAILED. */
int common_print_json(json_t *object);

/* Ends standard output: EXIT_FAILED with a message where what was printed did not arrive, else
 * `status`. */
int common_finish(int status);

/* Seconds on a clock that only goes forward. */
double common_seconds(void);

#endif
