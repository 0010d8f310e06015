/* decimal.c: decimals without rounding. Every figure of a report has few digits; a 64-bit mantissa and a
 * power of ten hold it exactly, and only the last step, to double, rounds. */
#include <math.h>
#include <string.h>

#include "internal.h"

uint64_t cz_power_of_ten(int32_t power) {
  uint64_t result = 1;
  for (; power > 0; power--)
    result *= 10;
  return result;
}

static int32_t digit_count(uint64_t mantissa) {
  int32_t count = 1;
  for (; mantissa >= 10; mantissa /= 10)
    count++;
  return count;
}

/* Sums of exponents are taken in 64 bits; what leaves 32 bits is no figure of any report and only has to be
 * harmless. */
static cz_decimal with_exponent(cz_decimal value, int64_t exponent) {
  if (exponent > INT32_MAX || exponent < INT32_MIN) {
    value.exact = value.exact && value.mantissa == 0;
    exponent = exponent > 0 ? INT32_MAX : INT32_MIN;
  }
  value.exponent = (int32_t)exponent;
  return value;
}

cz_decimal cz_decimal_scale(cz_decimal value, int32_t power) {
  return with_exponent(value, (int64_t)value.exponent + power);
}

/* The 128-bit product, in halves: C17 has no wider integer. */
static void multiply_wide(uint64_t a, uint64_t b, uint64_t *high, uint64_t *low) {
  uint64_t a_low = a & UINT32_MAX, a_high = a >> 32, b_low = b & UINT32_MAX, b_high = b >> 32;
  uint64_t bottom = a_low * b_low, left = a_high * b_low, right = a_low * b_high;
  uint64_t middle = (bottom >> 32) + (left & UINT32_MAX) + (right & UINT32_MAX);
  *low = (middle << 32) | (bottom & UINT32_MAX);
  *high = a_high * b_high + (left >> 32) + (right >> 32) + (middle >> 32);
}

/* Divides high:low by ten in place and returns the remainder. */
static uint32_t divide_wide_by_ten(uint64_t *high, uint64_t *low) {
  uint64_t rest = *high % 10;
  *high /= 10;
  uint64_t upper = (rest << 32) | (*low >> 32);
  uint64_t lower = ((upper % 10) << 32) | (*low & UINT32_MAX);
  *low = ((upper / 10) << 32) | (lower / 10);
  return (uint32_t)(lower % 10);
}

cz_decimal cz_decimal_multiply(cz_decimal a, cz_decimal b) {
  uint64_t high, low;
  multiply_wide(a.mantissa, b.mantissa, &high, &low);
  int64_t exponent = (int64_t)a.exponent + b.exponent;
  bool exact = a.exact && b.exact;
  while (high > 0 || low > CZ_MANTISSA_LIMIT) {
    if (divide_wide_by_ten(&high, &low) != 0)
      exact = false;
    exponent++;
  }
  cz_decimal product = {low, 0, (int8_t)(a.sign == b.sign ? 1 : -1), exact};
  return with_exponent(product, exponent);
}

static int compare_magnitudes(cz_decimal a, cz_decimal b) {
  int64_t a_top = (int64_t)a.exponent + digit_count(a.mantissa);
  int64_t b_top = (int64_t)b.exponent + digit_count(b.mantissa);
  if (a_top != b_top)
    return a_top < b_top ? -1 : 1;
  /* Equally long: the shorter mantissa is filled up with zeros, at most nineteen of them. */
  if (a.exponent < b.exponent)
    return -compare_magnitudes(b, a);
  uint64_t high, low;
  multiply_wide(a.mantissa, cz_power_of_ten(a.exponent - b.exponent), &high, &low);
  if (high > 0 || low > b.mantissa)
    return 1;
  return low < b.mantissa ? -1 : 0;
}

int cz_decimal_compare(cz_decimal a, cz_decimal b) {
  int a_sign = a.mantissa == 0 ? 0 : a.sign < 0 ? -1 : 1;
  int b_sign = b.mantissa == 0 ? 0 : b.sign < 0 ? -1 : 1;
  if (a_sign != b_sign)
    return a_sign < b_sign ? -1 : 1;
  if (a_sign == 0)
    return 0;
  return a_sign * compare_magnitudes(a, b);
}

/* A natural number in limbs of 32 bits, lowest first: room for 2^64 * 5^310 and for 2^64 shifted by 900 bits.
 */
enum { LIMB_COUNT = 40, BITS_PER_LIMB = 32 };
typedef struct natural {
  uint32_t limbs[LIMB_COUNT];
  int count;
} natural;

static void natural_set(natural *number, uint64_t value, int shift) {
  memset(number, 0, sizeof *number);
  int limb = shift / BITS_PER_LIMB, bits = shift % BITS_PER_LIMB;
  number->limbs[limb] = (uint32_t)(value << bits);
  number->limbs[limb + 1] = (uint32_t)((value << bits) >> 32);
  number->limbs[limb + 2] = bits ? (uint32_t)(value >> (64 - bits)) : 0;
  number->count = limb + 3;
}

