/* What a timeline calls an event, and what it quotes for it. */
#include "api/timeline.h"
#include "model/passage.h"
#include "text/numeral.h"
#include "text/title.h"
#include "text/utf8.h"

enum { SENTENCE_MOST = 480 }; /* bytes of a quote */

/* Whether a sentence, or a clause of one, ends with what stands at `at`. */
static bool is_end(struct nq_str text, size_t at, bool clause)
{
    static const struct nq_str ends[] = {NQ_STR_INIT("\n"), NQ_STR_INIT("。"), NQ_STR_INIT("；"),
                                         NQ_STR_INIT("，"), NQ_STR_INIT("：")};
    struct nq_str rest = nq_str_sub(text, at, text.len);
    for (size_t i = 0; i < (clause ? NQ_COUNT(ends) : 3); i++)
        if (nq_str_starts(rest, ends[i]))
            return true;
    return false;
}

static struct nq_str piece_at(struct nq_str text, size_t at, bool clause)
{
    size_t start = at, end = at;
    while (start > 0 && text.ptr[start - 1] != '\n' &&
           !(start >= 3 && is_end(text, start - 3, clause)))
        start--;
    while (end < text.len && !is_end(text, end, clause))
        end++;
    return nq_str_trim(nq_str_sub(text, start, end));
}

struct nq_str nq_timeline_sentence(struct nq_str text, size_t at)
{
    struct nq_str sentence = piece_at(text, at, false);
    if (sentence.len > SENTENCE_MOST) {
        sentence.len = SENTENCE_MOST;
        while (((unsigned char)sentence.ptr[sentence.len] & 0xC0) == 0x80)
            sentence.len--;
    }
    return sentence;
}

struct nq_str nq_timeline_match(struct nq_timeline_job *j)
{
    size_t at = nq_timeline_best_place(j, j->place.text);
    return nq_timeline_sentence(j->place.text, at == SIZE_MAX ? 0 : at);
}

struct nq_str nq_timeline_clause(struct nq_timeline_job *j, struct nq_str text)
{
    size_t at = nq_timeline_best_place(j, text);
    return at == SIZE_MAX ? NQ_STR("") : piece_at(text, at, true);
}

/* Behind 三是 and （9）, which count what is said. */
static struct nq_str without_number(struct nq_str said)
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

struct nq_str nq_timeline_with_matter(struct nq_timeline_job *j, struct nq_str label,
                                      struct nq_str text)
{
    enum { MOST = 60 * 3 };
    struct nq_str said = nq_timeline_clause(j, text);
    said = without_number(said);
    if (said.len == 0 || said.len > MOST)
        return label;
    struct nq_buf buf = {0};
    nq_buf_add(&buf, label);
    nq_buf_add(&buf, NQ_STR("："));
    nq_buf_add(&buf, said);
    j->nomem |= buf.failed;
    label = nq_arena_str(j->arena, nq_buf_str(&buf));
    nq_buf_finish(&buf);
    return label;
}

/* The printing in `clause` of the title of a draft: a document goes by its final one. */
static struct nq_str drafts_title(struct nq_str clause, struct nq_str document)
{
    static const struct nq_str open = NQ_STR_INIT("《"), close = NQ_STR_INIT("》");
    for (size_t at = 0; (at = nq_str_find(clause, open, at)) != SIZE_MAX;) {
        at += open.len;
        size_t end = nq_str_find(clause, close, at);
        struct nq_str title = nq_str_sub(clause, at, end < clause.len ? end : clause.len);
        if (nq_str_find(title, document, 0) != SIZE_MAX)
            return title;
    }
    return (struct nq_str){0};
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
    static const struct nq_str ends[] = {NQ_STR_INIT("报道"), NQ_STR_INIT("获悉"),
                                         NQ_STR_INIT("消息"), NQ_STR_INIT("有三"),
                                         NQ_STR_INIT("如下"), NQ_STR_INIT("要点")};
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
        while (end < sentence.len && !is_end(sentence, end, true));
    }
    return without_lead(nq_str_sub(sentence, at, end));
}

struct nq_str nq_timeline_heading(const struct nq_timeline_job *j)
{
    static const struct nq_str open = NQ_STR_INIT("【"), close = NQ_STR_INIT("】");
    struct nq_str heading = j->place.heading;
    size_t end = nq_str_starts(heading, open) ? nq_str_find(heading, close, 0) : SIZE_MAX;
    if (end == SIZE_MAX) /* a column's name: 【新时代新征程】… */
        return heading;
    struct nq_str rest = nq_str_trim(nq_str_sub(heading, end + close.len, heading.len));
    return rest.len > 0 ? rest : heading;
}

struct nq_str nq_timeline_label(struct nq_timeline_job *j, const struct nq_event_row *row,
                                const struct nq_timeline_event *e, struct nq_str clause)
{
    enum { NEWS_DAYS = 31 }; /* what a heading is about is not older */
    struct nq_buf buf = {0};
    int32_t told = j->place.report_day;
    bool news = e->undated || told == NQ_NO_DAY || row->last >= told - NEWS_DAYS;
    if (e->kind == NQ_EVENT_PAST && j->opens && news && !nq_passage_is_roundup(j->place.heading) &&
        (row->heading || (j->in_heading && !e->document_title.ptr)))
        return nq_timeline_heading(j);
    bool by_title = e->actor.len > 0 && nq_str_starts(e->document_title, e->actor);
    bool force = row->stage == STAGE_FORCE; /* 《…》起施行, whoever issued it */
    bool behind = force || e->actor.len == 0 || by_title;
    if (!e->action.ptr || !e->document_title.ptr || (e->kind == NQ_EVENT_MILESTONE && !force))
        return long_enough(without_lead(without_offices(without_lead(clause))), e->quote);
    struct nq_str printed = {0};
    if (row->title_stage == NQ_TITLE_DRAFT)
        printed = drafts_title(clause, e->document_title);
    if (!behind) {
        nq_buf_add(&buf, e->actor);
        nq_buf_add(&buf, e->action);
    }
    nq_buf_addf(&buf, "《%.*s》", NQ_STR_ARG(printed.len ? printed : e->document_title));
    if (behind)
        nq_buf_add(&buf, e->action);
    j->nomem |= buf.failed;
    struct nq_str label = nq_arena_str(j->arena, nq_buf_str(&buf));
    nq_buf_finish(&buf);
    return label;
}
