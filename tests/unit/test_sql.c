/* Text out of the database, which keeps it as UTF-16. */
#include "store/sql.h"

#include "unit.h"

static const char *const texts[] = {"",        "a", "é", "算电协同", "\U00020BB7野家\U0001F600",
                                    "\uFFFD。"};

static void insert_units(struct nq_db *db, const uint16_t *units, int bytes)
{
    sqlite3_stmt *stmt;
    assert_int_equal(
        sqlite3_prepare_v2(db->sql, "INSERT INTO t (text) VALUES (?1)", -1, &stmt, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_bind_text16(stmt, 1, units, bytes, SQLITE_STATIC), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
    assert_int_equal(sqlite3_finalize(stmt), SQLITE_OK);
}

/* Writes `texts`, then halves of pairs: the first alone, before a letter, and the second. */
static struct nq_db *open_db(const char *encoding)
{
    static const char insert[] = "INSERT INTO t (text) VALUES (?1)";
    struct nq_db *db;
    assert_int_equal(nq_db_open_memory("test", &db, NULL), NQ_OK);
    assert_int_equal(nq_db_exec(db, encoding, NULL), NQ_OK);
    assert_int_equal(nq_db_exec(db, "CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)", NULL),
                     NQ_OK);
    for (size_t i = 0; i < NQ_COUNT(texts); i++)
        assert_int_equal(nq_sql_run(db, insert, NQ_WITH(nq_text(nq_str_from(texts[i]))), NULL),
                         NQ_OK);
    insert_units(db, (const uint16_t[]){0xD800}, 2);
    insert_units(db, (const uint16_t[]){0xD800, 'a'}, 4);
    insert_units(db, (const uint16_t[]){0xDC00, 0xDC00}, 4);
    assert_int_equal(nq_sql_run(db, insert, NQ_WITH(nq_text((struct nq_str){0})), NULL), NQ_OK);
    return db;
}

static void assert_row(struct nq_rows *r, const char *want)
{
    struct nq_buf text = {0};
    nq_buf_add(&text, NQ_STR("文"));
    assert_true(nq_rows_next(r));
    nq_rows_add(r, 0, &text);
    assert_false(text.failed);
    assert_int_equal(text.len, 3 + strlen(want));
    assert_memory_equal(text.ptr + 3, want, strlen(want));
    nq_buf_finish(&text);
}

static void adds_text(void **state)
{
    (void)state;
    static const char *const encodings[] = {"PRAGMA encoding = 'UTF-16le'",
                                            "PRAGMA encoding = 'UTF-16be'",
                                            "PRAGMA encoding = 'UTF-8'"};
    for (size_t e = 0; e < NQ_COUNT(encodings); e++) {
        struct nq_db *db = open_db(encodings[e]);
        struct nq_rows r = nq_rows(db, "SELECT text FROM t ORDER BY id", NULL, NULL);
        for (size_t i = 0; i < NQ_COUNT(texts); i++)
            assert_row(&r, texts[i]);
        if (e == 0) {
            assert_row(&r, "\uFFFD");
            assert_row(&r, "\uFFFDa");
            assert_row(&r, "\uFFFD\uFFFD");
            assert_row(&r, ""); /* NULL */
            assert_false(nq_rows_next(&r));
        }
        assert_int_equal(nq_rows_end(&r), NQ_OK);
        nq_db_close(db);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(adds_text)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
