/* Putting one report: whether it is new, as it was, or stands in another's place. */
#include <stdlib.h>

#include "api/alike.h"
#include "api/update.h"
#include "base/grow.h"
#include "store/names.h"
#include "store/passages.h"

/* How much of the shorter text must stand in the other for a file of the same name in another
 * folder to be a corrected issue and not another series. */
static const double alike_enough = 0.5;

enum { MOST_NAMESAKES = 20 }; /* that are looked at: undated ones may be many */

/* ---- out
 * ------------------------------------------------------------------------------------------------
 */

static bool remove_passage(void *user, const struct nq_stored_passage *p)
{
    struct nq_update *u = user;
    u->heading.len = 0;
    nq_passage_heading(&u->heading, p->kind, p->first, p->title, p->section_heading);
    if (u->heading.failed)
        return nq_fail_nomem(u->err), false;
    return nq_engine_remove(u->index->engine, p->id, nq_buf_str(&u->heading), p->text, u->err) ==
               NQ_OK &&
           nq_topic_writer_remove(&u->topics, p->id, u->err) == NQ_OK;
}

static enum nq_status remove_report(struct nq_update *u, int64_t id)
{
    enum nq_status status = nq_store_each_passage(u->index->db, id, 0, remove_passage, u, u->err);
    if (status == NQ_OK && u->err->status != NQ_OK)
        status = u->err->status;
    u->removed_any = true;
    if (status == NQ_OK)
        status = nq_store_names_forget(u->index->db, id, u->err);
    return status == NQ_OK ? nq_store_report_delete(u->index->db, id, u->err) : status;
}

enum nq_status nq_update_discard(struct nq_update *u, int64_t report)
{
    enum nq_status status = nq_store_revisions_delete(u->index->db, report, &u->reread, u->err);
    return status == NQ_OK ? remove_report(u, report) : status;
}

enum nq_status nq_update_supersede(struct nq_update *u, const struct nq_report_row *old,
                                   int64_t heir, int64_t file, int64_t modified_ns)
{
    struct nq_db *db = u->index->db;
    u->old_text.len = 0;
    enum nq_status status = nq_store_report_text(db, old->id, &u->old_text, u->err);
    struct nq_revision_row revision = {.id = old->id,
                                       .report = heir,
                                       .file = file,
                                       .modified_ns = modified_ns,
                                       .day = old->day,
                                       .key = old->key,
                                       .title = old->title,
                                       .text = nq_buf_str(&u->old_text)};
    if (status == NQ_OK)
        status = nq_store_revisions_move(db, old->id, heir, u->err);
    if (status == NQ_OK)
        status = nq_store_revision_put(db, &revision, u->err);
    return status == NQ_OK ? remove_report(u, old->id) : status;
}

/* ---- in
 * -------------------------------------------------------------------------------------------------
 */

/* A report on its way into the index. */
struct incoming {
    struct nq_report report;
    struct nq_str key;
    struct nq_passage *passages;
    size_t n;
    int64_t source;
};

static enum nq_status put_passage(struct nq_update *u, const struct incoming *in, size_t i,
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
    return nq_engine_put(u->index->engine, &d, u->err);
}

/* Writes a report under the next ids; its own is the first. */
static enum nq_status put_new(struct nq_put *put, struct incoming *in, int64_t *id)
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
    if (status == NQ_OK)
        status =
            nq_topic_writer_put(&u->topics, in->report.title, in->passages, in->n, *id, u->err);
    u->next_id = *id + (int64_t)(in->n > 0 ? in->n : 1);
    u->summary->reports++;
    u->summary->passages += in->n;
    u->passages_added += in->n;
    return status;
}

/* Whether all that the index holds of `old` is what `in` would put there. */
static enum nq_status compare(struct nq_update *u, const struct nq_report_row *old,
                              const struct incoming *in, bool *same)
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

