/* quantity.c: one numeral with its scale word, unit and the bound words that touch it.
 *
 * The numeral decides what kind of thing is read: digits are always a quantity (every digit run of a text is
 * a row); Chinese numerals only where they state something (三分之二, 翻一番, 一千三百多万, 近十年), not
 * where they name or enumerate.
 */
#include "internal.h"

typedef struct cursor {
  const cz_reader *reader;
  const uint16_t *chars;
  const uint8_t *kind;
  int64_t floor, limit;
} cursor;

static uint16_t at_char(const cursor *c, int64_t at) {
  return at >= c->floor && at < c->limit ? c->chars[at] : 0;
}

static bool is_digit(const cursor *c, int64_t at) {
  return at >= c->floor && at < c->limit && (c->kind[at] & CZ_CHAR_DIGIT);
}

static bool is_latin(const cursor *c, int64_t at) {
  return at >= c->floor && at < c->limit && (c->kind[at] & CZ_CHAR_LATIN);
}

static bool is_dash(uint16_t c) {
  return c == u'-' || c == u'—' || c == u'–' || c == u'―' || c == u'─' || c == u'~' || c == u'～' ||
         c == u'至' || c == u'到';
}

static bool starts(const cursor *c, int64_t at, const char16_t *word) {
  return at >= c->floor && cz_chars_start(c->reader, at, c->limit, word);
}

/* A mark, or the end: what may close a rank or a bare fraction. */
static bool closes(const cursor *c, int64_t at) {
  if (at >= c->limit)
    return true;
  if (c->kind[at] & (CZ_CHAR_CLAUSE | CZ_CHAR_SENTENCE | CZ_CHAR_SEMICOLON | CZ_CHAR_PAUSE | CZ_CHAR_BRACKET))
    return true;
  return c->chars[at] == u'：' || c->chars[at] == u':' || c->chars[at] == u'—';
}

static const cz_unit *unit_of(const cursor *c, int32_t row) {
  return cz_lexicon_unit(c->reader->lexicon, row);
}

/* Longest unit at `at`; its row or -1. */
static int32_t unit_at(const cursor *c, int64_t at, int32_t *length) {
  cz_hit hit;
  *length = 0;
  if (at >= c->limit)
    return -1;
  int32_t n = cz_lexicon_longest(c->reader->lexicon, c->chars + at, c->limit - at, CZ_WORD_UNIT, &hit);
  if (!n)
    return -1;
  /* Latin units end where the letters end: 5G is not 5 克. */
  if (is_latin(c, at + n - 1) && is_latin(c, at + n))
    return -1;
  /* 9个人口20万以上的县: 个 is the unit */
  if (starts(c, at, u"个人口") || starts(c, at, u"个人才"))
    n = cz_lexicon_exact(c->reader->lexicon, c->chars + at, 1, CZ_WORD_UNIT, &hit) ? 1 : n;
  for (int32_t i = 0; i < hit.sense_count; i++)
    if (hit.senses[i].vocabulary == CZ_WORD_UNIT) {
      *length = n;
      return hit.senses[i].row;
    }
  return -1;
}

/* Words that begin with a unit's character and are none: 个人, 家庭, 人均, 件事 … keep a number from taking
 * them as units. */
static bool unit_is_word(const cursor *c, int64_t at, int32_t length) {
  cz_hit hit;
  int32_t n = cz_lexicon_longest(c->reader->lexicon, c->chars + at, c->limit - at, CZ_WORD_CUE, &hit);
  if (n <= length)
    return false;
  for (int32_t i = 0; i < hit.sense_count; i++)
    if (hit.senses[i].vocabulary == CZ_WORD_CUE && hit.senses[i].klass == CZ_CUE_TEXT)
      return true;
  return false;
}

static bool is_vague(uint16_t c) {
  return c == u'多' || c == u'余' || c == u'几';
}

/* Scale words 十 百 千 万 亿 and their compounds at `at`; returns their end. */
static int64_t read_scale(const cursor *c, int64_t at, int32_t *power) {
  *power = 0;
  for (;;) {
    uint16_t x = at_char(c, at);
    int32_t step = x == u'十' ? 1 : x == u'百' ? 2 : x == u'千' ? 3 : x == u'万' ? 4 : x == u'亿' ? 8 : 0;
    if (!step)
      return at;
    int32_t length;
    if (unit_at(c, at, &length) >= 0 && length >= 2)
      return at; /* 千瓦, 百分点 */
    if (step < 4) {
      uint16_t next = at_char(c, at + 1);
      if (next != u'万' && next != u'亿' && next != u'百' && next != u'千') {
        int32_t unit = unit_at(c, at + (is_vague(next) ? 2 : 1), &length); /* 5千户, 5千多户 */
        if (unit < 0)
          return at;
      }
    }
    *power += step;
    at++;
    if (*power >= 16)
      return at;
  }
}

/* Unit behind a numeral, with the scale word before it, vague words between and a written denominator.
 * Returns the end. */
static int64_t read_unit(const cursor *c, int64_t at, cz_quantity *q, bool *vague) {
  *vague = false;
  if (is_vague(at_char(c, at))) {
    /* 多 counts only where a scale or unit follows, or nothing does: 1270多万, 40多家, not 5多样. */
    int32_t length, power;
    int64_t next = read_scale(c, at + 1, &power);
    if (next > at + 1 || unit_at(c, at + 1, &length) >= 0 || closes(c, at + 1)) {
      *vague = true;
      at++;
    }
  }
  q->scale_begin = at;
  q->scale_end = read_scale(c, at, &q->scale_power);
  q->scaled = q->scale_end > at;
  at = q->scale_end;
  if (is_vague(at_char(c, at)) && q->scaled) {
    *vague = true;
    at++;
    /* 4万多亿元: the scale goes on behind the vague word */
    int32_t more;
    int64_t next = read_scale(c, at, &more);
    if (next > at && more >= 8) {
      q->scale_power += more;
      q->scale_end = at = next;
    }
  }
  q->unit_begin = q->unit_end = at;
  q->over_begin = q->over_end = at;
  int32_t length;
  int32_t row = unit_at(c, at, &length);
  if (row >= 0 && q->chinese && unit_is_word(c, at, length))
    row = -1;
  if (row >= 0 && length == 1 &&
      (starts(c, at, u"人口") || starts(c, at, u"人民") || starts(c, at, u"家庭") || starts(c, at, u"人才") ||
       starts(c, at, u"个体")))
    row = -1;
  if (row < 0)
    return at;
  q->unit_row = row;
  q->unit_class = unit_of(c, row)->klass;
  at += length;
  q->unit_end = at;
  /* 套（间）, 台(套): both words are the unit. */
  uint16_t open = at_char(c, at);
  if (open == u'（' || open == u'(') {
    int32_t inner;
    if (unit_at(c, at + 1, &inner) >= 0) {
      uint16_t close = at_char(c, at + 1 + inner);
      if (close == u'）' || close == u')') {
        at += inner + 2;
        q->unit_end = at;
      }
    }
  }
  if (at_char(c, at) == u'/' || at_char(c, at) == u'／') {
    int32_t over;
    int64_t from = at + 1;
    if (unit_at(c, from, &over) >= 0) {
      q->over_begin = from;
      q->over_end = from + over;
      at = q->over_end;
      while (at_char(c, at) == u'·' && unit_at(c, at + 1, &over) >= 0)
        at = q->over_end = at + 1 + over;
    }
  }
  if (is_vague(at_char(c, at)) && at_char(c, at) != u'几') {
    int32_t ignored;
    if (closes(c, at + 1) || q->unit_class == CZ_UNIT_TIME || q->unit_class == CZ_UNIT_DATE ||
        q->unit_class == CZ_UNIT_TIMES || (q->unit_class == CZ_UNIT_MONEY && unit_at(c, at, &ignored) < 0)) {
      if (at_char(c, at + 1) != u'项' && at_char(c, at + 1) != u'元') {
        *vague = true;
        at++;
      }
    }
  }
  return at;
}

