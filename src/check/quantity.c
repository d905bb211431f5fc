/* What a figure measures. */
#include "check/quantity.h"

#include <math.h>
#include <string.h>

#include "text/synonyms.h"
#include "text/utf8.h"

enum {
    MOST_CLAUSES = 4, /* of a sentence that name one quantity */
    MOST_LABEL = 80,  /* characters of a clause before the figure */
    YEAR = 400,       /* days: longer periods are spans of years */
};

static const double least_alike = 0.75; /* of either's words, by weight */
static const double all_alike = 0.999;  /* of those of strict ones */
static const double least_weight = 60;  /* of the words of strict ones, squared: two rare ones */
static const double most_apart = 4;     /* times: another quantity, or another unit misread */

static bool at(const struct nq_folded *f, size_t i, size_t end, struct nq_str word)
{
    for (size_t k = 0; k < word.len; i++) {
        uint32_t cp;
        k += nq_utf8_decode(nq_str_sub(word, k, word.len), &cp, NULL);
        if (i >= end || f->cp[i] != cp)
            return false;
    }
    return true;
}

static bool holds(const struct nq_folded *f, size_t first, size_t last, const struct nq_str *words,
                  size_t n)
{
    for (size_t i = first; i < last; i++)
        for (size_t k = 0; k < n; k++)
            if (at(f, i, last, words[k]))
                return true;
    return false;
}

static bool is_stop(uint32_t cp)
{
    return cp == 0x3002 || cp == '!' || cp == '?' || cp == ';' || cp == '\n'; /* 。 */
}

static size_t clause_before(const struct nq_folded *f, size_t i, size_t stop)
{
    while (i > stop && !nq_ends_clause(f, i - 1))
        i--;
    return i;
}

/* Whether a clause only goes on with what the clause before it names. */
static bool goes_on(const struct nq_folded *f, size_t first, size_t last)
{
    static const struct nq_str words[] = {
        NQ_STR_INIT("占"),   NQ_STR_INIT("其中"),   NQ_STR_INIT("同比"),  NQ_STR_INIT("环比"),
        NQ_STR_INIT("比上"), NQ_STR_INIT("增长"),   NQ_STR_INIT("下降"),  NQ_STR_INIT("较"),
        NQ_STR_INIT("增幅"), NQ_STR_INIT("增速"),   NQ_STR_INIT("达到"),  NQ_STR_INIT("到20"),
        NQ_STR_INIT("达"),   NQ_STR_INIT("比去"),   NQ_STR_INIT("快于"),  NQ_STR_INIT("高于"),
        NQ_STR_INIT("低于"), NQ_STR_INIT("好于"),   NQ_STR_INIT("高出"),  NQ_STR_INIT("连续"),
        NQ_STR_INIT("创"),   NQ_STR_INIT("同口径"), NQ_STR_INIT("按可比")};
    while (first < last && f->cls[first] == NQ_CLASS_SPACE)
        first++;
    for (size_t k = 0; k < NQ_COUNT(words); k++)
        if (at(f, first, last, words[k]))
            return true;
    return false;
}

static bool in_figure(const struct nq_side *side, size_t byte)
{
    for (size_t i = 0; i < side->n_figures; i++) {
        size_t first = (size_t)(side->figures[i].text.ptr - side->text.ptr);
        if (byte >= first && byte < first + side->figures[i].text.len)
            return true;
    }
    return false;
}

/* Copies characters [first, last) of a clause that may name something: no dates, figures and verbs
 * that lead up to a value. */
