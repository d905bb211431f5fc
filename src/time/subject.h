/* Sentences and who acts in them; for the event finder. */
#ifndef NQ_TIME_SUBJECT_H
#define NQ_TIME_SUBJECT_H

#include "time/dates.h"
#include "time/marks.h"

#include <nqsearch.h>

/* Characters [start, end) of a text with the dates and marks in them. */
struct sentence {
    struct nq_str bytes;
    const struct nq_folded *text;
    size_t start, end;
    const struct nq_date *dates;
    size_t first_date, last_date;
    const struct mark *marks;
    size_t first_mark, last_mark;
};

/* Moves dates and marks of `s` to its new [start, end). */
void nq_next_sentence(struct sentence *s, size_t n_dates, size_t n_marks);

/* The bytes of characters [from, to). */
struct nq_str nq_words_of(const struct sentence *s, size_t from, size_t to);

/* The character at byte `byte`. */
size_t nq_date_char(const struct sentence *s, size_t byte);

/* Who acts, of the characters [from, to), in which a date may stand: characters [*start, *end),
 * equal where nobody does.  Not the media, with `deed`. */
void nq_find_subject(const struct sentence *s, size_t from, size_t to, size_t date_start,
                     size_t date_end, bool deed, size_t *start, size_t *end);

/* Whether those characters are a newspaper or an agency. */
bool nq_media_subject(const struct sentence *s, size_t start, size_t end);

/* Whether a date at `at` is one of a schedule: 报名阶段为…. */
bool nq_schedule_before(const struct sentence *s, size_t at);

/* Whether a figure follows: 建成42个. */
bool nq_number_behind(const struct sentence *s, size_t at);

/* 近年来 and the like, beside 近日. */
bool nq_long_vague(const struct sentence *s, const struct nq_date *date);

static inline bool is_day_unit(uint32_t cp)
{
    return cp == 0x65E5 /* 日 */ || cp == 0x53F7 /* 号 */;
}

#endif
