/* The index file as a database: opening, versions, transactions, errors (db.c), its tables
 * (schema.c), its own numbers (meta.c).  Statements are in sql.h.
 *
 * A database is opened by nq_db_open; then the tokenizers are registered on it (engine/), and
 * nq_db_create makes the tables of a new one. */
#ifndef NQ_STORE_DB_H
#define NQ_STORE_DB_H

#include <sqlite3.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"

enum { NQ_DB_APPLICATION = 0x6E717369 }; /* "nqsi" (PRAGMA application_id): no other SQLite file */

struct nq_prepared {
    const char *sql; /* told apart by its address, see sql.h */
    sqlite3_stmt *stmt;
};

struct nq_db {
    sqlite3 *sql;
    char *path;  /* for messages */
    bool fresh;  /* an empty file: nq_db_create must follow */
    int version; /* of the schema; a reader may find an older one */
    bool copies; /* a reader that copies pages out of the file, see nq_db_map */
    /* Of a file that was opened as one that does not change: when it was written. */
    bool immutable;
    struct timespec modified;
    struct nq_prepared *statements; /* that were prepared so far */
    size_t n_statements, statements_cap;
    bool (*stop)(void *user); /* see nq_db_set_stop */
    void *stop_user;
    bool stopped; /* it said so, and nobody has heard of it yet */
};

/* Opens the index at `path`.  A reader never writes to the file; a writer makes it where it does
 * not exist. */
enum nq_status nq_db_open(const char *path, enum nq_open_mode mode, struct nq_db **out,
                          struct nq_error *err);

/* Makes a reader map the file, for who reads much or asks again.  Until then it copies pages into
 * a small cache: to fill a mapping and take it down costs a single search 0.5 ms more. */
void nq_db_map(struct nq_db *db);

/* Whether another index may take the place of what stands at `path`: nothing, an empty file or an
 * index, be it damaged behind its first bytes.  Errors: CORRUPT, IO. */
enum nq_status nq_db_may_replace(const char *path, struct nq_error *err);

/* Makes the tables of a fresh database; harmless if another process has made them meanwhile. */
enum nq_status nq_db_create(struct nq_db *db, struct nq_error *err);

/* An empty database in memory, whose messages name `path`; nq_db_create must follow. */
enum nq_status nq_db_open_memory(const char *path, struct nq_db **out, struct nq_error *err);

/* Makes the tables of FTS5's two text indexes, or drops them. */
enum nq_status nq_db_make_fts(struct nq_db *db, struct nq_error *err);
enum nq_status nq_db_drop_fts(struct nq_db *db, struct nq_error *err);

/* The schema version that this program makes. */
int nq_db_newest(void);

/* Brings the tables of an older index up to date, step by step in one transaction. */
enum nq_status nq_db_migrate(struct nq_db *db, struct nq_error *err);

/* VERSION where the index is older than `version`, with what to do about it. */
enum nq_status nq_db_require(struct nq_db *db, int version, struct nq_error *err);

/* Whether the file that is open no longer stands at its path: another has been put there. */
bool nq_db_moved(struct nq_db *db);

/* Whether a reader should open the file anew: another stands at its path, or it has changed where
 * this handle could take no locks and so believes it never does. */
bool nq_db_stale(struct nq_db *db);

/* Closes; a writer's log is written back and truncated.  Accepts NULL. */
void nq_db_close(struct nq_db *db);

/* Runs SQL text without parameters. */
enum nq_status nq_db_exec(struct nq_db *db, const char *sql, struct nq_error *err);

/* Begins a transaction that writes. */
enum nq_status nq_db_begin(struct nq_db *db, struct nq_error *err);

/* Ends it: commits where `status` is OK, else rolls back.  Gives `status`, or why the commit
 * failed. */
enum nq_status nq_db_end(struct nq_db *db, enum nq_status status, struct nq_error *err);

/* Ends a transaction that has only read. */
void nq_db_leave(struct nq_db *db);

/* A number of meta; 0 where there is none. */
enum nq_status nq_db_meta_get(struct nq_db *db, const char *key, int64_t *value,
                              struct nq_error *err);
enum nq_status nq_db_meta_set(struct nq_db *db, const char *key, int64_t value,
                              struct nq_error *err);

/* A text of meta in `arena`; *value stays as it is where there is none. */
enum nq_status nq_db_meta_text(struct nq_db *db, const char *key, struct nq_arena *arena,
                               struct nq_str *value, struct nq_error *err);
enum nq_status nq_db_meta_set_text(struct nq_db *db, const char *key, struct nq_str value,
                                   struct nq_error *err);

/* Bytes of meta in place of what `out` held; empty where there are none. */
enum nq_status nq_db_meta_blob(struct nq_db *db, const char *key, struct nq_buf *out,
                               struct nq_error *err);
enum nq_status nq_db_meta_set_blob(struct nq_db *db, const char *key, struct nq_str bytes,
                                   struct nq_error *err);

/* A number of meta that is a member of a struct: its name, and where in the struct it stands. */
struct nq_meta_member {
    const char *key;
    size_t at; /* of an int64_t */
};

enum nq_status nq_db_meta_load(struct nq_db *db, const struct nq_meta_member *members, size_t n,
                               void *out, struct nq_error *err);
enum nq_status nq_db_meta_save(struct nq_db *db, const struct nq_meta_member *members, size_t n,
                               const void *from, struct nq_error *err);

/* Has `stop` asked whether what is being read is no longer wanted: every few microseconds of what
 * SQLite computes, and by nq_db_go_on.  NULL: not any more.  What was under way then fails with
 * STOPPED. */
void nq_db_set_stop(struct nq_db *db, bool (*stop)(void *user), void *user);

/* For loops that leave SQLite alone: STOPPED where `stop` says so. */
enum nq_status nq_db_go_on(struct nq_db *db, struct nq_error *err);

/* For what SQLite calls: whether to return SQLITE_INTERRUPT. */
bool nq_db_is_stopped(struct nq_db *db);

/* Sets the error of a step that SQLite broke off (SQLITE_INTERRUPT). */
enum nq_status nq_db_interrupted(struct nq_db *db, struct nq_error *err);

/* Sets the error that fits SQLite's result code `rc`, "PATH: what happened". */
enum nq_status nq_db_fail(struct nq_db *db, int rc, struct nq_error *err);

#endif
