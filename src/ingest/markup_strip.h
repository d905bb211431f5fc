/* A line whose inline marks are being cut out. */
#ifndef NQ_INGEST_MARKUP_STRIP_H
#define NQ_INGEST_MARKUP_STRIP_H

#include "ingest/lines.h"

/* A line being rewritten: `in` runs ahead of `out` in the same bytes. */
struct nq_strip {
    char *p;
    size_t len, in, out;
    size_t stars;      /* pairs of ** cut */
    size_t bold_start; /* where the text of the first bold began, bold_end where the last ended */
    size_t bold_end;
    bool bold_open, outside; /* `outside`: text that is not bold was seen */
    bool link, text;         /* a link was cut; text outside of links was seen */
    bool escapes, italic_open;
};

/* What is still to be read. */
static inline struct nq_str nq_strip_ahead(const struct nq_strip *s)
{
    return (struct nq_str){s->p + s->in, s->len - s->in};
}

/* [text](url), [text][1] and [text]{.mark} become text, ![text](url) nothing; false for other
 * things in square brackets. */
bool nq_strip_link(struct nq_strip *s);

#endif
