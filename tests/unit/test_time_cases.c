/* Runs the tables of dates and events of tests/cases.
 *
 *     test_time_cases [--rewrite] FILE...
 *
 * A line is REFERENCE | TEXT ==> RESULT; files whose name holds "events" are read for events.  With
 * --rewrite the results become what came out. */
#include "base/arena.h"
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

static void add_days(struct nq_buf *out, int32_t first, int32_t last)
{
    char day[11];
    nq_buf_addf(out, "%s", nq_day_format(first, day));
    if (last != first)
        nq_buf_addf(out, "..%s", nq_day_format(last, day));
}

static void dump_date(struct nq_buf *out, struct nq_str text, const struct nq_date *d)
{
    static const char *const kinds[] = {"", "open", "vague", "invalid"};
    static const char *const precisions[] = {"day", "month", "quarter", "year", "range"};
    static const char *const bounds[] = {"",       " by",    " before", " until",
                                         " since", " after", " about"};
    nq_buf_add(out, nq_str_sub(text, d->start, d->end));
    nq_buf_addf(out, " = ");
    if (d->kind != NQ_DATE_INTERVAL) {
        nq_buf_addf(out, "%s", kinds[d->kind]);
        return;
    }
    add_days(out, d->first, d->last);
    nq_buf_addf(out, " %s%s", precisions[d->precision], bounds[d->bound]);
}

static void add_part(struct nq_buf *out, struct nq_str s)
{
    nq_buf_addf(out, ", ");
    nq_buf_add(out, s.ptr ? s : NQ_STR("-"));
}

static void dump_event(struct nq_buf *out, struct nq_str text, const struct nq_event *e)
{
    add_days(out, e->first, e->last);
    nq_buf_addf(out, " %s", e->kind == NQ_EVENT_PAST ? "past" : "milestone");
    add_part(out, e->actor);
    add_part(out, e->action);
    add_part(out, e->document);
    if (!nq_str_eq(e->quote, nq_str_sub(text, e->start, e->end)))
        nq_buf_addf(out, ", WRONG QUOTE");
}

static void read_text(struct nq_extractor *extractor, bool events, struct nq_str text,
                      int32_t reference, struct nq_buf *out)
{
    const struct nq_date *dates = NULL;
    const struct nq_event *found = NULL;
    size_t n = 0;
    enum nq_status status = events
                                ? nq_extract_events(extractor, text, reference, 0, &found, &n, NULL)
                                : nq_extract_dates(extractor, text, reference, &dates, &n, NULL);
    for (size_t i = 0; i < n && status == NQ_OK; i++) {
        if (i > 0)
            nq_buf_addf(out, "; ");
        if (events)
            dump_event(out, text, &found[i]);
        else
            dump_date(out, text, &dates[i]);
    }
}

static bool run_case(const char *path, struct nq_str line, struct nq_extractor *extractor,
                     struct nq_buf *rewritten)
{
    size_t bar = nq_str_find(line, NQ_STR(" | "), 0), arrow = nq_str_find(line, NQ_STR("==>"), 0);
    struct nq_str text = nq_str_trim(nq_str_sub(line, bar + 3, arrow));
    struct nq_str want = nq_str_trim(nq_str_sub(line, arrow + 3, line.len));
    int32_t reference = NQ_NO_DAY, last;
    struct nq_buf got = {0};
    nq_day_parse(nq_str_sub(line, 0, bar), &reference, &last);
    read_text(extractor, strstr(path, "events") != NULL, text, reference, &got);
    bool bad = !nq_str_eq(want, nq_buf_str(&got));
    if (bad)
        printf("%s: %.*s\n  - %.*s\n  + %.*s\n", path, NQ_STR_ARG(text), NQ_STR_ARG(want),
               NQ_STR_ARG(nq_buf_str(&got)));
    nq_buf_add(rewritten, nq_str_sub(line, 0, arrow));
    nq_buf_addf(rewritten, "==>%s", got.len ? " " : "");
    nq_buf_add(rewritten, nq_buf_str(&got));
    nq_buf_finish(&got);
    return bad;
}

static int run_file(const char *path, bool rewrite, struct nq_extractor *extractor)
{
    static char text[1 << 20];
    struct nq_buf rewritten = {0};
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(2);
    }
    struct nq_str rest = {text, fread(text, 1, sizeof text, file)}, line;
    fclose(file);
    int cases = 0, bad = 0;
    while (nq_str_line(&rest, &line)) {
        bool is_case = line.len > 0 && line.ptr[0] != '#' &&
                       nq_str_find(line, NQ_STR("==>"), 0) != SIZE_MAX &&
                       nq_str_find(line, NQ_STR(" | "), 0) != SIZE_MAX;
        if (is_case)
            bad += run_case(path, line, extractor, &rewritten);
        else
            nq_buf_add(&rewritten, line);
        nq_buf_add_byte(&rewritten, '\n');
        cases += is_case;
    }
    printf("%s: %d cases, %d failed\n", path, cases, bad);
    file = rewrite ? fopen(path, "wb") : NULL;
    if (file) {
        fwrite(rewritten.ptr, 1, rewritten.len, file);
        fclose(file);
    }
    nq_buf_finish(&rewritten);
    return bad;
}

int main(int argc, char **argv)
{
    bool rewrite = argc > 1 && strcmp(argv[1], "--rewrite") == 0;
    struct nq_extractor *extractor = NULL;
    int bad = 0;
    if (nq_extractor_open(&extractor, NULL) != NQ_OK)
        return 2;
    for (int i = 1 + rewrite; i < argc; i++)
        bad += run_file(argv[i], rewrite, extractor);
    nq_extractor_close(extractor);
    return bad > 0 && !rewrite;
}
