/* Whether a line goes on with what stands before it: the decisions of layout repair, and what they
 * are made from. */
#ifndef NQ_INGEST_JOINT_H
#define NQ_INGEST_JOINT_H

#include "base/buf.h"
#include "ingest/layout.h"

/* The block that is being put together. */
struct nq_open_block {
    bool any;
    struct nq_block block;
    struct nq_buf joined; /* its text, once it has more than one line */
    struct nq_str last;   /* its last line */
    size_t lines, last_columns;
    size_t indent, last_indent; /* of its first line, of its last */
    int depth;                  /* brackets that are open */
    bool label;                 /* one of them begins a label behind a stop */
    bool cites;                 /* it holds a date or a purpose, as a whole reference does */
    bool is_heading;            /* it began as one */
    bool indented;              /* its first line is */
};

/* What was seen so far. */
struct nq_joiner {
    struct nq_arena *arena;
    struct nq_wrap wrap;
    struct nq_line_set headings;
    struct nq_blocks *out;
    struct nq_open_block open;
    unsigned last_number[NQ_NUMBERING_STYLES];
    bool body;       /* running text has begun: what stands before is a title page */
    bool references; /* below the heading of the references */
    bool numbered;   /* headings have numbers */
};

/* Whether `line`, which begins with `number`, goes on with the open block. */
bool nq_joint_goes_on(const struct nq_joiner *j, const struct nq_line *line,
                      const struct nq_number *number);

/* Whether `line` has the indent that paragraphs begin with. */
bool nq_joint_is_indented(const struct nq_joiner *j, const struct nq_line *line);

/* Whether `line` is the English name of the Chinese heading right above it. */
bool nq_joint_is_translation(const struct nq_joiner *j, const struct nq_line *line);

#endif
