/* Results as a person or a program reads them: terminal, JSON, CSV. */
#ifndef NQ_OUTPUT_OUTPUT_H
#define NQ_OUTPUT_OUTPUT_H

#include <jansson.h>
#include <libintl.h>
#include <nqsearch.h>
#include <stdio.h>

#define NQ_TEXT_DOMAIN "nqsearch"
/* The message in the user's language. */
#define _(message)  dgettext(NQ_TEXT_DOMAIN, message)
#define N_(message) message

/* How to write for a terminal. */
struct nq_style {
    bool colour;
    int width; /* columns */
    bool explain;
};

/* Prints the hits, a summary line and counts by month.  `took_ms` is what the search took. */
void nq_print_results(FILE *out, const struct nq_results *results, struct nq_str query,
                      size_t offset, double took_ms, const struct nq_style *style);

/* Prints what an index holds, reports by month as a histogram. */
void nq_print_stats(FILE *out, const struct nq_stats *stats, const struct nq_style *style);

/* Prints a row for each hit under a row of names (RFC 4180). */
void nq_print_csv(FILE *out, const struct nq_results *results);

/* One field of CSV, quoted where it must be, and the character `after` it; '\n' ends the row. */
void nq_csv_field(FILE *out, struct nq_str s, char after);

/* nqsearch.search/1; the caller owns it.  NULL without memory. */
json_t *nq_results_json(const struct nq_results *results, struct nq_str query, size_t offset,
                        size_t limit, double took_ms);

/* nqsearch.stats/1. */
json_t *nq_stats_json(const struct nq_stats *stats);

/* A slice as a JSON string, null where it is absent. */
json_t *nq_json_str(struct nq_str s);

/* The columns that `s` takes on a terminal. */
int nq_width(struct nq_str s);

/* Prints `s` in lines of at most `width` columns, each behind `indent` spaces, without a new line
 * at its end;
 * `*column` is where on the line it begins and ends. */
void nq_print_wrapped(FILE *out, struct nq_str s, int indent, int width, int *column);

/* Prints a progress bar over the one before. */
void nq_print_progress(FILE *out, const struct nq_progress *at, double seconds, int width);

#endif