/* 以上, 左右, 以内 … right behind the unit. */
static int64_t read_bound_after(const cursor *c, int64_t at, cz_quantity *q) {
  for (int guard = 0; guard < 3 && at < c->limit; guard++) {
    cz_hit hit;
    int64_t from = at;
    /* 10%（含）以上 */
    int32_t n = cz_lexicon_longest(c->reader->lexicon, c->chars + from, c->limit - from, CZ_WORD_CUE, &hit);
    int bound = -1;
    for (int32_t i = 0; i < hit.sense_count && n; i++)
      if (hit.senses[i].vocabulary == CZ_WORD_CUE && hit.senses[i].klass == CZ_CUE_BOUND_AFTER)
        bound = hit.senses[i].value;
    if (bound < 0)
      return at;
    if (at_char(c, at + n - 1) == u'的')
      n--; /* 以上的: the particle stays outside the quote */
    if (n == 1 && (is_vague(at_char(c, at)) || at_char(c, at) == u'内' || at_char(c, at) == u'起'))
      return at;
    if (bound != CZ_BOUND_NONE && (q->bound == CZ_BOUND_NONE || q->bound_numeral)) {
      q->bound = (uint8_t)bound;
      q->bound_numeral = false;
    }
    at += n;
  }
  return at;
}

static void take_numeral(cz_quantity *q, const cz_numeral *n, bool upper) {
  if (!upper)
    q->lo = n->value;
  q->hi = n->value;
  q->resolution = n->resolution;
}

/* A year 1900 … 2100 written with four digits. */
static bool is_year(const cz_numeral *n) {
  return n->form == CZ_NUMERAL_ARABIC && n->digits == 4 && n->value.exponent >= 0 && n->resolution == 0 &&
         cz_decimal_to_double(n->value) >= 1900 && cz_decimal_to_double(n->value) <= 2100;
}

static bool read_numeral(const cursor *c, int64_t at, cz_numeral *n) {
  return at < c->limit && cz_numeral_read(c->chars + at, c->limit - at, n);
}

/* Opening quotation mark at most `reach` characters before, with no closing mark between: returns its place
 * or -1. */
static int64_t open_quote(const cursor *c, int64_t at, int64_t reach) {
  for (int64_t i = at - 1; i >= c->floor && at - i <= reach; i--) {
    uint16_t x = c->chars[i];
    if (x == u'“' || x == u'《' || x == u'「' || x == u'"' || x == u'〈')
      return i;
    if (x == u'”' || x == u'》' || x == u'」' || x == u'〉' || x == u'，' || x == u'。' || x == u'；')
      return -1;
  }
  return -1;
}

static int64_t close_quote(const cursor *c, int64_t at, int64_t reach) {
  for (int64_t i = at; i < c->limit && i - at <= reach; i++) {
    uint16_t x = c->chars[i];
    if (x == u'”' || x == u'》' || x == u'」' || x == u'"' || x == u'〉')
      return i;
    if (x == u'“' || x == u'《' || x == u'，' || x == u'。' || x == u'；')
      return -1;
  }
  return -1;
}

/* Names made of digits: 5G, PM2.5, G60, “253”, 4+1, 2.0版. Returns the end of the name or 0. */
static int64_t read_label(const cursor *c, int64_t at, int64_t number_end, cz_quantity *q) {
  int64_t begin = at, end = number_end;
  while (is_latin(c, begin - 1) || at_char(c, begin - 1) == u'_' || at_char(c, begin - 1) == u'{')
    begin--;
  bool latin = begin < at && is_latin(c, begin);
  if (begin < at && !latin)
    begin = at;
  if (latin && is_latin(c, begin) && q->unit_row >= 0 && q->unit_class != CZ_UNIT_TIME &&
      q->unit_class != CZ_UNIT_DATE && q->unit_class != CZ_UNIT_COUNT && q->unit_class != CZ_UNIT_RANK)
    return 0; /* GDP5%: letters that end a word before a figure with a unit */
  bool plus = (at_char(c, end) == u'+' || at_char(c, end) == u'×') || at_char(c, at - 1) == u'+' ||
              (at_char(c, end) == u'.' && is_digit(c, end + 1)); /* 3.2.1版 */
  bool letters = is_latin(c, end) && q->unit_row < 0;
  if (!latin && !plus && !letters)
    return 0;
  for (;;) {
    if (is_digit(c, end) || is_latin(c, end)) {
      end++;
    } else if ((at_char(c, end) == u'+' || at_char(c, end) == u'×' || at_char(c, end) == u'.' ||
                at_char(c, end) == u'-') &&
               (is_digit(c, end + 1) || is_latin(c, end + 1))) {
      end += 2;
    } else {
      break;
    }
  }
  if (at_char(c, end) == u'}')
    end++;
  if (at_char(c, end) == u'级' || at_char(c, end) == u'版')
    end++; /* 5A级 */
  q->begin = begin;
  q->role = CZ_ROLE_LABEL;
  q->unit_row = -1;
  q->scaled = false;
  q->unit_end = q->unit_begin;
  return end;
}

/* “…” with nothing but a name inside: “双一流196”, “15分钟品质文化生活圈”, 《…2035年…》. Percentages inside
 * quotes stay statements. */
static bool quoted_name(const cursor *c, int64_t at, int64_t end, const cz_quantity *q, int64_t *from,
                        int64_t *to) {
  int64_t open = open_quote(c, at, 16);
  if (open < 0)
    return false;
  int64_t close = close_quote(c, end, 16);
  if (close < 0)
    return false;
  if (q->unit_class == CZ_UNIT_PERCENT || q->unit_class == CZ_UNIT_POINT)
    return false;
  *from = open;
  *to = close + 1;
  return true;
}

