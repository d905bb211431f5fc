/* Passages: the pieces of a report that are indexed, ranked and shown. */
#include "model/passage.h"

static const struct nq_str abstract_heading = NQ_STR_INIT("摘要");
static const struct nq_str references_heading = NQ_STR_INIT("参考文献");

struct list {
    struct nq_arena *arena;
    struct nq_passage *items;
    size_t n;
    bool failed;
};

/* Where to cut `text`, which is longer than a passage may be: behind the last sentence that fits,
 * else between characters. */
static size_t cut(struct nq_str text)
{
    static const struct nq_str stops[] = {NQ_STR_INIT("。"), NQ_STR_INIT("！"), NQ_STR_INIT("？"),
                                          NQ_STR_INIT("；"), NQ_STR_INIT(". ")};
    size_t limit = NQ_PASSAGE_BYTES;
    for (size_t end = limit; end > limit / 2; end--)
        for (size_t i = 0; i < NQ_COUNT(stops); i++)
            if (nq_str_ends(nq_str_sub(text, 0, end), stops[i]))
                return end;
    while (((unsigned char)text.ptr[limit] & 0xC0) == 0x80)
        limit--;
    return limit;
}

static void add(struct list *list, struct nq_passage passage)
{
    struct nq_passage *grown =
        nq_arena_grow(list->arena, list->items, list->n, sizeof *list->items);
    if (!grown) {
        list->failed = true;
        return;
    }
    list->items = grown;
    list->items[list->n++] = passage;
}

/* Adds a paragraph, as several passages if it is long. */
static void add_paragraph(struct list *list, struct nq_passage passage, struct nq_str text)
{
    for (text = nq_str_trim(text); text.len > 0 && !list->failed;) {
        size_t end = text.len > NQ_PASSAGE_BYTES ? cut(text) : text.len;
        passage.text = nq_str_trim(nq_str_sub(text, 0, end));
        if (passage.text.len > 0)
            add(list, passage);
        passage.opens_section = false;
        text = nq_str_trim(nq_str_sub(text, end, text.len));
    }
}

static void add_section(struct list *list, const struct nq_section *section)
{
    struct nq_passage passage = {.kind = NQ_KIND_REPORT,
                                 .opens_section = true,
                                 .section_number = section->number,
                                 .section_heading = section->heading};
    size_t before = list->n;
    for (size_t i = 0; i < section->n_paragraphs; i++) {
        passage.opens_section = list->n == before;
        passage.page = section->pages ? section->pages[i] : 0;
        add_paragraph(list, passage, section->paragraphs[i]);
    }
    if (list->n == before && section->heading.len > 0)
        add_paragraph(list, passage, section->heading); /* a bare headline is news, too */
}

bool nq_passages_of(const struct nq_report *report, struct nq_arena *arena, struct nq_passage **out,
                    size_t *n)
{
    struct list list = {.arena = arena};
    if (report->abstract.len > 0) {
        struct nq_str paragraph = report->abstract;
        struct nq_section section = {
            .heading = abstract_heading, .paragraphs = &paragraph, .n_paragraphs = 1};
        add_section(&list, &section);
    }
    for (size_t i = 0; i < report->n_sections; i++)
        add_section(&list, &report->sections[i]);
    for (size_t i = 0; i < report->n_references; i++) {
        struct nq_passage passage = {.kind = NQ_KIND_REFERENCE,
                                     .opens_section = i == 0,
                                     .section_heading = references_heading,
                                     .reference = &report->references[i],
                                     .text = report->references[i].raw,
                                     .page = report->references[i].page};
        if (passage.text.len > NQ_PASSAGE_BYTES)
            passage.text.len = cut(passage.text);
        add(&list, passage);
    }
    *out = list.items;
    *n = list.n;
    return !list.failed;
}

void nq_passage_heading(struct nq_buf *out, enum nq_kind kind, bool first, struct nq_str title,
                        struct nq_str section_heading)
{
    if (kind == NQ_KIND_REFERENCE)
        return;
    bool own = section_heading.len > 0 && !nq_str_eq(section_heading, abstract_heading);
    if (first || !own)
        nq_buf_add(out, title);
    if (first && own && title.len > 0)
        nq_buf_add(out, NQ_STR("。"));
    if (own)
        nq_buf_add(out, section_heading);
}

bool nq_passage_is_abstract(struct nq_str heading)
{
    return nq_str_eq(heading, abstract_heading);
}

void nq_passage_text(struct nq_buf *out, bool opens_section, struct nq_str number,
                     struct nq_str heading, bool cited, struct nq_str text)
{
    if (opens_section && (number.len > 0 || heading.len > 0)) {
        nq_buf_add(out, NQ_STR("## "));
        nq_buf_add(out, number);
        nq_buf_add(out, number.len > 0 ? NQ_STR("、") : NQ_STR(""));
        nq_buf_add(out, heading);
        nq_buf_add(out, NQ_STR("\n\n"));
    }
    nq_buf_add(out, cited ? NQ_STR("- ") : NQ_STR(""));
    nq_buf_add(out, text);
    nq_buf_add(out, NQ_STR("\n\n"));
}

void nq_passages_text(struct nq_buf *out, const struct nq_passage *passages, size_t n)
{
    for (size_t i = 0; i < n; i++)
        nq_passage_text(out, passages[i].opens_section, passages[i].section_number,
                        passages[i].section_heading, passages[i].reference != NULL,
                        passages[i].text);
}

bool nq_passage_heading_is_ours(struct nq_str heading)
{
    return nq_str_eq(heading, abstract_heading) || nq_str_eq(heading, references_heading);
}

bool nq_passage_is_roundup(struct nq_str heading)
{
    static const struct nq_str words[] = {NQ_STR_INIT("摘要"), NQ_STR_INIT("快讯"),
                                          NQ_STR_INIT("简讯"), NQ_STR_INIT("要闻")};
    for (size_t i = 0; i < NQ_COUNT(words); i++)
        if (nq_str_find(heading, words[i], 0) != SIZE_MAX)
            return true;
    return false;
}

bool nq_passage_is_line(struct nq_str text)
{
    enum { LONGEST = 45 * 3 };
    static const struct nq_str ends[] = {NQ_STR_INIT("。"), NQ_STR_INIT("；"), NQ_STR_INIT("："),
                                         NQ_STR_INIT("，"), NQ_STR_INIT("、"), NQ_STR_INIT(";"),
                                         NQ_STR_INIT(".")};
    text = nq_str_trim(text);
    if (text.len == 0 || text.len > LONGEST || nq_str_find(text, NQ_STR("。"), 0) != SIZE_MAX)
        return false;
    for (size_t i = 0; i < NQ_COUNT(ends); i++)
        if (nq_str_ends(text, ends[i]))
            return false;
    return true;
}
