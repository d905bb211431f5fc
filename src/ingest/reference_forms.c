/* Forms of references that say by a mark what the title is: [J], 《》, 【】, quotation marks, a
 * name with a year behind it.  See reference_fields.h. */
#include "ingest/names.h"
#include "ingest/reference_fields.h"

enum { WIDEST_SOURCE = 60 };

/* 国家数据局. 标题[EB/OL] or 作者. 标题[N]. 人民日报: the mark behind the title, or SIZE_MAX. */
static size_t find_type_mark(struct nq_str s, size_t *len)
{
    for (size_t at = 0; at + 2 < s.len; at++) {
        struct nq_str rest = nq_str_sub(s, at, s.len);
        size_t open = rest.ptr[0] == '[' ? 1 : nq_str_starts(rest, NQ_STR("［")) ? 3 : 0, n = open;
        while (open && n < rest.len &&
               ((rest.ptr[n] >= 'A' && rest.ptr[n] <= 'Z') || rest.ptr[n] == '/' ||
                rest.ptr[n] == ' '))
            n++;
        struct nq_str end = nq_str_sub(rest, n, rest.len);
        if (n > open && n < open + 7 && end.len > 0 &&
            (end.ptr[0] == ']' || nq_str_starts(end, NQ_STR("］")))) {
            *len = n + (end.ptr[0] == ']' ? 1 : 3);
            return at;
        }
    }
    return SIZE_MAX;
}

/* Whether a colon parts a place of two to four characters from what follows, at `*colon`. */
static bool is_place(struct nq_str s, size_t *colon)
{
    enum { LONGEST = 12 };
    size_t at = 0;
    while (at < s.len && (unsigned char)s.ptr[at] >= 0xE4)
        at += 3;
    if (at == 0 || at > LONGEST || at >= s.len || s.ptr[at] != ':')
        return false;
    *colon = at;
    return true;
}

static bool split_by_type_mark(struct nq_str s, struct nq_reference *out)
{
    size_t len, mark = find_type_mark(s, &len);
    if (mark == SIZE_MAX)
        return false;
    struct nq_str before = nq_str_sub(s, 0, mark);
    struct nq_str behind = nq_scan_trim_marks(nq_str_sub(s, mark + len, s.len));
    size_t place = nq_str_find(behind, NQ_STR(": "), 0); /* 北京: 出版社 */
    if (place == SIZE_MAX && is_place(behind, &place))
        place--; /* 北京:出版社 */
    if (place != SIZE_MAX)
        behind = nq_str_sub(behind, place + 2, behind.len);
    size_t cut = nq_str_find(before, NQ_STR(". "), 0), width = 2;
    if (cut == SIZE_MAX)
        cut = nq_str_find(before, NQ_STR("．"), 0), width = 3;
    if (cut == SIZE_MAX)
        cut = nq_str_find(before, NQ_STR("."), 0), width = 1;
    out->title = cut == SIZE_MAX ? before : nq_str_sub(before, cut + width, before.len);
    if (behind.len && nq_str_find(behind, NQ_STR("http"), 0) != 0)
        out->source = behind;
    else if (cut != SIZE_MAX)
        out->source = nq_scan_trim_marks(nq_str_sub(before, 0, cut));
    return true;
}

/* 国家数据局《标题》; but 关于印发《…》的通知 is one title. */
static bool split_by_book_mark(struct nq_str s, struct nq_reference *out)
{
    static const char *const verbs[] = {"印发", "发布", "关于", "解读", "学习",
                                        "落实", "出台", "公布", "贯彻", "实施"};
    size_t open = nq_str_find(s, NQ_STR("《"), 0);
    if (open == SIZE_MAX || open == 0 || !nq_str_ends(s, NQ_STR("》")))
        return false;
    struct nq_str before = nq_scan_trim_marks(nq_str_sub(s, 0, open));
    bool verb = nq_str_any_end(before, verbs, NQ_COUNT(verbs)) && !nq_reference_is_account(before);
    if (verb || nq_scan_width(before) > WIDEST_SOURCE)
        return false;
    out->source = before;
    out->title = nq_str_sub(s, open, s.len);
    return true;
}

