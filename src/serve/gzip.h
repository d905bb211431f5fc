/* Compressing an answer. */
#ifndef NQ_SERVE_GZIP_H
#define NQ_SERVE_GZIP_H

#include <nqsearch.h>

/* `text` as gzip, in memory that the caller frees; NULL where that fails. */
char *nq_gzip(struct nq_str text, size_t *len);

#endif
