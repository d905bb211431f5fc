/* Topics as nqsearch.topics/1. */
#include <string.h>

#include "output/output.h"

static const struct {
    const char *name, *chinese;
    enum nq_topic_kind kind;
} kinds[] = {
    {"term", "术语", NQ_TOPIC_TERM},         {"organisation", "机构", NQ_TOPIC_ORGANISATION},
    {"document", "文件", NQ_TOPIC_DOCUMENT}, {"work", "作品", NQ_TOPIC_WORK},
    {"word", "词语", NQ_TOPIC_WORD},         {"all", "全部", NQ_TOPIC_ALL}};

enum { N_KINDS = sizeof kinds / sizeof *kinds };

static const char *kind_name(enum nq_topic_kind kind)
{
    size_t i = 0;
    while (kinds[i].kind != kind)
        i++;
    return kinds[i].name;
}

static bool is_word(const char *word, const char *text, size_t len)
{
    return strlen(word) == len && memcmp(word, text, len) == 0;
}

bool nq_topic_kinds_read(struct nq_str list, unsigned *out)
{
    *out = 0;
    for (const char *at = list.ptr, *end = list.ptr + list.len, *stop; at;
         at = stop ? stop + 1 : NULL) {
        stop = memchr(at, ',', (size_t)(end - at));
        size_t len = (size_t)((stop ? stop : end) - at), i = 0;
        while (i < N_KINDS && !is_word(kinds[i].name, at, len) &&
               !is_word(kinds[i].chinese, at, len))
            i++;
        if (i == N_KINDS)
            return false;
        *out |= kinds[i].kind;
    }
    return true;
}

static json_t *topic_json(const struct nq_topic *t)
{
    static const char *const trends[] = {"steady", "new", "rising", "silent"};
    return json_pack("{s:o, s:s, s:f, s:I, s:I, s:o, s:o, s:s, s:f, s:I, s:o}", "name",
                     nq_json_str(t->name), "kind", kind_name(t->kind), "weight", t->weight,
                     "passages", (json_int_t)t->passages, "reports", (json_int_t)t->reports,
                     "first_date", nq_json_day(t->first_day), "last_date", nq_json_day(t->last_day),
                     "trend", trends[t->trend], "change", t->change, "recent",
                     (json_int_t)t->recent, "months", nq_month_counts_json(t->months, t->n_months));
}

static json_t *array_of(const struct nq_topic *items, size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++)
        array = nq_json_append(array, topic_json(&items[i]));
    return array;
}

json_t *nq_topics_json(const struct nq_topics *t, size_t offset, size_t limit)
{
    return json_pack("{s:s, s:I, s:I, s:I, s:o, s:o, s:o, s:I, s:o, s:o, s:o}", "schema",
                     "nqsearch.topics/1", "total", (json_int_t)t->total, "offset",
                     (json_int_t)offset, "limit", (json_int_t)limit, "from", nq_json_day(t->from),
                     "to", nq_json_day(t->to), "recent_from", nq_json_day(t->recent_from), "stale",
                     (json_int_t)t->stale, "topics", array_of(t->items, t->n_items), "rising",
                     array_of(t->rising, t->n_rising), "silent", array_of(t->silent, t->n_silent));
}

/* ---- one topic
 * --------------------------------------------------------------------------------- */

static json_t *proof_json(const struct nq_quote *q)
{
    if (!q->passage)
        return json_null();
    return json_pack("{s:I, s:o, s:o}", "passage", (json_int_t)q->passage, "date",
                     nq_json_day(q->day), "text", nq_json_str(q->text));
}

static json_t *aliases_json(const struct nq_topic_page *p)
{
    json_t *array = json_array();
    for (size_t i = 0; i < p->n_aliases; i++)
        array =
            nq_json_append(array, json_pack("{s:o, s:o}", "name", nq_json_str(p->aliases[i].name),
                                            "proof", proof_json(&p->aliases[i].proof)));
    return array;
}

static json_t *neighbours_json(const struct nq_topic_neighbour *items, size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++) {
        const struct nq_topic *t = &items[i].topic;
        json_t *item =
            json_pack("{s:o, s:s, s:I, s:f, s:I, s:o, s:o}", "name", nq_json_str(t->name), "kind",
                      kind_name(t->kind), "together", (json_int_t)items[i].together, "npmi",
                      items[i].npmi, "passages", (json_int_t)t->passages, "first_date",
                      nq_json_day(t->first_day), "last_date", nq_json_day(t->last_day));
        array = nq_json_append(array, item);
    }
    return array;
}

static json_t *best_json(const struct nq_topic_month *m)
{
    json_t *array = json_array();
    for (size_t i = 0; i < m->n_best; i++) {
        const struct nq_topic_passage *p = &m->best[i];
        array = nq_json_append(array, json_pack("{s:I, s:f, s:o, s:o, s:o, s:o}", "passage",
                                                (json_int_t)p->passage, "weight", p->weight, "date",
                                                nq_json_day(p->day), "report",
                                                nq_report_ref_json(&p->report), "section",
                                                nq_json_str(p->section_heading), "snippet",
                                                nq_fragments_json(p->snippet, p->n_snippet)));
    }
    return array;
}

static json_t *months_json(const struct nq_topic_page *p)
{
    json_t *array = json_array();
    for (size_t i = 0; i < p->n_months; i++) {
        array = nq_json_append(array, json_pack("{s:o, s:I, s:o}", "month",
                                                nq_json_month(p->months[i].first_day), "passages",
                                                (json_int_t)p->months[i].passages, "best",
                                                best_json(&p->months[i])));
    }
    return array;
}

json_t *nq_topic_json(const struct nq_topic_page *p, struct nq_str asked)
{
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "schema",
                     "nqsearch.topics/1", "asked", nq_json_str(asked), "topic",
                     p->topic.passages ? topic_json(&p->topic) : json_null(), "aliases",
                     aliases_json(p), "documents", neighbours_json(p->documents, p->n_documents),
                     "organisations", neighbours_json(p->organisations, p->n_organisations),
                     "neighbours", neighbours_json(p->neighbours, p->n_neighbours), "months",
                     months_json(p), "query", nq_json_str(p->query), "did_you_mean",
                     nq_json_str(p->did_you_mean));
}
