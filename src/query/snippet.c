/* Snippets. */
#include "query/snippet.h"

static const struct nq_str ellipsis = NQ_STR_INIT("…");

enum {
    BEFORE = 24, /* atoms of context wanted before the first match where no sentence begins */
    SENTENCE_BEFORE = 60, /* how far back a sentence's beginning is looked for */
};

/* What is marked: for each atom the weight of the match that covers it, 0: none, and whether what
 * stands between it and the next belongs to that. */
struct marks {
    const struct nq_view *view;
    float *weight;
    bool *joined;
};

static void mark_atom(struct marks *m, size_t i)
{
    int32_t number = m->view->scan->at[i];
    float weight = (number >= 0 ? (float)m->view->pattern->idf[number] : 0) + 0.1f;
    if (m->weight[i] < weight)
        m->weight[i] = weight;
}

static void mark_needle(void *user, const struct nq_needle *needle, size_t first, size_t last)
{
    struct marks *m = user;
    for (size_t i = first; i < last; i++) {
        mark_atom(m, i);
        m->joined[i] |= needle->term->exact && i + 1 < last;
    }
}

/* Whether every term that may stand in the text does. */
static bool mark_terms(struct marks *m)
{
    struct nq_needles *needles = m->view->needles;
    bool all = true;
    for (size_t i = 0; i < needles->n; i++) {
        const struct nq_needle *needle = &needles->items[i];
        if (needle->clause->negated || (needle->term->field == NQ_FIELD_TITLE && !m->view->heading))
            continue;
        all &= nq_needle_find(needles, needle, m->view->reading, mark_needle, m);
    }
    return all;
}

static size_t mark_units(struct marks *m, const struct nq_units *units)
{
    const struct nq_pattern *p = m->view->pattern;
    const struct nq_scan *scan = m->view->scan;
    size_t found = 0;
    for (size_t i = 0; i < scan->n; i++) {
        if (scan->at[i] < 0)
            continue;
        for (int32_t u = units->by_atom[scan->at[i]]; u >= 0; u = units->items[u].next) {
            const struct nq_unit *unit = &units->items[u];
            if (!nq_unit_at(p, unit, scan, i))
                continue;
            found++;
            for (uint32_t k = 0; k < unit->n; k++)
                mark_atom(m, i + k);
        }
    }
    return found;
}

static void mark(struct marks *m)
{
    if (mark_terms(m) || m->view->strict)
        return;
    if (mark_units(m, &m->view->pattern->words) == 0)
        mark_units(m, &m->view->pattern->bigrams);
}

/* The first atom of the window in which distinct matched atoms weigh most. */
static size_t densest(const struct nq_pattern *p, const struct nq_scan *scan, const float *weight)
{
    /* The last for all atoms that the pattern has not: inflected forms. */
    uint16_t counts[NQ_PATTERN_ATOMS + 1] = {0};
    double sum = 0, best = -1;
    size_t start = 0, width = NQ_SNIPPET_ATOMS - BEFORE;
    for (size_t i = 0; i < scan->n; i++) {
        int32_t in = scan->at[i], out = i >= width ? scan->at[i - width] : -1;
        if (i >= width && weight[i - width] > 0 && --counts[out < 0 ? NQ_PATTERN_ATOMS : out] == 0)
            sum -= (out < 0 ? 0 : p->idf[out]) + 1;
        if (weight[i] > 0 && counts[in < 0 ? NQ_PATTERN_ATOMS : in]++ == 0)
            sum += (in < 0 ? 0 : p->idf[in]) + 1;
        if (sum > best + 1e-9) {
            best = sum;
            start = i >= width ? i - width + 1 : 0;
        }
    }
    while (start < scan->n && weight[start] == 0)
        start++;
    return start < scan->n ? start : 0;
}

static bool ends_sentence(struct nq_str text, size_t end)
{
    static const struct nq_str stops[] = {NQ_STR_INIT("。"), NQ_STR_INIT("！"), NQ_STR_INIT("？"),
                                          NQ_STR_INIT("；"), NQ_STR_INIT("!"),  NQ_STR_INIT("?")};
    struct nq_str rest = nq_str_sub(text, end, text.len);
    for (size_t i = 0; i < NQ_COUNT(stops); i++)
        if (nq_str_starts(rest, stops[i]))
            return true;
    return false;
}

/* Whether a sentence begins at atom `i`: one ends behind the atom before. */
static bool begins_sentence(const struct nq_scan *scan, struct nq_str text, size_t i)
{
    if (i == 0)
        return true;
    const struct nq_atom *before = &scan->atoms->items[i - 1];
    for (size_t at = before->end; at < scan->atoms->items[i].start; at++)
        if (ends_sentence(text, at))
            return true;
    return false;
}

/* Where the sentence begins that begins at atom `i`: at the brackets and quotation marks before it,
 * which are no end of the sentence before. */
