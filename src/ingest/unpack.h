/* What libarchive unpacks: compressed text as a layer of a source, archives as files one by one. */
#ifndef NQ_INGEST_UNPACK_H
#define NQ_INGEST_UNPACK_H

#include "base/buf.h"
#include "ingest/source.h"

/* More than NQ_UNPACK_FREE bytes may come of a compressed file only where it is at least the
 * NQ_UNPACK_RATIO-th part of them: text packs to a tenth, at its most monotonous to a fiftieth. */
#define NQ_UNPACK_FREE ((uint64_t)64 << 20)
enum { NQ_UNPACK_RATIO = 200 };

/* Puts a layer over `source` that unpacks gzip, zstd, bzip2 or xz.  `name` is copied, for messages.
 * Errors: INPUT (damaged, a bomb, built without libarchive), NOMEM; the layer's are the same. */
enum nq_status nq_unpack_layer(struct nq_source *source, const char *name, struct nq_error *err);

/* An archive (zip; tar, packed or not) that is being read. */
struct nq_archive;

/* The most bytes of an archive or document that are read into memory, where it is no file of its
 * own but part of another archive. */
#define NQ_UNPACK_MEMORY ((size_t)64 << 20)

/* Opens the archive that `source` holds, which belongs to the archive from now on; the caller
 * closes `*out`.  Errors: INPUT (too large, damaged, built without libarchive), NOMEM, and those of
 * the source. */
enum nq_status nq_archive_open(struct nq_source *source, const char *name, struct nq_archive **out,
                               struct nq_error *err);

/* Goes to the next regular file and sets `*path` to its name in UTF-8, borrowed until the next
 * call; absent at the end.  Other entries (folders, links, devices) are passed over.
 * Errors: INPUT (damaged, a bomb; the archive can only be closed). */
enum nq_status nq_archive_next(struct nq_archive *archive, struct nq_str *path,
                               struct nq_error *err);

/* Goes back to before the first file.  Errors: as open. */
enum nq_status nq_archive_rewind(struct nq_archive *archive, struct nq_error *err);

/* Opens the file that nq_archive_next has gone to, for reading until the next call of that. */
void nq_archive_member(struct nq_archive *archive, struct nq_source *out);

void nq_archive_close(struct nq_archive *archive);

/* Puts the name of an entry into `out` in UTF-8: as it stands there, or converted from what Windows
 * in Chinese writes.  Errors: NOMEM. */
enum nq_status nq_archive_path_decode(struct nq_str raw, struct nq_buf *out, struct nq_error *err);

/* Whether `path` of an archive stays below it: no leading /, no drive letter, no "..". */
bool nq_archive_path_is_safe(struct nq_str path);

#endif
