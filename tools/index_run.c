/* One run of nqindex over its paths: progress, warnings, account. */
#include "index_run.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A run for the callbacks. */
struct run {
    const struct index_options *options;
    double start, shown;
    bool terminal, bar; /* a terminal; a bar stands on it */
    struct nq_style style;
    char *path; /* at hand */
    json_t *problems;
};

static volatile sig_atomic_t interrupted;

static void on_interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

bool index_interrupted(void)
{
    return interrupted;
}

void index_catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_interrupt};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

static bool on_progress(void *user, const struct nq_progress *at)
{
    struct run *run = user;
    double now = common_seconds();
    free(run->path);
    run->path = strdup(at->path);
    if (run->terminal && now - run->shown > 0.1) {
        nq_print_progress(stderr, at, now - run->start, &run->style);
        run->bar = true;
        run->shown = now;
    }
    return !interrupted;
}

static void wipe_bar(struct run *run)
{
    if (run->bar)
        fputs("\r\033[K", stderr);
    run->bar = false;
}

static void on_warning(void *user, bool failed, const char *message)
{
    struct run *run = user;
    json_array_append_new(run->problems,
                          nq_problem_json(message, failed, run->path ? run->path : ""));
    if (run->options->quiet && !failed)
        return;
    wipe_bar(run);
    common_fail("%s", message);
}

static bool changed_anything(const struct nq_summary *s)
{
    return s->files_read || s->files_replaced || s->files_moved || s->files_copied ||
           s->files_removed || s->files_failed || s->records_failed;
}

static int print_account(const struct run *run, const struct nq_summary *s)
{
    double seconds = common_seconds() - run->start;
    if (run->options->json)
        return common_print_json(nq_update_json(s, run->problems, seconds));
    if (!run->options->quiet)
        nq_print_summary(stdout, s, seconds);
    return EXIT_FOUND;
}

static void start(struct run *run)
{
    const char *term = getenv("TERM"), *no = getenv("NO_COLOR");
    run->start = run->shown = common_seconds();
    run->terminal =
        !run->options->quiet && isatty(STDERR_FILENO) && !(term && !strcmp(term, "dumb"));
    run->style.width = common_width_of(STDERR_FILENO);
    run->style.colour = !(no && *no);
    run->problems = json_array();
}

enum nq_status index_run(const struct index_options *o, const char *path, const char *const *only,
                         size_t n_only, int *exit_status, struct nq_error *err)
{
    struct run run = {.options = o};
    struct nq_index *index = NULL;
    struct nq_summary s = {0};
    struct nq_update_options update = o->update;
    const char *const *names = (const char *const *)o->paths;
    enum nq_status status;
    start(&run);
    if (o->dictionary && !o->quiet && !only)
        common_check_dictionary(o->dictionary);
    update.progress = on_progress;
    update.warning = on_warning;
    update.user = &run;
    update.only = only;
    update.n_only = n_only;
    if (o->kind.engine)
        update.kind = &o->kind;
    if (o->rebuild && !only) {
        status = nq_index_rebuild(path, o->dictionary, names, (size_t)o->n_paths, &update, &s, err);
    } else {
        status = nq_index_open(path, NQ_OPEN_WRITE, o->dictionary, &index, err);
        if (status == NQ_OK)
            status = nq_index_update(index, names, (size_t)o->n_paths, &update, &s, err);
        nq_index_close(index);
    }
    wipe_bar(&run);
    if (status == NQ_OK && (!only || changed_anything(&s))) {
        bool whole = s.files_failed == 0 && s.records_failed == 0;
        int printed = print_account(&run, &s);
        *exit_status = common_finish(whole ? printed : EXIT_FAILED);
    }
    json_decref(run.problems);
    free(run.path);
    return status;
}

int index_update(const struct index_options *o, const char *path)
{
    struct nq_error err = {0};
    int status = EXIT_FOUND;
    index_catch_signals();
    if (index_run(o, path, NULL, 0, &status, &err) != NQ_OK)
        return common_fail("%s", err.message);
    return status;
}
