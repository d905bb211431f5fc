/* Contents pages: found, remembered, dropped.
 *
 * An entry is a line that ends with a page number behind a tab, dots or spaces, or one that comes
 * back later as a heading.  The block begins at 目录 and ends at the first line that is no entry;
 * entries that a page break put elsewhere are known by their tab or dots.  The entries are kept:
 * they say which lines of the text are headings, and how a broken heading goes on. */
#include "ingest/names.h"
#include "ingest/number.h"
#include "ingest/page.h"
#include "ingest/scan.h"

enum { WIDEST_ENTRY = 140, LONGEST_NAME = 600 };

/* How sure it is that the number at a line's end is a page. */
enum leader { LEADER_NONE, LEADER_SPACE, LEADER_TAB, LEADER_DOTS };

struct entry {
    struct nq_str name; /* without the page */
    enum leader leader;
};

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

/* The bytes of a leader sign at the end of `s`. */
static size_t leader_sign(struct nq_str s, bool *space)
{
    static const char *const signs[] = {"…", "·", "．", "⋯", "　", "—", "–", "・"};
    *space = nq_str_ends(s, NQ_STR(" ")) || nq_str_ends(s, NQ_STR("　"));
    if (s.len > 0 && strchr(". \t_", s.ptr[s.len - 1]))
        return 1;
    for (size_t i = 0; i < NQ_COUNT(signs); i++)
        if (nq_str_ends(s, nq_str_from(signs[i])))
            return strlen(signs[i]);
    return 0;
}

/* `text` without the page at its end, 12, （12）, (12), 第12页, P12: its digits in `*digits`. */
static struct nq_str cut_page(struct nq_str text, size_t *digits)
{
    static const char *const forms[][2] = {{"", ""},  {"（", "）"}, {"(", ")"}, {"第", "页"},
                                           {"P", ""}, {"P.", ""},   {"/", ""}};
    struct nq_str best = text;
    *digits = 0;
    for (size_t i = 0; i < NQ_COUNT(forms); i++) {
        struct nq_str open = nq_str_from(forms[i][0]), close = nq_str_from(forms[i][1]);
        if (!nq_str_ends(text, close))
            continue;
        size_t end = text.len - close.len, n = 0;
        while (n < end && n < 4 && text.ptr[end - n - 1] >= '0' && text.ptr[end - n - 1] <= '9')
            n++;
        struct nq_str rest = nq_str_sub(text, 0, end - n);
        if (n == 0 || !nq_str_ends(rest, open))
            continue;
        *digits = n;
        best = nq_str_sub(rest, 0, rest.len - open.len);
    }
    return best;
}

static struct entry parse_entry(struct nq_str text)
{
    struct entry none = {text, LEADER_NONE};
    size_t digits;
    struct nq_str rest = cut_page(text, &digits);
    size_t n, signs = 0;
    bool space, only_space = true, dots = false;
    while (digits > 0 && (n = leader_sign(rest, &space)) > 0) {
        dots |= !space && rest.ptr[rest.len - 1] != '\t';
        only_space &= space;
        rest.len -= n;
        signs++;
    }
    if (signs == 0 || rest.len == 0)
        return none;
    bool tab = !only_space || signs >= 3;
    return (struct entry){rest, dots && signs >= 2 ? LEADER_DOTS : tab ? LEADER_TAB : LEADER_SPACE};
}

static bool can_be_entry(const struct nq_line *line)
{
    return line->width <= WIDEST_ENTRY && line->text.len < LONGEST_NAME;
}

static size_t slot_of(const struct nq_line_set *set, uint64_t hash)
{
    size_t i = (size_t)(hash ^ hash >> 32) & set->mask;
    while (set->slots[i] && set->slots[i] != hash)
        i = (i + 1) & set->mask;
    return i;
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
        c->last[slot_of(&c->again, hash)] = (uint32_t)i;
    }
    return true;
}

/* Whether `name` stands as a line behind line i. */
static bool recurs(const struct contents *c, struct nq_str name, size_t i)
{
    uint64_t hash = key_of(name);
    return nq_line_set_has(&c->again, hash) && c->last[slot_of(&c->again, hash)] > i;
}

/* 图表 1：…, 表2 …: what a list of figures names is no heading. */
static bool is_caption(struct nq_str name)
{
    static const char *const words[] = {"图表", "图", "表"};
    for (size_t i = 0; i < NQ_COUNT(words); i++) {
        size_t n = strlen(words[i]);
        struct nq_str rest = nq_str_starts(name, nq_str_from(words[i]))
                                 ? nq_str_trim(nq_str_sub(name, n, name.len))
                                 : (struct nq_str){0};
        if (rest.len > 0 && rest.ptr[0] >= '0' && rest.ptr[0] <= '9')
            return true;
    }
    return false;
}

/* Remembers an entry, with the line that it began on. */
static void add_entry(struct contents *c, struct nq_str name)
{
    if (c->pending_len > 0 && c->pending_len + name.len <= sizeof c->pending) {
        memcpy(c->pending + c->pending_len, name.ptr, name.len);
        name = (struct nq_str){c->pending, c->pending_len + name.len};
    }
    c->pending_len = 0;
    if (!is_caption(name))
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
    return (glued || below || parse_entry(next->text).leader != LEADER_NONE) &&
           !nq_number_parse(next->text, &number) && !next->bullet &&
           nq_role_of(parse_entry(next->text).name) == NQ_ROLE_NONE;
}

/* Whether line i, which follows 目录 and its entries, is another of them; takes it if so. */
static bool take_entry(struct contents *c, size_t i)
{
    const struct nq_line *line = &c->lines->items[i];
    struct nq_number number;
    if (!can_be_entry(line))
        return false;
    struct entry entry = parse_entry(line->text);
    if (entry.leader != LEADER_NONE) {
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

/* Drops the block below the 目录 of line i and returns the line behind it. */
static size_t drop_block(struct contents *c, size_t i)
{
    c->lines->items[i].dropped = true;
    for (i++; i < c->lines->n; i++) {
        struct nq_line *line = &c->lines->items[i];
        if (line->dropped || nq_role_of(line->text) == NQ_ROLE_CONTENTS ||
            nq_is_page_number(line->text, true)) {
            line->dropped = true;
            continue;
        }
        if (!take_entry(c, i))
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
    struct entry entry = parse_entry(line->text);
    if (entry.leader == LEADER_NONE)
        return false;
    enum { NARROWEST = 4, NARROWEST_SPACED = 10 };
    size_t width = nq_scan_width(entry.name);
    if (width >= (entry.leader == LEADER_SPACE ? NARROWEST_SPACED : NARROWEST) &&
        (recurs(c, entry.name, i) || nq_page_is_entry(c->headings, entry.name)))
        return true;
    bool beside = after_entry ||
                  (next && can_be_entry(next) && parse_entry(next->text).leader == LEADER_DOTS);
    if (nq_role_of(entry.name) != NQ_ROLE_NONE)
        return entry.leader >= LEADER_TAB;
    return entry.leader == LEADER_DOTS && beside && width >= NARROWEST;
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
        if (!line->dropped && nq_role_of(line->text) == NQ_ROLE_CONTENTS)
            i = drop_block(c, i);
        else
            i++;
    }
    bool after = false;
    for (size_t i = 0; i < lines->n; i++) {
        struct nq_line *line = &lines->items[i];
        if (!line->dropped && is_stray_entry(c, i, after)) {
            nq_line_set_add(headings, key_of(parse_entry(line->text).name));
            line->dropped = after = true;
        } else if (!line->dropped) {
            line->cut |= after;
            after = false;
        }
    }
    return true;
}
