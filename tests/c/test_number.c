/* Numerals and exact decimals. */
#include <float.h>
#include <math.h>
#include <uchar.h>

#include "check.h"
#include "czcore/number.h"

static int64_t length_of(const char16_t *text) {
  int64_t length = 0;
  while (text[length])
    length++;
  return length;
}

static cz_numeral read_all(const char16_t *text) {
  cz_numeral result;
  (void)cz_numeral_read(text, length_of(text), &result);
  return result;
}

/* What a text must be read as: mantissa * 10^exponent, so many characters, last place, digits. */
typedef struct example {
  const char16_t *text;
  uint64_t mantissa;
  int32_t exponent;
  int32_t length;
  int32_t resolution;
  int32_t digits;
} example;

static void check_examples(const example *examples, size_t count, cz_numeral_form form) {
  for (size_t i = 0; i < count; i++) {
    const example *e = &examples[i];
    cz_numeral read = read_all(e->text);
    int before = check_failures;
    CHECK_EQ_INT(read.form, form);
    cz_decimal expected = {e->mantissa, e->exponent, 1, true};
    CHECK_EQ_INT(cz_decimal_compare(read.value, expected), 0);
    CHECK_EQ_INT(read.length, e->length);
    CHECK_EQ_INT(read.resolution, e->resolution);
    CHECK_EQ_INT(read.digits, e->digits);
    CHECK_EQ_INT(read.value.sign, 1);
    CHECK(read.value.exact);
    if (check_failures != before)
      printf("  in example %d\n", (int)i);
  }
}

static void arabic_numerals(void) {
  static const example examples[] = {
      {u"0", 0, 0, 1, 0, 1},           {u"7", 7, 0, 1, 0, 1},
      {u"7700亿元", 7700, 0, 4, 0, 4}, {u"1.46倍", 146, -2, 4, -2, 3},
      {u"6.90%", 690, -2, 4, -2, 3},   {u"0.05", 5, -2, 4, -2, 3},
      {u"007", 7, 0, 3, 0, 3},         {u"2.4万", 24, -1, 3, -1, 2},
      {u"3·5", 35, -1, 3, -1, 2},      {u"9999999999999999999", 9999999999999999999u, 0, 19, 0, 19},
  };
  check_examples(examples, sizeof examples / sizeof *examples, CZ_NUMERAL_ARABIC);
}

static void a_numeral_ends_where_it_must(void) {
  static const example examples[] = {
      {u"1.2.3", 12, -1, 3, -1, 2}, {u"5.", 5, 0, 1, 0, 1},      {u"5.亿", 5, 0, 1, 0, 1},
      {u"3·", 3, 0, 1, 0, 1},       {u"1 2", 1, 0, 1, 0, 1},     {u"5,", 5, 0, 1, 0, 1},
      {u"16、20", 16, 0, 2, 0, 2},  {u"40%", 40, 0, 2, 0, 2},    {u"5千", 5, 0, 1, 0, 1},
      {u"2一", 2, 0, 1, 0, 1},      {u"1.4.", 14, -1, 3, -1, 2}, {u"8..5", 8, 0, 1, 0, 1},
  };
  check_examples(examples, sizeof examples / sizeof *examples, CZ_NUMERAL_ARABIC);
}

static void thousands_separators(void) {
  static const example examples[] = {
      {u"1,234", 1234, 0, 5, 0, 4},      {u"1,234,567", 1234567, 0, 9, 0, 7},
      {u"12，345万", 12345, 0, 6, 0, 5}, {u"123,456.78", 12345678, -2, 10, -2, 8},
      {u"1,234,56", 1234, 0, 5, 0, 4}, /* the last is no group */
      {u"1,23", 1, 0, 1, 0, 1},          {u"1,2345", 1, 0, 1, 0, 1},
      {u"2020,2021", 2020, 0, 4, 0, 4},  /* two years */
      {u"2020,202", 2020, 0, 4, 0, 4},   /* the first group has three digits at most */
      {u"1,234，567", 1234, 0, 5, 0, 4}, /* one kind of separator */
      {u"1.5,234", 15, -1, 3, -1, 2},
  };
  check_examples(examples, sizeof examples / sizeof *examples, CZ_NUMERAL_ARABIC);
}

