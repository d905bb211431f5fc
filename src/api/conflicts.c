/* Where the reports of an index contradict one another. */
#include <stdlib.h>

#include "api/index.h"
#include "check/deeds.h"
#include "check/quantity.h"

enum { MOST_PASSAGES = 3000, MOST_STATEMENTS = 8 };

/* The public struct first, then what owns its memory. */
struct owned {
    struct nq_conflicts conflicts;
    struct nq_arena *arena;
};

/* A passage that was read. */
struct told {
    const struct nq_hit *hit;
    struct nq_side side;
};

/* One thing that a passage says: a quantity or a deed. */
struct claim {
    const struct told *told;
    const struct nq_quantity *quantity;
    const struct nq_deed *deed;
    bool taken; /* stands in a conflict */
};

struct finder {
    struct nq_arena *arena;
    struct nq_check_terms terms;
    struct nq_event_finder events;
    bool ready;
    struct told *told;
    size_t n_told;
    struct claim *claims;
    size_t n_claims;
    struct nq_conflict *items;
    size_t n_items;
};

static bool read_passage(struct finder *f, const struct nq_hit *hit)
{
    struct told *told = &f->told[f->n_told];
    struct nq_str text = nq_arena_str(f->arena, hit->text);
    told->hit = hit;
    if (!text.ptr || !nq_side_init(&told->side, &f->terms, f->arena, hit->section_heading, text,
                                   hit->report.day))
        return false;
    f->n_told++;
    return nq_quantities_find(&told->side, &f->terms, &f->events, f->arena) &&
           nq_deeds_find(&told->side, &f->events, f->arena);
}

static bool add_claim(struct finder *f, struct claim claim)
{
    struct claim *grown = nq_arena_grow(f->arena, f->claims, f->n_claims, sizeof *grown);
    if (!grown)
        return false;
    f->claims = grown;
    f->claims[f->n_claims++] = claim;
    return true;
}

static bool read_claims(struct finder *f)
{
    for (size_t i = 0; i < f->n_told; i++) {
        struct told *told = &f->told[i];
        for (size_t k = 0; k < told->side.n_figures; k++)
            if (!add_claim(f, (struct claim){told, &told->side.quantities[k], NULL, false}))
                return false;
        for (size_t k = 0; k < told->side.n_deeds; k++)
            if (!add_claim(f, (struct claim){told, NULL, &told->side.deeds[k], false}))
                return false;
    }
    return true;
}

static bool contradict(const struct finder *f, const struct claim *a, const struct claim *b)
{
    if (a->told->hit->report.id == b->told->hit->report.id)
        return false;
    if (a->quantity && b->quantity)
        return nq_quantities_conflict(&f->terms, a->quantity, b->quantity, true);
    return a->deed && b->deed && nq_deeds_issuers_differ(a->deed, b->deed);
}

static struct nq_statement state(struct finder *f, const struct claim *claim)
{
    const struct nq_hit *hit = claim->told->hit;
    struct nq_str value = claim->quantity ? claim->quantity->figure->text : claim->deed->actor;
    struct nq_str quote = claim->quantity ? claim->quantity->figure->clause : claim->deed->quote;
    struct nq_report_ref report = hit->report;
    report.key = nq_arena_str(f->arena, report.key);
    report.title = nq_arena_str(f->arena, report.title);
    report.path = nq_arena_str(f->arena, report.path);
    report.url = nq_arena_str(f->arena, report.url);
    report.publisher = nq_arena_str(f->arena, report.publisher);
    return (struct nq_statement){.passage = hit->passage,
                                 .report = report,
                                 .section_heading = nq_arena_str(f->arena, hit->section_heading),
                                 .value = nq_arena_str(f->arena, value),
                                 .quote = nq_arena_str(f->arena, quote)};
}

/* The words of a quantity in a row, or the title of a document. */
static struct nq_str name(struct finder *f, const struct claim *claim)
{
    struct nq_buf text = {0};
    if (claim->deed)
        nq_buf_add(&text, claim->deed->title);
    for (size_t i = 0; claim->quantity && i < claim->quantity->words.n; i++) {
        if (i > 0)
            nq_buf_add_byte(&text, ' ');
        nq_buf_add(&text, f->terms.items[claim->quantity->words.items[i].term].text);
    }
    struct nq_str out = nq_arena_str(f->arena, text.len ? nq_buf_str(&text) : NQ_STR(""));
    nq_buf_finish(&text);
    return out;
}

