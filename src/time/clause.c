/* Clauses of a sentence, and what stands in them. */
#include "time/clause.h"
#include "time/parser.h"

/* Whether the character `at` stands within a name in quotation marks: 以“实施国家战略”为主题. */
static bool quoted(const struct sentence *s, size_t at)
{
    enum { NAME_MOST = 60 }; /* characters */
    size_t open = at, end;
    while (open > s->start && at - open < NAME_MOST && s->text->cp[open] != 0x201C &&
           s->text->cp[open] != 0x201D)
        open--;
    bool speech = open > s->start && s->text->cp[open - 1] == ':';
    if (s->text->cp[open] != 0x201C || speech)
        return false;
    for (end = at; end < s->end && end - open < NAME_MOST; end++)
        if (s->text->cp[end] == 0x201D)
            return true;
    return false;
}

/* Whether 周年 follows, and a number before it: 成立74周年. */
static bool anniversary(const struct sentence *s, size_t at)
{
    size_t i = at;
    while (i < s->end && i - at < 4 && s->text->cp[i] != 0x5468 /* 周 */)
        i++;
    return i > at && i + 1 < s->end && s->text->cp[i] == 0x5468 && s->text->cp[i + 1] == 0x5E74;
}

/* Whether an action is done here: not 印发的, 不超过; 通过 needs what was passed. */
static bool acts(const struct sentence *s, const struct mark *m)
{
    static const struct nq_str through = NQ_STR_INIT("通过");
    uint32_t next = m->end < s->text->n ? s->text->cp[m->end] : 0;
    bool often = m->start > s->start + 1 && s->text->cp[m->start - 2] == 0x591A &&
                 s->text->cp[m->start - 1] == 0x6B21; /* 多次作出重要指示 */
    bool about = m->start > s->start + 1 && s->text->cp[m->start - 2] == 0x5173 &&
                 s->text->cp[m->start - 1] == 0x4E8E; /* 关于修改…的决定 */
    bool negated = m->start > s->start && nq_one_of(s->text->cp[m->start - 1], "不未没勿");
    if (often || about || negated || (next == 0x7684 /* 的 */ && m->value != STAGE_SAY) ||
        anniversary(s, m->end) || quoted(s, m->start))
        return false;
    if (nq_str_eq(nq_words_of(s, m->start, m->end), through))
        return next == 0x4E86 /* 了 */ || next == 0x300A || next == 0 || ends_clause(next) ||
               next == ')' || next == 0x5173 /* 关 */;
    if (m->value == STAGE_REPORT && m->end - m->start == 1) /* 电, 讯: behind a date only */
        return m->start > 0 && is_day_unit(s->text->cp[m->start - 1]);
    return true;
}

const struct mark *nq_first_action(const struct sentence *s, size_t from, size_t to)
{
    for (size_t i = s->first_mark; i < s->last_mark; i++) {
        const struct mark *m = &s->marks[i];
        if (m->kind == MARK_ACTION && m->start >= from && m->end <= to && acts(s, m))
            return m;
    }
    return NULL;
}

const struct mark *nq_last_action(const struct sentence *s, size_t from, size_t to)
{
    const struct mark *found = NULL;
    for (size_t i = s->first_mark; i < s->last_mark; i++) {
        const struct mark *m = &s->marks[i];
        if (m->kind == MARK_ACTION && m->start >= from && m->end <= to && acts(s, m))
            found = m;
    }
    return found;
}

size_t nq_clause_start(const struct sentence *s, size_t at)
{
    while (at > s->start && !ends_clause(s->text->cp[at - 1]))
        at--;
    return at;
}

size_t nq_clause_end(const struct sentence *s, size_t at)
{
    for (; at < s->end; at++) {
        for (size_t i = s->first_mark; i < s->last_mark; i++)
            if (s->marks[i].kind == MARK_TITLE && s->marks[i].start <= at && at < s->marks[i].end)
                at = s->marks[i].end;
        if (at >= s->end || ends_clause(s->text->cp[at]))
            break;
    }
    return at < s->end ? at : s->end;
}

bool nq_has_cue(const struct sentence *s, size_t from, size_t to)
{
    for (size_t i = s->first_mark; i < s->last_mark; i++)
        if (s->marks[i].kind == MARK_CUE && s->marks[i].start >= from && s->marks[i].end <= to)
            return true;
    return false;
}

/* Whether the title at `at` is only what the act rests on: 根据《…》. */
static bool grounds(const struct sentence *s, size_t at)
{
    static const struct nq_str words[] = {
        NQ_STR_INIT("根据"), NQ_STR_INIT("依据"), NQ_STR_INIT("依照"), NQ_STR_INIT("按照"),
        NQ_STR_INIT("按"),   NQ_STR_INIT("对照"), NQ_STR_INIT("落实"), NQ_STR_INIT("贯彻"),
        NQ_STR_INIT("适用"), NQ_STR_INIT("违反"), NQ_STR_INIT("遵守")};
    struct nq_str before = at > s->start ? nq_words_of(s, s->start, at) : NQ_STR("");
    for (size_t i = 0; i < NQ_COUNT(words); i++)
        if (nq_str_ends(before, words[i]))
            return true;
    return false;
}

const struct mark *nq_find_title(const struct sentence *s, const struct mark *action, size_t from,
                                 size_t to)
{
    const struct mark *before = NULL;
    for (size_t i = s->first_mark; i < s->last_mark; i++) {
        const struct mark *m = &s->marks[i];
        if (m->kind != MARK_TITLE || m->start < from || m->end > to || grounds(s, m->start))
            continue;
        if (!action || m->start >= action->end)
            return before && !action ? before : m;
        before = m;
    }
    return before;
}

bool nq_says_meeting(const struct sentence *s, size_t action)
{
    size_t start = nq_clause_start(s, action);
    return start + 2 <= action && s->text->cp[start] == 0x4F1A && s->text->cp[start + 1] == 0x8BAE;
}
