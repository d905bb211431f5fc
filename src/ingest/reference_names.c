/* Who published a cited work and what it is called: the fields of a reference that are neither date
 * nor purpose.  See reference.h. */
#include "ingest/reference_fields.h"

enum { WIDEST_SOURCE = 60, WIDEST_LOOSE_SOURCE = 30 };

int nq_reference_step(struct nq_str s, size_t at)
{
    unsigned char c = (unsigned char)s.ptr[at];
    size_t n = c < 0x80 ? 1 : 3;
    return at + n <= s.len && c != ' ' ? nq_scan_depth(nq_str_sub(s, at, at + n)) : 0;
}

/* `title` without 《》 around all of it and 转载 behind them. */
struct nq_str nq_reference_title(struct nq_str title)
{
    static const char *const notes[] = {"转载",     "（转载）", "(转载)",   "全文",
                                        "（全文）", "等",       "（节选）", "节选"};
    title = nq_scan_trim_marks(title);
    /* The closing mark went with the comma that stood before it. */
    if (nq_str_starts(title, NQ_STR("\"")) && nq_str_find(title, NQ_STR("\""), 1) == SIZE_MAX)
        title = nq_str_sub(title, 1, title.len);
    if (nq_str_starts(title, NQ_STR("“")) && nq_scan_depth(title) > 0)
        title = nq_str_sub(title, 3, title.len);
    if (!nq_str_starts(title, NQ_STR("《")))
        return title;
    int depth = 0;
    for (size_t at = 0; at + 2 < title.len; at++) {
        struct nq_str rest = nq_str_sub(title, at, title.len);
        depth += nq_str_starts(rest, NQ_STR("《")) - nq_str_starts(rest, NQ_STR("》"));
        if (depth > 0 || !nq_str_starts(rest, NQ_STR("》")))
            continue;
        struct nq_str tail = nq_scan_trim_marks(nq_str_sub(rest, 3, rest.len));
        bool note = tail.len == 0;
        for (size_t i = 0; i < NQ_COUNT(notes); i++)
            note |= nq_str_eq(tail, nq_str_from(notes[i]));
        return note ? nq_str_sub(title, 3, at) : title;
    }
    return title;
}

/* Whether a field between commas is a source by its looks: a medium, an authority, a Latin name. */
static bool is_source(struct nq_str s)
{
    static const char *const ends[] = {"社",   "报",   "网",   "台",   "局",     "部",     "委",
                                       "院",   "府",   "厅",   "会",   "新闻",   "频道",   "杂志",
                                       "中心", "日报", "公司", "大学", "客户端", "研究所", "联盟",
                                       "银行", "署",   "办",   "转载", "公众号", "平台"};
    size_t words = 1;
    if (s.len == 0 || nq_scan_width(s) > WIDEST_LOOSE_SOURCE)
        return false;
    if (nq_str_any_end(s, ends, NQ_COUNT(ends)))
        return true;
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.ptr[i] >= 0x80)
            return false;
        words += s.ptr[i] == ' ';
    }
    return words <= 4 && s.ptr[0] >= 'A' && s.ptr[0] <= 'Z';
}

/* The byte of the colon that parts source and title, or SIZE_MAX; its bytes in `*len`. */
static size_t find_colon(struct nq_str s, size_t *len)
{
    int depth = 0;
    for (size_t at = 0; at < s.len; at++) {
        if (((unsigned char)s.ptr[at] & 0xC0) == 0x80)
            continue;
        struct nq_str rest = nq_str_sub(s, at, s.len);
        depth += nq_reference_step(s, at);
        bool wide = nq_str_starts(rest, NQ_STR("："));
        bool address = nq_str_starts(rest, NQ_STR("://"));
        if (depth > 0 || address || (!wide && s.ptr[at] != ':'))
            continue;
        *len = wide ? 3 : 1;
        bool fits = at > 0 && nq_scan_width(nq_str_sub(s, 0, at)) <= WIDEST_SOURCE;
        return fits ? at : SIZE_MAX;
    }
    return SIZE_MAX;
}

/* 国家数据局. 标题[EB/OL] or 作者. 标题[N]. 人民日报: the mark behind the title, or SIZE_MAX. */
static size_t find_type_mark(struct nq_str s, size_t *len)
{
    for (size_t at = 0; at + 2 < s.len; at++) {
        size_t n = 1;
        while (s.ptr[at] == '[' && at + n < s.len &&
               ((s.ptr[at + n] >= 'A' && s.ptr[at + n] <= 'Z') || s.ptr[at + n] == '/'))
            n++;
        if (n > 1 && n < 7 && at + n < s.len && s.ptr[at + n] == ']') {
            *len = n + 1;
            return at;
        }
    }
    return SIZE_MAX;
}

