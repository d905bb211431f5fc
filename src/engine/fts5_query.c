/* Expressions of compile.h over an FTS5 index: phrases one by one, or passage by passage. */
#include "engine/fts5_query.h"

#include <stdlib.h>

#include "base/grow.h"
#include "engine/fts5_phrase.h"

#define ENDED INT64_MAX

enum { ASK_EVERY = 64 }; /* passages after which a walk asks whether it should stop */

enum kind { PHRASE, AND, OR, NOT };

/* A node of the tree.  Nodes are told by their number, so that they may grow. */
struct node {
    enum kind kind;
    size_t first, next; /* its first child, the next child of its parent; 0 where there is none */
    size_t phrase;
};

/* A phrase as it was read: its list stands in the query's. */
struct spec {
    size_t begin, end;
    bool prefix, heading;
};

struct query {
    struct nq_str rest; /* to be read */
    struct nq_buf lists;
    struct spec *specs;
    size_t n, cap;
    struct node *nodes; /* the first is none */
    size_t n_nodes, cap_nodes;
    size_t root; /* 0 where there is nothing to match */
    bool failed;
    struct nq_fts5_table table;
    struct nq_fts5_phrase *phrases; /* opened */
};

/* ---- reading ---- */

static bool skip(struct query *q, struct nq_str what)
{
    if (!nq_str_starts(q->rest, what))
        return false;
    q->rest = nq_str_sub(q->rest, what.len, q->rest.len);
    return true;
}

static size_t add_node(struct query *q, enum kind kind, size_t first)
{
    struct node *grown = nq_grow(q->nodes, q->n_nodes, &q->cap_nodes, sizeof *grown);
    if (!grown) {
        q->failed = true;
        return 0;
    }
    q->nodes = grown;
    q->nodes[q->n_nodes] = (struct node){.kind = kind, .first = first, .phrase = q->n};
    return q->n_nodes++;
}

/* [heading:]"LIST"[ *], quotation marks doubled in the list. */
static size_t read_phrase(struct query *q)
{
    struct spec spec = {.heading = skip(q, NQ_STR("heading:")), .begin = q->lists.len};
    size_t node = add_node(q, PHRASE, 0);
    if (!skip(q, NQ_STR("\"")))
        return 0;
    while (q->rest.len > 0 && (!skip(q, NQ_STR("\"")) || nq_str_starts(q->rest, NQ_STR("\"")))) {
        nq_buf_add_byte(&q->lists, q->rest.ptr[0]);
        skip(q, nq_str_sub(q->rest, 0, 1));
    }
    spec.end = q->lists.len;
    spec.prefix = skip(q, NQ_STR(" *"));
    struct spec *grown = nq_grow(q->specs, q->n, &q->cap, sizeof *grown);
    if (!grown) {
        q->failed = true;
        return 0;
    }
    q->specs = grown;
    q->specs[q->n++] = spec;
    q->failed = q->failed || q->lists.failed;
    return node;
}

static enum kind read_operator(struct query *q)
{
    if (skip(q, NQ_STR(" AND ")))
        return AND;
    if (skip(q, NQ_STR(" OR ")))
        return OR;
    return skip(q, NQ_STR(" NOT ")) ? NOT : PHRASE;
}

static size_t read_group(struct query *q);

static size_t read_operand(struct query *q)
{
    if (!skip(q, NQ_STR("(")))
        return read_phrase(q);
    size_t group = read_group(q);
    skip(q, NQ_STR(")"));
    return group;
}

/* OPERAND (OPERATOR OPERAND)*, from left to right: the compiler sets parentheses where it mixes
 * operators.  What one operator joins are children of one node. */
static size_t read_group(struct query *q)
{
    size_t left = read_operand(q), last = left;
    enum kind joined = PHRASE, kind;
    while (left && (kind = read_operator(q)) != PHRASE) {
        size_t right = read_operand(q);
        if (!right)
            return 0;
        if (kind == joined) {
            q->nodes[last].next = right;
        } else {
            q->nodes[left].next = right;
            left = add_node(q, kind, left);
            joined = kind;
        }
        last = right;
    }
    return left;
}

/* Reads an expression and what there is of the table that it is asked of. */
static enum nq_status begin(struct query *q, struct nq_db *db, bool words, struct nq_str match,
                            struct nq_error *err)
{
    *q = (struct query){.rest = match};
    if (nq_fts5_table_open(db, words, &q->table, err) != NQ_OK)
        return q->table.status;
    add_node(q, PHRASE, 0); /* number 0 */
    q->root = read_group(q);
    q->phrases = calloc(q->n + 1, sizeof *q->phrases);
    if (q->failed || !q->phrases)
        q->table.status = nq_fail_nomem(err);
    return q->table.status;
}

