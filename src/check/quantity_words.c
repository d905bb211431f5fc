/* What a quantity is called: the words before a figure that name what it measures. */
#include "check/quantity_parts.h"

#include <string.h>

#include "text/synonyms.h"
#include "text/utf8.h"

enum {
    MOST_CLAUSES = 4, /* of a sentence that name one quantity */
    MOST_LABEL = 80,  /* characters of a clause before the figure */
};

static size_t clause_before(const struct nq_folded *f, size_t i, size_t stop)
{
    while (i > stop && !nq_ends_clause(f, i - 1))
        i--;
    return i;
}

/* Whether a clause only goes on with what the clause before it names. */
static bool goes_on(const struct nq_folded *f, size_t first, size_t last)
{
    static const struct nq_str words[] = {
        NQ_STR_INIT("占"),   NQ_STR_INIT("其中"),   NQ_STR_INIT("同比"),  NQ_STR_INIT("环比"),
        NQ_STR_INIT("比上"), NQ_STR_INIT("增长"),   NQ_STR_INIT("下降"),  NQ_STR_INIT("较"),
        NQ_STR_INIT("增幅"), NQ_STR_INIT("增速"),   NQ_STR_INIT("达到"),  NQ_STR_INIT("到20"),
        NQ_STR_INIT("达"),   NQ_STR_INIT("比去"),   NQ_STR_INIT("快于"),  NQ_STR_INIT("高于"),
        NQ_STR_INIT("低于"), NQ_STR_INIT("好于"),   NQ_STR_INIT("高出"),  NQ_STR_INIT("连续"),
        NQ_STR_INIT("创"),   NQ_STR_INIT("同口径"), NQ_STR_INIT("按可比")};
    while (first < last && f->cls[first] == NQ_CLASS_SPACE)
        first++;
    for (size_t k = 0; k < NQ_COUNT(words); k++)
        if (nq_folded_at(f, first, last, words[k]))
            return true;
    return false;
}

static bool in_figure(const struct nq_side *side, size_t byte)
{
    for (size_t i = 0; i < side->n_figures; i++) {
        size_t first = (size_t)(side->figures[i].text.ptr - side->text.ptr);
        if (byte >= first && byte < first + side->figures[i].text.len)
            return true;
    }
    return false;
}

/* Copies characters [first, last) of a clause that may name something: no dates, figures and verbs
 * that lead up to a value. */
static size_t copy_label(const struct nq_side *side, const struct nq_date_finder *dates,
                         size_t first, size_t last, struct nq_folded *out)
{
    static const struct nq_str leading[] = {
        NQ_STR_INIT("数据显示"), NQ_STR_INIT("增长至"), NQ_STR_INIT("增长到"),
        NQ_STR_INIT("增至"),     NQ_STR_INIT("提升至"), NQ_STR_INIT("提升到"),
        NQ_STR_INIT("提高到"),   NQ_STR_INIT("上升至"), NQ_STR_INIT("上升到"),
        NQ_STR_INIT("下降到"),   NQ_STR_INIT("下降至"), NQ_STR_INIT("达到"),
        NQ_STR_INIT("超过"),     NQ_STR_INIT("突破"),   NQ_STR_INIT("全国"),
        NQ_STR_INIT("我国"),     NQ_STR_INIT("预计"),   NQ_STR_INIT("或将"),
        NQ_STR_INIT("比例"),     NQ_STR_INIT("比重"),   NQ_STR_INIT("实现"),
        NQ_STR_INIT("完成"),     NQ_STR_INIT("总计"),   NQ_STR_INIT("共计"),
        NQ_STR_INIT("约为"),     NQ_STR_INIT("其中"),   NQ_STR_INIT("大约"),
        NQ_STR_INIT("目前"),     NQ_STR_INIT("规模"),   NQ_STR_INIT("已经"),
        NQ_STR_INIT("全年"),     NQ_STR_INIT("不超过"), NQ_STR_INIT("发布"),
        NQ_STR_INIT("公布"),     NQ_STR_INIT("显示"),   NQ_STR_INIT("表示")};
    const struct nq_folded *f = &side->folded;
    size_t n = out->n, date = 0;
    for (size_t i = first; i < last && n < out->cap; i++) {
        while (date < dates->n && dates->dates[date].end <= f->start[i])
            date++;
        bool dated = date < dates->n && dates->dates[date].start <= f->start[i];
        bool digit = f->cls[i] == NQ_CLASS_DIGIT || in_figure(side, f->start[i]);
        size_t skip = 0;
        for (size_t k = 0; k < NQ_COUNT(leading) && skip == 0; k++)
            if (nq_folded_at(f, i, last, leading[k]))
                skip = nq_utf8_count(leading[k]);
        /* A cut leaves a blank, so that nothing grows together over it. */
        out->cp[n] = dated || digit || skip ? ' ' : f->cp[i];
        out->cls[n++] = (uint8_t)(dated || digit || skip ? NQ_CLASS_SPACE : f->cls[i]);
        i += skip ? skip - 1 : 0;
    }
    return n;
}

