/* Reports, sections, passages and references in the index. */
#include "store/reports.h"

#include "base/buf.h"

enum nq_status nq_store_source(struct nq_db *db, struct nq_str name, int64_t *id,
                               struct nq_error *err)
{
    static const char find[] = "SELECT id FROM source WHERE name = ?1";
    static const char add[] = "INSERT INTO source (name) VALUES (?1)";
    sqlite3_stmt *stmt;
    bool row;
    *id = 0;
    if (name.len == 0)
        name = NQ_STR("");
    enum nq_status status = nq_db_prepare(db, find, &stmt, err);
    if (status != NQ_OK)
        return status;
    nq_db_bind_str(stmt, 1, name);
    status = nq_db_step(db, stmt, &row, err);
    if (status != NQ_OK)
        return status;
    if (row) {
        *id = sqlite3_column_int64(stmt, 0);
        sqlite3_reset(stmt);
        return NQ_OK;
    }
    status = nq_db_prepare(db, add, &stmt, err);
    if (status != NQ_OK)
        return status;
    nq_db_bind_str(stmt, 1, name);
    status = nq_db_run(db, stmt, err);
    *id = sqlite3_last_insert_rowid(db->sql);
    return status;
}

static enum nq_status put_section(struct nq_db *db, int64_t id, const struct nq_passage *p,
                                  struct nq_error *err)
{
    static const char sql[] = "INSERT INTO section (id, number, heading) VALUES (?1, ?2, ?3)";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, id);
    nq_db_bind_str(stmt, 2, p->section_number);
    nq_db_bind_str(stmt, 3, p->section_heading);
    return nq_db_run(db, stmt, err);
}

static enum nq_status put_reference(struct nq_db *db, int64_t id, const struct nq_reference *ref,
                                    struct nq_error *err)
{
    static const char sql[] = "INSERT INTO reference (id, source, title, date, day, day_end,"
                              " purpose) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, id);
    nq_db_bind_str(stmt, 2, ref->source);
    nq_db_bind_str(stmt, 3, ref->title);
    nq_db_bind_str(stmt, 4, ref->date);
    nq_db_bind_day(stmt, 5, ref->day);
    nq_db_bind_day(stmt, 6, ref->day_end);
    nq_db_bind_str(stmt, 7, ref->purpose);
    return nq_db_run(db, stmt, err);
}

static enum nq_status put_passage(struct nq_db *db, int64_t id, const struct nq_passage *p,
                                  struct nq_error *err)
{
    static const char sql[] = "INSERT INTO passage (id, text, page) VALUES (?1, ?2, ?3)";
    sqlite3_stmt *stmt;
    enum nq_status status = NQ_OK;
    if (p->opens_section && (p->section_heading.len > 0 || p->section_number.len > 0))
        status = put_section(db, id, p, err);
    if (status == NQ_OK && p->reference)
        status = put_reference(db, id, p->reference, err);
    if (status == NQ_OK)
        status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, id);
    nq_db_bind_str(stmt, 2, p->text);
    if (p->page > 0)
        sqlite3_bind_int64(stmt, 3, p->page);
    else
        sqlite3_bind_null(stmt, 3);
    return nq_db_run(db, stmt, err);
}

enum nq_status nq_store_report_put(struct nq_db *db, int64_t id, int64_t file, int64_t source,
                                   const struct nq_report *report, struct nq_str key,
                                   const struct nq_passage *passages, size_t n,
                                   struct nq_error *err)
{
    static const char sql[] =
        "INSERT INTO report (id, last, file, kind, day, source, key, title, publisher, url)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, id);
    sqlite3_bind_int64(stmt, 2, id + (int64_t)n - 1);
    sqlite3_bind_int64(stmt, 3, file);
    sqlite3_bind_int(stmt, 4, report->kind);
    nq_db_bind_day(stmt, 5, report->day);
    sqlite3_bind_int64(stmt, 6, source);
    nq_db_bind_str(stmt, 7, key);
    nq_db_bind_str(stmt, 8, report->title);
    nq_db_bind_str(stmt, 9, report->publisher);
    nq_db_bind_str(stmt, 10, report->url);
    status = nq_db_run(db, stmt, err);
    for (size_t i = 0; i < n && status == NQ_OK; i++)
        status = put_passage(db, id + (int64_t)i, &passages[i], err);
    return status;
}

static enum nq_status run_for_range(struct nq_db *db, const char *sql, int64_t first, int64_t last,
                                    struct nq_error *err)
{
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, first);
    sqlite3_bind_int64(stmt, 2, last);
    return nq_db_run(db, stmt, err);
}

