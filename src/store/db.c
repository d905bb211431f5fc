/* The index file as a database. */
#define _GNU_SOURCE /* strdup, asprintf */
#include "store/db.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BUSY_TIMEOUT_MS = 3000, /* how long one waits for another process */
    CACHE_KIB = 8192,       /* page cache of a reader that maps the file */
    WRITE_CACHE_KIB = 4096, /* of a writer: more made it neither faster nor smaller */
    FIRST_CACHE_KIB = 256,  /* of a reader that copies */
};

/* What SQLite says; nothing of use where it succeeded, and we found what is wrong. */
static const char *reason(const struct nq_db *db, int rc)
{
    int last = db->sql ? sqlite3_errcode(db->sql) & 0xFF : SQLITE_OK;
    bool failed = last != SQLITE_OK && last != SQLITE_ROW && last != SQLITE_DONE;
    return failed ? sqlite3_errmsg(db->sql) : sqlite3_errstr(rc);
}

enum nq_status nq_db_fail(struct nq_db *db, int rc, struct nq_error *err)
{
    int cause = db->sql ? sqlite3_system_errno(db->sql) : 0;
    if ((rc & 0xFF) == SQLITE_IOERR && (cause == ENOSPC || cause == EDQUOT))
        rc = SQLITE_FULL;
    switch (rc & 0xFF) {
    case SQLITE_NOTADB:
        return nq_fail(err, NQ_ERR_CORRUPT, _("%s: not an index"), db->path);
    case SQLITE_CORRUPT:
        return nq_fail(err, NQ_ERR_CORRUPT, _("%s: the index is damaged (%s)"), db->path,
                       reason(db, rc));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return nq_fail(err, NQ_ERR_BUSY, _("%s: another process is writing to the index"),
                       db->path);
    case SQLITE_FULL:
        return nq_fail(err, NQ_ERR_FULL, _("%s: no space left on the disk"), db->path);
    case SQLITE_INTERRUPT:
        return nq_db_interrupted(db, err);
    case SQLITE_NOMEM:
        return nq_fail_nomem(err);
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return nq_fail(err, NQ_ERR_IO, _("%s: no permission to write the index"), db->path);
    case SQLITE_CANTOPEN:
        return nq_fail(err, NQ_ERR_IO, _("%s: the index cannot be opened: %s"), db->path,
                       strerror(cause));
    case SQLITE_IOERR:
        return nq_fail(err, NQ_ERR_IO, _("%s: reading or writing the index failed: %s"), db->path,
                       strerror(cause));
    default:
        return nq_fail(err, NQ_ERR_CORRUPT, _("%s: the index does not answer (%s)"), db->path,
                       reason(db, rc));
    }
}

/* Whether a file is there and has content; IO errors other than absence are reported. */
static enum nq_status look(const char *path, bool *present, bool *empty, struct nq_error *err)
{
    struct stat st;
    *present = stat(path, &st) == 0;
    *empty = *present && st.st_size == 0;
    if (!*present && errno != ENOENT && errno != ENOTDIR)
        return nq_fail_errno(err, path);
    if (*present && S_ISDIR(st.st_mode))
        return nq_fail(err, NQ_ERR_CORRUPT, _("%s: a directory, not an index"), path);
    return NQ_OK;
}

enum nq_status nq_db_may_replace(const char *path, struct nq_error *err)
{
    enum { APPLICATION_AT = 68, HEAD = 72 }; /* of the database's first bytes */
    static const char magic[16] = "SQLite format 3";
    uint8_t head[HEAD];
    FILE *file = fopen(path, "rb");
    if (!file)
        return errno == ENOENT ? NQ_OK : nq_fail_errno(err, path);
    size_t n = fread(head, 1, sizeof head, file);
    fclose(file);
    uint32_t application = 0;
    for (size_t i = APPLICATION_AT; i < HEAD && n == HEAD; i++)
        application = application << 8 | head[i];
    if (n == 0 || (application == NQ_DB_APPLICATION && memcmp(head, magic, sizeof magic) == 0))
        return NQ_OK;
    return nq_fail(err, NQ_ERR_CORRUPT, _("%s: not an index, so it is not written over"), path);
}

