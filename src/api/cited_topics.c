/* Which topics are titles of one work: those of the titles that references to it print.
 *
 * All works that are cited more than once are looked at anew each time, since topics and references
 * come and go. */
#include "api/cited.h"

#include <stdlib.h>

#include "base/grow.h"
#include "link/topics.h"
#include "store/sql.h"
#include "store/topics.h"
#include "store/works.h"

/* A topic that is the title of a work. */
struct title {
    int64_t id;
    enum nq_topic_kind kind;
    uint64_t passages;
    size_t first; /* place of another that is the same, which is before it; its own: none is */
};

struct joining {
    struct nq_db *db;
    struct nq_arena *arena;
    struct nq_folded folded;
    struct nq_buf key, last;
    struct nq_map places; /* topic's id -> place in titles plus 1, as mark */
    struct title *titles;
    size_t n, cap;
    struct nq_error *err;
};

static size_t first_of(const struct joining *j, size_t at)
{
    while (j->titles[at].first != at)
        at = j->titles[at].first;
    return at;
}

/* The place of a title that is a topic, SIZE_MAX where it is none. */
static enum nq_status find(struct joining *j, struct nq_str text, size_t *place)
{
    enum nq_topic_kind kind;
    struct nq_topic_row row;
    *place = SIZE_MAX;
    if (!nq_topic_of_title(text, &j->folded, &j->key, &kind))
        return j->key.failed ? nq_fail_nomem(j->err) : NQ_OK;
    enum nq_status status = nq_store_topic_titled(j->db, nq_buf_str(&j->key), &row, j->err);
    if (status != NQ_OK || row.id == 0)
        return status;
    struct nq_map_entry *e =
        nq_map_put(&j->places, (struct nq_str){(const char *)&row.id, sizeof row.id});
    struct title *titles = nq_grow(j->titles, j->n, &j->cap, sizeof *titles);
    j->titles = titles ? titles : j->titles;
    if (!e || !titles)
        return nq_fail_nomem(j->err);
    if (e->mark == 0) {
        titles[j->n] = (struct title){row.id, row.kind, row.passages, j->n};
        e->mark = (int64_t)++j->n;
    }
    *place = (size_t)e->mark - 1;
    return NQ_OK;
}

/* Reads the titles of works that are cited more than once. */
static enum nq_status read_titles(struct joining *j)
{
    static const char sql[] =
        "SELECT c.work, f.title FROM cited AS c CROSS JOIN reference AS f ON f.id = c.id"
        " WHERE c.work IN (SELECT work FROM cited GROUP BY work HAVING count(*) > 1)"
        " AND f.title IS NOT NULL ORDER BY c.work, c.id";
    struct nq_rows r = nq_rows(j->db, sql, NULL, j->err);
    int64_t work = 0;
    size_t of_work = SIZE_MAX, place;
    while (nq_rows_next(&r)) {
        struct nq_str title = nq_rows_str(&r, 1);
        if (r.status != NQ_OK)
            break;
        if (nq_rows_int(&r, 0) != work)
            of_work = SIZE_MAX;
        else if (nq_str_eq(nq_buf_str(&j->last), title))
            continue;
        work = nq_rows_int(&r, 0);
        j->last.len = 0;
        nq_buf_add(&j->last, title); /* without memory it only costs a look more */
        r.status = find(j, title, &place);
        if (r.status != NQ_OK || place == SIZE_MAX)
            continue;
        if (of_work == SIZE_MAX) {
            of_work = place;
            continue;
        }
        size_t one = first_of(j, of_work), other = first_of(j, place);
        j->titles[one > other ? one : other].first = one < other ? one : other;
    }
    return nq_rows_end(&r);
}

/* Whether a topic rather stands for the work: a document, then what more passages name. */
static bool is_better(const struct title *a, const struct title *b)
{
    if (a->kind != b->kind)
        return a->kind == NQ_TOPIC_DOCUMENT;
    if (a->passages != b->passages)
        return a->passages > b->passages;
    return a->id < b->id;
}

static enum nq_status write(struct joining *j)
{
    size_t *best = nq_arena_array(j->arena, j->n + 1, sizeof *best);
    enum nq_status status = best ? NQ_OK : nq_fail_nomem(j->err);
    for (size_t i = 0; i < j->n && status == NQ_OK; i++) {
        size_t first = first_of(j, i);
        if (first == i || is_better(&j->titles[i], &j->titles[best[first]]))
            best[first] = i;
    }
    for (size_t i = 0; i < j->n && status == NQ_OK; i++) {
        size_t stands = best[first_of(j, i)];
        if (stands != i)
            status = nq_store_topic_same_put(j->db, j->titles[i].id, j->titles[stands].id, j->err);
    }
    return status;
}

enum nq_status nq_works_join_topics(struct nq_index *index, struct nq_error *err)
{
    struct joining j = {.db = index->db, .arena = nq_arena_create(), .err = err};
    struct nq_topics_state topics = {0};
    enum nq_status status =
        j.arena ? nq_store_topic_same_clear(index->db, err) : nq_fail_nomem(err);
    if (status == NQ_OK)
        status = nq_store_topics_state(index->db, &topics, err);
    if (status == NQ_OK && topics.hash)
        status = read_titles(&j);
    if (status == NQ_OK)
        status = write(&j);
    nq_map_finish(&j.places);
    nq_folded_finish(&j.folded);
    nq_buf_finish(&j.key);
    nq_buf_finish(&j.last);
    nq_arena_destroy(j.arena);
    free(j.titles);
    return status;
}
