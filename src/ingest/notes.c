/* Footnotes of plain text: lines at the foot of a page that begin with a mark (①, [1]) which stands
 * behind a word further up on the page.  They would part what goes on on the next page, so they
 * come at the end, below a heading of their own. */
#include "base/buf.h"
#include "ingest/names.h"
#include "ingest/number.h"
#include "ingest/page.h"
#include "ingest/scan.h"
#include "ingest/seam.h"

enum { MOST_LINES = 16 }; /* of the notes of a page */

/* The 1 of "1含补贴口径" and "1 含补贴口径": a raised number as plain text has it. */
static struct nq_str raised_number(struct nq_str text)
{
    enum { MOST_DIGITS = 2 };
    size_t n = 0;
    while (n < text.len && text.ptr[n] >= '0' && text.ptr[n] <= '9')
        n++;
    uint32_t cp = nq_scan_first(nq_str_trim(nq_str_sub(text, n, text.len)));
    bool word = (cp >= 0x3400 && cp < 0xA000) || cp == 0x300A || cp == 0x201C;
    return n > 0 && n <= MOST_DIGITS && word ? nq_str_sub(text, 0, n) : (struct nq_str){0};
}

/* The mark that a note begins with, or an absent slice. */
static struct nq_str mark_of(struct nq_str text)
{
    struct nq_number number;
    bool marked = nq_number_parse(text, &number) && number.len < text.len &&
                  (number.style == NQ_NUMBERING_CIRCLED || number.style == NQ_NUMBERING_SQUARE);
    return marked ? number.text : raised_number(text);
}

static bool is_circled(struct nq_str mark)
{
    return mark.len > 2 && mark.ptr[0] != '[' && !nq_str_starts(mark, NQ_STR("【")) &&
           !nq_str_starts(mark, NQ_STR("［")) && !nq_str_starts(mark, NQ_STR("〔"));
}

/* Whether `mark` stands behind a word or a quotation in `text`; behind other signs it counts. Below
 * a rule (`ruled`) a number behind a stop will do. */
static bool cites(struct nq_str text, struct nq_str mark, bool ruled)
{
    for (size_t at = 1; (at = nq_str_find(text, mark, at)) != SIZE_MAX; at++) {
        size_t start;
        uint32_t cp = nq_scan_last(nq_str_sub(text, 0, at), &start);
        bool han = cp >= 0x3400 && cp < 0xA000, closer = cp == 0x201D || cp == 0x300B;
        bool word = (cp >= '0' && cp <= '9') || ((cp | 32) >= 'a' && (cp | 32) <= 'z') || cp == '%';
        bool behind = han || closer || word || cp == 0xFF09 || cp == ')';
        if (behind && (mark.ptr[0] < '0' || mark.ptr[0] > '9'))
            return true;
        /* A raised number stands before a sign, or behind a stop; other numbers have units. */
        uint32_t next = nq_scan_first(nq_str_sub(text, at + mark.len, text.len));
        if (ruled && cp == 0x3002 && (next == 0 || (next >= 0x4E00 && next < 0xA000)))
            return true;
        if (behind && !word && (next == 0x3002 || next == 0xFF0C || next == 0xFF1B))
            return true;
    }
    return false;
}

static bool is_cited(const struct nq_lines *lines, size_t low, size_t high, struct nq_str mark)
{
    bool ruled = lines->items[high].cut;
    for (size_t i = low; i < high; i++)
        if (!lines->items[i].dropped && cites(lines->items[i].text, mark, ruled))
            return true;
    return false;
}

/* Whether line i, of a mark in a circle, stands in the list of references that begins on its page:
 * nothing but such marks stand between. */
static bool is_listed(const struct nq_lines *lines, size_t low, size_t i)
{
    bool all = true;
    while (i-- > low) {
        const struct nq_line *line = &lines->items[i];
        if (line->dropped)
            continue;
        if (nq_role_of(line->text) == NQ_ROLE_REFERENCES)
            return all;
        all &= is_circled(mark_of(line->text));
    }
    return false;
}

/* The first line of the notes of the page [low, high), or `high`.  Where the references begin on it
 * marks in square brackets are theirs. */
static size_t first_note(const struct nq_lines *lines, size_t low, size_t high, bool references)
{
    size_t first = high;
    for (size_t i = high, n = 0; i-- > low + 1 && n < MOST_LINES; n++) {
        const struct nq_line *line = &lines->items[i];
        if (line->dropped)
            continue;
        if (line->level || nq_role_of(line->text) != NQ_ROLE_NONE)
            break;
        struct nq_str mark = mark_of(line->text);
        if (mark.ptr && (!references || is_circled(mark)) && is_cited(lines, low, i, mark))
            first = i;
    }
    if (references && first < high && is_listed(lines, low, first))
        return high;
    enum { FEW = 4 };
    bool apart = first < high && (lines->items[first].blank || lines->items[first].cut);
    return apart || high - first <= FEW ? first : high;
}

/* Adds lines [low, high), of which each note begins with a mark, to `out` as a line a note. */
static bool add_notes(struct nq_arena *arena, const struct nq_lines *lines, size_t low, size_t high,
                      struct nq_lines *out)
{
    struct nq_buf text = {0};
    for (size_t i = low; i < high;) {
        struct nq_line note = lines->items[i++];
        if (note.dropped)
            continue;
        text.len = 0;
        nq_seam_append(&text, note.text);
        for (; i < high && !mark_of(lines->items[i].text).ptr; i++)
            if (!lines->items[i].dropped)
                nq_seam_append(&text, lines->items[i].text);
        note.text = nq_arena_str(arena, nq_buf_str(&text));
        note.width = (uint32_t)nq_scan_width(note.text);
        note.alone = true;
        note.page = false;
        out->items[out->n++] = note;
    }
    bool ok = !text.failed && !nq_arena_failed(arena);
    nq_buf_finish(&text);
    return ok;
}

/* The end of the page that line `low` stands on: the next line that begins one. */
static size_t page_end(const struct nq_lines *lines, size_t low)
{
    size_t i = low + 1;
    while (i < lines->n && (lines->items[i].dropped || !lines->items[i].page))
        i++;
    return i;
}

bool nq_page_move_notes(struct nq_arena *arena, struct nq_arena *scratch, struct nq_lines *lines)
{
    struct nq_lines notes = {0}, rest = {.marked = lines->marked};
    bool ok = true, references = false; /* the last ones begin on an earlier page */
    if (lines->n == 0 || page_end(lines, 0) == lines->n)
        return true;
    notes.items = nq_arena_array(scratch, lines->n, sizeof *notes.items);
    rest.items = nq_arena_array(scratch, lines->n + 1, sizeof *rest.items);
    if (!notes.items || !rest.items)
        return false;
    for (size_t low = 0, high; low < lines->n && ok; low = high) {
        high = page_end(lines, low);
        bool here = false;
        for (size_t i = low; i < high; i++)
            here |= nq_role_of(lines->items[i].text) == NQ_ROLE_REFERENCES;
        size_t first = references ? high : first_note(lines, low, high, here);
        references |= here;
        memcpy(rest.items + rest.n, lines->items + low, (first - low) * sizeof *rest.items);
        rest.n += first - low;
        ok = add_notes(arena, lines, first, high, &notes);
    }
    if (notes.n == 0 || !ok)
        return ok;
    rest.items[rest.n++] =
        (struct nq_line){.text = NQ_STR("脚注"), .width = 4, .blank = true, .cut = true};
    memcpy(rest.items + rest.n, notes.items, notes.n * sizeof *rest.items);
    rest.n += notes.n;
    *lines = rest;
    return true;
}
