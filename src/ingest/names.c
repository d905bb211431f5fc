/* Closing lines, page numbers, issues, organisations: see names.h. */
#include "ingest/names.h"

#include "ingest/scan.h"

bool nq_is_distribution(struct nq_str line)
{
    static const struct nq_str starts[] = {
        NQ_STR_INIT("报"),   NQ_STR_INIT("送"),   NQ_STR_INIT("发"),   NQ_STR_INIT("报送"),
        NQ_STR_INIT("抄送"), NQ_STR_INIT("抄报"), NQ_STR_INIT("分送"), NQ_STR_INIT("呈送"),
        NQ_STR_INIT("呈报"), NQ_STR_INIT("发送"), NQ_STR_INIT("送阅")};
    enum { LONGEST = 24 };
    char bare[LONGEST];
    size_t colon = nq_str_find(line, NQ_STR("："), 0);
    if (colon == SIZE_MAX || colon > LONGEST)
        return false;
    struct nq_str label = {bare, nq_scan_bare(nq_str_sub(line, 0, colon), bare, sizeof bare)};
    for (size_t i = 0; i < NQ_COUNT(starts); i++)
        if (nq_str_eq(label, starts[i]))
            return true;
    return false;
}

bool nq_is_closing(struct nq_str line, size_t width)
{
    enum { WIDEST = 130, NARROW = 60, LONGEST = WIDEST * 2 };
    char simple[LONGEST];
    static const struct nq_str anywhere[] = {
        NQ_STR_INIT("扫描二维码"),
        NQ_STR_INIT("二维码"),
        NQ_STR_INIT("扫一扫"),
        NQ_STR_INIT("扫码"),
        NQ_STR_INIT("公众号"),
        NQ_STR_INIT("联系我们"),
        NQ_STR_INIT("联系方式"),
        NQ_STR_INIT("免责声明"),
        NQ_STR_INIT("版权声明"),
        NQ_STR_INIT("版权所有"),
        NQ_STR_INIT("不构成投资"),
        NQ_STR_INIT("不构成任何"),
        NQ_STR_INIT("未经授权"),
        NQ_STR_INIT("未经许可"),
        NQ_STR_INIT("转载请注明"),
        NQ_STR_INIT("关注我们"),
        NQ_STR_INIT("仅供参考"),
        NQ_STR_INIT("仅供内部"),
        NQ_STR_INIT("all rights reserved"),
        NQ_STR_INIT("copyright"),
        NQ_STR_INIT("disclaimer"),
        NQ_STR_INIT("contact us"),
        NQ_STR_INIT("follow us"),
        NQ_STR_INIT("scan the qr"),
        NQ_STR_INIT("©"),
        NQ_STR_INIT("官方网站"),
        NQ_STR_INIT("不代表本"),
        NQ_STR_INIT("不代表主办"),
        NQ_STR_INIT("当前位置"),
        NQ_STR_INIT("当前的位置"),
        NQ_STR_INIT("ICP备"),
        NQ_STR_INIT("网站地图"),
    };
    static const struct nq_str at_start[] = {
        NQ_STR_INIT("网站地址"),   NQ_STR_INIT("网址"),     NQ_STR_INIT("官网"),
        NQ_STR_INIT("更新时间"),   NQ_STR_INIT("责任编辑"), NQ_STR_INIT("责编"),
        NQ_STR_INIT("编辑："),     NQ_STR_INIT("审核："),   NQ_STR_INIT("校对："),
        NQ_STR_INIT("联系电话"),   NQ_STR_INIT("联系人"),   NQ_STR_INIT("电话："),
        NQ_STR_INIT("邮箱："),     NQ_STR_INIT("地址："),   NQ_STR_INIT("电子邮箱"),
        NQ_STR_INIT("微信号"),     NQ_STR_INIT("投稿邮箱"), NQ_STR_INIT("欢迎订阅"),
        NQ_STR_INIT("http://"),    NQ_STR_INIT("https://"), NQ_STR_INIT("www."),
        NQ_STR_INIT("<http"),      NQ_STR_INIT("传真："),   NQ_STR_INIT("编辑:"),
        NQ_STR_INIT("上一篇"),     NQ_STR_INIT("下一篇"),   NQ_STR_INIT("分享到"),
        NQ_STR_INIT("相关阅读"),   NQ_STR_INIT("打印本页"), NQ_STR_INIT("执笔"),
        NQ_STR_INIT("课题组成员"), NQ_STR_INIT("主编"),     NQ_STR_INIT("总编"),
        NQ_STR_INIT("签发："),     NQ_STR_INIT("核稿"),     NQ_STR_INIT("撰稿"),
        NQ_STR_INIT("供稿"),       NQ_STR_INIT("值班编辑"), NQ_STR_INIT("共印"),
        NQ_STR_INIT("印数"),       NQ_STR_INIT("作者单位"), NQ_STR_INIT("作者系"),
        NQ_STR_INIT("作者为"),     NQ_STR_INIT("作者简介"), NQ_STR_INIT("往期"),
        NQ_STR_INIT("相关链接"),   NQ_STR_INIT("【打印"),   NQ_STR_INIT("打印"),
        NQ_STR_INIT("送阅"),       NQ_STR_INIT("订阅"),
    };
    for (size_t i = 0; i + 1 < line.len; i++)
        width -= line.ptr[i] == ' ' && line.ptr[i + 1] == ' '; /* what pads a line */
    if (width > WIDEST || line.len > sizeof simple)
        return false;
    line = nq_scan_simplify(line, simple);
    if (nq_is_distribution(line))
        return true;
    if (nq_scan_has_any(line, anywhere, NQ_COUNT(anywhere)))
        return true;
    size_t only = nq_str_find(line, NQ_STR("仅供"), 0);
    if (only != SIZE_MAX && nq_str_find(line, NQ_STR("参考"), only) != SIZE_MAX)
        return true;
    if (nq_str_starts(line, NQ_STR("（")))
        line = nq_str_sub(line, strlen("（"), line.len);
    for (size_t i = 0; i < NQ_COUNT(at_start); i++)
        if (width <= NARROW && nq_str_starts(line, at_start[i]))
            return true;
    return false;
}

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
    static const char *const words[] = {"第", "页", "頁", "共", "总", "總", "—",  "–", "－",
                                        "·",  "|",  "/",  "-",  "~",  "～", "，", ",", "page",
                                        "of", "p.", "[",  "]",  "　", "（", "）", "(", ")"};
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
    bool digit = false;
    line = without_address(line);
    if (line.len == 0 || line.len > LONGEST)
        return false;
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
                    nq_str_ends(text, NQ_STR("月号")) || nq_str_ends(text, NQ_STR("季号"));
    bool bracketed =
        nq_str_starts(text, NQ_STR("（")) && nq_str_find(text, NQ_STR("）"), 0) == text.len - 3;
    return nq_scan_width(text) <= WIDEST &&
           (numbered || labelled || bracketed || nq_is_document_number(text) ||
            nq_scan_has_any(text, words, NQ_COUNT(words)));
}

bool nq_is_organisation(struct nq_str text)
{
    static const char *const ends[] = {
        "委员会", "促进会", "研究院", "研究所",   "研究中心", "中心",   "办公室", "公司",
        "协会",   "学会",   "大学",   "集团",     "编辑部",   "联盟",   "实验室", "智库",
        "学院",   "课题组", "编写组", "联合会",   "研究会",   "商会",   "基金会", "通讯社",
        "日报社", "报社",   "杂志社", "出版社",   "信息网",   "总局",   "部",     "局",
        "厅",     "署",     "院",     "社",       "政府",     "工委",   "党委",   "银行",
        "平台",   "小组",   "专班",   "委",       "处",       "调研组", "工作组", "专家组",
        "调查组", "司",     "团队",   "工商联",   "总工会",   "研究室", "工作室", "机构",
        "总站",   "图书馆", "博物馆", "出版集团", "报业"};
    enum { LONGEST = 300 };
    char simple[LONGEST];
    text = nq_str_trim(text);
    if (text.len > sizeof simple)
        return false;
    text = nq_scan_simplify(text, simple);
    for (size_t i = 0; i < NQ_COUNT(ends); i++)
        if (nq_str_ends(text, nq_str_from(ends[i])))
            return true;
    return false;
}
