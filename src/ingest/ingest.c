/* Opening a file: what it is packed in, how it is encoded, which format it has.  See ingest.h. */
#include "ingest/docx.h"
#include "ingest/encoding.h"
#include "ingest/reading.h"
#include "text/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    SAMPLE = 1 << 16,   /* bytes of a file that are looked at to see what it is */
    FARTHEST = 1 << 20, /* bytes within which the first character beyond ASCII is looked for */
    MOST_PACKED = 3,    /* layers of compression around a file */
};

void nq_ingest_warn(struct nq_ingest *in, bool failed, const char *format, ...)
{
    char message[600];
    va_list args;
    if (!in->warning)
        return;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    in->warning(in->user, failed, message);
}

void nq_ingest_warn_repaired(struct nq_ingest *in)
{
    if (in->repaired > 0)
        nq_ingest_warn(in, false, _("%s: bytes that are no %s were replaced: %zu"), in->name,
                       in->encoding, in->repaired);
}

static enum nq_status fail_not_text(const struct nq_ingest *in, const char *why,
                                    struct nq_error *err)
{
    return nq_fail(err, NQ_ERR_INPUT, _("%s: not text (%s)"), in->name, why);
}

/* The beginning of the source, `*whole` if that is all of it. */
static enum nq_status take_sample(struct nq_ingest *in, size_t size, struct nq_str *sample,
                                  bool *whole, struct nq_error *err)
{
    enum nq_status status = nq_source_fill(&in->source, size, err);
    *sample = nq_source_waiting(&in->source);
    *whole = in->source.ended && sample->len <= size;
    sample->len = sample->len < size ? sample->len : size;
    return status;
}

static bool is_ascii(struct nq_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] >= 0x80)
            return false;
    return true;
}

/* Whether every tenth character of a text in UTF-8 is a control character. */
static bool is_binary(struct nq_str sample)
{
    size_t controls = 0, characters = nq_utf8_count(sample);
    for (size_t i = 0; i < sample.len; i++) {
        unsigned char c = (unsigned char)sample.ptr[i];
        controls += c < 9 || (c > 13 && c < 32 && c != 27);
    }
    return controls * 10 > characters;
}

/* Sees that the source is text, puts a layer over it where it is no UTF-8, and tells its format. */
static enum nq_status look_at_text(struct nq_ingest *in, struct nq_error *err)
{
    struct nq_str sample;
    bool whole;
    enum nq_status status = take_sample(in, SAMPLE, &sample, &whole, err);
    if (status == NQ_OK && !whole && is_ascii(sample))
        status = take_sample(in, FARTHEST, &sample, &whole, err);
    if (status != NQ_OK)
        return status;
    char name[32];
    struct nq_str declared = nq_kind_declared_charset(sample);
    const char *encoding = nq_encoding_of(sample, whole, declared, name);
    if (!encoding)
        return fail_not_text(in, is_binary(sample) ? _("binary data") : _("no known encoding"),
                             err);
    snprintf(in->encoding, sizeof in->encoding, "%s", encoding);
    if (strcmp(encoding, "UTF-8") != 0)
        status = nq_encoding_decode(&in->source, encoding, &in->repaired, err);
    if (status == NQ_OK)
        status = take_sample(in, SAMPLE, &sample, &whole, err);
    if (status != NQ_OK)
        return status;
    if (is_binary(sample))
        return fail_not_text(in, _("binary data"), err);
    if (whole && nq_str_trim(sample).len == 0)
        return nq_fail(err, NQ_ERR_INPUT, _("%s: empty file"), in->name);
    in->format = nq_kind_of_text(in->name, sample);
    return NQ_OK;
}

/* A text where a DOCX or PDF file should be. */
static enum nq_status look_at_promise(struct nq_ingest *in, struct nq_error *err)
{
    switch (nq_kind_promised(in->name)) {
    case NQ_FORMAT_DOCX:
        return nq_fail(err, NQ_ERR_INPUT, _("%s: not a DOCX file (no zip archive)"), in->name);
    case NQ_FORMAT_PDF:
        return nq_fail(err, NQ_ERR_INPUT, _("%s: not a PDF file"), in->name);
    default:
        return look_at_text(in, err);
    }
}

static enum nq_status look_at_archive(struct nq_ingest *in, struct nq_error *err)
{
    enum { DEEPEST = 2 };
    bool zip = in->format == NQ_FORMAT_ZIP, foreign = false;
    enum nq_status status = nq_archive_open(&in->source, in->name, &in->archive, err);
    if (status == NQ_OK && zip)
        status = nq_docx_recognise(in->archive, &in->format, &foreign, err);
    if (status != NQ_OK)
        return status;
    if (foreign)
        return fail_not_text(in, _("an Office document or book that is no DOCX"), err);
    if (in->format != NQ_FORMAT_DOCX && nq_kind_promised(in->name) == NQ_FORMAT_DOCX)
        return nq_fail(err, NQ_ERR_INPUT, _("%s: not a DOCX file (no text in it)"), in->name);
    if (in->format != NQ_FORMAT_DOCX && in->depth >= DEEPEST)
        return nq_fail(err, NQ_ERR_INPUT, _("%s: an archive within %d others"), in->name, DEEPEST);
    return NQ_OK;
}

