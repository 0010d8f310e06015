/* index_neon.c: the structural index in vectors of 16 bytes, for 64-bit ARM. */
#include "isa.h"

#if defined(CZ_HAS_NEON)
#include <arm_neon.h>

#include "filter.h"
#include "masks.h"

/* One bit for every byte of four vectors, each 0x00 or 0xFF: neighbours are added until 64 bits are left. */
static inline uint64_t bits_of(const uint8x16_t v[4]) {
  static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const uint8x16_t w = vld1q_u8(weights);
  const uint8x16_t ab = vpaddq_u8(vandq_u8(v[0], w), vandq_u8(v[1], w));
  const uint8x16_t cd = vpaddq_u8(vandq_u8(v[2], w), vandq_u8(v[3], w));
  const uint8x16_t all = vpaddq_u8(ab, cd);
  return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(all, all)), 0);
}

/* low[byte % 16] & high[byte / 16] of every byte. */
static inline uint8x16_t look_up(uint8x16_t bytes, const uint8_t *low, const uint8_t *high) {
  return vandq_u8(vqtbl1q_u8(vld1q_u8(low), vandq_u8(bytes, vdupq_n_u8(15))),
                  vqtbl1q_u8(vld1q_u8(high), vshrq_n_u8(bytes, 4)));
}

static inline block_masks masks_of(const unsigned char *block) {
  static const uint8_t tables[8][16] = {
      {CZ_FILTER_FIRST_LOW}, {CZ_FILTER_FIRST_HIGH}, {CZ_FILTER_SECOND_LOW}, {CZ_FILTER_SECOND_HIGH},
      {CZ_FILTER_THIRD_LOW}, {CZ_FILTER_THIRD_HIGH}, {CZ_ODD_LOW},           {CZ_ODD_HIGH}};
  uint8x16_t start[4], two[4], three[4], four[4], odd[4], marks[4];
  for (int k = 0; k < 4; k++) {
    const unsigned char *at = block + 16 * k;
    const uint8x16_t first = vld1q_u8(at);
    const uint8x16_t sets = vandq_u8(look_up(first, tables[0], tables[1]),
                                     vandq_u8(look_up(vld1q_u8(at + 1), tables[2], tables[3]),
                                              look_up(vld1q_u8(at + 2), tables[4], tables[5])));
    const uint8x16_t flags = look_up(first, tables[6], tables[7]);
    const uint8x16_t ideograph = vcltq_u8(vsubq_u8(first, vdupq_n_u8(0xE4)), vdupq_n_u8(6));
    start[k] = vcgtq_s8(vreinterpretq_s8_u8(first), vdupq_n_s8(-65));
    two[k] = vcgeq_u8(first, vdupq_n_u8(0xC0));
    three[k] = vcgeq_u8(first, vdupq_n_u8(0xE0));
    four[k] = vcgeq_u8(first, vdupq_n_u8(0xF0));
    odd[k] = vtstq_u8(flags, flags);
    marks[k] = vorrq_u8(vbicq_u8(start[k], ideograph), vtstq_u8(sets, sets));
  }
  return (block_masks){bits_of(start), bits_of(two), bits_of(three),
                       bits_of(four),  bits_of(odd), bits_of(marks)};
}

CZ_WRITE_MARKS_BY_BIT

#include "index_body.h"

static bool present(void) {
  return true;
}

static void join(const unsigned char *at, const unsigned char *end, int64_t count, uint32_t place,
                 uint16_t *chars, uint32_t *places) {
  enum { AT_ONCE = 8, REACH = 24 };
  static const uint32_t first_four[4] = {0, 1, 2, 3};
  uint32x4_t number = vaddq_u32(vdupq_n_u32(place), vld1q_u32(first_four));
  while (count > 0 && end - at >= REACH) {
    const uint8x8x3_t bytes = vld3_u8(at);
    const uint16x8_t lead = vshlq_n_u16(vmovl_u8(bytes.val[0]), 12);
    const uint16x8_t middle = vshlq_n_u16(vmovl_u8(vand_u8(bytes.val[1], vdup_n_u8(0x3F))), 6);
    const uint16x8_t low = vmovl_u8(vand_u8(bytes.val[2], vdup_n_u8(0x3F)));
    vst1q_u16(chars, vorrq_u16(lead, vorrq_u16(middle, low)));
    vst1q_u32(places, number);
    number = vaddq_u32(number, vdupq_n_u32(4));
    vst1q_u32(places + 4, number);
    number = vaddq_u32(number, vdupq_n_u32(4));
    at += 3 * AT_ONCE;
    chars += AT_ONCE;
    places += AT_ONCE;
    place += AT_ONCE;
    count -= AT_ONCE;
  }
  if (count > 0)
    cz_text_isa_scalar.join(at, end, count, place, chars, places);
}

const cz_text_isa cz_text_isa_neon = {"neon", present, index_bytes, join};
#endif
