/* Page numbers, issues, organisations: see names.h. */
#include "ingest/names.h"

#include "ingest/scan.h"

static bool is_all_of(struct nq_str s, const char *set, bool *digit)
{
    for (size_t i = 0; i < s.len; i++) {
        bool is_digit = s.ptr[i] >= '0' && s.ptr[i] <= '9';
        *digit |= is_digit;
        if (!is_digit && !strchr(set, s.ptr[i]))
            return false;
    }
    return true;
}

/* Whether only the words of a page number (第 页 共 / - page of) stand beside the digits. */
static bool is_decorated_number(struct nq_str line)
{
    static const char *const words[] = {"第", "页",   "頁", "共", "总", "總", "—",  "–",
                                        "－", "·",    "|",  "/",  "-",  "~",  "～", "，",
                                        ",",  "page", "of", "p.", "[",  "]",  "　", "（",
                                        "）", "(",    ")",  "{",  "}",  "=",  "【", "】"};
    size_t at = 0, digits = 0, marks = 0;
    while (at < line.len) {
        char c = line.ptr[at];
        if (c == ' ' || (c >= '0' && c <= '9')) {
            digits += c != ' ';
            at++;
            continue;
        }
        size_t i = 0;
        struct nq_str rest = nq_str_sub(line, at, line.len);
        while (i < NQ_COUNT(words) &&
               nq_scan_find_nocase(
                   nq_str_sub(rest, 0, rest.len < strlen(words[i]) ? rest.len : strlen(words[i])),
                   nq_str_from(words[i])) != 0)
            i++;
        if (i == NQ_COUNT(words))
            return false;
        at += strlen(words[i]);
        marks++;
    }
    return digits > 0 && digits <= 8 && marks > 0;
}

/* What follows the address of a page that a browser printed: https://… 3/12. */
static struct nq_str without_address(struct nq_str line)
{
    const char *space = line.len ? memchr(line.ptr, ' ', line.len) : NULL;
    if (!space || !(nq_str_starts(line, NQ_STR("http")) || nq_str_starts(line, NQ_STR("file:")) ||
                    nq_str_starts(line, NQ_STR("www."))))
        return line;
    return nq_str_trim(nq_str_sub(line, (size_t)(space - line.ptr), line.len));
}

bool nq_is_page_number(struct nq_str line, bool alone)
{
    enum { LONGEST = 60, MOST_DIGITS = 3 };
    char narrow[LONGEST];
    bool digit = false;
    line = without_address(line);
    if (line.len == 0 || line.len > LONGEST)
        return false;
    line = nq_scan_narrow(line, narrow);
    if (is_all_of(line, "", &digit))
        return alone && line.len <= MOST_DIGITS;
    /* A date such as 2026-06-17 is made of the same signs. */
    digit = false;
    if (line.len >= 7 && is_all_of(line, "-/.", &digit))
        return false;
    return is_decorated_number(line);
}

bool nq_is_document_number(struct nq_str text)
{
    size_t year = nq_str_find(text, NQ_STR("〔20"), 0);
    return year != SIZE_MAX && year > 0 && nq_str_ends(text, NQ_STR("号")) &&
           nq_str_find(text, NQ_STR("》"), 0) == SIZE_MAX;
}

