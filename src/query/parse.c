/* The query language. */
#include "query/parse.h"

#include "base/error.h"
#include "text/fold.h"
#include "text/utf8.h"

/* A code point of the query: as printed, and in the form that counts as syntax. */
struct unit {
    uint32_t cp, plain;
    uint32_t start, end; /* bytes of parser.text */
};

struct parser {
    struct nq_arena *arena;
    struct nq_str text;
    struct unit *units;
    size_t n, at;
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

/* Full-width ASCII as ASCII, ideographic space as space. */
static uint32_t plain_of(uint32_t cp)
{
    if (cp >= 0xFF01 && cp <= 0xFF5E)
        return cp - 0xFEE0;
    return cp == 0x3000 || cp == '\t' || cp == '\n' || cp == '\r' || cp == 0xA0 ? ' ' : cp;
}

static bool decode(struct parser *p, struct nq_str text)
{
    struct nq_buf buf = {0};
    p->units = nq_arena_array(p->arena, text.len + 1, sizeof *p->units);
    for (size_t at = 0; p->units && at < text.len;) {
        uint32_t cp;
        at += nq_utf8_decode(nq_str_sub(text, at, text.len), &cp, NULL);
        struct unit *u = &p->units[p->n++];
        u->cp = cp;
        u->plain = cp < 0x20 ? ' ' : plain_of(cp);
        u->start = (uint32_t)buf.len;
        nq_buf_add_cp(&buf, cp < 0x20 || cp == 0x7F ? ' ' : cp);
        u->end = (uint32_t)buf.len;
    }
    p->text = nq_arena_str(p->arena, nq_buf_str(&buf));
    if (buf.len == 0)
        p->text = NQ_STR("");
    bool ok = !buf.failed && p->units && p->text.ptr;
    nq_buf_finish(&buf);
    return ok;
}

static uint32_t plain_at(const struct parser *p, size_t i)
{
    return i < p->n ? p->units[i].plain : 0;
}

/* Whether a term ends before unit `i`. */
static bool ends_term(const struct parser *p, size_t i)
{
    uint32_t c = plain_at(p, i);
    return c == 0 || c == ' ' || c == '|';
}

static struct nq_str slice(const struct parser *p, size_t first, size_t last)
{
    if (first >= last)
        return NQ_STR("");
    return nq_str_sub(p->text, p->units[first].start, p->units[last - 1].end);
}

static uint32_t closing(uint32_t cp)
{
    switch (cp) {
    case '"':
    case 0xFF02:
        return '"';
    case 0x201C:
        return 0x201D;
    case 0x300A:
        return 0x300B;
    default:
        return 0;
    }
}

/* Where the quotation that opens at p->at ends, at the end of a term; 0 where it does not. */
static size_t find_close(const struct parser *p)
{
    uint32_t close = closing(p->units[p->at].cp);
    for (size_t i = p->at + 1; i < p->n; i++) {
        bool same = close == '"' ? p->units[i].plain == '"' : p->units[i].cp == close;
        if (same && ends_term(p, i + 1))
            return i;
        if (same && close == '"')
            return i;
    }
    return 0;
}

static bool has_content(struct nq_str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t cp;
        at += nq_utf8_decode(nq_str_sub(text, at, text.len), &cp, NULL);
        uint32_t folded[NQ_FOLD_MAX];
        nq_fold(cp, folded);
        enum nq_class c = nq_class_of(folded[0]);
        if (c == NQ_CLASS_HAN || c == NQ_CLASS_LETTER || c == NQ_CLASS_DIGIT)
            return true;
    }
    return false;
}

/* The quotation or the run of characters at p->at as a term; *empty where nothing of it can be
 * searched. */