static bool keep(struct nq_put *put, int64_t id)
{
    int64_t *kept = nq_grow(put->kept, put->n_kept, &put->kept_cap, sizeof *kept);
    if (!kept)
        return false;
    put->kept = kept;
    put->kept[put->n_kept++] = id;
    return true;
}

/* In place of the file's own older text `old`. */
static enum nq_status put_over(struct nq_put *put, struct incoming *in,
                               const struct nq_report_row *old)
{
    struct nq_update *u = put->u;
    bool same = false;
    int64_t heir;
    enum nq_status status = compare(u, old, in, &same);
    if (status == NQ_OK && same && !u->options->reread)
        return keep(put, old->id) ? NQ_OK : nq_fail_nomem(u->err);
    if (status == NQ_OK)
        status = put_new(put, in, &heir);
    if (status == NQ_OK && same)
        status = nq_store_revisions_move(u->index->db, old->id, heir, u->err);
    if (status == NQ_OK && same)
        return remove_report(u, old->id);
    return status == NQ_OK ? nq_update_supersede(u, old, heir, 0, put->was_modified_ns) : status;
}

/* ---- the same key in another file
 * ----------------------------------------------------------------------- */

/* Whether `in` is another issue of `old`, which another file brought: a record has the same id,
 * date and source (and where there is no date, title); a file of the same name and date has the
 * same title, and much of the text. */
static enum nq_status is_issue(struct nq_update *u, const struct nq_report_row *old,
                               const struct incoming *in, bool *issue)
{
    const struct nq_report *r = &in->report;
    bool title = nq_str_eq(old->title, r->title) && r->title.len > 0;
    bool record = r->key.len > 0, dated = r->day != NQ_NO_DAY;
    double share;
    *issue = old->kind == r->kind && old->source == in->source && old->day == r->day &&
             (record ? dated || title : dated && title);
    if (!*issue || record)
        return NQ_OK;
    u->text.len = u->old_text.len = 0;
    nq_passages_text(&u->text, in->passages, in->n);
    enum nq_status status = nq_store_report_text(u->index->db, old->id, &u->old_text, u->err);
    if (status != NQ_OK)
        return status;
    if (u->text.failed || !nq_alike(nq_buf_str(&u->text), nq_buf_str(&u->old_text), &share))
        return nq_fail_nomem(u->err);
    *issue = share >= alike_enough;
    return NQ_OK;
}