static bool time_class(uint8_t klass) {
  return klass == CZ_UNIT_TIME || klass == CZ_UNIT_DATE;
}

/* 年 as a duration that speaks of a span of time: 五年来, 近十年, 过去五年, 五年累计, 十年增加. */
static bool names_plan(const cursor *c, int64_t end) {
  static const char16_t *const words[] = {
      u"行动",     u"规划",     u"计划", u"方案", u"攻坚行动", u"提升行动", u"提升计划", u"倍增行动",
      u"倍增计划", u"攻坚计划", u"制",   u"级",   u"一度",     u"级次",     u"大灶",     u"禁渔",
      u"工程",     u"滚动",     u"树人", u"义务", u"专项行动", u"实施方案", u"会战",     u"一遇",
      u"左右",     u"以上",     u"以内", u"变样", u"任务",     u"免",       u"贷款"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (starts(c, end, words[i]))
      return true;
  return false;
}

/* ---- Arabic numerals ---- */

/* The second part of 1万6千, 2万5千, 1亿3千多万, behind the first number; adds it to q->lo. Returns its end,
 * 0 if there is none. */
static int64_t read_composite(const cursor *c, int64_t at, cz_quantity *q, bool *vague) {
  uint16_t big = at_char(c, at);
  int32_t power = big == u'万' ? 4 : big == u'亿' ? 8 : 0;
  cz_numeral second;
  if (!power || !is_digit(c, at + 1) || !read_numeral(c, at + 1, &second) || second.resolution < 0 ||
      q->lo.exponent != 0)
    return 0;
  int64_t end = at + 1 + second.length;
  int32_t small = 0;
  for (;; end++) {
    uint16_t x = at_char(c, end);
    if (is_vague(x) && small && !*vague) {
      *vague = true;
      continue;
    }
    int32_t step = x == u'百' ? 2 : x == u'千' ? 3 : x == u'万' && power == 8 ? 4 : 0;
    if (!step)
      break;
    small += step;
    if (step == 4) {
      end++;
      break;
    }
  }
  if (!small || small + second.digits > power || q->lo.mantissa > 1000000 || !second.value.exact)
    return 0;
  uint64_t unit = 1;
  for (int32_t i = 0; i < power - small; i++)
    unit *= 10;
  q->lo.mantissa = q->lo.mantissa * unit + second.value.mantissa;
  q->lo.exponent = small - power;
  q->hi = q->lo;
  q->resolution = small - power;
  q->number_end = end;
  return end;
}

/* 跻身服务业全国10强 ranks; 9家企业入围中国企业500强 names a list: the body must touch the number, a verb of
 * ranking stand before it, and no number between. */
static bool among(const cursor *c, int64_t at, int64_t stop) {
  static const char16_t *const bodies[] = {u"全国", u"全省", u"全市", u"全球", u"世界", u"西部", u"中部"};
  static const char16_t *const verbs[] = {u"跻身", u"进入", u"位列", u"位居", u"稳居", u"跃居",
                                          u"迈入", u"挺进", u"冲进", u"重返", u"进位"};
  bool body = false;
  for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
    body |= starts(c, at - 2, bodies[i]);
  if (!body || !closes(c, stop))
    return false;
  for (int64_t i = at - 1; i >= c->floor && at - i <= 24; i--) {
    if ((c->kind[i] & (CZ_CHAR_DIGIT | CZ_CHAR_CLAUSE | CZ_CHAR_SEMICOLON | CZ_CHAR_SENTENCE)) != 0)
      return false;
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
      if (starts(c, i, verbs[k]))
        return true;
  }
  return false;
}

static int64_t read_arabic(const cursor *c, int64_t at, cz_quantity *q) {
  cz_numeral first;
  if (!read_numeral(c, at, &first))
    return 0;
  take_numeral(q, &first, false);
  q->number_begin = at;
  int64_t end = q->number_end = at + first.length;
  uint16_t next = at_char(c, end);

  /* 增长-39.7%: a minus sign behind a word that leads to the number */
  static const char16_t leads[] = u"长为率速幅降达至到";
  uint16_t minus = at_char(c, at - 1);
  for (size_t i = 0; leads[i] && (minus == u'-' || minus == u'−') && !q->negative; i++)
    if (at_char(c, at - 2) == leads[i]) {
      q->negative = true;
      q->begin = at - 1;
    }

  /* 2026-01-22, 2026/1/22: three dates, not a range. */
  if (is_year(&first) && (next == u'-' || next == u'/' || next == u'.') && is_digit(c, end + 1)) {
    cz_numeral month;
    if (read_numeral(c, end + 1, &month) && month.digits <= 2) {
      q->role = CZ_ROLE_DATE;
      q->special = CZ_SPECIAL_YEAR;
      return end;
    }
  }
  if (at >= c->floor + 1 && (at_char(c, at - 1) == u'-' || at_char(c, at - 1) == u'/') && first.digits == 2 &&
      first.resolution == 0 && at - 2 >= 0 && (c->kind[at - 2] & CZ_CHAR_DIGIT)) {
    q->role = CZ_ROLE_DATE;
    return end;
  }
  /* ratio 1:4; a fraction 1/3 */
  if ((next == u':' || next == u'：' || next == u'∶') && is_digit(c, end + 1)) {
    cz_numeral second;
    if (read_numeral(c, end + 1, &second)) {
      q->ratio = true;
      q->hi = second.value;
      q->number_end = end + 1 + second.length;
      return q->number_end;
    }
  }
  if ((next == u'/') && is_digit(c, end + 1) && first.digits <= 2) {
    cz_numeral second;
    if (read_numeral(c, end + 1, &second) && second.digits <= 3 && second.value.mantissa) {
      q->special = CZ_SPECIAL_FRACTION;
      q->hi = second.value; /* denominator */
      q->number_end = end + 1 + second.length;
      return read_bound_after(c, q->number_end, q);
    }
  }

  bool vague;
  bool composite_vague = false;
  int64_t composite = read_composite(c, end, q, &composite_vague);
  if (composite)
    end = composite;
  int64_t stop = read_unit(c, end, q, &vague);
  if (composite) {
    /* 1万6千多户: the largest scale is the unit's */
    q->scaled = true;
    q->scale_begin = q->number_begin + first.length;
    q->scale_end = q->scale_begin + 1;
    q->scale_power = c->chars[q->scale_begin] == u'万' ? 4 : 8;
    vague |= composite_vague;
  }

  /* Range: 4.5%—5%, 5000到6000, 5万至6万人, 1—11月. 从X到Y is not a range but two numbers. */
  int64_t dash = stop;
  uint16_t mark = at_char(c, dash);
  uint16_t before = at_char(c, at - 1);
  bool from = before == u'从' || before == u'由' || before == u'自';
  if (is_dash(mark) && !from && !is_latin(c, at - 1)) {
    int64_t second_at = dash + 1;
    while (is_dash(at_char(c, second_at)) && at_char(c, second_at) != u'至' && at_char(c, second_at) != u'到')
      second_at++;
    cz_numeral second;
    bool word_dash = mark == u'至' || mark == u'到';
    if (is_digit(c, second_at) && read_numeral(c, second_at, &second)) {
      cz_quantity other = *q;
      other.unit_row = -1;
      other.unit_class = 0;
      other.scaled = false;
      bool ignored;
      int64_t second_stop = read_unit(c, second_at + second.length, &other, &ignored);
      bool years = is_year(&first) && is_year(&second);
      /* 2021年至2025年 keeps its two dates; a date against a figure is no range either. */
      bool same = q->unit_row < 0 || other.unit_row < 0 || q->unit_row == other.unit_row;
      bool grows = cz_decimal_compare(q->lo, second.value) <= 0 || q->scaled != other.scaled || years;
      if (same && grows && !(word_dash && years && q->unit_row >= 0) &&
          !(word_dash && q->unit_class == CZ_UNIT_DATE)) {
        bool first_scaled = q->scaled;
        int32_t first_power = q->scale_power;
        if (other.unit_row >= 0 || q->unit_row < 0) {
          q->unit_row = other.unit_row;
          q->unit_class = other.unit_class;
          q->unit_begin = other.unit_begin;
          q->unit_end = other.unit_end;
          q->over_begin = other.over_begin;
          q->over_end = other.over_end;
          q->scaled = other.scaled;
          q->scale_power = other.scale_power;
          q->scale_begin = other.scale_begin;
          q->scale_end = other.scale_end;
        }
        /* 5万至6万人: both carry the scale. 9000至1.2万人: the first does not. */
        if (q->scaled && !first_scaled && cz_decimal_compare(q->lo, cz_decimal_scale(second.value, 1)) > 0)
          q->lo = cz_decimal_scale(q->lo, -q->scale_power);
        else if (first_scaled && q->scaled && first_power != q->scale_power)
          q->lo = cz_decimal_scale(q->lo, first_power - q->scale_power);
        q->hi = second.value;
        if (second.resolution < q->resolution)
          q->resolution = second.resolution;
        q->range = true;
        q->number_end = second_at + second.length;
        stop = second_stop;
        if (years) {
          q->role = CZ_ROLE_DATE;
          q->special = CZ_SPECIAL_YEAR;
          return stop;
        }
      }
    }
  }
  if (vague && q->bound == CZ_BOUND_NONE) {
    q->bound = CZ_BOUND_MORE_THAN;
    q->bound_numeral = true;
  }

  int64_t label = read_label(c, at, q->number_end, q);
  if (label)
    return label;
  if (starts(c, q->number_end, u"千伏") && !closes(c, q->number_end + 2) &&
      at_char(c, q->number_end + 2) != u'/') { /* 750千伏输变电工程 */
    q->role = CZ_ROLE_LABEL;
    return q->number_end + 2;
  }
  if (starts(c, q->number_end, u"英寸")) { /* 12英寸晶圆: a size that names */
    q->role = CZ_ROLE_LABEL;
    return q->number_end + 2;
  }
  if (starts(c, q->number_end, u"号") || starts(c, q->number_end, u"版") ||
      starts(c, q->number_end, u"国道") || starts(c, q->number_end, u"省道") ||
      starts(c, q->number_end, u"线")) { /* 2号线, 2.0版, 312国道 */
    q->role = CZ_ROLE_LABEL;
    q->unit_row = -1;
    q->unit_end = q->unit_begin;
    return q->number_end + (starts(c, q->number_end, u"号线") || starts(c, q->number_end, u"国道") ||
                                    starts(c, q->number_end, u"省道")
                                ? 2
                                : 1);
  }
  if (q->unit_row < 0 && !q->scaled && first.resolution == -1 && !q->range &&
      c->chars[q->number_end - 1] == u'0' && first.digits == 2 && at_char(c, at - 1) != u'到' &&
      at_char(c, at - 1) != u'为') {
    q->role = CZ_ROLE_LABEL; /* 数字政府2.0 */
    return q->number_end;
  }

  /* Dates. 月 and 日 after a number are dates, 年 only with four digits. */
  if (q->unit_class == CZ_UNIT_DATE && q->unit_end > q->unit_begin && !q->scaled) {
    uint16_t unit = c->chars[q->unit_begin];
    if (unit == u'年' && is_year(&first)) {
      q->special = CZ_SPECIAL_YEAR;
      q->role = CZ_ROLE_DATE;
      return stop;
    }
    double month = cz_decimal_to_double(first.value);
    if (unit == u'月' && month >= 1 && month <= 12 && first.resolution == 0) {
      q->special = CZ_SPECIAL_MONTH;
      q->role = CZ_ROLE_DATE;
      if (starts(c, stop, u"份"))
        stop++;
      if (starts(c, stop, u"底") || starts(c, stop, u"末") || starts(c, stop, u"初"))
        stop++;
      return stop;
    }
    if (unit == u'日' && month >= 1 && month <= 31 && first.resolution == 0) {
      q->special = CZ_SPECIAL_DAY;
      q->role = CZ_ROLE_DATE;
      return stop;
    }
  }
  if (is_year(&first) && q->unit_row < 0 && !q->scaled) {
    /* 2020中国马拉松, (2021): a year that names something, or a bare year. */
    q->role = closes(c, stop) ? CZ_ROLE_DATE : CZ_ROLE_LABEL;
    if (q->role == CZ_ROLE_DATE)
      q->special = CZ_SPECIAL_YEAR;
    return stop;
  }
  int64_t name_from, name_to;
  if (quoted_name(c, at, stop, q, &name_from, &name_to)) {
    q->role = CZ_ROLE_LABEL;
    return stop;
  }
  if (q->scaled && starts(c, q->unit_begin, u"级")) { /* 100亿级产业名镇: a tier */
    q->special = CZ_SPECIAL_TIER;
    q->role = CZ_ROLE_OTHER;
    q->unit_row = -1;
    return q->unit_begin + 1;
  }
  /* 30万吨级, 5A级 (above), 2.0版, 3D: names of kinds. 级 alone is a grade. */
  if (starts(c, stop, u"级") && (q->unit_row >= 0 || q->scaled)) {
    q->role = CZ_ROLE_LABEL;
    return stop + 1;
  }
  if (q->unit_row >= 0 && (q->unit_class == CZ_UNIT_PHYSICAL) && !closes(c, stop) &&
      (starts(c, at - 2, u"年产") || starts(c, at - 2, u"时速")) && q->bound == CZ_BOUND_NONE) {
    int64_t after = read_bound_after(c, stop, q);
    if (after == stop) { /* 年产150万吨芳烃项目: a capacity that names */
      q->role = CZ_ROLE_LABEL;
      return stop;
    }
    q->bound = CZ_BOUND_NONE;
  }
  stop = read_bound_after(c, stop, q);

  /* 前10位, 第26位 */
  int64_t lead = at - 1;
  if (at_char(c, lead) == u'第') {
    q->ordinal = true;
    q->begin = lead;
  } else if (at_char(c, lead) == u'前' && q->unit_class == CZ_UNIT_RANK) {
    q->front = true;
    q->begin = lead;
  } else if (q->unit_class == CZ_UNIT_RANK && at_char(c, q->unit_begin) == u'强' && among(c, at, stop)) {
    q->front = true; /* 跻身全国10强 */
  } else if (q->unit_class == CZ_UNIT_RANK && at_char(c, q->unit_begin) == u'强') {
    q->role = CZ_ROLE_LABEL; /* 500强 names a list; 前50强 ranks */
    return stop;
  }
  if (q->ordinal) {
    bool rank = q->unit_class == CZ_UNIT_RANK || starts(c, q->number_end, u"名") ||
                (starts(c, q->number_end, u"大") && !starts(c, q->number_end, u"大会"));
    if (rank || (q->unit_row < 0 && closes(c, stop))) {
      q->special = CZ_SPECIAL_RANK;
      if (starts(c, q->number_end, u"名")) {
        q->unit_begin = q->number_end;
        q->unit_end = stop = q->number_end + 1;
      } else if (starts(c, q->number_end, u"大")) {
        q->unit_row = -1;
        q->unit_begin = q->unit_end = q->number_end;
        stop = q->number_end + 1;
      }
    } else if (!starts(c, q->unit_begin, u"个") || q->unit_row < 0) {
      q->role = CZ_ROLE_LABEL; /* 第19届, 第4次 */
    }
  } else if (q->front) {
    q->special = CZ_SPECIAL_RANK;
    q->bound = CZ_BOUND_AT_MOST;
  }
  if (time_class(q->unit_class) && q->unit_row >= 0 && c->chars[q->unit_begin] == u'年' &&
      !names_plan(c, q->unit_end))
    q->special = CZ_SPECIAL_SPAN;
  if (q->special == CZ_SPECIAL_SPAN &&
      (starts(c, stop, u"来") || (starts(c, stop, u"间") && !starts(c, stop, u"间接"))))
    stop++;
  return stop;
}

/* ---- Chinese numerals ---- */

static int64_t read_percent(const cursor *c, int64_t at, cz_quantity *q) {
  /* 百分之七点五, 百分之八至九, 千分之三 */
  cz_numeral n;
  if (!read_numeral(c, at + 3, &n))
    return 0;
  take_numeral(q, &n, false);
  q->number_begin = at + 3;
  int64_t end = q->number_end = at + 3 + n.length;
  q->unit_override = c->chars[at] == u'百' ? "%" : c->chars[at] == u'千' ? "‰" : "‱";
  q->unit_class = c->chars[at] == u'百' ? CZ_UNIT_PERCENT : CZ_UNIT_PER_MILLE;
  uint16_t mark = at_char(c, end);
  uint16_t before = at_char(c, at - 1);
  if (is_dash(mark) && before != u'从' && before != u'由') {
    int64_t from = end + 1;
    if (starts(c, from, u"百分之") || starts(c, from, u"千分之"))
      from += 3;
    cz_numeral second;
    if (read_numeral(c, from, &second) && cz_decimal_compare(n.value, second.value) < 0) {
      q->hi = second.value;
      q->range = true;
      end = q->number_end = from + second.length;
      if (second.resolution < q->resolution)
        q->resolution = second.resolution;
    }
  }
  if (at_char(c, end) == u'多' || at_char(c, end) == u'几') {
    q->bound = CZ_BOUND_MORE_THAN;
    q->bound_numeral = true;
    end++;
  }
  q->scale_begin = q->scale_end = q->unit_begin = q->unit_end = q->over_begin = q->over_end = end;
  return read_bound_after(c, end, q);
}

static cz_decimal whole(uint64_t value) {
  return (cz_decimal){.mantissa = value, .exponent = 0, .sign = 1, .exact = true};
}

/* Words that are numerals by themselves: 两位数, 半数, 首位, 零新增, 清零. */
static int64_t read_word_numeral(const cursor *c, int64_t at, cz_quantity *q) {
  cz_hit hit;
  int32_t n = cz_lexicon_longest(c->reader->lexicon, c->chars + at, c->limit - at, CZ_WORD_CUE, &hit);
  for (int32_t i = 0; n && i < hit.sense_count; i++) {
    if (hit.senses[i].vocabulary != CZ_WORD_CUE)
      continue;
    int64_t end = at + n;
    int klass = hit.senses[i].klass;
    uint64_t value = hit.senses[i].value > 0 ? (uint64_t)hit.senses[i].value : 0;
    if (klass == CZ_CUE_DIGITS) {
      q->special = CZ_SPECIAL_DIGITS;
      q->bound = CZ_BOUND_AT_LEAST;
      q->unit_override = "%";
      q->unit_class = CZ_UNIT_PERCENT;
    } else if (klass == CZ_CUE_HALF) {
      q->special = CZ_SPECIAL_HALF;
      q->unit_override = "%";
      q->unit_class = CZ_UNIT_PERCENT;
      if (c->chars[at] == u'过')
        q->bound = CZ_BOUND_MORE_THAN;
      if (c->chars[at] == u'近')
        q->bound = CZ_BOUND_NEARLY;
    } else if (klass == CZ_CUE_FIRST) {
      /* 居首位 ranks, 摆在首位 does not: a body or a ranking verb must stand before. */
      uint16_t before = at_char(c, at - 1);
      if (before == u'在' || before == u'于' || before == u'的' ||
          (n == 1 && before != u'国' && before != u'省'))
        continue;
      if (n == 1 && !closes(c, end))
        continue;
      if (starts(c, end, u"战略") || starts(c, end, u"产业") || starts(c, end, u"度"))
        continue; /* 首位产业, 首位度 */
      q->special = CZ_SPECIAL_RANK;
      if (n == 2 && c->chars[at + 1] == u'位') {
        q->unit_class = CZ_UNIT_RANK;
        q->unit_begin = at + 1;
        q->unit_end = end;
        q->number_begin = at;
        q->number_end = at + 1;
        q->lo = q->hi = whole(1);
        q->scale_begin = q->scale_end = at + 1;
        q->over_begin = q->over_end = end;
        return end;
      }
    } else if (klass == CZ_CUE_ZEROWORD || klass == CZ_CUE_CLEAR) {
      if (klass == CZ_CUE_CLEAR && at_char(c, at - 1) == u'未')
        continue;
      q->special = CZ_SPECIAL_ZERO;
      value = 0;
    } else {
      continue;
    }
    q->lo = q->hi = whole(value);
    q->number_begin = at;
    q->number_end = klass == CZ_CUE_ZEROWORD ? at + 1 : end;
    q->scale_begin = q->scale_end = q->unit_begin = q->unit_end = q->over_begin = q->over_end = end;
    return klass == CZ_CUE_HALF || klass == CZ_CUE_DIGITS ? read_bound_after(c, end, q) : end;
  }
  return 0;
}

/* 第一 … 第三: a rank where something is ranked; 第一方阵 is a tier; 第一产业, 第一次 name or enumerate. */
static int64_t read_ordinal(const cursor *c, int64_t at, cz_quantity *q) {
  cz_numeral n;
  if (!read_numeral(c, at + 1, &n) || n.form != CZ_NUMERAL_CHINESE)
    return 0;
  int64_t end = at + 1 + n.length;
  take_numeral(q, &n, false);
  q->ordinal = true;
  q->number_begin = at + 1;
  q->number_end = end;
  q->scale_begin = q->scale_end = q->unit_begin = q->unit_end = q->over_begin = q->over_end = end;
  if (starts(c, end, u"方阵") || starts(c, end, u"梯队") || starts(c, end, u"军团")) {
    q->special = CZ_SPECIAL_TIER;
    q->role = CZ_ROLE_OTHER;
    return end + 2;
  }
  q->special = CZ_SPECIAL_RANK;
  if (starts(c, end, u"位")) {
    q->unit_class = CZ_UNIT_RANK;
    q->unit_begin = end;
    q->unit_end = end + 1;
    return end + 1;
  }
  if (starts(c, end, u"名") && closes(c, end + 1)) {
    q->unit_begin = end;
    q->unit_end = end + 1;
    return end + 1;
  }
  /* Without a unit the words before must rank: 全省第一, 居第三, 位列第二, 数量第一. */
  bool ranked = false, scoped = false;
  for (int64_t from = at - 6 < c->floor ? c->floor : at - 6; from < at && !ranked; from++) {
    cz_hit hit;
    int32_t length = cz_lexicon_longest(c->reader->lexicon, c->chars + from, at - from,
                                        CZ_WORD_CUE | CZ_WORD_REGION, &hit);
    if (!length || from + length != at)
      continue;
    if (at_char(c, from - 1) == u'个')
      return 0; /* “十个全国第一” */
    for (int32_t i = 0; i < hit.sense_count; i++) {
      scoped |= hit.senses[i].vocabulary == CZ_WORD_CUE && hit.senses[i].klass == CZ_CUE_SCOPE;
      ranked |= hit.senses[i].vocabulary == CZ_WORD_REGION ||
                (hit.senses[i].vocabulary == CZ_WORD_CUE &&
                 (hit.senses[i].klass == CZ_CUE_SCOPE || hit.senses[i].klass == CZ_CUE_RANKVERB ||
                  hit.senses[i].klass == CZ_CUE_GENERIC || hit.senses[i].klass == CZ_CUE_ALL ||
                  hit.senses[i].klass == CZ_CUE_REACH));
    }
  }
  if (!ranked && at >= 1 && c->chars[at - 1] == u'、' && at >= 3 && c->chars[at - 3] == u'第')
    ranked = true; /* 第五、第六 */
  if (!ranked)
    return 0;
  uint16_t next = at_char(c, end);
  static const char16_t enumerates[] = u"产个批次届期轮季步线条家种代部章号类方";
  bool names = false;
  for (size_t i = 0; enumerates[i]; i++)
    names |= next == enumerates[i];
  if (!names && scoped)
    return end; /* 储量全国第一优势 */
  if (starts(c, end, u"大") && !starts(c, end, u"大会"))
    return end + 1;
  if (closes(c, end) || starts(c, end, u"和") || starts(c, end, u"的") || starts(c, end, u"并"))
    return end;
  return 0;
}

/* Where a single Chinese numeral before a counted noun states a number: 三家, 两座; 三大, 两个, 六项
 * enumerate. */
static bool small_count(const cursor *c, const cz_quantity *q) {
  static const char16_t *const units[] = {u"家",   u"所", u"座", u"户", u"辆", u"艘", u"架", u"人次",
                                          u"万人", u"届", u"亩", u"宗", u"起", u"列", u"栋", u"幢"};
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    if (cz_chars_equal(c->chars, q->unit_begin, q->unit_end, units[i]))
      return true;
  uint16_t before = at_char(c, q->begin - 1);
  return before == u'分' && (cz_chars_equal(c->chars, q->unit_begin, q->unit_end, u"批") ||
                             cz_chars_equal(c->chars, q->unit_begin, q->unit_end, u"期"));
}

/* 百亿项目4个, 千亿产业3个: a sum without its unit that sorts what is counted behind it. */
static bool names_size(const cursor *c, const cz_quantity *q) {
  static const char16_t *const kinds[] = {u"项目", u"企业", u"产业", u"集群", u"园区"};
  if (q->scale_end <= q->scale_begin || c->chars[q->scale_end - 1] != u'亿')
    return false;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (!starts(c, q->scale_end, kinds[i]))
      continue;
    int64_t at = q->scale_end + 2;
    if (starts(c, at, u"集群") || starts(c, at, u"园区"))
      at += 2;
    if (starts(c, at, u"达到"))
      at += 2;
    else if (starts(c, at, u"达"))
      at++;
    return is_digit(c, at);
  }
  return false;
}

