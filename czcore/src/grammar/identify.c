/* identify.c: whose report, of which year. Arguments win; then title, opening lines, file name. */
#include "internal.h"

#include <string.h>

/* One code point of UTF-8 that is known to be NUL-terminated; malformed bytes give U+FFFD and advance by one.
 */
static uint32_t next_code_point(const unsigned char **at) {
  const unsigned char *p = *at;
  uint32_t c = p[0];
  int more = c < 0x80 ? 0 : c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : c >= 0xC0 ? 1 : -1;
  if (more < 0) {
    *at = p + 1;
    return 0xFFFD;
  }
  if (more)
    c &= (uint32_t)(0x3F >> more);
  for (int i = 1; i <= more; i++) {
    if ((p[i] & 0xC0) != 0x80) {
      *at = p + 1;
      return 0xFFFD;
    }
    c = c << 6 | (p[i] & 0x3F);
  }
  *at = p + 1 + more;
  return c;
}

static int64_t fold_text(const char *text, uint16_t *out, int64_t limit) {
  int64_t n = 0;
  const unsigned char *at = (const unsigned char *)text;
  while (*at && n < limit) {
    uint16_t c = cz_text_fold(next_code_point(&at));
    if (c && c != u' ')
      out[n++] = c;
  }
  return n;
}

/* Does the region's name hold in `year`? The table begins in 2000; earlier years take its first names. */
static bool in_force(const cz_region *region, int32_t year) {
  if (!year)
    return region->last_year >= 9999;
  int32_t y = year < 2000 ? 2000 : year;
  return region->first_year <= y && y <= region->last_year;
}

/* The best sense of a region word for a report: in force in its year, the highest level. -1 if none. */
static int32_t region_row(const cz_reader *reader, const cz_hit *hit, int32_t year) {
  int32_t best = -1;
  bool best_in_force = false;
  for (int32_t i = 0; i < hit->sense_count; i++) {
    if (hit->senses[i].vocabulary != CZ_WORD_REGION)
      continue;
    const cz_region *region = cz_lexicon_region(reader->lexicon, hit->senses[i].row);
    if (!region)
      continue;
    bool now = in_force(region, year);
    const cz_region *old = best >= 0 ? cz_lexicon_region(reader->lexicon, best) : NULL;
    if (!old || (now && !best_in_force) || (now == best_in_force && region->level < old->level)) {
      best = hit->senses[i].row;
      best_in_force = now;
    }
  }
  return best;
}

/* The most specific region named in chars[0..n): 江苏省常州市 → 常州市. */
static int32_t region_in(const cz_reader *reader, const uint16_t *chars, int64_t n, int32_t year) {
  int32_t found = -1;
  for (int64_t at = 0; at < n;) {
    cz_hit hit;
    int32_t length = cz_lexicon_longest(reader->lexicon, chars + at, n - at, CZ_WORD_REGION, &hit);
    if (!length) {
      at++;
      continue;
    }
    int32_t row = region_row(reader, &hit, year);
    if (row >= 0) {
      const cz_region *region = cz_lexicon_region(reader->lexicon, row);
      const cz_region *old = found >= 0 ? cz_lexicon_region(reader->lexicon, found) : NULL;
      /* Of several counties of one name, the one inside the place named before. */
      if (old && hit.sense_count > 1)
        for (int32_t i = 0; i < hit.sense_count; i++) {
          if (hit.senses[i].vocabulary != CZ_WORD_REGION)
            continue;
          const cz_region *other = cz_lexicon_region(reader->lexicon, hit.senses[i].row);
          int32_t scale = old->level == 1 ? 10000 : 100;
          if (other && other->code / scale == old->code / scale && in_force(other, year) &&
              other->code != old->code) {
            row = hit.senses[i].row;
            region = other;
            break;
          }
        }
      if (!old || region->level > old->level)
        found = row;
      at += length;
    } else {
      at++;
    }
  }
  return found;
}

static const char *const provinces_iso[][2] = {
    {"BJ", "110000"}, {"TJ", "120000"}, {"HE", "130000"}, {"SX", "140000"}, {"NM", "150000"},
    {"LN", "210000"}, {"JL", "220000"}, {"HL", "230000"}, {"SH", "310000"}, {"JS", "320000"},
    {"ZJ", "330000"}, {"AH", "340000"}, {"FJ", "350000"}, {"JX", "360000"}, {"SD", "370000"},
    {"HA", "410000"}, {"HB", "420000"}, {"HN", "430000"}, {"GD", "440000"}, {"GX", "450000"},
    {"HI", "460000"}, {"CQ", "500000"}, {"SC", "510000"}, {"GZ", "520000"}, {"YN", "530000"},
    {"XZ", "540000"}, {"SN", "610000"}, {"GS", "620000"}, {"QH", "630000"}, {"NX", "640000"},
    {"XJ", "650000"}, {"TW", "710000"}, {"HK", "810000"}, {"MO", "820000"}};

