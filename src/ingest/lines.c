/* Text and Markdown to lines: see lines.h. */
#include "ingest/lines.h"

#include "ingest/scan.h"

/* What is known of the text so far. */
struct splitter {
    struct nq_lines *out;
    bool markdown;
    bool blank, page, cut; /* before the next line */
    bool bullet;           /* its mark stood alone */
};

static size_t count_lines(struct nq_str text)
{
    size_t n = 1;
    for (size_t i = 0; i + 1 < text.len; i++)
        n += text.ptr[i] == '\n' && text.ptr[i + 1] != '\n';
    return n;
}

/* Whether any line is a Markdown heading. */
static bool has_headings(struct nq_str text)
{
    for (const char *p = text.ptr; p;) {
        struct nq_str line = {p, (size_t)(text.ptr + text.len - p)}, ignored;
        if (line.len > 0 && *p == '#') {
            const char *end = memchr(p, '\n', line.len);
            line.len = end ? (size_t)(end - p) : line.len;
            if (nq_line_heading(line, &ignored))
                return true;
        }
        p = memchr(p, '\n', (size_t)(text.ptr + text.len - p));
        p = p && p + 1 < text.ptr + text.len ? p + 1 : NULL;
    }
    return false;
}

static uint16_t indent_of(struct nq_str raw, struct nq_str text)
{
    size_t columns = 0;
    for (const char *p = raw.ptr; p < text.ptr; p++)
        columns += *p == '\t'                  ? 4
                   : (unsigned char)*p < 0x80  ? 1
                   : (unsigned char)*p >= 0xC0 ? 2
                                               : 0;
    return columns > UINT16_MAX ? UINT16_MAX : (uint16_t)columns;
}

/* A line under which === or, in Markdown, --- stands is a heading (setext). */
static void underline(struct splitter *s, struct nq_str rule)
{
    struct nq_lines *out = s->out;
    bool adjacent = out->n > 0 && !s->blank && !s->page;
    if (adjacent && s->markdown && out->items[out->n - 1].level == 0 &&
        (rule.ptr[0] == '=' || rule.ptr[0] == '-'))
        out->items[out->n - 1].level = rule.ptr[0] == '=' ? 1 : 2;
    s->blank = s->cut = true;
}

static void add_line(struct splitter *s, struct nq_str raw)
{
    struct nq_str text = nq_str_trim(raw);
    if (text.len == 0) {
        s->blank = true;
        return;
    }
    if (nq_str_eq(text, NQ_PAGE_MARK)) {
        s->page = true;
        return;
    }
    if (s->markdown && nq_line_is_link_target(text)) {
        s->blank = true;
        return;
    }
    if (nq_line_is_rule(text)) {
        underline(s, text);
        return;
    }
    struct nq_line line = {
        .blank = s->blank, .page = s->page, .cut = s->cut, .indent = indent_of(raw, text)};
    if (nq_line_is_bullet(text)) {
        s->bullet = true;
        return;
    }
    enum nq_pipes pipes = nq_line_pipes(&text);
    if (pipes == NQ_PIPES_RULE)
        return;
    if (s->markdown && text.ptr[0] == '>')
        text = nq_str_trim(nq_str_sub(text, 1, text.len));
    line.level = s->markdown ? nq_line_heading(text, &text) : 0;
    size_t bullet = line.level ? nq_line_flag(text) : nq_line_bullet(text);
    line.bullet = (bullet > 0 || s->bullet) && !line.level;
    line.flagged = line.bullet && bullet > 0 && nq_line_flag(text) > 0;
    text = nq_str_trim(nq_str_sub(text, bullet, text.len));
    bool link;
    text =
        nq_str_trim(nq_markup_strip((char *)text.ptr, text.len, s->markdown, &line.strong, &link));
    if (text.len == 0 || (link && !line.level && nq_line_is_way_out(text))) {
        s->blank = true;
        return;
    }
    line.text = text;
    line.alone = pipes == NQ_PIPES_ROW || nq_line_is_row(text);
    line.width = (uint32_t)nq_scan_width(text);
    s->out->items[s->out->n++] = line;
    s->blank = s->page = s->cut = s->bullet = false;
}

static void front_field(struct nq_front *front, struct nq_str key, struct nq_str value)
{
    static const struct {
        const char *key;
        size_t offset;
    } table[] = {
        {"title", offsetof(struct nq_front, title)},
        {"标题", offsetof(struct nq_front, title)},
        {"date", offsetof(struct nq_front, date)},
        {"日期", offsetof(struct nq_front, date)},
        {"publisher", offsetof(struct nq_front, publisher)},
        {"发布单位", offsetof(struct nq_front, publisher)},
        {"source", offsetof(struct nq_front, source)},
        {"来源", offsetof(struct nq_front, source)},
        {"author", offsetof(struct nq_front, publisher)},
        {"url", offsetof(struct nq_front, url)},
        {"link", offsetof(struct nq_front, url)},
        {"kind", offsetof(struct nq_front, kind)},
    };
    if (value.len >= 2 && (value.ptr[0] == '"' || value.ptr[0] == '\'') &&
        value.ptr[value.len - 1] == value.ptr[0])
        value = nq_str_sub(value, 1, value.len - 1);
    for (size_t i = 0; i < NQ_COUNT(table); i++) {
        struct nq_str *field = (struct nq_str *)((char *)front + table[i].offset);
        if (nq_str_eq(key, nq_str_from(table[i].key)) && value.len && !field->ptr)
            *field = value;
    }
}

/* Cuts the front matter (--- key: value … ---) off `*text`. */
static void take_front(struct nq_str *text, struct nq_front *front)
{
    enum { MOST_LINES = 100 };
    struct nq_str rest = *text, line;
    if (!nq_str_line(&rest, &line) || !nq_str_eq(nq_str_trim(line), NQ_STR("---")))
        return;
    struct nq_front found = {0};
    for (int i = 0; i < MOST_LINES && nq_str_line(&rest, &line); i++) {
        line = nq_str_trim(line);
        if (nq_str_eq(line, NQ_STR("---")) || nq_str_eq(line, NQ_STR("..."))) {
            *front = found;
            *text = rest;
            return;
        }
        const char *colon = line.len ? memchr(line.ptr, ':', line.len) : NULL;
        if (!colon && line.len && line.ptr[0] != '-' && line.ptr[0] != '#')
            return; /* text between two rules */
        size_t cut = colon ? (size_t)(colon - line.ptr) : 0;
        if (colon)
            front_field(&found, nq_str_trim(nq_str_sub(line, 0, cut)),
                        nq_str_trim(nq_str_sub(line, cut + 1, line.len)));
    }
}

bool nq_lines_of_text(struct nq_arena *arena, char *text, size_t len, bool markdown,
                      struct nq_lines *out, struct nq_front *front)
{
    struct nq_str rest = {text, len};
    *out = (struct nq_lines){0};
    *front = (struct nq_front){0};
    take_front(&rest, front);
    out->marked = has_headings(rest);
    out->items = nq_arena_array(arena, count_lines(rest), sizeof *out->items);
    if (!out->items)
        return false;
    struct splitter s = {.out = out, .markdown = markdown || out->marked};
    while (rest.len > 0) {
        const char *end = memchr(rest.ptr, '\n', rest.len);
        size_t n = end ? (size_t)(end - rest.ptr) : rest.len;
        add_line(&s, nq_str_sub(rest, 0, n));
        rest = nq_str_sub(rest, end ? n + 1 : n, rest.len);
    }
    return true;
}
