/* time/timeline: what is told of one event is merged, and weighed by what was done and by whom. */
#include "time/timeline.h"

#include "time/day.h"
#include "unit.h"

/* A telling in a section of its own, on the day `first` of June 2026. */
static struct nq_telling telling(int64_t passage, int first, const char *actor, const char *label,
                                 unsigned stage)
{
    int32_t day = nq_day_of(2026, 6, first);
    return (struct nq_telling){
        .event = {.first = day,
                  .last = day,
                  .kind = NQ_EVENT_PAST,
                  .actor = nq_str_from(actor),
                  .label = nq_str_from(label)},
        .coverage = {.passage = passage, .report = passage, .report_day = nq_day_of(2026, 6, 28)},
        .clause = nq_str_from(label),
        .section = passage,
        .stage = stage,
        .level = LEVEL_STATE,
        .relevance = 1};
}

struct merged {
    struct nq_arena *arena;
    struct nq_timeline_event *events;
    size_t n;
    uint64_t total;
};

static struct merged merge(struct nq_telling *tellings, size_t n, size_t limit)
{
    struct merged m = {.arena = nq_arena_create()};
    assert_true(nq_timeline_merge(m.arena, tellings, n, limit, &m.events, &m.n, &m.total));
    return m;
}

/* A month that a meeting is told by, and its days; not what else its actor did in that month. */
static void test_month_of_a_meeting(void **state)
{
    (void)state;
    struct nq_telling told[] = {
        telling(1, 11, "江海经济工作会议", "江海经济工作会议举行", STAGE_MEET),
        telling(2, 1, "江海经济工作会议", "上月，江海经济工作会议提出发展低空经济", STAGE_PROPOSE),
        telling(3, 20, "江海市政府", "江海市政府召开座谈", STAGE_MEET),
        telling(4, 1, "江海市政府", "上月，江海市政府提出发展数据产业", STAGE_PROPOSE),
    };
    told[0].event.last++;
    told[1].event.last = told[3].event.last = nq_day_of(2026, 6, 30);
    struct merged m = merge(told, 4, 10);
    assert_int_equal(m.total, 3);
    size_t both = 0;
    for (size_t i = 0; i < m.n; i++)
        if (m.events[i].n_coverage == 2) {
            both++;
            assert_int_equal(m.events[i].first, nq_day_of(2026, 6, 11));
            assert_int_equal(m.events[i].last, nq_day_of(2026, 6, 12));
        }
    assert_int_equal(both, 1);
    nq_arena_destroy(m.arena);
}

static double importance(struct nq_telling t)
{
    struct merged m = merge(&t, 1, 1);
    double weight = m.events[0].importance;
    nq_arena_destroy(m.arena);
    return weight;
}

static void test_weights(void **state)
{
    (void)state;
    struct nq_telling issued = telling(1, 5, "国务院", "国务院印发方案", STAGE_ISSUE);
    struct nq_telling met = telling(1, 5, "国务院", "国务院召开会议", STAGE_MEET);
    struct nq_telling visited = telling(1, 5, "国务院", "国务院领导调研", STAGE_VISIT);
    struct nq_telling said = telling(1, 5, "国务院", "国务院公布数据", STAGE_SAY);
    assert_true(importance(issued) > importance(met));
    assert_true(importance(met) > importance(visited));
    assert_true(importance(visited) > importance(said));

    struct nq_telling lesser = issued;
    lesser.level = LEVEL_ASSOCIATION;
    assert_true(importance(issued) > importance(lesser));

    struct nq_telling force = issued, target = issued;
    force.event.kind = target.event.kind = NQ_EVENT_MILESTONE;
    force.stage = STAGE_FORCE;
    target.stage = STAGE_PLAN;
    assert_true(importance(force) > importance(target));

    struct nq_telling titled = issued, other = issued;
    titled.event.document = other.event.document = 7;
    titled.titled = true;
    assert_true(importance(titled) > importance(issued));
    assert_true(importance(issued) > importance(other));
}

