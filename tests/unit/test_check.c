/* What tells that a draft was written before: titles, figures, reused sentences. */
#include <stdio.h>
#include <stdlib.h>

#include "check/quantity.h"
#include "check/reuse.h"
#include "text/title.h"
#include "text/utf8.h"
#include "unit.h"

struct fixture {
    struct nq_segmenter *segmenter;
    struct nq_arena *arena;
    struct nq_check_terms terms;
};

static void start(struct fixture *f)
{
    *f = (struct fixture){0};
    assert_int_equal(nq_segmenter_create(NULL, &f->segmenter, NULL), NQ_OK);
    f->arena = nq_arena_create();
    f->terms.segmenter = f->segmenter;
    f->terms.passages = 1000;
}

static void end(struct fixture *f)
{
    nq_check_terms_finish(&f->terms);
    nq_arena_destroy(f->arena);
    nq_segmenter_destroy(f->segmenter);
}

static void side(struct fixture *f, struct nq_side *out, const char *heading, struct nq_str text)
{
    assert_true(nq_side_init(out, &f->terms, f->arena, nq_str_from(heading), text, 21000));
}

static void test_titles(void **state)
{
    static const struct {
        const char *a, *b;
        bool same;
    } cases[] = {
        {"关于推进公共数据开放利用的实施方案", "关于推进公共数据开放利用的方案", true},
        {"《2027年数字乡村发展工作要点》", "农业农村厅印发 2027 年数字乡村发展工作要点", true},
        {"２０２７年数字乡村发展工作要点", "2027年數字鄉村發展工作要點", true},
        {"2027年数字乡村发展工作要点", "2026年数字乡村发展工作要点", false},
        {"关于举办数据创新大赛的通知", "关于举办数据创新大赛东部分赛的通知", false},
        {"第一批绿色工厂名单公示公告", "第二批绿色工厂名单公示公告", false},
        {"江南省数据流通促进条例", "江北省数据流通促进条例", false},
        {"条例", "数据条例", false},
        {"", "", false},
        {"Grid operators plan for large loads", "GRID OPERATORS PLAN FOR LARGE LOADS", true},
    };
    (void)state;
    struct nq_arena *arena = nq_arena_create();
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        struct nq_str a = nq_title_key_in(arena, nq_str_from(cases[i].a));
        struct nq_str b = nq_title_key_in(arena, nq_str_from(cases[i].b));
        if (nq_titles_same(a, b) != cases[i].same || nq_titles_same(b, a) != cases[i].same)
            fail_msg("%s / %s", cases[i].a, cases[i].b);
    }
    nq_arena_destroy(arena);
}

static void test_numbered(void **state)
{
    static const struct {
        const char *a, *b;
        enum nq_numbered_match match;
    } cases[] = {
        {"第七届中国国际进口博览会开幕", "第七届进博会今天闭幕", NQ_NUMBERED_SAME},
        {"神舟十九号船箭组合体转运", "神舟十九号载人飞船成功发射", NQ_NUMBERED_SAME},
        {"2027年服贸会开幕", "２０２７年服贸会圆满落幕", NQ_NUMBERED_SAME},
        {"政协第十二次主席会议举行", "政协第12次主席会议闭幕", NQ_NUMBERED_SAME},
        {"政协第十二次主席会议举行", "政协第十三次主席会议举行", NQ_NUMBERED_OTHER},
        {"公布第三批可信数据空间试点", "公布第四批可信数据空间试点", NQ_NUMBERED_OTHER},
        {"神舟十八号返回", "神舟十八号乘组祝贺神舟十九号", NQ_NUMBERED_SAME},
        {"神舟十八号返回", "天舟七号发射", NQ_NUMBERED_NONE},
        {"第三批绿色工厂名单", "第三批可信数据空间试点", NQ_NUMBERED_NONE},
        {"6月18日发布", "6月18日印发", NQ_NUMBERED_NONE},
        {"2027年初开工", "2027年底完工", NQ_NUMBERED_NONE},
        {"第", "号", NQ_NUMBERED_NONE},
        {"", "第七届", NQ_NUMBERED_NONE},
    };
    (void)state;
    struct nq_folded folded = {0};
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        struct nq_numbered_set a = {0}, b = {0};
        assert_true(nq_fold_text(nq_str_from(cases[i].a), &folded));
        nq_numbered_find(&folded, folded.n, &a);
        assert_true(nq_fold_text(nq_str_from(cases[i].b), &folded));
        nq_numbered_find(&folded, folded.n, &b);
        if (nq_numbered_match(&a, &b) != cases[i].match ||
            nq_numbered_match(&b, &a) != cases[i].match)
            fail_msg("%s / %s", cases[i].a, cases[i].b);
    }
    nq_folded_finish(&folded);
}

