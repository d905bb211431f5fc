/* Headings: by the format's own marks, by the contents page, by number, by name, by looks. */
#include "ingest/outline.h"

#include "ingest/scan.h"
#include "time/printed.h"

enum {
    LONG_LINE = 56, /* columns: running text */
    NARROWEST = 4,  /* columns of a heading by looks */
    WIDEST = 44,
    WIDEST_STRONG = 90,
    FIRST_DEEPER = 1000, /* prefix of 1.2.3 and deeper: see nq_number */
    SHORT_SENTENCE = 40, /* 一、总体要求。 is a heading though it has a stop */
};

void nq_outline_init(struct nq_outline *outline, const struct nq_blocks *blocks, size_t first)
{
    *outline = (struct nq_outline){.blocks = blocks, .first = first};
    for (size_t i = first; i < blocks->n && !outline->own_marks; i++) {
        const struct nq_block *block = &blocks->items[i];
        enum nq_role role = block->level ? nq_role_of(block->text) : NQ_ROLE_NONE;
        outline->own_marks = block->level && (role == NQ_ROLE_NONE || role == NQ_ROLE_SECTION);
    }
}

static const struct nq_block *next_of(const struct nq_outline *o, size_t i)
{
    return i + 1 < o->blocks->n ? &o->blocks->items[i + 1] : NULL;
}

/* Whether `block` is the text that a heading stands above. */
static bool is_text(const struct nq_block *block)
{
    return block && !block->level && (block->ended || block->width >= LONG_LINE * 2) &&
           (block->width >= LONG_LINE || block->bullet) && !nq_block_is_numbered_heading(block);
}

static bool continues(const struct nq_outline *o, const struct nq_number *n)
{
    return n->value == o->last[n->style] + 1;
}

/* （一） or （三） behind （二）, where the headings above are numbered too. */
static bool is_below_numbered(const struct nq_outline *o, const struct nq_number *n)
{
    bool above = false;
    for (int style = NQ_NUMBERING_CHAPTER; style < (int)n->style; style++)
        above |= o->last[style] > 0;
    return above && n->style <= NQ_NUMBERING_HAN_PAREN && (n->value == 1 || continues(o, n));
}

static bool is_numbered(const struct nq_outline *o, size_t i)
{
    const struct nq_block *block = &o->blocks->items[i], *next = next_of(o, i);
    enum nq_numbering style = block->number.style;
    bool heading = nq_block_is_numbered_heading(block);
    if (!heading && style != NQ_NUMBERING_NONE && style <= NQ_NUMBERING_HAN_PAREN)
        heading = block->ended && !block->bullet && block->width <= SHORT_SENTENCE &&
                  !nq_scan_has_stop_inside(block->text) && is_text(next) &&
                  next->number.style == NQ_NUMBERING_NONE;
    if (!heading)
        return false;
    if (o->own_marks)
        return (style <= NQ_NUMBERING_MULTI && o->last[style] > 0 && continues(o, &block->number) &&
                block->number.prefix == o->prefix[style]) ||
               (is_below_numbered(o, &block->number) && is_text(next));
    switch (style) {
    case NQ_NUMBERING_CHAPTER:
    case NQ_NUMBERING_ROMAN:
    case NQ_NUMBERING_HAN:
    case NQ_NUMBERING_HAN_PAREN:
        return true;
    case NQ_NUMBERING_SQUARE: /* 【1】 标题; [1] numbers references */
        return nq_str_starts(block->number.text, NQ_STR("【")) && is_text(next) &&
               next->number.style != style &&
               (block->number.value == 1 || continues(o, &block->number));
    case NQ_NUMBERING_LETTER:
        return (block->number.value == 1 || continues(o, &block->number)) &&
               (is_text(next) ||
                (next && nq_block_is_numbered_heading(next) && next->number.style != style));
    case NQ_NUMBERING_MULTI:
        return block->number.value == 1 ||
               (continues(o, &block->number) && block->number.prefix == o->prefix[style]);
    case NQ_NUMBERING_DECIMAL:
    case NQ_NUMBERING_DECIMAL_PAREN:
        if (is_text(next) || (next && next->alone && continues(o, &block->number)))
            return next->number.style != style;
        /* 2. below which a heading of another kind or a short sentence stands: if 1. was one. */
        return next && o->last[style] > 0 && continues(o, &block->number) &&
               (nq_block_is_numbered_heading(next) || (next->ended && !next->bullet)) &&
               next->number.style != style;
    default:
        return false;
    }
}

