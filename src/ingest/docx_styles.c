/* Styles and numberings of a Word document: see docx_styles.h. */
#include "ingest/docx_styles.h"

#include "ingest/scan.h"
#include "ingest/xml.h"

#include <stdlib.h>
#include <strings.h>

static xmlTextReader *open_part(struct nq_str part)
{
    return xmlReaderForMemory(part.ptr, (int)part.len, NULL, NULL, NQ_XML_OPTIONS);
}

/* ---- styles -------------------------------------------------------------------------------- */

/* Word's own styles have English names in every language. */
static void take_style_name(struct nq_docx_style *style, const char *name)
{
    struct nq_str s = nq_str_from(name);
    size_t at = nq_scan_find_nocase(s, NQ_STR("heading "));
    style->contents = strncasecmp(name, "toc ", 4) == 0 || strcasecmp(name, "toc heading") == 0;
    style->title = strcasecmp(name, "title") == 0 || strcmp(name, "标题") == 0;
    if (at == 0 && name[8] >= '1' && name[8] <= '9')
        style->outline = name[8] - '1';
}

static void take_style(struct nq_docx_styles *s, xmlTextReader *reader,
                       struct nq_docx_style **style)
{
    char value[NQ_DOCX_ID];
    struct nq_str name = nq_xml_name(reader);
    if (nq_str_eq(name, NQ_STR("style"))) {
        struct nq_docx_style *grown =
            nq_arena_grow(s->arena, s->styles, s->n_styles, sizeof *s->styles);
        *style = grown ? &grown[s->n_styles++] : NULL;
        if (!grown)
            return;
        s->styles = grown;
        **style = (struct nq_docx_style){.outline = -2, .numbering = -1};
        nq_xml_attribute(reader, "styleId", (*style)->id, NQ_DOCX_ID);
        return;
    }
    if (!*style || !nq_xml_attribute(reader, "val", value, sizeof value))
        return;
    if (nq_str_eq(name, NQ_STR("name")))
        take_style_name(*style, value);
    else if (nq_str_eq(name, NQ_STR("basedOn")))
        memcpy((*style)->base, value, NQ_DOCX_ID);
    else if (nq_str_eq(name, NQ_STR("outlineLvl")))
        (*style)->outline = atoi(value) < NQ_DOCX_LEVELS ? atoi(value) : -1;
    else if (nq_str_eq(name, NQ_STR("numId")))
        (*style)->numbering = atoi(value);
    else if (nq_str_eq(name, NQ_STR("ilvl")))
        (*style)->number_level = atoi(value);
}

static const struct nq_docx_style *find_style(const struct nq_docx_styles *s, const char *id)
{
    for (size_t i = 0; i < s->n_styles; i++)
        if (strcmp(s->styles[i].id, id) == 0)
            return &s->styles[i];
    return NULL;
}

struct nq_docx_style nq_docx_style_find(const struct nq_docx_styles *s, const char *id)
{
    enum { DEEPEST = 12 };
    struct nq_docx_style style = {.outline = -2, .numbering = -1};
    const struct nq_docx_style *base = find_style(s, id);
    for (int i = 0; base && i < DEEPEST; i++) {
        if (style.outline == -2)
            style.outline = base->outline;
        if (style.numbering == -1 && base->numbering != -1) {
            style.numbering = base->numbering;
            style.number_level = base->number_level;
        }
        style.contents |= base->contents;
        style.title |= base->title && i == 0;
        base = base->base[0] ? find_style(s, base->base) : NULL;
    }
    return style;
}

/* ---- numberings ---------------------------------------------------------------------------- */

static void take_numbering(struct nq_docx_styles *s, xmlTextReader *reader, int *level,
                           bool *in_instance)
{
    struct nq_str name = nq_xml_name(reader);
    struct nq_docx_numbering *last = s->n_numberings ? &s->numberings[s->n_numberings - 1] : NULL;
    if (nq_str_eq(name, NQ_STR("abstractNum"))) {
        struct nq_docx_numbering *grown =
            nq_arena_grow(s->arena, s->numberings, s->n_numberings, sizeof *s->numberings);
        if (!grown)
            return;
        s->numberings = grown;
        grown[s->n_numberings++] =
            (struct nq_docx_numbering){.id = nq_xml_number(reader, "abstractNumId", -1)};
        *in_instance = false;
        *level = -1;
    } else if (nq_str_eq(name, NQ_STR("num"))) {
        struct nq_docx_instance *grown =
            nq_arena_grow(s->arena, s->instances, s->n_instances, sizeof *s->instances);
        if (!grown)
            return;
        s->instances = grown;
        grown[s->n_instances++] =
            (struct nq_docx_instance){.id = nq_xml_number(reader, "numId", -1), .numbering = -1};
        *in_instance = true;
    } else if (nq_str_eq(name, NQ_STR("abstractNumId")) && *in_instance) {
        s->instances[s->n_instances - 1].numbering = nq_xml_number(reader, "val", -1);
    } else if (nq_str_eq(name, NQ_STR("lvl")) && !*in_instance) {
        *level = nq_xml_number(reader, "ilvl", -1);
    }
    if (!last || *in_instance || *level < 0 || *level >= NQ_DOCX_LEVELS)
        return;
    struct nq_docx_level *at = &last->levels[*level];
    if (nq_str_eq(name, NQ_STR("numFmt")))
        nq_xml_attribute(reader, "val", at->format, sizeof at->format);
    else if (nq_str_eq(name, NQ_STR("lvlText")))
        nq_xml_attribute(reader, "val", at->text, sizeof at->text);
    else if (nq_str_eq(name, NQ_STR("start")))
        at->start = nq_xml_number(reader, "val", 1);
}

