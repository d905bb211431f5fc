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

/* Prints an answer, on a terminal through a pager: what `print` makes of it (NULL: nothing), or
 * `json`, which is taken.  `found`: whether there is anything in it. */
static int show(const struct topics_options *o, bool found, json_t *json, const void *answer,
                void (*print)(FILE *out, const void *answer, const struct topics_options *o))
{
    int status = found ? EXIT_FOUND : EXIT_NOTHING;
    if (o->json)
        return common_print_json(json) == EXIT_FOUND ? status : EXIT_FAILED;
    if (!print)
        return status;
    FILE *out = pager_open(true);
    print(out, answer, o);
    if (!pager_close(out))
        print(stdout, answer, o);
    return status;
}

static void print_nothing(FILE *out, const void *unused, const struct topics_options *o)
{
    (void)unused;
    if (!o->style.quiet)
        fputs(_("Nothing found.\n"), out);
}

static void print_list(FILE *out, const void *topics, const struct topics_options *o)
{
    nq_print_topics(out, topics, &o->style);
}

static int list(const struct topics_options *o, struct nq_index *index)
{
    struct nq_error err = {0};
    struct nq_topics *found;
    double start = common_seconds();
    if (nq_topics(index, &o->list, &found, &err) != NQ_OK)
        return common_fail("%s", err.message);
    say_took(o, start);
    json_t *json = o->json ? nq_topics_json(found, o->list.offset, o->list.limit) : NULL;
    int status =
        show(o, found->n_items > 0, json, found, found->n_items ? print_list : print_nothing);
    nq_topics_destroy(found);
    return common_finish(status);
}

static void print_sources(FILE *out, const void *sources, const struct topics_options *o)
{
    nq_print_sources(out, sources, o->verbose, &o->style);
}

static struct nq_sources_params cited_by(const struct topics_options *o)
{
    const struct nq_topics_params *p = &o->list;
    return (struct nq_sources_params){p->offset, p->limit, p->bounded, p->from, p->to};
}

static int sources(const struct topics_options *o, struct nq_index *index)
{
    struct nq_sources_params params = cited_by(o);
    struct nq_error err = {0};
    struct nq_sources *found;
    if (nq_sources(index, &params, &found, &err) != NQ_OK)
        return common_fail("%s", err.message);
    json_t *json = o->json ? nq_sources_json(found, params.offset, params.limit) : NULL;
    int status =
        show(o, found->n_items > 0, json, found, found->n_items ? print_sources : print_nothing);
    nq_sources_destroy(found);
    return common_finish(status);
}

static void print_works(FILE *out, const void *works, const struct topics_options *o)
{
    nq_print_cited_works(out, works, o->verbose, &o->style);
}

static int works(const struct topics_options *o, struct nq_index *index)
{
    struct nq_sources_params params = cited_by(o);
    struct nq_error err = {0};
    struct nq_cited_works *found;
    if (nq_cited_works(index, &params, &found, &err) != NQ_OK)
        return common_fail("%s", err.message);
    json_t *json = o->json ? nq_cited_works_json(found, params.offset, params.limit) : NULL;
    int status =
        show(o, found->n_items > 0, json, found, found->n_items ? print_works : print_nothing);
    nq_cited_works_destroy(found);
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

static void print_page(FILE *out, const void *page, const struct topics_options *o)
{
    nq_print_topic(out, page, &o->style);
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
    bool known = page->topic.passages > 0;
    int status =
        show(o, known, o->json ? nq_topic_json(page, name) : NULL, page, known ? print_page : NULL);
    if (!known && !o->json)
        say_unknown(page);
    nq_topic_page_destroy(page);
    return common_finish(status);
}

static void print_conflicts(FILE *out, const void *found, const struct topics_options *o)
{
    nq_print_conflicts(out, found, &o->style);
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
    int status = show(o, found->n_items > 0, o->json ? nq_conflicts_json(found, topic) : NULL,
                      found, print_conflicts);
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
                  : o.works     ? works
                  : o.conflicts ? conflicts
                  : o.topic     ? one
                                : list)(&o, index);
    nq_index_close(index);
    free(path);
    return status;
}
