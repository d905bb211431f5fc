/* What a file is: see kind.h. */
#include "ingest/kind.h"

#include "base/error.h"
#include "ingest/scan.h"

#include <strings.h>

static bool holds_at(struct nq_str s, size_t at, struct nq_str magic)
{
    return s.len >= at + magic.len && memcmp(s.ptr + at, magic.ptr, magic.len) == 0;
}

enum nq_format nq_kind_of_bytes(struct nq_str s)
{
    static const struct {
        struct nq_str magic;
        enum nq_format format;
    } table[] = {
        {NQ_STR_INIT("\x1F\x8B"), NQ_FORMAT_PACKED},
        {NQ_STR_INIT("\x28\xB5\x2F\xFD"), NQ_FORMAT_PACKED},
        {NQ_STR_INIT("BZh"), NQ_FORMAT_PACKED},
        {NQ_STR_INIT("\xFD"
                     "7zXZ"),
         NQ_FORMAT_PACKED},
        {NQ_STR_INIT("PK\x03\x04"), NQ_FORMAT_ZIP},
        {NQ_STR_INIT("PK\x05\x06"), NQ_FORMAT_ZIP},
    };
    enum { PDF_WITHIN = 1024, TAR_MAGIC = 257 };
    for (size_t i = 0; i < NQ_COUNT(table); i++)
        if (nq_str_starts(s, table[i].magic))
            return table[i].format;
    if (holds_at(s, TAR_MAGIC, NQ_STR("ustar")))
        return NQ_FORMAT_TAR;
    /* Readers accept what mail programs put before the header. */
    struct nq_str begin = s.len > PDF_WITHIN ? nq_str_sub(s, 0, PDF_WITHIN) : s;
    size_t at = nq_str_find(begin, NQ_STR("%PDF-"), 0);
    bool alone = at == 0 || (at != SIZE_MAX && (s.ptr[at - 1] == '\n' || s.ptr[at - 1] == '\r' ||
                                                s.ptr[at - 1] == '\0'));
    return alone ? NQ_FORMAT_PDF : NQ_FORMAT_OTHER;
}

const char *nq_kind_unread(struct nq_str s)
{
    static const struct {
        struct nq_str magic;
        const char *kind;
    } table[] = {
        {NQ_STR_INIT("SQLite format 3"), N_("an SQLite database")},
        {NQ_STR_INIT("\x89PNG"), N_("an image")},
        {NQ_STR_INIT("\xFF\xD8\xFF"), N_("an image")},
        {NQ_STR_INIT("GIF8"), N_("an image")},
        {NQ_STR_INIT("RIFF"), N_("an image, sound or film")},
        {NQ_STR_INIT("\x7F"
                     "ELF"),
         N_("a program")},
        {NQ_STR_INIT("\xD0\xCF\x11\xE0"), N_("an old Office document")},
        {NQ_STR_INIT("Rar!\x1A"), N_("a RAR archive")},
        {NQ_STR_INIT("7z\xBC\xAF"), N_("a 7-Zip archive")},
    };
    for (size_t i = 0; i < NQ_COUNT(table); i++)
        if (nq_str_starts(s, table[i].magic))
            return _(table[i].kind);
    return NULL;
}

static bool has_ending(const char *name, const char *const *endings, size_t n)
{
    /* page.html.gz is a page. */
    static const char *const packed[] = {".gz", ".zst", ".bz2", ".xz"};
    size_t len = strlen(name);
    for (size_t i = 0; i < NQ_COUNT(packed); i++) {
        size_t m = strlen(packed[i]);
        if (len > m && strcasecmp(name + len - m, packed[i]) == 0) {
            len -= m;
            break;
        }
    }
    for (size_t i = 0; i < n; i++) {
        size_t m = strlen(endings[i]);
        if (len >= m && strncasecmp(name + len - m, endings[i], m) == 0)
            return true;
    }
    return false;
}

