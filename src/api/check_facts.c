/* What of a section is new against its matches, and where figures differ. */
#include "api/check.h"
#include "check/quantity.h"
#include "text/title.h"

enum { MOST_FACTS = 40 };

bool nq_check_add_str(struct nq_arena *arena, const struct nq_str **items, size_t *n,
                      struct nq_str s)
{
    struct nq_str *grown = nq_arena_grow(arena, (struct nq_str *)*items, *n, sizeof *grown);
    if (!grown)
        return false;
    grown[*n] = nq_arena_str(arena, s);
    *items = grown;
    return grown[(*n)++].ptr != NULL;
}

/* Whether the earlier section has the figure itself: then another one is of something else, as
 * imports are beside exports. */
static bool is_told(const struct nq_figure *figure, const struct nq_side *prior)
{
    for (size_t k = 0; k < prior->n_figures; k++)
        if (nq_figures_equal(figure, &prior->figures[k]))
            return true;
    return false;
}

bool nq_check_disagreements(struct nq_check_run *run, struct nq_side *draft,
                            struct nq_check_unit *unit, struct nq_prior *out)
{
    struct nq_disagreement *items = NULL;
    run->finding = run->finding || nq_event_finder_init(&run->finder);
    if (!run->finding || !nq_quantities_find(draft, &run->terms, &run->finder, run->arena) ||
        !nq_quantities_find(&unit->side, &run->terms, &run->finder, run->arena))
        return false;
    for (size_t i = 0; i < draft->n_figures; i++) {
        const struct nq_figure *x = &draft->figures[i];
        bool told = is_told(x, &unit->side);
        for (size_t k = 0; k < unit->side.n_figures && !told; k++) {
            const struct nq_figure *y = &unit->side.figures[k];
            if (out->n_disagreements == MOST_FACTS ||
                !nq_quantities_conflict(&run->terms, &draft->quantities[i],
                                        &unit->side.quantities[k], false))
                continue;
            items = nq_arena_grow(run->arena, items, out->n_disagreements, sizeof *items);
            if (!items)
                return false;
            items[out->n_disagreements++] = (struct nq_disagreement){
                .draft = nq_arena_str(run->arena, x->clause),
                .prior = nq_arena_str(run->arena, y->clause),
                .draft_figure = nq_arena_str(run->arena, x->text),
                .prior_figure = nq_arena_str(run->arena, y->text),
            };
            break;
        }
    }
    out->disagreements = items;
    return true;
}

static bool told_figure(const struct nq_figure *figure, struct nq_check_unit *const *units,
                        size_t n)
{
    for (size_t u = 0; u < n; u++)
        if (is_told(figure, &units[u]->side))
            return true;
    return false;
}

static bool told_document(struct nq_str key, struct nq_check_unit *const *units, size_t n)
{
    for (size_t u = 0; u < n; u++)
        for (size_t k = 0; k < units[u]->side.n_documents; k++)
            if (nq_titles_same(key, units[u]->side.documents[k].key))
                return true;
    return false;
}

static bool told_day(int32_t day, struct nq_check_unit *const *units, size_t n)
{
    for (size_t u = 0; u < n; u++)
        for (size_t k = 0; k < units[u]->side.n_days; k++)
            if (units[u]->side.days[k] == day)
                return true;
    return false;
}

bool nq_check_new_facts(struct nq_check_run *run, const struct nq_side *draft,
                        struct nq_check_unit *const *units, size_t n,
                        struct nq_checked_section *out)
{
    struct nq_arena *arena = run->arena;
    int32_t *days = nq_arena_array(arena, draft->n_days + 1, sizeof *days);
    bool ok = days != NULL;
    for (size_t i = 0; ok && i < draft->n_figures && out->n_new_figures < MOST_FACTS; i++)
        if (!told_figure(&draft->figures[i], units, n))
            ok = nq_check_add_str(arena, &out->new_figures, &out->n_new_figures,
                                  draft->figures[i].text);
    for (size_t i = 0; ok && i < draft->n_documents && out->n_new_documents < MOST_FACTS; i++)
        if (!told_document(draft->documents[i].key, units, n))
            ok = nq_check_add_str(arena, &out->new_documents, &out->n_new_documents,
                                  draft->documents[i].title);
    for (size_t i = 0; ok && i < draft->n_days; i++)
        if (!told_day(draft->days[i], units, n))
            days[out->n_new_days++] = draft->days[i];
    out->new_days = days;
    return ok;
}
