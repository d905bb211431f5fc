/* mkdict: words as Traditional text spells them after folding character by character, where that is
 * not how the folded Simplified word is spelt: 看著 for 看着, 答覆 for 答复.  They enter as further
 * spellings, so that segmentation needs no conversion of its own. */
#include <stdio.h>
#include <string.h>

#include "text/fold.h"
#include "text/mkdict.h"
#include "text/utf8.h"

/* Folded Simplified characters and what Traditional characters of that meaning fold to. */
struct spelling {
    uint32_t simplified, folded;
};

/* Those that OpenCC's TSCharacters has no line for, from its variant tables of Taiwan and Hong
 * Kong and from STCharacters. */
static const struct spelling regional[] = {
    {0x7740, 0x8457}, /* 着 著 */
    {0x80CC, 0x63F9}, /* 背 揹 */
    {0x5B83, 0x7260}, /* 它 牠 */
    {0x592B, 0x4F15}, /* 夫 伕 */
    {0x6635, 0x66B1}, /* 昵 暱 */
    {0x53D9, 0x654D}, /* 叙 敍 */
    {0x536B, 0x885E}, /* 卫 衞 */
    {0x5986, 0x7CA7}, /* 妆 粧 */
    {0x53F0, 0x67B1}, /* 台 枱 */
    {0x7CBD, 0x7CED}, /* 粽 糭 */
    {0x75F9, 0x75FA}, /* 痹 痺 */
    {0x6A90, 0x7C37}, /* 檐 簷 */
    {0x62AC, 0x64E1}, /* 抬 擡 */
    {0x5E76, 0x5E77}, /* 并 幷 */
};

enum { MAX_SPELLINGS = 256 };

struct spellings {
    struct spelling items[MAX_SPELLINGS];
    size_t n;
};

static uint32_t fold_one(uint32_t cp)
{
    uint32_t out[NQ_FOLD_MAX];
    return nq_fold(cp, out) == 1 ? out[0] : cp;
}

static void add_spelling(struct spellings *spellings, uint32_t simplified, uint32_t folded)
{
    if (simplified == folded || simplified >= 0x10000 || spellings->n == MAX_SPELLINGS)
        return;
    spellings->items[spellings->n++] = (struct spelling){simplified, folded};
}

/* "覆<TAB>覆 复": folding takes the first, so words with 复 are spelt with 覆 too. */
static void read_characters(struct spellings *spellings, const char *path)
{
    FILE *f = fopen(path, "r");
    if (!f)
        mkdict_die("%s: cannot be read", path);
    char line[512];
    while (fgets(line, sizeof line, f)) {
        struct nq_str rest = nq_str_trim(nq_str_from(line)), from, to;
        uint32_t traditional, simplified;
        if (!nq_str_split(&rest, '\t', &from) || from.len == 0)
            continue;
        nq_utf8_decode(from, &traditional, NULL);
        while (nq_str_split(&rest, ' ', &to)) {
            if (to.len == 0)
                continue;
            nq_utf8_decode(to, &simplified, NULL);
            add_spelling(spellings, fold_one(simplified), fold_one(traditional));
        }
    }
    fclose(f);
}

/* The word with every `s.simplified` replaced. */
static void respell(struct mkdict_words *words, struct mkdict_word word, struct spelling s)
{
    uint32_t cp[MKDICT_WORD_MAX];
    bool changed = false;
    for (size_t i = 0; i < word.n; i++) {
        bool same = word.cp[i] == s.simplified;
        cp[i] = same ? s.folded : word.cp[i];
        changed |= same;
    }
    if (!changed)
        return;
    word.cp = cp;
    word.alias = true;
    mkdict_add(words, &word);
}

/* "乾隆年間<TAB>乾隆年间": where the two sides fold differently and the right one is a word. */
static void read_phrases(struct mkdict_words *words, size_t n_words, const char *path)
{
    FILE *f = fopen(path, "r");
    if (!f)
        mkdict_die("%s: cannot be read", path);
    struct mkdict_words sorted = {.items = words->items, .n = n_words};
    char line[512];
    while (fgets(line, sizeof line, f)) {
        struct nq_str rest = nq_str_trim(nq_str_from(line)), from, to;
        struct nq_folded left = {0}, right = {0};
        if (!nq_str_split(&rest, '\t', &from) || !nq_str_split(&rest, ' ', &to))
            continue;
        if (!nq_fold_text(from, &left) || !nq_fold_text(to, &right))
            mkdict_die("out of memory");
        const struct mkdict_word *word = mkdict_find(&sorted, right.cp, right.n);
        if (word && left.n <= MKDICT_WORD_MAX) {
            struct mkdict_word alias = *word;
            alias.cp = left.cp;
            alias.n = (uint16_t)left.n;
            alias.alias = true;
            mkdict_add(words, &alias);
            sorted.items = words->items;
        }
        nq_folded_finish(&left);
        nq_folded_finish(&right);
    }
    fclose(f);
}

void mkdict_add_traditional(struct mkdict_words *words, const char *characters, const char *phrases)
{
    static struct spellings spellings;
    for (size_t i = 0; i < NQ_COUNT(regional); i++)
        add_spelling(&spellings, regional[i].simplified, regional[i].folded);
    read_characters(&spellings, characters);
    mkdict_merge(words);
    size_t n = words->n;
    read_phrases(words, n, phrases);
    for (size_t i = 0; i < n; i++)
        for (size_t s = 0; s < spellings.n; s++)
            respell(words, words->items[i], spellings.items[s]);
    mkdict_merge(words);
}
