/* Pinyin: how characters are read, and whether a name begins as somebody types it: in characters,
 * in pinyin (suandian), in initials (sdxt), or mixed (算dian).
 *
 * Readings are without tones, ü is v.  A character has all its readings, but in a word that the
 * table knows only that of the word (银行 hang, 行动 xing). */
#ifndef NQ_TEXT_PINYIN_H
#define NQ_TEXT_PINYIN_H

#include "base/str.h"

enum {
    NQ_TYPED_MAX = 64,    /* units; what is longer completes nothing */
    NQ_SPELLED_MAX = 128, /* characters of a name that are looked at */
};

/* What somebody typed, as units: folded characters, and where a syllable must end (apostrophes,
 * spaces) a NQ_TYPED_END. */
struct nq_typed {
    uint32_t cp[NQ_TYPED_MAX];
    size_t n;
    bool letters; /* some of them are Latin */
};

enum { NQ_TYPED_END = ' ' };

/* Takes well-formed UTF-8 apart; brackets and punctuation are left out, tone marks and digits mean
 * nothing, ü is v.  False where it is empty or too long. */
bool nq_typed_read(struct nq_str text, struct nq_typed *out);

/* How well a name of `n` folded characters begins so: the number of its syllables that are typed
 * short (sdxt: 3, for its last is complete as far as it goes), -1 where it does not.  `whole`: the
 * name must end there, too. */
int nq_typed_fit(const struct nq_typed *typed, const uint32_t *cp, size_t n, bool whole);

/* Folds the beginning of `text`, brackets at it left out, for nq_typed_fit; returns the number of
 * characters. */
size_t nq_typed_fold(struct nq_str text, size_t most, uint32_t out[NQ_SPELLED_MAX]);

/* A syllable, or a character by itself, that stands at unit `at` of what is typed and ends before
 * unit `end`. */
struct nq_syllable {
    uint16_t id;
    size_t end;
};

enum { NQ_SYLLABLES_MAX = 12 };

/* The whole syllables that the letters from unit `at` on may begin with; returns their number. */
size_t nq_pinyin_syllables(const struct nq_typed *typed, size_t at,
                           struct nq_syllable out[NQ_SYLLABLES_MAX]);

/* The syllables that a folded character is read as, the most frequent first, and the characters
 * that are read as a syllable. */
struct nq_codes {
    const uint16_t *items;
    size_t n;
};
struct nq_codes nq_pinyin_readings(uint32_t cp);
struct nq_codes nq_pinyin_members(uint16_t syllable);

/* The letter that a syllable begins with. */
char nq_pinyin_letter(uint16_t syllable);

#endif
