/* text/index_body.h: the structural index, once for all instruction sets.
 *
 * A file that includes this has defined `masks_of`: 64 bytes → a word of bits for each question. Valid UTF-8
 * is then a matter of arithmetic on such words: the continuation bytes must be exactly those that the lead
 * bytes ask for. Only the bytes that need a closer look (CZ_ODD_) are compared one by one, and Chinese text
 * has none of them. */
#include <string.h>

#include "isa.h"

enum { BLOCK = 64, BLOCK_REACH = BLOCK + 2 }; /* masks_of reads two bytes more */

/* Whether the sequence at `at`, of the right length, is well-formed (Unicode 15, table 3-7). */
static bool odd_is_fine(const unsigned char *at) {
  const unsigned char lead = at[0], second = at[1];
  if (lead < 0xC2 || lead > 0xF4)
    return false;
  return lead == 0xE0   ? second >= 0xA0
         : lead == 0xED ? second <= 0x9F
         : lead == 0xF0 ? second >= 0x90
         : lead == 0xF4 ? second <= 0x8F
                        : true;
}

/* Continuation bytes that the block before asks for in this one. */
typedef struct progress {
  uint64_t carry;
  uint32_t *marks;
  int64_t length;
} progress;

/* One block, of which `limit` has the bits that belong to the text. */
static inline bool take_block(progress *p, const unsigned char *block, uint32_t offset, uint64_t limit) {
  const block_masks m = masks_of(block);
  const uint64_t wanted = m.two << 1 | m.three << 2 | m.four << 3 | p->carry;
  p->carry = m.two >> 63 | m.three >> 62 | m.four >> 61;
  if (CZ_UNLIKELY(wanted != ~m.start))
    return false;
  for (uint64_t odd = m.odd & limit; CZ_UNLIKELY(odd != 0); odd &= odd - 1)
    if (!odd_is_fine(block + cz_lowest_bit(odd)))
      return false;
  p->length += cz_bit_count(m.start & limit);
  p->marks = write_marks(p->marks, m.marks & limit, offset);
  return true;
}

static bool index_bytes(const unsigned char *bytes, int64_t size, uint32_t *marks, int64_t *mark_count,
                        int64_t *length) {
  progress p = {0, marks, 0};
  int64_t at = 0;
  for (; size - at >= BLOCK_REACH; at += BLOCK)
    if (!take_block(&p, bytes + at, (uint32_t)at, ~UINT64_C(0)))
      return false;
  for (; at < size; at += BLOCK) {
    unsigned char last[BLOCK_REACH] = {0};
    const int64_t rest = size - at;
    memcpy(last, bytes + at, (size_t)(rest < BLOCK_REACH ? rest : BLOCK_REACH));
    if (!take_block(&p, last, (uint32_t)at, rest >= BLOCK ? ~UINT64_C(0) : (UINT64_C(1) << rest) - 1))
      return false;
  }
  *mark_count = p.marks - marks;
  *length = p.length;
  return p.carry == 0;
}