/* Whether a bracket's content is a source, or one and its date, which is cut off later. */
static bool is_sourced(struct nq_str s)
{
    static const struct nq_str marks[] = {NQ_STR_INIT("，"), NQ_STR_INIT(", "), NQ_STR_INIT(",")};
    for (size_t i = 0; i < NQ_COUNT(marks); i++) {
        size_t at = nq_str_find(s, marks[i], 0), behind = at + marks[i].len;
        if (at != SIZE_MAX && behind < s.len && s.ptr[behind] >= '0' && s.ptr[behind] <= '9')
            s = nq_str_trim(nq_str_sub(s, 0, at));
    }
    return nq_reference_is_source(s) && !nq_str_eq(s, NQ_STR("转载"));
}

/* 《标题》（新华网）, 《标题》（草案）（新华网，2026年6月1日）: the last bracket behind a title
 * holds its source. */
static bool split_by_bracket(struct nq_str s, struct nq_reference *out)
{
    bool wide = nq_str_ends(s, NQ_STR("）"));
    size_t close = nq_str_find(s, NQ_STR("》"), 0), width = wide ? 3 : 1, open = SIZE_MAX;
    if (close == SIZE_MAX || !nq_str_starts(s, NQ_STR("《")) ||
        !(wide || nq_str_ends(s, NQ_STR(")"))))
        return false;
    struct nq_str bracket = wide ? NQ_STR("（") : NQ_STR("(");
    if (!nq_str_starts(nq_str_trim(nq_str_sub(s, close + 3, s.len)), bracket))
        return false;
    for (size_t at = close + 3; (at = nq_str_find(s, bracket, at)) != SIZE_MAX; at += width)
        open = at;
    struct nq_str inside = nq_str_trim(nq_str_sub(s, open + width, s.len - width));
    if (!is_sourced(inside))
        return false;
    out->source = inside;
    out->title = nq_str_trim(nq_str_sub(s, 0, open));
    return true;
}

/* 《标题》 新华网: the source stands behind the title. */
static bool split_behind_title(struct nq_str s, struct nq_reference *out)
{
    size_t close = nq_str_find(s, NQ_STR("》"), 0);
    if (close == SIZE_MAX || !nq_str_starts(s, NQ_STR("《")))
        return false;
    struct nq_str tail = nq_scan_trim_marks(nq_str_sub(s, close + 3, s.len));
    if (!nq_reference_is_source(tail) || nq_str_eq(tail, NQ_STR("转载")))
        return false;
    out->source = tail;
    out->title = nq_str_sub(s, 0, close + 3);
    return true;
}

/* 【新华社】标题 */
static bool split_by_label(struct nq_str s, struct nq_reference *out)
{
    size_t close = nq_str_find(s, NQ_STR("】"), 0);
    if (close == SIZE_MAX || !nq_str_starts(s, NQ_STR("【")) || close + 3 == s.len ||
        !nq_reference_is_source(nq_str_sub(s, 3, close)))
        return false;
    out->source = nq_str_sub(s, 3, close);
    out->title = nq_str_sub(s, close + 3, s.len);
    return true;
}

/* 作者：《标题》，《日报》2026年6月11日; 作者：标题，载《刊》2025年第3期;
 * 作者：《书》，出版社2024年版: a name with a year right behind it published what stands before. */
static bool split_by_issue(struct nq_str all, const struct nq_field *last, struct nq_reference *out)
{
    static const char *const in[] = {"原载于", "原载", "载于", "刊于", "载", "见"};
    struct nq_str before =
        nq_scan_trim_marks(nq_str_sub(all, 0, (size_t)(last->text.ptr - all.ptr)));
    size_t len, colon = nq_reference_colon(before, &len);
    if (!last->issue || before.len == 0)
        return false;
    out->source = last->text;
    for (size_t i = 0; i < NQ_COUNT(in); i++)
        if (nq_str_starts(out->source, nq_str_from(in[i])) && out->source.ptr == last->text.ptr)
            out->source = nq_str_sub(out->source, strlen(in[i]), out->source.len);
    out->title = colon == SIZE_MAX ? before : nq_str_sub(before, colon + len, before.len);
    return true;
}

