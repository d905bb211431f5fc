/* A timeline on its way: the parts of nq_timeline of <nqsearch.h>, in the order in which they run.
 */
#ifndef NQ_API_TIMELINE_H
#define NQ_API_TIMELINE_H

#include "api/index.h"
#include "query/query.h"
#include "store/events.h"
#include "text/segment.h"
#include "time/dates.h"
#include "time/timeline.h"

enum { NQ_TIMELINE_TERMS = 32 };

struct nq_timeline_term {
    struct nq_str text;
    uint32_t *cp; /* its n characters, folded, without spaces and brackets */
    size_t n;
    double weight;      /* its inverse document frequency, 1 for the rarest of the query */
    size_t clause;      /* of the query, whose form or part it is */
    bool word;          /* a word of the dictionary, short enough to be mistaken in others */
    bool part, related; /* of the clause's own name: see timeline_passages.c */
    bool common;
    bool unseen;     /* no passage holds it */
    bool everywhere; /* a part that stands in too many passages to bring any */
    uint64_t covers; /* of a part: the characters of the clause's own name that it is ... */
    size_t whole;    /* ... which is this term; of others: itself */
};

/* A passage that holds terms; bit t of `terms`. */
struct nq_timeline_candidate {
    int64_t passage;
    uint32_t terms;
    int32_t day;
    double score;
};

struct nq_timeline_job {
    struct nq_index *index;
    const struct nq_timeline_params *params;
    struct nq_arena *arena;
    struct nq_error *err;
    struct nq_timeline_term terms[NQ_TIMELINE_TERMS];
    size_t n_terms;
    uint32_t everywhere;                      /* those of them that bring no passages */
    uint32_t rare;                            /* those that make a passage one of the matter */
    struct nq_timeline_candidate *candidates; /* by passage; for free() */
    size_t n_candidates, cap;
    struct nq_folded folded;  /* scratch, for nq_folded_finish() */
    struct nq_word_buf words; /* scratch, for nq_word_buf_finish() */
    bool nomem;               /* for it */
    struct nq_telling *tellings;
    size_t n_tellings;
    /* The passage at hand, and the events that its section begins with. */
    struct nq_place place;
    uint32_t in_heading, in_text;
    uint32_t mistaken; /* terms that are printed in it, but not as words */
    bool opens;        /* it is the first under its heading ... */
    bool item;         /* ... which is a line above it, in a section of many */
    int64_t read;      /* the last passage */
    struct nq_telling lead;
    bool has_lead;
    int32_t lead_day; /* that the section's first sentence prints; NQ_NO_DAY */
    int64_t lead_section;
    size_t told; /* of this passage */
};

/* Finds the terms of `query` and the passages that hold a rare one: job->terms, job->candidates. */
enum nq_status nq_timeline_passages(struct nq_timeline_job *job, const struct nq_query *query);

/* Orders candidates by their passages, for qsort(). */
int nq_timeline_by_passage(const void *a, const void *b);

/* Weighs the terms, 1 for the weightiest, and leaves the candidates that hold a rare one: the step
 * behind the search of nq_timeline_passages. */
void nq_timeline_weigh(struct nq_timeline_job *job);

/* Adds what a passage tells to job->tellings, with how much it has to do with the terms. */
enum nq_status nq_timeline_tell(struct nq_timeline_job *job,
                                const struct nq_timeline_candidate *candidate);

/* ---- where terms stand: timeline_terms.c -------------------------------------------------------
 */

/* Sets the characters of a term from its text; false without memory. */
bool nq_timeline_term_read(struct nq_timeline_job *job, struct nq_timeline_term *term);

bool nq_timeline_same_term(const struct nq_timeline_term *a, const struct nq_timeline_term *b);
bool nq_timeline_term_holds(const struct nq_timeline_term *term,
                            const struct nq_timeline_term *part);

/* All characters of a name, as a part's `covers` has some; 0 of one that is too long. */
uint64_t nq_timeline_all_of(const struct nq_timeline_term *whole);

/* `terms`, and those whose parts are all among them; for a name that no passage holds those that
 * stand everywhere go without saying. */
uint32_t nq_timeline_with_wholes(const struct nq_timeline_job *job, uint32_t terms);

/* The terms that stand in `text`, one also where its parts stand close together (延迟法定退休年龄
 * is 延迟退休); none, and job->nomem, without memory. */
uint32_t nq_timeline_terms_in(struct nq_timeline_job *job, struct nq_str text);

/* The byte at which the weightiest term stands in `text`; SIZE_MAX where none does. */
size_t nq_timeline_best_place(struct nq_timeline_job *job, struct nq_str text);

/* ---- what it has to do with the query: timeline_relevance.c ------------------------------------
 */

/* The terms that stand in the parts of a telling. */
struct nq_timeline_where {
    uint32_t title, sentence, heading, text;
};

/* The weight of the clauses of the query: each counts by its best term, where that stands. */
double nq_timeline_relevance(const struct nq_timeline_job *job,
                             const struct nq_timeline_where *where);

/* Whether a label begins with a word for what was named before it: 这份成绩单是…. */
bool nq_timeline_dangles(struct nq_str label);

/* Whether the matter is one of a list in the passage at hand: 新能源、人工智能、低空经济等产业. */
bool nq_timeline_in_list(struct nq_timeline_job *job);

/* Whether a headline gives the figures of a period: 前7月中欧班列开行8990列. */
bool nq_timeline_is_statistic(struct nq_str heading);

/* Whether a heading announces what somebody thinks: 趋势判断：…, 央视快评：…. */
bool nq_timeline_is_comment(struct nq_str heading);

/* ---- what it is called: timeline_label.c -------------------------------------------------------
 */

/* Whether a sentence, or a clause of one, ends with what stands at `at`. */
bool nq_timeline_ends(struct nq_str text, size_t at, bool clause);

/* The sentence of `text` around the byte `at`. */
struct nq_str nq_timeline_sentence(struct nq_str text, size_t at);

/* The sentence of the passage at hand that holds the weightiest term; its first where none does. */
struct nq_str nq_timeline_match(struct nq_timeline_job *job);

/* 国家数据局印发《…》; the heading of the section that begins with the event, where that speaks of
 * the matter; else the clause that tells it. */
struct nq_str nq_timeline_label(struct nq_timeline_job *job, const struct nq_event_row *row,
                                const struct nq_timeline_event *e, struct nq_str clause);

/* The clause of `text` with the weightiest term; empty where none stands in it. */
struct nq_str nq_timeline_clause(struct nq_timeline_job *job, struct nq_str text);

/* A meeting's label with what `text` says of the matter: …会议在北京举行：打造低空经济等新兴产业.
 */
struct nq_str nq_timeline_with_matter(struct nq_timeline_job *job, struct nq_str label,
                                      struct nq_str text);

/* ---- what it is not called: timeline_plain.c ---------------------------------------------------
 */

/* The heading at hand, without the name of its column. */
struct nq_str nq_timeline_heading(struct nq_timeline_job *job);

/* A clause of `sentence` as a label: without what leads in to it; with the next clauses where
 * little is left. */
struct nq_str nq_timeline_plain(struct nq_str clause, struct nq_str sentence);

/* The label of a merged event without its day (timeline_when.c). */
struct nq_str nq_timeline_without_day(struct nq_timeline_job *job, struct nq_date_finder *finder,
                                      const struct nq_timeline_event *e);

/* Behind 三是 and （9）, which count what is said. */
struct nq_str nq_timeline_without_number(struct nq_str said);

#endif
