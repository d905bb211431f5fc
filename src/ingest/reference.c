/* One printed citation taken apart: see reference.h.
 *
 *     新华社/日报：《标题》，2026-06-08，用于核验。(Xinhua News)
 *     来源 | 标题 | 2026 年 6 月 12 日至 13 日 | 用于…
 *
 * First the label behind the stop and the purpose go, which begin where they say so; what is left
 * is cut into fields at separators outside of brackets; the field that is wholly a date is the
 * date; the others are source and title. */
#include "ingest/reference_fields.h"

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

/* Reads a field that is a date and nothing else but words around it (发布于, 访问). */
static void judge(struct nq_field *field, int32_t report_day)
{
    static const char *const before[] = {"发布日期", "发布时间", "发布于", "日期", "发表于"};
    static const char *const after[] = {"发布", "印发", "刊发", "报道", "发表",
                                        "刊登", "更新", "电",   "讯",   "公布"};
    static const char *const visits[] = {"访问",     "检索",     "引用日期",
                                         "accessed", "Accessed", "Retrieved"};
    static const char *const addresses[] = {"http", "www.", "<http", "DOI", "doi"};
    struct nq_str text = field->text;
    if (nq_str_any_start(text, visits, NQ_COUNT(visits)) || nq_str_any_end(text, visits, 2) ||
        nq_str_any_start(text, addresses, NQ_COUNT(addresses))) {
        field->kind = NQ_FIELD_OTHER;
        return;
    }
    for (size_t i = 0; i < NQ_COUNT(before); i++)
        if (nq_str_starts(text, nq_str_from(before[i])))
            text = nq_scan_trim_marks(nq_str_sub(text, strlen(before[i]), text.len));
    size_t n = nq_printed_date(text, report_day, true, &field->date);
    struct nq_str rest = nq_scan_trim_marks(nq_str_sub(text, n, text.len));
    bool word = rest.len <= 6 && nq_str_any_end(rest, after, NQ_COUNT(after));
    if (n > 0 && (rest.len == 0 || word))
        field->kind = NQ_FIELD_DATE;
}

static void add_field(struct nq_fields *f, struct nq_str text, int32_t report_day)
{
    text = nq_scan_trim_marks(text);
    if (text.len == 0 || f->n == NQ_REFERENCE_FIELDS)
        return;
    f->items[f->n] = (struct nq_field){.text = text};
    judge(&f->items[f->n++], report_day);
}

/* The bytes of the separator at `at`, or 0. */
static size_t separator(struct nq_str s, size_t at, bool pipes)
{
    static const char *const wide[] = {"，", "；", "。"};
    static const char *const spaced[] = {" - ", " – ", " — "};
    struct nq_str rest = nq_str_sub(s, at, s.len);
    if (pipes)
        return rest.ptr[0] == '|' ? 1 : nq_str_starts(rest, NQ_STR("｜")) ? 3 : 0;
    if (rest.ptr[0] == '.') {
        size_t start;
        bool spaced_dot = rest.len > 1 && rest.ptr[1] == ' ';
        bool han = nq_scan_is_wide(nq_scan_last(nq_str_sub(s, 0, at), &start));
        return at > 0 && (s.ptr[at - 1] == ']' || s.ptr[at - 1] == ')' || (han && spaced_dot));
    }
    if (nq_str_starts(rest, NQ_STR(",\" ")) || nq_str_starts(rest, NQ_STR(",” ")))
        return rest.ptr[1] == '"' ? 2 : 4; /* “Title,” June 18, 2026 */
    if (rest.ptr[0] == ',' || rest.ptr[0] == ';') {
        bool digit = rest.len > 1 && rest.ptr[1] >= '0' && rest.ptr[1] <= '9';
        bool figure = digit && at > 0 && s.ptr[at - 1] >= '0' && s.ptr[at - 1] <= '9';
        return !figure;
    }
    if (rest.ptr[0] == ' ')
        return nq_str_any_start(rest, spaced, 1)       ? 3
               : nq_str_any_start(rest, spaced + 1, 2) ? 5
                                                       : 0;
    return nq_str_any_start(rest, wide, NQ_COUNT(wide)) ? 3 : 0;
}

/* The bytes of a bracket with nothing but a date in it, at `at`; a date in [] is that of a visit.
 */
