/* Matching what is typed with names, along the table that dicts/readings_header.py makes. */
#include "text/pinyin.h"

#include "readings.h"
#include "text/fold.h"
#include "text/utf8.h"

enum {
    MOST_READINGS = 8,
    MOST_STEPS = 4000, /* of one match: no name of any use takes more */
    LONGEST_WORD = 8,  /* of the table, in characters */
    N_WORDS = NQ_COUNT(pinyin_word) - 1,
};

/* ---- what is typed */

/* ü however it is typed, before folding makes it u. */
static bool is_umlaut(uint32_t cp)
{
    return cp == 0xFC || cp == 0xDC || (cp >= 0x1D5 && cp <= 0x1DC);
}

static bool is_letter(uint32_t cp)
{
    return cp >= 'a' && cp <= 'z';
}

/* Whether a printed character is part of a name, not of what stands around and between. */
static bool is_part(uint32_t cp)
{
    enum nq_class cls = nq_class_of(cp);
    return cls == NQ_CLASS_HAN || cls == NQ_CLASS_LETTER || cls == NQ_CLASS_DIGIT ||
           (cls == NQ_CLASS_SYMBOL && cp != '\'' && cp != '`');
}

static bool add_unit(struct nq_typed *typed, uint32_t cp, bool stays)
{
    if (!stays && (typed->n == 0 || typed->cp[typed->n - 1] == NQ_TYPED_END))
        return true;
    if (typed->n == NQ_TYPED_MAX)
        return false;
    typed->letters |= is_letter(cp);
    typed->cp[typed->n++] = stays ? cp : NQ_TYPED_END;
    return true;
}

bool nq_typed_read(struct nq_str text, struct nq_typed *out)
{
    bool fits = true;
    out->n = 0;
    out->letters = false;
    for (size_t at = 0; at < text.len && fits;) {
        uint32_t cp, folded[NQ_FOLD_MAX];
        at += nq_utf8_decode(nq_str_sub(text, at, text.len), &cp, NULL);
        bool colon = at < text.len && text.ptr[at] == ':' && (cp == 'u' || cp == 'U');
        size_t n = nq_class_of(cp) == NQ_CLASS_IGNORE ? 0 : nq_fold(cp, folded);
        if (is_umlaut(cp) || colon)
            folded[0] = 'v';
        at += colon;
        for (size_t i = 0; i < n && fits; i++)
            fits = add_unit(out, folded[i], is_part(cp) && is_part(folded[i]));
    }
    if (out->n > 0 && out->cp[out->n - 1] == NQ_TYPED_END)
        out->n--;
    return fits && out->n > 0;
}

/* ---- readings */

struct nq_codes nq_pinyin_readings(uint32_t cp)
{
    if (cp < PINYIN_FIRST || cp > PINYIN_LAST)
        return (struct nq_codes){0};
    size_t at = cp - PINYIN_FIRST;
    return (struct nq_codes){pinyin_readings + pinyin_start[at],
                             (size_t)pinyin_start[at + 1] - pinyin_start[at]};
}

struct nq_codes nq_pinyin_members(uint16_t syllable)
{
    return (struct nq_codes){pinyin_members + pinyin_member[syllable],
                             (size_t)pinyin_member[syllable + 1] - pinyin_member[syllable]};
}

char nq_pinyin_letter(uint16_t syllable)
{
    return pinyin_syllables[syllable][0];
}

/* Whether letter `i` of a reading is typed so: v stands for any ü, also where u is written. */
static bool same_letter(const char *reading, size_t i, uint32_t typed)
{
    if ((unsigned char)reading[i] == typed)
        return true;
    if (typed != 'v' || reading[i] != 'u')
        return false;
    return strchr("jqxy", reading[0]) || strcmp(reading + 1, "ue") == 0;
}

size_t nq_pinyin_syllables(const struct nq_typed *typed, size_t at,
                           struct nq_syllable out[NQ_SYLLABLES_MAX])
{
    size_t n = 0, left = typed->n - at;
    for (size_t s = 0; s < NQ_COUNT(pinyin_syllables) && n < NQ_SYLLABLES_MAX; s++) {
        const char *syllable = pinyin_syllables[s];
        size_t same = 0;
        while (same < left && syllable[same] && same_letter(syllable, same, typed->cp[at + same]))
            same++;
        if (same > 0 && !syllable[same])
            out[n++] = (struct nq_syllable){(uint16_t)s, at + same};
    }
    return n;
}

/* ---- words of the table */

/* How word `w` compares with the characters at `cp`; one that they go on from is equal. */
static int compare_word(size_t w, const uint32_t *cp, size_t n)
{
    const uint16_t *word = pinyin_characters + pinyin_word[w];
    size_t length = pinyin_word[w + 1] - pinyin_word[w];
    for (size_t i = 0; i < length && i < n; i++)
        if (word[i] != cp[i])
            return word[i] < cp[i] ? -1 : 1;
    return length < n ? -1 : length > n;
}