static void natural_multiply(natural *number, uint32_t factor) {
  uint64_t carry = 0;
  for (int i = 0; i < number->count; i++) {
    carry += (uint64_t)number->limbs[i] * factor;
    number->limbs[i] = (uint32_t)carry;
    carry >>= 32;
  }
  if (carry)
    number->limbs[number->count++] = (uint32_t)carry;
}

static bool natural_divide(natural *number, uint32_t divisor) {
  uint64_t rest = 0;
  for (int i = number->count - 1; i >= 0; i--) {
    rest = (rest << 32) | number->limbs[i];
    number->limbs[i] = (uint32_t)(rest / divisor);
    rest %= divisor;
  }
  return rest != 0;
}

static int natural_bits(const natural *number) {
  for (int i = number->count - 1; i >= 0; i--) {
    uint32_t limb = number->limbs[i];
    if (limb == 0)
      continue;
    int bits = 0;
    for (; limb; limb >>= 1)
      bits++;
    return i * BITS_PER_LIMB + bits;
  }
  return 0;
}

static uint32_t natural_bit(const natural *number, int position) {
  return number->limbs[position / BITS_PER_LIMB] >> (position % BITS_PER_LIMB) & 1;
}

/* number * 2^power (plus a little when `sticky`) as the nearest double. The bits are set by hand: no rounding
 * mode, no excess precision, no math library. */
static double natural_to_double(const natural *number, int power, bool sticky) {
  int bits = natural_bits(number);
  int top = bits + power; /* value lies in [2^(top-1), 2^top) */
  if (top > 1024)
    return HUGE_VAL;
  int wanted = top >= -1021 ? 53 : top + 1074; /* fewer for subnormal numbers */
  if (wanted < 0)
    return 0.0;
  uint64_t fraction = 0;
  for (int i = 0; i < wanted; i++) {
    int position = bits - 1 - i;
    fraction = fraction << 1 | (position >= 0 ? natural_bit(number, position) : 0);
  }
  int below = bits - wanted - 1; /* the first bit that is cut off */
  if (below >= 0 && natural_bit(number, below)) {
    bool rest = sticky;
    for (int i = 0; i < below && !rest; i++)
      rest = natural_bit(number, i) != 0;
    if (rest || (fraction & 1))
      fraction++;
  }
  /* The sum carries from the fraction into the exponent by itself, up to infinity. */
  uint64_t exponent = top >= -1021 ? (uint64_t)(top + 1021) : 0;
  uint64_t pattern = (exponent << 52) + fraction;
  double result;
  memcpy(&result, &pattern, sizeof result);
  return result;
}

enum { FIVES = 13 };                           /* 5^13 is the largest power of five in 32 bits */
static const uint32_t five_to_13 = 1220703125; /* five steps in one */

static double magnitude_to_double(uint64_t mantissa, int32_t exponent) {
  if (exponent > 310)
    return HUGE_VAL;
  if (exponent < -345)
    return 0.0;
  natural number;
  bool sticky = false;
  int power = exponent;
  if (exponent >= 0) {
    natural_set(&number, mantissa, 0);
    for (; exponent >= FIVES; exponent -= FIVES)
      natural_multiply(&number, five_to_13);
    for (; exponent > 0; exponent--)
      natural_multiply(&number, 5);
  } else {
    /* Shifted up so far that the quotient keeps 56 bits: the 53 of a double, the one that rounds, and two to
     * spare; what is lost below them is in `sticky`. 5^n needs less than 2.33 n bits. */
    int shift = 56 + (-exponent * 233 + 99) / 100;
    natural_set(&number, mantissa, shift);
    power -= shift;
    for (; exponent <= -FIVES; exponent += FIVES)
      sticky = natural_divide(&number, five_to_13) || sticky;
    for (; exponent < 0; exponent++)
      sticky = natural_divide(&number, 5) || sticky;
  }
  return natural_to_double(&number, power, sticky);
}

double cz_decimal_to_double(cz_decimal value) {
  static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  if (value.mantissa == 0)
    return 0.0;
  double magnitude;
  /* Both operands are exact doubles, so the one operation rounds once (W. Clinger 1990, How to read floating
   * point numbers accurately). */
  if (value.mantissa <= UINT64_C(1) << 53 && value.exponent >= -22 && value.exponent <= 22) {
    double mantissa = (double)value.mantissa;
    magnitude = value.exponent < 0 ? mantissa / powers[-value.exponent] : mantissa * powers[value.exponent];
  } else {
    magnitude = magnitude_to_double(value.mantissa, value.exponent);
  }
  return value.sign < 0 ? -magnitude : magnitude;
}
