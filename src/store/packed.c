/* The rows of one passage as bytes: for each column 'n' (NULL), 'i' a number ';', or 't' a length
 * ':' and so many bytes. */
#include "store/packed.h"

#include "store/sql.h"

enum column {
    TEXT,
    PAGE,
    REPORT,
    LAST,
    KIND,
    DAY,
    KEY,
    TITLE,
    PUBLISHER,
    URL,
    SOURCE,
    FILE_ID,
    FILE_PATH,
    FILE_KEY,
    SECTION,
    NUMBER,
    HEADING,
    REFERENCE,
    REF_SOURCE,
    REF_TITLE,
    REF_DATE,
    REF_DAY,
    REF_DAY_END,
    REF_PURPOSE,
    N_COLUMNS
};

enum nq_status nq_store_pack(struct nq_db *db, int64_t id, struct nq_buf *out, struct nq_error *err)
{
    static const char sql[] =
        "SELECT p.text, p.page, r.id, r.last, r.kind, r.day, r.key, r.title, r.publisher, r.url,"
        " o.name, file.id, file.path, file.key, s.id, s.number, s.heading,"
        " f.id, f.source, f.title, f.date, f.day, f.day_end, f.purpose"
        " FROM passage AS p JOIN report AS r ON r.id = (SELECT max(id) FROM report WHERE id <= "
        "p.id)"
        " LEFT JOIN section AS s"
        " ON s.id = (SELECT max(id) FROM section WHERE id <= p.id) AND s.id >= r.id"
        " LEFT JOIN reference AS f ON f.id = p.id LEFT JOIN source AS o ON o.id = r.source"
        " JOIN file ON file.id = r.file WHERE p.id = ?1";
    struct nq_rows r = nq_rows(db, sql, NQ_WITH(nq_int(id)), err);
    bool found = nq_rows_next(&r);
    for (int i = 0; i < N_COLUMNS && found; i++) {
        int type = sqlite3_column_type(r.stmt, i);
        struct nq_str text = type == SQLITE_TEXT ? nq_rows_str(&r, i) : NQ_STR("");
        if (type == SQLITE_INTEGER)
            nq_buf_addf(out, "i%lld;", (long long)nq_rows_int(&r, i));
        else if (type == SQLITE_TEXT && text.ptr)
            nq_buf_addf(out, "t%zu:", text.len), nq_buf_add(out, text);
        else
            nq_buf_add_byte(out, 'n');
    }
    if (r.status == NQ_OK && !found)
        r.status = nq_db_fail(db, SQLITE_CORRUPT, err);
    if (r.status == NQ_OK && out->failed)
        r.status = nq_fail_nomem(err);
    return nq_rows_end(&r);
}

struct value {
    bool null, integer;
    int64_t number;
    struct nq_str text;
};

/* The digits at *at and the byte behind them, which must be `end`. */
static bool read_number(struct nq_str s, size_t *at, char end, int64_t *number)
{
    bool minus = *at < s.len && s.ptr[*at] == '-';
    uint64_t n = 0;
    size_t first = *at += minus;
    for (; *at < s.len && s.ptr[*at] >= '0' && s.ptr[*at] <= '9' && *at - first < 18; ++*at)
        n = 10 * n + (uint64_t)(s.ptr[*at] - '0');
    if (*at == first || *at >= s.len || s.ptr[(*at)++] != end)
        return false;
    *number = minus ? -(int64_t)n : (int64_t)n;
    return true;
}

static bool read_value(struct nq_str s, size_t *at, struct value *v)
{
    int64_t len;
    char type = *at < s.len ? s.ptr[(*at)++] : 0;
    *v = (struct value){.null = type == 'n', .integer = type == 'i'};
    if (type == 'i')
        return read_number(s, at, ';', &v->number);
    if (type != 't')
        return type == 'n';
    if (!read_number(s, at, ':', &len) || len < 0 || (uint64_t)len > s.len - *at)
        return false;
    v->text = nq_str_sub(s, *at, *at + (size_t)len);
    *at += (size_t)len;
    return true;
}

