/* Bodies, actions and titles of a text. */
#include "time/marks.h"

#include "actions.h"
#include "actors.h"
#include "base/grow.h"
#include "base/table.h"
#include "periodicals.h"
#include "text/organisation.h"

#include <stdlib.h>

enum { TITLE_MOST = 120 }; /* characters; a longer 《…》 was never closed */

static const char *const levels[] = {"party",     "state",         "ministry", "court",
                                     "place",     "international", "country",  "association",
                                     "institute", "company",       "media"};
static const char *const stages[] = {"pass",   "issue",   "force", "consult", "review",
                                     "revise", "repeal",  "start", "finish",  "meet",
                                     "visit",  "propose", "plan",  "say",     "report"};

/* Said of what is to come. */
static const char cues[] =
    "将 将于 拟 建议 拟于 预计 计划 计划于 力争 目标 到时 争取 有望 定于 须 愿 愿同 愿与 "
    "须于 需在 应于 要 或将 必须";

/* Longer words that are no action though they begin like one. */
static const char stops[] =
    "发布会 新闻发布会 发布厅 发布者 发布量 实施方案 实施意见 实施细则 实施办法 实施条例 实施主体 "
    "实施规划 实施纲要 实施路径 执行力 执行官 执行董事 执行主席 执行副主席 执行情况 实施情况 "
    "启动区 启动器 "
    "启动资金 "
    "成立周年 开放型 开放式 开放水平 开放合作 开放新格局 开放日 试点工作 试点城市 试点地区 "
    "试点方案 "
    "建设部 要求高 报道称 报道说 报告 提出者 推荐性 完成率 完成情况 调整期 电力 电子 电动 电商 "
    "电网 电站 "
    "电影 电视 电池 电信 电话 电价 电量 电池组 电气 电路 电车 电线 讯息 消息人士 消息面 主持人 "
    "会见厅 "
    "完善机制 要素 要点 要闻 要么 要害 要地 要塞 形成机制 将军 将士 将来 目标任务 需要 主要 重要 "
    "通过率 对外开放 扩大开放 改革开放 高水平开放 开放战略 开放格局 制度型开放 批准逮捕 "
    "备案审查 预算执行 修订草案 修正草案 修改意见 修改情况 修改建议 审议结果 审议意见 修正案 "
    "发射场 发射台 发射中心 发射基地 开放大学 举办地 成立大会 完成度 开展活动 上市公司 上市企业 "
    "上调率 开始时间 交付量 推动力 推动者 实现路径 签署方 签约国 签约方 发布方 签署国生 签署国全 "
    "签署国正 签署国代 签署国的 签署国中 签署国和";

static int index_of(const char *const *names, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return (int)i;
    return -1;
}

static bool add_all(struct nq_lexicon *words, const char *list, char separator, int kind, int value)
{
    struct nq_str rest = nq_str_from(list), word;
    while (nq_str_split(&rest, separator, &word))
        if (word.len > 0 && !nq_lexicon_add(words, word, kind, value))
            return false;
    return true;
}

bool nq_action_known(struct nq_str word)
{
    size_t n = NQ_COUNT(actions);
    return nq_table_find(actions, n, sizeof *actions, word) < n;
}

bool nq_marks_words(struct nq_lexicon *words)
{
    bool ok = add_all(words, stops, ' ', MARK_STOP, 0) && add_all(words, cues, ' ', MARK_CUE, 0);
    for (size_t i = 0; nq_organisation_name(i).ptr && ok; i++) {
        int level = index_of(levels, NQ_COUNT(levels), nq_organisation_level(i));
        ok = level < 0 || nq_lexicon_add(words, nq_organisation_name(i), MARK_ACTOR, level);
    }
    for (size_t i = 0; i < NQ_COUNT(actors) && ok; i++)
        ok = add_all(words, actors[i][0], '|', MARK_ACTOR,
                     index_of(levels, NQ_COUNT(levels), actors[i][1]));
    for (size_t i = 0; i < NQ_COUNT(actions) && ok; i++)
        ok = add_all(words, actions[i][0], '|', MARK_ACTION,
                     index_of(stages, NQ_COUNT(stages), actions[i][1]));
    for (size_t i = 0; i < NQ_COUNT(periodicals) && ok; i++) {
        char quoted[100] = "《";
        strncat(quoted, periodicals[i][0], sizeof quoted - 8);
        ok = add_all(words, strcat(quoted, "》"), '|', MARK_PERIODICAL, 0);
    }
    return ok && nq_lexicon_seal(words);
}

static bool add(struct marks *m, struct mark mark)
{
    struct mark *items = nq_grow(m->items, m->n, &m->cap, sizeof *items);
    if (!items)
        return false;
    m->items = items;
    m->items[m->n++] = mark;
    return true;
}

