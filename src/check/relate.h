/* What an earlier section is to one of the draft, judged by a few measures of both. */
#ifndef NQ_CHECK_RELATE_H
#define NQ_CHECK_RELATE_H

#include "check/deeds.h"
#include "check/reuse.h"

/* What two sections have in common. */
struct nq_evidence {
    double cosine;  /* of the terms of both, heading and text */
    double covered; /* of the terms' weight of one, what the other holds; the larger of both */
    double heading; /* cosine of the headings' terms */
    double lead;    /* cosine of the terms that the texts begin with */
    double named;   /* of the headings' weight, what stands anywhere in the other section */
    double anchors; /* the heaviest term of each heading that the other section holds, both summed,
                       weighed by how few of the sections at hand hold it (terms.h) */
    double phrase;  /* the longest run of characters of each heading that stands in the other
                       section, their mean; 12 at most */
    enum nq_numbered_match numbered; /* in headings and first characters */
    double figures;        /* of the figures of the section with fewer, those that both have */
    bool other_figures;    /* both have some, and most of them differ */
    double reused;         /* of the draft's atoms, those in reused sentences */
    size_t copied;         /* atoms of reused sentences that both have */
    int document;          /* a special document that both name: 1 one begins with it, 2 both do */
    bool documents_differ; /* both headings name documents, none of them in common */
    bool places_differ;    /* both headings name places, none of them in common */
    enum nq_deed_match deed; /* an event that both tell */
    bool dated;              /* a day before the earlier section's report that both name */
    bool since;              /* the draft names a day since then that the earlier one lacks */
    bool series;             /* both tell figures by month, quarter or year */
    bool reacts;             /* the draft tells what is said of an event */
    bool expected;           /* the earlier section tells of what is to come */
    bool placed;             /* both sections have a date */
    int32_t days;            /* between them; 0 where either has none */
};

struct nq_judgement {
    enum nq_relation relation;
    double score;
};

/* Measures all but `reused`, `copied`, `document` and `deed`, which the caller knows. */
void nq_evidence_measure(const struct nq_check_terms *terms, const struct nq_side *draft,
                         const struct nq_side *prior, struct nq_evidence *out);

/* Weighs evidence by fixed thresholds (relate.c says how they were found). */
struct nq_judgement nq_relate(const struct nq_evidence *e, enum nq_strictness strictness);

/* What a section is, given its matches' judgements: `first` is the strongest relation's. */
enum nq_verdict nq_verdict_of(const struct nq_evidence *e, const struct nq_judgement *judgement,
                              enum nq_strictness strictness);

#endif
