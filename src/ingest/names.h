/* What parts of a report are called: abstract, contents, references, and what closes one. */
#ifndef NQ_INGEST_NAMES_H
#define NQ_INGEST_NAMES_H

#include "base/str.h"

enum nq_role {
    NQ_ROLE_NONE,
    NQ_ROLE_ABSTRACT,
    NQ_ROLE_POINTS, /* 核心观点: the abstract where it comes first, else a section */
    NQ_ROLE_CONTENTS,
    NQ_ROLE_REFERENCES,
    NQ_ROLE_BODY,    /* 正文, 详细新闻: announces the rest and says nothing else */
    NQ_ROLE_CLOSING, /* 联系我们, 免责声明 */
    NQ_ROLE_SECTION, /* a name that only headings have: 结语, 趋势判断 */
};

/* The part that a line of its own names: 摘　要, 【摘要】, 七、参考文献：, References. */
enum nq_role nq_role_of(struct nq_str line);

/* The bytes of a part's name that `text` begins with, its mark included (摘要：, 【声明】), where
 * text follows it, and the part; or 0. */
size_t nq_role_prefix(struct nq_str text, enum nq_role *role);

/* The bytes of a name of the abstract that `text` begins with, its mark included (摘要：,
 * 【摘要】), where text follows it; or 0. */
size_t nq_role_abstract_prefix(struct nq_str text);

/* Whether a line of `width` columns is of the kind that closes a report: contact, QR code,
 * disclaimer, copyright, editor. */
bool nq_is_closing(struct nq_str line, size_t width);

/* 报：…, 抄送：…: whom a bulletin goes to. */
bool nq_is_distribution(struct nq_str line);

/* — 3 —, 第 3 页 共 8 页, Page 3 of 8, 3/8, an address with one of these behind it.  A bare "3"
 * only where `alone` says that nothing stands on at least one side of it. */
bool nq_is_page_number(struct nq_str line, bool alone);

/* Whether a line counts or classes an issue: 第 12 期（总第 128 期）, （半月刊）, 内部资料,
 * 北能发〔2026〕31号. */
bool nq_is_issue(struct nq_str text);

/* 北能发〔2026〕31号 and nothing else. */
bool nq_is_document_number(struct nq_str text);

/* Whether `text` reads as the name of an organisation: 委员会, 研究院, 局, … at its end. */
bool nq_is_organisation(struct nq_str text);

#endif
