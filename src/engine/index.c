/* Passages put into the text indexes and taken out: their tokens, attributes and statistics. */
#include <stdlib.h>

#include "engine/backend.h"
#include "engine/index.h"

#include "base/error.h"
#include "base/grow.h"
#include "store/passages.h"
#include "store/sql.h"
#include "text/utf8.h"

enum {
    MOST_CHUNKS = 64,    /* of attributes in memory while writing: 2 MiB */
    MOST_ATOMS = 100000, /* whose numbers of passages wait to be written */
    N_CHARACTERS = 1 << 16,
};

void nq_engine_forget_atoms(struct nq_engine *engine)
{
    nq_map_finish(&engine->atom_changes);
    free(engine->character_changes);
    engine->character_changes = NULL;
}

/* The character that an atom is, where it has three bytes; 0 where it is another. */
static uint32_t character_of(struct nq_str atom)
{
    uint32_t cp = 0;
    if (atom.len == 3 && (unsigned char)atom.ptr[0] >= 0xE0)
        nq_utf8_decode(atom, &cp, NULL);
    return cp;
}

/* Counts the passage at hand for each of its atoms, once: `change` is 1 or -1. */
static bool count_atoms(struct nq_engine *engine, const struct nq_atoms *atoms, int32_t change)
{
    uint32_t mark = (uint32_t)engine->passage_mark;
    if (!engine->character_changes &&
        !(engine->character_changes = calloc(N_CHARACTERS, sizeof *engine->character_changes)))
        return false;
    for (size_t i = 0; i < atoms->n; i++) {
        struct nq_str atom = nq_atom_text(atoms, i);
        uint32_t cp = character_of(atom);
        if (cp) {
            struct nq_character_change *c = &engine->character_changes[cp];
            c->change += c->mark != mark ? change : 0;
            c->mark = mark;
            continue;
        }
        struct nq_map_entry *entry = nq_map_put(&engine->atom_changes, atom);
        if (!entry)
            return false;
        if (entry->mark != engine->passage_mark) {
            entry->mark = engine->passage_mark;
            entry->value += change;
        }
    }
    return true;
}

static bool add_word_tokens(struct nq_engine *engine, const struct nq_folded *folded,
                            struct nq_word_buf *words)
{
    if (!nq_segment_folded(engine->segmenter, folded, words))
        return false;
    struct nq_token *tokens = nq_reserve(engine->word_tokens, engine->n_word_tokens, words->n,
                                         &engine->word_tokens_cap, sizeof *tokens);
    if (!tokens)
        return false;
    engine->word_tokens = tokens;
    for (size_t w = 0; w < words->n; w++) {
        const struct nq_word *word = &words->words[w];
        if (word->kind != NQ_WORD_HAN || word->last - word->first < 2)
            continue; /* the text index holds single characters, Latin words and numbers */
        size_t start = engine->word_bytes.len;
        for (uint32_t i = word->first; i < word->last; i++)
            nq_buf_add_cp(&engine->word_bytes, folded->cp[i]);
        struct nq_str token = {engine->word_bytes.ptr + start, engine->word_bytes.len - start};
        engine->word_tokens[engine->n_word_tokens++] = (struct nq_token){token, false};
    }
    return true;
}

bool nq_engine_prepare(struct nq_engine *engine, struct nq_str heading, struct nq_str text)
{
    engine->n_word_tokens = engine->word_bytes.len = 0;
    if (!nq_tokens_build(text, engine->stemmer, &engine->body) ||
        !nq_tokens_build(heading, engine->stemmer, &engine->heading))
        return false;
    /* Reserved at once: tokens are slices of it. */
    size_t n = engine->body.folded.n + engine->heading.folded.n;
    if (!nq_buf_reserve(&engine->word_bytes, 4 * n + 4))
        return false;
    return add_word_tokens(engine, &engine->body.folded, &engine->words) &&
           add_word_tokens(engine, &engine->heading.folded, &engine->heading_words);
}

/* What changes in the statistics with the passage at hand. */
static bool count(struct nq_engine *engine, int32_t change)
{
    engine->passage_mark++;
    engine->n_passages += change;
    engine->n_atoms += change * (int64_t)(engine->body.atoms.n + engine->heading.atoms.n);
    return count_atoms(engine, &engine->body.atoms, change) &&
           count_atoms(engine, &engine->heading.atoms, change);
}

static enum nq_status write_atom(struct nq_engine *engine, struct nq_str atom, int32_t change,
                                 struct nq_error *err)
{
    static const char sql[] = "INSERT INTO atom (text, passages) VALUES (?1, ?2) ON CONFLICT (text)"
                              " DO UPDATE SET passages = passages + excluded.passages";
    if (change == 0)
        return NQ_OK;
    return nq_sql_run(engine->db, sql, NQ_WITH(nq_text(atom), nq_int(change)), err);
}

static enum nq_status write_atoms(struct nq_engine *engine, struct nq_error *err)
{
    enum nq_status status = NQ_OK;
    for (size_t i = 0; i < engine->atom_changes.cap && status == NQ_OK; i++) {
        const struct nq_map_entry *entry = &engine->atom_changes.entries[i];
        if (entry->key.ptr)
            status = write_atom(engine, entry->key, entry->value, err);
    }
    for (uint32_t cp = 0; engine->character_changes && cp < N_CHARACTERS && status == NQ_OK; cp++) {
        char bytes[] = {(char)(0xE0 | cp >> 12), (char)(0x80 | (cp >> 6 & 0x3F)),
                        (char)(0x80 | (cp & 0x3F))};
        struct nq_str atom = {bytes, sizeof bytes};
        status = write_atom(engine, atom, engine->character_changes[cp].change, err);
    }
    nq_engine_forget_atoms(engine);
    return status;
}

