/* A topic's other names: those of the dictionaries, those that texts introduce, and of a cited work
 * the titles that it is cited by. */
#include "api/mark.h"
#include "api/topic_page.h"
#include "link/alias.h"
#include "link/topics.h"
#include "store/passages.h"
#include "store/sql.h"
#include "text/utf8.h"

enum {
    MOST_READ = 100, /* passages that name the topic and speak of a short form */
    MOST_ALIASES = 20,
    LEAST_OF_TITLE = 3, /* characters: 《办法》 is what any text calls its own */
};

struct finding {
    struct nq_topic_asked *asked;
    struct nq_topic_alias *items;
    size_t n;
    struct nq_buf heading, text, key;
    struct nq_folded one, other;
};

static size_t count_characters(struct nq_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return n;
}

static bool same(const struct nq_folded *a, size_t from, const struct nq_folded *b)
{
    return a->n - from == b->n && memcmp(a->cp + from, b->cp, b->n * sizeof *b->cp) == 0;
}

/* Whether `name` is one of the topic's forms, or with `tail` ends with one.  False also without
 * memory, then f->key.failed. */
static bool is_form(struct finding *f, struct nq_str name, bool tail)
{
    const struct nq_topic_asked *a = f->asked;
    enum nq_topic_kind kind;
    if (a->row.kind & (NQ_TOPIC_DOCUMENT | NQ_TOPIC_WORK))
        return nq_topic_of_title(name, &f->one, &f->key, &kind) &&
               nq_str_eq(nq_buf_str(&f->key), a->row.key);
    if (!nq_fold_text(name, &f->one))
        return f->key.failed = true, false;
    for (size_t i = 0; i < a->n_forms; i++) {
        if (!nq_fold_text(a->forms[i], &f->other))
            return f->key.failed = true, false;
        size_t from = tail && f->one.n > f->other.n ? f->one.n - f->other.n : 0;
        if (same(&f->one, from, &f->other))
            return true;
    }
    return false;
}

/* The longest end of `name` that the dictionary holds as a term; absent where it holds none. */
static struct nq_str term_at_end(struct finding *f, struct nq_str name)
{
    if (!nq_fold_text(name, &f->one))
        return f->key.failed = true, (struct nq_str){0};
    for (size_t i = 0; i + 2 < f->one.n; i++)
        if (nq_segmenter_find(f->asked->index->segmenter, f->one.cp + i, f->one.n - i) &
            NQ_WORD_TERM)
            return nq_str_sub(name, f->one.start[i], name.len);
    return (struct nq_str){0};
}

/* The latest passages are read first, so that of several proofs the earliest stays. */
static bool add(struct finding *f, struct nq_str name, const struct nq_match *match,
                struct nq_str sentence)
{
    struct nq_arena *arena = f->asked->arena;
    struct nq_quote proof = {match->passage, match->day, nq_arena_str(arena, sentence)};
    for (size_t i = 0; i < f->n; i++)
        if (nq_str_eq(f->items[i].name, name)) {
            f->items[i].proof = proof;
            return !nq_arena_failed(arena);
        }
    if (f->n < MOST_ALIASES)
        f->items[f->n++] = (struct nq_topic_alias){nq_arena_str(arena, name), proof};
    return !nq_arena_failed(arena);
}

static bool take(struct finding *f, const struct nq_alias *alias, const struct nq_match *match)
{
    const struct nq_topic_asked *a = f->asked;
    bool title = a->row.kind & (NQ_TOPIC_DOCUMENT | NQ_TOPIC_WORK);
    if (is_form(f, alias->full, !alias->whole)) {
        if (title && count_characters(alias->brief) < LEAST_OF_TITLE)
            return true;
        return nq_str_eq(alias->brief, a->row.name) || add(f, alias->brief, match, alias->sentence);
    }
    if (f->key.failed || title || !is_form(f, alias->brief, false))
        return !f->key.failed;
    struct nq_str full = alias->whole ? alias->full : term_at_end(f, alias->full);
    return !f->key.failed && (!full.ptr || add(f, full, match, alias->sentence));
}

static enum nq_status on_match(void *user, const struct nq_match *match)
{
    struct finding *f = user;
    struct nq_error *err = f->asked->err;
    struct nq_alias alias;
    size_t at = 0;
    f->heading.len = f->text.len = 0;
    enum nq_status status = nq_store_passage_text(f->asked->index->db, match->passage,
                                                  NQ_KIND_REPORT, &f->heading, &f->text, err);
    while (status == NQ_OK && nq_alias_next(nq_buf_str(&f->text), &at, &alias))
        if (!take(f, &alias, match))
            status = nq_fail_nomem(err);
    return status;
}

static enum nq_status read_texts(struct finding *f)
{
    struct nq_topic_asked *a = f->asked;
    struct nq_buf query = {0};
    if (a->n_forms == 0)
        return NQ_OK;
    nq_buf_addf(&query, "%.*s \"简称\"", NQ_STR_ARG(a->query));
    enum nq_status status = query.failed
                                ? nq_fail_nomem(a->err)
                                : nq_topic_search(a, nq_buf_str(&query), MOST_READ, on_match, f);
    nq_buf_finish(&query);
    return status;
}

