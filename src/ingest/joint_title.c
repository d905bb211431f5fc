/* Titles of two lines: see joint.h. */
#include "ingest/joint.h"
#include "ingest/names.h"
#include "ingest/scan.h"

enum { LONG_TITLE = 26 }; /* columns of the first line */

bool nq_joint_series_goes_on(struct nq_str last, struct nq_str next)
{
    static const char *const series[] = {"动态", "日报", "周报", "月报", "简报", "快报", "要报",
                                         "专报", "要闻", "快讯", "参考", "观察", "内参"};
    bool ends = false;
    for (size_t i = 0; i < NQ_COUNT(series); i++) {
        if (nq_str_ends(last, nq_str_from(series[i])))
            return false;
        ends |= nq_str_ends(next, nq_str_from(series[i]));
    }
    return ends && !nq_is_organisation(last) && !nq_is_issue(last) &&
           nq_scan_is_wide(nq_scan_first(last));
}

bool nq_joint_title_goes_on(struct nq_str last, struct nq_str next)
{
    static const char *const kinds[] = {"通知", "意见", "办法", "方案",   "报告",  "决定", "公告",
                                        "批复", "条例", "规定", "说明",   "通报",  "细则", "函",
                                        "研究", "分析", "评估", "白皮书", "蓝皮书"};
    bool ends = false;
    for (size_t i = 0; i < NQ_COUNT(kinds); i++) {
        struct nq_str kind = nq_str_from(kinds[i]);
        if (nq_str_ends(last, kind))
            return false;
        ends |= nq_str_ends(next, kind);
    }
    return ends &&
           (nq_str_find(last, NQ_STR("关于"), 0) != SIZE_MAX ||
            (nq_scan_width(last) >= LONG_TITLE && nq_scan_width(next) < nq_scan_width(last)));
}
