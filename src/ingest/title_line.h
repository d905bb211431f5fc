/* A line of a title page: the cells it falls into, labels and what they say. */
#ifndef NQ_INGEST_TITLE_LINE_H
#define NQ_INGEST_TITLE_LINE_H

#include "base/arena.h"
#include "time/printed.h"

/* Cuts the next cell off `*rest`: what stands before two columns of space at least, a tab or an
 * upright bar.  Letters that are spaced out (改　革　简　报) are one cell.  False where none is
 * left. */
bool nq_title_cell(struct nq_str *rest, struct nq_str *cell);

/* Whether `text` is two cells or more, far from one another: what stands at both ends of a line. */
bool nq_title_is_parted(struct nq_str text);

/* 改 革 简 报 without the spaces between its characters, in `arena`; other titles as they are. */
struct nq_str nq_title_unspaced(struct nq_arena *arena, struct nq_str title);

/* The date of a line that says little else: its bytes and where it starts, or 0. */
size_t nq_title_date(struct nq_str text, size_t *start, struct nq_printed_date *date);

/* `text` without a label such as 发布单位： in front or 编 behind. */
struct nq_str nq_title_name(struct nq_str text);

/* 发布时间：2026-05-06 10:20　来源：某某日报　打印: whether a line says when by a label. */
bool nq_title_labels_date(struct nq_str text);

/* The name behind 来源： within such a line, up to white space. */
struct nq_str nq_title_source(struct nq_str text);

#endif