static bool add_conflict(struct finder *f, const struct claim *const *claims, size_t n)
{
    struct nq_statement *statements = nq_arena_array(f->arena, n, sizeof *statements);
    struct nq_conflict *grown = nq_arena_grow(f->arena, f->items, f->n_items, sizeof *grown);
    if (!statements || !grown)
        return false;
    for (size_t i = 0; i < n; i++)
        statements[i] = state(f, claims[i]);
    const struct nq_quantity *q = claims[0]->quantity;
    f->items = grown;
    f->items[f->n_items++] = (struct nq_conflict){
        .kind = q ? NQ_CONFLICT_FIGURE : NQ_CONFLICT_ISSUER,
        .what = name(f, claims[0]),
        .first = q ? q->first : claims[0]->deed->day,
        .last = q ? q->last : claims[0]->deed->day,
        .statements = statements,
        .n_statements = n,
    };
    return true;
}

/* Claims come in the order of time.  Each takes the later ones that contradict all before. */
static bool find(struct finder *f)
{
    for (size_t i = 0; i < f->n_claims; i++) {
        struct claim *group[MOST_STATEMENTS] = {&f->claims[i]};
        size_t n = 1;
        for (size_t k = i + 1; k < f->n_claims && !f->claims[i].taken && n < MOST_STATEMENTS; k++) {
            bool other = !f->claims[k].taken;
            for (size_t g = 0; g < n && other; g++)
                other = contradict(f, group[g], &f->claims[k]);
            if (other)
                group[n++] = &f->claims[k];
        }
        for (size_t g = 0; g < n && n > 1; g++)
            group[g]->taken = true;
        if (n > 1 && !add_conflict(f, (const struct claim *const *)group, n))
            return false;
    }
    return true;
}

static int by_day(const void *a, const void *b)
{
    const struct told *x = a, *y = b;
    if (x->hit->report.day != y->hit->report.day)
        return x->hit->report.day < y->hit->report.day ? -1 : 1;
    return (x->hit->passage > y->hit->passage) - (x->hit->passage < y->hit->passage);
}

static int by_newest(const void *a, const void *b)
{
    const struct nq_conflict *x = a, *y = b;
    int32_t p = x->statements[x->n_statements - 1].report.day;
    int32_t q = y->statements[y->n_statements - 1].report.day;
    if (p != q)
        return p < q ? 1 : -1;
    return (x->statements->passage > y->statements->passage) -
           (x->statements->passage < y->statements->passage);
}

static bool find_all(struct finder *f, const struct nq_results *results)
{
    f->told = calloc(results->n_hits + 1, sizeof *f->told);
    f->ready = f->told && nq_event_finder_init(&f->events);
    bool ok = f->ready;
    for (size_t i = 0; i < results->n_hits && ok; i++)
        if (results->hits[i].tier != NQ_TIER_PARTIAL)
            ok = read_passage(f, &results->hits[i]);
    if (f->n_told > 1)
        qsort(f->told, f->n_told, sizeof *f->told, by_day);
    ok = ok && read_claims(f) && find(f);
    if (ok && f->n_items > 1)
        qsort(f->items, f->n_items, sizeof *f->items, by_newest);
    return ok && !nq_arena_failed(f->arena);
}

static void finish(struct finder *f)
{
    for (size_t i = 0; i < f->n_told; i++)
        nq_side_finish(&f->told[i].side);
    free(f->told);
    if (f->ready)
        nq_event_finder_finish(&f->events);
    nq_check_terms_finish(&f->terms);
}

enum nq_status nq_find_conflicts(struct nq_index *index, struct nq_str query,
                                 struct nq_conflicts **out, struct nq_error *err)
{
    struct nq_search_params params = {
        .query = query, .limit = MOST_PASSAGES, .kinds = NQ_KIND_REPORT};
    struct nq_results *results = NULL;
    enum nq_status status = nq_search(index, &params, &results, err);
    if (status != NQ_OK)
        return status;
    struct owned *o = calloc(1, sizeof *o);
    struct finder f = {.arena = o ? (o->arena = nq_arena_create()) : NULL};
    f.terms.segmenter = index->segmenter;
    f.terms.passages = (double)index->engine->n_passages;
    if (!f.arena || !find_all(&f, results)) {
        status = nq_fail_nomem(err);
        nq_conflicts_destroy(o ? &o->conflicts : NULL);
    } else {
        o->conflicts = (struct nq_conflicts){f.items, f.n_items, f.n_told};
        *out = &o->conflicts;
    }
    finish(&f);
    nq_results_destroy(results);
    return status;
}

void nq_conflicts_destroy(struct nq_conflicts *conflicts)
{
    struct owned *o = (struct owned *)conflicts;
    if (!o)
        return;
    nq_arena_destroy(o->arena);
    free(o);
}
