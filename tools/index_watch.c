/* nqindex --watch: reads what changes below its paths as soon as it is whole.  The index is open
 * only while something is read, so that others may write to it, replace it or copy it in between.
 */
#include "index_run.h"
#include "watch.h"

enum { RETRY_MS = 1000 }; /* while another process writes to the index */

/* One run; false where it failed for good.  *again says that it has to be tried once more. */
static bool read_changes(const struct index_options *o, const char *path,
                         const struct watch_changes *changes, bool *again, bool *said)
{
    struct nq_error err = {0};
    int status = EXIT_FOUND;
    enum nq_status result =
        index_run(o, path, changes->all ? NULL : changes->paths, changes->n, &status, &err);
    *again = result == NQ_ERR_BUSY;
    if (result == NQ_ERR_BUSY && !*said)
        common_fail(_("%s; waiting for it"), err.message);
    *said = *again;
    if (result == NQ_OK || result == NQ_ERR_BUSY || index_interrupted())
        return true;
    common_fail("%s", err.message);
    return false;
}

int index_watch(const struct index_options *options, const char *path)
{
    struct index_options o = *options;
    struct watch_changes changes = {.all = true};
    bool ok = true, again = false, said = false;
    index_catch_signals();
    /* First the watch, then the first reading: nothing falls between the two. */
    struct watch *watch = watch_open(o.paths, (size_t)o.n_paths);
    if (!watch)
        return EXIT_FAILED;
    if (o.verbose)
        fprintf(stderr, _("watching %zu folders\n"), watch_folders(watch));
    ok = read_changes(&o, path, &changes, &again, &said);
    while (ok && !index_interrupted()) {
        if (again)
            watch_retry(watch, &changes, RETRY_MS);
        o.rebuild = o.rebuild && again;
        ok = watch_wait(watch, index_interrupted, &changes);
        if (ok && !index_interrupted())
            ok = read_changes(&o, path, &changes, &again, &said);
    }
    watch_close(watch);
    return common_finish(ok ? EXIT_FOUND : EXIT_FAILED);
}
