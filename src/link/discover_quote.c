/* Dates and quotes of what is proposed. */
#include "link/discover_run.h"

enum { QUOTE_CHARS = 40 };

static bool ends_quote(const struct nq_folded *f, size_t i)
{
    return f->cls[i] == NQ_CLASS_BREAK && f->cp[i] != ',' && f->cp[i] != 0x3001;
}

/* The sentence around folded characters [first, last), with … where it is cut; absent without
 * memory. */
static struct nq_str quote_around(const struct nq_discover *d, size_t first, size_t last)
{
    const struct nq_folded *f = &d->folded;
    struct nq_buf text = {0};
    struct nq_str quoted = {0};
    size_t from = first, to = last;
    while (from > 0 && first - from < QUOTE_CHARS && !ends_quote(f, from - 1))
        from--;
    while (to < f->n && to - last < QUOTE_CHARS && !ends_quote(f, to))
        to++;
    if (from > 0 && !ends_quote(f, from - 1))
        nq_buf_add(&text, NQ_STR("…"));
    nq_buf_add(&text, nq_str_trim(nq_str_sub(d->text, f->start[from], f->end[to - 1])));
    if (to < f->n && !ends_quote(f, to))
        nq_buf_add(&text, NQ_STR("…"));
    if (!text.failed)
        quoted = nq_arena_str(d->arena, nq_buf_str(&text));
    nq_buf_finish(&text);
    return quoted;
}

static void quote(struct nq_discover *d, struct nq_discover_chosen *c, size_t first, size_t last)
{
    struct nq_proposal *p = &c->proposal;
    size_t at = p->n_quotes;
    bool earlier = d->day != NQ_NO_DAY && (p->first_day == NQ_NO_DAY || d->day < p->first_day);
    for (size_t i = 0; i < p->n_quotes; i++)
        if (c->reports[i] == d->report)
            return;
    if (earlier)
        p->first_day = d->day;
    if (at == NQ_QUOTES && !earlier)
        return;
    if (at == NQ_QUOTES)
        at = NQ_QUOTES - 1;
    else
        p->n_quotes++;
    struct nq_quote q = {d->passage, d->day,
                         quote_around(d, d->pieces[first].first, d->pieces[last - 1].last)};
    d->failed |= !q.text.ptr;
    for (; earlier && at > 0; at--) {
        p->quotes[at] = p->quotes[at - 1];
        c->reports[at] = c->reports[at - 1];
    }
    p->quotes[at] = q;
    c->reports[at] = d->report;
}

static void quote_one(struct nq_discover *d, size_t first, size_t last, uint64_t key)
{
    const struct nq_entry *place = nq_entries_find(&d->places, key);
    if (!place)
        return;
    struct nq_discover_chosen *c = &d->chosen[place->count - 1];
    if (c->last_passage == d->passage)
        return;
    c->last_passage = d->passage;
    c->proposal.passages++;
    quote(d, c, first, last);
}

bool nq_discover_quote(struct nq_discover *d, struct nq_str text, int64_t passage, int64_t report,
                       int32_t day)
{
    if (!nq_discover_read(d, text))
        return false;
    d->passage = passage;
    d->report = report;
    d->day = day;
    nq_discover_sequences(d, quote_one);
    return !d->failed;
}
