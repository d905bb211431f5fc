/* One printed citation taken apart: see reference.h.
 *
 *     新华社/日报：《标题》，2026-06-08，用于核验。(Xinhua News)
 *     来源 | 标题 | 2026 年 6 月 12 日至 13 日 | 用于…
 *
 * First the label behind the stop and the purpose go, which begin where they say so; what is left
 * is cut into fields at separators outside of brackets; the field that is wholly a date is the
 * date; the others are source and title. */
#include "ingest/reference.h"

#include "ingest/scan.h"
#include "text/utf8.h"
#include "time/printed.h"

enum { MOST_FIELDS = 24, WIDEST_SOURCE = 60, WIDEST_LOOSE_SOURCE = 30 };

enum field_kind { FIELD_TEXT, FIELD_DATE, FIELD_OTHER };

struct field {
    struct nq_str text;
    enum field_kind kind;
    struct nq_printed_date date;
};

struct fields {
    struct field items[MOST_FIELDS];
    size_t n;
    bool pipes;
};

static bool any_start(struct nq_str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (nq_str_starts(s, nq_str_from(words[i])))
            return true;
    return false;
}

static bool any_end(struct nq_str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (nq_str_ends(s, nq_str_from(words[i])))
            return true;
    return false;
}

/* `s` without the label in brackets behind its last stop: …核验。(Xinhua News). */
static struct nq_str without_label(struct nq_str s)
{
    bool round = nq_str_ends(s, NQ_STR(")")), wide = nq_str_ends(s, NQ_STR("）"));
    struct nq_str mark = round ? NQ_STR("(") : NQ_STR("（");
    if (!round && !wide)
        return s;
    size_t at = s.len;
    while (at > 0 && !nq_str_starts(nq_str_sub(s, at, s.len), mark))
        at--;
    struct nq_str before = nq_str_trim(nq_str_sub(s, 0, at));
    return nq_str_ends(before, NQ_STR("。")) || nq_str_ends(before, NQ_STR(".")) ? before : s;
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
static void judge(struct field *field, int32_t report_day)
{
    static const char *const before[] = {"发布日期", "发布时间", "发布于", "日期", "发表于"};
    static const char *const after[] = {"发布", "印发", "刊发", "报道", "发表",
                                        "刊登", "更新", "电",   "讯",   "公布"};
    static const char *const visits[] = {"访问",     "检索",     "引用日期",
                                         "accessed", "Accessed", "Retrieved"};
    static const char *const addresses[] = {"http", "www.", "<http", "DOI", "doi"};
    struct nq_str text = field->text;
    if (any_start(text, visits, NQ_COUNT(visits)) || any_end(text, visits, 2) ||
        any_start(text, addresses, NQ_COUNT(addresses))) {
        field->kind = FIELD_OTHER;
        return;
    }
    for (size_t i = 0; i < NQ_COUNT(before); i++)
        if (nq_str_starts(text, nq_str_from(before[i])))
            text = nq_scan_trim_marks(nq_str_sub(text, strlen(before[i]), text.len));
    size_t n = nq_printed_date(text, report_day, true, &field->date);
    struct nq_str rest = nq_scan_trim_marks(nq_str_sub(text, n, text.len));
    bool word = rest.len <= 6 && any_end(rest, after, NQ_COUNT(after));
    if (n > 0 && (rest.len == 0 || word))
        field->kind = FIELD_DATE;
}

static void add_field(struct fields *f, struct nq_str text, int32_t report_day)
{
    text = nq_scan_trim_marks(text);
    if (text.len == 0 || f->n == MOST_FIELDS)
        return;
    f->items[f->n] = (struct field){.text = text};
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
    if (rest.ptr[0] == '.')
        return at > 0 && (s.ptr[at - 1] == ']' || s.ptr[at - 1] == ')');
    if (rest.ptr[0] == ',' || rest.ptr[0] == ';') {
        bool digit = rest.len > 1 && rest.ptr[1] >= '0' && rest.ptr[1] <= '9';
        bool figure = digit && at > 0 && s.ptr[at - 1] >= '0' && s.ptr[at - 1] <= '9';
        return !figure;
    }
    if (rest.ptr[0] == ' ')
        return any_start(rest, spaced, 1) ? 3 : any_start(rest, spaced + 1, 2) ? 5 : 0;
    return any_start(rest, wide, NQ_COUNT(wide)) ? 3 : 0;
}

/* The bytes of a bracket with nothing but a date in it, at `at`; a date in [] is that of a visit.
 */
static size_t bracketed_date(struct nq_str s, size_t at, int32_t report_day, struct field *field)
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
    field->kind = rest.ptr[0] == '[' ? FIELD_OTHER : FIELD_DATE;
    size_t len = (size_t)(end.ptr + close - rest.ptr);
    field->text = nq_str_sub(rest, 0, len);
    return len;
}

