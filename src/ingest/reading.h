/* A file that is being read: what the readers of documents, records and archives share.  Only the
 * files of this folder that make up ingest.h include it. */
#ifndef NQ_INGEST_READING_H
#define NQ_INGEST_READING_H

#include "ingest/ingest.h"
#include "ingest/kind.h"
#include "ingest/record.h"
#include "ingest/unpack.h"

struct nq_ingest {
    char *name; /* for messages; "-" for text without one */
    enum nq_format format;
    struct nq_source source;
    struct nq_arena *scratch;
    nq_ingest_warning *warning;
    void *user;
    uint64_t failed;
    size_t repaired;
    char encoding[32]; /* "UTF-8" or what it was converted from */
    bool done;

    /* of records */
    uint64_t line, undated;

    /* of an archive */
    struct nq_archive *archive;
    struct nq_ingest *member; /* the file in it that is being read */
    struct nq_buf member_path;
    bool read_any;  /* a report of it was */
    unsigned depth; /* archives around this file */
};

void nq_ingest_warn(struct nq_ingest *in, bool failed, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Says once what was no character of the file's encoding. */
void nq_ingest_warn_repaired(struct nq_ingest *in);

/* Opens `source`, which belongs to the result from now on, also where it fails. */
enum nq_status nq_ingest_open(const char *name, struct nq_source *source, unsigned depth,
                              nq_ingest_warning *warning, void *user, struct nq_ingest **out,
                              struct nq_error *err);

/* The next report of each kind of file; see nq_ingest_next. */
enum nq_status nq_ingest_next_document(struct nq_ingest *in, struct nq_arena *arena,
                                       struct nq_report *report, struct nq_error *err);
enum nq_status nq_ingest_next_record(struct nq_ingest *in, struct nq_arena *arena,
                                     struct nq_report *report, bool *more, struct nq_error *err);
enum nq_status nq_ingest_next_member(struct nq_ingest *in, struct nq_arena *arena,
                                     struct nq_report *report, bool *more, struct nq_error *err);

#endif
