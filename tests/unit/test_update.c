/* Files that vanish or change while they are being read: the callbacks of a run are the moment. */
#define _GNU_SOURCE /* mkdtemp */
#include "unit.h"

#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
    char folder[40], index_path[60], first[60], second[60];
    struct nq_index *index;
    /* What a callback does, once or each time. */
    const char *remove, *append;
    int times;
    struct nq_buf warnings;
};

static void write_file(const char *path, const char *mode, const char *text)
{
    FILE *f = fopen(path, mode);
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static void act(struct fixture *f)
{
    if (f->times-- <= 0)
        return;
    if (f->remove)
        unlink(f->remove);
    if (f->append)
        write_file(f->append, "a", "后来写的一段，虚拟电厂。\n\n");
}

/* Called before each file. */
static bool on_progress(void *user, const struct nq_progress *at)
{
    struct fixture *f = user;
    if (f->remove && at->files_done == 1)
        act(f);
    return true;
}

/* Called for a byte that is no UTF-8, which is when the file has just been read. */
static void on_warning(void *user, bool failed, const char *message)
{
    struct fixture *f = user;
    nq_buf_addf(&f->warnings, "%d %s\n", failed, message);
    if (f->append)
        act(f);
}

static struct nq_summary update(struct fixture *f, bool prune)
{
    const char *paths[] = {f->folder};
    struct nq_update_options options = {
        .progress = on_progress, .warning = on_warning, .user = f, .prune = prune};
    struct nq_summary summary;
    struct nq_error err = {0};
    uint64_t problems = 1;
    f->warnings.len = 0;
    if (nq_index_update(f->index, paths, 1, &options, &summary, &err) != NQ_OK)
        fail_msg("%s", err.message);
    nq_buf_add_byte(&f->warnings, '\0');
    assert_int_equal(nq_index_verify(f->index, NULL, NULL, &problems, NULL), NQ_OK);
    assert_int_equal(problems, 0);
    return summary;
}

static uint64_t total(struct fixture *f, const char *query)
{
    struct nq_search_params params = {.query = nq_str_from(query), .limit = 10};
    struct nq_results *results = NULL;
    assert_int_equal(nq_search(f->index, &params, &results, NULL), NQ_OK);
    uint64_t n = results->total;
    nq_results_destroy(results);
    return n;
}

static void vanishes(void **state)
{
    struct fixture *f = *state;
    f->remove = f->second;
    f->times = 1;
    struct nq_summary s = update(f, false);
    assert_int_equal(s.files_read, 1);
    assert_int_equal(s.files_failed, 0);
    assert_non_null(strstr(f->warnings.ptr, "0 "));
    assert_non_null(strstr(f->warnings.ptr, "b.md: gone before it was read"));
    assert_int_equal(total(f, "“算电协同”"), 1);
    assert_int_equal(total(f, "“低空物流”"), 0);
}

/* Known, then gone while the run is under way: forgotten only where that is asked for. */
static void vanishes_known(void **state)
{
    struct fixture *f = *state;
    update(f, false);
    write_file(f->second, "a", "又一段。\n\n");
    f->remove = f->second;
    f->times = 1;
    assert_int_equal(update(f, false).files_failed, 0);
    assert_int_equal(total(f, "“低空物流”"), 1);
    write_file(f->second, "w", "# 乙\n\n又来。\n");
    f->times = 1;
    assert_int_equal(update(f, true).files_removed, 1);
    assert_int_equal(total(f, "“低空物流”"), 0);
}

static void changes_once(void **state)
{
    struct fixture *f = *state;
    write_file(f->second, "a", "坏字节\xff在此。\n\n");
    f->append = f->second;
    f->times = 1;
    struct nq_summary s = update(f, false);
    assert_int_equal(s.files_read, 2);
    assert_int_equal(s.files_failed, 0);
    assert_int_equal(total(f, "“后来写的一段”"), 1);
}

/* One that never stands still is not indexed, and said to be so; what it was stays. */
static void changes_always(void **state)
{
    struct fixture *f = *state;
    update(f, false);
    write_file(f->second, "a", "坏字节\xff在此。\n\n");
    f->append = f->second;
    f->times = 100;
    struct nq_summary s = update(f, false);
    assert_int_equal(s.files_failed, 1);
    assert_non_null(strstr(f->warnings.ptr, "1 "));
    assert_non_null(strstr(f->warnings.ptr, "b.md: changes while it is being read"));
    assert_int_equal(total(f, "“低空物流”"), 1);
    assert_int_equal(total(f, "“后来写的一段”"), 0);
    f->append = NULL;
    assert_int_equal(update(f, false).files_replaced, 1);
    assert_int_equal(total(f, "“坏字节”"), 1);
}

/* Records are put as they are read; all of a torn file is taken back. */
static void records_change_always(void **state)
{
    struct fixture *f = *state;
    char path[60];
    snprintf(path, sizeof path, "%s/r.jsonl", f->folder);
    write_file(path, "w", "{\"id\":\"1\",\"title\":\"甲\",\"text\":\"第一条记录。\"}\nno json\n");
    f->append = path;
    f->times = 100;
    struct nq_summary s = update(f, false);
    assert_int_equal(s.files_failed, 1);
    assert_int_equal(total(f, "“第一条记录”"), 0);
    assert_int_equal(total(f, "“算电协同”"), 1);
    f->append = NULL;
    assert_int_equal(update(f, false).files_read, 1);
    assert_int_equal(total(f, "“第一条记录”"), 1);
    unlink(path);
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    strcpy(f->folder, "/tmp/nqtest-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->index_path, sizeof f->index_path, "%s.db", f->folder);
    snprintf(f->first, sizeof f->first, "%s/a.md", f->folder);
    snprintf(f->second, sizeof f->second, "%s/b.md", f->folder);
    write_file(f->first, "w", "# 甲\n\n2026年6月17日\n\n算电协同试点。\n\n");
    write_file(f->second, "w", "# 乙\n\n2026年6月18日\n\n低空物流航线。\n\n");
    struct nq_error err = {0};
    if (nq_index_open(f->index_path, NQ_OPEN_WRITE, NULL, &f->index, &err) != NQ_OK)
        fail_msg("%s", err.message);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    static const char *const endings[] = {"", "-wal", "-shm"};
    nq_index_close(f->index);
    for (size_t i = 0; i < NQ_COUNT(endings); i++) {
        char name[80];
        snprintf(name, sizeof name, "%s%s", f->index_path, endings[i]);
        unlink(name);
    }
    unlink(f->first);
    unlink(f->second);
    rmdir(f->folder);
    nq_buf_finish(&f->warnings);
    free(f);
    return 0;
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {TEST(vanishes), TEST(vanishes_known), TEST(changes_once),
                                       TEST(changes_always), TEST(records_change_always)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
