/* A section as it is compared. */
#include "check/side.h"

#include <stdlib.h>

#include "check/figures.h"
#include "text/organisation.h"
#include "text/title.h"
#include "text/utf8.h"
#include "time/marks.h"
#include "time/printed.h"

enum {
    LEADING = 80,        /* atoms: what a text begins with says what it is about */
    MOST_DOCUMENTS = 64, /* of one section */
    MOST_DAYS = 64,
    HEADING_COUNTS = 2, /* a term of the heading is as if it stood so often more in the text */
    NUMBERED = 60,      /* characters of the text in which names with numbers are looked for */
    SHORT_TITLE = 4,    /* characters: 条例, 规划 name no document by themselves */
};

/* The 》 that closes the 《 at `at`, or SIZE_MAX; 《》 within are part of the title. */
static size_t closing(struct nq_str text, size_t at)
{
    const struct nq_str open = NQ_STR("《"), close = NQ_STR("》");
    size_t depth = 0;
    for (size_t i = at; i + 3 <= text.len && i - at < 400;) {
        struct nq_str here = nq_str_sub(text, i, i + 3);
        if (nq_str_eq(here, open))
            depth++;
        if (nq_str_eq(here, close) && --depth == 0)
            return i;
        if (text.ptr[i] == '\n')
            return SIZE_MAX;
        i += nq_str_eq(here, open) || nq_str_eq(here, close) ? 3 : 1;
    }
    return SIZE_MAX;
}

static bool add_document(struct nq_side *side, struct nq_arena *arena, struct nq_str title,
                         bool leading, bool titles)
{
    struct nq_str key = nq_title_key_in(arena, title);
    if (!key.ptr)
        return false;
    for (size_t i = 0; i < side->n_documents; i++)
        if (nq_str_eq(side->documents[i].key, key))
            return true;
    if (nq_utf8_count(key) < SHORT_TITLE || side->n_documents == MOST_DOCUMENTS)
        return true;
    side->documents[side->n_documents++] = (struct nq_side_document){title, key, leading, titles};
    return true;
}

static bool find_documents(struct nq_side *side, struct nq_arena *arena, struct nq_str text,
                           size_t lead_bytes)
{
    const struct nq_str open = NQ_STR("《");
    size_t at = 0;
    while ((at = nq_str_find(text, open, at)) != SIZE_MAX) {
        size_t end = closing(text, at);
        if (end == SIZE_MAX) {
            at += open.len;
            continue;
        }
        if (!add_document(side, arena, nq_str_sub(text, at + open.len, end), at < lead_bytes,
                          text.ptr == side->heading.ptr))
            return false;
        at = end + 3;
    }
    return true;
}

static void add_day(struct nq_side *side, int32_t day)
{
    size_t k = 0;
    while (k < side->n_days && side->days[k] < day)
        k++;
    if (k < side->n_days && side->days[k] == day)
        return;
    memmove(side->days + k + 1, side->days + k, (side->n_days - k) * sizeof *side->days);
    side->days[k] = day;
    side->n_days++;
}

/* Full dates: where a number begins, the date that begins there. */
static void find_days(struct nq_side *side)
{
    size_t behind = 0; /* the last date */
    for (size_t i = 0; i < side->folded.n && side->n_days < MOST_DAYS; i++) {
        struct nq_printed_date date;
        bool digit = side->folded.cls[i] == NQ_CLASS_DIGIT && side->folded.start[i] >= behind;
        if (!digit || (i > 0 && side->folded.cls[i - 1] == NQ_CLASS_DIGIT))
            continue;
        struct nq_str rest = nq_str_sub(side->text, side->folded.start[i], side->text.len);
        size_t len = nq_printed_date(rest, side->day, false, &date);
        behind = side->folded.start[i] + len;
        if (len > 0 && date.first == date.last)
            add_day(side, date.first);
    }
}

/* Parts the label of a series, 【在希望的田野上】, from the heading behind it. */
static struct nq_str cut_label(struct nq_str heading, struct nq_str *label)
{
    const struct nq_str open = NQ_STR("【"), close = NQ_STR("】");
    size_t end = nq_str_starts(heading, open) ? nq_str_find(heading, close, 0) : SIZE_MAX;
    if (end == SIZE_MAX || end + close.len >= heading.len)
        return heading;
    *label = nq_str_sub(heading, open.len, end);
    return nq_str_sub(heading, end + close.len, heading.len);
}

/* The terms of what the text begins with: a copy of its header is enough to read less of it. */
static bool find_lead(struct nq_side *side, struct nq_check_terms *terms, struct nq_arena *arena,
                      size_t lead)
{
    struct nq_folded folded = side->folded;
    for (folded.n = 0; folded.n < side->folded.n && side->folded.start[folded.n] < lead;)
        folded.n++;
    return nq_check_terms_find(terms, arena, &folded, &side->lead_terms);
}

