/* Why an earlier section, or a whole draft, is what nqcheck says it is, in a few words. */
#include "output/check.h"

size_t nq_check_why(const struct nq_prior *m, const char *out[NQ_WHY])
{
    static const double half = 0.5, some = 0.15, same_figures = 0.6, alike = 0.5;
    const struct nq_similarity *e = &m->evidence;
    const struct {
        bool holds;
        const char *why;
    } reasons[] = {
        {e->reused >= half, N_("most of it copied")},
        {e->reused >= some && e->reused < half, N_("partly copied")},
        {e->event == 2, N_("the same step of one document on one day")},
        {e->event == 1, N_("the same step on one day")},
        {e->event != 2 && m->n_documents > 0, N_("one document")},
        {!e->event && e->dated && e->figures >= same_figures, N_("the same day and figures")},
        {e->numbered > 0, N_("one session, batch or mission")},
        {m->n_references > 0, N_("one cited work")},
        {e->since, N_("later dates")},
        {m->n_disagreements > 0, N_("figures that differ")},
        {e->other_figures && !m->n_disagreements, N_("other figures")},
        {e->reacts, N_("reactions to it")},
        {e->expected, N_("announced there")},
        {e->headings >= alike, N_("headings alike")},
    };
    size_t n = 0;
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons && n < NQ_WHY; i++)
        if (reasons[i].holds)
            out[n++] = _(reasons[i].why);
    if (n == 0)
        out[n++] = _("the same terms");
    return n;
}

const char *nq_check_gathered(const struct nq_checked_section *s)
{
    bool told = false;
    for (size_t i = 0; i < s->n_matches; i++)
        told |= s->matches[i].relation == NQ_RELATION_SAME_EVENT;
    bool fresh = s->n_new_figures > 0 || s->n_new_days > 0 || s->n_new_documents > 0;
    if (s->verdict != NQ_VERDICT_REPEAT || told || fresh)
        return NULL;
    return _("gathers what several sections told: no date, figure or document is new");
}

void nq_print_check_counts(FILE *out, const struct nq_check *check)
{
    char iso[11];
    fprintf(out, _("%llu new, %llu update, %llu repeat"),
            (unsigned long long)check->counts[NQ_VERDICT_NEW],
            (unsigned long long)check->counts[NQ_VERDICT_UPDATE],
            (unsigned long long)check->counts[NQ_VERDICT_REPEAT]);
    if (check->before != NQ_NO_DAY)
        fprintf(out, _("; compared with what is older than %s"), nq_day_format(check->before, iso));
    else
        fputs(_("; without a date, compared with all there is"), out);
}
