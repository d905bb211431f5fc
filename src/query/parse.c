/* The query language. */
#include "query/parse.h"

#include "base/error.h"
#include "base/map.h"
#include "query/units.h"
#include "text/fold.h"
#include "text/utf8.h"

struct parser {
    struct nq_arena *arena;
    struct nq_query_units units;
    size_t at;
    struct nq_query *query;
    struct nq_error *err;
    bool or_open; /* an OR waits for its right side */
    size_t or_column;
    bool last_is_clause; /* an OR may follow */
};

static enum nq_status fail(struct parser *p, size_t column, const char *message)
{
    enum nq_status status = nq_fail(p->err, NQ_ERR_USAGE, "%s", message);
    if (p->err)
        p->err->column = (int)column;
    return status;
}

static uint32_t plain_at(const struct parser *p, size_t i)
{
    return nq_query_plain(&p->units, i);
}

static bool ends_term(const struct parser *p, size_t i)
{
    return nq_query_ends_term(&p->units, i);
}

/* Whether something in `text` can be searched: a letter, a digit or a Han character; in a quotation
 * any sign that is neither a bracket nor the end of a clause. */
static bool has_content(struct nq_str text, bool exact)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t cp, folded[NQ_FOLD_MAX];
        at += nq_utf8_decode(nq_str_sub(text, at, text.len), &cp, NULL);
        for (size_t i = nq_fold(cp, folded); i-- > 0;) {
            enum nq_class c = nq_class_of(folded[i]);
            if (c == NQ_CLASS_HAN || c == NQ_CLASS_LETTER || c == NQ_CLASS_DIGIT ||
                (exact && c == NQ_CLASS_SYMBOL))
                return true;
        }
    }
    return false;
}

/* Whether `text` holds what the text index tells only in part: punctuation, brackets, dashes. */
static bool is_punctuated(struct nq_str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t cp, folded[NQ_FOLD_MAX];
        at += nq_utf8_decode(nq_str_sub(text, at, text.len), &cp, NULL);
        enum nq_class c = nq_class_of(cp);
        if (c == NQ_CLASS_BREAK || c == NQ_CLASS_BRACKET)
            return true;
        for (size_t i = nq_fold(cp, folded); i-- > 0;)
            if (folded[i] == '-' || folded[i] == '(')
                return true;
    }
    return false;
}

/* The run of characters at p->at as a loose term. */
static struct nq_str read_loose(struct parser *p, bool *prefix)
{
    size_t first = p->at;
    while (!ends_term(p, p->at))
        p->at++;
    size_t last = p->at;
    for (; last - first > 1 && plain_at(p, last - 1) == '*'; last--)
        *prefix = true;
    return nq_query_slice(&p->units, first, last);
}

static bool read_name(struct parser *p, const char *name)
{
    size_t n = strlen(name);
    for (size_t i = 0; i < n; i++)
        if ((plain_at(p, p->at + i) | 0x20) != (unsigned char)name[i])
            return false;
    if (plain_at(p, p->at + n) != ':')
        return false;
    p->at += n + 1;
    return true;
}

/* The plain form of the word at p->at, for filters; false without memory. */
static bool read_word(struct parser *p, struct nq_str *word)
{
    struct nq_buf buf = {0};
    for (; !ends_term(p, p->at); p->at++)
        nq_buf_add_cp(&buf, plain_at(p, p->at));
    *word = buf.len > 0 ? nq_arena_str(p->arena, nq_buf_str(&buf)) : NQ_STR("");
    bool ok = !buf.failed && word->ptr;
    nq_buf_finish(&buf);
    return ok;
}

/* The days that a date: means; NQ_NO_DAY where a range is open.  False where it means none. */
static bool read_days(struct nq_str word, struct nq_days *out)
{
    struct nq_str from = word, to = word;
    int32_t ignored;
    size_t dots = nq_str_find(word, NQ_STR(".."), 0);
    if (dots != SIZE_MAX) {
        from = nq_str_sub(word, 0, dots);
        to = nq_str_sub(word, dots + 2, word.len);
    }
    *out = (struct nq_days){NQ_NO_DAY, NQ_NO_DAY};
    return from.len + to.len > 0 && (from.len == 0 || nq_day_parse(from, &out->from, &ignored)) &&
           (to.len == 0 || nq_day_parse(to, &ignored, &out->to));
}

