/* Kinds of documents by name, as queries and options give them. */
#include <nqsearch.h>

#include "base/str.h"

bool nq_kind_parse(struct nq_str text, enum nq_kind *out)
{
    static const struct {
        struct nq_str name;
        enum nq_kind kind;
    } names[] = {
        {NQ_STR_INIT("report"), NQ_KIND_REPORT},
        {NQ_STR_INIT("报告"), NQ_KIND_REPORT},
        {NQ_STR_INIT("報告"), NQ_KIND_REPORT},
        {NQ_STR_INIT("reference"), NQ_KIND_REFERENCE},
        {NQ_STR_INIT("参考文献"), NQ_KIND_REFERENCE},
        {NQ_STR_INIT("參考文獻"), NQ_KIND_REFERENCE},
        {NQ_STR_INIT("文献"), NQ_KIND_REFERENCE},
        {NQ_STR_INIT("文獻"), NQ_KIND_REFERENCE},
        {NQ_STR_INIT("all"), NQ_KIND_ALL},
        {NQ_STR_INIT("全部"), NQ_KIND_ALL},
    };
    for (size_t i = 0; i < NQ_COUNT(names); i++) {
        if (nq_str_eq(text, names[i].name)) {
            *out = names[i].kind;
            return true;
        }
    }
    return false;
}
