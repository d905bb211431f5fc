/* nq_index_report: a report as the index holds it, with its paths and earlier texts. */
#include <stdlib.h>

#include "api/index.h"
#include "api/works.h"
#include "base/arena.h"
#include "store/passages.h"
#include "store/revisions.h"

/* The public struct first, then what owns its memory. */
struct owned {
    struct nq_stored stored;
    struct nq_arena *arena;
    struct nq_db *db;
    enum nq_status status;
    struct nq_error *err;
};

static bool add_reference(struct owned *o, int64_t passage)
{
    struct nq_report *r = &o->stored.report;
    struct nq_hit hit = {.passage = passage};
    o->status = nq_store_load_hit(o->db, o->arena, &hit, o->err);
    if (o->status != NQ_OK)
        return false;
    struct nq_reference *grown =
        nq_arena_grow(o->arena, r->references, r->n_references, sizeof *grown);
    if (!grown)
        return false;
    r->references = grown;
    grown[r->n_references] = *hit.reference;
    grown[r->n_references++].passage = passage;
    return true;
}

static bool open_section(struct owned *o, const struct nq_stored_passage *p)
{
    struct nq_report *r = &o->stored.report;
    struct nq_section *grown = nq_arena_grow(o->arena, r->sections, r->n_sections, sizeof *grown);
    if (!grown)
        return false;
    r->sections = grown;
    grown[r->n_sections++] =
        (struct nq_section){.number = nq_arena_str(o->arena, p->section_number),
                            .heading = nq_arena_str(o->arena, p->section_heading)};
    return true;
}

static bool add_paragraph(struct owned *o, const struct nq_stored_passage *p)
{
    struct nq_report *r = &o->stored.report;
    struct nq_section *s = &r->sections[r->n_sections - 1];
    size_t n = s->n_paragraphs;
    struct nq_str *texts = nq_arena_grow(o->arena, s->paragraphs, n, sizeof *texts);
    int64_t *ids = nq_arena_grow(o->arena, (int64_t *)s->passages, n, sizeof *ids);
    if (!texts || !ids)
        return false;
    texts[n] = nq_arena_str(o->arena, p->text);
    ids[n] = p->id;
    s->paragraphs = texts;
    s->passages = ids;
    s->n_paragraphs++;
    return true;
}

static bool add_passage(void *user, const struct nq_stored_passage *p)
{
    struct owned *o = user;
    struct nq_report *r = &o->stored.report;
    if (p->cited)
        return add_reference(o, p->id);
    /* The abstract is the first section, under a name of its own. */
    bool abstract =
        p->first && !p->section_number.ptr && nq_passage_is_abstract(p->section_heading);
    if (abstract)
        r->abstract = nq_arena_str(o->arena, p->text);
    if (abstract)
        return true;
    if ((p->opens_section || r->n_sections == 0) && !open_section(o, p))
        return false;
    return add_paragraph(o, p);
}

/* The path of `file`, and behind it the place of the report in it where it is an archive, the name
 * of which `own` has. */
static struct nq_str place(struct owned *o, const struct nq_file_row *file,
                           const struct nq_file_row *own)
{
    struct nq_str key = o->stored.report.key;
    struct nq_buf path = {0};
    if (key.len <= own->key.len || key.ptr[own->key.len] != '/' || !nq_str_starts(key, own->key))
        return file->path;
    nq_buf_add(&path, file->path);
    nq_buf_add(&path, nq_str_sub(key, own->key.len, key.len));
    struct nq_str whole =
        path.failed ? (struct nq_str){0} : nq_arena_str(o->arena, nq_buf_str(&path));
    nq_buf_finish(&path);
    return whole;
}

