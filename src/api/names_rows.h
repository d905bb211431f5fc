/* Rows of names.  One holds the names whose first folded character is the same; a character that is
 * read in several ways has a row for each letter that its readings begin with.  The id of a row is,
 * from the lowest bit on,
 *
 *     21 bits  the character
 *      5 bits  the letter that it is typed by, from 1; 0: by none
 *      1 bit   the tier
 *
 * so that what begins with a letter stands together.  A name is a byte for its kind, and as numbers
 * of variable length (base/varint.h) the byte that it is typed from, how often it is there, the
 * last day (0: none, else 1 more than twice the day, or than -1 less twice the day before 1970),
 * and the length of its text, which follows. */
#ifndef NQ_API_NAMES_ROWS_H
#define NQ_API_NAMES_ROWS_H

#include "api/names.h"
#include "base/buf.h"
#include "base/map.h"

enum {
    NQ_NAMES_FORM = 1, /* of what is written so */
    NQ_NAME_LETTERS_MAX = 8,
};

/* The letters that a folded character may be typed by, 0 where there is none; returns their number.
 */
size_t nq_name_letters(uint32_t cp, uint8_t letters[NQ_NAME_LETTERS_MAX]);

/* The id of a row; of the last there could be with cp NQ_NAME_LAST. */
enum { NQ_NAME_LAST = (1 << 21) - 1 };
int64_t nq_name_row_id(unsigned tier, uint8_t letter, uint32_t cp);

/* Reads the name at `*at` of a row and moves on; false at the end, and where the row is damaged:
 * then `*at` is not its length. */
bool nq_name_read(struct nq_str data, size_t *at, struct nq_name *out);

/* Names on their way into rows.  Zeroed is empty. */
struct nq_name_list {
    struct nq_name *items;
    size_t n, cap;
    struct nq_map titles; /* documents and headlines, words: index + 1 in items */
    struct nq_map words;
    int32_t newest; /* day of all */
};

/* Puts a document or headline in, or adds to what is called the same; false without memory. */
bool nq_name_list_title(struct nq_name_list *list, struct nq_name name);

/* Puts a word, term or organisation in that is not there yet. */
bool nq_name_list_word(struct nq_name_list *list, struct nq_str text, enum nq_suggestion_kind kind);

/* The word of the list with this text, or NULL. */
struct nq_name *nq_name_list_find(const struct nq_name_list *list, struct nq_str text);

void nq_name_list_finish(struct nq_name_list *list);

/* Calls `row` with each row of a tier, in the order of ids; data are borrowed. */
enum nq_status nq_name_list_rows(struct nq_name_list *list, unsigned tier,
                                 enum nq_status (*row)(void *user, int64_t id, struct nq_str data,
                                                       struct nq_error *err),
                                 void *user, struct nq_error *err);

/* Gathers the documents and headlines of the passages from `passage` on, the topics behind `topic`,
 * and where both are 0 the terms of the dictionaries. */
enum nq_status nq_names_collect(struct nq_index *index, int64_t passage, int64_t topic,
                                struct nq_name_list *out, struct nq_error *err);

#endif
