/* rows.c: quantities → rows of the table. */
#include "internal.h"

#include <math.h>
#include <string.h>

/* Column numbers from the one list. */
enum {
#define COLUMN_ENUM(name, type, categories) COLUMN_##name,
  CZ_QUANTITY_FIELDS(COLUMN_ENUM)
#undef COLUMN_ENUM
};

#define TRY(expression)                                                                                      \
  do {                                                                                                       \
    cz_status try_status = (expression);                                                                     \
    if (try_status)                                                                                          \
      return try_status;                                                                                     \
  } while (0)

static cz_status append_cstring(cz_table *table, int32_t column, const char *text) {
  return cz_table_append_text(table, column, text, (int64_t)strlen(text));
}

/* Writes compact characters as UTF-8, three bytes each at most; returns the size. */
int64_t cz_encode_chars(const cz_reader *reader, int64_t begin, int64_t end, char *out) {
  int64_t size = 0;
  for (int64_t at = begin; at < end; at++) {
    uint16_t c = reader->text.chars[at];
    if (c == u'\n')
      c = u' ';
    if (c < 0x80) {
      out[size++] = (char)c;
    } else if (c < 0x800) {
      out[size++] = (char)(0xC0 | c >> 6);
      out[size++] = (char)(0x80 | (c & 0x3F));
    } else {
      out[size++] = (char)(0xE0 | c >> 12);
      out[size++] = (char)(0x80 | (c >> 6 & 0x3F));
      out[size++] = (char)(0x80 | (c & 0x3F));
    }
  }
  return size;
}

cz_status cz_append_chars(cz_reader *reader, cz_table *table, int32_t column, int64_t begin, int64_t end) {
  if (begin >= end)
    return CZ_OK;
  char *room = cz_table_text_room(table, column, (end - begin) * 3);
  if (!room)
    return CZ_ERROR_MEMORY;
  cz_table_text_used(table, column, cz_encode_chars(reader, begin, end, room));
  return CZ_OK;
}

cz_status cz_append_phrase(cz_reader *reader, cz_table *table, int32_t column, const cz_phrase *phrase) {
  for (int32_t i = 0; i < phrase->count; i++)
    TRY(cz_append_chars(reader, table, column, phrase->runs[i].begin, phrase->runs[i].end));
  return CZ_OK;
}

/* ---- values ---- */

typedef struct figure {
  double value, lo, hi, resolution;
  double canonical;
} figure;

static double scaled(cz_decimal d, int32_t power) {
  return cz_decimal_to_double(cz_decimal_scale(d, power));
}

static double signed_value(const cz_quantity *q, double v) {
  return q->sign < 0 && v != 0 ? -v : v;
}

/* Exact factor from the written unit to the canonical one: canonical = decimal * mantissa * 10^exponent. */
static double canonical_of(const cz_reader *reader, const cz_quantity *q, cz_decimal d, double plain) {
  int32_t power = q->scaled ? q->scale_power : 0;
  if (q->unit_override)
    return plain;
  const cz_unit *unit = cz_lexicon_unit(reader->lexicon, q->unit_row);
  if (!unit)
    return scaled(d, power);
  cz_decimal factor = {unit->factor_mantissa, unit->factor_exponent, 1, true};
  cz_decimal product = cz_decimal_multiply(cz_decimal_scale(d, power), factor);
  return cz_decimal_to_double(product);
}