static enum nq_status exclude_days(struct parser *p, struct nq_days days)
{
    struct nq_filter *f = &p->query->filter;
    struct nq_days *grown = nq_arena_grow(p->arena, f->excluded, f->n_excluded, sizeof *grown);
    if (!grown)
        return nq_fail_nomem(p->err);
    f->excluded = grown;
    f->excluded[f->n_excluded++] = days;
    return NQ_OK;
}

/* Narrows the bounds [*low, *high]. */
static enum nq_status narrow(struct parser *p, size_t column, struct nq_days days, int32_t *low,
                             int32_t *high)
{
    if (days.from != NQ_NO_DAY && (*low == NQ_NO_DAY || days.from > *low))
        *low = days.from;
    if (days.to != NQ_NO_DAY && (*high == NQ_NO_DAY || days.to < *high))
        *high = days.to;
    if (*low != NQ_NO_DAY && *high != NQ_NO_DAY && *low > *high)
        return fail(p, column, _("no day lies between these dates"));
    return NQ_OK;
}

/* date: or, with `events`, event: */
static enum nq_status read_dates(struct parser *p, size_t column, bool events, bool negated)
{
    struct nq_str word;
    struct nq_days days;
    struct nq_filter *f = &p->query->filter;
    if (!read_word(p, &word))
        return nq_fail_nomem(p->err);
    if (!read_days(word, &days))
        return fail(p, column,
                    _("not a date; write date:2026, date:2026-06 or "
                      "date:2026-06-01..2026-06-17"));
    if (days.from != NQ_NO_DAY && days.to != NQ_NO_DAY && days.from > days.to)
        return fail(p, column, _("no day lies between these dates"));
    if (events && negated)
        return fail(p, column, _("event: cannot be excluded"));
    if (negated)
        return exclude_days(p, days);
    return events ? narrow(p, column, days, &f->event_from, &f->event_to)
                  : narrow(p, column, days, &f->from, &f->to);
}

static enum nq_status read_kind(struct parser *p, size_t column, bool negated)
{
    struct nq_str word;
    if (!read_word(p, &word))
        return nq_fail_nomem(p->err);
    enum nq_kind kinds;
    if (!nq_kind_parse(word, &kinds))
        return fail(p, column, _("not a kind; write kind:report, kind:reference or kind:all"));
    p->query->filter.kinds &= negated ? ~(unsigned)kinds : (unsigned)kinds;
    if (p->query->filter.kinds == 0)
        return fail(p, column, _("these filters leave no kind of passage"));
    return NQ_OK;
}

static bool add_term(struct parser *p, const struct nq_term *term, bool negated)
{
    struct nq_query *q = p->query;
    if (!p->or_open) {
        struct nq_clause *grown = nq_arena_grow(p->arena, q->clauses, q->n_clauses, sizeof *grown);
        if (!grown)
            return false;
        q->clauses = grown;
        q->clauses[q->n_clauses++] = (struct nq_clause){.negated = negated};
    }
    struct nq_clause *clause = &q->clauses[q->n_clauses - 1];
    struct nq_term *terms = nq_arena_grow(p->arena, clause->terms, clause->n_terms, sizeof *terms);
    if (!terms)
        return false;
    clause->terms = terms;
    clause->terms[clause->n_terms++] = *term;
    p->or_open = false;
    p->last_is_clause = !negated;
    return true;
}

/* Whether p->at is the minus of an excluded term, not a lone dash. */
static bool starts_negated(const struct parser *p)
{
    return plain_at(p, p->at) == '-' && !ends_term(p, p->at + 1);
}

/* Adds a term to the query unless an OR or the like forbids it. */
static enum nq_status put_term(struct parser *p, const struct nq_term *term, bool negated)
{
    if (p->or_open) {
        enum nq_field before = p->query->clauses[p->query->n_clauses - 1].terms[0].field;
        if (negated)
            return fail(p, term->column, _("OR cannot join an excluded term"));
        if (before != term->field && (term->field == NQ_FIELD_SOURCE || before == NQ_FIELD_SOURCE))
            return fail(p, term->column, _("OR joins source: only with source:"));
    }
    return add_term(p, term, negated) ? NQ_OK : nq_fail_nomem(p->err);
}

