/* index_avx512.c: the structural index in vectors of 64 bytes, one for a block; for machines with VBMI2,
 * which writes the offsets sixteen at a time. */
#include "isa.h"

#if defined(CZ_HAS_X86)
#include <immintrin.h>

#include "filter.h"
#include "masks.h"

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vbmi2,bmi,popcnt"))),             \
                             apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512vbmi2,bmi,popcnt")
#endif

static inline __m512i table(const uint8_t *sixteen) {
  return _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)sixteen));
}

/* low[byte % 16] & high[byte / 16] of every byte. */
static inline __m512i look_up(__m512i bytes, __m512i low, __m512i high) {
  const __m512i half = _mm512_set1_epi8(15);
  return _mm512_and_si512(_mm512_shuffle_epi8(low, _mm512_and_si512(bytes, half)),
                          _mm512_shuffle_epi8(high, _mm512_and_si512(_mm512_srli_epi16(bytes, 4), half)));
}

static inline uint64_t at_least(__m512i bytes, int limit) {
  return _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8((char)limit));
}

static inline block_masks masks_of(const unsigned char *block) {
  static const uint8_t tables[8][16] = {
      {CZ_FILTER_FIRST_LOW}, {CZ_FILTER_FIRST_HIGH}, {CZ_FILTER_SECOND_LOW}, {CZ_FILTER_SECOND_HIGH},
      {CZ_FILTER_THIRD_LOW}, {CZ_FILTER_THIRD_HIGH}, {CZ_ODD_LOW},           {CZ_ODD_HIGH}};
  const __m512i first = _mm512_loadu_si512(block);
  const __m512i sets = _mm512_and_si512(
      look_up(first, table(tables[0]), table(tables[1])),
      _mm512_and_si512(look_up(_mm512_loadu_si512(block + 1), table(tables[2]), table(tables[3])),
                       look_up(_mm512_loadu_si512(block + 2), table(tables[4]), table(tables[5]))));
  const __m512i odd = look_up(first, table(tables[6]), table(tables[7]));
  block_masks m;
  m.start = _mm512_cmpgt_epi8_mask(first, _mm512_set1_epi8((char)0xBF));
  m.two = at_least(first, 0xC0);
  m.three = at_least(first, 0xE0);
  m.four = at_least(first, 0xF0);
  m.odd = _mm512_test_epi8_mask(odd, odd);
  const uint64_t ideograph = at_least(first, 0xE4) & ~at_least(first, 0xEA);
  m.marks = (m.start & ~ideograph) | _mm512_test_epi8_mask(sets, sets);
  return m;
}

/* Writes up to fifteen more than there are; the buffer has room for one a byte, so only the end needs care.
 */
static inline uint32_t *write_marks(uint32_t *to, uint64_t bits, uint32_t offset) {
  static const uint8_t numbers[64] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                      16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
                                      32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
                                      48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
  const __m512i base = _mm512_set1_epi32((int32_t)offset);
  __m512i chosen = _mm512_maskz_compress_epi8(bits, _mm512_loadu_si512(numbers));
  int64_t count = cz_bit_count(bits);
  uint32_t *const end = to + count;
  for (; count > 0; count -= 16, to += 16) {
    const __m512i sixteen = _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(chosen)));
    const unsigned some = count >= 16 ? 0xFFFFu : (1u << count) - 1;
    _mm512_mask_storeu_epi32(to, (__mmask16)some, sixteen);
    chosen = _mm512_shuffle_i64x2(chosen, chosen, 0x39); /* the next quarter comes down */
  }
  return end;
}

#include "index_body.h"
#include "join_x86.h"

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

static bool present(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("popcnt");
}

const cz_text_isa cz_text_isa_avx512 = {"avx512", present, index_bytes, join};
#endif