static figure figure_of(const cz_reader *reader, const cz_quantity *q) {
  figure f;
  double lo = cz_decimal_to_double(q->lo), hi = cz_decimal_to_double(q->hi);
  cz_decimal one = {1, q->resolution, 1, true};
  f.resolution = cz_decimal_to_double(one);
  f.canonical = canonical_of(reader, q, q->lo, lo);
  if (q->ratio) {
    f.value = hi != 0 ? lo / hi : (double)NAN;
    f.canonical = f.value;
    f.resolution = (double)NAN;
  } else if (q->special == CZ_SPECIAL_FRACTION) {
    f.value = f.canonical = hi != 0 ? 100 * lo / hi : (double)NAN;
    f.resolution = (double)NAN;
  } else if (q->unit_class == CZ_UNIT_TENTH) {
    f.value = f.canonical = scaled(q->lo, 1);
    f.resolution *= 10;
  } else if (q->unit_class == CZ_UNIT_DOUBLING) {
    f.value = f.canonical = lo < 64 ? ldexp(1.0, (int)lo) : (double)INFINITY;
    f.resolution = (double)NAN;
  } else if (q->growth_unit) {
    f.value = f.canonical = scaled(q->lo, 2);
    hi = scaled(q->hi, 2);
    f.resolution *= 100;
  } else {
    f.value = lo;
  }
  double low = f.value;
  if (!q->range)
    hi = low;
  f.value = signed_value(q, low);
  f.canonical = signed_value(q, f.canonical);
  f.lo = f.hi = f.value;
  bool falls = q->sign < 0;
  switch ((cz_bound)q->bound) {
  case CZ_BOUND_BETWEEN:
    f.value = f.canonical = (double)NAN;
    f.lo = falls ? -hi : low;
    f.hi = falls ? -low : hi;
    if (f.lo > f.hi) {
      double swap = f.lo;
      f.lo = f.hi;
      f.hi = swap;
    }
    break;
  case CZ_BOUND_AT_LEAST:
  case CZ_BOUND_MORE_THAN:
    if (falls)
      f.lo = -(double)INFINITY;
    else
      f.hi = (double)INFINITY;
    break;
  case CZ_BOUND_AT_MOST:
  case CZ_BOUND_LESS_THAN:
  case CZ_BOUND_NEARLY:
    if (falls)
      f.hi = (double)INFINITY;
    else
      f.lo = -(double)INFINITY;
    break;
  default:
    break;
  }
  return f;
}

static cz_status append_unit(cz_reader *reader, cz_table *table, const cz_quantity *q) {
  const int32_t column = COLUMN_unit;
  if (q->special == CZ_SPECIAL_FRACTION || q->special == CZ_SPECIAL_DIGITS || q->special == CZ_SPECIAL_HALF)
    return append_cstring(table, column, "%");
  if (q->unit_override)
    return append_cstring(table, column, q->unit_override);
  if (q->unit_class == CZ_UNIT_TENTH || q->growth_unit)
    return append_cstring(table, column, "%");
  if (q->unit_class == CZ_UNIT_DOUBLING)
    return append_cstring(table, column, "倍");
  if (q->scaled)
    for (int64_t at = q->scale_begin; at < q->scale_end; at++) {
      uint16_t c = reader->text.chars[at];
      if (c == u'多' || c == u'余' || c == u'几')
        continue; /* 4万多亿元 */
      TRY(cz_append_chars(reader, table, column, at, at + 1));
    }
  if (q->unit_end > q->unit_begin)
    TRY(cz_append_chars(reader, table, column, q->unit_begin, q->unit_end));
  if (q->over_end > q->over_begin) {
    TRY(append_cstring(table, column, "/"));
    return cz_append_chars(reader, table, column, q->over_begin, q->over_end);
  }
  return append_cstring(table, column, q->per);
}

static cz_status append_canonical_unit(cz_reader *reader, cz_table *table, const cz_quantity *q) {
  const int32_t column = COLUMN_canonical_unit;
  if (q->special == CZ_SPECIAL_FRACTION || q->special == CZ_SPECIAL_DIGITS || q->special == CZ_SPECIAL_HALF ||
      q->unit_class == CZ_UNIT_TENTH || q->growth_unit)
    return append_cstring(table, column, "%");
  if (q->unit_override)
    return append_cstring(table, column, q->unit_override);
  if (q->unit_class == CZ_UNIT_DOUBLING)
    return append_cstring(table, column, "倍");
  const cz_unit *unit = cz_lexicon_unit(reader->lexicon, q->unit_row);
  if (unit)
    TRY(append_cstring(table, column, unit->canonical));
  else if (q->unit_end > q->unit_begin)
    TRY(cz_append_chars(reader, table, column, q->unit_begin, q->unit_end));
  if (q->over_end > q->over_begin) {
    TRY(append_cstring(table, column, "/"));
    return cz_append_chars(reader, table, column, q->over_begin, q->over_end);
  }
  return append_cstring(table, column, q->per);
}

