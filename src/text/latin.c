/* Words of letters and digits. */
#include "text/latin.h"

static enum nq_class class_at(const struct nq_folded *text, size_t i)
{
    return i < text->n ? (enum nq_class)text->cls[i] : NQ_CLASS_SPACE;
}

static bool letter_at(const struct nq_folded *text, size_t i)
{
    return class_at(text, i) == NQ_CLASS_LETTER;
}

static bool digit_at(const struct nq_folded *text, size_t i)
{
    return class_at(text, i) == NQ_CLASS_DIGIT;
}

static bool alnum_at(const struct nq_folded *text, size_t i)
{
    return letter_at(text, i) || digit_at(text, i);
}

/* The printed width: a full-width comma between narrow digits ends a clause. */
static size_t bytes_at(const struct nq_folded *text, size_t i)
{
    return text->end[i] - text->start[i];
}

/* Whether the mark at `i`, behind a letter or digit, joins it to the next: 1.6, 1,234, 2026—2028,
 * COVID-19, don't, R&D, gov.cn, a_b, a@b. */
static bool joins(const struct nq_folded *text, size_t i)
{
    if (!alnum_at(text, i + 1))
        return false;
    bool letters = letter_at(text, i - 1) && letter_at(text, i + 1);
    bool digits = digit_at(text, i - 1) && digit_at(text, i + 1);
    switch (text->cp[i]) {
    case '.':
        return letters || digits;
    case ',':
        return digits && bytes_at(text, i) == bytes_at(text, i - 1) && digit_at(text, i + 2) &&
               digit_at(text, i + 3) && !digit_at(text, i + 4);
    case '-':
    case '_':
    case '@':
        return true;
    case '\'':
    case 0x2019:
    case '&':
        return letters;
    default:
        return false;
    }
}

static bool is_percent(uint32_t cp)
{
    return cp == '%' || cp == 0x2030 || cp == 0x2031;
}

/* The end of the signs that belong to the word before them: 1.6%, 36°, C#, C++, AI+, 100+. */
static size_t suffix_end(const struct nq_folded *text, size_t first, size_t end)
{
    if (end == text->n)
        return end;
    uint32_t cp = text->cp[end];
    bool after_digit = digit_at(text, end - 1);
    if (after_digit && is_percent(cp))
        return end + 1;
    if (after_digit && cp == 0xB0) { /* 36°, 36°c */
        end++;
        return letter_at(text, end) && !alnum_at(text, end + 1) ? end + 1 : end;
    }
    if (cp == '#')
        return end - first == 1 && !after_digit && !alnum_at(text, end + 1) ? end + 1 : end;
    if (cp == '+' && !(after_digit && digit_at(text, end + 1)))
        for (int i = 0; i < 2 && end < text->n && text->cp[end] == '+'; i++)
            end++;
    return end;
}

/* Scripts of neither Latin letters nor ideographs; the length mark and such go with any kana. */
static unsigned script_of(uint32_t cp)
{
    if (cp >= 0x3040 && cp < 0x30A0)
        return 1;
    if ((cp >= 0x30A0 && cp < 0x3100) || (cp >= 0x31F0 && cp < 0x3200))
        return 2;
    return 3 + cp / 0x4000;
}

size_t nq_latin_end(const struct nq_folded *text, size_t first)
{
    size_t end = first + 1;
    if (text->cls[first] == NQ_CLASS_HAN) {
        while (class_at(text, end) == NQ_CLASS_HAN && !nq_is_ideograph(text->cp[end]) &&
               script_of(text->cp[end]) == script_of(text->cp[first]))
            end++;
        return end;
    }
    for (;; end++) {
        while (alnum_at(text, end))
            end++;
        if (end == text->n || !joins(text, end))
            break;
    }
    return suffix_end(text, first, end);
}

enum nq_word_kind nq_latin_kind(const struct nq_folded *text, size_t first, size_t last)
{
    size_t n_letters = 0, n_digits = 0, first_letter = last;
    for (size_t i = first; i < last; i++) {
        if (text->cls[i] == NQ_CLASS_HAN)
            return NQ_WORD_HAN;
        n_digits += digit_at(text, i);
        if (letter_at(text, i) && n_letters++ == 0)
            first_letter = i;
    }
    if (n_letters == 0)
        return n_digits ? NQ_WORD_NUMBER : NQ_WORD_PUNCTUATION;
    bool unit = digit_at(text, first) && n_digits > 1 && n_letters <= 4 && last > first_letter &&
                last - first_letter == n_letters;
    return unit ? NQ_WORD_NUMBER : NQ_WORD_LATIN;
}
