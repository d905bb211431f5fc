/* What a figure measures. */
#include "check/quantity_parts.h"

static bool is_stop(uint32_t cp)
{
    return cp == 0x3002 || cp == '!' || cp == '?' || cp == ';' || cp == '\n'; /* 。 */
}

static bool is_generic(struct nq_str word)
{
    static const struct nq_str words[] = {
        NQ_STR_INIT("同比"), NQ_STR_INIT("环比"), NQ_STR_INIT("增长"), NQ_STR_INIT("下降"),
        NQ_STR_INIT("上涨"), NQ_STR_INIT("增加"), NQ_STR_INIT("减少"), NQ_STR_INIT("历史"),
        NQ_STR_INIT("同期"), NQ_STR_INIT("新高"), NQ_STR_INIT("企业"), NQ_STR_INIT("计算"),
        NQ_STR_INIT("以上"), NQ_STR_INIT("升至"), NQ_STR_INIT("国内"), NQ_STR_INIT("增速")};
    for (size_t i = 0; i < NQ_COUNT(words); i++)
        if (nq_str_eq(word, words[i]))
            return true;
    return false;
}

static void weigh_words(const struct nq_check_terms *terms, struct nq_quantity *q)
{
    for (size_t i = 0; i < q->words.n; i++) {
        const struct nq_check_term *term = &terms->items[q->words.items[i].term];
        if (is_generic(term->text))
            continue;
        q->n_specific++;
        q->specific += (double)(term->weight * term->weight);
    }
}

bool nq_quantities_find(struct nq_side *side, struct nq_check_terms *terms,
                        struct nq_event_finder *finder, struct nq_arena *arena)
{
    struct nq_folded heading = {0};
    if (side->quantities)
        return true;
    struct nq_quantity *items = nq_arena_array(arena, side->n_figures + 1, sizeof *items);
    bool ok = items && nq_fold_text(side->heading, &heading) &&
              (side->n_figures == 0 || nq_dates_find(&finder->dates, side->text, side->day));
    for (size_t i = 0; i < side->n_figures && ok; i++) {
        size_t number = side->figures[i].label_end, sentence = number;
        while (sentence > 0 && !is_stop(side->folded.cp[sentence - 1]))
            sentence--;
        items[i].figure = &side->figures[i];
        nq_quantity_scope(side, finder, &heading, sentence, &items[i]);
        ok = nq_quantity_words(side, terms, &finder->dates, arena, &items[i], sentence);
        weigh_words(terms, &items[i]);
    }
    nq_folded_finish(&heading);
    side->quantities = items;
    return ok;
}
