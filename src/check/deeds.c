/* Dated events of a section. */
#include "check/deeds.h"

#include "check/title.h"

enum { MOST_DEEDS = 64 };

/* One event as a deed; false without memory. */
static bool add(struct nq_side *side, struct nq_event_finder *finder, struct nq_folded *folded,
                struct nq_arena *arena, const struct nq_event *e)
{
    bool day = e->kind == NQ_EVENT_PAST && !e->undated && e->first == e->last;
    if (!day || !e->action.ptr || side->n_deeds == MOST_DEEDS)
        return true;
    if (!nq_fold_text(e->action, folded))
        return false;
    size_t behind = (size_t)(e->action.ptr - side->text.ptr) + e->action.len;
    struct nq_str object = nq_str_sub(side->text, behind, behind > e->end ? behind : e->end);
    struct nq_deed *deed = &side->deeds[side->n_deeds++];
    /* What else the finder found is its own until the next text. */
    *deed = (struct nq_deed){.day = e->first,
                             .stage = nq_action_stage(&finder->words, folded, object),
                             .actor = nq_arena_str(arena, e->actor),
                             .action = nq_arena_str(arena, e->action)};
    if (e->document.ptr)
        deed->document = nq_title_normal(arena, e->document);
    return (!e->document.ptr || deed->document.ptr) && !nq_arena_failed(arena);
}

bool nq_deeds_find(struct nq_side *side, struct nq_event_finder *finder, struct nq_arena *arena)
{
    struct nq_folded folded = {0};
    if (side->deeds)
        return true;
    side->deeds = nq_arena_array(arena, MOST_DEEDS, sizeof *side->deeds);
    bool ok = side->deeds && nq_events_find(finder, side->text, side->day, 0);
    for (size_t i = 0; ok && i < finder->n; i++)
        ok = add(side, finder, &folded, arena, &finder->events[i]);
    nq_folded_finish(&folded);
    return ok;
}

/* 衡阳市人民政府, 衡阳市数据局: who writes of one may mean the other. */
static bool near(struct nq_str a, struct nq_str b)
{
    enum { PLACE = 6 }; /* bytes: two characters */
    if (a.len == 0 || b.len == 0)
        return a.len == b.len;
    return a.len >= PLACE && b.len >= PLACE && memcmp(a.ptr, b.ptr, PLACE) == 0;
}

enum nq_deed_match nq_deeds_match(const struct nq_side *a, const struct nq_side *b)
{
    enum nq_deed_match best = NQ_DEED_NONE;
    for (size_t i = 0; i < a->n_deeds; i++)
        for (size_t k = 0; k < b->n_deeds; k++) {
            const struct nq_deed *x = &a->deeds[i], *y = &b->deeds[k];
            if (x->day != y->day || x->stage != y->stage)
                continue;
            if (nq_titles_same(x->document, y->document))
                return NQ_DEED_DOCUMENT;
            if (near(x->actor, y->actor))
                best = NQ_DEED_DAY;
        }
    return best;
}
