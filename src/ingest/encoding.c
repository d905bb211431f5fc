/* Which encoding a text has: see encoding.h. */
#include "ingest/encoding.h"

#include "text/fold.h"
#include "text/utf8.h"

#include <iconv.h>
#include <stdio.h>
#include <strings.h>

#ifdef NQ_HAVE_UCHARDET
#include <uchardet.h>
#endif

enum {
    LOOK = 8192,    /* bytes that are read as each encoding */
    PLAUSIBLE = 80, /* of a hundred characters */
    ILL_FORMED = 10 /* of a hundred characters at most in what is taken for an encoding */
};

/* What a text is as an encoding. */
struct look {
    size_t all, good, bad; /* characters that were judged; well chosen; none at all */
};

/* Whether `cp` is of GB 2312's first level: its code in GB18030 lies in rows 16 to 55.  `to_gb`
 * converts from native UTF-32, which glibc and musl call WCHAR_T. */
static bool is_first_level(iconv_t to_gb, uint32_t cp)
{
    char gb[8] = {0};
    uint32_t folded[NQ_FOLD_MAX];
    nq_fold(cp, folded);
    char *in = (char *)folded, *out = gb;
    size_t in_left = sizeof *folded, out_left = sizeof gb;
    if (iconv(to_gb, &in, &in_left, &out, &out_left) == (size_t)-1)
        return false;
    return out - gb == 2 && (unsigned char)gb[0] >= 0xB0 && (unsigned char)gb[0] <= 0xD7 &&
           (unsigned char)gb[1] >= 0xA1;
}

static bool is_han(uint32_t cp)
{
    return (cp >= 0x3400 && cp < 0xA000) || (cp >= 0xF900 && cp < 0xFB00) ||
           (cp >= 0x20000 && cp < 0x32000);
}

/* Punctuation of Chinese and figures that stand in it. */
static bool is_sign(uint32_t cp)
{
    return (cp >= 0x3000 && cp < 0x3020) || (cp >= 0xFF01 && cp < 0xFF5F) ||
           (cp >= 0x2010 && cp < 0x2040) || cp == 0xB7 || cp == 0xB0 || cp == 0xD7 ||
           (cp >= 0x2460 && cp < 0x2474);
}

/* Judges one character; ASCII says something only of UTF-16 (`wide`). */
static void judge(struct look *look, iconv_t to_gb, uint32_t cp, bool wide)
{
    bool control = cp < 0x20 && cp != '\n' && cp != '\r' && cp != '\t' && cp != '\f';
    if (cp < 0x80 && !wide && !control)
        return;
    look->all++;
    if (control)
        look->bad++;
    else if (cp < 0x80 || is_sign(cp) || (is_han(cp) && is_first_level(to_gb, cp)))
        look->good++;
    else
        look->bad += (cp >= 0x80 && cp < 0xA0) || (cp >= 0xE000 && cp < 0xF900) || cp >= 0xFFF0;
}

/* Reads `s` as `encoding`. */
static struct look look_as(struct nq_str s, const char *encoding)
{
    struct look look = {0};
    char utf8[1024];
    bool wide = strncmp(encoding, "UTF-16", 6) == 0;
    iconv_t from = iconv_open("UTF-8", encoding), to_gb = iconv_open("GB18030", "WCHAR_T");
    char *in = (char *)s.ptr;
    size_t in_left = s.len;
    while (from != (iconv_t)-1 && to_gb != (iconv_t)-1 && in_left > 0) {
        char *out = utf8;
        size_t out_left = sizeof utf8;
        bool stopped = iconv(from, &in, &in_left, &out, &out_left) == (size_t)-1;
        struct nq_str got = {utf8, (size_t)(out - utf8)};
        for (size_t at = 0; at < got.len;) {
            uint32_t cp;
            at += nq_utf8_decode(nq_str_sub(got, at, got.len), &cp, NULL);
            judge(&look, to_gb, cp, wide);
        }
        if (stopped && out_left >= 8) { /* not for want of room */
            if (in_left < 4)
                break; /* the sample cuts a character */
            look.all++;
            look.bad++;
            in += wide ? 2 : 1;
            in_left -= wide ? 2 : 1;
        }
    }
    if (from != (iconv_t)-1)
        iconv_close(from);
    if (to_gb != (iconv_t)-1)
        iconv_close(to_gb);
    return look;
}

/* Of a hundred characters how many are what one would expect; each that is none costs another. */
static int plausibility(struct look look)
{
    if (look.all == 0 || look.bad > look.good)
        return 0;
    return (int)((look.good - look.bad) * 100 / look.all);
}

