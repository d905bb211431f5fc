/* segment_lines [-s] [-t N] [-u DICTIONARY]: segments standard input line by line to standard
 * output, words parted by a space; -s adds sub-words; -t only times N passes over all of it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "text/segment.h"

static bool print_word(void *user, struct nq_str word)
{
    bool *first = user;
    if (!*first)
        putchar(' ');
    *first = false;
    return fwrite(word.ptr, 1, word.len, stdout) == word.len;
}

static bool print_lines(const struct nq_segmenter *segmenter, struct nq_str text, bool search,
                        struct nq_error *err)
{
    struct nq_str line;
    while (nq_str_line(&text, &line)) {
        bool first = true;
        if (nq_segment(segmenter, line, search, print_word, &first, err) != NQ_OK)
            return false;
        putchar('\n');
    }
    return true;
}

static bool time_passes(const struct nq_segmenter *segmenter, struct nq_str text, int n)
{
    struct nq_folded folded = {0};
    struct nq_word_buf words = {0};
    size_t n_words = 0;
    bool ok = true;
    double least = 1e9, least_fold = 1e9;
    for (int i = 0; i < n && ok; i++) {
        struct nq_str rest = text, line;
        clock_t start = clock();
        while (nq_str_line(&rest, &line))
            ok = ok && nq_fold_text(line, &folded);
        double fold = (double)(clock() - start) / CLOCKS_PER_SEC;
        rest = text;
        n_words = 0;
        start = clock();
        while (ok && nq_str_line(&rest, &line)) {
            ok = nq_fold_text(line, &folded) && nq_segment_folded(segmenter, &folded, &words);
            n_words += words.n;
        }
        double all = (double)(clock() - start) / CLOCKS_PER_SEC;
        least = all < least ? all : least;
        least_fold = fold < least_fold ? fold : least_fold;
    }
    printf("%zu words, %.1f MB/s; folding alone %.1f MB/s\n", n_words,
           (double)text.len / 1e6 / least, (double)text.len / 1e6 / least_fold);
    nq_folded_finish(&folded);
    nq_word_buf_finish(&words);
    return ok;
}

int main(int argc, char **argv)
{
    bool search = false, ok = true;
    int passes = 0, option;
    const char *user_dictionary = NULL;
    while ((option = getopt(argc, argv, "st:u:")) != -1) {
        if (option == 's')
            search = true;
        else if (option == 't')
            passes = atoi(optarg);
        else if (option == 'u')
            user_dictionary = optarg;
        else
            return 2;
    }
    struct nq_error err = {0};
    struct nq_segmenter *segmenter = NULL;
    struct nq_buf text = {0};
    if (nq_segmenter_open(user_dictionary, &segmenter, &err) != NQ_OK) {
        fprintf(stderr, "segment_lines: %s\n", err.message);
        return 2;
    }
    for (size_t n = 1; n > 0 && ok; text.len += n)
        n = (ok = nq_buf_reserve(&text, 1 << 16)) ? fread(text.ptr + text.len, 1, 1 << 16, stdin)
                                                  : 0;
    if (ok)
        ok = passes ? time_passes(segmenter, nq_buf_str(&text), passes)
                    : print_lines(segmenter, nq_buf_str(&text), search, &err);
    nq_buf_finish(&text);
    nq_segmenter_close(segmenter);
    return ok ? 0 : 2;
}
