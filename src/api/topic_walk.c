/* Walking links. */
#include "api/topic_walk.h"
#include "base/grow.h"
#include "store/sql.h"

#include <stdlib.h>

#include "time/day.h"

static bool within(const struct nq_topic_walk *w, int32_t day)
{
    if (day == NQ_NO_DAY)
        return w->from == NQ_NO_DAY && w->to == NQ_NO_DAY;
    return (w->from == NQ_NO_DAY || day >= w->from) && (w->to == NQ_NO_DAY || day <= w->to);
}

static enum nq_status load(struct nq_topic_walk *w, struct nq_error *err)
{
    static const char sql[] = "SELECT id, day FROM report ORDER BY id";
    struct nq_rows r = nq_rows(w->db, sql, NULL, err);
    size_t cap = 0;
    while (nq_rows_next(&r)) {
        struct nq_topic_report *reports = nq_grow(w->reports, w->n, &cap, sizeof *reports);
        if (!reports) {
            r.status = nq_fail_nomem(err);
            break;
        }
        w->reports = reports;
        int32_t day = nq_rows_day(&r, 1);
        w->reports[w->n++] = (struct nq_topic_report){nq_rows_int(&r, 0), day};
        if (day == NQ_NO_DAY || !within(w, day))
            continue;
        if (w->first_day == NQ_NO_DAY || day < w->first_day)
            w->first_day = day;
        if (w->last_day == NQ_NO_DAY || day > w->last_day)
            w->last_day = day;
    }
    return nq_rows_end(&r);
}

enum nq_status nq_topic_walk_init(struct nq_topic_walk *w, struct nq_index *index, bool bounded,
                                  int32_t from, int32_t to, struct nq_error *err)
{
    struct nq_topics_state state = {0};
    *w = (struct nq_topic_walk){.db = index->db,
                                .from = bounded ? from : NQ_NO_DAY,
                                .to = bounded ? to : NQ_NO_DAY,
                                .first_day = NQ_NO_DAY,
                                .last_day = NQ_NO_DAY};
    enum nq_status status = nq_store_topics_state(index->db, &state, err);
    if (status == NQ_OK && state.hash == 0)
        status = nq_fail(err, NQ_ERR_USAGE, _("%s: no topics in it yet; run nqindex once more"),
                         index->db->path);
    if (status == NQ_OK)
        status = nq_topic_same_load(&w->same, index->db, err);
    return status == NQ_OK ? load(w, err) : status;
}

void nq_topic_walk_finish(struct nq_topic_walk *w)
{
    nq_topic_same_finish(&w->same);
    free(w->reports);
    *w = (struct nq_topic_walk){0};
}

bool nq_topic_walk_day(const struct nq_topic_walk *w, int64_t passage, size_t *at, int32_t *day)
{
    while (*at + 1 < w->n && w->reports[*at + 1].id <= passage)
        ++*at;
    if (*at >= w->n || w->reports[*at].id > passage)
        return false;
    *day = w->reports[*at].day;
    return within(w, *day);
}

struct step {
    const struct nq_topic_walk *walk;
    bool (*fn)(void *user, const struct nq_topic_passage_links *p);
    void *user;
    size_t report;
};

static bool on_links(void *user, int64_t passage, const struct nq_link *links, size_t n)
{
    struct step *s = user;
    int32_t day;
    if (!nq_topic_walk_day(s->walk, passage, &s->report, &day))
        return true;
    return s->fn(s->user, &(struct nq_topic_passage_links){passage, s->report, day, links, n});
}

enum nq_status nq_topic_walk(const struct nq_topic_walk *walk,
                             bool (*fn)(void *user, const struct nq_topic_passage_links *p),
                             void *user, struct nq_error *err)
{
    struct step s = {walk, fn, user, 0};
    return nq_store_each_links(walk->db, &walk->same, on_links, &s, err);
}

static int month_number(int32_t day)
{
    int y, m, d;
    nq_day_civil(day, &y, &m, &d);
    return 12 * y + m - 1;
}

size_t nq_topic_walk_months(const struct nq_topic_walk *w)
{
    if (w->first_day == NQ_NO_DAY)
        return 1;
    return (size_t)(month_number(w->last_day) - month_number(w->first_day)) + 2;
}

size_t nq_topic_walk_month(const struct nq_topic_walk *w, int32_t day)
{
    if (day == NQ_NO_DAY)
        return nq_topic_walk_months(w) - 1;
    return (size_t)(month_number(day) - month_number(w->first_day));
}

int32_t nq_topic_walk_month_day(const struct nq_topic_walk *w, size_t place)
{
    if (place + 1 == nq_topic_walk_months(w))
        return NQ_NO_DAY;
    int month = month_number(w->first_day) + (int)place;
    return nq_day_of(month / 12, month % 12 + 1, 1);
}