/* The quotations from p->at to `end`, each a term. */
static enum nq_status read_quotations(struct parser *p, size_t end, struct nq_term *term,
                                      bool negated)
{
    enum nq_status status = NQ_OK;
    term->exact = true;
    while (p->at < end && status == NQ_OK) {
        size_t close = nq_query_close(&p->units, p->at);
        term->text = nq_query_slice(&p->units, p->at + 1, close);
        if (!has_content(term->text, true))
            return fail(p, p->at, _("nothing to search for between the quotation marks"));
        term->punctuated = is_punctuated(term->text);
        status = put_term(p, term, negated);
        term->column = p->at = nq_query_skip_breaks(&p->units, close + 1);
    }
    return status;
}

static enum nq_status read_term(struct parser *p)
{
    static const struct {
        const char *name;
        enum nq_field field;
    } fields[] = {{"title", NQ_FIELD_TITLE},
                  {"source", NQ_FIELD_SOURCE},
                  {"doc", NQ_FIELD_DOC},
                  {"org", NQ_FIELD_ORG}};
    struct nq_term term = {.column = p->at};
    bool negated = starts_negated(p);
    p->at += negated;
    for (size_t i = 0; i < NQ_COUNT(fields); i++) {
        if (!read_name(p, fields[i].name))
            continue;
        term.field = fields[i].field;
        if (ends_term(p, p->at))
            return fail(p, term.column, _("nothing behind the colon"));
        break;
    }
    size_t end = nq_query_quotations_end(&p->units, p->at);
    if (end)
        return read_quotations(p, end, &term, negated);
    if (plain_at(p, p->at) == '"' && !nq_query_close(&p->units, p->at))
        return fail(p, p->at, _("this quotation mark is not closed"));
    term.text = read_loose(p, &term.prefix);
    return has_content(term.text, false) ? put_term(p, &term, negated) : NQ_OK;
}

static bool unit_is(const struct parser *p, size_t i, uint32_t cp)
{
    return i < p->units.n && p->units.items[i].cp == cp;
}

/* Reads an OR at p->at; false where there is none. */
static bool read_or(struct parser *p, enum nq_status *status)
{
    size_t column = p->at;
    if (plain_at(p, p->at) == '|')
        while (plain_at(p, p->at) == '|') /* a programmer's || */
            p->at++;
    else if (unit_is(p, p->at, 'O') && unit_is(p, p->at + 1, 'R') && ends_term(p, p->at + 2))
        p->at += 2;
    else
        return false;
    if (!p->last_is_clause || p->or_open) {
        *status = fail(p, column, _("OR needs a term on both sides"));
        return true;
    }
    p->or_open = true;
    p->or_column = column;
    return true;
}

static enum nq_status read_item(struct parser *p)
{
    enum nq_status status = NQ_OK;
    size_t column = p->at;
    if (read_or(p, &status))
        return status;
    bool negated = starts_negated(p);
    p->at += negated;
    bool dates = read_name(p, "date"), events = !dates && read_name(p, "event");
    bool kind = !dates && !events && read_name(p, "kind");
    if (!dates && !events && !kind) {
        p->at = column;
        return read_term(p);
    }
    if (p->or_open)
        return fail(p, column, _("OR cannot join a filter"));
    p->last_is_clause = false;
    return kind ? read_kind(p, column, negated) : read_dates(p, column, events, negated);
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

static enum nq_status finish(struct parser *p)
{
    const struct nq_query *q = p->query;
    const struct nq_filter *f = &q->filter;
    bool wanted = f->from != NQ_NO_DAY || f->to != NQ_NO_DAY || f->kinds != NQ_KIND_ALL ||
                  f->n_excluded > 0 || f->event_from != NQ_NO_DAY || f->event_to != NQ_NO_DAY;
    for (size_t i = 0; i < q->n_clauses; i++)
        wanted |= !q->clauses[i].negated || q->clauses[i].terms[0].field == NQ_FIELD_SOURCE;
    if (p->or_open)
        return fail(p, p->or_column, _("OR needs a term on both sides"));
    if (q->n_clauses == 0 && !wanted)
        return fail(p, 0, _("nothing to search for"));
    if (!wanted)
        return fail(p, 0, _("only excluded terms: nothing to search for"));
    return drop_repeated(p->query) ? NQ_OK : nq_fail_nomem(p->err);
}

enum nq_status nq_query_parse(struct nq_arena *arena, struct nq_str text, struct nq_query **out,
                              struct nq_error *err)
{
    struct parser p = {.arena = arena, .err = err};
    if (text.len > NQ_QUERY_MAX_BYTES)
        return fail(&p, 0, _("the query is too long"));
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
