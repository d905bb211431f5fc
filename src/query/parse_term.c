/* Terms of a query: loose ones and quotations, with their fields. */
#include "base/error.h"
#include "query/parser.h"
#include "text/fold.h"
#include "text/utf8.h"

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
static struct nq_str read_loose(struct nq_parser *p, bool *prefix)
{
    size_t first = p->at;
    while (!nq_parser_ends_term(p, p->at))
        p->at++;
    size_t last = p->at;
    for (; last - first > 1 && nq_parser_plain(p, last - 1) == '*'; last--)
        *prefix = true;
    return nq_query_slice(&p->units, first, last);
}

static bool add_term(struct nq_parser *p, const struct nq_term *term, bool negated)
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

/* Adds a term to the query unless an OR or the like forbids it. */
static enum nq_status put_term(struct nq_parser *p, const struct nq_term *term, bool negated)
{
    if (p->or_open) {
        enum nq_field before = p->query->clauses[p->query->n_clauses - 1].terms[0].field;
        if (negated)
            return nq_parser_fail(p, term->column, _("OR cannot join an excluded term"));
        if (before != term->field && (term->field == NQ_FIELD_SOURCE || before == NQ_FIELD_SOURCE))
            return nq_parser_fail(p, term->column, _("OR joins source: only with source:"));
    }
    return add_term(p, term, negated) ? NQ_OK : nq_fail_nomem(p->err);
}

/* The quotations from p->at to `end`, each a term. */
static enum nq_status read_quotations(struct nq_parser *p, size_t end, struct nq_term *term,
                                      bool negated)
{
    enum nq_status status = NQ_OK;
    term->exact = true;
    while (p->at < end && status == NQ_OK) {
        size_t close = nq_query_close(&p->units, p->at);
        term->text = nq_query_slice(&p->units, p->at + 1, close);
        if (!has_content(term->text, true))
            return nq_parser_fail(p, p->at, _("nothing to search for between the quotation marks"));
        term->punctuated = is_punctuated(term->text);
        status = put_term(p, term, negated);
        term->column = p->at = nq_query_skip_breaks(&p->units, close + 1);
    }
    return status;
}

enum nq_status nq_parse_term(struct nq_parser *p)
{
    static const struct {
        const char *name;
        enum nq_field field;
    } fields[] = {{"title", NQ_FIELD_TITLE},
                  {"source", NQ_FIELD_SOURCE},
                  {"doc", NQ_FIELD_DOC},
                  {"org", NQ_FIELD_ORG}};
    struct nq_term term = {.column = p->at};
    bool negated = nq_parser_minus(p);
    p->at += negated;
    for (size_t i = 0; i < NQ_COUNT(fields); i++) {
        if (!nq_parser_take_name(p, fields[i].name))
            continue;
        term.field = fields[i].field;
        if (nq_parser_ends_term(p, p->at))
            return nq_parser_fail(p, term.column, _("nothing behind the colon"));
        break;
    }
    size_t end = nq_query_quotations_end(&p->units, p->at);
    if (end)
        return read_quotations(p, end, &term, negated);
    if (nq_parser_plain(p, p->at) == '"' && !nq_query_close(&p->units, p->at))
        return nq_parser_fail(p, p->at, _("this quotation mark is not closed"));
    term.text = read_loose(p, &term.prefix);
    return has_content(term.text, false) ? put_term(p, &term, negated) : NQ_OK;
}
