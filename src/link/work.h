/* Cited works: whether two references are to one.
 *
 * A title becomes a row of units: a Han character, a number (十二, 12, 首批's 1), the stem of an
 * English word (those that headlines use for one thing count as one).  Numbers decide first, since
 * 6月份 and 7月份, 第一批 and 第二批 tell issues and pieces apart.  Then, nearness asked of source
 * and date the more, the less the titles agree:
 *
 *   - the same units: one work, if the dates are as near as titles of its kind allow (a document
 *     is reprinted for months, a monthly or a daily column has other issues);
 *   - of a Chinese title: one within the other with its issuer before or 及… behind, one with a
 *     short word more (方案, 实施方案), the same characters in another order;
 *   - of an English one: nearly all words of the shorter, but not where one word stands in place of
 *     another in an else equal title, which is another matter. */
#ifndef NQ_LINK_WORK_H
#define NQ_LINK_WORK_H

#include "base/buf.h"
#include "base/map.h"
#include "text/fold.h"

enum {
    NQ_WORK_UNITS = 72,  /* of a title; a longer one is known by these */
    NQ_WORK_SOURCES = 4, /* of a reference */
};

/* What of a reference tells its work. */
struct nq_work {
    const uint32_t *units;
    const uint32_t *joined; /* of English: a word and its follower as one (build-out) */
    uint64_t sources[NQ_WORK_SOURCES];
    size_t n, n_sources;
    int32_t day, day_end;   /* NQ_NO_DAY: not printed */
    bool english, document; /* a policy document, by what its title ends with */
    bool draft;             /* （征求意见稿）, （草案） */
    bool periodical;        /* what comes out again and again under one name: 月报, 情况 */
};

/* Memory to read references in; zeroed is ready. */
struct nq_work_reader {
    struct nq_folded folded;
    struct nq_buf key;
    struct sb_stemmer *stemmer; /* made for the first English title */
    struct nq_map words;        /* stem -> unit, of words that are alike or tell nothing */
    uint32_t units[NQ_WORK_UNITS], joined[NQ_WORK_UNITS];
    size_t n;
};

/* Reads source, title (or else what is printed) and date of a reference; `out` lives in `arena`.
 * False without memory. */
bool nq_work_read(struct nq_work_reader *reader, struct nq_arena *arena,
                  const struct nq_reference *reference, struct nq_work *out);
void nq_work_reader_finish(struct nq_work_reader *reader);

/* Whether both are one work. */
bool nq_works_same(const struct nq_work *a, const struct nq_work *b);

/* What work.c and work_words.c share. */

enum { NQ_WORK_NUMBER = 1u << 31, NQ_WORK_WORD = 1u << 30 }; /* what a unit is, else a character */

/* Reads the units of an English title from reader->folded.  False without memory. */
bool nq_work_read_words(struct nq_work_reader *reader);

#endif
