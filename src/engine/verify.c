/* Whether the text indexes hold exactly the tokens of the stored text.
 *
 * Every posting (token, passage, place) has a hash; the exclusive or of all that the text calls for
 * must be that of all that the index holds.  Where places are in sequences it is the
 * sum of these and of the tokens, each as often as it stands in its passage. */
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "engine/backend.h"
#include "engine/index.h"
#include "engine/xapian.h"
#include "engine/xapian_sequence.h"
#include "store/passages.h"
#include "store/sql.h"

struct check {
    struct nq_engine *engine;
    struct nq_buf heading, sequence;
    uint64_t text, words; /* what the stored text calls for */
    uint64_t *seen;       /* hashes of the words of the passage at hand */
    size_t seen_cap;
    int64_t passages, atoms, wrong_attributes;
    enum nq_status status;
    struct nq_error *err;
};

static uint64_t mix(uint64_t h, uint64_t value)
{
    h ^= value + 0x9E3779B97F4A7C15u + (h << 6) + (h >> 2);
    h *= 0xFF51AFD7ED558CCDu;
    return h ^ h >> 32;
}

uint64_t nq_hash_posting(struct nq_str token, int64_t passage, int64_t column, int64_t offset)
{
    if (token.len >= NQ_XAPIAN_TERM)
        token.len = NQ_XAPIAN_TERM - 16; /* Xapian's have a hash behind that */
    uint64_t h = nq_fnv(NQ_FNV_START, token);
    return mix(mix(mix(h, (uint64_t)passage), (uint64_t)column), (uint64_t)offset);
}

uint64_t nq_hash_sequence(struct nq_str sequence, int64_t passage)
{
    uint64_t h = (uint64_t)passage;
    for (size_t i = 0; i < sequence.len; i++)
        h = mix(h, (unsigned char)sequence.ptr[i]);
    return h;
}

static uint64_t hash_tokens(const struct nq_tokens *tokens, int64_t passage, int64_t column)
{
    uint64_t h = 0;
    int64_t offset = -1;
    for (size_t i = 0; i < tokens->n; i++) {
        offset += !tokens->items[i].colocated;
        h ^= nq_hash_posting(tokens->items[i].text, passage, column, offset);
    }
    return h;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* The words index holds a word once for a passage, without its place. */
static bool hash_words(struct check *c, int64_t passage)
{
    const struct nq_engine *engine = c->engine;
    if (engine->n_word_tokens > c->seen_cap) {
        uint64_t *grown = realloc(c->seen, engine->n_word_tokens * sizeof *grown);
        if (!grown)
            return false;
        c->seen = grown;
        c->seen_cap = engine->n_word_tokens;
    }
    size_t n = engine->n_word_tokens;
    for (size_t i = 0; i < n; i++)
        c->seen[i] = nq_hash_posting(engine->word_tokens[i].text, passage, 0, 0);
    if (n)
        qsort(c->seen, n, sizeof *c->seen, by_value);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || c->seen[i] != c->seen[i - 1])
            c->words ^= c->seen[i];
    return true;
}

/* The tokens by how often each is there, and all in a row. */
static bool hash_sequence(struct check *c, int64_t passage)
{
    const struct nq_tokens *parts[] = {&c->engine->body, &c->engine->heading};
    for (size_t p = 0; p < NQ_COUNT(parts); p++)
        for (size_t i = 0; i < parts[p]->n; i++)
            c->text += nq_hash_posting(parts[p]->items[i].text, passage, 0, 0);
    c->sequence.len = 0;
    nq_sequence_add(&c->sequence, parts[0], parts[1]);
    c->text += nq_hash_sequence(nq_buf_str(&c->sequence), passage);
    return !c->sequence.failed;
}

static bool hash_text(struct check *c, int64_t passage)
{
    if (c->engine->backend->sequences)
        return hash_sequence(c, passage);
    c->text ^=
        hash_tokens(&c->engine->body, passage, 0) ^ hash_tokens(&c->engine->heading, passage, 1);
    return true;
}

