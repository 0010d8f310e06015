/* outline.c: lines → headings and paragraphs. */
#include "internal.h"

static bool is_break(const cz_text *text, int64_t at) {
  return text->chars[at] == u'\n';
}

static bool is_chinese_ordinal(uint16_t c) {
  static const char16_t digits[] = u"一二三四五六七八九十";
  for (size_t i = 0; digits[i]; i++)
    if (c == digits[i])
      return true;
  return false;
}

/* Level of a heading mark at the start of [begin, end): 一、 → 1, （一） → 2, 1. → 3; 0 if none. */
static int32_t mark_level(const cz_reader *reader, int64_t begin, int64_t end) {
  const uint16_t *chars = reader->text.chars;
  int64_t at = begin;
  bool bracket = at < end && (chars[at] == u'（' || chars[at] == u'(');
  if (bracket)
    at++;
  int64_t digits = at;
  while (at < end && is_chinese_ordinal(chars[at]))
    at++;
  if (at > digits) {
    if (bracket)
      return at < end && (chars[at] == u'）' || chars[at] == u')') ? 2 : 0;
    if (at < end && chars[at] == u'、')
      return 1;
    return 0;
  }
  if (cz_chars_start(reader, begin, end, u"第")) {
    at = begin + 1;
    while (at < end && (is_chinese_ordinal(chars[at])))
      at++;
    if (at > begin + 1 &&
        (cz_chars_start(reader, at, end, u"部分") || cz_chars_start(reader, at, end, u"章")))
      return 1;
    return 0;
  }
  return 0;
}

static bool has_running_marks(const cz_reader *reader, int64_t begin, int64_t end) {
  for (int64_t at = begin; at < end; at++)
    if (reader->text.kind[at] & (CZ_CHAR_CLAUSE | CZ_CHAR_SEMICOLON) || reader->text.chars[at] == u'。')
      return true;
  return false;
}

static bool has_digits(const cz_text *text, int64_t begin, int64_t end) {
  for (int64_t at = begin; at < end; at++)
    if (text->kind[at] & CZ_CHAR_DIGIT)
      return true;
  return false;
}

static bool holds_any(const cz_reader *reader, int64_t begin, int64_t end, const char16_t *const *words,
                      size_t count) {
  for (size_t i = 0; i < count; i++)
    if (cz_chars_find(reader, begin, end, words[i]) >= 0)
      return true;
  return false;
}

/* 2024年工作回顾, 今年工作安排, 过去五年的发展成就: a line without number that says what the part is about
 * and when. The title of the report is none. */
static bool names_part(const cz_reader *reader, int64_t begin, int64_t end) {
  static const char16_t *const times[] = {u"年", u"时期", u"过去", u"今后"};
  static const char16_t *const parts[] = {u"回顾",     u"工作安排", u"工作总体", u"主要工作", u"重点工作",
                                          u"目标任务", u"主要目标", u"预期目标", u"重点任务", u"主要任务",
                                          u"工作建议", u"工作部署", u"总体要求", u"发展成就", u"工作情况"};
  if (cz_chars_find(reader, begin, end, u"工作报告") >= 0)
    return false;
  return holds_any(reader, begin, end, times, sizeof times / sizeof *times) &&
         holds_any(reader, begin, end, parts, sizeof parts / sizeof *parts);
}

cz_status cz_outline_read(cz_reader *reader) {
  const cz_text *text = &reader->text;
  int64_t at = 0;
  bool numbered = false; /* the parts have numbers: 一、, 二、 */
  while (at < text->count) {
    int64_t end = at;
    while (end < text->count && !is_break(text, end))
      end++;
    if (end > at) {
      cz_line line = {.begin = at, .end = end, .level = 0};
      int32_t level = mark_level(reader, at, end);
      int64_t length = end - at;
      uint16_t last = text->chars[end - 1];
      uint16_t first = text->chars[at];
      bool item = first == u'—' || first == u'―' || first == u'─'; /* ——地区生产总值增长6%左右； */
      bool closed = last == u'。' || last == u'；' || last == u'！' || last == u'：';
      if (level == 1 && length <= 60)
        line.level = closed && has_running_marks(reader, at, end - 1) ? 0 : 1;
      else if (level == 2 && length <= 60 && !closed)
        line.level = 2;
      else if (level == 0 && !item && length <= 40 && !closed && !has_running_marks(reader, at, end))
        line.level = 3;
      else if (level == 0 && !item && !has_digits(text, at, end) && length <= 24 && last == u'。' &&
               !has_running_marks(reader, at, end - 1))
        line.level = 3; /* 国民经济快速增长。 */
      numbered |= line.level == 1;
      if (line.level == 3 && !numbered && length <= 30 && last != u'。' && names_part(reader, at, end))
        line.level = 1;
      void *block = reader->lines;
      if (!cz_reserve(&reader->allocator, &block, &reader->line_capacity, reader->line_count + 1,
                      sizeof line))
        return CZ_ERROR_MEMORY;
      reader->lines = block;
      reader->lines[reader->line_count++] = line;
    }
    at = end + 1;
  }
  return CZ_OK;
}
