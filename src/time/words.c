/* The words of dates. */
#include "eras.h"
#include "holidays.h"
#include "periods.h"
#include "time/parser.h"

#include <stdlib.h>

static const struct {
    int kind, value;
    const char *words; /* parted by spaces */
} table[] = {
    {WORD_REL_YEAR, -3, "大前年"},
    {WORD_REL_YEAR, -2, "前年"},
    {WORD_REL_YEAR, -1, "去年 去年度 昨年"},
    {WORD_REL_YEAR, 0, "今年 本年 本年度 今年度 这一年"},
    {WORD_REL_YEAR, 1, "明年 来年 下一年 下年度 下一年度 明年度"},
    {WORD_REL_YEAR, 2, "后年"},
    {WORD_YEAR_BEFORE, -1, "上年 上一年 上年度 上一年度"},
    {WORD_TWO_DAYS, -1, "昨今两天 昨今两日"},
    {WORD_TWO_DAYS, 0, "今明两天 今明两日 今明天"},
    {WORD_TWO_DAYS, 1, "明后两天 明后两日 明后天"},
    {WORD_FROM_TODAY, 0, "今起 即日起"},
    {WORD_HALF_AGO, -6, "半年前 半年以前 半年之前"},
    {WORD_HALF_AGO, 6, "半年后 半年以后 半年之后"},
    {WORD_QUARTER, 1, "首季 首季度"},
    {WORD_TWO_YEARS, -1, "去今两年"},
    {WORD_TWO_YEARS, 0, "今明两年"},
    {WORD_TWO_YEARS, 1, "明后两年"},
    {WORD_REL_MONTH, -2, "上上个月 上上月"},
    {WORD_REL_MONTH, -1, "上月 上个月 上一个月"},
    {WORD_REL_MONTH, 0, "本月 这个月 这月 本月份"},
    {WORD_REL_MONTH, 1, "下月 下个月 下一个月"},
    {WORD_REL_MONTH, 2, "下下个月 下下月"},
    {WORD_REL_WEEK, -2, "上上周 上上个周 上上星期 上上个星期 上上个礼拜 上上礼拜"},
    {WORD_REL_WEEK, -1, "上周 上个周 上一周 上星期 上个星期 上个礼拜 上礼拜"},
    {WORD_REL_WEEK, 0, "本周 这周 这一周 本星期 这星期 这个星期 这个礼拜 这礼拜 这个周"},
    {WORD_REL_WEEK, 1, "下周 下个周 下一周 下星期 下个星期 下个礼拜 下礼拜"},
    {WORD_REL_WEEK, 2, "下下周 下下个周 下下星期 下下个星期 下下个礼拜 下下礼拜"},
    {WORD_REL_QUARTER, -1, "上季度 上个季度 上一季度 上一个季度"},
    {WORD_REL_QUARTER, 0, "本季度 这个季度 这季度 本季"},
    {WORD_REL_QUARTER, 1, "下季度 下个季度 下一季度 下一个季度"},
    {WORD_REL_HALF, -1, "上个半年 上一个半年"},
    {WORD_REL_HALF, 1, "下个半年 下一个半年"},
    {WORD_REL_DAY, -3, "大前天 大前日"},
    {WORD_REL_DAY, -2, "前天"},
    {WORD_REL_DAY, -1, "昨天 昨日 昨晚 昨夜 昨晨 昨儿 昨儿个"},
    {WORD_REL_DAY, 0, "今天 今日 今晚 今晨 今早 今夜 今儿个"},
    {WORD_REL_DAY, 1, "明天 明日 明晚 明早 明晨 明儿个"},
    {WORD_REL_DAY, 2, "后天"},
    {WORD_REL_DAY, 3, "大后天"},
    {WORD_SAME_DAY, -1, "前一天 前一日"},
    {WORD_SAME_DAY, 0, "同日 同一天 当天 当日 当晚"},
    {WORD_SAME_DAY, 1, "次日 翌日 第二天 第二日"},
    {WORD_SAME_MONTH, 0, "同月 当月"},
    {WORD_SAME_MONTH, 1, "次月"},
    {WORD_SAME_YEAR, 0, "同年 当年"},
    {WORD_SAME_YEAR, 1, "次年 翌年"},
    {WORD_SAME_PERIOD, -1, "去年同期 上年同期"},
    {WORD_HALF, 1, "上半年"},
    {WORD_HALF, 2, "下半年"},
    {WORD_HALF_MONTH, 1, "上半月 上半个月"},
    {WORD_HALF_MONTH, 2, "下半月 下半个月"},
    {WORD_HALF_WEEK, 1, "上半周 前半周"},
    {WORD_HALF_WEEK, 2, "下半周 后半周"},
    {WORD_XUN, 11, "上旬"},
    {WORD_XUN, 12, "上中旬"},
    {WORD_XUN, 22, "中旬"},
    {WORD_XUN, 23, "中下旬"},
    {WORD_XUN, 33, "下旬"},
    {WORD_YEAR_EDGE, EDGE_START, "年初 岁初"},
    {WORD_YEAR_EDGE, EDGE_MIDDLE, "年中"},
    {WORD_YEAR_EDGE, EDGE_END, "年底 年末 岁末 年终 年尾"},
    {WORD_MONTH_EDGE, EDGE_START, "月初"},
    {WORD_MONTH_EDGE, EDGE_MIDDLE, "月中"},
    {WORD_MONTH_EDGE, EDGE_END, "月底 月末"},
    {WORD_WHOLE_MONTH, 0, "月内"},
    {WORD_EDGE, EDGE_START, "初"},
    {WORD_EDGE, EDGE_MIDDLE, "中"},
    {WORD_EDGE, EDGE_END, "底 末"},
    {WORD_WHOLE_YEAR, 0, "全年 全年度 年内"},
    {WORD_WEEKDAY_START, 0, "星期 礼拜 周"},
    {WORD_WEEKDAY, 8, "周末 这周末"},
    {WORD_LUNAR, 0, "农历 阴历"},
    {WORD_LUNAR_MONTH, 1, "正月 农历正月"},
    {WORD_LUNAR_MONTH, 11, "冬月 农历冬月"},
    {WORD_LUNAR_MONTH, 12, "腊月 农历腊月"},
    {WORD_ENGLISH, 1, "january jan"},
    {WORD_ENGLISH, 2, "february feb"},
    {WORD_ENGLISH, 3, "march mar"},
    {WORD_ENGLISH, 4, "april apr"},
    {WORD_ENGLISH, 5, "may"},
    {WORD_ENGLISH, 6, "june jun"},
    {WORD_ENGLISH, 7, "july jul"},
    {WORD_ENGLISH, 8, "august aug"},
    {WORD_ENGLISH, 9, "september sept sep"},
    {WORD_ENGLISH, 10, "october oct"},
    {WORD_ENGLISH, 11, "november nov"},
    {WORD_ENGLISH, 12, "december dec"},
    {WORD_RECENT, -1, "近 最近 过去 过去的 刚过去的 上"},
    {WORD_RECENT, 0, "前 头 首"},
    {WORD_RECENT, 1, "未来 今后 接下来 接下来的 下 未来的"},
    {WORD_LAST, 0, "最后 后"},
    {WORD_VAGUE, 0,
     "日前 近日 近期 近来 近年 近年来 近几年 近些年 近几个月 近几天 最近 不久前 前不久 此前 不久 "
     "近段时间 前段时间 连日来 多年来 长期以来 今后 几年前 几天前 几个月前 前几年 前几天 这几年 "
     "年前年后 早年 当时 届时 岁末年初 年末岁初 年底年初 年末年初 这两天 这几天 这些天"},
    {WORD_SEASON, 0,
     "春天 夏天 秋天 冬天 春季 夏季 秋季 冬季 今春 今夏 今秋 今冬 去冬今春 今冬明春 去冬 明春 "
     "暑假 寒假 暑期 汛期 主汛期"},
    {WORD_STOP, 0,
     "周年 周期 周边 周转 周刊 周报 周围 周密 周到 周全 周期性 周知 周一围 上周期 下周期 上周边 "
     "上周岁 "
     "今日头条 今日俄罗斯 今日关注 今日说法 昨日重现 明日之星 后天性 后天努力 前天性 年初步 月中国 "
     "周易 周恩来 周报告 周末愉快 来年均 来年平均 “八一”南昌起义 五一路 五一街 五一村 五一广场 "
     "五一商圈 五一大道 五一大街 五一口号 五一档 五一劳动奖 "
     "五一农场 2030年可持续发展议程 2030年议程 2063年议程 含当日 含当天 含当月"},
    {WORD_ERA, 1, "公元"},
    {WORD_CENTURY, 21, "本世纪 这个世纪"},
    {WORD_CENTURY, 20, "上世纪 上个世纪"},
};

