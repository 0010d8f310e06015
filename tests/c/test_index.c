/* The structural index: what it reports, and that every implementation reports the same. */
#include "../../czcore/src/text/isa.h"
#include "check.h"

enum { ROOM = 1 << 16 };

static uint32_t next_random(uint32_t *state) {
  *state = *state * 1664525u + 1013904223u;
  return *state >> 8;
}

static int32_t encode(uint32_t c, unsigned char *out) {
  if (c < 0x80) {
    out[0] = (unsigned char)c;
    return 1;
  }
  const int32_t size = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  static const unsigned char leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
  for (int32_t i = size - 1; i > 0; i--, c >>= 6)
    out[i] = (unsigned char)(0x80 | (c & 0x3F));
  out[0] = (unsigned char)(leads[size] | c);
  return size;
}

/* Every implementation that this machine has, against the scalar one. True if all agree. */
static bool all_agree(const unsigned char *text, int64_t size) {
  static uint32_t expected[ROOM], found[ROOM];
  int64_t expected_count = 0, expected_length = 0;
  const bool valid = cz_text_isa_scalar.index(text, size, expected, &expected_count, &expected_length);
  bool same = true;
  for (const cz_text_isa *const *isa = cz_text_isas; *isa; isa++) {
    if (!(*isa)->present())
      continue;
    /* A copy of the exact size lets the sanitizer see what is read behind the end. */
    unsigned char *copy = malloc((size_t)size + 1);
    if (!copy)
      return false;
    memcpy(copy, text, (size_t)size);
    unsigned char *exact = realloc(copy, size ? (size_t)size : 1);
    int64_t count = 0, length = 0;
    const bool fine = (*isa)->index(exact, size, found, &count, &length);
    free(exact);
    same = same && fine == valid &&
           (!valid || (count == expected_count && length == expected_length &&
                       memcmp(found, expected, (size_t)count * sizeof *found) == 0));
  }
  return same;
}

static void the_list_ends_with_the_scalar_one(void) {
  int count = 0;
  while (cz_text_isas[count])
    count++;
  CHECK(count >= 1);
  CHECK(cz_text_isas[count - 1] == &cz_text_isa_scalar);
  CHECK(cz_text_isa_scalar.present());
  CHECK(cz_text_isa_chosen()->present());
  CHECK_EQ_TEXT(cz_text_isa_name(), cz_text_isa_chosen()->name);
}

/* What the stages after the index look for must be among the marks; what lies between must be plain. */
static void nothing_wanted_is_missing(void) {
  static const char16_t beginners[] = u"第翻上首双";
  int32_t missing = 0, marked = 0;
  for (uint32_t c = 0; c <= 0x10FFFF; c++) {
    if (c >= 0xD800 && c <= 0xDFFF)
      continue;
    bool wanted = c < 0x4000 || c > 0x9FFF || cz_char_kind((uint16_t)c) != 0;
    for (size_t i = 0; beginners[i]; i++)
      wanted |= c == beginners[i];
    unsigned char text[8];
    const int32_t size = encode(c, text);
    uint32_t marks[8];
    int64_t count = 0, length = 0;
    CHECK(cz_text_index((const char *)text, size, marks, &count, &length, NULL) == CZ_OK);
    missing += length != 1 || count > 1 || (wanted && (count != 1 || marks[0] != 0));
    marked += c >= 0x4000 && c <= 0x9FFF && count == 1;
  }
  CHECK_EQ_INT(missing, 0);
  CHECK(marked < 1500); /* of 24,576: else the index would be no use */
}

static void offsets_are_those_of_the_characters(void) {
  const char *text = "产业5个，提高百分之六。";
  uint32_t marks[64];
  int64_t count, length;
  CHECK_EQ_INT(cz_text_index(text, (int64_t)strlen(text), marks, &count, &length, NULL), CZ_OK);
  CHECK_EQ_INT(length, 12);
  CHECK_EQ_INT(count, 5);
  const int64_t expected[] = {6, 10, 19, 28, 31}; /* 5 ， 百 六 。 */
  for (int64_t i = 0; i < count && i < 5; i++)
    CHECK_EQ_INT(marks[i], expected[i]);
  CHECK_EQ_INT(cz_text_index(NULL, 0, NULL, &count, &length, NULL), CZ_OK);
  CHECK_EQ_INT(count + length, 0);
  CHECK_EQ_INT(cz_text_index("x", -1, marks, &count, &length, NULL), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_text_index("x", 1, NULL, &count, &length, NULL), CZ_ERROR_ARGUMENT);
  cz_error error;
  CHECK_EQ_INT(cz_text_index("好\xE4\xBA", 5, marks, &count, &length, &error), CZ_ERROR_ENCODING);
  CHECK_EQ_INT(error.offset, 3);
}

/* A character of each width, and every way to break it, at every place of a block and across its end. */
static void implementations_agree_at_every_place(void) {
  static const char *const pieces[] = {"a",
                                       "é",
                                       "好",
                                       "四",
                                       "，",
                                       "\U00020000",
                                       "\xC0\x80",
                                       "\xE0\x80\x80",
                                       "\xED\xA0\x80",
                                       "\xF0\x80\x80\x80",
                                       "\xF4\x90\x80\x80",
                                       "\xF8\x88\x80\x80\x80",
                                       "\x80",
                                       "\xE4\xB8",
                                       "\xE4",
                                       "\xF0\x9F\x98",
                                       "\xC3",
                                       "\xFF"};
  int32_t wrong = 0;
  for (size_t piece = 0; piece < sizeof pieces / sizeof *pieces; piece++)
    for (int filler = 0; filler < 2; filler++)
      for (int before = 0; before < 135; before++)
        for (int after = 0; after < 4; after++) {
          unsigned char text[600];
          int64_t size = 0;
          for (int i = 0; i < before; i++)
            if (filler && i + 3 <= before) {
              memcpy(text + size, "好", 3);
              size += 3;
              i += 2;
            } else {
              text[size++] = 'x';
            }
          const size_t length = strlen(pieces[piece]);
          memcpy(text + size, pieces[piece], length);
          size += (int64_t)length;
          for (int i = 0; i < 23 * after; i++)
            text[size++] = (unsigned char)"百分之"[i % 9];
          size -= after * 23 % 3; /* whole characters */
          wrong += !all_agree(text, size);
        }
  CHECK_EQ_INT(wrong, 0);
}

