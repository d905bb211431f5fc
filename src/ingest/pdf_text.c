/* The output of `pdftotext -bbox-layout`: pages, blocks in reading order, lines and words with
 * their places as XML, and the document's properties as <meta>.  See pdf_text.h. */
#include "ingest/pdf_text.h"

#include "base/buf.h"
#include "ingest/ingest.h"
#include "ingest/number.h"
#include "ingest/scan.h"

#include <math.h>
#include <stdlib.h>

/* As many lines as NQ_INGEST_MAX_BYTES of text have at most, if they are any text. */
enum { MOST_LINES = 1 << 19 };

enum { FIRST_HAN = 0x2E80, PRIVATE = 0xE000 };

struct reader {
    xmlTextReader *xml;
    struct nq_arena *arena; /* of the lines */
    struct nq_front *front;
    struct nq_arena *front_arena;
    struct nq_pdf_lines lines;
    struct nq_buf text;                            /* of the line at hand */
    struct nq_pdf_line at;                         /* its place */
    double word_left, word_right, last_right, han; /* of words; columns of Han in them */
    double han_width;
    unsigned page, block;
    size_t bytes; /* of text */
    bool in_word, in_title;
};

static double number(struct reader *r, const char *name)
{
    char value[32];
    double x = nq_xml_attribute(r->xml, name, value, sizeof value) ? strtod(value, NULL) : 0;
    return x > -1e5 && x < 1e5 ? x : 0;
}

/* Whether the line so far is a number and `word` what it numbers: 01 标题, 第一部分 标题. */
static bool is_numbered(const struct reader *r, struct nq_str word)
{
    enum { LONGEST = 24 };
    char both[LONGEST + 8];
    struct nq_number number;
    size_t n = r->text.len, some = word.len < 7 ? word.len : 7;
    if (n > LONGEST)
        return false;
    memcpy(both, r->text.ptr, n);
    both[n] = ' ';
    memcpy(both + n + 1, word.ptr, some);
    return nq_number_parse((struct nq_str){both, n + 1 + some}, &number) && number.len == n + 1;
}

/* Whether a space stands between two words: between Latin ones always, beside Han where the gap is
 * wider than what typesetting adds. */
static bool parts(const struct reader *r, struct nq_str word)
{
    if (is_numbered(r, word))
        return true;
    size_t at;
    uint32_t last = nq_scan_last(nq_buf_str(&r->text), &at), first = nq_scan_first(word);
    bool wide_last = nq_scan_is_wide(last), wide_first = nq_scan_is_wide(first);
    double em = r->han > 0 ? r->han_width / r->han : (r->at.bottom - r->at.top) * 0.8,
           gap = r->word_left - r->last_right;
    if (!wide_last && !wide_first)
        return true;
    return gap > em * (wide_last && wide_first ? 0.45 : 0.3);
}

static void add_word(struct reader *r, struct nq_str word)
{
    size_t width = nq_scan_width(word), characters = 0;
    for (size_t i = 0; i < word.len; i++)
        characters += ((unsigned char)word.ptr[i] & 0xC0) != 0x80;
    if (r->text.len > 0 && parts(r, word))
        nq_buf_add_byte(&r->text, ' ');
    nq_buf_add(&r->text, word);
    uint32_t first = nq_scan_first(word); /* a bullet is narrower than Han */
    if (width == characters * 2 && first >= FIRST_HAN && first < PRIVATE) {
        r->han += (double)characters;
        r->han_width += r->word_right - r->word_left;
    }
    r->last_right = r->word_right;
    r->bytes += word.len;
}

static void end_line(struct reader *r)
{
    struct nq_pdf_lines *lines = &r->lines;
    if (nq_str_trim(nq_buf_str(&r->text)).len > 0) {
        struct nq_pdf_line *grown =
            nq_arena_grow(r->arena, lines->items, lines->n, sizeof *lines->items);
        if (!grown)
            return;
        r->at.text = nq_arena_str(r->arena, nq_buf_str(&r->text));
        r->at.em = r->han > 0 ? r->han_width / r->han : 0;
        r->at.page = r->page;
        r->at.block = r->block;
        lines->items = grown;
        lines->items[lines->n++] = r->at;
    }
    r->text.len = 0;
    r->han = r->han_width = 0;
}