static enum nq_status read_text(struct parser *p, struct nq_term *term, bool *empty)
{
    *empty = false;
    if (p->at < p->n && closing(p->units[p->at].cp)) {
        size_t close = find_close(p);
        bool ascii = closing(p->units[p->at].cp) == '"';
        if (!close && ascii)
            return fail(p, p->at, _("this quotation mark is not closed"));
        if (close) {
            term->text = slice(p, p->at + 1, close);
            term->exact = true;
            if (nq_str_trim(term->text).len == 0)
                return fail(p, p->at, _("nothing between the quotation marks"));
            p->at = close + 1;
            *empty = false;
            return NQ_OK;
        }
    }
    size_t first = p->at;
    while (!ends_term(p, p->at))
        p->at++;
    size_t last = p->at;
    if (last - first > 1 && plain_at(p, last - 1) == '*') {
        term->prefix = true;
        last--;
    }
    term->text = slice(p, first, last);
    *empty = !has_content(term->text);
    return NQ_OK;
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

/* A day, month or year, or two of them, into the bounds of a filter. */
static enum nq_status read_dates(struct parser *p, size_t column, int32_t *low, int32_t *high)
{
    struct nq_str word;
    if (!read_word(p, &word))
        return nq_fail_nomem(p->err);
    struct nq_str from = word, to = word;
    size_t dots = nq_str_find(word, NQ_STR(".."), 0);
    int32_t first, last, ignored;
    if (dots != SIZE_MAX) {
        from = nq_str_sub(word, 0, dots);
        to = nq_str_sub(word, dots + 2, word.len);
    }
    if ((from.len == 0 && to.len == 0) || (from.len > 0 && !nq_day_parse(from, &first, &ignored)) ||
        (to.len > 0 && !nq_day_parse(to, &ignored, &last)))
        return fail(p, column,
                    _("not a date; write date:2026, date:2026-06 or "
                      "date:2026-06-01..2026-06-17"));
    if (from.len > 0 && (*low == NQ_NO_DAY || first > *low))
        *low = first;
    if (to.len > 0 && (*high == NQ_NO_DAY || last < *high))
        *high = last;
    if (*low != NQ_NO_DAY && *high != NQ_NO_DAY && *low > *high)
        return fail(p, column, _("no day lies between these dates"));
    return NQ_OK;
}

static enum nq_status read_kind(struct parser *p, size_t column)
{
    struct nq_str word;
    if (!read_word(p, &word))
        return nq_fail_nomem(p->err);
    unsigned kinds = 0;
    if (nq_str_eq(word, NQ_STR("report")))
        kinds = NQ_KIND_REPORT;
    else if (nq_str_eq(word, NQ_STR("reference")))
        kinds = NQ_KIND_REFERENCE;
    else if (nq_str_eq(word, NQ_STR("all")))
        kinds = NQ_KIND_ALL;
    else
        return fail(p, column, _("not a kind; write kind:report, kind:reference or kind:all"));
    p->query->filter.kinds &= kinds;
    if (p->query->filter.kinds == 0)
        return fail(p, column, _("nothing is of two kinds at once"));
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
    bool negated = plain_at(p, p->at) == '-' && !ends_term(p, p->at + 1), empty;
    p->at += negated;
    for (size_t i = 0; i < NQ_COUNT(fields); i++) {
        if (!read_name(p, fields[i].name))
            continue;
        term.field = fields[i].field;
        if (ends_term(p, p->at))
            return fail(p, term.column, _("nothing behind the colon"));
        break;
    }
    enum nq_status status = read_text(p, &term, &empty);
    if (status != NQ_OK || empty)
        return status;
    if (negated && p->or_open)
        return fail(p, term.column, _("OR cannot join an excluded term"));
    if (p->or_open && p->query->clauses[p->query->n_clauses - 1].terms[0].field != term.field &&
        (term.field == NQ_FIELD_SOURCE ||
         p->query->clauses[p->query->n_clauses - 1].terms[0].field == NQ_FIELD_SOURCE))
        return fail(p, term.column, _("OR joins source: only with source:"));
    return add_term(p, &term, negated) ? NQ_OK : nq_fail_nomem(p->err);
}

/* Reads an OR at p->at; false where there is none. */
static bool read_or(struct parser *p, enum nq_status *status)
{
    size_t column = p->at;
    if (plain_at(p, p->at) == '|')
        p->at++;
    else if (p->units[p->at].cp == 'O' && p->at + 1 < p->n && p->units[p->at + 1].cp == 'R' &&
             ends_term(p, p->at + 2))
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
    struct nq_filter *f = &p->query->filter;
    bool dates = read_name(p, "date"), events = !dates && read_name(p, "event");
    bool kind = !dates && !events && read_name(p, "kind");
    if (!dates && !events && !kind)
        return read_term(p);
    if (p->or_open)
        return fail(p, column, _("OR cannot join a filter"));
    p->last_is_clause = false;
    if (kind)
        return read_kind(p, column);
    return events ? read_dates(p, column, &f->event_from, &f->event_to)
                  : read_dates(p, column, &f->from, &f->to);
}

static enum nq_status finish(struct parser *p, bool filtered)
{
    size_t wanted = 0;
    for (size_t i = 0; i < p->query->n_clauses; i++)
        wanted += !p->query->clauses[i].negated;
    if (p->or_open)
        return fail(p, p->or_column, _("OR needs a term on both sides"));
    if (p->query->n_clauses == 0 && !filtered)
        return fail(p, 0, _("nothing to search for"));
    if (p->query->n_clauses > 0 && wanted == 0)
        return fail(p, 0, _("only excluded terms: nothing to search for"));
    return NQ_OK;
}

enum nq_status nq_query_parse(struct nq_arena *arena, struct nq_str text, struct nq_query **out,
                              struct nq_error *err)
{
    struct parser p = {.arena = arena, .err = err};
    if (text.len > NQ_QUERY_MAX_BYTES)
        return fail(&p, 0, _("the query is too long"));
    p.query = nq_arena_alloc(arena, sizeof *p.query);
    if (!p.query || !decode(&p, text))
        return nq_fail_nomem(err);
    p.query->filter = (struct nq_filter){NQ_NO_DAY, NQ_NO_DAY, NQ_KIND_ALL, NQ_NO_DAY, NQ_NO_DAY};
    enum nq_status status = NQ_OK;
    while (status == NQ_OK) {
        while (plain_at(&p, p.at) == ' ')
            p.at++;
        if (p.at >= p.n)
            break;
        status = read_item(&p);
    }
    const struct nq_filter *f = &p.query->filter;
    if (status == NQ_OK)
        status = finish(&p, f->from != NQ_NO_DAY || f->to != NQ_NO_DAY || f->kinds != NQ_KIND_ALL ||
                                f->event_from != NQ_NO_DAY || f->event_to != NQ_NO_DAY);
    if (status == NQ_OK)
        *out = p.query;
    return status;
}
