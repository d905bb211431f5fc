/* Filling new text indexes without FTS5: they hold what FTS5 would have put there, to the last
 * place and total, FTS5 finds them sound, and goes on with them. */
#include "engine/bulk.h"
#include "store/sql.h"
#include "unit.h"

/* An index in memory, filled by ourselves or by FTS5. */
struct fixture {
    struct nq_db *db;
    struct nq_segmenter *segmenter;
    struct nq_engine *engine;
    bool bulk;
};

static void setup(struct fixture *f, bool bulk)
{
    assert_int_equal(nq_db_open_memory("test", &f->db, NULL), NQ_OK);
    assert_int_equal(nq_segmenter_create(NULL, &f->segmenter, NULL), NQ_OK);
    assert_int_equal(nq_engine_create(f->db, f->segmenter, &f->engine, NULL), NQ_OK);
    assert_int_equal(nq_db_create(f->db, NULL), NQ_OK);
    f->bulk = bulk;
}

static void teardown(struct fixture *f)
{
    nq_db_close(f->db);
    nq_engine_destroy(f->engine);
    nq_segmenter_destroy(f->segmenter);
}

static void begin(struct fixture *f)
{
    assert_int_equal(nq_db_begin(f->db, NULL), NQ_OK);
    assert_int_equal(nq_engine_begin(f->engine, NULL), NQ_OK);
    if (!f->bulk)
        assert_int_equal(nq_bulk_end(f->engine, NULL), NQ_OK);
}

static void commit(struct fixture *f)
{
    struct nq_error err = {0};
    enum nq_status status = nq_engine_flush(f->engine, &err);
    if (nq_db_end(f->db, status, &err) != NQ_OK)
        fail_msg("%s", err.message);
}

/* Text of passage `id`: some is in all, some in each other, some in few, and with each other
 * character that makes a token. */
static void write_text(int64_t id, struct nq_buf *out)
{
    static const char *const pieces[] = {
        "数据要素市场化配置改革",
        "“算力”与电力协同，算电协同",
        "8.53ZB、2026—2028年1,300亿元",
        "measures measured measuring",
        "\U00020BB7野家\U00020BB7\U0001F600，\uFFFD",
        "C#与AI+，A股5G",
        "哈哈哈哈哈哈哈哈哈哈",
        "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
    };
    out->len = 0;
    nq_buf_addf(out, "国家%s。", pieces[id % 2]);
    for (size_t i = 0; i < NQ_COUNT(pieces); i++)
        if (id % (int64_t)(i + 2) == 0)
            nq_buf_addf(out, "%s%lld；", pieces[i], (long long)(id * 7919 % 1000));
}

static void put(struct fixture *f, int64_t id, struct nq_str heading)
{
    struct nq_buf text = {0};
    write_text(id, &text);
    struct nq_document d = {
        .id = id, .kind = NQ_KIND_REPORT, .heading = heading, .text = nq_buf_str(&text)};
    assert_int_equal(nq_engine_put(f->engine, &d, NULL), NQ_OK);
    nq_buf_finish(&text);
}

static void take(struct fixture *f, int64_t id, struct nq_str heading)
{
    struct nq_buf text = {0};
    write_text(id, &text);
    assert_int_equal(nq_engine_remove(f->engine, id, heading, nq_buf_str(&text), NULL), NQ_OK);
    nq_buf_finish(&text);
}

/* All postings of both tables, and the totals, as one number and how many there are. */
static void read_all(struct fixture *f, uint64_t *hash, int64_t *n)
{
    static const char sql[] = "SELECT term || ' ' || doc || ' ' || col || ' ' || offset FROM temp.t"
                              " UNION ALL SELECT term || ' ' || doc FROM temp.w"
                              " UNION ALL SELECT hex(block) FROM text_data WHERE id = 1"
                              " UNION ALL SELECT hex(block) FROM words_data WHERE id = 1";
    assert_int_equal(
        nq_db_exec(
            f->db,
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.t USING fts5vocab(main, text, instance);"
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.w USING fts5vocab(main, words, instance)",
            NULL),
        NQ_OK);
    struct nq_rows r = nq_rows(f->db, sql, NULL, NULL);
    *hash = 0xCBF29CE484222325u;
    for (*n = 0; nq_rows_next(&r); ++*n) {
        struct nq_str row = nq_rows_str(&r, 0);
        for (size_t i = 0; i < row.len; i++)
            *hash = (*hash ^ (unsigned char)row.ptr[i]) * 0x100000001B3u;
    }
    assert_int_equal(nq_rows_end(&r), NQ_OK);
}

static void assert_same(struct fixture *ours, struct fixture *theirs)
{
    uint64_t a, b;
    int64_t n, m;
    assert_int_equal(nq_db_exec(ours->db,
                                "INSERT INTO text (text) VALUES ('integrity-check');"
                                "INSERT INTO words (words) VALUES ('integrity-check')",
                                NULL),
                     NQ_OK);
    read_all(ours, &a, &n);
    read_all(theirs, &b, &m);
    assert_true(n > 1000);
    assert_int_equal(n, m);
    assert_int_equal(a, b);
}

static int64_t count(struct fixture *f, const char *sql)
{
    int64_t n = 0;
    assert_int_equal(nq_sql_int(f->db, sql, NULL, &n, NULL), NQ_OK);
    return n;
}

