/* Lines: what every reader makes of its format, and what layout repair works on.
 *
 * A reader strips the marks of its format (# ** <b> list marks, links) and says what they meant in
 * the fields; numbers (一、 1.) are text and stay. */
#ifndef NQ_INGEST_LINES_H
#define NQ_INGEST_LINES_H

#include "base/arena.h"

struct nq_line {
    struct nq_str text;   /* not empty, without white space at its ends */
    uint32_t width;       /* columns of `text` */
    uint16_t indent;      /* columns before it */
    uint32_t page_number; /* of the page that it stands on, from 1; 0: not known */
    uint8_t level;        /* 1-6: a heading of the format's own; 0: none */
    bool bullet;          /* began with - • * or the like */
    bool flagged;         /* with ■ ◆ ▍ or the like, which stand before headings, too */
    bool strong;          /* all of it bold */
    bool blank;           /* empty lines before it */
    bool page;            /* a page began before it */
    bool cut;             /* what stood before it was dropped: nothing joins over it */
    bool dropped;         /* furniture, contents */
    bool alone;           /* a row of a table, a footnote: joins with nothing */
};

struct nq_lines {
    struct nq_line *items;
    size_t n;
    bool marked; /* the format marks its headings (Markdown, HTML, DOCX) */
};

/* What a file says of itself outside its text. */
struct nq_front {
    struct nq_str title, publisher, source, url, date, kind;
    struct nq_str written; /* when the file was made: a date of last resort */
    const char *missing;   /* why the text is not there, in the user's language, or NULL */
};

/* The lines of clean text or Markdown (nq_utf8_clean), in which NQ_PAGE_MARK alone on a line is a
 * page break.  `text` is changed: marks are cut out of its lines in place, and the lines point into
 * it.  Front matter goes to `front`.  False without memory. */
bool nq_lines_of_text(struct nq_arena *arena, char *text, size_t len, bool markdown,
                      struct nq_lines *out, struct nq_front *front);

/* The level of the heading that `line` is by its #, and its text; 0 if none.  "##标题" is one too,
 * but "#话题" is a topic of a social network. */
uint8_t nq_line_heading(struct nq_str line, struct nq_str *text);

/* A line of --- or *** or ===: separates, says nothing. */
bool nq_line_is_rule(struct nq_str line);

/* The bytes of a list mark that `line` begins with, of marks and numbers that are doubled, or 0. */
size_t nq_line_bullet(struct nq_str line);

/* The bytes of a mark that headings have, too, ■ ◆ ▍ or a picture, which `line` begins with, or 0.
 */
size_t nq_line_flag(struct nq_str line);

/* Whether `text` is a list mark whose text stands in the next line. */
bool nq_line_is_bullet(struct nq_str text);

/* Whether `text` reads as a row of a table: two gaps of two spaces, or tabs, at least. */
bool nq_line_is_row(struct nq_str text);

/* A row of a table of Markdown, of which the outer pipes are cut, or the rule below its head. */
enum nq_pipes { NQ_PIPES_NONE, NQ_PIPES_ROW, NQ_PIPES_RULE };
enum nq_pipes nq_line_pipes(struct nq_str *text);

/* Whether a line says where a link leads that stands elsewhere: [1]: https://… "title". */
bool nq_line_is_link_target(struct nq_str line);

/* The bytes of what an assistant left at the start of `s` where it cites: 【3†source】,
 * citeturn0search1; or 0. */
size_t nq_citation_len(struct nq_str s);

/* Whether a line that is one link leads away from the text: 查看原文. */
bool nq_line_is_way_out(struct nq_str text);

/* Lines being made by a reader whose format knows paragraphs.  Zeroed but for `arena` (of the text)
 * and `scratch` (of the lines) it is empty. */
struct nq_line_builder {
    struct nq_arena *arena, *scratch;
    struct nq_lines *out;
    size_t repaired;       /* bytes that were no UTF-8 */
    bool failed;           /* memory, besides that of the arenas */
    bool blank, page, cut; /* before the next line */
    bool bullet;           /* its mark stood alone */
};

/* Adds `text` as a line with the fields of `line` (but text and what is before it; `width` where it
 * is not 0): cleaned and trimmed, without its list mark.  Of text with line feeds each is a line.
 * Nothing is added where nothing is left.  A failure to get memory shows in the arenas. */
void nq_line_add(struct nq_line_builder *b, struct nq_str text, struct nq_line line);

/* Makes headings of lines with Markdown's marks where the format has marked none: text that was
 * written in Markdown and printed as it is. */
void nq_lines_take_marks(struct nq_lines *lines);

/* U+2029 PARAGRAPH SEPARATOR: what form feeds become before nq_utf8_clean would drop them. */
#define NQ_PAGE_MARK NQ_STR("\xE2\x80\xA9")

/* Cuts Markdown's and HTML's marks out of one line in place and returns what is left: `*strong` if
 * all of it was bold, `*link` if all of it was one link or picture. */
struct nq_str nq_markup_strip(char *line, size_t len, bool escapes, bool *strong, bool *link);

#endif