static void chinese_numerals(void) {
  static const example examples[] = {
      {u"一", 1, 0, 1, 0, 1},
      {u"两", 2, 0, 1, 0, 1},
      {u"零", 0, 0, 1, 0, 1},
      {u"〇", 0, 0, 1, 0, 1},
      {u"十", 10, 0, 1, 1, 1},
      {u"十五", 15, 0, 2, 0, 2},
      {u"二十", 20, 0, 2, 1, 2},
      {u"九十九", 99, 0, 3, 0, 3},
      {u"一百", 100, 0, 2, 2, 2},
      {u"一百零八", 108, 0, 4, 0, 4},
      {u"一百一十", 110, 0, 4, 1, 4},
      {u"一千零一十", 1010, 0, 5, 1, 5},
      {u"三千二百一十五", 3215, 0, 7, 0, 7},
      {u"两千零五", 2005, 0, 4, 0, 4},
      {u"三千", 3000, 0, 2, 3, 2},
      {u"一千三", 1300, 0, 3, 2, 3},
      {u"一百五", 150, 0, 3, 1, 3},
      {u"叁仟伍佰", 3500, 0, 4, 2, 4},
      {u"百", 100, 0, 1, 2, 1},
      {u"千", 1000, 0, 1, 3, 1},
  };
  check_examples(examples, sizeof examples / sizeof *examples, CZ_NUMERAL_CHINESE);
}

static void scales_inside_and_at_the_end(void) {
  static const example examples[] = {
      {u"三万二千", 32000, 0, 4, 3, 4},
      {u"三万五", 35000, 0, 3, 3, 3},
      {u"三万零五百", 30500, 0, 5, 2, 5},
      {u"十万零八", 100008, 0, 4, 0, 4},
      {u"一亿二千三百万零四十", 123000040, 0, 10, 1, 10},
      {u"一亿零五", 100000005, 0, 4, 0, 4},
      /* a closing scale is the unit's, and the numeral counts in it */
      {u"一千三百万", 1300, 0, 4, 2, 4},
      {u"一万亿元", 1, 0, 1, 0, 1},
      {u"三万五千亿", 35000, 0, 4, 3, 4},
      {u"一亿二千万", 12000, 0, 4, 3, 4},
      {u"一亿零五百万人", 10500, 0, 5, 2, 5},
      {u"百亿", 100, 0, 1, 2, 1},
      {u"十万", 10, 0, 1, 1, 1},
      {u"二十万千瓦", 20, 0, 2, 1, 2},
      {u"百万一次", 100, 0, 1, 2, 1},
      {u"二百千瓦", 200, 0, 2, 2, 2}, /* units fall */
  };
  check_examples(examples, sizeof examples / sizeof *examples, CZ_NUMERAL_CHINESE);
}

static void chinese_decimals_and_digit_strings(void) {
  static const example examples[] = {
      {u"七点五", 75, -1, 3, -1, 2},   {u"二十一点零一", 2101, -2, 6, -2, 5},
      {u"零点八", 8, -1, 3, -1, 2},    {u"三点意见", 3, 0, 1, 0, 1},
      {u"三点", 3, 0, 1, 0, 1},        {u"二〇二一年", 2021, 0, 4, 0, 4},
      {u"二零二零", 2020, 0, 4, 0, 4}, {u"一九九七", 1997, 0, 4, 0, 4},
      {u"二○○○年", 2000, 0, 4, 0, 4},  {u"五两", 5, 0, 1, 0, 1}, /* 两 is no digit of a string */
  };
  check_examples(examples, sizeof examples / sizeof *examples, CZ_NUMERAL_CHINESE);
}

