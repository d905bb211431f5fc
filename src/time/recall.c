/* What the passages of a section were about so far. */
#include "time/recall.h"

enum {
    SHORT = 24,        /* bytes of a name that may stand for a longer title */
    BETWEEN_LEAST = 2, /* characters between a title and its short name: 下称, ... */
    BETWEEN_MOST = 8,  /* ... （以下简称 */
    PAIRS_MOST = 4096, /* bytes; what comes later is not noted */
};

void nq_recall_clear(struct nq_recall *r)
{
    r->document.len = r->actor.len = r->aliases.len = r->issuers.len = 0;
}

void nq_recall_finish(struct nq_recall *r)
{
    nq_buf_finish(&r->document);
    nq_buf_finish(&r->actor);
    nq_buf_finish(&r->aliases);
    nq_buf_finish(&r->issuers);
}

/* The title between the marks of `m`. */
static struct nq_str title_of(struct nq_str bytes, const struct nq_folded *text,
                              const struct mark *m)
{
    return nq_str_sub(bytes, text->start[m->start + 1], text->end[m->end - 2]);
}

static void add_pair(struct nq_buf *pairs, struct nq_str name, struct nq_str value)
{
    nq_buf_add(pairs, name);
    nq_buf_add_byte(pairs, '\n');
    nq_buf_add(pairs, value);
    nq_buf_add_byte(pairs, '\n');
}

/* The last value of `name`. */
static struct nq_str find_pair(const struct nq_buf *pairs, struct nq_str name)
{
    struct nq_str rest = nq_buf_str(pairs), key, value, found = {0};
    while (nq_str_line(&rest, &key) && nq_str_line(&rest, &value))
        if (nq_str_eq(key, name))
            found = value;
    return found;
}

bool nq_recall_read(struct nq_recall *r, struct nq_str bytes, const struct nq_folded *text,
                    const struct marks *marks)
{
    for (size_t i = 0; i + 1 < marks->n && r->aliases.len < PAIRS_MOST; i++) {
        const struct mark *m = &marks->items[i], *next = m + 1;
        if (m->kind != MARK_TITLE || next->kind != MARK_TITLE || m->end - m->start < 3 ||
            next->start < m->end + BETWEEN_LEAST || next->start > m->end + BETWEEN_MOST)
            continue;
        struct nq_str between = nq_str_sub(bytes, text->start[m->end], text->start[next->start]);
        if (!nq_str_ends(between, NQ_STR("简称")) && !nq_str_ends(between, NQ_STR("下称")))
            continue;
        add_pair(&r->aliases, title_of(bytes, text, next), title_of(bytes, text, m));
    }
    return !r->aliases.failed;
}

struct nq_str nq_recall_title(const struct nq_recall *r, struct nq_arena *arena,
                              struct nq_str title)
{
    struct nq_str found = find_pair(&r->aliases, title);
    struct nq_str known = nq_buf_str(&r->document);
    if (!found.ptr && title.len <= SHORT && known.len > title.len &&
        nq_str_find(known, title, 0) != SIZE_MAX)
        found = known;
    return found.ptr ? nq_arena_str(arena, found) : title;
}

bool nq_recall_issued(struct nq_recall *r, struct nq_str document, struct nq_str actor)
{
    if (actor.len > 0 && r->issuers.len < PAIRS_MOST)
        add_pair(&r->issuers, document, actor);
    return !r->issuers.failed;
}

struct nq_str nq_recall_issuer(const struct nq_recall *r, struct nq_arena *arena,
                               struct nq_str document)
{
    struct nq_str found = find_pair(&r->issuers, document);
    return found.ptr ? nq_arena_str(arena, found) : found;
}

bool nq_recall_keep(struct nq_buf *buf, struct nq_str s)
{
    if (buf->ptr == s.ptr)
        return true;
    buf->len = 0;
    nq_buf_add(buf, s);
    return !buf->failed;
}
