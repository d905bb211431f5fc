/* Who acts in a sentence. */
#include "time/subject.h"

#include "time/parser.h"

enum {
    RUN_MOST = 24, /* characters of a body that no table knows */
    TAIL_MOST = 6, /* characters of 综合司 and the like behind a body */
};

void nq_next_sentence(struct sentence *s, size_t n_dates, size_t n_marks)
{
    s->first_mark = s->last_mark;
    s->first_date = s->last_date;
    while (s->first_mark < n_marks && s->marks[s->first_mark].start < s->start)
        s->first_mark++;
    for (s->last_mark = s->first_mark;
         s->last_mark < n_marks && s->marks[s->last_mark].start < s->end;)
        s->last_mark++;
    if (s->start >= s->end)
        return;
    size_t end = s->text->end[s->end - 1];
    while (s->last_date < n_dates && s->dates[s->last_date].start < end)
        s->last_date++;
}

struct nq_str nq_words_of(const struct sentence *s, size_t from, size_t to)
{
    return nq_str_sub(s->bytes, s->text->start[from], s->text->end[to - 1]);
}

size_t nq_date_char(const struct sentence *s, size_t byte)
{
    size_t low = s->start, high = s->end;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (s->text->start[middle] < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool in_set(uint32_t cp, const char *set)
{
    return nq_one_of(cp, set);
}

static bool starts(const struct sentence *s, size_t at, const char *word, size_t *end)
{
    struct parser p = {.text = s->text};
    return nq_literal_at(&p, at, word, end) && *end <= s->end;
}

/* Behind 等七部门, 综合司 where that follows a body that ends at `at`. */
static size_t tail_of(const struct sentence *s, size_t at)
{
    static const char *const bodies[] = {"常务委员会", "常委会"};
    static const char *const groups[] = {"部门", "部委", "单位", "机构", "部", "委", "局", "省份"};
    size_t end, i;
    for (size_t k = 0; k < NQ_COUNT(bodies); k++)
        if (starts(s, at, bodies[k], &end))
            return end;
    if (starts(s, at, "等", &i)) {
        while (i < s->end && (in_set(s->text->cp[i], "一二三四五六七八九十多有关个相关有") ||
                              is_digit(s->text->cp[i])))
            i++;
        for (size_t k = 0; k < NQ_COUNT(groups); k++)
            if (starts(s, i, groups[k], &end))
                return end;
        return at;
    }
    for (size_t n = 2; n <= TAIL_MOST && at + n <= s->end; n++) {
        uint32_t cp = s->text->cp[at + n - 1];
        if (!is_han(cp) || in_set(cp, "的和与及在向将"))
            break;
        if (in_set(cp, "司厅处") || (n > 2 && in_set(cp, "局办")))
            return at + n;
    }
    return at;
}

/* Whether what follows makes an office of a body: 中央财经委员会主任. */
static bool is_office(const struct sentence *s, size_t at)
{
    static const char *const offices[] = {"主任", "主席", "组长", "书记", "委员", "常委", "会长"};
    size_t end;
    for (size_t k = 0; k < NQ_COUNT(offices); k++)
        if (starts(s, at, offices[k], &end))
            return true;
    return false;
}

/* The last body named in [from, to), with those joined to it: 中共中央、国务院; 中国商务部等部门.
 */
static bool known_body(const struct sentence *s, size_t from, size_t to, bool deed, size_t *start,
                       size_t *end)
{
    bool found = false;
    for (size_t i = s->first_mark; i < s->last_mark; i++) {
        const struct mark *m = &s->marks[i];
        bool body = m->kind == MARK_ACTOR || m->kind == MARK_PERIODICAL;
        if (!body || m->start < from || m->end > to ||
            (deed && (m->value == LEVEL_MEDIA || m->kind == MARK_PERIODICAL)))
            continue;
        size_t gap = found ? m->start - *end : SIZE_MAX;
        bool joined = found && m->start >= *end &&
                      (gap == 0 || (gap == 1 && in_set(s->text->cp[*end], "、和与及 ·")));
        /* 重庆 alone names where, beside a body who. */
        bool weak = m->value == LEVEL_PLACE || m->value == LEVEL_COUNTRY;
        bool where =
            m->start > s->start && in_set(s->text->cp[m->start - 1], "在于赴到从自对向与同");
        bool name = m->end < s->end && s->text->cp[m->end] == 0x201D; /* “读懂中国” */
        if (weak && m->kind == MARK_ACTOR && ((found && !joined) || where || name))
            continue;
        uint32_t prev = m->start > s->start ? s->text->cp[m->start - 1] : 0;
        bool office = is_office(s, m->end);
        bool list = office && m->end + 2 < s->end && s->text->cp[m->end + 2] == 0x3001 /* 、 */;
        if (list || ((joined || in_set(prev, "在由向与同")) && office)) /* a person's */
            continue;
        if (!joined && in_set(prev, "向对同") && m->value > LEVEL_STATE) /* to or with whom */
            continue;
        if (!joined)
            *start = m->start;
        *end = tail_of(s, m->end);
        found = true;
    }
    return found;
}

/* Whether the character before `i` ends the name of a body that may begin at `first`: 衡阳市数据局;
 * not 西部, 办法, 主办, 社会. */
static bool ends_body(const struct sentence *s, size_t first, size_t i, size_t last)
{
    uint32_t cp = s->text->cp[i - 1], before = s->text->cp[i - 2];
    uint32_t next = i < s->end ? s->text->cp[i] : 0;
    switch (cp) {
    case 0x90E8: /* 部 */
        return !in_set(before, "全内外东西南北中") && !in_set(next, "分署队长");
    case 0x529E: /* 办 */
        return !in_set(before, "主举承协督创") && !in_set(next, "法公理好事");
    case 0x884C: /* 行 */
        return in_set(before, "银分支央");
    case 0x793E: /* 社 */
        return next != 0x4F1A /* 会 */;
    case 0x4F1A: /* 会 */
        return in_set(before, "员委协商学事究进合金");
    case 0x5E9C: /* 府 */
        return before == 0x653F;
    case 0x5FC3: /* 心 */
        return before == 0x4E2D;
    case 0x53F8: /* 司 */
        return before == 0x516C;
    case 0x56E2: /* 团 */
        return before == 0x96C6;
    case 0x533A: /* 区 */
        return i == last && !in_set(before, "地范中山园");
    case 0x59D4: /* 委 */
        return !in_set(next, "会员");
    case 0x7F72: /* 署 */
        return !in_set(before, "签部");
    case 0x7701: /* 省 */
    case 0x5E02: /* 市 */
        return i - first <= 5;
    default:
        return in_set(cp, "局厅院校");
    }
}

/* Whether something is done within: 出席国家数据局 names no subject. */
static bool holds_action(const struct sentence *s, size_t first, size_t last)
{
    for (size_t i = s->first_mark; i < s->last_mark; i++)
        if (s->marks[i].kind == MARK_ACTION && s->marks[i].start >= first &&
            s->marks[i].end < last && s->marks[i].value >= STAGE_ISSUE)
            return true;
    return false;
}

/* A body that no table knows, by its last character: 衡阳市数据局, at the end of [from, to). */
static bool unknown_body(const struct sentence *s, size_t from, size_t to, size_t *start,
                         size_t *end)
{
    size_t last = to, first;
    while (last > from && !is_han(s->text->cp[last - 1]))
        last--;
    for (first = last; first > from && last - first < RUN_MOST && is_han(s->text->cp[first - 1]) &&
                       !in_set(s->text->cp[first - 1], "在从同把被了着还获") &&
                       !(in_set(s->text->cp[first - 1], "年月日") && first > from + 1 &&
                         is_digit(s->text->cp[first - 2]));)
        first--;
    if ((first < last && in_set(s->text->cp[first], "于赴到自对向")) ||
        (first > s->start && in_set(s->text->cp[first - 1], "在从同"))) /* where or with whom */
        return false;
    for (size_t i = last; i > first + 2; i--) {
        if (!ends_body(s, first, i, last))
            continue;
        *start = first;
        *end = i;
        return (i == last || last - i <= 6) && !holds_action(s, first, i) && !is_office(s, i);
    }
    return false;
}

/* 14部门, 两部门 right before what they do, at the end of [from, to). */
static bool counted_bodies(const struct sentence *s, size_t from, size_t to, size_t *start,
                           size_t *end)
{
    enum { BETWEEN = 3 }; /* characters: 联合, 今天 */
    struct parser p = {.text = s->text};
    for (size_t last = to; last > from + 2 && last + BETWEEN >= to; last--) {
        size_t first = last - 2, ignored;
        if (!nq_literal_at(&p, first, "部门", &ignored))
            continue;
        first -= in_set(s->text->cp[first - 1], "个");
        *end = last;
        for (*start = first; *start > from && nq_number_at(&p, *start - 1).kind;)
            --*start;
        return *start < first && (*start == s->start || !in_set(s->text->cp[*start - 1], "等第"));
    }
    return false;
}

void nq_find_subject(const struct sentence *s, size_t from, size_t to, size_t date_start,
                     size_t date_end, bool deed, size_t *start, size_t *end)
{
    bool date_inside = date_end > date_start && date_start >= from && date_end <= to;
    *start = *end = 0;
    if (counted_bodies(s, date_inside ? date_end : from, to, start, end))
        return;
    *start = *end = 0;
    /* Between the date and the action, else before the date. */
    if (date_inside && known_body(s, date_end, to, deed, start, end))
        return;
    size_t before = date_inside ? date_start : to;
    size_t known_start = 0, known_end = 0, other_start, other_end;
    bool known = known_body(s, from, before, deed, &known_start, &known_end);
    size_t ignored;
    /* 会同… names who helps. */
    if (date_inside && unknown_body(s, date_end, to, &other_start, &other_end) &&
        !starts(s, other_start, "会同", &ignored) && !starts(s, other_start, "联合", &ignored)) {
        *start = other_start;
        *end = other_end;
        return;
    }
    if (unknown_body(s, from, before, &other_start, &other_end) &&
        (!known || other_start >= known_end ||
         (other_end == before && other_start <= known_start))) {
        *start = other_start;
        *end = other_end;
        return;
    }
    if (known) {
        *start = known_start;
        *end = known_end;
    }
}

bool nq_media_subject(const struct sentence *s, size_t start, size_t end)
{
    bool any = false;
    for (size_t i = s->first_mark; i < s->last_mark; i++) {
        const struct mark *m = &s->marks[i];
        if (m->start < start || m->end > end)
            continue;
        if (m->kind == MARK_PERIODICAL || (m->kind == MARK_ACTOR && m->value == LEVEL_MEDIA))
            any = true;
        else if (m->kind == MARK_ACTOR)
            return false;
    }
    return any && start < end;
}

bool nq_schedule_before(const struct sentence *s, size_t at)
{
    static const char *const words[] = {"阶段为",     "时间为", "期限为", "日期为",
                                        "截止日期为", "阶段",   "期为"};
    struct parser p = {.text = s->text};
    at -= at > s->start && s->text->cls[at - 1] == NQ_CLASS_SPACE;
    for (size_t i = 0; i < NQ_COUNT(words); i++) {
        size_t n = strlen(words[i]) / 3, end;
        if (at >= s->start + n && nq_literal_at(&p, at - n, words[i], &end))
            return true;
    }
    return false;
}

bool nq_number_behind(const struct sentence *s, size_t at)
{
    while (at < s->end &&
           (s->text->cls[at] == NQ_CLASS_SPACE || in_set(s->text->cp[at], "了约超近逾到至")))
        at++;
    return at < s->end && is_digit(s->text->cp[at]);
}

bool nq_long_vague(const struct sentence *s, const struct nq_date *date)
{
    struct nq_str word = nq_str_sub(s->bytes, date->start, date->end);
    return nq_str_find(word, NQ_STR("年"), 0) != SIZE_MAX ||
           nq_str_find(word, NQ_STR("期以来"), 0) != SIZE_MAX;
}
