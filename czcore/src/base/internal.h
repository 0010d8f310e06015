/* base/internal.h: memory and errors for the stages. Nothing here keeps state; every function may be called
 * from any thread with an allocator of that thread. */
#ifndef CZCORE_BASE_INTERNAL_H
#define CZCORE_BASE_INTERNAL_H

#include <string.h>

#include "czcore/base.h"

#if defined(__GNUC__) || defined(__clang__)
#define CZ_LIKELY(condition) __builtin_expect(!!(condition), 1)
#define CZ_UNLIKELY(condition) __builtin_expect(!!(condition), 0)
#define CZ_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define CZ_LIKELY(condition) (condition)
#define CZ_UNLIKELY(condition) (condition)
#define CZ_PRINTF(text, first)
#endif

/* Number of the lowest bit that is set; bits != 0. */
static inline int cz_lowest_bit(uint64_t bits) {
#if defined(__GNUC__)
  return __builtin_ctzll(bits);
#else
  int number = 0;
  for (; !(bits & 1); bits >>= 1)
    number++;
  return number;
#endif
}

/* How many bits are set. */
static inline int cz_bit_count(uint64_t bits) {
#if defined(__GNUC__)
  return __builtin_popcountll(bits);
#else
  int count = 0;
  for (; bits; bits &= bits - 1)
    count++;
  return count;
#endif
}

/* Which of eight bytes is the first to have one of `bits`; 8 if none does. */
static inline int cz_first_with(const uint8_t *bytes, uint8_t bits) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  uint64_t eight;
  memcpy(&eight, bytes, sizeof eight);
  eight &= UINT64_C(0x0101010101010101) * bits;
  return eight ? cz_lowest_bit(eight) / 8 : 8;
#else
  int at = 0;
  while (at < 8 && !(bytes[at] & bits))
    at++;
  return at;
#endif
}

/* A copy of *allocator, or the functions of libc for NULL. */
cz_allocator cz_allocator_or_libc(const cz_allocator *allocator);

/* A block of `size` bytes, uninitialised; NULL when memory is out. A size of 0 is served as 1, here and
 * below, so that NULL always means failure. `allocator` must not be NULL. */
void *cz_allocate(const cz_allocator *allocator, size_t size);

/* As cz_allocate, every byte 0. */
void *cz_allocate_zeroed(const cz_allocator *allocator, size_t size);

/* Changes the size of `block` (NULL: a new block) and keeps what fits. On NULL the old block is unchanged. */
void *cz_resize(const cz_allocator *allocator, void *block, size_t old_size, size_t new_size);

/* Gives `block` back; `size` is what was last asked for. NULL is fine. */
void cz_release(const cz_allocator *allocator, void *block, size_t size);

/* Makes room for at least `needed` items of `item_size` bytes (> 0) in *block, which holds *capacity items
 * (NULL and 0 at first). Grows by half at least, so that filling an array one by one is linear. Returns
 * false, with block and capacity as they were, when memory is out or the size in bytes cannot be expressed.
 * Release with capacity * item_size. */
CZ_MUST_CHECK bool cz_reserve(const cz_allocator *allocator, void **block, size_t *capacity, size_t needed,
                              size_t item_size);

/* Notes what went wrong in *error (NULL: nowhere) and returns `status`. A message that is too long is cut at
 * a whole character. Floating-point conversions must not be used in `format`: they depend on the locale. */
cz_status cz_fail(cz_error *error, cz_status status, int64_t offset, const char *format, ...) CZ_PRINTF(4, 5);

#endif
