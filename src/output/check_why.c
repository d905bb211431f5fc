/* Why an earlier section is what nqcheck says it is, in a few words. */
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
