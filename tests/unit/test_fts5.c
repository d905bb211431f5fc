/* engine/fts5_query: what it reads in FTS5's tables, beside what was written there. */
#include "engine/fts5_query.h"
#include "engine/fts5_segment.h"
#include "engine/leaves.h"
#include "engine/merge.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "engine/compile.h"
#include "store/sql.h"
#include "unit.h"

enum { DOCUMENTS = 600, MOST = 90, WORDS = 12 };

/* The documents as they should stand in the index: words of both columns by number. */
struct document {
    bool there;
    int n[2];
    unsigned char words[2][MOST];
};

struct archive {
    struct nq_db *db;
    struct document *documents; /* from 1 */
    unsigned random;
};

static unsigned next_random(struct archive *a, unsigned below)
{
    a->random = a->random * 1103515245u + 12345u;
    return (a->random >> 16) % below;
}

/* Frequent words first; those of an odd number begin with the one before. */
static unsigned random_word(struct archive *a)
{
    unsigned x = next_random(a, WORDS), y = next_random(a, WORDS);
    return x < y ? x : y;
}

static void add_word(struct nq_buf *out, unsigned word)
{
    nq_buf_addf(out, "w%c%s", 'a' + (int)(word / 2), word % 2 ? "x" : "");
}

static void print(const struct document *d, int column, struct nq_buf *out)
{
    out->len = 0;
    for (int i = 0; i < d->n[column]; i++) {
        nq_buf_add_byte(out, ' ');
        add_word(out, d->words[column][i]);
    }
    nq_buf_add_byte(out, '\0');
    assert_false(out->failed);
    out->len--;
}

static void run(struct archive *a, const char *sql, int64_t id, const struct document *d)
{
    struct nq_buf body = {0}, heading = {0};
    struct nq_error err = {0};
    print(d, 0, &body);
    print(d, 1, &heading);
    assert_int_equal(
        nq_sql_run(a->db, sql,
                   NQ_WITH(nq_int(id), nq_text(nq_buf_str(&body)), nq_text(nq_buf_str(&heading))),
                   &err),
        NQ_OK);
    nq_buf_finish(&body);
    nq_buf_finish(&heading);
}

static void put(struct archive *a, int64_t id)
{
    struct document *d = &a->documents[id];
    static const char text_sql[] = "INSERT INTO text (rowid, body, heading) VALUES (?1, ?2, ?3)";
    static const char words_sql[] = "INSERT INTO words (rowid, list) VALUES (?1, ?2 || ' ' || ?3)";
    d->there = true;
    d->n[0] = 1 + (int)next_random(a, MOST);
    d->n[1] = (int)next_random(a, 4);
    for (int c = 0; c < 2; c++)
        for (int i = 0; i < d->n[c]; i++)
            d->words[c][i] = (unsigned char)random_word(a);
    run(a, text_sql, id, d);
    run(a, words_sql, id, d);
}

static void drop(struct archive *a, int64_t id)
{
    struct document *d = &a->documents[id];
    static const char text_sql[] =
        "INSERT INTO text (text, rowid, body, heading) VALUES ('delete', ?1, ?2, ?3)";
    static const char words_sql[] =
        "INSERT INTO words (words, rowid, list) VALUES ('delete', ?1, ?2 || ' ' || ?3)";
    run(a, text_sql, id, d);
    run(a, words_sql, id, d);
    d->there = false;
}

static void execute(struct archive *a, const char *sql)
{
    struct nq_error err = {0};
    if (nq_db_exec(a->db, sql, &err) != NQ_OK)
        fail_msg("%s: %s", sql, err.message);
}

/* Both tables with pages so small that position lists go over several. */
static void make(struct archive *a)
{
    struct nq_error err = {0};
    *a = (struct archive){.random = 7};
    a->documents = calloc(DOCUMENTS + 1, sizeof *a->documents);
    assert_non_null(a->documents);
    assert_int_equal(nq_db_open_memory("memory", &a->db, &err), NQ_OK);
    execute(a, "CREATE VIRTUAL TABLE text USING fts5(body, heading, content = '', columnsize = 0,"
               " tokenize = 'ascii');"
               "CREATE VIRTUAL TABLE words USING fts5(list, content = '', columnsize = 0,"
               " detail = none, tokenize = 'ascii');"
               "INSERT INTO text (text, rank) VALUES ('pgsz', 64), ('automerge', 3);"
               "INSERT INTO words (words, rank) VALUES ('pgsz', 64), ('automerge', 3);");
}