static void test_phrase(void **state)
{
    static const struct {
        const char *heading, *text;
        size_t n;
    } cases[] = {
        {"“北溪”管道遭破坏", "丹麦称北溪”管道调查已结束", 5},
        {"云岭省公布清单", "清单由云岭省另行公布", 3},
        {"云岭 省公布", "云岭省公布", 3},
        {"第二届中国国际供应链促进博览会开幕", "第二届中国国际供应链促进博览会闭幕", 12},
        {"春", "春", 1},
        {"", "春", 1},
        {"春耕", "", 1},
    };
    (void)state;
    struct nq_folded heading = {0}, text = {0};
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        struct nq_pairs pairs = {0};
        assert_true(nq_fold_text(nq_str_from(cases[i].heading), &heading));
        assert_true(nq_fold_text(nq_str_from(cases[i].text), &text));
        nq_pairs_add(&text, &pairs);
        if (nq_phrase_in(&heading, &text, &pairs, 0) != cases[i].n)
            fail_msg("%s", cases[i].heading);
        assert_int_equal(nq_phrase_in(&heading, &text, &pairs, NQ_PHRASE_MAX), NQ_PHRASE_MAX);
    }
    nq_folded_finish(&heading);
    nq_folded_finish(&text);
}

static void test_figures(void **state)
{
    struct fixture f;
    struct nq_side a, b;
    (void)state;
    start(&f);
    side(&f, &a, "",
         NQ_STR("2026年全省数据中心用电量达到1,960亿千瓦时，占比 1.9%，共17家企业参加。"));
    side(&f, &b, "", NQ_STR("2026年全省数据中心用电量为1700亿千瓦时。2025年占比1.9%。"));
    assert_int_equal(a.n_figures, 3);
    assert_str(a.figures[0].text, "1,960亿千瓦时");
    assert_true(a.figures[0].value == 1960e8);
    assert_str(a.figures[1].text, "1.9%");
    assert_str(a.figures[2].text, "17家");
    assert_int_equal(b.n_figures, 2);
    assert_true(nq_figures_equal(&a.figures[1], &b.figures[1]));
    nq_side_finish(&a);
    nq_side_finish(&b);
    side(&f, &a, "", NQ_STR("数据中心用电量为 945 TWh，绿电装机 3GW。"));
    side(&f, &b, "", NQ_STR("数据中心耗电9450亿千瓦时，即945太瓦时，装机300万千瓦。"));
    assert_int_equal(a.n_figures, 2);
    assert_int_equal(b.n_figures, 3);
    assert_true(nq_figures_equal(&a.figures[0], &b.figures[0]));
    assert_true(nq_figures_equal(&a.figures[0], &b.figures[1]));
    assert_true(nq_figures_equal(&a.figures[1], &b.figures[2]));
    nq_side_finish(&a);
    nq_side_finish(&b);
    end(&f);
}

static void test_places(void **state)
{
    static const struct {
        const char *a, *b;
        bool differ;
    } cases[] = {
        {"江苏出台数据条例", "重庆市出台数据条例", true},
        {"广东启动大赛", "深圳承办大赛", false},
        {"衡阳初赛启动", "湖南分赛启动", false},
        {"衡阳初赛启动", "岳阳初赛启动", true},
        {"泰国总理到访", "国务院总理会见泰国、老挝客人", false},
        {"江苏出台数据条例", "数据条例出台", false},
    };
    struct fixture f;
    (void)state;
    start(&f);
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        struct nq_side a, b;
        side(&f, &a, cases[i].a, NQ_STR("今日消息。"));
        side(&f, &b, cases[i].b, NQ_STR("今日消息。"));
        if (nq_places_differ(&a.places, &b.places) != cases[i].differ ||
            nq_places_differ(&b.places, &a.places) != cases[i].differ)
            fail_msg("%s / %s", cases[i].a, cases[i].b);
        nq_side_finish(&a);
        nq_side_finish(&b);
    }
    end(&f);
}

