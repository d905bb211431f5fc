/* From a name to a topic, and the passages that name it. */
#include <stdlib.h>

#include "api/mark.h"
#include "api/topic_page.h"
#include "base/grow.h"
#include "link/profile.h"
#include "link/topics.h"
#include "query/expand.h"
#include "query/parse.h"
#include "store/links.h"
#include "text/synonyms.h"
#include "text/utf8.h"

enum { MOST_NAMINGS = 100000 };

/* ---- the row
 * ----------------------------------------------------------------------------------- */

/* The name as keys are written: folded, without white space at its ends. */
static bool fold_name(struct nq_str name, struct nq_folded *folded, struct nq_buf *key)
{
    key->len = 0;
    if (!nq_fold_text(name, folded))
        return false;
    for (size_t i = 0; i < folded->n; i++)
        nq_buf_add_cp(key, folded->cp[i]);
    return !key->failed;
}

/* Without 《》 or quotation marks around it. */
static struct nq_str bare(struct nq_str name)
{
    static const char *const marks[][2] = {{"《", "》"}, {"“", "”"}, {"\"", "\""}};
    name = nq_str_trim(name);
    for (size_t i = 0; i < NQ_COUNT(marks); i++) {
        struct nq_str open = nq_str_from(marks[i][0]), close = nq_str_from(marks[i][1]);
        if (nq_str_starts(name, open) && nq_str_ends(name, close) &&
            name.len > open.len + close.len)
            return nq_str_trim(nq_str_sub(name, open.len, name.len - close.len));
    }
    return name;
}

/* By the name itself, by the form that stands for all of its group, as a title. */
static enum nq_status find_row(struct nq_topic_asked *a)
{
    struct nq_folded folded = {0};
    struct nq_buf key = {0};
    enum nq_topic_kind kind;
    struct nq_topic_row title = {0};
    enum nq_status status = NQ_OK;
    if (!fold_name(a->name, &folded, &key))
        status = nq_fail_nomem(a->err);
    if (status == NQ_OK) {
        struct nq_str common = nq_profile_common_form(nq_buf_str(&key));
        status = nq_store_topic_find(a->index->db, common, a->arena, &a->row, a->err);
    }
    if (status == NQ_OK && !a->row.id)
        status = nq_store_topic_find(a->index->db, nq_buf_str(&key), a->arena, &a->row, a->err);
    bool titled = status == NQ_OK && nq_topic_of_title(a->name, &folded, &key, &kind);
    if (titled)
        status = nq_store_topic_find(a->index->db, nq_buf_str(&key), a->arena, &title, a->err);
    else if (status == NQ_OK && key.failed)
        status = nq_fail_nomem(a->err);
    if (title.passages > a->row.passages)
        a->row = title;
    uint32_t same = nq_topic_same_of(&a->walk.same, (uint32_t)a->row.id);
    if (status == NQ_OK && same != a->row.id)
        status = nq_store_topic_get(a->index->db, same, a->arena, &a->row, a->err);
    nq_folded_finish(&folded);
    nq_buf_finish(&key);
    return status;
}

static enum nq_status count_match(void *user, const struct nq_match *match)
{
    size_t *n = user;
    (void)match;
    ++*n;
    return NQ_OK;
}

/* A law is mostly named without marks (民法典规定): where far more passages have the words than
 * name the title, it is asked for by its words. */
static enum nq_status prefer_words(struct nq_topic_asked *a)
{
    enum { MOST_BYTES = 36, TIMES = 2 };
    struct nq_str key = a->row.key;
    struct nq_buf query = {0};
    size_t found = 0;
    bool han = a->row.kind == NQ_TOPIC_DOCUMENT && key.len <= MOST_BYTES;
    for (size_t i = 0; i < key.len && han; i++)
        han = (unsigned char)key.ptr[i] >= 0x80;
    if (!han)
        return NQ_OK;
    nq_mark_add_term(&query, key, false);
    enum nq_status status =
        query.failed ? nq_fail_nomem(a->err)
                     : nq_topic_search(a, nq_buf_str(&query), MOST_NAMINGS, count_match, &found);
    if (status == NQ_OK && found > TIMES * a->row.passages) {
        a->row = (struct nq_topic_row){0};
        a->name = key;
    }
    nq_buf_finish(&query);
    return status;
}