static size_t copy_label(const struct nq_side *side, const struct nq_date_finder *dates,
                         size_t first, size_t last, struct nq_folded *out)
{
    static const struct nq_str leading[] = {
        NQ_STR_INIT("数据显示"), NQ_STR_INIT("增长至"), NQ_STR_INIT("增长到"),
        NQ_STR_INIT("增至"),     NQ_STR_INIT("提升至"), NQ_STR_INIT("提升到"),
        NQ_STR_INIT("提高到"),   NQ_STR_INIT("上升至"), NQ_STR_INIT("上升到"),
        NQ_STR_INIT("下降到"),   NQ_STR_INIT("下降至"), NQ_STR_INIT("达到"),
        NQ_STR_INIT("超过"),     NQ_STR_INIT("突破"),   NQ_STR_INIT("全国"),
        NQ_STR_INIT("我国"),     NQ_STR_INIT("预计"),   NQ_STR_INIT("或将"),
        NQ_STR_INIT("比例"),     NQ_STR_INIT("比重"),   NQ_STR_INIT("实现"),
        NQ_STR_INIT("完成"),     NQ_STR_INIT("总计"),   NQ_STR_INIT("共计"),
        NQ_STR_INIT("约为"),     NQ_STR_INIT("其中"),   NQ_STR_INIT("大约"),
        NQ_STR_INIT("目前"),     NQ_STR_INIT("规模"),   NQ_STR_INIT("已经"),
        NQ_STR_INIT("全年"),     NQ_STR_INIT("不超过"), NQ_STR_INIT("发布"),
        NQ_STR_INIT("公布"),     NQ_STR_INIT("显示"),   NQ_STR_INIT("表示")};
    const struct nq_folded *f = &side->folded;
    size_t n = out->n, date = 0;
    for (size_t i = first; i < last && n < out->cap; i++) {
        while (date < dates->n && dates->dates[date].end <= f->start[i])
            date++;
        bool dated = date < dates->n && dates->dates[date].start <= f->start[i];
        bool digit = f->cls[i] == NQ_CLASS_DIGIT || in_figure(side, f->start[i]);
        size_t skip = 0;
        for (size_t k = 0; k < NQ_COUNT(leading) && skip == 0; k++)
            if (at(f, i, last, leading[k]))
                skip = nq_utf8_count(leading[k]);
        /* A cut leaves a blank, so that nothing grows together over it. */
        out->cp[n] = dated || digit || skip ? ' ' : f->cp[i];
        out->cls[n++] = (uint8_t)(dated || digit || skip ? NQ_CLASS_SPACE : f->cls[i]);
        i += skip ? skip - 1 : 0;
    }
    return n;
}

/* The form that stands for all forms of a thing: the first by its bytes. */
static struct nq_str stand_in(struct nq_str word)
{
    struct nq_str others[NQ_SYNONYMS_MAX], first = word;
    size_t n = nq_synonyms(word, others);
    for (size_t i = 0; i < n; i++)
        if (nq_str_cmp(others[i], first) < 0)
            first = others[i];
    return first;
}

/* One number for all forms of a thing. */
static bool canonical(struct nq_check_terms *terms, struct nq_arena *arena,
                      struct nq_term_set *words)
{
    struct nq_buf all = {0};
    for (size_t i = 0; i < words->n; i++) {
        struct nq_str text = terms->items[words->items[i].term].text;
        nq_buf_add(&all, stand_in(text));
        nq_buf_add_byte(&all, '\n');
    }
    struct nq_folded folded = {0};
    bool ok = !all.failed && (all.len == 0 || (nq_fold_text(nq_buf_str(&all), &folded) &&
                                               nq_check_terms_find(terms, arena, &folded, words)));
    nq_folded_finish(&folded);
    nq_buf_finish(&all);
    return ok;
}

static bool has_digits(const struct nq_folded *f, size_t first, size_t last)
{
    for (size_t i = first; i < last; i++)
        if (f->cls[i] == NQ_CLASS_DIGIT)
            return true;
    return false;
}

static bool find_words(const struct nq_side *side, struct nq_check_terms *terms,
                       const struct nq_date_finder *dates, struct nq_arena *arena,
                       struct nq_quantity *q, size_t sentence)
{
    enum { CAP = MOST_CLAUSES * MOST_LABEL };
    uint32_t cp[CAP], start[CAP] = {0}, end[CAP] = {0};
    uint8_t cls[CAP];
    struct nq_folded label = {cp, start, end, cls, 0, CAP};
    const struct nq_folded *f = &side->folded;
    size_t last = q->figure->label_end, first = q->figure->label;
    for (size_t k = 0; k < MOST_CLAUSES; k++) {
        first = first < sentence ? sentence : first;
        size_t from = last - first > MOST_LABEL ? last - MOST_LABEL : first;
        label.n = copy_label(side, dates, from, last, &label);
        /* 造林、种草1.25亿亩 is of both. */
        bool row = first > sentence && f->cp[first - 1] == 0x3001 &&
                   !has_digits(f, clause_before(f, first - 1, sentence), first - 1);
        if (first == sentence || !(row || goes_on(f, first, last)))
            break;
        last = first - 1;
        first = clause_before(f, last, sentence);
    }
    return nq_check_terms_find(terms, arena, &label, &q->words) &&
           canonical(terms, arena, &q->words);
}

