/* The second engine's module, loaded by the first index that asks for it. */
#define _GNU_SOURCE /* dladdr */
#include "engine/xapian_state.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"

#define MODULE "nqxapian.so"

/* The module of a build that is not installed: src/engine of the folder that holds the program, or
 * of one above it. */
static void *open_beside(void)
{
    enum { LEVELS = 4 };
    static const char place[] = "/src/engine/" MODULE;
    char folder[PATH_MAX], path[PATH_MAX + sizeof place], *slash;
    Dl_info info;
    void *module = NULL;
    if (!dladdr((void *)(uintptr_t)&nq_xapian_load, &info) || !info.dli_fname ||
        !realpath(info.dli_fname, folder))
        return NULL;
    for (int i = 0; i < LEVELS && !module && (slash = strrchr(folder, '/')); i++) {
        *slash = '\0';
        snprintf(path, sizeof path, "%s%s", folder, place);
        if (access(path, F_OK) == 0)
            module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    }
    return module;
}

enum nq_status nq_xapian_load(const struct nq_xapian_api **out, struct nq_error *err)
{
    void *module = open_beside();
    if (!module)
        module = dlopen(NQ_MODULE_DIR "/" MODULE, RTLD_NOW | RTLD_LOCAL);
    if (!module)
        return nq_fail(err, NQ_ERR_VERSION, _("this nqsearch was built without Xapian (no %s)"),
                       MODULE);
    const struct nq_xapian_api *api = dlsym(module, "nq_xapian");
    if (!api || api->abi != NQ_XAPIAN_ABI)
        return nq_fail(err, NQ_ERR_VERSION, _("%s: belongs to another nqsearch"), MODULE);
    *out = api; /* the module stays: no code of its own may be gone at exit */
    return NQ_OK;
}
