/* Writing topics: those of new passages, and of all where the dictionary has changed. */
#include "api/topic_writer.h"
#include "store/passages.h"
#include "store/sql.h"

enum { MOST_CHANGES = 50000 }; /* that wait in memory: 16 bytes each, in room for twice as many */

void nq_topic_writer_finish(struct nq_topic_writer *w)
{
    nq_topic_finder_finish(&w->finder);
    nq_links_reset(&w->links);
    nq_buf_finish(&w->stock);
    *w = (struct nq_topic_writer){.index = w->index};
}

/* Goes on where the run before left off counting stock phrases. */
static enum nq_status prepare(struct nq_topic_writer *w, struct nq_error *err)
{
    if (w->ready)
        return NQ_OK;
    w->links.db = w->index->db;
    enum nq_status status = nq_db_meta_blob(w->index->db, "stock", &w->stock, err);
    if (status == NQ_OK && !nq_topic_finder_init(&w->finder, w->index->segmenter))
        status = nq_fail_nomem(err);
    if (status == NQ_OK && w->stock.len > 0 &&
        !nq_stock_read(&w->finder.stock, nq_buf_str(&w->stock)))
        status = w->finder.stock.counts ? nq_db_fail(w->index->db, SQLITE_CORRUPT, err)
                                        : nq_fail_nomem(err);
    w->ready = status == NQ_OK;
    if (!w->ready)
        nq_topic_finder_finish(&w->finder);
    return status;
}

enum nq_status nq_topic_writer_put(struct nq_topic_writer *w, const struct nq_topic_input *p,
                                   struct nq_error *err)
{
    enum nq_status status = prepare(w, err);
    if (status != NQ_OK)
        return status;
    if (p->first)
        nq_topics_new_report(&w->finder);
    if (!nq_topics_find(&w->finder, &p->heading, p->opens || p->first, &p->text, p->work))
        return nq_fail_nomem(err);
    for (size_t i = 0; i < w->finder.n && status == NQ_OK; i++) {
        const struct nq_topic_found *t = &w->finder.items[i];
        status = nq_links_put(&w->links, p->id, t->kind, t->key, t->name, t->weight, err);
    }
    w->changed = true;
    if (status == NQ_OK && w->links.n >= MOST_CHANGES)
        status = nq_links_flush(&w->links, err);
    return status;
}

enum nq_status nq_topic_writer_remove(struct nq_topic_writer *w, int64_t id, struct nq_error *err)
{
    enum nq_status status = prepare(w, err);
    w->changed = true;
    return status == NQ_OK ? nq_links_remove(&w->links, id, err) : status;
}

enum nq_status nq_topic_writer_flush(struct nq_topic_writer *w, bool prune, struct nq_error *err)
{
    if (!w->changed)
        return NQ_OK;
    enum nq_status status = nq_links_flush(&w->links, err);
    if (status == NQ_OK && prune) {
        status = nq_store_topics_prune(w->index->db, err);
        nq_links_reset(&w->links); /* it knows topics that are gone */
    }
    w->stock.len = 0;
    nq_stock_write(&w->finder.stock, &w->stock);
    if (status == NQ_OK && w->stock.failed)
        status = nq_fail_nomem(err);
    if (status == NQ_OK)
        status = nq_db_meta_set_blob(w->index->db, "stock", nq_buf_str(&w->stock), err);
    w->changed = status != NQ_OK;
    return status;
}

/* ---- all of an index anew
 * ---------------------------------------------------------------------- */

/* What finds topics now. */
static int64_t hash_of(const struct nq_index *index)
{
    return (int64_t)(nq_segmenter_hash(index->segmenter) * 31 + NQ_TOPICS_VERSION);
}

enum nq_status nq_topics_stale(struct nq_index *index, uint64_t *passages, struct nq_error *err)
{
    static const char sql[] = "SELECT count(*) FROM passage WHERE id > ?1";
    struct nq_topics_state s = {0};
    int64_t n = 0;
    *passages = 0;
    enum nq_status status = nq_store_topics_state(index->db, &s, err);
    if (status != NQ_OK || s.hash == hash_of(index))
        return status;
    int64_t upto = s.next_hash == hash_of(index) ? s.upto : 0;
    status = nq_sql_int(index->db, sql, NQ_WITH(nq_int(upto)), &n, err);
    *passages = (uint64_t)n;
    return status;
}

/* A text read for its topics alone. */
struct reading {
    struct nq_folded folded;
    struct nq_word_buf words;
};