bool nq_is_issue(struct nq_str text)
{
    static const struct nq_str words[] = {NQ_STR_INIT("内部资料"), NQ_STR_INIT("内部参考"),
                                          NQ_STR_INIT("注意保存"), NQ_STR_INIT("密级"),
                                          NQ_STR_INIT("总第"),     NQ_STR_INIT("期号"),
                                          NQ_STR_INIT("vol."),     NQ_STR_INIT("issue no")};
    static const struct nq_str counts[] = {NQ_STR_INIT("期"), NQ_STR_INIT("周"), NQ_STR_INIT("辑"),
                                           NQ_STR_INIT("号")};
    enum { WIDEST = 40 };
    size_t count = nq_str_find(text, NQ_STR("第"), 0);
    bool numbered = count != SIZE_MAX &&
                    nq_scan_has_any(nq_str_sub(text, count, text.len), counts, NQ_COUNT(counts)) &&
                    (count == 0 || (text.ptr[0] >= '0' && text.ptr[0] <= '9'));
    bool labelled = nq_scan_find_nocase(text, NQ_STR("no.")) == 0 ||
                    nq_scan_find_nocase(text, NQ_STR("issue ")) == 0 ||
                    nq_str_ends(text, NQ_STR("月号")) || nq_str_ends(text, NQ_STR("季号")) ||
                    nq_str_ends(text, NQ_STR("刊）"));
    bool bracketed =
        nq_str_starts(text, NQ_STR("（")) && nq_str_find(text, NQ_STR("）"), 0) == text.len - 3;
    return nq_scan_width(text) <= WIDEST &&
           (numbered || labelled || bracketed || nq_is_document_number(text) ||
            nq_scan_has_any(text, words, NQ_COUNT(words)));
}

/* Center for …, … Institute. */
static bool is_english_organisation(struct nq_str text)
{
    static const char *const kinds[] = {"Center",     "Centre",   "Institute", "Institution",
                                        "University", "Academy",  "Council",   "Association",
                                        "Foundation", "Bureau",   "Ministry",  "Department",
                                        "Agency",     "Society",  "Committee", "Commission",
                                        "Securities", "Alliance", "Forum",     "Federation"};
    static const struct nq_str links[] = {NQ_STR_INIT(" of "), NQ_STR_INIT(" for "),
                                          NQ_STR_INIT(" on ")};
    for (size_t i = 0; i < NQ_COUNT(kinds); i++) {
        struct nq_str kind = nq_str_from(kinds[i]);
        size_t at = nq_str_find(text, kind, 0);
        if (at == SIZE_MAX || (at > 0 && text.ptr[at - 1] != ' '))
            continue;
        struct nq_str rest = nq_str_sub(text, at + kind.len, text.len);
        for (size_t k = 0; k < NQ_COUNT(links); k++)
            if (nq_str_starts(rest, links[k]))
                return true;
        if (rest.len == 0 && at > 0)
            return true;
    }
    return false;
}

bool nq_is_organisation(struct nq_str text)
{
    static const char *const ends[] = {
        "委员会", "促进会", "研究院", "研究所", "研究中心", "中心",   "办公室", "公司",
        "协会",   "学会",   "大学",   "集团",   "编辑部",   "联盟",   "实验室", "智库",
        "学院",   "课题组", "编写组", "联合会", "研究会",   "商会",   "基金会", "通讯社",
        "日报社", "报社",   "杂志社", "出版社", "信息网",   "总局",   "部",     "局",
        "厅",     "署",     "院",     "社",     "政府",     "工委",   "党委",   "银行",
        "平台",   "小组",   "专班",   "委",     "处",       "党校",   "调研组", "工作组",
        "专家组", "调查组", "司",     "团队",   "工商联",   "总工会", "研究室", "工作室",
        "机构",   "总站",   "图书馆", "博物馆", "出版集团", "报业"};
    enum { LONGEST = 300 };
    char simple[LONGEST];
    text = nq_str_trim(text);
    if (text.len > sizeof simple)
        return false;
    text = nq_scan_simplify(text, simple);
    size_t latin = 0; /* 某某中心 Center for … */
    while (latin < text.len && (unsigned char)text.ptr[latin] >= 0x80)
        latin++;
    if (latin > 0 && latin < text.len && text.ptr[latin] == ' ')
        text.len = latin;
    for (size_t i = 0; i < NQ_COUNT(ends); i++)
        if (nq_str_ends(text, nq_str_from(ends[i])))
            return true;
    return is_english_organisation(text);
}
