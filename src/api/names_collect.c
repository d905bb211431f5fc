/* Gathering the names that an index holds: of the dictionaries, its documents and headlines, and
 * its topics. */
#include "api/names_rows.h"
#include "model/passage.h"
#include "periods.h"
#include "store/names.h"
#include "store/sql.h"
#include "store/topics.h"
#include "term_names.h"
#include "text/organisation.h"

enum { MOST_HEADLINES = 50000 }; /* of each kind, the newest: bounds memory and rows */

struct collecting {
    struct nq_index *index;
    struct nq_name_list *list;
    enum nq_status status;
    struct nq_error *err;
};

static bool on_title(void *user, const struct nq_stored_name *stored)
{
    struct collecting *c = user;
    int32_t day;
    if (!stored->document && nq_passage_heading_is_ours(stored->text))
        return true;
    c->status = nq_names_day(c->index, stored->passage, &day, c->err);
    if (c->status != NQ_OK)
        return false;
    struct nq_name name = {.text = stored->text,
                           .n = (uint32_t)stored->n,
                           .day = day,
                           .kind =
                               stored->document ? NQ_SUGGESTION_DOCUMENT : NQ_SUGGESTION_HEADLINE};
    if (!nq_name_list_title(c->list, name))
        c->status = nq_fail_nomem(c->err);
    return c->status == NQ_OK;
}

static bool add_terms(struct nq_name_list *list)
{
    bool ok = true;
    for (size_t i = 0; i < NQ_COUNT(term_names) && ok; i++) {
        struct nq_str text = nq_str_from(term_names[i]);
        if (!nq_organisation_known(text))
            ok = nq_name_list_word(list, text, NQ_SUGGESTION_TOPIC);
    }
    for (size_t i = 0; i < NQ_COUNT(periods) && ok; i++)
        ok = nq_name_list_word(list, nq_str_from(periods[i][0]), NQ_SUGGESTION_TOPIC);
    struct nq_str text = nq_organisation_name(0);
    for (size_t i = 0; text.ptr && ok; text = nq_organisation_name(++i))
        ok = nq_name_list_word(list, text, NQ_SUGGESTION_ORGANISATION);
    return ok;
}

/* Topics that are words: typed like terms, by their initials too. */
static enum nq_status add_topics(struct collecting *c, int64_t behind)
{
    static const char sql[] =
        "SELECT coalesce(name, key), kind FROM topic WHERE id > ?1"
        " AND (kind IN (1, 2) AND passages >= 1 OR kind = 16 AND passages >= 2)";
    struct nq_topics_state state = {0};
    bool ok = true;
    enum nq_status status = nq_store_topics_state(c->index->db, &state, c->err);
    if (status != NQ_OK || state.hash == 0)
        return status;
    struct nq_rows row = nq_rows(c->index->db, sql, NQ_WITH(nq_int(behind)), c->err);
    while (ok && nq_rows_next(&row))
        ok = nq_name_list_word(c->list, nq_rows_str(&row, 0),
                               nq_rows_int(&row, 1) == NQ_TOPIC_ORGANISATION
                                   ? NQ_SUGGESTION_ORGANISATION
                                   : NQ_SUGGESTION_TOPIC);
    status = nq_rows_end(&row);
    return status == NQ_OK && !ok ? nq_fail_nomem(c->err) : status;
}

enum nq_status nq_names_collect(struct nq_index *index, int64_t passage, int64_t topic,
                                struct nq_name_list *out, struct nq_error *err)
{
    struct collecting c = {.index = index, .list = out, .err = err};
    out->newest = NQ_NO_DAY;
    if (passage == 0 && topic == 0 && !add_terms(out))
        return nq_fail_nomem(err);
    enum nq_status status = nq_store_names(index->db, passage, MOST_HEADLINES, on_title, &c, err);
    if (status == NQ_OK)
        status = c.status;
    return status == NQ_OK ? add_topics(&c, topic) : status;
}
