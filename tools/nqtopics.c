/* nqtopics: what the index's reports are about. */
#include "pager.h"
#include "topics_options.h"

#include <stdlib.h>
#include <string.h>

static int discover(const struct topics_options *o, struct nq_index *index)
{
    struct nq_error err = {0};
    struct nq_proposals *found;
    double start = common_seconds();
    if (nq_discover(index, &o->discovery, &found, &err) != NQ_OK)
        return common_fail("%s", err.message);
    if (o->verbose)
        fprintf(stderr, _("%zu proposals in %.1f s\n"), found->n_items, common_seconds() - start);
    int status = found->n_items ? EXIT_FOUND : EXIT_NOTHING;
    if (!o->json)
        nq_print_proposals(stdout, found, !o->style.quiet);
    else if (common_print_json(nq_proposals_json(found)) != EXIT_FOUND)
        status = EXIT_FAILED;
    nq_proposals_destroy(found);
    return common_finish(status);
}

static void say_took(const struct topics_options *o, double start)
{
    if (o->verbose)
        fprintf(stderr, _("%.1f ms\n"), (common_seconds() - start) * 1e3);
}

static int list(const struct topics_options *o, struct nq_index *index)
{
    struct nq_error err = {0};
    struct nq_topics *found;
    double start = common_seconds();
    if (nq_topics(index, &o->list, &found, &err) != NQ_OK)
        return common_fail("%s", err.message);
    say_took(o, start);
    int status = found->n_items ? EXIT_FOUND : EXIT_NOTHING;
    if (o->json) {
        if (common_print_json(nq_topics_json(found, o->list.offset, o->list.limit)) != EXIT_FOUND)
            status = EXIT_FAILED;
    } else if (found->n_items) {
        FILE *out = pager_open(true);
        nq_print_topics(out, found, &o->style);
        if (!pager_close(out))
            nq_print_topics(stdout, found, &o->style);
    }
    nq_topics_destroy(found);
    return common_finish(status);
}

static int sources(const struct topics_options *o, struct nq_index *index)
{
    const struct nq_topics_params *p = &o->list;
    struct nq_sources_params params = {p->offset, p->limit, p->bounded, p->from, p->to};
    struct nq_error err = {0};
    struct nq_sources *found;
    if (nq_sources(index, &params, &found, &err) != NQ_OK)
        return common_fail("%s", err.message);
    int status = found->n_items ? EXIT_FOUND : EXIT_NOTHING;
    if (o->json) {
        if (common_print_json(nq_sources_json(found, p->offset, p->limit)) != EXIT_FOUND)
            status = EXIT_FAILED;
    } else if (found->n_items) {
        FILE *out = pager_open(true);
        nq_print_sources(out, found, o->verbose, &o->style);
        if (!pager_close(out))
            nq_print_sources(stdout, found, o->verbose, &o->style);
    }
    nq_sources_destroy(found);
    return common_finish(status);
}

static void say_unknown(const struct nq_topic_page *page)
{
    if (page->did_you_mean.ptr)
        common_fail(_("%s: no report names it; did you mean %s?"), page->topic.name.ptr,
                    page->did_you_mean.ptr);
    else
        common_fail(_("%s: no report names it"), page->topic.name.ptr);
}

static int one(const struct topics_options *o, struct nq_index *index)
{
    struct nq_error err = {0};
    struct nq_topic_page *page;
    struct nq_str name = {o->topic, strlen(o->topic)};
    struct nq_topic_params params = {.name = name,
                                     .limit = o->list.limit,
                                     .passages = o->passages,
                                     .bounded = o->list.bounded,
                                     .from = o->list.from,
                                     .to = o->list.to};
    double start = common_seconds();
    if (nq_topic(index, &params, &page, &err) != NQ_OK)
        return common_fail("%s", err.message);
    say_took(o, start);
    int status = page->topic.passages ? EXIT_FOUND : EXIT_NOTHING;
    if (o->json) {
        if (common_print_json(nq_topic_json(page, name)) != EXIT_FOUND)
            status = EXIT_FAILED;
    } else if (status == EXIT_NOTHING) {
        say_unknown(page);
    } else {
        FILE *out = pager_open(true);
        nq_print_topic(out, page, &o->style);
        if (!pager_close(out))
            nq_print_topic(stdout, page, &o->style);
    }
    nq_topic_page_destroy(page);
    return common_finish(status);
}

static int conflicts(const struct topics_options *o, struct nq_index *index)
{
    struct nq_error err = {0};
    struct nq_conflicts *found;
    struct nq_str topic = {o->topic, strlen(o->topic)};
    double start = common_seconds();
    if (nq_find_conflicts(index, topic, &found, &err) != NQ_OK)
        return common_fail("%s", err.message);
    say_took(o, start);
    int status = found->n_items ? EXIT_FOUND : EXIT_NOTHING;
    if (o->json) {
        if (common_print_json(nq_conflicts_json(found, topic)) != EXIT_FOUND)
            status = EXIT_FAILED;
    } else {
        FILE *out = pager_open(true);
        nq_print_conflicts(out, found, &o->style);
        if (!pager_close(out))
            nq_print_conflicts(stdout, found, &o->style);
    }
    nq_conflicts_destroy(found);
    return common_finish(status);
}

int main(int argc, char **argv)
{
    struct topics_options o;
    struct nq_index *index = NULL;
    struct nq_error err = {0};
    common_start("nqtopics");
    int status = topics_options_read(argc, argv, &o);
    if (status >= 0)
        return status;
    status = EXIT_FAILED;
    char *path = common_index_path(o.index, false);
    if (!path)
        common_fail("%s", _("out of memory"));
    else if (nq_index_open(path, NQ_OPEN_READ, o.dictionary, &index, &err) != NQ_OK)
        common_fail("%s", err.message);
    else
        status = (o.discover    ? discover
                  : o.sources   ? sources
                  : o.conflicts ? conflicts
                  : o.topic     ? one
                                : list)(&o, index);
    nq_index_close(index);
    free(path);
    return status;
}
