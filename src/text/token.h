/* The tokenizer of the text index: atoms and their bigrams, without a dictionary.
 *
 * An atom is one Han character (or kana, Hangul …), one run of Latin letters and digits, or one
 * symbol, after folding (fold.h).  Every atom takes a position.  The token at an atom's position is
 *
 *     atom SEP follower   where the next atom follows directly, white space aside: the bigram
 *     atom SEP            for the last atom of a run
 *
 * SEP stands only behind letters and digits; a single character needs none, as no other atom begins
 * with it.  A term of n >= 2 atoms is the phrase of its n-1 bigrams, a term of one atom the prefix
 * query `atom SEP`: so every substring of atoms is found, in any segmentation.
 *
 * Brackets and quotation marks end a run, but a colocated token of its own kind, `atom SEP ACROSS
 * follower`, stands at the position of the run's last atom.  A loose phrase accepts it as a synonym
 * of the bigram, an exact one does not.  Punctuation that ends a clause leaves no such token, so
 * that no phrase crosses it.  A word of Latin letters has one more colocated token, STEM and its
 * stem, which a loose term of one word asks for. */
#ifndef NQ_TEXT_TOKEN_H
#define NQ_TEXT_TOKEN_H

#include "text/fold.h"

/* The bytes that build tokens; none of them occurs in folded text. */
#define NQ_TOKEN_SEP    '\x01'
#define NQ_TOKEN_ACROSS '\x02'
#define NQ_TOKEN_STEM   '\x03'

/* Counts changes of the code after which the same text has other atoms or tokens. */
enum { NQ_TOKENIZER_VERSION = 1 };

/* The most bytes of an atom; a longer run of letters and digits is several atoms. */
enum { NQ_ATOM_BYTES = 128 };

/* What stands between an atom and the next one. */
enum nq_join {
    NQ_JOIN_NEXT,    /* nothing, or white space */
    NQ_JOIN_BRACKET, /* brackets or quotation marks */
    NQ_JOIN_BREAK,   /* punctuation that ends a clause, or the end of the text */
};

/* One atom.  Its folded form is `len` bytes at nq_atoms.bytes + text, the printed one the bytes
 * [start, end) of the text. */
struct nq_atom {
    uint32_t text, start, end;
    uint8_t len;
    uint8_t join; /* enum nq_join */
    uint8_t cls;  /* enum nq_class of its first character */
};

/* The atoms of a text; zeroed is empty.  The index in `items` is the position. */
struct nq_atoms {
    struct nq_atom *items;
    char *bytes;
    size_t n, cap, bytes_len;
};

/* Finds the atoms of `text`, replacing what `out` held; it reuses out's memory.
 * False without memory. */
bool nq_atoms_build(const struct nq_folded *text, struct nq_atoms *out);

void nq_atoms_finish(struct nq_atoms *atoms);

/* The folded form of atom `i`. */
static inline struct nq_str nq_atom_text(const struct nq_atoms *atoms, size_t i)
{
    return (struct nq_str){atoms->bytes + atoms->items[i].text, atoms->items[i].len};
}

/* The token at the position of atom `i`.  Tokens are borrowed from `atoms`. */
struct nq_str nq_atom_token(const struct nq_atoms *atoms, size_t i);

/* Atom `i` alone as a token: `atom SEP`, the beginning of every token of that atom. */
struct nq_str nq_atom_single(const struct nq_atoms *atoms, size_t i);

/* The colocated token of atom `i`; absent unless it joins to the next across a bracket. */
struct nq_str nq_atom_across(const struct nq_atoms *atoms, size_t i);

/* Whether atom `i` is a word that has a stem: letters, none of them a digit. */
bool nq_atom_has_stem(const struct nq_atoms *atoms, size_t i);

#endif
