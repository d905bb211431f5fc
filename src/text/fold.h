/* Folding: what counts as the same character when searching.
 *
 * A printed code point folds to one or more code points: compatibility forms become plain ones
 * (NFKC: full-width letters and digits, ligatures, ㎡, ①), letters lose case and diacritics,
 * Traditional characters become Simplified one to one (OpenCC's TSCharacters), variant forms the
 * usual ones (dicts/variants.tsv), dashes become '-'.
 * The table is generated at build time by mkfold.c.  The stored text stays as printed: `start` maps
 * back to it by byte. */
#ifndef NQ_TEXT_FOLD_H
#define NQ_TEXT_FOLD_H

#include "base/str.h"

/* What a character is to the tokenizer and the segmenter. */
enum nq_class {
    NQ_CLASS_IGNORE,  /* controls, format characters, combining marks: as if it were not there */
    NQ_CLASS_SPACE,   /* white space */
    NQ_CLASS_HAN,     /* a character that is an atom by itself: Han, kana, Hangul, other scripts */
    NQ_CLASS_LETTER,  /* Latin, Greek, Cyrillic letters: atoms are runs of them and digits */
    NQ_CLASS_DIGIT,   /* 0-9 after folding */
    NQ_CLASS_SYMBOL,  /* an atom by itself: + - # % & × / … */
    NQ_CLASS_BRACKET, /* brackets, quotation marks, the middle dot: looked through */
    NQ_CLASS_BREAK,   /* punctuation that ends a clause: no phrase runs across it */
};

/* The most code points that one folds to. */
enum { NQ_FOLD_MAX = 18 };

/* Folds `cp` into `out` and returns the number of code points written, at least 1.  The class of
 * each is nq_class_of() of it, but NQ_CLASS_BREAK and NQ_CLASS_BRACKET are judged by `cp` as
 * printed. */
size_t nq_fold(uint32_t cp, uint32_t out[NQ_FOLD_MAX]);

/* Identifies what folding does: another value, another index. */
uint64_t nq_fold_hash(void);

/* The class of a printed code point. */
enum nq_class nq_class_of(uint32_t cp);

/* A folded text of `n` characters.  Character i is cp[i] of class cls[i] and stands for the printed
 * bytes [start[i], end[i]); the characters that one printed one folds to share its range. */
struct nq_folded {
    uint32_t *cp;
    uint32_t *start, *end;
    uint8_t *cls; /* enum nq_class */
    size_t n, cap;
};

/* Folds `text` (at most UINT32_MAX bytes), replacing what `out` held; it reuses out's memory.
 * False without memory.  NQ_CLASS_IGNORE characters are left out. */
bool nq_fold_text(struct nq_str text, struct nq_folded *out);

void nq_folded_finish(struct nq_folded *folded);

#endif
