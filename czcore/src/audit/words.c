/* words.c: the texts of findings. Numbers are written here, because printf's depend on the locale. */
#include <math.h>
#include <string.h>

#include "internal.h"

static void append(cz_auditor *auditor, cz_words *words, const char *bytes, size_t size) {
  void *block = words->bytes;
  if (words->failed || size == 0)
    return;
  if (!cz_reserve(&auditor->allocator, &block, &words->room, words->size + size, 1)) {
    words->failed = true;
    return;
  }
  words->bytes = block;
  memcpy(words->bytes + words->size, bytes, size);
  words->size += size;
}

void cz_words_free(cz_auditor *auditor, cz_words *words) {
  cz_release(&auditor->allocator, words->bytes, words->room);
}

void cz_say(cz_auditor *auditor, cz_words *words, const char *text) {
  append(auditor, words, text, strlen(text));
}

void cz_say_span(cz_auditor *auditor, cz_words *words, cz_span text) {
  append(auditor, words, text.bytes, (size_t)text.size);
}

void cz_say_both(cz_auditor *auditor, const char *zh, const char *en) {
  cz_say(auditor, &auditor->words, zh);
  cz_say(auditor, &auditor->words_en, en);
}

void cz_say_int(cz_auditor *auditor, cz_words *words, int64_t value) {
  char digits[24];
  size_t at = sizeof digits;
  uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
  do {
    digits[--at] = (char)('0' + rest % 10);
    rest /= 10;
  } while (rest);
  if (value < 0)
    digits[--at] = '-';
  append(auditor, words, digits + at, sizeof digits - at);
}

void cz_say_number(cz_auditor *auditor, cz_words *words, double value) {
  if (isnan(value) || isinf(value)) {
    cz_say(auditor, words, isnan(value) ? "?" : value < 0 ? "-∞" : "∞");
    return;
  }
  double size = fabs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-9)) { /* beyond what reports print: mantissa and power of ten */
    int32_t power = (int32_t)floor(log10(size));
    cz_say_number(auditor, words, value / pow(10, power));
    cz_say(auditor, words, "e");
    cz_say_int(auditor, words, power);
    return;
  }
  int32_t places = 0; /* decimals that leave five significant digits */
  for (double limit = 1e4; size < limit && places < 12; limit /= 10)
    places++;
  if (size == 0)
    places = 0;
  double scale = 1;
  for (int32_t i = 0; i < places; i++)
    scale *= 10;
  uint64_t rounded = (uint64_t)(size * scale + 0.5);
  bool negative = value < 0 && rounded > 0;
  for (; places > 0 && rounded % 10 == 0; places--)
    rounded /= 10;
  char digits[40];
  size_t at = sizeof digits;
  for (int32_t i = 0; i < places; i++, rounded /= 10)
    digits[--at] = (char)('0' + rounded % 10);
  if (places > 0)
    digits[--at] = '.';
  do {
    digits[--at] = (char)('0' + rounded % 10);
    rounded /= 10;
  } while (rounded);
  if (negative)
    cz_say(auditor, words, "-");
  append(auditor, words, digits + at, sizeof digits - at);
}

/* Units stay as they are written, but for two that have English words. */
static cz_span in_english(cz_span unit) {
  static const char points[] = "percentage points", times[] = "times";
  if (cz_span_is(unit, "个百分点") || cz_span_is(unit, "百分点"))
    return (cz_span){points, (int64_t)sizeof points - 1};
  return cz_span_is(unit, "倍") ? (cz_span){times, (int64_t)sizeof times - 1} : unit;
}

void cz_say_interval(cz_auditor *auditor, cz_words *words, cz_interval value, cz_span unit) {
  if (words == &auditor->words_en)
    unit = in_english(unit);
  /* A point is a little wide after rounding outwards. */
  if (value.hi - value.lo <= 1e-9 * fabs(value.hi)) {
    cz_say_number(auditor, words, (value.lo + value.hi) / 2);
  } else if (isinf(value.lo) || isinf(value.hi)) {
    bool above = !isinf(value.lo);
    cz_say(auditor, words, above ? "≥" : "≤");
    cz_say_number(auditor, words, above ? value.lo : value.hi);
  } else {
    cz_say_number(auditor, words, value.lo);
    cz_say(auditor, words, value.lo < 0 || value.hi < 0 ? " … " : "–");
    cz_say_number(auditor, words, value.hi);
  }
  if (unit.size > 0 && !(unit.size == 1 && unit.bytes[0] == '%'))
    cz_say(auditor, words, " ");
  cz_say_span(auditor, words, unit);
}

void cz_say_row(cz_auditor *auditor, int32_t row, bool more) {
  cz_span quote = cz_cell(&auditor->rows.text, row);
  cz_words *zh = &auditor->words, *en = &auditor->words_en;
  cz_say(auditor, zh, more ? "、“" : "“");
  cz_say_span(auditor, zh, quote);
  cz_say(auditor, zh, "”（第 ");
  cz_say_int(auditor, zh, row);
  cz_say(auditor, zh, " 行）");
  cz_say(auditor, en, more ? ", “" : "“");
  cz_say_span(auditor, en, quote);
  cz_say(auditor, en, "” (row ");
  cz_say_int(auditor, en, row);
  cz_say(auditor, en, ")");
}

void cz_say_indicator(cz_auditor *auditor, int32_t row) {
  const cz_claim *claim =
      auditor->claim_of_row[row] < 0 ? NULL : &auditor->network.claims[auditor->claim_of_row[row]];
  const cz_indicator *indicator = claim ? auditor->keys[claim->key].indicator : NULL;
  cz_span phrase = cz_cell(&auditor->rows.indicator, row);
  cz_say_span(auditor, &auditor->words, phrase);
  cz_say(auditor, &auditor->words, "：");
  if (indicator)
    cz_say(auditor, &auditor->words_en, indicator->name_en);
  else
    cz_say_span(auditor, &auditor->words_en, phrase);
  cz_say(auditor, &auditor->words_en, ": ");
}

void cz_say_period(cz_auditor *auditor, cz_words *words, int32_t period) {
  if (period >= CZ_PERIOD_TEXTS)
    cz_say_span(auditor, words, auditor->texts[period - CZ_PERIOD_TEXTS]);
  else if (period > 0)
    cz_say_int(auditor, words, period);
}

bool cz_span_is(cz_span span, const char *text) {
  size_t size = strlen(text);
  return span.size == (int64_t)size && memcmp(span.bytes, text, size) == 0;
}

bool cz_span_has(cz_span span, const char *part) {
  int64_t size = (int64_t)strlen(part);
  for (int64_t at = 0; at + size <= span.size; at++) {
    const char *next = memchr(span.bytes + at, part[0], (size_t)(span.size - size - at + 1));
    if (!next)
      return false;
    at = next - span.bytes;
    if (memcmp(next, part, (size_t)size) == 0)
      return true;
  }
  return false;
}
