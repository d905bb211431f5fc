/* One printed citation taken apart: see reference.h.
 *
 *     新华社/日报：《标题》，2026-06-08，用于核验。(Xinhua News)
 *     来源 | 标题 | 2026 年 6 月 12 日至 13 日 | 用于…
 *
 * First the label behind the stop and the purpose go, which begin where they say so; what is left
 * is cut into fields at separators outside of brackets; the field that is wholly a date is the
 * date; the others are source and title. */
#include "ingest/reference_fields.h"
#include "ingest/title_line.h"

#include "text/utf8.h"

/* `s` without the label in brackets behind its last stop: …核验。(Xinhua News), 。【新华社】. */
static struct nq_str without_label(struct nq_str s)
{
    static const char *const brackets[][2] = {
        {"(", ")"}, {"（", "）"}, {"【", "】"}, {"〔", "〕"}, {"[", "]"}};
    for (size_t i = 0; i < NQ_COUNT(brackets); i++) {
        if (!nq_str_ends(s, nq_str_from(brackets[i][1])))
            continue;
        size_t at = s.len;
        while (at > 0 && !nq_str_starts(nq_str_sub(s, at, s.len), nq_str_from(brackets[i][0])))
            at--;
        struct nq_str before = nq_str_trim(nq_str_sub(s, 0, at));
        return nq_str_ends(before, NQ_STR("。")) || nq_str_ends(before, NQ_STR(".")) ? before : s;
    }
    return s;
}

/* Whether a sign stands before byte `at`, so that a field may begin there. */
static bool after_sign(struct nq_str s, size_t at)
{
    size_t start;
    uint32_t cp = nq_scan_last(nq_str_trim(nq_str_sub(s, 0, at)), &start);
    bool letter = (cp | 32) >= 'a' && (cp | 32) <= 'z';
    bool digit = cp >= '0' && cp <= '9';
    bool han = cp >= 0x3400 && cp < 0xA000;
    return cp != 0x201C && cp != 0x300A && !letter && !digit && !han;
}

/* Cuts the purpose (用于…) off `*s`. */
static struct nq_str take_purpose(struct nq_str *s)
{
    static const struct nq_str words[] = {NQ_STR_INIT("用于"), NQ_STR_INIT("用以"),
                                          NQ_STR_INIT("用来")};
    for (size_t i = 0; i < NQ_COUNT(words); i++)
        for (size_t at = 0; (at = nq_str_find(*s, words[i], at)) != SIZE_MAX; at++) {
            if (!after_sign(*s, at))
                continue;
            struct nq_str purpose = nq_scan_trim_marks(nq_str_sub(*s, at, s->len));
            struct nq_str before = nq_str_trim(nq_str_sub(*s, 0, at));
            bool wide = nq_str_ends(before, NQ_STR("（"));
            if ((wide || nq_str_ends(before, NQ_STR("("))) && nq_scan_depth(purpose) < 0) {
                before.len -= wide ? 3 : 1;
                purpose.len -= nq_str_ends(purpose, NQ_STR("）")) ? 3 : 1;
            }
            *s = nq_scan_trim_marks(before);
            return purpose;
        }
    return (struct nq_str){0};
}

/* The most precise date, the last of equals; that of a visit only where nothing was visited. */
static const struct nq_field *pick_date(const struct nq_fields *f, bool online)
{
    const struct nq_field *best = NULL;
    for (size_t i = 0; i < f->n; i++)
        if (f->items[i].kind == NQ_FIELD_DATE &&
            (!best || strlen(f->items[i].date.iso) >= strlen(best->date.iso)))
            best = &f->items[i];
    for (size_t i = 0; i < f->n && !best && !online; i++)
        if (f->items[i].kind == NQ_FIELD_VISIT)
            best = &f->items[i];
    return best;
}

/* Cuts a date off the end of a source: 新华网 2026-06-18《…》, 新华社北京 6 月 18 日电：《…》. */
static bool take_source_date(struct nq_str *source, int32_t report_day,
                             struct nq_printed_date *date)
{
    static const char *const words[] = {"电", "讯", "报道", "消息", "刊发", "发布"};
    for (size_t at = 1; at < source->len; at++) {
        struct nq_str rest = nq_str_sub(*source, at, source->len);
        bool inside = ((unsigned char)rest.ptr[0] & 0xC0) == 0x80;
        bool digits = source->ptr[at - 1] >= '0' && source->ptr[at - 1] <= '9';
        size_t n = inside || digits ? 0 : nq_printed_date(rest, report_day, false, date);
        struct nq_str tail = nq_scan_trim_marks(nq_str_sub(rest, n, rest.len));
        bool word = tail.len == 0;
        for (size_t i = 0; i < NQ_COUNT(words); i++)
            word |= nq_str_eq(tail, nq_str_from(words[i]));
        if (n == 0 || !word)
            continue;
        *source = nq_scan_trim_marks(nq_str_sub(*source, 0, at));
        return true;
    }
    return false;
}

