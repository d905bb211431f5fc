/* Dates in running text: where they begin, and what is remembered of them. */
#include "time/dates.h"

#include "base/grow.h"
#include "time/day.h"
#include "time/scope.h"

#include <stdlib.h>

enum { TITLE_MOST = 120 }; /* characters after which a 《 counts as unclosed */

/* Characters that a date may begin with beside those of words: numerals. */
static const struct nq_str numerals = NQ_STR_INIT("0123456789零〇○一二两三四五六七八九十廿卅千元“");

bool nq_date_finder_init(struct nq_date_finder *f)
{
    *f = (struct nq_date_finder){.arena = nq_arena_create()};
    f->words.arena = f->arena;
    if (!f->arena || !nq_words_fill(&f->words)) {
        nq_date_finder_finish(f);
        return false;
    }
    struct nq_folded set = {0};
    bool ok = nq_fold_text(numerals, &set);
    for (size_t i = 0; ok && i < set.n; i++) {
        uint32_t bit = set.cp[i] & (NQ_LEXICON_BITS - 1);
        f->words.first[bit >> 3] |= (uint8_t)(1u << (bit & 7));
    }
    nq_folded_finish(&set);
    if (!ok)
        nq_date_finder_finish(f);
    return ok;
}

void nq_date_finder_finish(struct nq_date_finder *f)
{
    nq_arena_destroy(f->arena);
    nq_folded_finish(&f->folded);
    free(f->dates);
    *f = (struct nq_date_finder){0};
}

static bool add(struct nq_date_finder *f, const struct nq_date *date)
{
    struct nq_date *dates = nq_grow(f->dates, f->n, &f->cap, sizeof *dates);
    if (!dates)
        return false;
    f->dates = dates;
    f->dates[f->n++] = *date;
    return true;
}

static bool is_word_kind(const struct parser *p, size_t at, int kind, size_t *end)
{
    const struct nq_lexeme *w = nq_lexicon_at(&p->finder->words, p->text, at);
    if (!w || w->kind != kind)
        return false;
    *end = at + w->n;
    return true;
}

static void remember(struct parser *p, const struct scope *s)
{
    p->last = *s;
    p->has_last = true;
    p->this_year |= s->level == LEVEL_YEAR && s->year == p->ref_year;
    if (s->level != LEVEL_DAY && s->level != LEVEL_MONTH && s->level != LEVEL_OTHER)
        return;
    if ((s->level == LEVEL_OTHER && s->last - s->first > 31) ||
        (s->level == LEVEL_MONTH && s->closed)) /* 年底 names no month */
        return;
    int day;
    p->before = *s;
    if (s->level != LEVEL_MONTH || s->month == 0)
        nq_day_civil(s->first, &p->before.year, &p->before.month, &day);
    p->has_before = true;
}

/* Whether a date could begin at `at`, whose character one may begin with: most do not. */
static bool opens(const struct parser *p, size_t at)
{
    uint32_t cp = cp_at(p, at);
    return word_at(p, at) || nq_number_at(p, at).kind || cp == 0x7B2C /* 第 */ ||
           nq_one_of(cp, "“\"‘「") || (cp == 0x5143 /* 元 */ && cp_at(p, at + 1) == 0x6708);
}

/* Words that name no day by themselves: 近日, 夏天. */
static bool vague_at(const struct parser *p, size_t at, size_t *end)
{
    return is_word_kind(p, at, WORD_VAGUE, end) || is_word_kind(p, at, WORD_SEASON, end);
}

/* Words for another date, where there is none: 次日. */
static bool anaphor_at(const struct parser *p, size_t at, size_t *end)
{
    return is_word_kind(p, at, WORD_SAME_DAY, end) || is_word_kind(p, at, WORD_SAME_MONTH, end) ||
           is_word_kind(p, at, WORD_SAME_YEAR, end) || is_word_kind(p, at, WORD_SAME_PERIOD, end);
}

/* What of a text is read as one date: its characters, and where to go on. */
struct extent {
    size_t start, end, next;
};

/* Joins what stands behind `s` to it; true where that makes a range. */
static bool join(const struct parser *p, struct scope *s, struct extent *e)
{
    size_t joined = nq_join_range(p, e->end, s);
    if (joined == e->end && !s->invalid && !s->vague)
        joined = nq_join_between(p, e->end, s);
    bool range = joined != e->end;
    e->next = e->end = joined;
    if (range && e->start > 0 && nq_one_of(cp_at(p, e->start - 1), "从自"))
        e->start--;
    else if (!range)
        e->end = nq_join_weekday(p, e->end, s, &e->next);
    return range;
}

