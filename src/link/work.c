/* References as units, sources and days. */
#include "link/work.h"

#include <libstemmer.h>

#include "base/hash.h"
#include "link/profile.h"
#include "link/source.h"
#include "link/topics.h"
#include "text/numeral.h"
#include "text/title.h"
#include "text/utf8.h"

enum { FIRST = 0x9996, COLUMN = 0x4E28 }; /* 首; 丨, which looks like a bar */

/* Whether 首 counts: 首批, 首届. */
static bool is_first(const uint32_t *cp, size_t n, size_t i)
{
    static const uint32_t counted[] = {0x6279, 0x6B21, 0x5C4A, 0x671F, 0x4E2A}; /* 批次届期个 */
    for (size_t k = 0; k < NQ_COUNT(counted) && cp[i] == FIRST && i + 1 < n; k++)
        if (cp[i + 1] == counted[k])
            return true;
    return false;
}

/* The number of the numerals [i, end): by place (二〇二六) or by tens and hundreds (二十六). */
static uint32_t value_of(const uint32_t *cp, size_t i, size_t end)
{
    uint32_t sum = 0, digit = 0;
    bool by_place = true;
    for (size_t k = i; k < end; k++)
        by_place &= nq_numeral_value(cp[k]) < 10;
    for (; i < end; i++) {
        uint32_t value = (uint32_t)nq_numeral_value(cp[i]);
        if (by_place)
            sum = sum * 10 + value;
        else if (value < 10)
            digit = digit * 10 + value; /* 十五五 */
        else
            sum += (digit ? digit : 1) * value, digit = 0;
    }
    return sum + digit;
}

/* The unit that begins at character `i`, which moves behind it. */
static uint32_t read_unit(const uint32_t *cp, size_t n, size_t *i)
{
    size_t end = *i;
    uint32_t number = 0;
    if (is_first(cp, n, *i)) {
        ++*i;
        return NQ_WORK_NUMBER | 1;
    }
    for (; end < n && cp[end] >= '0' && cp[end] <= '9'; end++)
        number = number * 10 + cp[end] - '0';
    if (end == *i) {
        while (end < n && nq_numeral_value(cp[end]) >= 0)
            end++;
        number = value_of(cp, *i, end);
    }
    if (end == *i)
        return cp[(*i)++];
    *i = end;
    return NQ_WORK_NUMBER | (number & (NQ_WORK_WORD - 1));
}

/* A title without what names its column: （经济观察）, 经济观察丨. */
static struct nq_str without_column(struct nq_str title)
{
    static const struct nq_str closing[] = {NQ_STR_INIT("）"), NQ_STR_INIT(")"), NQ_STR_INIT("】")};
    size_t bar = nq_str_find(title, NQ_STR("丨"), 0), cut = 0;
    bool opens = nq_str_starts(title, NQ_STR("（")) || nq_str_starts(title, NQ_STR("(")) ||
                 nq_str_starts(title, NQ_STR("【"));
    for (size_t i = 0; i < NQ_COUNT(closing) && opens && cut == 0; i++) {
        size_t close = nq_str_find(title, closing[i], 0);
        cut = close == SIZE_MAX ? 0 : close + closing[i].len;
    }
    if (bar != SIZE_MAX)
        cut = bar + strlen("丨");
    return 2 * cut <= title.len ? nq_str_sub(title, cut, title.len) : title;
}

/* The units of a Chinese title, by its key: without issuer, brackets, 关于 and 的. */
static bool read_characters(struct nq_work_reader *r, struct nq_str title, bool *draft)
{
    uint32_t cp[2 * NQ_WORK_UNITS];
    size_t n = 0;
    enum nq_title_stage stage;
    if (!nq_title_key(title, &r->folded, &r->key, &stage))
        return false;
    *draft = stage == NQ_TITLE_DRAFT;
    struct nq_str key = nq_buf_str(&r->key);
    if (nq_str_ends(key, NQ_STR("转载")))
        key.len -= strlen("转载");
    for (size_t at = 0; at < key.len && n < NQ_COUNT(cp);) {
        at += nq_utf8_decode(nq_str_sub(key, at, key.len), &cp[n], NULL);
        n += cp[n] != NQ_ORDINAL && cp[n] != COLUMN;
    }
    for (size_t i = 0; i < n && r->n < NQ_WORK_UNITS;)
        r->units[r->n++] = read_unit(cp, n, &i);
    return true;
}

