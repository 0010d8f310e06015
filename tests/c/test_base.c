/* Status texts, version, errors with a place, and memory through an allocator. */
#include "../../czcore/src/base/internal.h"
#include "check.h"

static void every_status_has_its_own_text(void) {
  for (int i = 0; i < CZ_STATUS_COUNT; i++) {
    const char *text = cz_status_describe((cz_status)i);
    CHECK(text != NULL && text[0] != '\0');
    CHECK(strcmp(text, "unknown status") != 0);
    for (int j = 0; j < i; j++)
      CHECK(strcmp(text, cz_status_describe((cz_status)j)) != 0);
  }
  CHECK_EQ_INT(CZ_OK, 0); /* if (status) means failure everywhere */
}

static void a_status_outside_the_list_is_described(void) {
  CHECK_EQ_TEXT(cz_status_describe(CZ_STATUS_COUNT), "unknown status");
  CHECK_EQ_TEXT(cz_status_describe((cz_status)-1), "unknown status");
  CHECK_EQ_TEXT(cz_status_describe((cz_status)INT32_MAX), "unknown status");
}

static void version_is_made_of_the_macros(void) {
  char expected[32];
  snprintf(expected, sizeof expected, "%d.%d.%d", CZ_VERSION_MAJOR, CZ_VERSION_MINOR, CZ_VERSION_PATCH);
  CHECK_EQ_TEXT(cz_version(), expected);
}

static void an_error_holds_status_place_and_message(void) {
  cz_error error = {CZ_OK, 0, ""};
  CHECK_EQ_INT(cz_fail(&error, CZ_ERROR_ENCODING, 42, "byte %d of %s", 7, "x.txt"), CZ_ERROR_ENCODING);
  CHECK_EQ_INT(error.status, CZ_ERROR_ENCODING);
  CHECK_EQ_INT(error.offset, 42);
  CHECK_EQ_TEXT(error.message, "byte 7 of x.txt");
  CHECK_EQ_INT(cz_fail(NULL, CZ_ERROR_SIZE, -1, "nobody listens"), CZ_ERROR_SIZE);
}

/* A message is shown to people: half a character at its end would make it invalid UTF-8. */
static void a_long_message_is_cut_at_a_character(void) {
  static const char *const pieces[] = {"x", "é", "省", "𠮷"};
  for (size_t i = 0; i < 4; i++) {
    size_t size = strlen(pieces[i]);
    for (size_t shift = 0; shift < 4; shift++) {
      char text[512];
      size_t length = 0;
      for (; length < shift; length++)
        text[length] = '-';
      for (; length + size < sizeof text; length += size)
        memcpy(text + length, pieces[i], size);
      text[length] = '\0';
      cz_error error;
      (void)cz_fail(&error, CZ_ERROR_ARGUMENT, -1, "%s", text);
      size_t kept = strlen(error.message);
      size_t room = sizeof error.message - 1;
      CHECK_EQ_INT(kept, shift + (room - shift) / size * size);
      CHECK(memcmp(error.message, text, kept) == 0);
    }
  }
}

static void a_message_that_just_fits_is_whole(void) {
  char text[sizeof((cz_error *)0)->message];
  memset(text, 'a', sizeof text);
  text[sizeof text - 1] = '\0';
  cz_error error;
  (void)cz_fail(&error, CZ_ERROR_ARGUMENT, -1, "%s", text);
  CHECK_EQ_TEXT(error.message, text);
  (void)cz_fail(&error, CZ_ERROR_ARGUMENT, -1, "%s", "");
  CHECK_EQ_TEXT(error.message, "");
}

static void no_allocator_means_libc(void) {
  cz_allocator libc = cz_allocator_or_libc(NULL);
  char *block = cz_allocate(&libc, 5);
  if (!CHECK(block != NULL))
    return;
  memcpy(block, "1234", 5);
  block = cz_resize(&libc, block, 5, 5000);
  if (!CHECK(block != NULL))
    return;
  CHECK_EQ_TEXT(block, "1234");
  cz_release(&libc, block, 5000);
  cz_release(&libc, NULL, 0);
}

static void a_given_allocator_is_used_as_it_is(void) {
  check_memory memory = {.countdown = -1};
  cz_allocator given = check_allocator(&memory);
  cz_allocator copy = cz_allocator_or_libc(&given);
  CHECK(copy.context == &memory);
  CHECK(copy.allocate == given.allocate && copy.resize == given.resize && copy.release == given.release);
}