static void finish(struct archive *a)
{
    nq_db_close(a->db);
    free(a->documents);
}

/* A transaction of some documents put in, taken out and put back with other words. */
static void change(struct archive *a, int64_t *last)
{
    execute(a, "BEGIN");
    for (unsigned n = next_random(a, 40); n > 0; n--) {
        int64_t id = 1 + (int64_t)next_random(a, (unsigned)*last + 1);
        if (a->documents[id].there && next_random(a, 3) == 0)
            drop(a, id);
        else if (!a->documents[id].there && *last < DOCUMENTS)
            put(a, id);
        if (*last < DOCUMENTS && !a->documents[*last + 1].there)
            put(a, ++*last);
    }
    execute(a, "COMMIT");
}

/* How often a phrase stands in a column; the last word may go on. */
static uint32_t count(const struct document *d, int column, const unsigned *words, int n,
                      bool prefix)
{
    uint32_t found = 0;
    for (int i = 0; d->there && i + n <= d->n[column]; i++) {
        int k = 0;
        while (k < n && (d->words[column][i + k] == words[k] ||
                         (prefix && k == n - 1 && d->words[column][i + k] / 2 == words[k] / 2 &&
                          words[k] % 2 == 0)))
            k++;
        found += k == n;
    }
    return found;
}

struct phrase {
    unsigned words[3];
    int n;
    bool prefix, heading;
};

static struct phrase random_phrase(struct archive *a)
{
    struct phrase p = {.n = 1 + (int)next_random(a, 3)};
    for (int i = 0; i < p.n; i++)
        p.words[i] = random_word(a);
    p.prefix = next_random(a, 3) == 0;
    p.heading = next_random(a, 8) == 0;
    return p;
}

static void add_phrase(struct nq_buf *out, const struct phrase *p)
{
    nq_buf_add(out, p->heading ? NQ_STR("heading:\"") : NQ_STR("\""));
    for (int i = 0; i < p->n; i++) {
        if (i > 0)
            nq_buf_add_byte(out, NQ_LIST_NEXT);
        add_word(out, p->words[i]);
    }
    nq_buf_add(out, p->prefix ? NQ_STR("\" *") : NQ_STR("\""));
}

/* What a walk gave, against what it should: counts by phrase and document. */
struct seen {
    uint32_t (*counts)[DOCUMENTS + 1][2];
    int64_t last;
    size_t phrase;
};

static enum nq_next on_posting(void *user, const struct nq_posting *p)
{
    struct seen *seen = user;
    if (p->phrase == seen->phrase)
        assert_true(p->passage > seen->last);
    assert_true(p->passage <= DOCUMENTS);
    seen->phrase = p->phrase;
    seen->last = p->passage;
    seen->counts[p->phrase][p->passage][0] += p->in_body;
    seen->counts[p->phrase][p->passage][1] += p->in_heading;
    return NQ_NEXT_POSTING;
}

static void check_phrase(struct archive *a, const struct phrase *p)
{
    struct seen seen = {.counts = calloc(1, sizeof *seen.counts)};
    struct nq_buf match = {0};
    struct nq_error err = {0};
    add_phrase(&match, p);
    assert_int_equal(nq_fts5_phrases(a->db, false, nq_buf_str(&match), on_posting, &seen, &err),
                     NQ_OK);
    for (int64_t id = 1; id <= DOCUMENTS; id++) {
        const struct document *d = &a->documents[id];
        uint32_t body = p->heading ? 0 : count(d, 0, p->words, p->n, p->prefix);
        uint32_t heading = count(d, 1, p->words, p->n, p->prefix);
        if (seen.counts[0][id][0] != body || seen.counts[0][id][1] != heading)
            fail_msg("%.*s in %d: %u and %u, not %u and %u", NQ_STR_ARG(nq_buf_str(&match)),
                     (int)id, seen.counts[0][id][0], seen.counts[0][id][1], body, heading);
    }
    nq_buf_finish(&match);
    free(seen.counts);
}

static bool holds(const struct document *d, const struct phrase *p)
{
    return count(d, 1, p->words, p->n, p->prefix) > 0 ||
           (!p->heading && count(d, 0, p->words, p->n, p->prefix) > 0);
}

