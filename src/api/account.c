/* What an archivist wants to know of the reports: which belong together, which days are missing,
 * which reports look odd. */
#include "api/account.h"

#include <stdlib.h>

#include "api/series.h"
#include "base/map.h"
#include "store/sql.h"

enum {
    LABELS = 3,        /* by file name, by title, by publisher: the first that makes a series */
    LEAST_SERIES = 10, /* reports */
    SHORT_SHARE = 5,   /* of the usual length of a series, a fifth is short */
    SHORT_FILE = 50,   /* characters, where there is no series to compare with */
};

/* A report on its way into the account. */
struct item {
    struct nq_odd_report report;
    struct nq_str labels[LABELS], label;
    uint64_t n_references;
    bool record; /* one of many in a file */
};

struct account {
    struct nq_db *db;
    struct nq_arena *arena;
    struct item *items;
    size_t n;
    struct nq_buf buf;
    struct nq_stats *stats;
    struct nq_error *err;
};

/* ---- reading
 * ------------------------------------------------------------------------------------------- */

static struct nq_str keep(struct account *a)
{
    struct nq_str label =
        a->buf.failed ? (struct nq_str){0} : nq_arena_str(a->arena, nq_buf_str(&a->buf));
    a->buf.len = 0;
    return label;
}

/* The names that a report may share with others: folder and file name without its ending; folder
 * and title; folder and publisher.  Records go by their file and source. */
static void write_labels(struct account *a, struct item *item, struct nq_str publisher)
{
    struct nq_str path = item->report.path, title = item->report.title;
    size_t slash = path.len, dot;
    while (slash > 0 && path.ptr[slash - 1] != '/')
        slash--;
    for (dot = path.len; dot > slash && path.ptr[dot - 1] != '.';)
        dot--;
    struct nq_str stem = nq_str_sub(path, slash, dot > slash ? dot - 1 : path.len);
    struct nq_str own[LABELS] = {item->record ? publisher : stem, title, publisher};
    for (size_t i = 0; i < LABELS; i++) {
        nq_series_pattern(&a->buf, nq_str_sub(path, 0, item->record ? path.len : slash));
        if (item->record && own[i].len > 0)
            nq_buf_add_byte(&a->buf, ' ');
        size_t before = a->buf.len;
        nq_series_pattern(&a->buf, own[i]);
        bool numbered =
            a->buf.len > before && memchr(a->buf.ptr + before, '#', a->buf.len - before);
        /* A name without a number is that of one file. */
        if (i == 0 && !item->record && !numbered)
            a->buf.len = 0;
        item->labels[i] = keep(a);
    }
}

static enum nq_status read_item(struct account *a, struct nq_rows *r)
{
    struct item *grown = nq_arena_grow(a->arena, a->items, a->n, sizeof *grown);
    if (!grown)
        return nq_fail_nomem(a->err);
    a->items = grown;
    struct item *item = &grown[a->n++];
    *item = (struct item){.report = {.day = nq_rows_day(r, 0),
                                     .key = nq_rows_copy(r, 1, a->arena),
                                     .title = nq_rows_copy(r, 2, a->arena),
                                     .path = nq_rows_copy(r, 3, a->arena),
                                     .characters = (uint64_t)nq_rows_int(r, 6)},
                          .n_references = (uint64_t)nq_rows_int(r, 7),
                          .record = nq_rows_int(r, 5) == 0};
    write_labels(a, item, nq_rows_str(r, 4));
    return nq_arena_failed(a->arena) || a->buf.failed ? nq_fail_nomem(a->err) : NQ_OK;
}

/* A report of an archive, whose place in it stands behind the file's name. */
#define MEMBER "substr(r.key, 1, length(f.key) + 1) = f.key || '/'"

