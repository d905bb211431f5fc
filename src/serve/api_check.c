/* What of a draft was covered before, as JSON. */
#include "output/check.h"
#include "serve/route.h"

static bool read_day(struct nq_visit *v, enum nq_param param, int32_t *day)
{
    struct nq_str text = v->request->params[param];
    int32_t last;
    if (text.len == 0 || nq_day_parse(text, day, &last))
        return true;
    nq_visit_bad(v, param, "a date like 2026-06-17");
    return false;
}

/* What a draft is to be compared with: the options of nqcheck. */
static bool read_params(struct nq_visit *v, struct nq_check_params *out)
{
    static const char *const thresholds[] = {"normal", "strict", "lenient", NULL};
    static const char *const kinds[] = {"report", "reference", "all", NULL};
    size_t days = 0;
    *out = (struct nq_check_params){.bounded = true, .since = NQ_NO_DAY, .before = NQ_NO_DAY};
    if (!read_day(v, NQ_PARAM_BEFORE, &out->before) || !read_day(v, NQ_PARAM_SINCE, &out->since) ||
        !nq_visit_number(v, NQ_PARAM_DAYS, UINT32_MAX, &days))
        return false;
    int kind = nq_visit_word(v, NQ_PARAM_KIND, kinds, 0, "report, reference or all");
    int threshold =
        kind < 0 ? -1
                 : nq_visit_word(v, NQ_PARAM_THRESHOLD, thresholds, 0, "normal, strict or lenient");
    out->days = (uint32_t)days;
    out->kinds = (enum nq_kind)(kind + 1);
    out->strictness = (enum nq_strictness)threshold;
    return threshold >= 0;
}

struct nq_check *nq_visit_check(struct nq_visit *v, struct nq_str draft)
{
    struct nq_check_params params;
    struct nq_reports *reports = NULL;
    struct nq_check *check = NULL;
    struct nq_error err = {0};
    if (!read_params(v, &params))
        return NULL;
    if (draft.len > 0 && nq_reports_read(NULL, draft, NULL, NULL, &reports, &err) != NQ_OK)
        nq_visit_failed(v, &err);
    else if (!reports || reports->n_items == 0)
        nq_answer_problem(v->answer, NQ_PROBLEM_NO_DRAFT, NULL, -1);
    else if (nq_check_draft(v->index, &reports->items[0], &params, &check, &err) != NQ_OK)
        nq_visit_failed(v, &err);
    nq_reports_destroy(reports);
    return check;
}

void nq_route_check(struct nq_visit *v)
{
    struct nq_check *check = nq_visit_check(v, v->request->body);
    if (check)
        nq_answer_json(v->answer, nq_check_json(check, (struct nq_str){"-", 1}));
    nq_check_destroy(check);
}
