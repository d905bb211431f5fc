/* Who published a cited work and what it is called: the fields of a reference that are neither date
 * nor purpose.  See reference.h. */
#include "ingest/names.h"
#include "ingest/reference_fields.h"

enum { WIDEST_SOURCE = 60, WIDEST_LOOSE_SOURCE = 30, WIDEST_ORGANISATION = 44 };

int nq_reference_step(struct nq_str s, size_t at)
{
    unsigned char c = (unsigned char)s.ptr[at];
    size_t n = c < 0x80 ? 1 : 3;
    return at + n <= s.len && c != ' ' ? nq_scan_depth(nq_str_sub(s, at, at + n)) : 0;
}

/* `s` without the quotation marks around all of it. */
static struct nq_str without_quotes(struct nq_str s)
{
    static const char *const pairs[][2] = {{"\"", "\""}, {"“", "”"}, {"「", "」"}, {"『", "』"}};
    for (size_t i = 0; i < NQ_COUNT(pairs); i++) {
        struct nq_str open = nq_str_from(pairs[i][0]), close = nq_str_from(pairs[i][1]);
        if (nq_str_starts(s, open) && s.len > open.len + close.len &&
            nq_str_find(s, close, open.len) == s.len - close.len)
            return nq_str_sub(s, open.len, s.len - close.len);
    }
    return s;
}

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
    title = nq_scan_trim_marks(without_quotes(title));
    if (!nq_str_starts(title, NQ_STR("《")))
        return title;
    int depth = 0;
    for (size_t at = 0; at + 2 < title.len; at++) {
        struct nq_str rest = nq_str_sub(title, at, title.len);
        depth += nq_str_starts(rest, NQ_STR("《")) - nq_str_starts(rest, NQ_STR("》"));
        if (depth > 0 || !nq_str_starts(rest, NQ_STR("》")))
            continue;
        struct nq_str tail = nq_scan_trim_marks(nq_str_sub(rest, 3, rest.len));
        bool parted = nq_str_starts(nq_str_sub(rest, 3, rest.len), NQ_STR("，"));
        bool note = tail.len == 0 || (parted && nq_reference_is_source(tail));
        for (size_t i = 0; i < NQ_COUNT(notes); i++)
            note |= nq_str_eq(tail, nq_str_from(notes[i]));
        return note ? nq_str_sub(title, 3, at) : title;
    }
    return title;
}

static struct nq_str without_book_marks(struct nq_str s)
{
    bool marked = nq_str_starts(s, NQ_STR("《")) && nq_str_ends(s, NQ_STR("》")) && s.len > 6;
    return marked ? nq_str_sub(s, 3, s.len - 3) : s;
}

/* 上海发布, 云岭发布: the account of a city, not what an authority did. */
bool nq_reference_is_account(struct nq_str s)
{
    enum { LONGEST = 18 };
    struct nq_str name = nq_str_sub(s, 0, s.len - (s.len < 6 ? 0 : 6));
    return s.len <= LONGEST && nq_str_ends(s, NQ_STR("发布")) && name.len > 0 &&
           !nq_is_organisation(name);
}

bool nq_reference_is_source(struct nq_str s)
{
    /* What a body publishes about a time or a matter, and no paper. */
    static const char *const works[] = {"通报", "公报", "年报", "季报", "月报",
                                        "汇报", "申报", "财报", "预报", "情报"};
    static const char *const ends[] = {"社",   "报",   "网",   "台",   "局",     "部",     "委",
                                       "院",   "府",   "厅",   "会",   "新闻",   "频道",   "杂志",
                                       "中心", "日报", "公司", "大学", "客户端", "研究所", "联盟",
                                       "银行", "署",   "办",   "转载", "公众号", "平台",   "网站",
                                       "机构", "官网", "晚报", "时报", "周刊"};
    size_t words = 1;
    s = without_book_marks(s);
    size_t width = nq_scan_width(s);
    if (width > WIDEST_LOOSE_SOURCE && width <= WIDEST_ORGANISATION && nq_is_organisation(s))
        return true;
    if (s.len == 0 || width > WIDEST_LOOSE_SOURCE)
        return false;
    if (nq_reference_is_account(s))
        return true;
    if (nq_str_any_end(s, ends, NQ_COUNT(ends)))
        return !nq_str_any_end(s, works, NQ_COUNT(works));
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.ptr[i] >= 0x80)
            return false;
        words += s.ptr[i] == ' ';
    }
    return words <= 4 && s.ptr[0] >= 'A' && s.ptr[0] <= 'Z';
}

/* The byte of the colon that parts source and title, or SIZE_MAX; its bytes in `*len`. */
size_t nq_reference_colon(struct nq_str s, size_t *len)
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

