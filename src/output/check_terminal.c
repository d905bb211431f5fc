/* What of a draft was covered before, on a terminal. */
#include "output/check.h"

void nq_print_check(FILE *out, const struct nq_check *check, const struct nq_style *style)
{
    (void)style;
    for (size_t i = 0; i < check->n_sections; i++) {
        const struct nq_checked_section *s = &check->sections[i];
        fprintf(out, "%s  %.*s\n", nq_verdict_name(s->verdict), (int)s->heading.len, s->heading.ptr);
        for (size_t k = 0; k < s->n_matches; k++)
            fprintf(out, "    %.2f %.*s\n", s->matches[k].score,
                    (int)s->matches[k].section_heading.len, s->matches[k].section_heading.ptr);
    }
}
