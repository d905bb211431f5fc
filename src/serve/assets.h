/* The files that come with the program. */
#ifndef NQ_SERVE_ASSETS_H
#define NQ_SERVE_ASSETS_H

#include <nqsearch.h>

struct nq_asset {
    const char *path, *type;
    struct nq_str text;
};

/* The asset at `path`, NULL where there is none. */
const struct nq_asset *nq_asset_at(struct nq_str path);

/* The page's template, with places marked <!--nq:NAME-->. */
struct nq_str nq_asset_template(void);

/* A number that the program's version and its files make. */
uint64_t nq_assets_identity(void);

#endif
