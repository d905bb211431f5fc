/* Dates joined to one: 6月18日至20日, 2010年之后2018年之前, 6月18日（周四）. */
#include "time/scope.h"

#include "time/day.h"

size_t nq_join_between(const struct parser *p, size_t end, struct scope *s)
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

size_t nq_skip_time(const struct parser *p, size_t at)
{
    static const char *const parts[] = {"上午", "中午", "下午", "晚上", "晚间", "凌晨", "清晨",
                                        "傍晚", "夜间", "早间", "早",   "晚",   "夜"};
    size_t end, i = nq_skip_spaces(p, at);
    for (size_t k = 0; k < NQ_COUNT(parts); k++)
        if (nq_literal_at(p, i, parts[k], &end)) {
            at = end;
            i = nq_skip_spaces(p, end);
            break;
        }
    struct number hour = nq_number_at(p, i), minute;
    if (!hour.kind || hour.value > 24)
        return at;
    if (cp_at(p, hour.end) == ':') {
        minute = nq_number_at(p, hour.end + 1);
        return minute.kind ? minute.end : at;
    }
    if (!nq_literal_at(p, hour.end, "时", &end) && !nq_literal_at(p, hour.end, "点", &end))
        return at;
    minute = nq_number_at(p, end);
    return minute.kind && nq_literal_at(p, minute.end, "分", &i)                ? i
           : nq_literal_at(p, end, "半", &i) || nq_literal_at(p, end, "整", &i) ? i
                                                                                : end;
}

size_t nq_join_range(const struct parser *p, size_t end, struct scope *s)
{
    struct scope to = {0};
    size_t behind_to, from = nq_skip_time(p, end); /* 16日18时至17日 */
    if (!nq_literal_at(p, from, "起", &from))
        nq_literal_at(p, from, "开始", &from);
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

size_t nq_join_weekday(const struct parser *p, size_t end, const struct scope *s, size_t *next)
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
