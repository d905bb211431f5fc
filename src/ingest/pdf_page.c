/* Pages of a PDF become lines: see pdf_page.h.  All that is decided here is geometry; what a line
 * is follows from it in layout repair as for text. */
#include "ingest/pdf_page.h"

#include "base/buf.h"
#include "ingest/layout.h"
#include "ingest/scan.h"
#include "ingest/seam.h"

enum {
    MOST_ON_PAGE = 600, /* lines: beyond this nothing is looked at side by side */
    HALF_POINTS = 200,  /* sizes of type that are told apart */
    FIRST_LINES = 10,   /* where a title stands */
    WIDEST_STRONG = 90, /* columns of a heading in larger type */
};

static const double larger = 1.12, title_size = 1.25, gap_of_paragraph = 1.35;

/* What is usual in a document. */
struct measure {
    double em;          /* of running text */
    double left, right; /* the edges of running text */
    double pitch;       /* from line to line */
    double largest;     /* type among the first lines */
    bool titled;        /* a line in it was seen */
};

/* Gives lines without Han the em that others of their height have. */
static void fill_em(struct nq_pdf_lines *lines)
{
    double em = 0, heights = 0;
    for (size_t i = 0; i < lines->n; i++)
        if (lines->items[i].em > 0) {
            em += lines->items[i].em;
            heights += nq_pdf_height(&lines->items[i]);
        }
    double ratio = heights > 0 ? em / heights : 0.8;
    for (size_t i = 0; i < lines->n; i++)
        if (lines->items[i].em <= 0)
            lines->items[i].em = nq_pdf_height(&lines->items[i]) * ratio;
    for (size_t i = 0; i < lines->n; i++)
        if (!(lines->items[i].em > 1))
            lines->items[i].em = 1;
}

/* A font may claim more room above and below its signs than lines have between them, so that lines
 * that follow one another seem to stand side by side: boxes become as high as type is. */
static void fit_boxes(struct nq_pdf_lines *lines)
{
    static const double highest = 1.5, usual = 1.2; /* in ems */
    for (size_t i = 0; i < lines->n; i++) {
        struct nq_pdf_line *line = &lines->items[i];
        double middle = nq_pdf_middle(line);
        if (nq_pdf_height(line) <= line->em * highest)
            continue;
        line->top = middle - line->em * usual / 2;
        line->bottom = middle + line->em * usual / 2;
    }
}

/* Puts the lines [low, high) of a page in order from above: pdftotext puts blocks that begin
 * further left before what is centred above them. */
static void order_lines(struct nq_pdf_lines *lines, size_t low, size_t high)
{
    for (size_t i = low + 1; i < high; i++) {
        struct nq_pdf_line line = lines->items[i];
        size_t at = i;
        for (; at > low; at--) {
            const struct nq_pdf_line *before = &lines->items[at - 1];
            double em = line.em < before->em ? line.em : before->em;
            if (nq_pdf_middle(&line) > nq_pdf_middle(before) - em / 2)
                break;
            lines->items[at] = *before;
        }
        lines->items[at] = line;
    }
}

/* The size of type that most of the text has. */
static double body_em(const struct nq_pdf_lines *lines)
{
    double columns[HALF_POINTS] = {0};
    size_t best = 0;
    for (size_t i = 0; i < lines->n; i++) {
        double halves = lines->items[i].em * 2 + 0.5;
        size_t slot = halves < HALF_POINTS ? (size_t)halves : HALF_POINTS - 1;
        columns[slot] += (double)nq_scan_width(lines->items[i].text);
        best = columns[slot] > columns[best] ? slot : best;
    }
    return best > 0 ? (double)best / 2 : 1;
}

static bool is_body(const struct nq_pdf_line *line, double em)
{
    return line->em > em * 0.9 && line->em < em * 1.1;
}

/* The distance of lines that are most often so far apart: those below a line that goes to the right
 * edge, which go on with it, or (`any`) all; 0 where there are none. */