/* The first word that is not before the characters. */
static size_t lower_bound(const uint32_t *cp, size_t n)
{
    size_t first = 0, last = N_WORDS;
    while (first < last) {
        size_t middle = first + (last - first) / 2;
        if (compare_word(middle, cp, n) < 0)
            first = middle + 1;
        else
            last = middle;
    }
    return first;
}

/* ---- a name against what is typed */

/* A name with the readings that each of its characters may have. */
struct spelling {
    const uint32_t *cp;
    size_t n;
    struct nq_codes at[NQ_SPELLED_MAX];
    uint16_t own[NQ_SPELLED_MAX][MOST_READINGS]; /* those of words */
};

struct match {
    const struct nq_typed *typed;
    const struct spelling *name;
    bool whole;
    size_t steps;
};

static int follow(struct match *m, size_t t, size_t c);

static int better(int a, int b)
{
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

/* The character at `c` typed by one of its readings, from unit `t` on. */
static int by_reading(struct match *m, size_t t, size_t c, const char *reading)
{
    const struct nq_typed *typed = m->typed;
    size_t same = 0, left = typed->n - t;
    while (same < left && reading[same] && same_letter(reading, same, typed->cp[t + same]))
        same++;
    if (same == 0)
        return -1;
    if (!reading[same]) {
        int fit = follow(m, t + same, c + 1);
        bool tone = same < left && typed->cp[t + same] >= '1' && typed->cp[t + same] <= '5';
        return fit < 0 && tone ? follow(m, t + same + 1, c + 1) : fit;
    }
    if (same == left && !m->whole)
        return 0;
    int fit = follow(m, t + 1, c + 1);
    if (same > 1 && reading[1] == 'h')
        fit = better(fit, follow(m, t + 2, c + 1));
    return fit < 0 ? fit : fit + 1;
}

/* The fit of the name's characters from `c` on with the units from `t` on. */
static int follow(struct match *m, size_t t, size_t c)
{
    const struct nq_typed *typed = m->typed;
    const struct spelling *name = m->name;
    int fit = -1;
    while (t < typed->n && typed->cp[t] == NQ_TYPED_END)
        t++;
    if (t == typed->n)
        return m->whole && c < name->n ? -1 : 0;
    if (++m->steps > MOST_STEPS || c == name->n)
        return -1;
    if (name->cp[c] == typed->cp[t])
        fit = follow(m, t + 1, c + 1);
    for (size_t i = 0; i < name->at[c].n && fit != 0 && is_letter(typed->cp[t]); i++)
        fit = better(fit, by_reading(m, t, c, pinyin_syllables[name->at[c].items[i]]));
    return fit;
}

/* Adds the readings of word `w`, which stands at `at`. */
static void add_word(struct spelling *name, size_t at, size_t w)
{
    size_t length = pinyin_word[w + 1] - pinyin_word[w];
    for (size_t i = 0; i < length; i++) {
        struct nq_codes *r = &name->at[at + i];
        uint16_t id = pinyin_word_readings[pinyin_word[w] + i], *own = name->own[at + i];
        size_t k = 0;
        if (r->items != own)
            *r = (struct nq_codes){own, 0};
        while (k < r->n && own[k] != id)
            k++;
        if (k == r->n && k < MOST_READINGS)
            own[r->n++] = id;
    }
}

/* Leaves the characters that stand in words of the table no readings but those of the words. */
static void read_words(struct spelling *name)
{
    for (size_t at = 0; at + 1 < name->n; at++) {
        size_t w = lower_bound(name->cp + at, 2);
        for (size_t n = 2; n <= LONGEST_WORD && at + n <= name->n; n++) {
            if (n > 2)
                w += lower_bound(name->cp + at, n) - w;
            if (w < N_WORDS && compare_word(w, name->cp + at, n) == 0)
                add_word(name, at, w);
        }
    }
}

int nq_typed_fit(const struct nq_typed *typed, const uint32_t *cp, size_t n, bool whole)
{
    struct spelling name;
    struct match m = {.typed = typed, .name = &name, .whole = whole};
    name.cp = cp;
    name.n = n < NQ_SPELLED_MAX ? n : NQ_SPELLED_MAX;
    bool several = false;
    for (size_t i = 0; i < name.n; i++) {
        name.at[i] = nq_pinyin_readings(cp[i]);
        several |= name.at[i].n > 1;
    }
    int fit = follow(&m, 0, 0);
    if (fit < 0 || !several || !typed->letters)
        return fit;
    read_words(&name);
    m.steps = 0;
    return follow(&m, 0, 0);
}

size_t nq_typed_fold(struct nq_str text, size_t most, uint32_t out[NQ_SPELLED_MAX])
{
    size_t n = 0;
    for (size_t at = 0; at < text.len && n < most;) {
        uint32_t cp, folded[NQ_FOLD_MAX];
        at += nq_utf8_decode(nq_str_sub(text, at, text.len), &cp, NULL);
        size_t k = is_part(cp) ? nq_fold(cp, folded) : 0;
        for (size_t i = 0; i < k && n < most; i++)
            if (is_part(folded[i]))
                out[n++] = folded[i];
    }
    return n;
}
