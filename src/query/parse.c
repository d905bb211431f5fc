/* The query language: clauses one after the other, OR between them, and what all of them make. */
#include "query/parse.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/map.h"
#include "query/parser.h"

enum nq_status nq_parser_fail(struct nq_parser *p, size_t column, const char *message)
{
    enum nq_status status = nq_fail(p->err, NQ_ERR_USAGE, "%s", message);
    if (p->err)
        p->err->column = (int)column;
    return status;
}

bool nq_parser_minus(const struct nq_parser *p)
{
    return nq_parser_plain(p, p->at) == '-' && !nq_parser_ends_term(p, p->at + 1);
}

bool nq_parser_take_name(struct nq_parser *p, const char *name)
{
    size_t n = strlen(name);
    for (size_t i = 0; i < n; i++)
        if ((nq_parser_plain(p, p->at + i) | 0x20) != (unsigned char)name[i])
            return false;
    if (nq_parser_plain(p, p->at + n) != ':')
        return false;
    p->at += n + 1;
    return true;
}

static bool unit_is(const struct nq_parser *p, size_t i, uint32_t cp)
{
    return i < p->units.n && p->units.items[i].cp == cp;
}

/* Reads an OR at p->at; false where there is none. */
static bool read_or(struct nq_parser *p, enum nq_status *status)
{
    size_t column = p->at;
    if (nq_parser_plain(p, p->at) == '|')
        while (nq_parser_plain(p, p->at) == '|') /* a programmer's || */
            p->at++;
    else if (unit_is(p, p->at, 'O') && unit_is(p, p->at + 1, 'R') &&
             nq_parser_ends_term(p, p->at + 2))
        p->at += 2;
    else
        return false;
    if (!p->last_is_clause || p->or_open) {
        *status = nq_parser_fail(p, column, _("OR needs a term on both sides"));
        return true;
    }
    p->or_open = true;
    p->or_column = column;
    return true;
}

/* Passes an AND with something on both sides: all terms are wanted without it, too. */
static bool read_and(struct nq_parser *p)
{
    size_t behind = p->at + 3;
    bool is_and = p->at > 0 && unit_is(p, p->at, 'A') && unit_is(p, p->at + 1, 'N') &&
                  unit_is(p, p->at + 2, 'D') && nq_parser_ends_term(p, behind);
    while (is_and && nq_query_is_space(&p->units, behind))
        behind++;
    if (!is_and || behind >= p->units.n)
        return false;
    p->at = behind;
    return true;
}

static enum nq_status read_item(struct nq_parser *p)
{
    enum nq_status status = NQ_OK;
    if (read_and(p) || read_or(p, &status) || nq_parse_filter(p, &status))
        return status;
    return nq_parse_term(p);
}

/* What makes two clauses of one term the same. */
static void add_key(struct nq_buf *key, const struct nq_clause *clause)
{
    const struct nq_term *term = &clause->terms[0];
    key->len = 0;
    nq_buf_addf(key, "%d%d%d%d", (int)term->field, term->exact, term->prefix, clause->negated);
    nq_buf_add(key, term->text);
}

/* Leaves of clauses that ask for the same thing the first: a pasted text repeats its words.  False
 * without memory. */
static bool drop_repeated(struct nq_query *q)
{
    struct nq_map seen = {0};
    struct nq_buf key = {0};
    size_t kept = 0;
    bool ok = true;
    for (size_t i = 0; i < q->n_clauses && ok; i++) {
        struct nq_map_entry *entry = NULL;
        if (q->clauses[i].n_terms == 1) {
            add_key(&key, &q->clauses[i]);
            entry = key.failed ? NULL : nq_map_put(&seen, nq_buf_str(&key));
            ok = entry != NULL;
        }
        if (ok && (!entry || entry->value++ == 0))
            q->clauses[kept++] = q->clauses[i];
    }
    q->n_clauses = kept;
    nq_map_finish(&seen);
    nq_buf_finish(&key);
    return ok;
}

static enum nq_status finish(struct nq_parser *p)
{
    const struct nq_query *q = p->query;
    const struct nq_filter *f = &q->filter;
    bool wanted = f->from != NQ_NO_DAY || f->to != NQ_NO_DAY || f->kinds != NQ_KIND_ALL ||
                  f->n_excluded > 0 || f->event_from != NQ_NO_DAY || f->event_to != NQ_NO_DAY;
    for (size_t i = 0; i < q->n_clauses; i++)
        wanted |= !q->clauses[i].negated || q->clauses[i].terms[0].field == NQ_FIELD_SOURCE;
    if (p->or_open)
        return nq_parser_fail(p, p->or_column, _("OR needs a term on both sides"));
    if (q->n_clauses == 0 && !wanted)
        return nq_parser_fail(p, 0, _("nothing to search for"));
    if (!wanted)
        return nq_parser_fail(p, 0, _("only excluded terms: nothing to search for"));
    return drop_repeated(p->query) ? NQ_OK : nq_fail_nomem(p->err);
}

enum nq_status nq_query_parse(struct nq_arena *arena, struct nq_str text, struct nq_query **out,
                              struct nq_error *err)
{
    struct nq_parser p = {.arena = arena, .err = err};
    if (text.len > NQ_QUERY_MAX_BYTES)
        return nq_parser_fail(&p, 0, _("the query is too long"));
    p.query = nq_arena_alloc(arena, sizeof *p.query);
    if (!p.query || !nq_query_units_read(arena, text, &p.units))
        return nq_fail_nomem(err);
    p.query->filter.from = p.query->filter.to = NQ_NO_DAY;
    p.query->filter.event_from = p.query->filter.event_to = NQ_NO_DAY;
    p.query->filter.kinds = NQ_KIND_ALL;
    enum nq_status status = NQ_OK;
    while (status == NQ_OK) {
        while (nq_query_is_space(&p.units, p.at))
            p.at++;
        if (p.at >= p.units.n)
            break;
        status = read_item(&p);
    }
    if (status == NQ_OK)
        status = finish(&p);
    if (status == NQ_OK)
        *out = p.query;
    return status;
}
