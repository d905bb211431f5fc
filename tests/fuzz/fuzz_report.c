/* Feeds bytes to every reader that nq_reports_read has: as text, as Markdown, as records. */
#include <nqsearch.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"a.txt", "2024-02-30.md", "a.jsonl"};
    static volatile uint64_t sink; /* so that the reading is not optimised away */
    uint64_t sum = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct nq_reports *reports = NULL;
        struct nq_str text = {(const char *)data, size};
        if (nq_reports_read(names[i], text, NULL, NULL, &reports, NULL) != NQ_OK)
            continue;
        for (size_t k = 0; k < reports->n_items; k++)
            sum += touch_report(&reports->items[k]);
        nq_reports_destroy(reports);
    }
    sink = sum;
    (void)sink;
    return 0;
}
