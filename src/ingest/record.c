/* One line of JSONL as a report: {"id","date","title","text"} and perhaps "source", "url", "kind".
 */
#include "ingest/record.h"

#include "base/error.h"
#include "ingest/scan.h"
#include "text/utf8.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

/* A record in the making. */
struct reader {
    struct nq_arena *arena;
    const json_t *object;
    size_t *repaired;
};

/* The string of `name`, clean and in the arena; absent where there is none or it is empty. */
static struct nq_str field(struct reader *r, const char *name)
{
    const json_t *value = json_object_get(r->object, name);
    char number[32];
    struct nq_str text = {0};
    if (json_is_string(value)) {
        text = (struct nq_str){json_string_value(value), json_string_length(value)};
    } else if (json_is_integer(value)) {
        int n = snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
        text = (struct nq_str){number, (size_t)n};
    }
    if (text.len == 0)
        return (struct nq_str){0};
    size_t repaired;
    struct nq_str clean = nq_utf8_clean(r->arena, text, &repaired);
    *r->repaired += repaired;
    clean = nq_str_trim(clean.ptr == text.ptr ? nq_arena_str(r->arena, clean) : clean);
    return clean.len ? clean : (struct nq_str){0};
}

/* Cuts `text` into the paragraphs of one section without number and heading. */
static bool split(struct nq_arena *arena, struct nq_str text, struct nq_report *out)
{
    struct nq_section *section = nq_arena_alloc(arena, sizeof *section);
    size_t lines = 1;
    for (size_t i = 0; i < text.len; i++)
        lines += text.ptr[i] == '\n';
    if (!section || !(section->paragraphs = nq_arena_array(arena, lines, sizeof(struct nq_str))))
        return false;
    struct nq_str rest = text, line;
    while (nq_str_line(&rest, &line)) {
        line = nq_str_trim(line);
        if (line.len > 0)
            section->paragraphs[section->n_paragraphs++] = line;
    }
    out->sections = section;
    out->n_sections = 1;
    return true;
}

static const char *read_date(struct reader *r, struct nq_report *out)
{
    const json_t *value = json_object_get(r->object, "date");
    struct nq_str date = field(r, "date");
    int32_t last;
    out->day = NQ_NO_DAY;
    if (!value || json_is_null(value) || (json_is_string(value) && !date.ptr))
        return NULL;
    /* 2026-06-17T08:00:00Z is that day. */
    if (date.len > 10 && (date.ptr[10] == 'T' || date.ptr[10] == ' '))
        date.len = 10;
    return date.ptr && nq_day_parse(date, &out->day, &last) ? NULL : _("\"date\" is no date");
}

static const char *read_object(struct reader *r, struct nq_report *out)
{
    out->key = field(r, "id");
    out->title = field(r, "title");
    out->source = field(r, "source");
    out->url = field(r, "url");
    struct nq_str kind = field(r, "kind"), text = field(r, "text");
    bool reference = nq_str_eq(kind, NQ_STR("reference"));
    out->kind = reference ? NQ_KIND_REFERENCE : NQ_KIND_REPORT;
    if (!out->key.ptr)
        return _("no \"id\"");
    if (!text.ptr)
        return _("no \"text\"");
    if (kind.ptr && !reference && !nq_str_eq(kind, NQ_STR("report")))
        return _("\"kind\" is neither \"report\" nor \"reference\"");
    const char *why = read_date(r, out);
    return why || split(r->arena, text, out) ? why : NULL;
}

bool nq_record_read(struct nq_arena *arena, struct nq_str line, struct nq_report *out,
                    size_t *repaired, const char **why)
{
    json_error_t error;
    size_t replaced;
    struct nq_report report = {0};
    *why = NULL;
    struct nq_str clean = nq_utf8_clean(arena, line, &replaced);
    if (!clean.ptr)
        return false;
    *repaired += replaced;
    json_t *object = json_loadb(clean.ptr, clean.len, JSON_ALLOW_NUL, &error);
    if (!object && (!error.text[0] || json_error_code(&error) == json_error_out_of_memory))
        return false; /* jansson says nothing where its buffers cannot be made */
    if (!json_is_object(object)) {
        *why = object ? _("no JSON object") : _("no JSON");
        json_decref(object);
        return false;
    }
    struct reader r = {arena, object, repaired};
    *why = read_object(&r, &report);
    json_decref(object);
    if (nq_arena_failed(arena))
        *why = NULL;
    if (*why || nq_arena_failed(arena))
        return false;
    *out = report;
    return true;
}
