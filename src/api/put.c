/* Putting one report: whether it is new, as it was, or stands in another's place. */
#include "api/put.h"
#include "store/passages.h"

/* ---- what is new
 * ------------------------------------------------------------------------------------- */

static enum nq_status put_passage(struct nq_update *u, const struct nq_incoming *in, size_t i,
                                  int64_t id)
{
    const struct nq_passage *p = &in->passages[i];
    struct nq_document d = {
        .id = id, .kind = p->kind, .day = in->report.day, .source = in->source, .text = p->text};
    if (p->reference) {
        if (p->reference->day != NQ_NO_DAY)
            d.day = p->reference->day;
        enum nq_status status =
            nq_store_source(u->index->db, p->reference->source, &d.source, u->err);
        if (status != NQ_OK)
            return status;
    }
    u->heading.len = 0;
    nq_passage_heading(&u->heading, p->kind, i == 0, in->report.title, p->section_heading);
    if (u->heading.failed)
        return nq_fail_nomem(u->err);
    d.heading = nq_buf_str(&u->heading);
    u->group_bytes += d.text.len + d.heading.len;
    enum nq_status status = nq_engine_put(u->index->engine, &d, u->err);
    struct nq_topic_input topics = {.id = id, .first = i == 0, .opens = p->opens_section};
    nq_engine_last(u->index->engine, &d, &topics.heading, &topics.text);
    if (p->reference)
        topics.work = p->reference->title;
    return status == NQ_OK ? nq_topic_writer_put(&u->topics, &topics, u->err) : status;
}

/* Writes a report under the next ids; its own is the first. */
static enum nq_status put_new(struct nq_put *put, struct nq_incoming *in, int64_t *id)
{
    struct nq_update *u = put->u;
    *id = u->next_id;
    enum nq_status status = nq_store_report_put(u->index->db, *id, put->row->id, in->source,
                                                &in->report, in->key, in->passages, in->n, u->err);
    for (size_t i = 0; i < in->n && status == NQ_OK; i++) {
        struct nq_passage *p = &in->passages[i];
        p->kind = p->reference ? NQ_KIND_REFERENCE : in->report.kind;
        status = put_passage(u, in, i, *id + (int64_t)i);
    }
    if (status == NQ_OK)
        status = nq_event_writer_put(&u->events, in->passages, in->n, *id, in->report.day, u->err);
    u->next_id = *id + (int64_t)(in->n > 0 ? in->n : 1);
    u->summary->reports++;
    u->summary->passages += in->n;
    u->passages_added += in->n;
    return status;
}

/* ---- in place of an older one
 * ------------------------------------------------------------------------- */

/* Whether all that the index holds of `old` is what `in` would put there. */
static enum nq_status compare(struct nq_update *u, const struct nq_report_row *old,
                              const struct nq_incoming *in, bool *same)
{
    const struct nq_report *r = &in->report;
    *same = old->day == r->day && old->kind == r->kind && old->source == in->source &&
            nq_str_eq(old->title, r->title) && nq_str_eq(old->publisher, r->publisher) &&
            nq_str_eq(old->url, r->url);
    if (!*same)
        return NQ_OK;
    u->text.len = u->old_text.len = 0;
    nq_passages_text(&u->text, in->passages, in->n);
    enum nq_status status = nq_store_report_text(u->index->db, old->id, &u->old_text, u->err);
    *same = nq_str_eq(nq_buf_str(&u->text), nq_buf_str(&u->old_text));
    return status == NQ_OK && u->text.failed ? nq_fail_nomem(u->err) : status;
}

/* In place of the file's own older text `old`. */
static enum nq_status put_over(struct nq_put *put, struct nq_incoming *in,
                               const struct nq_report_row *old)
{
    struct nq_update *u = put->u;
    bool same = false;
    int64_t heir;
    enum nq_status status = compare(u, old, in, &same);
    if (status == NQ_OK && same && !u->options->reread)
        return nq_put_keep(put, old->id) ? NQ_OK : nq_fail_nomem(u->err);
    if (status == NQ_OK)
        status = put_new(put, in, &heir);
    if (status == NQ_OK && same)
        status = nq_store_revisions_move(u->index->db, old->id, heir, u->err);
    if (status == NQ_OK && same)
        return nq_update_remove(u, old->id);
    return status == NQ_OK ? nq_update_supersede(u, old, heir, 0, put->was_modified_ns) : status;
}

/* Passes over a record that has the id of an earlier one. */
static enum nq_status refuse(struct nq_put *put)
{
    nq_ingest_refuse(put->in, _("\"id\" stands in an earlier line too"));
    return NQ_OK;
}

