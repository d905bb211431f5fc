/* What a file is: by its content first, by the ending of its name second. */
#ifndef NQ_INGEST_KIND_H
#define NQ_INGEST_KIND_H

#include "base/str.h"

enum nq_format {
    NQ_FORMAT_OTHER, /* none that is read; or a text, whose encoding must be known first */
    NQ_FORMAT_TEXT,
    NQ_FORMAT_MARKDOWN,
    NQ_FORMAT_RECORDS,
    NQ_FORMAT_HTML,
    NQ_FORMAT_DOCX,
    NQ_FORMAT_PDF,
    NQ_FORMAT_PACKED, /* gzip, zstd, …: one file */
    NQ_FORMAT_ZIP,    /* an archive, or a DOCX: its entries tell */
    NQ_FORMAT_TAR,
};

/* The format of a file that is no text, by its first bytes; OTHER if these may be text. */
enum nq_format nq_kind_of_bytes(struct nq_str sample);

/* What a file that is not read is called (an image, …), in the user's language, or NULL. */
const char *nq_kind_unread(struct nq_str sample);

/* The format that the ending of `name` promises: DOCX or PDF where content must be looked for, else
 * OTHER. */
enum nq_format nq_kind_promised(const char *name);

/* The format of a text in UTF-8 that begins with `sample`. */
enum nq_format nq_kind_of_text(const char *name, struct nq_str sample);

/* What a document says of its own encoding, in any encoding that is ASCII in its lower half: the
 * charset of HTML's <meta> or of an XML declaration; or empty. */
struct nq_str nq_kind_declared_charset(struct nq_str sample);

#endif
