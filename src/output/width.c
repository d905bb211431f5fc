/* Widths on a terminal: an ideograph takes two columns. */
#include "output/output.h"

#include <string.h>
#include <utf8proc.h>

/* Decodes one character and returns its bytes. */
static size_t next(struct nq_str s, size_t at, int *width)
{
    utf8proc_int32_t cp;
    utf8proc_ssize_t n =
        utf8proc_iterate((const utf8proc_uint8_t *)s.ptr + at, (utf8proc_ssize_t)(s.len - at), &cp);
    *width = n > 0 ? utf8proc_charwidth(cp) : 1;
    /* Quotation marks and dashes are ambiguous in width; among Chinese text fonts make them wide,
     * terminals narrow. */
    return n > 0 ? (size_t)n : 1;
}

int nq_width(struct nq_str s)
{
    int sum = 0, width;
    for (size_t at = 0; at < s.len; sum += width)
        at += next(s, at, &width);
    return sum;
}

/* Whether the character at `at` must not begin a line: what closes a clause or a bracket. */
static bool clings(struct nq_str s, size_t at, size_t n)
{
    static const char closing[] = "，。；：！？、”’）》」』】…";
    char c[5] = "";
    if (n < 3 || n > 4)
        return false;
    memcpy(c, s.ptr + at, n);
    return strstr(closing, c) != NULL;
}

/* The columns of the character behind the space at `at`; two where another text may follow. */
static int width_behind(struct nq_str s, size_t at)
{
    int width = 2;
    if (at + 1 < s.len)
        next(s, at + 1, &width);
    return width;
}

void nq_print_wrapped(FILE *out, struct nq_str s, int indent, int width, int *column)
{
    for (size_t at = 0; at < s.len;) {
        int w;
        size_t n = next(s, at, &w);
        if (s.ptr[at] == ' ' && *column + 1 + width_behind(s, at) > width) {
            fprintf(out, "\n%*s", indent, ""); /* no line ends or begins with a space */
            *column = indent;
            at++;
            continue;
        }
        if (*column + w > width && !(clings(s, at, n) && *column <= width)) {
            fprintf(out, "\n%*s", indent, "");
            *column = indent;
        }
        if (s.ptr[at] == '\n')
            fputc(' ', out);
        else
            fwrite(s.ptr + at, 1, n, out);
        *column += w;
        at += n;
    }
}

void nq_print_item(FILE *out, struct nq_str s, int indent, int width, int *column)
{
    int w = nq_width(s);
    if (*column > indent && *column + w > width) {
        fprintf(out, "\n%*s", indent, "");
        *column = indent;
    }
    nq_print_wrapped(out, s, indent, width, column);
}
