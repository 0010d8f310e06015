/* text/filter.h: which ideographs the structural index reports.
 *
 * Of the ideographs U+4000 … U+9FFF, whose UTF-8 begins with E4 … E9, the stages after the index want to see
 * the numerals (cz_char_kind) and the characters that begin a quantity without being one: 第 翻 上 首 双. A
 * byte table can not name a character of three bytes, but eight sets of characters can: bit k of every entry
 * belongs to set k, and a character is reported when some set has each half byte of its second and third byte
 * and the low half of its first. The sets below were chosen so that few others pass: one character in a
 * hundred of a report. Those are harmless, because the index is read as "look at these"; test_text checks
 * that none of the wanted is missing. */
#ifndef CZCORE_TEXT_FILTER_H
#define CZCORE_TEXT_FILTER_H

/* 0 四六八几  1 七千半捌億上  2 二五柒仟  3 零百数拾翻  4 一两三万壹佰  5 玖萬第首  6 十叁陆双  7 九亿贰肆伍
 */
#define CZ_FILTER_FIRST_LOW 0, 0, 0, 0, 0x96, 0x53, 0x0E, 0x28, 0xA0, 0x68, 0, 0, 0, 0, 0, 0
#define CZ_FILTER_FIRST_HIGH 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0
#define CZ_FILTER_SECOND_LOW                                                                                 \
  0x20, 0x00, 0x80, 0x10, 0x82, 0x09, 0x20, 0x01, 0x12, 0xC8, 0x84, 0x0D, 0xA0, 0x52, 0x20, 0x4C
#define CZ_FILTER_SECOND_HIGH 0, 0, 0, 0, 0, 0, 0, 0, 0xEB, 0x6D, 0x30, 0x9E, 0, 0, 0, 0
#define CZ_FILTER_THIRD_LOW                                                                                  \
  0x99, 0x40, 0x04, 0x02, 0x16, 0x00, 0xE8, 0x10, 0x00, 0x10, 0x02, 0x09, 0x66, 0x81, 0x08, 0x84
#define CZ_FILTER_THIRD_HIGH 0, 0, 0, 0, 0, 0, 0, 0, 0xD6, 0xA5, 0x31, 0x98, 0, 0, 0, 0

/* Bytes that a valid text has only under conditions that the count of continuation bytes does not show: C0
 * C1, E0 ED and F0 … FF. Half byte tables as above. */
#define CZ_ODD_LOW 7, 5, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6, 4, 4
#define CZ_ODD_HIGH 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 4

#endif
