/* Generates the folding table of fold.c:  mkfold TSCHARACTERS VARIANTS > fold_table.h
 *
 * TSCHARACTERS is OpenCC's Traditional-to-Simplified character table as text: a character, a tab,
 * its counterparts parted by spaces, the usual one first.  VARIANTS is dicts/variants.tsv, of the
 * same form.  Everything else comes from utf8proc's Unicode data. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/hash.h"
#include "text/fold.h"
#include "text/fold_format.h"

enum { N_CODE_POINTS = 0x110000 };

static uint32_t simplified[N_CODE_POINTS]; /* 0: itself */
static uint32_t entries[N_CODE_POINTS];
static uint32_t expansions[1 << 16];
static size_t n_expansions;

static void die(const char *what, const char *detail)
{
    fprintf(stderr, "mkfold: %s: %s\n", what, detail);
    exit(1);
}

/* Reads a table; `least` lines must be in it. */
static void read_simplified(const char *path, size_t least)
{
    FILE *f = fopen(path, "r");
    if (!f)
        die(path, "cannot be read");
    char line[512];
    size_t n = 0;
    while (fgets(line, sizeof line, f)) {
        utf8proc_int32_t from, to;
        if (line[0] == '#')
            continue;
        utf8proc_ssize_t len = utf8proc_iterate((utf8proc_uint8_t *)line, -1, &from);
        if (len <= 0 || line[len] != '\t')
            die(path, "not a character table");
        if (utf8proc_iterate((utf8proc_uint8_t *)line + len + 1, -1, &to) <= 0)
            die(path, "not a character table");
        if (simplified[from])
            die("a character stands in both tables", line);
        simplified[from] = (uint32_t)to;
        n++;
    }
    fclose(f);
    if (n < least)
        die(path, "too short for a character table");
}

static bool among(uint32_t cp, const uint32_t *list)
{
    for (; *list; list++)
        if (*list == cp)
            return true;
    return false;
}

/* Punctuation that ends a clause, with its vertical, small and half-width forms. */
static const uint32_t breaks[] = {
    ',',    '.',    ';',    ':',    '!',    '?',    '|',    0x3001, 0x3002, 0xFF0C, 0xFF0E,
    0xFF1A, 0xFF1B, 0xFF01, 0xFF1F, 0xFF61, 0xFF64, 0x2025, 0x2026, 0x22EF, 0xFE10, 0xFE11,
    0xFE12, 0xFE13, 0xFE14, 0xFE15, 0xFE16, 0xFE19, 0xFE30, 0xFE50, 0xFE51, 0xFE52, 0xFE54,
    0xFE55, 0xFE56, 0xFE57, 0x203C, 0x2047, 0x2048, 0x2049, 0xFF5C, 0x00A1, 0x00BF, 0};

/* Looked through though not brackets by category: quotation marks, middle dots, Markdown's marks.
 */
static const uint32_t brackets[] = {'"',    '\'',   '*',    '_',    '`',    '^',    0xB7,   0x2022,
                                    0x2027, 0x30FB, 0xFF65, 0x2219, 0x22C5, 0xFF02, 0xFF07, 0xFF0A,
                                    0xFF3F, 0xFF40, 0xFF3E, 0x301D, 0x301E, 0x301F, 0};

/* Signs for "from … to" that are no dashes by category. */
static const uint32_t tildes[] = {'~', 0xFF5E, 0x301C, 0x223C, 0x2212, 0};

static bool alphabetic_script(uint32_t cp)
{
    return cp < 0x590 || (cp >= 0x10A0 && cp < 0x1100) || (cp >= 0x1C80 && cp < 0x1CC0) ||
           (cp >= 0x1D00 && cp < 0x2000) || (cp >= 0x2C00 && cp < 0x2E00) ||
           (cp >= 0xA640 && cp < 0xA6A0) || (cp >= 0xA720 && cp < 0xA800) ||
           (cp >= 0xAB30 && cp < 0xAB70) || (cp >= 0xFB00 && cp < 0xFB18);
}

