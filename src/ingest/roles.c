/* The names of a report's parts: see names.h. */
#include "ingest/names.h"

#include "ingest/number.h"
#include "ingest/scan.h"

static const struct {
    struct nq_str name;
    enum nq_role role;
} roles[] = {
    {NQ_STR_INIT("摘要"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("内容摘要"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("核心摘要"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("新闻摘要"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("今日摘要"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("本期摘要"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("报告摘要"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("执行摘要"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("要点摘要"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("内容提要"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("提要"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("导读"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("本期导读"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("今日导读"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("abstract"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("summary"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("executivesummary"), NQ_ROLE_ABSTRACT},
    {NQ_STR_INIT("内容概要"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("内容简介"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("概要"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("核心观点"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("主要观点"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("核心要点"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("主要要点"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("今日要点"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("本期要点"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("本周要点"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("要点"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("要点速览"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("今日看点"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("本期看点"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("本期关注"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("keypoints"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("keyfindings"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("highlights"), NQ_ROLE_POINTS},
    {NQ_STR_INIT("目录"), NQ_ROLE_CONTENTS},
    {NQ_STR_INIT("目次"), NQ_ROLE_CONTENTS},
    {NQ_STR_INIT("本期目录"), NQ_ROLE_CONTENTS},
    {NQ_STR_INIT("本期要目"), NQ_ROLE_CONTENTS},
    {NQ_STR_INIT("要目"), NQ_ROLE_CONTENTS},
    {NQ_STR_INIT("内容目录"), NQ_ROLE_CONTENTS},
    {NQ_STR_INIT("目录（续）"), NQ_ROLE_CONTENTS},
    {NQ_STR_INIT("contents"), NQ_ROLE_CONTENTS},
    {NQ_STR_INIT("tableofcontents"), NQ_ROLE_CONTENTS},
    {NQ_STR_INIT("参考文献"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("主要参考文献"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("参考资料"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("参考来源"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("参考链接"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("参考文献与资料来源"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("参考文献及资料来源"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("主要参考资料"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("资料来源"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("信息来源"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("数据来源"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("引用来源"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("引用文献"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("主要来源"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("主要信息来源"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("主要资料来源"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("参考信息来源"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("文献来源"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("引用资料"), NQ_ROLE_REFERENCES},
    {NQ_STR_INIT("来源"), NQ_ROLE_REFERENCES},
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
    {NQ_STR_INIT("关注我们"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("免责声明"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("版权声明"), NQ_ROLE_CLOSING},
    {NQ_STR_INIT("法律声明"), NQ_ROLE_CLOSING},
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
    {NQ_STR_INIT("编者按"), NQ_ROLE_SECTION},
    {NQ_STR_INIT("脚注"), NQ_ROLE_SECTION},
    {NQ_STR_INIT("conclusion"), NQ_ROLE_SECTION},
    {NQ_STR_INIT("outlook"), NQ_ROLE_SECTION},
};

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
    if (name.len == 0)
        return NQ_ROLE_NONE;
    for (size_t i = 0; i < NQ_COUNT(roles); i++)
        if (nq_str_eq(name, roles[i].name))
            return inner && roles[i].role == NQ_ROLE_REFERENCES ? NQ_ROLE_NONE : roles[i].role;
    return NQ_ROLE_NONE;
}

size_t nq_role_abstract_prefix(struct nq_str text)
{
    static const char *const marks[] = {"：", ":", "】", "]", "〕"};
    enum { LONGEST = 60 };
    size_t window = text.len < LONGEST ? text.len : LONGEST;
    for (size_t at = 3; at < window; at++)
        for (size_t i = 0; i < NQ_COUNT(marks); i++) {
            struct nq_str mark = nq_str_from(marks[i]);
            size_t end = at + mark.len;
            if (!nq_str_starts(nq_str_sub(text, at, text.len), mark) || end >= text.len)
                continue;
            enum nq_role role = nq_role_of(nq_str_sub(text, 0, end));
            if (role != NQ_ROLE_ABSTRACT && role != NQ_ROLE_POINTS)
                return 0;
            if (nq_str_starts(nq_str_sub(text, end, text.len), NQ_STR("：")))
                end += 3;
            return end;
        }
    return 0;
}
