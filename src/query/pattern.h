/* What of a query is looked for in the text of a passage: its atoms, bigrams and words, and how
 * well a passage holds them (the second step of ranking). */
#ifndef NQ_QUERY_PATTERN_H
#define NQ_QUERY_PATTERN_H

#include "base/map.h"
#include "text/token.h"

enum {
    NQ_PATTERN_ATOMS =
        512, /* what a query has more is not looked at: a pasted page is known by less */
};

/* A run of the pattern's atoms, [first, first + n) of nq_pattern.sequence. */
struct nq_unit {
    uint32_t first, n;
    bool exact; /* brackets in the text are not looked through */
    double idf;
    int32_t next; /* the next unit of its list that begins with the same atom; -1: none */
};

/* Units of one kind, findable by their first atom. */
struct nq_units {
    struct nq_unit *items;
    size_t n;
    int32_t *by_atom; /* first unit that begins with the atom; -1: none */
};

/* Everything lives in `arena`. */
struct nq_pattern {
    struct nq_arena *arena;
    struct nq_map index;  /* text of an atom -> its number; finish with nq_pattern_finish */
    struct nq_str *atoms; /* as nq_atom_single: with SEP where the atom has one */
    double *idf;          /* of each atom, by the number of passages that hold it */
    size_t n_atoms;
    uint32_t *sequence;
    size_t n_sequence;
    struct nq_units terms, bigrams, words;
    double total;        /* sum of idf */
    bool question;       /* the query is a question */
    uint64_t filter[64]; /* a bit for the hash of each atom: most of a text is told by it alone */
};

bool nq_pattern_init(struct nq_pattern *pattern, struct nq_arena *arena);
void nq_pattern_finish(struct nq_pattern *pattern);

/* Adds atoms [first, last) of a text as a unit of `units` (one of pattern's three); atoms new to
 * the pattern get a number and idf 0.  What the pattern has no room for, and a unit that it has
 * already, is left out.  False without memory. */
bool nq_pattern_add(struct nq_pattern *pattern, struct nq_units *units,
                    const struct nq_atoms *atoms, size_t first, size_t last, bool exact);

/* A passage as seen by a pattern; zeroed is empty, memory is used again. */
struct nq_scan {
    const struct nq_atoms *atoms;
    int32_t *at; /* the pattern's number of each atom, or -1 */
    size_t n, cap;
};

/* False without memory. */
bool nq_scan_text(struct nq_scan *scan, const struct nq_pattern *pattern,
                  const struct nq_atoms *atoms);
void nq_scan_finish(struct nq_scan *scan);

/* The bigram of the two atoms that `word` consists of; NULL where it is no two atoms. */
struct nq_unit *nq_pattern_twin(const struct nq_pattern *pattern, const struct nq_unit *word);

/* Whether `unit` stands at position `i`. */
bool nq_unit_at(const struct nq_pattern *pattern, const struct nq_unit *unit,
                const struct nq_scan *scan, size_t i);

/* How well a passage answers. */
struct nq_relevance {
    double score;
    double share; /* M/T: of the query's weight, what the passage holds */
    bool all_words;
};

/* The second step of ranking:
 *
 *     S = (BM25w + c BM25b + Win20 + Win80 + d Lead60) · (M/T)^0.3
 *
 * BM25 (Robertson and Zaragoza 2009; k1 = 0.6, b = 0.6) over words and bigrams; WinX the largest
 * sum of idf of distinct atoms in any window of X atoms; Lead60 that of the first 60; M the idf of
 * the atoms that the passage holds, T of all.  A topic is wanted in passages that begin with it
 * (c 0.5, d 1), an answer stands anywhere (c 1.1, d 0.6). */
struct nq_relevance nq_pattern_score(const struct nq_pattern *pattern, const struct nq_scan *scan,
                                     double average_length);

/* Inverse document frequency of what `n` of `total` passages hold. */
double nq_idf(double n, double total);

/* What BM25 makes of `count` occurrences in a text of `length` atoms, from 0 to 1. */
static inline double nq_saturate(double count, double length, double average_length)
{
    const double k1 = 0.6, b = 0.6;
    return count / (count + k1 * (1 - b + b * length / average_length));
}

#endif