/* ((p0 AND p1) OR p2) NOT (p3), and the same as sets. */
static void check_expression(struct archive *a)
{
    struct seen seen = {.counts = calloc(4, sizeof *seen.counts), .phrase = 9};
    struct phrase p[4];
    struct nq_buf match = {0};
    struct nq_error err = {0};
    static const char *const before[] = {"((", " AND ", ") OR ", ") NOT ("};
    for (int i = 0; i < 4; i++) {
        p[i] = random_phrase(a);
        nq_buf_add(&match, nq_str_from(i == 0 ? "(((" : before[i]));
        add_phrase(&match, &p[i]);
    }
    nq_buf_add(&match, NQ_STR("))"));
    assert_int_equal(nq_fts5_passages(a->db, nq_buf_str(&match), on_posting, &seen, &err), NQ_OK);
    for (int64_t id = 1; id <= DOCUMENTS; id++) {
        const struct document *d = &a->documents[id];
        uint32_t got = 0;
        for (int i = 0; i < 4; i++)
            got += seen.counts[i][id][0] + seen.counts[i][id][1];
        bool want = ((holds(d, &p[0]) && holds(d, &p[1])) || holds(d, &p[2])) && !holds(d, &p[3]);
        if ((got > 0) != want)
            fail_msg("%.*s in %d: %u", NQ_STR_ARG(nq_buf_str(&match)), (int)id, got);
    }
    nq_buf_finish(&match);
    free(seen.counts);
}

static void check_words(struct archive *a, unsigned word)
{
    struct seen seen = {.counts = calloc(1, sizeof *seen.counts)};
    struct phrase p = {.words = {word}, .n = 1};
    struct nq_buf match = {0};
    struct nq_error err = {0};
    add_phrase(&match, &p);
    assert_int_equal(nq_fts5_phrases(a->db, true, nq_buf_str(&match), on_posting, &seen, &err),
                     NQ_OK);
    for (int64_t id = 1; id <= DOCUMENTS; id++)
        assert_int_equal(seen.counts[0][id][0], holds(&a->documents[id], &p));
    nq_buf_finish(&match);
    free(seen.counts);
}

static void check_all(struct archive *a)
{
    for (int i = 0; i < 40; i++) {
        struct phrase p = random_phrase(a);
        check_phrase(a, &p);
    }
    for (int i = 0; i < 10; i++)
        check_expression(a);
    for (unsigned word = 0; word < WORDS; word++)
        check_words(a, word);
}

/* Many segments, merges half done and one segment alone give what was written. */
static void test_segments(void **state)
{
    struct archive a;
    int64_t last = 0;
    (void)state;
    make(&a);
    check_all(&a); /* of nothing */
    for (int i = 0; i < 40; i++) {
        change(&a, &last);
        if (i % 4 == 0)
            check_all(&a);
        if (i % 7 == 0)
            execute(&a, "INSERT INTO text (text, rank) VALUES ('merge', 3);"
                        "INSERT INTO words (words, rank) VALUES ('merge', 3);");
    }
    check_all(&a);
    execute(&a, "INSERT INTO text (text) VALUES ('optimize');"
                "INSERT INTO words (words) VALUES ('optimize');");
    check_all(&a);
    finish(&a);
}

/* Merges a table by ourselves; how many segments it then has. */
static size_t merge(struct archive *a, bool words)
{
    bool done = false;
    struct nq_fts5_table table;
    struct nq_error err = {0};
    execute(a, "BEGIN");
    assert_int_equal(nq_merge_table(a->db, words, &done, &err), NQ_OK);
    assert_true(done);
    assert_int_equal(nq_leaves_reload(a->db, &err), NQ_OK);
    execute(a, "COMMIT");
    execute(a, "INSERT INTO text (text) VALUES ('integrity-check');"
               "INSERT INTO words (words) VALUES ('integrity-check');");
    assert_int_equal(nq_fts5_table_open(a->db, words, &table, &err), NQ_OK);
    size_t n = table.n;
    nq_fts5_table_close(&table);
    return n;
}

/* One segment made of many holds what was written, FTS5 finds it sound and goes on with it; nothing
 * is left of what was taken out. */
static void test_merge(void **state)
{
    struct archive a;
    int64_t last = 0, rows;
    struct nq_error err = {0};
    (void)state;
    make(&a);
    assert_int_equal(merge(&a, false), 0); /* of nothing */
    for (int i = 0; i < 30; i++) {
        change(&a, &last);
        if (i % 5 != 4)
            continue;
        assert_int_equal(merge(&a, false), 1);
        assert_int_equal(merge(&a, true), 1);
        check_all(&a);
    }
    execute(&a, "BEGIN");
    for (int64_t id = 1; id <= last; id++)
        if (a.documents[id].there)
            drop(&a, id);
    execute(&a, "COMMIT");
    assert_int_equal(merge(&a, false), 0);
    assert_int_equal(merge(&a, true), 0);
    assert_int_equal(nq_sql_int(a.db,
                                "SELECT (SELECT count(*) FROM text_data WHERE id > 10) +"
                                " (SELECT count(*) FROM text_idx)",
                                NULL, &rows, &err),
                     NQ_OK);
    assert_int_equal(rows, 0);
    change(&a, &last);
    check_all(&a);
    finish(&a);
}

