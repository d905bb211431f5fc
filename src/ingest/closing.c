/* Lines that close a report: see names.h. */
#include "ingest/names.h"
#include "ingest/scan.h"

/* Wherever they stand in a line. */
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
    NQ_STR_INIT("不代表本刊"),
    NQ_STR_INIT("不代表本报"),
    NQ_STR_INIT("不代表本公司"),
    NQ_STR_INIT("不代表本机构"),
    NQ_STR_INIT("不代表本平台"),
    NQ_STR_INIT("不代表本单位"),
    NQ_STR_INIT("不代表主办"),
    NQ_STR_INIT("当前位置："),
    NQ_STR_INIT("当前的位置："),
    NQ_STR_INIT("ICP备"),
    NQ_STR_INIT("网站地图"),
};

/* Where a line begins with them. */
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
    NQ_STR_INIT("相关阅读"),   NQ_STR_INIT("打印本页"), NQ_STR_INIT("执笔："),
    NQ_STR_INIT("课题组成员"), NQ_STR_INIT("主编："),   NQ_STR_INIT("总编："),
    NQ_STR_INIT("签发："),     NQ_STR_INIT("核稿："),   NQ_STR_INIT("撰稿："),
    NQ_STR_INIT("供稿："),     NQ_STR_INIT("值班编辑"), NQ_STR_INIT("共印"),
    NQ_STR_INIT("印数："),     NQ_STR_INIT("作者单位"), NQ_STR_INIT("作者系"),
    NQ_STR_INIT("作者为"),     NQ_STR_INIT("作者简介"), NQ_STR_INIT("往期推荐"),
    NQ_STR_INIT("相关链接"),   NQ_STR_INIT("【打印"),   NQ_STR_INIT("打印本文"),
    NQ_STR_INIT("送阅"),       NQ_STR_INIT("订阅热线"), NQ_STR_INIT("订阅与"),
    NQ_STR_INIT("往期回顾"),   NQ_STR_INIT("往期精选"), NQ_STR_INIT("执笔人"),
};

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
    if (line.len > sizeof simple)
        return false;
    for (size_t i = 0; i + 1 < line.len; i++)
        width -= line.ptr[i] == ' ' && line.ptr[i + 1] == ' '; /* what pads a line */
    if (width > WIDEST)
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
