/* What the files share that put a report:
 *
 *     put.c        new, in place of the file's own older one, or of another file's
 *     put_issue.c  whether another file holds an issue of it
 *     put_file.c   what the file held before
 *     put_out.c    taking reports out */
#ifndef NQ_API_PUT_H
#define NQ_API_PUT_H

#include "api/update.h"

/* A report on its way into the index. */
struct nq_incoming {
    struct nq_report report;
    struct nq_str key;
    struct nq_passage *passages;
    size_t n;
    int64_t source;
};

/* Takes a report out, its revisions staying behind. */
enum nq_status nq_update_remove(struct nq_update *u, int64_t report);

/* Finds the report of another file that `in` is another issue of; old->id is 0 where there is none.
 */
enum nq_status nq_put_find_issue(struct nq_put *put, const struct nq_incoming *in,
                                 struct nq_report_row *old);

/* Finds the report that the file held under this key (*id is 0 where there was none), or that an
 * earlier record of it has the same one. */
enum nq_status nq_put_find_named(struct nq_put *put, const struct nq_report *report,
                                 struct nq_str key, int64_t *id, bool *doubled);

/* Notes that report `id` is as it was; false without memory. */
bool nq_put_keep(struct nq_put *put, int64_t id);

#endif