/* Looks at the beginning of an opened source. */
static enum nq_status look(struct nq_ingest *in, struct nq_error *err)
{
    for (int packed = 0;; packed++) {
        struct nq_str sample;
        bool whole;
        enum nq_status status = take_sample(in, SAMPLE, &sample, &whole, err);
        if (status != NQ_OK)
            return status;
        if (whole && nq_str_trim(sample).len == 0)
            return nq_fail(err, NQ_ERR_INPUT, _("%s: empty file"), in->name);
        const char *unread = nq_kind_unread(sample);
        if (unread)
            return fail_not_text(in, unread, err);
        in->format = nq_kind_of_bytes(sample);
        if (in->format != NQ_FORMAT_PACKED || packed == MOST_PACKED)
            break;
        status = nq_unpack_layer(&in->source, in->name, err);
        if (status != NQ_OK)
            return status;
    }
    switch (in->format) {
    case NQ_FORMAT_PACKED:
        return nq_fail(err, NQ_ERR_INPUT, _("%s: packed over %d times"), in->name, MOST_PACKED);
    case NQ_FORMAT_ZIP:
    case NQ_FORMAT_TAR:
        return look_at_archive(in, err);
    case NQ_FORMAT_PDF:
        return NQ_OK;
    default:
        return look_at_promise(in, err);
    }
}

enum nq_status nq_ingest_open(const char *name, struct nq_source *source, unsigned depth,
                              nq_ingest_warning *warning, void *user, struct nq_ingest **out,
                              struct nq_error *err)
{
    struct nq_ingest *in = calloc(1, sizeof *in);
    if (!in) {
        nq_source_close(source);
        return nq_fail_nomem(err);
    }
    in->source = *source;
    in->warning = warning;
    in->user = user;
    in->depth = depth;
    in->name = strdup(name ? name : "-");
    in->scratch = nq_arena_create();
    enum nq_status status = in->name && in->scratch ? look(in, err) : nq_fail_nomem(err);
    if (status == NQ_OK)
        *out = in;
    else
        nq_ingest_close(in);
    return status;
}

enum nq_status nq_ingest_open_file(const char *path, nq_ingest_warning *warning, void *user,
                                   struct nq_ingest **out, struct nq_error *err)
{
    struct nq_source source = {0};
    enum nq_status status = nq_source_open_file(&source, path, err);
    return status == NQ_OK ? nq_ingest_open(path, &source, 0, warning, user, out, err) : status;
}

enum nq_status nq_ingest_open_text(const char *name, struct nq_str text, nq_ingest_warning *warning,
                                   void *user, struct nq_ingest **out, struct nq_error *err)
{
    struct nq_source source;
    nq_source_open_text(&source, text);
    return nq_ingest_open(name, &source, 0, warning, user, out, err);
}

enum nq_status nq_ingest_next(struct nq_ingest *in, struct nq_arena *arena,
                              struct nq_report *report, bool *more, struct nq_error *err)
{
    enum nq_status status;
    *more = false;
    if (in->done)
        return NQ_OK;
    switch (in->format) {
    case NQ_FORMAT_RECORDS:
        status = nq_ingest_next_record(in, arena, report, more, err);
        in->done = status != NQ_OK || !*more;
        return status;
    case NQ_FORMAT_ZIP:
    case NQ_FORMAT_TAR:
        status = nq_ingest_next_member(in, arena, report, more, err);
        in->done = status != NQ_OK || !*more;
        return status;
    default:
        status = nq_ingest_next_document(in, arena, report, err);
        *more = status == NQ_OK;
        in->done = true;
        return status;
    }
}

bool nq_ingest_holds_many(const struct nq_ingest *in)
{
    return in->format == NQ_FORMAT_RECORDS || in->format == NQ_FORMAT_ZIP ||
           in->format == NQ_FORMAT_TAR;
}

uint64_t nq_ingest_failed(const struct nq_ingest *in)
{
    return in->failed;
}

void nq_ingest_close(struct nq_ingest *in)
{
    if (!in)
        return;
    nq_ingest_close(in->member);
    nq_archive_close(in->archive);
    nq_buf_finish(&in->member_path);
    nq_source_close(&in->source);
    nq_arena_destroy(in->scratch);
    free(in->name);
    free(in);
}