/* "file:PATH?immutable=1" with the characters escaped that mean something in a URI. */
static char *immutable_uri(const char *path)
{
    sqlite3_str *uri = sqlite3_str_new(NULL);
    sqlite3_str_appendall(uri, "file:");
    for (const char *p = path; *p; p++)
        if (strchr("?#%", *p))
            sqlite3_str_appendf(uri, "%%%02X", (unsigned)*p);
        else
            sqlite3_str_appendchar(uri, 1, *p);
    sqlite3_str_appendall(uri, "?immutable=1");
    return sqlite3_str_finish(uri);
}

/* A reader in a folder that it may not write to can make no shared memory for the log.  Where there
 * is no log either, the file is whole as it stands. */
static int open_immutable(struct nq_db *db)
{
    char *log = sqlite3_mprintf("%s-wal", db->path);
    struct stat st;
    bool has_log = !log || (stat(log, &st) == 0 && st.st_size > 0);
    sqlite3_free(log);
    if (has_log || stat(db->path, &st) != 0)
        return SQLITE_CANTOPEN;
    db->immutable = true;
    db->modified = st.st_mtim;
    char *uri = immutable_uri(db->path);
    if (!uri)
        return SQLITE_NOMEM;
    sqlite3_close(db->sql);
    db->sql = NULL;
    int rc = sqlite3_open_v2(uri, &db->sql, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
    sqlite3_free(uri);
    return rc;
}

static int read_identity(struct nq_db *db, int64_t *application, int64_t *version)
{
    static const char sql[] = "SELECT application_id, user_version,"
                              " (SELECT count(*) FROM sqlite_schema)"
                              " FROM pragma_application_id, pragma_user_version";
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(db->sql, sql, -1, &stmt, NULL);
    if (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        *application = sqlite3_column_int64(stmt, 0);
        *version = sqlite3_column_int64(stmt, 1);
        db->fresh = sqlite3_column_int64(stmt, 2) == 0;
    }
    sqlite3_finalize(stmt);
    return rc == SQLITE_ROW ? SQLITE_OK : rc;
}

static enum nq_status check_identity(struct nq_db *db, enum nq_open_mode mode, struct nq_error *err)
{
    int64_t application = 0, version = 0;
    int rc = read_identity(db, &application, &version);
    if ((rc == SQLITE_CANTOPEN || rc == SQLITE_READONLY) && mode == NQ_OPEN_READ) {
        rc = open_immutable(db);
        if (rc == SQLITE_OK)
            rc = read_identity(db, &application, &version);
    }
    if (rc != SQLITE_OK)
        return nq_db_fail(db, rc, err);
    if (db->fresh && application == 0 && mode == NQ_OPEN_WRITE)
        return NQ_OK;
    if (db->fresh || application != NQ_DB_APPLICATION || version < 1)
        return nq_fail(err, NQ_ERR_CORRUPT, _("%s: not an index"), db->path);
    db->version = (int)version;
    if (version > nq_db_newest())
        return nq_fail(err, NQ_ERR_VERSION,
                       _("%s: made by a newer nqsearch (format %d, this one knows %d)"), db->path,
                       (int)version, nq_db_newest());
    return NQ_OK;
}

static enum nq_status configure(struct nq_db *db, enum nq_open_mode mode, struct nq_error *err)
{
    char sql[100];
    db->copies = mode == NQ_OPEN_READ;
    snprintf(sql, sizeof sql, "PRAGMA cache_size = -%d; PRAGMA temp_store = memory",
             db->copies ? FIRST_CACHE_KIB : WRITE_CACHE_KIB);
    enum nq_status status = nq_db_exec(db, sql, err);
    if (status != NQ_OK || mode == NQ_OPEN_READ)
        return status;
    /* Only an empty file takes the first three: Han in UTF-16 is a third smaller than in UTF-8,
     * and freed pages can be given back. */
    return nq_db_exec(db,
                      "PRAGMA page_size = 8192; PRAGMA encoding = 'UTF-16le';"
                      "PRAGMA auto_vacuum = incremental;"
                      "PRAGMA journal_mode = wal; PRAGMA synchronous = normal;"
                      "PRAGMA wal_autocheckpoint = 1000; PRAGMA journal_size_limit = 0;",
                      err);
}

void nq_db_map(struct nq_db *db)
{
    char sql[100];
    if (!db->copies)
        return;
    db->copies = false;
    snprintf(sql, sizeof sql, "PRAGMA cache_size = -%d; PRAGMA mmap_size = %lld", CACHE_KIB,
             1LL << 36);
    nq_db_exec(db, sql, NULL);
}

enum nq_status nq_db_open(const char *path, enum nq_open_mode mode, struct nq_db **out,
                          struct nq_error *err)
{
    bool present, empty;
    enum nq_status status = look(path, &present, &empty, err);
    if (status != NQ_OK)
        return status;
    if (mode == NQ_OPEN_READ && (!present || empty))
        return nq_fail(err, NQ_ERR_NOINDEX, _("%s: no index there; make one with nqindex"), path);
    struct nq_db *db = calloc(1, sizeof *db);
    if (!db || !(db->path = strdup(path))) {
        free(db);
        return nq_fail_nomem(err);
    }
    int flags =
        mode == NQ_OPEN_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int rc = sqlite3_open_v2(path, &db->sql, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc != SQLITE_OK) {
        status = nq_db_fail(db, rc, err);
        goto out;
    }
    /* Before the first look: a writer that closes holds the file alone for a moment. */
    sqlite3_busy_timeout(db->sql, BUSY_TIMEOUT_MS);
    status = check_identity(db, mode, err);
    if (status == NQ_OK)
        status = configure(db, mode, err);
out:
    if (status == NQ_OK)
        *out = db;
    else
        nq_db_close(db);
    return status;
}

enum nq_status nq_db_open_memory(const char *path, struct nq_db **out, struct nq_error *err)
{
    struct nq_db *db = calloc(1, sizeof *db);
    if (!db || !(db->path = strdup(path))) {
        free(db);
        return nq_fail_nomem(err);
    }
    db->fresh = true;
    int rc =
        sqlite3_open_v2(":memory:", &db->sql,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    enum nq_status status = rc == SQLITE_OK ? NQ_OK : nq_db_fail(db, rc, err);
    if (status == NQ_OK)
        *out = db;
    else
        nq_db_close(db);
    return status;
}

bool nq_db_moved(struct nq_db *db)
{
    int moved = 0;
    return sqlite3_file_control(db->sql, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK &&
           moved != 0;
}

bool nq_db_stale(struct nq_db *db)
{
    struct stat st;
    if (nq_db_moved(db))
        return true;
    if (!db->immutable)
        return false;
    /* A writer that is at work keeps a log beside it, and lengthens or writes the file at its end.
     */
    char *log = sqlite3_mprintf("%s-wal", db->path);
    bool stale = !log || (stat(log, &st) == 0 && st.st_size > 0) || stat(db->path, &st) != 0 ||
                 st.st_mtim.tv_sec != db->modified.tv_sec ||
                 st.st_mtim.tv_nsec != db->modified.tv_nsec;
    sqlite3_free(log);
    return stale;
}

void nq_db_close(struct nq_db *db)
{
    if (!db)
        return;
    for (size_t i = 0; i < db->n_statements; i++)
        sqlite3_finalize(db->statements[i].stmt);
    free(db->statements);
    sqlite3_close(db->sql);
    free(db->path);
    free(db);
}

enum nq_status nq_db_exec(struct nq_db *db, const char *sql, struct nq_error *err)
{
    int rc = sqlite3_exec(db->sql, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? NQ_OK : nq_db_fail(db, rc, err);
}

enum nq_status nq_db_begin(struct nq_db *db, struct nq_error *err)
{
    return nq_db_exec(db, "BEGIN IMMEDIATE", err);
}

void nq_db_leave(struct nq_db *db)
{
    nq_db_exec(db, "COMMIT", NULL);
    if (!sqlite3_get_autocommit(db->sql)) /* there was no memory to say so */
        nq_db_exec(db, "ROLLBACK", NULL);
}

enum nq_status nq_db_end(struct nq_db *db, enum nq_status status, struct nq_error *err)
{
    if (status == NQ_OK)
        status = nq_db_exec(db, "COMMIT", err);
    if (status != NQ_OK)
        nq_db_exec(db, "ROLLBACK", NULL);
    return status;
}
