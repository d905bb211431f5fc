/* How the lines of a text are broken: at a fixed width, or only at paragraphs.
 *
 * Wrapped text shows in a histogram of its lines' widths: many lines end within a few columns of
 * one another (many of all, or most of those that end within a sentence), hardly any is wider, and
 * the next line follows without a gap. */
#include "ingest/layout.h"
#include "ingest/scan.h"

enum {
    NARROWEST = 30, /* columns that text is wrapped at */
    WIDEST = 140,
    RAGGED = 8,   /* columns by which wrapped lines differ: a sign that may not begin a line, or
                     the rest of a word */
    FEWEST = 4,   /* full lines, to speak of a wrap */
    INDENT = 2,   /* columns that make an indent */
    DEEPEST = 10, /* beyond this it is centred or a table */
};

struct histogram {
    size_t lines, wider, torn; /* torn: no sentence ends with it, and the next line follows */
    size_t full[WIDEST + 1];   /* lines of this width, and those of them the next line follows */
    size_t followed[WIDEST + 1];
};

static bool is_text(const struct nq_line *line)
{
    return !line->dropped && !line->level;
}

static void count(const struct nq_lines *lines, struct histogram *h)
{
    for (size_t i = 0; i < lines->n; i++) {
        const struct nq_line *line = &lines->items[i];
        if (!is_text(line) || line->alone || line->width < NARROWEST / 2)
            continue;
        h->lines++;
        size_t width = line->width + (line->indent <= DEEPEST ? line->indent : 0u);
        if (width > WIDEST) {
            h->wider++;
            continue;
        }
        h->full[width]++;
        bool torn =
            i + 1 < lines->n && !line[1].blank && !line[1].bullet && !nq_scan_ended(line->text);
        h->followed[width] += torn;
        h->torn += torn && width >= NARROWEST && line->indent <= DEEPEST;
    }
}

/* The width that the text is wrapped at, or 0. */
static size_t wrap_columns(const struct histogram *h)
{
    size_t best = 0, best_count = 0, beyond = h->wider;
    for (size_t w = WIDEST; w >= NARROWEST; w--) {
        size_t n = 0, followed = 0;
        for (size_t v = w - RAGGED; v <= w; v++) {
            n += h->full[v];
            followed += h->followed[v];
        }
        bool many = n >= FEWEST && n * 10 >= h->lines * 3 && followed * 2 >= n;
        bool most = followed >= FEWEST && followed * 3 >= n && followed * 5 >= h->torn * 4;
        if (h->full[w] && (many || most) && beyond * 25 <= h->lines && n > best_count) {
            best = w;
            best_count = n;
        }
        beyond += h->full[w];
    }
    return best;
}

/* The indent that most lines have which go on from a full one. */
static size_t margin_of(const struct nq_lines *lines, size_t columns)
{
    size_t counts[DEEPEST * 4 + 1] = {0}, best = 0;
    for (size_t i = 1; i < lines->n; i++) {
        const struct nq_line *line = &lines->items[i];
        if (is_text(line) && !line->blank && line->indent <= DEEPEST * 4 &&
            line[-1].width + line[-1].indent + RAGGED >= columns)
            counts[line->indent]++;
    }
    for (size_t i = 0; i <= DEEPEST * 4; i++)
        if (counts[i] > counts[best])
            best = i;
    return best;
}

static bool is_numbered_item(struct nq_str text)
{
    struct nq_number number;
    unsigned char c = (unsigned char)text.ptr[0];
    return ((c >= '0' && c <= '9') || c == '[' || c == 0xE2) && nq_number_parse(text, &number) &&
           number.style >= NQ_NUMBERING_DECIMAL;
}

/* Whether an empty line stands behind nearly each short line of a wrapped text, and hardly behind
 * full ones: then it stands between paragraphs, though there are few of them. */
static bool parted_by_blanks(const struct nq_lines *lines, size_t columns)
{
    enum { FEW = 4 };
    size_t ends = 0, gaps = 0, full = 0, full_gaps = 0;
    for (size_t i = 1; i < lines->n; i++) {
        const struct nq_line *last = &lines->items[i - 1], *line = last + 1;
        if (!is_text(last) || !is_text(line) || last->alone || line->alone || line->bullet ||
            line->page)
            continue;
        bool is_short = last->width + last->indent + RAGGED < columns;
        ends += is_short;
        gaps += is_short && line->blank;
        full += !is_short;
        full_gaps += !is_short && line->blank;
    }
    return ends >= FEW && gaps * 5 >= ends * 4 && full_gaps * 5 <= full;
}

struct nq_wrap nq_wrap_measure(const struct nq_lines *lines)
{
    struct histogram h = {0};
    struct nq_wrap wrap = {0};
    size_t text = 0, indented = 0, blank = 0, bullets = 0, stops = 0;
    count(lines, &h);
    wrap.columns = wrap_columns(&h);
    wrap.margin = wrap.columns ? margin_of(lines, wrap.columns) : 0;
    for (size_t i = 0; i < lines->n; i++) {
        const struct nq_line *line = &lines->items[i];
        if (!is_text(line))
            continue;
        text++;
        blank += line->blank;
        indented += !line->bullet && line->indent >= wrap.margin + INDENT &&
                    line->indent <= wrap.margin + DEEPEST;
        bool item = line->bullet || is_numbered_item(line->text);
        bullets += item;
        stops += item && nq_scan_ended(line->text);
    }
    wrap.indented = indented >= 2 && indented * 12 >= text;
    wrap.blank = (blank * 4 >= text && blank >= 2) || parted_by_blanks(lines, wrap.columns);
    wrap.list_stops = bullets > 0 && stops * 2 >= bullets;
    return wrap;
}
