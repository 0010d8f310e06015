/* text.h: from bytes to normalised characters.
 *
 * A cz_text validates UTF-8 and holds a second, *compact* copy of the document in which every character is one
 * 16-bit unit, width variants are folded (％ → %, ２ → 2, ． → ., ， stays ，) and what only breaks a line or pads a
 * word is gone: blanks, zero-width characters, and line breaks in the middle of a sentence. Grammar and lexicon
 * work on the compact characters; `place` leads every one of them back to its code point in the document.
 */
#ifndef CZCORE_TEXT_H
#define CZCORE_TEXT_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Character classes of the compact text, one byte each (bits may combine). */
enum {
  CZ_CHAR_DIGIT = 1,     /* 0-9 */
  CZ_CHAR_NUMERAL = 2,   /* 〇零一二两三四五六七八九十百千万亿半几数 and 壹贰… */
  CZ_CHAR_CLAUSE = 4,    /* ， , */
  CZ_CHAR_SENTENCE = 8,  /* 。！？!? and a line break that ends a paragraph (compact '\n') */
  CZ_CHAR_SEMICOLON = 16, /* ；; */
  CZ_CHAR_PAUSE = 32,    /* 、 */
  CZ_CHAR_BRACKET = 64,  /* （）() 《》〈〉【】[] “”‘’「」『』 and straight quotes */
  CZ_CHAR_LATIN = 128    /* A-Z a-z */
};

typedef struct cz_text {
  const char *bytes;     /* borrowed, not copied: must outlive the cz_text */
  int64_t byte_count;
  int64_t length;        /* code points of the document */
  int64_t count;         /* compact characters */
  uint16_t *chars;       /* [count + 1], chars[count] = 0; U+FFFD stands for a character beyond U+FFFF */
  uint32_t *place;       /* [count + 1] code point offset of each; place[count] = length */
  uint8_t *kind;         /* [count + 1] CZ_CHAR_ bits; kind[count] = CZ_CHAR_SENTENCE */
  uint32_t *byte_marks;  /* byte offset of every 16th code point, for cz_text_byte_offset */
  int64_t joined_lines;  /* line breaks inside a sentence that were closed up */
  int64_t joined_digits; /* blanks between digits that were closed up */
  cz_allocator allocator;
} cz_text;

/* Reads `byte_count` bytes of UTF-8 into `out`. A byte order mark at the start counts as a code point and is
 * left out of the compact text. NUL bytes are ordinary characters that never match anything. An empty document
 * is valid. `allocator` NULL means libc; `error` may be NULL. On failure `*out` is zeroed and needs no release.
 * Errors: CZ_ERROR_ENCODING with the offset of the first bad byte, CZ_ERROR_SIZE, CZ_ERROR_MEMORY,
 * CZ_ERROR_ARGUMENT. Time and memory are linear in byte_count. */
CZ_MUST_CHECK cz_status cz_text_scan(const char *bytes, int64_t byte_count, const cz_allocator *allocator,
                                     cz_text *out, cz_error *error);

/* The structural index, the first half of cz_text_scan: validates `byte_count` bytes of UTF-8 and writes the byte offset
 * of every character that is not a plain ideograph to marks[0 … *mark_count), in ascending order. Plain are the
 * characters U+4000 … U+9FFF save the numerals (CZ_CHAR_NUMERAL), 第 翻 上 首 双, and some few that are taken for one
 * of these; so what lies between two marks is three bytes a character and separates nothing. `marks` has room for
 * byte_count items; *length is set to the number of code points. Every implementation gives the same result.
 * Errors: as cz_text_scan. */
CZ_MUST_CHECK cz_status cz_text_index(const char *bytes, int64_t byte_count, uint32_t *marks, int64_t *mark_count,
                                      int64_t *length, cz_error *error);

/* The implementation of the text stage that this process uses: "avx512", "avx2", "neon" or "scalar". The best that the
 * machine has, chosen when the first text is read; the environment variable CZREPORT_ISA, read at that moment, names
 * another one of them. A name that is unknown, or that the machine does not have, changes nothing. */
const char *cz_text_isa_name(void);

/* Frees what cz_text_scan allocated and zeroes *text. NULL and a zeroed cz_text are fine. */
void cz_text_release(cz_text *text);

/* Byte offset of code point `index`, 0 <= index <= length; out-of-range indexes are clamped. At most 16 steps. */
int64_t cz_text_byte_offset(const cz_text *text, int64_t index);

/* Copies code points [start, end) as UTF-8 bytes: returns their address in the document and sets *size. */
const char *cz_text_slice(const cz_text *text, int64_t start, int64_t end, int64_t *size);

/* The folded form of one code point: full-width ASCII to ASCII, blanks of every kind to ' ', zero-width and other
 * format characters to 0 (dropped), U+FFFD beyond the BMP. Used for runtime vocabulary as well. */
uint16_t cz_text_fold(uint32_t code_point);

#ifdef __cplusplus
}
#endif
#endif
