/* A label without its day, which stands beside it: 中央财经委员会 2月23日下午 主持召开会议. */
#include "api/timeline.h"
#include "time/dates.h"

enum { LEFT_LEAST = 6 * 3 /* bytes of a label */, DAYS_MOST = 31 };

/* The bytes of the longest of `words` that `text` starts or ends with. */
static size_t longest(struct nq_str text, const struct nq_str *words, size_t n, bool at_end)
{
    size_t len = 0;
    for (size_t i = 0; i < n; i++)
        if (words[i].len > len &&
            (at_end ? nq_str_ends(text, words[i]) : nq_str_starts(text, words[i])))
            len = words[i].len;
    return len;
}

/* The start of what leads to the day that begins at `at`: 于, 自, 北京时间. */
static size_t lead_of(struct nq_str label, size_t at)
{
    static const struct nq_str words[] = {NQ_STR_INIT("于"), NQ_STR_INIT("自"), NQ_STR_INIT("从"),
                                          NQ_STR_INIT("当地时间"), NQ_STR_INIT("北京时间")};
    return at - longest(nq_str_sub(label, 0, at), words, NQ_COUNT(words), true);
}

/* Behind what goes with the day that ends at `at`: 下午, 9时, 起, （6月18日）. */
static size_t tail_of(struct nq_str label, size_t at)
{
    static const struct nq_str parts[] = {
        NQ_STR_INIT("上午"), NQ_STR_INIT("中午"), NQ_STR_INIT("下午"),
        NQ_STR_INIT("晚上"), NQ_STR_INIT("晚间"), NQ_STR_INIT("凌晨"),
        NQ_STR_INIT("清晨"), NQ_STR_INIT("傍晚"), NQ_STR_INIT("晚")};
    static const struct nq_str since[] = {NQ_STR_INIT("起")};
    static const struct nq_str open = NQ_STR_INIT("（"), close = NQ_STR_INIT("）");
    struct nq_str rest = nq_str_sub(label, at, label.len);
    size_t end = longest(rest, parts, NQ_COUNT(parts), false);
    if (nq_str_starts(nq_str_sub(rest, end, rest.len), open)) {
        size_t bracket = nq_str_find(rest, close, end);
        end = bracket < rest.len ? bracket + close.len : end;
    }
    end += longest(nq_str_sub(rest, end, rest.len), parts, NQ_COUNT(parts), false);
    end += longest(nq_str_sub(rest, end, rest.len), since, NQ_COUNT(since), false);
    return at + end;
}

/* Whether the words around [from, to) need what stands there: 6月18日的会议, 截至6月18日. */
static bool needed(struct nq_str label, size_t from, size_t to)
{
    static const struct nq_str behind[] = {NQ_STR_INIT("的"), NQ_STR_INIT("前"), NQ_STR_INIT("后"),
                                           NQ_STR_INIT("是"), NQ_STR_INIT("至"), NQ_STR_INIT("以"),
                                           NQ_STR_INIT("之"), NQ_STR_INIT("和"), NQ_STR_INIT("、"),
                                           NQ_STR_INIT("来"), NQ_STR_INIT("时"), NQ_STR_INIT("止"),
                                           NQ_STR_INIT("”"),  NQ_STR_INIT("》"), NQ_STR_INIT("）")};
    static const struct nq_str before[] = {NQ_STR_INIT("至"), NQ_STR_INIT("到"), NQ_STR_INIT("在"),
                                           NQ_STR_INIT("和"), NQ_STR_INIT("、"), NQ_STR_INIT("“"),
                                           NQ_STR_INIT("《"), NQ_STR_INIT("（")};
    return to == label.len ||
           longest(nq_str_sub(label, to, label.len), behind, NQ_COUNT(behind), false) > 0 ||
           longest(nq_str_sub(label, 0, from), before, NQ_COUNT(before), true) > 0;
}

/* Whether a day goes by a name, which says more than its date: 春节. */
static bool named(struct nq_str word)
{
    static const struct nq_str days[] = {NQ_STR_INIT("今"), NQ_STR_INIT("昨"), NQ_STR_INIT("前天"),
                                         NQ_STR_INIT("同日"), NQ_STR_INIT("当")};
    for (size_t i = 0; i < word.len; i++)
        if (word.ptr[i] >= '0' && word.ptr[i] <= '9')
            return false;
    return longest(word, days, NQ_COUNT(days), false) == 0;
}