static bool open_phrase(struct query *q, size_t i)
{
    const struct spec *s = &q->specs[i];
    return nq_fts5_phrase_open(&q->phrases[i], &q->table,
                               nq_str_sub(nq_buf_str(&q->lists), s->begin, s->end), s->prefix,
                               s->heading);
}

static enum nq_status end(struct query *q)
{
    for (size_t i = 0; i < q->n && q->phrases; i++)
        nq_fts5_phrase_close(&q->phrases[i]);
    free(q->phrases);
    free(q->specs);
    free(q->nodes);
    nq_buf_finish(&q->lists);
    nq_fts5_table_close(&q->table);
    return q->table.status;
}

/* ---- walking ---- */

/* Whether the walk goes on, asked for each passage. */
static bool goes_on(struct query *q, size_t passages)
{
    if (passages % ASK_EVERY == 0 && q->table.status == NQ_OK && nq_db_is_stopped(q->table.db))
        q->table.status = nq_db_fail(q->table.db, SQLITE_INTERRUPT, q->table.err);
    return q->table.status == NQ_OK;
}

static enum nq_next tell(const struct nq_fts5_phrase *p, size_t number, nq_posting_fn *posting,
                         void *user)
{
    const struct nq_posting at = {p->passage, number, p->in_body, p->in_heading};
    return posting(user, &at);
}

enum nq_status nq_fts5_phrases(struct nq_db *db, bool words, struct nq_str match,
                               nq_posting_fn *posting, void *user, struct nq_error *err)
{
    struct query q;
    size_t passages = 0;
    enum nq_next next = NQ_NEXT_POSTING;
    begin(&q, db, words, match, err);
    for (size_t i = 0; i < q.n && next != NQ_NEXT_NONE && q.table.status == NQ_OK; i++) {
        struct nq_fts5_phrase *p = &q.phrases[i];
        next = NQ_NEXT_POSTING;
        if (!open_phrase(&q, i))
            break;
        while (next == NQ_NEXT_POSTING && goes_on(&q, ++passages) &&
               nq_fts5_phrase_reach(p, p->passage + 1) != ENDED)
            next = tell(p, i, posting, user);
        nq_fts5_phrase_close(p);
    }
    return end(&q);
}

static int64_t reach(struct query *q, size_t number, int64_t least);

static int64_t reach_all(struct query *q, size_t first, int64_t least)
{
    for (size_t child = first; child;) {
        int64_t passage = reach(q, child, least);
        if (passage == ENDED)
            return ENDED;
        child = passage > least && child != first ? first : q->nodes[child].next;
        least = passage;
    }
    return least;
}

static int64_t reach_any(struct query *q, size_t first, int64_t least)
{
    int64_t passage = ENDED;
    for (size_t child = first; child; child = q->nodes[child].next) {
        int64_t p = reach(q, child, least);
        passage = p < passage ? p : passage;
    }
    return passage;
}

/* The first child without the others. */
static int64_t reach_without(struct query *q, size_t first, int64_t least)
{
    for (;; least++) {
        least = reach(q, first, least);
        if (least == ENDED || reach_any(q, q->nodes[first].next, least) != least)
            return least;
    }
}

/* The first passage from `least` on that the node matches. */
static int64_t reach(struct query *q, size_t number, int64_t least)
{
    const struct node *node = &q->nodes[number];
    switch (node->kind) {
    case AND:
        return reach_all(q, node->first, least);
    case OR:
        return reach_any(q, node->first, least);
    case NOT:
        return reach_without(q, node->first, least);
    default:
        return nq_fts5_phrase_reach(&q->phrases[node->phrase], least);
    }
}

/* Tells the postings in `passage` of the phrases that the node wants. */
static enum nq_next tell_node(struct query *q, size_t number, int64_t passage,
                              nq_posting_fn *posting, void *user)
{
    const struct node *node = &q->nodes[number];
    enum nq_next next = NQ_NEXT_POSTING;
    if (node->kind == PHRASE && q->phrases[node->phrase].passage == passage)
        return tell(&q->phrases[node->phrase], node->phrase, posting, user);
    for (size_t child = node->first; child && next == NQ_NEXT_POSTING;
         child = node->kind == NOT ? 0 : q->nodes[child].next)
        next = tell_node(q, child, passage, posting, user);
    return next;
}

enum nq_status nq_fts5_passages(struct nq_db *db, struct nq_str match, nq_posting_fn *posting,
                                void *user, struct nq_error *err)
{
    struct query q;
    size_t passages = 0;
    int64_t passage = 0;
    enum nq_next next = NQ_NEXT_POSTING;
    bool opened = begin(&q, db, false, match, err) == NQ_OK && q.root;
    for (size_t i = 0; i < q.n && opened; i++)
        opened = open_phrase(&q, i);
    while (opened && next != NQ_NEXT_NONE && goes_on(&q, ++passages) &&
           (passage = reach(&q, q.root, passage + 1)) != ENDED)
        next = tell_node(&q, q.root, passage, posting, user);
    return end(&q);
}
