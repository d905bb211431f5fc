/* Hits as comma-separated values (RFC 4180): UTF-8 without a byte order mark, lines end in CR LF.
 *
 * Spreadsheets take a field that begins with = + - @ or a tab for a formula, quoted or not, and a
 * title or text may come from anywhere: an apostrophe before it makes it text. */
#include "output/output.h"

#include <stdlib.h>
#include <string.h>

void nq_csv_field(FILE *out, struct nq_str s, char after)
{
    bool quote = false;
    for (size_t i = 0; i < s.len; i++)
        quote |= s.ptr[i] == ',' || s.ptr[i] == '"' || s.ptr[i] == '\n' || s.ptr[i] == '\r';
    if (quote)
        fputc('"', out);
    if (s.len > 0 && strchr("=+-@\t\r", s.ptr[0]))
        fputc('\'', out);
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '"')
            fputc('"', out);
        fputc(s.ptr[i], out);
    }
    fputs(quote ? "\"" : "", out);
    if (after == '\n')
        fputc('\r', out);
    fputc(after, out);
}

/* What a related passage shares, parted by |. */
static void why(FILE *out, const struct nq_hit *hit)
{
    char *text = NULL;
    size_t len = 0;
    FILE *joined = open_memstream(&text, &len);
    for (size_t i = 0; i < hit->n_why && joined; i++)
        fprintf(joined, "%s%.*s", i > 0 ? "|" : "", (int)hit->why[i].text.len,
                hit->why[i].text.ptr);
    if (joined)
        fclose(joined);
    nq_csv_field(out, (struct nq_str){text, text ? len : 0}, '\n');
    free(text);
}

void nq_print_csv(FILE *out, const struct nq_results *results)
{
    fputs("passage,score,tier,kind,date,report,title,number,heading,path,text", out);
    fputs(results->related_to ? ",why\r\n" : "\r\n", out);
    static const char *const tiers[] = {"exact", "words", "partial", "synonym"};
    for (size_t i = 0; i < results->n_hits; i++) {
        const struct nq_hit *h = &results->hits[i];
        char day[11];
        fprintf(out, "%lld,%.3f,%s,%s,%s,", (long long)h->passage, h->score, tiers[h->tier],
                h->kind == NQ_KIND_REFERENCE ? "reference" : "report", nq_day_format(h->day, day));
        nq_csv_field(out, h->report.key, ',');
        nq_csv_field(out, h->report.title, ',');
        nq_csv_field(out, h->section_number, ',');
        nq_csv_field(out, h->section_heading, ',');
        nq_csv_field(out, h->report.path, ',');
        nq_csv_field(out, h->text, results->related_to ? ',' : '\n');
        if (results->related_to)
            why(out, h);
    }
}
