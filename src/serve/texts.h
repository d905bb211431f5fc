/* The page's own texts.  They go by the reader's language, not by the process's. */
#ifndef NQ_SERVE_TEXTS_H
#define NQ_SERVE_TEXTS_H

#include "serve/request.h"

/* The text that the template and the pages name so, "" where there is none.  It is HTML already. */
const char *nq_page_text(enum nq_language language, const char *name, size_t len);

/* What a page says to a problem. */
const char *nq_problem_text(enum nq_language language, enum nq_problem problem);

#endif
