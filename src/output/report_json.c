/* A report as JSON: see report_json.h.
 *
 * {"schema":"nqsearch.report/1","title","publisher","date","abstract",
 *  "sections":[{"number","heading","paragraphs":[…],"pages":[…]}],
 *  "references":[{"source","title","date","date_end","purpose","raw","page"}]}
 *
 * "pages" and "page" only where they are known, in PDF files. */
#include "output/report_json.h"

#include "output/output.h"

#include <time.h>

static json_t *section(const struct nq_section *s)
{
    json_t *paragraphs = json_array(), *pages = json_array();
    for (size_t i = 0; i < s->n_paragraphs; i++) {
        paragraphs = nq_json_append(paragraphs, nq_json_str(s->paragraphs[i]));
        if (s->pages)
            pages = nq_json_append(pages, json_integer(s->pages[i]));
    }
    json_t *object = json_pack("{s:o, s:o, s:o}", "number", nq_json_str(s->number), "heading",
                               nq_json_str(s->heading), "paragraphs", paragraphs);
    if (s->pages)
        return nq_json_set(object, "pages", pages);
    json_decref(pages);
    return object;
}

/* The last day of a reference's date where the print does not say it: null for 2026-06. */
static json_t *date_end(const struct nq_reference *r)
{
    int32_t first, last;
    bool range = r->date.ptr && nq_day_parse(r->date, &first, &last) && r->day_end > last;
    return range ? nq_json_day(r->day_end) : json_null();
}

static json_t *reference(const struct nq_reference *r)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o*}", "source", nq_json_str(r->source),
                     "title", nq_json_str(r->title), "date", nq_json_str(r->date), "date_end",
                     date_end(r), "purpose", nq_json_str(r->purpose), "raw", nq_json_str(r->raw),
                     "page", r->page ? json_integer(r->page) : NULL);
}

json_t *nq_report_json(const struct nq_report *report)
{
    json_t *sections = json_array(), *references = json_array();
    for (size_t i = 0; i < report->n_sections; i++)
        sections = nq_json_append(sections, section(&report->sections[i]));
    for (size_t i = 0; i < report->n_references; i++)
        references = nq_json_append(references, reference(&report->references[i]));
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "schema", "nqsearch.report/1", "title",
                     nq_json_str(report->title), "publisher", nq_json_str(report->publisher),
                     "date", nq_json_day(report->day), "abstract", nq_json_str(report->abstract),
                     "sections", sections, "references", references);
}

static json_t *instant(int64_t ns)
{
    char iso[40] = "";
    time_t seconds = (time_t)(ns / 1000000000);
    struct tm utc;
    if (gmtime_r(&seconds, &utc))
        strftime(iso, sizeof iso, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return json_string(iso);
}

static json_t *revision(const struct nq_revision *r)
{
    return json_pack("{s:I, s:o, s:o, s:o, s:o, s:o}", "id", (json_int_t)r->id, "key",
                     nq_json_str(r->key), "date", nq_json_day(r->day), "title",
                     nq_json_str(r->title), "modified", instant(r->modified_ns), "text",
                     nq_json_str(r->text));
}

static json_t *citation(const struct nq_citation *c)
{
    return json_pack("{s:I, s:o, s:o}", "report", (json_int_t)c->report.id, "report_date",
                     nq_json_day(c->report.day), "raw", nq_json_str(c->raw));
}

json_t *nq_stored_json(const struct nq_stored *stored)
{
    const struct nq_report *r = &stored->report;
    json_t *paths = json_array(), *revisions = json_array(), *citations = json_array();
    for (size_t i = 0; i < stored->n_paths; i++)
        paths = nq_json_append(paths, nq_json_str(stored->paths[i]));
    for (size_t i = 0; i < stored->n_revisions; i++)
        revisions = nq_json_append(revisions, revision(&stored->revisions[i]));
    for (size_t i = 0; i < stored->n_citations; i++)
        citations = nq_json_append(citations, citation(&stored->citations[i]));
    json_t *own = json_pack(
        "{s:I, s:o, s:s, s:o, s:o, s:o, s:o}", "id", (json_int_t)stored->id, "key",
        nq_json_str(r->key), "kind", r->kind == NQ_KIND_REFERENCE ? "reference" : "report", "url",
        nq_json_str(r->url), "paths", paths, "revisions", revisions, "cited_by", citations);
    return nq_json_merge(nq_report_json(r), own);
}
