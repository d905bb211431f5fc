/* What the files of the date parser share: words, numbers, scopes. */
#ifndef NQ_TIME_PARSER_H
#define NQ_TIME_PARSER_H

#include "time/dates.h"

/* Kinds of words; the comment says what the value is. */
enum word {
    WORD_REL_YEAR = 1, /* 去年: years from the reference's */
    WORD_YEAR_BEFORE,  /* 上年: the one before that of the last date */
    WORD_TWO_YEARS,    /* 今明两年: the first of them */
    WORD_TWO_DAYS,     /* 今明两天 */
    WORD_FROM_TODAY,   /* 今起, 即日起 */
    WORD_HALF_AGO,     /* 半年前: months */
    WORD_REL_MONTH,    /* 上月 */
    WORD_REL_WEEK,     /* 下周 */
    WORD_REL_QUARTER,  /* 本季度 */
    WORD_REL_HALF,     /* 上个半年 */
    WORD_REL_DAY,      /* 昨天 */
    WORD_SAME_DAY,     /* 次日: days from the last date */
    WORD_SAME_MONTH,   /* 当月 */
    WORD_SAME_YEAR,    /* 次年 */
    WORD_SAME_PERIOD,  /* 去年同期 */
    WORD_HALF,         /* 上半年: 1 or 2 */
    WORD_QUARTER,      /* 首季 */
    WORD_HALF_MONTH,
    WORD_HALF_WEEK,
    WORD_XUN,           /* 上旬: 11, 中下旬: 23 */
    WORD_YEAR_EDGE,     /* 年底: enum edge */
    WORD_MONTH_EDGE,    /* 月底 */
    WORD_EDGE,          /* 底, behind a year or a month */
    WORD_WHOLE_YEAR,    /* 全年 */
    WORD_WHOLE_MONTH,   /* 月内 */
    WORD_WEEKDAY,       /* 星期一: 1 to 7; 8: 周末 */
    WORD_WEEKDAY_START, /* 星期, 周 */
    WORD_LUNAR,         /* 农历: what follows is of the lunar calendar */
    WORD_LUNAR_MONTH,   /* 正月: 1 to 12 */
    WORD_ENGLISH,       /* June: 1 to 12 */
    WORD_RECENT,        /* 近: -1; 未来: +1; 前: 0, counted from the start of the year */
    WORD_LAST,          /* 最后 */
    WORD_VAGUE,         /* 近日 */
    WORD_SEASON,        /* 夏天 */
    WORD_STOP,          /* 周年: not what it begins like */
    WORD_CENTURY,       /* 本世纪: the century */
    WORD_PERIOD,        /* 十五五: row of dicts/periods.tsv */
    WORD_ERA,           /* 康熙: its first year */
    WORD_HOLIDAY,       /* row of dicts/holidays.tsv */
};

enum edge { EDGE_START, EDGE_MIDDLE, EDGE_END };

/* How narrow a scope is. */
enum level { LEVEL_YEAR, LEVEL_QUARTER, LEVEL_MONTH, LEVEL_WEEK, LEVEL_DAY, LEVEL_OTHER };

/* Days [first, last]. */
struct scope {
    enum level level;
    int year, month; /* month 0: none */
    int lunar;       /* the month of a lunar date; 0: none */
    bool lunar_year; /* 农历2016年 */
    int32_t first, last;
    bool explicit_year; /* printed, or said relative to the reference's */
    bool relative;      /* 去年, 本周, 今天: depends on the reference alone */
    bool anaphoric;     /* 次日: on another date */
    bool implied;       /* nothing of it is printed */
    bool invalid;       /* printed as a date that no calendar has */
    bool about;         /* 三年前 */
    bool open_number;   /* a year without 年 (2016): only within a range */
    bool vague;         /* 今年夏天 */
    bool closed;        /* nothing narrows it further */
};

struct parser {
    const struct nq_date_finder *finder;
    const struct nq_folded *text;
    int32_t reference;
    int ref_year, ref_month; /* 0 without a reference */
    /* The last date of this text to the day or month, and of its sentence; the last of all. */
    struct scope before, last;
    bool has_before, has_last;
    bool this_year; /* its sentence said 今年 */
};

enum numeral { NUMERAL_NONE, NUMERAL_DIGITS, NUMERAL_HAN };

/* A number as printed. */
struct number {
    enum numeral kind;
    int value, digits; /* digits: Latin ones, or Han ones in a row (二〇二六); 0 for 二十 */
    size_t end;
};

static inline uint32_t cp_at(const struct parser *p, size_t i)
{
    return i < p->text->n ? p->text->cp[i] : 0;
}

static inline bool is_digit(uint32_t cp)
{
    return cp >= '0' && cp <= '9';
}

static inline bool is_han(uint32_t cp)
{
    return cp >= 0x3400 && cp <= 0x9FFF;
}

static inline const struct nq_lexeme *word_at(const struct parser *p, size_t at)
{
    return nq_lexicon_at(&p->finder->words, p->text, at);
}

/* `at`, or behind the spaces that stand there (a line's end is none). */
size_t nq_skip_spaces(const struct parser *p, size_t at);

/* Whether the UTF-8 literal `word` stands at `at`; its end in *end. */
bool nq_literal_at(const struct parser *p, size_t at, const char *word, size_t *end);

/* Whether the character `cp` is one of the UTF-8 string's. */
bool nq_one_of(uint32_t cp, const char *set);

/* The number at `at` (Latin digits or Chinese numerals, at most 8 digits). */
struct number nq_number_at(const struct parser *p, size_t at);

/* Years, months and days as a scope. */
bool nq_scope_of(int year, int month, int day, struct scope *out);

/* Reads the date at `at`, narrowed as far as its words go, and returns its end; 0 where none stands
 * there.  `before` (or NULL) is the date that `at` continues, as the end of a range. */
size_t nq_point_at(const struct parser *p, size_t at, const struct scope *before,
                   struct scope *out);

/* A mark between the ends of a range at `at` (至, —): its end, or 0. */
size_t nq_range_mark_at(const struct parser *p, size_t at);

/* Behind the time of day that stands at `at` (下午3时, 24:00), or `at`. */
size_t nq_skip_time(const struct parser *p, size_t at);

/* Adds all words to a lexicon; false without memory. */
bool nq_words_fill(struct nq_lexicon *words);

/* The rule of row `row` of dicts/holidays.tsv; the years of a row of dicts/periods.tsv. */
const char *nq_holiday_rule(int row);
void nq_period_years(int row, int *first, int *last);

#endif
