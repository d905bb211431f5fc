/* What the words around a date make of it: 到…, …前, 自…起. */
#include "time/scope.h"

enum { LONG_AGO = 366 }; /* days; a start that lies so far back only says that something goes on */

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
    at = nq_skip_spaces(p, nq_skip_time(p, at)); /* 7月15日24时前 */
    if (nq_literal_at(p, at, "(含)", end) || nq_literal_at(p, at, "（含）", end))
        at = *end;
    for (size_t i = 0; i < NQ_COUNT(behind); i++)
        if (nq_literal_at(p, at, behind[i].word, end) &&
            (!nq_one_of(cp_at(p, *end), behind[i].except) ||
             (cp_at(p, *end) == 0x63D0 && nq_one_of(cp_at(p, *end + 1), "交出供请")))) /* 前提交 */
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

/* 起施行: an event of that day, however long ago. */
static bool takes_force(const struct parser *p, size_t at)
{
    static const char *const words[] = {"施行", "实施", "执行", "生效", "正式", "开始"};
    size_t end;
    for (size_t i = 0; i < NQ_COUNT(words); i++)
        if (nq_literal_at(p, at, words[i], &end))
            return true;
    return false;
}

enum nq_precision nq_scope_precision(const struct scope *s)
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

void nq_bound_at(const struct parser *p, size_t start, const struct scope *s, struct nq_date *date,
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
    if (since && s->first < p->reference - LONG_AGO &&
        !(s->level == LEVEL_DAY && takes_force(p, side_end)))
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