/* The numeral without separators: 1,234 → 1234, １·５ → 1.5. */
static cz_status append_number(cz_reader *reader, cz_table *table, const cz_quantity *q) {
  int64_t from = q->number_begin;
  for (int64_t at = q->number_begin; at < q->number_end; at++) {
    uint16_t c = reader->text.chars[at];
    bool separator =
        (c == u',' || c == u'，') && at > q->number_begin && (reader->text.kind[at - 1] & CZ_CHAR_DIGIT);
    bool middle_dot = c == u'·', colon = c == u'：'; /* of a ratio, 1：4 */
    if (!separator && !middle_dot && !colon)
      continue;
    TRY(cz_append_chars(reader, table, COLUMN_number, from, at));
    if (middle_dot)
      TRY(append_cstring(table, COLUMN_number, "."));
    if (colon)
      TRY(append_cstring(table, COLUMN_number, ":"));
    from = at + 1;
  }
  return cz_append_chars(reader, table, COLUMN_number, from, q->number_end);
}

/* Writes a number with `width` places at least, zeros in front, and returns the end. Every row has a few of
 * these, and snprintf takes as long as all the rest of a row. */
static char *put_number(char *out, int32_t number, int width) {
  char digits[16];
  int count = 0;
  const bool negative = number < 0;
  uint32_t rest = negative ? 0u - (uint32_t)number : (uint32_t)number;
  do
    digits[count++] = (char)('0' + rest % 10);
  while ((rest /= 10) != 0);
  while (count + negative < width)
    digits[count++] = '0';
  if (negative)
    *out++ = '-';
  while (count)
    *out++ = digits[--count];
  return out;
}

static cz_status append_period(cz_table *table, const cz_quantity *q) {
  char text[64], *end = text;
  if (!q->end_year)
    return CZ_OK;
  if (q->start_month < 0) { /* halves and quarters */
    end = put_number(end, q->end_year, 1);
    *end++ = '-';
    *end++ = q->start_month < -10 ? 'H' : 'Q';
    end = put_number(end, q->start_month < -10 ? -q->start_month - 10 : -q->start_month, 1);
    return cz_table_append_text(table, COLUMN_period, text, end - text);
  }
  if (q->start_month && q->start_month != q->end_month) {
    end = put_number(end, q->start_year, 1);
    *end++ = '-';
    end = put_number(end, q->start_month, 2);
    *end++ = '/';
  } else if (!q->start_month && q->start_year != q->end_year) {
    end = put_number(end, q->start_year, 1);
    *end++ = '-';
  }
  end = put_number(end, q->end_year, 1);
  if (q->start_month) {
    *end++ = '-';
    end = put_number(end, q->end_month, 2);
  }
  return cz_table_append_text(table, COLUMN_period, text, end - text);
}

static cz_status append_flags(cz_reader *reader, cz_table *table, const cz_quantity *q, bool claim) {
  const char *flags[6];
  int count = 0;
  if (claim && q->unit_row < 0 && !q->unit_class && !q->scaled && !q->unit_override &&
      q->special == CZ_SPECIAL_NONE && !q->ratio)
    flags[count++] = "unit_missing";
  if (claim && q->subject_carried)
    flags[count++] = "subject_carried";
  if (claim && (q->period_assumed || !q->end_year))
    flags[count++] = "period_assumed";
  if (claim && reader->region_row < 0)
    flags[count++] = "region_assumed";
  const uint32_t *place = reader->text.place;
  if ((int64_t)place[q->number_end - 1] - (int64_t)place[q->number_begin] !=
      q->number_end - 1 - q->number_begin)
    flags[count++] = "repaired";
  if (claim && !q->indicator.count)
    flags[count++] = "unparsed";
  for (int i = 0; i < count; i++) {
    if (i)
      TRY(append_cstring(table, COLUMN_flags, ","));
    TRY(append_cstring(table, COLUMN_flags, flags[i]));
  }
  return CZ_OK;
}

static cz_status append_year(cz_table *table, int32_t column, int32_t year) {
  char text[16];
  if (!year)
    return CZ_OK;
  return cz_table_append_text(table, column, text, put_number(text, year, 1) - text);
}

static cz_status append_region_code(cz_reader *reader, cz_table *table, const cz_quantity *q) {
  char text[16];
  int32_t code = reader->region_code;
  const cz_region *region = q->region.count ? cz_lexicon_region(reader->lexicon, q->region_row) : NULL;
  if (region)
    code = region->code;
  if (code < 0)
    return CZ_OK;
  return cz_table_append_text(table, COLUMN_region_code, text, put_number(text, code, 6) - text);
}