/* The series that the heading's label names is no document, though 《》 stand around it. */
static bool drop_label(struct nq_side *side, struct nq_arena *arena, struct nq_str label)
{
    struct nq_str key = nq_title_key_in(arena, label);
    size_t kept = 0;
    for (size_t i = 0; i < side->n_documents; i++)
        if (!nq_str_eq(side->documents[i].key, key))
            side->documents[kept++] = side->documents[i];
    side->n_documents = kept;
    return key.ptr != NULL;
}

static bool holds_any(struct nq_str text, const struct nq_str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (nq_str_find(text, words[i], 0) != SIZE_MAX)
            return true;
    return false;
}

/* What the heading says of its own kind. */
static void read_heading(struct nq_side *side)
{
    static const struct nq_str reactions[] = {
        NQ_STR_INIT("反响"), NQ_STR_INIT("反应"),    NQ_STR_INIT("评论员"), NQ_STR_INIT("评价"),
        NQ_STR_INIT("快评"), NQ_STR_INIT("点评"),    NQ_STR_INIT("热议"),   NQ_STR_INIT("解读"),
        NQ_STR_INIT("社论"), NQ_STR_INIT("学习贯彻")};
    static const struct nq_str plans[] = {
        NQ_STR_INIT("将"),   NQ_STR_INIT("期待"), NQ_STR_INIT("准备"), NQ_STR_INIT("筹备"),
        NQ_STR_INIT("邀请"), NQ_STR_INIT("在即"), NQ_STR_INIT("窗口"), NQ_STR_INIT("倒计时")};
    side->reacts = holds_any(side->heading, reactions, NQ_COUNT(reactions));
    side->expects = holds_any(side->heading, plans, NQ_COUNT(plans));
}

/* Takes a term out of the heading, so that no phrase runs through it. */
static void blank(struct nq_folded *heading, struct nq_str term)
{
    for (size_t i = 0; i < heading->n; i++) {
        size_t at = 0, k = i;
        for (uint32_t cp; at < term.len && k < heading->n; k++) {
            size_t n = nq_utf8_decode(nq_str_sub(term, at, term.len), &cp, NULL);
            if (heading->cp[k] != cp)
                break;
            at += n;
        }
        for (; at == term.len && i < k; i++)
            heading->cls[i] = NQ_CLASS_SPACE;
    }
}

/* Names with numbers, places, and what phrases of headings are looked for by. */
static void find_names(struct nq_side *side, struct nq_check_terms *terms)
{
    nq_numbered_find(&side->bare, side->bare.n, &side->numbered);
    nq_numbered_find(&side->folded, NUMBERED, &side->numbered);
    nq_pairs_add(&side->bare, &side->pairs);
    nq_pairs_add(&side->folded, &side->pairs);
    for (size_t i = 0; i < side->heading_terms.n; i++) {
        struct nq_check_term *term = &terms->items[side->heading_terms.items[i].term];
        term->form = nq_organisation_known(term->text) || nq_action_known(term->text);
        if (term->form)
            blank(&side->bare, term->text);
        nq_places_add(&side->places, term->text);
    }
}

bool nq_side_init(struct nq_side *side, struct nq_check_terms *terms, struct nq_arena *arena,
                  struct nq_str heading, struct nq_str text, int32_t day)
{
    struct nq_term_set body;
    struct nq_str label = {0}, bare = cut_label(heading, &label);
    *side = (struct nq_side){.heading = heading, .text = text, .day = day};
    side->documents = nq_arena_array(arena, MOST_DOCUMENTS, sizeof *side->documents);
    side->days = nq_arena_array(arena, MOST_DAYS + 1, sizeof *side->days);
    bool ok = side->documents && side->days && nq_fold_text(bare, &side->bare) &&
              nq_check_terms_find(terms, arena, &side->bare, &side->heading_terms) &&
              nq_fold_text(text, &side->folded) && nq_atoms_build(&side->folded, &side->atoms);
    if (!ok)
        return false;
    size_t lead = side->atoms.n > LEADING ? side->atoms.items[LEADING].start : text.len;
    if (!find_lead(side, terms, arena, lead) ||
        !nq_check_terms_find(terms, arena, &side->folded, &body) ||
        !nq_term_sets_join(arena, &body, &side->heading_terms, HEADING_COUNTS, &side->terms) ||
        !find_documents(side, arena, heading, heading.len) ||
        !find_documents(side, arena, text, lead) || !drop_label(side, arena, label))
        return false;
    find_days(side);
    find_names(side, terms);
    read_heading(side);
    return nq_figures_find(side, arena, &side->figures, &side->n_figures);
}

void nq_side_finish(struct nq_side *side)
{
    nq_folded_finish(&side->folded);
    nq_folded_finish(&side->bare);
    nq_atoms_finish(&side->atoms);
}