bool nq_docx_styles_read(struct nq_docx_styles *out, struct nq_str styles, struct nq_str numbering)
{
    struct nq_docx_style *style = NULL;
    int level = -1, more = 1;
    bool in_instance = false;
    for (int part = 0; part < 2 && more >= 0; part++) {
        struct nq_str text = part ? numbering : styles;
        xmlTextReader *reader = text.len ? open_part(text) : NULL;
        while (reader && (more = xmlTextReaderRead(reader)) == 1) {
            if (xmlTextReaderNodeType(reader) == XML_READER_TYPE_DOCUMENT_TYPE)
                more = -1;
            if (more < 0)
                break;
            if (xmlTextReaderNodeType(reader) != XML_READER_TYPE_ELEMENT)
                continue;
            if (part)
                take_numbering(out, reader, &level, &in_instance);
            else
                take_style(out, reader, &style);
        }
        xmlFreeTextReader(reader);
    }
    return more >= 0;
}

static struct nq_docx_numbering *find_numbering(struct nq_docx_styles *s, int id)
{
    int numbering = -1;
    for (size_t i = 0; i < s->n_instances; i++)
        if (s->instances[i].id == id)
            numbering = s->instances[i].numbering;
    for (size_t i = 0; i < s->n_numberings; i++)
        if (s->numberings[i].id == numbering)
            return &s->numberings[i];
    return NULL;
}

/* 1-99 in Han digits: 十, 十二, 二十三. */
static void add_han(struct nq_buf *out, int n)
{
    static const char *const digits[] = {"〇", "一", "二", "三", "四",
                                         "五", "六", "七", "八", "九"};
    if (n >= 100) {
        nq_buf_addf(out, "%d", n);
        return;
    }
    if (n >= 20)
        nq_buf_add(out, nq_str_from(digits[n / 10]));
    if (n >= 10)
        nq_buf_add(out, NQ_STR("十"));
    if (n % 10 || n == 0)
        nq_buf_add(out, nq_str_from(digits[n % 10]));
}

static void add_roman(struct nq_buf *out, int n, bool upper)
{
    static const struct {
        int value;
        const char *lower, *upper;
    } table[] = {{100, "c", "C"},  {90, "xc", "XC"}, {50, "l", "L"},
                 {40, "xl", "XL"}, {10, "x", "X"},   {9, "ix", "IX"},
                 {5, "v", "V"},    {4, "iv", "IV"},  {1, "i", "I"}};
    for (size_t i = 0; i < NQ_COUNT(table); i++)
        for (; n >= table[i].value && n < 1000; n -= table[i].value)
            nq_buf_add(out, nq_str_from(upper ? table[i].upper : table[i].lower));
}

static void add_count(struct nq_buf *out, const char *format, int n)
{
    bool letter = strcmp(format, "upperLetter") == 0 || strcmp(format, "lowerLetter") == 0;
    if (strstr(format, "hinese") || strstr(format, "ideograph") || strstr(format, "japanese"))
        add_han(out, n);
    else if (strcmp(format, "decimalEnclosedCircle") == 0 && n >= 1 && n <= 20)
        nq_buf_add_cp(out, 0x2460 + (uint32_t)n - 1);
    else if (strcmp(format, "upperRoman") == 0 || strcmp(format, "lowerRoman") == 0)
        add_roman(out, n, format[0] == 'u');
    else if (letter && n >= 1 && n <= 26)
        nq_buf_add_byte(out, (char)((format[0] == 'u' ? 'A' : 'a') + n - 1));
    else
        nq_buf_addf(out, "%d", n);
}

void nq_docx_number(struct nq_docx_styles *s, int id, int level, struct nq_buf *out, bool *bullet)
{
    struct nq_docx_numbering *numbering = id > 0 ? find_numbering(s, id) : NULL;
    *bullet = false;
    if (!numbering || level < 0 || level >= NQ_DOCX_LEVELS)
        return;
    const struct nq_docx_level *at = &numbering->levels[level];
    if (strcmp(at->format, "none") == 0 || !at->format[0])
        return;
    if (strcmp(at->format, "bullet") == 0) {
        *bullet = true;
        return;
    }
    int *count = &numbering->counts[level];
    *count = *count ? *count + 1 : at->start ? at->start : 1;
    for (int below = level + 1; below < NQ_DOCX_LEVELS; below++)
        numbering->counts[below] = 0;
    size_t start = out->len;
    for (const char *p = at->text; *p; p++) {
        int named = *p == '%' && p[1] >= '1' && p[1] <= '9' ? p[1] - '1' : -1;
        if (named < 0) {
            nq_buf_add_byte(out, *p);
            continue;
        }
        const struct nq_docx_level *other = &numbering->levels[named];
        int n = numbering->counts[named] ? numbering->counts[named] : 1;
        add_count(out, other->format, n);
        p++;
    }
    if (out->len > start && (unsigned char)out->ptr[out->len - 1] < 0x80)
        nq_buf_add_byte(out, ' ');
}
