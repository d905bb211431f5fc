/* Runs tables of tests/cases: reports (files with "===" cases) and references ("==>" lines).
 *
 *     test_report_cases [--rewrite] FILE...
 *
 * With --rewrite the expected part of every case becomes what came out. */
#include "base/arena.h"
#include "base/buf.h"
#include "ingest/reference.h"

#include <stdio.h>
#include <stdlib.h>

static struct nq_str slurp(const char *path)
{
    static char text[1 << 20];
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(2);
    }
    size_t n = fread(text, 1, sizeof text, file);
    fclose(file);
    return (struct nq_str){text, n};
}

static void add_field(struct nq_buf *out, struct nq_str s)
{
    if (!s.ptr)
        nq_buf_add(out, NQ_STR("-"));
    for (size_t i = 0; s.ptr && i < s.len; i++) {
        if (s.ptr[i] == '\n')
            nq_buf_add(out, NQ_STR("⏎"));
        else
            nq_buf_add_byte(out, s.ptr[i]);
    }
}

static void add_line(struct nq_buf *out, const char *label, struct nq_str s)
{
    nq_buf_addf(out, "%s", label);
    add_field(out, s);
    nq_buf_add_byte(out, '\n');
}

static void dump_reference(struct nq_buf *out, const struct nq_reference *r)
{
    int32_t first, last;
    char day[11];
    add_field(out, r->source);
    nq_buf_addf(out, " | ");
    add_field(out, r->title);
    nq_buf_addf(out, " | ");
    add_field(out, r->date);
    if (r->date.ptr && nq_day_parse(r->date, &first, &last) && last != r->day_end)
        nq_buf_addf(out, "..%s", nq_day_format(r->day_end, day));
    nq_buf_addf(out, " | ");
    add_field(out, r->purpose);
    nq_buf_add_byte(out, '\n');
}

static void dump_report(struct nq_buf *out, const struct nq_report *report, bool only)
{
    char day[11];
    if (report->title.ptr || !only)
        add_line(out, "title: ", report->title);
    if (report->publisher.ptr)
        add_line(out, "publisher: ", report->publisher);
    if (report->source.ptr)
        add_line(out, "source: ", report->source);
    if (report->url.ptr)
        add_line(out, "url: ", report->url);
    if (report->kind == NQ_KIND_REFERENCE)
        nq_buf_addf(out, "kind: reference\n");
    if (report->day != NQ_NO_DAY)
        nq_buf_addf(out, "date: %s\n", nq_day_format(report->day, day));
    if (report->abstract.ptr)
        add_line(out, "abstract: ", report->abstract);
    for (size_t i = 0; i < report->n_sections; i++) {
        const struct nq_section *section = &report->sections[i];
        nq_buf_addf(out, "section: ");
        add_field(out, section->number);
        add_line(out, " | ", section->heading);
        for (size_t k = 0; k < section->n_paragraphs; k++)
            add_line(out, "  ", section->paragraphs[k]);
    }
    for (size_t i = 0; i < report->n_references; i++) {
        nq_buf_addf(out, "reference: ");
        dump_reference(out, &report->references[i]);
    }
}

static void warning(void *user, bool failed, const char *message)
{
    nq_buf_addf(user, "%s: %s\n", failed ? "failed" : "warning", message);
}

static void read_report(const char *name, struct nq_str input, struct nq_buf *out)
{
    struct nq_reports *reports = NULL;
    struct nq_error err = {0};
    struct nq_buf warnings = {0};
    if (nq_reports_read(name, input, warning, &warnings, &reports, &err) != NQ_OK)
        nq_buf_addf(out, "error: %s\n", err.message);
    for (size_t i = 0; reports && i < reports->n_items; i++)
        dump_report(out, &reports->items[i], reports->n_items == 1);
    nq_buf_add(out, nq_buf_str(&warnings));

    nq_buf_finish(&warnings);
    nq_reports_destroy(reports);
}