/* Writes what has gathered, so that memory does not grow with the size of a transaction. */
static enum nq_status spill(struct nq_engine *engine, struct nq_error *err)
{
    enum nq_status status = NQ_OK;
    if (engine->attributes.n_loaded > MOST_CHUNKS) {
        status = nq_attributes_write(&engine->attributes, engine->db, err);
        nq_attributes_finish(&engine->attributes);
    }
    if (status == NQ_OK && engine->atom_changes.n > MOST_ATOMS)
        status = write_atoms(engine, err);
    return status;
}

enum nq_status nq_engine_put(struct nq_engine *engine, const struct nq_document *d,
                             struct nq_error *err)
{
    if (!nq_engine_prepare(engine, d->heading, d->text) || !count(engine, 1))
        return nq_fail_nomem(err);
    struct nq_attribute attribute = {
        .day = d->day,
        .source = d->source < NQ_N_SOURCES ? (uint16_t)d->source : 0,
        .length_code = nq_length_code(engine->body.atoms.n + engine->heading.atoms.n),
        .kind = (uint8_t)d->kind,
    };
    enum nq_status status =
        nq_attributes_set(&engine->attributes, engine->db, d->id, attribute, err);
    if (status == NQ_OK)
        status = engine->backend->put(engine, d, err);
    return status == NQ_OK ? spill(engine, err) : status;
}

void nq_engine_last(const struct nq_engine *engine, const struct nq_document *d,
                    struct nq_segmented *heading, struct nq_segmented *text)
{
    *heading = (struct nq_segmented){d->heading, &engine->heading.folded, &engine->heading_words};
    *text = (struct nq_segmented){d->text, &engine->body.folded, &engine->words};
}

enum nq_status nq_engine_remove(struct nq_engine *engine, int64_t id, struct nq_str heading,
                                struct nq_str text, struct nq_error *err)
{
    if (!nq_engine_prepare(engine, heading, text) || !count(engine, -1))
        return nq_fail_nomem(err);
    struct nq_attribute none = {0};
    enum nq_status status = nq_attributes_set(&engine->attributes, engine->db, id, none, err);
    return status == NQ_OK ? engine->backend->remove(engine, id, err) : status;
}

enum nq_status nq_engine_flush(struct nq_engine *engine, struct nq_error *err)
{
    struct nq_db *db = engine->db;
    int64_t generation = engine->generation + 1;
    enum nq_status status = nq_attributes_write(&engine->attributes, db, err);
    if (status == NQ_OK)
        status = write_atoms(engine, err);
    if (status == NQ_OK)
        status = nq_db_meta_set(db, "passages", engine->n_passages, err);
    if (status == NQ_OK)
        status = nq_db_meta_set(db, "atoms", engine->n_atoms, err);
    if (status == NQ_OK)
        status = nq_db_meta_set(db, "generation", generation, err);
    if (status == NQ_OK)
        status = engine->backend->flush(engine, generation, err);
    if (status == NQ_OK)
        engine->generation = engine->attributes.generation = generation;
    return status;
}

enum nq_status nq_engine_committed(struct nq_engine *engine, struct nq_error *err)
{
    return engine->backend->committed(engine, err);
}

enum nq_status nq_engine_optimize(struct nq_engine *engine, struct nq_error *err)
{
    return engine->backend->optimize(engine, err);
}

/* Passages on their way into empty text indexes. */
struct filling {
    struct nq_engine *engine;
    struct nq_buf heading;
    int64_t from;
    size_t bytes;
    bool more;
    enum nq_status status;
    struct nq_error *err;
};

static bool fill_passage(void *user, const struct nq_stored_passage *p)
{
    enum { BATCH_BYTES = 16 << 20 };
    struct filling *f = user;
    f->heading.len = 0;
    nq_passage_heading(&f->heading, p->kind, p->first, p->title, p->section_heading);
    struct nq_document d = {
        .id = p->id, .kind = p->kind, .heading = nq_buf_str(&f->heading), .text = p->text};
    if (f->heading.failed || !nq_engine_prepare(f->engine, d.heading, d.text))
        f->status = nq_fail_nomem(f->err);
    else
        f->status = f->engine->backend->put(f->engine, &d, f->err);
    f->from = p->id + 1;
    f->bytes += p->text.len;
    f->more = f->bytes > BATCH_BYTES;
    return f->status == NQ_OK && !f->more;
}

enum nq_status nq_engine_fill(struct nq_engine *engine, struct nq_error *err)
{
    struct filling f = {.engine = engine, .more = true, .err = err};
    enum nq_status status = NQ_OK;
    while (status == NQ_OK && f.more) {
        f.more = false;
        f.bytes = 0;
        status = nq_db_begin(engine->db, err);
        if (status != NQ_OK)
            break;
        status = nq_store_each_passage(engine->db, 0, f.from, fill_passage, &f, err);
        status = nq_db_end(engine->db, status == NQ_OK ? f.status : status, err);
    }
    nq_buf_finish(&f.heading);
    return status;
}
