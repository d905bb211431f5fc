/* Passages in the index. */
#include "store/passages.h"

#include "store/sql.h"

/* A passage with all that it stands in. */
#define COLUMNS "p.id, p.text, r.id, r.title, r.kind, s.heading, f.id, s.number, s.id"
#define JOIN                                                                                       \
    " JOIN report AS r ON r.id = (SELECT max(id) FROM report WHERE id <= p.id)"                    \
    " LEFT JOIN section AS s"                                                                      \
    " ON s.id = (SELECT max(id) FROM section WHERE id <= p.id) AND s.id >= r.id"                   \
    " LEFT JOIN reference AS f ON f.id = p.id"

static void read_passage(struct nq_rows *r, struct nq_stored_passage *p)
{
    p->id = nq_rows_int(r, 0);
    p->text = nq_rows_str(r, 1);
    p->report = nq_rows_int(r, 2);
    p->first = p->id == p->report;
    p->title = nq_rows_str(r, 3);
    p->cited = !nq_rows_null(r, 6);
    p->kind = p->cited ? NQ_KIND_REFERENCE : (enum nq_kind)nq_rows_int(r, 4);
    p->section_heading = nq_rows_str(r, 5);
    p->section_number = nq_rows_str(r, 7);
    p->opens_section = nq_rows_int(r, 8) == p->id;
}

enum nq_status nq_store_each_passage(struct nq_db *db, int64_t report, int64_t from,
                                     bool (*fn)(void *user, const struct nq_stored_passage *p),
                                     void *user, struct nq_error *err)
{
    static const char all[] =
        "SELECT " COLUMNS " FROM passage AS p" JOIN " WHERE p.id >= ?1 ORDER BY p.id";
    static const char of_report[] =
        "SELECT " COLUMNS " FROM report AS o CROSS JOIN passage AS p"
        " ON p.id BETWEEN o.id AND o.last" JOIN " WHERE p.id >= ?1 AND o.id = ?2 ORDER BY p.id";
    struct nq_rows r = report ? nq_rows(db, of_report, NQ_WITH(nq_int(from), nq_id(report)), err)
                              : nq_rows(db, all, NQ_WITH(nq_int(from)), err);
    struct nq_stored_passage p;
    bool more = true;
    while (more && nq_rows_next(&r)) {
        read_passage(&r, &p);
        more = r.status == NQ_OK && fn(user, &p);
    }
    return nq_rows_end(&r);
}

enum nq_status nq_store_extent(struct nq_db *db, int64_t id, struct nq_extent *extent, bool *found,
                               struct nq_error *err)
{
    static const char sql[] = "SELECT r.id, r.last, (SELECT max(id) FROM section WHERE id <= p.id),"
                              " (SELECT min(id) FROM section WHERE id > p.id)"
                              " FROM passage AS p JOIN report AS r"
                              " ON r.id = (SELECT max(id) FROM report WHERE id <= p.id)"
                              " WHERE p.id = ?1";
    struct nq_rows r = nq_rows(db, sql, NQ_WITH(nq_int(id)), err);
    *found = nq_rows_next(&r);
    if (*found) {
        int64_t section = nq_rows_int(&r, 2), next = nq_rows_int(&r, 3);
        extent->report = nq_rows_int(&r, 0);
        extent->report_last = nq_rows_int(&r, 1);
        extent->in_section = section >= extent->report;
        extent->section = extent->in_section ? section : extent->report;
        extent->section_last =
            next > 0 && next <= extent->report_last ? next - 1 : extent->report_last;
    }
    return nq_rows_end(&r);
}

static bool add_passage(void *user, const struct nq_stored_passage *p)
{
    struct nq_buf *out = user;
    nq_passage_text(out, p->opens_section, p->section_number, p->section_heading, p->cited,
                    p->text);
    return !out->failed;
}

enum nq_status nq_store_report_text(struct nq_db *db, int64_t report, struct nq_buf *out,
                                    struct nq_error *err)
{
    enum nq_status status = nq_store_each_passage(db, report, 0, add_passage, out, err);
    return status == NQ_OK && out->failed ? nq_fail_nomem(err) : status;
}

/* Appends what stands above passage `id` of a report. */
static enum nq_status add_heading(struct nq_db *db, int64_t id, struct nq_buf *heading,
                                  struct nq_error *err)
{
    static const char report_sql[] =
        "SELECT id, title FROM report WHERE id <= ?1 ORDER BY id DESC LIMIT 1";
    static const char section_sql[] =
        "SELECT id, heading FROM section WHERE id <= ?1 ORDER BY id DESC LIMIT 1";
    struct nq_rows report = nq_rows(db, report_sql, NQ_WITH(nq_int(id)), err);
    struct nq_rows section = nq_rows(db, section_sql, NQ_WITH(nq_int(id)), err);
    if (nq_rows_next(&report)) {
        int64_t first = nq_rows_int(&report, 0);
        bool in_section = nq_rows_next(&section) && nq_rows_int(&section, 0) >= first;
        nq_passage_heading(heading, NQ_KIND_REPORT, id == first, nq_rows_str(&report, 1),
                           in_section ? nq_rows_str(&section, 1) : (struct nq_str){0});
    }
    enum nq_status ended = nq_rows_end(&section), status = nq_rows_end(&report);
    return status == NQ_OK ? ended : status;
}

