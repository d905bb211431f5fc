/* Titles as topics: what is a policy document and what any other work, what each is called, and the
 * short names that a report gives it. */
#include <stdlib.h>

#include "base/grow.h"
#include "link/alias.h"
#include "link/topic_mentions.h"
#include "text/title.h"

/* Four characters, of a document three: 《民法典》. */
enum { LEAST_BYTES = 12, LEAST_OF_DOCUMENT = 9 };

/* What the title of a policy document ends with, brackets behind it aside. */
static const char *const endings[] = {
    "方案", "意见", "规划",   "办法",   "条例",   "法",       "通知",   "纲要", "决定",
    "规定", "计划", "标准",   "指南",   "公告",   "协定",     "协议",   "宣言", "声明",
    "公报", "措施", "目录",   "细则",   "清单",   "规范",     "规则",   "倡议", "章程",
    "准则", "公约", "议定书", "条约",   "决议",   "批复",     "通告",   "指引", "导则",
    "要点", "法案", "宪章",   "宪法",   "白皮书", "工作报告", "报告书", "行动", "若干举措",
    "政策", "举措", "蓝图",   "路线图", "备忘录", "法典",     "草案",   "命令",
};

bool nq_topic_is_document(struct nq_str title)
{
    for (size_t i = 0; i < NQ_COUNT(endings); i++)
        if (nq_str_ends(title, nq_str_from(endings[i])))
            return true;
    return false;
}

bool nq_topic_is_generic(struct nq_str key)
{
    static const char *const kinds[] = {"实施", "若干", "指导", "行动", "工作", "管理", "暂行",
                                        "总体", "重点", "建设", "整体", "专项", "具体", "政策",
                                        "三年", "试点", "规划", "发展", "改革", "措施"};
    size_t cut = 0;
    for (size_t i = 0; i < NQ_COUNT(endings); i++)
        if (nq_str_ends(key, nq_str_from(endings[i])) && strlen(endings[i]) > cut)
            cut = strlen(endings[i]);
    key.len -= cut;
    for (size_t i = 0; i < NQ_COUNT(kinds) && cut > 0; i++)
        if (nq_str_eq(key, nq_str_from(kinds[i])))
            return true;
    return cut > 0 && key.len == 0;
}

bool nq_topic_of_title(struct nq_str title, struct nq_folded *scratch, struct nq_buf *key,
                       enum nq_topic_kind *kind)
{
    enum nq_title_stage stage;
    if (!nq_title_key(title, scratch, key, &stage))
        return false;
    struct nq_str text = nq_buf_str(key);
    *kind = nq_topic_is_document(text) ? NQ_TOPIC_DOCUMENT : NQ_TOPIC_WORK;
    if (*kind == NQ_TOPIC_DOCUMENT ? text.len < LEAST_OF_DOCUMENT || nq_topic_is_generic(text)
                                   : text.len < LEAST_BYTES)
        return false;
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

/* How to call a title: without what it is wrapped in and without （草案）, on one line. */
static struct nq_str name_of(struct nq_topic_finder *f, struct nq_str title)
{
    size_t open = nq_str_find(title, NQ_STR("〈"), 0), close = SIZE_MAX;
    if (open != SIZE_MAX)
        close = nq_str_find(title, NQ_STR("〉"), open);
    if (close != SIZE_MAX && (nq_str_ends(nq_str_sub(title, 0, open), NQ_STR("印发")) ||
                              (nq_str_ends(nq_str_sub(title, 0, open), NQ_STR("——")) &&
                               close + strlen("〉") == title.len)))
        title = nq_str_sub(title, open + strlen("〈"), close);
    if (nq_str_ends(title, NQ_STR("）")) &&
        nq_str_ends(nq_str_sub(title, 0, title.len - 3), NQ_STR("稿")))
        for (size_t at = title.len - 3; at > 3; at--)
            if (nq_str_starts(nq_str_sub(title, at, title.len), NQ_STR("（"))) {
                title.len = at;
                break;
            }
    if (nq_str_ends(title, NQ_STR("（草案）")))
        title.len -= strlen("（草案）");
    struct nq_str name = nq_arena_str(f->arena, title);
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] == '\n' || name.ptr[i] == '\t')
            ((char *)name.ptr)[i] = ' ';
    return name;
}

