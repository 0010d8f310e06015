/* numeral.c: from characters to numbers. Two readers, one for digits and one for the Chinese system; the
 * first character tells which. */
#include <uchar.h>

#include "internal.h"

/* Digits as they come in, at most nineteen kept. */
typedef struct digit_sink {
  uint64_t mantissa;
  int64_t dropped; /* digits before the point that no longer fit: they only raise the exponent */
  int64_t decimals;
  bool exact;
} digit_sink;

static void sink_digit(digit_sink *sink, uint32_t digit, bool after_point) {
  if (sink->mantissa <= (CZ_MANTISSA_LIMIT - 9) / 10) {
    sink->mantissa = sink->mantissa * 10 + digit;
    if (after_point)
      sink->decimals++;
  } else {
    if (digit != 0)
      sink->exact = false;
    if (!after_point)
      sink->dropped++;
  }
}

static cz_decimal sink_value(const digit_sink *sink) {
  return (cz_decimal){sink->mantissa, (int32_t)(sink->dropped - sink->decimals), 1, sink->exact};
}

static bool is_digit(uint16_t c) {
  return c >= u'0' && c <= u'9';
}

static int64_t count_digits(const uint16_t *chars, int64_t from, int64_t count) {
  int64_t at = from;
  while (at < count && is_digit(chars[at]))
    at++;
  return at - from;
}

/* A separator and exactly three digits. Looks at five characters at most. */
static bool is_group(const uint16_t *chars, int64_t at, int64_t count, uint16_t separator) {
  if (at + 3 >= count || chars[at] != separator)
    return false;
  if (!is_digit(chars[at + 1]) || !is_digit(chars[at + 2]) || !is_digit(chars[at + 3]))
    return false;
  return at + 4 >= count || !is_digit(chars[at + 4]);
}

static void read_arabic(const uint16_t *chars, int64_t count, cz_numeral *out) {
  digit_sink sink = {0, 0, 0, true};
  int64_t at = count_digits(chars, 0, count);
  int64_t digits = at, decimals = 0;
  for (int64_t i = 0; i < at; i++)
    sink_digit(&sink, (uint32_t)(chars[i] - u'0'), false);
  if (at <= 3 && at < count && (chars[at] == u',' || chars[at] == u'，')) {
    uint16_t separator = chars[at];
    for (; is_group(chars, at, count, separator); at += 4, digits += 3) {
      for (int64_t i = at + 1; i < at + 4; i++)
        sink_digit(&sink, (uint32_t)(chars[i] - u'0'), false);
    }
  }
  if (at + 1 < count && (chars[at] == u'.' || chars[at] == u'·') && is_digit(chars[at + 1])) {
    decimals = count_digits(chars, at + 1, count);
    for (int64_t i = at + 1; i <= at + decimals; i++)
      sink_digit(&sink, (uint32_t)(chars[i] - u'0'), true);
    at += 1 + decimals;
    digits += decimals;
  }
  out->form = CZ_NUMERAL_ARABIC;
  out->length = (int32_t)at;
  out->value = sink_value(&sink);
  out->resolution = (int32_t)-decimals;
  out->digits = (int32_t)digits;
}

typedef enum sign_class { SIGN_NONE, SIGN_DIGIT, SIGN_UNIT, SIGN_LARGE, SIGN_POINT } sign_class;

typedef struct sign {
  sign_class kind;
  int32_t value; /* the digit, or the power of ten of 十 百 千 万 亿 */
} sign;

/* The signs, each at a place of its own: the top 7 bits of its product with SIGN_FACTOR, which was found by
 * trying. One comparison then tells what a character is, where a switch guesses wrong again and again. */
enum { SIGN_FACTOR = 0x2ca1, SIGN_SHIFT = 9 };

