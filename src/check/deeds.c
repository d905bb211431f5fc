/* Dated events of a section. */
#include "check/deeds.h"

#include "text/synonyms.h"
#include "text/title.h"
#include "text/utf8.h"

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
                             .stage = nq_action_stage(&finder->words, folded, object, object),
                             .actor = nq_arena_str(arena, e->actor),
                             .action = nq_arena_str(arena, e->action)};
    size_t stop = nq_str_find(side->text, NQ_STR("。"), behind);
    deed->object = nq_str_sub(side->text, behind, stop < side->text.len ? stop : side->text.len);
    deed->quote = nq_str_sub(side->text, e->start, e->end);
    deed->title = e->document.ptr ? nq_arena_str(arena, e->document) : (struct nq_str){0};
    if (e->document.ptr)
        deed->document = nq_title_key_in(arena, e->document);
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

/* The next body of a row of them, 国家发展改革委、国家能源局等五部门; empty behind the last. */
static struct nq_str next_body(struct nq_str *rest)
{
    static const struct nq_str marks[] = {
        NQ_STR_INIT("、"),   NQ_STR_INIT("和"), NQ_STR_INIT("会同"), NQ_STR_INIT(" "),
        NQ_STR_INIT("联合"), NQ_STR_INIT("等"), NQ_STR_INIT("与")};
    struct nq_str body = {0};
    while (body.len == 0 && rest->len > 0) {
        size_t end = rest->len, behind = rest->len;
        for (size_t i = 0; i < NQ_COUNT(marks); i++) {
            size_t found = nq_str_find(*rest, marks[i], 0);
            if (found < end) {
                end = found;
                behind = found + marks[i].len;
            }
        }
        body = nq_str_sub(*rest, 0, end);
        *rest = nq_str_sub(*rest, behind, rest->len);
    }
    return body;
}

static bool same_body(struct nq_str a, struct nq_str b)
{
    struct nq_str others[NQ_SYNONYMS_MAX];
    if (nq_str_find(a, b, 0) != SIZE_MAX || nq_str_find(b, a, 0) != SIZE_MAX)
        return true;
    size_t n = nq_synonyms(a, others);
    for (size_t i = 0; i < n; i++)
        if (nq_str_find(others[i], b, 0) != SIZE_MAX || nq_str_find(b, others[i], 0) != SIZE_MAX)
            return true;
    return false;
}

static bool share_body(struct nq_str a, struct nq_str b)
{
    struct nq_str x, y, rest;
    while ((x = next_body(&a)).len > 0)
        for (rest = b; (y = next_body(&rest)).len > 0;)
            if (same_body(x, y))
                return true;
    return false;
}

/* Without spaces. */
static size_t first_characters(struct nq_str s, uint32_t *out, size_t most)
{
    size_t n = 0;
    for (size_t at = 0; at < s.len && n < most;) {
        at += nq_utf8_decode(nq_str_sub(s, at, s.len), &out[n], NULL);
        n += out[n] != ' ';
    }
    return n;
}

/* Whether most pairs of the first characters stand in both. */
static bool alike(struct nq_str a, struct nq_str b)
{
    enum { LEAST = 12, MOST = 40 };
    uint32_t x[MOST], y[MOST];
    size_t n = first_characters(a, x, MOST), m = first_characters(b, y, MOST), both = 0;
    for (size_t i = 0; i + 1 < n; i++)
        for (size_t k = 0; k + 1 < m; k++)
            if (x[i] == y[k] && x[i + 1] == y[k + 1]) {
                both++;
                break;
            }
    return n >= LEAST && m >= LEAST && 10 * both >= 7 * (n - 1);
}

/* Whether it is the name of a body: no piece of a title. */
static bool is_body(struct nq_str actor)
{
    return actor.len > 0 && nq_str_find(actor, NQ_STR("《"), 0) == SIZE_MAX &&
           nq_str_find(actor, NQ_STR("》"), 0) == SIZE_MAX;
}

bool nq_deeds_issuers_differ(const struct nq_deed *a, const struct nq_deed *b)
{
    enum { TITLE = 8 }; /* characters: a shorter one may be that of several documents */
    if (a->stage != STAGE_ISSUE || b->stage != STAGE_ISSUE || !is_body(a->actor) ||
        !is_body(b->actor) || a->day != b->day || share_body(a->actor, b->actor))
        return false;
    if (a->document.len && b->document.len)
        return nq_str_eq(a->document, b->document) && nq_utf8_count(a->document) >= TITLE;
    return alike(a->object, b->object);
}