/* Random bytes of several kinds: anything; text with a byte spoiled; only continuation bytes. */
static void implementations_agree_on_random_bytes(void) {
  static unsigned char text[4096];
  uint32_t random = 3;
  int32_t wrong = 0, valid = 0;
  for (int round = 0; round < 3000; round++) {
    const int64_t wanted = next_random(&random) % 700;
    const uint32_t style = next_random(&random) % 4;
    int64_t size = 0;
    while (size < wanted) {
      const uint32_t r = next_random(&random);
      if (style == 0)
        text[size++] = (unsigned char)r;
      else if (style == 1)
        text[size++] = (unsigned char)(0x80 | (r & 0x7F));
      else
        size += encode(r % 16 == 0   ? 0x10000 + r % 0x100000
                       : r % 4 == 0  ? 0x20 + r % 0x5F
                       : r % 16 == 1 ? 0x80 + r % 0x700
                                     : 0x4E00 + r / 16 % 0x5000,
                       text + size);
    }
    if (style == 3 && size)
      text[next_random(&random) % (uint32_t)size] = (unsigned char)next_random(&random);
    wrong += !all_agree(text, size);
    uint32_t marks[4096];
    int64_t count, length;
    valid += cz_text_index((const char *)text, size, marks, &count, &length, NULL) == CZ_OK;
  }
  CHECK_EQ_INT(wrong, 0);
  CHECK(valid > 700 && valid < 2900);
}

static void implementations_decode_alike(void) {
  unsigned char text[3 * 300];
  uint32_t random = 11;
  for (int64_t i = 0; i < 300; i++)
    encode(0x800 + next_random(&random) % 0xC800, text + 3 * i);
  int32_t wrong = 0;
  for (const cz_text_isa *const *isa = cz_text_isas; *isa; isa++)
    for (int64_t from = 0; (*isa)->present() && from < 300; from += 7)
      for (int64_t count = 0; from + count <= 300; count += 1 + count / 9) {
        uint16_t chars[300 + CZ_TEXT_SLACK], expected[300 + CZ_TEXT_SLACK];
        uint32_t places[300 + CZ_TEXT_SLACK], expected_places[300 + CZ_TEXT_SLACK];
        (*isa)->join(text + 3 * from, text + sizeof text, count, 77, chars, places);
        cz_text_isa_scalar.join(text + 3 * from, text + sizeof text, count, 77, expected, expected_places);
        wrong += memcmp(chars, expected, (size_t)count * sizeof *chars) != 0 ||
                 memcmp(places, expected_places, (size_t)count * sizeof *places) != 0;
      }
  CHECK_EQ_INT(wrong, 0);
}

/* Chunks end where a character ends, wherever the characters stand; the first bad byte is found behind any
 * number of good ones. */
static void long_texts_are_read_in_chunks(void) {
  enum { LONG = 3 << 14 };
  static char text[LONG + 8];
  for (int shift = 0; shift < 4; shift++) {
    int64_t size = 0;
    while (size < shift)
      text[size++] = 'x';
    while (size + 4 <= LONG)
      size += encode(shift % 2 ? 0x20000 : 0x597D, (unsigned char *)text + size);
    cz_text read;
    if (!CHECK(cz_text_scan(text, size, NULL, &read, NULL) == CZ_OK))
      return;
    CHECK_EQ_INT(read.length, shift + (size - shift) / (shift % 2 ? 4 : 3));
    CHECK_EQ_INT(read.count, read.length);
    cz_text_release(&read);
    for (int64_t at = 16370; at < 16400; at++) {
      const char good = text[at];
      text[at] = (char)0xFF;
      cz_error error = {0};
      CHECK(cz_text_scan(text, size, NULL, &read, &error) == CZ_ERROR_ENCODING);
      const int64_t width = shift % 2 ? 4 : 3, character = shift + (at - shift) / width * width;
      CHECK_EQ_INT(error.offset, character);
      text[at] = good;
    }
  }
  /* Continuation bytes without a lead, over the end of a chunk. */
  memset(text, 'x', sizeof text);
  memset(text + 16300, 0x80, 200);
  cz_text read;
  cz_error error = {0};
  CHECK(cz_text_scan(text, LONG, NULL, &read, &error) == CZ_ERROR_ENCODING);
  CHECK_EQ_INT(error.offset, 16300);
  memset(text, 'x', sizeof text);
  memcpy(text + 16381, "\xF0\xA0\x80\x80\x80", 5);
  CHECK(cz_text_scan(text, LONG, NULL, &read, &error) == CZ_ERROR_ENCODING);
  CHECK_EQ_INT(error.offset, 16385);
}

static const check_test tests[] = {
    CHECK_TEST(the_list_ends_with_the_scalar_one),     CHECK_TEST(nothing_wanted_is_missing),
    CHECK_TEST(offsets_are_those_of_the_characters),   CHECK_TEST(implementations_agree_at_every_place),
    CHECK_TEST(implementations_agree_on_random_bytes), CHECK_TEST(implementations_decode_alike),
    CHECK_TEST(long_texts_are_read_in_chunks),
};
CHECK_MAIN(tests)