static sign sign_at(const uint16_t *chars, int64_t at, int64_t count) {
  static const struct {
    uint16_t c;
    uint8_t kind, value;
  } signs[128] = {
      /* clang-format off */
      [5] = {u'贰', SIGN_DIGIT, 2}, [7] = {u'一', SIGN_DIGIT, 1}, [8] = {u'點', SIGN_POINT, 0},
      [22] = {u'百', SIGN_UNIT, 2}, [26] = {u'佰', SIGN_UNIT, 2}, [28] = {u'零', SIGN_DIGIT, 0},
      [33] = {u'四', SIGN_DIGIT, 4}, [34] = {u'九', SIGN_DIGIT, 9}, [35] = {u'万', SIGN_LARGE, 4},
      [42] = {u'两', SIGN_DIGIT, 2}, [45] = {u'亿', SIGN_LARGE, 8}, [49] = {u'柒', SIGN_DIGIT, 7},
      [52] = {u'〇', SIGN_DIGIT, 0}, [59] = {u'二', SIGN_DIGIT, 2}, [60] = {u'玖', SIGN_DIGIT, 9},
      [65] = {u'捌', SIGN_DIGIT, 8}, [67] = {u'十', SIGN_UNIT, 1}, [69] = {u'陆', SIGN_DIGIT, 6},
      [73] = {u'七', SIGN_DIGIT, 7}, [76] = {u'八', SIGN_DIGIT, 8}, [79] = {u'三', SIGN_DIGIT, 3},
      [81] = {u'億', SIGN_LARGE, 8}, [84] = {u'○', SIGN_DIGIT, 0}, [87] = {u'萬', SIGN_LARGE, 4},
      [88] = {u'点', SIGN_POINT, 0}, [96] = {u'壹', SIGN_DIGIT, 1}, [108] = {u'叁', SIGN_DIGIT, 3},
      [109] = {u'五', SIGN_DIGIT, 5}, [110] = {u'肆', SIGN_DIGIT, 4}, [112] = {u'千', SIGN_UNIT, 3},
      [116] = {u'拾', SIGN_UNIT, 1}, [119] = {u'仟', SIGN_UNIT, 3}, [120] = {u'六', SIGN_DIGIT, 6},
      [121] = {u'伍', SIGN_DIGIT, 5},
      /* clang-format on */
  };
  if (at >= count)
    return (sign){SIGN_NONE, 0};
  const uint16_t c = chars[at];
  const uint32_t place = (uint32_t)(uint16_t)((uint32_t)c * SIGN_FACTOR) >> SIGN_SHIFT;
  return signs[place].c == c ? (sign){(sign_class)signs[place].kind, signs[place].value}
                             : (sign){SIGN_NONE, 0};
}

/* 壹 to 仟 are also ordinary words (队伍, 大陆): alone they are no numeral. ○ alone is a bullet. */
static bool is_numeral_alone(uint16_t c) {
  static const char16_t others[] = u"○壹贰叁肆伍陆柒捌玖拾佰仟";
  for (size_t i = 0; others[i]; i++) {
    if (others[i] == c)
      return false;
  }
  return true;
}

static bool is_zero(sign s) {
  return s.kind == SIGN_DIGIT && s.value == 0;
}
static bool is_count(sign s) {
  return s.kind == SIGN_DIGIT && s.value > 0;
}

/* What stands before 万 or 亿: 三千二百一十五, with the power of ten of its last place. */
typedef struct section {
  uint64_t value;
  int32_t resolution;
  int64_t end;
} section;

/* Reads one section at `at`. `first` sections may begin with a bare 十, 百 or 千 (十五, 百, 千); `carried` is
 * the unit above, for the colloquial last place (三万五 = 35000: 4). */
static section read_section(const uint16_t *chars, int64_t at, int64_t count, bool first, int32_t carried) {
  section result = {0, 0, at};
  int32_t unit_above = 4; /* units must fall: 二百千 ends after 二百 */
  bool bare = false, zero = false, begun = false;
  for (;;) {
    sign here = sign_at(chars, at, count);
    if (is_zero(here) && (begun || !first) && !zero) {
      /* Only as a placeholder between two places. */
      sign next = sign_at(chars, at + 1, count);
      if (!is_count(next) && !(next.kind == SIGN_UNIT && next.value == 1))
        break;
      zero = true;
      at++;
      continue;
    }
    if (here.kind == SIGN_UNIT && here.value < unit_above && !bare &&
        (here.value == 1 || (first && !begun))) {
      /* 十五, 一百零十, and 百 or 千 at the start of a numeral. */
      bare = !begun && here.value > 1;
      result.value += cz_power_of_ten(here.value);
      result.resolution = here.value;
      unit_above = here.value;
      result.end = ++at;
      begun = true;
      zero = false;
      continue;
    }
    if (!is_count(here))
      break;
    sign next = sign_at(chars, at + 1, count);
    sign after = sign_at(chars, at + 2, count);
    int64_t width = 1;
    if (is_count(next) && next.value == here.value + 1 && after.kind == SIGN_UNIT) {
      /* Two neighbours name a span (三四十, 二三百): it is read as its lower end. */
      next = after;
      width = 2;
    }
    if (next.kind == SIGN_UNIT && next.value < unit_above && !bare) {
      result.value += (uint64_t)here.value * cz_power_of_ten(next.value);
      result.resolution = next.value;
      unit_above = next.value;
      at += width + 1;
      result.end = at;
      begun = true;
      zero = false;
      continue;
    }
    if (bare && !zero)
      break; /* 百一, 千三 are no numerals */
    /* The last place. After 零 or 十 it counts ones; else the place below the unit before it (一千三 = 1300).
     */
    int32_t place = 0;
    if (!zero && unit_above > 1 && begun)
      place = unit_above - 1;
    else if (!zero && !begun && carried > 0)
      place = carried - 1;
    result.value += (uint64_t)here.value * cz_power_of_ten(place);
    result.resolution = place;
    result.end = at + 1;
    break;
  }
  return result;
}

/* Whether a numeral goes on after the 万 or 亿 at at - 1. The bare digit 一 does not count: 百万一 is 百万
 * and something else. */
