/* Marks that a line begins with, or is made of: see lines.h. */
#include "ingest/lines.h"
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

size_t nq_line_bullet(struct nq_str line)
{
    static const char *const marks[] = {"•", "●", "·", "■", "◆", "○", "▪",  "◇", "□",
                                        "➢", "►", "▶", "✓", "‣", "◦", "－", "–"};
    if (line.len < 2)
        return 0;
    /* "+ 制造" is the rest of “人工智能 + 制造” more often than a list's mark. */
    if (strchr("-*", line.ptr[0]) && (line.ptr[1] == ' ' || line.ptr[1] == '\t'))
        return 2;
    for (size_t i = 0; i < NQ_COUNT(marks); i++) {
        struct nq_str mark = nq_str_from(marks[i]);
        bool dash = i + 2 >= NQ_COUNT(marks) || i == 2;
        if (nq_str_starts(line, mark) && line.len > mark.len &&
            (!dash || line.ptr[mark.len] == ' '))
            return mark.len;
    }
    return 0;
}

bool nq_line_is_rule(struct nq_str line)
{
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
