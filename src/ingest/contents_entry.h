/* A line of a contents page: what it names, and how sure it is that the number behind is a page. */
#ifndef NQ_INGEST_CONTENTS_ENTRY_H
#define NQ_INGEST_CONTENTS_ENTRY_H

#include "base/str.h"

/* How sure it is that the number at a line's end is a page. */
enum nq_leader { NQ_LEADER_NONE, NQ_LEADER_SPACE, NQ_LEADER_TAB, NQ_LEADER_DOTS };

struct nq_entry {
    struct nq_str name; /* without the page */
    enum nq_leader leader;
};

/* Takes a line apart; without a page NQ_LEADER_NONE and the whole of it. */
struct nq_entry nq_entry_parse(struct nq_str text);

/* 图表 1：…, 表2 …: what a list of figures names is no heading. */
bool nq_entry_is_caption(struct nq_str name);

#endif
