/* Dates, events and titles of any bytes: in order, within the text, with days that the calendar has
 * and intervals that end after they begin; the same a second time. */
#include <string.h>

#include "fuzz.h"
#include "text/title.h"
#include "time/day.h"

#include <nqsearch.h>

static void check_days(int32_t first, int32_t last)
{
    char day[11];
    fuzz_check(first <= last);
    fuzz_check(*nq_day_format(first, day) && *nq_day_format(last, day));
}

static void check_dates(const struct nq_date *dates, size_t n, size_t size)
{
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        const struct nq_date *d = &dates[i];
        fuzz_check(d->start >= at && d->start < d->end && d->end <= size);
        at = d->end;
        if (d->kind == NQ_DATE_INTERVAL || d->kind == NQ_DATE_OPEN)
            check_days(d->first, d->last);
        else
            fuzz_check(d->first == NQ_NO_DAY && d->last == NQ_NO_DAY);
    }
}

static void check_events(struct nq_str text, const struct nq_event *events, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct nq_event *e = &events[i];
        fuzz_check(e->start < e->end && e->end <= text.len);
        fuzz_check(e->quote.ptr == text.ptr + e->start && e->quote.len == e->end - e->start);
        check_days(e->first, e->last);
    }
}

/* The identity of a title: the same a second time. */
static void check_title(struct nq_str title)
{
    struct nq_folded scratch = {0};
    struct nq_buf key = {0}, again = {0};
    enum nq_title_stage stage, stage2;
    nq_title_cut(title);
    fuzz_check(nq_title_key(title, &scratch, &key, &stage));
    fuzz_check(nq_title_key(title, &scratch, &again, &stage2));
    fuzz_check(stage == stage2 && nq_str_eq(nq_buf_str(&key), nq_buf_str(&again)));
    nq_folded_finish(&scratch);
    nq_buf_finish(&key);
    nq_buf_finish(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct nq_extractor *extractor; /* the process's own; opened once */
    static const int32_t references[] = {NQ_NO_DAY, 20625, -719162, 2932896};
    struct nq_str text = {(const char *)data, size};
    const struct nq_date *dates;
    const struct nq_event *events;
    size_t n, again;
    if (!extractor)
        fuzz_check(nq_extractor_open(&extractor, NULL) == NQ_OK);
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        fuzz_check(nq_extract_dates(extractor, text, references[i], &dates, &n, NULL) == NQ_OK);
        check_dates(dates, n, size);
        fuzz_check(nq_extract_dates(extractor, text, references[i], &dates, &again, NULL) == NQ_OK);
        fuzz_check(n == again);
        fuzz_check(nq_extract_events(extractor, text, references[i], NQ_EXTRACT_UNDATED, &events,
                                     &n, NULL) == NQ_OK);
        check_events(text, events, n);
    }
    check_title(text);
    return 0;
}
