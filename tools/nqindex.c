/* nqindex: reads reports into the index and looks after it. */
#include "index_options.h"

#include <stdlib.h>

int main(int argc, char **argv)
{
    struct index_options o;
    int status;
    common_start("nqindex");
    if (!index_options_read(argc, argv, &o, &status))
        return status;
    char *path = common_index_path(o.index, o.n_paths > 0);
    if (!path)
        return common_fail("%s", _("out of memory"));
    if (o.n_paths > 0)
        status = o.watch ? index_watch(&o, path) : index_update(&o, path);
    if (status == EXIT_FOUND && index_options_care(&o))
        status = index_care(&o, path);
    free(path);
    return status;
}
