/* Dates in running text: scanning, ranges, and what the words around a date make of it. */
#include "time/dates.h"

#include "time/day.h"
#include "time/parser.h"

#include <stdlib.h>

enum {
    TITLE_MOST = 120, /* characters after which a 《 counts as unclosed */
    LONG_AGO = 366,   /* a start that lies so far back only says that something goes on */
};

/* Characters that a date may begin with beside those of words: numerals. */
static const struct nq_str numerals = NQ_STR_INIT("0123456789零〇○一二两三四五六七八九十廿卅千“");

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
    if (f->n == f->cap) {
        size_t cap = f->cap ? f->cap * 2 : 16;
        struct nq_date *grown = realloc(f->dates, cap * sizeof *grown);
        if (!grown)
            return false;
        f->dates = grown;
        f->cap = cap;
    }
    f->dates[f->n++] = *date;
    return true;
}

/* ---- around a date --------------------------------------------------------------------------- */

struct side {
    const char *word;
    enum nq_date_bound bound;
    bool open;          /* 及以后: a comparison, never a deadline */
    const char *except; /* not before these characters */
};

static const struct side behind[] = {
    {"及以前", NQ_BOUND_BEFORE, true, ""},
    {"及之前", NQ_BOUND_BEFORE, true, ""},
    {"或之前", NQ_BOUND_BEFORE, true, ""},
    {"或以前", NQ_BOUND_BEFORE, true, ""},
    {"及以后", NQ_BOUND_AFTER, true, ""},
    {"及之后", NQ_BOUND_AFTER, true, ""},
    {"或之后", NQ_BOUND_AFTER, true, ""},
    {"或以后", NQ_BOUND_AFTER, true, ""},
    {"之前", NQ_BOUND_BEFORE, false, ""},
    {"以前", NQ_BOUND_BEFORE, false, ""},
    {"之后", NQ_BOUND_AFTER, true, ""},
    {"以后", NQ_BOUND_AFTER, true, ""},
    {"前后", NQ_BOUND_ABOUT, false, ""},
    {"左右", NQ_BOUND_ABOUT, false, ""},
    {"前夕", NQ_BOUND_ABOUT, false, ""},
    {"以来", NQ_BOUND_SINCE, false, ""},
    {"开始", NQ_BOUND_SINCE, false, ""},
    {"起", NQ_BOUND_SINCE, false, "草点码源伏重降飞步航"},
    {"前", NQ_BOUND_BEFORE, false, "三十名列提后端往景排沿瞻半两五一二四六七八九0123456789"},
    {"后", NQ_BOUND_AFTER, false, "续半期备勤台端"},
    {"止", NQ_BOUND_UNTIL, false, ""},
};

static const struct side ahead[] = {
    {"截止日期为", NQ_BOUND_UNTIL, false, ""},
    {"截止时间为", NQ_BOUND_UNTIL, false, ""},
    {"截止到", NQ_BOUND_UNTIL, false, ""},
    {"截至", NQ_BOUND_UNTIL, false, ""},
    {"截止", NQ_BOUND_UNTIL, false, ""},
    {"至迟", NQ_BOUND_BEFORE, false, ""},
    {"最迟", NQ_BOUND_BEFORE, false, ""},
    {"不晚于", NQ_BOUND_BEFORE, false, ""},
    {"不迟于", NQ_BOUND_BEFORE, false, ""},
    {"到", NQ_BOUND_BY, false, ""},
    {"至", NQ_BOUND_BY, false, ""},
};

static const struct side *side_behind(const struct parser *p, size_t at, size_t *end)
{
    at = nq_skip_spaces(p, at);
    struct number hour = nq_number_at(p, at); /* 7月15日24时前 */
    if (hour.kind &&
        (nq_literal_at(p, hour.end, "时", end) || nq_literal_at(p, hour.end, "点", end)))
        at = *end;
    for (size_t i = 0; i < NQ_COUNT(behind); i++)
        if (nq_literal_at(p, at, behind[i].word, end) &&
            !nq_one_of(cp_at(p, *end), behind[i].except))
            return &behind[i];
    return NULL;
}

/* The word of `ahead` that ends at `at`; the text is looked at from three places at most. */
static const struct side *side_ahead(const struct parser *p, size_t at)
{
    while (at > 0 && p->text->cls[at - 1] == NQ_CLASS_SPACE)
        at--;
    for (size_t i = 0; i < NQ_COUNT(ahead); i++) {
        size_t n = strlen(ahead[i].word) / 3, end;
        if (n <= at && nq_literal_at(p, at - n, ahead[i].word, &end))
            return &ahead[i];
    }
    return NULL;
}

