/* A reference cut into fields: see reference_fields.h. */
#include "ingest/reference_fields.h"

/* The bytes of number, pages and edition behind a date: (3), (4): 12-21, 第2版, 年版. */
static size_t pages_len(struct nq_str s)
{
    static const char *const signs[] = {"第", "版", "期", "卷", "号", "页", "总", "年版", "（",
                                        "）", "－", "—",  "–",  "～", "(",  ")",  "-",    "~"};
    size_t at = 0, end = 0;
    while (at < s.len) {
        struct nq_str rest = nq_str_sub(s, at, s.len);
        size_t n = rest.ptr[0] == ' ' || (rest.ptr[0] >= '0' && rest.ptr[0] <= '9');
        bool colon = rest.ptr[0] == ':' || nq_str_starts(rest, NQ_STR("："));
        struct nq_str behind = nq_str_trim(nq_str_sub(rest, rest.ptr[0] == ':' ? 1 : 3, rest.len));
        if (colon && behind.len > 0 && behind.ptr[0] >= '0' && behind.ptr[0] <= '9')
            n = rest.ptr[0] == ':' ? 1 : 3;
        n |= rest.ptr[0] >= 'A' && rest.ptr[0] <= 'Z' && rest.len > 1 && rest.ptr[1] >= '0' &&
             rest.ptr[1] <= '9'; /* (A3) of a newspaper */
        for (size_t i = 0; i < NQ_COUNT(signs) && n == 0; i++)
            if (nq_str_starts(rest, nq_str_from(signs[i])))
                n = strlen(signs[i]);
        if (n == 0)
            break;
        at += n;
        if (rest.ptr[0] != ' ')
            end = at;
    }
    return end;
}

/* 第12-21页, 31(4): 12-21: a field of nothing else. */
static bool is_pages(struct nq_str s)
{
    bool digit = s.len > 0 && s.ptr[0] >= '0' && s.ptr[0] <= '9';
    return (digit || nq_str_starts(s, NQ_STR("第"))) && pages_len(s) == s.len;
}

/* Reads a field that is a date and nothing else but words around it (发布于, 访问). */
static void judge(struct nq_field *field, int32_t report_day)
{
    static const char *const before[] = {"发布日期", "发布时间", "发布于", "日期", "发表于"};
    static const char *const after[] = {"发布", "印发", "刊发", "报道", "发表", "刊登", "更新",
                                        "电",   "讯",   "公布", "通过", "施行", "实施", "生效",
                                        "修订", "修正", "成文", "批准", "签发", "刊载"};
    static const char *const visits[] = {"访问",     "检索",     "引用日期", "最后访问",
                                         "accessed", "Accessed", "Retrieved"};
    static const char *const quoted[] = {"转引自", "引自"};
    static const char *const addresses[] = {"http", "www.", "<http", "DOI", "doi"};
    struct nq_str text = field->text;
    if (nq_str_any_start(text, visits, NQ_COUNT(visits)) || nq_str_any_end(text, visits, 2) ||
        nq_str_any_start(text, addresses, NQ_COUNT(addresses)) ||
        nq_str_any_start(text, quoted, NQ_COUNT(quoted))) {
        field->kind = NQ_FIELD_OTHER;
        return;
    }
    for (size_t i = 0; i < NQ_COUNT(before); i++)
        if (nq_str_starts(text, nq_str_from(before[i])))
            text = nq_scan_trim_marks(nq_str_sub(text, strlen(before[i]), text.len));
    size_t n = nq_printed_date(text, report_day, true, &field->date);
    struct nq_str tail = nq_str_sub(text, n, text.len);
    struct nq_str rest = nq_scan_trim_marks(nq_str_sub(tail, pages_len(tail), tail.len));
    enum { LONGEST_WORD = 9 };
    bool word = rest.len <= LONGEST_WORD && nq_str_any_end(rest, after, NQ_COUNT(after));
    if (n > 0 && (rest.len == 0 || word))
        field->kind = NQ_FIELD_DATE;
    else if (n == 0 && is_pages(text))
        field->kind = NQ_FIELD_OTHER;
}

