/* What a label does without: what leads in to it, offices, the name of a column, numbers of a list.
 */
#include "api/timeline.h"
#include "text/numeral.h"
#include "text/utf8.h"

struct nq_str nq_timeline_without_number(struct nq_str said)
{
    static const struct nq_str is = NQ_STR_INIT("是"), open = NQ_STR_INIT("（"),
                               close = NQ_STR_INIT("）");
    bool bracket = nq_str_starts(said, open);
    uint32_t first = 0;
    size_t n = nq_utf8_decode(said, &first, NULL);
    size_t end = nq_str_find(said, bracket ? close : is, 0);
    if (bracket ? end > 4 * n : end != n || nq_numeral_value(first) < 1)
        return said;
    return nq_str_sub(said, end + 3, said.len);
}

/* Behind a leader's offices where there are several: 中共中央政治局常委、国务院总理李强…. */
static struct nq_str without_offices(struct nq_str clause)
{
    static const struct nq_str offices[] = {
        NQ_STR_INIT("总书记"), NQ_STR_INIT("主席"), NQ_STR_INIT("总理"), NQ_STR_INIT("委员长"),
        NQ_STR_INIT("主任"),   NQ_STR_INIT("组长"), NQ_STR_INIT("书记")};
    static const struct nq_str party = NQ_STR_INIT("中共中央"), comma = NQ_STR_INIT("、");
    enum { ITEM_MOST = 16 * 3 /* bytes of an office with whose it is */ };
    size_t name = 0, at = nq_str_starts(clause, party) ? nq_str_find(clause, comma, 0) : SIZE_MAX;
    while (at != SIZE_MAX) { /* the office that ends each item of the list */
        size_t next = nq_str_find(clause, comma, at + comma.len), end = 0;
        size_t stop = next < clause.len ? next : clause.len;
        struct nq_str item = nq_str_sub(clause, at, stop < at + ITEM_MOST ? stop : at + ITEM_MOST);
        for (size_t i = 0; i < NQ_COUNT(offices); i++) {
            size_t found = nq_str_find(item, offices[i], 0);
            if (found != SIZE_MAX && found + offices[i].len > end)
                end = found + offices[i].len;
        }
        if (end == 0)
            break;
        name = at + end;
        at = next;
    }
    return nq_str_sub(clause, name, clause.len);
}

/* Whether all of `text` only says when: 今天（8月12日）, 当地时间15日上午, 日前. */
static bool only_when(struct nq_str text)
{
    static const char marks[] =
        "0123456789年月日号时分上下中午晚间早夜凌晨今昨天本周星期一二三四五六"
        "七八九十〇当地北京近前至到—-、 （）()：:";
    for (size_t i = 0; i < text.len;) {
        uint32_t cp, mark = 0;
        size_t n = nq_utf8_decode(nq_str_sub(text, i, text.len), &cp, NULL), k = 0;
        while (k < sizeof marks - 1 && mark != cp)
            k += nq_utf8_decode((struct nq_str){marks + k, sizeof marks - 1 - k}, &mark, NULL);
        if (mark != cp)
            return false;
        i += n;
    }
    return text.len > 0;
}

/* Whether `text`, which stands before a comma or colon, only leads in: says when, whom it is from,
 * how it goes on, or that a list follows. */
static bool leads_in(struct nq_str text)
{
    static const struct nq_str words[] = {
        NQ_STR_INIT("会上"), NQ_STR_INIT("其中"),    NQ_STR_INIT("同时"),   NQ_STR_INIT("此外"),
        NQ_STR_INIT("另外"), NQ_STR_INIT("据悉"),    NQ_STR_INIT("据介绍"), NQ_STR_INIT("据了解"),
        NQ_STR_INIT("目前"), NQ_STR_INIT("与此同时")};
    static const struct nq_str ends[] = {
        NQ_STR_INIT("报道"),   NQ_STR_INIT("获悉"), NQ_STR_INIT("消息"), NQ_STR_INIT("有三"),
        NQ_STR_INIT("了解到"), NQ_STR_INIT("显示"), NQ_STR_INIT("如下"), NQ_STR_INIT("要点")};
    for (size_t i = 0; i < NQ_COUNT(words); i++)
        if (nq_str_eq(text, words[i]))
            return true;
    for (size_t i = 0; i < NQ_COUNT(ends); i++)
        if (nq_str_ends(text, ends[i]))
            return true;
    return only_when(text);
}

/* What a label says, without what leads in to it. */
static struct nq_str without_lead(struct nq_str clause)
{
    enum { LEAD_MOST = 30 * 3 /* bytes */, LEAST = 6 * 3 };
    static const struct nq_str marks[] = {NQ_STR_INIT("，"), NQ_STR_INIT("："), NQ_STR_INIT(",")};
    for (bool more = true; more;) {
        size_t at = SIZE_MAX, n = 0;
        for (size_t i = 0; i < NQ_COUNT(marks); i++) {
            size_t found = nq_str_find(clause, marks[i], 0);
            if (found < at) {
                at = found;
                n = marks[i].len;
            }
        }
        more = at < LEAD_MOST && clause.len >= at + n + LEAST &&
               leads_in(nq_str_trim(nq_str_sub(clause, 0, at)));
        if (more)
            clause = nq_str_trim(nq_str_sub(clause, at + n, clause.len));
    }
    return clause;
}

/* `label`, with the clauses behind it in `sentence` where it says too little by itself. */
static struct nq_str long_enough(struct nq_str label, struct nq_str sentence)
{
    enum { LEAST = 12 * 3 };
    size_t at = nq_str_find(sentence, label, 0), end = at + label.len;
    if (at == SIZE_MAX)
        return label;
    while (end < sentence.len && (end - at < LEAST || only_when(nq_str_sub(sentence, at, end)))) {
        do
            end++;
        while (end < sentence.len && !nq_timeline_ends(sentence, end, true));
    }
    return without_lead(nq_str_sub(sentence, at, end));
}

struct nq_str nq_timeline_plain(struct nq_str clause, struct nq_str sentence)
{
    struct nq_str label = without_lead(without_offices(without_lead(clause)));
    return long_enough(label, sentence);
}

struct nq_str nq_timeline_heading(struct nq_timeline_job *j)
{
    static const struct nq_str open = NQ_STR_INIT("【"), close = NQ_STR_INIT("】");
    struct nq_str heading = j->place.heading;
    size_t end = nq_str_starts(heading, open) ? nq_str_find(heading, close, 0) : SIZE_MAX;
    if (end != SIZE_MAX) { /* a column's name: 【新时代新征程】… */
        struct nq_str rest = nq_str_trim(nq_str_sub(heading, end + close.len, heading.len));
        heading = rest.len > 0 ? rest : heading;
    }
    return heading;
}
