/* Writing events while indexing: those of a passage, and those that the heading of its section
 * tells. */
#include "api/events.h"
#include "store/passages.h"
#include "store/sql.h"

#include "text/title.h"

void nq_event_writer_finish(struct nq_event_writer *w)
{
    if (w->ready)
        nq_event_finder_finish(&w->finder);
    nq_folded_finish(&w->folded);
    nq_buf_finish(&w->key);
    nq_buf_finish(&w->heading);
    *w = (struct nq_event_writer){0};
}

static enum nq_status prepare(struct nq_event_writer *w, struct nq_error *err)
{
    if (!w->ready && !nq_event_finder_init(&w->finder))
        return nq_fail_nomem(err);
    w->ready = true;
    return NQ_OK;
}

/* What follows an event's action in its statement. */
static struct nq_str behind(struct nq_str text, const struct nq_event *e)
{
    size_t at = (size_t)(e->action.ptr - text.ptr) + e->action.len;
    return nq_str_sub(text, at, at > e->end ? at : e->end);
}

static struct nq_str before_title(struct nq_str quote)
{
    size_t at = nq_str_find(quote, NQ_STR("《"), 0);
    return nq_str_sub(quote, 0, at < quote.len ? at : quote.len);
}

static enum nq_status put_event(struct nq_event_writer *w, int64_t passage, bool heading,
                                struct nq_str text, const struct nq_event *e, struct nq_error *err)
{
    const struct nq_lexicon *words = &w->finder.words;
    struct nq_event_row row = {.passage = passage,
                               .number = w->number++,
                               .first = e->first,
                               .last = e->last,
                               .start = (uint32_t)e->start,
                               .end = (uint32_t)e->end,
                               .precision = e->precision,
                               .kind = e->kind,
                               .undated = e->undated,
                               .heading = heading,
                               .stage = STAGE_NONE,
                               .level = LEVEL_NONE,
                               .actor = e->actor,
                               .action = e->action};
    enum nq_title_stage stage = NQ_TITLE_FINAL;
    enum nq_status status = NQ_OK;
    if (e->document.ptr && !nq_title_key(e->document, &w->folded, &w->key, &stage))
        return nq_fail_nomem(err);
    row.title_stage = stage;
    if (e->document.ptr && w->key.len > 0)
        status = nq_store_document(w->db,
                                   &(struct nq_titled){.key = nq_buf_str(&w->key),
                                                       .title = e->document,
                                                       .draft = stage == NQ_TITLE_DRAFT,
                                                       .cut = nq_title_cut(e->document)},
                                   &row.document, err);
    if (status != NQ_OK)
        return status;
    /* 李强签署国务院令: where none is named as who did it, the body that is spoken of. */
    struct nq_str who = e->actor.ptr ? e->actor : before_title(e->quote);
    if (!nq_fold_text(who, &w->folded))
        return nq_fail_nomem(err);
    row.level = (unsigned)nq_actor_level(words, &w->folded) & LEVEL_NONE;
    if (e->action.ptr) {
        if (!nq_fold_text(e->action, &w->folded))
            return nq_fail_nomem(err);
        row.stage =
            (unsigned)nq_action_stage(words, &w->folded, e->quote, behind(text, e)) & STAGE_NONE;
        if (row.level == LEVEL_MEDIA && row.stage == STAGE_ISSUE)
            row.stage = STAGE_REPORT; /* 《新闻联播》推出系列报道 */
    }
    return nq_store_event_put(w->db, &row, err);
}

static enum nq_status put_text(struct nq_event_writer *w, int64_t passage, bool heading,
                               struct nq_str text, unsigned flags, struct nq_error *err)
{
    enum nq_status status = NQ_OK;
    if (!nq_events_find(&w->finder, text, w->day, flags | NQ_EXTRACT_UNDATED))
        return nq_fail_nomem(err);
    for (size_t i = 0; i < w->finder.n && status == NQ_OK && w->number < NQ_EVENTS_A_PASSAGE; i++)
        status = put_event(w, passage, heading, text, &w->finder.events[i], err);
    return status;
}