/* 两三家, 七八十, 二三百: between the two; the lower end is what is certain. */
static void neighbouring_digits_are_a_span(void) {
  static const example examples[] = {
      {u"两三家", 2, 0, 2, 0, 2},     {u"七八个", 7, 0, 2, 0, 2},      {u"三四十", 30, 0, 3, 1, 3},
      {u"二三百家", 200, 0, 3, 2, 3}, {u"五六千万", 5000, 0, 3, 3, 3},
  };
  check_examples(examples, sizeof examples / sizeof *examples, CZ_NUMERAL_CHINESE);
}

static void no_numeral_starts_here(void) {
  static const char16_t *const texts[] = {u"",   u"万",   u"亿元", u"点五", u".5",  u"几百", u"数十",
                                          u"多", u"半数", u"年",   u"○",    u"队5", u"伍",   u"陆地",
                                          u"拾", u",234", u" 5",   u"-5",   u"\n5"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    cz_numeral read;
    memset(&read, 0xA5, sizeof read);
    if (cz_numeral_read(texts[i], length_of(texts[i]), &read))
      printf("  in example %d\n", (int)i);
    CHECK_EQ_INT(read.form, CZ_NUMERAL_NONE);
    CHECK_EQ_INT(read.length, 0);
  }
}

/* Every prefix of a text in a block of its own, so that the sanitizer sees a look beyond `count`. */
static void only_the_given_characters_are_read(void) {
  static const char16_t *const texts[] = {u"1,234,567.89", u"12.5",     u"三千二百一十五万六千点五",
                                          u"二〇二一",     u"一亿零五", u"三四十万",
                                          u"一百零八",     u"零点八"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    int64_t whole = length_of(texts[i]);
    for (int64_t count = 0; count <= whole; count++) {
      char16_t *copy = malloc(count ? (size_t)count * sizeof *copy : 1);
      if (!CHECK(copy != NULL))
        return;
      memcpy(copy, texts[i], (size_t)count * sizeof *copy);
      cz_numeral read;
      bool found = cz_numeral_read(copy, count, &read);
      CHECK_EQ_INT(found, count > 0);
      CHECK(read.length <= count);
      free(copy);
    }
  }
  cz_numeral read;
  CHECK(!cz_numeral_read(u"5", 0, &read));
  CHECK(!cz_numeral_read(u"5", -1, &read));
}

/* 0 to 99,999,999 in steps, spelled out and read back. */
static int64_t spell(uint64_t number, char16_t *out) {
  static const char16_t digits[] = u"零一二三四五六七八九";
  static const char16_t units[] = {0, u'十', u'百', u'千'};
  int64_t length = 0;
  if (number >= 10000) {
    length = spell(number / 10000, out);
    out[length++] = u'万';
    number %= 10000;
    if (number == 0)
      return length;
    if (number < 1000)
      out[length++] = digits[0];
  } else if (number == 0) {
    out[0] = digits[0];
    return 1;
  }
  bool begun = false, gap = false;
  for (int place = 3; place >= 0; place--) {
    uint64_t digit = number;
    for (int i = 0; i < place; i++)
      digit /= 10;
    digit %= 10;
    if (digit == 0) {
      gap = begun;
      continue;
    }
    if (gap)
      out[length++] = digits[0];
    out[length++] = digits[digit];
    if (place > 0)
      out[length++] = units[place];
    begun = true;
    gap = false;
  }
  return length;
}

static void spelled_numbers_are_read_back(void) {
  for (uint64_t number = 0; number < 100000000; number += number < 20000 ? 1 : 9973) {
    char16_t text[40];
    int64_t length = spell(number, text);
    cz_numeral read;
    bool found = cz_numeral_read(text, length, &read);
    /* A closing 万 stays unread, and the value counts in it. */
    bool closing = number >= 10000 && number % 10000 == 0;
    uint64_t expected = closing ? number / 10000 : number;
    if (!found || read.value.mantissa != expected || read.length != length - closing) {
      CHECK_EQ_INT(read.value.mantissa, expected);
      CHECK_EQ_INT(read.length, length - closing);
      return;
    }
  }
}