static double usual_pitch(const struct nq_pdf_lines *lines, const struct measure *m, bool any)
{
    enum { PITCHES = 100 };
    static const double edge = 3; /* in ems */
    size_t pitches[PITCHES] = {0}, best = 0;
    for (size_t i = 0; i + 1 < lines->n; i++) {
        const struct nq_pdf_line *line = &lines->items[i], *next = line + 1;
        double pitch = next->block == line->block ? next->top - line->top : 0;
        if (!is_body(line, m->em) || (!any && line->right < m->right - m->em * edge) ||
            !(pitch > m->em * 0.9) || pitch >= PITCHES - 1)
            continue;
        size_t slot = (size_t)(pitch + 0.5);
        pitches[slot]++;
        best = pitches[slot] > pitches[best] ? slot : best;
    }
    return (double)best;
}

static struct measure measure_lines(const struct nq_pdf_lines *lines)
{
    size_t long_lines = 0;
    struct measure m = {.em = body_em(lines), .left = 1e6};
    for (size_t i = 0; i < lines->n; i++) {
        const struct nq_pdf_line *line = &lines->items[i];
        if (i < FIRST_LINES && line->page == lines->items[0].page && line->em > m.largest)
            m.largest = line->em;
        if (!is_body(line, m.em))
            continue;
        m.right = line->right > m.right ? line->right : m.right;
        bool is_long = line->right - line->left > lines->page_width * 0.4;
        long_lines += is_long;
        if (is_long && line->left < m.left)
            m.left = line->left;
    }
    for (size_t i = 0; long_lines == 0 && i < lines->n; i++)
        if (lines->items[i].left < m.left)
            m.left = lines->items[i].left;
    m.pitch = usual_pitch(lines, &m, false);
    if (!(m.pitch > 0))
        m.pitch = usual_pitch(lines, &m, true);
    if (!(m.pitch > 0))
        m.pitch = m.em * 1.5;
    return m;
}

static bool is_number(struct nq_str s)
{
    enum { LONGEST = 4 };
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return s.len > 0 && s.len <= LONGEST;
}

/* The cells of the row that line i begins, from left to right; they are taken. */
static size_t row_of(struct nq_pdf_lines *lines, size_t i, size_t high, size_t *cells, size_t most)
{
    size_t n = 0;
    cells[n++] = i;
    for (size_t k = i + 1; k < high && n < most; k++) {
        if (lines->items[k].taken || !nq_pdf_beside(&lines->items[i], &lines->items[k]))
            continue;
        size_t at = n++;
        for (; at > 0 && lines->items[cells[at - 1]].left > lines->items[k].left; at--)
            cells[at] = cells[at - 1];
        cells[at] = k;
        lines->items[k].taken = true;
    }
    return n;
}

/* Fills the fields that geometry decides. */
static struct nq_line line_of(const struct nq_pdf_lines *lines, struct measure *m, size_t i,
                              struct nq_line_builder *b)
{
    const struct nq_pdf_line *line = &lines->items[i], *last = i > 0 ? line - 1 : NULL;
    double half = line->em / 2, indent = (line->left - m->left) / half;
    double width = (line->right - line->left) / half;
    bool page = last && last->page != line->page;
    struct nq_line out = {.page_number = line->page};
    out.width = width > 0 && width < 1e4 ? (uint32_t)(width + 0.5) : 1;
    out.indent = indent > 0.5 && indent < 1000 ? (uint16_t)(indent + 0.5) : 0;
    b->page |= page;
    bool apart = last && line->top - last->top > m->pitch * gap_of_paragraph;
    b->blank |= last && !page && (apart || (last->block != line->block && line->top < last->top));
    if (line->em >= m->em * larger && out.width <= WIDEST_STRONG) {
        bool title = i < FIRST_LINES && line->page == lines->items[0].page &&
                     line->em >= m->largest && line->em >= m->em * title_size;
        out.level = title && !m->titled;
        m->titled |= title;
        out.strong = true;
    }
    return out;
}