static bool read_text(struct reading *r, const struct nq_segmenter *segmenter, struct nq_str text,
                      struct nq_segmented *out)
{
    *out = (struct nq_segmented){text, &r->folded, &r->words};
    return nq_fold_text(text, &r->folded) && nq_segment_folded(segmenter, &r->folded, &r->words);
}

static void reading_finish(struct reading *r)
{
    nq_folded_finish(&r->folded);
    nq_word_buf_finish(&r->words);
}

struct renewal {
    struct nq_topic_writer *writer;
    int64_t upto;
    size_t left;
    struct nq_buf work, above;
    struct reading heading, text;
    enum nq_status status;
    struct nq_error *err;
};

/* The title of the cited work that passage `id` is. */
static enum nq_status load_work(struct renewal *r, int64_t id)
{
    static const char sql[] = "SELECT title FROM reference WHERE id = ?1";
    struct nq_rows row = nq_rows(r->writer->index->db, sql, NQ_WITH(nq_int(id)), r->err);
    if (nq_rows_next(&row))
        nq_buf_add(&r->work, nq_rows_str(&row, 0));
    enum nq_status status = nq_rows_end(&row);
    return status == NQ_OK && r->work.failed ? nq_fail_nomem(r->err) : status;
}

static bool renew_passage(void *user, const struct nq_stored_passage *p)
{
    struct renewal *r = user;
    const struct nq_segmenter *segmenter = r->writer->index->segmenter;
    struct nq_topic_input passage = {.id = p->id, .first = p->first, .opens = p->opens_section};
    if (r->left == 0)
        return false;
    r->left--;
    r->work.len = r->above.len = 0;
    nq_passage_heading(&r->above, p->kind, p->first, p->title, p->section_heading);
    if (r->above.failed ||
        !read_text(&r->heading, segmenter, nq_buf_str(&r->above), &passage.heading) ||
        !read_text(&r->text, segmenter, p->text, &passage.text))
        r->status = nq_fail_nomem(r->err);
    if (r->status == NQ_OK && p->cited)
        r->status = load_work(r, p->id);
    passage.work = nq_buf_str(&r->work);
    if (r->status == NQ_OK)
        r->status = nq_links_remove(&r->writer->links, p->id, r->err);
    if (r->status == NQ_OK)
        r->status = nq_topic_writer_put(r->writer, &passage, r->err);
    r->upto = p->id;
    return r->status == NQ_OK;
}

/* One batch, within a transaction. */
static enum nq_status renew_batch(struct nq_topic_writer *w, size_t n, bool *done,
                                  struct nq_error *err)
{
    struct nq_topics_state s = {0};
    struct renewal r = {.writer = w, .left = n, .err = err};
    int64_t ours = hash_of(w->index);
    enum nq_status status = nq_store_topics_create(w->index->db, err);
    if (status == NQ_OK)
        status = nq_store_topics_state(w->index->db, &s, err);
    if (status == NQ_OK)
        status = prepare(w, err);
    if (status != NQ_OK)
        return status;
    if (s.next_hash != ours)
        s = (struct nq_topics_state){s.hash, ours, 0};
    r.upto = s.upto;
    status = nq_store_each_passage(w->index->db, 0, s.upto + 1, renew_passage, &r, err);
    status = status == NQ_OK ? r.status : status;
    nq_buf_finish(&r.work);
    nq_buf_finish(&r.above);
    reading_finish(&r.heading);
    reading_finish(&r.text);
    *done = status == NQ_OK && r.left > 0;
    if (status == NQ_OK)
        status = nq_topic_writer_flush(w, *done, err);
    s = (struct nq_topics_state){s.hash, ours, r.upto};
    if (*done)
        s = (struct nq_topics_state){.hash = ours};
    return status == NQ_OK ? nq_store_topics_set_state(w->index->db, &s, err) : status;
}

enum nq_status nq_topics_renew(struct nq_topic_writer *w, size_t n, bool *done,
                               struct nq_error *err)
{
    struct nq_topics_state s = {0};
    enum nq_status status = nq_store_topics_state(w->index->db, &s, err);
    *done = status == NQ_OK && s.hash == hash_of(w->index);
    if (status != NQ_OK || *done)
        return status;
    status = nq_db_begin(w->index->db, err);
    if (status != NQ_OK)
        return status;
    status = nq_db_end(w->index->db, renew_batch(w, n, done, err), err);
    if (status != NQ_OK)
        nq_topic_writer_finish(w);
    return status;
}
