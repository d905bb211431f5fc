/* A timeline as a calendar (RFC 5545): all-day events, milestones as well. */
#include "output/timeline.h"

#include <string.h>

#include "output/slice.h"

enum { LINE_OCTETS = 75 }; /* a line's most, its CR LF aside */

/* A content line on its way: `octets` of it are printed. */
struct line {
    FILE *out;
    int octets;
};

/* Prints one character, on a line of its own where the last is full.  It is never parted. */
static void put(struct line *l, const char *bytes, int n)
{
    if (l->octets + n > LINE_OCTETS) {
        fputs("\r\n ", l->out);
        l->octets = 1;
    }
    fwrite(bytes, 1, (size_t)n, l->out);
    l->octets += n;
}

static void put_plain(struct line *l, const char *text)
{
    for (; *text; text++)
        put(l, text, 1);
}

/* Text with its special characters escaped (section 3.3.11). */
static void put_text(struct line *l, struct nq_str s)
{
    for (size_t i = 0; i < s.len;) {
        unsigned char c = (unsigned char)s.ptr[i];
        int n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        if (c == '\n')
            put(l, "\\n", 2);
        else if (c == '\\' || c == ';' || c == ',')
            put(l, (char[]){'\\', (char)c}, 2);
        else if (c >= 0x20)
            put(l, s.ptr + i, i + (size_t)n <= s.len ? n : (int)(s.len - i));
        i += (size_t)n;
    }
}

static void end(struct line *l)
{
    fputs("\r\n", l->out);
    l->octets = 0;
}

static void property(FILE *out, const char *name, struct nq_str value)
{
    struct line l = {out, 0};
    if (value.len == 0)
        return;
    put_plain(&l, name);
    put_text(&l, value);
    end(&l);
}

/* "20260618". */
static const char *date(int32_t day, char out[11])
{
    nq_day_format(day, out);
    if (strlen(out) == 10) {
        memmove(out + 4, out + 5, 2);
        memmove(out + 6, out + 8, 3);
    }
    return out;
}

static uint64_t hash(uint64_t h, struct nq_str s)
{
    return nq_hash_bytes(nq_hash_slice(h, s), "\xFF", 1);
}

static uint64_t uid_of(const struct nq_timeline_event *e)
{
    char day[11];
    uint64_t h = NQ_HASH_START;
    nq_day_format(e->first, day);
    h = hash(h, (struct nq_str){day, strlen(day)});
    h = hash(h, (struct nq_str){e->kind == NQ_EVENT_PAST ? "p" : "m", 1});
    h = hash(h, e->action);
    h = hash(h, e->document ? e->document_title : e->actor);
    return e->action.len || e->document || e->actor.len ? h : hash(h, e->label);
}

/* How many events before number `at` would have its UID. */
static unsigned twins(const struct nq_timeline *t, size_t at)
{
    unsigned n = 0;
    for (size_t i = at; i > 0 && t->events[i - 1].first == t->events[at].first; i--)
        n += uid_of(&t->events[i - 1]) == uid_of(&t->events[at]);
    return n;
}

static void print_event(FILE *out, const struct nq_timeline_event *e, unsigned twin, int32_t stamp)
{
    char day[11];
    fprintf(out, "BEGIN:VEVENT\r\nUID:%016llx", (unsigned long long)uid_of(e));
    fprintf(out, twin ? "-%u@nqsearch\r\n" : "@nqsearch\r\n", twin);
    fprintf(out, "DTSTAMP:%sT000000Z\r\n", date(stamp, day));
    fprintf(out, "DTSTART;VALUE=DATE:%s\r\n", date(e->first, day));
    if (*date(e->last + 1, day)) /* the end is the first day that is no more of it */
        fprintf(out, "DTEND;VALUE=DATE:%s\r\n", day);
    property(out, "SUMMARY:", e->label);
    property(out, "DESCRIPTION:", e->quote);
    fprintf(out, "CATEGORIES:%s\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n",
            e->kind == NQ_EVENT_PAST ? "PAST" : "MILESTONE");
}

void nq_print_timeline_ics(FILE *out, const struct nq_timeline *t, struct nq_str query,
                           int32_t stamp)
{
    fputs("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//nqsearch//timeline 1//ZH\r\n"
          "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n",
          out);
    property(out, "X-WR-CALNAME:", query);
    if (t->n_events == 0) /* a calendar has at least one component (section 3.6) */
        fputs(
            "BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\nBEGIN:STANDARD\r\nDTSTART:19910915T000000\r\n"
            "TZOFFSETFROM:+0900\r\nTZOFFSETTO:+0800\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n",
            out);
    for (size_t i = 0; i < t->n_events; i++)
        print_event(out, &t->events[i], twins(t, i), stamp);
    fputs("END:VCALENDAR\r\n", out);
}
