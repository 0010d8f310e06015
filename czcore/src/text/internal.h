/* text/internal.h: what the files of the text stage share. */
#ifndef CZCORE_TEXT_INTERNAL_H
#define CZCORE_TEXT_INTERNAL_H

#include <uchar.h>

#include "../base/internal.h"
#include "czcore/text.h"

/* Kinds by page of 256 characters. */
extern const uint8_t *const cz_char_pages[256];

/* CZ_CHAR_ bits of a compact character, wherever it stands. */
static inline uint8_t cz_char_kind(uint16_t c) {
  return cz_char_pages[c >> 8][c & 0xFF];
}

static inline bool cz_is_digit(uint16_t c) {
  return c >= u'0' && c <= u'9';
}
static inline bool cz_is_latin(uint16_t c) {
  return (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z');
}

/* A line break of the document in the compact text: where it stands and what the line before it holds. */
typedef struct cz_line_break {
  uint32_t at;   /* index of the '\n' */
  uint8_t kinds; /* CZ_CHAR_ bits of the line before it, joined by or */
  bool blank;    /* empty lines or a page break follow */
} cz_line_break;

/* Decides for every line break whether it ends a line or only the paper did, and closes up the latter. `text`
 * holds chars, place, kind and count with every break in place; chars have room for as many as before. Linear
 * in count. */
void cz_lines_join(cz_text *text, const cz_line_break *breaks, size_t break_count);

#endif