static size_t figures_between(const struct nq_side *side, size_t from, size_t to)
{
    size_t n = 0;
    for (size_t i = 0; i < side->n_figures; i++) {
        size_t at = (size_t)(side->figures[i].text.ptr - side->text.ptr);
        n += at >= from && at < to;
    }
    return n;
}

/* Whether a date is not that of the figure at `figure` but what it is compared with: 比2019年,
 * 2022年同期, 从2012年的52%提高到. */
static bool is_base(const struct nq_side *side, const struct nq_date *d, size_t figure)
{
    static const struct nq_str before[] = {NQ_STR_INIT("比"), NQ_STR_INIT("较"), NQ_STR_INIT("与")};
    struct nq_str text = nq_str_sub(side->text, 0, d->start);
    for (size_t i = 0; i < NQ_COUNT(before); i++)
        if (nq_str_ends(text, before[i]))
            return true;
    bool from = nq_str_ends(text, NQ_STR("从")) || nq_str_ends(text, NQ_STR("由"));
    return (from && figures_between(side, d->end, figure) > 0) ||
           nq_str_starts(nq_str_sub(side->text, d->end, side->text.len), NQ_STR("同期"));
}

/* The last date before the figure in its sentence, unless it is a single day; else the year named
 * last before that. */
static void find_period(const struct nq_side *side, const struct nq_date_finder *dates,
                        struct nq_quantity *q, size_t sentence)
{
    uint32_t figure = side->folded.start[q->figure->label_end];
    uint32_t begin = side->folded.start[sentence];
    q->first = q->last = NQ_NO_DAY;
    for (size_t i = 0; i < dates->n && dates->dates[i].end <= figure; i++) {
        const struct nq_date *d = &dates->dates[i];
        int32_t days = d->last - d->first;
        if (d->first == NQ_NO_DAY || d->titled || is_base(side, d, figure) ||
            (d->start < begin && (days < YEAR - 40 || days > YEAR)))
            continue;
        q->first = days > 0 ? d->first : NQ_NO_DAY;
        q->last = days > 0 ? d->last : NQ_NO_DAY;
        q->near = days > 0 && d->start >= begin;
    }
}

static void find_bound(const struct nq_side *side, struct nq_quantity *q)
{
    static const struct nq_str most[] = {NQ_STR_INIT("不超过"), NQ_STR_INIT("近"),
                                         NQ_STR_INIT("最高"), NQ_STR_INIT("不到")};
    static const struct nq_str least[] = {NQ_STR_INIT("超"),     NQ_STR_INIT("突破"),
                                          NQ_STR_INIT("不低于"), NQ_STR_INIT("不少于"),
                                          NQ_STR_INIT("高于"),   NQ_STR_INIT("逾")};
    static const struct nq_str rough[] = {NQ_STR_INIT("约"), NQ_STR_INIT("将近"),
                                          NQ_STR_INIT("大约")};
    enum { BEFORE = 3, BEHIND = 2 };
    const struct nq_folded *f = &side->folded;
    size_t number = q->figure->label_end, from = number > BEFORE ? number - BEFORE : 0,
           end = number;
    uint32_t stop =
        (uint32_t)(q->figure->text.ptr - side->text.ptr) + (uint32_t)q->figure->text.len;
    while (end < f->n && f->start[end] < stop)
        end++;
    size_t to = end + BEHIND < f->n ? end + BEHIND : f->n;
    static const struct nq_str above[] = {NQ_STR_INIT("以上"), NQ_STR_INIT("多")};
    static const struct nq_str about[] = {NQ_STR_INIT("左右"), NQ_STR_INIT("上下")};
    static const struct nq_str within[] = {NQ_STR_INIT("以内"), NQ_STR_INIT("以下")};
    if (holds(f, from, number, most, NQ_COUNT(most)) || holds(f, end, to, within, NQ_COUNT(within)))
        q->bound = NQ_BOUND_MOST;
    else if (holds(f, from, number, least, NQ_COUNT(least)) ||
             holds(f, end, to, above, NQ_COUNT(above)))
        q->bound = NQ_BOUND_LEAST;
    else if (holds(f, from, number, rough, NQ_COUNT(rough)) ||
             holds(f, end, to, about, NQ_COUNT(about)))
        q->bound = NQ_BOUND_ROUGH;
}

