/* What a report is called, who published it and when: from its title page, what the file says of
 * itself, who signed it and the file's name, in this order (a date of the file's own comes first).
 */
#include "ingest/names.h"
#include "ingest/report.h"
#include "ingest/title_line.h"
#include "time/day.h"

/* A date that stands alone near the end, where a notice is signed, and who stands above it. */
static int32_t signed_day(const struct nq_blocks *blocks, struct nq_str *by)
{
    enum { LAST_BLOCKS = 8 };
    for (size_t i = blocks->n, n = 0; i-- > 0 && n < LAST_BLOCKS; n++) {
        struct nq_printed_date date;
        struct nq_str rest = blocks->items[i].text, text;
        if (!nq_title_cell(&rest, &text))
            continue;
        size_t len = nq_printed_date(text, NQ_NO_DAY, false, &date);
        if (blocks->items[i].bullet || len < text.len || strlen(date.iso) < 10)
            continue;
        if (i > 0 && nq_is_organisation(blocks->items[i - 1].text))
            *by = blocks->items[i - 1].text;
        return date.first;
    }
    return NQ_NO_DAY;
}

static int32_t day_in(struct nq_str text)
{
    struct nq_printed_date date;
    size_t start;
    bool found = nq_printed_date_find(text, &start, &date) > 0 ||
                 nq_printed_date(text, NQ_NO_DAY, false, &date) > 0; /* 2024-11 月报 */
    return found ? date.first : NQ_NO_DAY;
}

static int32_t day_of_name(struct nq_str name)
{
    for (size_t i = name.len; i-- > 0;)
        if (name.ptr[i] == '/')
            return day_in(nq_str_sub(name, i + 1, name.len));
    return day_in(name);
}

void nq_report_fill_head(struct nq_arena *arena, const struct nq_blocks *blocks,
                         const struct nq_head *head, const struct nq_front *front,
                         struct nq_str name, struct nq_report *out)
{
    out->title = head->title.ptr ? nq_title_unspaced(arena, head->title) : front->title;
    out->publisher = head->publisher.ptr ? head->publisher : front->publisher;
    out->source = front->source;
    out->url = front->url;
    if (nq_str_eq(front->kind, NQ_STR("reference")))
        out->kind = NQ_KIND_REFERENCE;
    out->day = front->date.ptr ? day_in(front->date) : NQ_NO_DAY;
    if (out->day == NQ_NO_DAY)
        out->day = head->day;
    if (out->day == NQ_NO_DAY && out->title.ptr)
        out->day = day_in(out->title);
    struct nq_str signer = {0};
    int32_t day = signed_day(blocks, &signer);
    if (out->day == NQ_NO_DAY)
        out->day = day;
    if (!out->publisher.ptr)
        out->publisher = signer;
    if (out->day == NQ_NO_DAY && name.ptr)
        out->day = day_of_name(name);
    if (out->day == NQ_NO_DAY && front->written.ptr)
        out->day = day_in(front->written);
}
