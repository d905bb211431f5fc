/* What an index holds. */
#include <stdlib.h>

#include "api/account.h"
#include "api/index.h"
#include "api/topic_writer.h"
#include "base/arena.h"
#include "store/sql.h"
#include "time/day.h"

/* The public struct first, then what owns its memory. */
struct owned {
    struct nq_stats stats;
    struct nq_arena *arena;
};

static enum nq_status read_months(struct nq_db *db, struct owned *o, struct nq_error *err)
{
    static const char sql[] = "SELECT day, count(*) FROM report WHERE kind = 1 GROUP BY day";
    struct nq_month_count *months = NULL;
    struct nq_rows r = nq_rows(db, sql, NULL, err);
    while (nq_rows_next(&r)) {
        int32_t day = nq_rows_day(&r, 0), first = NQ_NO_DAY;
        if (day != NQ_NO_DAY) {
            int y, m, d;
            nq_day_civil(day, &y, &m, &d);
            first = nq_day_of(y, m, 1);
        }
        size_t n = o->stats.n_months;
        if (n == 0 || months[n - 1].first_day != first) {
            months = nq_arena_grow(o->arena, months, n, sizeof *months);
            if (!months) {
                r.status = nq_fail_nomem(err);
                break;
            }
            months[n].first_day = first;
            o->stats.n_months++;
        }
        months[o->stats.n_months - 1].count += (uint64_t)nq_rows_int(&r, 1);
    }
    o->stats.months = months;
    return nq_rows_end(&r);
}

static enum nq_status read_counts(struct nq_db *db, struct nq_stats *s, struct nq_error *err)
{
    const struct {
        const char *sql;
        uint64_t *value;
    } counts[] = {
        {"SELECT count(*) FROM file", &s->files},
        {"SELECT count(*) FROM file WHERE copy_of IS NOT NULL", &s->copies},
        {"SELECT count(*) FROM revision", &s->revisions},
        {"SELECT count(*) FROM report", &s->reports},
        {"SELECT count(*) FROM reference", &s->references},
        {"SELECT count(*) FROM section", &s->sections},
        {"SELECT count(*) FROM passage", &s->passages},
        {"SELECT coalesce(sum(length(CAST(text AS BLOB))), 0) * 3 / 2 FROM passage",
         &s->text_bytes},
        {"SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", &s->index_bytes},
        {"SELECT count(*) FROM report WHERE day IS NULL", &s->undated},
    };
    enum nq_status status = NQ_OK;
    for (size_t i = 0; i < NQ_COUNT(counts) && status == NQ_OK; i++) {
        int64_t value = 0;
        status = nq_sql_int(db, counts[i].sql, NULL, &value, err);
        *counts[i].value = (uint64_t)value;
    }
    return status;
}

static enum nq_status read_days(struct nq_db *db, struct nq_stats *s, struct nq_error *err)
{
    int64_t first = NQ_NO_DAY, last = NQ_NO_DAY;
    enum nq_status status = NQ_OK;
    if (s->reports > s->undated) {
        status = nq_sql_int(db, "SELECT min(day) FROM report", NULL, &first, err);
        if (status == NQ_OK)
            status = nq_sql_int(db, "SELECT max(day) FROM report", NULL, &last, err);
    }
    s->first_day = (int32_t)first;
    s->last_day = (int32_t)last;
    return status;
}

static enum nq_status read_all(struct nq_index *index, struct owned *o, struct nq_error *err)
{
    bool current = true;
    struct nq_stats *s = &o->stats;
    enum nq_status status = nq_db_require(index->db, 2, err);
    if (status == NQ_OK)
        status = read_counts(index->db, s, err);
    if (status == NQ_OK)
        status = read_days(index->db, s, err);
    if (status == NQ_OK)
        status = nq_words_current(index->engine, &current, err);
    s->stale_words = current ? 0 : s->passages;
    if (status == NQ_OK)
        status = nq_topics_stale(index, &s->stale_topics, err);
    if (status == NQ_OK)
        status = read_months(index->db, o, err);
    if (status == NQ_OK)
        status = nq_account(index->db, o->arena, s, err);
    return status;
}

enum nq_status nq_index_stats(struct nq_index *index, struct nq_stats **out, struct nq_error *err)
{
    if (err)
        *err = (struct nq_error){.column = -1};
    if (nq_index_is_front(index))
        return nq_index_begin_whole(index, err);
    struct owned *o = calloc(1, sizeof *o);
    if (!o || !(o->arena = nq_arena_create())) {
        free(o);
        return nq_fail_nomem(err);
    }
    enum nq_status status = read_all(index, o, err);
    if (status == NQ_OK)
        *out = &o->stats;
    else
        nq_stats_destroy(&o->stats);
    return status;
}

void nq_stats_destroy(struct nq_stats *stats)
{
    struct owned *o = (struct owned *)stats;
    if (!o)
        return;
    nq_arena_destroy(o->arena);
    free(o);
}
