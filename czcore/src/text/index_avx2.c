/* index_avx2.c: the structural index in vectors of 32 bytes. */
#include "isa.h"

#if defined(CZ_HAS_X86)
#include <immintrin.h>

#include "filter.h"
#include "masks.h"

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,bmi,popcnt"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi,popcnt")
#endif

static inline __m256i table(const uint8_t *sixteen) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)sixteen));
}

static inline __m256i load(const unsigned char *at) {
  return _mm256_loadu_si256((const __m256i *)(const void *)at);
}

/* low[byte % 16] & high[byte / 16] of every byte. */
static inline __m256i look_up(__m256i bytes, __m256i low, __m256i high) {
  const __m256i half = _mm256_set1_epi8(15);
  return _mm256_and_si256(_mm256_shuffle_epi8(low, _mm256_and_si256(bytes, half)),
                          _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half)));
}

static inline __m256i at_least(__m256i bytes, int limit) {
  const __m256i limits = _mm256_set1_epi8((char)limit);
  return _mm256_cmpeq_epi8(_mm256_max_epu8(bytes, limits), bytes);
}

static inline uint64_t bits_of(__m256i bytes) {
  return (uint32_t)_mm256_movemask_epi8(bytes);
}

static inline block_masks masks_of_half(const unsigned char *block) {
  static const uint8_t tables[8][16] = {
      {CZ_FILTER_FIRST_LOW}, {CZ_FILTER_FIRST_HIGH}, {CZ_FILTER_SECOND_LOW}, {CZ_FILTER_SECOND_HIGH},
      {CZ_FILTER_THIRD_LOW}, {CZ_FILTER_THIRD_HIGH}, {CZ_ODD_LOW},           {CZ_ODD_HIGH}};
  const __m256i first = load(block), zero = _mm256_setzero_si256();
  const __m256i start = _mm256_cmpgt_epi8(first, _mm256_set1_epi8((char)0xBF));
  /* E4 … E9 */
  const __m256i ideograph = _mm256_cmpgt_epi8(_mm256_set1_epi8(-128 + 6),
                                              _mm256_add_epi8(first, _mm256_set1_epi8((char)(0x80 - 0xE4))));
  const __m256i sets =
      _mm256_and_si256(look_up(first, table(tables[0]), table(tables[1])),
                       _mm256_and_si256(look_up(load(block + 1), table(tables[2]), table(tables[3])),
                                        look_up(load(block + 2), table(tables[4]), table(tables[5]))));
  const __m256i odd = look_up(first, table(tables[6]), table(tables[7]));
  block_masks m;
  m.start = bits_of(start);
  m.two = m.start & bits_of(first); /* not ASCII */
  m.three = bits_of(at_least(first, 0xE0));
  m.four = bits_of(at_least(first, 0xF0));
  m.odd = ~bits_of(_mm256_cmpeq_epi8(odd, zero)) & UINT32_MAX;
  m.marks = bits_of(_mm256_andnot_si256(_mm256_and_si256(ideograph, _mm256_cmpeq_epi8(sets, zero)), start));
  return m;
}

static inline block_masks masks_of(const unsigned char *block) {
  const block_masks a = masks_of_half(block), b = masks_of_half(block + 32);
  return (block_masks){a.start | b.start << 32, a.two | b.two << 32, a.three | b.three << 32,
                       a.four | b.four << 32,   a.odd | b.odd << 32, a.marks | b.marks << 32};
}

CZ_WRITE_MARKS_BY_BIT

#include "index_body.h"
#include "join_x86.h"

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

static bool present(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
}

const cz_text_isa cz_text_isa_avx2 = {"avx2", present, index_bytes, join};
#endif
