/* What all programs read of their options: numbers, days, words.  False with a message where a
 * value is wrong. */
#ifndef NQ_TOOLS_VALUES_H
#define NQ_TOOLS_VALUES_H

#include "common.h"

#include <getopt.h>

/* A number of at least 0. */
bool value_number(const char *option, const char *text, size_t *out);

/* A number from 1 to `most`. */
bool value_count(const char *option, const char *text, size_t most, unsigned *out);

/* A date: its first day, or with `last` its last. */
bool value_day(const char *option, const char *text, bool last, int32_t *out);

/* One of `words`, NULL at their end: its place, or -1. */
int value_word(const char *option, const char *text, const char *const *words);

/* --kind: report, reference or all, in English or Chinese. */
bool value_kind(const char *text, enum nq_kind *out);

/* --color: auto, always or never. */
bool value_colour(const char *text, bool *colour);

/* Says what is wrong with the option at which getopt_long, told to be quiet, returned '?' or ':',
 * and which of `options` was meant; EXIT_FAILED. */
int value_option(int returned, char **argv, const struct option *options);

#endif
