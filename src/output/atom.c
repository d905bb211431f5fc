/* Hits as a feed (RFC 4287): the newest first, each an entry. */
#include "output/atom.h"

#include <stdlib.h>
#include <string.h>

/* Text as XML takes it: no control characters, and none of the two that are no characters.
 * False without memory. */
static bool text(FILE *out, struct nq_str s)
{
    char *plain = nq_plain_text(s);
    for (const char *p = plain; p && *p;) {
        const char *end = strstr(p, "\xEF\xBF\xBE"), *other = strstr(p, "\xEF\xBF\xBF");
        if (!end || (other && other < end))
            end = other;
        size_t n = end ? (size_t)(end - p) : strlen(p);
        nq_print_html(out, (struct nq_str){p, n});
        p += n + (end ? 3 : 0);
    }
    free(plain);
    return plain != NULL;
}

/* With a byte behind it that no text has: "ab", "c" is not "a", "bc". */
static uint64_t hash(uint64_t h, struct nq_str s)
{
    return nq_hash_bytes(nq_hash_slice(h, s), "\xFF", 1);
}

/* A UUID of the application's own making (version 8, RFC 9562) from what `parts` say. */
static void print_id(FILE *out, const struct nq_str *parts, size_t n)
{
    uint64_t a = NQ_HASH_START, b = 0x9E3779B97F4A7C15u;
    for (size_t i = 0; i < n; i++) {
        a = hash(a, parts[i]);
        b = hash(b, parts[i]);
    }
    fprintf(out, "<id>urn:uuid:%08x-%04x-8%03x-%04x-%012llx</id>\n", (unsigned)(a >> 32),
            (unsigned)(a >> 16 & 0xFFFF), (unsigned)(a & 0xFFF),
            (unsigned)(b >> 48 & 0x3FFF) | 0x8000, (unsigned long long)(b & 0xFFFFFFFFFFFFu));
}

static const char *instant(int32_t day, char out[24])
{
    char iso[11];
    if (!*nq_day_format(day, iso))
        strcpy(iso, "1970-01-01"); /* an entry must have a day */
    snprintf(out, 24, "%sT00:00:00Z", iso);
    return out;
}

static void print_link(FILE *out, const char *rel, const char *type, const char *base,
                       const char *rest)
{
    fprintf(out, "<link rel=\"%s\" type=\"%s\" href=\"", rel, type);
    nq_print_html(out, nq_slice(base));
    nq_print_html(out, nq_slice(rest));
    fputs("\"/>\n", out);
}

static bool print_entry(FILE *out, const struct nq_hit *hit, const char *base)
{
    const struct nq_reference *r = hit->reference;
    struct nq_str title = r && r->title.len              ? r->title
                          : hit->section_heading.len > 0 ? hit->section_heading
                          : hit->report.title.len > 0    ? hit->report.title
                                                         : hit->report.key;
    struct nq_str author = r && r->source.len ? r->source : hit->report.publisher;
    const struct nq_str name[] = {hit->report.key, hit->text};
    char when[24], place[40];
    snprintf(place, sizeof place, "/passage/%lld", (long long)hit->passage);
    fputs("<entry>\n", out);
    print_id(out, name, 2);
    fputs("<title>", out);
    bool ok = text(out, title);
    fprintf(out, "</title>\n<updated>%s</updated>\n", instant(hit->report.day, when));
    if (author.len > 0) {
        fputs("<author><name>", out);
        ok &= text(out, author);
        fputs("</name></author>\n", out);
    }
    print_link(out, "alternate", "text/html", base, place);
    fputs("<summary>", out);
    for (size_t i = 0; i < hit->n_snippet; i++)
        ok &= text(out, hit->snippet[i].text);
    fputs("</summary>\n</entry>\n", out);
    return ok;
}

bool nq_print_atom(FILE *out, const struct nq_results *results, const struct nq_feed *feed)
{
    const struct nq_str id = feed->query;
    int32_t latest = NQ_NO_DAY;
    char when[24];
    for (size_t i = 0; i < results->n_hits; i++)
        if (results->hits[i].report.day > latest)
            latest = results->hits[i].report.day;
    fputs("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
          "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n",
          out);
    print_id(out, &id, 1);
    fputs("<title>", out);
    bool ok = text(out, feed->query);
    fputs(" - ", out);
    ok &= text(out, feed->site);
    fprintf(out, "</title>\n<updated>%s</updated>\n<author><name>", instant(latest, when));
    ok &= text(out, feed->site);
    fputs("</name></author>\n<generator>nqsearch</generator>\n", out);
    print_link(out, "self", "application/atom+xml", feed->base, feed->self);
    print_link(out, "alternate", "text/html", feed->base, feed->page);
    for (size_t i = 0; i < results->n_hits; i++)
        if (results->hits[i].tier != NQ_TIER_PARTIAL)
            ok &= print_entry(out, &results->hits[i], feed->base);
    fputs("</feed>\n", out);
    return ok;
}
