/* Marking hits. */
#include "api/mark.h"

#include "query/expand.h"
#include "query/parse.h"
#include "text/utf8.h"

#include "query/snippet.h"

static bool mark_text(struct nq_marking *m, struct nq_arena *arena, struct nq_view view,
                      const struct nq_fragment **out, size_t *n)
{
    view.reading = &m->reading;
    view.scan = &m->scan;
    view.pattern = m->pattern;
    view.needles = &m->needles;
    return nq_reading_build(&m->reading, view.text) &&
           nq_scan_text(&m->scan, m->pattern, &m->reading.atoms) &&
           nq_snippet(arena, &view, out, n);
}

static bool mark_hit(struct nq_marking *m, struct nq_arena *arena, struct nq_hit *hit, bool whole)
{
    struct nq_view heading = {.heading = true, .strict = hit->tier == NQ_TIER_EXACT};
    struct nq_view text = {.text = hit->text, .heading = whole, .strict = heading.strict};
    heading.text = hit->section_heading.len > 0 ? hit->section_heading : hit->report.title;
    return mark_text(m, arena, heading, &hit->heading, &hit->n_heading) &&
           mark_text(m, arena, text, &hit->snippet, &hit->n_snippet);
}

bool nq_mark_hit(struct nq_marking *m, struct nq_arena *arena, struct nq_hit *hit)
{
    return mark_hit(m, arena, hit, false);
}

bool nq_mark_whole(struct nq_marking *m, struct nq_arena *arena, struct nq_hit *hit)
{
    return mark_hit(m, arena, hit, true);
}

void nq_marking_finish(struct nq_marking *m)
{
    nq_needles_finish(&m->needles);
    nq_reading_finish(&m->reading);
    nq_scan_finish(&m->scan);
}

void nq_mark_add_term(struct nq_buf *query, struct nq_str words, bool title)
{
    nq_buf_add(query, query->len > 0 ? NQ_STR(" OR ") : NQ_STR(""));
    if (!title) {
        nq_buf_addf(query, "\"%.*s\"", NQ_STR_ARG(words));
        return;
    }
    for (size_t at = 0; at < words.len;) {
        uint32_t cp;
        at += nq_utf8_decode(nq_str_sub(words, at, words.len), &cp, NULL);
        enum nq_class class = nq_class_of(cp);
        if (class >= NQ_CLASS_HAN && class <= NQ_CLASS_DIGIT)
            nq_buf_add_cp(query, cp);
    }
}

bool nq_mark_terms(struct nq_index *index, struct nq_arena *arena, struct nq_str text,
                   struct nq_hit *hit)
{
    enum { MOST_TERMS = 16 };
    struct nq_query *query;
    struct nq_pattern pattern = {0};
    struct nq_marking marking = {.pattern = &pattern};
    struct nq_arena *own = nq_arena_create(); /* for what is gone when the hit is marked */
    bool ok =
        own && nq_query_parse(own, text, &query, NULL) == NQ_OK && nq_pattern_init(&pattern, own) &&
        nq_expand(query, index->segmenter, &pattern) &&
        nq_needles_init(&marking.needles, own, query, index->engine->stemmer, false, MOST_TERMS) &&
        nq_mark_hit(&marking, arena, hit);
    nq_marking_finish(&marking);
    nq_pattern_finish(&pattern);
    nq_arena_destroy(own);
    return ok;
}
