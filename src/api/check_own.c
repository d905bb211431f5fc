/* Whether the index holds the draft itself. */
#include "api/check.h"

/* Whether the report with the unit `first` holds all sections of the draft: it is the draft. */
static enum nq_status holds_draft(struct nq_check_run *run, const struct nq_report *draft,
                                  size_t first, bool *yes)
{
    struct nq_check_unit *unit;
    enum nq_status status = nq_check_load(run, first, &unit);
    *yes = status == NQ_OK && nq_str_eq(unit->hit.report.title, draft->title) &&
           (draft->day == NQ_NO_DAY || draft->day == unit->hit.report.day);
    for (size_t u = first, i = 0; i < draft->n_sections && *yes && status == NQ_OK; i++) {
        const struct nq_section *section = &draft->sections[i];
        if (section->n_paragraphs == 0)
            continue;
        struct nq_buf text = {0};
        for (size_t k = 0; k < section->n_paragraphs; k++) {
            nq_buf_add(&text, section->paragraphs[k]);
            nq_buf_add_byte(&text, '\n');
        }
        bool found = false;
        int64_t report = unit->hit.report.id;
        for (; u < run->units.n && !found && status == NQ_OK; u++) {
            struct nq_check_unit *other;
            status = nq_check_load(run, u, &other);
            if (status == NQ_OK && other->hit.report.id != report)
                break;
            found = status == NQ_OK && nq_str_eq(other->side.text, nq_buf_str(&text));
        }
        *yes = found;
        nq_buf_finish(&text);
    }
    return status;
}

/* Finds the draft in the index: a report with its title and all its sections in order. */
enum nq_status nq_check_own(struct nq_check_run *run, const struct nq_report *draft)
{
    struct nq_candidate candidates[2 * NQ_CHECK_OWN + 1];
    struct nq_side side;
    size_t n = 0, first = 0;
    while (first < draft->n_sections && draft->sections[first].n_paragraphs == 0)
        first++;
    if (first == draft->n_sections || draft->title.len == 0)
        return NQ_OK;
    const struct nq_section *section = &draft->sections[first];
    enum nq_status status = NQ_OK;
    if (!nq_side_init(&side, &run->terms, run->arena, section->heading, section->paragraphs[0],
                      draft->day))
        status = nq_fail_nomem(run->err);
    else
        status = nq_check_candidates(run, &side, candidates, NQ_CHECK_OWN, 0, &n);
    nq_side_finish(&side);
    for (size_t i = 0; i < n && status == NQ_OK; i++) {
        bool yes;
        status = holds_draft(run, draft, candidates[i].unit, &yes);
        if (yes && status == NQ_OK)
            run->own[run->n_own++] = run->loaded[candidates[i].unit]->hit.report.id;
    }
    return status;
}
