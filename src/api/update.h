/* A run of nq_index_update: what its parts share.
 *
 *     update.c    transactions, all files, pruning
 *     file.c      one file: unchanged, or to be read
 *     file_same.c one whose content was or is under another path: moved, a copy
 *     put*.c      one report: put, kept, in place of an older one (put.h)
 *
 * What is read stands in the index by content: a report keeps its id while its text stays the same,
 * whatever the file is called; another text gets a new id, and the old one becomes a revision. */
#ifndef NQ_API_UPDATE_H
#define NQ_API_UPDATE_H

#include "api/events.h"
#include "api/index.h"
#include "api/topic_writer.h"
#include "api/walk.h"
#include "ingest/ingest.h"
#include "store/revisions.h"

struct nq_update {
    struct nq_index *index;
    const struct nq_update_options *options;
    struct nq_summary *summary;
    struct nq_arena *arena;      /* of the report at hand */
    struct nq_arena *file_arena; /* of the file at hand */
    struct nq_error *err;
    struct nq_buf heading, text, old_text;
    struct nq_event_writer events;
    struct nq_topic_writer topics;
    bool removed_any;
    bool in_transaction;
    uint64_t group_bytes;
    int64_t next_id;
    uint64_t passages_added;
    bool reread; /* files were marked to be read again, see nq_store_revisions_delete */
};

/* Within a transaction or not; each does nothing where there is nothing to do. */
enum nq_status nq_update_begin(struct nq_update *u);
enum nq_status nq_update_commit(struct nq_update *u);
void nq_update_rollback(struct nq_update *u);

/* Reads a file into the index where it has changed.  What concerns the file alone is warned of and
 * counted. */
enum nq_status nq_update_file(struct nq_update *u, const struct nq_walk_file *file);

/* What a file is to those with the same content. */
enum nq_sameness {
    NQ_FILE_OTHER,  /* there is none */
    NQ_FILE_MOVED,  /* it is one that is gone, under another name than `*was` */
    NQ_FILE_COPIED, /* that of `*was` is still there */
};

/* Looks for a file with the same content as `file`, by its hash, and makes `*row` the row of
 * `file` where there is one. */
enum nq_status nq_update_recognise(struct nq_update *u, const struct nq_walk_file *file,
                                   int64_t hash, struct nq_file_row *row, struct nq_str *was,
                                   enum nq_sameness *how);

/* Has the reports of `row` belong to its first copy, whose row goes. */
enum nq_status nq_update_promote_copy(struct nq_update *u, struct nq_file_row *row, bool *promoted);

/* Forgets a file that is gone.  Where another holds the same content, the reports become that
 * one's.
 */
enum nq_status nq_update_forget(struct nq_update *u, int64_t file);

/* A file whose reports are being put. */
struct nq_put {
    struct nq_update *u;
    struct nq_ingest *in;
    struct nq_file_row *row; /* as it is now */
    int64_t was_modified_ns;
    int64_t first_id;     /* smaller ones are of reports that were there before */
    bool known;           /* the index held the file before */
    bool many;            /* reports have names of their own in it */
    bool elsewhere;       /* there are other files */
    struct nq_buf member; /* the file of an archive that is being put, */
    int64_t member_first; /* and its first id */
    uint8_t **kept;       /* reports that are as they were: a bit for each id, in blocks */
    size_t n_kept;        /* blocks */
};

/* Puts a report of the file, in place of the one that it continues; a record whose id was there
 * already is refused. */
enum nq_status nq_put_report(struct nq_put *put, const struct nq_report *report);

/* Takes out what the file held before and holds no more; frees what the struct holds. */
enum nq_status nq_put_finish(struct nq_put *put, enum nq_status status);

/* Takes a report and its revisions out of the index. */
enum nq_status nq_update_discard(struct nq_update *u, int64_t report);

/* Keeps the text of `old` as a revision of report `heir`, and takes `old` out.  `file` as in struct
 * nq_revision_row. */
enum nq_status nq_update_supersede(struct nq_update *u, const struct nq_report_row *old,
                                   int64_t heir, int64_t file, int64_t modified_ns);

#endif