enum { N = 9000, PART = 3000 };

/* In three transactions, the last of them with a heading that has more places than can be told. */
static void fill(struct fixture *f)
{
    struct nq_buf heading = {0};
    for (int64_t id = 1; id <= N; id++) {
        if (id % PART == 1)
            begin(f);
        if (id == N)
            for (int i = 0; i < NQ_GATHER_OFFSETS; i++)
                nq_buf_add(&heading, NQ_STR("长"));
        put(f, id, id == N ? nq_buf_str(&heading) : NQ_STR("要素市场化"));
        if (id % PART == 0)
            commit(f);
    }
    nq_buf_finish(&heading);
}

static void test_same(void **state)
{
    struct fixture ours = {0}, theirs = {0};
    (void)state;
    setup(&ours, true);
    setup(&theirs, false);
    fill(&ours);
    fill(&theirs);
    assert_null(theirs.engine->bulk);
    assert_null(ours.engine->bulk); /* the last passage was FTS5's */
    assert_true(count(&ours, "SELECT count(DISTINCT segid) FROM text_idx") >= 3);
    assert_same(&ours, &theirs);
    /* FTS5 takes out what it did not put in, and merges. */
    for (int k = 0; k < 2; k++) {
        struct fixture *f = k ? &ours : &theirs;
        begin(f);
        for (int64_t id = 2; id < N; id += 2)
            take(f, id, NQ_STR("要素市场化"));
        commit(f);
    }
    assert_same(&ours, &theirs);
    assert_int_equal(nq_engine_optimize(ours.engine, NULL), NQ_OK);
    assert_int_equal(count(&ours, "SELECT count(DISTINCT segid) FROM text_idx"), 1);
    assert_same(&ours, &theirs);
    teardown(&ours);
    teardown(&theirs);
}

/* What was gathered is gone with its transaction; what FTS5 is needed for ends the filling. */
static void test_transactions(void **state)
{
    struct fixture ours = {0}, theirs = {0};
    (void)state;
    setup(&ours, true);
    setup(&theirs, false);
    for (int k = 0; k < 2; k++) {
        struct fixture *f = k ? &ours : &theirs;
        begin(f);
        for (int64_t id = 1; id <= PART; id++)
            put(f, id, NQ_STR("标题"));
        commit(f);
        begin(f);
        put(f, PART + 1, NQ_STR("标题"));
        assert_int_equal(nq_db_exec(f->db, "ROLLBACK", NULL), NQ_OK);
        assert_int_equal(nq_engine_reset(f->engine, NULL), NQ_OK);
        assert_true(!!f->engine->bulk == (k == 1));
        begin(f);
        put(f, PART + 2, NQ_STR("标题"));
        take(f, PART + 2, NQ_STR("标题"));
        take(f, 7, NQ_STR("标题"));
        put(f, PART + 3, NQ_STR("标题"));
        commit(f);
        assert_null(f->engine->bulk);
    }
    assert_same(&ours, &theirs);
    begin(&ours);
    assert_null(ours.engine->bulk); /* it is not empty */
    commit(&ours);
    teardown(&ours);
    teardown(&theirs);
}

/* Tokens come out in the order of their bytes, whatever they are made of. */
static void test_order(void **state)
{
    static const char *const tokens[] = {"中国",
                                         "中",
                                         "a",
                                         "a\x01",
                                         "a\x01"
                                         "b",
                                         "中国人民大学",
                                         "中国人民",
                                         "\xF0\xA0\xAE\xB7国",
                                         "\xF0\xA0\xAE\xB7",
                                         "\xF0\x90\x80\x80龥",
                                         "\xEF\xBF\xBF",
                                         "\xEF\xBF\xBE",
                                         "é",
                                         "中国人民大会",
                                         "\xEF\xBF\xBF"
                                         "a"};
    struct nq_gather g = {0};
    char room[NQ_GATHER_KEY_BYTES], before[64] = "";
    size_t n = 0;
    (void)state;
    assert_true(nq_gather_reserve(&g, 3 * NQ_COUNT(tokens)));
    for (int64_t id = 5; id < 8; id++)
        for (size_t i = 0; i < NQ_COUNT(tokens); i++)
            nq_gather_add(&g, id, i % 2, i, nq_str_from(tokens[i]));
    assert_true(nq_gather_sort(&g));
    for (size_t i = 0, end; i < g.n; i = end, n++) {
        struct nq_str token = nq_gathered_token(&g, i, room);
        end = nq_gathered_end(&g, i);
        assert_int_equal(end - i, 3);
        assert_true(nq_str_cmp(nq_str_from(before), token) < 0);
        memcpy(before, token.ptr, token.len);
        before[token.len] = '\0';
        for (size_t k = i; k < end; k++) {
            size_t which = nq_gathered_offset(&g, k);
            assert_int_equal(nq_gathered_id(&g, k), 5 + (int64_t)(k - i));
            assert_int_equal(nq_gathered_column(&g, k), which % 2);
            assert_string_equal(tokens[which], before);
        }
    }
    assert_int_equal(n, NQ_COUNT(tokens));
    nq_gather_finish(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_same),
        cmocka_unit_test(test_transactions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