/* Sets the days and the bound of `date`; false for days that no calendar has. */
static bool set_days(struct parser *p, const struct scope *s, struct extent *e,
                     struct nq_date *date)
{
    if (s->first < nq_day_of(1, 1, 1) || s->last > nq_day_of(9999, 12, 31))
        return false;
    date->first = s->first;
    date->last = s->last;
    date->precision = nq_scope_precision(s);
    date->relative = s->relative;
    date->anaphoric = s->anaphoric;
    size_t bound_end = e->next;
    nq_bound_at(p, e->start, s, date, &bound_end);
    if (date->bound == NQ_BOUND_NONE && s->about)
        date->bound = NQ_BOUND_ABOUT;
    if (bound_end > e->next)
        e->end = e->next = bound_end;
    if (!date->titled)
        remember(p, s);
    return true;
}

/* Reads what begins at `at`; returns where to go on, `at` where nothing begins. */
static size_t read_at(struct nq_date_finder *f, struct parser *p, size_t at, bool titled, bool *ok)
{
    struct nq_date date = {.first = NQ_NO_DAY, .last = NQ_NO_DAY, .titled = titled};
    struct scope s = {0};
    struct extent e = {.start = at};
    if (is_word_kind(p, at, WORD_STOP, &e.end))
        return e.end;
    bool vague = vague_at(p, at, &e.end);
    if (!vague && !(e.end = nq_point_at(p, at, NULL, &s)) && !(vague = anaphor_at(p, at, &e.end)))
        return at;
    e.next = e.end;
    if (!vague) {
        bool range = join(p, &s, &e);
        if (s.open_number || (titled && (s.relative || s.anaphoric || !s.explicit_year)))
            return s.open_number && !range ? e.end : titled ? e.end : at;
        vague = s.vague;
    }
    if (vague || s.invalid)
        date.kind = vague ? NQ_DATE_VAGUE : NQ_DATE_INVALID;
    else if (!set_days(p, &s, &e, &date))
        return e.next;
    date.start = p->text->start[e.start];
    date.end = p->text->end[e.end - 1];
    *ok = add(f, &date);
    return e.next;
}

/* Behind the days and months that 每 at `at` makes recurrent: 每周一至周五, 每年3月1日至5日. */
static size_t skip_recurring(const struct parser *p, size_t at)
{
    static const char *const every[] = {"逢", "个", "年", "月", "年的", "月的"};
    static const char *const units[] = {"月", "日", "号"};
    size_t i = at + 1, end = i, next;
    for (size_t k = 0; k < NQ_COUNT(every); k++)
        nq_literal_at(p, at + 1, every[k], &i);
    for (bool found = true; found;) {
        struct number n = nq_number_at(p, i);
        found = is_word_kind(p, i, WORD_WEEKDAY, &next);
        for (size_t k = 0; k < NQ_COUNT(units) && n.kind && !found; k++)
            found = nq_literal_at(p, n.end, units[k], &next);
        if (!found)
            break;
        end = next;
        size_t mark = nq_range_mark_at(p, end);
        i = mark ? mark : end + nq_one_of(cp_at(p, end), "、和");
    }
    return end;
}

static bool may_begin(const struct parser *p, size_t i)
{
    uint32_t cp = p->text->cp[i], before = i > 0 ? p->text->cp[i - 1] : 0;
    if (!nq_lexicon_may(&p->finder->words, cp))
        return false;
    if (cp >= 'a' && cp <= 'z')
        return !((before >= 'a' && before <= 'z') || is_digit(before));
    if (!is_digit(cp))
        return before != 0x7B2C /* 第 */ || cp == 0x7B2C;
    if (is_digit(before) || before == '.' || before == '_' || (before >= 'a' && before <= 'z'))
        return false;
    return !((before == '-' || before == '/') && i > 1 && is_digit(p->text->cp[i - 2]));
}

static bool find(struct nq_date_finder *f, const struct nq_folded *text, int32_t reference)
{
    struct parser p = {.finder = f, .text = text, .reference = reference};
    int day;
    bool ok = true;
    size_t title = 0; /* behind the 《 that is open */
    f->n = 0;
    if (reference != NQ_NO_DAY)
        nq_day_civil(reference, &p.ref_year, &p.ref_month, &day);
    for (size_t i = 0; i < text->n && ok;) {
        uint32_t cp = text->cp[i];
        if (cp == 0x300A)
            title = i + 1;
        else if (cp == 0x300B || (title && i > title + TITLE_MOST))
            title = 0;
        else if (cp == 0x3002 || cp == '\n')
            p.before.explicit_year = p.this_year = false;
        if (cp == 0x6BCF /* 每 */) {
            i = skip_recurring(&p, i);
            continue;
        }
        size_t next = may_begin(&p, i) && opens(&p, i) ? read_at(f, &p, i, title > 0, &ok) : i;
        i = next > i ? next : i + 1;
    }
    return ok;
}

bool nq_dates_find(struct nq_date_finder *f, struct nq_str text, int32_t reference)
{
    return nq_fold_text(text, &f->folded) && find(f, &f->folded, reference);
}
