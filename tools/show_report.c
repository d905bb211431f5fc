/* nqsearch --report=ID: a report whole. */
#include "show_report.h"

#include "output/report_json.h"

int show_report(struct nq_index *index, size_t id, bool json, bool earlier,
                const struct nq_style *style)
{
    struct nq_stored *stored = NULL;
    struct nq_error err = {0};
    int status = EXIT_FOUND;
    if (nq_index_report(index, (int64_t)id, &stored, &err) != NQ_OK)
        return common_fail("%s", err.message);
    if (!stored) {
        common_fail(_("no report or passage #%zu"), id);
        return EXIT_NOTHING;
    }
    if (json)
        status = common_print_json(nq_stored_json(stored));
    else
        nq_print_stored(stdout, stored, earlier, style);
    nq_stored_destroy(stored);
    return common_finish(status);
}
