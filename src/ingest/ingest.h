/* Readers: a file or a text becomes reports, one at a time.
 *
 * A document (text, Markdown, HTML, DOCX, PDF) holds one report, a JSONL file one a line, an
 * archive (zip, tar) those of its files.  A file is recognised by its content first and by its
 * ending second; compressed text and other encodings than UTF-8 are read through.  JSONL is read
 * record by record in bounded memory, however large the file; a document may have up to
 * NQ_INGEST_MAX_BYTES of text.
 *
 *     open -> (next -> use the report -> reset the arena)* -> close */
#ifndef NQ_INGEST_INGEST_H
#define NQ_INGEST_INGEST_H

#include "base/arena.h"

/* The largest text, Markdown or HTML file and the largest JSONL line: far more than any report has,
 * and little enough to be held in memory. */
#define NQ_INGEST_MAX_BYTES ((size_t)16 << 20)

/* A file or text that is being read. */
struct nq_ingest;

/* Called with one line for everything that was skipped or repaired, with file and line; `failed`
 * says that a record was not read.  NULL: no calls. */
typedef void nq_ingest_warning(void *user, bool failed, const char *message);

/* Opens the file at `path`, which is named in messages and may give the report its date
 * (20240115.md).  The caller closes `*out`.
 * Errors: IO (missing, no rights, a folder), INPUT (empty, nothing that is read, too large, needs a
 * library that is not built in), NOMEM. */
enum nq_status nq_ingest_open_file(const char *path, nq_ingest_warning *warning, void *user,
                                   struct nq_ingest **out, struct nq_error *err);

/* The same for `text` in memory, which must outlive `*out`, as the file `name` ("-" or NULL: told
 * by content alone).  Errors: INPUT, NOMEM. */
enum nq_status nq_ingest_open_text(const char *name, struct nq_str text, nq_ingest_warning *warning,
                                   void *user, struct nq_ingest **out, struct nq_error *err);

/* Reads the next report into `*report`, whose fields live in `arena`, and sets `*more`; at the end
 * `*more` is false and `*report` is left alone.  A JSONL line that is no document is warned of and
 * passed over, a file of an archive that cannot be read too.  After an error the reader can only be
 * closed.
 * Errors: INPUT (also where the file cannot be read on), NOMEM. */
enum nq_status nq_ingest_next(struct nq_ingest *in, struct nq_arena *arena,
                              struct nq_report *report, bool *more, struct nq_error *err);

/* Counts the record that was read last as one that could not be: `why` is what is wrong with its
 * line. */
void nq_ingest_refuse(struct nq_ingest *in, const char *why);

/* Whether the file may hold several reports (JSONL, archives), each with a name of its own in it:
 * its `key`, or its `member` path. */
bool nq_ingest_holds_many(const struct nq_ingest *in);

/* How many records and files of an archive could not be read. */
uint64_t nq_ingest_failed(const struct nq_ingest *in);

/* NULL is accepted. */
void nq_ingest_close(struct nq_ingest *in);

#endif
