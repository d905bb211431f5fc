/* From a query to what is looked for in texts: a pattern of its terms, bigrams and words. */
#ifndef NQ_QUERY_EXPAND_H
#define NQ_QUERY_EXPAND_H

#include "query/pattern.h"
#include "query/query.h"
#include "text/segment.h"

/* Adds all wanted terms of `query` to `pattern`: each as a unit of terms (parted where a clause
 * ends), and the bigrams and words of what is left of it without question words (什么 哪些 是否 …),
 * which are in the query, never in the index.  A query of nothing but question words keeps them.
 * `pattern->idf` is 1 for every atom that counts and 0 for those of question words.  `segmenter` is
 * borrowed. False without memory. */
bool nq_expand(const struct nq_query *query, const struct nq_segmenter *segmenter,
               struct nq_pattern *pattern);

#endif
