/* nqsearch.search/1 and nqsearch.suggest/1. */
#include "output/output.h"

#include <stdlib.h>

/* A text in NFC: for what has not been through the readers. */
static json_t *composed(struct nq_str s)
{
    char *plain = s.ptr ? nq_plain_text(s) : NULL;
    json_t *string = plain ? json_string_nocheck(plain) : NULL;
    free(plain);
    return s.ptr ? string : json_null();
}

json_t *nq_fragments_json(const struct nq_fragment *items, size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++)
        array = nq_json_append(array, json_pack("{s:o, s:b}", "text", nq_json_str(items[i].text),
                                                "match", items[i].match));
    return array;
}

/* What a reference's date was printed as: day, month, year, or range. */
static const char *precision(const struct nq_reference *r)
{
    int32_t first, last;
    if (r->day == NQ_NO_DAY || !nq_day_parse(r->date, &first, &last) || r->day_end != last)
        return r->day == r->day_end ? "day" : "range";
    return r->date.len == 4 ? "year" : r->date.len == 7 ? "month" : "day";
}

/* The last day, null where it is the first. */
static json_t *last_day(const struct nq_reference *r)
{
    return nq_json_day(r && r->day_end != r->day ? r->day_end : NQ_NO_DAY);
}

static json_t *precision_json(const struct nq_reference *r, int32_t first)
{
    return first == NQ_NO_DAY ? json_null() : json_string(r ? precision(r) : "day");
}

json_t *nq_report_ref_json(const struct nq_report_ref *r)
{
    return json_pack("{s:I, s:o, s:o, s:o, s:o, s:o, s:o}", "id", (json_int_t)r->id, "key",
                     composed(r->key), "title", nq_json_str(r->title), "date", nq_json_day(r->day),
                     "path", nq_json_str(r->path), "url", nq_json_str(r->url), "publisher",
                     nq_json_str(r->publisher));
}

static json_t *reference(const struct nq_hit *hit)
{
    const struct nq_reference *r = hit->reference;
    if (!r)
        return json_null();
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "source", nq_json_str(r->source),
                     "title", nq_json_str(r->title), "date", nq_json_day(r->day), "date_end",
                     last_day(r), "precision", precision_json(r, r->day), "purpose",
                     nq_json_str(r->purpose), "raw", nq_json_str(r->raw), "work",
                     hit->work ? nq_report_ref_json(hit->work) : json_null());
}

/* What a related passage shares, by kind. */
static json_t *why_json(const struct nq_hit *hit)
{
    json_t *kinds[] = {json_array(), json_array(), json_array(), json_array()};
    for (size_t i = 0; i < hit->n_why; i++)
        kinds[hit->why[i].kind] =
            nq_json_append(kinds[hit->why[i].kind], nq_json_str(hit->why[i].text));
    return json_pack("{s:o, s:o, s:o, s:o}", "documents", kinds[NQ_SHARED_DOCUMENT],
                     "organisations", kinds[NQ_SHARED_ORGANISATION], "terms", kinds[NQ_SHARED_TERM],
                     "words", kinds[NQ_SHARED_WORD]);
}

/* Titles and other topics that a hit names. */
static json_t *add_topics(json_t *object, const struct nq_hit *hit)
{
    json_t *documents = json_array(), *works = json_array(), *topics = json_array();
    for (size_t i = 0; i < hit->n_topics; i++) {
        const struct nq_hit_topic *t = &hit->topics[i];
        json_t *item = json_pack("{s:o, s:f}", "name", nq_json_str(t->name), "weight", t->weight);
        if (t->kind == NQ_TOPIC_DOCUMENT)
            documents = nq_json_append(documents, item);
        else if (t->kind == NQ_TOPIC_WORK)
            works = nq_json_append(works, item);
        else
            topics = nq_json_append(topics, item);
    }
    object = nq_json_set(object, "documents", documents);
    object = nq_json_set(object, "works", works);
    return nq_json_set(object, "topics", topics);
}

static json_t *event(const struct nq_hit *hit)
{
    if (hit->event_day == NQ_NO_DAY)
        return json_null();
    return json_pack("{s:o, s:o}", "date", nq_json_day(hit->event_day), "date_end",
                     hit->event_day == hit->event_day_end ? json_null()
                                                          : nq_json_day(hit->event_day_end));
}

