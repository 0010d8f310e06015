/* check.h: a test program in C.
 *
 *   static void reads_nothing(void) { CHECK_EQ_INT(count_of(""), 0); }
 *   static const check_test tests[] = {CHECK_TEST(reads_nothing)};
 *   CHECK_MAIN(tests)
 *
 * A failed check prints file:line and what was found; the test goes on, so that one run shows every failure.
 * The last line is `N passed, N failed`, counted in tests; the exit code is 1 when one failed.
 * Single-threaded.
 */
#ifndef CZCORE_TESTS_CHECK_H
#define CZCORE_TESTS_CHECK_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "czcore/base.h"

typedef struct check_test {
  const char *name;
  void (*run)(void);
} check_test;

/* Failed checks of the test that runs. */
static int check_failures;

#define CHECK_TEST(function)                                                                                 \
  { #function, function }

/* Each evaluates its arguments once and is true when the check holds, so that a test can stop where going on
 * makes no sense: if (!CHECK(block != NULL)) return; */
#define CHECK(condition) check_true(__FILE__, __LINE__, #condition, (condition))
#define CHECK_EQ_INT(actual, expected)                                                                       \
  check_int(__FILE__, __LINE__, #actual, (int64_t)(actual), (int64_t)(expected))
#define CHECK_EQ_TEXT(actual, expected) check_text(__FILE__, __LINE__, #actual, (actual), (expected))
/* The same number to the last bit; two NaN are equal, 0.0 and -0.0 are not. */
#define CHECK_EQ_REAL(actual, expected) check_real(__FILE__, __LINE__, #actual, (actual), (expected))

static inline bool check_true(const char *file, int line, const char *what, bool holds) {
  if (holds)
    return true;
  printf("%s:%d: not true: %s\n", file, line, what);
  check_failures++;
  return false;
}

static inline bool check_int(const char *file, int line, const char *what, int64_t actual, int64_t expected) {
  if (actual == expected)
    return true;
  printf("%s:%d: %s is %lld, expected %lld\n", file, line, what, (long long)actual, (long long)expected);
  check_failures++;
  return false;
}

static inline bool check_text(const char *file, int line, const char *what, const char *actual,
                              const char *expected) {
  if (actual && expected && strcmp(actual, expected) == 0)
    return true;
  if (!actual && !expected)
    return true;
  printf("%s:%d: %s is \"%s\", expected \"%s\"\n", file, line, what, actual ? actual : "(NULL)",
         expected ? expected : "(NULL)");
  check_failures++;
  return false;
}

static inline bool check_real(const char *file, int line, const char *what, double actual, double expected) {
  uint64_t actual_bits, expected_bits;
  memcpy(&actual_bits, &actual, sizeof actual);
  memcpy(&expected_bits, &expected, sizeof expected);
  if (actual_bits == expected_bits || (actual != actual && expected != expected))
    return true;
  printf("%s:%d: %s is %.17g, expected %.17g\n", file, line, what, actual, expected);
  check_failures++;
  return false;
}

static inline int check_run(const check_test *tests, size_t count) {
  int failed = 0;
  for (size_t i = 0; i < count; i++) {
    check_failures = 0;
    tests[i].run();
    if (check_failures == 0)
      continue;
    printf("FAILED %s\n", tests[i].name);
    failed++;
  }
  printf("%d passed, %d failed\n", (int)count - failed, failed);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#define CHECK_MAIN(tests)                                                                                    \
  int main(void) {                                                                                           \
    return check_run(tests, sizeof(tests) / sizeof *(tests));                                                \
  }

/* An allocator that counts, fails on request and knows the size of every block. `countdown` requests succeed,
 * the one after them and all later ones fail; -1 never fails. A wrong size given back counts as an error. */
typedef struct check_memory {
  int64_t countdown;
  int64_t live_blocks;
  int64_t live_bytes;
  int64_t requests;
  int64_t errors;
} check_memory;

enum { CHECK_HEADER = 16 }; /* keeps the block aligned for every type */

static inline bool check_memory_refuses(check_memory *memory) {
  memory->requests++;
  if (memory->countdown == 0)
    return true;
  if (memory->countdown > 0)
    memory->countdown--;
  return false;
}

static inline void *check_memory_note(void *start, size_t size) {
  memcpy(start, &size, sizeof size);
  return (char *)start + CHECK_HEADER;
}

static inline void *check_memory_allocate(void *context, size_t size) {
  check_memory *memory = context;
  if (check_memory_refuses(memory))
    return NULL;
  void *start = malloc(size + CHECK_HEADER);
  if (!start)
    return NULL;
  memory->live_blocks++;
  memory->live_bytes += (int64_t)size;
  memset((char *)start + CHECK_HEADER, 0xA5, size); /* nobody may count on zeros */
  return check_memory_note(start, size);
}

static inline void check_memory_release(void *context, void *block, size_t size) {
  check_memory *memory = context;
  char *start = (char *)block - CHECK_HEADER;
  size_t noted;
  memcpy(&noted, start, sizeof noted);
  if (noted != size)
    memory->errors++;
  memory->live_blocks--;
  memory->live_bytes -= (int64_t)noted;
  free(start);
}

/* Always moves, so that a pointer kept across a resize is found. */
static inline void *check_memory_resize(void *context, void *block, size_t old_size, size_t new_size) {
  void *moved = check_memory_allocate(context, new_size);
  if (!moved)
    return NULL;
  memcpy(moved, block, old_size < new_size ? old_size : new_size);
  check_memory_release(context, block, old_size);
  return moved;
}

static inline cz_allocator check_allocator(check_memory *memory) {
  return (cz_allocator){memory, check_memory_allocate, check_memory_resize, check_memory_release};
}

#define CHECK_NO_LEAK(memory)                                                                                \
  do {                                                                                                       \
    CHECK_EQ_INT((memory).live_blocks, 0);                                                                   \
    CHECK_EQ_INT((memory).live_bytes, 0);                                                                    \
    CHECK_EQ_INT((memory).errors, 0);                                                                        \
  } while (0)

#endif