static enum nq_precision precision_of(const struct scope *s)
{
    switch (s->level) {
    case LEVEL_DAY:
        return NQ_PRECISION_DAY;
    case LEVEL_MONTH:
        return s->last - s->first >= 27 ? NQ_PRECISION_MONTH : NQ_PRECISION_RANGE;
    case LEVEL_QUARTER:
        return NQ_PRECISION_QUARTER;
    case LEVEL_YEAR:
        return NQ_PRECISION_YEAR;
    default:
        return NQ_PRECISION_RANGE;
    }
}

/* Sets bound and kind of `date`; `*end` moves behind 以来 where that is part of it. */
static void bound(const struct parser *p, size_t start, const struct scope *s, struct nq_date *date,
                  size_t *end)
{
    size_t side_end;
    const struct side *side = side_behind(p, *end, &side_end);
    bool known = p->reference != NQ_NO_DAY;
    if (!side || side->bound == NQ_BOUND_ABOUT) {
        const struct side *before = side_ahead(p, start);
        date->bound = before ? before->bound : side ? NQ_BOUND_ABOUT : NQ_BOUND_NONE;
        return;
    }
    date->bound = side->bound;
    if (side->open)
        date->kind = NQ_DATE_OPEN;
    bool far = !s->relative && known;
    if (side->bound == NQ_BOUND_BEFORE && far && s->last < p->reference &&
        (s->level == LEVEL_YEAR || strlen(side->word) > 3))
        date->kind = NQ_DATE_OPEN; /* 2015年前, said later */
    bool since = side->bound == NQ_BOUND_SINCE && far;
    if (since && s->first < p->reference - LONG_AGO)
        date->kind = NQ_DATE_OPEN;
    if (since && s->first > p->reference && nq_literal_at(p, side_end - 2, "以来", &side_end))
        date->kind = NQ_DATE_OPEN; /* what has gone on since a day to come */
    if (side->bound == NQ_BOUND_SINCE && s->relative && known && s->first <= p->reference &&
        s->last >= p->reference && s->level == LEVEL_YEAR) {
        date->last = p->reference; /* 今年以来 */
        date->precision = NQ_PRECISION_RANGE;
        *end = side_end;
    }
}

/* ---- ranges ---------------------------------------------------------------------------------- */

/* 2010年之后2018年之前: the days between two dates, of which the first counts; returns the new end.
 */
static size_t join_between(const struct parser *p, size_t end, struct scope *s)
{
    struct scope to = {0};
    size_t i, behind_to;
    if (!nq_literal_at(p, end, "之后", &i) && !nq_literal_at(p, end, "以后", &i))
        return end;
    if (!(i = nq_point_at(p, i, NULL, &to)) || to.invalid || to.vague || to.first <= s->first ||
        (!nq_literal_at(p, i, "之前", &behind_to) && !nq_literal_at(p, i, "以前", &behind_to)))
        return end;
    s->last = to.first - 1;
    s->level = LEVEL_OTHER;
    return behind_to;
}

/* Joins the date at [.., end) with one behind a range mark; returns the new end. */
static size_t join_range(const struct parser *p, size_t end, struct scope *s)
{
    struct scope to = {0};
    size_t from = end, behind_to;
    nq_literal_at(p, end, "起", &from);
    size_t mark = nq_range_mark_at(p, from);
    bool between = !mark && nq_one_of(cp_at(p, end), "与和");
    if (between)
        mark = end + 1;
    if (!mark || s->vague)
        return end;
    if (s->invalid) { /* 2月29日-3月1日 of a common year is no date as a whole */
        behind_to = between ? 0 : nq_point_at(p, mark, NULL, &to);
        return behind_to ? behind_to : end;
    }
    bool today = (nq_literal_at(p, mark, "今", &behind_to) && !is_han(cp_at(p, behind_to))) ||
                 nq_literal_at(p, mark, "现在", &behind_to) ||
                 nq_literal_at(p, mark, "目前", &behind_to);
    if (today && p->ref_year && s->first < p->reference) {
        s->last = p->reference; /* 2020年至今 */
        s->level = LEVEL_OTHER;
        return behind_to;
    }
    uint32_t last = cp_at(p, mark - 1);
    bool dash = last == '-' || last == '~' || last == ' ';
    if (dash && !nq_number_at(p, mark).kind && !nq_lexicon_may(&p->finder->words, cp_at(p, mark)))
        return end;
    struct scope from_day = *s;
    int day;
    if (!from_day.year || s->relative) /* 下周三至周五 */
        nq_day_civil(s->first, &from_day.year, &from_day.month, &day);
    if (!(behind_to = nq_point_at(p, mark, &from_day, &to)) || to.vague)
        return end;
    if (between && !nq_literal_at(p, behind_to, "间", &mark) &&
        !nq_literal_at(p, behind_to, "之间", &mark))
        return end;
    if (between)
        behind_to = mark;
    s->invalid = to.invalid || to.last < s->first;
    s->last = to.last;
    s->level = LEVEL_OTHER;
    s->open_number = s->open_number && !to.open_number;
    return behind_to;
}