/* The form that stands for all forms of a thing: the first by its bytes. */
static struct nq_str stand_in(struct nq_str word)
{
    struct nq_str others[NQ_SYNONYMS_MAX], first = word;
    size_t n = nq_synonyms(word, others);
    for (size_t i = 0; i < n; i++)
        if (nq_str_cmp(others[i], first) < 0)
            first = others[i];
    return first;
}

/* One number for all forms of a thing. */
static bool canonical(struct nq_check_terms *terms, struct nq_arena *arena,
                      struct nq_term_set *words)
{
    struct nq_buf all = {0};
    for (size_t i = 0; i < words->n; i++) {
        struct nq_str text = terms->items[words->items[i].term].text;
        nq_buf_add(&all, stand_in(text));
        nq_buf_add_byte(&all, '\n');
    }
    struct nq_folded folded = {0};
    bool ok = !all.failed && (all.len == 0 || (nq_fold_text(nq_buf_str(&all), &folded) &&
                                               nq_check_terms_find(terms, arena, &folded, words)));
    nq_folded_finish(&folded);
    nq_buf_finish(&all);
    return ok;
}

static bool has_digits(const struct nq_folded *f, size_t first, size_t last)
{
    for (size_t i = first; i < last; i++)
        if (f->cls[i] == NQ_CLASS_DIGIT)
            return true;
    return false;
}

bool nq_quantity_words(const struct nq_side *side, struct nq_check_terms *terms,
                       const struct nq_date_finder *dates, struct nq_arena *arena,
                       struct nq_quantity *q, size_t sentence)
{
    enum { CAP = MOST_CLAUSES * MOST_LABEL };
    uint32_t cp[CAP], start[CAP] = {0}, end[CAP] = {0};
    uint8_t cls[CAP];
    struct nq_folded label = {cp, start, end, cls, 0, CAP};
    const struct nq_folded *f = &side->folded;
    size_t last = q->figure->label_end, first = q->figure->label;
    for (size_t k = 0; k < MOST_CLAUSES; k++) {
        first = first < sentence ? sentence : first;
        size_t from = last - first > MOST_LABEL ? last - MOST_LABEL : first;
        label.n = copy_label(side, dates, from, last, &label);
        /* 造林、种草1.25亿亩 is of both. */
        bool row = first > sentence && f->cp[first - 1] == 0x3001 &&
                   !has_digits(f, clause_before(f, first - 1, sentence), first - 1);
        if (first == sentence || !(row || goes_on(f, first, last)))
            break;
        last = first - 1;
        first = clause_before(f, last, sentence);
    }
    return nq_check_terms_find(terms, arena, &label, &q->words) &&
           canonical(terms, arena, &q->words);
}
