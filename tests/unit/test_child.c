/* Child processes with limits. */
#include "ingest/child.h"
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct nq_child_limits limits = {
    .cpu_seconds = 1, .wall_seconds = 20, .memory_bytes = (size_t)256 << 20};

/* Runs a line of the shell and puts what it writes, up to `size` bytes, into `out`. */
static enum nq_child_end run(const char *line, struct nq_child_limits within, char *out,
                             size_t size)
{
    const char *const argv[] = {"/bin/sh", "-c", line, NULL};
    struct nq_child child;
    struct nq_error err = {0};
    ssize_t n;
    size_t len = 0;
    int input = open("/dev/null", O_RDONLY);
    assert_int_equal(nq_child_start(&child, argv, input, within, &err), NQ_OK);
    close(input);
    while (len + 1 < size && (n = read(child.output, out + len, size - 1 - len)) > 0)
        len += (size_t)n;
    out[len] = '\0';
    return nq_child_finish(&child);
}

static void ends(void **state)
{
    char out[100];
    (void)state;
    assert_int_equal(run("echo text; echo error >&2", limits, out, sizeof out), NQ_CHILD_DONE);
    assert_string_equal(out, "text\n");
    assert_int_equal(run("exit 3", limits, out, sizeof out), NQ_CHILD_FAILED);
    assert_int_equal(run("kill -SEGV $$", limits, out, sizeof out), NQ_CHILD_CRASHED);
}

static void out_of_time(void **state)
{
    char out[100];
    struct nq_child_limits soon = limits;
    (void)state;
    assert_int_equal(run("while :; do :; done", limits, out, sizeof out), NQ_CHILD_LIMITED);
    soon.wall_seconds = 1;
    assert_int_equal(run("exec sleep 600", soon, out, sizeof out), NQ_CHILD_LIMITED);
}

/* A child whose output is no longer wanted does not keep us. */
static void endless_output(void **state)
{
    char out[100];
    (void)state;
    assert_int_equal(run("while :; do echo yes; done", limits, out, sizeof out), NQ_CHILD_CRASHED);
    assert_int_equal(strncmp(out, "yes\nyes\n", 8), 0);
}

static void no_files(void **state)
{
    char out[100], path[] = "/tmp/nq-child-XXXXXX";
    char line[200];
    (void)state;
    close(mkstemp(path));
    snprintf(line, sizeof line, "echo text > %s", path);
    assert_int_not_equal(run(line, limits, out, sizeof out), NQ_CHILD_DONE);
    int fd = open(path, O_RDONLY);
    assert_int_equal(read(fd, out, sizeof out), 0);
    close(fd);
    unlink(path);
}

static void no_environment(void **state)
{
    char out[2000];
    (void)state;
    setenv("NQ_SECRET", "secret", 1);
    assert_int_equal(run("env || true", limits, out, sizeof out), NQ_CHILD_DONE);
    assert_null(strstr(out, "secret"));
    assert_non_null(strstr(out, "LC_ALL=C.UTF-8"));
}

static void missing(void **state)
{
    const char *const argv[] = {"/nowhere/pdftotext", NULL};
    struct nq_child child;
    (void)state;
    assert_int_equal(nq_child_start(&child, argv, 0, limits, NULL), NQ_OK);
    assert_int_equal(nq_child_finish(&child), NQ_CHILD_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends),           cmocka_unit_test(out_of_time),
        cmocka_unit_test(endless_output), cmocka_unit_test(no_files),
        cmocka_unit_test(no_environment), cmocka_unit_test(missing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
