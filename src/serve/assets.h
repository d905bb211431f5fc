/* The files that come with the program. */
#ifndef NQ_SERVE_ASSETS_H
#define NQ_SERVE_ASSETS_H

#include "output/slice.h"

/* The page's template, with places marked <!--nq:NAME-->. */
struct nq_str nq_asset_template(void);

/* A number that the program's version and its files make. */
uint64_t nq_assets_identity(void);

#endif