/* ---- forms
 * ------------------------------------------------------------------------------------- */

static bool is_title(const struct nq_topic_asked *a)
{
    return a->row.id && (a->row.kind == NQ_TOPIC_DOCUMENT || a->row.kind == NQ_TOPIC_WORK);
}

static void add_form(struct nq_topic_asked *a, struct nq_str form)
{
    for (size_t i = 0; i < a->n_forms; i++)
        if (nq_str_eq(a->forms[i], form))
            return;
    if (form.len > 0 && nq_str_find(form, NQ_STR("\""), 0) == SIZE_MAX)
        a->forms[a->n_forms++] = form;
}

static enum nq_status write_forms(struct nq_topic_asked *a)
{
    struct nq_str others[NQ_SYNONYMS_MAX];
    struct nq_buf query = {0};
    size_t n = nq_synonyms(a->row.id ? a->row.name : a->name, others);
    a->forms = nq_arena_array(a->arena, n + 3, sizeof *a->forms);
    if (!a->forms)
        return nq_fail_nomem(a->err);
    if (a->row.id)
        add_form(a, a->row.name);
    if (!is_title(a))
        add_form(a, a->name);
    for (size_t i = 0; i < n; i++)
        add_form(a, others[i]);
    for (size_t i = 0; i < a->n_forms; i++)
        nq_mark_add_term(&query, a->forms[i], is_title(a));
    a->query = query.failed ? (struct nq_str){0} : nq_arena_str(a->arena, nq_buf_str(&query));
    nq_buf_finish(&query);
    return a->query.ptr || a->n_forms == 0 ? NQ_OK : nq_fail_nomem(a->err);
}

enum nq_status nq_topic_resolve(struct nq_topic_asked *a)
{
    size_t repaired;
    struct nq_str clean = nq_utf8_clean(a->arena, a->params->name, &repaired);
    if (!clean.ptr && a->params->name.len > 0)
        return nq_fail_nomem(a->err);
    a->name = nq_arena_str(a->arena, bare(clean)); /* with a NUL behind it */
    if (nq_arena_failed(a->arena))
        return nq_fail_nomem(a->err);
    bool letters = false;
    for (size_t at = 0; at < a->name.len;) {
        uint32_t cp;
        at += nq_utf8_decode(nq_str_sub(a->name, at, a->name.len), &cp, NULL);
        enum nq_class class = nq_class_of(cp);
        letters |= class == NQ_CLASS_HAN || class == NQ_CLASS_LETTER || class == NQ_CLASS_DIGIT;
    }
    if (!letters)
        return nq_fail(a->err, NQ_ERR_USAGE, "%s", _("a topic needs a name with letters"));
    enum nq_status status = find_row(a);
    if (status == NQ_OK)
        status = prefer_words(a);
    return status == NQ_OK ? write_forms(a) : status;
}

/* ---- passages
 * ---------------------------------------------------------------------------------- */

static bool add_found(struct nq_topic_asked *a, struct nq_topic_naming naming)
{
    struct nq_topic_naming *found = nq_grow(a->found, a->n_found, &a->cap_found, sizeof *found);
    if (!found)
        return false;
    a->found = found;
    a->found[a->n_found++] = naming;
    return true;
}

/* By its links a passage tells whether it names the topic; words that are no topic were searched
 * for, and both come in order. */
struct membership {
    struct nq_topic_asked *asked;
    size_t at;
    enum nq_status status;
};

