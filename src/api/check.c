/* Checking a draft: its sections and references against what the archive has from before it. */
#include "api/check.h"

#include <stdlib.h>

/* The public struct first, then what owns its memory. */
struct owned {
    struct nq_check check;
    struct nq_arena *arena;
};

static void set_bounds(struct nq_check_run *run, int32_t day)
{
    const struct nq_check_params *p = run->params;
    run->before = p->bounded && p->before != NQ_NO_DAY ? p->before : day;
    run->since = p->bounded ? p->since : NQ_NO_DAY;
    if (p->days && run->before != NQ_NO_DAY) {
        int64_t since = (int64_t)run->before - p->days;
        since = since < -1000000 ? -1000000 : since;
        run->since = run->since != NQ_NO_DAY && run->since > since ? run->since : (int32_t)since;
    }
}

/* A draft of one line is a title to its reader, or a sentence: then that is what to judge. */
static bool is_sentence(struct nq_str line)
{
    static const struct nq_str marks[] = {NQ_STR_INIT("。"), NQ_STR_INIT("，"), NQ_STR_INIT("；"),
                                          NQ_STR_INIT("！"), NQ_STR_INIT("？")};
    for (size_t i = 0; i < NQ_COUNT(marks); i++)
        if (nq_str_find(line, marks[i], 0) != SIZE_MAX)
            return true;
    return false;
}

static enum nq_status check(struct nq_check_run *run, const struct nq_report *draft,
                            struct nq_check *out)
{
    enum nq_status status = nq_engine_refresh(run->index->engine, run->err);
    if (status == NQ_OK)
        status = nq_store_units(run->index->db, &run->units, run->err);
    run->terms.segmenter = run->index->segmenter;
    run->terms.passages = (double)run->index->engine->n_passages;
    run->loaded = calloc(run->units.n + 1, sizeof *run->loaded);
    set_bounds(run, draft->day);
    struct nq_checked_section *sections =
        nq_arena_array(run->arena, draft->n_sections + 1, sizeof *sections);
    if (status == NQ_OK && (!run->loaded || !sections))
        status = nq_fail_nomem(run->err);
    int32_t day = draft->day != NQ_NO_DAY ? draft->day : run->before;
    if (status == NQ_OK)
        status = nq_check_own(run, draft);
    if (status == NQ_OK)
        status = nq_check_references(run, draft, out);
    for (size_t i = 0; i < draft->n_sections && status == NQ_OK; i++) {
        status = nq_check_section(run, day, &draft->sections[i], &sections[i]);
        if (sections[i].judged)
            out->counts[sections[i].verdict]++;
    }
    out->sections = sections;
    out->n_sections = draft->n_sections;
    out->title = nq_arena_str(run->arena, draft->title);
    out->day = draft->day;
    out->since = run->since;
    out->before = run->before;
    return status;
}

static void finish(struct nq_check_run *run)
{
    for (size_t i = 0; run->loaded && i < run->units.n; i++)
        if (run->loaded[i])
            nq_side_finish(&run->loaded[i]->side);
    free(run->loaded);
    if (run->finding)
        nq_event_finder_finish(&run->finder);
    nq_units_index_finish(&run->units);
    nq_check_terms_finish(&run->terms);
}

enum nq_status nq_check_draft(struct nq_index *index, const struct nq_report *draft,
                              const struct nq_check_params *params, struct nq_check **out,
                              struct nq_error *err)
{
    if (err)
        *err = (struct nq_error){.column = -1};
    struct owned *o = calloc(1, sizeof *o);
    if (!o || !(o->arena = nq_arena_create())) {
        free(o);
        return nq_fail_nomem(err);
    }
    struct nq_report report = *draft;
    struct nq_str text = draft->title;
    struct nq_section only = {.paragraphs = &text, .n_paragraphs = 1};
    if (draft->n_sections == 0 && is_sentence(text)) {
        report.title = (struct nq_str){0};
        report.sections = &only;
        report.n_sections = 1;
    }
    struct nq_check_run run = {.index = index, .params = params, .arena = o->arena, .err = err};
    /* One snapshot for all that is read. */
    enum nq_status status = nq_index_begin_whole(index, err);
    if (status == NQ_OK) {
        status = check(&run, &report, &o->check);
        nq_db_leave(index->db);
    }
    finish(&run);
    if (status == NQ_OK && nq_arena_failed(o->arena))
        status = nq_fail_nomem(err);
    if (status == NQ_OK)
        *out = &o->check;
    else
        nq_check_destroy(&o->check);
    return status;
}

void nq_check_destroy(struct nq_check *check_result)
{
    struct owned *o = (struct owned *)check_result;
    if (!o)
        return;
    nq_arena_destroy(o->arena);
    free(o);
}
