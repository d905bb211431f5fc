/* Results as a person or a program reads them: terminal, JSON, CSV. */
#ifndef NQ_OUTPUT_OUTPUT_H
#define NQ_OUTPUT_OUTPUT_H

#include <jansson.h>
#include <libintl.h>
#include <nqsearch.h>
#include <stdio.h>

#include "output/slice.h"

#define NQ_TEXT_DOMAIN "nqsearch"
/* The message in the user's language. */
#define _(message)  dgettext(NQ_TEXT_DOMAIN, message)
#define N_(message) message

/* "1 report" or "3 reports" in the user's language, in `out`; both forms hold %llu and are marked
 * for translation by this call. */
const char *nq_count(char out[64], unsigned long long n, const char *one, const char *many);

/* How to write for a terminal. */
struct nq_style {
    bool colour;
    int width;    /* columns */
    bool explain; /* how the query was understood */
    bool quiet;   /* hits alone: no summary, no counts */
};

/* Prints the hits, a summary line and counts by month.  `took_ms` is what the search took. */
void nq_print_results(FILE *out, const struct nq_results *results, struct nq_str query,
                      size_t offset, double took_ms, const struct nq_style *style);

/* Prints what an index holds, reports by month as a histogram. */
void nq_print_stats(FILE *out, const struct nq_stats *stats, const struct nq_style *style);

/* Prints a report whole, and with `earlier` what its earlier texts said. */
void nq_print_stored(FILE *out, const struct nq_stored *stored, bool earlier,
                     const struct nq_style *style);

/* Prints a row for each hit under a row of names (RFC 4180). */
void nq_print_csv(FILE *out, const struct nq_results *results);

/* One field of CSV, quoted where it must be, and the character `after` it; '\n' ends the row. */
void nq_csv_field(FILE *out, struct nq_str s, char after);

/* How all JSON is printed: on one line, fractions to as many digits as mean something. */
#define NQ_JSON_FLAGS (JSON_COMPACT | JSON_REAL_PRECISION(9))

/* nqsearch.search/1; the caller owns it.  NULL without memory. */
json_t *nq_results_json(const struct nq_results *results, struct nq_str query, size_t offset,
                        size_t limit, double took_ms);

/* nqsearch.suggest/1: query, suggestions with text, passages, kind and date; as nq_results_json. */
json_t *nq_suggestions_json(const struct nq_suggestions *suggestions, struct nq_str query);

/* Proposals as lines of a dictionary (dicts/terms.tsv); with `evidence` behind comment lines of
 * counts, first date and quotes. */
void nq_print_proposals(FILE *out, const struct nq_proposals *proposals, bool evidence);

/* The same as nqsearch.topics/1. */
json_t *nq_proposals_json(const struct nq_proposals *proposals);

/* Prints topics as a table, what rises and what fell silent. */
void nq_print_topics(FILE *out, const struct nq_topics *topics, const struct nq_style *style);

/* Prints all of one topic. */
void nq_print_topic(FILE *out, const struct nq_topic_page *page, const struct nq_style *style);

/* Prints where reports contradict one another; the same as nqsearch.conflicts/1. */
void nq_print_conflicts(FILE *out, const struct nq_conflicts *conflicts,
                        const struct nq_style *style);
json_t *nq_conflicts_json(const struct nq_conflicts *conflicts, struct nq_str topic);

/* Prints who is cited how much, with `reports` in which; the same as nqsearch.sources/1. */
void nq_print_sources(FILE *out, const struct nq_sources *sources, bool reports,
                      const struct nq_style *style);
json_t *nq_sources_json(const struct nq_sources *sources, size_t offset, size_t limit);

/* Prints the works that are cited, with the references to each where `printings`; the same as
 * nqsearch.works/1. */
void nq_print_cited_works(FILE *out, const struct nq_cited_works *works, bool printings,
                          const struct nq_style *style);
json_t *nq_cited_works_json(const struct nq_cited_works *works, size_t offset, size_t limit);

/* Reads kinds of topics by their names in JSON, parted by commas, "all" among them; false where one
 * is none. */
bool nq_topic_kinds_read(struct nq_str list, unsigned *kinds);

