/* A query as understood: all clauses are wanted, in a clause any of its terms; filters on top.
 * Made by nq_query_parse (query/parse.h); everything lives in the arena given to it. */
#ifndef NQ_QUERY_QUERY_H
#define NQ_QUERY_QUERY_H

#include "base/str.h"

/* Where a term is to be found. */
enum nq_field {
    NQ_FIELD_ANY,
    NQ_FIELD_TITLE,  /* title: of the report, the section or the cited work */
    NQ_FIELD_SOURCE, /* source: of a cited work, or the publisher of the report */
    NQ_FIELD_DOC,    /* doc: a policy document that the passage names */
    NQ_FIELD_ORG,    /* org: an organisation that the passage names */
};

/* One term.  `text` is as typed, well-formed UTF-8, without its field, quotation marks and star; it
 * never is empty.  A loose term holds a letter, a digit or a Han character, and may hold brackets,
 * quotation marks and sentence punctuation; no white space. */
struct nq_term {
    struct nq_str text;
    enum nq_field field;
    bool exact;      /* quoted: these characters in a row */
    bool punctuated; /* exact, with punctuation in it: to be compared with the text itself */
    bool prefix;     /* ended in a star: the beginning of a word; never with `exact` */
    size_t column;   /* code point of the query at which it begins, its mark or field included */
};

/* Any of `terms`, of which there is at least one.  `negated`: none of them; then there is just one.
 */
struct nq_clause {
    struct nq_term *terms;
    size_t n_terms;
    bool negated;
    bool resolved; /* of doc: its passages are in the filter, the terms are to be marked */
};

/* Days, both included; NQ_NO_DAY where the range is open. */
struct nq_days {
    int32_t from, to;
};

/* What every hit must be.  `from` and `to` are days, both included, NQ_NO_DAY where open; where
 * both are set from <= to.  `kinds` holds enum nq_kind bits, at least one.  No hit is of a day
 * in `excluded`; what has no date is in none of them. */
struct nq_filter {
    int32_t from, to;
    unsigned kinds;
    struct nq_days *excluded;
    size_t n_excluded;
    int32_t event_from, event_to; /* days of an event that it tells; as `from` and `to` */
    const float *documents; /* by passage: how much it is about what doc: asks for, 0 is out */
    size_t n_documents;     /* ids below; NULL, 0: any */
};

/* Whether a clause is looked for by other means than its words. */
static inline bool nq_clause_is_filter(const struct nq_clause *clause)
{
    return clause->resolved || clause->terms[0].field == NQ_FIELD_SOURCE;
}

/* Whether a passage of this kind and day may be a hit. */
static inline bool nq_filter_passes(const struct nq_filter *f, unsigned kind, int32_t day)
{
    if (!(kind & f->kinds))
        return false;
    if (day == NQ_NO_DAY)
        return f->from == NQ_NO_DAY && f->to == NQ_NO_DAY;
    if ((f->from != NQ_NO_DAY && day < f->from) || (f->to != NQ_NO_DAY && day > f->to))
        return false;
    for (size_t i = 0; i < f->n_excluded; i++)
        if ((f->excluded[i].from == NQ_NO_DAY || day >= f->excluded[i].from) &&
            (f->excluded[i].to == NQ_NO_DAY || day <= f->excluded[i].to))
            return false;
    return true;
}

/* A query without any clause that is not negated has a filter or a clause of source:, and means
 * everything that passes these, without what is excluded. */
struct nq_query {
    struct nq_clause *clauses;
    size_t n_clauses;
    struct nq_filter filter;
};

#endif
