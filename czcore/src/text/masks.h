/* text/masks.h: what an instruction set has to tell of 64 bytes, bit k for byte k. */
#ifndef CZCORE_TEXT_MASKS_H
#define CZCORE_TEXT_MASKS_H

#include "../base/internal.h"

typedef struct block_masks {
  uint64_t start;            /* no continuation byte: a character begins */
  uint64_t two, three, four; /* leads a sequence of at least as many bytes */
  uint64_t odd;              /* CZ_ODD_ */
  uint64_t marks;            /* a character begins that is no ideograph, or one that the filter names */
} block_masks;

/* Writes offset + k for every bit k, in order; returns the end. */
#define CZ_WRITE_MARKS_BY_BIT                                                                                \
  static inline uint32_t *write_marks(uint32_t *to, uint64_t bits, uint32_t offset) {                        \
    for (; bits; bits &= bits - 1)                                                                           \
      *to++ = offset + (uint32_t)cz_lowest_bit(bits);                                                        \
    return to;                                                                                               \
  }

#endif