/* Whether line i goes on with a heading in larger type. */
static bool heading_goes_on(const struct nq_pdf_lines *lines, const struct measure *m, size_t i)
{
    const struct nq_pdf_line *line = &lines->items[i], *last = line - 1;
    double difference = line->em - last->em;
    return i > 0 && line->em >= m->em * larger && line->block == last->block && !line->taken &&
           difference < 0.3 && difference > -0.3 &&
           last->right - last->left > (m->right - m->left) * 0.6;
}

/* 结　语: whether each cell is one character of a heading that is spaced out. */
static bool is_spaced_out(const struct nq_pdf_lines *lines, const size_t *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct nq_str text = lines->items[cells[i]].text;
        size_t start;
        if (!nq_scan_is_wide(nq_scan_last(text, &start)) || start > 0)
            return false;
    }
    return true;
}

static void add_row(struct nq_pdf_lines *lines, struct measure *m, const size_t *cells, size_t n,
                    struct nq_line_builder *b, struct nq_buf *text)
{
    const struct nq_pdf_line *last = &lines->items[cells[n - 1]];
    struct nq_str first = lines->items[cells[0]].text;
    struct nq_number number;
    bool entry = n == 2 && is_number(last->text); /* of the contents, and its page */
    bool item = n == 2 && (nq_line_is_bullet(first) ||
                           (nq_number_parse(first, &number) && number.len == first.len));
    struct nq_line line = line_of(lines, m, cells[0], b);
    line.bullet = item && nq_line_is_bullet(first);
    bool spaced = is_spaced_out(lines, cells, n);
    text->len = 0;
    for (size_t i = line.bullet; i < n; i++) {
        if (i > line.bullet)
            nq_buf_add(text, entry ? NQ_STR("\t") : item || spaced ? NQ_STR(" ") : NQ_STR(" | "));
        nq_buf_add(text, lines->items[cells[i]].text);
    }
    line.width = 0;
    line.alone = !entry && !item && !spaced;
    line.level = 0;
    line.strong = false;
    nq_line_add(b, nq_buf_str(text), line);
}

/* Adds the lines [low, high) of one page. */
static void add_page(struct nq_pdf_lines *lines, struct measure *m, size_t low, size_t high,
                     struct nq_line_builder *b, struct nq_buf *text)
{
    enum { MOST_CELLS = 32 };
    size_t cells[MOST_CELLS];
    bool columns = high - low <= MOST_ON_PAGE && nq_pdf_has_columns(lines, low, high);
    bool rows = high - low <= MOST_ON_PAGE && !columns;
    if (columns)
        nq_pdf_order_columns(b->scratch, lines, low, high);
    else if (rows)
        order_lines(lines, low, high);
    for (size_t i = low; i < high; i++) {
        if (lines->items[i].taken)
            continue;
        size_t n = rows ? row_of(lines, i, high, cells, MOST_CELLS) : 1;
        if (n > 1) {
            add_row(lines, m, cells, n, b, text);
            continue;
        }
        struct nq_line line = line_of(lines, m, i, b);
        text->len = 0;
        nq_buf_add(text, lines->items[i].text);
        while (i + 1 < high && heading_goes_on(lines, m, i + 1))
            nq_seam_append(text, lines->items[++i].text);
        nq_line_add(b, nq_buf_str(text), line);
    }
}

bool nq_pdf_pages(struct nq_pdf_lines *lines, struct nq_line_builder *b)
{
    struct nq_buf text = {0};
    if (lines->n == 0)
        return true;
    fill_em(lines);
    fit_boxes(lines);
    struct measure m = measure_lines(lines);
    bool notes = nq_pdf_take_notes(lines, m.em);
    for (size_t low = 0; low < lines->n;) {
        size_t high = low;
        while (high < lines->n && lines->items[high].page == lines->items[low].page)
            high++;
        add_page(lines, &m, low, high, b, &text);
        low = high;
    }
    if (notes && !nq_pdf_add_notes(lines, b))
        return nq_buf_finish(&text), false;
    b->out->marked = false; /* the size of type is no mark of the author's */
    bool ok = !text.failed;
    nq_buf_finish(&text);
    return ok;
}
