/* From a name to a topic. */
#include "api/mark.h"
#include "api/topic_page.h"
#include "link/profile.h"
#include "link/topics.h"
#include "text/synonyms.h"
#include "text/utf8.h"

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

/* A law is mostly named without marks (民法典规定), and a mere word is a topic only of passages
 * that are much about it: where far more passages have the words than are linked, it is asked for
 * by its words. */
static enum nq_status prefer_words(struct nq_topic_asked *a)
{
    enum { MOST_BYTES = 36, TIMES = 2 };
    struct nq_str key = a->row.key;
    struct nq_buf query = {0};
    size_t found = 0;
    bool han = a->row.kind & (NQ_TOPIC_DOCUMENT | NQ_TOPIC_WORD) && key.len <= MOST_BYTES;
    for (size_t i = 0; i < key.len && han; i++)
        han = (unsigned char)key.ptr[i] >= 0x80;
    if (!han)
        return NQ_OK;
    nq_mark_add_term(&query, key, false);
    enum nq_status status =
        query.failed ? nq_fail_nomem(a->err)
                     : nq_topic_search(a, nq_buf_str(&query), NQ_TOPIC_MOST, count_match, &found);
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
