/* Very many passages put into an index of Xapian at once, which go by way of parts: nothing is
 * lost, nothing left over, and whoever has the index open sees them. */
#define _GNU_SOURCE
#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "unit.h"

enum { MANY = 1200, SHARDS = 3 };

static char folder[] = "/tmp/nq-parts-XXXXXX", path[100];

/* Passages of some forty characters, so that batches end many times. */
static const char *write_records(const char *name, int first, int n)
{
    static char file_path[120];
    snprintf(file_path, sizeof file_path, "%s/%s", folder, name);
    FILE *file = fopen(file_path, "w");
    assert_non_null(file);
    for (int i = first; i < first + n; i++)
        fprintf(file,
                "{\"id\":\"%d\",\"date\":\"2026-06-17\",\"title\":\"第%d号\",\"text\":\"数据要素第%"
                "d号流通，"
                "算力中心与电力协同的第%d种办法在%d个园区试行\"}\n",
                i, i, i, i % 7, i % 11);
    assert_int_equal(fclose(file), 0);
    return file_path;
}

static void update(const char *file, bool prune)
{
    struct nq_index *index = NULL;
    struct nq_error err = {0};
    struct nq_update_options options = {.prune = prune};
    if (nq_index_open(path, NQ_OPEN_WRITE, NULL, &index, &err) != NQ_OK ||
        nq_index_update(index, &file, 1, &options, NULL, &err) != NQ_OK)
        fail_msg("%s", err.message);
    nq_index_close(index);
}

static uint64_t total(struct nq_index *index, const char *query)
{
    struct nq_search_params params = {.query = nq_str_from(query), .limit = 5};
    struct nq_results *r = NULL;
    struct nq_error err = {0};
    if (nq_search(index, &params, &r, &err) != NQ_OK)
        fail_msg("%s", err.message);
    uint64_t n = r->total;
    nq_results_destroy(r);
    return n;
}

/* All tokens and words are there, and the set holds its shards and nothing else. */
static void assert_sound(struct nq_index *index, size_t shards)
{
    struct nq_error err = {0};
    uint64_t problems = 1;
    char set[120];
    size_t n = 0;
    if (nq_index_verify(index, NULL, NULL, &problems, &err) != NQ_OK)
        fail_msg("%s", err.message);
    assert_int_equal(problems, 0);
    snprintf(set, sizeof set, "%s.xapian/1", path);
    DIR *dir = opendir(set);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));)
        n += entry->d_name[0] != '.';
    closedir(dir);
    assert_int_equal(n, shards);
}

static void put_by_parts(size_t shards)
{
    struct nq_index_kind kind = {.engine = "xapian", .shards = (unsigned)shards};
    struct nq_index *reader = NULL;
    struct nq_error err = {0};
    char left[120];
    snprintf(path, sizeof path, "%s/%zu.db", folder, shards);
    enum nq_status status = nq_index_create(path, &kind, &err);
    if (status == NQ_ERR_VERSION) /* this build has none */
        skip();
    assert_int_equal(status, NQ_OK);
    update(write_records("few.jsonl", 0, 3), false);
    assert_int_equal(nq_index_open(path, NQ_OPEN_READ, NULL, &reader, &err), NQ_OK);
    assert_int_equal(total(reader, "数据要素"), 3);
    update(write_records("many.jsonl", 10, MANY), false);
    assert_int_equal(total(reader, "\"数据要素第777号流通\""), 1);
    assert_sound(reader, shards ? shards : 1);
    update(write_records("more.jsonl", MANY + 10, MANY), false);
    assert_int_equal(total(reader, "\"数据要素第1777号流通\""), 1);
    assert_sound(reader, shards ? shards : 1);
    /* A large file goes, another takes its place. */
    snprintf(left, sizeof left, "%s/many.jsonl", folder);
    remove(left);
    write_records("other.jsonl", 2 * MANY + 10, MANY);
    update(folder, true);
    assert_int_equal(total(reader, "\"数据要素第777号流通\""), 0);
    assert_int_equal(total(reader, "\"数据要素第2777号流通\""), 1);
    assert_sound(reader, shards ? shards : 1);
    nq_index_close(reader);
}

static void one_database(void **state)
{
    (void)state;
    put_by_parts(0);
}

static void shards(void **state)
{
    (void)state;
    put_by_parts(SHARDS);
}

/* What a writer that was killed has left goes with the next one. */
static void leftovers(void **state)
{
    (void)state;
    char left[140];
    struct nq_index *reader = NULL;
    struct nq_index_kind kind = {.engine = "xapian"};
    snprintf(path, sizeof path, "%s/left.db", folder);
    if (nq_index_create(path, &kind, NULL) == NQ_ERR_VERSION)
        skip();
    snprintf(left, sizeof left, "%s.xapian/1/0-17", path);
    assert_int_equal(mkdir(left, 0700), 0);
    update(write_records("few.jsonl", 0, 3), false);
    assert_int_equal(nq_index_open(path, NQ_OPEN_READ, NULL, &reader, NULL), NQ_OK);
    assert_sound(reader, 1);
    nq_index_close(reader);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_one(const char *name, const struct stat *st, int flag, struct FTW *at)
{
    (void)st, (void)flag, (void)at;
    return remove(name);
}

static int remove_folder(void **state)
{
    (void)state;
    return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(one_database), cmocka_unit_test(shards),
                                       cmocka_unit_test(leftovers)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
