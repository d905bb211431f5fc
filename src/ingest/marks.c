/* Marks that a line begins with, or is made of: see lines.h. */
#include "ingest/lines.h"
#include "ingest/names.h"
#include "ingest/number.h"
#include "ingest/scan.h"

uint8_t nq_line_heading(struct nq_str line, struct nq_str *text)
{
    size_t n = 0;
    while (n < line.len && line.ptr[n] == '#')
        n++;
    if (n == 0 || n > 6 || n == line.len)
        return 0;
    bool spaced = line.ptr[n] == ' ' || line.ptr[n] == '\t';
    if (!spaced && n < 2)
        return 0;
    struct nq_str rest = nq_str_trim(nq_str_sub(line, n, line.len));
    while (nq_str_ends(rest, NQ_STR("#")))
        rest = nq_str_trim(nq_str_sub(rest, 0, rest.len - 1));
    *text = rest;
    return rest.len ? (uint8_t)n : 0;
}

static const char *const bullets[] = {"•", "●", "·", "○", "▪", "√", "‣", "◦", "－", "–"};

/* ■ ◆ ▲ ▍ ★ ◎ ❖ ➤ ※: block elements, geometric shapes, stars and dingbats, but numbers in circles.
 */
static bool is_flag(uint32_t cp)
{
    static const uint32_t round[] = {0x25AA, 0x25AB, 0x25CB, 0x25CF, 0x25E6};
    for (size_t i = 0; i < NQ_COUNT(round); i++)
        if (cp == round[i])
            return false;
    return (cp >= 0x2580 && cp <= 0x25FF) || cp == 0x2605 || cp == 0x2606 || cp == 0x203B ||
           (cp >= 0x2701 && cp < 0x2776) || (cp > 0x2793 && cp <= 0x27BF);
}

size_t nq_line_flag(struct nq_str line)
{
    uint32_t cp = nq_scan_first(line);
    bool picture = cp >= 0x1F300 && cp <= 0x1FAFF;
    size_t len = picture ? 4 : is_flag(cp) ? 3 : 0;
    if (len > 0 && nq_str_starts(nq_str_sub(line, len, line.len), NQ_STR("\xEF\xB8\x8F")))
        len += 3; /* the sign that asks for a coloured one */
    return len < line.len ? len : 0;
}

/* A sign of a symbol font, which Word's bullets are. */
static bool is_symbol(uint32_t cp)
{
    return cp >= 0xF020 && cp <= 0xF0FF;
}

static size_t one_bullet(struct nq_str line)
{
    if (line.len < 2)
        return 0;
    if (is_symbol(nq_scan_first(line)))
        return line.len > 3 ? 3 : 0;
    /* "+ 制造" is the rest of “人工智能 + 制造” more often than a list's mark. */
    if (strchr("-*", line.ptr[0]) && (line.ptr[1] == ' ' || line.ptr[1] == '\t'))
        return 2;
    for (size_t i = 0; i < NQ_COUNT(bullets); i++) {
        struct nq_str mark = nq_str_from(bullets[i]);
        bool dash = i + 2 >= NQ_COUNT(bullets) || i == 2;
        if (nq_str_starts(line, mark) && line.len > mark.len &&
            (!dash || line.ptr[mark.len] == ' '))
            return mark.len;
    }
    return nq_line_flag(line);
}

/* [^1]: before the text of a footnote, with the space behind it. */
static size_t note_mark(struct nq_str line)
{
    size_t end = nq_str_starts(line, NQ_STR("[^")) ? nq_str_find(line, NQ_STR("]:"), 2) : SIZE_MAX;
    enum { LONGEST = 24 };
    return end < LONGEST && end + 2 < line.len ? end + 2 : 0;
}

/* - 3 -, · 12 ·: the number of a page between two marks. */
static bool is_framed_number(struct nq_str line)
{
    size_t n = one_bullet(line);
    return n > 1 && nq_str_ends(line, nq_str_sub(line, 0, line.ptr[0] < 0 ? n : n - 1)) &&
           nq_is_page_number(line, false);
}

