/* Compiles the dictionary:  mkdict OUT.bin OUT.S WORDS TSCHARACTERS TSPHRASES [TERMS.tsv ...]
 *
 * WORDS is the base word list, lines of "word count part-of-speech"; TSCHARACTERS and TSPHRASES are
 * OpenCC's tables as text; the rest are files of dicts/.  OUT.S embeds OUT.bin as nq_dict_blob. */
#include "text/mkdict.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Appends `size` bytes to the image, at a multiple of 8, and returns where. */
static uint32_t append(char **image, uint64_t *len, const void *bytes, size_t size)
{
    size_t padded = (size + 7) / 8 * 8;
    *image = realloc(*image, *len + padded);
    if (!*image)
        mkdict_die("out of memory");
    memset(*image + *len, 0, padded);
    if (size)
        memcpy(*image + *len, bytes, size);
    *len += padded;
    return (uint32_t)(*len - padded);
}

static char *make_image(const struct mkdict_words *words, uint64_t *len)
{
    static uint16_t codes[65536];
    struct nq_dict_header header = {
        .magic = {0}, .byte_order = NQ_DICT_BYTE_ORDER, .version = NQ_DICT_VERSION};
    memcpy(header.magic, NQ_DICT_MAGIC, sizeof header.magic);
    header.unknown_cost = (uint32_t)lround(log(words->total) * NQ_DICT_NAT);
    header.n_codes = mkdict_codes(words, codes);
    struct nq_dict_node *nodes = mkdict_trie(words, codes, header.n_codes, &header.n_nodes);
    struct nq_dict_char *chars = mkdict_model(words, codes, header.n_codes, &header);
    char *image = NULL;
    append(&image, len, &header, sizeof header);
    header.codes = append(&image, len, codes, sizeof codes);
    header.nodes = append(&image, len, nodes, header.n_nodes * sizeof *nodes);
    header.chars = append(&image, len, chars, header.n_codes * sizeof *chars);
    header.size = *len;
    memcpy(image, &header, sizeof header);
    header.hash = nq_dict_hash(NQ_FNV_START, (const void *)image, *len / 8);
    memcpy(image, &header, sizeof header);
    free(nodes);
    free(chars);
    return image;
}

static void write_file(const char *path, const char *bytes, size_t len)
{
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(bytes, 1, len, f) != len || fclose(f) != 0)
        mkdict_die("%s: cannot be written", path);
}

static const char assembler[] = "/* Made by mkdict. */\n"
                                "    .section .rodata\n"
                                "    .balign 64\n"
                                "    .global nq_dict_blob\n"
                                "    .hidden nq_dict_blob\n"
                                "    .type nq_dict_blob, %%object\n"
                                "nq_dict_blob:\n"
                                "    .incbin \"%s\"\n"
                                "    .size nq_dict_blob, . - nq_dict_blob\n"
                                "    .section .note.GNU-stack, \"\", %%progbits\n";

int main(int argc, char **argv)
{
    if (argc < 6)
        mkdict_die("usage: OUT.bin OUT.S WORDS TSCHARACTERS TSPHRASES [TERMS.tsv ...]");
    struct mkdict_words words = {0};
    mkdict_read_base(&words, argv[3]);
    for (int i = 6; i < argc; i++)
        mkdict_read_terms(&words, argv[i]);
    mkdict_add_traditional(&words, argv[4], argv[5]);
    mkdict_costs(&words);
    uint64_t len = 0;
    char *image = make_image(&words, &len);
    write_file(argv[1], image, len);
    free(image);
    char text[8192];
    int n = snprintf(text, sizeof text, assembler, argv[1]);
    if (n < 0 || (size_t)n >= sizeof text)
        mkdict_die("%s: name too long", argv[1]);
    write_file(argv[2], text, (size_t)n);
    return 0;
}