static void find_manner(const struct nq_side *side, struct nq_quantity *q, size_t sentence)
{
    static const struct nq_str counted[] = {
        NQ_STR_INIT("截至"), NQ_STR_INIT("累计"), NQ_STR_INIT("新增"), NQ_STR_INIT("已"),
        NQ_STR_INIT("今天"), NQ_STR_INIT("目前"), NQ_STR_INIT("当日"), NQ_STR_INIT("昨天"),
        NQ_STR_INIT("安排"), NQ_STR_INIT("下达"), NQ_STR_INIT("拨付"), NQ_STR_INIT("发行"),
        NQ_STR_INIT("分别"), NQ_STR_INIT("下调"), NQ_STR_INIT("上调")};
    static const struct nq_str ahead[] = {NQ_STR_INIT("预计"), NQ_STR_INIT("将"),
                                          NQ_STR_INIT("力争"), NQ_STR_INIT("预期"),
                                          NQ_STR_INIT("目标"), NQ_STR_INIT("到20")};
    const struct nq_folded *f = &side->folded;
    size_t number = q->figure->label_end;
    size_t clause = q->figure->label < sentence ? sentence : q->figure->label;
    q->running = holds(f, clause, number, counted, NQ_COUNT(counted)) ||
                 holds(f, sentence, clause, counted, 1);
    q->forecast = holds(f, clause, number, ahead, NQ_COUNT(ahead));
    q->early = q->first != NQ_NO_DAY && side->day != NQ_NO_DAY && q->last > side->day &&
               !holds(f, sentence, number, ahead, NQ_COUNT(ahead));
    q->start = number > 0 && (f->cp[number - 1] == 0x4ECE || f->cp[number - 1] == 0x7531 ||
                              f->cp[number - 1] == 0x6BD4); /* 从由比 */
}

static bool is_generic(struct nq_str word)
{
    static const struct nq_str words[] = {
        NQ_STR_INIT("同比"), NQ_STR_INIT("环比"), NQ_STR_INIT("增长"), NQ_STR_INIT("下降"),
        NQ_STR_INIT("上涨"), NQ_STR_INIT("增加"), NQ_STR_INIT("减少"), NQ_STR_INIT("历史"),
        NQ_STR_INIT("同期"), NQ_STR_INIT("新高"), NQ_STR_INIT("企业"), NQ_STR_INIT("计算"),
        NQ_STR_INIT("以上"), NQ_STR_INIT("升至"), NQ_STR_INIT("国内"), NQ_STR_INIT("增速")};
    for (size_t i = 0; i < NQ_COUNT(words); i++)
        if (nq_str_eq(word, words[i]))
            return true;
    return false;
}

static void weigh_words(const struct nq_check_terms *terms, struct nq_quantity *q)
{
    for (size_t i = 0; i < q->words.n; i++) {
        const struct nq_check_term *term = &terms->items[q->words.items[i].term];
        if (is_generic(term->text))
            continue;
        q->n_specific++;
        q->specific += (double)(term->weight * term->weight);
    }
}

/* The places named in characters [first, last): provinces, cities and countries, and 全省, 全市. */
static uint64_t find_places(const struct nq_lexicon *words, const struct nq_folded *f, size_t first,
                            size_t last)
{
    static const struct nq_str own[] = {NQ_STR_INIT("全省"), NQ_STR_INIT("全市"),
                                        NQ_STR_INIT("我省"), NQ_STR_INIT("我市"),
                                        NQ_STR_INIT("全区")};
    uint64_t set = holds(f, first, last, own, NQ_COUNT(own));
    for (size_t i = first; i + 1 < last; i++) {
        if (!nq_lexicon_may(words, f->cp[i]))
            continue;
        const struct nq_lexeme *l = nq_lexicon_at(words, f, i);
        bool place =
            l && l->kind == MARK_ACTOR && (l->value == LEVEL_PLACE || l->value == LEVEL_COUNTRY);
        /* 全国 is meant where nothing else is said, and so are these. */
        bool home = at(f, i, last, NQ_STR("我国")) || at(f, i, last, NQ_STR("中国"));
        if (place && !home) /* 广东, 广东省: by two characters */
            set |= (uint64_t)1 << (1 + (f->cp[i] * 31 + f->cp[i + 1]) % 63);
    }
    return set;
}

