/* Filling new text indexes: what is gathered, when it is written. */
#include "engine/bulk.h"

#include <stdlib.h>

#include "engine/leaves.h"

enum {
    MOST_TEXT = 1 << 18, /* postings in memory, 16 bytes each, and as much to sort them */
    MOST_WORDS = 1 << 17,
    MOST_WHOLE = 4 << 20, /* bytes of long tokens */
};

bool nq_bulk_begin(struct nq_engine *engine)
{
    if (engine->n_passages > 0 || engine->bulk)
        return true;
    engine->bulk = calloc(1, sizeof *engine->bulk);
    return engine->bulk != NULL;
}

/* ---- gathering
 * ----------------------------------------------------------------------------------- */

static void add_tokens(struct nq_gather *g, int64_t id, size_t column,
                       const struct nq_tokens *tokens)
{
    size_t position = 0;
    for (size_t i = 0; i < tokens->n; i++) {
        position += i > 0 && !tokens->items[i].colocated;
        nq_gather_add(g, id, column, position, tokens->items[i].text);
    }
}

static bool gather(struct nq_engine *engine, int64_t id)
{
    struct nq_bulk *b = engine->bulk;
    if (!nq_gather_reserve(&b->text, engine->body.n + engine->heading.n) ||
        !nq_gather_reserve(&b->words, engine->n_word_tokens))
        return false;
    add_tokens(&b->text, id, 0, &engine->body);
    add_tokens(&b->text, id, 1, &engine->heading);
    for (size_t i = 0; i < engine->n_word_tokens; i++)
        nq_gather_add(&b->words, id, 0, 0, engine->word_tokens[i].text);
    b->passages++;
    b->body += (int64_t)engine->body.atoms.n;
    b->heading += (int64_t)engine->heading.atoms.n;
    b->listed += (int64_t)engine->n_word_tokens;
    b->last = id;
    return !b->text.whole.failed && !b->words.whole.failed;
}

static bool is_full(const struct nq_engine *engine, int64_t id)
{
    const struct nq_bulk *b = engine->bulk;
    const struct nq_gather *both[] = {&b->text, &b->words};
    for (size_t i = 0; i < NQ_COUNT(both); i++)
        if (both[i]->whole.len > MOST_WHOLE ||
            (both[i]->n > 0 && id - both[i]->first >= NQ_GATHER_PASSAGES))
            return true;
    return b->text.n + engine->body.n + engine->heading.n > MOST_TEXT ||
           b->words.n + engine->n_word_tokens > MOST_WORDS;
}

/* Whether the passage has places that can be told, and comes behind all others. */
static bool fits(const struct nq_engine *engine, int64_t id)
{
    return engine->body.atoms.n < NQ_GATHER_OFFSETS &&
           engine->heading.atoms.n < NQ_GATHER_OFFSETS && id > engine->bulk->last;
}

enum nq_status nq_bulk_put(struct nq_engine *engine, int64_t id, bool *done, struct nq_error *err)
{
    enum nq_status status = NQ_OK;
    *done = engine->bulk && fits(engine, id);
    if (!*done)
        return nq_bulk_end(engine, err);
    if (is_full(engine, id))
        status = nq_bulk_write(engine, err);
    *done = status == NQ_OK && engine->bulk;
    return *done && !gather(engine, id) ? nq_fail_nomem(err) : status;
}

/* ---- writing
 * ------------------------------------------------------------------------------------- */

/* A segment being written of what was gathered for a table. */
struct writing {
    const struct nq_gather *g;
    struct nq_leaves leaves;
    uint8_t *positions; /* of the posting at hand */
    struct nq_error *err;
};

/* Writes the posting that begins with `i`, of one token and passage, and returns where the next
 * begins. */
static size_t write_posting(struct writing *w, size_t i, size_t end, enum nq_status *status)
{
    int64_t id = nq_gathered_id(w->g, i);
    size_t n = 0, column = 0, last = 0;
    for (; i < end && nq_gathered_id(w->g, i) == id; i++) {
        size_t offset = nq_gathered_offset(w->g, i);
        if (nq_gathered_column(w->g, i) != column) {
            column = nq_gathered_column(w->g, i);
            w->positions[n++] = 1; /* another column follows */
            w->positions[n++] = (uint8_t)column;
            last = 0;
        }
        n += nq_fts5_put_number(w->positions + n, offset - last + 2);
        last = offset;
    }
    *status =
        nq_leaves_posting(&w->leaves, id, (struct nq_str){(const char *)w->positions, n}, w->err);
    return i;
}

static enum nq_status write_all(struct writing *w)
{
    enum nq_status status = NQ_OK;
    char room[NQ_GATHER_KEY_BYTES];
    for (size_t i = 0; i < w->g->n && status == NQ_OK;) {
        size_t end = nq_gathered_end(w->g, i);
        status = nq_leaves_term(&w->leaves, nq_gathered_token(w->g, i, room), w->err);
        while (i < end && status == NQ_OK)
            i = write_posting(w, i, end, &status);
    }
    return status;
}

/* Writes what was gathered for a table as a segment; *room as of nq_leaves_begin. */
static enum nq_status write_table(struct nq_engine *engine, struct nq_gather *g,
                                  const struct nq_leaves_table *table, const int64_t *tokens,
                                  bool *room, struct nq_error *err)
{
    /* A column's positions take a byte each, or two where as many lie between them. */
    struct writing w = {.g = g, .positions = malloc(NQ_LEAVES_POSITIONS), .err = err};
    enum nq_status status = w.positions && nq_gather_sort(g) ? NQ_OK : nq_fail_nomem(err);
    if (status == NQ_OK)
        status = nq_leaves_begin(&w.leaves, engine->db, table, room, err);
    if (status == NQ_OK)
        status = write_all(&w);
    if (status == NQ_OK)
        status = nq_leaves_end(&w.leaves, engine->bulk->passages, tokens, err);
    nq_leaves_finish(&w.leaves);
    free(w.positions);
    return status;
}

static void clear(struct nq_bulk *b)
{
    nq_gather_clear(&b->text);
    nq_gather_clear(&b->words);
    b->passages = b->body = b->heading = b->listed = b->last = 0;
}

enum nq_status nq_bulk_write(struct nq_engine *engine, struct nq_error *err)
{
    struct nq_bulk *b = engine->bulk;
    bool text = true, words = true;
    if (!b || b->passages == 0)
        return NQ_OK;
    enum nq_status status = write_table(engine, &b->text, &nq_leaves_text,
                                        (const int64_t[]){b->body, b->heading}, &text, err);
    if (status == NQ_OK)
        status = write_table(engine, &b->words, &nq_leaves_words, &b->listed, &words, err);
    if (status == NQ_OK)
        status = nq_leaves_reload(engine->db, err);
    clear(b);
    if (status == NQ_OK && !(text && words)) {
        nq_bulk_destroy(b);
        engine->bulk = NULL;
    }
    return status;
}

enum nq_status nq_bulk_end(struct nq_engine *engine, struct nq_error *err)
{
    enum nq_status status = nq_bulk_write(engine, err);
    nq_bulk_destroy(engine->bulk);
    engine->bulk = NULL;
    return status;
}

void nq_bulk_rolled_back(struct nq_engine *engine)
{
    if (engine->bulk)
        clear(engine->bulk);
    nq_leaves_reload(engine->db, NULL);
}

void nq_bulk_destroy(struct nq_bulk *bulk)
{
    if (!bulk)
        return;
    nq_gather_finish(&bulk->text);
    nq_gather_finish(&bulk->words);
    free(bulk);
}
