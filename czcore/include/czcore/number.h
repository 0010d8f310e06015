/* number.h: numerals as exact decimals. */
#ifndef CZCORE_NUMBER_H
#define CZCORE_NUMBER_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* An exact decimal: sign * mantissa * 10^exponent. `exact` is false when more than 19 significant digits were
 * written (zeros at the end do not count); the mantissa then holds the first 19. */
typedef struct cz_decimal {
  uint64_t mantissa;
  int32_t exponent;
  int8_t sign; /* +1 or -1 */
  bool exact;
} cz_decimal;

/* One numeral in compact text (see text.h), without unit, scale word or bound word. */
typedef enum cz_numeral_form { CZ_NUMERAL_NONE, CZ_NUMERAL_ARABIC, CZ_NUMERAL_CHINESE } cz_numeral_form;

typedef struct cz_numeral {
  cz_numeral_form form;
  int32_t length;     /* characters read */
  cz_decimal value;
  int32_t resolution; /* power of ten of the last written place: -1 for 6.4, 0 for 7700, 3 for 三千 */
  int32_t digits;     /* written digits (Arabic) or numeral characters (Chinese) */
} cz_numeral;

/* Reads the longest plain numeral that starts at chars[0], looking at no more than `count` characters.
 * Arabic: digits, thousands separators (1,234,567: groups of three after ',' or '，'), a decimal point '.' or '·' between digits. '·' and ','
 * elsewhere end the numeral. A second point ends it (1.2.3 reads 1.2).
 * Chinese: 〇零一二两三四五六七八九十百千, inner 万 and 亿 when more digits follow (三万二千 = 32000), 点 with digits
 * (七点五, 百分之 is not part), 壹贰叁…, digit strings (二〇二一 = 2021). A closing 万 or 亿 is *not* read: scale words belong to
 * the unit (一千三百|万). 十五 = 15, 一百零八 = 108, 一千三 reads 1300 (colloquial last place).
 * Two neighbouring digits name a span and read as its lower end: 两三 = 2, 三四十 = 30.
 * 壹 to 仟 alone are words, not numerals.
 * Vague numerals (几, 数, 多, 余, 半) are not read here.
 * Returns false and form NONE when no numeral starts here. Cannot fail otherwise; runs of any length are read in linear time. */
bool cz_numeral_read(const uint16_t *chars, int64_t count, cz_numeral *out);

/* The nearest double (round half to even) where `exact`; ±inf on overflow. Independent of the locale. */
double cz_decimal_to_double(cz_decimal value);

/* value * 10^power, exact. */
cz_decimal cz_decimal_scale(cz_decimal value, int32_t power);

/* Exact product; `exact` becomes false if it needs more than 19 digits. */
cz_decimal cz_decimal_multiply(cz_decimal a, cz_decimal b);

/* -1, 0, 1. Exact for exact operands of any exponent. */
int cz_decimal_compare(cz_decimal a, cz_decimal b);

#ifdef __cplusplus
}
#endif
#endif
