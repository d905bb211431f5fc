/* Dates in digits (2026-06-18, 2026/6/18, 20260618, 18.6.2026, 12/1) and in English. */
#include "time/scope.h"

/* Whether the character beside a date in digits belongs to a longer number or a name. */
static bool sticks(uint32_t cp)
{
    return is_digit(cp) || cp == '-' || cp == '/' || (cp >= 'a' && cp <= 'z') || cp == '_';
}

bool nq_ends_digits(const struct parser *p, size_t at)
{
    bool time = cp_at(p, at) == 't' && is_digit(cp_at(p, at + 1)); /* 2026-06-18T08:00 */
    return (time || !sticks(cp_at(p, at))) && !(cp_at(p, at) == '.' && is_digit(cp_at(p, at + 1)));
}

/* A month and a day in the year that brings them nearest to the reference. */
static bool nearest_year(const struct parser *p, int month, int day, struct scope *s)
{
    bool found = false;
    for (int shift = -1; shift <= 1; shift++) {
        struct scope try = *s;
        if (!nq_scope_of(p->ref_year + shift, month, day, &try) ||
            (found && distance(&try, p->reference) >= distance(s, p->reference)))
            continue;
        *s = try;
        found = true;
    }
    return found;
}

static size_t compact_at(const struct number *n, const struct parser *p, struct scope *s)
{
    int year = n->value / 10000;
    bool ok = n->digits == 8 && year >= 1900 && year < 2100 && nq_ends_digits(p, n->end);
    return ok && nq_scope_of(year, n->value / 100 % 100, n->value % 100, s) ? n->end : 0;
}

/* Two numbers behind `mark`; n = 1 where only one follows. */
static int fields_at(const struct parser *p, size_t at, struct number out[2])
{
    uint32_t mark = cp_at(p, at);
    int n = 0;
    if (mark != '-' && mark != '/' && mark != '.')
        return 0;
    while (n < 2 && cp_at(p, at) == mark) {
        struct number next = nq_number_at(p, at + 1);
        if (next.kind != NUMERAL_DIGITS)
            break;
        out[n++] = next;
        at = next.end;
    }
    return n;
}

static size_t iso_at(const struct number *year, const struct parser *p, struct scope *s)
{
    struct number f[2] = {0};
    int n = fields_at(p, year->end, f);
    uint32_t mark = cp_at(p, year->end);
    if (n < 1 || f[0].digits > 2 || (n == 2 && f[1].digits > 2))
        return 0;
    if (n == 1 &&
        (mark != '-' || f[0].digits != 2 || f[0].value > 12 || !nq_ends_digits(p, f[0].end)))
        return 0;
    size_t end = n == 2 ? f[1].end : f[0].end;
    if (n == 2 && cp_at(p, end) == '/' && mark == '-' && is_digit(cp_at(p, end + 1))) {
        struct number to = nq_number_at(p, end + 1); /* 2026-06-18/19 */
        struct scope last = *s;
        if (to.digits <= 2 && to.value > f[1].value && nq_ends_digits(p, to.end) &&
            nq_scope_of(year->value, f[0].value, f[1].value, s) &&
            nq_scope_of(year->value, f[0].value, to.value, &last)) {
            s->last = last.last;
            s->level = LEVEL_OTHER;
            s->closed = true;
            return to.end;
        }
    }
    bool range = cp_at(p, end) == '-' && is_digit(cp_at(p, end + 1)) && mark != '-';
    if (!nq_ends_digits(p, end) && !range)
        return 0;
    if (f[0].value < 1 || (n == 2 && f[1].value < 1) ||
        !nq_scope_of(year->value, f[0].value, n == 2 ? f[1].value : 0, s)) {
        s->invalid = n == 2;
        return s->invalid ? end : 0;
    }
    return end;
}

/* 18.6.2026, 3-7-2017, 05/05/89: the day first; 17-03-22: the year. */
static size_t day_first_at(const struct number *day, const struct parser *p, struct scope *s)
{
    struct number f[2] = {0};
    int n = fields_at(p, day->end, f), year = f[1].value;
    uint32_t mark = cp_at(p, day->end);
    if (n < 2 || f[0].digits > 2 || day->digits > 2 || (f[1].digits != 4 && f[1].digits != 2))
        return 0;
    bool range = cp_at(p, f[1].end) == '-' && mark == '/' && is_digit(cp_at(p, f[1].end + 1));
    if ((mark == '.' && f[1].digits == 2) || (!nq_ends_digits(p, f[1].end) && !range))
        return 0;
    bool first = mark == '-' && day->digits == 2 && f[1].digits == 2; /* 17-03-22 */
    if (first && nq_scope_of(full_year(day->value), f[0].value, year, s))
        return f[1].end;
    if (f[1].digits == 2)
        year = full_year(year);
    if (year < 1000 || year > 2199)
        return 0;
    return nq_scope_of(year, f[0].value, day->value, s) ||
                   (mark == '/' && nq_scope_of(year, day->value, f[0].value, s))
               ? f[1].end
               : 0;
}

