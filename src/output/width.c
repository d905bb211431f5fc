/* Widths on a terminal: an ideograph takes two columns. */
#include "output/output.h"

#include <string.h>
#include <utf8proc.h>

/* What opens stays with what is behind it, what closes with what is before it; of three bytes each.
 */
static const char OPENING[] = "“‘（《〈「『【〔［",
                  CLOSING[] = "，。；：！？、”’）》〉」』】〕］…％";

/* Decodes one character, or passes a change of colour, and returns its bytes. */
static size_t next(struct nq_str s, size_t at, int *width)
{
    const char *end = s.ptr[at] == '\033' ? memchr(s.ptr + at, 'm', s.len - at) : NULL;
    utf8proc_int32_t cp;
    utf8proc_ssize_t n =
        utf8proc_iterate((const utf8proc_uint8_t *)s.ptr + at, (utf8proc_ssize_t)(s.len - at), &cp);
    /* Quotation marks and dashes are ambiguous in width; among Chinese text fonts make them wide,
     * terminals narrow. */
    *width = n > 0 && !end ? utf8proc_charwidth(cp) : !end;
    return end ? (size_t)(end + 1 - s.ptr) - at : n > 0 ? (size_t)n : 1;
}

int nq_width(struct nq_str s)
{
    int sum = 0, width;
    for (size_t at = 0; at < s.len; sum += width)
        at += next(s, at, &width);
    return sum;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n';
}

static bool is_mark(const char *marks, const char *at)
{
    while (*marks && memcmp(marks, at, 3) != 0)
        marks += 3;
    return *marks != '\0';
}

/* The end of those of `marks`, and changes of colour, that follow at `at`; adds their columns. */
static size_t pass_marks(const char *marks, struct nq_str s, size_t at, int *columns)
{
    int width;
    for (size_t n; at < s.len; at += n, *columns += width) {
        n = next(s, at, &width);
        if (s.ptr[at] != '\033' && (n != 3 || !is_mark(marks, s.ptr + at)))
            break;
    }
    return at;
}

/* The end of what stands on one line from `at` on, and its columns: an ideograph, or a word or
 * number of another script, with the marks around it; nothing at a space. */
static size_t unit_end(struct nq_str s, size_t at, int *columns)
{
    *columns = 0;
    at = pass_marks(OPENING, s, at, columns);
    for (size_t start = at, n; at < s.len && !is_space(s.ptr[at]); at += n) {
        int width;
        n = next(s, at, &width);
        if (n > 2 && at > start)
            break; /* an ideograph behind a word */
        *columns += width;
        if (n > 2) {
            at += n;
            break;
        }
    }
    return pass_marks(CLOSING, s, at, columns);
}

static void begin_line(FILE *out, int indent, int *column)
{
    fprintf(out, "\n%*s", indent, "");
    *column = indent;
}

/* Prints one unit; one longer than a line in parts. */
static void print_unit(FILE *out, struct nq_str unit, int indent, int width, int *column)
{
    int w;
    for (size_t at = 0, n; at < unit.len; at += n, *column += w) {
        n = next(unit, at, &w);
        if (*column + w > width && *column > indent)
            begin_line(out, indent, column);
        fwrite(unit.ptr + at, 1, n, out);
    }
}

void nq_print_wrapped(FILE *out, struct nq_str s, int indent, int width, int *column)
{
    int w = 0;
    size_t at = pass_marks(CLOSING, s, 0, &w), end;
    fwrite(s.ptr, 1, at, out); /* close what another call has printed */
    *column += w;
    for (; at < s.len; at = end) {
        bool space = is_space(s.ptr[at]);
        end = unit_end(s, at + space, &w);
        if (space && end == s.len && w == 0)
            w = 2; /* another text may follow */
        bool breaks = *column > indent && *column + space + w > width;
        if (breaks && (space || w <= width - indent))
            begin_line(out, indent, column);
        else if (space)
            *column += fputc(' ', out) == ' ';
        at += space;
        print_unit(out, (struct nq_str){s.ptr + at, end - at}, indent, width, column);
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
