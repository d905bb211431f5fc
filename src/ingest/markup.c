/* Inline marks of Markdown and HTML, cut out of a line in place: bold, links, pictures, tags,
 * comments, entities, escapes.  One pass; what is not understood stays as printed. */
#include "ingest/lines.h"

#include <strings.h>

/* A line being rewritten: `in` runs ahead of `out` in the same bytes. */
struct strip {
    char *p;
    size_t len, in, out;
    size_t stars;      /* pairs of ** cut */
    size_t bold_start; /* where the text of the first bold began, bold_end where the last ended */
    size_t bold_end;
    bool bold_open, outside; /* `outside`: text that is not bold was seen */
    bool link, text;         /* a link was cut; text outside of links was seen */
    bool escapes, italic_open;
};

static void keep(struct strip *s, size_t n)
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

static struct nq_str ahead(const struct strip *s)
{
    return (struct nq_str){s->p + s->in, s->len - s->in};
}

static void toggle_bold(struct strip *s, bool open)
{
    s->bold_open = open;
    s->stars++;
}

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* *text*, where the stars stand at the text's ends and not within a word or a product. */
static bool strip_italic(struct strip *s)
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
        struct nq_str rest = ahead(s);
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
static bool strip_stars(struct strip *s)
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
static size_t note_mark_len(const struct strip *s, struct nq_str rest)
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
static bool strip_tag(struct strip *s)
{
    enum { LONGEST_TAG = 300 };
    static const char *const names[] = {"b",    "strong", "i",    "em",    "u",   "br",
                                        "span", "p",      "font", "sup",   "sub", "a",
                                        "mark", "div",    "hr",   "center"};
    struct nq_str rest = ahead(s);
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

static bool looks_like_url(struct nq_str s)
{
    static const char *const starts[] = {"http", "/", ".", "#", "www", "mailto:", "<"};
    for (size_t i = 0; i < NQ_COUNT(starts); i++)
        if (nq_str_starts(s, nq_str_from(starts[i])))
            return true;
    return false;
}

/* The bytes of {#anchor .class width="2in"} that `s` begins with, or 0. */
static size_t attributes_len(struct nq_str s)
{
    enum { LONGEST = 200 };
    if (s.len < 3 || s.ptr[0] != '{' || !strchr("#.", s.ptr[1]))
        if (s.len < 3 || s.ptr[0] != '{' || !memchr(s.ptr, '=', s.len < 24 ? s.len : 24))
            return 0;
    const char *end = memchr(s.ptr, '}', s.len < LONGEST ? s.len : LONGEST);
    return end ? (size_t)(end - s.ptr) + 1 : 0;
}

/* [text]{.mark} becomes text: what pandoc makes of a style or an anchor. */
static bool strip_span(struct strip *s, size_t text_end)
{
    size_t start = s->in + 1;
    size_t len = attributes_len((struct nq_str){s->p + text_end + 1, s->len - text_end - 1});
    if (len == 0)
        return false;
    memmove(s->p + s->out, s->p + start, text_end - start);
    s->text |= text_end > start;
    s->outside |= text_end > start && !s->bold_open;
    s->out += text_end - start;
    s->in = text_end + 1 + len;
    return true;
}

/* [text][1] becomes text. */
static bool strip_named_link(struct strip *s, size_t text_end)
{
    enum { LONGEST = 4 };
    struct nq_str rest = {s->p + text_end + 1, s->len - text_end - 1};
    size_t n = 1;
    while (n < rest.len && n < LONGEST && rest.ptr[n] >= '0' && rest.ptr[n] <= '9')
        n++;
    size_t start = s->in + 1, len = text_end - start;
    bool word = len > 0 && (s->p[start] < '0' || s->p[start] > '9'); /* [3][4] are marks of notes */
    if (!s->escapes || !word || rest.len < 3 || rest.ptr[0] != '[' || n == 1 || n >= rest.len ||
        rest.ptr[n] != ']')
        return false;
    memmove(s->p + s->out, s->p + start, len);
    s->text = true;
    s->outside |= !s->bold_open;
    s->out += len;
    s->in = text_end + 1 + n + 1;
    return true;
}

/* [text](url) becomes text, ![text](url) nothing. */
static bool strip_link(struct strip *s)
{
    enum { LONGEST_TEXT = 1000, LONGEST_URL = 2000 };
    bool picture = s->p[s->in] == '!';
    size_t start = s->in + picture;
    if (start >= s->len || s->p[start] != '[')
        return false;
    size_t window = s->len - start < LONGEST_TEXT ? s->len - start : LONGEST_TEXT;
    const char *close = memchr(s->p + start, ']', window);
    size_t text_end = close ? (size_t)(close - s->p) : s->len;
    if (close && !picture && (strip_span(s, text_end) || strip_named_link(s, text_end)))
        return true;
    if (text_end + 2 >= s->len || s->p[text_end + 1] != '(')
        return false;
    struct nq_str url = {s->p + text_end + 2, s->len - text_end - 2};
    window = url.len < LONGEST_URL ? url.len : LONGEST_URL;
    const char *end = memchr(url.ptr, ')', window);
    if (!end || (!picture && !looks_like_url(url)))
        return false;
    if (!picture) {
        memmove(s->p + s->out, s->p + start + 1, text_end - start - 1);
        s->out += text_end - start - 1;
    }
    s->link = true;
    s->in = (size_t)(end - s->p) + 1;
    s->in += attributes_len(ahead(s));
    return true;
}

static bool strip_entity(struct strip *s)
{
    static const struct {
        const char *name, *text;
    } table[] = {{"&nbsp;", " "},  {"&amp;", "&"},  {"&lt;", "<"},   {"&gt;", ">"},
                 {"&quot;", "\""}, {"&emsp;", " "}, {"&ensp;", " "}, {"&#39;", "'"}};
    for (size_t i = 0; i < NQ_COUNT(table); i++)
        if (nq_str_starts(ahead(s), nq_str_from(table[i].name))) {
            s->in += strlen(table[i].name) - 1;
            s->p[s->in] = table[i].text[0];
            keep(s, 1);
            return true;
        }
    return false;
}

/* \* is a star that marks nothing; a backslash at the end is a line break. */
static bool strip_escape(struct strip *s)
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
static bool strip_code(struct strip *s)
{
    struct nq_str rest = ahead(s);
    const char *end = s->escapes ? memchr(rest.ptr + 1, '`', rest.len - 1) : NULL;
    if (!end || end == rest.ptr + 1)
        return false;
    s->in++;
    keep(s, (size_t)(end - rest.ptr) - 1);
    s->in++;
    return true;
}

static bool strip_mark(struct strip *s)
{
    size_t citation = nq_citation_len(ahead(s));
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
        return strip_link(s);
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
    struct strip s = {.p = line, .len = len, .escapes = escapes};
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