/* Words of dates are no terms. */
static void test_terms(void **state)
{
    struct fixture f;
    struct nq_side a;
    (void)state;
    start(&f);
    side(&f, &a, "", NQ_STR("六月份一季度年底算力"));
    for (size_t i = 0; i < a.terms.n; i++)
        if (!nq_str_eq(f.terms.items[a.terms.items[i].term].text, NQ_STR("算力")))
            fail_msg("%s", f.terms.items[a.terms.items[i].term].text.ptr);
    assert_int_equal(a.terms.n, 1);
    nq_side_finish(&a);
    end(&f);
}

/* Whether the last figures of both texts cannot both be right, of reports of one day. */
static bool conflict(const char *x, const char *y, bool strict)
{
    struct fixture f;
    struct nq_side a, b;
    struct nq_event_finder finder;
    start(&f);
    assert_true(nq_event_finder_init(&finder));
    side(&f, &a, "", nq_str_from(x));
    side(&f, &b, "", nq_str_from(y));
    assert_true(nq_quantities_find(&a, &f.terms, &finder, f.arena));
    assert_true(nq_quantities_find(&b, &f.terms, &finder, f.arena));
    assert_true(a.n_figures > 0 && b.n_figures > 0);
    bool both = nq_quantities_conflict(&f.terms, &a.quantities[a.n_figures - 1],
                                       &b.quantities[b.n_figures - 1], strict);
    assert_int_equal(both, nq_quantities_conflict(&f.terms, &b.quantities[b.n_figures - 1],
                                                  &a.quantities[a.n_figures - 1], strict));
    nq_event_finder_finish(&finder);
    nq_side_finish(&a);
    nq_side_finish(&b);
    end(&f);
    return both;
}

static void test_quantities(void **state)
{
    static const struct {
        const char *a, *b;
        bool conflict;
    } cases[] = {
        {"2026年全省数据中心用电量达到1960亿千瓦时", "2026年，全省数据中心用电量为1700亿千瓦时",
         true},
        {"2026年全省数据中心用电量达到1960亿千瓦时", "2026年，全国数据中心用电量为1700亿千瓦时",
         false},
        {"软件业务收入占比从2019年的12%提高到20%", "2019年软件业务收入占比15%", false},
        {"2028年全国数据中心用电量为1700亿千瓦时", "2028年全国数据中心用电量为1960亿千瓦时", false},
        {"预计2028年全国数据中心用电量为1700亿千瓦时",
         "预计2028年全国数据中心用电量将达1960亿千瓦时", true},
        {"数据中心用电量从2023年的1300亿千瓦时增长至2026年的1960亿千瓦时",
         "2026年新建12个集群，数据中心总用电量达1700亿千瓦时", true},
        {"数据中心用电量从2023年的1300亿千瓦时增长至2026年的1960亿千瓦时",
         "2025年新建12个集群，数据中心总用电量达1700亿千瓦时", false},
        {"2026年数据中心用电量超过1700亿千瓦时", "2026年数据中心用电量达1960亿千瓦时", false},
        {"2026年数据中心用电量超过1700亿千瓦时", "2026年数据中心用电量达1560亿千瓦时", true},
        {"2026年数据中心用电量约1900亿千瓦时", "2026年数据中心用电量达1960亿千瓦时", false},
        {"2026年数据中心用电量1.96千亿千瓦时", "2026年数据中心用电量1960亿千瓦时", false},
        {"2026年数据中心用电量2000亿千瓦时", "2026年数据中心用电量1960亿千瓦时", false},
        {"2026年江南省发电量为1700亿千瓦时", "2026年江北省发电量为1960亿千瓦时", false},
        {"2026年数据中心用电量1700亿千瓦时", "2026年数据中心投资额1960亿元", false},
        {"2026年一季度软件业务收入增长9.1%", "2026年上半年软件业务收入增长9.8%", false},
        {"2026年，数据中心用电量占全社会用电量1.6%", "2026年数据中心用电量占全社会用电量比重达1.9%",
         true},
    };
    (void)state;
    for (size_t i = 0; i < NQ_COUNT(cases); i++)
        if (conflict(cases[i].a, cases[i].b, true) != cases[i].conflict)
            fail_msg("%s / %s", cases[i].a, cases[i].b);
    /* Of texts that are of one matter anyhow a period need not be named. */
    const char *low = "企业每年可领取不超过20万元的算力券",
               *high = "企业每年可领取不超过50万元的算力券";
    assert_true(conflict(low, high, false));
    assert_false(conflict(low, high, true));
}