/* Runs an INSERT with columns `first` ... `last` as its parameters from the second on, `id` being
 * the first. */
static enum nq_status insert(struct nq_db *db, const char *sql, int64_t id, const struct value *v,
                             enum column first, enum column last, struct nq_error *err)
{
    struct nq_value values[N_COLUMNS + 2] = {nq_int(id)};
    int n = 1;
    for (enum column i = first; i <= last; i++)
        values[n++] = v[i].integer ? nq_int(v[i].number) : nq_text(v[i].text);
    return nq_sql_run(db, sql, values, err);
}

static enum nq_status put_rows(struct nq_db *db, int64_t id, const struct value *v,
                               struct nq_error *err)
{
    static const char passage[] = "INSERT OR IGNORE INTO passage (id, text, page) VALUES (?, ?, ?)";
    static const char report[] =
        "INSERT OR IGNORE INTO report (file, id, last, kind, day, key, title, publisher, url,"
        " source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)";
    static const char file[] = "INSERT OR IGNORE INTO file (id, path, key, size, modified, hash)"
                               " VALUES (?, ?, ?, 0, 0, 0)";
    static const char section[] =
        "INSERT OR IGNORE INTO section (id, number, heading) VALUES (?, ?, ?)";
    static const char reference[] = "INSERT OR IGNORE INTO reference (id, source, title, date, day,"
                                    " day_end, purpose) VALUES (?, ?, ?, ?, ?, ?, ?)";
    enum nq_status status = insert(db, passage, id, v, TEXT, PAGE, err);
    if (status == NQ_OK)
        status = insert(db, file, v[FILE_ID].number, v, FILE_PATH, FILE_KEY, err);
    if (status == NQ_OK)
        status = insert(db, report, v[FILE_ID].number, v, REPORT, URL, err);
    if (status == NQ_OK && !v[SECTION].null)
        status = insert(db, section, v[SECTION].number, v, NUMBER, HEADING, err);
    if (status == NQ_OK && !v[REFERENCE].null)
        status = insert(db, reference, id, v, REF_SOURCE, REF_PURPOSE, err);
    return status;
}

static bool is_integer(const struct value *v)
{
    return v->integer;
}

enum nq_status nq_store_unpack(struct nq_db *db, int64_t id, struct nq_str packed,
                               struct nq_attribute *attribute, struct nq_error *err)
{
    struct value v[N_COLUMNS];
    size_t at = 0;
    bool ok = true;
    for (int i = 0; i < N_COLUMNS && ok; i++)
        ok = read_value(packed, &at, &v[i]);
    ok = ok && v[TEXT].text.ptr && is_integer(&v[REPORT]) && is_integer(&v[LAST]) &&
         is_integer(&v[KIND]) && is_integer(&v[FILE_ID]) && v[REPORT].number <= id &&
         id <= v[LAST].number && v[KEY].text.ptr && v[FILE_PATH].text.ptr && v[FILE_KEY].text.ptr;
    if (!ok)
        return nq_fail(err, NQ_ERR_CORRUPT, _("passage %lld of a shard cannot be read"),
                       (long long)id);
    enum nq_status status = put_rows(db, id, v, err);
    const struct value *day = v[REF_DAY].integer ? &v[REF_DAY] : &v[DAY];
    *attribute = (struct nq_attribute){
        .day = day->integer ? (int32_t)day->number : NQ_NO_DAY,
        .kind = v[REFERENCE].null ? (uint8_t)v[KIND].number : NQ_KIND_REFERENCE,
    };
    return status;
}

enum nq_status nq_store_unpacked_clear(struct nq_db *db, struct nq_error *err)
{
    return nq_db_exec(db,
                      "DELETE FROM passage; DELETE FROM reference; DELETE FROM section;"
                      "DELETE FROM report; DELETE FROM file",
                      err);
}
