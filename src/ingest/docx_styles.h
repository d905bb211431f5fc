/* What a Word document's paragraphs refer to: styles and numberings. */
#ifndef NQ_INGEST_DOCX_STYLES_H
#define NQ_INGEST_DOCX_STYLES_H

#include "base/arena.h"
#include "base/buf.h"

enum { NQ_DOCX_LEVELS = 9, NQ_DOCX_ID = 64 };

struct nq_docx_style {
    char id[NQ_DOCX_ID], base[NQ_DOCX_ID];
    int outline;   /* 0: a heading of the first level; -1: none, -2: as the base */
    int numbering; /* -1: as the base */
    int number_level;
    bool contents; /* of the table of contents */
    bool title;
};

struct nq_docx_level {
    char format[32]; /* decimal, chineseCounting, bullet, … */
    char text[64];   /* %1、 */
    int start;
};

/* An abstract numbering, counted as the document goes on. */
struct nq_docx_numbering {
    int id;
    struct nq_docx_level levels[NQ_DOCX_LEVELS];
    int counts[NQ_DOCX_LEVELS]; /* 0: not begun */
};

/* What a paragraph names: an instance of an abstract numbering. */
struct nq_docx_instance {
    int id, numbering;
};

struct nq_docx_styles {
    struct nq_arena *arena;
    struct nq_docx_style *styles;
    struct nq_docx_numbering *numberings;
    struct nq_docx_instance *instances;
    size_t n_styles, n_numberings, n_instances;
};

/* Reads styles.xml and numbering.xml (either may be empty).  False where one is no XML. */
bool nq_docx_styles_read(struct nq_docx_styles *out, struct nq_str styles, struct nq_str numbering);

/* The style with what it has from its base; a paragraph without style has that named "". */
struct nq_docx_style nq_docx_style_find(const struct nq_docx_styles *s, const char *id);

/* Counts on and appends the number that Word prints before a paragraph of instance `id`; `*bullet`
 * where it is a sign. */
void nq_docx_number(struct nq_docx_styles *s, int id, int level, struct nq_buf *out, bool *bullet);

#endif
