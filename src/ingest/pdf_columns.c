/* Columns of a PDF's page: see pdf_page.h.  pdftotext knows wide gutters; where a narrow one makes
 * one block of two columns, its lines alternate between them. */
#include "ingest/pdf_page.h"

#include "ingest/scan.h"

#include <math.h>
#include <stdlib.h>

bool nq_pdf_beside(const struct nq_pdf_line *a, const struct nq_pdf_line *b)
{
    double top = a->top > b->top ? a->top : b->top;
    double bottom = a->bottom < b->bottom ? a->bottom : b->bottom;
    double least = nq_pdf_height(a) < nq_pdf_height(b) ? nq_pdf_height(a) : nq_pdf_height(b);
    bool apart = a->right + a->em * 0.5 < b->left || b->right + a->em * 0.5 < a->left;
    return bottom - top > least * 0.6 && apart;
}

static double width(const struct nq_pdf_line *line)
{
    return line->right - line->left;
}

static bool is_paired(const struct nq_pdf_lines *lines, size_t low, size_t high, size_t i)
{
    for (size_t k = low; k < high; k++)
        if (k != i && nq_pdf_beside(&lines->items[i], &lines->items[k]))
            return true;
    return false;
}

/* Whether line i is one of a wrapped paragraph: a long one, or most that begin at the same place
 * are about as wide as the widest of them.  Cells of a table differ. */
static bool is_wrapped(const struct nq_pdf_lines *lines, size_t low, size_t high, size_t i)
{
    const struct nq_pdf_line *line = &lines->items[i];
    size_t n = 0, full = 0;
    double widest = 0;
    for (size_t k = low; k < high; k++)
        if (fabs(lines->items[k].left - line->left) < line->em / 4 &&
            width(&lines->items[k]) > widest)
            widest = width(&lines->items[k]);
    for (size_t k = low; k < high; k++)
        if (fabs(lines->items[k].left - line->left) < line->em / 4) {
            n++;
            full += width(&lines->items[k]) > widest * 0.9;
        }
    return width(line) > lines->page_width * 0.3 ||
           (n >= 3 && full * 10 >= n * 6 && widest > lines->page_width * 0.15);
}

bool nq_pdf_has_columns(const struct nq_pdf_lines *lines, size_t low, size_t high)
{
    size_t paired = 0, wrapped = 0;
    for (size_t i = low; i < high; i++)
        if (is_paired(lines, low, high, i)) {
            paired++;
            wrapped += is_wrapped(lines, low, high, i);
        }
    return wrapped * 2 > paired;
}

/* Two columns: where they begin, and the gutter between them. */
struct columns {
    double left, right, gutter;
};

/* The left edge that most lines have which stand right (or left) of another. */
static double common_edge(const struct nq_pdf_lines *lines, size_t low, size_t high, bool right)
{
    size_t best = 0;
    double edge = -1;
    for (size_t i = low; i < high; i++) {
        const struct nq_pdf_line *line = &lines->items[i];
        size_t n = 0;
        for (size_t k = low; k < high; k++) {
            const struct nq_pdf_line *other = &lines->items[k];
            n += nq_pdf_beside(line, other) && (other->left < line->left) == right;
        }
        for (size_t k = low; k < high && n > 0; k++)
            n += fabs(lines->items[k].left - line->left) < line->em / 4;
        if (n > best) {
            best = n;
            edge = line->left;
        }
    }
    return edge;
}

static bool crosses(const struct nq_pdf_line *line, const struct columns *c)
{
    return line->left < c->gutter && line->right > c->gutter + line->em;
}

/* A line's place: below how many lines that cross both columns, in which column, how far down. */
struct place {
    struct nq_pdf_line line;
    size_t band;
    int column;
};

static int compare(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->band != y->band)
        return x->band < y->band ? -1 : 1;
    if (x->column != y->column)
        return x->column - y->column;
    return (x->line.top > y->line.top) - (x->line.top < y->line.top);
}

/* Puts the lines [low, high) in order. */
static void order(struct nq_pdf_lines *lines, const struct columns *c, size_t low, size_t high,
                  struct place *places)
{
    for (size_t i = low; i < high; i++) {
        struct place *place = &places[i - low];
        place->line = lines->items[i];
        bool wide = crosses(&place->line, c);
        place->column = wide ? 2 : place->line.left >= c->gutter;
        place->band = 0;
        for (size_t k = low; k < high; k++)
            place->band += crosses(&lines->items[k], c) && lines->items[k].top < place->line.top;
    }
    qsort(places, high - low, sizeof *places, compare);
    for (size_t i = low; i < high; i++)
        lines->items[i] = places[i - low].line;
}

void nq_pdf_order_columns(struct nq_arena *scratch, struct nq_pdf_lines *lines, size_t low,
                          size_t high)
{
    struct columns c = {common_edge(lines, low, high, false), common_edge(lines, low, high, true),
                        0};
    if (c.left < 0 || c.right <= c.left)
        return;
    struct place *places = nq_arena_array(scratch, high - low, sizeof *places);
    if (!places)
        return;
    c.gutter = c.right - lines->items[low].em / 2;
    size_t first = low, end = high;
    while (first < end && !is_paired(lines, low, high, first))
        first++;
    while (end > first && !is_paired(lines, low, high, end - 1))
        end--;
    while (end > first && end < high && lines->items[end].block == lines->items[end - 1].block)
        end++;
    order(lines, &c, first, end, places);
    /* Indents count from the column's own edge. */
    for (size_t i = low; i < high; i++) {
        struct nq_pdf_line *line = &lines->items[i];
        if (line->left >= c.gutter) {
            line->left -= c.right - c.left;
            line->right -= c.right - c.left;
        }
    }
}