/* Where the form in f->other stands in `text`: its sentence; absent where it does not. */
static struct nq_str sentence_with(struct finding *f, struct nq_str text)
{
    const struct nq_folded *form = &f->other;
    if (!nq_fold_text(text, &f->one))
        return f->key.failed = true, (struct nq_str){0};
    for (size_t i = 0; i + form->n <= f->one.n; i++)
        if (memcmp(f->one.cp + i, form->cp, form->n * sizeof *form->cp) == 0)
            return nq_alias_sentence(text, f->one.start[i]);
    return (struct nq_str){0};
}

/* A sentence that uses a name of the dictionaries, the latest. */
static enum nq_status on_use(void *user, const struct nq_match *match)
{
    struct finding *f = user;
    struct nq_topic_alias *alias = &f->items[f->n];
    f->heading.len = f->text.len = 0;
    enum nq_status status = nq_store_passage_text(
        f->asked->index->db, match->passage, NQ_KIND_REPORT, &f->heading, &f->text, f->asked->err);
    struct nq_str sentence = {0};
    if (status == NQ_OK)
        sentence = sentence_with(f, nq_buf_str(&f->text));
    if (status == NQ_OK && !sentence.ptr && !f->key.failed)
        sentence = sentence_with(f, nq_buf_str(&f->heading));
    if (sentence.ptr)
        alias->proof =
            (struct nq_quote){match->passage, match->day, nq_arena_str(f->asked->arena, sentence)};
    if (status == NQ_OK && (f->key.failed || nq_arena_failed(f->asked->arena)))
        status = nq_fail_nomem(f->asked->err);
    return status;
}

/* The other names of the dictionaries, each with a sentence that uses it where there is one. */
static enum nq_status read_forms(struct finding *f, struct nq_str name)
{
    struct nq_topic_asked *a = f->asked;
    struct nq_buf query = {0};
    enum nq_status status = NQ_OK;
    for (size_t i = 0; i < a->n_forms && status == NQ_OK; i++) {
        if (nq_str_eq(a->forms[i], name))
            continue;
        f->items[f->n] = (struct nq_topic_alias){a->forms[i], {.day = NQ_NO_DAY}};
        query.len = 0;
        nq_mark_add_term(&query, a->forms[i], true);
        if (query.failed || !nq_fold_text(a->forms[i], &f->other))
            status = nq_fail_nomem(a->err);
        else
            status = nq_topic_search(a, nq_buf_str(&query), 1, on_use, f);
        f->n++;
    }
    nq_buf_finish(&query);
    return status;
}

/* A reference that names the topic by a title of another key. */
static bool take_title(struct finding *f, struct nq_str title, const struct nq_topic_naming *naming,
                       struct nq_str raw)
{
    const struct nq_match match = {.passage = naming->passage, .day = naming->day};
    struct nq_buf own = {0};
    enum nq_topic_kind kind;
    bool known = !nq_topic_of_title(title, &f->one, &own, &kind) ||
                 nq_str_eq(nq_buf_str(&own), f->asked->row.key);
    for (size_t i = 0; i < f->n && !known && !own.failed; i++)
        known = nq_topic_of_title(f->items[i].name, &f->one, &f->key, &kind) &&
                nq_str_eq(nq_buf_str(&own), nq_buf_str(&f->key));
    bool ok = !own.failed && !f->key.failed && (known || add(f, title, &match, raw));
    nq_buf_finish(&own);
    return ok;
}

static enum nq_status read_citations(struct finding *f)
{
    static const char sql[] = "SELECT f.title, p.text FROM reference AS f JOIN passage AS p"
                              " ON p.id = f.id WHERE f.id = ?1 AND f.title IS NOT NULL";
    const struct nq_topic_asked *a = f->asked;
    enum nq_status status = NQ_OK;
    for (size_t i = 0; i < a->named.n_first && status == NQ_OK; i++) {
        const struct nq_topic_naming *n = &a->named.first[i];
        struct nq_rows r = nq_rows(a->index->db, sql, NQ_WITH(nq_int(n->passage)), a->err);
        if (nq_rows_next(&r) && !take_title(f, nq_rows_str(&r, 0), n, nq_rows_str(&r, 1)))
            r.status = nq_fail_nomem(a->err);
        status = nq_rows_end(&r);
    }
    return status;
}

enum nq_status nq_topic_aliases(struct nq_topic_asked *a, struct nq_topic_page *page)
{
    struct finding f = {.asked = a};
    f.items = nq_arena_array(a->arena, a->n_forms + MOST_ALIASES, sizeof *f.items);
    enum nq_status status = f.items ? read_forms(&f, page->topic.name) : nq_fail_nomem(a->err);
    if (status == NQ_OK)
        status = read_texts(&f);
    if (status == NQ_OK && a->row.kind & (NQ_TOPIC_DOCUMENT | NQ_TOPIC_WORK))
        status = read_citations(&f);
    page->aliases = f.items;
    page->n_aliases = f.n;
    nq_buf_finish(&f.heading);
    nq_buf_finish(&f.text);
    nq_buf_finish(&f.key);
    nq_folded_finish(&f.one);
    nq_folded_finish(&f.other);
    return status;
}