/* 其中制造业22亿、服务业12亿: what 、 or 和 puts beside a part in the same unit is a part of the same whole.
 * A comma may lead on to something else. */
static bool is_next_part(const cz_reader *reader, const cz_quantity *part, const cz_quantity *next) {
  if (part->relation != CZ_RELATION_PART_OF || part->main < 0 || next->role != CZ_ROLE_STATEMENT ||
      next->relation != CZ_RELATION_NONE || next->measure != part->measure || next->subject_carried ||
      next->unit_class != part->unit_class || next->unit_row != part->unit_row || next->begin <= part->end)
    return false;
  bool beside =
      reader->text.chars[part->end] == u'、' || cz_chars_start(reader, part->end, next->begin, u"和");
  for (int64_t at = part->end; at < next->begin && beside; at++)
    beside = !(reader->text.kind[at] & CZ_CHAR_SEMICOLON) && reader->text.chars[at] != u'，' &&
             reader->text.chars[at] != u'。';
  return beside;
}

/* Rows that belong to another row of the sentence. */
static void relate(cz_reader *reader, int32_t base) {
  for (size_t i = 0; i < reader->quantity_count; i++) {
    cz_quantity *q = &reader->quantities[i];
    q->main = -1;
    if (q->role == CZ_ROLE_THRESHOLD) {
      for (size_t k = i + 1; k < reader->quantity_count && k < i + 6; k++)
        if (reader->quantities[k].role == CZ_ROLE_STATEMENT) {
          q->relation = CZ_RELATION_THRESHOLD_OF;
          q->main = base + (int32_t)k;
          break;
        }
    } else if (q->role == CZ_ROLE_STATEMENT && q->from) {
      for (size_t k = i + 1; k < reader->quantity_count && k < i + 6; k++)
        if (reader->quantities[k].role == CZ_ROLE_STATEMENT && !reader->quantities[k].from) {
          q->relation = CZ_RELATION_FROM_OF;
          q->main = base + (int32_t)k;
          break;
        }
    } else if (q->relation == CZ_RELATION_PART_OF ||
               (q->role == CZ_ROLE_STATEMENT && q->commitment.count && q->subject_carried)) {
      for (size_t k = i; k-- > 0;) {
        const cz_quantity *o = &reader->quantities[k];
        if (o->role != CZ_ROLE_STATEMENT)
          continue;
        if (q->relation != CZ_RELATION_PART_OF) {
          if (o->measure != q->measure || o->unit_class != q->unit_class)
            break;
          q->relation = CZ_RELATION_STRETCH_OF;
        }
        q->main = base + (int32_t)k;
        break;
      }
    }
    if (q->main < 0)
      q->relation = CZ_RELATION_NONE; /* a relation names its other row */
    if (i > 0 && is_next_part(reader, q - 1, q)) {
      q->relation = CZ_RELATION_PART_OF;
      q->main = (q - 1)->main;
    }
  }
}

/* What the quote takes in beyond the numeral and its unit: 控制在…以内, 连续7年, the marks around “253”. */
static void settle_quote(const cz_reader *reader, cz_quantity *q, int64_t floor) {
  if (q->bound == CZ_BOUND_AT_MOST && q->begin - 3 >= floor &&
      cz_chars_start(reader, q->begin - 3, q->begin, u"控制在"))
    q->begin -= 3;
  if (q->special == CZ_SPECIAL_STREAK && q->begin - 2 >= floor &&
      cz_chars_start(reader, q->begin - 2, q->begin, u"连续"))
    q->begin -= 2;
  if (q->role == CZ_ROLE_OTHER && q->begin - 2 >= floor &&
      cz_chars_start(reader, q->begin - 2, q->begin, u"提前"))
    q->begin -= 2;
  if (q->role == CZ_ROLE_LABEL && q->begin - 1 >= floor && reader->text.chars[q->begin - 1] == u'“' &&
      reader->text.chars[q->end] == u'”') {
    q->begin--;
    q->end++;
  }
  if (q->role == CZ_ROLE_OTHER && q->special == CZ_SPECIAL_SPAN &&
      (reader->text.chars[q->end - 1] == u'来' || reader->text.chars[q->end - 1] == u'间'))
    q->end--;
}

