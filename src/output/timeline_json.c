/* nqsearch.timeline/1, and the same as CSV. */
#include "output/extract_json.h"
#include "output/timeline.h"

static const char *kind_name(enum nq_event_kind kind)
{
    return kind == NQ_EVENT_PAST ? "past" : "milestone";
}

static json_t *coverage(const struct nq_timeline_event *e)
{
    json_t *array = json_array();
    for (size_t i = 0; i < e->n_coverage; i++) {
        const struct nq_coverage *c = &e->coverage[i];
        array = nq_json_append(
            array, json_pack("{s:I, s:I, s:o, s:o}", "passage", (json_int_t)c->passage, "report",
                             (json_int_t)c->report, "report_date", nq_json_day(c->report_day),
                             "section", nq_json_str(c->section)));
    }
    return array;
}

static json_t *event_json(const struct nq_timeline_event *e)
{
    json_t *document = json_null();
    if (e->document)
        document = json_pack("{s:I, s:o}", "id", (json_int_t)e->document, "title",
                             nq_json_str(e->document_title));
    return json_pack(
        "{s:o, s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:f, s:o, s:b, s:o}", "date",
        nq_json_day(e->first), "date_end", e->last == e->first ? json_null() : nq_json_day(e->last),
        "precision", nq_precision_name(e->precision), "kind", kind_name(e->kind), "label",
        nq_json_str(e->label), "actor", nq_json_str(e->actor), "action", nq_json_str(e->action),
        "document", document, "importance", e->importance, "quote", nq_json_str(e->quote),
        "undated", e->undated, "coverage", coverage(e));
}

json_t *nq_timeline_json(const struct nq_timeline *t, struct nq_str query)
{
    json_t *events = json_array(), *months = json_array();
    for (size_t i = 0; i < t->n_events; i++)
        events = nq_json_append(events, event_json(&t->events[i]));
    for (size_t i = 0; i < t->n_months; i++)
        months = nq_json_append(months, json_pack("{s:o, s:I, s:I}", "month",
                                                  nq_json_month(t->months[i].first_day), "passages",
                                                  (json_int_t)t->months[i].passages, "events",
                                                  (json_int_t)t->months[i].events));
    return json_pack("{s:s, s:o, s:I, s:o, s:o}", "schema", "nqsearch.timeline/1", "query",
                     nq_json_str(query), "total", (json_int_t)t->total, "events", events, "months",
                     months);
}

void nq_print_timeline_csv(FILE *out, const struct nq_timeline *t)
{
    char first[11], last[11];
    fputs("date,date_end,precision,kind,actor,action,document,importance,reports,label,quote\r\n",
          out);
    for (size_t i = 0; i < t->n_events; i++) {
        const struct nq_timeline_event *e = &t->events[i];
        fprintf(out, "%s,%s,%s,%s,", nq_day_format(e->first, first),
                e->last == e->first ? "" : nq_day_format(e->last, last),
                nq_precision_name(e->precision), kind_name(e->kind));
        nq_csv_field(out, e->actor, ',');
        nq_csv_field(out, e->action, ',');
        nq_csv_field(out, e->document_title, ',');
        fprintf(out, "%.3f,%zu,", e->importance, e->n_coverage);
        nq_csv_field(out, e->label, ',');
        nq_csv_field(out, e->quote, '\n');
    }
}
