/* What is made into JSON everywhere.  jansson's "_new" calls and json_pack take NULL for what could
 * not be made and fail in turn, and so do these: one check at the end is enough. */
#include "output/output.h"

#include <stdlib.h>

json_t *nq_json_str(struct nq_str s)
{
    if (!s.ptr)
        return json_null();
    if (nq_is_utf8(s))
        return json_stringn_nocheck(s.ptr, s.len);
    char *plain = nq_plain_text(s);
    json_t *string = plain ? json_string_nocheck(plain) : NULL;
    free(plain);
    return string;
}

json_t *nq_json_day(int32_t day)
{
    char iso[11];
    return *nq_day_format(day, iso) ? json_string(iso) : json_null();
}

json_t *nq_json_month(int32_t day)
{
    char iso[11];
    return *nq_day_format(day, iso) ? json_stringn(iso, 7) : json_null();
}

/* `changed` where `failed` is 0, else NULL. */
static json_t *unless(int failed, json_t *changed)
{
    if (!failed)
        return changed;
    json_decref(changed);
    return NULL;
}

json_t *nq_json_append(json_t *array, json_t *item)
{
    return unless(json_array_append_new(array, item), array);
}

json_t *nq_json_set(json_t *object, const char *key, json_t *value)
{
    return unless(json_object_set_new(object, key, value), object);
}

json_t *nq_json_merge(json_t *object, json_t *more)
{
    int failed = !object || !more || json_object_update(object, more);
    json_decref(more);
    return unless(failed, object);
}

json_t *nq_month_counts_json(const struct nq_month_count *months, size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++)
        array = nq_json_append(array,
                               json_pack("{s:o, s:I}", "value", nq_json_month(months[i].first_day),
                                         "count", (json_int_t)months[i].count));
    return array;
}
