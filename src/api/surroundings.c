/* What a passage and its section name. */
#include "api/surroundings.h"

enum { AROUND = 6 }; /* passages of the section to both sides that are read with one */

/* What the passage's own words count; those of the rest of its section, and of its heading. */
static const double own_weight = 1, section_weight = 0.3, heading_weight = 1;

enum nq_status nq_passage_is_reference(struct nq_index *index, int64_t id, bool *is,
                                       struct nq_error *err)
{
    struct nq_attribute a = {0};
    enum nq_status status = nq_attributes_get(&index->engine->attributes, index->db, id, &a, err);
    *is = a.kind == NQ_KIND_REFERENCE;
    return status;
}

static enum nq_status add_heading(struct nq_index *index, struct nq_profile *profile,
                                  const struct nq_extent *extent, struct nq_error *err)
{
    static const char section_sql[] = "SELECT heading FROM section WHERE id = ?1";
    static const char report_sql[] = "SELECT title FROM report WHERE id = ?1";
    sqlite3_stmt *stmt;
    bool row;
    enum nq_status status =
        nq_db_prepare(index->db, extent->in_section ? section_sql : report_sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, extent->section);
    status = nq_db_step(index->db, stmt, &row, err);
    if (status == NQ_OK && row &&
        !nq_profile_add(profile, index->segmenter, nq_db_column_str(stmt, 0), heading_weight))
        status = nq_fail_nomem(err);
    sqlite3_reset(stmt);
    return status;
}

/* Adds a passage of the section of `id`. */
static enum nq_status add_passage(struct nq_index *index, struct nq_profile *profile, int64_t id,
                                  sqlite3_stmt *stmt, struct nq_error *err)
{
    int64_t at = sqlite3_column_int64(stmt, 0);
    bool cited = false;
    enum nq_status status = at == id ? NQ_OK : nq_passage_is_reference(index, at, &cited, err);
    double weight = at == id ? own_weight : section_weight;
    if (status == NQ_OK && !cited &&
        !nq_profile_add(profile, index->segmenter, nq_db_column_str(stmt, 1), weight))
        status = nq_fail_nomem(err);
    return status;
}

enum nq_status nq_surroundings_read(struct nq_index *index, struct nq_profile *profile, int64_t id,
                                    const struct nq_extent *extent, struct nq_error *err)
{
    static const char sql[] = "SELECT id, text FROM passage WHERE id BETWEEN ?1 AND ?2";
    sqlite3_stmt *stmt;
    bool row = true, alone = false;
    int64_t first = id - AROUND > extent->section ? id - AROUND : extent->section;
    int64_t last = id + AROUND < extent->section_last ? id + AROUND : extent->section_last;
    enum nq_status status = nq_passage_is_reference(index, id, &alone, err);
    if (status == NQ_OK && !alone)
        status = add_heading(index, profile, extent, err);
    if (status == NQ_OK)
        status = nq_db_prepare(index->db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, alone ? id : first);
    sqlite3_bind_int64(stmt, 2, alone ? id : last);
    while (status == NQ_OK && row) {
        status = nq_db_step(index->db, stmt, &row, err);
        if (status == NQ_OK && row)
            status = add_passage(index, profile, id, stmt, err);
    }
    sqlite3_reset(stmt);
    return status;
}
