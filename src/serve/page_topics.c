/* What the archive is about, and all of one topic. */

#include "output/output.h"
#include "serve/page.h"

enum { LISTED = 60, NEIGHBOURS = 16, DRAWN_MONTHS = 120 };

/* Prints an address of "/" that asks for `query` in a view (NULL: passages), all filters dropped.
 */
static void print_href(const struct nq_page *page, const char *view, struct nq_str query)
{
    const struct nq_change changes[] = {
        {NQ_PARAM_Q, query},  {NQ_PARAM_VIEW, nq_slice(view)},
        {NQ_PARAM_N, {0}},    {NQ_PARAM_FROM, {0}},
        {NQ_PARAM_TO, {0}},   {NQ_PARAM_KIND, {0}},
        {NQ_PARAM_SORT, {0}}, {NQ_PARAM_SOURCE, {0}},
    };
    nq_page_href(page->content, page->request, changes, sizeof changes / sizeof *changes);
}

/* The passages of each month from that of `from` to that of `to`, the last ten years of them, for
 * the line that the script draws: one scale for all topics. */
static void print_counts(FILE *out, const struct nq_topic *t, int32_t from, int32_t to)
{
    size_t at = 0;
    int last = nq_month_number(to), first = nq_month_number(from);
    if (first < last - DRAWN_MONTHS + 1)
        first = last - DRAWN_MONTHS + 1;
    fputs(" data-counts=\"", out);
    for (int month = first; month >= 0 && month <= last; month++) {
        while (at < t->n_months && nq_month_number(t->months[at].first_day) < month)
            at++;
        bool any = at < t->n_months && nq_month_number(t->months[at].first_day) == month;
        fprintf(out, "%llu ", any ? (unsigned long long)t->months[at].count : 0);
    }
    fputs("\"", out);
}

/* One topic and `n`, how often; `topics` is the list that it is of, or NULL. */
static void print_topic(const struct nq_page *page, const struct nq_topic *t, uint64_t n,
                        const struct nq_topics *topics)
{
    FILE *out = page->content;
    fputs("<li class=\"topic\"", out);
    if (topics)
        print_counts(out, t, topics->from, topics->to);
    fputs("><a href=\"", out);
    print_href(page, "topics", t->name);
    fputs("\">", out);
    nq_print_html(out, t->name);
    fprintf(out, "</a> <span class=\"n\">%llu</span></li>\n", (unsigned long long)n);
}

static void print_topics(const struct nq_page *page, const char *name,
                         const struct nq_topics *topics, const struct nq_topic *items, size_t n)
{
    FILE *out = page->content;
    if (n == 0)
        return;
    fprintf(out, "<section class=\"%s\"><h2>%s</h2>\n<ul class=\"topics\">\n", name,
            nq_page_say(page, name));
    for (size_t i = 0; i < n; i++)
        print_topic(page, &items[i], items[i].passages, topics);
    fputs("</ul></section>\n", out);
}

/* There is no topic of that name: perhaps another. */
static void print_unknown(const struct nq_page *page, struct nq_str meant)
{
    FILE *out = page->content;
    fprintf(out, "<p class=\"none\">%s</p>\n", nq_page_say(page, "no-topic"));
    if (meant.len == 0)
        return;
    fprintf(out, "<p class=\"mean\">%s<a href=\"", nq_page_say(page, "meant"));
    print_href(page, "topics", meant);
    fputs("\">", out);
    nq_print_html(out, meant);
    fputs("</a></p>\n", out);
}

static void print_head(const struct nq_page *page, const struct nq_topic_page *t)
{
    FILE *out = page->content;
    char count[NQ_COUNT_TEXT];
    fputs("<h2>", out);
    nq_print_html(out, t->topic.name);
    fputs("</h2>\n<p class=\"meta\">", out);
    for (size_t i = 0; i < t->n_aliases; i++) {
        fputs("<span class=\"alias\">", out);
        nq_print_html(out, t->aliases[i].name);
        fputs("</span> ", out);
    }
    if (t->topic.first_day != NQ_NO_DAY) {
        fputs("<span class=\"days\">", out);
        nq_page_time(page, out, t->topic.first_day, t->topic.last_day, NULL);
        fputs("</span> ", out);
    }
    fputs("<span class=\"count\">", out);
    fprintf(out, nq_page_say(page, t->topic.passages == 1 ? "n-passage" : "n-passages"),
            nq_page_count(t->topic.passages, count));
    fputs("</span></p>\n<p class=\"go\"><a href=\"", out);
    print_href(page, NULL, t->query);
    fprintf(out, "\">%s</a> <a href=\"", nq_page_say(page, "passages"));
    print_href(page, "timeline", t->query);
    fprintf(out, "\">%s</a></p>\n", nq_page_say(page, "timeline"));
}