static bool add_words(struct nq_lexicon *words, const char *list, int kind, int value)
{
    struct nq_str rest = nq_str_from(list), word;
    while (nq_str_split(&rest, ' ', &word))
        if (!nq_lexicon_add(words, word, kind, value))
            return false;
    return true;
}

static bool add_weekdays(struct nq_lexicon *words)
{
    static const char *const starts[] = {"星期", "礼拜", "周"};
    static const char *const days[] = {"一", "二", "三", "四", "五", "六", "日", "天", "末"};
    static const int values[] = {1, 2, 3, 4, 5, 6, 7, 7, 8};
    for (size_t s = 0; s < NQ_COUNT(starts); s++)
        for (size_t d = 0; d < NQ_COUNT(days); d++) {
            char word[20] = "";
            strcat(strcat(word, starts[s]), days[d]);
            if (!nq_lexicon_add(words, nq_str_from(word), WORD_WEEKDAY, values[d]))
                return false;
        }
    return true;
}

bool nq_words_fill(struct nq_lexicon *words)
{
    bool ok = add_weekdays(words);
    for (size_t i = 0; i < NQ_COUNT(table) && ok; i++)
        ok = add_words(words, table[i].words, table[i].kind, table[i].value);
    for (size_t i = 0; i < NQ_COUNT(eras) && ok; i++)
        ok = nq_lexicon_add(words, nq_str_from(eras[i][0]), WORD_ERA, atoi(eras[i][1]));
    for (size_t i = 0; i < NQ_COUNT(holidays) && ok; i++)
        ok = nq_lexicon_add(words, nq_str_from(holidays[i][0]), WORD_HOLIDAY, (int)i);
    for (size_t i = 0; i < NQ_COUNT(periods) && ok; i++)
        ok = nq_lexicon_add(words, nq_str_from(periods[i][0]), WORD_PERIOD, (int)i);
    return ok && nq_lexicon_seal(words);
}

const char *nq_holiday_rule(int row)
{
    return holidays[row][1];
}

void nq_period_years(int row, int *first, int *last)
{
    *first = atoi(periods[row][1]);
    *last = atoi(periods[row][2]);
}
