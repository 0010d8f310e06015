/* alloc.c: one way to memory. */
#if defined(__linux__)
#define _DEFAULT_SOURCE /* madvise */
#include <sys/mman.h>
#endif
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

/* Where a long text is read, the kernel's work of handing out pages of 4 kB takes as long as reading. Blocks
 * of many megabytes ask for large pages; that this is a wish only is fine. */
static void *prefer_large_pages(void *block, size_t size) {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  enum { LARGE = 1 << 21 };
  if (block && size >= 2 * (size_t)LARGE) {
    const size_t skip = (LARGE - (uintptr_t)block % LARGE) % LARGE;
    (void)madvise((char *)block + skip, (size - skip) / LARGE * LARGE, MADV_HUGEPAGE);
  }
#else
  (void)size;
#endif
  return block;
}

static void *libc_allocate(void *context, size_t size) {
  (void)context;
  return prefer_large_pages(malloc(size), size);
}

static void *libc_resize(void *context, void *block, size_t old_size, size_t new_size) {
  (void)context;
  (void)old_size;
  return prefer_large_pages(realloc(block, new_size), new_size);
}

static void libc_release(void *context, void *block, size_t size) {
  (void)context;
  (void)size;
  free(block);
}

cz_allocator cz_allocator_or_libc(const cz_allocator *allocator) {
  if (allocator)
    return *allocator;
  return (cz_allocator){NULL, libc_allocate, libc_resize, libc_release};
}

/* malloc(0) may return NULL, which would look like failure. */
static size_t at_least_one(size_t size) {
  return size ? size : 1;
}

void *cz_allocate(const cz_allocator *allocator, size_t size) {
  return allocator->allocate(allocator->context, at_least_one(size));
}

void *cz_allocate_zeroed(const cz_allocator *allocator, size_t size) {
  void *block = cz_allocate(allocator, size);
  if (block)
    memset(block, 0, size);
  return block;
}

void *cz_resize(const cz_allocator *allocator, void *block, size_t old_size, size_t new_size) {
  if (!block)
    return cz_allocate(allocator, new_size);
  return allocator->resize(allocator->context, block, at_least_one(old_size), at_least_one(new_size));
}

void cz_release(const cz_allocator *allocator, void *block, size_t size) {
  if (block)
    allocator->release(allocator->context, block, at_least_one(size));
}

bool cz_reserve(const cz_allocator *allocator, void **block, size_t *capacity, size_t needed,
                size_t item_size) {
  if (needed <= *capacity)
    return true;
  size_t limit = SIZE_MAX / item_size;
  if (needed > limit)
    return false;
  /* Half more rather than double: freed blocks add up to one that can be used again. */
  size_t grown = *capacity > limit - *capacity / 2 ? limit : *capacity + *capacity / 2;
  if (grown < 16)
    grown = limit < 16 ? limit : 16;
  if (grown < needed)
    grown = needed;
  void *larger = cz_resize(allocator, *block, *capacity * item_size, grown * item_size);
  if (!larger)
    return false;
  *block = larger;
  *capacity = grown;
  return true;
}
