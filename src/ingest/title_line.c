/* Lines of a title page: see title_line.h. */
#include "ingest/title_line.h"

#include "ingest/names.h"
#include "ingest/scan.h"
#include "text/utf8.h"

/* The bytes of the gap or bar at `at`, its columns in `*columns`; 0 if there is none. */
static size_t gap_at(struct nq_str s, size_t at, size_t *columns)
{
    size_t end = at;
    bool bar = false;
    for (*columns = 0; end < s.len;) {
        struct nq_str rest = nq_str_sub(s, end, s.len);
        bool wide = nq_str_starts(rest, NQ_STR("　")), wide_bar = nq_str_starts(rest, NQ_STR("｜"));
        if (!wide && !wide_bar && !strchr(" \t|", rest.ptr[0]))
            break;
        bar |= wide_bar || rest.ptr[0] == '|';
        *columns += rest.ptr[0] == ' ' ? 1 : 2;
        end += wide || wide_bar ? 3 : 1;
    }
    return bar || *columns >= 2 ? end - at : 0;
}

/* Whether one character stands alone at byte `at` of `s`: before a space, or at an end. */
static bool stands_alone(struct nq_str s, size_t at)
{
    uint32_t cp;
    size_t n = nq_utf8_decode(nq_str_sub(s, at, s.len), &cp, NULL), columns;
    return cp > 0x80 && (at + n >= s.len || gap_at(s, at + n, &columns) > 0);
}

bool nq_title_cell(struct nq_str *rest, struct nq_str *cell)
{
    enum { NARROW_GAP = 2 };
    size_t columns, gap = gap_at(*rest, 0, &columns), word = 0;
    struct nq_str s = nq_str_trim(nq_str_sub(*rest, gap, rest->len));
    for (size_t at = 0; at < s.len; at++) {
        if ((gap = gap_at(s, at, &columns)) == 0)
            continue;
        bool spaced = columns == NARROW_GAP && stands_alone(s, word) && stands_alone(s, at + gap);
        if (!spaced) {
            *cell = nq_str_sub(s, 0, at);
            *rest = nq_str_sub(s, at + gap, s.len);
            return true;
        }
        at += gap - 1;
        word = at + 1;
    }
    *cell = s;
    *rest = (struct nq_str){0};
    return s.len > 0;
}

bool nq_title_is_parted(struct nq_str text)
{
    enum { FAR = 6 };
    for (size_t at = 0, columns; at < text.len; at++)
        if (gap_at(text, at, &columns) > 0 && columns >= FAR)
            return true;
    return false;
}

struct nq_str nq_title_unspaced(struct nq_arena *arena, struct nq_str title)
{
    enum { LEAST = 3, LONGEST = 200 };
    char joined[LONGEST];
    size_t n = 0, characters = 0, columns;
    if (title.len > sizeof joined)
        return title;
    for (size_t at = 0; at < title.len;) {
        uint32_t cp;
        size_t len = nq_utf8_decode(nq_str_sub(title, at, title.len), &cp, NULL);
        size_t end = at + len, gap = gap_at(title, end, &columns);
        if (gap == 0 && end < title.len && title.ptr[end] == ' ')
            gap = 1;
        if (!nq_scan_is_wide(cp) || (gap == 0 && end < title.len))
            return title;
        memcpy(joined + n, title.ptr + at, len);
        n += len;
        characters++;
        at = end + gap;
    }
    return characters >= LEAST ? nq_arena_str(arena, (struct nq_str){joined, n}) : title;
}

size_t nq_title_date(struct nq_str text, size_t *start, struct nq_printed_date *date)
{
    enum { BESIDE_DATE = 40 };
    size_t len = nq_printed_date_find(text, start, date);
    if (len == 0) { /* a month is a date where it is all of the line */
        *start = 0;
        len = nq_printed_date(text, NQ_NO_DAY, false, date);
        len = len < text.len ? 0 : len;
    }
    size_t width = nq_scan_width(nq_str_sub(text, *start, *start + len));
    return len > 0 && nq_scan_width(text) <= width + BESIDE_DATE ? len : 0;
}

/* 某某研究院 编: an organisation without what it did behind it; `text` where none stands there. */
static struct nq_str without_part(struct nq_str text)
{
    static const char *const parts[] = {"编",   "编印", "编制", "编写", "编辑", "主编", "编发",
                                        "主办", "承办", "出品", "发布", "印发", "整理", "撰写"};
    for (size_t i = 0; i < NQ_COUNT(parts); i++) {
        size_t len = strlen(parts[i]);
        if (!nq_str_ends(text, nq_str_from(parts[i])) || text.len == len)
            continue;
        struct nq_str name = nq_str_trim(nq_str_sub(text, 0, text.len - len));
        if (nq_is_organisation(name))
            return name;
    }
    return text;
}

struct nq_str nq_title_name(struct nq_str text)
{
    static const char *const labels[] = {"发布单位", "发布机构", "主办单位", "主办", "编制单位",
                                         "编制",     "编写单位", "编写",     "出品", "来源",
                                         "作者",     "单位",     "发布"};
    for (size_t i = 0; i < NQ_COUNT(labels); i++) {
        struct nq_str label = nq_str_from(labels[i]);
        if (!nq_str_starts(text, label))
            continue;
        struct nq_str rest = nq_str_trim(nq_str_sub(text, label.len, text.len));
        if (nq_str_starts(rest, NQ_STR("：")) || nq_str_starts(rest, NQ_STR(":")))
            return nq_scan_trim_marks(rest);
    }
    text = without_part(text);
    /* 1 某某研究院: the number that its authors have, too. */
    bool noted = text.len > 2 && text.ptr[0] >= '1' && text.ptr[0] <= '9' && text.ptr[1] == ' ';
    return noted && nq_is_organisation(text) ? nq_str_trim(nq_str_sub(text, 1, text.len)) : text;
}

bool nq_title_labels_date(struct nq_str text)
{
    static const char *const labels[] = {"发布时间", "发布日期", "时间", "日期", "来源", "发布于"};
    enum { WIDEST = 120 };
    for (size_t i = 0; i < NQ_COUNT(labels); i++)
        if (nq_str_starts(text, nq_str_from(labels[i])))
            return nq_scan_width(text) <= WIDEST;
    return nq_scan_width(text) <= WIDEST && (nq_str_find(text, NQ_STR("来源："), 0) != SIZE_MAX ||
                                             nq_str_find(text, NQ_STR("来源:"), 0) != SIZE_MAX);
}

struct nq_str nq_title_source(struct nq_str text)
{
    size_t at = nq_str_find(text, NQ_STR("来源"), 0), end;
    if (at == SIZE_MAX)
        return (struct nq_str){0};
    struct nq_str name = nq_scan_trim_marks(nq_str_sub(text, at + strlen("来源"), text.len));
    for (end = 0; end < name.len && name.ptr[end] != ' '; end++)
        if (nq_str_starts(nq_str_sub(name, end, name.len), NQ_STR("　")))
            break;
    name.len = end;
    return name.len ? name : (struct nq_str){0};
}
