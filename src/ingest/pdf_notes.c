/* Footnotes of a PDF: what stands below the running text of its page in smaller type, and begins
 * with a mark.  They would part sentences that go on on the next page, so they come at the end. */
#include "ingest/pdf_page.h"

#include "base/buf.h"
#include "ingest/names.h"
#include "ingest/number.h"
#include "ingest/scan.h"
#include "ingest/seam.h"

static const double smaller = 0.93;

/* 1 …, ① …, [1] …, * …: the bytes of the mark, or 0. */
static size_t mark_len(struct nq_str text)
{
    struct nq_number number;
    size_t digits = 0;
    while (digits < text.len && digits < 3 && text.ptr[digits] >= '0' && text.ptr[digits] <= '9')
        digits++;
    if (nq_number_parse(text, &number))
        return number.len;
    if (digits > 0 && digits < 3 && digits < text.len)
        return digits;
    return text.len > 1 && text.ptr[0] == '*' ? 1 : 0;
}

/* Takes the notes among the lines [low, high) of a page, whose running text has type of `em`. */
static bool take_page(struct nq_pdf_lines *lines, size_t low, size_t high, double em)
{
    double bottom = 0;
    bool any = false;
    for (size_t i = low; i < high; i++)
        if (lines->items[i].em >= em * smaller && lines->items[i].bottom > bottom &&
            !nq_is_page_number(lines->items[i].text, true))
            bottom = lines->items[i].bottom;
    for (size_t i = low; i < high; i++) {
        struct nq_pdf_line *line = &lines->items[i];
        bool below = bottom > 0 && line->top >= bottom && line->em < em * smaller &&
                     !nq_is_page_number(line->text, true);
        bool goes_on = any && i > low && line[-1].note && line[-1].block == line->block;
        line->note = below && (mark_len(line->text) > 0 || goes_on);
        line->taken = line->note;
        any |= line->note;
    }
    return any;
}

bool nq_pdf_take_notes(struct nq_pdf_lines *lines, double em)
{
    bool any = false;
    for (size_t low = 0, high; low < lines->n; low = high) {
        for (high = low; high < lines->n && lines->items[high].page == lines->items[low].page;)
            high++;
        any |= take_page(lines, low, high, em);
    }
    return any;
}

bool nq_pdf_add_notes(const struct nq_pdf_lines *lines, struct nq_line_builder *b)
{
    struct nq_buf text = {0};
    struct nq_line line = {.alone = true};
    b->blank = b->cut = true;
    nq_line_add(b, NQ_STR("脚注"), (struct nq_line){.strong = true});
    for (size_t i = 0; i < lines->n; i++) {
        const struct nq_pdf_line *note = &lines->items[i];
        if (!note->note)
            continue;
        size_t mark = mark_len(note->text);
        if (mark > 0) {
            nq_line_add(b, nq_buf_str(&text), line);
            text.len = 0;
            line.page_number = note->page;
        }
        nq_seam_append(&text, note->text);
    }
    nq_line_add(b, nq_buf_str(&text), line);
    bool ok = !text.failed;
    nq_buf_finish(&text);
    return ok;
}