static void long_numerals_are_read_whole(void) {
  enum { COUNT = 10000 };
  char16_t *text = malloc((COUNT + 2) * sizeof *text);
  if (!CHECK(text != NULL))
    return;
  for (int i = 0; i < COUNT; i++)
    text[i] = (char16_t)(u'1' + i % 9);
  cz_numeral read;
  CHECK(cz_numeral_read(text, COUNT, &read));
  CHECK_EQ_INT(read.length, COUNT);
  CHECK_EQ_INT(read.digits, COUNT);
  CHECK_EQ_INT(read.value.mantissa, 1234567891234567891);
  CHECK_EQ_INT(read.value.exponent, COUNT - 19);
  CHECK(!read.value.exact);
  CHECK_EQ_REAL(cz_decimal_to_double(read.value), HUGE_VAL);
  text[1] = u'.';
  CHECK(cz_numeral_read(text, COUNT, &read));
  CHECK_EQ_INT(read.length, COUNT);
  CHECK_EQ_INT(read.resolution, 2 - COUNT);
  CHECK_EQ_INT(read.value.exponent, -18);
  CHECK(!read.value.exact);
  /* Zeros take no room: neither before the first digit nor, where they only raise the exponent, after the
   * last. */
  for (int i = 0; i < COUNT; i++)
    text[i] = i == COUNT - 1 ? u'7' : u'0';
  CHECK(cz_numeral_read(text, COUNT, &read));
  CHECK(read.value.exact && read.value.mantissa == 7 && read.value.exponent == 0);
  text[0] = u'1';
  text[COUNT - 1] = u'0';
  CHECK(cz_numeral_read(text, COUNT, &read));
  CHECK(read.value.exact);
  CHECK_EQ_INT(cz_decimal_compare(read.value, (cz_decimal){1, COUNT - 1, 1, true}), 0);
  for (int i = 0; i < COUNT; i++)
    text[i] = u'九';
  CHECK(cz_numeral_read(text, COUNT, &read));
  CHECK_EQ_INT(read.length, COUNT);
  CHECK(!read.value.exact);
  free(text);
}

static cz_decimal decimal(uint64_t mantissa, int32_t exponent) {
  return (cz_decimal){mantissa, exponent, 1, true};
}

static cz_decimal negative(uint64_t mantissa, int32_t exponent) {
  return (cz_decimal){mantissa, exponent, -1, true};
}

static void known_doubles(void) {
  CHECK_EQ_REAL(cz_decimal_to_double(decimal(64, -1)), 6.4);
  CHECK_EQ_REAL(cz_decimal_to_double(decimal(1033, -2)), 10.33);
  CHECK_EQ_REAL(cz_decimal_to_double(decimal(7700, 8)), 7.7e11);
  CHECK_EQ_REAL(cz_decimal_to_double(negative(298, -1)), -29.8);
  CHECK_EQ_REAL(cz_decimal_to_double(decimal(0, 5)), 0.0);
  CHECK_EQ_REAL(cz_decimal_to_double(negative(0, 0)), 0.0);
  CHECK_EQ_REAL(cz_decimal_to_double(decimal(17976931348623157, 292)), DBL_MAX);
  CHECK_EQ_REAL(cz_decimal_to_double(decimal(17976931348623159, 292)), HUGE_VAL); /* past the midpoint */
  CHECK_EQ_REAL(cz_decimal_to_double(decimal(1797693134862315807, 290)), DBL_MAX);
  CHECK_EQ_REAL(cz_decimal_to_double(negative(1, 309)), -HUGE_VAL);
  CHECK_EQ_REAL(cz_decimal_to_double(decimal(1, INT32_MAX)), HUGE_VAL);
  CHECK_EQ_REAL(cz_decimal_to_double(decimal(UINT64_MAX, INT32_MIN)), 0.0);
  CHECK_EQ_REAL(cz_decimal_to_double(decimal(22250738585072014, -324)), DBL_MIN);
  CHECK_EQ_REAL(cz_decimal_to_double(decimal(5, -324)), 4.9406564584124654e-324);
  CHECK_EQ_REAL(cz_decimal_to_double(decimal(25, -325)), 4.9406564584124654e-324);
  CHECK_EQ_REAL(cz_decimal_to_double(decimal(24, -325)), 0.0);
  CHECK_EQ_REAL(cz_decimal_to_double(decimal(9007199254740993, 0)), 9007199254740992.0); /* tie to even */
  CHECK_EQ_REAL(cz_decimal_to_double(decimal(9007199254740995, 0)), 9007199254740996.0);
  CHECK_EQ_REAL(cz_decimal_to_double(decimal(UINT64_MAX, 0)), 18446744073709551616.0);
}