/* The file at hand is older than the one that holds report `id`: what it says is a revision. */
static enum nq_status put_behind(struct nq_put *put, const struct incoming *in, int64_t id)
{
    struct nq_update *u = put->u;
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

/* Finds the report of another file that `in` is another issue of; old->id is 0 where there is none.
 */
static enum nq_status find_issue(struct nq_put *put, const struct incoming *in,
                                 struct nq_report_row *old)
{
    struct nq_update *u = put->u;
    struct nq_db *db = u->index->db;
    struct nq_report_name name = {in->key, in->report.day, put->row->id, true};
    int64_t id = 0;
    bool issue = false;
    enum nq_status status = NQ_OK;
    *old = (struct nq_report_row){0};
    for (int i = 0; i < MOST_NAMESAKES && status == NQ_OK && put->elsewhere && !issue; i++) {
        status = nq_store_report_named(db, &name, &id, u->err);
        if (status != NQ_OK || id == 0)
            break;
        status = nq_store_report_get(db, id, u->arena, old, u->err);
        if (status == NQ_OK)
            status = is_issue(u, old, in, &issue);
    }
    if (!issue)
        *old = (struct nq_report_row){0};
    return status;
}

/* A report that its file did not hold before: new, or an issue of what another file holds.  Then
 * the later file counts. */
static enum nq_status put_first(struct nq_put *put, struct incoming *in)
{
    struct nq_update *u = put->u;
    struct nq_report_row old;
    struct nq_file_row file;
    int64_t heir;
    enum nq_status status = find_issue(put, in, &old);
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

/* ---- a file's reports
 * ----------------------------------------------------------------------------------- */

static uint64_t hash_key(struct nq_str key)
{
    uint64_t h = 0xCBF29CE484222325u;
    for (size_t i = 0; i < key.len; i++)
        h = (h ^ (unsigned char)key.ptr[i]) * 0x100000001B3u;
    return h;
}

static int by_hash(const void *a, const void *b)
{
    const struct nq_put_name *x = a, *y = b;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

static bool add_name(void *user, int64_t id, struct nq_str key)
{
    struct nq_put *put = user;
    struct nq_put_name *names = nq_grow(put->names, put->n_names, &put->names_cap, sizeof *names);
    if (!names)
        return nq_fail_nomem(put->u->err), false;
    put->names = names;
    put->names[put->n_names++] = (struct nq_put_name){hash_key(key), id};
    return true;
}

enum nq_status nq_put_begin(struct nq_put *put)
{
    struct nq_update *u = put->u;
    put->first_id = u->next_id;
    if (!put->known || !put->many)
        return NQ_OK;
    enum nq_status status = nq_store_each_name(u->index->db, put->row->id, add_name, put, u->err);
    if (put->n_names)
        qsort(put->names, put->n_names, sizeof *put->names, by_hash);
    return status == NQ_OK ? u->err->status : status;
}

/* The report that the file held under this key; 0: none. */
static int64_t find_name(const struct nq_put *put, struct nq_str key)
{
    struct nq_put_name wanted = {.hash = hash_key(key)}, *found = NULL;
    if (put->n_names)
        found = bsearch(&wanted, put->names, put->n_names, sizeof wanted, by_hash);
    return found ? found->id : 0;
}

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

enum nq_status nq_put_report(struct nq_put *put, const struct nq_report *report)
{
    struct nq_update *u = put->u;
    struct incoming in = {.report = *report};
    struct nq_str name = report->source.len > 0 ? report->source : report->publisher;
    struct nq_report_row old = {0};
    int64_t id = 0, *ids;
    size_t n = 0;
    if (!in.report.kind)
        in.report.kind = NQ_KIND_REPORT;
    if (!name_report(put, report, &in.key) ||
        !nq_passages_of(report, u->arena, &in.passages, &in.n))
        return nq_fail_nomem(u->err);
    enum nq_status status = nq_store_source(u->index->db, name, &in.source, u->err);
    if (put->many)
        id = find_name(put, in.key);
    else if (status == NQ_OK && put->known)
        status = nq_store_reports_of(u->index->db, put->row->id, u->arena, &ids, &n, u->err);
    if (status != NQ_OK)
        return status;
    id = n > 0 ? ids[0] : id;
    if (id)
        status = nq_store_report_get(u->index->db, id, u->arena, &old, u->err);
    if (status != NQ_OK)
        return status;
    bool continued = old.id && (!put->many || nq_str_eq(old.key, in.key));
    return continued ? put_over(put, &in, &old) : put_first(put, &in);
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

enum nq_status nq_put_finish(struct nq_put *put, enum nq_status status)
{
    struct nq_update *u = put->u;
    int64_t *ids = NULL;
    size_t n = 0;
    if (status == NQ_OK && put->known)
        status = nq_store_reports_of(u->index->db, put->row->id, u->file_arena, &ids, &n, u->err);
    if (put->n_kept > 1)
        qsort(put->kept, put->n_kept, sizeof *put->kept, by_id);
    for (size_t i = 0; i < n && status == NQ_OK && ids[i] < put->first_id; i++) {
        bool kept = put->n_kept &&
                    bsearch(&ids[i], put->kept, put->n_kept, sizeof *put->kept, by_id) != NULL;
        if (!kept)
            status = nq_update_discard(u, ids[i]);
    }
    free(put->kept);
    free(put->names);
    return status;
}