static enum nq_status load_paths(struct owned *o, int64_t file, struct nq_error *err)
{
    struct nq_file_row own, *copies;
    size_t n;
    enum nq_status status = nq_store_file_get(o->db, file, o->arena, &own, err);
    if (status == NQ_OK)
        status = nq_store_file_copies(o->db, file, o->arena, &copies, &n, err);
    if (status != NQ_OK)
        return status;
    struct nq_str *paths = nq_arena_array(o->arena, n + 1, sizeof *paths);
    if (!paths)
        return nq_fail_nomem(err);
    paths[0] = place(o, &own, &own);
    for (size_t i = 0; i < n; i++)
        paths[i + 1] = place(o, &copies[i], &own);
    for (size_t i = 0; i <= n; i++)
        if (!paths[i].ptr)
            return nq_fail_nomem(err);
    o->stored.paths = paths;
    o->stored.n_paths = n + 1;
    return NQ_OK;
}

static enum nq_status load_revisions(struct owned *o, struct nq_error *err)
{
    struct nq_revision_row *rows;
    size_t n;
    enum nq_status status = nq_store_revisions_of(o->db, o->stored.id, o->arena, &rows, &n, err);
    if (status != NQ_OK)
        return status;
    struct nq_revision *revisions = nq_arena_array(o->arena, n + 1, sizeof *revisions);
    if (!revisions)
        return nq_fail_nomem(err);
    for (size_t i = 0; i < n; i++)
        revisions[i] = (struct nq_revision){.id = rows[i].id,
                                            .modified_ns = rows[i].modified_ns,
                                            .day = rows[i].day,
                                            .key = rows[i].key,
                                            .title = rows[i].title,
                                            .text = rows[i].text};
    o->stored.revisions = revisions;
    o->stored.n_revisions = n;
    return NQ_OK;
}

/* The report that `id` leads to: its own, that of a passage, or what it was once the id of. */
static enum nq_status find(struct owned *o, int64_t id, struct nq_error *err)
{
    enum nq_status status = nq_db_require(o->db, 2, err);
    if (status == NQ_OK)
        status = nq_store_report_of(o->db, id, &o->stored.id, err);
    if (status == NQ_OK && !o->stored.id)
        status = nq_store_revision_heir(o->db, id, &o->stored.id, err);
    return status;
}

static enum nq_status load(struct owned *o, struct nq_error *err)
{
    struct nq_report_row row;
    struct nq_report *r = &o->stored.report;
    enum nq_status status = nq_store_report_get(o->db, o->stored.id, o->arena, &row, err);
    if (status != NQ_OK)
        return status;
    r->key = row.key;
    r->title = row.title;
    r->publisher = row.publisher;
    r->url = row.url;
    r->kind = row.kind;
    r->day = row.day;
    status = nq_store_each_passage(o->db, row.id, 0, add_passage, o, err);
    if (status == NQ_OK)
        status = o->status;
    if (status == NQ_OK)
        status = load_paths(o, row.file, err);
    if (status == NQ_OK)
        status = load_revisions(o, err);
    return status == NQ_OK && nq_arena_failed(o->arena) ? nq_fail_nomem(err) : status;
}

enum nq_status nq_index_report(struct nq_index *index, int64_t id, struct nq_stored **out,
                               struct nq_error *err)
{
    if (err)
        *err = (struct nq_error){.column = -1};
    struct owned *o = calloc(1, sizeof *o);
    if (!o || !(o->arena = nq_arena_create())) {
        free(o);
        return nq_fail_nomem(err);
    }
    o->db = index->db;
    o->err = err;
    enum nq_status status = nq_index_begin_whole(index, err);
    if (status == NQ_OK) {
        status = find(o, id, err);
        if (status == NQ_OK && o->stored.id)
            status = load(o, err);
        if (status == NQ_OK && o->stored.id)
            status = nq_works_citations(index, o->arena, o->stored.id, o->stored.report.title,
                                        &o->stored.citations, &o->stored.n_citations, err);
        nq_db_leave(index->db);
    }
    bool found = status == NQ_OK && o->stored.id;
    if (status == NQ_OK)
        *out = found ? &o->stored : NULL;
    if (!found)
        nq_stored_destroy(&o->stored);
    return status;
}

void nq_stored_destroy(struct nq_stored *stored)
{
    struct owned *o = (struct owned *)stored;
    if (!o)
        return;
    nq_arena_destroy(o->arena);
    free(o);
}
