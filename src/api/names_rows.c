/* Rows of names, as they are written and read. */
#include "api/names_rows.h"

#include <stdlib.h>

#include "base/grow.h"
#include "base/varint.h"

/* ---- ids */

size_t nq_name_letters(uint32_t cp, uint8_t letters[NQ_NAME_LETTERS_MAX])
{
    size_t n = 0;
    if (cp >= 'a' && cp <= 'z')
        letters[n++] = (uint8_t)(cp - 'a' + 1);
    struct nq_codes readings = nq_pinyin_readings(cp);
    for (size_t i = 0; i < readings.n && n < NQ_NAME_LETTERS_MAX; i++) {
        uint8_t letter = (uint8_t)(nq_pinyin_letter(readings.items[i]) - 'a' + 1);
        size_t k = 0;
        while (k < n && letters[k] != letter)
            k++;
        if (k == n)
            letters[n++] = letter;
    }
    if (n == 0)
        letters[n++] = 0;
    return n;
}

int64_t nq_name_row_id(unsigned tier, uint8_t letter, uint32_t cp)
{
    return (int64_t)tier << 26 | (int64_t)letter << 21 | cp;
}

/* ---- one name */

static uint64_t code_day(int32_t day)
{
    if (day == NQ_NO_DAY)
        return 0;
    return (day < 0 ? (uint64_t)(-1 - (int64_t)day) * 2 + 1 : (uint64_t)day * 2) + 1;
}

static int32_t decode_day(uint64_t code)
{
    if (code == 0 || code > UINT32_MAX)
        return NQ_NO_DAY;
    code--;
    return (int32_t)(code & 1 ? -1 - (int64_t)(code / 2) : (int64_t)(code / 2));
}

static void write_name(struct nq_buf *out, const struct nq_name *name)
{
    nq_buf_add_byte(out, (char)name->kind);
    nq_varint_add(out, name->from);
    nq_varint_add(out, name->n);
    nq_varint_add(out, code_day(name->day));
    nq_varint_add(out, name->text.len);
    nq_buf_add(out, name->text);
}

bool nq_name_read(struct nq_str data, size_t *at, struct nq_name *out)
{
    uint64_t from, n, day, len;
    if (*at >= data.len)
        return false;
    size_t next = *at + 1;
    uint8_t kind = (uint8_t)data.ptr[*at];
    if (kind > NQ_SUGGESTION_HEADLINE || !nq_varint_read(data, &next, &from) ||
        !nq_varint_read(data, &next, &n) || !nq_varint_read(data, &next, &day) ||
        !nq_varint_read(data, &next, &len) || len > data.len - next || from > len || n > UINT32_MAX)
        return false;
    *out = (struct nq_name){.text = nq_str_sub(data, next, next + len),
                            .from = (uint32_t)from,
                            .n = (uint32_t)n,
                            .day = decode_day(day),
                            .kind = kind};
    *at = next + len;
    return true;
}

/* ---- many */

static bool add(struct nq_name_list *list, struct nq_name name)
{
    struct nq_name *items = nq_grow(list->items, list->n, &list->cap, sizeof *items);
    if (!items)
        return false;
    list->items = items;
    items[list->n++] = name;
    return true;
}

/* Where a title may be typed from besides its beginning: behind 关于, or a column in 【】. */
static size_t other_beginning(struct nq_str text)
{
    struct nq_str about = NQ_STR("关于"), close = NQ_STR("】");
    if (nq_str_starts(text, about))
        return about.len;
    size_t end = nq_str_starts(text, NQ_STR("【")) ? nq_str_find(text, close, 0) : SIZE_MAX;
    return end < text.len - close.len ? end + close.len : 0;
}

bool nq_name_list_title(struct nq_name_list *list, struct nq_name name)
{
    struct nq_map_entry *e = nq_map_put(&list->titles, name.text);
    if (!e)
        return false;
    if (name.day > list->newest)
        list->newest = name.day;
    size_t first = e->value ? (size_t)e->value - 1 : list->n;
    if (!e->value) {
        name.text = e->key;
        if (!add(list, name))
            return false;
        e->value = (int32_t)list->n;
        if ((name.from = (uint32_t)other_beginning(name.text)) > 0)
            return add(list, name);
        return true;
    }
    /* What is typed from another place stands behind it. */
    for (size_t i = first; i < list->n && list->items[i].text.ptr == e->key.ptr; i++) {
        list->items[i].n += name.n;
        if (name.day > list->items[i].day)
            list->items[i].day = name.day;
    }
    return true;
}

bool nq_name_list_word(struct nq_name_list *list, struct nq_str text, enum nq_suggestion_kind kind)
{
    struct nq_map_entry *e = nq_map_put(&list->words, text);
    if (!e || e->value)
        return e;
    e->value = (int32_t)list->n + 1;
    return add(list, (struct nq_name){.text = e->key, .day = NQ_NO_DAY, .kind = (uint8_t)kind});
}

struct nq_name *nq_name_list_find(const struct nq_name_list *list, struct nq_str text)
{
    const struct nq_map_entry *e = nq_map_find(&list->words, text);
    return e ? &list->items[e->value - 1] : NULL;
}

void nq_name_list_finish(struct nq_name_list *list)
{
    free(list->items);
    nq_map_finish(&list->titles);
    nq_map_finish(&list->words);
    *list = (struct nq_name_list){0};
}

/* ---- into rows */

/* Where a name of the list belongs. */
struct place {
    int64_t row;
    size_t item;
};

static int by_row(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

/* The places of all names, in order; the caller frees them.  NULL without memory. */
static struct place *find_places(const struct nq_name_list *list, unsigned tier, size_t *n)
{
    size_t cap = 0;
    struct place *places = nq_reserve(NULL, 0, list->n, &cap, sizeof *places);
    *n = 0;
    for (size_t i = 0; places && i < list->n; i++) {
        const struct nq_name *name = &list->items[i];
        uint32_t first[NQ_SPELLED_MAX];
        uint8_t letters[NQ_NAME_LETTERS_MAX];
        if (nq_typed_fold(nq_str_sub(name->text, name->from, name->text.len), 1, first) == 0)
            continue;
        for (size_t k = 0, m = nq_name_letters(first[0], letters); k < m; k++) {
            struct place *grown = nq_grow(places, *n, &cap, sizeof *grown);
            if (!grown) {
                free(places);
                return NULL;
            }
            places = grown;
            places[(*n)++] = (struct place){nq_name_row_id(tier, letters[k], first[0]), i};
        }
    }
    if (*n > 1)
        qsort(places, *n, sizeof *places, by_row);
    return places;
}

enum nq_status nq_name_list_rows(struct nq_name_list *list, unsigned tier,
                                 enum nq_status (*row)(void *user, int64_t id, struct nq_str data,
                                                       struct nq_error *err),
                                 void *user, struct nq_error *err)
{
    enum nq_status status = NQ_OK;
    struct nq_buf data = {0};
    size_t n = 0;
    struct place *places = find_places(list, tier, &n);
    if (!places)
        return nq_fail_nomem(err);
    for (size_t i = 0; i < n && status == NQ_OK;) {
        int64_t id = places[i].row;
        for (data.len = 0; i < n && places[i].row == id; i++)
            write_name(&data, &list->items[places[i].item]);
        status = data.failed ? nq_fail_nomem(err) : row(user, id, nq_buf_str(&data), err);
    }
    nq_buf_finish(&data);
    free(places);
    return status;
}
