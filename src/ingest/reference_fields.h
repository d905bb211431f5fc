/* The fields of a reference between its separators, and what they are. */
#ifndef NQ_INGEST_REFERENCE_FIELDS_H
#define NQ_INGEST_REFERENCE_FIELDS_H

#include "ingest/reference.h"
#include "ingest/scan.h"
#include "time/printed.h"

enum { NQ_REFERENCE_FIELDS = 24 };

enum nq_field_kind {
    NQ_FIELD_TEXT,
    NQ_FIELD_DATE,
    NQ_FIELD_VISIT, /* a date in square brackets: of a visit, or of the work where none else is */
    NQ_FIELD_OTHER, /* an address, pages */
};

struct nq_field {
    struct nq_str text;
    enum nq_field_kind kind;
    struct nq_printed_date date;
    bool issue; /* its date stands right behind it, as a journal's year does: 《刊》2025年 */
};

struct nq_fields {
    struct nq_field items[NQ_REFERENCE_FIELDS];
    size_t n;
    bool pipes;
};

/* Cuts `s` into fields at the separators outside of brackets and quotation marks, and around dates
 * that stand there without any.  `report_day` completes a date without a year. */
void nq_reference_split(struct nq_str s, int32_t report_day, struct nq_fields *f);

/* How many more brackets and quotation marks open at byte `at` than close: -1, 0 or 1. */
int nq_reference_step(struct nq_str s, size_t at);

/* Fills source and title (and, in a table of four columns, the purpose) from the fields that are
 * neither date nor purpose. */
void nq_reference_names(const struct nq_fields *f, const struct nq_field *date,
                        struct nq_reference *out);

/* The byte of the colon that parts source and title, or SIZE_MAX; its bytes in `*len`. */
size_t nq_reference_colon(struct nq_str s, size_t *len);

/* Fills source and title of `s` by a mark behind the title ([J]), a year behind the last field or a
 * label in front (【新华社】); false where there is none. */
bool nq_reference_by_mark(struct nq_str s, const struct nq_field *last, struct nq_reference *out);

/* The same where 《》 tell the title, and a bracket or a name beside them the source. */
bool nq_reference_by_title(struct nq_str s, struct nq_reference *out);

/* 来源：新华社；标题：…；时间：2026年6月13日: fills source, title and date where the fields are
 * labelled so; false where source or title is not. */
bool nq_reference_labelled(const struct nq_fields *f, int32_t report_day, struct nq_reference *out,
                           struct nq_printed_date *date);

/* 上海发布: whether a name is the account of a city. */
bool nq_reference_is_account(struct nq_str s);

/* Author (2025). "Title", Journal: fills source and title where quotation marks between separators
 * say what the title is. */
bool nq_reference_quoted(struct nq_str s, struct nq_reference *out);

/* 作者（2025）：《标题》，《刊》: fills source, title and date of such a reference; false for
 * others. */
bool nq_reference_authored(struct nq_str s, int32_t report_day, struct nq_reference *out,
                           struct nq_printed_date *date);

/* Whether a year stands in brackets in `text`: （2025）, (2025a). */
bool nq_reference_has_year(struct nq_str text);

/* Whether a field is a source by its looks: a medium, an authority, a Latin name. */
bool nq_reference_is_source(struct nq_str s);

/* `title` without 《》 or quotation marks around all of it and 转载 behind them. */
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