bool nq_reference_is_head(struct nq_str text)
{
    static const char *const names[] = {
        "序号",     "编号", "来源",     "来源机构", "发布机构", "机构", "标题",
        "题名",     "文献", "文献名称", "名称",     "日期",     "时间", "发布时间",
        "发布日期", "用途", "用于",     "说明",     "备注",     "链接", "网址"};
    struct nq_str cell;
    size_t cells = 0;
    while (nq_title_cell(&text, &cell)) {
        bool known = cell.len == 0;
        for (size_t i = 0; i < NQ_COUNT(names); i++)
            known |= nq_str_eq(cell, nq_str_from(names[i]));
        if (!known)
            return false;
        cells += cell.len > 0;
    }
    return cells >= 2;
}

bool nq_reference_looks(struct nq_str text)
{
    static const struct nq_str signs[] = {NQ_STR_INIT("《"), NQ_STR_INIT("用于"),
                                          NQ_STR_INIT("http"), NQ_STR_INIT("|")};
    struct nq_printed_date date;
    size_t start;
    return nq_scan_has_any(text, signs, NQ_COUNT(signs)) ||
           nq_printed_date_find(text, &start, &date) > 0 || nq_reference_has_year(text);
}

/* `s` without the address in front of it: <https://…> 国家数据局：…, https://… 标题. */
static struct nq_str without_address(struct nq_str s)
{
    bool angle = nq_str_starts(s, NQ_STR("<http"));
    const char *end = angle                              ? memchr(s.ptr, '>', s.len)
                      : nq_str_starts(s, NQ_STR("http")) ? memchr(s.ptr, ' ', s.len)
                                                         : NULL;
    struct nq_str rest =
        end ? nq_scan_trim_marks(nq_str_sub(s, (size_t)(end - s.ptr) + 1, s.len)) : s;
    return rest.len > 0 ? rest : s;
}

/* Source, title and day of `s`, which has neither label nor purpose. */
static struct nq_printed_date take_names(struct nq_str s, int32_t report_day,
                                         struct nq_reference *out)
{
    struct nq_printed_date date = {.iso = ""};
    struct nq_fields f;
    bool online = nq_str_find(s, NQ_STR("http"), 0) != SIZE_MAX ||
                  nq_str_find(s, NQ_STR("/OL]"), 0) != SIZE_MAX;
    nq_reference_split(s, report_day, &f);
    const struct nq_field *dated = pick_date(&f, online);
    bool whole = nq_reference_labelled(&f, report_day, out, &date);
    if (!whole && !nq_reference_quoted(s, out) &&
        !(whole = nq_reference_authored(s, report_day, out, &date)))
        nq_reference_names(&f, dated, out);
    if (whole) /* with its date */
        dated = NULL;
    else if (dated)
        date = dated->date;
    else if (out->source.len == 0 || !take_source_date(&out->source, report_day, &date))
        date.iso[0] = 0;
    out->title = nq_reference_title(out->title.ptr ? out->title : s);
    size_t page = nq_str_find(out->source, NQ_STR("》第"), 0); /* 《人民日报》第1版 */
    if (page != SIZE_MAX && nq_str_ends(out->source, NQ_STR("版")))
        out->source = nq_str_sub(out->source, 0, page + strlen("》"));
    if (nq_str_starts(out->source, NQ_STR("《")) && nq_str_ends(out->source, NQ_STR("》")))
        out->source = nq_str_sub(out->source, 3, out->source.len - 3);
    if (out->source.len == 0)
        out->source = (struct nq_str){0};
    return date;
}

/* The slice of `raw` that stands where `part` stands in a copy of it. */
static struct nq_str printed(struct nq_str raw, struct nq_str copy, struct nq_str part)
{
    return part.ptr ? (struct nq_str){raw.ptr + (part.ptr - copy.ptr), part.len} : part;
}

/* 〈標題〉 as 《標題》, of the same bytes, where it does not stand in another title. */
static void take_single_marks(char *s, size_t len)
{
    int depth = 0;
    for (size_t i = 0; i + 2 < len; i++) {
        if (memcmp(s + i, "《", 3) == 0 || memcmp(s + i, "》", 3) == 0)
            depth += memcmp(s + i, "《", 3) == 0 ? 1 : -1;
        else if (depth <= 0 && memcmp(s + i, "〈", 3) == 0)
            memcpy(s + i, "《", 3);
        else if (depth <= 0 && memcmp(s + i, "〉", 3) == 0)
            memcpy(s + i, "》", 3);
    }
}

bool nq_reference_parse(struct nq_arena *arena, struct nq_str raw, int32_t report_day,
                        struct nq_reference *out)
{
    *out = (struct nq_reference){.raw = raw, .day = NQ_NO_DAY, .day_end = NQ_NO_DAY};
    struct nq_str copy = nq_arena_str(arena, raw); /* in Simplified characters */
    if (!copy.ptr)
        return false;
    nq_scan_simplify(raw, (char *)copy.ptr);
    take_single_marks((char *)copy.ptr, copy.len);
    struct nq_str s = without_address(nq_scan_trim_marks(without_label(copy)));
    struct nq_str purpose = take_purpose(&s);
    struct nq_printed_date date = take_names(s, report_day, out);
    out->source = printed(raw, copy, out->source);
    out->title = printed(raw, copy, out->title);
    if (!out->purpose.ptr)
        out->purpose = purpose;
    out->purpose = printed(raw, copy, out->purpose);
    if (!date.iso[0])
        return true;
    out->day = date.first;
    out->day_end = date.last;
    out->date = nq_arena_str(arena, nq_str_from(date.iso));
    return out->date.ptr != NULL;
}