/* The library's own conversion as the judge: it rounds correctly too, and this program leaves the locale
 * alone. */
static void doubles_as_the_c_library_reads_them(void) {
  uint64_t state = 88172645463325252u;
  for (int i = 0; i < 200000; i++) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    uint64_t mantissa = state >> (i % 64);
    int32_t exponent = (int32_t)(state % 700) - 360;
    if (i % 3 == 0)
      exponent = (int32_t)(state % 24) - 20; /* the figures of reports */
    char text[64];
    snprintf(text, sizeof text, "%llue%d", (unsigned long long)mantissa, exponent);
    if (!CHECK_EQ_REAL(cz_decimal_to_double(decimal(mantissa, exponent)), strtod(text, NULL))) {
      printf("  for %s\n", text);
      return;
    }
  }
}

static void scaling_moves_the_point(void) {
  cz_decimal scaled = cz_decimal_scale(decimal(146, -2), 2);
  CHECK_EQ_INT(scaled.mantissa, 146);
  CHECK_EQ_INT(scaled.exponent, 0);
  CHECK(scaled.exact);
  CHECK_EQ_INT(cz_decimal_scale(negative(5, 0), -3).sign, -1);
  scaled = cz_decimal_scale(decimal(1, INT32_MAX), 1);
  CHECK_EQ_INT(scaled.exponent, INT32_MAX);
  CHECK(!scaled.exact);
  scaled = cz_decimal_scale(decimal(1, INT32_MIN), INT32_MIN);
  CHECK_EQ_INT(scaled.exponent, INT32_MIN);
  CHECK(!scaled.exact);
  CHECK(cz_decimal_scale(decimal(0, INT32_MAX), 1).exact); /* nothing stays nothing */
}

