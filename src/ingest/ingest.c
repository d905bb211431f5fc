/* Readers: what a file is, and its reports one by one.  See ingest.h. */
#include "ingest/ingest.h"

#include "ingest/layout.h"
#include "ingest/record.h"
#include "ingest/report.h"
#include "ingest/source.h"
#include "text/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum format { FORMAT_TEXT, FORMAT_MARKDOWN, FORMAT_RECORDS };

struct nq_ingest {
    char *name; /* for messages; "-" for text without one */
    enum format format;
    struct nq_source source;
    struct nq_arena *scratch;
    struct nq_keys keys;
    nq_ingest_warning *warning;
    void *user;
    uint64_t line, failed, undated;
    size_t repaired;
    bool done;
};

/* Bytes of a file that are looked at to see what it is. */
enum { SAMPLE = 1 << 16 };

static void warn(struct nq_ingest *in, bool failed, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void warn(struct nq_ingest *in, bool failed, const char *format, ...)
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

/* What a file is that is no text, or NULL. */
static const char *binary_kind(struct nq_str s)
{
    static const struct {
        struct nq_str magic;
        const char *kind;
    } table[] = {
        {NQ_STR_INIT("%PDF-"), N_("a PDF file")},
        {NQ_STR_INIT("PK\x03\x04"), N_("a zip archive")},
        {NQ_STR_INIT("\x1F\x8B"), N_("gzip data")},
        {NQ_STR_INIT("\x28\xB5\x2F\xFD"), N_("zstd data")},
        {NQ_STR_INIT("SQLite format 3"), N_("an SQLite database")},
        {NQ_STR_INIT("\x89PNG"), N_("an image")},
        {NQ_STR_INIT("\xFF\xD8\xFF"), N_("an image")},
        {NQ_STR_INIT("\x7F"
                     "ELF"),
         N_("a program")},
        {NQ_STR_INIT("\xFF\xFE"), N_("UTF-16")},
        {NQ_STR_INIT("\xFE\xFF"), N_("UTF-16")},
        {NQ_STR_INIT("\xD0\xCF\x11\xE0"), N_("an old Office document")},
    };
    for (size_t i = 0; i < NQ_COUNT(table); i++)
        if (nq_str_starts(s, table[i].magic))
            return _(table[i].kind);
    return NULL;
}

/* Why `sample` is not text, or NULL.  A few stray bytes are repaired; where every tenth character
 * is none, the file is something else. */
static const char *why_not_text(struct nq_str sample, bool whole)
{
    const char *kind = binary_kind(sample);
    if (kind)
        return kind;
    size_t characters = 0, controls = 0, invalid = 0;
    for (size_t at = 0; at < sample.len;) {
        uint32_t cp;
        bool valid = true;
        at += nq_utf8_decode(nq_str_sub(sample, at, sample.len), &cp, &valid);
        if (!whole && at + 4 > sample.len)
            break; /* the sample may cut a character */
        characters++;
        invalid += !valid;
        controls += cp < 9 || (cp > 13 && cp < 32 && cp != 27);
    }
    if (controls * 10 > characters)
        return _("binary data");
    if (invalid * 10 > characters)
        return _("not UTF-8");
    return NULL;
}

static bool has_ending(const char *name, const char *ending)
{
    size_t n = strlen(name), m = strlen(ending);
    return n >= m && strcmp(name + n - m, ending) == 0;
}

/* By content: a first line that is one JSON object.  By ending second. */
static enum format recognise(const char *name, struct nq_str sample)
{
    struct nq_str text = nq_str_trim(sample);
    if (has_ending(name, ".jsonl") || has_ending(name, ".ndjson"))
        return FORMAT_RECORDS;
    if (nq_str_starts(text, NQ_STR("{"))) {
        struct nq_str inside = nq_str_trim(nq_str_sub(text, 1, text.len));
        if (nq_str_starts(inside, NQ_STR("\"")))
            return FORMAT_RECORDS;
    }
    bool markdown = has_ending(name, ".md") || has_ending(name, ".markdown");
    return markdown ? FORMAT_MARKDOWN : FORMAT_TEXT;
}

/* Looks at the beginning of an opened source. */
static enum nq_status look(struct nq_ingest *in, struct nq_error *err)
{
    enum nq_status status = nq_source_fill(&in->source, SAMPLE, err);
    if (status != NQ_OK)
        return status;
    struct nq_str sample = nq_source_waiting(&in->source);
    bool whole = in->source.ended && sample.len <= SAMPLE;
    sample.len = sample.len < SAMPLE ? sample.len : SAMPLE;
    const char *why = why_not_text(sample, whole);
    if (why)
        return nq_fail(err, NQ_ERR_INPUT, _("%s: not text (%s)"), in->name, why);
    if (whole && nq_str_trim(sample).len == 0)
        return nq_fail(err, NQ_ERR_INPUT, _("%s: empty file"), in->name);
    in->format = recognise(in->name, sample);
    return NQ_OK;
}

static struct nq_ingest *create(const char *name, nq_ingest_warning *warning, void *user)
{
    struct nq_ingest *in = calloc(1, sizeof *in);
    if (!in)
        return NULL;
    in->warning = warning;
    in->user = user;
    in->name = strdup(name ? name : "-");
    in->scratch = nq_arena_create();
    if (!in->name || !in->scratch) {
        nq_ingest_close(in);
        return NULL;
    }
    return in;
}

enum nq_status nq_ingest_open_file(const char *path, nq_ingest_warning *warning, void *user,
                                   struct nq_ingest **out, struct nq_error *err)
{
    struct nq_ingest *in = create(path, warning, user);
    if (!in)
        return nq_fail_nomem(err);
    enum nq_status status = nq_source_open_file(&in->source, path, err);
    if (status == NQ_OK)
        status = look(in, err);
    if (status == NQ_OK)
        *out = in;
    else
        nq_ingest_close(in);
    return status;
}

enum nq_status nq_ingest_open_text(const char *name, struct nq_str text, nq_ingest_warning *warning,
                                   void *user, struct nq_ingest **out, struct nq_error *err)
{
    struct nq_ingest *in = create(name, warning, user);
    if (!in)
        return nq_fail_nomem(err);
    nq_source_open_text(&in->source, text);
    enum nq_status status = look(in, err);
    if (status == NQ_OK)
        *out = in;
    else
        nq_ingest_close(in);
    return status;
}

/* `raw` clean and in `arena`, page breaks kept as NQ_PAGE_MARK. */
static struct nq_str clean_text(struct nq_ingest *in, struct nq_arena *arena, struct nq_str raw)
{
    struct nq_buf marked = {0};
    struct nq_str text = raw, piece;
    if (memchr(raw.ptr, '\f', raw.len)) {
        struct nq_str rest = raw;
        while (nq_str_split(&rest, '\f', &piece)) {
            nq_buf_add(&marked, piece);
            if (rest.ptr)
                nq_buf_add(&marked, NQ_STR("\n\xE2\x80\xA9\n"));
        }
        text = marked.failed ? (struct nq_str){0} : nq_buf_str(&marked);
    }
    struct nq_str clean = {0};
    if (text.ptr)
        clean = nq_utf8_clean(arena, text, &in->repaired);
    if (clean.ptr == text.ptr)
        clean = nq_arena_str(arena, clean);
    nq_buf_finish(&marked);
    return clean;
}

static void warn_repaired(struct nq_ingest *in)
{
    if (in->repaired > 0)
        warn(in, false, _("%s: bytes that are no UTF-8 were replaced: %zu"), in->name,
             in->repaired);
}

static enum nq_status next_text(struct nq_ingest *in, struct nq_arena *arena,
                                struct nq_report *report, struct nq_error *err)
{
    enum nq_status status = nq_source_fill(&in->source, NQ_INGEST_MAX_BYTES + 1, err);
    if (status != NQ_OK)
        return status;
    struct nq_str raw = nq_source_waiting(&in->source);
    if (raw.len > NQ_INGEST_MAX_BYTES)
        return nq_fail(err, NQ_ERR_INPUT, _("%s: larger than %zu MB"), in->name,
                       NQ_INGEST_MAX_BYTES >> 20);
    in->source.taken = raw.len;
    struct nq_lines lines;
    struct nq_blocks blocks;
    struct nq_front front;
    struct nq_report read;
    nq_arena_reset(in->scratch);
    struct nq_str text = clean_text(in, arena, raw);
    bool ok = text.ptr &&
              nq_lines_of_text(in->scratch, (char *)text.ptr, text.len,
                               in->format == FORMAT_MARKDOWN, &lines, &front) &&
              nq_layout_repair(arena, in->scratch, &lines, &blocks) &&
              nq_report_of_blocks(arena, &blocks, &front, nq_str_from(in->name), &read);
    if (!ok)
        return nq_fail_nomem(err);
    warn_repaired(in);
    if (read.day == NQ_NO_DAY)
        warn(in, false, _("%s: no date"), in->name);
    *report = read;
    return NQ_OK;
}

/* What is said of a whole file of records when it has been read. */
static void end_records(struct nq_ingest *in)
{
    warn_repaired(in);
    if (in->undated > 0)
        warn(in, false, _("%s: documents without a date: %llu"), in->name,
             (unsigned long long)in->undated);
}

static void skip_record(struct nq_ingest *in, const char *why)
{
    in->failed++;
    warn(in, true, "%s:%llu: %s", in->name, (unsigned long long)in->line, why);
}

static enum nq_status next_record(struct nq_ingest *in, struct nq_arena *arena,
                                  struct nq_report *report, bool *more, struct nq_error *err)
{
    for (;;) {
        struct nq_str line;
        bool too_long, fresh = true;
        const char *why = NULL;
        enum nq_status status =
            nq_source_line(&in->source, NQ_INGEST_MAX_BYTES, &line, &too_long, more, err);
        if (status != NQ_OK)
            return status;
        if (!*more) {
            end_records(in);
            return NQ_OK;
        }
        in->line++;
        struct nq_report read;
        if (too_long) {
            skip_record(in, _("the line is too long"));
        } else if (nq_str_trim(line).len == 0) {
            continue;
        } else if (!nq_record_read(arena, nq_str_trim(line), &read, &in->repaired, &why)) {
            if (!why)
                return nq_fail_nomem(err);
            skip_record(in, why);
        } else if (!nq_keys_add(&in->keys, read.key, &fresh)) {
            return nq_fail_nomem(err);
        } else if (!fresh) {
            skip_record(in, _("\"id\" stands in an earlier line too"));
        } else {
            in->undated += read.day == NQ_NO_DAY;
            *report = read;
            return NQ_OK;
        }
    }
}

enum nq_status nq_ingest_next(struct nq_ingest *in, struct nq_arena *arena,
                              struct nq_report *report, bool *more, struct nq_error *err)
{
    *more = false;
    if (in->done)
        return NQ_OK;
    enum nq_status status;
    if (in->format == FORMAT_RECORDS) {
        status = next_record(in, arena, report, more, err);
        in->done = status != NQ_OK || !*more;
    } else {
        status = next_text(in, arena, report, err);
        *more = status == NQ_OK;
        in->done = true;
    }
    return status;
}

bool nq_ingest_is_records(const struct nq_ingest *in)
{
    return in->format == FORMAT_RECORDS;
}

uint64_t nq_ingest_bytes(const struct nq_ingest *in)
{
    return in->source.taken;
}

uint64_t nq_ingest_failed(const struct nq_ingest *in)
{
    return in->failed;
}

void nq_ingest_close(struct nq_ingest *in)
{
    if (!in)
        return;
    nq_source_close(&in->source);
    nq_arena_destroy(in->scratch);
    nq_keys_finish(&in->keys);
    free(in->name);
    free(in);
}