enum nq_status nq_store_report_delete(struct nq_db *db, int64_t id, struct nq_error *err)
{
    static const char last_sql[] = "SELECT last FROM report WHERE id = ?1";
    static const char *const deletions[] = {
        "DELETE FROM passage WHERE id BETWEEN ?1 AND ?2",
        "DELETE FROM section WHERE id BETWEEN ?1 AND ?2",
        "DELETE FROM reference WHERE id BETWEEN ?1 AND ?2",
        "DELETE FROM event WHERE id >= ?1 * 256 AND id < (?2 + 1) * 256", /* NQ_EVENTS_A_PASSAGE */
        "DELETE FROM report WHERE id BETWEEN ?1 AND max(?1, ?2)",
    };
    sqlite3_stmt *stmt;
    bool row;
    enum nq_status status = nq_db_prepare(db, last_sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, id);
    status = nq_db_step(db, stmt, &row, err);
    if (status != NQ_OK || !row)
        return status;
    int64_t last = sqlite3_column_int64(stmt, 0);
    sqlite3_reset(stmt);
    for (size_t i = 0; i < NQ_COUNT(deletions) && status == NQ_OK; i++)
        status = run_for_range(db, deletions[i], id, last, err);
    return status;
}

enum nq_status nq_store_report_get(struct nq_db *db, int64_t id, struct nq_arena *arena,
                                   struct nq_report_row *out, struct nq_error *err)
{
    static const char sql[] = "SELECT id, last, file, source, kind, day, key, title, publisher, url"
                              " FROM report WHERE id = ?1";
    sqlite3_stmt *stmt;
    bool row;
    *out = (struct nq_report_row){0};
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, id);
    status = nq_db_step(db, stmt, &row, err);
    if (status != NQ_OK || !row)
        return status;
    out->id = sqlite3_column_int64(stmt, 0);
    out->last = sqlite3_column_int64(stmt, 1);
    out->file = sqlite3_column_int64(stmt, 2);
    out->source = sqlite3_column_int64(stmt, 3);
    out->kind = (enum nq_kind)sqlite3_column_int(stmt, 4);
    out->day = nq_db_column_day(stmt, 5);
    out->key = nq_arena_str(arena, nq_db_column_str(stmt, 6));
    out->title = nq_arena_str(arena, nq_db_column_str(stmt, 7));
    out->publisher = nq_arena_str(arena, nq_db_column_str(stmt, 8));
    out->url = nq_arena_str(arena, nq_db_column_str(stmt, 9));
    sqlite3_reset(stmt);
    return nq_arena_failed(arena) ? nq_fail_nomem(err) : NQ_OK;
}

/* The first column of the first row of a statement that is bound; 0 without a row. */
static enum nq_status first_id(struct nq_db *db, sqlite3_stmt *stmt, int64_t *id,
                               struct nq_error *err)
{
    bool row;
    enum nq_status status = nq_db_step(db, stmt, &row, err);
    *id = status == NQ_OK && row ? sqlite3_column_int64(stmt, 0) : 0;
    sqlite3_reset(stmt);
    return status;
}

enum nq_status nq_store_report_of(struct nq_db *db, int64_t id, int64_t *report,
                                  struct nq_error *err)
{
    static const char sql[] = "SELECT id FROM (SELECT id, last FROM report WHERE id <= ?1"
                              " ORDER BY id DESC LIMIT 1) WHERE max(id, last) >= ?1";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, id);
    return first_id(db, stmt, report, err);
}

enum nq_status nq_store_report_named(struct nq_db *db, const struct nq_report_name *name,
                                     int64_t *report, struct nq_error *err)
{
    static const char sql[] = "SELECT id FROM report WHERE key = ?1 AND day IS ?2 AND id > ?3"
                              " AND (file = ?4) <> ?5 ORDER BY id LIMIT 1";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    nq_db_bind_str(stmt, 1, name->key);
    nq_db_bind_day(stmt, 2, name->day);
    sqlite3_bind_int64(stmt, 3, *report);
    sqlite3_bind_int64(stmt, 4, name->file);
    sqlite3_bind_int(stmt, 5, name->elsewhere);
    return first_id(db, stmt, report, err);
}

enum nq_status nq_store_each_name(struct nq_db *db, int64_t file,
                                  bool (*fn)(void *user, int64_t id, struct nq_str key), void *user,
                                  struct nq_error *err)
{
    static const char sql[] = "SELECT id, key FROM report WHERE file = ?1 ORDER BY id";
    sqlite3_stmt *stmt;
    bool row = true;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, file);
    while (status == NQ_OK && row) {
        status = nq_db_step(db, stmt, &row, err);
        if (status == NQ_OK && row)
            row = fn(user, sqlite3_column_int64(stmt, 0), nq_db_column_str(stmt, 1));
    }
    sqlite3_reset(stmt);
    return status;
}

