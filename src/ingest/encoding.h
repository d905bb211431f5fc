/* Encodings: which one a text has, and a layer that makes UTF-8 of it.
 *
 * A byte order mark says it.  What is well-formed UTF-8 is UTF-8.  Else the text is read as each of
 * the encodings that Chinese is written in, and taken for the one in which it is plausible Chinese:
 * characters of GB 2312's first level (3,755, which make up 99 % of any modern text, Traditional
 * ones folded) and Chinese punctuation.  What is no Chinese is left to uchardet, where it is built
 * in. */
#ifndef NQ_INGEST_ENCODING_H
#define NQ_INGEST_ENCODING_H

#include "ingest/source.h"

/* The name of the encoding of `sample`, the beginning of a text (all of it if `whole`): "UTF-8", or
 * one that iconv knows; NULL where it is none of any text.  `declared` is what the text says of
 * itself (HTML's charset), believed where it makes sense; or empty.  The result is static or
 * written to `name`. */
const char *nq_encoding_of(struct nq_str sample, bool whole, struct nq_str declared, char name[32]);

/* Puts a layer over `source` that converts from `encoding`.  What is no character of it becomes
 * U+FFFD and is counted in `*replaced`.  Errors: INPUT (iconv does not know it), NOMEM. */
enum nq_status nq_encoding_decode(struct nq_source *source, const char *encoding, size_t *replaced,
                                  struct nq_error *err);

#endif
