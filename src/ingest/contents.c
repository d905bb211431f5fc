/* Contents pages: found, remembered, dropped.
 *
 * An entry is a line that ends with a page number behind a tab, dots or spaces, or one that comes
 * back later as a heading.  The block begins at 目录 and ends at the first line that is no entry;
 * entries that a page break put elsewhere are known by their tab or dots.  The entries are kept:
 * they say which lines of the text are headings, and how a broken heading goes on. */
#include "ingest/contents_entry.h"
#include "ingest/names.h"
#include "ingest/number.h"
#include "ingest/page.h"
#include "ingest/scan.h"

enum { WIDEST_ENTRY = 140, LONGEST_NAME = 600 };

struct contents {
    struct nq_lines *lines;
    struct nq_line_set *headings;
    struct nq_line_set again;
    uint32_t *last;             /* beside again's slots: where a line stands for the last time */
    char pending[LONGEST_NAME]; /* the beginning of an entry that goes on in the next line */
    size_t pending_len;
};

static struct nq_str without_number(struct nq_str text)
{
    struct nq_number number;
    return nq_number_parse(text, &number) ? nq_str_sub(text, number.len, text.len) : text;
}

static uint64_t key_of(struct nq_str text)
{
    return nq_scan_hash(without_number(text), false);
}

bool nq_page_is_entry(const struct nq_line_set *headings, struct nq_str text)
{
    return headings->n > 0 && text.len <= LONGEST_NAME && nq_line_set_has(headings, key_of(text));
}

static bool can_be_entry(const struct nq_line *line)
{
    return line->width <= WIDEST_ENTRY && line->text.len < LONGEST_NAME;
}

/* Remembers where each short line stands for the last time. */
static bool remember(struct nq_arena *arena, struct contents *c)
{
    if (!nq_line_set_init(arena, &c->again, c->lines->n) ||
        !(c->last = nq_arena_array(arena, c->again.mask + 1, sizeof *c->last)))
        return false;
    for (size_t i = 0; i < c->lines->n && i < UINT32_MAX; i++) {
        const struct nq_line *line = &c->lines->items[i];
        if (line->dropped || !can_be_entry(line))
            continue;
        uint64_t hash = key_of(line->text);
        nq_line_set_add(&c->again, hash);
        c->last[nq_line_set_slot(&c->again, hash)] = (uint32_t)i;
    }
    return true;
}

/* Whether `name` stands as a line behind line i. */
static bool recurs(const struct contents *c, struct nq_str name, size_t i)
{
    uint64_t hash = key_of(name);
    return nq_line_set_has(&c->again, hash) && c->last[nq_line_set_slot(&c->again, hash)] > i;
}

/* Remembers an entry, with the line that it began on. */
static void add_entry(struct contents *c, struct nq_str name)
{
    if (c->pending_len > 0 && c->pending_len + name.len <= sizeof c->pending) {
        memcpy(c->pending + c->pending_len, name.ptr, name.len);
        name = (struct nq_str){c->pending, c->pending_len + name.len};
    }
    c->pending_len = 0;
    if (!nq_entry_is_caption(name))
        nq_line_set_add(c->headings, key_of(name));
}

static const struct nq_line *next_line(const struct contents *c, size_t i)
{
    for (i++; i < c->lines->n; i++)
        if (!c->lines->items[i].dropped)
            return &c->lines->items[i];
    return NULL;
}

/* `text` without the page that stands right behind it, its tab lost: 任务2. */
static struct nq_str without_page(struct nq_str text)
{
    size_t end = text.len;
    while (end > 0 && text.ptr[end - 1] >= '0' && text.ptr[end - 1] <= '9')
        end--;
    return nq_str_sub(text, 0, end);
}

/* Whether an entry begins on line i and ends, with its page, on the next. */
static bool is_broken_entry(const struct contents *c, size_t i)
{
    const struct nq_line *line = &c->lines->items[i], *next = next_line(c, i);
    struct nq_number number;
    if (c->pending_len > 0 || !next || !can_be_entry(next) || nq_scan_ended(line->text))
        return false;
    struct nq_str tail = without_page(next->text);
    bool glued = tail.len > 0 && tail.len < next->text.len && recurs(c, tail, i + 1);
    const struct nq_line *end = c->lines->items + c->lines->n;
    bool below = next + 1 < end && nq_is_page_number(next[1].text, true);
    return (glued || below || nq_entry_parse(next->text).leader != NQ_LEADER_NONE) &&
           !nq_number_parse(next->text, &number) && !next->bullet &&
           nq_role_of(nq_entry_parse(next->text).name) == NQ_ROLE_NONE;
}