void nq_topics_new_report(struct nq_topic_finder *f)
{
    nq_map_finish(&f->briefs);
    f->n_full = 0;
}

static bool fold_key(struct nq_topic_finder *f, struct nq_str text)
{
    return nq_fold_text(text, &f->folded_title) &&
           nq_topic_write_key(f, &f->folded_title, 0, f->folded_title.n);
}

/* Remembers what the title in f->key is called by in this report: `brief`, folded. */
static bool add_full(struct nq_topic_finder *f, struct nq_str brief, struct nq_str name,
                     enum nq_topic_kind kind)
{
    struct nq_map_entry *e = nq_map_put(&f->briefs, brief);
    struct nq_topic_full *grown = nq_grow(f->full, f->n_full, &f->cap_full, sizeof *grown);
    f->full = grown ? grown : f->full;
    if (!e || !grown)
        return false;
    struct nq_arena *arena = f->briefs.keys;
    f->full[f->n_full] = (struct nq_topic_full){nq_arena_str(arena, nq_buf_str(&f->key)),
                                                nq_arena_str(arena, name), kind};
    e->value = (int32_t)f->n_full++;
    e->mark = 1;
    return !nq_arena_failed(arena) && !nq_arena_failed(f->arena);
}

static bool add_brief(struct nq_topic_finder *f, const struct nq_alias *alias)
{
    enum nq_topic_kind kind;
    if (!fold_key(f, alias->brief))
        return false;
    struct nq_str brief = nq_arena_str(f->arena, nq_buf_str(&f->key));
    if (!brief.ptr)
        return false;
    if (!nq_topic_of_title(alias->full, &f->folded_title, &f->key, &kind))
        return !f->key.failed;
    return add_full(f, brief, name_of(f, alias->full), kind);
}

/* The short names that `text` introduces for titles. */
bool nq_topic_read_briefs(struct nq_topic_finder *f, struct nq_str text)
{
    struct nq_alias alias;
    size_t at = 0;
    if (nq_str_find(text, NQ_STR("称"), 0) == SIZE_MAX)
        return true;
    while (nq_alias_next(text, &at, &alias))
        if (alias.whole && !add_brief(f, &alias))
            return false;
    return true;
}

/* The title that the report calls so: as it said itself (以下简称), else of a mere 《若干措施》 the
 * last title that ends so.  NULL where there is none. */
static const struct nq_topic_full *full_of(struct nq_topic_finder *f, struct nq_str title)
{
    if (f->briefs.n == 0 || !fold_key(f, title))
        return NULL;
    struct nq_str brief = nq_buf_str(&f->key);
    const struct nq_map_entry *e = nq_map_find(&f->briefs, brief);
    if (e && e->mark)
        return &f->full[e->value];
    for (size_t i = f->n_full; i-- > 0 && nq_topic_is_generic(brief);)
        if (nq_str_ends(f->full[i].key, brief))
            return &f->full[i];
    return NULL;
}

/* Remembers a document that the report named in full. */
static bool remember(struct nq_topic_finder *f, struct nq_str name, enum nq_topic_kind kind)
{
    const struct nq_map_entry *e = nq_map_find(&f->briefs, nq_buf_str(&f->key));
    if (kind != NQ_TOPIC_DOCUMENT || (e && e->mark))
        return true;
    return add_full(f, nq_buf_str(&f->key), name, kind);
}

bool nq_topic_add_title(struct nq_topic_finder *f, const struct nq_topic_place *p, size_t first,
                        size_t last)
{
    enum nq_topic_kind kind;
    struct nq_str title = nq_topic_printed(p, first, last);
    const struct nq_topic_full *full = full_of(f, title);
    title = full ? full->name : title;
    if (!nq_topic_of_title(title, &f->folded_title, &f->key, &kind))
        return !f->key.failed;
    struct nq_topic_mention *m = nq_topic_mention(f, nq_topic_hash(nq_buf_str(&f->key)) + 1);
    if (!m)
        return true;
    if (!m->kind) {
        m->kind = kind;
        m->rarity = NQ_TITLE_RARITY;
        m->key = nq_arena_str(f->arena, nq_buf_str(&f->key));
    }
    title = name_of(f, title);
    if (!remember(f, title, m->kind))
        return false;
    if (title.len > m->printed.len)
        m->printed = title;
    return !nq_arena_failed(f->arena) && nq_topic_count(f, m, p, first, last, true);
}