static int32_t row_of_code(const cz_reader *reader, int32_t code, int32_t year) {
  int32_t best = -1;
  for (int32_t row = 0; row < cz_lexicon_region_count(reader->lexicon); row++) {
    const cz_region *region = cz_lexicon_region(reader->lexicon, row);
    if (region->code != code)
      continue;
    if (best < 0 || in_force(region, year))
      best = row;
  }
  return best;
}

static int32_t year_of(const uint16_t *chars, int64_t n) {
  for (int64_t at = 0; at + 4 <= n; at++) {
    if (chars[at] < u'0' || chars[at] > u'9')
      continue;
    if (at && chars[at - 1] >= u'0' && chars[at - 1] <= u'9')
      continue;
    int32_t value = 0;
    int64_t k = at;
    while (k < n && k - at < 5 && chars[k] >= u'0' && chars[k] <= u'9')
      value = value * 10 + (chars[k++] - u'0');
    if (k - at == 4 && value >= 1949 && value <= 2100)
      return value;
  }
  return 0;
}

/* 二〇二一年 */
static int32_t chinese_year_of(const uint16_t *chars, int64_t n) {
  static const char16_t digits[] = u"〇一二三四五六七八九";
  for (int64_t at = 0; at + 4 <= n; at++) {
    int32_t value = 0, count = 0;
    while (count < 4) {
      int32_t digit = -1;
      for (int32_t d = 0; d < 10; d++)
        if (chars[at + count] == digits[d] ||
            (d == 0 && (chars[at + count] == u'零' || chars[at + count] == u'○')))
          digit = d;
      if (digit < 0)
        break;
      value = value * 10 + digit;
      count++;
    }
    if (count == 4 && value >= 1949 && value <= 2100)
      return value;
  }
  return 0;
}

static bool set_region(cz_reader *reader, int32_t row) {
  const cz_region *region = cz_lexicon_region(reader->lexicon, row);
  if (!region)
    return false;
  reader->region_row = row;
  reader->region_code = region->code;
  reader->national = region->code == 0;
  return true;
}

static cz_status read_argument_region(cz_reader *reader, const char *name) {
  uint16_t chars[64];
  int64_t n = fold_text(name, chars, 64);
  if (n == 6) {
    int32_t code = 0;
    bool digits = true;
    for (int64_t i = 0; i < 6; i++) {
      digits &= chars[i] >= u'0' && chars[i] <= u'9';
      code = code * 10 + (chars[i] - u'0');
    }
    if (digits) {
      int32_t row = row_of_code(reader, code, reader->year);
      if (row >= 0 && set_region(reader, row))
        return CZ_OK;
      return cz_fail(reader->error, CZ_ERROR_ARGUMENT, -1, "region: no region has the code %s", name);
    }
  }
  cz_hit hit;
  if (n && cz_lexicon_exact(reader->lexicon, chars, n, CZ_WORD_REGION, &hit)) {
    int32_t row = region_row(reader, &hit, reader->year);
    if (row >= 0 && set_region(reader, row))
      return CZ_OK;
  }
  int32_t row = region_in(reader, chars, n, reader->year);
  if (row >= 0 && set_region(reader, row))
    return CZ_OK;
  return cz_fail(reader->error, CZ_ERROR_ARGUMENT, -1,
                 "region: '%.80s' is not a region's name or six-digit code", name);
}

/* A line that can name the report: short, no sentence. */
static bool is_title_line(const cz_reader *reader, const cz_line *line) {
  int64_t length = line->end - line->begin;
  if (length > 60 || length < 4)
    return false;
  return cz_chars_find(reader, line->begin, line->end, u"。") < 0;
}

static int64_t find_title(const cz_reader *reader) {
  size_t limit = reader->line_count < 16 ? reader->line_count : 16;
  for (size_t i = 0; i < limit; i++) {
    const cz_line *line = &reader->lines[i];
    if (is_title_line(reader, line) && cz_chars_find(reader, line->begin, line->end, u"政府工作报告") >= 0)
      return (int64_t)i;
  }
  return -1;
}

