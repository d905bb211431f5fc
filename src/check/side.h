/* A section as it is compared: its atoms, terms, documents in 《》 and full dates. */
#ifndef NQ_CHECK_SIDE_H
#define NQ_CHECK_SIDE_H

#include "check/numbered.h"
#include "check/phrase.h"
#include "check/place.h"
#include "check/terms.h"
#include "text/token.h"

/* A document that a section names: `title` as printed, `key` what printings of it have in common
 * (text/title.h). */
struct nq_side_document {
    struct nq_str title, key;
    bool leading; /* in the heading, or among the first LEADING atoms of the text */
    bool titles;  /* in the heading */
};

/* A section of the draft or of the archive.  All but `folded` and `atoms` lives in an arena. */
struct nq_side {
    struct nq_str heading, text;
    int32_t day;
    struct nq_folded folded; /* of the text */
    struct nq_atoms atoms;
    struct nq_term_set terms;         /* of heading and text */
    struct nq_term_set heading_terms; /* without the label of a series: 【…】 */
    struct nq_term_set lead_terms;    /* of what the text begins with */
    struct nq_side_document *documents;
    size_t n_documents;
    struct nq_figure *figures; /* figures.h */
    size_t n_figures;
    struct nq_quantity *quantities; /* quantity.h; NULL: not looked for yet */
    int32_t *days;                  /* full dates of the text, ascending and distinct */
    size_t n_days;
    struct nq_deed *deeds; /* deeds.h; NULL: not looked for yet */
    size_t n_deeds;
    struct nq_places places;         /* that the heading names */
    struct nq_numbered_set numbered; /* that the heading and the first characters name */
    struct nq_folded bare; /* the heading without its label; bodies and actions are spaces */
    struct nq_pairs pairs; /* of heading and text */
    bool reacts; /* the heading tells what others say of an event: 反响, 解读, 评论员文章 */
    bool expects; /* the heading tells of what is to come: 将, 期待, 准备就绪 */
};

/* Reads a section; the slices are borrowed.  False without memory. */
bool nq_side_init(struct nq_side *side, struct nq_check_terms *terms, struct nq_arena *arena,
                  struct nq_str heading, struct nq_str text, int32_t day);
void nq_side_finish(struct nq_side *side);

#endif