static int bracket_step(struct nq_str s, size_t at)
{
    unsigned char c = (unsigned char)s.ptr[at];
    size_t n = c < 0x80 ? 1 : 3;
    return at + n <= s.len && c != ' ' ? nq_scan_depth(nq_str_sub(s, at, at + n)) : 0;
}

/* Cuts `s` into fields at the separators outside of brackets and quotation marks. */
static void split_fields(struct nq_str s, int32_t report_day, struct fields *f)
{
    struct nq_printed_date ignored;
    size_t start = 0;
    int depth = 0;
    *f = (struct fields){.pipes = nq_str_find(s, NQ_STR("|"), 0) != SIZE_MAX ||
                                  nq_str_find(s, NQ_STR("｜"), 0) != SIZE_MAX};
    for (size_t at = 0; at < s.len;) {
        struct field dated = {0};
        size_t n = depth > 0 && !f->pipes ? 0 : separator(s, at, f->pipes);
        size_t date = depth > 0 || n > 0 ? 0 : bracketed_date(s, at, report_day, &dated);
        if (n > 0 || date > 0) {
            add_field(f, nq_str_sub(s, start, at), report_day);
            if (date > 0 && f->n < MOST_FIELDS)
                f->items[f->n++] = dated;
            at = start = at + n + date;
            /* June 18, 2026 holds a comma of its own. */
            struct nq_str next = nq_str_sub(s, at, s.len);
            at += nq_printed_date(next, NQ_NO_DAY, false, &ignored);
            continue;
        }
        depth += bracket_step(s, at);
        depth = depth < 0 ? 0 : depth;
        at++;
        while (at < s.len && ((unsigned char)s.ptr[at] & 0xC0) == 0x80)
            at++;
    }
    add_field(f, nq_str_sub(s, start, s.len), report_day);
}

/* The most precise date, the last of equals. */
static const struct field *pick_date(const struct fields *f)
{
    const struct field *best = NULL;
    for (size_t i = 0; i < f->n; i++)
        if (f->items[i].kind == FIELD_DATE &&
            (!best || strlen(f->items[i].date.iso) >= strlen(best->date.iso)))
            best = &f->items[i];
    return best;
}

/* `title` without 《》 around all of it and 转载 behind them. */
static struct nq_str bare_title(struct nq_str title)
{
    static const char *const notes[] = {"转载",     "（转载）", "(转载)",   "全文",
                                        "（全文）", "等",       "（节选）", "节选"};
    title = nq_scan_trim_marks(title);
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
    if (any_end(s, ends, NQ_COUNT(ends)))
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
        depth += bracket_step(s, at);
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
    if (any_end(before, verbs, NQ_COUNT(verbs)) || nq_scan_width(before) > WIDEST_SOURCE)
        return false;
    out->source = before;
    out->title = nq_str_sub(s, open, s.len);
    return true;
}

/* Source and title of what is neither date nor purpose: fields [low, high), which stand together.
 */
static void split_names(const struct fields *f, size_t low, size_t high, struct nq_reference *out)
{
    const struct field *first = &f->items[low], *last = &f->items[high - 1];
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
    } else if (!split_by_book_mark(all, out)) {
        out->title = all;
    }
}

static void take_names(const struct fields *f, const struct field *date, struct nq_reference *out)
{
    size_t low = 0, high;
    while (low < f->n && f->items[low].kind != FIELD_TEXT)
        low++;
    high = low;
    while (high < f->n && f->items[high].kind == FIELD_TEXT)
        high++;
    if (low == high)
        return;
    size_t next = high;
    while (next < f->n && f->items[next].kind != FIELD_TEXT)
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
    struct fields f;
    *out = (struct nq_reference){.raw = raw, .day = NQ_NO_DAY, .day_end = NQ_NO_DAY};
    struct nq_str s = nq_scan_trim_marks(without_label(raw));
    out->purpose = take_purpose(&s);
    split_fields(s, report_day, &f);
    const struct field *date = pick_date(&f);
    take_names(&f, date, out);
    out->title = bare_title(out->title.ptr ? out->title : s);
    if (nq_str_starts(out->source, NQ_STR("《")) && nq_str_ends(out->source, NQ_STR("》")))
        out->source = nq_str_sub(out->source, 3, out->source.len - 3);
    if (out->source.len == 0)
        out->source = (struct nq_str){0};
    if (!date)
        return true;
    out->day = date->date.first;
    out->day_end = date->date.last;
    out->date = nq_arena_str(arena, nq_str_from(date->date.iso));
    return out->date.ptr != NULL;
}