static bool goes_on(const uint16_t *chars, int64_t at, int64_t count) {
  sign here = sign_at(chars, at, count), next = sign_at(chars, at + 1, count);
  if (is_zero(here))
    return is_count(next) || (next.kind == SIGN_UNIT && next.value == 1);
  if (!is_count(here))
    return false;
  if (next.kind == SIGN_UNIT)
    return true;
  return here.value > 1 && next.kind == SIGN_NONE;
}

/* A run of two or more digits without units between them, read by position: 二〇二一. */
static int64_t positional_length(const uint16_t *chars, int64_t count) {
  int64_t at = 0;
  while (sign_at(chars, at, count).kind == SIGN_DIGIT)
    at++;
  return at;
}

static int64_t sink_chinese(digit_sink *sink, const uint16_t *chars, int64_t at, int64_t count,
                            bool after_point) {
  int64_t start = at;
  for (;; at++) {
    sign here = sign_at(chars, at, count);
    if (here.kind != SIGN_DIGIT || chars[at] == u'两')
      return at - start;
    sink_digit(sink, (uint32_t)here.value, after_point);
  }
}

static void read_positional(const uint16_t *chars, int64_t count, cz_numeral *out) {
  digit_sink sink = {0, 0, 0, true};
  out->length = (int32_t)sink_chinese(&sink, chars, 0, count, false);
  out->value = sink_value(&sink);
  out->resolution = 0;
}

/* Sections joined by 万 and 亿. A closing 万 or 亿 stays with the unit; what was read before it is then
 * counted in it: 一亿二千|万 is 12000 of 万. */
static bool read_sections(const uint16_t *chars, int64_t count, cz_numeral *out) {
  uint64_t total = 0;
  section last = read_section(chars, 0, count, true, 0);
  if (last.end == 0)
    return false;
  int32_t large_above = 12;
  for (;;) {
    sign large = sign_at(chars, last.end, count);
    if (large.kind != SIGN_LARGE || large.value >= large_above)
      break;
    if (!goes_on(chars, last.end + 1, count)) {
      /* 一亿二千万: the parts above are multiples of this scale too, because scales fall. */
      total /= cz_power_of_ten(large.value);
      break;
    }
    /* Below 亿, what follows is below it; a digit alone is the place below (三万五). */
    section next = read_section(chars, last.end + 1, count, false, large.value);
    if (next.end <= last.end + 1)
      break;
    total += last.value * cz_power_of_ten(large.value);
    large_above = large.value;
    last = next;
  }
  out->value = (cz_decimal){total + last.value, 0, 1, true};
  out->length = (int32_t)last.end;
  out->resolution = last.resolution;
  return true;
}

static bool read_chinese(const uint16_t *chars, int64_t count, cz_numeral *out) {
  int64_t run = positional_length(chars, count);
  sign first = sign_at(chars, 0, count), second = sign_at(chars, 1, count);
  sign stop = sign_at(chars, run, count);
  if (run == 2 && is_count(first) && second.value == first.value + 1 && stop.kind != SIGN_UNIT) {
    /* 两三, 七八: a span again. */
    out->value = (cz_decimal){(uint64_t)first.value, 0, 1, true};
    out->length = 2;
    out->resolution = 0;
  } else if (run > 1 && chars[0] != u'两' && !(run == 2 && stop.kind == SIGN_UNIT)) {
    read_positional(chars, count, out);
  } else if (is_zero(first)) {
    out->value = (cz_decimal){0, 0, 1, true};
    out->length = 1;
    out->resolution = 0;
  } else if (!read_sections(chars, count, out)) {
    return false;
  }
  int64_t at = out->length;
  if (at == 1 && !is_numeral_alone(chars[0]))
    return false;
  out->digits = out->length;
  if (sign_at(chars, at, count).kind == SIGN_POINT) {
    digit_sink sink = {out->value.mantissa, out->value.exponent, 0, out->value.exact};
    int64_t decimals = sink_chinese(&sink, chars, at + 1, count, true);
    if (decimals > 0) {
      out->value = sink_value(&sink);
      out->length = (int32_t)(at + 1 + decimals);
      out->resolution = (int32_t)-decimals;
      out->digits = (int32_t)(at + decimals);
    }
  }
  out->form = CZ_NUMERAL_CHINESE;
  return true;
}

bool cz_numeral_read(const uint16_t *chars, int64_t count, cz_numeral *out) {
  *out = (cz_numeral){CZ_NUMERAL_NONE, 0, {0, 0, 1, true}, 0, 0};
  if (count <= 0)
    return false;
  if (count > INT32_MAX)
    count = INT32_MAX;
  if (is_digit(chars[0])) {
    read_arabic(chars, count, out);
    return true;
  }
  if (!read_chinese(chars, count, out)) {
    *out = (cz_numeral){CZ_NUMERAL_NONE, 0, {0, 0, 1, true}, 0, 0};
    return false;
  }
  return true;
}
