/* The query language of nqsearch(1).
 *
 *   query    = { clause | filter }                    parted by white space; all are wanted
 *   clause   = ["-"] term | term { OR term }          OR is `OR` between white space, `|` or `||`
 *   term     = [ field ":" ] ( exact | loose )
 *   field    = title | source | doc | org
 *   exact    = "…" | “…” | 《…》 | 「…」 | 『…』      these characters in a row
 *   loose    = characters up to white space or `|`; a `*` at its end asks for beginnings
 *   filter   = ["-"] ( kind:KIND | date:DAY | date:[DAY]..[DAY] ) | event:…   KIND: report,
 * reference, all event: takes what date: takes, and means the days of an event that is told
 *
 * A quotation stands free: white space, `|` or an end of the query on both sides; quotations may
 * stand one behind the other with nothing but punctuation between and behind them (“甲”、“乙”。).
 * Where any other character is glued to it (“十四五”规划, 推进《方案》落地), the whole run up to
 * white space is a loose term, as in running text.  Brackets nest, `"` ends at the next `"`.
 * Full-width | - : " * and full-width letters and digits in a filter mean the same as ASCII's.  A
 * loose term without any letter, digit or Han character (a lone dash, a full stop) is left out. */
#ifndef NQ_QUERY_PARSE_H
#define NQ_QUERY_PARSE_H

#include "base/arena.h"
#include "query/query.h"

/* The longest query in bytes. */
enum { NQ_QUERY_MAX_BYTES = 1 << 20 };

/* Parses `text`, whose ill-formed bytes count as U+FFFD, in linear time.  `*out` and all it points
 * to live in `arena`; nothing of it points into `text`.
 * Errors: NOMEM; USAGE, with err->column, for a query in which nothing is left to search for, an
 * unclosed `"`, quotation marks with nothing to search for between them, OR without a term on both
 * sides or with an excluded one or a filter, a field without a value, a date or kind that is none,
 * filters that no passage can meet, a query of excluded terms alone, without a filter, or of more
 * than NQ_QUERY_MAX_BYTES. */
enum nq_status nq_query_parse(struct nq_arena *arena, struct nq_str text, struct nq_query **out,
                              struct nq_error *err);

#endif