static bool check_passage(void *user, const struct nq_stored_passage *p)
{
    struct check *c = user;
    struct nq_engine *engine = c->engine;
    struct nq_attribute a;
    c->heading.len = 0;
    nq_passage_heading(&c->heading, p->kind, p->first, p->title, p->section_heading);
    if (c->heading.failed || !nq_engine_prepare(engine, nq_buf_str(&c->heading), p->text) ||
        !hash_words(c, p->id) || !hash_text(c, p->id)) {
        c->status = nq_fail_nomem(c->err);
        return false;
    }
    size_t n_atoms = engine->body.atoms.n + engine->heading.atoms.n;
    c->passages++;
    c->atoms += (int64_t)n_atoms;
    c->status = nq_attributes_get(&engine->attributes, engine->db, p->id, &a, c->err);
    if (c->status != NQ_OK)
        return false;
    c->wrong_attributes += a.kind != p->kind || a.length_code != nq_length_code(n_atoms);
    return true;
}

/* The exclusive or of the hashes of what a table of postings holds. */
static enum nq_status hash_table(struct nq_db *db, const char *create, const char *select,
                                 uint64_t *hash, struct nq_error *err)
{
    enum nq_status status = nq_db_exec(db, create, err);
    *hash = 0;
    if (status != NQ_OK)
        return status;
    struct nq_rows r = nq_rows(db, select, NULL, err);
    while (nq_rows_next(&r))
        *hash ^= nq_hash_posting(nq_rows_str(&r, 0), nq_rows_int(&r, 1), nq_rows_int(&r, 2),
                                 nq_rows_int(&r, 3));
    return nq_rows_end(&r);
}

enum nq_status nq_fts5_hash(struct nq_engine *engine, uint64_t *text, uint64_t *words,
                            struct nq_error *err)
{
    enum nq_status status = hash_table(
        engine->db,
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.text_postings USING fts5vocab('main', 'text',"
        " 'instance')",
        "SELECT term, doc, CASE col WHEN 'body' THEN 0 ELSE 1 END, offset FROM temp.text_postings",
        text, err);
    if (status != NQ_OK)
        return status;
    return hash_table(engine->db,
                      "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_postings USING"
                      " fts5vocab('main', 'words', 'instance')",
                      "SELECT term, doc, 0, 0 FROM temp.words_postings", words, err);
}

static enum nq_status compare(struct check *c, bool words_current,
                              void (*problem)(void *user, const char *message), void *user)
{
    uint64_t text = 0, words = 0;
    enum nq_status status = c->engine->backend->hash(c->engine, &text, &words, c->err);
    if (status != NQ_OK)
        return status;
    if (text != c->text)
        problem(user, _("the text index does not fit the stored text"));
    if (words_current && words != c->words)
        problem(user, _("the words index does not fit the stored text"));
    if (c->passages != c->engine->n_passages || c->atoms != c->engine->n_atoms)
        problem(user, _("the statistics do not fit the stored text"));
    if (c->wrong_attributes)
        problem(user, _("attributes of passages do not fit the stored text"));
    return NQ_OK;
}

enum nq_status nq_engine_verify(struct nq_engine *engine,
                                void (*problem)(void *user, const char *message), void *user,
                                struct nq_error *err)
{
    struct check c = {.engine = engine, .err = err};
    bool words_current = false;
    enum nq_status status = nq_engine_refresh(engine, err);
    if (status == NQ_OK)
        status = nq_words_current(engine, &words_current, err);
    if (status == NQ_OK)
        status = nq_store_each_passage(engine->db, 0, 0, check_passage, &c, err);
    if (status == NQ_OK)
        status = c.status;
    if (status == NQ_OK)
        status = compare(&c, words_current, problem, user);
    nq_buf_finish(&c.heading);
    nq_buf_finish(&c.sequence);
    free(c.seen);
    return status;
}
