/* Links, pictures and spans of Markdown: see markup_strip.h. */
#include "ingest/markup_strip.h"

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
static bool strip_span(struct nq_strip *s, size_t text_end)
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
static bool strip_named_link(struct nq_strip *s, size_t text_end)
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

bool nq_strip_link(struct nq_strip *s)
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
    s->in += attributes_len(nq_strip_ahead(s));
    return true;
}
