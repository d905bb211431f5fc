/* The references of a report: see report_builder.h. */
#include "ingest/report_builder.h"

#include "ingest/names.h"
#include "ingest/reference.h"

static void add_item(struct nq_report_builder *b, const struct nq_block *block, struct nq_str raw)
{
    struct nq_reference *grown = nq_arena_grow(b->arena, b->out->references, b->out->n_references,
                                               sizeof *b->out->references);
    if (raw.len == 0)
        return;
    if (!grown || !nq_reference_parse(b->arena, raw, b->out->day, &grown[b->out->n_references])) {
        b->failed = true;
        return;
    }
    b->out->references = grown;
    grown[b->out->n_references++].page = block->page_number;
}

/* The byte at which the item with the number behind `number` begins, right behind a stop:
 * （1）…；（2）…, its number in `*next`; or the length of `text`. */
static size_t next_item(struct nq_str text, const struct nq_number *number, struct nq_number *next)
{
    static const char *const stops[] = {"；", "。"};
    for (size_t at = 0; at < text.len; at++)
        for (size_t i = 0; i < NQ_COUNT(stops); i++) {
            struct nq_str rest = nq_str_sub(text, at, text.len);
            if (!nq_str_starts(rest, nq_str_from(stops[i])))
                continue;
            rest = nq_str_trim(nq_str_sub(rest, strlen(stops[i]), rest.len));
            if (nq_number_parse(rest, next) && next->style == number->style &&
                next->value == number->value + 1)
                return (size_t)(rest.ptr - text.ptr);
        }
    return text.len;
}

static void add_reference(struct nq_report_builder *b, const struct nq_block *block)
{
    struct nq_number number = block->number, next = {0};
    struct nq_str rest = nq_str_sub(block->text, number.len, block->text.len);
    while (rest.len > 0 && !b->failed) {
        size_t end = number.style == NQ_NUMBERING_NONE ? rest.len : next_item(rest, &number, &next);
        add_item(b, block, nq_str_trim(nq_str_sub(rest, 0, end)));
        rest = nq_str_sub(rest, end, rest.len);
        rest = nq_str_sub(rest, rest.len ? next.len : 0, rest.len);
        number = next;
    }
}

bool nq_block_is_item(const struct nq_block *block)
{
    return block->bullet || block->number.style >= NQ_NUMBERING_DECIMAL;
}

/* Whether the list goes on behind block i, which is no item: something of a page stands there. */
static bool list_resumes(const struct nq_blocks *blocks, size_t i)
{
    enum { FAR = 3 };
    const struct nq_number *last = i > 0 ? &blocks->items[i - 1].number : NULL;
    for (size_t k = i + 1; k < blocks->n && k <= i + FAR; k++) {
        const struct nq_number *number = &blocks->items[k].number;
        bool counts = last && number->style != NQ_NUMBERING_NONE && number->style == last->style &&
                      number->value == last->value + 1;
        if (nq_block_is_item(&blocks->items[k]) &&
            (counts || nq_reference_looks(blocks->items[k].text)))
            return true;
    }
    return false;
}

/* A block below the heading of the references: one of them, or the end of them. */
void nq_report_take_reference(struct nq_report_builder *b, size_t i)
{
    const struct nq_block *block = &b->outline.blocks->items[i];
    bool item = nq_block_is_item(block);
    bool looks = nq_reference_looks(block->text);
    if (nq_reference_is_head(block->text))
        return;
    bool closing = nq_is_closing(block->text, block->width);
    if (item ? closing && !looks : b->marked_items || !looks || closing) {
        if (item || !list_resumes(b->outline.blocks, i))
            b->part = NQ_PART_CLOSED;
        return;
    }
    b->marked_items |= item;
    add_reference(b, block);
}

/* 参考资料：[1]…；[2]…: all of them behind their name. */
bool nq_report_take_inline(struct nq_report_builder *b, const struct nq_block *block)
{
    enum nq_role role;
    struct nq_block list = *block;
    size_t prefix = nq_role_prefix(block->text, &role);
    if (b->part != NQ_PART_BODY || role != NQ_ROLE_REFERENCES)
        return false;
    list.text = nq_str_trim(nq_str_sub(block->text, prefix, block->text.len));
    if (!nq_number_parse(list.text, &list.number) || list.number.value != 1 ||
        !nq_block_is_item(&list))
        return false;
    b->part = NQ_PART_REFERENCES;
    b->marked_items = true;
    add_reference(b, &list);
    return true;
}