/* 趋势判断: a short line without a stop between a finished paragraph and another. */
static bool looks(const struct nq_outline *o, size_t i)
{
    enum nq_role part;
    static const char *const starts[] = {"图",     "表",   "注",   "来源", "记者",
                                         "主持",   "出席", "列席", "记录", "时间：",
                                         "地点：", "（",   "(",    "附件", "—"};
    static const struct nq_str signs[] = {NQ_STR_INIT("http"), NQ_STR_INIT("|"), NQ_STR_INIT("\t")};
    const struct nq_block *block = &o->blocks->items[i];
    const struct nq_block *before = i > o->first ? block - 1 : NULL;
    struct nq_printed_date date;
    size_t start;
    if (block->number.style != NQ_NUMBERING_NONE || block->bullet || block->ended ||
        block->width < NARROWEST || block->width > WIDEST || !is_text(next_of(o, i)))
        return false;
    if (before && !before->ended && !before->level && before->width >= LONG_LINE)
        return false;
    for (size_t k = 0; k < NQ_COUNT(starts); k++)
        if (nq_str_starts(block->text, nq_str_from(starts[k])))
            return false;
    nq_role_prefix(block->text, &part);
    return part == NQ_ROLE_NONE && !nq_scan_has_stop_inside(block->text) &&
           !nq_scan_has_any(block->text, signs, NQ_COUNT(signs)) &&
           !nq_is_closing(block->text, block->width) &&
           nq_printed_date_find(block->text, &start, &date) == 0;
}

/* ■ 标题: a short line with such a mark above text, and not one of a list. */
static bool is_flagged(const struct nq_outline *o, size_t i)
{
    const struct nq_block *block = &o->blocks->items[i], *next = next_of(o, i);
    bool listed = (i > 0 && (block[-1].flagged || nq_str_ends(block[-1].text, NQ_STR("："))));
    bool column = next && !next->bullet && !next->ended && next->width <= WIDEST &&
                  is_text(next_of(o, i + 1)); /* ◎ 栏目 above a headline */
    return block->flagged && !listed && !block->ended && block->width <= WIDEST_STRONG &&
           ((is_text(next) && !next->bullet) || column);
}

/* 【国家动态】: a name in such brackets above a heading or text. */
static bool is_column_head(const struct nq_outline *o, size_t i)
{
    const struct nq_block *block = &o->blocks->items[i], *next = next_of(o, i);
    return nq_block_is_bracketed(block) && next &&
           nq_str_find(block->text, NQ_STR("："), 0) == SIZE_MAX &&
           (is_text(next) || next->flagged || next->level || nq_block_is_numbered_heading(next));
}

/* 问：…？ above 答：… */
static bool is_question(const struct nq_outline *o, size_t i)
{
    static const char *const pairs[][2] = {
        {"问：", "答："}, {"问:", "答:"}, {"Q：", "A："}, {"Q:", "A:"}, {"Q.", "A."}};
    const struct nq_block *block = &o->blocks->items[i], *next = next_of(o, i);
    for (size_t k = 0; k < NQ_COUNT(pairs) && next; k++)
        if (nq_str_starts(block->text, nq_str_from(pairs[k][0])) &&
            nq_str_starts(next->text, nq_str_from(pairs[k][1])))
            return true;
    return false;
}

static bool judge(const struct nq_outline *o, size_t i, bool by_looks)
{
    const struct nq_block *block = &o->blocks->items[i];
    if (block->level || block->listed)
        return true;
    if (block->alone)
        return false;
    if ((!block->bullet || block->flagged) && nq_role_of(block->text) != NQ_ROLE_NONE)
        return true;
    if (by_looks && !o->own_marks &&
        (is_flagged(o, i) || is_question(o, i) || is_column_head(o, i)))
        return true;
    if (block->bullet)
        return false;
    if (by_looks && block->strong && !o->own_marks && !block->ended &&
        block->width <= WIDEST_STRONG)
        return true;
    return is_numbered(o, i) || (by_looks && !o->blocks->marked && looks(o, i));
}

bool nq_outline_is_heading(struct nq_outline *outline, size_t i, bool by_looks)
{
    if (!judge(outline, i, by_looks))
        return false;
    const struct nq_number *number = &outline->blocks->items[i].number;
    outline->last[number->style] = number->value;
    outline->prefix[number->style] = number->prefix;
    /* A heading starts the numbers below it anew. */
    for (int style = (int)number->style + 1;
         number->style != NQ_NUMBERING_NONE && style < NQ_NUMBERING_STYLES; style++)
        outline->last[style] = outline->prefix[style] = 0;
    if (number->style == NQ_NUMBERING_MULTI && number->prefix < FIRST_DEEPER)
        outline->last[NQ_NUMBERING_DECIMAL] = number->prefix; /* 1.2 stands below 1 */
    return true;
}
