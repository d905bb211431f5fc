/* output/: text from anywhere in HTML, CSV, calendars, feeds and JSON. */
#include <stdlib.h>

#include "output/atom.h"
#include "output/timeline.h"
#include "unit.h"

/* A stream whose text is looked at once it is closed. */
struct paper {
    FILE *out;
    char *text;
    size_t len;
};

static FILE *paper_open(struct paper *paper)
{
    *paper = (struct paper){0};
    paper->out = open_memstream(&paper->text, &paper->len);
    assert_non_null(paper->out);
    return paper->out;
}

static const char *paper_text(struct paper *paper)
{
    assert_int_equal(fclose(paper->out), 0);
    return paper->text;
}

static void html_is_escaped(void **state)
{
    (void)state;
    struct paper paper;
    nq_print_html(paper_open(&paper), NQ_STR("<a href=\"x\">'算&电'"));
    assert_string_equal(paper_text(&paper), "&lt;a href=&quot;x&quot;&gt;&#39;算&amp;电&#39;");
    free(paper.text);
}

static void fields_of_csv_are_quoted(void **state)
{
    (void)state;
    static const struct {
        const char *field, *printed;
    } fields[] = {
        {"", ""},
        {"算电", "算电"},
        {"a,b", "\"a,b\""},
        {"say \"x\"", "\"say \"\"x\"\"\""},
        {"two\nlines", "\"two\nlines\""},
        /* What a spreadsheet would compute is text. */
        {"=1+1", "'=1+1"},
        {"+1", "'+1"},
        {"-1", "'-1"},
        {"@x", "'@x"},
        {"\tx", "'\tx"},
        {"=a,b", "\"'=a,b\""},
        {"1-1", "1-1"},
    };
    for (size_t i = 0; i < NQ_COUNT(fields); i++) {
        struct paper paper;
        nq_csv_field(paper_open(&paper), nq_str_from(fields[i].field), ',');
        struct nq_str printed = nq_str_from(paper_text(&paper));
        printed.len--; /* the comma */
        assert_str(printed, fields[i].printed);
        free(paper.text);
    }
}

static void text_is_made_plain(void **state)
{
    (void)state;
    static const struct {
        const char *text, *plain;
    } texts[] = {
        {"算电", "算电"},
        {"a\x1b[31mb\x7f\x01", "a [31mb  "},
        {"\xc2\x85x", " x"},                    /* a control of two bytes */
        {"e\xcc\x81", "é"},                     /* NFC */
        {"\xff\xe7\xae", "\ufffd\ufffd"},       /* a maximal part is one */
        {"\xed\xa0\x80", "\ufffd\ufffd\ufffd"}, /* a surrogate */
        {"\xf0\x9f\x98", "\ufffd"},
    };
    for (size_t i = 0; i < NQ_COUNT(texts); i++) {
        char *plain = nq_plain_text(nq_str_from(texts[i].text));
        assert_string_equal(plain, texts[i].plain);
        free(plain);
    }
    assert_true(nq_is_utf8(NQ_STR("算\ufffd\x01")));
    assert_false(nq_is_utf8(NQ_STR("\xe7\xae")));
}

/* RFC 5545: special characters escaped, lines of 75 octets, no character parted. */
static void calendars_are_folded_and_escaped(void **state)
{
    (void)state;
    char quote[400] = "甲,乙;丙\\丁\n";
    for (int i = 0; i < 60; i++)
        strcat(quote, "电");
    struct nq_timeline_event event = {
        .first = 20000, .last = 20001, .label = NQ_STR("试点,开始"), .quote = nq_str_from(quote)};
    const struct nq_timeline timeline = {.events = &event, .n_events = 1, .total = 1};
    struct paper paper;
    nq_print_timeline_ics(paper_open(&paper), &timeline, NQ_STR("a;b"), 20000);
    const char *text = paper_text(&paper);
    assert_non_null(strstr(text, "X-WR-CALNAME:a\\;b\r\n"));
    assert_non_null(strstr(text, "SUMMARY:试点\\,开始\r\n"));
    assert_non_null(strstr(text, "DESCRIPTION:甲\\,乙\\;丙\\\\丁\\n电"));
    assert_non_null(strstr(text, "DTSTART;VALUE=DATE:20241004\r\nDTEND;VALUE=DATE:20241006\r\n"));
    size_t folded = 0;
    for (const char *line = text, *end; *line; line = end + 2) {
        end = strstr(line, "\r\n");
        assert_non_null(end);
        assert_true(end - line <= 75);
        assert_true(nq_is_utf8((struct nq_str){line, (size_t)(end - line)}));
        folded += *line == ' ';
    }
    assert_int_equal(folded, 2);
    free(paper.text);
}

/* XML has no control characters and no U+FFFE and U+FFFF, not even escaped. */
static void feeds_hold_what_xml_takes(void **state)
{
    (void)state;
    const struct nq_fragment snippet = {NQ_STR("a\ufffeb\uffffc\x01<d>&"), false};
    struct nq_hit hit = {.passage = 5,
                         .report = {.key = NQ_STR("k"), .title = NQ_STR("题<目>"), .day = 20000},
                         .snippet = &snippet,
                         .n_snippet = 1,
                         .text = NQ_STR("t")};
    struct nq_hit hits[] = {hit, hit};
    hits[1].tier = NQ_TIER_PARTIAL;
    const struct nq_results results = {.hits = hits, .n_hits = 2};
    const struct nq_feed feed = {.query = NQ_STR("a<b"),
                                 .site = NQ_STR("s&t"),
                                 .base = "http://a\"b",
                                 .self = "/?x&y",
                                 .page = "/"};
    struct paper paper;
    assert_true(nq_print_atom(paper_open(&paper), &results, &feed));
    const char *text = paper_text(&paper);
    assert_non_null(strstr(text, "<summary>abc &lt;d&gt;&amp;</summary>"));
    assert_non_null(strstr(text, "<title>题&lt;目&gt;</title>\n<updated>2024-10-04T00:00:00Z<"));
    assert_non_null(strstr(text, "<title>a&lt;b - s&amp;t</title>"));
    assert_non_null(strstr(text, "href=\"http://a&quot;b/?x&amp;y\""));
    const char *entry = strstr(text, "<entry>");
    assert_non_null(entry);
    assert_null(strstr(entry + 1, "<entry>")); /* partial matches are none of a feed's */
    free(paper.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_is_escaped),
        cmocka_unit_test(fields_of_csv_are_quoted),
        cmocka_unit_test(text_is_made_plain),
        cmocka_unit_test(calendars_are_folded_and_escaped),
        cmocka_unit_test(feeds_hold_what_xml_takes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
