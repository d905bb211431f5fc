/* Sources: who published a cited work, however a reference prints it. */
#ifndef NQ_LINK_SOURCE_H
#define NQ_LINK_SOURCE_H

#include "base/str.h"

/* Reads the next name of `source` from byte `*at` on: several stand parted by / 、 | or by what
 * says that one took it from the other (转载自, via).  What a source prints on (官网, 微信公众号,
 * 客户端), 转载 and 相关报道 are no part of a name; a department (国家能源局电力司) is its body, a
 * channel (人民网江苏频道, 江苏人民网) its medium.  `*name` is a slice of `source`, never empty.
 * False behind the last. */
bool nq_source_next(struct nq_str source, size_t *at, struct nq_str *name);

#endif
