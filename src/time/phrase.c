/* Who acts where no body is known: the words that a statement begins with, before its day
 * (国家副主席…17日会见) or behind it (6月2日至4日，滨江国际会议在…举办). */
#include "time/clause.h"
#include "time/parser.h"
#include "time/statement.h"

enum { PHRASE_LEAST = 3, PHRASE_MOST = 30, BOUND_MOST = 3 }; /* characters */

/* Characters [*from, *to) without spaces and commas around them. */
static void trim(const struct sentence *s, size_t *from, size_t *to)
{
    while (*from < *to && (s->text->cls[*from] == NQ_CLASS_SPACE || s->text->cp[*from] == ','))
        ++*from;
    while (*to > *from && s->text->cls[*to - 1] == NQ_CLASS_SPACE)
        --*to;
}

/* Whether a phrase is the name of what is held: 落实“四下基层”交流座谈会, where nothing is done. */
static bool is_occasion(const struct sentence *s, size_t from, size_t to)
{
    static const char *const kinds[] = {"会", "论坛", "仪式", "活动", "大赛",
                                        "展", "周",   "节",   "工程", "项目"};
    struct nq_str phrase = nq_words_of(s, from, to);
    for (size_t i = 0; i < NQ_COUNT(kinds); i++)
        if (nq_str_ends(phrase, nq_str_from(kinds[i])))
            return true;
    return false;
}

/* Whether those characters may name somebody or something: nothing is said or done in them. */
static bool names(const struct sentence *s, size_t from, size_t to)
{
    bool quoted = false, han = false;
    struct parser p = {.text = s->text};
    size_t end;
    if (to < from + PHRASE_LEAST || to > from + PHRASE_MOST ||
        nq_one_of(s->text->cp[from], "这该其此并还也据自截随当而但又我他她们为经以不许") ||
        nq_one_of(s->text->cp[to - 1], "的、和与"))
        return false;
    for (size_t i = from; i < to; i++) {
        uint32_t cp = s->text->cp[i];
        quoted = cp == 0x201C || (quoted && cp != 0x201D);
        han |= is_han(cp);
        if (ends_clause(cp) || nq_one_of(cp, "(（)）《") ||
            (!quoted && (nq_one_of(cp, "是有了被把对从将已在于到就向以按据由") ||
                         nq_literal_at(&p, i, "记者", &end))))
            return false;
    }
    return han && !quoted && (is_occasion(s, from, to) || !nq_first_action(s, from, to));
}

/* Behind an offices' list: 中央书记处书记… of 中共中央政治局常委、中央书记处书记…. */
static size_t last_office(const struct sentence *s, size_t from, size_t to)
{
    struct parser p = {.text = s->text};
    size_t end, at = from;
    if (nq_literal_at(&p, from, "中共中央", &end))
        for (size_t i = from; i < to; i++)
            at = s->text->cp[i] == 0x3001 ? i + 1 : at;
    return at;
}

/* Where a phrase that begins at `from` ends: before where, when or how something was done. */
static size_t phrase_end(const struct sentence *s, size_t from, size_t stop)
{
    bool quoted = false;
    for (size_t i = s->first_mark; i < s->last_mark; i++)
        if (s->marks[i].kind == MARK_CUE && s->marks[i].start >= from && s->marks[i].start < stop)
            stop = s->marks[i].start; /* 昆山计划实现 */
    for (size_t i = from; i < stop; i++) {
        uint32_t cp = s->text->cp[i];
        quoted = cp == 0x201C || (quoted && cp != 0x201D);
        if (!quoted && (ends_clause(cp) || nq_one_of(cp, "在于将")))
            return i;
    }
    return stop;
}

void nq_phrase_subject(const struct sentence *s, struct parts *p)
{
    size_t from = nq_clause_start(s, p->date_start), to = p->date_start;
    if (!p->action || p->action->start < p->date_end || p->actor_start < p->actor_end)
        return;
    trim(s, &from, &to);
    if (from == to) { /* behind the day, its part and its bracket */
        struct parser at = {.text = s->text};
        from = p->date_end;
        from += from < s->end && nq_one_of(s->text->cp[from], ")）");
        from = nq_skip_time(&at, from);
        for (size_t i = from; i < s->end && i < from + BOUND_MOST; i++)
            from = s->text->cp[i] == ',' ? i : from; /* 2027年底前，… */
        to = p->action->start;
        trim(s, &from, &to);
        to = phrase_end(s, from, to);
    }
    if (!names(s, from, to)) { /* 6时59分，经过47分钟的协同，转位试验取得成功 */
        from = nq_clause_start(s, p->action->start);
        to = p->action->start;
        if (from <= p->date_end)
            return;
        trim(s, &from, &to);
        to = phrase_end(s, from, to);
    }
    if (!names(s, from, to))
        return;
    p->actor_start = last_office(s, from, to);
    p->actor_end = to;
}