cz_status cz_rows_emit(cz_reader *reader) {
  cz_table *table = reader->report->quantities;
  int32_t base = (int32_t)(cz_table_rows(table) - reader->first_row);
  relate(reader, base);
  for (size_t i = 0; i < reader->quantity_count; i++) {
    cz_quantity *q = &reader->quantities[i];
    settle_quote(reader, q, i ? reader->quantities[i - 1].end : 0);
    bool claim = q->role == CZ_ROLE_STATEMENT || q->role == CZ_ROLE_THRESHOLD;
    figure f = figure_of(reader, q);
    int64_t start = reader->text.place[q->begin], end = (int64_t)reader->text.place[q->end - 1] + 1, size;
    TRY(cz_table_add(table));
    cz_table_set_int64(table, COLUMN_start, start);
    cz_table_set_int64(table, COLUMN_end, end);
    const char *bytes = cz_text_slice(&reader->text, start, end, &size);
    TRY(cz_table_append_text(table, COLUMN_text, bytes, size));
    TRY(append_number(reader, table, q));
    if (claim && !isfinite(f.value) && q->bound != CZ_BOUND_BETWEEN) {
      /* More than a double holds: kept as text. */
      q->role = CZ_ROLE_OTHER;
      claim = false;
    }
    cz_table_set_code(table, COLUMN_role, q->role);
    cz_table_set_code(table, COLUMN_measure, claim ? q->measure : CZ_MEASURE_NONE);
    cz_table_set_float64(table, COLUMN_value, f.value);
    cz_table_set_float64(table, COLUMN_lo, f.lo);
    cz_table_set_float64(table, COLUMN_hi, f.hi);
    cz_table_set_code(table, COLUMN_bound, q->bound);
    cz_table_set_float64(table, COLUMN_resolution, f.resolution);
    cz_table_set_float64(table, COLUMN_canonical_value, claim ? f.canonical : (double)NAN);
    cz_table_set_int32(table, COLUMN_main, -1);
    cz_table_set_int32(table, COLUMN_sentence, reader->sentence);
    TRY(append_flags(reader, table, q, claim));
    TRY(cz_table_append_text(table, COLUMN_section, reader->path_text, (int64_t)reader->path_size));
    TRY(append_region_code(reader, table, q));
    if (!claim)
      continue;
    TRY(append_unit(reader, table, q));
    TRY(append_canonical_unit(reader, table, q));
    if (q->indicator_prefix)
      TRY(append_cstring(table, COLUMN_indicator, q->indicator_prefix));
    TRY(cz_append_phrase(reader, table, COLUMN_indicator, &q->indicator));
    if (q->indicator_suffix)
      TRY(append_cstring(table, COLUMN_indicator, q->indicator_suffix));
    for (int32_t k = 0; k < q->more_count; k++) {
      TRY(append_cstring(table, COLUMN_indicator, "|"));
      TRY(cz_append_phrase(reader, table, COLUMN_indicator, &q->more_indicators[k]));
    }
    const cz_indicator *indicator = cz_lexicon_indicator(reader->lexicon, q->indicator_row);
    if (indicator && !q->more_count)
      TRY(append_cstring(table, COLUMN_indicator_code, indicator->code));
    cz_table_set_code(table, COLUMN_basis, q->basis);
    cz_table_set_code(table, COLUMN_relation, q->relation);
    cz_table_set_int32(table, COLUMN_main, q->main);
    TRY(append_period(table, q));
    TRY(append_year(table, COLUMN_base, q->base_year));
    cz_table_set_int32(table, COLUMN_period_start, q->start_year);
    cz_table_set_int32(table, COLUMN_period_end, q->end_year);
    cz_table_set_int32(table, COLUMN_base_year, q->base_year);
    cz_table_set_code(table, COLUMN_horizon, q->horizon);
    cz_table_set_code(table, COLUMN_kind, q->kind);
    TRY(cz_append_phrase(reader, table, COLUMN_commitment, &q->commitment));
    TRY(cz_append_phrase(reader, table, COLUMN_stretch, &q->stretch));
    TRY(cz_append_phrase(reader, table, COLUMN_region, &q->region));
    TRY(cz_append_phrase(reader, table, COLUMN_scope, &q->scope));
  }
  return CZ_OK;
}
