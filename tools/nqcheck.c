/* nqcheck: what of a draft was covered before. */
#include "check_options.h"
#include "common.h"
#include "draft.h"

#include <signal.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    struct check_options o;
    struct nq_index *index = NULL;
    struct nq_reports *reports = NULL;
    struct nq_check *check = NULL;
    struct nq_error err = {0};
    common_start("nqcheck");
    signal(SIGPIPE, SIG_DFL);
    int status = check_options_read(argc, argv, &o);
    if (status >= 0)
        return status;
    double start = common_seconds();
    char *path = common_index_path(o.index, false);
    status = EXIT_FAILED;
    if (!path)
        common_fail("%s", _("out of memory"));
    else if (!draft_read(o.draft, o.style.quiet, &reports))
        ; /* it has said why */
    else if (nq_index_open(path, NQ_OPEN_READ, NULL, &index, &err) != NQ_OK ||
             nq_check_draft(index, &reports->items[0], &o.params, &check, &err) != NQ_OK)
        common_fail("%s", err.message);
    else
        status = draft_show(check, o.draft, o.json, o.html, &o.style);
    if (o.verbose && check)
        fprintf(stderr, _("checked in %.1f ms\n"), (common_seconds() - start) * 1e3);
    nq_check_destroy(check);
    nq_reports_destroy(reports);
    nq_index_close(index);
    free(path);
    return status;
}