/* A token in the place of another counts once, and a phrase that is told in two ways is one. */
static void test_synonyms(void **state)
{
    struct archive a;
    int64_t last = 0;
    struct nq_error err = {0};
    (void)state;
    make(&a);
    change(&a, &last);
    const unsigned wa[] = {0}, wb[] = {2};
    struct seen seen = {.counts = calloc(1, sizeof *seen.counts)};
    assert_int_equal(
        nq_fts5_phrases(a.db, false, NQ_STR("\"wa\x1Ewb\x1Ewa\""), on_posting, &seen, &err), NQ_OK);
    for (int64_t id = 1; id <= DOCUMENTS; id++)
        assert_int_equal(seen.counts[0][id][0], count(&a.documents[id], 0, wa, 1, false) +
                                                    count(&a.documents[id], 0, wb, 1, false));
    free(seen.counts);
    finish(&a);
}

static enum nq_next on_any(void *user, const struct nq_posting *p)
{
    (void)user, (void)p;
    return NQ_NEXT_POSTING;
}

/* Pages with other bytes give an error or something, but end. */
static void test_damaged(void **state)
{
    static const char pick[] =
        "SELECT id FROM text_data WHERE id > 1 ORDER BY id LIMIT 1 OFFSET ?1";
    static const char read[] = "SELECT block FROM text_data WHERE id = ?1";
    static const char write[] = "UPDATE text_data SET block = ?2 WHERE id = ?1";
    struct archive a;
    struct nq_buf block = {0}, match = {0};
    struct nq_error err = {0};
    int64_t last = 0, pages, id;
    int damaged = 0;
    (void)state;
    make(&a);
    for (int i = 0; i < 6; i++)
        change(&a, &last);
    assert_int_equal(nq_sql_int(a.db, "SELECT count(*) - 1 FROM text_data", NULL, &pages, &err),
                     NQ_OK);
    for (int i = 0; i < 3000; i++) {
        nq_sql_int(a.db, pick, NQ_WITH(nq_int(next_random(&a, (unsigned)pages))), &id, &err);
        assert_int_equal(nq_sql_blob(a.db, read, NQ_WITH(nq_int(id)), &block, &err), NQ_OK);
        if (block.len == 0)
            continue;
        size_t at = next_random(&a, (unsigned)block.len);
        char byte = block.ptr[at];
        size_t len = next_random(&a, 8) == 0 ? at : block.len;
        block.ptr[at] = (char)next_random(&a, 256);
        nq_sql_run(a.db, write, NQ_WITH(nq_int(id), nq_blob((struct nq_str){block.ptr, len})),
                   &err);
        struct phrase p = random_phrase(&a);
        match.len = 0;
        add_phrase(&match, &p);
        enum nq_status status =
            nq_fts5_phrases(a.db, false, nq_buf_str(&match), on_any, NULL, &err);
        assert_true(status == NQ_OK || status == NQ_ERR_CORRUPT);
        damaged += status == NQ_ERR_CORRUPT;
        block.ptr[at] = byte;
        nq_sql_run(a.db, write, NQ_WITH(nq_int(id), nq_blob(nq_buf_str(&block))), &err);
    }
    assert_true(damaged > 0);
    check_all(&a);
    nq_buf_finish(&block);
    nq_buf_finish(&match);
    finish(&a);
}

/* Numbers come back as they were written, the largest too, in SQLite's nine bytes at most. */
static void test_numbers(void **state)
{
    (void)state;
    uint8_t bytes[9];
    for (int shift = 0; shift <= 64; shift++)
        for (uint64_t less = 0; less < 3; less++) {
            uint64_t value = (shift < 64 ? 1ull << shift : 0) - less, got = 0;
            size_t at = 0, n = nq_fts5_put_number(bytes, value);
            assert_in_range(n, 1, sizeof bytes);
            assert_true(nq_fts5_number((struct nq_str){(const char *)bytes, n}, &at, &got));
            assert_true(got == value && at == n);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers), cmocka_unit_test(test_segments),
        cmocka_unit_test(test_merge),   cmocka_unit_test(test_synonyms),
        cmocka_unit_test(test_damaged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