enum nq_status nq_store_reports_of(struct nq_db *db, int64_t file, struct nq_arena *arena,
                                   int64_t **ids, size_t *n, struct nq_error *err)
{
    static const char sql[] = "SELECT id FROM report WHERE file = ?1 ORDER BY id";
    sqlite3_stmt *stmt;
    bool row = true;
    *ids = NULL;
    *n = 0;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, file);
    while (status == NQ_OK && row) {
        status = nq_db_step(db, stmt, &row, err);
        if (status != NQ_OK || !row)
            break;
        int64_t *grown = nq_arena_grow(arena, *ids, *n, sizeof *grown);
        if (!grown)
            status = nq_fail_nomem(err);
        else
            (*ids = grown)[(*n)++] = sqlite3_column_int64(stmt, 0);
    }
    sqlite3_reset(stmt);
    return status;
}

/* A passage with all that it stands in; the largest ids not above its own, see reports.h. */
#define PASSAGE_COLUMNS "p.id, p.text, r.id, r.title, r.kind, s.heading, f.id, s.number, s.id"
#define PASSAGE_JOIN                                                                               \
    " JOIN report AS r ON r.id = (SELECT max(id) FROM report WHERE id <= p.id)"                    \
    " LEFT JOIN section AS s"                                                                      \
    " ON s.id = (SELECT max(id) FROM section WHERE id <= p.id) AND s.id >= r.id"                   \
    " LEFT JOIN reference AS f ON f.id = p.id"

static void read_passage(sqlite3_stmt *stmt, struct nq_stored_passage *p)
{
    p->id = sqlite3_column_int64(stmt, 0);
    p->text = nq_db_column_str(stmt, 1);
    p->report = sqlite3_column_int64(stmt, 2);
    p->first = p->id == p->report;
    p->title = nq_db_column_str(stmt, 3);
    p->cited = sqlite3_column_type(stmt, 6) != SQLITE_NULL;
    p->kind = p->cited ? NQ_KIND_REFERENCE : (enum nq_kind)sqlite3_column_int(stmt, 4);
    p->section_heading = nq_db_column_str(stmt, 5);
    p->section_number = nq_db_column_str(stmt, 7);
    p->opens_section = sqlite3_column_int64(stmt, 8) == p->id;
}

enum nq_status nq_store_each_passage(struct nq_db *db, int64_t report, int64_t from,
                                     bool (*fn)(void *user, const struct nq_stored_passage *p),
                                     void *user, struct nq_error *err)
{
    static const char all[] = "SELECT " PASSAGE_COLUMNS " FROM passage AS p" PASSAGE_JOIN
                              " WHERE p.id >= ?2 ORDER BY p.id";
    static const char of_report[] =
        "SELECT " PASSAGE_COLUMNS " FROM report AS o CROSS JOIN passage AS p"
        " ON p.id BETWEEN o.id AND o.last" PASSAGE_JOIN
        " WHERE o.id = ?1 AND p.id >= ?2 ORDER BY p.id";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, report ? of_report : all, &stmt, err);
    if (status != NQ_OK)
        return status;
    if (report)
        sqlite3_bind_int64(stmt, 1, report);
    sqlite3_bind_int64(stmt, 2, from);
    bool row = true;
    while (status == NQ_OK && row) {
        status = nq_db_step(db, stmt, &row, err);
        struct nq_stored_passage p;
        if (status == NQ_OK && row) {
            read_passage(stmt, &p);
            row = fn(user, &p);
        }
    }
    sqlite3_reset(stmt);
    return status;
}

