/* The second engine with each allocation of it, of ours and of SQLite failing in turn: what is
 * refused says so, and what was between the shards and the database the next writer puts right. */
#define _GNU_SOURCE
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "fault.h"
#include "unit.h"

enum { DENSE = 60 };

static char folder[] = "/tmp/nq-fault-XXXXXX";
static char path[60], first[60], second[60];

static int remove_one(const char *name, const struct stat *st, int flag, struct FTW *at)
{
    (void)st, (void)flag, (void)at;
    return remove(name);
}

static enum nq_status update(const char *file, bool prune, struct nq_error *err)
{
    struct nq_index *index = NULL;
    struct nq_update_options options = {.prune = prune};
    const char *paths[] = {file};
    enum nq_status status = nq_index_open(path, NQ_OPEN_WRITE, NULL, &index, err);
    if (status == NQ_OK)
        status = nq_index_update(index, paths, 1, &options, NULL, err);
    nq_index_close(index);
    return status;
}

static bool search(void *user)
{
    struct nq_error err = {0};
    uint64_t total = 0;
    bool ok = fault_judge(fault_count(path, user, &total, &err), &err);
    assert_true(!ok || total == 1);
    return ok;
}

static bool complete(void *user)
{
    struct nq_index *index = NULL;
    struct nq_suggestions *found = NULL;
    struct nq_error err = {0};
    bool ok = fault_judge(nq_index_open(path, NQ_OPEN_READ, NULL, &index, &err), &err);
    ok = ok && fault_judge(nq_suggest(index, nq_str_from(user), 10, &found, &err), &err);
    assert_true(!ok || found->n_items >= 1);
    nq_suggestions_destroy(found);
    nq_index_close(index);
    return ok;
}

static void problem(void *user, const char *message)
{
    (void)user;
    print_error("verify: %s\n", message);
}

static bool verify(void *user)
{
    (void)user;
    struct nq_index *index = NULL;
    struct nq_error err = {0};
    uint64_t n_problems = 0;
    bool ok = fault_judge(nq_index_open(path, NQ_OPEN_READ, NULL, &index, &err), &err);
    ok = ok && fault_judge(nq_index_verify(index, problem, NULL, &n_problems, &err), &err);
    nq_index_close(index);
    return ok && n_problems == 0; /* SQLite takes a page that it has no memory for as a defect */
}

/* Puts the second file in and takes it out again: whatever failed, it is as before. */
static bool add(void *user)
{
    (void)user;
    struct nq_error err = {0};
    uint64_t total = 0;
    fault_write_file(second, "# 政策日报\n\n2026年6月18日\n\n民营经济促进法，“算电协同” AI。\n");
    bool ok = fault_judge(update(second, false, &err), &err);
    fault_end();
    err = (struct nq_error){0};
    assert_int_equal(fault_count(path, "民营经济", &total, &err), NQ_OK);
    assert_true(ok ? total == 1 : total <= 1);
    unlink(second);
    if (update(folder, true, &err) != NQ_OK)
        fail_msg("%s", err.message);
    assert_int_equal(fault_count(path, "\"算电协同\"", &total, &err), NQ_OK);
    assert_int_equal(total, 1);
    assert_true(verify(NULL));
    return ok;
}

static void searches(void **state)
{
    (void)state;
    fault_each(search, "算电协同", DENSE);
    fault_each(search, "数据中心 AI title:日报", DENSE);
    fault_each(complete, "数据", DENSE);
}

static void verification(void **state)
{
    (void)state;
    fault_each(verify, NULL, DENSE);
}

static void writing(void **state)
{
    (void)state;
    fault_each(add, NULL, DENSE);
}

static int make_index(void **state)
{
    (void)state;
    struct nq_index_kind kind = {.engine = "xapian"};
    struct nq_error err = {0};
    fault_hook_libraries();
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/nq.db", folder);
    snprintf(first, sizeof first, "%s/a.md", folder);
    snprintf(second, sizeof second, "%s/b.md", folder);
    fault_write_file(first, "# 政策日报\n\n2026年6月17日\n\n## 一、绿色用电\n\n"
                            "强化“算电协同”，数据中心用上 AI。\n");
    if (nq_index_create(path, &kind, &err) == NQ_OK && update(first, false, &err) == NQ_OK)
        return 0;
    print_error("%s\n", err.message);
    return -1;
}

static int remove_index(void **state)
{
    (void)state;
    return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(searches), cmocka_unit_test(verification),
                                       cmocka_unit_test(writing)};
    return cmocka_run_group_tests(tests, make_index, remove_index);
}
