/* A report as JSON: see report_json.h.
 *
 * {"schema":"nqsearch.report/1","title","publisher","date","abstract",
 *  "sections":[{"number","heading","paragraphs":[…],"pages":[…]}],
 *  "references":[{"source","title","date","date_end","purpose","raw","page"}]}
 *
 * "pages" and "page" only where they are known, in PDF files.
 *
 * jansson's "_new" calls accept NULL for what could not be made and fail in turn, so that one check
 * at the end is enough. */
#include "output/report_json.h"

#include "output/output.h"

#include <time.h>

static json_t *text(struct nq_str s)
{
    return s.ptr ? json_stringn(s.ptr, s.len) : json_null();
}

static json_t *section(const struct nq_section *s)
{
    json_t *paragraphs = json_array(), *pages = s->pages ? json_array() : NULL;
    bool failed = false;
    for (size_t i = 0; i < s->n_paragraphs; i++) {
        failed |= json_array_append_new(paragraphs, text(s->paragraphs[i])) != 0;
        failed |= s->pages && json_array_append_new(pages, json_integer(s->pages[i])) != 0;
    }
    if (failed) {
        json_decref(paragraphs);
        json_decref(pages);
        return NULL;
    }
    return json_pack("{s:o, s:o, s:o, s:o*}", "number", text(s->number), "heading",
                     text(s->heading), "paragraphs", paragraphs, "pages", pages);
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
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o*}", "source", text(r->source), "title",
                     text(r->title), "date", text(r->date), "date_end", date_end(r), "purpose",
                     text(r->purpose), "raw", text(r->raw), "page",
                     r->page ? json_integer(r->page) : NULL);
}

json_t *nq_report_json(const struct nq_report *report)
{
    json_t *sections = json_array(), *references = json_array();
    bool failed = false;
    for (size_t i = 0; i < report->n_sections; i++)
        failed |= json_array_append_new(sections, section(&report->sections[i])) != 0;
    for (size_t i = 0; i < report->n_references; i++)
        failed |= json_array_append_new(references, reference(&report->references[i])) != 0;
    json_t *object = json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "schema", "nqsearch.report/1",
                               "title", text(report->title), "publisher", text(report->publisher),
                               "date", nq_json_day(report->day), "abstract", text(report->abstract),
                               "sections", sections, "references", references);
    if (failed) {
        json_decref(object);
        return NULL;
    }
    return object;
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
    return json_pack("{s:I, s:o, s:o, s:o, s:o, s:o}", "id", (json_int_t)r->id, "key", text(r->key),
                     "date", nq_json_day(r->day), "title", text(r->title), "modified",
                     instant(r->modified_ns), "text", text(r->text));
}

static json_t *citation(const struct nq_citation *c)
{
    return json_pack("{s:I, s:o, s:o}", "report", (json_int_t)c->report.id, "report_date",
                     nq_json_day(c->report.day), "raw", text(c->raw));
}

json_t *nq_stored_json(const struct nq_stored *stored)
{
    const struct nq_report *r = &stored->report;
    json_t *object = nq_report_json(r), *paths = json_array(), *revisions = json_array(),
           *citations = json_array();
    bool failed = false;
    for (size_t i = 0; i < stored->n_paths; i++)
        failed |= json_array_append_new(paths, nq_json_str(stored->paths[i])) != 0;
    for (size_t i = 0; i < stored->n_revisions; i++)
        failed |= json_array_append_new(revisions, revision(&stored->revisions[i])) != 0;
    for (size_t i = 0; i < stored->n_citations; i++)
        failed |= json_array_append_new(citations, citation(&stored->citations[i])) != 0;
    json_t *own = json_pack(
        "{s:I, s:o, s:s, s:o, s:o, s:o, s:o}", "id", (json_int_t)stored->id, "key", text(r->key),
        "kind", r->kind == NQ_KIND_REFERENCE ? "reference" : "report", "url", text(r->url), "paths",
        paths, "revisions", revisions, "cited_by", citations);
    failed |= !object || !own || json_object_update(object, own) != 0;
    json_decref(own);
    if (failed) {
        json_decref(object);
        return NULL;
    }
    return object;
}
