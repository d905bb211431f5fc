/* nqindex: reads reports into the index and looks after it. */
#include "index_options.h"

#include <stdlib.h>

/* Makes the index of the kind that was asked for, or sees that it is. */
static int create(const struct index_options *o, const char *path)
{
    struct nq_error err = {0};
    return nq_index_create(path, &o->kind, &err) == NQ_OK ? EXIT_FOUND
                                                          : common_fail("%s", err.message);
}

int main(int argc, char **argv)
{
    struct index_options o;
    int status;
    common_start("nqindex");
    char *path = NULL;
    if (!index_options_read(argc, argv, &o, &status))
        goto out;
    path = common_index_path(o.index, o.n_paths > 0 || o.kind.n_places > 0);
    if (!path)
        status = common_fail("%s", _("out of memory"));
    else if (o.kind.engine && !o.copy && !o.rebuild)
        status = create(&o, path);
    if (status == EXIT_FOUND && o.n_paths > 0)
        status = o.watch ? index_watch(&o, path) : index_update(&o, path);
    if (status == EXIT_FOUND && index_options_care(&o))
        status = index_care(&o, path);
out:
    free(path);
    free(o.places);
    return status;
}
