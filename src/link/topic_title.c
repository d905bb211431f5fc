/* Titles as topics: what is a policy document, and what any other work. */
#include "link/topics.h"
#include "text/title.h"

enum { LEAST_BYTES = 12 }; /* four characters: 《条例》 may be any */

/* What the title of a policy document ends with, brackets behind it aside. */
static const char *const endings[] = {
    "方案", "意见", "规划",   "办法",   "条例",   "法",       "通知",   "纲要", "决定",
    "规定", "计划", "标准",   "指南",   "公告",   "协定",     "协议",   "宣言", "声明",
    "公报", "措施", "目录",   "细则",   "清单",   "规范",     "规则",   "倡议", "章程",
    "准则", "公约", "议定书", "条约",   "决议",   "批复",     "通告",   "指引", "导则",
    "要点", "法案", "宪章",   "宪法",   "白皮书", "工作报告", "报告书", "行动", "若干举措",
    "政策", "举措", "蓝图",   "路线图", "备忘录", "法典",     "草案",   "命令",
};

bool nq_topic_of_title(struct nq_str title, struct nq_folded *scratch, struct nq_buf *key,
                       enum nq_topic_kind *kind)
{
    enum nq_title_stage stage;
    if (!nq_title_key(title, scratch, key, &stage) || key->len < LEAST_BYTES)
        return false;
    struct nq_str text = nq_buf_str(key);
    *kind = NQ_TOPIC_WORK;
    for (size_t i = 0; i < NQ_COUNT(endings); i++)
        if (nq_str_ends(text, nq_str_from(endings[i])))
            *kind = NQ_TOPIC_DOCUMENT;
    /* （2021—2035年） stays in the key. */
    if (nq_str_ends(text, NQ_STR("年")))
        for (size_t i = 0; i < NQ_COUNT(endings); i++) {
            size_t at = nq_str_find(text, nq_str_from(endings[i]), 0);
            if (at != SIZE_MAX && at + strlen(endings[i]) < text.len &&
                text.ptr[at + strlen(endings[i])] >= '0' &&
                text.ptr[at + strlen(endings[i])] <= '9')
                *kind = NQ_TOPIC_DOCUMENT;
        }
    return true;
}
