/* What a timeline calls an event, and what it quotes for it. */
#include "api/timeline.h"
#include "text/title.h"

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

/* Where the weightiest term stands in the passage; SIZE_MAX where none does. */
static size_t matching_place(const struct nq_timeline_job *j)
{
    size_t at = SIZE_MAX;
    double best = -1;
    for (size_t t = 0; t < j->n_terms; t++) {
        size_t found = nq_str_find(j->place.text, j->terms[t].text, 0);
        if (found != SIZE_MAX && j->terms[t].weight > best) {
            best = j->terms[t].weight;
            at = found;
        }
    }
    return at;
}

struct nq_str nq_timeline_match(const struct nq_timeline_job *j)
{
    size_t at = matching_place(j);
    return nq_timeline_sentence(j->place.text, at == SIZE_MAX ? 0 : at);
}

struct nq_str nq_timeline_with_matter(struct nq_timeline_job *j, struct nq_str label)
{
    enum { MOST = 60 * 3 };
    size_t at = matching_place(j);
    struct nq_str said = at == SIZE_MAX ? NQ_STR("") : piece_at(j->place.text, at, true);
    if (said.len == 0 || said.len > MOST)
        return label;
    struct nq_buf buf = {0};
    nq_buf_add(&buf, label);
    nq_buf_add(&buf, NQ_STR("："));
    nq_buf_add(&buf, said);
    label = nq_arena_str(j->arena, nq_buf_str(&buf));
    nq_buf_finish(&buf);
    return label;
}

bool nq_timeline_roundup(struct nq_str heading)
{
    static const struct nq_str words[] = {NQ_STR_INIT("摘要"), NQ_STR_INIT("快讯"),
                                          NQ_STR_INIT("简讯"), NQ_STR_INIT("要闻")};
    for (size_t i = 0; i < NQ_COUNT(words); i++)
        if (nq_str_find(heading, words[i], 0) != SIZE_MAX)
            return true;
    return false;
}

/* The title in `clause` that is said to be a draft's: a document goes by its final one. */
static struct nq_str drafts_title(struct nq_str clause)
{
    static const struct nq_str open = NQ_STR_INIT("《"), close = NQ_STR_INIT("》");
    for (size_t at = 0; (at = nq_str_find(clause, open, at)) != SIZE_MAX;) {
        at += open.len;
        size_t end = nq_str_find(clause, close, at);
        struct nq_str title = nq_str_sub(clause, at, end < clause.len ? end : clause.len);
        if (nq_str_find(title, NQ_STR("草案"), 0) != SIZE_MAX ||
            nq_str_find(title, NQ_STR("稿"), 0) != SIZE_MAX)
            return title;
    }
    return (struct nq_str){0};
}

struct nq_str nq_timeline_label(struct nq_timeline_job *j, const struct nq_event_row *row,
                                const struct nq_timeline_event *e, struct nq_str clause)
{
    enum { NEWS_DAYS = 31 }; /* what a heading is about is not older */
    struct nq_buf buf = {0};
    bool news = e->undated || row->last >= j->place.report_day - NEWS_DAYS;
    if (e->kind == NQ_EVENT_PAST && j->opens && news && !nq_timeline_roundup(j->place.heading) &&
        (row->heading || (j->in_heading && !e->document_title.ptr)))
        return j->place.heading;
    if (!e->action.ptr || !e->document_title.ptr || e->kind == NQ_EVENT_MILESTONE)
        return clause;
    nq_buf_add(&buf, e->actor);
    nq_buf_add(&buf, e->action);
    struct nq_str printed =
        row->title_stage == NQ_TITLE_DRAFT ? drafts_title(clause) : e->document_title;
    nq_buf_addf(&buf, "《%.*s》", NQ_STR_ARG(printed.len ? printed : e->document_title));
    struct nq_str label = nq_arena_str(j->arena, nq_buf_str(&buf));
    nq_buf_finish(&buf);
    return label;
}
