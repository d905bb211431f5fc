/* replay FOLDER...: runs a fuzz target over the files of its seed folders, and over variants of
 * each that are the same in every run: cut short, with a byte changed, with a piece doubled.  This
 * is what stands in for libFuzzer's main in the ordinary tests. */
#define _GNU_SOURCE
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

enum {
    LARGEST_SEED = 1 << 20,
    VARIANTS = 300,       /* of each seed */
    LARGEST_VARIED = 8192 /* seeds above are run as they are */
};

/* xorshift32: the same numbers everywhere. */
static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

/* Runs the target on an own allocation of exactly `size` bytes, so that a sanitizer sees any byte
 * read behind it. */
static void run(const unsigned char *data, size_t size)
{
    unsigned char *exact = calloc(size ? size : 1, 1);
    if (!exact)
        abort();
    memcpy(exact, data, size);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
}

/* One of the variants of `data`, which has room for twice its size. */
static size_t vary(unsigned char *data, size_t size, uint32_t *random)
{
    static const unsigned char odd[] = {0x00, 0x0A, 0x22, 0x28, 0x7F, 0x80, 0xC0, 0xED, 0xF4, 0xFF};
    size_t at = next_random(random) % size, len;
    switch (next_random(random) % 4) {
    case 0:
        return at;
    case 1:
        data[at] = odd[next_random(random) % sizeof odd];
        return size;
    case 2:
        len = next_random(random) % (size - at) + 1;
        memmove(data + at + len, data + at, size - at);
        return size + len;
    default:
        len = next_random(random) % (size - at) + 1;
        memmove(data + at, data + at + len, size - at - len);
        return size - len;
    }
}

static void run_seed(const char *path)
{
    static unsigned char seed[LARGEST_SEED], varied[2 * LARGEST_VARIED];
    FILE *f = fopen(path, "rb");
    if (!f) {
        perror(path);
        exit(1);
    }
    size_t size = fread(seed, 1, sizeof seed, f);
    fclose(f);
    run(seed, size);
    uint32_t random = 2463534242u;
    for (int i = 0; i < VARIANTS && size > 0 && size <= LARGEST_VARIED; i++) {
        memcpy(varied, seed, size);
        run(varied, vary(varied, size, &random));
    }
}

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

int main(int argc, char **argv)
{
    int n_seeds = 0;
    run((const unsigned char *)"", 0);
    for (int i = 1; i < argc; i++) {
        struct dirent **names;
        int n = scandir(argv[i], &names, visible, alphasort);
        if (n < 0) {
            perror(argv[i]);
            return 1;
        }
        for (int k = 0; k < n; k++) {
            char *path = NULL;
            if (asprintf(&path, "%s/%s", argv[i], names[k]->d_name) < 0)
                return 1;
            run_seed(path);
            free(path);
            free(names[k]);
            n_seeds++;
        }
        free(names);
    }
    printf("%d seeds\n", n_seeds);
    return n_seeds > 0 ? 0 : 1;
}