/* The file at hand is older than the one that holds report `id`: what it says is a revision. */
static enum nq_status put_behind(struct nq_put *put, const struct nq_incoming *in, int64_t id)
{
    struct nq_update *u = put->u;
    bool doubled = false;
    enum nq_status status = NQ_OK;
    if (in->report.member.len == 0) /* other files of an archive may have the same id */
        status = nq_store_revision_held(u->index->db, id, put->row->id, &doubled, u->err);
    if (status != NQ_OK || doubled)
        return status == NQ_OK ? refuse(put) : status;
    u->text.len = 0;
    nq_passages_text(&u->text, in->passages, in->n);
    if (u->text.failed)
        return nq_fail_nomem(u->err);
    struct nq_revision_row revision = {.id = u->next_id++,
                                       .report = id,
                                       .file = put->row->id,
                                       .modified_ns = put->row->modified_ns,
                                       .day = in->report.day,
                                       .key = in->key,
                                       .title = in->report.title,
                                       .text = nq_buf_str(&u->text)};
    return nq_store_revision_put(u->index->db, &revision, u->err);
}

/* A report that its file did not hold before: new, or an issue of what another file holds.  Then
 * the later file counts. */
static enum nq_status put_first(struct nq_put *put, struct nq_incoming *in)
{
    struct nq_update *u = put->u;
    struct nq_report_row old;
    struct nq_file_row file;
    int64_t heir;
    enum nq_status status = nq_put_find_issue(put, in, &old);
    if (status != NQ_OK || old.id == 0)
        return status == NQ_OK ? put_new(put, in, &heir) : status;
    status = nq_store_file_get(u->index->db, old.file, u->arena, &file, u->err);
    if (status == NQ_OK && file.modified_ns > put->row->modified_ns)
        return put_behind(put, in, old.id);
    if (status == NQ_OK)
        status = put_new(put, in, &heir);
    if (status == NQ_OK)
        status = nq_update_supersede(u, &old, heir, old.file, file.modified_ns);
    return status;
}

/* ---- which of them
 * ------------------------------------------------------------------------------------ */

/* What a report is called: its own id, or the file's name with its place in the archive behind it.
 */
static bool name_report(struct nq_put *put, const struct nq_report *report, struct nq_str *key)
{
    struct nq_buf place = {0};
    *key = report->key.len > 0 ? report->key : put->row->key;
    if (report->key.len > 0 || report->member.len == 0)
        return true;
    nq_buf_addf(&place, "%.*s/%.*s", NQ_STR_ARG(*key), NQ_STR_ARG(report->member));
    *key = place.failed ? (struct nq_str){0} : nq_arena_str(put->u->arena, nq_buf_str(&place));
    nq_buf_finish(&place);
    return key->ptr != NULL;
}

/* What the file, which holds one report, held before. */
static enum nq_status find_only(struct nq_put *put, struct nq_report_row *old)
{
    struct nq_update *u = put->u;
    int64_t id = 0;
    size_t n = 0;
    enum nq_status status = NQ_OK;
    if (put->known)
        status = nq_store_reports_of(u->index->db, put->row->id, 0, 1, &id, &n, u->err);
    if (status == NQ_OK && n > 0)
        status = nq_store_report_get(u->index->db, id, u->arena, old, u->err);
    return status;
}

/* What the file held under this key before: of several files of an archive with the same one that
 * with the same text, else the first. */
static enum nq_status find_named(struct nq_put *put, const struct nq_incoming *in,
                                 struct nq_report_row *old)
{
    struct nq_update *u = put->u;
    int64_t id = 0;
    bool found = false;
    enum nq_status status = nq_put_next_named(put, in->key, &id);
    while (status == NQ_OK && id && !found) {
        struct nq_report_row one = {0};
        status = nq_store_report_get(u->index->db, id, u->arena, &one, u->err);
        found = in->report.member.len == 0; /* there is no other */
        if (status == NQ_OK && !found)
            status = compare(u, &one, in, &found);
        if (found || old->id == 0)
            *old = one;
        if (status == NQ_OK && !found)
            status = nq_put_next_named(put, in->key, &id);
    }
    return status;
}

enum nq_status nq_put_report(struct nq_put *put, const struct nq_report *report)
{
    struct nq_update *u = put->u;
    struct nq_incoming in = {.report = *report};
    struct nq_str name = report->source.len > 0 ? report->source : report->publisher;
    struct nq_report_row old = {0};
    bool doubled = false;
    if (!in.report.kind)
        in.report.kind = NQ_KIND_REPORT;
    if (!name_report(put, report, &in.key) ||
        !nq_passages_of(report, u->arena, &in.passages, &in.n))
        return nq_fail_nomem(u->err);
    enum nq_status status = nq_store_source(u->index->db, name, &in.source, u->err);
    if (status == NQ_OK && put->many)
        status = nq_put_is_doubled(put, report, in.key, &doubled);
    if (status == NQ_OK && doubled)
        return refuse(put);
    if (status == NQ_OK)
        status = put->many ? find_named(put, &in, &old) : find_only(put, &old);
    if (status != NQ_OK)
        return status;
    return old.id ? put_over(put, &in, &old) : put_first(put, &in);
}
