/* What the files of mkdict, the dictionary's compiler, share.  A build tool: it exits with a
 * message on any error and leaves its memory to the system. */
#ifndef NQ_TEXT_MKDICT_H
#define NQ_TEXT_MKDICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/dict_format.h"

enum { MKDICT_WORD_MAX = 100 };

/* A word in folded characters.  `count` is how often the base word list saw it. */
struct mkdict_word {
    uint32_t *cp;
    uint16_t n;
    uint8_t weight;       /* 1-9 for the entries of dicts/, 0 for others */
    bool alias;           /* another spelling of a word; its count is that word's */
    bool person, foreign; /* a person's name; a transliterated one */
    double count;
    uint32_t cost; /* set by mkdict_costs */
};

struct mkdict_words {
    struct mkdict_word *items;
    size_t n, cap;
    double total; /* of the base word list's counts */
};

__attribute__((noreturn, format(printf, 1, 2))) void mkdict_die(const char *format, ...);
void *mkdict_alloc(size_t size);

/* Adds a copy of a word; words with white space or of no or too many characters are left out. */
void mkdict_add(struct mkdict_words *words, const struct mkdict_word *word);

/* Readers: the base list (word, count, part of speech), one of dicts/ (which, is told by its name).
 */
void mkdict_read_base(struct mkdict_words *words, const char *path);
void mkdict_read_terms(struct mkdict_words *words, const char *path);

/* Adds the spellings that words get when Traditional text is folded one to one, where that differs
 * from the folded Simplified word: OpenCC's TSPhrases, and the characters that TSCharacters gives
 * several counterparts. */
void mkdict_add_traditional(struct mkdict_words *words, const char *characters,
                            const char *phrases);

/* Sorts by folded characters and makes one of equal words. */
void mkdict_merge(struct mkdict_words *words);

/* The merged word of `n` characters, or NULL. */
const struct mkdict_word *mkdict_find(const struct mkdict_words *words, const uint32_t *cp,
                                      size_t n);

/* Sets the costs of merged words. */
void mkdict_costs(struct mkdict_words *words);

/* The alphabet: fills `codes` and returns the number of codes, 0 among them. */
uint32_t mkdict_codes(const struct mkdict_words *words, uint16_t codes[65536]);

/* The double array. */
struct nq_dict_node *mkdict_trie(const struct mkdict_words *words, const uint16_t codes[65536],
                                 uint32_t n_codes, uint32_t *n_nodes);

/* The unknown-word model: one entry a code, and the header's costs. */
struct nq_dict_char *mkdict_model(const struct mkdict_words *words, const uint16_t codes[65536],
                                  uint32_t n_codes, struct nq_dict_header *header);

#endif