static int64_t read_chinese(const cursor *c, int64_t at, cz_quantity *q) {
  q->chinese = true;
  if (starts(c, at, u"百分之") || starts(c, at, u"千分之") || starts(c, at, u"万分之")) {
    int64_t end = read_percent(c, at, q);
    if (end)
      return end;
  }
  int64_t end = read_word_numeral(c, at, q);
  if (end)
    return end;
  if (open_quote(c, at, 6) >= 0 && close_quote(c, at, 8) >= 0 && at_char(c, at - 1) != u'“')
    return 0; /* “最后一公里” */
  uint16_t before = at_char(c, at - 1);
  if (before == u'第' || before == u'每' || before == u'各' || before == u'另')
    return 0;
  if (at - 1 >= 0 && at > c->floor && (c->kind[at - 1] & CZ_CHAR_NUMERAL) && before != u'数' &&
      before != u'几' && before != u'半')
    return 0;

  uint16_t first = c->chars[at];
  cz_numeral n = {0};
  bool vague = false;
  int64_t stop = at;
  bool bare = false;
  if ((first == u'几' || first == u'数')) {
    /* 几百, 数十, 几千万: the scale is the number, and it is more than that. */
    uint16_t next = at_char(c, at + 1);
    if (next != u'十' && next != u'百' && next != u'千' && next != u'万' && next != u'亿')
      return 0;
    vague = true;
    stop = at + 1;
    if (next == u'十') {
      n.value = whole(10);
      n.length = 1;
      n.form = CZ_NUMERAL_CHINESE;
      n.digits = 1;
      n.resolution = 1;
      stop = at + 2;
    } else {
      n.value = whole(1);
      n.form = CZ_NUMERAL_CHINESE;
      bare = true;
    }
  } else if (first == u'百' || first == u'千' || first == u'万' || first == u'亿') {
    n.value = whole(1);
    n.form = CZ_NUMERAL_CHINESE;
    bare = true;
  } else if (first == u'半') {
    return 0;
  } else {
    if (!read_numeral(c, at, &n) || n.form != CZ_NUMERAL_CHINESE)
      return 0;
    stop = at + n.length;
    if (at_char(c, stop) == u'几' && c->chars[stop - 1] == u'十') { /* 十几 */
      vague = true;
      stop++;
    }
  }
  take_numeral(q, &n, false);
  q->number_begin = at;
  q->number_end = stop;

  /* 三分之二 */
  if (!bare && starts(c, stop, u"分之")) {
    cz_numeral below;
    if (read_numeral(c, stop + 2, &below) && n.value.mantissa) {
      q->special = CZ_SPECIAL_FRACTION;
      q->hi = n.value; /* denominator */
      q->lo = below.value;
      q->number_end = stop + 2 + below.length;
      q->scale_begin = q->scale_end = q->unit_begin = q->unit_end = q->over_begin = q->over_end =
          q->number_end;
      int64_t after = q->number_end;
      if (at_char(c, after) == u'多') {
        q->bound = CZ_BOUND_MORE_THAN;
        after++;
      }
      return read_bound_after(c, after, q);
    }
  }
  /* 居全国前十 */
  if (!bare && before == u'前' && n.digits <= 2 &&
      (closes(c, stop) || starts(c, stop, u"位") || starts(c, stop, u"名")) && n.value.mantissa >= 3) {
    q->special = CZ_SPECIAL_RANK;
    q->front = true;
    q->begin = at - 1;
    q->bound = CZ_BOUND_AT_MOST;
    q->scale_begin = q->scale_end = q->unit_begin = stop;
    q->unit_end = q->over_begin = q->over_end = closes(c, stop) ? stop : stop + 1;
    if (starts(c, stop, u"位"))
      q->unit_class = CZ_UNIT_RANK;
    return q->unit_end;
  }
  /* 四连冠, 十连丰 */
  if (!bare) {
    cz_hit hit;
    int32_t length =
        cz_lexicon_longest(c->reader->lexicon, c->chars + stop, c->limit - stop, CZ_WORD_CUE, &hit);
    for (int32_t i = 0; length && i < hit.sense_count; i++)
      if (hit.senses[i].vocabulary == CZ_WORD_CUE && hit.senses[i].klass == CZ_CUE_WIN) {
        q->special = CZ_SPECIAL_STREAK;
        q->scale_begin = q->scale_end = q->unit_begin = q->unit_end = q->over_begin = q->over_end =
            stop + length;
        return stop + length;
      }
  }
  /* 翻一番, 翻两番 */
  bool doubled = before == u'翻' || (before == u'了' && at_char(c, at - 2) == u'翻');
  if (doubled && (starts(c, stop, u"番") || starts(c, stop, u"倍"))) {
    q->unit_class = CZ_UNIT_DOUBLING;
    q->begin = before == u'翻' ? at - 1 : at - 2;
    q->scale_begin = q->scale_end = stop;
    q->unit_begin = stop;
    q->unit_end = q->over_begin = q->over_end = stop + 1;
    return read_bound_after(c, stop + 1, q);
  }
  /* 五成, 超过五成; not 成为, 成效 … */
  if (!bare && starts(c, stop, u"成") && !starts(c, stop, u"成套")) {
    int64_t after = stop + 1;
    cz_hit hit;
    int32_t length = after < c->limit ? cz_lexicon_longest(c->reader->lexicon, c->chars + after,
                                                           c->limit - after, CZ_WORD_CUE, &hit)
                                      : 0;
    bool bound = false;
    for (int32_t i = 0; length && i < hit.sense_count; i++)
      bound |= hit.senses[i].vocabulary == CZ_WORD_CUE && hit.senses[i].klass == CZ_CUE_BOUND_AFTER;
    if (closes(c, after) || bound || at_char(c, after) == u'的') {
      q->unit_class = CZ_UNIT_TENTH;
      q->scale_begin = q->scale_end = stop;
      q->unit_begin = stop;
      q->unit_end = q->over_begin = q->over_end = after;
      return read_bound_after(c, after, q);
    }
    return 0;
  }

  bool more;
  int64_t unit_stop = read_unit(c, stop, q, &more);
  vague |= more;
  if (bare && !q->scaled)
    return 0;
  if (bare) {
    /* The largest scale is the unit; smaller ones before it are the number: 百亿元 = 100 亿元, 上百家 = 100
     * 家. */
    int64_t from = q->scale_begin;
    int32_t small = 0;
    while (from < q->scale_end &&
           (c->chars[from] == u'十' || c->chars[from] == u'百' || c->chars[from] == u'千')) {
      small += c->chars[from] == u'十' ? 1 : c->chars[from] == u'百' ? 2 : 3;
      from++;
    }
    q->number_end = from > q->scale_begin ? from : q->scale_end;
    q->lo = q->hi = cz_decimal_scale(q->lo, small);
    q->resolution = small;
    q->scale_power -= small;
    q->scale_begin = from;
    q->scaled = q->scale_end > from;
  }
  bool has_unit = q->unit_row >= 0;
  uint8_t klass = q->unit_class;
  if (vague) {
    q->bound = CZ_BOUND_MORE_THAN;
    q->bound_numeral = true;
  }
  if (before == u'上' && bare) {
    q->bound = CZ_BOUND_AT_LEAST;
    q->begin = at - 1;
  } else if (before == u'成' && bare) {
    q->begin = at;
  }

  /* 千亿级, 百万级: tiers */
  if (q->scaled && starts(c, q->unit_begin, u"级") && (bare || n.digits >= 1)) {
    q->special = CZ_SPECIAL_TIER;
    q->role = CZ_ROLE_OTHER;
    q->unit_row = -1;
    return q->unit_begin + 1;
  }
  if (starts(c, unit_stop, u"级") && (bare || q->scaled)) {
    q->special = CZ_SPECIAL_TIER;
    q->role = CZ_ROLE_OTHER;
    return unit_stop + 1;
  }
  if (bare && names_size(c, q)) {
    q->role = CZ_ROLE_THRESHOLD; /* 百亿项目4个 */
    q->measure = CZ_MEASURE_LEVEL;
    q->unit_row = -1;
    q->unit_class = 0;
    return q->unit_begin = q->unit_end = q->over_begin = q->over_end = q->scale_end;
  }
  if (bare && starts(c, at, u"万元") &&
      (starts(c, at + 2, u"GDP") || starts(c, at + 2, u"工业增加值") || starts(c, at + 2, u"地区生产总值") ||
       starts(c, at + 2, u"国内生产总值") || starts(c, at + 2, u"生产总值")))
    return 0; /* 万元GDP能耗: part of a name */
  if (bare) {
    static const char16_t bounds[] = u"超近过上达破逾约数几足满跨";
    bool bounded = vague || q->bound != CZ_BOUND_NONE;
    for (size_t i = 0; bounds[i] && !bounded; i++)
      bounded = before == bounds[i];
    int64_t after = read_bound_after(c, unit_stop, q);
    bounded |= after > unit_stop;
    bool people = klass == CZ_UNIT_PEOPLE || klass == CZ_UNIT_MONEY;
    if (!has_unit && !(bounded && (q->scale_power >= 8 || (q->scaled && q->resolution >= 3))))
      return 0;
    if (has_unit && !bounded && !(people && q->scale_power >= 4))
      return 0;
    return after;
  }

  /* Years written in characters: 二〇三五年. */
  double value = cz_decimal_to_double(n.value);
  if (has_unit && klass == CZ_UNIT_DATE && c->chars[q->unit_begin] == u'年' && n.digits == 4 &&
      value >= 1900 && value <= 2100) {
    q->role = CZ_ROLE_DATE;
    q->special = CZ_SPECIAL_YEAR;
    return unit_stop;
  }
  if (has_unit && before == u'“' && at_char(c, unit_stop) == u'”' &&
      (klass == CZ_UNIT_PHYSICAL || time_class(klass)))
    return 0; /* “三公里”就业圈 */
  if (time_class(klass) && has_unit) {
    uint16_t unit = c->chars[q->unit_begin];
    if (unit == u'年') {
      if (names_plan(c, q->unit_end) || starts(c, q->unit_end, u"级") || starts(c, q->unit_end, u"期")) {
        if (!starts(c, q->unit_end, u"以上") && !starts(c, q->unit_end, u"以内") &&
            !starts(c, q->unit_end, u"左右"))
          return 0;
      }
      q->special = CZ_SPECIAL_SPAN;
      int64_t after = read_bound_after(c, unit_stop, q);
      if (starts(c, after, u"来") || (starts(c, after, u"间") && !starts(c, after, u"间接")))
        after++;
      if (starts(c, after, u"前") && !starts(c, after, u"前进"))
        after++;
      return after;
    }
    if (unit == u'月' || unit == u'日' || unit == u'号')
      return 0; /* 一月, 五一: dates in names */
    if (starts(c, q->unit_begin, u"季度"))
      return 0;
    if (unit == u'天' && !vague && n.digits == 1)
      return 0;
    return read_bound_after(c, unit_stop, q);
  }
  if (!has_unit) {
    /* 一千三百多万 (farmers): a scale and a size word, else it names something. */
    if (q->scaled && (n.digits >= 1) && q->scale_power >= 4 &&
        (n.digits >= 2 || vague || q->bound != CZ_BOUND_NONE))
      return read_bound_after(c, unit_stop, q);
    return 0;
  }
  switch (klass) {
  case CZ_UNIT_MONEY:
  case CZ_UNIT_PERCENT:
  case CZ_UNIT_POINT:
  case CZ_UNIT_PHYSICAL:
  case CZ_UNIT_DATA:
  case CZ_UNIT_TIMES:
    if (n.digits == 1 && !q->scaled && klass == CZ_UNIT_MONEY && !starts(c, q->unit_begin, u"元"))
      return 0;
    if (n.digits == 1 && !q->scaled && klass == CZ_UNIT_PHYSICAL && q->unit_end - q->unit_begin == 1)
      return 0;
    return read_bound_after(c, unit_stop, q);
  case CZ_UNIT_PEOPLE:
    if (n.digits == 1 && !q->scaled && !vague)
      return 0;
    return read_bound_after(c, unit_stop, q);
  case CZ_UNIT_RANK:
    return 0;
  default:
    if (value >= 2 && starts(c, at - 2, u"连续") &&
        (starts(c, q->unit_begin, u"届") || starts(c, q->unit_begin, u"次")))
      return unit_stop; /* 连续九届 */
    if (starts(c, q->unit_begin, u"届") || starts(c, q->unit_begin, u"次") ||
        starts(c, q->unit_begin, u"国") || starts(c, q->unit_begin, u"省") ||
        starts(c, q->unit_begin, u"市") || starts(c, q->unit_begin, u"县") ||
        starts(c, q->unit_begin, u"号") || starts(c, q->unit_begin, u"版") || starts(c, q->unit_begin, u"面"))
      return 0;
    if (q->scaled || vague || (n.digits >= 2 && value >= 11))
      return read_bound_after(c, unit_stop, q);
    if (value >= 2 && small_count(c, q))
      return read_bound_after(c, unit_stop, q);
    return 0;
  }
}