/* Each month with its passages, and the best of them. */
static void print_months(const struct nq_page *page, const struct nq_topic_page *t)
{
    FILE *out = page->content;
    fprintf(out, "<section class=\"months\"><h3>%s</h3>\n<ul>\n",
            nq_page_say(page, "topic-months"));
    for (size_t i = 0; i < t->n_months; i++) {
        const struct nq_topic_month *m = &t->months[i];
        char day[11];
        if (!*nq_day_format(m->first_day, day))
            continue;
        struct nq_str month = {day, 7};
        const struct nq_change changes[] = {{NQ_PARAM_Q, t->query},
                                            {NQ_PARAM_VIEW, {0}},
                                            {NQ_PARAM_FROM, month},
                                            {NQ_PARAM_TO, month}};
        fputs("<li><a href=\"", out);
        nq_page_href(out, page->request, changes, 4);
        fprintf(out,
                "\" data-value=\"%.7s\" data-count=\"%llu\">%.7s <span class=\"n\">%llu</span></a>",
                day, (unsigned long long)m->passages, day, (unsigned long long)m->passages);
        if (m->n_best > 0) {
            const struct nq_topic_passage *best = &m->best[0];
            fprintf(out, " <a class=\"best\" href=\"/passage/%lld", (long long)best->passage);
            nq_page_query_href(out, page->request);
            fputs("\">", out);
            nq_print_html(out,
                          best->section_heading.len ? best->section_heading : best->report.title);
            fputs("</a>", out);
        }
        fputs("</li>\n", out);
    }
    fputs("</ul></section>\n", out);
}

static void print_neighbours(const struct nq_page *page, const char *name,
                             const struct nq_topic_neighbour *items, size_t n)
{
    FILE *out = page->content;
    if (n == 0)
        return;
    fprintf(out, "<section class=\"%s\"><h3>%s</h3>\n<ul class=\"topics\">\n", name,
            nq_page_say(page, name));
    for (size_t i = 0; i < n; i++)
        print_topic(page, &items[i].topic, items[i].together, NULL);
    fputs("</ul></section>\n", out);
}

static void one_topic(struct nq_visit *v, struct nq_page *page)
{
    const struct nq_topic_params params = {.name = v->request->params[NQ_PARAM_Q],
                                           .limit = NEIGHBOURS};
    struct nq_topic_page *topic = NULL;
    struct nq_error err = {0};
    enum nq_status status = nq_topic(v->index, &params, &topic, &err);
    if (status == NQ_ERR_USAGE || (status == NQ_OK && topic->topic.passages == 0)) {
        print_unknown(page, topic ? topic->did_you_mean : (struct nq_str){0});
    } else if (status == NQ_OK) {
        print_head(page, topic);
        print_months(page, topic);
        print_neighbours(page, "neighbours", topic->neighbours, topic->n_neighbours);
        print_neighbours(page, "documents", topic->documents, topic->n_documents);
        print_neighbours(page, "organisations", topic->organisations, topic->n_organisations);
    } else {
        nq_visit_failed(v, &err);
    }
    nq_topic_page_destroy(topic);
}

void nq_page_topic_list(struct nq_visit *v, struct nq_page *page, size_t limit, bool trends)
{
    const struct nq_topics_params params = {.limit = limit};
    struct nq_topics *topics = NULL;
    struct nq_error err = {0};
    enum nq_status status = nq_topics(v->index, &params, &topics, &err);
    if (status == NQ_OK && trends) {
        print_topics(page, "rising", topics, topics->rising, topics->n_rising);
        print_topics(page, "silent", topics, topics->silent, topics->n_silent);
    }
    if (status == NQ_OK)
        print_topics(page, "topics", topics, topics->items, topics->n_items);
    else if (status != NQ_ERR_USAGE) /* an index of before there were topics */
        nq_visit_failed(v, &err);
    else if (trends)
        fprintf(page->content, "<p class=\"none\">%s</p>\n", nq_page_say(page, "no-topics"));
    nq_topics_destroy(topics);
}

void nq_page_topics(struct nq_visit *v, struct nq_page *page)
{
    page->tab = page->title_more = "topics";
    page->title = v->request->params[NQ_PARAM_Q];
    if (page->title.len > 0)
        one_topic(v, page);
    else
        nq_page_topic_list(v, page, LISTED, true);
}
