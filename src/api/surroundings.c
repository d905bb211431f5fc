/* What a passage and its section name. */
#include "api/surroundings.h"

#include "store/sql.h"

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
    struct nq_rows row = nq_rows(index->db, extent->in_section ? section_sql : report_sql,
                                 NQ_WITH(nq_int(extent->section)), err);
    if (nq_rows_next(&row) &&
        !nq_profile_add(profile, index->segmenter, nq_rows_str(&row, 0), heading_weight))
        row.status = nq_fail_nomem(err);
    return nq_rows_end(&row);
}

/* Adds a passage of the section of `id`. */
static enum nq_status add_passage(struct nq_index *index, struct nq_profile *profile, int64_t id,
                                  struct nq_rows *row, struct nq_error *err)
{
    int64_t at = nq_rows_int(row, 0);
    bool cited = false;
    enum nq_status status = at == id ? NQ_OK : nq_passage_is_reference(index, at, &cited, err);
    double weight = at == id ? own_weight : section_weight;
    if (status == NQ_OK && !cited &&
        !nq_profile_add(profile, index->segmenter, nq_rows_str(row, 1), weight))
        status = nq_fail_nomem(err);
    return status;
}

enum nq_status nq_surroundings_read(struct nq_index *index, struct nq_profile *profile, int64_t id,
                                    const struct nq_extent *extent, struct nq_error *err)
{
    static const char sql[] = "SELECT id, text FROM passage WHERE id BETWEEN ?1 AND ?2";
    bool alone = false;
    int64_t first = id - AROUND > extent->section ? id - AROUND : extent->section;
    int64_t last = id + AROUND < extent->section_last ? id + AROUND : extent->section_last;
    enum nq_status status = nq_passage_is_reference(index, id, &alone, err);
    if (status == NQ_OK && !alone)
        status = add_heading(index, profile, extent, err);
    if (status != NQ_OK)
        return status;
    struct nq_rows row = nq_rows(
        index->db, sql, NQ_WITH(nq_int(alone ? id : first), nq_int(alone ? id : last)), err);
    while (nq_rows_next(&row))
        row.status = add_passage(index, profile, id, &row, err);
    return nq_rows_end(&row);
}
