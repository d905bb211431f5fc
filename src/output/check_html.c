/* What of a draft was covered before, as one HTML file. */
#include "output/check.h"

void nq_print_check_html(FILE *out, const struct nq_check *check, struct nq_str path)
{
    (void)check;
    (void)path;
    fputs("<!doctype html>\n", out);
}
