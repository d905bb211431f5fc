/* Passages: the pieces of a report that are indexed, ranked and shown. */
#ifndef NQ_MODEL_PASSAGE_H
#define NQ_MODEL_PASSAGE_H

#include "base/arena.h"
#include "base/buf.h"

enum {
    /* A longer paragraph is several passages, cut behind a sentence: keeps windows, positions and
     * what a query must read small.  Two thousand Han characters. */
    NQ_PASSAGE_BYTES = 6000,
};

/* One passage in a report.  Slices are borrowed from the report. */
struct nq_passage {
    enum nq_kind kind;
    bool opens_section; /* the first passage of its section */
    struct nq_str section_number, section_heading;
    const struct nq_reference *reference; /* of NQ_KIND_REFERENCE, else NULL */
    struct nq_str text;
    uint32_t page; /* of a PDF, from 1; 0: not known */
};

/* The passages of `report` in order, in `arena`: abstract, sections, references.  False without
 * memory. */
bool nq_passages_of(const struct nq_report *report, struct nq_arena *arena, struct nq_passage **out,
                    size_t *n);

/* Appends what stands above a passage, as the text index holds it: the section's heading, the
 * report's title where there is none, both (the title as a clause of its own) for the report's
 * first passage. References have nothing above them. */
void nq_passage_heading(struct nq_buf *out, enum nq_kind kind, bool first, struct nq_str title,
                        struct nq_str section_heading);

/* Whether this is the heading that the passages of an abstract stand under. */
bool nq_passage_is_abstract(struct nq_str heading);

/* Appends a passage as it reads in a whole text: under its section's heading where it opens the
 * section, a reference as an item of a list. */
void nq_passage_text(struct nq_buf *out, bool opens_section, struct nq_str number,
                     struct nq_str heading, bool cited, struct nq_str text);

/* Appends `n` passages so. */
void nq_passages_text(struct nq_buf *out, const struct nq_passage *passages, size_t n);

/* Whether a section's heading is one that reports are given here (摘要, 参考文献), no headline. */
bool nq_passage_heading_is_ours(struct nq_str heading);

/* Whether a section is of many short news (快讯), whose first tells nothing of the others. */
bool nq_passage_is_roundup(struct nq_str heading);

/* Whether a passage is a line that stands above what follows, as in a section of short news: no
 * sentence. */
bool nq_passage_is_line(struct nq_str text);

#endif