/* The events of passage `id`; what its section's heading says goes with the section's first. */
static enum nq_status put_passage(struct nq_event_writer *w, int64_t id, int64_t report,
                                  enum nq_kind kind, struct nq_str heading, struct nq_str text,
                                  struct nq_error *err)
{
    bool same_section = w->report == report && nq_str_eq(nq_buf_str(&w->heading), heading);
    enum nq_status status = NQ_OK;
    w->report = report;
    w->number = 0;
    if (kind == NQ_KIND_REFERENCE)
        return NQ_OK;
    if (!same_section) {
        w->heading.len = 0;
        nq_buf_add(&w->heading, heading);
        if (w->heading.failed)
            return nq_fail_nomem(err);
        w->finder.opening = false;
        if (heading.len > 0)
            status = put_text(w, id, true, heading, 0, err);
    }
    bool line = nq_passage_is_line(text), other_line = same_section && w->line;
    bool other_news = nq_passage_is_roundup(heading) && (line || !w->line);
    bool continues = same_section && !other_news;
    w->finder.opening = !line && (!continues || (other_line && nq_passage_is_roundup(heading)));
    w->line = line;
    if (status == NQ_OK)
        status = put_text(w, id, false, text, continues ? NQ_EXTRACT_CONTINUES : 0, err);
    return status;
}

enum nq_status nq_event_writer_put(struct nq_event_writer *w, const struct nq_passage *passages,
                                   size_t n, int64_t id, int32_t day, struct nq_error *err)
{
    enum nq_status status = prepare(w, err);
    w->report = 0;
    w->day = day;
    for (size_t i = 0; i < n && status == NQ_OK; i++)
        status = put_passage(w, id + (int64_t)i, id, passages[i].kind, passages[i].section_heading,
                             passages[i].text, err);
    return status;
}

/* ---- all of an index anew ----------------------------------------------------------------------
 */

struct renewal {
    struct nq_event_writer *writer;
    enum nq_status status;
    struct nq_error *err;
};

static enum nq_status load_day(struct nq_db *db, int64_t report, int32_t *day, struct nq_error *err)
{
    static const char sql[] = "SELECT day FROM report WHERE id = ?1";
    struct nq_rows r = nq_rows(db, sql, NQ_WITH(nq_int(report)), err);
    *day = nq_rows_next(&r) ? nq_rows_day(&r, 0) : NQ_NO_DAY;
    return nq_rows_end(&r);
}

static bool renew_passage(void *user, const struct nq_stored_passage *p)
{
    struct renewal *r = user;
    struct nq_event_writer *w = r->writer;
    if (w->report != p->report)
        r->status = load_day(w->db, p->report, &w->day, r->err);
    if (r->status == NQ_OK)
        r->status = put_passage(w, p->id, p->report, p->kind, p->section_heading, p->text, r->err);
    return r->status == NQ_OK;
}

static enum nq_status renew_all(struct nq_event_writer *w, struct nq_error *err)
{
    struct renewal r = {w, NQ_OK, err};
    enum nq_status status = nq_store_events_create(w->db, err);
    if (status == NQ_OK)
        status = nq_store_events_clear(w->db, err);
    if (status == NQ_OK)
        status = prepare(w, err);
    w->report = 0;
    if (status == NQ_OK)
        status = nq_store_each_passage(w->db, 0, 0, renew_passage, &r, err);
    return status == NQ_OK ? r.status : status;
}

enum nq_status nq_event_writer_renew(struct nq_event_writer *w, struct nq_error *err)
{
    bool current;
    enum nq_status status = nq_store_events_current(w->db, &current, err);
    if (status != NQ_OK || current)
        return status;
    status = nq_db_begin(w->db, err);
    return status == NQ_OK ? nq_db_end(w->db, renew_all(w, err), err) : status;
}