/* Whether `d` is the time of the event. */
static bool is_its_time(const struct nq_date *d, const struct nq_timeline_event *e)
{
    return d->kind == NQ_DATE_INTERVAL && !d->titled && d->first == e->first && d->last == e->last;
}

/* Whether `d` says no more than the day of the event, or 近日. */
static bool says_when(const struct nq_date *d, const struct nq_timeline_event *e,
                      struct nq_str label)
{
    static const struct nq_str vague[] = {NQ_STR_INIT("日前"), NQ_STR_INIT("近日")};
    struct nq_str word = nq_str_sub(label, d->start, d->end);
    if (d->kind == NQ_DATE_VAGUE)
        return nq_str_eq(word, vague[0]) || nq_str_eq(word, vague[1]);
    return is_its_time(d, e) && !named(word) && d->last - d->first < DAYS_MOST &&
           d->precision != NQ_PRECISION_MONTH &&
           (d->bound == NQ_BOUND_NONE || d->bound == NQ_BOUND_SINCE);
}

static struct nq_str without(struct nq_timeline_job *j, struct nq_str label, size_t from, size_t to)
{
    static const struct nq_str comma = NQ_STR_INIT("，");
    struct nq_str rest = nq_str_sub(label, to, label.len);
    struct nq_buf buf = {0};
    if (from == 0 && nq_str_starts(rest, comma))
        rest = nq_str_sub(rest, comma.len, rest.len);
    nq_buf_add(&buf, nq_str_sub(label, 0, from));
    nq_buf_add(&buf, rest);
    j->nomem |= buf.failed;
    label = buf.len < LEFT_LEAST ? label : nq_arena_str(j->arena, nq_str_trim(nq_buf_str(&buf)));
    nq_buf_finish(&buf);
    return label;
}

/* `label`, which breaks off behind its time (…，力争年底前), with the next clause of its sentence.
 */
static struct nq_str with_deed(struct nq_str label, const struct nq_timeline_event *e,
                               const struct nq_date *d)
{
    enum { BOUND_MOST = 2 * 3 /* bytes of 前, 之前 */ };
    size_t at = nq_str_find(e->quote, label, 0), end = at + label.len;
    if (label.len - d->end > BOUND_MOST || at == SIZE_MAX || end >= e->quote.len)
        return label;
    do
        end++;
    while (end < e->quote.len && !nq_timeline_ends(e->quote, end, true));
    return nq_str_sub(e->quote, at, end);
}

/* A long target of a document, whose title stands beside it, from where its day is told:
 * 到2028年建成100个. */
static struct nq_str target_alone(struct nq_str label, const struct nq_timeline_event *e,
                                  const struct nq_date *d)
{
    enum { LONG = 45 * 3, LEAST = 10 * 3 };
    size_t from = d->start;
    if (e->kind != NQ_EVENT_MILESTONE || !e->document || label.len <= LONG)
        return label;
    while (from > 0 && !(from >= 3 && nq_timeline_ends(label, from - 3, true)))
        from--;
    return label.len - from < LEAST ? label : nq_str_sub(label, from, label.len);
}

struct nq_str nq_timeline_without_day(struct nq_timeline_job *j, struct nq_date_finder *finder,
                                      const struct nq_timeline_event *e)
{
    enum { MOST_DAYS = 8 }; /* of reports, from which 今天 and 18日 are counted */
    size_t looked = 0;
    for (size_t i = 0; i < e->n_coverage && looked < MOST_DAYS; i++) {
        if (i > 0 && e->coverage[i].report_day == e->coverage[i - 1].report_day)
            continue;
        looked++;
        if (!nq_dates_find(finder, e->label, e->coverage[i].report_day)) {
            j->nomem = true;
            break;
        }
        for (size_t k = 0; k < finder->n; k++) {
            const struct nq_date *d = &finder->dates[k];
            size_t from = lead_of(e->label, d->start), to = tail_of(e->label, d->end);
            if (says_when(d, e, e->label) && !needed(e->label, from, to))
                return without(j, e->label, from, to);
            if (is_its_time(d, e))
                return target_alone(with_deed(e->label, e, d), e, d);
        }
    }
    return e->label;
}