/* 10月12号，星期一; 6月18日（周四）: *next is where to go on. */
static size_t join_weekday(const struct parser *p, size_t end, const struct scope *s, size_t *next)
{
    size_t i = nq_skip_spaces(p, end);
    uint32_t c = cp_at(p, i);
    *next = end;
    if (s->level != LEVEL_DAY || s->relative)
        return end;
    bool bracket = c == '(' || c == 0xFF08, comma = c == ',' || c == 0xFF0C;
    i += bracket || comma;
    const struct nq_lexeme *w = nq_lexicon_at(&p->finder->words, p->text, i);
    if (!w || w->kind != WORD_WEEKDAY || w->value > 7)
        return end;
    i += w->n;
    c = cp_at(p, i);
    if (bracket) {
        *next = c == ')' || c == 0xFF09 ? i + 1 : end;
        return end;
    }
    *next = i;
    return i;
}

/* ---- the text ---------------------------------------------------------------------------------
 */

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

/* Reads what begins at `at`; returns where to go on, `at` where nothing begins. */
static size_t read_at(struct nq_date_finder *f, struct parser *p, size_t at, bool titled, bool *ok)
{
    struct nq_date date = {.first = NQ_NO_DAY, .last = NQ_NO_DAY, .titled = titled};
    struct scope s = {0};
    size_t end, next;
    if (is_word_kind(p, at, WORD_STOP, &end))
        return end;
    bool vague = is_word_kind(p, at, WORD_VAGUE, &end) || is_word_kind(p, at, WORD_SEASON, &end);
    if (!vague) {
        if (!(end = nq_point_at(p, at, NULL, &s))) {
            vague = is_word_kind(p, at, WORD_SAME_DAY, &end) ||
                    is_word_kind(p, at, WORD_SAME_MONTH, &end) ||
                    is_word_kind(p, at, WORD_SAME_YEAR, &end) ||
                    is_word_kind(p, at, WORD_SAME_PERIOD, &end);
            if (!vague)
                return at;
        }
    }
    size_t start = at;
    next = end;
    if (!vague) {
        size_t joined = join_range(p, end, &s);
        if (joined == end && !s.invalid && !s.vague)
            joined = join_between(p, end, &s);
        bool range = joined != end;
        bool from = at > 0 && cp_at(p, at - 1) == 0x4ECE /* 从 */;
        next = end = joined;
        if (range && from)
            start--;
        else if (!range)
            end = join_weekday(p, end, &s, &next);
        if (s.open_number || (titled && (s.relative || s.anaphoric || !s.explicit_year)))
            return s.open_number && !range ? end : titled ? end : at;
        vague = s.vague;
    }
    if (vague || s.invalid) {
        date.kind = vague ? NQ_DATE_VAGUE : NQ_DATE_INVALID;
    } else {
        if (s.first < nq_day_of(1, 1, 1) || s.last > nq_day_of(9999, 12, 31))
            return next;
        date.first = s.first;
        date.last = s.last;
        date.precision = precision_of(&s);
        date.relative = s.relative;
        date.anaphoric = s.anaphoric;
        size_t bound_end = end;
        bound(p, start, &s, &date, &bound_end);
        if (date.bound == NQ_BOUND_NONE && s.about)
            date.bound = NQ_BOUND_ABOUT;
        if (bound_end > end)
            end = next = bound_end;
        if (!titled)
            remember(p, &s);
    }
    date.start = p->text->start[start];
    date.end = p->text->end[end - 1];
    *ok = add(f, &date);
    return next;
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

bool nq_dates_find_folded(struct nq_date_finder *f, const struct nq_folded *text, int32_t reference)
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
            p.before.explicit_year = false;
        size_t next = may_begin(&p, i) ? read_at(f, &p, i, title > 0, &ok) : i;
        i = next > i ? next : i + 1;
    }
    return ok;
}

bool nq_dates_find(struct nq_date_finder *f, struct nq_str text, int32_t reference)
{
    return nq_fold_text(text, &f->folded) && nq_dates_find_folded(f, &f->folded, reference);
}