static void add_field(struct nq_fields *f, struct nq_str text, int32_t report_day)
{
    text = nq_scan_trim_marks(text);
    if (text.len == 0 || f->n == NQ_REFERENCE_FIELDS)
        return;
    f->items[f->n] = (struct nq_field){.text = text};
    judge(&f->items[f->n++], report_day);
}

/* 2025,47(3):412: whether the comma at `at` stands between a year and a volume. */
static bool is_volume(struct nq_str s, size_t at)
{
    size_t n = at + 1;
    while (n < s.len && s.ptr[n] >= '0' && s.ptr[n] <= '9')
        n++;
    bool year = at >= 4 && (s.ptr[at - 4] == '1' || s.ptr[at - 4] == '2') &&
                (at == 4 || s.ptr[at - 5] < '0' || s.ptr[at - 5] > '9');
    return year && n < s.len && n < at + 4 && (s.ptr[n] == '(' || s.ptr[n] == ':');
}

/* The bytes of the separator at `at`, or 0. */
static size_t separator(struct nq_str s, size_t at, bool pipes)
{
    static const char *const wide[] = {"，", "；", "。", "．", "　"};
    static const char *const spaced[] = {" - ", " – ", " — "};
    struct nq_str rest = nq_str_sub(s, at, s.len);
    if (pipes)
        return rest.ptr[0] == '|' ? 1 : nq_str_starts(rest, NQ_STR("｜")) ? 3 : 0;
    if (rest.ptr[0] == '.') {
        size_t start;
        bool spaced_dot = rest.len > 1 && rest.ptr[1] == ' ';
        bool han = nq_scan_is_wide(nq_scan_last(nq_str_sub(s, 0, at), &start));
        bool next_han = nq_scan_is_wide(nq_scan_first(nq_str_sub(s, at + 1, s.len)));
        return at > 0 &&
               (s.ptr[at - 1] == ']' || s.ptr[at - 1] == ')' || (han && (spaced_dot || next_han)));
    }
    if (nq_str_starts(rest, NQ_STR(",\" ")) || nq_str_starts(rest, NQ_STR(",”")))
        return rest.ptr[1] == '"' ? 2 : 4; /* “Title,” June 18, 2026 */
    if (rest.ptr[0] == ',' || rest.ptr[0] == ';') {
        bool digit = rest.len > 1 && rest.ptr[1] >= '0' && rest.ptr[1] <= '9';
        bool figure = digit && at > 0 && s.ptr[at - 1] >= '0' && s.ptr[at - 1] <= '9';
        return !figure || is_volume(s, at);
    }
    if (rest.ptr[0] == '\t' || nq_str_starts(rest, NQ_STR("  ")))
        return rest.ptr[0] == '\t' ? 1 : 2;
    if (rest.ptr[0] == ' ')
        return nq_str_any_start(rest, spaced, 1)       ? 3
               : nq_str_any_start(rest, spaced + 1, 2) ? 5
                                                       : 0;
    if (nq_str_starts(rest, NQ_STR("——")))
        return strlen("——");
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
    field->kind = rest.ptr[0] == '[' ? NQ_FIELD_VISIT : NQ_FIELD_DATE;
    size_t len = (size_t)(end.ptr + close - rest.ptr);
    field->text = nq_str_sub(rest, 0, len);
    return len;
}

/* Adds the field that begins at `start` and what the bracket behind it, at `at`, holds where that
 * is a date or an address, and who published it: （https://…，2026年6月8日）,
 * （新华网，2026-06-08）.  The bracket's bytes, or 0. */
