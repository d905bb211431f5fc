/* A file of records (JSONL), one report a line: see record.h for a line. */
#include "ingest/reading.h"

/* What is said of a whole file of records when it has been read. */
static void end_records(struct nq_ingest *in)
{
    nq_ingest_warn_repaired(in);
    if (in->undated > 0)
        nq_ingest_warn(in, false, _("%s: documents without a date: %llu"), in->name,
                       (unsigned long long)in->undated);
}

void nq_ingest_refuse(struct nq_ingest *in, const char *why)
{
    while (in->member)
        in = in->member;
    in->failed++;
    nq_ingest_warn(in, true, _("%s:%llu: %s"), in->name, (unsigned long long)in->line, why);
}

enum nq_status nq_ingest_next_record(struct nq_ingest *in, struct nq_arena *arena,
                                     struct nq_report *report, bool *more, struct nq_error *err)
{
    for (;;) {
        struct nq_str line;
        bool too_long;
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
            nq_ingest_refuse(in, _("the line is too long"));
        } else if (nq_str_trim(line).len == 0) {
            continue;
        } else if (!nq_record_read(arena, nq_str_trim(line), &read, &in->repaired, &why)) {
            if (!why)
                return nq_fail_nomem(err);
            nq_ingest_refuse(in, why);
        } else {
            in->undated += read.day == NQ_NO_DAY;
            *report = read;
            return NQ_OK;
        }
    }
}
