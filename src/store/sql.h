/* Statements, from their parameters to their last row.
 *
 *     return nq_sql_run(db, sql, NQ_WITH(nq_id(id), nq_text(title)), err);
 *
 *     struct nq_rows r = nq_rows(db, sql, NQ_WITH(nq_id(id)), err);
 *     while (nq_rows_next(&r))
 *         ... nq_rows_int(&r, 0) ...
 *     return nq_rows_end(&r);
 *
 * `sql` is a string that lives as long as the program: statements are kept, and found by its
 * address.  Values are bound in the order of parameters.  What fails is kept in the rows: then
 * there are no more of them, and their end says so. */
#ifndef NQ_STORE_SQL_H
#define NQ_STORE_SQL_H

#include "base/buf.h"
#include "store/db.h"

struct nq_value {
    enum { NQ_VALUE_NONE, NQ_VALUE_NULL, NQ_VALUE_INT, NQ_VALUE_TEXT, NQ_VALUE_BLOB } type;
    int64_t number;
    struct nq_str bytes; /* must live until the statement has ended */
};

/* The values of a statement; NULL in its place where it has no parameters. */
#define NQ_WITH(...) ((const struct nq_value[]){__VA_ARGS__, {.type = NQ_VALUE_NONE}})

static inline struct nq_value nq_int(int64_t number)
{
    return (struct nq_value){NQ_VALUE_INT, number, {0}};
}

/* An id; 0 is NULL. */
static inline struct nq_value nq_id(int64_t id)
{
    return (struct nq_value){id ? NQ_VALUE_INT : NQ_VALUE_NULL, id, {0}};
}

/* NQ_NO_DAY is NULL. */
static inline struct nq_value nq_day(int32_t day)
{
    return (struct nq_value){day != NQ_NO_DAY ? NQ_VALUE_INT : NQ_VALUE_NULL, day, {0}};
}

/* An absent slice is NULL. */
static inline struct nq_value nq_text(struct nq_str text)
{
    return (struct nq_value){text.ptr ? NQ_VALUE_TEXT : NQ_VALUE_NULL, 0, text};
}

static inline struct nq_value nq_blob(struct nq_str bytes)
{
    return (struct nq_value){NQ_VALUE_BLOB, 0, bytes};
}

/* Runs a statement; rows that it gives are not looked at. */
enum nq_status nq_sql_run(struct nq_db *db, const char *sql, const struct nq_value *values,
                          struct nq_error *err);

/* The first column of the first row as an integer; 0 without a row. */
enum nq_status nq_sql_int(struct nq_db *db, const char *sql, const struct nq_value *values,
                          int64_t *number, struct nq_error *err);

/* The first column of the first row as bytes, in place of what `out` held; empty without a row. */
enum nq_status nq_sql_blob(struct nq_db *db, const char *sql, const struct nq_value *values,
                           struct nq_buf *out, struct nq_error *err);

struct nq_rows {
    struct nq_db *db;
    sqlite3_stmt *stmt;
    enum nq_status status;
    struct nq_error *err;
};

/* A statement before its first row. */
struct nq_rows nq_rows(struct nq_db *db, const char *sql, const struct nq_value *values,
                       struct nq_error *err);

/* Goes to the next row; false behind the last, and where r->status is not OK. */
bool nq_rows_next(struct nq_rows *r);

/* Columns of the row.  Slices are borrowed until the next row; one that is NULL is absent. */
int64_t nq_rows_int(struct nq_rows *r, int column);
int32_t nq_rows_day(struct nq_rows *r, int column);
bool nq_rows_null(struct nq_rows *r, int column);
struct nq_str nq_rows_str(struct nq_rows *r, int column);
struct nq_str nq_rows_blob(struct nq_rows *r, int column);
/* In `arena`. */
struct nq_str nq_rows_copy(struct nq_rows *r, int column, struct nq_arena *arena);
/* Behind what `out` holds. */
void nq_rows_add(struct nq_rows *r, int column, struct nq_buf *out);

/* Ends the statement, wherever it stands, and gives its status. */
enum nq_status nq_rows_end(struct nq_rows *r);

#endif