static size_t take_bracket(struct nq_fields *f, struct nq_str s, size_t start, size_t at,
                           int32_t report_day)
{
    bool wide = nq_str_starts(nq_str_sub(s, at, s.len), NQ_STR("（"));
    size_t open = wide ? strlen("（") : 1;
    if (!wide && s.ptr[at] != '(')
        return 0;
    size_t close = nq_str_find(s, wide ? NQ_STR("）") : NQ_STR(")"), at);
    struct nq_str inside = close == SIZE_MAX ? s : nq_str_sub(s, at + open, close);
    if (close == SIZE_MAX || nq_str_find(inside, NQ_STR("（"), 0) != SIZE_MAX ||
        memchr(inside.ptr, '(', inside.len))
        return 0;
    struct nq_fields inner;
    bool address = nq_scan_find_nocase(inside, NQ_STR("http")) != SIZE_MAX, told = address;
    nq_reference_split(inside, report_day, &inner);
    for (size_t i = 0; i < inner.n; i++) {
        bool text = inner.items[i].kind == NQ_FIELD_TEXT;
        if (text && !nq_reference_is_source(inner.items[i].text))
            return 0;
        told |= inner.items[i].kind == NQ_FIELD_DATE;
    }
    if (!told || (inner.n < 2 && !address) || f->n + inner.n + 1 > NQ_REFERENCE_FIELDS)
        return 0;
    add_field(f, nq_str_sub(s, start, at), report_day);
    memcpy(f->items + f->n, inner.items, inner.n * sizeof *inner.items);
    f->n += inner.n;
    return close + open - at;
}

static bool is_count(struct nq_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return s.len > 0;
}

static bool behind_quote(struct nq_str s, size_t at)
{
    struct nq_str before = nq_str_sub(s, 0, at);
    return nq_str_ends(before, NQ_STR("”")) || nq_str_ends(before, NQ_STR("」"));
}

/* The bytes of a date to the day that no separator parts from what stands around it, at `at` of the
 * field that begins at `start`: 新华社 2026-06-18 标题, 《北岸日报》2026年6月11日第2版; and of a
 * year and number behind a journal or a press: 《刊》2025年第3期, 出版社2024年版. */
static size_t loose_date(struct nq_str s, size_t start, size_t at, int32_t report_day,
                         struct nq_field *field)
{
    struct nq_str before = nq_str_sub(s, start, at), rest = nq_str_sub(s, at, s.len);
    bool space = nq_str_ends(before, NQ_STR(" ")) || behind_quote(s, at);
    before = nq_str_trim(before);
    bool issue = nq_str_ends(before, NQ_STR("》")) || nq_str_ends(before, NQ_STR("出版社"));
    if (rest.ptr[0] == ' ' || !(space || issue || before.len == 0))
        return 0;
    size_t n = nq_printed_date(rest, report_day, false, &field->date);
    if (n == 0 || (strlen(field->date.iso) < strlen("2026-06-18") && !issue))
        return 0;
    n += pages_len(nq_str_sub(rest, n, rest.len));
    struct nq_str behind = nq_str_sub(rest, n, rest.len);
    bool ends = behind.len == 0 || behind.ptr[0] == ' ' || nq_str_starts(behind, NQ_STR("《")) ||
                (issue && separator(s, at + n, false) > 0);
    if (!ends || (before.len == 0 && behind.len == 0))
        return 0;
    field->kind = NQ_FIELD_DATE;
    field->text = nq_str_sub(rest, 0, n);
    return n;
}

void nq_reference_split(struct nq_str s, int32_t report_day, struct nq_fields *f)
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
        size_t loose = depth > 0 || n > 0 || date > 0 || f->pipes
                           ? 0
                           : loose_date(s, start, at, report_day, &dated);
        if (n > 0 || date > 0 || loose > 0) {
            add_field(f, nq_str_sub(s, start, at), report_day);
            if (loose > 0 && f->n > 0)
                f->items[f->n - 1].issue = s.ptr[at - 1] != ' ' && !behind_quote(s, at);
            date += loose;
            if (date > 0 && f->n < NQ_REFERENCE_FIELDS)
                f->items[f->n++] = dated;
            at = start = at + n + date;
            /* June 18, 2026 holds a comma of its own. */
            struct nq_str next = nq_str_sub(s, at, s.len);
            at += nq_printed_date(next, NQ_NO_DAY, false, &ignored);
            continue;
        }
        size_t bracket =
            depth > 0 || f->pipes || at == start ? 0 : take_bracket(f, s, start, at, report_day);
        if (bracket > 0) {
            at = start = at + bracket;
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
    if (f->n > (f->pipes ? 1 : 2) && f->items[0].text.len <= 3 && is_count(f->items[0].text))
        f->items[0].kind = NQ_FIELD_OTHER;
}