static enum nq_status read_items(struct account *a)
{
    static const char sql[] =
        "SELECT r.day, r.key, r.title, f.path || CASE WHEN " MEMBER
        " THEN substr(r.key, length(f.key) + 1) ELSE '' END, coalesce(r.publisher, s.name),"
        " r.key = f.key OR " MEMBER ","
        " (SELECT coalesce(sum(length(p.text)), 0) FROM passage AS p"
        "  WHERE p.id BETWEEN r.id AND r.last),"
        " (SELECT count(*) FROM reference AS x WHERE x.id BETWEEN r.id AND r.last)"
        " FROM report AS r JOIN file AS f ON f.id = r.file LEFT JOIN source AS s ON s.id = r.source"
        " WHERE r.kind = 1 ORDER BY f.path, r.id";
    struct nq_rows r = nq_rows(a->db, sql, NULL, a->err);
    while (nq_rows_next(&r)) {
        enum nq_status status = read_item(a, &r);
        r.status = r.status == NQ_OK ? status : r.status;
    }
    return nq_rows_end(&r);
}

/* ---- series
 * -------------------------------------------------------------------------------------------- */

/* Gives each report the first of its labels that enough others have, or half as many as have any.
 */
static bool choose_labels(struct account *a)
{
    struct nq_map maps[LABELS] = {0};
    bool ok = true;
    for (size_t i = 0; i < a->n && ok; i++)
        for (size_t l = 0; l < LABELS && ok; l++) {
            struct nq_str label = a->items[i].labels[l];
            struct nq_map_entry *e = label.len > 0 ? nq_map_put(&maps[l], label) : NULL;
            ok = e || label.len == 0;
            if (e)
                e->mark++;
        }
    for (size_t i = 0; i < a->n && ok; i++) {
        struct item *item = &a->items[i];
        int64_t counts[LABELS] = {0}, most = 1;
        for (size_t l = 0; l < LABELS; l++) {
            const struct nq_map_entry *e = nq_map_find(&maps[l], item->labels[l]);
            counts[l] = e && item->labels[l].len > 0 ? e->mark : 0;
            most = counts[l] > most ? counts[l] : most;
        }
        for (size_t l = LABELS; l-- > 0;)
            if (counts[l] > 1 && (counts[l] >= LEAST_SERIES || counts[l] * 2 >= most))
                item->label = item->labels[l];
    }
    for (size_t l = 0; l < LABELS; l++)
        nq_map_finish(&maps[l]);
    return ok;
}

static int by_label(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    int order = nq_str_cmp(x->label, y->label);
    if (order == 0)
        order = (x->report.day > y->report.day) - (x->report.day < y->report.day);
    return order != 0 ? order : nq_str_cmp(x->report.path, y->report.path);
}

