/* Looking after an index: --optimize, --verify, --stats, --backup, --copy-to. */
#include "index_options.h"
#include "values.h"

#include <unistd.h>

static void on_problem(void *user, const char *message)
{
    (void)user;
    printf("%s\n", message);
}

static enum nq_status open_index(const struct index_options *o, const char *path,
                                 struct nq_index **index, struct nq_error *err)
{
    /* To make one that is not there would be no care. */
    bool write = o->optimize && access(path, F_OK) == 0;
    return nq_index_open(path, write ? NQ_OPEN_WRITE : NQ_OPEN_READ, o->dictionary, index, err);
}

int index_care(const struct index_options *o, const char *path)
{
    struct nq_index *index = NULL;
    struct nq_error err = {0};
    uint64_t problems = 0;
    struct nq_stats *stats = NULL;
    struct nq_style style = {.width = common_width()};
    int exit_status = EXIT_FOUND;
    value_colour("auto", &style.colour);
    enum nq_status status = open_index(o, path, &index, &err);
    if (status == NQ_OK && o->optimize)
        status = nq_index_optimize(index, &err);
    if (status == NQ_OK && o->verify)
        status = nq_index_verify(index, on_problem, NULL, &problems, &err);
    if (status == NQ_OK && o->verify && !o->quiet && problems == 0)
        puts(_("the index is sound"));
    if (status == NQ_OK && o->stats)
        status = nq_index_stats(index, &stats, &err);
    if (stats && o->json)
        exit_status = common_print_json(nq_stats_json(stats));
    else if (stats)
        nq_print_stats(stdout, stats, &style);
    if (status == NQ_OK && o->backup)
        status = nq_index_backup(index, o->backup, &err);
    if (status == NQ_OK && o->copy)
        status = nq_index_copy(index, o->copy, &o->kind, &err);
    nq_stats_destroy(stats);
    nq_index_close(index);
    if (status != NQ_OK)
        return common_fail("%s", err.message);
    return common_finish(problems ? EXIT_FAILED : exit_status);
}
