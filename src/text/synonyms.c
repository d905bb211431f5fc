/* Looking synonyms up in the table that dicts/synonyms_header.py makes. */
#include "text/synonyms.h"

#include "synonyms_table.h"
#include "text/fold.h"
#include "text/utf8.h"

enum { WORD_MAX = 100 }; /* folded characters */

/* A word as folding leaves it. */
struct word {
    uint32_t cp[WORD_MAX + NQ_FOLD_MAX];
    size_t n;
};

/* False where the word is longer than any form of the table. */
static bool fold(struct nq_str text, struct word *out)
{
    out->n = 0;
    for (size_t at = 0; at < text.len && out->n <= WORD_MAX;) {
        uint32_t cp;
        at += nq_utf8_decode(nq_str_sub(text, at, text.len), &cp, NULL);
        if (nq_class_of(cp) != NQ_CLASS_IGNORE)
            out->n += nq_fold(cp, out->cp + out->n);
    }
    return out->n <= WORD_MAX;
}

/* The order of a word and a folded form; that of code points is that of bytes. */
static int compare(const struct word *word, struct nq_str form)
{
    size_t at = 0;
    for (size_t i = 0; i < word->n; i++) {
        uint32_t cp = 0;
        if (at < form.len)
            at += nq_utf8_decode(nq_str_sub(form, at, form.len), &cp, NULL);
        if (cp != word->cp[i])
            return word->cp[i] < cp ? -1 : 1;
    }
    return at < form.len ? -1 : 0;
}

/* Where the group of a folded form begins; false where no group has it. */
static bool find_group(const struct word *word, size_t *group)
{
    size_t first = 0, last = NQ_COUNT(synonym_index);
    while (first < last) {
        size_t middle = first + (last - first) / 2;
        int order = compare(word, nq_str_from(synonym_index[middle].form));
        *group = synonym_index[middle].group;
        if (order == 0)
            return true;
        if (order < 0)
            last = middle;
        else
            first = middle + 1;
    }
    return false;
}

size_t nq_synonyms(struct nq_str word, struct nq_str out[NQ_SYNONYMS_MAX])
{
    struct word folded, other;
    size_t group, n = 0;
    if (!fold(word, &folded) || !find_group(&folded, &group))
        return 0;
    for (; synonym_forms[group] && n < NQ_SYNONYMS_MAX; group++) {
        struct nq_str form = nq_str_from(synonym_forms[group]);
        bool itself = fold(form, &other) && other.n == folded.n &&
                      memcmp(other.cp, folded.cp, folded.n * sizeof *folded.cp) == 0;
        if (!itself)
            out[n++] = form;
    }
    return n;
}
