/* Earlier sections with their text, and which of them frame a report. */
#include "api/check.h"
#include "ingest/names.h"
#include "store/passages.h"

bool nq_check_is_frame(struct nq_str heading)
{
    static const struct nq_str marks[] = {NQ_STR_INIT("："), NQ_STR_INIT(":"), NQ_STR_INIT("——"),
                                          NQ_STR_INIT("—")};
    static const struct nq_str names[] = {NQ_STR_INIT("今日判断"), NQ_STR_INIT("今日研判"),
                                          NQ_STR_INIT("本期判断"), NQ_STR_INIT("本期导读"),
                                          NQ_STR_INIT("今日导读")};
    if (heading.len == 0)
        return false;
    /* 趋势判断：从政策口号走向场景 is named by what stands before the mark. */
    size_t end = heading.len;
    for (size_t i = 0; i < NQ_COUNT(marks); i++) {
        size_t at = nq_str_find(heading, marks[i], 0);
        end = at != SIZE_MAX && at > 0 && at < end ? at : end;
    }
    struct nq_str name = nq_str_trim(nq_str_sub(heading, 0, end));
    for (size_t i = 0; i < NQ_COUNT(names); i++)
        if (nq_str_ends(name, names[i]))
            return true;
    return nq_role_of(name) != NQ_ROLE_NONE;
}

enum nq_status nq_check_load(struct nq_check_run *run, size_t unit, struct nq_check_unit **out)
{
    struct nq_buf text = {0};
    enum nq_status status = NQ_OK;
    if (run->loaded[unit]) {
        *out = run->loaded[unit];
        return NQ_OK;
    }
    struct nq_check_unit *u = nq_arena_alloc(run->arena, sizeof *u);
    if (!u)
        return nq_fail_nomem(run->err);
    u->id = u->hit.passage = run->units.ids[unit];
    int64_t end = unit + 1 < run->units.n ? run->units.ids[unit + 1] : INT64_MAX;
    run->loaded[unit] = u;
    status = nq_store_load_hit(run->index->db, run->arena, &u->hit, run->err);
    if (status == NQ_OK)
        status = nq_store_unit_text(run->index->db, u->id, end, &text, run->err);
    if (status == NQ_OK) {
        struct nq_str copy = nq_arena_str(run->arena, text.len ? nq_buf_str(&text) : NQ_STR(""));
        struct nq_str heading =
            u->hit.section_heading.ptr ? u->hit.section_heading : u->hit.report.title;
        u->frame = nq_check_is_frame(u->hit.section_heading);
        if (!copy.ptr ||
            !nq_side_init(&u->side, &run->terms, run->arena, heading, copy, u->hit.report.day))
            status = nq_fail_nomem(run->err);
    }
    nq_buf_finish(&text);
    *out = u;
    return status;
}
