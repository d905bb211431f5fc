/* The dates and events of a text as nqtext prints them.  Offsets count code points. */
#include "output/extract_json.h"

#include "output/output.h"

#include <string.h>

/* Code points of s[0, end); `*at` and `*count` go on from the call before, so that a line is walked
 * over once. */
static size_t code_points(struct nq_str s, size_t end, size_t *at, size_t *count)
{
    if (end < *at)
        *at = *count = 0;
    for (; *at < end; ++*at)
        *count += ((unsigned char)s.ptr[*at] & 0xC0) != 0x80;
    return *count;
}

static const char *const precisions[] = {"day", "month", "quarter", "year", "range"};
static const char *const bounds[] = {NULL, "by", "before", "until", "since", "after", "about"};

const char *nq_precision_name(enum nq_precision precision)
{
    return precisions[precision];
}

static json_t *date_json(struct nq_str text, const struct nq_date *d, size_t *at, size_t *count)
{
    struct nq_str s = {text.ptr + d->start, d->end - d->start};
    size_t start = code_points(text, d->start, at, count);
    size_t end = code_points(text, d->end, at, count);
    json_t *o = json_pack("{s:o, s:I, s:I}", "text", nq_json_str(s), "start", (json_int_t)start,
                          "end", (json_int_t)end);
    if (!o || d->first == NQ_NO_DAY)
        return o;
    json_object_set_new(o, "precision", json_string(precisions[d->precision]));
    json_object_set_new(o, "date", nq_json_day(d->first));
    json_object_set_new(o, "date_end", nq_json_day(d->last));
    json_object_set_new(o, "bound", d->bound ? json_string(bounds[d->bound]) : json_null());
    return o;
}

json_t *nq_dates_json(struct nq_str text, const struct nq_date *dates, size_t n)
{
    json_t *lists[4];
    size_t at = 0, count = 0;
    for (int i = 0; i < 4; i++)
        lists[i] = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(lists[dates[i].kind], date_json(text, &dates[i], &at, &count));
    return json_pack("{s:o, s:o, s:o, s:o, s:o}", "text", nq_json_str(text), "dates",
                     lists[NQ_DATE_INTERVAL], "open", lists[NQ_DATE_OPEN], "vague",
                     lists[NQ_DATE_VAGUE], "invalid", lists[NQ_DATE_INVALID]);
}

json_t *nq_events_json(struct nq_str text, const struct nq_event *events, size_t n)
{
    json_t *array = json_array();
    size_t at = 0, count = 0;
    for (size_t i = 0; i < n; i++) {
        const struct nq_event *e = &events[i];
        size_t start = code_points(text, e->start, &at, &count);
        size_t end = code_points(text, e->end, &at, &count);
        json_array_append_new(
            array, json_pack("{s:o, s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:I, s:I, s:b}", "date",
                             nq_json_day(e->first), "date_end",
                             e->last == e->first ? json_null() : nq_json_day(e->last), "precision",
                             precisions[e->precision], "kind",
                             e->kind == NQ_EVENT_PAST ? "past" : "milestone", "actor",
                             nq_json_str(e->actor), "action", nq_json_str(e->action), "document",
                             nq_json_str(e->document), "quote", nq_json_str(e->quote), "start",
                             (json_int_t)start, "end", (json_int_t)end, "undated", e->undated));
    }
    return json_pack("{s:o, s:o}", "text", nq_json_str(text), "events", array);
}
