/* What of a draft was covered before, as a person or a program reads it. */
#ifndef NQ_OUTPUT_CHECK_H
#define NQ_OUTPUT_CHECK_H

#include "output/output.h"

/* "new", "update" or "repeat". */
const char *nq_verdict_name(enum nq_verdict verdict);

/* The same in the user's language. */
const char *nq_verdict_label(enum nq_verdict verdict);
const char *nq_relation_label(enum nq_relation relation);
struct nq_str nq_no_heading(void);

/* Why a match is what it is: at least one phrase in the user's language, the strongest first. */
enum { NQ_WHY = 4 };
size_t nq_check_why(const struct nq_prior *m, const char *out[NQ_WHY]);

/* What a section's verdict rests on where no match says it: NULL, or a sentence. */
const char *nq_check_gathered(const struct nq_checked_section *s);

/* "2 new, 1 update, 0 repeat; compared with what is older than 2026-06-17", without a line's end.
 */
void nq_print_check_counts(FILE *out, const struct nq_check *check);

/* nqsearch.check/1; the caller owns it.  NULL without memory. */
json_t *nq_check_json(const struct nq_check *check, struct nq_str path);

/* A page for the terminal: verdicts first, then the evidence. */
void nq_print_check(FILE *out, const struct nq_check *check, const struct nq_style *style);

/* Prints a cell of the table that sets a reused sentence beside what it was made of: what differs
 * is marked, since the rest is known. */
void nq_print_reuse_cell(FILE *out, const struct nq_fragment *items, size_t n);

/* One HTML file that needs nothing else. */
void nq_print_check_html(FILE *out, const struct nq_check *check, struct nq_str path);

#endif
