/* English titles as units: stems of the words that tell, one for those that headlines use for one
 * thing. */
#include <libstemmer.h>

#include "link/work.h"

/* What a headline may have or leave out. */
static const char fillers[] =
    "a across after amid an analysis and are as at be been by down exclusive explainer factbox for "
    "from has have her his in insight into is it its new of off on or out over s said say says "
    "source sources t than that the their this to under up update was were while will with would";

/* Words that headlines use for one thing; numbers and months begin with what they count. */
static const char *const alike[] = {
    "power electricity",
    "use usage consumption",
    "hit reach beat touch",
    "pledge vow promise",
    "raise lift boost hike",
    "rise climb grow gain increase jump surge advance",
    "fall drop slide decline slip tumble",
    "cut reduce lower trim slash",
    "plan prepare eye",
    "urge ask call",
    "curb limit restrict cap",
    "start begin launch open",
    "halt suspend stop pause",
    "measure step",
    "approve clear greenlight",
    "company firm",
    "regulator watchdog",
    "warn caution",
    "build construct",
    "tariff duty",
    "billion bln bn",
    "million mln mn",
    "trillion trln tln tn",
    "centre center",
    "us usa america american",
    "china chinese",
    "eu europe european",
    "japan japanese",
    "1 one",
    "2 two",
    "3 three",
    "4 four",
    "5 five",
    "6 six",
    "7 seven",
    "8 eight",
    "9 nine",
    "10 ten",
    "11 eleven",
    "12 twelve",
    "1001 january jan",
    "1002 february feb",
    "1003 march",
    "1004 april",
    "1005 may",
    "1006 june",
    "1007 july",
    "1008 august",
    "1009 september sept",
    "1010 october oct",
    "1011 november nov",
    "1012 december dec",
};

static struct nq_str stem_of(struct nq_work_reader *r, struct nq_str word)
{
    const sb_symbol *stem = sb_stemmer_stem(r->stemmer, (const sb_symbol *)word.ptr, (int)word.len);
    if (!stem)
        r->key.failed = true;
    return stem ? (struct nq_str){(const char *)stem, (size_t)sb_stemmer_length(r->stemmer)} : word;
}

/* Gives all words of a line one unit, 0 where they are none; its number where it begins with one.
 */
static bool add_line(struct nq_work_reader *r, struct nq_str line, uint32_t unit)
{
    struct nq_str word;
    while (nq_str_split(&line, ' ', &word)) {
        if (word.ptr[0] >= '0' && word.ptr[0] <= '9') {
            unit = NQ_WORK_NUMBER;
            for (size_t i = 0; i < word.len; i++)
                unit =
                    NQ_WORK_NUMBER | ((unit & ~NQ_WORK_NUMBER) * 10 + (uint32_t)word.ptr[i] - '0');
            continue;
        }
        struct nq_map_entry *e = nq_map_put(&r->words, stem_of(r, word));
        if (!e)
            return false;
        e->mark = unit;
    }
    return !r->key.failed;
}

static bool prepare(struct nq_work_reader *r)
{
    if (r->stemmer)
        return true;
    if (!(r->stemmer = sb_stemmer_new("english", NULL)))
        return false;
    bool ok = add_line(r, nq_str_from(fillers), 0);
    for (size_t i = 0; i < NQ_COUNT(alike) && ok; i++)
        ok = add_line(r, nq_str_from(alike[i]), NQ_WORK_WORD | (uint32_t)(i + 1));
    return ok;
}

/* The unit of a word, 0 for one that tells nothing. */
static uint32_t unit_of(struct nq_work_reader *r, struct nq_str word)
{
    struct nq_str stem = stem_of(r, word);
    const struct nq_map_entry *e = nq_map_find(&r->words, stem);
    uint32_t hash = 0x811C9DC5u;
    if (e)
        return (uint32_t)e->mark;
    for (size_t i = 0; i < stem.len; i++)
        hash = (hash ^ (unsigned char)stem.ptr[i]) * 0x01000193u;
    return NQ_WORK_WORD | 1u << 29 | (hash & ((1u << 29) - 1));
}

static bool is(const struct nq_folded *f, size_t i, enum nq_class cls)
{
    return i < f->n && f->cls[i] == cls;
}

/* The end of the letters or digits at `i`, with the points of U.S. and 1.9. */
static size_t word_end(const struct nq_folded *f, size_t i)
{
    enum nq_class cls = (enum nq_class)f->cls[i];
    size_t first = i;
    while (is(f, i, cls) ||
           (i < f->n && (f->cp[i] == '.' || (f->cp[i] == ',' && cls == NQ_CLASS_DIGIT)) &&
            is(f, i + 1, cls) &&
            (cls == NQ_CLASS_DIGIT || i == first + 1 || (i > first + 1 && f->cp[i - 2] == '.'))))
        i++;
    return i;
}

static uint32_t read_number(const struct nq_folded *f, size_t first, size_t end)
{
    uint32_t number = 0;
    for (size_t i = first; i < end; i++)
        if (f->cls[i] == NQ_CLASS_DIGIT)
            number = number * 10 + f->cp[i] - '0';
    return NQ_WORK_NUMBER | (number & (NQ_WORK_WORD - 1));
}

static void read_word(struct nq_work_reader *r, size_t first, size_t end)
{
    r->key.len = 0;
    for (size_t i = first; i < end; i++)
        if (r->folded.cp[i] != '.')
            nq_buf_add_cp(&r->key, r->folded.cp[i]);
}

bool nq_work_read_words(struct nq_work_reader *r)
{
    const struct nq_folded *f = &r->folded;
    size_t before = 0, before_end = 0; /* the word before, where it is one */
    bool told = false;                 /* whether that is a unit */
    if (!prepare(r))
        return false;
    for (size_t i = 0, end; i < f->n && r->n < NQ_WORK_UNITS; i = end) {
        bool letters = is(f, i, NQ_CLASS_LETTER), digits = is(f, i, NQ_CLASS_DIGIT);
        uint32_t unit = is(f, i, NQ_CLASS_HAN) ? f->cp[i] : 0;
        end = letters || digits ? word_end(f, i) : i + 1;
        if (digits)
            unit = read_number(f, i, end);
        if (letters) {
            if (told) {
                read_word(r, before, before_end);
                for (size_t k = i; k < end; k++)
                    nq_buf_add_cp(&r->key, f->cp[k]);
                r->joined[r->n - 1] = unit_of(r, nq_buf_str(&r->key));
            }
            read_word(r, i, end);
            unit = unit_of(r, nq_buf_str(&r->key));
            if (told && unit == 0) /* build-out: the second is no unit itself */
                r->joined[r->n - 1] |= NQ_WORK_NUMBER;
            before = i;
            before_end = end;
        }
        if (unit)
            r->units[r->n++] = unit;
        if (letters || digits || unit)
            told = letters && unit != 0;
    }
    return !r->key.failed;
}
