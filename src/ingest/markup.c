/* Inline marks of Markdown and HTML, cut out of a line in place: bold, links, pictures, tags,
 * comments, entities, escapes.  One pass; what is not understood stays as printed. */
#include "ingest/markup_strip.h"

#include <strings.h>

static void keep(struct nq_strip *s, size_t n)
{
    bool space = s->p[s->in] == ' ' || s->p[s->in] == '\t';
    if (!space && !s->bold_open)
        s->outside = true;
    if (!space)
        s->text = true;
    memmove(s->p + s->out, s->p + s->in, n);
    s->in += n;
    s->out += n;
}

static void toggle_bold(struct nq_strip *s, bool open)
{
    s->bold_open = open;
    s->stars++;
}

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* *text*, where the stars stand at the text's ends and not within a word or a product. */
static bool strip_italic(struct nq_strip *s)
{
    char before = s->in > 0 ? s->p[s->in - 1] : ' ',
         after = s->in + 1 < s->len ? s->p[s->in + 1] : ' ';
    if (!s->escapes)
        return false;
    if (s->italic_open) {
        if (before == ' ' || is_word(after))
            return false;
        s->italic_open = false;
    } else {
        struct nq_str rest = nq_strip_ahead(s);
        const char *end = rest.len > 2 ? memchr(rest.ptr + 2, '*', rest.len - 2) : NULL;
        if (after == ' ' || is_word(before) || !end || end[-1] == ' ' ||
            (end + 1 < rest.ptr + rest.len && (end[1] == '*' || is_word(end[1]))))
            return false;
        s->italic_open = true;
    }
    s->in++;
    return true;
}

/* ** and longer runs of stars, and __ around a word. */
static bool strip_stars(struct nq_strip *s)
{
    size_t n = 0;
    while (s->in + n < s->len && s->p[s->in + n] == '*')
        n++;
    if (n == 1)
        return strip_italic(s);
    toggle_bold(s, !s->bold_open);
    s->in += n;
    return true;
}

/* The bytes of <sup>1</sup>, <sup>[2]</sup> behind Han or a sign: the mark of a note; 0 for the
 * power of a unit. */
static size_t note_mark_len(const struct nq_strip *s, struct nq_str rest)
{
    enum { LONGEST = 40 };
    struct nq_str window = nq_str_sub(rest, 0, rest.len < LONGEST ? rest.len : LONGEST);
    size_t end =
        nq_str_starts(rest, NQ_STR("<sup>")) ? nq_str_find(window, NQ_STR("</sup>"), 5) : SIZE_MAX;
    if (end == SIZE_MAX || s->out == 0 || (is_word(s->p[s->out - 1])))
        return 0;
    for (size_t i = 5; i < end; i++)
        if (!strchr("0123456789[], -", rest.ptr[i]))
            return 0;
    return end + 6;
}

/* <b> </strong> <br/> <span style="…"> <!-- … -->.  Other things in angle brackets stay. */
static bool strip_tag(struct nq_strip *s)
{
    enum { LONGEST_TAG = 300 };
    static const char *const names[] = {"b",    "strong", "i",    "em",    "u",   "br",
                                        "span", "p",      "font", "sup",   "sub", "a",
                                        "mark", "div",    "hr",   "center"};
    struct nq_str rest = nq_strip_ahead(s);
    if (nq_str_starts(rest, NQ_STR("<!--"))) {
        size_t end = nq_str_find(rest, NQ_STR("-->"), 4);
        s->in += end == SIZE_MAX ? rest.len : end + 3;
        return true;
    }
    size_t note = note_mark_len(s, rest);
    if (note > 0) {
        s->in += note;
        return true;
    }
    bool closing = rest.len > 1 && rest.ptr[1] == '/';
    size_t at = 1 + closing, start = at;
    while (at < rest.len && ((rest.ptr[at] | 32) >= 'a' && (rest.ptr[at] | 32) <= 'z'))
        at++;
    size_t name_len = at - start;
    size_t window = rest.len < LONGEST_TAG ? rest.len : LONGEST_TAG;
    const char *end = memchr(rest.ptr, '>', window);
    if (!name_len || !end || (at < rest.len && !strchr(" />\t", rest.ptr[at])))
        return false;
    for (size_t i = 0; i < NQ_COUNT(names); i++)
        if (strlen(names[i]) == name_len &&
            strncasecmp(names[i], rest.ptr + start, name_len) == 0) {
            if (i < 2)
                toggle_bold(s, !closing);
            s->in += (size_t)(end - rest.ptr) + 1;
            if (strcmp(names[i], "br") == 0 && s->out > 0)
                s->p[s->out++] = ' ';
            return true;
        }
    return false;
}

