/* The fields of a reference between its separators, and what they are. */
#ifndef NQ_INGEST_REFERENCE_FIELDS_H
#define NQ_INGEST_REFERENCE_FIELDS_H

#include "ingest/reference.h"
#include "ingest/scan.h"
#include "time/printed.h"

enum { NQ_REFERENCE_FIELDS = 24 };

enum nq_field_kind { NQ_FIELD_TEXT, NQ_FIELD_DATE, NQ_FIELD_OTHER };

struct nq_field {
    struct nq_str text;
    enum nq_field_kind kind;
    struct nq_printed_date date;
};

struct nq_fields {
    struct nq_field items[NQ_REFERENCE_FIELDS];
    size_t n;
    bool pipes;
};

/* How many more brackets and quotation marks open at byte `at` than close: -1, 0 or 1. */
int nq_reference_step(struct nq_str s, size_t at);

/* Fills source and title (and, in a table of four columns, the purpose) from the fields that are
 * neither date nor purpose. */
void nq_reference_names(const struct nq_fields *f, const struct nq_field *date,
                        struct nq_reference *out);

/* `title` without 《》 around all of it and 转载 behind them. */
struct nq_str nq_reference_title(struct nq_str title);

static inline bool nq_str_any_start(struct nq_str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (nq_str_starts(s, nq_str_from(words[i])))
            return true;
    return false;
}

static inline bool nq_str_any_end(struct nq_str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (nq_str_ends(s, nq_str_from(words[i])))
            return true;
    return false;
}

#endif
