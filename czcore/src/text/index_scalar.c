/* index_scalar.c: the structural index without vector instructions, and the measure for those with them. */
#include "filter.h"
#include "isa.h"
#include "masks.h"

/* Half byte tables of filter.h. */
static const uint8_t first_low[16] = {CZ_FILTER_FIRST_LOW}, first_high[16] = {CZ_FILTER_FIRST_HIGH},
                     second_low[16] = {CZ_FILTER_SECOND_LOW}, second_high[16] = {CZ_FILTER_SECOND_HIGH},
                     third_low[16] = {CZ_FILTER_THIRD_LOW}, third_high[16] = {CZ_FILTER_THIRD_HIGH},
                     odd_low[16] = {CZ_ODD_LOW}, odd_high[16] = {CZ_ODD_HIGH};

static uint64_t filtered(const unsigned char *at) {
  const uint8_t sets = first_low[at[0] & 15] & first_high[at[0] >> 4] & second_low[at[1] & 15] &
                       second_high[at[1] >> 4] & third_low[at[2] & 15] & third_high[at[2] >> 4];
  return sets != 0;
}

static block_masks masks_of(const unsigned char *block) {
  block_masks m = {0, 0, 0, 0, 0, 0};
  for (int k = 0; k < 64; k++) {
    const unsigned char byte = block[k];
    if ((byte & 0xC0) == 0x80)
      continue;
    const uint64_t bit = UINT64_C(1) << k;
    m.start |= bit;
    if (byte >= 0xE4 && byte <= 0xE9) {
      m.two |= bit;
      m.three |= bit;
      m.marks |= filtered(block + k) << k;
    } else {
      m.marks |= bit;
      if (byte >= 0xC0) {
        m.two |= bit;
        m.three |= byte >= 0xE0 ? bit : 0;
        m.four |= byte >= 0xF0 ? bit : 0;
      }
    }
    m.odd |= odd_low[byte & 15] & odd_high[byte >> 4] ? bit : 0;
  }
  return m;
}

CZ_WRITE_MARKS_BY_BIT

#include "index_body.h"

static bool present(void) {
  return true;
}

static void join(const unsigned char *at, const unsigned char *end, int64_t count, uint32_t place,
                 uint16_t *chars, uint32_t *places) {
  (void)end;
  for (int64_t i = 0; i < count; i++, at += 3) {
    chars[i] = (uint16_t)((at[0] & 0x0Fu) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu));
    places[i] = place + (uint32_t)i;
  }
}

const cz_text_isa cz_text_isa_scalar = {"scalar", present, index_bytes, join};
