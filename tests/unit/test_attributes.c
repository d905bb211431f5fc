/* store/attributes: chunks come back as they were set, in every layout. */
#include "store/attributes.h"

#include "store/sql.h"
#include "unit.h"

static const char table[] =
    "CREATE TABLE attribute (chunk INTEGER PRIMARY KEY, data BLOB NOT NULL)";

enum { N = 2 * NQ_ATTRIBUTE_CHUNK };

static struct nq_db *open_memory(void)
{
    struct nq_db *db = NULL;
    assert_int_equal(nq_db_open_memory("test", &db, NULL), NQ_OK);
    assert_int_equal(nq_db_exec(db, table, NULL), NQ_OK);
    return db;
}

static void insert(struct nq_db *db, const void *data, int len)
{
    struct nq_str bytes = {data, (size_t)len};
    assert_int_equal(
        nq_sql_run(db, "INSERT INTO attribute VALUES (0, ?1)", NQ_WITH(nq_blob(bytes)), NULL), 0);
}

/* Runs of `run` passages: 1 leaves nothing to share. */
static struct nq_attribute example(int64_t id, int64_t run)
{
    return (struct nq_attribute){.day = (int32_t)(20000 - id / run),
                                 .source = (uint16_t)(id / run * 7),
                                 .length_code = (uint8_t)(id * 31),
                                 .kind = (uint8_t)(1 + id / run % 2)};
}

static int64_t stored_bytes(struct nq_db *db)
{
    int64_t bytes = 0;
    assert_int_equal(nq_sql_int(db, "SELECT max(length(data)) FROM attribute", NULL, &bytes, NULL),
                     0);
    return bytes;
}

static void assert_holds(struct nq_db *db, int64_t id, struct nq_attribute want)
{
    static struct nq_attributes read;
    struct nq_attribute got;
    const uint8_t *lengths;
    static int64_t generation;
    if (id == 0)
        nq_attributes_refresh(&read, ++generation);
    assert_int_equal(nq_attributes_get(&read, db, id, &got, NULL), NQ_OK);
    assert_memory_equal(&got, &want, sizeof want);
    assert_int_equal(nq_attributes_lengths(&read, db, id, &lengths, NULL), NQ_OK);
    assert_int_equal(lengths[id % NQ_ATTRIBUTE_CHUNK], want.length_code);
    if (id == N - 1)
        nq_attributes_finish(&read);
}

/* Who may hold a chunk only reads others in its place. */
static void test_few_chunks(void **state)
{
    (void)state;
    struct nq_db *db = open_memory();
    struct nq_attributes a = {0}, few = {.most = 1};
    for (int64_t id = 0; id < N; id++)
        assert_int_equal(nq_attributes_set(&a, db, id, example(id, 1), NULL), NQ_OK);
    assert_int_equal(nq_attributes_write(&a, db, NULL), NQ_OK);
    for (int64_t i = 0; i < 100; i++) {
        int64_t id = i % 2 ? N - i : i;
        struct nq_attribute got, want = example(id, 1);
        assert_int_equal(nq_attributes_get(&few, db, id, &got, NULL), NQ_OK);
        assert_memory_equal(&got, &want, sizeof want);
        assert_int_equal(few.n_loaded, 1);
    }
    nq_attributes_finish(&few);
    nq_attributes_finish(&a);
    nq_db_close(db);
}

static void test_round_trip(void **state)
{
    (void)state;
    static const struct {
        int64_t run, most_bytes;
    } cases[] = {{N, 4096 + 8}, {50, 4096 + 8 * 83}, {2, 4096 + 8 * 2048}, {1, 8 * 4096}};
    for (size_t c = 0; c < NQ_COUNT(cases); c++) {
        struct nq_db *db = open_memory();
        struct nq_attributes a = {0};
        for (int64_t id = 0; id < N; id++)
            assert_int_equal(nq_attributes_set(&a, db, id, example(id, cases[c].run), NULL), 0);
        assert_int_equal(nq_attributes_write(&a, db, NULL), NQ_OK);
        nq_attributes_finish(&a);
        assert_int_equal(stored_bytes(db), cases[c].most_bytes);
        for (int64_t id = 0; id < N; id++)
            assert_holds(db, id, example(id, cases[c].run));
        for (int64_t id = N; id-- > 1;) /* backwards, and not from the last run on */
            assert_holds(db, id * 4099 % (N - 1), example(id * 4099 % (N - 1), cases[c].run));
        nq_db_close(db);
    }
}

/* What is set later is not lost, and what is not set stays. */
static void test_set_again(void **state)
{
    (void)state;
    struct nq_db *db = open_memory();
    struct nq_attributes a = {0};
    for (int64_t id = 0; id < N; id += 2) {
        assert_int_equal(nq_attributes_set(&a, db, id, example(id, 50), NULL), NQ_OK);
        if (id % 1000 == 0)
            assert_int_equal(nq_attributes_write(&a, db, NULL), NQ_OK);
        if (id % 3000 == 0)
            nq_attributes_finish(&a); /* drops what was not written, of which there is none */
    }
    assert_int_equal(nq_attributes_write(&a, db, NULL), NQ_OK);
    nq_attributes_finish(&a);
    for (int64_t id = 0; id < N; id++)
        assert_holds(db, id, id % 2 == 0 ? example(id, 50) : (struct nq_attribute){0});
    nq_db_close(db);
}

/* Eight bytes for each passage, as before schema version 4. */
static void test_older_layout(void **state)
{
    (void)state;
    static struct nq_attribute each[NQ_ATTRIBUTE_CHUNK];
    struct nq_db *db = open_memory();
    struct nq_attributes a = {0};
    for (int64_t id = 0; id < NQ_ATTRIBUTE_CHUNK; id++)
        each[id] = example(id, 50);
    insert(db, each, sizeof each);
    for (int64_t id = 0; id < N; id++)
        assert_holds(db, id, id < NQ_ATTRIBUTE_CHUNK ? example(id, 50) : (struct nq_attribute){0});
    assert_int_equal(nq_attributes_set(&a, db, 7, (struct nq_attribute){0}, NULL), NQ_OK);
    assert_int_equal(nq_attributes_write(&a, db, NULL), NQ_OK);
    nq_attributes_finish(&a);
    assert_true(stored_bytes(db) < (int64_t)sizeof each);
    for (int64_t id = 0; id < N; id++)
        assert_holds(db, id,
                     id != 7 && id < NQ_ATTRIBUTE_CHUNK ? example(id, 50)
                                                        : (struct nq_attribute){0});
    nq_db_close(db);
}

static void test_damaged(void **state)
{
    (void)state;
    static uint8_t data[NQ_ATTRIBUTE_CHUNK + 16]; /* 16: two runs, at one place */
    static const int lengths[] = {0, 1, 4095, 4096, 4100, 4104, sizeof data};
    data[4096 + 6] = 1; /* 4104: the only run does not begin where the chunk does */
    for (size_t i = 0; i < NQ_COUNT(lengths); i++) {
        struct nq_db *db = open_memory();
        struct nq_attributes a = {0};
        struct nq_attribute got;
        insert(db, data, lengths[i]);
        assert_int_equal(nq_attributes_get(&a, db, 1, &got, NULL), NQ_ERR_CORRUPT);
        nq_attributes_finish(&a);
        nq_db_close(db);
        if (lengths[i] == 4104)
            data[4096 + 6] = 0;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_few_chunks), cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_set_again),  cmocka_unit_test(test_older_layout),
        cmocka_unit_test(test_damaged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
