/* What a timeline calls an event, and what it quotes for it. */
#include "api/timeline.h"
#include "model/passage.h"
#include "text/title.h"

enum { SENTENCE_MOST = 480 }; /* bytes of a quote */

bool nq_timeline_ends(struct nq_str text, size_t at, bool clause)
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
           !(start >= 3 && nq_timeline_ends(text, start - 3, clause)))
        start--;
    while (end < text.len && !nq_timeline_ends(text, end, clause))
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

struct nq_str nq_timeline_with_matter(struct nq_timeline_job *j, struct nq_str label,
                                      struct nq_str text)
{
    enum { MOST = 60 * 3 };
    struct nq_str said = nq_timeline_clause(j, text);
    said = nq_timeline_without_number(said);
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

/* 将在7月底前完成: who will, before what begins so. */
static struct nq_str with_actor(struct nq_timeline_job *j, const struct nq_timeline_event *e,
                                struct nq_str label)
{
    static const struct nq_str cues[] = {NQ_STR_INIT("将"),   NQ_STR_INIT("拟"),
                                         NQ_STR_INIT("力争"), NQ_STR_INIT("计划"),
                                         NQ_STR_INIT("预计"), NQ_STR_INIT("争取")};
    bool bare = false;
    for (size_t i = 0; i < NQ_COUNT(cues); i++)
        bare |= nq_str_starts(label, cues[i]);
    if (!bare || e->actor.len == 0 || e->kind != NQ_EVENT_MILESTONE)
        return label;
    struct nq_buf buf = {0};
    nq_buf_add(&buf, e->actor);
    nq_buf_add(&buf, label);
    j->nomem |= buf.failed;
    label = nq_arena_str(j->arena, nq_buf_str(&buf));
    nq_buf_finish(&buf);
    return label;
}

/* A long list of what was heard or passed, by the item that speaks of the matter: 会议听取了…关于
 * 粮食安全保障法草案修改意见的汇报…. */
static struct nq_str of_list(struct nq_timeline_job *j, const struct nq_timeline_event *e,
                             struct nq_str label)
{
    enum { LONG = 60 * 3 };
    static const struct nq_str comma = NQ_STR_INIT("、"), done = NQ_STR_INIT("了");
    size_t head = nq_str_find(label, e->action, 0) + e->action.len;
    size_t at = label.len > LONG && e->action.len > 0 ? nq_timeline_best_place(j, label) : SIZE_MAX;
    if (at == SIZE_MAX || head > at)
        return label;
    if (nq_str_starts(nq_str_sub(label, head, label.len), done))
        head += done.len;
    size_t from = head, to = nq_str_find(label, comma, at);
    for (size_t i = head; (i = nq_str_find(label, comma, i)) < at; i += comma.len)
        from = i + comma.len;
    if (from == head && to == SIZE_MAX)
        return label;
    struct nq_buf buf = {0};
    nq_buf_add(&buf, nq_str_sub(label, 0, head));
    nq_buf_addf(&buf, "%s", from > head ? "…" : "");
    nq_buf_add(&buf, nq_str_sub(label, from, to < label.len ? to : label.len));
    nq_buf_addf(&buf, "%s", to < label.len ? "…" : "");
    j->nomem |= buf.failed;
    label = nq_arena_str(j->arena, nq_buf_str(&buf));
    nq_buf_finish(&buf);
    return label;
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
    bool of_document = row->stage <= STAGE_REPEAL || row->stage == STAGE_PROPOSE;
    if (!e->action.ptr || !e->document_title.ptr || !of_document ||
        (e->kind == NQ_EVENT_MILESTONE && !force))
        return of_list(j, e, with_actor(j, e, nq_timeline_plain(clause, e->quote)));
    struct nq_str printed = {0};
    if (row->title_stage == NQ_TITLE_DRAFT)
        printed = drafts_title(clause, e->document_title);
    if (!behind) {
        nq_buf_add(&buf, e->actor);
        nq_buf_add(&buf, e->action);
    }
    nq_buf_addf(&buf, "《%.*s》", NQ_STR_ARG(printed.len ? printed : e->document_title));
    static const struct nq_str since = NQ_STR_INIT("起"); /* its day, which stands beside it */
    if (behind)
        nq_buf_add(&buf, nq_str_starts(e->action, since)
                             ? nq_str_sub(e->action, since.len, e->action.len)
                             : e->action);
    j->nomem |= buf.failed;
    struct nq_str label = nq_arena_str(j->arena, nq_buf_str(&buf));
    nq_buf_finish(&buf);
    return label;
}
