/* Texts of pages in Chinese and English. */
#include "serve/texts.h"

#include <string.h>

static const struct {
    const char *name, *texts[NQ_N_LANGUAGES];
} texts[] = {
    {"lang", {"zh-CN", "en"}},
    {"name", {"政策报告检索", "Report search"}},
    {"short-name", {"政策检索", "Policy search"}},
    {"about", {"检索政策日报及其参考文献", "Daily policy reports and the works they cite"}},
    {"search", {"搜索", "Search"}},
    {"placeholder", {"搜索政策报告", "Search policy reports"}},
    {"skip", {"跳到内容", "Skip to content"}},
    {"views", {"视图", "Views"}},
    {"filters", {"筛选", "Filters"}},
    {"pages", {"翻页", "Pages"}},
    {"colon", {"：", ": "}},
    {"comma", {"、", ", "}},
    {"to", {" 至 ", " to "}},
    {"ms", {"毫秒", "ms"}},
    {"passages", {"段落", "Passages"}},
    {"timeline", {"时间线", "Timeline"}},
    {"topics", {"主题", "Topics"}},
    {"check", {"查重", "Check a draft"}},
    {"count-passages", {"共%s %llu 个段落", "%s%llu passages"}},
    {"count-passage", {"共%s %llu 个段落", "%s%llu passage"}},
    {"about-number", {"约", "about "}},
    {"count-events", {"共 %llu 个事件", "%llu events"}},
    {"most-important",
     {"这里是最重要的 %zu 个，点选月份可看其余",
      "the %zu most important; choose a month for others"}},
    {"count-event", {"共 %llu 个事件", "%llu event"}},
    {"none",
     {"没有找到相关段落。可以换一种说法，或去掉一些词。",
      "Nothing found. Try other words, or fewer."}},
    {"no-events", {"没有找到相关事件。", "No events found."}},
    {"undated", {"日期不详", "no date"}},
    {"partial", {"部分匹配", "partial match"}},
    {"page-of", {"第 %u 页", "page %u"}},
    {"shared", {"共有：", "In common: "}},
    {"meant", {"您要找的是不是：", "Did you mean: "}},
    {"remove", {"去掉", "remove"}},
    {"by-relevance", {"按相关度", "by relevance"}},
    {"by-date", {"按日期", "by date"}},
    {"next", {"下一页", "Next"}},
    {"previous", {"上一页", "Previous"}},
    {"months", {"月份", "Months"}},
    {"sources", {"来源", "Sources"}},
    {"kinds", {"类型", "Kinds"}},
    {"kind-all", {"全部", "All"}},
    {"kind-report", {"报告", "Reports"}},
    {"kind-reference", {"参考文献", "References"}},
    {"kind-past", {"已发生", "Past"}},
    {"kind-milestone", {"目标与期限", "Targets and deadlines"}},
    {"more-reports", {"另有 %zu 处", "%zu more"}},
    {"calendar", {"日历 (.ics)", "Calendar (.ics)"}},
    {"feed", {"订阅 (Atom)", "Feed (Atom)"}},
    {"original", {"原文", "Original"}},
    {"full-text", {"全文", "Full text"}},
    {"references", {"参考文献", "References"}},
    {"related", {"相关段落", "Related passages"}},
    {"cited-by", {"引用本文的报告", "Cited by"}},
    {"draft", {"草稿", "Draft"}},
    {"earlier", {"以前", "Earlier"}},
    {"before", {"与此日之前的报告比较", "Compare with reports before"}},
    {"privacy", {"草稿不保存、不记录。", "The draft is neither stored nor logged."}},
    {"count-verdicts",
     {"%llu 处新内容，%llu 处新进展，%llu 处重复", "%llu new, %llu updated, %llu repeated"}},
    {"verdict-new", {"新内容", "new"}},
    {"verdict-update", {"新进展", "update"}},
    {"verdict-repeat", {"重复", "repeat"}},
    {"verdict-none", {"不评判", "not judged"}},
    {"no-heading", {"（无标题）", "(no heading)"}},
    {"relation-none", {"无关", "unrelated"}},
    {"relation-topic", {"同一主题", "same topic"}},
    {"relation-follow", {"后续进展", "follow-up"}},
    {"relation-event", {"同一事件", "same event"}},
    {"shared-documents", {"文件", "Documents"}},
    {"shared-days", {"日期", "Dates"}},
    {"shared-topics", {"主题", "Topics"}},
    {"figures-differ", {"数字不一致", "Figures differ"}},
    {"new-documents", {"新文件", "New documents"}},
    {"new-days", {"新日期", "New dates"}},
    {"new-figures", {"新数字", "New figures"}},
    {"cited-before", {"以前引用过", "Cited before"}},
    {"holdings", {"%llu 份报告，%llu 个段落", "%llu reports, %llu passages"}},
    {"list-comma", {"，", ", "}},
    {"failed", {"出错了", "Something is wrong"}},
};

const char *nq_page_text(enum nq_language language, const char *name, size_t len)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strlen(texts[i].name) == len && memcmp(texts[i].name, name, len) == 0)
            return texts[i].texts[language];
    return "";
}

static const char *const problems[NQ_N_PROBLEMS][NQ_N_LANGUAGES] = {
    [NQ_PROBLEM_BAD_ENCODING] = {"网址中有无法识别的字符", "The address is not valid text"},
    [NQ_PROBLEM_BAD_PARAMETER] = {"参数有误", "A parameter is wrong"},
    [NQ_PROBLEM_MISSING_QUERY] = {"请输入检索词", "Please enter something to look for"},
    [NQ_PROBLEM_QUERY_TOO_LONG] = {"检索词过长", "The query is too long"},
    [NQ_PROBLEM_BAD_QUERY] = {"检索式有误", "The query cannot be understood"},
    [NQ_PROBLEM_NOT_FOUND] = {"没有这个页面", "There is no such page"},
    [NQ_PROBLEM_METHOD] = {"不支持这种请求方式", "This address does not take that method"},
    [NQ_PROBLEM_LENGTH] = {"请求没有注明长度", "The request does not say its length"},
    [NQ_PROBLEM_TOO_LARGE] = {"内容过大", "That is too large"},
    [NQ_PROBLEM_NO_DRAFT] = {"没有可供查重的内容", "There is no draft to check"},
    [NQ_PROBLEM_BUSY] = {"服务器繁忙，请稍后再试", "The server is busy; please try again"},
    [NQ_PROBLEM_NO_INDEX] = {"索引尚未建立", "There is no index yet"},
    [NQ_PROBLEM_NO_EVENTS] = {"索引中还没有时间线，请更新索引",
                              "The index has no timeline yet; bring it up to date"},
    [NQ_PROBLEM_INDEX] = {"索引无法读取", "The index cannot be read"},
    [NQ_PROBLEM_INTERNAL] = {"服务器内部错误", "The server failed"},
};

const char *nq_problem_text(enum nq_language language, enum nq_problem problem)
{
    const char *text = problems[problem][language];
    return text ? text : "";
}
