/* What two lines tell of the break between them, whatever block they are in. */
#ifndef NQ_INGEST_SEAM_H
#define NQ_INGEST_SEAM_H

#include "base/buf.h"

/* Appends `next` to `text` as one sentence: nothing between Han, a space between Latin words,
 * neither between the halves of a hyphenated word or of a date. */
void nq_seam_append(struct nq_buf *text, struct nq_str next);

/* Whether a line begins with a sign that none begins with: it goes on with the one before. */
bool nq_seam_begins_inside(struct nq_str text);

/* Whether it begins with a small Latin letter. */
bool nq_seam_begins_lower(struct nq_str text);

/* Whether a date is broken: 2026 年 6 月⏎12 日, 2026⏎年, 2026⏎-06-18. */
bool nq_seam_breaks_date(struct nq_str last, struct nq_str next);

/* Whether line `last` visibly does not end where it ends. */
bool nq_seam_is_torn(struct nq_str last, struct nq_str next);

/* The columns of what cannot be broken at the start of `text`: a character, a Latin word. */
size_t nq_seam_first_unit(struct nq_str text);

/* Whether a line is a source's label in brackets, which goes with the sentence: (Xinhua News) */
bool nq_seam_is_label(struct nq_str text);

/* Whether a bracket opens behind a stop at the end of `line`, and closes on a later one:
 * …的支撑。(Xinhua⏎News) */
bool nq_seam_opens_label(struct nq_str line);

#endif
