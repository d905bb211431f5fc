/* Marking hits. */
#include "api/mark.h"

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