/* Whether the line at hand goes on with the last one, from which pdftotext parted it at a gap
 * narrower than a character: takes that back if so. */
static void rejoin_line(struct reader *r)
{
    const struct nq_pdf_line *last = r->lines.n > 0 ? &r->lines.items[r->lines.n - 1] : NULL;
    if (!last || last->page != r->page || last->block != r->block || last->em <= 0)
        return;
    double shift = nq_pdf_middle(&r->at) - nq_pdf_middle(last), gap = r->at.left - last->right;
    double size = nq_pdf_height(&r->at) / nq_pdf_height(last);
    if (fabs(shift) > last->em * 0.2 || gap < -last->em * 0.2 || gap > last->em * 0.5 ||
        size < 0.9 || size > 1.1)
        return;
    nq_buf_add(&r->text, last->text);
    r->at.left = last->left;
    r->last_right = last->right;
    r->han = 1;
    r->han_width = last->em;
    r->lines.n--;
}

static void take_meta(struct reader *r)
{
    char name[32], content[300];
    nq_xml_attribute(r->xml, "name", name, sizeof name);
    nq_xml_attribute(r->xml, "content", content, sizeof content);
    if (strcmp(name, "CreationDate") == 0 && content[0])
        r->front->written = nq_arena_str(r->front_arena, nq_str_from(content));
}

static void begin_element(struct reader *r, struct nq_str name)
{
    if (nq_str_eq(name, NQ_STR("page"))) {
        r->page++;
        r->lines.page_width = number(r, "width");
    } else if (nq_str_eq(name, NQ_STR("block"))) {
        r->block++;
    } else if (nq_str_eq(name, NQ_STR("line"))) {
        r->at = (struct nq_pdf_line){.left = number(r, "xMin"),
                                     .right = number(r, "xMax"),
                                     .top = number(r, "yMin"),
                                     .bottom = number(r, "yMax")};
        rejoin_line(r);
    } else if (nq_str_eq(name, NQ_STR("word"))) {
        r->word_left = number(r, "xMin");
        r->word_right = number(r, "xMax");
        r->in_word = true;
    } else if (nq_str_eq(name, NQ_STR("meta"))) {
        take_meta(r);
    } else if (nq_str_eq(name, NQ_STR("title"))) {
        r->in_title = !xmlTextReaderIsEmptyElement(r->xml);
    }
}

/* False where memory failed or it is too much. */
static bool read_nodes(struct reader *r)
{
    while (xmlTextReaderRead(r->xml) == 1) {
        int type = xmlTextReaderNodeType(r->xml);
        struct nq_str name = nq_xml_name(r->xml);
        if (type == XML_READER_TYPE_ELEMENT)
            begin_element(r, name);
        else if (type == XML_READER_TYPE_END_ELEMENT && nq_str_eq(name, NQ_STR("line")))
            end_line(r);
        else if (type == XML_READER_TYPE_END_ELEMENT)
            r->in_word = r->in_title = false;
        else if (type == XML_READER_TYPE_TEXT) {
            struct nq_str text = nq_str_from((const char *)xmlTextReaderConstValue(r->xml));
            if (r->in_word)
                add_word(r, text);
            else if (r->in_title && nq_str_trim(text).len > 0)
                r->front->title = nq_arena_str(r->front_arena, nq_str_trim(text));
        }
        if (nq_arena_failed(r->arena) || r->text.failed || r->bytes > NQ_INGEST_MAX_BYTES ||
            r->lines.n > MOST_LINES)
            return false;
    }
    return true;
}

bool nq_pdf_text(xmlTextReader *xml, struct nq_line_builder *b, struct nq_front *front,
                 struct nq_pdf_lines *lines)
{
    struct reader r = {.xml = xml, .arena = b->scratch, .front = front, .front_arena = b->arena};
    bool ok = read_nodes(&r);
    *lines = r.lines;
    nq_buf_finish(&r.text);
    return ok;
}