static bool strip_entity(struct nq_strip *s)
{
    static const struct {
        const char *name, *text;
    } table[] = {{"&nbsp;", " "},  {"&amp;", "&"},  {"&lt;", "<"},   {"&gt;", ">"},
                 {"&quot;", "\""}, {"&emsp;", " "}, {"&ensp;", " "}, {"&#39;", "'"}};
    for (size_t i = 0; i < NQ_COUNT(table); i++)
        if (nq_str_starts(nq_strip_ahead(s), nq_str_from(table[i].name))) {
            s->in += strlen(table[i].name) - 1;
            s->p[s->in] = table[i].text[0];
            keep(s, 1);
            return true;
        }
    return false;
}

/* \* is a star that marks nothing; a backslash at the end is a line break. */
static bool strip_escape(struct nq_strip *s)
{
    if (!s->escapes)
        return false;
    if (s->in + 1 == s->len) {
        s->in++;
        return true;
    }
    if (!strchr("\\`*_{}[]()#+-.!|<>~", s->p[s->in + 1]))
        return false;
    size_t n = 0; /* \*\* is a bold mark that an editor escaped in vain */
    while (s->in + n + 1 < s->len && s->p[s->in + n] == '\\' && s->p[s->in + n + 1] == '*')
        n += 2;
    if (n >= 4) {
        toggle_bold(s, !s->bold_open);
        s->in += n;
        return true;
    }
    s->in++;
    keep(s, 1);
    return true;
}

/* `code` becomes code. */
static bool strip_code(struct nq_strip *s)
{
    struct nq_str rest = nq_strip_ahead(s);
    const char *end = s->escapes ? memchr(rest.ptr + 1, '`', rest.len - 1) : NULL;
    if (!end || end == rest.ptr + 1)
        return false;
    s->in++;
    keep(s, (size_t)(end - rest.ptr) - 1);
    s->in++;
    return true;
}

static bool strip_mark(struct nq_strip *s)
{
    size_t citation = nq_citation_len(nq_strip_ahead(s));
    if (citation > 0) {
        s->in += citation;
        return true;
    }
    switch (s->p[s->in]) {
    case '*':
        return strip_stars(s);
    case '<':
        return strip_tag(s);
    case '`':
        return strip_code(s);
    case '[':
    case '!':
        return nq_strip_link(s);
    case '&':
        return strip_entity(s);
    case '\\':
        return strip_escape(s);
    default:
        return false;
    }
}

/* The bytes before the next one that may begin a mark; c, 【 and private signs begin citations. */
static size_t plain_run(const char *p, size_t len)
{
    size_t n = 0;
    for (; n < len; n++) {
        if (p[n] == '*' || p[n] == '<' || p[n] == '[' || p[n] == '&' || p[n] == '\\' ||
            p[n] == '!' || p[n] == '`')
            break;
        if ((p[n] == 'c' || p[n] == '\xE3' || p[n] == '\xEE') &&
            nq_citation_len((struct nq_str){p + n, len - n}) > 0)
            break;
    }
    return n;
}

struct nq_str nq_markup_strip(char *line, size_t len, bool escapes, bool *strong, bool *link)
{
    *strong = *link = false;
    size_t plain = plain_run(line, len);
    if (plain == len)
        return (struct nq_str){line, len};
    struct nq_strip s = {.p = line, .len = len, .escapes = escapes};
    while (s.in < s.len) {
        size_t n = plain_run(s.p + s.in, s.len - s.in);
        if (n > 0)
            keep(&s, n);
        else if (!strip_mark(&s))
            keep(&s, 1);
    }
    *strong = s.stars >= 2 && !s.outside && s.text;
    *link = s.link && !s.text;
    return (struct nq_str){line, s.out};
}