int64_t cz_quantity_read(const cz_reader *reader, int64_t at, int64_t floor, int64_t limit, cz_quantity *q) {
  cursor c = {reader, reader->text.chars, reader->text.kind, floor, limit};
  *q = (cz_quantity){.begin = at,
                     .end = at,
                     .number_begin = at,
                     .number_end = at,
                     .unit_row = -1,
                     .indicator_row = -1,
                     .region_row = -1,
                     .region_code = -1,
                     .main = -1,
                     .sign = 1,
                     .per = "",
                     .bound = CZ_BOUND_NONE,
                     .role = CZ_ROLE_STATEMENT};
  int64_t end = 0;
  if (c.kind[at] & CZ_CHAR_DIGIT) {
    end = read_arabic(&c, at, q);
    if (!end)
      end = at + 1;
  } else if (c.chars[at] == u'第') {
    end = read_ordinal(&c, at, q);
  } else if (c.chars[at] == u'翻') {
    if (cz_chars_start(reader, at, limit, u"翻番")) { /* doubles, without saying 一 */
      q->lo = q->hi = whole(1);
      q->chinese = true;
      q->unit_class = CZ_UNIT_DOUBLING;
      q->number_begin = q->scale_begin = q->scale_end = q->unit_begin = at + 1;
      q->number_end = q->unit_end = q->over_begin = q->over_end = at + 2;
      q->end = at + 2;
      return q->end;
    }
    int64_t next = at + 1 < limit && c.chars[at + 1] == u'了' ? at + 2 : at + 1;
    if (next < limit && (c.kind[next] & CZ_CHAR_NUMERAL)) {
      end = read_chinese(&c, next, q);
      if (end && q->unit_class != CZ_UNIT_DOUBLING)
        end = 0;
    }
  } else if (c.chars[at] == u'上') {
    if (at + 1 < limit && (c.kind[at + 1] & CZ_CHAR_NUMERAL)) {
      end = read_chinese(&c, at + 1, q);
      if (end && q->begin != at)
        end = 0;
    }
  } else {
    end = read_chinese(&c, at, q);
  }
  if (!end)
    return 0;
  q->end = end;
  return end;
}