/* 9/16-9/20: the end, or 0. */
static size_t month_days_at(const struct parser *p, const struct number *month,
                            const struct number *day, struct scope *s)
{
    struct number to_day[2] = {0};
    size_t mark = nq_range_mark_at(p, day->end);
    struct number to = mark ? nq_number_at(p, mark) : (struct number){0};
    struct scope first = *s, last = *s;
    if (to.kind != NUMERAL_DIGITS || cp_at(p, to.end) != '/' || fields_at(p, to.end, to_day) != 1 ||
        !nq_ends_digits(p, to_day[0].end) || !nearest_year(p, month->value, day->value, &first) ||
        !nq_scope_of(first.year + (to.value < month->value), to.value, to_day[0].value, &last) ||
        last.first <= first.first)
        return 0;
    *s = first;
    s->last = last.last;
    s->level = LEVEL_OTHER;
    s->closed = true;
    return to_day[0].end;
}

/* 12/1: a month and a day where no fraction can be meant, alone between spaces or marks. */
static size_t month_day_at(const struct parser *p, size_t at, const struct number *month,
                           struct scope *s)
{
    struct number f[2] = {0};
    int n = cp_at(p, month->end) == '/' ? fields_at(p, month->end, f) : 0;
    uint32_t before = at > 0 ? cp_at(p, at - 1) : ' ', behind = cp_at(p, f[0].end);
    if (n != 1 || !p->ref_year || month->value > 12 || f[0].digits > 2 || sticks(before))
        return 0;
    size_t end = month_days_at(p, month, &f[0], s);
    if (end || f[0].value >= month->value || is_han(before) || is_han(behind) || sticks(behind) ||
        nq_one_of(behind, ".%‰") || nq_one_of(before, ".$+"))
        return end;
    return nearest_year(p, month->value, f[0].value, s) ? f[0].end : 0;
}

size_t nq_digits_at(const struct parser *p, size_t at, const struct number *n, struct scope *s)
{
    size_t end = compact_at(n, p, s);
    if (!end && n->digits == 4)
        end = iso_at(n, p, s);
    if (!end)
        end = day_first_at(n, p, s);
    return end ? end : month_day_at(p, at, n, s);
}

size_t nq_english_at(const struct parser *p, size_t at, struct scope *s)
{
    struct number day = nq_number_at(p, at), n = {0};
    size_t i = day.kind == NUMERAL_DIGITS ? nq_skip_spaces(p, day.end) : at;
    const struct nq_lexeme *w = word_at(p, i);
    uint32_t before = i > 0 ? cp_at(p, i - 1) : 0;
    if (!w || w->kind != WORD_ENGLISH || (before >= 'a' && before <= 'z') || day.digits > 2)
        return 0;
    size_t end = i + w->n;
    if (cp_at(p, end) >= 'a' && cp_at(p, end) <= 'z')
        return 0;
    end += cp_at(p, end) == '.';
    n = nq_number_at(p, nq_skip_spaces(p, end));
    if (!day.kind && n.kind == NUMERAL_DIGITS && n.digits <= 2) {
        day = n;
        end = n.end;
        if (nq_literal_at(p, end, "st", &i) || nq_literal_at(p, end, "nd", &i) ||
            nq_literal_at(p, end, "rd", &i) || nq_literal_at(p, end, "th", &i))
            end = i;
        i = nq_skip_spaces(p, end);
        n = nq_number_at(p, nq_skip_spaces(p, i + (cp_at(p, i) == ',')));
    }
    bool has_year = n.kind == NUMERAL_DIGITS && n.digits == 4 && n.value >= 1000 && n.value < 2200;
    if (!has_year && (!day.kind || !p->ref_year))
        return 0;
    s->explicit_year = has_year;
    s->closed = true;
    if (!nq_scope_of(has_year ? n.value : p->ref_year, w->value, day.value, s))
        return 0;
    return has_year ? n.end : end;
}