static void test_parts(void **state)
{
    struct fixture f;
    struct nq_side a, b;
    struct nq_aligned *found;
    size_t n;
    (void)state;
    start(&f);
    side(&f, &a, "", NQ_STR("另有一事。市数据局日前印发通知，部署今年的数据创新大赛工作。"));
    side(&f, &b, "", NQ_STR("市政府日前印发通知，部署今年的数据创新大赛工作。完。"));
    assert_true(nq_reuse_find(&a, &b, f.arena, &found, &n));
    assert_int_equal(n, 1);
    assert_false(found[0].exact);
    assert_str(nq_str_sub(a.text, found[0].draft_start, found[0].draft_end),
               "市数据局日前印发通知，部署今年的数据创新大赛工作");
    assert_int_equal(found[0].n_draft_parts, 3);
    assert_str(found[0].draft_parts[0].text, "市");
    assert_str(found[0].draft_parts[1].text, "数据局");
    assert_false(found[0].draft_parts[1].match);
    assert_str(found[0].prior_parts[1].text, "政府");
    /* To name the same document is no reuse. */
    nq_side_finish(&a);
    nq_side_finish(&b);
    side(&f, &a, "", NQ_STR("甲厅印发《关于推进全省公共数据资源开发利用的实施意见》。"));
    side(&f, &b, "", NQ_STR("记者获悉《关于推进全省公共数据资源开发利用的实施意见》近期施行。"));
    assert_true(nq_reuse_find(&a, &b, f.arena, &found, &n));
    assert_int_equal(n, 0);
    nq_side_finish(&a);
    nq_side_finish(&b);
    end(&f);
}

/* ---- edited reuse, over the sample reports ------------------------------------------------------
 */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Every tenth character of `s` replaced, left out, doubled by another, or swapped with the next. */
static void edit(struct nq_str s, uint32_t *seed, struct nq_buf *out)
{
    static const uint32_t others[] = {0x6216, 0x66F4, 0x8BE5, 0x5176, 0x65B0}; /* 或更该其新 */
    size_t k = 0, skip = next_random(seed) % 10;
    for (size_t at = 0; at < s.len; k++) {
        uint32_t cp, other = others[next_random(seed) % NQ_COUNT(others)];
        at += nq_utf8_decode(nq_str_sub(s, at, s.len), &cp, NULL);
        if (k % 10 != skip) {
            nq_buf_add_cp(out, cp);
            continue;
        }
        uint32_t how = next_random(seed) % 4;
        if (how == 3 && at < s.len) {
            uint32_t swapped;
            at += nq_utf8_decode(nq_str_sub(s, at, s.len), &swapped, NULL);
            nq_buf_add_cp(out, swapped);
            k++;
        }
        if (how >= 2)
            nq_buf_add_cp(out, cp);
        if (how == 0 || how == 2)
            nq_buf_add_cp(out, other);
    }
}