/* Whether `field`, the last of `all`, stands in a bracket behind the others: 标题（新华网，… */
static bool is_bracketed(struct nq_str all, const struct nq_field *field)
{
    size_t start;
    uint32_t cp =
        nq_scan_last(nq_str_trim(nq_str_sub(all, 0, (size_t)(field->text.ptr - all.ptr))), &start);
    return cp == '(' || cp == 0xFF08;
}

/* Whether the second of the fields `first` says by its marks or by what parts it from the first
 * that it is the title of what that one published: 某某部门，“标题”; 某某部门. 标题;
 * 某某部门——标题. */
static bool tells_title(const struct nq_field *first)
{
    static const char *const stops[] = {".", "．", "。", "——"};
    struct nq_str title = first[1].text, name = first->text;
    struct nq_str gap = nq_str_trim(
        (struct nq_str){name.ptr + name.len, (size_t)(title.ptr - name.ptr) - name.len});
    bool quoted = without_quotes(title).len < title.len;
    return nq_scan_width(name) <= WIDEST_LOOSE_SOURCE &&
           (quoted || nq_str_any_start(gap, stops, NQ_COUNT(stops)));
}

/* Reuters. Title of some words: the byte of the stop behind a Latin name, which holds none; or
 * SIZE_MAX. */
static size_t name_stop(struct nq_str s)
{
    enum { SHORTEST = 5 }; /* but for BBC: Gov. Smith is no source */
    size_t at = nq_str_find(s, NQ_STR(". "), 0);
    if (at == SIZE_MAX || memchr(s.ptr, '.', at) || !nq_reference_is_source(nq_str_sub(s, 0, at)))
        return SIZE_MAX;
    bool capitals = at > 1;
    for (size_t i = 0; i < at; i++)
        capitals &= s.ptr[i] >= 'A' && s.ptr[i] <= 'Z';
    return capitals || at >= SHORTEST ? at : SIZE_MAX;
}

/* Source and title of what is neither date nor purpose: fields [low, high), which stand together.
 */
static void split_names(const struct nq_fields *f, size_t low, size_t high,
                        struct nq_reference *out)
{
    const struct nq_field *first = &f->items[low], *last = &f->items[high - 1];
    struct nq_str all = {first->text.ptr,
                         (size_t)(last->text.ptr + last->text.len - first->text.ptr)};
    size_t len, colon = nq_reference_colon(all, &len);
    if (f->pipes && high - low > 1) {
        out->source = first->text;
        out->title = nq_str_sub(all, (size_t)(first[1].text.ptr - all.ptr), all.len);
    } else if (nq_reference_by_mark(all, last, out)) {
        return;
    } else if (colon != SIZE_MAX) {
        out->source = nq_scan_trim_marks(nq_str_sub(all, 0, colon));
        out->title = nq_str_sub(all, colon + len, all.len);
    } else if (high - low > 1 && !is_bracketed(all, last) && nq_reference_is_source(first->text)) {
        out->source = first->text;
        out->title = nq_str_sub(all, (size_t)(first[1].text.ptr - all.ptr), all.len);
    } else if (high - low > 1 && nq_reference_is_source(last->text)) {
        out->source = last->text;
        out->title = nq_scan_trim_marks(nq_str_sub(all, 0, (size_t)(last->text.ptr - all.ptr)));
        if (is_bracketed(all, last))
            out->title = nq_str_sub(
                out->title, 0, out->title.len - (nq_str_ends(out->title, NQ_STR("(")) ? 1 : 3));
    } else if (high - low == 2 && tells_title(first)) {
        out->source = first->text;
        out->title = first[1].text;
    } else if (!nq_reference_by_title(all, out)) {
        size_t stop = name_stop(all);
        out->source = nq_str_sub(all, 0, stop == SIZE_MAX ? 0 : stop);
        out->title = stop == SIZE_MAX ? all : nq_str_sub(all, stop + 1, all.len);
    }
}

/* 转自新华网: who printed it again, where nobody else is named. */
static struct nq_str without_way(struct nq_str s)
{
    static const char *const ways[] = {"转载自", "转自", "来自", "据"};
    for (size_t i = 0; i < NQ_COUNT(ways); i++)
        if (nq_str_starts(s, nq_str_from(ways[i])))
            return nq_str_sub(s, strlen(ways[i]), s.len);
    return s;
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
    if (apart && nq_reference_is_source(f->items[low].text)) {
        out->source = f->items[low].text;
        out->title = f->items[next].text;
    } else {
        split_names(f, low, high, out);
        if (apart && !out->source.ptr && nq_reference_is_source(f->items[next].text))
            out->source = f->items[next].text;
        /* In a table of four columns the last says what it was for, in whatever words. */
        else if (f->pipes && date && next < f->n && !out->purpose.ptr && high - low > 1)
            out->purpose = f->items[next].text;
    }
    out->source = without_way(out->source);
}
