/* References: one printed citation taken apart. */
#ifndef NQ_INGEST_REFERENCE_H
#define NQ_INGEST_REFERENCE_H

#include "base/arena.h"

/* Takes `raw` apart (its list mark and number are gone) into source, title, date and purpose,
 * whatever stands between them: | ， , ： : or the forms of GB/T 7714.  What is not printed is
 * absent; a title always is there.  `report_day` completes a date without a year.  The fields are
 * slices of `raw`, but `date`, which lives in `arena`.  False without memory. */
bool nq_reference_parse(struct nq_arena *arena, struct nq_str raw, int32_t report_day,
                        struct nq_reference *out);

/* Whether an unmarked line reads as a reference: it has a date, a title in 《》, a purpose or an
 * address. */
bool nq_reference_looks(struct nq_str text);

/* Whether a row of a table names its columns: 来源 | 标题 | 日期. */
bool nq_reference_is_head(struct nq_str text);

#endif
