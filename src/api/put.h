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

/* Whether an earlier record of the file, or of that file of an archive, has the id of this one. */
enum nq_status nq_put_is_doubled(struct nq_put *put, const struct nq_report *report,
                                 struct nq_str key, bool *doubled);

/* Goes to the next report, from the first (*id is 0) on, that the file held under this key and that
 * was not found as it was; *id is 0 behind the last.  Files of an archive may hold one each. */
enum nq_status nq_put_next_named(struct nq_put *put, struct nq_str key, int64_t *id);

/* Notes that report `id` is as it was; false without memory. */
bool nq_put_keep(struct nq_put *put, int64_t id);

#endif
