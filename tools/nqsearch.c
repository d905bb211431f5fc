/* nqsearch: passages of the index that answer a query, best first. */
#include "caret.h"
#include "pager.h"
#include "search_options.h"
#include "show_report.h"
#include "show_timeline.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* What each step took, in seconds. */
struct times {
    double opened, searched;
};

static bool print(FILE *out, const struct search_options *o, const struct nq_results *results,
                  const struct times *times)
{
    const struct nq_search_params *p = &o->params;
    if (o->json)
        return common_print_json(nq_results_json(results, p->query, p->offset, p->limit,
                                                 times->searched * 1e3)) == EXIT_FOUND;
    if (o->csv)
        nq_print_csv(out, results);
    else
        nq_print_results(out, results, p->query, p->offset, times->searched * 1e3, &o->style);
    return true;
}

static enum nq_status find(const struct search_options *o, struct nq_index *index,
                           struct nq_results **results, struct nq_error *err)
{
    const struct nq_search_params *p = &o->params;
    struct nq_related_params related = {.passage = (int64_t)o->related,
                                        .offset = p->offset,
                                        .limit = p->limit,
                                        .bounded = p->bounded,
                                        .from = p->from,
                                        .to = p->to,
                                        .kinds = p->kinds,
                                        .sort = p->sort};
    return o->is_related ? nq_related(index, &related, results, err)
                         : nq_search(index, p, results, err);
}

static int search(const struct search_options *o, struct nq_index *index, struct times *times)
{
    struct nq_error err = {0};
    struct nq_results *results;
    double start = common_seconds();
    if (find(o, index, &results, &err) != NQ_OK)
        return caret_fail(o->params.query, &err);
    times->searched = common_seconds() - start;
    int status = results->total ? EXIT_FOUND : EXIT_NOTHING;
    for (size_t i = 0; i < results->n_missing; i++)
        status = common_fail("%s", results->missing[i].why.ptr);
    if (o->verbose) {
        nq_print_explanation(stderr, results->explanation);
        fprintf(stderr, _("opened in %.1f ms, searched in %.1f ms\n"), times->opened * 1e3,
                times->searched * 1e3);
    }
    FILE *out = pager_open(!o->no_pager && !o->json && !o->csv);
    bool ok = print(out, o, results, times);
    if (!pager_close(out))
        ok = print(stdout, o, results, times);
    nq_results_destroy(results);
    return common_finish(ok ? status : EXIT_FAILED);
}

/* Prints completions, one a line. */
static int suggest(const struct search_options *o, struct nq_index *index)
{
    struct nq_error err = {0};
    struct nq_suggestions *found;
    struct nq_str query = o->params.query;
    if (nq_suggest(index, query, o->params.limit, &found, &err) != NQ_OK)
        return common_fail("%s", err.message);
    int status = found->n_items ? EXIT_FOUND : EXIT_NOTHING;
    if (o->json && common_print_json(nq_suggestions_json(found, query)) != EXIT_FOUND)
        status = EXIT_FAILED;
    for (size_t i = 0; i < found->n_items && !o->json; i++) {
        nq_print_plain(stdout, found->items[i].text);
        putchar('\n');
    }
    nq_suggestions_destroy(found);
    return common_finish(status);
}

/* The query is what it is read as from here on: NFC, without control characters. */
static bool clean_query(struct search_options *o)
{
    char *plain = nq_plain_text(o->params.query);
    if (!plain)
        return false;
    free(o->query);
    o->query = plain;
    o->params.query = (struct nq_str){plain, strlen(plain)};
    return true;
}

int main(int argc, char **argv)
{
    struct search_options o;
    struct nq_index *index = NULL;
    struct nq_error err = {0};
    struct times times = {0};
    int status = EXIT_FAILED;
    char *path = NULL;
    common_start("nqsearch");
    signal(SIGPIPE, SIG_DFL);
    if (!search_options_read(argc, argv, &o)) {
        status = o.status;
    } else if (!clean_query(&o) || !(path = common_index_path(o.index, false))) {
        common_fail("%s", _("out of memory"));
    } else {
        double start = common_seconds();
        if (nq_index_open(path, NQ_OPEN_READ, NULL, &index, &err) != NQ_OK) {
            common_fail("%s", err.message);
        } else {
            times.opened = common_seconds() - start;
            status = o.report     ? show_report(index, o.report, o.json, o.verbose, &o.style)
                     : o.suggest  ? suggest(&o, index)
                     : o.timeline ? show_timeline(index, &o)
                                  : search(&o, index, &times);
        }
    }
    nq_index_close(index);
    search_options_finish(&o);
    free(path);
    return status;
}
