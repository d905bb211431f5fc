/* Filters of a query: kind:, date:, event:. */
#include "base/buf.h"
#include "base/error.h"
#include "query/parser.h"

/* The plain form of the word at p->at, for filters; false without memory. */
static bool read_word(struct nq_parser *p, struct nq_str *word)
{
    struct nq_buf buf = {0};
    for (; !nq_parser_ends_term(p, p->at); p->at++)
        nq_buf_add_cp(&buf, nq_parser_plain(p, p->at));
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

static enum nq_status exclude_days(struct nq_parser *p, struct nq_days days)
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
static enum nq_status narrow(struct nq_parser *p, size_t column, struct nq_days days, int32_t *low,
                             int32_t *high)
{
    if (days.from != NQ_NO_DAY && (*low == NQ_NO_DAY || days.from > *low))
        *low = days.from;
    if (days.to != NQ_NO_DAY && (*high == NQ_NO_DAY || days.to < *high))
        *high = days.to;
    if (*low != NQ_NO_DAY && *high != NQ_NO_DAY && *low > *high)
        return nq_parser_fail(p, column, _("no day lies between these dates"));
    return NQ_OK;
}

/* date: or, with `events`, event: */
static enum nq_status read_dates(struct nq_parser *p, size_t column, bool events, bool negated)
{
    struct nq_str word;
    struct nq_days days;
    struct nq_filter *f = &p->query->filter;
    if (!read_word(p, &word))
        return nq_fail_nomem(p->err);
    if (!read_days(word, &days))
        return nq_parser_fail(p, column,
                              _("not a date; write 2026, 2026-06 or 2026-06-01..2026-06-17"));
    if (days.from != NQ_NO_DAY && days.to != NQ_NO_DAY && days.from > days.to)
        return nq_parser_fail(p, column, _("no day lies between these dates"));
    if (events && negated)
        return nq_parser_fail(p, column, _("event: cannot be excluded"));
    if (negated)
        return exclude_days(p, days);
    return events ? narrow(p, column, days, &f->event_from, &f->event_to)
                  : narrow(p, column, days, &f->from, &f->to);
}

static enum nq_status read_kind(struct nq_parser *p, size_t column, bool negated)
{
    struct nq_str word;
    if (!read_word(p, &word))
        return nq_fail_nomem(p->err);
    enum nq_kind kinds;
    if (!nq_kind_parse(word, &kinds))
        return nq_parser_fail(p, column,
                              _("not a kind; write kind:report, kind:reference or kind:all"));
    p->query->filter.kinds &= negated ? ~(unsigned)kinds : (unsigned)kinds;
    if (p->query->filter.kinds == 0)
        return nq_parser_fail(p, column, _("these filters leave no kind of passage"));
    return NQ_OK;
}

bool nq_parse_filter(struct nq_parser *p, enum nq_status *status)
{
    size_t column = p->at;
    bool negated = nq_parser_minus(p);
    p->at += negated;
    bool kind = nq_parser_take_name(p, "kind"), dates = !kind && nq_parser_take_name(p, "date");
    bool events = !kind && !dates && nq_parser_take_name(p, "event");
    if (!kind && !dates && !events) {
        p->at = column;
        return false;
    }
    p->last_is_clause = false;
    if (p->or_open)
        *status = nq_parser_fail(p, column, _("OR cannot join a filter"));
    else if (kind)
        *status = read_kind(p, column, negated);
    else
        *status = read_dates(p, column, events, negated);
    return true;
}
