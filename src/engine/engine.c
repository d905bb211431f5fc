/* An engine's life: made, brought up to what the database holds, given up. */
#include <libstemmer.h>
#include <stdlib.h>

#include "base/error.h"
#include "engine/backend.h"
#include "engine/bulk.h"
#include "engine/index.h"

enum nq_status nq_engine_create(struct nq_db *db, const struct nq_segmenter *segmenter,
                                struct nq_engine **out, struct nq_error *err)
{
    struct nq_engine *engine = calloc(1, sizeof *engine);
    if (!engine || !(engine->stemmer = sb_stemmer_new("english", "UTF_8"))) {
        free(engine);
        return nq_fail_nomem(err);
    }
    engine->db = db;
    engine->segmenter = segmenter;
    engine->backend = &nq_fts5_backend;
    engine->generation = -1;
    for (size_t i = 0; i < NQ_COUNT(engine->lengths); i++)
        engine->lengths[i] = nq_length_decode((uint8_t)i);
    enum nq_status status = nq_fts5_register(db, &engine->fts5, err);
    if (status == NQ_OK)
        *out = engine;
    else
        nq_engine_destroy(engine);
    return status;
}

void nq_engine_destroy(struct nq_engine *engine)
{
    if (!engine)
        return;
    nq_xapian_finish(engine);
    nq_bulk_destroy(engine->bulk);
    sb_stemmer_delete(engine->stemmer);
    nq_attributes_finish(&engine->attributes);
    nq_tokens_finish(&engine->body);
    nq_tokens_finish(&engine->heading);
    nq_word_buf_finish(&engine->words);
    nq_word_buf_finish(&engine->heading_words);
    free(engine->word_tokens);
    nq_buf_finish(&engine->word_bytes);
    nq_engine_forget_atoms(engine);
    free(engine);
}

enum nq_status nq_engine_refresh(struct nq_engine *engine, struct nq_error *err)
{
    int64_t generation = 0;
    enum nq_status status = nq_db_meta_get(engine->db, "generation", &generation, err);
    if (status != NQ_OK || generation == engine->generation)
        return status;
    status = nq_db_meta_get(engine->db, "passages", &engine->n_passages, err);
    if (status == NQ_OK)
        status = nq_db_meta_get(engine->db, "atoms", &engine->n_atoms, err);
    nq_attributes_refresh(&engine->attributes, generation);
    engine->generation = status == NQ_OK ? generation : -1;
    return status == NQ_OK ? engine->backend->refresh(engine, err) : status;
}

enum nq_status nq_engine_begin(struct nq_engine *engine, struct nq_error *err)
{
    enum nq_status status = nq_engine_refresh(engine, err);
    return status == NQ_OK ? engine->backend->begin(engine, err) : status;
}

enum nq_status nq_engine_check_text(struct nq_engine *engine, struct nq_error *err)
{
    int64_t ours = (int64_t)(nq_fold_hash() ^ NQ_TOKENIZER_VERSION), theirs = 0, passages = 0;
    enum nq_status status = nq_db_meta_get(engine->db, "text_hash", &theirs, err);
    if (status != NQ_OK || theirs == ours)
        return status;
    status = nq_db_meta_get(engine->db, "passages", &passages, err);
    if (status == NQ_OK && passages > 0)
        return nq_fail(err, NQ_ERR_VERSION,
                       _("%s: made by an nqsearch that folds characters otherwise; nqindex "
                         "--rebuild makes it anew"),
                       engine->db->path);
    return status == NQ_OK ? nq_db_meta_set(engine->db, "text_hash", ours, err) : status;
}

enum nq_status nq_engine_reset(struct nq_engine *engine, struct nq_error *err)
{
    nq_engine_forget_atoms(engine);
    nq_attributes_finish(&engine->attributes);
    engine->backend->rolled_back(engine);
    engine->generation = -1;
    return nq_engine_refresh(engine, err);
}