static size_t bracketed_date(struct nq_str s, size_t at, int32_t report_day, struct nq_field *field)
{
    struct nq_str rest = nq_str_sub(s, at, s.len);
    size_t open = rest.ptr[0] == '(' || rest.ptr[0] == '[' ? 1
                  : nq_str_starts(rest, NQ_STR("（"))      ? 3
                                                           : 0;
    if (!open)
        return 0;
    struct nq_str inside = nq_str_sub(rest, open, rest.len);
    size_t n = nq_printed_date(inside, report_day, true, &field->date);
    struct nq_str end = nq_str_trim(nq_str_sub(inside, n, inside.len));
    size_t close = end.len && (end.ptr[0] == ')' || end.ptr[0] == ']') ? 1
                   : nq_str_starts(end, NQ_STR("）"))                  ? 3
                                                                       : 0;
    if (!n || !close)
        return 0;
    field->kind = rest.ptr[0] == '[' ? NQ_FIELD_OTHER : NQ_FIELD_DATE;
    size_t len = (size_t)(end.ptr + close - rest.ptr);
    field->text = nq_str_sub(rest, 0, len);
    return len;
}

static bool is_count(struct nq_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return s.len > 0;
}

/* Cuts `s` into fields at the separators outside of brackets and quotation marks. */
static void split_fields(struct nq_str s, int32_t report_day, struct nq_fields *f)
{
    struct nq_printed_date ignored;
    size_t start = 0;
    int depth = 0;
    *f = (struct nq_fields){.pipes = nq_str_find(s, NQ_STR("|"), 0) != SIZE_MAX ||
                                     nq_str_find(s, NQ_STR("｜"), 0) != SIZE_MAX};
    for (size_t at = 0; at < s.len;) {
        struct nq_field dated = {0};
        size_t n = depth > 0 && !f->pipes ? 0 : separator(s, at, f->pipes);
        size_t date = depth > 0 || n > 0 ? 0 : bracketed_date(s, at, report_day, &dated);
        if (n > 0 || date > 0) {
            add_field(f, nq_str_sub(s, start, at), report_day);
            if (date > 0 && f->n < NQ_REFERENCE_FIELDS)
                f->items[f->n++] = dated;
            at = start = at + n + date;
            /* June 18, 2026 holds a comma of its own. */
            struct nq_str next = nq_str_sub(s, at, s.len);
            at += nq_printed_date(next, NQ_NO_DAY, false, &ignored);
            continue;
        }
        depth += nq_reference_step(s, at);
        depth = depth < 0 ? 0 : depth;
        at++;
        while (at < s.len && ((unsigned char)s.ptr[at] & 0xC0) == 0x80)
            at++;
    }
    add_field(f, nq_str_sub(s, start, s.len), report_day);
    /* The first column of a table counts. */
    if (f->pipes && f->n > 1 && f->items[0].text.len <= 3 && is_count(f->items[0].text))
        f->items[0].kind = NQ_FIELD_OTHER;
}

/* The most precise date, the last of equals. */
static const struct nq_field *pick_date(const struct nq_fields *f)
{
    const struct nq_field *best = NULL;
    for (size_t i = 0; i < f->n; i++)
        if (f->items[i].kind == NQ_FIELD_DATE &&
            (!best || strlen(f->items[i].date.iso) >= strlen(best->date.iso)))
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
        bool digits = is_count(nq_str_sub(*source, at - 1, at));
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
    while (nq_str_split(&text, '|', &cell)) {
        cell = nq_str_trim(cell);
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
           nq_printed_date_find(text, &start, &date) > 0;
}

bool nq_reference_parse(struct nq_arena *arena, struct nq_str raw, int32_t report_day,
                        struct nq_reference *out)
{
    struct nq_fields f;
    *out = (struct nq_reference){.raw = raw, .day = NQ_NO_DAY, .day_end = NQ_NO_DAY};
    struct nq_str s = nq_scan_trim_marks(without_label(raw));
    out->purpose = take_purpose(&s);
    split_fields(s, report_day, &f);
    const struct nq_field *dated = pick_date(&f);
    struct nq_printed_date own, *date = NULL;
    if (dated) {
        own = dated->date;
        date = &own;
    }
    nq_reference_names(&f, dated, out);
    if (!date && out->source.len > 0 && take_source_date(&out->source, report_day, &own))
        date = &own;
    out->title = nq_reference_title(out->title.ptr ? out->title : s);
    if (nq_str_starts(out->source, NQ_STR("《")) && nq_str_ends(out->source, NQ_STR("》")))
        out->source = nq_str_sub(out->source, 3, out->source.len - 3);
    if (out->source.len == 0)
        out->source = (struct nq_str){0};
    if (!date)
        return true;
    out->day = date->first;
    out->day_end = date->last;
    out->date = nq_arena_str(arena, nq_str_from(date->iso));
    return out->date.ptr != NULL;
}
