/* nqsearch.search/1 and nqsearch.stats/1.  jansson's "_new" calls and json_pack take NULL for what
 * could not be made and fail in turn, so that one check at the end is enough. */
#include "output/output.h"

json_t *nq_json_str(struct nq_str s)
{
    return s.ptr ? json_stringn_nocheck(s.ptr, s.len) : json_null();
}

static json_t *day(int32_t value)
{
    char iso[11];
    return *nq_day_format(value, iso) ? json_string(iso) : json_null();
}

static json_t *fragments(const struct nq_fragment *items, size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(array, json_pack("{s:o, s:b}", "text", nq_json_str(items[i].text),
                                               "match", items[i].match));
    return array;
}

static json_t *reference(const struct nq_hit *hit)
{
    const struct nq_reference *r = hit->reference;
    if (!r)
        return json_null();
    bool range = r->day != r->day_end && r->date.len == 10;
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "source", nq_json_str(r->source), "title",
                     nq_json_str(r->title), "date", nq_json_str(r->date), "date_end",
                     range ? day(r->day_end) : json_null(), "purpose", nq_json_str(r->purpose),
                     "raw", nq_json_str(r->raw));
}

static json_t *event(const struct nq_hit *hit)
{
    if (hit->event_day == NQ_NO_DAY)
        return json_null();
    return json_pack("{s:o, s:o}", "date", day(hit->event_day), "date_end",
                     hit->event_day == hit->event_day_end ? json_null() : day(hit->event_day_end));
}

static json_t *hit_json(const struct nq_hit *hit)
{
    static const char *const tiers[] = {"exact", "words", "partial"};
    json_t *report =
        json_pack("{s:I, s:o, s:o, s:o, s:o, s:o, s:o}", "id", (json_int_t)hit->report.id, "key",
                  nq_json_str(hit->report.key), "title", nq_json_str(hit->report.title), "date",
                  day(hit->report.day), "path", nq_json_str(hit->report.path), "url",
                  nq_json_str(hit->report.url), "publisher", nq_json_str(hit->report.publisher));
    json_t *section = json_null();
    if (hit->section_heading.ptr || hit->section_number.ptr)
        section = json_pack("{s:o, s:o}", "number", nq_json_str(hit->section_number), "heading",
                            nq_json_str(hit->section_heading));
    return json_pack("{s:I, s:f, s:s, s:o, s:b, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "passage",
                     (json_int_t)hit->passage, "score", hit->score, "kind",
                     hit->kind == NQ_KIND_REFERENCE ? "reference" : "report", "date", day(hit->day),
                     "partial", hit->tier == NQ_TIER_PARTIAL, "tier", tiers[hit->tier], "report",
                     report, "section", section, "reference", reference(hit), "heading",
                     fragments(hit->heading, hit->n_heading), "snippet",
                     fragments(hit->snippet, hit->n_snippet), "text", nq_json_str(hit->text),
                     "event", event(hit));
}

static json_t *month_counts(const struct nq_month_count *months, size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++) {
        char iso[11];
        nq_day_format(months[i].first_day, iso);
        json_t *month = *iso ? json_stringn(iso, 7) : json_null();
        json_array_append_new(
            array, json_pack("{s:o, s:I}", "value", month, "count", (json_int_t)months[i].count));
    }
    return array;
}

static json_t *facets(const struct nq_results *r)
{
    json_t *sources = json_array(), *kinds = json_array();
    for (size_t i = 0; i < r->n_sources; i++)
        json_array_append_new(sources,
                              json_pack("{s:o, s:I}", "value", nq_json_str(r->sources[i].source),
                                        "count", (json_int_t)r->sources[i].count));
    if (r->n_report)
        json_array_append_new(
            kinds, json_pack("{s:s, s:I}", "value", "report", "count", (json_int_t)r->n_report));
    if (r->n_reference)
        json_array_append_new(kinds, json_pack("{s:s, s:I}", "value", "reference", "count",
                                               (json_int_t)r->n_reference));
    return json_pack("{s:o, s:o, s:o}", "month", month_counts(r->months, r->n_months), "source",
                     sources, "kind", kinds);
}

json_t *nq_results_json(const struct nq_results *r, struct nq_str query, size_t offset,
                        size_t limit, double took_ms)
{
    json_t *hits = json_array();
    for (size_t i = 0; i < r->n_hits; i++)
        json_array_append_new(hits, hit_json(&r->hits[i]));
    json_t *object =
        json_pack("{s:s, s:o, s:f, s:I, s:b, s:I, s:I, s:b, s:o, s:o, s:o}", "schema",
                  "nqsearch.search/1", "query", nq_json_str(query), "took_ms", took_ms, "total",
                  (json_int_t)r->total, "total_is_exact", r->total_is_exact, "offset",
                  (json_int_t)offset, "limit", (json_int_t)limit, "partial", r->partial, "hits",
                  hits, "facets", facets(r), "did_you_mean", nq_json_str(r->did_you_mean));
    if (object && r->explanation.ptr)
        json_object_set_new(object, "explanation", nq_json_str(r->explanation));
    return object;
}

json_t *nq_stats_json(const struct nq_stats *s)
{
    return json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:o}", "schema",
                     "nqsearch.stats/1", "files", (json_int_t)s->files, "reports",
                     (json_int_t)s->reports, "sections", (json_int_t)s->sections, "references",
                     (json_int_t)s->references, "passages", (json_int_t)s->passages, "text_bytes",
                     (json_int_t)s->text_bytes, "index_bytes", (json_int_t)s->index_bytes,
                     "undated", (json_int_t)s->undated, "stale_words", (json_int_t)s->stale_words,
                     "first_date", day(s->first_day), "last_date", day(s->last_day), "months",
                     month_counts(s->months, s->n_months));
}
