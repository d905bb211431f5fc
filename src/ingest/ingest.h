/* Readers: a file or a text becomes reports, one at a time.
 *
 * A text or Markdown file holds one report, a JSONL file one a line.  The file is recognised by its
 * content first and by its ending second.  JSONL is read record by record in bounded memory,
 * however large the file; a text or Markdown file may have up to NQ_INGEST_MAX_BYTES.
 *
 *     open -> (next -> use the report -> reset the arena)* -> close */
#ifndef NQ_INGEST_INGEST_H
#define NQ_INGEST_INGEST_H

#include "base/arena.h"

/* The largest text or Markdown file and the largest JSONL line: far more than any report has, and
 * little enough to be held in memory. */
#define NQ_INGEST_MAX_BYTES ((size_t)16 << 20)

/* A file or text that is being read. */
struct nq_ingest;

/* Called with one line for everything that was skipped or repaired, with file and line; `failed`
 * says that a record was not read.  NULL: no calls. */
typedef void nq_ingest_warning(void *user, bool failed, const char *message);

/* Opens the file at `path`, which is named in messages and may give the report its date
 * (20240115.md).  The caller closes `*out`.
 * Errors: IO (missing, no rights, a folder), INPUT (empty, not text, too large), NOMEM. */
enum nq_status nq_ingest_open_file(const char *path, nq_ingest_warning *warning, void *user,
                                   struct nq_ingest **out, struct nq_error *err);

/* The same for `text` in memory, which must outlive `*out`, as the file `name` ("-" or NULL: told
 * by content alone).  Errors: INPUT, NOMEM. */
enum nq_status nq_ingest_open_text(const char *name, struct nq_str text, nq_ingest_warning *warning,
                                   void *user, struct nq_ingest **out, struct nq_error *err);

/* Reads the next report into `*report`, whose fields live in `arena`, and sets `*more`; at the end
 * `*more` is false and `*report` is left alone.  A JSONL line that is no document is warned of and
 * passed over.  After an error the reader can only be closed.
 * Errors: IO (the file cannot be read on), INPUT, NOMEM. */
enum nq_status nq_ingest_next(struct nq_ingest *in, struct nq_arena *arena,
                              struct nq_report *report, bool *more, struct nq_error *err);

/* Whether the file is one of records (JSONL), each with a key of its own. */
bool nq_ingest_is_records(const struct nq_ingest *in);

/* Bytes read so far, and records that were no document. */
uint64_t nq_ingest_bytes(const struct nq_ingest *in);
uint64_t nq_ingest_failed(const struct nq_ingest *in);

/* NULL is accepted. */
void nq_ingest_close(struct nq_ingest *in);

#endif