enum nq_status nq_store_passage_text(struct nq_db *db, int64_t id, enum nq_kind kind,
                                     struct nq_buf *heading, struct nq_buf *text,
                                     struct nq_error *err)
{
    static const char sql[] = "SELECT text FROM passage WHERE id = ?1";
    struct nq_rows r = nq_rows(db, sql, NQ_WITH(nq_int(id)), err);
    bool found = nq_rows_next(&r);
    if (found)
        nq_rows_add(&r, 0, text);
    enum nq_status status = nq_rows_end(&r);
    if (status == NQ_OK && found && kind != NQ_KIND_REFERENCE)
        status = add_heading(db, id, heading, err);
    return status == NQ_OK && (heading->failed || text->failed) ? nq_fail_nomem(err) : status;
}

/* ---- hits
 * ------------------------------------------------------------------------------------------ */

static void load_reference(struct nq_rows *r, struct nq_arena *arena, struct nq_hit *hit)
{
    struct nq_reference *ref = nq_arena_alloc(arena, sizeof *ref);
    if (!ref)
        return;
    *ref = (struct nq_reference){.source = nq_rows_copy(r, 10, arena),
                                 .title = nq_rows_copy(r, 11, arena),
                                 .date = nq_rows_copy(r, 12, arena),
                                 .day = nq_rows_day(r, 13),
                                 .day_end = nq_rows_day(r, 14),
                                 .purpose = nq_rows_copy(r, 15, arena),
                                 .raw = hit->text};
    hit->kind = NQ_KIND_REFERENCE;
    hit->reference = ref;
}

/* Where the report is to be found: the file, and behind it the place in it where the file is an
 * archive.  Then the key is the file's own, which ends its path, and that place. */
static struct nq_str report_path(struct nq_arena *arena, struct nq_str file, struct nq_str key)
{
    for (size_t i = key.len; i-- > 0;) {
        struct nq_str own = nq_str_sub(key, 0, i);
        if (key.ptr[i] != '/' || !nq_str_ends(file, own) ||
            (file.len > i && file.ptr[file.len - i - 1] != '/'))
            continue;
        struct nq_buf path = {0};
        nq_buf_add(&path, file);
        nq_buf_add(&path, nq_str_sub(key, i, key.len));
        file = nq_arena_str(arena, nq_buf_str(&path));
        nq_buf_finish(&path);
        break;
    }
    return file;
}

static void load_hit(struct nq_rows *r, struct nq_arena *arena, struct nq_hit *hit)
{
    hit->text = nq_rows_copy(r, 0, arena);
    hit->report.id = nq_rows_int(r, 1);
    hit->report.key = nq_rows_copy(r, 2, arena);
    hit->report.title = nq_rows_copy(r, 3, arena);
    hit->report.path = report_path(arena, nq_rows_copy(r, 4, arena), hit->report.key);
    hit->report.url = nq_rows_copy(r, 5, arena);
    hit->report.publisher = nq_rows_copy(r, 6, arena);
    hit->report.day = nq_rows_day(r, 7);
    hit->day = hit->report.day;
    hit->section_number = nq_rows_copy(r, 8, arena);
    hit->section_heading = nq_rows_copy(r, 9, arena);
    hit->kind = (enum nq_kind)nq_rows_int(r, 17);
    hit->page = (uint32_t)nq_rows_int(r, 18);
    if (!nq_rows_null(r, 16))
        load_reference(r, arena, hit);
}

enum nq_status nq_store_load_hit(struct nq_db *db, struct nq_arena *arena, struct nq_hit *hit,
                                 struct nq_error *err)
{
#define HIT(page)                                                                                  \
    "SELECT p.text, r.id, r.key, r.title, file.path, r.url, r.publisher, r.day, s.number,"         \
    " s.heading, f.source, f.title, f.date, f.day, f.day_end, f.purpose, f.id, r.kind, " page      \
    " FROM passage AS p" JOIN " JOIN file ON file.id = r.file WHERE p.id = ?1"
    static const char with_page[] = HIT("p.page"), without_page[] = HIT("NULL");
#undef HIT
    const char *sql = db->version >= 3 ? with_page : without_page;
    struct nq_rows r = nq_rows(db, sql, NQ_WITH(nq_int(hit->passage)), err);
    if (nq_rows_next(&r))
        load_hit(&r, arena, hit);
    else if (r.status == NQ_OK)
        r.status = nq_db_fail(db, SQLITE_CORRUPT, err);
    if (r.status == NQ_OK && nq_arena_failed(arena))
        r.status = nq_fail_nomem(err);
    return nq_rows_end(&r);
}