cz_status cz_identify(cz_reader *reader) {
  const cz_report_options *options = reader->options;
  const uint16_t *chars = reader->text.chars;
  reader->year = options ? options->year : 0;
  reader->region_row = -1;
  reader->region_code = -1;
  int64_t title = find_title(reader);
  const cz_line *line = title >= 0 ? &reader->lines[title] : NULL;
  uint16_t source[256];
  int64_t source_length = options && options->source ? fold_text(options->source, source, 256) : 0;

  bool year_from_source = false, region_from_source = false;
  if (!reader->year && line)
    reader->year = year_of(chars + line->begin, line->end - line->begin);
  if (!reader->year && line)
    reader->year = chinese_year_of(chars + line->begin, line->end - line->begin);
  size_t limit = reader->line_count < 10 ? reader->line_count : 10;
  for (size_t i = 0; i < limit && !reader->year; i++) {
    /* 2021年1月13日在…会议上: the day of delivery */
    const cz_line *l = &reader->lines[i];
    if (l->end - l->begin > 80)
      continue;
    if (cz_chars_find(reader, l->begin, l->end, u"会议上") < 0 &&
        cz_chars_find(reader, l->begin, l->end, u"代表大会") < 0)
      continue;
    reader->year = year_of(chars + l->begin, l->end - l->begin);
    if (!reader->year)
      reader->year = chinese_year_of(chars + l->begin, l->end - l->begin);
  }
  if (!reader->year && source_length) {
    reader->year = year_of(source, source_length);
    year_from_source = reader->year != 0;
  }

  if (options && options->region && options->region[0]) {
    cz_status status = read_argument_region(reader, options->region);
    if (status)
      return status;
  } else {
    int32_t row = line ? region_in(reader, chars + line->begin, line->end - line->begin, reader->year) : -1;
    bool council = line && cz_chars_find(reader, line->begin, line->end, u"国务院") >= 0;
    for (size_t i = 0; i < limit && row < 0 && !council; i++) {
      const cz_line *l = &reader->lines[i];
      int64_t length = l->end - l->begin;
      if (length > 240)
        length = 240;
      if (cz_chars_find(reader, l->begin, l->begin + length, u"我代表国务院") >= 0 ||
          cz_chars_find(reader, l->begin, l->begin + length, u"国务院总理") >= 0 ||
          cz_chars_find(reader, l->begin, l->begin + length, u"全国人民代表大会") >= 0) {
        council = true;
        break;
      }
      if (cz_chars_find(reader, l->begin, l->begin + length, u"人民代表大会") >= 0 ||
          cz_chars_find(reader, l->begin, l->begin + length, u"人民政府") >= 0)
        row = region_in(reader, chars + l->begin, length, reader->year);
    }
    if (council)
      row = row_of_code(reader, 0, 0);
    if (row < 0 && source_length) {
      row = region_in(reader, source, source_length, reader->year);
      /* 2026_JS: ISO 3166-2:CN */
      for (int64_t i = 0; row < 0 && i + 2 <= source_length; i++) {
        if (i && ((source[i - 1] >= u'A' && source[i - 1] <= u'Z') ||
                  (source[i - 1] >= u'a' && source[i - 1] <= u'z')))
          continue;
        if (i + 2 < source_length && ((source[i + 2] >= u'A' && source[i + 2] <= u'Z') ||
                                      (source[i + 2] >= u'a' && source[i + 2] <= u'z')))
          continue;
        for (size_t k = 0; k < sizeof provinces_iso / sizeof *provinces_iso; k++)
          if (source[i] == (uint16_t)provinces_iso[k][0][0] &&
              source[i + 1] == (uint16_t)provinces_iso[k][0][1]) {
            int32_t code = 0;
            for (int d = 0; d < 6; d++)
              code = code * 10 + (provinces_iso[k][1][d] - '0');
            row = row_of_code(reader, code, reader->year);
          }
      }
      region_from_source = row >= 0;
    }
    if (row >= 0 && !set_region(reader, row))
      return CZ_ERROR_ARGUMENT;
  }

  cz_status status = CZ_OK;
  if (line) {
    int64_t size;
    const char *bytes = cz_text_slice(&reader->text, reader->text.place[line->begin],
                                      (int64_t)reader->text.place[line->end - 1] + 1, &size);
    cz_report *report = reader->report;
    report->title_size = (size_t)size + 1;
    report->title = cz_allocate(&reader->allocator, report->title_size);
    if (!report->title)
      return CZ_ERROR_MEMORY;
    memcpy(report->title, bytes, (size_t)size);
    report->title[size] = 0;
    /* A second title means two documents in one file. */
    int64_t titles = 0;
    for (size_t i = 0; i < reader->line_count; i++) {
      const cz_line *l = &reader->lines[i];
      if (is_title_line(reader, l) && l->end - l->begin <= 30 &&
          cz_chars_end(reader, l->begin, l->end, u"政府工作报告"))
        titles++;
    }
    if (titles > 1)
      status = cz_note(reader, "two_titles", "more than one line reads like a report's title", line->begin);
  }
  if (!status && !reader->year)
    status = cz_note(reader, "no_year", "no delivery year found; relative periods stay empty", -1);
  if (!status && reader->region_row < 0)
    status = cz_note(reader, "no_region", "no region found", -1);
  if (!status && year_from_source)
    status = cz_note(reader, "year_from_source", "the year comes from the file name only", -1);
  if (!status && region_from_source)
    status = cz_note(reader, "region_from_source", "the region comes from the file name only", -1);
  return status;
}
