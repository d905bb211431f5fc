/* What a quantity is of: its period, its bounds, places, and how it is told. */
#include "check/quantity_parts.h"

#include "text/utf8.h"

enum { YEAR = 400 }; /* days: longer periods are spans of years */

bool nq_folded_at(const struct nq_folded *f, size_t i, size_t end, struct nq_str word)
{
    for (size_t k = 0; k < word.len; i++) {
        uint32_t cp;
        k += nq_utf8_decode(nq_str_sub(word, k, word.len), &cp, NULL);
        if (i >= end || f->cp[i] != cp)
            return false;
    }
    return true;
}

/* Whether any of `n` words stands in [first, last). */
static bool holds(const struct nq_folded *f, size_t first, size_t last, const struct nq_str *words,
                  size_t n)
{
    for (size_t i = first; i < last; i++)
        for (size_t k = 0; k < n; k++)
            if (nq_folded_at(f, i, last, words[k]))
                return true;
    return false;
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
        bool home =
            nq_folded_at(f, i, last, NQ_STR("我国")) || nq_folded_at(f, i, last, NQ_STR("中国"));
        if (place && !home) /* 广东, 广东省: by two characters */
            set |= (uint64_t)1 << (1 + (f->cp[i] * 31 + f->cp[i + 1]) % 63);
    }
    return set;
}

void nq_quantity_scope(const struct nq_side *side, const struct nq_event_finder *finder,
                       const struct nq_folded *heading, size_t sentence, struct nq_quantity *q)
{
    q->places = find_places(&finder->words, heading, 0, heading->n) |
                find_places(&finder->words, &side->folded, sentence, q->figure->label_end);
    find_period(side, &finder->dates, q, sentence);
    find_bound(side, q);
    find_manner(side, q, sentence);
}