/* Whether line i, which follows 目录 and its entries, is another of them; takes it if so. */
static bool take_entry(struct contents *c, size_t i)
{
    const struct nq_line *line = &c->lines->items[i];
    struct nq_number number;
    if (!can_be_entry(line))
        return false;
    struct nq_entry entry = nq_entry_parse(line->text);
    if (entry.leader != NQ_LEADER_NONE) {
        add_entry(c, entry.name);
        return true;
    }
    struct nq_str name = without_page(line->text);
    if (name.len > 0 && name.len < line->text.len && recurs(c, name, i)) {
        add_entry(c, name);
        return true;
    }
    if (nq_line_set_has(c->headings, key_of(line->text)) || nq_scan_ended(line->text))
        return false;
    if ((nq_number_parse(line->text, &number) || line->bullet) && is_broken_entry(c, i)) {
        memcpy(c->pending, line->text.ptr, line->text.len);
        c->pending_len = line->text.len;
        return true;
    }
    /* The page of an entry that fills its line stands below it. */
    bool paged = i + 1 < c->lines->n && nq_is_page_number(line[1].text, true);
    paged = paged && (c->pending_len > 0 || nq_number_parse(line->text, &number));
    if (paged || recurs(c, line->text, i)) {
        add_entry(c, line->text);
        return true;
    }
    return false;
}

/* Whether line i is the rest of the entry that ends with its page above it, as in the cell of a
 * table: a short line between the entry with `number` and the next one. */
static bool is_tail(const struct contents *c, size_t i, const struct nq_number *number)
{
    const struct nq_line *line = &c->lines->items[i], *next = next_line(c, i);
    struct nq_number own, behind;
    if (number->style == NQ_NUMBERING_NONE || c->pending_len > 0 || !next || !can_be_entry(next) ||
        line->bullet || nq_scan_ended(line->text) || nq_number_parse(line->text, &own) ||
        nq_role_of(line->text) != NQ_ROLE_NONE)
        return false;
    struct nq_entry entry = nq_entry_parse(next->text);
    bool counts = nq_number_parse(next->text, &behind) && behind.style == number->style &&
                  behind.value == number->value + 1;
    return entry.leader != NQ_LEADER_NONE && (counts || nq_role_of(entry.name) != NQ_ROLE_NONE);
}

/* Drops the block below the 目录 of line i and returns the line behind it. */
static size_t drop_block(struct contents *c, size_t i)
{
    struct nq_number number = {0};
    c->lines->items[i].dropped = true;
    for (i++; i < c->lines->n; i++) {
        struct nq_line *line = &c->lines->items[i];
        if (line->dropped || nq_role_of(line->text) == NQ_ROLE_CONTENTS ||
            nq_is_page_number(line->text, true)) {
            line->dropped = true;
            continue;
        }
        if (is_tail(c, i, &number))
            number = (struct nq_number){0};
        else if (take_entry(c, i))
            nq_number_parse(line->text, &number);
        else
            break;
        line->dropped = true;
    }
    c->pending_len = 0;
    if (i < c->lines->n)
        c->lines->items[i].cut = true;
    return i;
}

/* Whether line i, away from any 目录, is an entry: it comes back, or has dots and stands beside
 * another.  (Rows of a table have tabs before their numbers too.) */
static bool is_stray_entry(const struct contents *c, size_t i, bool after_entry)
{
    const struct nq_line *line = &c->lines->items[i], *next = next_line(c, i);
    if (!can_be_entry(line) || line->level)
        return false;
    struct nq_entry entry = nq_entry_parse(line->text);
    if (entry.leader == NQ_LEADER_NONE)
        return false;
    enum { NARROWEST = 4, NARROWEST_SPACED = 10 };
    size_t width = nq_scan_width(entry.name);
    if (width >= (entry.leader == NQ_LEADER_SPACE ? NARROWEST_SPACED : NARROWEST) &&
        (recurs(c, entry.name, i) || nq_page_is_entry(c->headings, entry.name)))
        return true;
    bool beside = after_entry || (next && can_be_entry(next) &&
                                  nq_entry_parse(next->text).leader == NQ_LEADER_DOTS);
    if (nq_role_of(entry.name) != NQ_ROLE_NONE)
        return entry.leader >= NQ_LEADER_TAB;
    return entry.leader == NQ_LEADER_DOTS && beside && width >= NARROWEST;
}

/* 目录; or 本期看点 above an entry with its page. */
static bool is_contents_head(const struct contents *c, size_t i)
{
    enum nq_role role = nq_role_of(c->lines->items[i].text);
    const struct nq_line *next = role == NQ_ROLE_POINTS ? next_line(c, i) : NULL;
    if (!next || !can_be_entry(next))
        return role == NQ_ROLE_CONTENTS;
    struct nq_entry entry = nq_entry_parse(next->text);
    return entry.leader != NQ_LEADER_NONE && recurs(c, entry.name, i + 1);
}

bool nq_page_drop_contents(struct nq_arena *arena, struct nq_lines *lines,
                           struct nq_line_set *headings)
{
    struct contents *c = nq_arena_alloc(arena, sizeof *c);
    if (!c)
        return false;
    c->lines = lines;
    c->headings = headings;
    if (!nq_line_set_init(arena, headings, lines->n) || !remember(arena, c))
        return false;
    for (size_t i = 0; i < lines->n;) {
        struct nq_line *line = &lines->items[i];
        if (!line->dropped && is_contents_head(c, i))
            i = drop_block(c, i);
        else
            i++;
    }
    bool after = false;
    for (size_t i = 0; i < lines->n; i++) {
        struct nq_line *line = &lines->items[i];
        if (!line->dropped && is_stray_entry(c, i, after)) {
            nq_line_set_add(headings, key_of(nq_entry_parse(line->text).name));
            line->dropped = after = true;
        } else if (!line->dropped) {
            line->cut |= after;
            after = false;
        }
    }
    return true;
}