static int by_path(const void *a, const void *b)
{
    const struct nq_odd_report *x = a, *y = b;
    int order = nq_str_cmp(x->path, y->path);
    return order != 0 ? order : nq_str_cmp(x->key, y->key);
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static bool add_odd(struct account *a, enum nq_oddity oddity, const struct item *item)
{
    struct nq_odd_report *reports = (struct nq_odd_report *)a->stats->odd[oddity].reports;
    struct nq_odd_report *grown =
        nq_arena_grow(a->arena, reports, a->stats->odd[oddity].n, sizeof *grown);
    if (!grown)
        return false;
    a->stats->odd[oddity].reports = grown;
    grown[a->stats->odd[oddity].n++] = item->report;
    return true;
}

/* Fewer characters are suspicious in these reports, the usual length of which decides. */
static bool short_length(const struct item *items, size_t n, uint64_t *out)
{
    *out = items[0].record ? 0 : SHORT_FILE;
    if (n < LEAST_SERIES || items[0].label.len == 0)
        return true;
    uint64_t *lengths = malloc(n * sizeof *lengths);
    if (!lengths)
        return false;
    for (size_t i = 0; i < n; i++)
        lengths[i] = items[i].report.characters;
    qsort(lengths, n, sizeof *lengths, by_number);
    *out = lengths[n / 2] / SHORT_SHARE;
    free(lengths);
    return true;
}

/* The oddities of reports that belong together (or to nothing), which stand in order of days. */
static bool judge(struct account *a, const struct item *items, size_t n, bool dates_differ)
{
    uint64_t least;
    bool ok = short_length(items, n, &least);
    for (size_t i = 0; i < n && ok; i++) {
        const struct nq_odd_report *r = &items[i].report;
        bool shared = (i > 0 && items[i - 1].report.day == r->day) ||
                      (i + 1 < n && items[i + 1].report.day == r->day);
        if (r->characters == 0)
            ok = add_odd(a, NQ_ODD_EMPTY, &items[i]);
        else if (r->characters < least)
            ok = add_odd(a, NQ_ODD_SHORT, &items[i]);
        if (ok && r->day == NQ_NO_DAY)
            ok = add_odd(a, NQ_ODD_UNDATED, &items[i]);
        if (ok && items[i].n_references == 0 && !items[i].record)
            ok = add_odd(a, NQ_ODD_UNREFERENCED, &items[i]);
        if (ok && dates_differ && shared && r->day != NQ_NO_DAY)
            ok = add_odd(a, NQ_ODD_SAME_DATE, &items[i]);
    }
    return ok;
}

/* One series, its reports in order of days. */
static bool add_series(struct account *a, const struct item *items, size_t n, struct nq_series *s)
{
    size_t n_days = 0, dated = 0;
    int32_t *days = nq_arena_array(a->arena, n, sizeof *days);
    struct nq_gap *gaps = NULL;
    if (!days)
        return false;
    for (size_t i = 0; i < n; i++) {
        int32_t day = items[i].report.day;
        dated += day != NQ_NO_DAY;
        if (day != NQ_NO_DAY && (n_days == 0 || days[n_days - 1] != day))
            days[n_days++] = day;
    }
    *s = (struct nq_series){.name = items[0].label,
                            .reports = n,
                            .first_day = n_days ? days[0] : NQ_NO_DAY,
                            .last_day = n_days ? days[n_days - 1] : NQ_NO_DAY,
                            .per_week = nq_series_rhythm(days, n_days)};
    if (s->per_week && !nq_series_gaps(days, n_days, a->arena, &gaps, &s->n_gaps, &s->n_missing))
        return false;
    s->gaps = gaps;
    /* Where several a day are usual, two of a day are not odd. */
    bool dates_differ = n < LEAST_SERIES ? !items[0].record : n_days * 5 >= dated * 4;
    return judge(a, items, n, dates_differ);
}

static bool add_all(struct account *a)
{
    struct nq_series *series = NULL;
    size_t n = 0;
    bool ok = true;
    for (size_t i = 0, end; i < a->n && ok; i = end) {
        for (end = i + 1; end < a->n && nq_str_eq(a->items[end].label, a->items[i].label);)
            end++;
        if (a->items[i].label.len == 0) {
            ok = judge(a, &a->items[i], end - i, false);
            continue;
        }
        struct nq_series *grown = nq_arena_grow(a->arena, series, n, sizeof *grown);
        ok = grown && add_series(a, &a->items[i], end - i, &grown[n]);
        series = grown ? grown : series;
        n += ok;
    }
    a->stats->series = series;
    a->stats->n_series = n;
    return ok;
}

enum nq_status nq_account(struct nq_db *db, struct nq_arena *arena, struct nq_stats *stats,
                          struct nq_error *err)
{
    struct account a = {.db = db, .arena = arena, .stats = stats, .err = err};
    enum nq_status status = read_items(&a);
    nq_buf_finish(&a.buf);
    if (status != NQ_OK)
        return status;
    if (!choose_labels(&a))
        return nq_fail_nomem(err);
    if (a.n)
        qsort(a.items, a.n, sizeof *a.items, by_label);
    if (!add_all(&a))
        return nq_fail_nomem(err);
    for (size_t i = 0; i < NQ_ODD_SAME_DATE; i++)
        if (stats->odd[i].n)
            qsort((void *)stats->odd[i].reports, stats->odd[i].n, sizeof *stats->odd[i].reports,
                  by_path);
    return NQ_OK;
}
