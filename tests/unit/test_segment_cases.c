/* tests/cases/segment.txt: input => words.
 *
 *   test_segment_cases [--rewrite] FILE
 *
 * --rewrite puts what came out in the place of what was expected. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"

static const struct nq_str arrow = NQ_STR_INIT(" => ");

/* The user dictionary so far, and the segmenter that has it. */
struct runner {
    struct nq_buf terms, out;
    struct nq_segmenter *segmenter;
    char path[64];
    unsigned n_failed;
};

static bool add_word(void *user, struct nq_str word)
{
    struct nq_buf *words = user;
    if (words->len)
        nq_buf_add_byte(words, ' ');
    nq_buf_add(words, word);
    return true;
}

/* Makes the segmenter anew with the terms. */
static bool reopen(struct runner *runner)
{
    FILE *f = fopen(runner->path, "wb");
    if (!f)
        return false;
    size_t n = runner->terms.len;
    bool ok = n == 0 || fwrite(runner->terms.ptr, 1, n, f) == n;
    ok = fclose(f) == 0 && ok;
    struct nq_error err = {0};
    nq_segmenter_close(runner->segmenter);
    runner->segmenter = NULL;
    if (ok && nq_segmenter_open(runner->path, &runner->segmenter, &err) != NQ_OK)
        fprintf(stderr, "%s\n", err.message);
    return runner->segmenter != NULL;
}

static bool segment(struct runner *runner, struct nq_str input, struct nq_buf *words)
{
    bool search = nq_str_starts(input, NQ_STR("search:"));
    if (search)
        input = nq_str_sub(input, sizeof "search:" - 1, input.len);
    return nq_segment(runner->segmenter, input, search, add_word, words, NULL) == NQ_OK &&
           !words->failed;
}

/* Runs one line and appends what it should be to runner->out; false on failure of the test itself.
 */
static bool run_line(struct runner *runner, const char *file, size_t number, struct nq_str line)
{
    size_t at = nq_str_find(line, arrow, 0);
    if (line.len == 0 || line.ptr[0] == '#' || at == SIZE_MAX) {
        nq_buf_add(&runner->out, line);
        nq_buf_add_byte(&runner->out, '\n');
        if (nq_str_eq(line, NQ_STR("-"))) {
            runner->terms.len = 0;
            return reopen(runner);
        }
        if (!nq_str_starts(line, NQ_STR("+ ")))
            return true;
        nq_buf_add(&runner->terms, nq_str_sub(line, 2, line.len));
        nq_buf_add_byte(&runner->terms, '\n');
        return reopen(runner);
    }
    struct nq_str input = nq_str_sub(line, 0, at);
    struct nq_str want = nq_str_sub(line, at + arrow.len, line.len);
    struct nq_buf words = {0};
    bool ok = segment(runner, input, &words);
    nq_buf_add(&runner->out, nq_str_sub(line, 0, at + arrow.len));
    nq_buf_add(&runner->out, nq_buf_str(&words));
    nq_buf_add_byte(&runner->out, '\n');
    if (ok && !nq_str_eq(nq_buf_str(&words), want)) {
        runner->n_failed++;
        fprintf(stderr, "%s:%zu: %.*s\n  want %.*s\n  got  %.*s\n", file, number, NQ_STR_ARG(input),
                NQ_STR_ARG(want), NQ_STR_ARG(nq_buf_str(&words)));
    }
    nq_buf_finish(&words);
    return ok;
}

static bool read_file(const char *path, struct nq_buf *out)
{
    FILE *f = fopen(path, "rb");
    bool ok = f != NULL;
    for (size_t n = 1; ok && n > 0; out->len += n)
        n = (ok = nq_buf_reserve(out, 1 << 16)) ? fread(out->ptr + out->len, 1, 1 << 16, f) : 0;
    if (f)
        fclose(f);
    return ok;
}

static bool write_file(const char *path, struct nq_str text)
{
    FILE *f = fopen(path, "wb");
    bool ok = f && fwrite(text.ptr, 1, text.len, f) == text.len;
    return f && fclose(f) == 0 && ok;
}

int main(int argc, char **argv)
{
    bool rewrite = argc == 3 && strcmp(argv[1], "--rewrite") == 0;
    if (argc != 2 && !rewrite)
        return 2;
    const char *file = argv[argc - 1];
    struct runner runner = {0};
    snprintf(runner.path, sizeof runner.path, "/tmp/test_segment_cases.%ld", (long)getpid());
    struct nq_buf text = {0};
    bool ok = read_file(file, &text) && reopen(&runner);
    struct nq_str rest = nq_buf_str(&text), line;
    size_t n = 0;
    while (ok && nq_str_line(&rest, &line))
        ok = run_line(&runner, file, ++n, line);
    if (ok && rewrite)
        ok = write_file(file, nq_buf_str(&runner.out));
    printf("%zu lines, %u failed\n", n, runner.n_failed);
    remove(runner.path);
    nq_segmenter_close(runner.segmenter);
    nq_buf_finish(&runner.terms);
    nq_buf_finish(&runner.out);
    nq_buf_finish(&text);
    return ok && n > 0 && (rewrite || runner.n_failed == 0) ? 0 : 1;
}