/* Whether issues of one name follow one another, told by date alone. */
static bool is_periodical(struct nq_str title)
{
    static const struct nq_str endings[] = {
        NQ_STR_INIT("报"),   NQ_STR_INIT("刊"),   NQ_STR_INIT("情况"), NQ_STR_INIT("数据"),
        NQ_STR_INIT("指数"), NQ_STR_INIT("动态"), NQ_STR_INIT("综述"), NQ_STR_INIT("报告"),
        NQ_STR_INIT("实录"), NQ_STR_INIT("要闻"), NQ_STR_INIT("专栏"), NQ_STR_INIT("栏目"),
    };
    for (size_t i = 0; i < NQ_COUNT(endings); i++)
        if (nq_str_ends(title, endings[i]))
            return true;
    return false;
}

static bool read_sources(struct nq_work_reader *r, struct nq_str source, struct nq_work *w)
{
    struct nq_str name;
    for (size_t at = 0; w->n_sources < NQ_WORK_SOURCES && nq_source_next(source, &at, &name);) {
        r->key.len = 0;
        if (!nq_fold_text(name, &r->folded))
            return false;
        for (size_t i = 0; i < r->folded.n; i++)
            nq_buf_add_cp(&r->key, r->folded.cp[i]);
        struct nq_str key = nq_profile_common_form(nq_buf_str(&r->key));
        w->sources[w->n_sources++] = nq_fnv(NQ_FNV_START, key);
    }
    return !r->key.failed;
}

static bool is_english(const struct nq_folded *title)
{
    size_t han = 0, letters = 0;
    for (size_t i = 0; i < title->n; i++) {
        han += title->cls[i] == NQ_CLASS_HAN;
        letters += title->cls[i] == NQ_CLASS_LETTER;
    }
    return letters > 4 * han;
}

static const uint32_t *keep(struct nq_arena *arena, const uint32_t *units, size_t n)
{
    uint32_t *kept = nq_arena_array(arena, n + 1, sizeof *kept);
    if (kept && n > 0)
        memcpy(kept, units, n * sizeof *kept);
    return kept;
}

bool nq_work_read(struct nq_work_reader *r, struct nq_arena *arena,
                  const struct nq_reference *reference, struct nq_work *out)
{
    struct nq_str title = nq_str_trim(reference->title.len ? reference->title : reference->raw);
    enum nq_topic_kind kind;
    *out = (struct nq_work){.day = reference->day, .day_end = reference->day_end};
    if (out->day_end == NQ_NO_DAY)
        out->day_end = out->day;
    r->n = 0;
    memset(r->joined, 0, sizeof r->joined);
    title = without_column(title);
    if (!nq_fold_text(title, &r->folded))
        return false;
    out->english = is_english(&r->folded);
    if (out->english ? !nq_work_read_words(r) : !read_characters(r, title, &out->draft))
        return false;
    out->periodical = is_periodical(nq_buf_str(&r->key));
    out->document =
        nq_topic_of_title(title, &r->folded, &r->key, &kind) && kind == NQ_TOPIC_DOCUMENT;
    out->n = r->n;
    out->units = keep(arena, r->units, r->n);
    out->joined = out->english ? keep(arena, r->joined, r->n) : out->units;
    return out->units && out->joined && !r->key.failed && read_sources(r, reference->source, out);
}

void nq_work_reader_finish(struct nq_work_reader *r)
{
    nq_folded_finish(&r->folded);
    nq_buf_finish(&r->key);
    if (r->stemmer)
        sb_stemmer_delete(r->stemmer);
    nq_map_finish(&r->words);
    *r = (struct nq_work_reader){0};
}
