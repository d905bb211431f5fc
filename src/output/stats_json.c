/* nqsearch.stats/1. */
#include "output/output.h"

static json_t *gaps(const struct nq_series *s)
{
    json_t *array = json_array();
    for (size_t i = 0; i < s->n_gaps; i++)
        array = nq_json_append(
            array, json_pack("{s:o, s:o, s:I}", "date", nq_json_day(s->gaps[i].first), "date_end",
                             s->gaps[i].last == s->gaps[i].first ? json_null()
                                                                 : nq_json_day(s->gaps[i].last),
                             "days", (json_int_t)s->gaps[i].days));
    return array;
}

static json_t *series(const struct nq_stats *stats)
{
    json_t *array = json_array();
    for (size_t i = 0; i < stats->n_series; i++) {
        const struct nq_series *s = &stats->series[i];
        array = nq_json_append(
            array,
            json_pack("{s:o, s:I, s:o, s:o, s:i, s:I, s:o}", "name", nq_json_str(s->name),
                      "reports", (json_int_t)s->reports, "first_date", nq_json_day(s->first_day),
                      "last_date", nq_json_day(s->last_day), "per_week", s->per_week,
                      "missing_days", (json_int_t)s->n_missing, "missing", gaps(s)));
    }
    return array;
}

static json_t *odd(const struct nq_stats *stats, enum nq_oddity oddity)
{
    json_t *array = json_array();
    for (size_t i = 0; i < stats->odd[oddity].n; i++) {
        const struct nq_odd_report *r = &stats->odd[oddity].reports[i];
        array = nq_json_append(
            array, json_pack("{s:o, s:o, s:o, s:o, s:I}", "path", nq_json_str(r->path), "key",
                             nq_json_str(r->key), "title", nq_json_str(r->title), "date",
                             nq_json_day(r->day), "characters", (json_int_t)r->characters));
    }
    return array;
}

json_t *nq_stats_json(const struct nq_stats *s)
{
    return json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o, "
                     "s:o, s:o, s:o, s:o,"
                     " s:o, s:o, s:o}",
                     "schema", "nqsearch.stats/1", "files", (json_int_t)s->files, "copies",
                     (json_int_t)s->copies, "reports", (json_int_t)s->reports, "revisions",
                     (json_int_t)s->revisions, "sections", (json_int_t)s->sections, "references",
                     (json_int_t)s->references, "passages", (json_int_t)s->passages, "text_bytes",
                     (json_int_t)s->text_bytes, "index_bytes", (json_int_t)s->index_bytes,
                     "undated", (json_int_t)s->undated, "stale_words", (json_int_t)s->stale_words,
                     "stale_topics", (json_int_t)s->stale_topics, "first_date",
                     nq_json_day(s->first_day), "last_date", nq_json_day(s->last_day), "months",
                     nq_month_counts_json(s->months, s->n_months), "series", series(s), "empty",
                     odd(s, NQ_ODD_EMPTY), "short", odd(s, NQ_ODD_SHORT), "without_date",
                     odd(s, NQ_ODD_UNDATED), "without_references", odd(s, NQ_ODD_UNREFERENCED),
                     "same_date", odd(s, NQ_ODD_SAME_DATE));
}