bool nq_quantities_find(struct nq_side *side, struct nq_check_terms *terms,
                        struct nq_event_finder *finder, struct nq_arena *arena)
{
    struct nq_folded heading = {0};
    if (side->quantities)
        return true;
    struct nq_quantity *items = nq_arena_array(arena, side->n_figures + 1, sizeof *items);
    bool ok = items && nq_fold_text(side->heading, &heading) &&
              (side->n_figures == 0 || nq_dates_find(&finder->dates, side->text, side->day));
    for (size_t i = 0; i < side->n_figures && ok; i++) {
        size_t number = side->figures[i].label_end, sentence = number;
        while (sentence > 0 && !is_stop(side->folded.cp[sentence - 1]))
            sentence--;
        items[i].figure = &side->figures[i];
        items[i].places = find_places(&finder->words, &heading, 0, heading.n) |
                          find_places(&finder->words, &side->folded, sentence, number);
        find_period(side, &finder->dates, &items[i], sentence);
        find_bound(side, &items[i]);
        find_manner(side, &items[i], sentence);
        ok = find_words(side, terms, &finder->dates, arena, &items[i], sentence);
        weigh_words(terms, &items[i]);
    }
    nq_folded_finish(&heading);
    side->quantities = items;
    return ok;
}

static bool is_multiple(double value, double unit)
{
    return fabs(value / unit - round(value / unit)) < 1e-6;
}

/* Whether a value is the other one rounded, or cut off, to some digits: 1.7万亿, 1.72万亿. */
static bool rounded(double a, double b)
{
    enum { COARSEST = 5 }; /* a part of the value: rougher than that nobody rounds */
    double large = fmax(fabs(a), fabs(b)), apart = fabs(a - b);
    for (double unit = pow(10, ceil(log10(apart + 1e-9 * large))); unit <= large / COARSEST;
         unit *= 10)
        if (apart < (1 - 1e-6) * unit && (is_multiple(a, unit) || is_multiple(b, unit)))
            return true;
    return false;
}

/* Whether both values may be right. */
static bool agree(const struct nq_quantity *a, const struct nq_quantity *b)
{
    double x = a->figure->value, y = b->figure->value;
    if (a->bound != b->bound && b->bound == NQ_BOUND_EXACT)
        return agree(b, a);
    if (a->bound == NQ_BOUND_EXACT && b->bound == NQ_BOUND_LEAST)
        return x >= y;
    if (a->bound == NQ_BOUND_EXACT && b->bound == NQ_BOUND_MOST)
        return x <= y;
    if (a->bound != b->bound || a->bound == NQ_BOUND_ROUGH)
        return fabs(x - y) <= 0.1 * fmax(fabs(x), fabs(y));
    return nq_figures_equal(a->figure, b->figure) || rounded(x, y);
}

bool nq_quantities_conflict(const struct nq_check_terms *terms, const struct nq_quantity *a,
                            const struct nq_quantity *b, bool strict)
{
    if (memcmp(a->figure->unit, b->figure->unit, sizeof a->figure->unit) != 0 || a->start ||
        b->start || a->first != b->first || a->last != b->last || agree(a, b))
        return false;
    double x = fabs(a->figure->value), y = fabs(b->figure->value);
    if (strict && (!a->near || !b->near || a->running || b->running || a->early || b->early ||
                   a->forecast != b->forecast || x > most_apart * y || y > most_apart * x))
        return false;
    struct nq_overlap o = nq_term_overlap(terms, &a->words, &b->words);
    struct nq_overlap back = nq_term_overlap(terms, &b->words, &a->words);
    if (strict && (a->specific < least_weight || a->n_specific < 2 || a->places != b->places))
        return false;
    double least = strict ? all_alike : least_alike;
    return o.first > 0 && o.covered >= least * o.first && back.covered >= least * back.first;
}
