/* A draft for nqcheck: reading it, showing what was found. */
#include "draft.h"

#include "common.h"
#include "read_reports.h"

#include <string.h>

bool draft_read(const char *path, bool quiet, struct nq_reports **out)
{
    if (!read_reports(path, quiet, out))
        return false;
    if ((*out)->n_items == 0)
        common_fail(_("%s: nothing to check in it"), path);
    if ((*out)->n_items > 1 && !quiet)
        common_fail(_("%s: %zu reports in it: only the first is checked"), path, (*out)->n_items);
    return (*out)->n_items > 0;
}

int draft_show(const struct nq_check *check, const char *path, bool json, bool html,
               const struct nq_style *style)
{
    struct nq_str name = {path, strlen(path)};
    int status = check->counts[NQ_VERDICT_REPEAT] ? EXIT_NOTHING : EXIT_FOUND;
    if (json && common_print_json(nq_check_json(check, name)) != EXIT_FOUND)
        return EXIT_FAILED;
    if (html)
        nq_print_check_html(stdout, check, name);
    if (!json && !html)
        nq_print_check(stdout, check, style);
    return common_finish(status);
}