bool nq_reference_quoted(struct nq_str s, struct nq_reference *out)
{
    enum { SHORTEST = 10 };
    size_t open = nq_str_find(s, NQ_STR("\""), 0);
    size_t close = open == SIZE_MAX ? open : nq_str_find(s, NQ_STR("\""), open + 1);
    if (close == SIZE_MAX || close < open + SHORTEST || open == 0)
        return false;
    struct nq_str before = nq_str_trim(nq_str_sub(s, 0, open));
    bool parted = before.len > 0 && strchr(".,:;)", before.ptr[before.len - 1]);
    bool ended = close + 1 == s.len || strchr(".,;", s.ptr[close + 1]) || s.ptr[close - 1] == ',';
    if (!parted || !ended)
        return false;
    size_t year = nq_str_find(before, NQ_STR("("), 0);
    out->source = nq_scan_trim_marks(nq_str_sub(before, 0, year == SIZE_MAX ? before.len : year));
    out->title = nq_str_sub(s, open, close + 1);
    return true;
}

bool nq_reference_by_mark(struct nq_str s, const struct nq_field *last, struct nq_reference *out)
{
    return split_by_type_mark(s, out) || split_by_issue(s, last, out) || split_by_label(s, out);
}

bool nq_reference_by_title(struct nq_str s, struct nq_reference *out)
{
    return split_by_bracket(s, out) || split_behind_title(s, out) || split_by_book_mark(s, out);
}

enum label { LABEL_NONE, LABEL_SOURCE, LABEL_TITLE, LABEL_DATE };

/* The label that a field begins with; the field without it in `*value`. */
static enum label label_of(struct nq_str text, struct nq_str *value)
{
    static const struct {
        const char *name;
        enum label label;
    } table[] = {{"来源", LABEL_SOURCE},     {"出处", LABEL_SOURCE},   {"机构", LABEL_SOURCE},
                 {"发布机构", LABEL_SOURCE}, {"作者", LABEL_SOURCE},   {"媒体", LABEL_SOURCE},
                 {"标题", LABEL_TITLE},      {"题名", LABEL_TITLE},    {"题目", LABEL_TITLE},
                 {"名称", LABEL_TITLE},      {"文件", LABEL_TITLE},    {"时间", LABEL_DATE},
                 {"日期", LABEL_DATE},       {"发布时间", LABEL_DATE}, {"发布日期", LABEL_DATE}};
    *value = text;
    for (size_t i = 0; i < NQ_COUNT(table); i++) {
        struct nq_str rest = nq_str_sub(text, strlen(table[i].name), text.len);
        if (nq_str_starts(text, nq_str_from(table[i].name)) &&
            (nq_str_starts(rest, NQ_STR("：")) || nq_str_starts(rest, NQ_STR(":")))) {
            *value = nq_scan_trim_marks(rest);
            return table[i].label;
        }
    }
    return LABEL_NONE;
}

bool nq_reference_labelled(const struct nq_fields *f, int32_t report_day, struct nq_reference *out,
                           struct nq_printed_date *date)
{
    struct nq_reference found = *out;
    enum label last = LABEL_NONE;
    for (size_t i = 0; i < f->n; i++) {
        struct nq_str value;
        enum label label = label_of(f->items[i].text, &value);
        if (label == LABEL_SOURCE)
            found.source = value;
        else if (label == LABEL_TITLE)
            found.title = value;
        else if (label == LABEL_DATE)
            nq_printed_date(value, report_day, true, date);
        else if (last == LABEL_TITLE && f->items[i].kind == NQ_FIELD_TEXT) /* a comma within it */
            found.title.len = (size_t)(value.ptr + value.len - found.title.ptr);
        last = label == LABEL_NONE ? last : label;
    }
    if (!found.source.ptr || !found.title.ptr)
        return false;
    *out = found;
    return true;
}