static bool split_by_type_mark(struct nq_str s, struct nq_reference *out)
{
    size_t len, mark = find_type_mark(s, &len);
    if (mark == SIZE_MAX)
        return false;
    struct nq_str before = nq_str_sub(s, 0, mark);
    struct nq_str behind = nq_scan_trim_marks(nq_str_sub(s, mark + len, s.len));
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
    if (nq_str_any_end(before, verbs, NQ_COUNT(verbs)) || nq_scan_width(before) > WIDEST_SOURCE)
        return false;
    out->source = before;
    out->title = nq_str_sub(s, open, s.len);
    return true;
}

/* 《标题》（新华网）: the bracket behind a title holds its source. */
static bool split_by_bracket(struct nq_str s, struct nq_reference *out)
{
    bool wide = nq_str_ends(s, NQ_STR("）"));
    size_t close = nq_str_find(s, NQ_STR("》"), 0), width = wide ? 3 : 1;
    if (close == SIZE_MAX || !nq_str_starts(s, NQ_STR("《")) ||
        !(wide || nq_str_ends(s, NQ_STR(")"))))
        return false;
    struct nq_str tail = nq_str_trim(nq_str_sub(s, close + 3, s.len));
    if (!nq_str_starts(tail, wide ? NQ_STR("（") : NQ_STR("(")))
        return false;
    struct nq_str inside = nq_str_trim(nq_str_sub(tail, width, tail.len - width));
    if (!is_source(inside) || nq_str_eq(inside, NQ_STR("转载")))
        return false;
    out->source = inside;
    out->title = nq_str_sub(s, 0, close + 3);
    return true;
}

/* Source and title of what is neither date nor purpose: fields [low, high), which stand together.
 */
static void split_names(const struct nq_fields *f, size_t low, size_t high,
                        struct nq_reference *out)
{
    const struct nq_field *first = &f->items[low], *last = &f->items[high - 1];
    struct nq_str all = {first->text.ptr,
                         (size_t)(last->text.ptr + last->text.len - first->text.ptr)};
    size_t len, colon = find_colon(all, &len);
    if (f->pipes && high - low > 1) {
        out->source = first->text;
        out->title = nq_str_sub(all, (size_t)(first[1].text.ptr - all.ptr), all.len);
    } else if (split_by_type_mark(all, out)) {
        return;
    } else if (colon != SIZE_MAX) {
        out->source = nq_scan_trim_marks(nq_str_sub(all, 0, colon));
        out->title = nq_str_sub(all, colon + len, all.len);
    } else if (high - low > 1 && is_source(first->text)) {
        out->source = first->text;
        out->title = nq_str_sub(all, (size_t)(first[1].text.ptr - all.ptr), all.len);
    } else if (high - low > 1 && is_source(last->text)) {
        out->source = last->text;
        out->title = nq_scan_trim_marks(nq_str_sub(all, 0, (size_t)(last->text.ptr - all.ptr)));
    } else if (!split_by_bracket(all, out) && !split_by_book_mark(all, out)) {
        out->title = all;
    }
}

void nq_reference_names(const struct nq_fields *f, const struct nq_field *date,
                        struct nq_reference *out)
{
    size_t low = 0, high;
    while (low < f->n && f->items[low].kind != NQ_FIELD_TEXT)
        low++;
    high = low;
    while (high < f->n && f->items[high].kind == NQ_FIELD_TEXT)
        high++;
    if (low == high)
        return;
    size_t next = high;
    while (next < f->n && f->items[next].kind != NQ_FIELD_TEXT)
        next++;
    bool apart = next < f->n && high - low == 1 && !f->pipes;
    if (apart && is_source(f->items[low].text)) {
        out->source = f->items[low].text;
        out->title = f->items[next].text;
    } else {
        split_names(f, low, high, out);
        if (apart && !out->source.ptr && is_source(f->items[next].text))
            out->source = f->items[next].text;
        /* In a table of four columns the last says what it was for, in whatever words. */
        else if (f->pipes && date && next < f->n && !out->purpose.ptr && high - low > 1)
            out->purpose = f->items[next].text;
    }
}