static struct nq_str read_sample(struct nq_arena *arena, const char *name)
{
    char path[1000];
    struct nq_buf buf = {0};
    snprintf(path, sizeof path, "%s/%s", NQ_SAMPLES, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    for (int c; (c = getc(file)) != EOF;)
        nq_buf_add_byte(&buf, (char)c);
    fclose(file);
    struct nq_str text = nq_arena_str(arena, nq_buf_str(&buf));
    nq_buf_finish(&buf);
    return text;
}

/* Cuts the next sentence off `rest`. */
static bool sentence(struct nq_str *rest, struct nq_str *out)
{
    while (rest->len > 0) {
        size_t end = nq_str_find(*rest, NQ_STR("。"), 0),
               line = nq_str_find(*rest, NQ_STR("\n"), 0);
        size_t stop = end < line ? end + 3 : line < rest->len ? line + 1 : rest->len;
        *out = nq_str_trim(nq_str_sub(*rest, 0, stop));
        *rest = nq_str_sub(*rest, stop, rest->len);
        if (nq_str_ends(*out, NQ_STR("。")))
            return true;
    }
    return false;
}

/* Characters besides punctuation and space. */
static size_t n_characters(struct nq_str s)
{
    static const char others[] = "，。、；：？！“”‘’（）《》〈〉【】—…· ";
    size_t n = 0;
    for (size_t at = 0, next; at < s.len; at = next) {
        uint32_t cp;
        next = at + nq_utf8_decode(nq_str_sub(s, at, s.len), &cp, NULL);
        n += nq_str_find(nq_str_from(others), nq_str_sub(s, at, next), 0) == SIZE_MAX;
    }
    return n;
}

static size_t times_found(struct fixture *f, struct nq_str text, const struct nq_side *prior)
{
    struct nq_side draft;
    struct nq_aligned *found;
    size_t n = 0;
    side(f, &draft, "", text);
    assert_true(nq_reuse_find(&draft, prior, f->arena, &found, &n));
    nq_side_finish(&draft);
    return n;
}

static void test_edited(void **state)
{
    static const char *const names[] = {"2026-03-12.txt", "2026-03-26.txt", "2026-04-09.md",
                                        "2026-04-23.txt", "2026-06-02.txt", "2026-06-11.md",
                                        "2026-06-18.txt"};
    /* What every report of this kind could say. */
    static const char *const formulas[] = {
        "这些数据说明，数据要素市场化配置改革正在从试点走向推广。",
        "会议强调，要坚持问题导向，把各项政策措施落到实处。",
        "省数据管理局有关负责人表示，下一步将继续完善配套制度。",
        "对地方来说，重要的不是指标本身，而是指标背后的能力建设。",
        "方案提出，到2028年底前基本形成较为完善的制度体系。",
        "从企业反馈看，政策效果已经初步显现，仍需持续观察。",
    };
    struct fixture f;
    size_t n = 0, exact = 0, edited = 0, foreign = 0;
    uint32_t seed = 1;
    (void)state;
    start(&f);
    struct nq_str rest, s;
    for (size_t i = 0; i < NQ_COUNT(names); i++) {
        struct nq_side prior;
        rest = read_sample(f.arena, names[i]);
        side(&f, &prior, "", rest);
        while (sentence(&rest, &s)) {
            struct nq_buf changed = {0};
            if (n_characters(s) < 12)
                continue;
            edit(s, &seed, &changed);
            n++;
            exact += times_found(&f, s, &prior) > 0;
            edited += times_found(&f, nq_buf_str(&changed), &prior) > 0;
            nq_buf_finish(&changed);
        }
        for (size_t k = 0; k < NQ_COUNT(formulas); k++)
            foreign += times_found(&f, nq_str_from(formulas[k]), &prior);
        nq_side_finish(&prior);
    }
    print_message("%zu sentences: %zu exact, %zu edited found; %zu formulas found\n", n, exact,
                  edited, foreign);
    assert_true(n >= 20);
    assert_int_equal(exact, n);
    assert_true(100 * edited >= 95 * n);
    assert_int_equal(foreign, 0);
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_titles),     cmocka_unit_test(test_numbered),
        cmocka_unit_test(test_phrase),     cmocka_unit_test(test_figures),
        cmocka_unit_test(test_places),     cmocka_unit_test(test_terms),
        cmocka_unit_test(test_quantities), cmocka_unit_test(test_parts),
        cmocka_unit_test(test_edited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