/* A law that is to come into force and has: one event, and past. */
static void test_comes_into_force(void **state)
{
    (void)state;
    struct nq_telling told[] = {
        telling(1, 9, "人大", "《数据法》将于6月9日起施行", STAGE_FORCE),
        telling(2, 9, "", "《数据法》施行", STAGE_FORCE),
    };
    told[0].event.kind = NQ_EVENT_MILESTONE;
    told[0].event.document = told[1].event.document = 7;
    struct merged m = merge(told, 2, 10);
    assert_int_equal(m.total, 1);
    assert_int_equal(m.events[0].kind, NQ_EVENT_PAST);
    assert_int_equal(m.events[0].n_coverage, 2);
    nq_arena_destroy(m.arena);
}

/* 年初 recalls what was news late in February: its day stays, whichever is told first. */
static void test_recalled_by_month(void **state)
{
    (void)state;
    for (int later = 0; later < 2; later++) {
        struct nq_telling told[] = {
            telling(1, 27, "国务院", "国务院印发《规划》", STAGE_ISSUE),
            telling(2, 1, "国务院", "年初，国务院印发《规划》", STAGE_ISSUE),
        };
        told[0].event.undated = true;
        told[0].event.document = told[1].event.document = 7;
        told[1].event.first = nq_day_of(2026, later ? 7 : 5, 1);
        told[1].event.last = nq_day_of(2026, later ? 7 : 5, 31);
        struct merged m = merge(told, 2, 10);
        assert_int_equal(m.total, 1);
        bool news = m.events[0].first == nq_day_of(2026, 6, 27);
        assert_int_equal(news, !later); /* not of a month to come */
        assert_int_equal(m.events[0].undated, !later);
        nq_arena_destroy(m.arena);
    }
}

/* A law with the place in its title and without, on one day; not another law. */
static void test_one_title(void **state)
{
    (void)state;
    struct nq_telling told[] = {
        telling(1, 9, "江海", "《江海市数据条例》施行", STAGE_FORCE),
        telling(2, 9, "江海", "《数据条例》施行", STAGE_FORCE),
        telling(3, 9, "江海", "《低空条例》施行", STAGE_FORCE),
    };
    static const char *const titles[] = {"江海市数据条例", "数据条例", "低空条例"};
    for (int i = 0; i < 3; i++) {
        told[i].event.document = i + 1;
        told[i].event.document_title = nq_str_from(titles[i]);
    }
    struct merged m = merge(told, 3, 10);
    assert_int_equal(m.total, 2);
    nq_arena_destroy(m.arena);
}

/* A report sets nothing, whoever publishes it; the report of a government's work does. */
static void test_reports(void **state)
{
    (void)state;
    struct nq_telling plan = telling(1, 5, "国务院", "国务院发布方案", STAGE_ISSUE);
    plan.event.document = 7;
    plan.event.document_title = NQ_STR("低空经济发展方案");
    struct nq_telling paper = plan, work = plan;
    paper.event.document_title = NQ_STR("低空经济发展白皮书");
    work.event.document_title = NQ_STR("政府工作报告");
    assert_true(importance(plan) > importance(paper));
    assert_true(importance(work) > importance(paper));
}

/* The most important are kept, in order of time; all are counted. */
static void test_limit(void **state)
{
    (void)state;
    struct nq_telling told[] = {
        telling(1, 3, "甲市", "甲市发布统计", STAGE_SAY),
        telling(2, 9, "国务院", "国务院印发方案", STAGE_ISSUE),
        telling(3, 6, "人大", "人大表决决定", STAGE_PASS),
    };
    struct merged m = merge(told, 3, 2);
    assert_int_equal(m.total, 3);
    assert_int_equal(m.n, 2);
    assert_str(m.events[0].label, "人大表决决定");
    assert_str(m.events[1].label, "国务院印发方案");
    nq_arena_destroy(m.arena);
    m = merge(NULL, 0, 5);
    assert_int_equal(m.n, 0);
    nq_arena_destroy(m.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_month_of_a_meeting),
                                       cmocka_unit_test(test_weights),
                                       cmocka_unit_test(test_comes_into_force),
                                       cmocka_unit_test(test_recalled_by_month),
                                       cmocka_unit_test(test_one_title),
                                       cmocka_unit_test(test_reports),
                                       cmocka_unit_test(test_limit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