static enum nq_class class_of(uint32_t cp)
{
    if (among(cp, breaks))
        return NQ_CLASS_BREAK;
    if (among(cp, brackets))
        return NQ_CLASS_BRACKET;
    if (cp >= '0' && cp <= '9')
        return NQ_CLASS_DIGIT;
    if (cp == '\t' || cp == '\n' || cp == '\r')
        return NQ_CLASS_SPACE;
    switch (utf8proc_category((utf8proc_int32_t)cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
        return alphabetic_script(cp) ? NQ_CLASS_LETTER : NQ_CLASS_HAN;
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return NQ_CLASS_HAN;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
        return NQ_CLASS_IGNORE;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CO: /* the bullets of symbol fonts */
        return NQ_CLASS_SPACE;
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
        return NQ_CLASS_BRACKET;
    case UTF8PROC_CATEGORY_CN: /* ideographs newer than the Unicode data */
        return cp >= 0x20000 && cp < 0x40000 ? NQ_CLASS_HAN : NQ_CLASS_SYMBOL;
    default:
        return NQ_CLASS_SYMBOL;
    }
}

/* One step of folding. */
static size_t fold_step(uint32_t cp, uint32_t out[NQ_FOLD_MAX])
{
    if (among(cp, tildes) || utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_PD) {
        out[0] = '-';
        return 1;
    }
    int options = UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STABLE;
    if (class_of(cp) == NQ_CLASS_LETTER)
        options |= UTF8PROC_STRIPMARK;
    utf8proc_uint8_t in[4], *mapped;
    utf8proc_ssize_t len = utf8proc_encode_char((utf8proc_int32_t)cp, in), at = 0;
    size_t n = 0;
    utf8proc_ssize_t size = utf8proc_map(in, len, &mapped, options);
    while (at < size && n < NQ_FOLD_MAX) {
        utf8proc_int32_t to;
        at += utf8proc_iterate(mapped + at, size - at, &to);
        enum nq_class c = class_of((uint32_t)to);
        if (c == NQ_CLASS_IGNORE || (c == NQ_CLASS_SPACE && size > 1))
            continue; /* spacing accents fold to a space and a combining mark */
        out[n++] = simplified[to] ? simplified[to] : (uint32_t)to;
    }
    free(mapped);
    if (n == 0)
        out[n++] = cp;
    return n;
}

/* The code points that `cp` folds to, folded until nothing changes: the superscript minus becomes a
 * minus, and that the dash of all dashes. */
static size_t fold(uint32_t cp, uint32_t out[NQ_FOLD_MAX])
{
    uint32_t step[NQ_FOLD_MAX], next[NQ_FOLD_MAX];
    size_t n = 0, n_step = fold_step(cp, step);
    for (size_t i = 0; i < n_step; i++) {
        bool stable = step[i] == cp || (fold_step(step[i], next) == 1 && next[0] == step[i]);
        size_t n_next = stable ? 1 : fold(step[i], next);
        if (n + n_next > NQ_FOLD_MAX)
            die("folding", "an expansion is too long");
        memcpy(out + n, stable ? step + i : next, n_next * sizeof *out);
        n += n_next;
    }
    return n;
}

static uint32_t entry(uint32_t cp)
{
    uint32_t to[NQ_FOLD_MAX];
    size_t n = fold(cp, to);
    enum nq_class printed = class_of(cp);
    if (n == 1) {
        bool kept = printed == NQ_CLASS_BREAK || printed == NQ_CLASS_BRACKET;
        return NQ_FOLD_ENTRY(kept ? printed : class_of(to[0]), to[0] == cp ? 0 : to[0]);
    }
    size_t index = n_expansions;
    expansions[n_expansions++] = (uint32_t)n;
    for (size_t i = 0; i < n; i++)
        expansions[n_expansions++] = to[i];
    return NQ_FOLD_ENTRY(printed, index) | NQ_FOLD_EXPANDS;
}

/* FNV-1a of all that folding does. */
static uint64_t hash_of_all(void)
{
    uint64_t hash = NQ_FNV_START;
    for (size_t i = 0; i < N_CODE_POINTS; i++)
        hash = nq_fnv_add(hash, entries[i]);
    for (size_t i = 0; i < n_expansions; i++)
        hash = nq_fnv_add(hash, expansions[i]);
    return hash;
}

static void print_array(const char *type, const char *name, const uint32_t *values, size_t n)
{
    printf("static const %s %s[%zu] = {\n", type, name, n);
    for (size_t i = 0; i < n; i++)
        printf("%lu,%s", (unsigned long)values[i], i % 16 == 15 ? "\n" : "");
    puts("};");
}

int main(int argc, char **argv)
{
    if (argc != 3)
        die("usage", "mkfold TSCHARACTERS VARIANTS");
    read_simplified(argv[1], 2000);
    read_simplified(argv[2], 1);
    for (uint32_t cp = 0; cp < N_CODE_POINTS; cp++)
        entries[cp] = cp >= 0xD800 && cp < 0xE000 ? NQ_FOLD_ENTRY(NQ_CLASS_IGNORE, 0) : entry(cp);

    enum { N_BLOCKS = N_CODE_POINTS / NQ_FOLD_BLOCK };
    static uint32_t index[N_BLOCKS], unique[N_BLOCKS];
    size_t n_unique = 0;
    for (size_t b = 0; b < N_BLOCKS; b++) {
        const uint32_t *block = entries + b * NQ_FOLD_BLOCK;
        size_t u = 0;
        while (u < n_unique && memcmp(entries + unique[u] * (size_t)NQ_FOLD_BLOCK, block,
                                      NQ_FOLD_BLOCK * sizeof *block) != 0)
            u++;
        if (u == n_unique)
            unique[n_unique++] = (uint32_t)b;
        index[b] = (uint32_t)u;
    }
    puts("/* Made by mkfold.c from Unicode data (utf8proc), OpenCC's TSCharacters and our "
         "variants. */");
    printf("static const uint64_t fold_hash = 0x%llxu;\n", (unsigned long long)hash_of_all());
    print_array("uint16_t", "fold_index", index, N_BLOCKS);
    printf("static const uint32_t fold_entries[%zu][%d] = {\n", n_unique, NQ_FOLD_BLOCK);
    for (size_t u = 0; u < n_unique; u++) {
        putchar('{');
        for (size_t i = 0; i < NQ_FOLD_BLOCK; i++)
            printf("%luu,", (unsigned long)entries[unique[u] * (size_t)NQ_FOLD_BLOCK + i]);
        puts("},");
    }
    puts("};");
    print_array("uint32_t", "fold_expansions", expansions, n_expansions);
    return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
