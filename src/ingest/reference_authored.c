/* References that begin with author and year, as social sciences print them:
 *
 *     陈一鸣（2025）：《补贴的退坡》，《能源经济》第3期。
 *     何若水、林知远（2024）：《水权交易》，北京：南岭出版社。
 *     Tan, L. (2026). Rare earth recycling. Resources Policy, 78, 102–118.
 *
 * Where nobody but the author is named, the author published the work. */
#include "ingest/reference_fields.h"

enum { WIDEST_AUTHORS = 80 };

/* The bracket with a year at byte `at` of `s`: its bytes, or 0. */
static size_t year_bracket(struct nq_str s, size_t at, struct nq_str *year)
{
    struct nq_str rest = nq_str_sub(s, at, s.len);
    bool wide = nq_str_starts(rest, NQ_STR("（"));
    size_t open = wide ? strlen("（") : 1, n = open;
    if (!wide && rest.ptr[0] != '(')
        return 0;
    while (n < rest.len && n < open + 4 && rest.ptr[n] >= '0' && rest.ptr[n] <= '9')
        n++;
    *year = nq_str_sub(rest, open, n);
    bool letter = n < rest.len && rest.ptr[n] >= 'a' && rest.ptr[n] <= 'f'; /* 2025a */
    struct nq_str close = nq_str_sub(rest, n + letter, rest.len);
    bool closed = nq_str_starts(close, wide ? NQ_STR("）") : NQ_STR(")"));
    bool modern = year->len == 4 && (year->ptr[0] == '1' || year->ptr[0] == '2');
    return modern && closed ? n + letter + open : 0;
}

bool nq_reference_has_year(struct nq_str text)
{
    struct nq_str year;
    for (size_t at = 1; at < text.len; at++)
        if (year_bracket(text, at, &year) > 0)
            return true;
    return false;
}

/* The bytes of the title that `s` begins with: in marks, or up to a stop. */
static size_t title_len(struct nq_str s)
{
    static const char *const pairs[][2] = {{"《", "》"}, {"“", "”"}, {"\"", "\""}};
    static const char *const stops[] = {". ", "。", "，", "．"};
    for (size_t i = 0; i < NQ_COUNT(pairs); i++) {
        struct nq_str close = nq_str_from(pairs[i][1]);
        size_t end =
            nq_str_starts(s, nq_str_from(pairs[i][0])) ? nq_str_find(s, close, 1) : SIZE_MAX;
        if (end != SIZE_MAX)
            return end + close.len;
    }
    size_t best = s.len;
    for (size_t i = 0; i < NQ_COUNT(stops); i++) {
        size_t at = nq_str_find(s, nq_str_from(stops[i]), 0);
        best = at < best ? at : best;
    }
    return best;
}

/* Who published it, by what stands behind the title: a journal, a newspaper, a press and its place.
 */
static struct nq_str publisher_of(struct nq_str tail, int32_t report_day)
{
    static const char *const in[] = {"载于", "载", "In: ", "in "};
    struct nq_fields f;
    nq_reference_split(nq_scan_trim_marks(tail), report_day, &f);
    for (size_t i = 0; i < f.n; i++) {
        struct nq_str text = f.items[i].text;
        size_t close = nq_str_find(text, NQ_STR("》"), 0);
        if (f.items[i].kind != NQ_FIELD_TEXT)
            continue;
        for (size_t k = 0; k < NQ_COUNT(in); k++)
            if (nq_str_starts(text, nq_str_from(in[k])))
                text = nq_str_sub(text, strlen(in[k]), text.len);
        if (nq_str_starts(text, NQ_STR("《")) && close != SIZE_MAX)
            return nq_str_sub(text, 0, close + strlen("》"));
        size_t place = nq_str_find(text, NQ_STR("："), 0), width = strlen("：");
        if (place == SIZE_MAX)
            place = nq_str_find(text, NQ_STR(": "), 0), width = 2;
        return nq_str_trim(place == SIZE_MAX ? text : nq_str_sub(text, place + width, text.len));
    }
    return (struct nq_str){0};
}

/* The most precise date of the year behind the title, or the year. */
static void date_of(struct nq_str tail, struct nq_str year, int32_t report_day,
                    struct nq_printed_date *date)
{
    struct nq_fields f;
    nq_printed_date(year, NQ_NO_DAY, true, date);
    nq_reference_split(tail, report_day, &f);
    for (size_t i = 0; i < f.n; i++)
        if (f.items[i].kind == NQ_FIELD_DATE && memcmp(f.items[i].date.iso, year.ptr, 4) == 0 &&
            strlen(f.items[i].date.iso) > strlen(date->iso))
            *date = f.items[i].date;
}

bool nq_reference_authored(struct nq_str s, int32_t report_day, struct nq_reference *out,
                           struct nq_printed_date *date)
{
    static const char *const behind[] = {".", "：", ":", "，", ",", "。", "．"};
    struct nq_str year;
    for (size_t at = 1, len; at < s.len; at++) {
        if (nq_str_starts(nq_str_sub(s, at, s.len), NQ_STR("《")) || s.ptr[at] == '[')
            return false;
        if ((len = year_bracket(s, at, &year)) == 0)
            continue;
        struct nq_str authors = nq_scan_trim_marks(nq_str_sub(s, 0, at));
        struct nq_str rest = nq_str_trim(nq_str_sub(s, at + len, s.len));
        if (authors.len == 0 || nq_scan_width(authors) > WIDEST_AUTHORS ||
            !nq_str_any_start(rest, behind, NQ_COUNT(behind)))
            return false;
        rest = nq_scan_trim_marks(rest);
        size_t end = title_len(rest);
        struct nq_str tail = nq_str_sub(rest, end, rest.len);
        out->title = nq_str_sub(rest, 0, end);
        out->source = publisher_of(tail, report_day);
        if (out->source.len == 0)
            out->source = authors;
        date_of(tail, year, report_day, date);
        return out->title.len > 0;
    }
    return false;
}