enum nq_format nq_kind_promised(const char *name)
{
    static const char *const docx[] = {".docx"}, *const pdf[] = {".pdf"};
    return has_ending(name, docx, 1)  ? NQ_FORMAT_DOCX
           : has_ending(name, pdf, 1) ? NQ_FORMAT_PDF
                                      : NQ_FORMAT_OTHER;
}

static bool starts_nocase(struct nq_str s, struct nq_str prefix)
{
    return s.len >= prefix.len && strncasecmp(s.ptr, prefix.ptr, prefix.len) == 0;
}

/* `s` behind comments, an XML declaration and white space. */
static struct nq_str behind_prologue(struct nq_str s)
{
    for (;;) {
        s = nq_str_trim(s);
        bool comment = nq_str_starts(s, NQ_STR("<!--"));
        if (!comment && !nq_str_starts(s, NQ_STR("<?")))
            return s;
        struct nq_str mark = comment ? NQ_STR("-->") : NQ_STR("?>");
        size_t end = nq_str_find(s, mark, 2);
        if (end == SIZE_MAX)
            return s;
        s = nq_str_sub(s, end + mark.len, s.len);
    }
}

static bool is_html(const char *name, struct nq_str text)
{
    static const char *const endings[] = {".html", ".htm", ".xhtml", ".shtml"};
    static const struct nq_str starts[] = {NQ_STR_INIT("<!doctype html"), NQ_STR_INIT("<html"),
                                           NQ_STR_INIT("<head"), NQ_STR_INIT("<body")};
    struct nq_str s = behind_prologue(text);
    for (size_t i = 0; i < NQ_COUNT(starts); i++)
        if (starts_nocase(s, starts[i]))
            return true;
    static const struct nq_str tags[] = {NQ_STR_INIT("<p"),  NQ_STR_INIT("<div"),
                                         NQ_STR_INIT("<h1"), NQ_STR_INIT("<body"),
                                         NQ_STR_INIT("<br"), NQ_STR_INIT("<table")};
    return has_ending(name, endings, NQ_COUNT(endings)) && nq_scan_has_any(s, tags, NQ_COUNT(tags));
}

enum nq_format nq_kind_of_text(const char *name, struct nq_str sample)
{
    static const char *const records[] = {".jsonl", ".ndjson"};
    static const char *const markdown[] = {".md", ".markdown"};
    struct nq_str text = nq_str_trim(sample);
    if (has_ending(name, records, NQ_COUNT(records)))
        return NQ_FORMAT_RECORDS;
    if (nq_str_starts(text, NQ_STR("{"))) {
        struct nq_str inside = nq_str_trim(nq_str_sub(text, 1, text.len));
        if (nq_str_starts(inside, NQ_STR("\"")))
            return NQ_FORMAT_RECORDS;
    }
    if (is_html(name, text))
        return NQ_FORMAT_HTML;
    return has_ending(name, markdown, NQ_COUNT(markdown)) ? NQ_FORMAT_MARKDOWN : NQ_FORMAT_TEXT;
}

static bool is_name_byte(char c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

struct nq_str nq_kind_declared_charset(struct nq_str s)
{
    enum { WITHIN = 4096, SIGNS = 4 }; /* between the word and the name: = " and spaces */
    struct nq_str begin = s.len > WITHIN ? nq_str_sub(s, 0, WITHIN) : s;
    if (!nq_str_starts(nq_str_trim(begin), NQ_STR("<")))
        return NQ_STR("");
    bool xml = nq_str_starts(begin, NQ_STR("<?xml"));
    struct nq_str word = xml ? NQ_STR("encoding") : NQ_STR("charset");
    size_t at = nq_scan_find_nocase(begin, word);
    if (at == SIZE_MAX)
        return NQ_STR("");
    at += word.len;
    for (int i = 0; i < SIGNS && at < begin.len && !is_name_byte(begin.ptr[at]); i++)
        at++;
    size_t end = at;
    while (end < begin.len && is_name_byte(begin.ptr[end]))
        end++;
    return nq_str_sub(begin, at, end);
}
