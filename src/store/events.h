/* Events in the index.  An event's id is its passage's times NQ_EVENTS_A_PASSAGE plus
 * its number in it, so that passage and events go together. */
#ifndef NQ_STORE_EVENTS_H
#define NQ_STORE_EVENTS_H

#include "store/documents.h"

enum {
    NQ_EVENTS_A_PASSAGE = 256, /* more of a passage are left out */
    NQ_EVENTS_VERSION = 9,     /* of what finds events: another number makes them anew */
};

/* An event as stored; slices are borrowed until the next step. */
struct nq_event_row {
    int64_t passage;
    unsigned number;
    int32_t first, last;
    uint32_t start, end; /* bytes of the passage's text, or of its section's heading */
    enum nq_precision precision;
    enum nq_event_kind kind;
    bool undated;          /* the day is the report's */
    bool heading;          /* said by the heading of the section that the passage opens */
    unsigned stage, level; /* of its action and actor, from the time floor; 15: none */
    unsigned title_stage;  /* of the printing of its document */
    struct nq_str actor, action;
    int64_t document; /* 0: none */
};

/* Makes the tables where they are missing. */
enum nq_status nq_store_events_create(struct nq_db *db, struct nq_error *err);

/* Whether the tables are there, made by this version. */
enum nq_status nq_store_events_current(struct nq_db *db, bool *current, struct nq_error *err);

/* Empties the tables, and says that this version fills them. */
enum nq_status nq_store_events_clear(struct nq_db *db, struct nq_error *err);

enum nq_status nq_store_event_put(struct nq_db *db, const struct nq_event_row *event,
                                  struct nq_error *err);

/* Calls `fn` with each event of the passages [first, last], in the order of ids. */
enum nq_status nq_store_events_of(struct nq_db *db, int64_t first, int64_t last,
                                  enum nq_status (*fn)(void *user, const struct nq_event_row *event,
                                                       struct nq_error *err),
                                  void *user, struct nq_error *err);

/* Whether an event of the days [first, last] is one of [from, to], open where NQ_NO_DAY: it has a
 * day of them and is not so long that it says little of them (今年… of a day in March). */
bool nq_store_event_is_of(int32_t first, int32_t last, int32_t from, int32_t to);

/* Sets passages[id] for each passage below `n` that tells an event of the days [from, to]. */
enum nq_status nq_store_passages_with_events(struct nq_db *db, int32_t from, int32_t to,
                                             bool *passages, size_t n, struct nq_error *err);

/* Where a passage stands. */
struct nq_place {
    int64_t report, section; /* section: the id of its first passage; 0 in none */
    int32_t report_day;
    enum nq_kind kind;
    struct nq_str heading, text;
};

/* Loads it into `arena`; place->report is 0 where there is no such passage. */
enum nq_status nq_store_place(struct nq_db *db, struct nq_arena *arena, int64_t passage,
                              struct nq_place *place, struct nq_error *err);

#endif