/* malloc(0) may give NULL; here NULL is always a failure. */
static void nothing_is_something(void) {
  check_memory memory = {.countdown = -1};
  cz_allocator allocator = check_allocator(&memory);
  void *block = cz_allocate(&allocator, 0);
  CHECK(block != NULL);
  block = cz_resize(&allocator, block, 0, 0);
  CHECK(block != NULL);
  cz_release(&allocator, block, 0);
  block = cz_resize(&allocator, NULL, 0, 8);
  CHECK(block != NULL);
  cz_release(&allocator, block, 8);
  CHECK_NO_LEAK(memory);
}

static void zeroed_memory_is_zero(void) {
  check_memory memory = {.countdown = -1};
  cz_allocator allocator = check_allocator(&memory);
  unsigned char *block = cz_allocate_zeroed(&allocator, 100);
  if (!CHECK(block != NULL))
    return;
  for (int i = 0; i < 100; i++)
    CHECK_EQ_INT(block[i], 0);
  cz_release(&allocator, block, 100);
  memory.countdown = 0;
  CHECK(cz_allocate_zeroed(&allocator, 100) == NULL);
  CHECK_NO_LEAK(memory);
}

static void an_array_grows_and_keeps_its_items(void) {
  check_memory memory = {.countdown = -1};
  cz_allocator allocator = check_allocator(&memory);
  void *block = NULL;
  size_t capacity = 0;
  for (size_t i = 0; i < 100000; i++) {
    if (!CHECK(cz_reserve(&allocator, &block, &capacity, i + 1, sizeof(uint64_t))))
      break;
    ((uint64_t *)block)[i] = i * i;
  }
  for (size_t i = 0; i < 100000; i++) {
    if (((uint64_t *)block)[i] != i * i) {
      CHECK_EQ_INT(((uint64_t *)block)[i], i * i);
      break;
    }
  }
  CHECK(memory.requests < 40); /* one by one would be 100,000 */
  size_t before = capacity;
  CHECK(cz_reserve(&allocator, &block, &capacity, 7, sizeof(uint64_t)));
  CHECK_EQ_INT(capacity, before);
  cz_release(&allocator, block, capacity * sizeof(uint64_t));
  CHECK_NO_LEAK(memory);
}

static void an_array_that_cannot_grow_stays(void) {
  check_memory memory = {.countdown = 1};
  cz_allocator allocator = check_allocator(&memory);
  void *block = NULL;
  size_t capacity = 0;
  CHECK(cz_reserve(&allocator, &block, &capacity, 3, 4));
  memcpy(block, "abc", 4);
  void *old_block = block;
  size_t old_capacity = capacity;
  CHECK(!cz_reserve(&allocator, &block, &capacity, capacity + 1, 4));
  CHECK(block == old_block && capacity == old_capacity);
  CHECK_EQ_TEXT((char *)block, "abc");
  cz_release(&allocator, block, capacity * 4);
  CHECK_NO_LEAK(memory);
}

/* needed * item_size must not wrap round to a small number. */
static void a_size_beyond_expression_is_refused(void) {
  check_memory memory = {.countdown = -1};
  cz_allocator allocator = check_allocator(&memory);
  void *block = NULL;
  size_t capacity = 0;
  CHECK(!cz_reserve(&allocator, &block, &capacity, SIZE_MAX, 2));
  CHECK(!cz_reserve(&allocator, &block, &capacity, SIZE_MAX / 8 + 1, 8));
  CHECK_EQ_INT(memory.requests, 0);
  CHECK(block == NULL && capacity == 0);
}

static const check_test tests[] = {
    CHECK_TEST(every_status_has_its_own_text),
    CHECK_TEST(a_status_outside_the_list_is_described),
    CHECK_TEST(version_is_made_of_the_macros),
    CHECK_TEST(an_error_holds_status_place_and_message),
    CHECK_TEST(a_long_message_is_cut_at_a_character),
    CHECK_TEST(a_message_that_just_fits_is_whole),
    CHECK_TEST(no_allocator_means_libc),
    CHECK_TEST(a_given_allocator_is_used_as_it_is),
    CHECK_TEST(nothing_is_something),
    CHECK_TEST(zeroed_memory_is_zero),
    CHECK_TEST(an_array_grows_and_keeps_its_items),
    CHECK_TEST(an_array_that_cannot_grow_stays),
    CHECK_TEST(a_size_beyond_expression_is_refused),
};
CHECK_MAIN(tests)