/* Says what differs; returns whether it does. */
static bool differs(const char *path, struct nq_str name, struct nq_str want, struct nq_str got)
{
    struct nq_str a, b;
    if (nq_str_eq(want, got))
        return false;
    printf("%s: %.*s\n", path, (int)name.len, name.ptr);
    while (want.len > 0 || got.len > 0) {
        bool more_a = nq_str_line(&want, &a), more_b = nq_str_line(&got, &b);
        if (more_a && more_b && nq_str_eq(a, b))
            continue;
        if (more_a)
            printf("  - %.*s\n", (int)a.len, a.ptr);
        if (more_b)
            printf("  + %.*s\n", (int)b.len, b.ptr);
    }
    return true;
}

/* One "===" case: cuts it off `*rest` and appends it, with what came out, to `rewritten`. */
static bool run_report(const char *path, struct nq_str head, struct nq_str *rest,
                       struct nq_buf *rewritten)
{
    struct nq_str title = nq_str_trim(nq_str_sub(head, 3, head.len)), line;
    size_t at = nq_str_find(title, NQ_STR(" @ "), 0);
    char *name = at == SIZE_MAX ? NULL : strndup(title.ptr + at + 3, title.len - at - 3);
    const char *start = rest->ptr, *end = start;
    while (nq_str_split(rest, '\n', &line) && !nq_str_eq(line, NQ_STR("--->")))
        end = rest->ptr ? rest->ptr : line.ptr + line.len;
    struct nq_str input = {start, (size_t)(end - start)};
    const char *want_start = rest->ptr, *want_end = want_start;
    while (rest->len > 0 && rest->ptr[0] != '=' && nq_str_split(rest, '\n', &line))
        if (line.len > 0)
            want_end = rest->ptr ? rest->ptr : line.ptr + line.len;
    struct nq_str want = {want_start, (size_t)(want_end - want_start)};
    struct nq_buf got = {0};
    read_report(name, input, &got);
    nq_buf_add(rewritten, head);
    nq_buf_add_byte(rewritten, '\n');
    nq_buf_add(rewritten, input);
    nq_buf_addf(rewritten, "--->\n");
    nq_buf_add(rewritten, nq_buf_str(&got));
    nq_buf_add_byte(rewritten, '\n');
    bool bad = differs(path, title, want, nq_buf_str(&got));
    nq_buf_finish(&got);
    free(name);
    return bad;
}

static bool run_reference(const char *path, struct nq_str line, size_t arrow,
                          struct nq_buf *rewritten)
{
    struct nq_arena *arena = nq_arena_create();
    struct nq_str raw = nq_str_trim(nq_str_sub(line, 0, arrow));
    struct nq_str want = nq_str_trim(nq_str_sub(line, arrow + 3, line.len));
    struct nq_reference reference;
    struct nq_buf got = {0};
    if (arena && nq_reference_parse(arena, raw, NQ_NO_DAY, &reference))
        dump_reference(&got, &reference);
    struct nq_str trimmed = nq_str_trim(nq_buf_str(&got));
    nq_buf_add(rewritten, raw);
    nq_buf_addf(rewritten, " ==> ");
    nq_buf_add(rewritten, trimmed);
    nq_buf_add_byte(rewritten, '\n');
    bool bad = differs(path, raw, want, trimmed);
    nq_buf_finish(&got);
    nq_arena_destroy(arena);
    return bad;
}

static int run_file(const char *path, bool rewrite)
{
    struct nq_str rest = slurp(path), line;
    struct nq_buf rewritten = {0};
    int cases = 0, bad = 0;
    while (rest.len > 0 && nq_str_split(&rest, '\n', &line)) {
        size_t arrow = nq_str_find(line, NQ_STR("==>"), 0);
        if (nq_str_starts(line, NQ_STR("==="))) {
            bad += run_report(path, line, &rest, &rewritten);
            cases++;
        } else if (arrow != SIZE_MAX && line.ptr[0] != '#') {
            bad += run_reference(path, line, arrow, &rewritten);
            cases++;
        } else {
            nq_buf_add(&rewritten, line);
            nq_buf_add_byte(&rewritten, '\n');
        }
    }
    printf("%s: %d cases, %d failed\n", path, cases, bad);
    FILE *file = rewrite ? fopen(path, "wb") : NULL;
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
    int bad = 0;
    for (int i = 1 + rewrite; i < argc; i++)
        bad += run_file(argv[i], rewrite);
    return bad > 0 && !rewrite;
}
