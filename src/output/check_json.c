/* nqsearch.check/1. */
#include "output/check.h"

static json_t *strings(const struct nq_str *items, size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++)
        array = nq_json_append(array, nq_json_str(items[i]));
    return array;
}

static json_t *days(const int32_t *items, size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++)
        array = nq_json_append(array, nq_json_day(items[i]));
    return array;
}

static json_t *section(struct nq_str number, struct nq_str heading)
{
    return json_pack("{s:o, s:o}", "number", nq_json_str(number), "heading", nq_json_str(heading));
}

static json_t *parts(const struct nq_fragment *items, size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++)
        array = nq_json_append(array, json_pack("{s:o, s:b}", "text", nq_json_str(items[i].text),
                                                "same", items[i].match));
    return array;
}

static json_t *reused(const struct nq_prior *m)
{
    json_t *array = json_array();
    for (size_t i = 0; i < m->n_reused; i++) {
        const struct nq_reuse *r = &m->reused[i];
        array = nq_json_append(
            array, json_pack("{s:o, s:o, s:b, s:o, s:o}", "draft", nq_json_str(r->draft), "prior",
                             nq_json_str(r->prior), "exact", r->exact, "draft_parts",
                             parts(r->draft_parts, r->n_draft_parts), "prior_parts",
                             parts(r->prior_parts, r->n_prior_parts)));
    }
    return array;
}

static json_t *disagreements(const struct nq_prior *m)
{
    json_t *array = json_array();
    for (size_t i = 0; i < m->n_disagreements; i++) {
        const struct nq_disagreement *d = &m->disagreements[i];
        array = nq_json_append(
            array, json_pack("{s:o, s:o, s:o, s:o}", "draft", nq_json_str(d->draft), "prior",
                             nq_json_str(d->prior), "draft_figure", nq_json_str(d->draft_figure),
                             "prior_figure", nq_json_str(d->prior_figure)));
    }
    return array;
}

static json_t *evidence(const struct nq_similarity *e, int32_t days_apart)
{
    const struct {
        const char *name;
        bool told;
    } facts[] = {{"documents_differ", e->documents_differ},
                 {"places_differ", e->places_differ},
                 {"other_figures", e->other_figures},
                 {"dated", e->dated},
                 {"since", e->since},
                 {"series", e->series},
                 {"reacts", e->reacts},
                 {"expected", e->expected}};
    json_t *out =
        json_pack("{s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:i, s:i, s:i, s:i}", "terms",
                  e->terms, "covered", e->covered, "headings", e->headings, "leads", e->leads,
                  "named", e->named, "reused", e->reused, "anchors", e->anchors, "phrase",
                  e->phrase, "figures", e->figures, "document", e->document, "numbered",
                  e->numbered, "event", e->event, "days", (int)days_apart);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        out = nq_json_set(out, facts[i].name, json_boolean(facts[i].told));
    return out;
}

static json_t *match(const struct nq_prior *m)
{
    static const char *const relations[] = {"unrelated", "same_topic", "follow_up", "same_event"};
    json_t *shared =
        json_pack("{s:o, s:o, s:o, s:o, s:o}", "documents", strings(m->documents, m->n_documents),
                  "organisations", strings(m->organisations, m->n_organisations), "references",
                  strings(m->references, m->n_references), "topics",
                  strings(m->topics, m->n_topics), "events", days(m->events, m->n_events));
    const struct nq_similarity *e = &m->evidence;
    json_t *measures = evidence(e, m->days);
    return json_pack("{s:I, s:o, s:o, s:s, s:f, s:o, s:o, s:o, s:o}", "passage",
                     (json_int_t)m->passage, "report", nq_report_ref_json(&m->report), "section",
                     section(m->section_number, m->section_heading), "relation",
                     relations[m->relation], "score", m->score, "shared", shared, "reused",
                     reused(m), "disagreements", disagreements(m), "evidence", measures);
}

static json_t *checked_section(const struct nq_checked_section *s)
{
    json_t *matches = json_array();
    for (size_t i = 0; i < s->n_matches; i++)
        matches = nq_json_append(matches, match(&s->matches[i]));
    json_t *fresh =
        json_pack("{s:o, s:o, s:o}", "figures", strings(s->new_figures, s->n_new_figures), "dates",
                  days(s->new_days, s->n_new_days), "documents",
                  strings(s->new_documents, s->n_new_documents));
    return json_pack("{s:o, s:o, s:s, s:b, s:f, s:o, s:o}", "number", nq_json_str(s->number),
                     "heading", nq_json_str(s->heading), "verdict", nq_verdict_name(s->verdict),
                     "judged", s->judged, "score", s->score, "new", fresh, "matches", matches);
}

static json_t *reference(const struct nq_checked_reference *r)
{
    json_t *cited = json_array();
    for (size_t i = 0; i < r->n_cited_before; i++) {
        const struct nq_citation *c = &r->cited_before[i];
        cited = nq_json_append(cited,
                               json_pack("{s:I, s:o, s:o, s:o}", "report", (json_int_t)c->report.id,
                                         "report_date", nq_json_day(c->report.day), "report_title",
                                         nq_json_str(c->report.title), "raw", nq_json_str(c->raw)));
    }
    return json_pack("{s:o, s:o, s:o}", "raw", nq_json_str(r->raw), "title", nq_json_str(r->title),
                     "cited_before", cited);
}

const char *nq_verdict_name(enum nq_verdict verdict)
{
    static const char *const names[] = {"new", "update", "repeat"};
    return names[verdict];
}

json_t *nq_check_json(const struct nq_check *c, struct nq_str path)
{
    json_t *sections = json_array(), *references = json_array();
    for (size_t i = 0; i < c->n_sections; i++)
        sections = nq_json_append(sections, checked_section(&c->sections[i]));
    for (size_t i = 0; i < c->n_references; i++)
        references = nq_json_append(references, reference(&c->references[i]));
    json_t *draft = json_pack("{s:o, s:o, s:o}", "path", nq_json_str(path), "title",
                              nq_json_str(c->title), "date", nq_json_day(c->day));
    json_t *summary = json_pack("{s:I, s:I, s:I}", "new", (json_int_t)c->counts[NQ_VERDICT_NEW],
                                "update", (json_int_t)c->counts[NQ_VERDICT_UPDATE], "repeat",
                                (json_int_t)c->counts[NQ_VERDICT_REPEAT]);
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "schema", "nqsearch.check/1", "draft",
                     draft, "since", nq_json_day(c->since), "before", nq_json_day(c->before),
                     "sections", sections, "references", references, "summary", summary);
}