static void products_are_exact_or_say_so(void) {
  cz_decimal product = cz_decimal_multiply(decimal(24, -1), negative(10000, 0));
  CHECK_EQ_INT(cz_decimal_compare(product, negative(24000, 0)), 0);
  CHECK(product.exact);
  CHECK_EQ_INT(cz_decimal_multiply(negative(2, 0), negative(3, 0)).sign, 1);
  /* 10^19 needs twenty digits, but the zeros go into the exponent. */
  product = cz_decimal_multiply(decimal(10000000000, 0), decimal(1000000000, 0));
  CHECK(product.exact);
  CHECK_EQ_INT(cz_decimal_compare(product, decimal(1, 19)), 0);
  product = cz_decimal_multiply(decimal(9999999999999999999u, 0), decimal(9999999999999999999u, 0));
  CHECK(!product.exact);
  CHECK(product.mantissa == 9999999999999999998u && product.exponent == 19);
  product = cz_decimal_multiply(decimal(UINT64_MAX, 0), decimal(UINT64_MAX, 0));
  CHECK(!product.exact);
  CHECK(product.mantissa == 3402823669209384634u && product.exponent == 20);
  product = cz_decimal_multiply(decimal(9999999999u, 0), decimal(999999999, 0));
  CHECK(product.exact && product.mantissa == 9999999989000000001u && product.exponent == 0);
  product =
      cz_decimal_multiply(decimal(4294967295, 0), decimal(4294967295, 0)); /* below 2^64, but twenty digits */
  CHECK(!product.exact && product.mantissa == 1844674406511961702u && product.exponent == 1);
  cz_decimal inexact = {5, 0, 1, false};
  CHECK(!cz_decimal_multiply(inexact, decimal(2, 0)).exact);
  product = cz_decimal_multiply(decimal(1, INT32_MAX), decimal(1, INT32_MAX));
  CHECK(!product.exact && product.exponent == INT32_MAX);
  CHECK_EQ_INT(cz_decimal_multiply(decimal(0, 3), decimal(7, 0)).mantissa, 0);
}

static void comparison_is_exact(void) {
  /* From the smallest to the largest; equal ones side by side share their rank. */
  static const struct {
    cz_decimal value;
    int rank;
  } ladder[] = {
      {{1, INT32_MAX, -1, true}, 0},
      {{UINT64_MAX, 0, -1, true}, 1},
      {{10, 0, -1, true}, 2},
      {{1, 1, -1, true}, 2},
      {{1, INT32_MIN, -1, true}, 3},
      {{0, 0, -1, true}, 4},
      {{0, INT32_MAX, 1, true}, 4},
      {{0, 0, 1, true}, 4},
      {{1, INT32_MIN, 1, true}, 5},
      {{63, -1, 1, true}, 6},
      {{6399999999999999999u, -18, 1, true}, 7},
      {{64, -1, 1, true}, 8},
      {{6400000000000000000u, -18, 1, true}, 8},
      {{6400000000000000001u, -18, 1, true}, 9},
      {{9999999999999999999u, 0, 1, true}, 10},
      {{1, 19, 1, true}, 11},
      {{10000000000000000000u, 0, 1, true}, 11},
      {{18446744073709551615u, 0, 1, true}, 12},
      {{19, 18, 1, true}, 13},
      {{9, 19, 1, true}, 14},
      {{1, INT32_MAX, 1, true}, 15},
  };
  for (size_t i = 0; i < sizeof ladder / sizeof *ladder; i++) {
    for (size_t j = 0; j < sizeof ladder / sizeof *ladder; j++) {
      int expected = (ladder[i].rank > ladder[j].rank) - (ladder[i].rank < ladder[j].rank);
      if (!CHECK_EQ_INT(cz_decimal_compare(ladder[i].value, ladder[j].value), expected)) {
        printf("  for %d and %d\n", (int)i, (int)j);
      }
    }
  }
}

static const check_test tests[] = {
    CHECK_TEST(arabic_numerals),
    CHECK_TEST(a_numeral_ends_where_it_must),
    CHECK_TEST(thousands_separators),
    CHECK_TEST(chinese_numerals),
    CHECK_TEST(scales_inside_and_at_the_end),
    CHECK_TEST(chinese_decimals_and_digit_strings),
    CHECK_TEST(neighbouring_digits_are_a_span),
    CHECK_TEST(no_numeral_starts_here),
    CHECK_TEST(only_the_given_characters_are_read),
    CHECK_TEST(spelled_numbers_are_read_back),
    CHECK_TEST(long_numerals_are_read_whole),
    CHECK_TEST(known_doubles),
    CHECK_TEST(doubles_as_the_c_library_reads_them),
    CHECK_TEST(scaling_moves_the_point),
    CHECK_TEST(products_are_exact_or_say_so),
    CHECK_TEST(comparison_is_exact),
};
CHECK_MAIN(tests)
