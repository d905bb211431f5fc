/* Reads bytes as the file of a name and looks at every byte that comes of it. */
#ifndef NQ_TESTS_TOUCH_H
#define NQ_TESTS_TOUCH_H

#include <nqsearch.h>

#include "fuzz.h"

/* Reads every byte of a slice, so that one that points nowhere is found. */
static uint64_t touch(struct nq_str s)
{
    uint64_t sum = 0;
    for (size_t i = 0; s.ptr && i < s.len; i++)
        sum += (unsigned char)s.ptr[i];
    return sum;
}

static uint64_t touch_report(const struct nq_report *r)
{
    uint64_t sum = touch(r->key) + touch(r->title) + touch(r->publisher) + touch(r->source) +
                   touch(r->url) + touch(r->abstract);
    for (size_t i = 0; i < r->n_sections; i++) {
        sum += touch(r->sections[i].number) + touch(r->sections[i].heading);
        for (size_t k = 0; k < r->sections[i].n_paragraphs; k++)
            sum += touch(r->sections[i].paragraphs[k]);
    }
    for (size_t i = 0; i < r->n_references; i++) {
        const struct nq_reference *ref = &r->references[i];
        sum += touch(ref->source) + touch(ref->title) + touch(ref->date) + touch(ref->purpose) +
               touch(ref->raw);
        if ((ref->day == NQ_NO_DAY) != (ref->day_end == NQ_NO_DAY) || ref->day > ref->day_end)
            abort();
    }
    return sum;
}

static void read_as(const char *name, const uint8_t *data, size_t size)
{
    uint64_t sum = 0;
    struct nq_reports *reports = NULL;
    struct nq_str text = {(const char *)data, size};
    if (nq_reports_read(name, text, NULL, NULL, &reports, NULL) != NQ_OK)
        return;
    for (size_t k = 0; k < reports->n_items; k++)
        sum += touch_report(&reports->items[k]);
    volatile uint64_t sink = sum; /* so that the reading is not optimised away */
    (void)sink;
    nq_reports_destroy(reports);
}

#endif
