/* The names of a report's parts: see names.h. */
#include "ingest/names.h"

#include "ingest/number.h"
#include "ingest/scan.h"

struct nq_role_name {
    struct nq_str name;
    enum nq_role role;
};

/* Names as they stand. */
static const struct nq_role_name fixed[] = {
    {NQ_STR_INIT("编者按"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("编者注"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("按语"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("abstract"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("summary"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("executivesummary"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("内容简介"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("核心提示"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("内容提示"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("核心观点"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("主要观点"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("本期关注"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("keypoints"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("keyfindings"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("highlights"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("contents"), NQ_ROLE_CONTENTS},
    {NQ_STR_INIT("tableofcontents"), NQ_ROLE_CONTENTS},
    {NQ_STR_INIT("来源"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("延伸阅读"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("参考"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("注释"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("尾注"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("references"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("reference"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("bibliography"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("sources"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("正文"), NQ_ROLE_BODY},
    {NQ_STR_INIT("全文"), NQ_ROLE_BODY},
    {NQ_STR_INIT("详细新闻"), NQ_ROLE_BODY},
    {NQ_STR_INIT("新闻正文"), NQ_ROLE_BODY},
    {NQ_STR_INIT("详细内容"), NQ_ROLE_BODY},
    {NQ_STR_INIT("联系我们"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("联系方式"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("关于我们"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("关于本刊"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("关注我们"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("免责声明"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("免责申明"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("免责条款"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("版权声明"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("版权说明"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("法律声明"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("重要声明"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("特别声明"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("郑重声明"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("分析师声明"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("投资评级说明"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("评级说明"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("声明"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("全文完"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("（完）"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("（全文完）"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("end"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("disclaimer"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("contactus"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("aboutus"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("趋势判断"), NQ_ROLE_SECTION},
    {NQ_STR_INIT("趋势研判"), NQ_ROLE_SECTION},
    {NQ_STR_INIT("综合判断"), NQ_ROLE_SECTION},
    {NQ_STR_INIT("综合研判"), NQ_ROLE_SECTION},
    {NQ_STR_INIT("总体判断"), NQ_ROLE_SECTION},
    {NQ_STR_INIT("结语"), NQ_ROLE_SECTION},
    {NQ_STR_INIT("结论"), NQ_ROLE_SECTION},
    {NQ_STR_INIT("总结"), NQ_ROLE_SECTION},
    {NQ_STR_INIT("小结"), NQ_ROLE_SECTION},
    {NQ_STR_INIT("前言"), NQ_ROLE_SECTION},
    {NQ_STR_INIT("引言"), NQ_ROLE_SECTION},
    {NQ_STR_INIT("展望"), NQ_ROLE_SECTION},
    {NQ_STR_INIT("下一步展望"), NQ_ROLE_SECTION},
    {NQ_STR_INIT("政策建议"), NQ_ROLE_SECTION},
    {NQ_STR_INIT("启示与建议"), NQ_ROLE_SECTION},
    {NQ_STR_INIT("风险提示"), NQ_ROLE_SECTION},
    {NQ_STR_INIT("脚注"), NQ_ROLE_SECTION},
    {NQ_STR_INIT("conclusion"), NQ_ROLE_SECTION},
    {NQ_STR_INIT("outlook"), NQ_ROLE_SECTION},
};

/* Names that stand alone or behind what they are of: 摘要, 内容摘要, 本期导读, 今日要点. */
static const struct nq_role_name qualified[] = {
    {NQ_STR_INIT("摘要"), NQ_ROLE_ABSTRACT},   {NQ_STR_INIT("提要"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("导读"), NQ_ROLE_ABSTRACT},   {NQ_STR_INIT("导语"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("概要"), NQ_ROLE_POINTS},     {NQ_STR_INIT("概览"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("要点"), NQ_ROLE_POINTS},     {NQ_STR_INIT("看点"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("要点速览"), NQ_ROLE_POINTS}, {NQ_STR_INIT("速览"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("要览"), NQ_ROLE_POINTS},     {NQ_STR_INIT("目录"), NQ_ROLE_CONTENTS},
    {NQ_STR_INIT("目次"), NQ_ROLE_CONTENTS},   {NQ_STR_INIT("要目"), NQ_ROLE_CONTENTS},
};

static const struct nq_str qualifiers[] = {
    NQ_STR_INIT("内容"), NQ_STR_INIT("核心"), NQ_STR_INIT("新闻"), NQ_STR_INIT("今日"),
    NQ_STR_INIT("本期"), NQ_STR_INIT("本周"), NQ_STR_INIT("本月"), NQ_STR_INIT("本刊"),
    NQ_STR_INIT("本文"), NQ_STR_INIT("报告"), NQ_STR_INIT("执行"), NQ_STR_INIT("要点"),
    NQ_STR_INIT("主要"), NQ_STR_INIT("重点"), NQ_STR_INIT("投资"), NQ_STR_INIT("一句话"),
    NQ_STR_INIT("图表"), NQ_STR_INIT("图"),   NQ_STR_INIT("表"),   NQ_STR_INIT("插图"),
};

/* What the heading of a list of references is put together from; the first ones say that it is one,
 * whatever stands beside them. */
static const struct nq_str cited[] = {
    NQ_STR_INIT("参考"), NQ_STR_INIT("引用"), NQ_STR_INIT("文献"), NQ_STR_INIT("来源"),
    NQ_STR_INIT("信源"), NQ_STR_INIT("出处"), NQ_STR_INIT("资料"), NQ_STR_INIT("信息"),
    NQ_STR_INIT("数据"), NQ_STR_INIT("主要"), NQ_STR_INIT("本期"), NQ_STR_INIT("本文"),
    NQ_STR_INIT("部分"), NQ_STR_INIT("材料"), NQ_STR_INIT("链接"), NQ_STR_INIT("书目"),
    NQ_STR_INIT("消息"), NQ_STR_INIT("清单"), NQ_STR_INIT("列表"), NQ_STR_INIT("与"),
    NQ_STR_INIT("及"),   NQ_STR_INIT("和"),   NQ_STR_INIT("附录"), NQ_STR_INIT("附"),
    NQ_STR_INIT("注释"),
};
enum { CITING = 6 };

/* The word of `words` that `text` begins with, or -1. */
static int word_at(struct nq_str text, const struct nq_str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (nq_str_starts(text, words[i]))
            return (int)i;
    return -1;
}

/* 主要参考资料, 数据来源, 参考文献与资料来源, 信息来源清单: two words of `cited` at least. */
static bool names_references(struct nq_str name)
{
    enum { MOST = 6 };
    size_t words = 0;
    bool citing = false;
    for (int word; name.len > 0; words++) {
        if ((word = word_at(name, cited, NQ_COUNT(cited))) < 0)
            return false;
        citing |= word < CITING;
        name = nq_str_sub(name, cited[word].len, name.len);
    }
    return citing && words >= 2 && words <= MOST;
}

static enum nq_role role_of_name(struct nq_str name)
{
    for (size_t i = 0; i < NQ_COUNT(fixed); i++)
        if (nq_str_eq(name, fixed[i].name))
            return fixed[i].role;
    if (names_references(name))
        return NQ_ROLE_REFERENCES;
    int word = word_at(name, qualifiers, NQ_COUNT(qualifiers));
    struct nq_str rest = word < 0 ? name : nq_str_sub(name, qualifiers[word].len, name.len);
    for (size_t i = 0; i < NQ_COUNT(qualified); i++)
        if (nq_str_eq(rest, qualified[i].name) || nq_str_eq(name, qualified[i].name))
            return qualified[i].role;
    return NQ_ROLE_NONE;
}

/* 参考文献 References, 摘要/Abstract, 目录（续）: what stands behind a Chinese name is the English
 * one, or a remark in brackets. */
static enum nq_role role_of_pair(struct nq_str name)
{
    size_t end = 0;
    while (end < name.len && (unsigned char)name.ptr[end] >= 0x80 &&
           !nq_str_starts(nq_str_sub(name, end, name.len), NQ_STR("（")))
        end++;
    if (end == 0 || end == name.len)
        return NQ_ROLE_NONE;
    enum nq_role role = role_of_name(nq_str_sub(name, 0, end));
    struct nq_str second = nq_scan_trim_marks(nq_str_sub(name, end, name.len));
    bool remark = nq_str_starts(second, NQ_STR("（")) && nq_str_ends(second, NQ_STR("）"));
    bool list = role == NQ_ROLE_REFERENCES || role == NQ_ROLE_CONTENTS;
    return (remark && list) || role_of_name(second) == role ? role : NQ_ROLE_NONE;
}

enum nq_role nq_role_of(struct nq_str line)
{
    enum { LONGEST = 48 };
    struct nq_number number;
    if (line.len > LONGEST * 2)
        return NQ_ROLE_NONE;
    if (nq_number_parse(line, &number))
        line = nq_str_sub(line, number.len, line.len);
    bool inner = number.style == NQ_NUMBERING_MULTI || number.style == NQ_NUMBERING_HAN_PAREN;
    char bare[LONGEST];
    struct nq_str name = {bare, nq_scan_bare(line, bare, sizeof bare)};
    enum nq_role role = name.len > 0 ? role_of_name(name) : NQ_ROLE_NONE;
    if (role == NQ_ROLE_NONE && name.len > 0)
        role = role_of_pair(name);
    return inner && role == NQ_ROLE_REFERENCES ? NQ_ROLE_NONE : role;
}

size_t nq_role_prefix(struct nq_str text, enum nq_role *role)
{
    static const char *const marks[] = {"：", ":", "】", "]", "〕", "〗", "］", "｜", "|"};
    enum { LONGEST = 60 };
    size_t window = text.len < LONGEST ? text.len : LONGEST;
    *role = NQ_ROLE_NONE;
    for (size_t at = 3; at < window; at++)
        for (size_t i = 0; i < NQ_COUNT(marks); i++) {
            struct nq_str mark = nq_str_from(marks[i]);
            size_t end = at + mark.len;
            if (!nq_str_starts(nq_str_sub(text, at, text.len), mark) || end >= text.len)
                continue;
            *role = nq_role_of(nq_str_sub(text, 0, i < 2 ? at : end));
            if (nq_str_starts(nq_str_sub(text, end, text.len), NQ_STR("：")))
                end += 3;
            return *role == NQ_ROLE_NONE ? 0 : end;
        }
    return 0;
}

/* 摘  要  本文…: the bytes of the name and the gap behind it, or 0. */
static size_t gap_prefix(struct nq_str text)
{
    static const char *const gaps[] = {"  ", "　"};
    enum { LONGEST = 24 };
    for (size_t at = 3; at < LONGEST && at + 3 < text.len; at += 1)
        for (size_t i = 0; i < NQ_COUNT(gaps); i++)
            if (nq_str_starts(nq_str_sub(text, at, text.len), nq_str_from(gaps[i])) &&
                nq_role_of(nq_str_sub(text, 0, at)) == NQ_ROLE_ABSTRACT)
                return at + strlen(gaps[i]);
    return 0;
}

size_t nq_role_abstract_prefix(struct nq_str text)
{
    enum nq_role role;
    size_t len = nq_role_prefix(text, &role);
    if (role == NQ_ROLE_NONE && (len = gap_prefix(text)) > 0)
        return len;
    return role == NQ_ROLE_ABSTRACT || role == NQ_ROLE_POINTS ? len : 0;
}