static const char *best_chinese(struct nq_str s)
{
    static const char *const names[] = {"GB18030", "BIG5-HKSCS", "UTF-16LE", "UTF-16BE"};
    const char *best = NULL;
    int most = PLAUSIBLE - 1;
    for (size_t i = 0; i < NQ_COUNT(names); i++) {
        bool wide = i >= 2;
        size_t start = 0, len;
        while (!wide && start < s.len && (unsigned char)s.ptr[start] < 0x80)
            start++;
        len = s.len - start < LOOK ? s.len - start : LOOK;
        struct nq_str piece = nq_str_sub(s, start, start + (wide ? len & ~(size_t)1 : len));
        int p = plausibility(look_as(piece, names[i]));
        if (p > most) {
            most = p;
            best = names[i];
        }
    }
    return best;
}

static bool is_converted(struct nq_str s, const char *encoding)
{
    struct look look = look_as(s.len > LOOK ? nq_str_sub(s, 0, LOOK) : s, encoding);
    iconv_t known = iconv_open("UTF-8", encoding);
    if (known == (iconv_t)-1)
        return false;
    iconv_close(known);
    return look.bad * 100 <= look.all * ILL_FORMED;
}

/* What the text says of itself, as iconv calls it: pages that say gb2312 mean its successors. */
static const char *declared_name(struct nq_str declared, char name[32])
{
    static const char *const wider[][2] = {
        {"gb2312", "GB18030"},    {"gbk", "GB18030"},      {"gb_2312-80", "GB18030"},
        {"x-gbk", "GB18030"},     {"big5", "BIG5-HKSCS"},  {"x-x-big5", "BIG5-HKSCS"},
        {"iso-8859-1", "CP1252"}, {"unicode", "UTF-16LE"}, {"gb18030", "GB18030"}};
    if (declared.len == 0 || declared.len >= 32)
        return NULL;
    snprintf(name, 32, "%.*s", NQ_STR_ARG(declared));
    for (size_t i = 0; i < NQ_COUNT(wider); i++)
        if (strcasecmp(name, wider[i][0]) == 0)
            return wider[i][1];
    return strcasecmp(name, "utf-8") == 0 || strcasecmp(name, "utf8") == 0 ? NULL : name;
}

/* What uchardet takes it for, or NULL. */
static const char *detected(struct nq_str s, char name[32])
{
#ifdef NQ_HAVE_UCHARDET
    uchardet_t detector = uchardet_new();
    if (!detector)
        return NULL;
    uchardet_handle_data(detector, s.ptr, s.len);
    uchardet_data_end(detector);
    snprintf(name, 32, "%s", uchardet_get_charset(detector));
    uchardet_delete(detector);
    return name[0] ? name : NULL;
#else
    (void)s, (void)name;
    return NULL;
#endif
}

/* How well `s` is UTF-8: characters beyond ASCII, and those among them that are none. */
static void count_utf8(struct nq_str s, bool whole, size_t *beyond, size_t *invalid, size_t *zeros)
{
    *beyond = *invalid = *zeros = 0;
    for (size_t at = 0; at < s.len;) {
        uint32_t cp;
        bool valid = true;
        if ((unsigned char)s.ptr[at] < 0x80) {
            *zeros += s.ptr[at++] == 0;
            continue;
        }
        at += nq_utf8_decode(nq_str_sub(s, at, s.len), &cp, &valid);
        if (!whole && at + 4 > s.len)
            break; /* the sample may cut a character */
        ++*beyond;
        *invalid += !valid;
    }
}

const char *nq_encoding_of(struct nq_str sample, bool whole, struct nq_str declared, char name[32])
{
    static const struct {
        struct nq_str mark;
        const char *encoding;
    } marks[] = {{NQ_STR_INIT("\xEF\xBB\xBF"), "UTF-8"},
                 {NQ_STR_INIT("\xFF\xFE\0\0"), "UTF-32"},
                 {NQ_STR_INIT("\xFF\xFE"), "UTF-16"},
                 {NQ_STR_INIT("\xFE\xFF"), "UTF-16"},
                 {NQ_STR_INIT("\x84\x31\x95\x33"), "GB18030"}};
    size_t beyond, invalid, zeros;
    for (size_t i = 0; i < NQ_COUNT(marks); i++)
        if (nq_str_starts(sample, marks[i].mark))
            return marks[i].encoding;
    count_utf8(sample, whole, &beyond, &invalid, &zeros);
    bool zeroed = zeros * 10 > sample.len;
    if (!zeroed && invalid * 5 <= beyond)
        return "UTF-8";
    /* Korean in EUC-KR is plausible Chinese, too; but a page that says GBK may well be Big5. */
    const char *said = zeroed ? NULL : declared_name(declared, name);
    bool fits = said && is_converted(sample, said);
    if (fits && said == name)
        return said;
    const char *chinese = best_chinese(sample);
    if (chinese || fits)
        return chinese ? chinese : said;
    const char *guess = zeroed ? NULL : detected(sample, name);
    if (guess && strcasecmp(guess, "UTF-8") != 0 && is_converted(sample, guess))
        return guess;
    /* A few stray bytes in what is ASCII otherwise are repaired. */
    return !zeroed && invalid * 10 <= sample.len ? "UTF-8" : NULL;
}