static json_t *hit_json(const struct nq_hit *hit)
{
    static const char *const tiers[] = {"exact", "words", "partial", "synonym"};
    json_t *section = json_null();
    if (hit->section_heading.ptr || hit->section_number.ptr)
        section = json_pack("{s:o, s:o}", "number", nq_json_str(hit->section_number), "heading",
                            nq_json_str(hit->section_heading));
    const struct nq_reference *r = hit->reference;
    json_t *object = json_pack(
        "{s:I, s:f, s:s, s:o, s:o, s:o, s:b, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
        "passage", (json_int_t)hit->passage, "score", hit->score, "kind",
        hit->kind == NQ_KIND_REFERENCE ? "reference" : "report", "date", nq_json_day(hit->day),
        "date_end", last_day(r), "precision", precision_json(r, hit->day), "partial",
        hit->tier >= NQ_TIER_PARTIAL, "tier", tiers[hit->tier], "report",
        nq_report_ref_json(&hit->report), "section", section, "page",
        hit->page ? json_integer(hit->page) : json_null(), "reference", reference(hit), "heading",
        nq_fragments_json(hit->heading, hit->n_heading), "snippet",
        nq_fragments_json(hit->snippet, hit->n_snippet), "text", nq_json_str(hit->text), "event",
        event(hit));
    if (hit->topics)
        object = add_topics(object, hit);
    return hit->why ? nq_json_set(object, "why", why_json(hit)) : object;
}

static json_t *kind_counts(const struct nq_results *r)
{
    json_t *kinds = json_array();
    if (r->n_report)
        kinds = nq_json_append(
            kinds, json_pack("{s:s, s:I}", "value", "report", "count", (json_int_t)r->n_report));
    if (r->n_reference)
        kinds = nq_json_append(kinds, json_pack("{s:s, s:I}", "value", "reference", "count",
                                                (json_int_t)r->n_reference));
    return kinds;
}

static json_t *facets(const struct nq_results *r)
{
    json_t *sources = json_array();
    for (size_t i = 0; i < r->n_sources; i++)
        sources = nq_json_append(sources,
                                 json_pack("{s:o, s:I}", "value", nq_json_str(r->sources[i].source),
                                           "count", (json_int_t)r->sources[i].count));
    return json_pack("{s:o, s:o, s:o}", "month", nq_month_counts_json(r->months, r->n_months),
                     "source", sources, "kind", kind_counts(r));
}

static json_t *missing_shards(const struct nq_results *r)
{
    json_t *shards = json_array();
    for (size_t i = 0; i < r->n_missing; i++)
        shards = nq_json_append(shards, nq_json_str(r->missing[i].place));
    return shards;
}

json_t *nq_results_json(const struct nq_results *r, struct nq_str query, size_t offset,
                        size_t limit, double took_ms)
{
    json_t *hits = json_array();
    for (size_t i = 0; i < r->n_hits; i++)
        hits = nq_json_append(hits, hit_json(&r->hits[i]));
    json_t *object = json_pack("{s:s, s:o, s:f, s:I, s:b, s:I, s:I, s:b, s:o, s:o, s:o}", "schema",
                               "nqsearch.search/1", "query", composed(query), "took_ms", took_ms,
                               "total", (json_int_t)r->total, "total_is_exact", r->total_is_exact,
                               "offset", (json_int_t)offset, "limit", (json_int_t)limit, "partial",
                               r->partial || r->n_missing, "hits", hits, "facets", facets(r),
                               "did_you_mean", nq_json_str(r->did_you_mean));
    if (r->n_missing)
        object = nq_json_set(object, "missing_shards", missing_shards(r));
    if (r->related_to)
        object = nq_json_set(object, "related", json_integer(r->related_to));
    if (r->explanation.ptr)
        object = nq_json_set(object, "explanation", nq_json_str(r->explanation));
    return object;
}

json_t *nq_suggestions_json(const struct nq_suggestions *s, struct nq_str query)
{
    static const char *const kinds[] = {"word", "topic", "organisation", "document", "headline"};
    json_t *items = json_array();
    for (size_t i = 0; i < s->n_items; i++) {
        const struct nq_suggestion *item = &s->items[i];
        items =
            nq_json_append(items, json_pack("{s:o, s:I, s:s, s:o}", "text", composed(item->text),
                                            "passages", (json_int_t)item->passages, "kind",
                                            kinds[item->kind], "date", nq_json_day(item->day)));
    }
    return json_pack("{s:s, s:o, s:o}", "schema", "nqsearch.suggest/1", "query", composed(query),
                     "suggestions", items);
}