static uint8_t weight_of(void *user, const struct nq_topic_passage_links *p)
{
    struct membership *m = user;
    struct nq_topic_asked *a = m->asked;
    if (!a->row.id) {
        while (m->at < a->n_found && a->found[m->at].passage < p->passage)
            m->at++;
        bool found = m->at < a->n_found && a->found[m->at].passage == p->passage;
        return found ? NQ_LINK_WEIGHTS : 0;
    }
    for (size_t i = 0; i < p->n; i++)
        if (p->links[i].topic == a->row.id) {
            float weight = (float)p->links[i].weight / NQ_LINK_WEIGHTS;
            const struct nq_topic_naming naming = {p->passage, p->day, weight};
            if (m->status == NQ_OK)
                m->status = nq_topic_named_add(a, &naming, p->report);
            return p->links[i].weight;
        }
    return 0;
}

enum nq_status nq_topic_search(struct nq_topic_asked *a, struct nq_str text, size_t most,
                               enum nq_status (*fn)(void *user, const struct nq_match *match),
                               void *user)
{
    struct nq_query *query;
    struct nq_pattern pattern = {0};
    struct nq_found found = {0};
    struct nq_search search = {.pattern = &pattern, .sort = NQ_SORT_DATE, .wanted = most};
    enum nq_status status = nq_query_parse(a->arena, text, &query, a->err);
    if (status == NQ_OK &&
        (!nq_pattern_init(&pattern, a->arena) || !nq_expand(query, a->index->segmenter, &pattern)))
        status = nq_fail_nomem(a->err);
    if (status == NQ_OK) {
        search.query = query;
        status = nq_engine_search(a->index->engine, &search, &found, a->err);
    }
    for (size_t i = 0; i < found.n && i < most && status == NQ_OK; i++)
        if (found.matches[i].tier != NQ_TIER_PARTIAL)
            status = fn(user, &found.matches[i]);
    nq_found_finish(&found);
    nq_pattern_finish(&pattern);
    return status;
}

static enum nq_status on_match(void *user, const struct nq_match *match)
{
    struct nq_topic_asked *a = user;
    struct nq_topic_naming naming = {match->passage, match->day, (float)match->score};
    return add_found(a, naming) ? NQ_OK : nq_fail_nomem(a->err);
}

static int by_passage(const void *a, const void *b)
{
    const struct nq_topic_naming *x = a, *y = b;
    return (x->passage > y->passage) - (x->passage < y->passage);
}

/* Takes in what a search found: in the order of ids, of the days of reports that are looked at;
 * scores become weights, the best 1. */
static enum nq_status settle(struct nq_topic_asked *a)
{
    float most = 0;
    size_t kept = 0, at = 0;
    enum nq_status status = NQ_OK;
    if (a->n_found)
        qsort(a->found, a->n_found, sizeof *a->found, by_passage);
    for (size_t i = 0; i < a->n_found; i++) {
        struct nq_topic_naming n = a->found[i];
        if (!nq_topic_walk_day(&a->walk, n.passage, &at, &n.day))
            continue;
        most = n.weight > most ? n.weight : most;
        a->found[kept++] = n;
    }
    a->n_found = kept;
    at = 0;
    for (size_t i = 0; i < kept && status == NQ_OK; i++) {
        struct nq_topic_naming *n = &a->found[i];
        n->weight = most > 0 ? n->weight / most : 1;
        if (nq_topic_walk_day(&a->walk, n->passage, &at, &n->day))
            status = nq_topic_named_add(a, n, at);
    }
    return status;
}

enum nq_status nq_topic_collect(struct nq_topic_asked *a)
{
    struct membership m = {.asked = a};
    struct nq_topic_member member = {weight_of, &m};
    enum nq_status status = nq_topic_named_init(a);
    if (status == NQ_OK && !a->row.id && a->n_forms > 0)
        status = nq_topic_search(a, a->query, MOST_NAMINGS, on_match, a);
    if (status == NQ_OK && !a->row.id)
        status = settle(a);
    if (status == NQ_OK && (a->row.id || a->n_found > 0))
        status = nq_topic_tallies_count(&a->tallies, a->index, &a->walk, &member, a->err);
    return status == NQ_OK ? m.status : status;
}