size_t nq_line_bullet(struct nq_str line)
{
    enum { MOST = 3 };
    size_t len = 0, more;
    if (is_framed_number(line))
        return 0;
    if ((more = note_mark(line)) > 0)
        return more;
    for (int i = 0; i < MOST; i++) {
        struct nq_str rest = nq_str_sub(line, len, line.len), trimmed = nq_str_trim(rest);
        size_t space = trimmed.len ? (size_t)(trimmed.ptr - rest.ptr) : 0;
        if ((more = one_bullet(trimmed)) == 0)
            break;
        len += space + more; /* a mark may be doubled: • - */
    }
    /* 2. 2. text: the number that was counted and the one that was typed. */
    struct nq_str rest = nq_str_trim(nq_str_sub(line, len, line.len));
    struct nq_number first, second;
    if (nq_number_parse(rest, &first) && first.style == NQ_NUMBERING_DECIMAL &&
        nq_number_parse(nq_str_sub(rest, first.len, rest.len), &second) &&
        second.style == first.style && second.value == first.value)
        len = (size_t)(rest.ptr - line.ptr) + first.len;
    return len;
}

bool nq_line_is_bullet(struct nq_str text)
{
    for (size_t i = 0; i < NQ_COUNT(bullets); i++)
        if (nq_str_eq(text, nq_str_from(bullets[i])))
            return true;
    uint32_t cp = nq_scan_first(text);
    return text.len == strlen("■") && (is_flag(cp) || is_symbol(cp));
}

bool nq_line_is_row(struct nq_str text)
{
    enum { LEAST = 2, MOST_BYTES = 600 };
    size_t gaps = 0, spaces = 0;
    struct nq_number number;
    if (text.len > MOST_BYTES)
        return false;
    nq_number_parse(text, &number);
    for (size_t at = number.len; at < text.len && gaps < LEAST;) {
        bool wide = nq_str_starts(nq_str_sub(text, at, text.len), NQ_STR("　"));
        bool tab = text.ptr[at] == '\t';
        spaces += wide || tab ? 2 : text.ptr[at] == ' ';
        if (!wide && !tab && text.ptr[at] != ' ') {
            gaps += spaces >= 2;
            spaces = 0;
        }
        at += wide ? 3 : 1;
    }
    return gaps >= LEAST;
}

enum nq_pipes nq_line_pipes(struct nq_str *text)
{
    struct nq_str s = *text;
    bool rule = true;
    if (s.len < 3 || s.ptr[0] != '|' || !memchr(s.ptr + 1, '|', s.len - 1))
        return NQ_PIPES_NONE;
    for (size_t i = 0; i < s.len; i++)
        rule &= strchr("|-: ", s.ptr[i]) && s.ptr[i];
    if (rule)
        return NQ_PIPES_RULE;
    if (s.ptr[s.len - 1] != '|')
        return NQ_PIPES_NONE; /* a field that goes on with the line before */
    *text = nq_str_trim(nq_str_sub(s, 1, s.len - 1));
    return text->len ? NQ_PIPES_ROW : NQ_PIPES_RULE;
}

/* ———— ──── ━━━━: nothing but one sign, four times at least. */
static bool is_wide_rule(struct nq_str line)
{
    static const char *const signs[] = {"—", "─", "━", "＿", "－", "═"};
    enum { BYTES = 3, LEAST = 4 };
    bool rule = false;
    for (size_t i = 0; i < NQ_COUNT(signs) && !rule; i++) {
        rule = line.len >= BYTES * LEAST && line.len % BYTES == 0;
        for (size_t at = 0; at < line.len && rule; at += BYTES)
            rule = memcmp(line.ptr + at, signs[i], BYTES) == 0;
    }
    return rule;
}

/* - END -, — 完 — */
static bool is_end(struct nq_str line)
{
    enum { LONGEST = 16 };
    char bare[LONGEST * 2];
    struct nq_str name = nq_scan_trim_marks(line);
    name = (struct nq_str){bare, line.len <= LONGEST ? nq_scan_bare(name, bare, sizeof bare) : 0};
    return line.len > name.len && (nq_str_eq(name, NQ_STR("end")) || nq_str_eq(name, NQ_STR("完")));
}

bool nq_line_is_rule(struct nq_str line)
{
    if (is_wide_rule(line) || is_end(line))
        return true;
    if (line.len < 3 || !strchr("-*_=~", line.ptr[0]))
        return false;
    for (size_t i = 1; i < line.len; i++)
        if (line.ptr[i] != line.ptr[0] && line.ptr[i] != ' ')
            return false;
    return true;
}

bool nq_line_is_way_out(struct nq_str text)
{
    static const struct nq_str words[] = {
        NQ_STR_INIT("原文"), NQ_STR_INIT("查看"), NQ_STR_INIT("阅读"), NQ_STR_INIT("链接"),
        NQ_STR_INIT("详情"), NQ_STR_INIT("read"), NQ_STR_INIT("more"), NQ_STR_INIT("source")};
    enum { LONGEST = 40 };
    return text.len == 0 || (text.len <= LONGEST && nq_scan_has_any(text, words, NQ_COUNT(words)));
}
