/* Names of sources. */
#include "link/source.h"

#include "text/fold.h"
#include "text/organisation.h"
#include "text/utf8.h"

enum {
    NAME_MOST = 40, /* characters of a name that may be one of a department or channel */
    UNIT_MOST = 12, /* of the department */
};

/* What parts two names; one that another was named behind comes after those that hold it. */
static const struct nq_str marks[] = {
    NQ_STR_INIT("转载自"), NQ_STR_INIT("转引自"), NQ_STR_INIT("转自"), NQ_STR_INIT("转载"),
    NQ_STR_INIT("转发"),   NQ_STR_INIT(" via "),  NQ_STR_INIT("/"),    NQ_STR_INIT("／"),
    NQ_STR_INIT("、"),     NQ_STR_INIT("|"),      NQ_STR_INIT("｜"),   NQ_STR_INIT("；"),
};

/* Where it stands, not whose it is. */
static const struct nq_str places[] = {
    NQ_STR_INIT("官方网站"), NQ_STR_INIT("门户网站"), NQ_STR_INIT("官网"),
    NQ_STR_INIT("网站"),     NQ_STR_INIT("微信"),     NQ_STR_INIT("微信公众号"),
    NQ_STR_INIT("公众号"),   NQ_STR_INIT("官方微信"), NQ_STR_INIT("官方微博"),
    NQ_STR_INIT("微博"),     NQ_STR_INIT("客户端"),   NQ_STR_INIT("APP"),
    NQ_STR_INIT("视频号"),   NQ_STR_INIT("头条号"),   NQ_STR_INIT("官方账号"),
    NQ_STR_INIT("综合"),
};

static const struct nq_str departments[] = {
    NQ_STR_INIT("司"),
    NQ_STR_INIT("处"),
    NQ_STR_INIT("办公厅"),
    NQ_STR_INIT("办公室"),
};

/* Channels of a medium are called by these. */
static const struct nq_str provinces[] = {
    NQ_STR_INIT("北京"),   NQ_STR_INIT("天津"), NQ_STR_INIT("河北"), NQ_STR_INIT("山西"),
    NQ_STR_INIT("内蒙古"), NQ_STR_INIT("辽宁"), NQ_STR_INIT("吉林"), NQ_STR_INIT("黑龙江"),
    NQ_STR_INIT("上海"),   NQ_STR_INIT("江苏"), NQ_STR_INIT("浙江"), NQ_STR_INIT("安徽"),
    NQ_STR_INIT("福建"),   NQ_STR_INIT("江西"), NQ_STR_INIT("山东"), NQ_STR_INIT("河南"),
    NQ_STR_INIT("湖北"),   NQ_STR_INIT("湖南"), NQ_STR_INIT("广东"), NQ_STR_INIT("广西"),
    NQ_STR_INIT("海南"),   NQ_STR_INIT("重庆"), NQ_STR_INIT("四川"), NQ_STR_INIT("贵州"),
    NQ_STR_INIT("云南"),   NQ_STR_INIT("西藏"), NQ_STR_INIT("陕西"), NQ_STR_INIT("甘肃"),
    NQ_STR_INIT("青海"),   NQ_STR_INIT("宁夏"), NQ_STR_INIT("新疆"), NQ_STR_INIT("香港"),
    NQ_STR_INIT("澳门"),   NQ_STR_INIT("台湾"),
};

static bool ends_any(struct nq_str s, const struct nq_str *words, size_t n, size_t *len)
{
    *len = 0;
    for (size_t i = 0; i < n; i++)
        if (s.len > words[i].len && nq_str_ends(s, words[i]) && words[i].len > *len)
            *len = words[i].len;
    return *len > 0;
}

static bool is_province(struct nq_str s)
{
    for (size_t i = 0; i < NQ_COUNT(provinces); i++)
        if (nq_str_eq(s, provinces[i]))
            return true;
    return false;
}

/* Whether the dictionary has this name, of a medium where `medium`. */
static bool is_known(struct nq_str name, bool medium)
{
    size_t i;
    if (!nq_organisation_find(name, &i))
        return false;
    return !medium || nq_str_eq(nq_str_from(nq_organisation_level(i)), NQ_STR("media"));
}

static struct nq_str trim(struct nq_str s)
{
    static const struct nq_str loose[] = {NQ_STR_INIT("-"),  NQ_STR_INIT("·"), NQ_STR_INIT("—"),
                                          NQ_STR_INIT("（"), NQ_STR_INIT("("), NQ_STR_INIT("："),
                                          NQ_STR_INIT(":"),  NQ_STR_INIT("“"), NQ_STR_INIT("”")};
    size_t len;
    s = nq_str_trim(s);
    while (ends_any(s, loose, NQ_COUNT(loose), &len))
        s = nq_str_trim(nq_str_sub(s, 0, s.len - len));
    return s;
}

/* 新华网（官网）, 滨江发布微信公众号, 国家能源局相关报道 without what is behind the name. */
static struct nq_str cut_places(struct nq_str s)
{
    static const struct nq_str closing[] = {NQ_STR_INIT("）"), NQ_STR_INIT(")")};
    size_t len, close, about = nq_str_find(s, NQ_STR("相关"), 0);
    if (about != SIZE_MAX && (nq_str_ends(s, NQ_STR("报道")) || nq_str_ends(s, NQ_STR("评论"))))
        s = trim(nq_str_sub(s, 0, about));
    while (!is_known(s, false)) {
        struct nq_str inner = s;
        if (ends_any(s, closing, NQ_COUNT(closing), &close))
            inner = nq_str_sub(s, 0, s.len - close);
        if (!ends_any(inner, places, NQ_COUNT(places), &len))
            break;
        s = trim(nq_str_sub(inner, 0, inner.len - len));
    }
    return s;
}

/* The body of a department, the medium of a channel; else `s`. */
static struct nq_str whole_of(struct nq_str s)
{
    static const struct nq_str channel[] = {NQ_STR_INIT("频道")};
    size_t len;
    if (is_known(s, false) || nq_utf8_count(s) > NAME_MOST)
        return s;
    for (size_t at = s.len; at-- > 1;) {
        if (((unsigned char)s.ptr[at] & 0xC0) == 0x80)
            continue;
        struct nq_str head = nq_str_sub(s, 0, at), rest = nq_str_sub(s, at, s.len);
        if (nq_utf8_count(rest) <= UNIT_MOST && is_known(head, false) &&
            (ends_any(rest, departments, NQ_COUNT(departments), &len) ||
             (is_known(head, true) &&
              (is_province(trim(rest)) || ends_any(rest, channel, NQ_COUNT(channel), &len)))))
            return head;
        if (is_province(head) && is_known(rest, true))
            return rest;
    }
    return s;
}

/* The end of the name at byte `at`, and the bytes of the mark behind it. */
static size_t find_end(struct nq_str source, size_t at, size_t *mark)
{
    size_t end = source.len;
    *mark = 0;
    for (size_t i = 0; i < NQ_COUNT(marks); i++) {
        size_t found = nq_str_find(source, marks[i], at);
        if (found < end) {
            end = found;
            *mark = marks[i].len;
        }
    }
    return end;
}

bool nq_source_next(struct nq_str source, size_t *at, struct nq_str *name)
{
    while (*at < source.len) {
        size_t mark, end = find_end(source, *at, &mark);
        struct nq_str piece = trim(nq_str_sub(source, *at, end));
        *at = end + mark;
        if (piece.len > 0)
            piece = whole_of(cut_places(piece));
        if (piece.len > 0) {
            *name = piece;
            return true;
        }
    }
    return false;
}