enum nq_status nq_store_extent(struct nq_db *db, int64_t id, struct nq_extent *extent, bool *found,
                               struct nq_error *err)
{
    static const char sql[] = "SELECT r.id, r.last, (SELECT max(id) FROM section WHERE id <= p.id),"
                              " (SELECT min(id) FROM section WHERE id > p.id)"
                              " FROM passage AS p JOIN report AS r"
                              " ON r.id = (SELECT max(id) FROM report WHERE id <= p.id)"
                              " WHERE p.id = ?1";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, id);
    status = nq_db_step(db, stmt, found, err);
    if (status != NQ_OK || !*found)
        return status;
    int64_t section = sqlite3_column_int64(stmt, 2), next = sqlite3_column_int64(stmt, 3);
    extent->report = sqlite3_column_int64(stmt, 0);
    extent->report_last = sqlite3_column_int64(stmt, 1);
    extent->in_section = section >= extent->report;
    extent->section = extent->in_section ? section : extent->report;
    extent->section_last = next > 0 && next <= extent->report_last ? next - 1 : extent->report_last;
    sqlite3_reset(stmt);
    return NQ_OK;
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
    sqlite3_stmt *report, *section;
    bool row, in_section;
    enum nq_status status = nq_db_prepare(db, report_sql, &report, err);
    if (status == NQ_OK)
        status = nq_db_prepare(db, section_sql, &section, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(report, 1, id);
    sqlite3_bind_int64(section, 1, id);
    status = nq_db_step(db, report, &row, err);
    if (status == NQ_OK && row)
        status = nq_db_step(db, section, &in_section, err);
    if (status == NQ_OK && row) {
        int64_t report_id = sqlite3_column_int64(report, 0);
        in_section = in_section && sqlite3_column_int64(section, 0) >= report_id;
        nq_passage_heading(heading, NQ_KIND_REPORT, id == report_id, nq_db_column_str(report, 1),
                           in_section ? nq_db_column_str(section, 1) : (struct nq_str){0});
    }
    sqlite3_reset(report);
    sqlite3_reset(section);
    return status;
}

enum nq_status nq_store_passage_text(struct nq_db *db, int64_t id, enum nq_kind kind,
                                     struct nq_buf *heading, struct nq_buf *text,
                                     struct nq_error *err)
{
    static const char sql[] = "SELECT text FROM passage WHERE id = ?1";
    sqlite3_stmt *stmt;
    bool row;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, id);
    status = nq_db_step(db, stmt, &row, err);
    if (status != NQ_OK || !row)
        return status;
    nq_buf_add(text, nq_db_column_str(stmt, 0));
    sqlite3_reset(stmt);
    if (kind != NQ_KIND_REFERENCE)
        status = add_heading(db, id, heading, err);
    return status == NQ_OK && (heading->failed || text->failed) ? nq_fail_nomem(err) : status;
}

static struct nq_str copy(struct nq_arena *arena, sqlite3_stmt *stmt, int column)
{
    return nq_arena_str(arena, nq_db_column_str(stmt, column));
}

static void load_reference(struct nq_arena *arena, sqlite3_stmt *stmt, struct nq_hit *hit)
{
    struct nq_reference *ref = nq_arena_alloc(arena, sizeof *ref);
    if (!ref)
        return;
    ref->source = copy(arena, stmt, 10);
    ref->title = copy(arena, stmt, 11);
    ref->date = copy(arena, stmt, 12);
    ref->day = nq_db_column_day(stmt, 13);
    ref->day_end = nq_db_column_day(stmt, 14);
    ref->purpose = copy(arena, stmt, 15);
    ref->raw = hit->text;
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

enum nq_status nq_store_load_hit(struct nq_db *db, struct nq_arena *arena, struct nq_hit *hit,
                                 struct nq_error *err)
{
#define HIT(page)                                                                                  \
    "SELECT p.text, r.id, r.key, r.title, file.path, r.url, r.publisher, r.day, s.number,"         \
    " s.heading, f.source, f.title, f.date, f.day, f.day_end, f.purpose, f.id, r.kind, " page      \
    " FROM passage AS p" PASSAGE_JOIN " JOIN file ON file.id = r.file WHERE p.id = ?1"
    static const char with_page[] = HIT("p.page"), without_page[] = HIT("NULL");
#undef HIT
    const char *sql = db->version >= 3 ? with_page : without_page;
    sqlite3_stmt *stmt;
    bool row;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, hit->passage);
    status = nq_db_step(db, stmt, &row, err);
    if (status != NQ_OK)
        return status;
    if (!row)
        return nq_db_fail(db, SQLITE_CORRUPT, err);
    hit->text = copy(arena, stmt, 0);
    hit->report.id = sqlite3_column_int64(stmt, 1);
    hit->report.key = copy(arena, stmt, 2);
    hit->report.title = copy(arena, stmt, 3);
    hit->report.path = report_path(arena, copy(arena, stmt, 4), hit->report.key);
    hit->report.url = copy(arena, stmt, 5);
    hit->report.publisher = copy(arena, stmt, 6);
    hit->report.day = nq_db_column_day(stmt, 7);
    hit->day = hit->report.day;
    hit->section_number = copy(arena, stmt, 8);
    hit->section_heading = copy(arena, stmt, 9);
    hit->kind = (enum nq_kind)sqlite3_column_int(stmt, 17);
    hit->page = (uint32_t)sqlite3_column_int64(stmt, 18);
    if (sqlite3_column_type(stmt, 16) != SQLITE_NULL)
        load_reference(arena, stmt, hit);
    sqlite3_reset(stmt);
    return nq_arena_failed(arena) ? nq_fail_nomem(err) : NQ_OK;
}
