/* Lines: what every reader makes of its format, and what layout repair works on.
 *
 * A reader strips the marks of its format (# ** <b> list marks, links) and says what they meant in
 * the fields; numbers (一、 1.) are text and stay. */
#ifndef NQ_INGEST_LINES_H
#define NQ_INGEST_LINES_H

#include "base/arena.h"

struct nq_line {
    struct nq_str text; /* not empty, without white space at its ends */
    uint32_t width;     /* columns of `text` */
    uint16_t indent;    /* columns before it */
    uint8_t level;      /* 1-6: a heading of the format's own; 0: none */
    bool bullet;        /* began with - • * or the like */
    bool strong;        /* all of it bold */
    bool blank;         /* empty lines before it */
    bool page;          /* a page began before it */
    bool cut;           /* what stood before it was dropped: nothing joins over it */
    bool dropped;       /* furniture, contents */
};

struct nq_lines {
    struct nq_line *items;
    size_t n;
    bool marked; /* the format marks its headings (Markdown, HTML, DOCX) */
};

/* What a file says of itself outside its text. */
struct nq_front {
    struct nq_str title, publisher, url, date;
};

/* The lines of clean text or Markdown (nq_utf8_clean), in which NQ_PAGE_MARK alone on a line is a
 * page break.  `text` is changed: marks are cut out of its lines in place, and the lines point into
 * it.  Front matter goes to `front`.  False without memory. */
bool nq_lines_of_text(struct nq_arena *arena, char *text, size_t len, bool markdown,
                      struct nq_lines *out, struct nq_front *front);

/* U+2029 PARAGRAPH SEPARATOR: what form feeds become before nq_utf8_clean would drop them. */
#define NQ_PAGE_MARK NQ_STR("\xE2\x80\xA9")

/* Cuts Markdown's and HTML's marks out of one line in place and returns what is left: `*strong` if
 * all of it was bold, `*link` if all of it was one link or picture. */
struct nq_str nq_markup_strip(char *line, size_t len, bool escapes, bool *strong, bool *link);

#endif
