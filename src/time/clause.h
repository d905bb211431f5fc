/* Clauses of a sentence, and what stands in them; for the event finder. */
#ifndef NQ_TIME_CLAUSE_H
#define NQ_TIME_CLAUSE_H

#include "time/subject.h"

static inline bool ends_sentence(uint32_t cp)
{
    return cp == 0x3002 || cp == '!' || cp == '?' || cp == ';' || cp == '\n';
}

static inline bool ends_clause(uint32_t cp)
{
    return ends_sentence(cp) || cp == ',' || cp == ':';
}

/* The start and the end of the clause that holds the character `at`; titles are not parted. */
size_t nq_clause_start(const struct sentence *s, size_t at);
size_t nq_clause_end(const struct sentence *s, size_t at);

/* The first or last action of the characters [from, to); NULL where nothing is done there. */
const struct mark *nq_first_action(const struct sentence *s, size_t from, size_t to);
const struct mark *nq_last_action(const struct sentence *s, size_t from, size_t to);

/* Whether a word there says that it is to come (将, 拟, 力争). */
bool nq_has_cue(const struct sentence *s, size_t from, size_t to);

/* The document: behind the action first, else before it. */
const struct mark *nq_find_title(const struct sentence *s, const struct mark *action, size_t from,
                                 size_t to);

/* 会议审议通过: whether the action's clause begins with the meeting that the passage is about. */
bool nq_says_meeting(const struct sentence *s, size_t action);

#endif
