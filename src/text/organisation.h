/* Organisations: the bodies, media and companies of dicts/organisations.tsv and what they are
 * called. */
#ifndef NQ_TEXT_ORGANISATION_H
#define NQ_TEXT_ORGANISATION_H

#include "base/str.h"

/* Whether `word`, in Simplified characters as printed or folded, is an organisation's name or one
 * of its other names. */
bool nq_organisation_known(struct nq_str word);

/* The same, and stores which name `*i` it is. */
bool nq_organisation_find(struct nq_str word, size_t *i);

/* Name `i` of them, other names included, folded; absent behind the last. */
struct nq_str nq_organisation_name(size_t i);

/* The level of name `i`, which is one: state, ministry, party … (dicts/README.md). */
const char *nq_organisation_level(size_t i);

#endif
