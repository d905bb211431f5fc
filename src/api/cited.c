/* Which references are to one work.
 *
 * Two references can be to one where their titles are equal or their dates near (link/work.h).  So
 * works stand in chains by their title and by the weeks of their date, and a reference is compared
 * with those of its own chains. */
#include "api/cited.h"

#include "base/map.h"
#include "link/work.h"
#include "store/sql.h"

enum {
    WEEK = 8, /* days; works in the weeks beside it are compared, too */
    MOST_WEEKS =
        6, /* a month and what is beside it; what has a year for a date is known by title */
};

/* A way in which a work was cited, and the links by which it stands in chains. */
struct printing {
    struct nq_work as;
    size_t work;
};

struct link {
    size_t printing, next; /* next: number of the next link plus 1 */
};

struct gathering {
    struct nq_arena *arena;
    struct nq_work_reader reader;
    struct printing *printings;
    struct link *links;
    size_t n_printings, n_links, n_works;
    struct nq_map chains; /* units, or a week -> number of the first link plus 1 */
};

static struct nq_str title_chain(const struct nq_work *w)
{
    return (struct nq_str){(const char *)w->units, w->n * sizeof *w->units};
}

static struct nq_str week_chain(const int32_t *week)
{
    return (struct nq_str){(const char *)week, sizeof *week};
}

/* The first and the last week of a date; false where it says too little. */
static bool weeks_of(const struct nq_work *w, int32_t *first, int32_t *last)
{
    if (w->day == NQ_NO_DAY)
        return false;
    *first = w->day / WEEK;
    *last = (w->day_end == NQ_NO_DAY ? w->day : w->day_end) / WEEK;
    return *last - *first < MOST_WEEKS;
}

/* Lowers *work to that of a printing in the chain that is to the same as `w`. */
static void look(const struct gathering *g, struct nq_str chain, const struct nq_work *w,
                 size_t *work)
{
    const struct nq_map_entry *e = nq_map_find(&g->chains, chain);
    for (size_t at = e ? (size_t)e->mark : 0; at > 0; at = g->links[at - 1].next) {
        const struct printing *p = &g->printings[g->links[at - 1].printing];
        if (p->work < *work && nq_works_same(&p->as, w))
            *work = p->work;
    }
}

static bool add_link(struct gathering *g, struct nq_str chain)
{
    struct nq_map_entry *e = nq_map_put(&g->chains, chain);
    struct link *grown = e ? nq_arena_grow(g->arena, g->links, g->n_links, sizeof *grown) : NULL;
    if (!grown)
        return false;
    g->links = grown;
    grown[g->n_links++] = (struct link){g->n_printings - 1, (size_t)e->mark};
    e->mark = (int64_t)g->n_links;
    return true;
}

/* The number of the work that `w` is, which is put into its chains. */
static bool find_work(struct gathering *g, const struct nq_work *w, size_t *work)
{
    int32_t first = 0, last = 0;
    bool dated = weeks_of(w, &first, &last);
    *work = SIZE_MAX;
    look(g, title_chain(w), w, work);
    for (int32_t week = first - 1; dated && week <= last + 1; week++)
        look(g, week_chain(&week), w, work);
    *work = *work == SIZE_MAX ? g->n_works++ : *work;
    struct printing *grown = nq_arena_grow(g->arena, g->printings, g->n_printings, sizeof *grown);
    if (!grown)
        return false;
    g->printings = grown;
    grown[g->n_printings++] = (struct printing){*w, *work};
    bool ok = add_link(g, title_chain(w));
    for (int32_t week = first; dated && ok && week <= last; week++)
        ok = add_link(g, week_chain(&week));
    return ok;
}

static bool within(const struct nq_cited_bounds *b, int32_t day)
{
    if (!b || !b->bounded || (b->from == NQ_NO_DAY && b->to == NQ_NO_DAY))
        return true;
    return day != NQ_NO_DAY && (b->from == NQ_NO_DAY || day >= b->from) &&
           (b->to == NQ_NO_DAY || day <= b->to);
}

static bool take(struct gathering *g, struct nq_cited *c,
                 bool (*fn)(void *, const struct nq_cited *), void *user)
{
    struct nq_work w;
    return nq_work_read(&g->reader, g->arena, &c->reference, &w) && find_work(g, &w, &c->work) &&
           fn(user, c);
}

enum nq_status nq_cited_each(struct nq_index *index, const struct nq_cited_bounds *bounds,
                             bool (*fn)(void *user, const struct nq_cited *cited), void *user,
                             struct nq_error *err)
{
    static const char sql[] =
        "SELECT f.id, f.source, f.title, f.date, f.day, f.day_end, p.text, r.id, r.day, r.title"
        " FROM reference AS f JOIN passage AS p ON p.id = f.id JOIN report AS r"
        " ON r.id = (SELECT max(id) FROM report WHERE id <= f.id) ORDER BY f.id";
    struct gathering g = {.arena = nq_arena_create()};
    if (!g.arena)
        return nq_fail_nomem(err);
    bool ok = true;
    struct nq_rows r = nq_rows(index->db, sql, NULL, err);
    while (ok && nq_rows_next(&r)) {
        struct nq_cited c = {.passage = nq_rows_int(&r, 0),
                             .reference = {.source = nq_rows_str(&r, 1),
                                           .title = nq_rows_str(&r, 2),
                                           .date = nq_rows_str(&r, 3),
                                           .day = nq_rows_day(&r, 4),
                                           .day_end = nq_rows_day(&r, 5),
                                           .raw = nq_rows_str(&r, 6)},
                             .report = {.id = nq_rows_int(&r, 7),
                                        .day = nq_rows_day(&r, 8),
                                        .title = nq_rows_str(&r, 9)}};
        ok = r.status == NQ_OK && (!within(bounds, c.report.day) || take(&g, &c, fn, user));
    }
    enum nq_status status = nq_rows_end(&r);
    nq_map_finish(&g.chains);
    nq_work_reader_finish(&g.reader);
    nq_arena_destroy(g.arena);
    return status == NQ_OK && !ok ? nq_fail_nomem(err) : status;
}
