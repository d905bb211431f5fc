/* Proposals of new terms: lines for a dictionary, and nqsearch.topics/1. */
#include "output/output.h"

/* The category that a proposal is given, since only an editor can tell. */
static const char unsorted[] = "new";

static void print_evidence(FILE *out, const struct nq_proposal *p)
{
    char day[11];
    fprintf(out, _("# %llu times in %llu passages, first %s\n"), (unsigned long long)p->count,
            (unsigned long long)p->passages,
            p->first_day == NQ_NO_DAY ? _("without a date") : nq_day_format(p->first_day, day));
    for (size_t i = 0; i < p->n_quotes; i++) {
        fprintf(out, "#   %s #%lld ", nq_day_format(p->quotes[i].day, day),
                (long long)p->quotes[i].passage);
        nq_print_plain(out, p->quotes[i].text);
        fputc('\n', out);
    }
}

/* How surely it is one word: a term that hardly falls apart keeps together nearly always. */
static int weight_of(const struct nq_proposal *p)
{
    return p->cohesion >= 6 ? 7 : p->cohesion >= 4 ? 5 : 3;
}

void nq_print_proposals(FILE *out, const struct nq_proposals *proposals, bool evidence)
{
    for (size_t i = 0; i < proposals->n_items; i++) {
        const struct nq_proposal *p = &proposals->items[i];
        if (evidence)
            print_evidence(out, p);
        nq_print_plain(out, p->term);
        fprintf(out, "\t%s\t%d\n", unsorted, weight_of(p));
    }
}

static json_t *quotes_json(const struct nq_proposal *p)
{
    json_t *quotes = json_array();
    for (size_t i = 0; i < p->n_quotes; i++) {
        const struct nq_quote *q = &p->quotes[i];
        quotes = nq_json_append(
            quotes, json_pack("{s:I, s:o, s:o}", "passage", (json_int_t)q->passage, "date",
                              nq_json_day(q->day), "text", nq_json_str(q->text)));
    }
    return quotes;
}

static json_t *proposal_json(const struct nq_proposal *p)
{
    return json_pack("{s:o, s:s, s:i, s:I, s:I, s:o, s:f, s:f, s:f, s:f, s:o}", "term",
                     nq_json_str(p->term), "category", unsorted, "weight", weight_of(p), "count",
                     (json_int_t)p->count, "passages", (json_int_t)p->passages, "first_date",
                     nq_json_day(p->first_day), "score", p->score, "cohesion", p->cohesion, "left",
                     p->left, "right", p->right, "quotes", quotes_json(p));
}

json_t *nq_proposals_json(const struct nq_proposals *proposals)
{
    json_t *items = json_array();
    for (size_t i = 0; i < proposals->n_items; i++)
        items = nq_json_append(items, proposal_json(&proposals->items[i]));
    return json_pack("{s:s, s:o}", "schema", "nqsearch.topics/1", "proposals", items);
}