static size_t sentence_start(const struct nq_scan *scan, struct nq_str text, size_t i)
{
    static const struct nq_str opening[] = {NQ_STR_INIT("“"),  NQ_STR_INIT("‘"),  NQ_STR_INIT("《"),
                                            NQ_STR_INIT("〈"), NQ_STR_INIT("「"), NQ_STR_INIT("『"),
                                            NQ_STR_INIT("（"), NQ_STR_INIT("【"), NQ_STR_INIT("〔"),
                                            NQ_STR_INIT("("),  NQ_STR_INIT("[")};
    size_t after = i > 0 ? scan->atoms->items[i - 1].end : 0;
    struct nq_str gap = nq_str_sub(text, after, scan->atoms->items[i].start);
    for (size_t k = 0; k < NQ_COUNT(opening);) {
        bool opens = nq_str_ends(gap, opening[k]);
        gap.len -= opens ? opening[k].len : 0;
        k = opens ? 0 : k + 1;
    }
    return after + gap.len;
}

/* The atoms [*first, *last) to show. */
static void choose(const struct nq_pattern *p, const struct nq_scan *scan, const float *weight,
                   struct nq_str text, size_t *first, size_t *last)
{
    *first = 0;
    *last = scan->n;
    if (scan->n <= NQ_SNIPPET_ATOMS)
        return;
    size_t match = densest(p, scan, weight);
    size_t nearest = match > SENTENCE_BEFORE ? match - SENTENCE_BEFORE : 0;
    *first = match;
    while (*first > nearest && !begins_sentence(scan, text, *first))
        --*first;
    if (!begins_sentence(scan, text, *first))
        *first = match > BEFORE ? match - BEFORE : 0;
    *last = *first + NQ_SNIPPET_ATOMS;
    if (*last >= scan->n) {
        *last = scan->n;
        return;
    }
    for (size_t end = *last; end > *first + NQ_SNIPPET_ATOMS / 2; end--) {
        if (begins_sentence(scan, text, end)) {
            *last = end;
            break;
        }
        if (weight[end - 1] > 0)
            break;
    }
}

struct list {
    struct nq_arena *arena;
    struct nq_fragment *items;
    size_t n;
};

static void add(struct list *list, struct nq_str text, bool match)
{
    if (text.len == 0)
        return;
    struct nq_fragment *grown =
        nq_arena_grow(list->arena, list->items, list->n, sizeof *list->items);
    if (!grown)
        return;
    list->items = grown;
    list->items[list->n++] = (struct nq_fragment){text, match};
}

/* Whether only white space stands between two atoms. */
static bool touches(const struct nq_scan *scan, size_t i)
{
    const struct nq_atom *atom = &scan->atoms->items[i];
    return atom->join == NQ_JOIN_NEXT;
}

static void add_fragments(struct list *list, const struct marks *m, size_t first, size_t last,
                          size_t end)
{
    const struct nq_scan *scan = m->view->scan;
    const float *weight = m->weight;
    struct nq_str text = m->view->text;
    const struct nq_atom *atoms = scan->atoms->items;
    size_t at = first == 0                           ? 0
                : begins_sentence(scan, text, first) ? sentence_start(scan, text, first)
                                                     : atoms[first].start;
    for (size_t i = first; i < last; i++) {
        if (weight[i] == 0)
            continue;
        size_t stop = i;
        while (stop + 1 < last && weight[stop + 1] > 0 && (m->joined[stop] || touches(scan, stop)))
            stop++;
        if (atoms[i].start >= at) {
            add(list, nq_str_sub(text, at, atoms[i].start), false);
            add(list, nq_str_sub(text, atoms[i].start, atoms[stop].end), true);
            at = atoms[stop].end;
        }
        i = stop;
    }
    add(list, nq_str_sub(text, at, end), false);
}

bool nq_snippet(struct nq_arena *arena, const struct nq_view *view, const struct nq_fragment **out,
                size_t *n)
{
    const struct nq_scan *scan = view->scan;
    struct nq_str text = view->text;
    struct list list = {.arena = arena};
    struct marks m = {.view = view,
                      .weight = nq_arena_array(arena, scan->n + 1, sizeof *m.weight),
                      .joined = nq_arena_array(arena, scan->n + 1, sizeof *m.joined)};
    if (!m.weight || !m.joined)
        return false;
    mark(&m);
    size_t first = 0, last = scan->n;
    if (!view->heading)
        choose(view->pattern, scan, m.weight, text, &first, &last);
    /* What closes the last sentence stands between its last atom and the next one. */
    size_t end = text.len;
    if (last < scan->n)
        end = begins_sentence(scan, text, last) ? sentence_start(scan, text, last)
                                                : scan->atoms->items[last - 1].end;
    while (end > 0 && text.ptr[end - 1] == ' ')
        end--;
    if (!begins_sentence(scan, text, first < scan->n ? first : 0))
        add(&list, ellipsis, false);
    add_fragments(&list, &m, first, last, end);
    if (last < scan->n && !begins_sentence(scan, text, last))
        add(&list, ellipsis, false);
    *out = list.items;
    *n = list.n;
    return !nq_arena_failed(arena) && !view->needles->stem.failed;
}