/* Both as nqsearch.topics/1; as nq_results_json. */
json_t *nq_topics_json(const struct nq_topics *topics, size_t offset, size_t limit);
json_t *nq_topic_json(const struct nq_topic_page *page, struct nq_str asked);

/* nqsearch.stats/1. */
json_t *nq_stats_json(const struct nq_stats *stats);

/* The number of a day's month, 12 for each year and 0 for January; -1 for NQ_NO_DAY. */
int nq_month_number(int32_t day);

/* Prints counts by month (in order of time, undated last) as a line or two of at most `width`
 * columns; nothing where there are none. */
void nq_print_months(FILE *out, const struct nq_month_count *months, size_t n, int width);

/* Prints counts by month as `width` columns, the first of which begins with the month of day `from`
 * and the last of which ends with that of `to`; returns the columns that it took. */
int nq_print_sparkline(FILE *out, const struct nq_month_count *months, size_t n, int32_t from,
                       int32_t to, int width);

/* Prints the pieces of a snippet in wrapped lines, matches in colour or 【】. */
void nq_print_fragments(FILE *out, const struct nq_fragment *fragments, size_t n, int indent,
                        const struct nq_style *style, int *column);

/* Prints nq_results.explanation with its labels in the user's language. */
void nq_print_explanation(FILE *out, struct nq_str explanation);

/* Whether `s` is well-formed UTF-8. */
bool nq_is_utf8(struct nq_str s);

/* A copy of `s` in NFC, without control characters (spaces stand for them), with U+FFFD for what is
 * no UTF-8; NUL-terminated, the caller frees it.  NULL without memory. */
char *nq_plain_text(struct nq_str s);

/* Prints `s` so; as it is where that changes nothing. */
void nq_print_plain(FILE *out, struct nq_str s);

/* Prints `s` as the text of an element or the value of an attribute in quotes. */
void nq_print_html(FILE *out, struct nq_str s);

/* A slice as a JSON string, null where it is absent; what is no UTF-8 becomes U+FFFD. */
json_t *nq_json_str(struct nq_str s);

/* An ISO day, null for NQ_NO_DAY; the month of one. */
json_t *nq_json_day(int32_t day);
json_t *nq_json_month(int32_t day);

/* Parts of other objects: a snippet, a report, counts by month. */
json_t *nq_fragments_json(const struct nq_fragment *items, size_t n);
json_t *nq_report_ref_json(const struct nq_report_ref *report);
json_t *nq_month_counts_json(const struct nq_month_count *months, size_t n);

/* Appends to `array`, sets a key of `object`, takes over all keys of `more`.  Any of them may be
 * NULL for what could not be made; where it is, or this fails, all are given up and the result is
 * NULL. */
json_t *nq_json_append(json_t *array, json_t *item);
json_t *nq_json_set(json_t *object, const char *key, json_t *value);
json_t *nq_json_merge(json_t *object, json_t *more);

/* "830 B", "63 KB", "26.1 MB", "1.3 GB": thousands of thousands. */
const char *nq_size_format(uint64_t bytes, char out[16]);

/* The columns that `s` takes on a terminal. */
int nq_width(struct nq_str s);

/* Prints `s` in lines of at most `width` columns, each behind `indent` spaces, without a new line
 * at its end;
 * `*column` is where on the line it begins and ends. */
void nq_print_wrapped(FILE *out, struct nq_str s, int indent, int width, int *column);

/* The same for what is to stay on one line, if a line holds it. */
void nq_print_item(FILE *out, struct nq_str s, int indent, int width, int *column);

/* Prints a progress bar over the one before, in less than style->width columns; at the end it is
 * wiped away. */
void nq_print_progress(FILE *out, const struct nq_progress *at, double seconds,
                       const struct nq_style *style);

/* Prints a run's account as one line. */
void nq_print_summary(FILE *out, const struct nq_summary *summary, double seconds);

/* A message of nq_update_options.warning as {"path","line","failed","reason"}; `path` is the file
 * at hand, "" where that is not known. */
json_t *nq_problem_json(const char *message, bool failed, const char *path);

/* nqsearch.update/1 with an array of such problems, which stays the caller's. */
json_t *nq_update_json(const struct nq_summary *summary, json_t *problems, double seconds);

#endif
