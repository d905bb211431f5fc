/* A progress bar: "███████░░░░  62 %  680/1096 files  18.6/30.0 MB  6.1 MB/s  0:02 left", in one
 * line of the terminal.  What does not fit is left out from the right, the bar takes what room
 * there is. */
#include "output/output.h"

#include <string.h>

enum { LEAST_BAR = 4, MOST_BAR = 40, PARTS = 5, GAP = 2 };

/* Writes the texts that stand right of the bar. */
static void write_parts(char parts[PARTS][80], const struct nq_progress *at, double seconds)
{
    double share = at->bytes_total ? (double)at->bytes_done / (double)at->bytes_total : 1;
    double rate = seconds > 0 ? (double)at->bytes_done / 1e6 / seconds : 0;
    double left = share > 0.005 ? seconds / share * (1 - share) : -1;
    int n = left < 0 ? 0 : left > 359999 ? 359999 : (int)(left + 0.5);
    memset(parts, 0, PARTS * sizeof parts[0]);
    snprintf(parts[0], sizeof parts[0], "%3.0f %%", share * 100);
    snprintf(parts[1], sizeof parts[1], _("%llu/%llu files"), (unsigned long long)at->files_done,
             (unsigned long long)at->files_total);
    snprintf(parts[2], sizeof parts[2], "%.1f/%.1f MB", (double)at->bytes_done / 1e6,
             (double)at->bytes_total / 1e6);
    snprintf(parts[3], sizeof parts[3], "%.1f MB/s", rate);
    if (left < 0)
        return;
    if (n < 3600)
        snprintf(parts[4], sizeof parts[4], _("%d:%02d left"), n / 60, n % 60);
    else
        snprintf(parts[4], sizeof parts[4], _("%d:%02d:%02d left"), n / 3600, n / 60 % 60, n % 60);
}

static int width_of(const char *text)
{
    return nq_width((struct nq_str){text, strlen(text)});
}

static void print_bar(FILE *out, const struct nq_progress *at, const struct nq_style *style,
                      int width)
{
    double share = at->bytes_total ? (double)at->bytes_done / (double)at->bytes_total : 1;
    int full = (int)(share * width + 0.5);
    fputs(style->colour ? "\033[32m" : "", out);
    for (int i = 0; i < width; i++)
        fputs(i < full ? "█" : "░", out);
    fputs(style->colour ? "\033[0m" : "", out);
}

void nq_print_progress(FILE *out, const struct nq_progress *at, double seconds,
                       const struct nq_style *style)
{
    char parts[PARTS][80];
    int room = style->width - 1, used = 0, n = 0;
    if (at->files_done == at->files_total) {
        fputs("\r\033[K", out);
        fflush(out);
        return;
    }
    write_parts(parts, at, seconds);
    for (; n < PARTS && parts[n][0]; n++) {
        int width = width_of(parts[n]) + (n > 0 ? GAP : 0);
        if (used + width > room)
            break;
        used += width;
    }
    int bar = room - used - GAP < MOST_BAR ? room - used - GAP : MOST_BAR;
    fputc('\r', out);
    if (bar >= LEAST_BAR) {
        print_bar(out, at, style, bar);
        fprintf(out, "%*s", GAP, "");
    }
    for (int i = 0; i < n; i++)
        fprintf(out, "%*s%s", i > 0 ? GAP : 0, "", parts[i]);
    fputs("\033[K", out);
    fflush(out);
}