/* The end of the title that opens at `at`, behind its 》; 0 where none closes. */
static size_t title_end(const struct nq_folded *text, size_t at)
{
    int depth = 0;
    size_t end = text->n - at < TITLE_MOST ? text->n : at + TITLE_MOST;
    for (size_t i = at; i < end; i++) {
        depth += text->cp[i] == 0x300A;
        if (text->cp[i] == 0x300B && --depth == 0)
            return i + 1 > at + 2 ? i + 1 : 0;
    }
    return 0;
}

bool nq_marks_find(struct marks *m, const struct nq_lexicon *words, const struct nq_folded *text)
{
    m->n = 0;
    for (size_t i = 0; i < text->n;) {
        const struct nq_lexeme *w = nq_lexicon_at(words, text, i);
        size_t end = text->cp[i] == 0x300A && !w ? title_end(text, i) : 0;
        struct mark mark = {(uint32_t)i, (uint32_t)end, MARK_TITLE, 0};
        if (w) {
            mark.end = (uint32_t)(i + w->n);
            mark.kind = (uint8_t)w->kind;
            mark.value = (uint8_t)w->value;
        }
        if ((w || end) && mark.kind != MARK_STOP && !add(m, mark))
            return false;
        i = w || end ? mark.end : i + 1;
    }
    return true;
}

void nq_marks_finish(struct marks *m)
{
    free(m->items);
    *m = (struct marks){0};
}

static int find_value(const struct nq_lexicon *words, const struct nq_folded *text, int kind)
{
    int best = -1;
    for (size_t i = 0; i < text->n; i++) {
        const struct nq_lexeme *w = nq_lexicon_at(words, text, i);
        if (w && w->kind == kind && (best < 0 || w->value < best))
            best = w->value;
        if (w)
            i += w->n - 1;
    }
    return best;
}

/* Whether a name begins with a country that is not this one: 伊朗国防部 is no ministry of ours. */
static bool is_foreign(const struct nq_lexicon *words, const struct nq_folded *name)
{
    const struct nq_lexeme *w = name->n ? nq_lexicon_at(words, name, 0) : NULL;
    bool ours = name->n > 1 && name->cp[1] == 0x56FD /* 国 */ &&
                (name->cp[0] == 0x4E2D /* 中 */ || name->cp[0] == 0x6211 /* 我 */);
    return w && w->kind == MARK_ACTOR && w->value == LEVEL_COUNTRY && !ours;
}

int nq_actor_level(const struct nq_lexicon *words, const struct nq_folded *name)
{
    if (is_foreign(words, name))
        return LEVEL_COUNTRY;
    int level = find_value(words, name, MARK_ACTOR);
    if (level >= 0)
        return level;
    bool departments = name->n > 2 && name->cp[name->n - 2] == 0x90E8 /* 部 */ &&
                       name->cp[name->n - 1] == 0x95E8 /* 门 */; /* 14部门 */
    return departments                                     ? LEVEL_MINISTRY
           : find_value(words, name, MARK_PERIODICAL) >= 0 ? LEVEL_MEDIA
                                                           : -1;
}

static bool names_any(struct nq_str text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (nq_str_find(text, nq_str_from(words[i]), 0) != SIZE_MAX)
            return true;
    return false;
}

/* Whether figures or a notice are what was published: 发布1—2月份物流运行数据, 公布的数据显示. */
static bool figures(struct nq_str object)
{
    static const char *const figure[] = {"数据", "指数", "消息", "统计", "预警", "预报", "行情"};
    static const struct nq_str shown[] = {NQ_STR_INIT("显示"), NQ_STR_INIT("表明"),
                                          NQ_STR_INIT("，")};
    object = nq_str_trim(object);
    for (size_t i = 0; i < NQ_COUNT(figure); i++) {
        struct nq_str word = nq_str_from(figure[i]);
        for (size_t at = 0; (at = nq_str_find(object, word, at)) != SIZE_MAX; at += word.len) {
            struct nq_str rest = nq_str_sub(object, at + word.len, object.len);
            bool ends = rest.len == 0;
            for (size_t k = 0; k < NQ_COUNT(shown); k++)
                ends |= nq_str_starts(rest, shown[k]);
            if (ends)
                return true;
        }
    }
    return false;
}

int nq_action_stage(const struct nq_lexicon *words, const struct nq_folded *action,
                    struct nq_str statement, struct nq_str object)
{
    static const char *const talks[] = {"会谈",   "会晤",   "座谈会",     "发布会",   "记者会",
                                        "吹风会", "招待会", "茶话会",     "团拜会",   "演练",
                                        "彩排",   "通电话", "委员长会议", "主席会议", "协商会"};
    int stage = find_value(words, action, MARK_ACTION);
    if (stage == STAGE_MEET && names_any(statement, talks, NQ_COUNT(talks)))
        return STAGE_VISIT;
    return stage == STAGE_ISSUE && figures(object) ? STAGE_SAY : stage;
}
