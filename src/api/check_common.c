/* What many of the earlier sections at hand have in common, and so tells nothing. */
#include <stdlib.h>

#include "api/check.h"
#include "text/title.h"

enum {
    STOCK = 10, /* of the candidates name a document that tells nothing */
    COLUMN = 3, /* of them with the same heading make a column of it */
};

/* Which documents of the side are named by so many of the units that they tell nothing: laws that
 * everything is based on, programmes, slogans. */
static bool find_stock(struct nq_check_section *s)
{
    s->stock = nq_arena_array(s->run->arena, s->side.n_documents + 1, sizeof *s->stock);
    for (size_t i = 0; s->stock && i < s->side.n_documents; i++) {
        size_t n = 0;
        for (size_t u = 0; u < s->n_units; u++) {
            const struct nq_side *side = &s->units[u]->side;
            for (size_t k = 0; k < side->n_documents; k++)
                if (nq_titles_same(s->side.documents[i].key, side->documents[k].key)) {
                    n++;
                    break;
                }
        }
        s->stock[i] = n > STOCK;
    }
    size_t same = 0;
    for (size_t u = 0; u < s->n_units; u++)
        same += s->side.heading.len && nq_str_eq(s->units[u]->side.heading, s->side.heading);
    s->column = same > COLUMN;
    return s->stock != NULL;
}

/* Finds what the section has of each unit. */
static enum nq_status find_reused(struct nq_check_section *s)
{
    struct nq_check_run *run = s->run;
    struct nq_arena *arena = run->arena;
    s->reused = nq_arena_array(arena, s->n_units + 1, sizeof(struct nq_aligned *));
    s->n_reused = nq_arena_array(arena, s->n_units + 1, sizeof *s->n_reused);
    enum nq_status status = s->reused && s->n_reused ? NQ_OK : nq_fail_nomem(run->err);
    for (size_t u = 0; u < s->n_units && status == NQ_OK; u++) {
        status = nq_db_go_on(run->index->db, run->err);
        if (status == NQ_OK &&
            !nq_reuse_find(&s->side, &s->units[u]->side, arena, &s->reused[u], &s->n_reused[u]))
            status = nq_fail_nomem(run->err);
    }
    return status;
}

static bool weigh_terms(struct nq_check_section *s)
{
    struct nq_check_terms *terms = &s->run->terms;
    uint16_t *held = calloc(terms->n + 1, sizeof *held);
    for (size_t u = 0; held && u < s->n_units; u++)
        for (size_t i = 0; i < s->units[u]->side.terms.n; i++)
            held[s->units[u]->side.terms.items[i].term]++;
    if (held)
        nq_check_terms_here(terms, held);
    free(held);
    return held != NULL;
}

enum nq_status nq_check_common(struct nq_check_section *s)
{
    if (!find_stock(s))
        return nq_fail_nomem(s->run->err);
    enum nq_status status = find_reused(s);
    return status == NQ_OK && !weigh_terms(s) ? nq_fail_nomem(s->run->err) : status;
}
