/* Text in HTML. */
#include "output/output.h"

void nq_print_html(FILE *out, struct nq_str s)
{
    size_t done = 0;
    for (size_t i = 0; i < s.len; i++) {
        const char *entity = s.ptr[i] == '<'    ? "&lt;"
                             : s.ptr[i] == '>'  ? "&gt;"
                             : s.ptr[i] == '&'  ? "&amp;"
                             : s.ptr[i] == '"'  ? "&quot;"
                             : s.ptr[i] == '\'' ? "&#39;"
                                                : NULL;
        if (!entity)
            continue;
        fwrite(s.ptr + done, 1, i - done, out);
        fputs(entity, out);
        done = i + 1;
    }
    if (s.len > done)
        fwrite(s.ptr + done, 1, s.len - done, out);
}
