/* claims.c: rows of the table → claims about variables.
 *
 * Two rows speak of the same figure when indicator, region, period and kind (outcome or goal) are the same.
 * The indicator is compared by its code only where the phrase is a registered name of it: 认定高企 and
 * 高企总数 share a code and are different figures. Other phrases (项目, 企业) name a figure within their
 * sentence and no further. */
#include <math.h>
#include <string.h>

#include "internal.h"

enum {
#define COLUMN_ENUM(name, type, categories) COLUMN_##name,
  CZ_QUANTITY_FIELDS(COLUMN_ENUM)
#undef COLUMN_ENUM
};

/* ---- texts and tuples by number ---- */

static uint32_t hash_bytes(const char *bytes, int64_t size) {
  uint32_t hash = 2166136261u;
  for (int64_t i = 0; i < size; i++)
    hash = (hash ^ (uint8_t)bytes[i]) * 16777619u;
  return hash ^ hash >> 15;
}

/* Makes room for one more entry in a hash table of `items` items: at most half full, so a search ends. */
static bool grow_slots(const cz_allocator *memory, cz_entry **slots, size_t *slot_count, size_t items) {
  if ((items + 1) * 2 <= *slot_count)
    return true;
  size_t count = *slot_count ? *slot_count * 2 : 256;
  cz_entry *larger = cz_allocate(memory, count * sizeof *larger);
  if (!larger)
    return false;
  for (size_t i = 0; i < count; i++)
    larger[i].number = -1;
  for (size_t i = 0; i < *slot_count; i++) {
    if ((*slots)[i].number < 0)
      continue;
    size_t at = (*slots)[i].hash & (count - 1);
    while (larger[at].number >= 0)
      at = (at + 1) & (count - 1);
    larger[at] = (*slots)[i];
  }
  cz_release(memory, *slots, *slot_count * sizeof **slots);
  *slots = larger;
  *slot_count = count;
  return true;
}

cz_status cz_auditor_text(cz_auditor *auditor, cz_span text, int32_t *out) {
  if (!grow_slots(&auditor->allocator, &auditor->text_slots, &auditor->text_slot_count, auditor->text_count))
    return CZ_ERROR_MEMORY;
  uint32_t hash = hash_bytes(text.bytes, text.size);
  size_t mask = auditor->text_slot_count - 1, at = hash & mask;
  for (; auditor->text_slots[at].number >= 0; at = (at + 1) & mask) {
    cz_span known = auditor->texts[auditor->text_slots[at].number];
    if (auditor->text_slots[at].hash == hash && known.size == text.size &&
        memcmp(known.bytes, text.bytes, (size_t)text.size) == 0) {
      *out = auditor->text_slots[at].number;
      return CZ_OK;
    }
  }
  void *block = auditor->texts;
  if (!cz_reserve(&auditor->allocator, &block, &auditor->text_room, auditor->text_count + 1,
                  sizeof *auditor->texts))
    return CZ_ERROR_MEMORY;
  auditor->texts = block;
  auditor->texts[auditor->text_count] = text;
  auditor->text_slots[at] = (cz_entry){(int32_t)auditor->text_count, hash};
  *out = (int32_t)auditor->text_count++;
  return CZ_OK;
}

static size_t tuple_slot(const cz_auditor *auditor, const int32_t part[6], uint32_t hash) {
  size_t mask = auditor->tuple_slot_count - 1, at = hash & mask;
  for (; auditor->tuple_slots[at].number >= 0; at = (at + 1) & mask)
    if (auditor->tuple_slots[at].hash == hash &&
        memcmp(auditor->tuples[auditor->tuple_slots[at].number].part, part, 6 * sizeof *part) == 0)
      break;
  return at;
}

static uint32_t hash_tuple(const int32_t part[6]) {
  uint32_t hash = 0;
  for (int32_t i = 0; i < 6; i++)
    hash = (hash ^ (uint32_t)part[i]) * 0x9E3779B1u, hash ^= hash >> 15;
  return hash;
}

int32_t cz_auditor_find_tuple(const cz_auditor *auditor, const int32_t part[6]) {
  if (auditor->tuple_slot_count == 0)
    return -1;
  size_t at = tuple_slot(auditor, part, hash_tuple(part));
  return auditor->tuple_slots[at].number < 0 ? -1 : auditor->tuples[auditor->tuple_slots[at].number].number;
}

cz_status cz_auditor_tuple(cz_auditor *auditor, const int32_t part[6], int32_t fresh, int32_t *out,
                           bool *is_new) {
  if (!grow_slots(&auditor->allocator, &auditor->tuple_slots, &auditor->tuple_slot_count,
                  auditor->tuple_count))
    return CZ_ERROR_MEMORY;
  uint32_t hash = hash_tuple(part);
  size_t at = tuple_slot(auditor, part, hash);
  *is_new = auditor->tuple_slots[at].number < 0;
  if (*is_new) {
    void *block = auditor->tuples;
    if (!cz_reserve(&auditor->allocator, &block, &auditor->tuple_room, auditor->tuple_count + 1,
                    sizeof *auditor->tuples))
      return CZ_ERROR_MEMORY;
    auditor->tuples = block;
    cz_tuple *tuple = &auditor->tuples[auditor->tuple_count];
    memcpy(tuple->part, part, 6 * sizeof *part);
    tuple->number = fresh;
    auditor->tuple_slots[at] = (cz_entry){(int32_t)auditor->tuple_count++, hash};
  }
  *out = auditor->tuples[auditor->tuple_slots[at].number].number;
  return CZ_OK;
}

/* First parts of tuples, so that groups, keys and variables share one table. */
enum { TUPLE_KEY = -1, TUPLE_GROUP = -2 };

int32_t cz_auditor_find_group(const cz_auditor *auditor, int32_t key, int32_t region, bool goal,
                              int32_t sentence) {
  const cz_key *at = &auditor->keys[key];
  const int32_t part[6] = {TUPLE_GROUP, at->text, at->indicator != NULL,
                           region,      goal,     at->indicator ? -1 : sentence};
  return cz_auditor_find_tuple(auditor, part);
}

cz_status cz_auditor_group(cz_auditor *auditor, int32_t key, int32_t region, bool goal, int32_t sentence,
                           int32_t *out) {
  const cz_key *at = &auditor->keys[key];
  if (at->indicator)
    sentence = -1;
  const int32_t part[6] = {TUPLE_GROUP, at->text, at->indicator != NULL, region, goal, sentence};
  bool is_new;
  CZ_TRY(cz_auditor_tuple(auditor, part, (int32_t)auditor->group_count, out, &is_new));
  if (!is_new)
    return CZ_OK;
  void *block = auditor->groups;
  if (!cz_reserve(&auditor->allocator, &block, &auditor->group_room, auditor->group_count + 1,
                  sizeof *auditor->groups))
    return CZ_ERROR_MEMORY;
  auditor->groups = block;
  auditor->groups[auditor->group_count++] = (cz_group){key, region, sentence, goal, -1};
  return CZ_OK;
}

int32_t cz_auditor_find_variable(const cz_auditor *auditor, cz_variable_kind kind, int32_t group,
                                 int32_t from, int32_t to, int32_t unit, cz_growth_basis basis) {
  const int32_t part[6] = {(int32_t)kind, group, from, to, unit, (int32_t)basis};
  return cz_auditor_find_tuple(auditor, part);
}

cz_status cz_auditor_variable(cz_auditor *auditor, cz_variable_kind kind, int32_t group, int32_t from,
                              int32_t to, int32_t unit, cz_growth_basis basis, int32_t *out) {
  const int32_t part[6] = {(int32_t)kind, group, from, to, unit, (int32_t)basis};
  bool is_new;
  CZ_TRY(cz_auditor_tuple(auditor, part, (int32_t)auditor->network.variable_count, out, &is_new));
  if (!is_new)
    return CZ_OK;
  cz_interval domain = {-INFINITY, INFINITY};
  if (kind == CZ_VARIABLE_LEVEL || kind == CZ_VARIABLE_RATIO || kind == CZ_VARIABLE_WEDGE)
    domain.lo = 0;
  if (kind == CZ_VARIABLE_RANK)
    domain.lo = 1;
  CZ_TRY(cz_network_add_variable(&auditor->network, kind, domain, out));
  cz_variable *variable = &auditor->network.variables[*out];
  variable->group = group;
  variable->from = from;
  variable->to = to;
  variable->unit = unit;
  variable->basis = (uint8_t)basis;
  return CZ_OK;
}

/* ---- what a row speaks of ---- */

/* Whether `name` is the indicator's name or one of its aliases. */
static bool is_name(const cz_indicator *indicator, cz_span name) {
  if (cz_span_is(name, indicator->name))
    return true;
  const char *at = indicator->aliases;
  while (*at) {
    size_t size = strcspn(at, "|");
    if (name.size == (int64_t)size && memcmp(name.bytes, at, size) == 0)
      return true;
    at += size + (at[size] == '|');
  }
  return false;
}

bool cz_growth_phrase(cz_span *phrase) {
  static const char *const nouns[] = {"增速", "增幅", "涨幅", "增长率", "增长速度"};
  for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++) {
    int64_t size = (int64_t)strlen(nouns[i]);
    if (phrase->size > size && memcmp(phrase->bytes + phrase->size - size, nouns[i], (size_t)size) == 0) {
      phrase->size -= size;
      return true;
    }
  }
  return false;
}

int32_t cz_auditor_group_of_phrase(const cz_auditor *auditor, cz_span phrase, const cz_group *like,
                                   int32_t sentence) {
  for (size_t k = 0; k < auditor->key_count; k++) {
    const cz_key *key = &auditor->keys[k];
    cz_span text = auditor->texts[key->text];
    bool same = key->indicator
                    ? is_name(key->indicator, phrase)
                    : text.size == phrase.size && memcmp(text.bytes, phrase.bytes, (size_t)phrase.size) == 0;
    int32_t group =
        same ? cz_auditor_find_group(auditor, (int32_t)k, like->region, like->goal, sentence) : -1;
    if (group >= 0)
      return group;
  }
  return -1;
}

/* Looks up the codes of the report in the registry in one pass over the registry. */
static cz_status look_up_codes(cz_auditor *auditor) {
  const cz_rows *rows = &auditor->rows;
  for (int64_t i = 0; i < rows->count; i++) {
    int32_t number;
    CZ_TRY(cz_auditor_text(auditor, cz_cell(&rows->indicator_code, i), &number));
  }
  auditor->code_room = auditor->text_count;
  auditor->code_rows =
      cz_allocate_zeroed(&auditor->allocator, auditor->code_room * sizeof *auditor->code_rows);
  if (!auditor->code_rows)
    return CZ_ERROR_MEMORY;
  int32_t count = cz_lexicon_indicator_count(auditor->lexicon);
  for (int32_t i = 0; i < count; i++) {
    const cz_indicator *indicator = cz_lexicon_indicator(auditor->lexicon, i);
    size_t size = strlen(indicator->code);
    uint32_t hash = hash_bytes(indicator->code, (int64_t)size);
    size_t mask = auditor->text_slot_count - 1;
    for (size_t at = hash & mask; auditor->text_slots[at].number >= 0; at = (at + 1) & mask) {
      int32_t number = auditor->text_slots[at].number;
      if (auditor->text_slots[at].hash == hash && (size_t)number < auditor->code_room &&
          cz_span_is(auditor->texts[number], indicator->code) && size > 0) {
        auditor->code_rows[number] = indicator;
        break;
      }
    }
  }
  return CZ_OK;
}

static cz_status key_of(cz_auditor *auditor, int64_t row, int32_t *out) {
  cz_span phrase = cz_cell(&auditor->rows.indicator, row);
  int32_t text, code;
  CZ_TRY(cz_auditor_text(auditor, phrase, &text));
  CZ_TRY(cz_auditor_text(auditor, cz_cell(&auditor->rows.indicator_code, row), &code));
  const int32_t part[6] = {TUPLE_KEY, text, code, 0, 0, 0};
  bool is_new;
  CZ_TRY(cz_auditor_tuple(auditor, part, (int32_t)auditor->key_count, out, &is_new));
  if (!is_new)
    return CZ_OK;
  void *block = auditor->keys;
  if (!cz_reserve(&auditor->allocator, &block, &auditor->key_room, auditor->key_count + 1,
                  sizeof *auditor->keys))
    return CZ_ERROR_MEMORY;
  auditor->keys = block;
  cz_key key = {.text = text};
  const cz_indicator *indicator = (size_t)code < auditor->code_room ? auditor->code_rows[code] : NULL;
  if (indicator && is_name(indicator, phrase)) {
    key.text = code;
    key.indicator = indicator;
    /* Numbers of firms or people of a kind are counted in many ways (认定, 新增, 累计) under one name. */
    key.firm = strcmp(indicator->dimension, "count") != 0 && strcmp(indicator->dimension, "people") != 0;
  }
  auditor->keys[auditor->key_count++] = key;
  return CZ_OK;
}

static cz_status period_of(cz_auditor *auditor, cz_span text, int32_t *out) {
  *out = CZ_NO_PERIOD;
  if (text.size == 0)
    return CZ_OK;
  int32_t year = 0;
  bool plain = text.size == 4;
  for (int64_t i = 0; plain && i < 4; i++) {
    plain = text.bytes[i] >= '0' && text.bytes[i] <= '9';
    year = year * 10 + (text.bytes[i] - '0');
  }
  if (plain) {
    *out = year;
    return CZ_OK;
  }
  CZ_TRY(cz_auditor_text(auditor, text, out));
  *out += CZ_PERIOD_TEXTS;
  return CZ_OK;
}

/* ---- sets ---- */

cz_interval cz_claim_set(const cz_auditor *auditor, const cz_claim *claim, cz_reading reading) {
  double resolution = reading == CZ_READ_COARSE ? claim->coarse : claim->resolution;
  if (!(resolution >= 0))
    resolution = 0;
  cz_interval set = {claim->lo, claim->hi};
  switch ((cz_bound)claim->bound) {
  case CZ_BOUND_ABOUT: {
    double slack = resolution / 2;
    if (reading != CZ_READ_TIGHT)
      slack = fmax(auditor->about * fabs(claim->value), resolution);
    set = (cz_interval){cz_round_down(claim->value - slack), cz_round_up(claim->value + slack)};
    break;
  }
  case CZ_BOUND_NONE:
  case CZ_BOUND_EQ:
    set = (cz_interval){cz_round_down(claim->value - resolution / 2),
                        cz_round_up(claim->value + resolution / 2)};
    break;
  case CZ_BOUND_BETWEEN:
    set = (cz_interval){cz_round_down(claim->lo - resolution / 2), cz_round_up(claim->hi + resolution / 2)};
    break;
  default: /* the words state an end as it is: 3000家以上 means 3000, not 2999.5 */
    break;
  }
  switch ((cz_measure)claim->measure) {
  case CZ_MEASURE_GROWTH:
  case CZ_MEASURE_AVERAGE_GROWTH: {
    cz_interval ratio = cz_interval_add(cz_interval_scale(set, 0.01), (cz_interval){1, 1});
    /* 0.01 is not exact, and the scaled end is rounded once more. */
    ratio = (cz_interval){cz_round_down(ratio.lo), cz_round_up(ratio.hi)};
    if (claim->years > 1) {
      if (ratio.lo < 0)
        ratio.lo = 0;
      ratio = cz_interval_power(ratio, claim->years);
    }
    return ratio;
  }
  case CZ_MEASURE_MULTIPLE:
  case CZ_MEASURE_RANK:
  case CZ_MEASURE_RANK_CHANGE:
    return set;
  default: /* canonical_value / value is off by a rounding or two */
    set = cz_interval_scale(set, claim->factor);
    return (cz_interval){cz_round_down(cz_round_down(set.lo)), cz_round_up(cz_round_up(set.hi))};
  }
}

cz_interval cz_claim_shown(const cz_claim *claim, cz_interval set) {
  switch ((cz_measure)claim->measure) {
  case CZ_MEASURE_GROWTH:
    return (cz_interval){(set.lo - 1) * 100, (set.hi - 1) * 100};
  case CZ_MEASURE_AVERAGE_GROWTH:
    return (cz_interval){(pow(fmax(set.lo, 0), 1.0 / claim->years) - 1) * 100,
                         (pow(fmax(set.hi, 0), 1.0 / claim->years) - 1) * 100};
  case CZ_MEASURE_MULTIPLE:
  case CZ_MEASURE_RANK:
  case CZ_MEASURE_RANK_CHANGE:
    return set;
  default:
    return (cz_interval){set.lo / claim->factor, set.hi / claim->factor};
  }
}

/* The unit of the last place that is not a closing zero, for whole numbers of three digits and more: 7700 may
 * be 7700 or 77 hundreds. Two digits (10 %, 80 projects) are taken as they stand. */
static double coarse_of(cz_span number, double resolution) {
  int64_t zeros = 0, digits = number.size;
  for (int64_t i = 0; i < digits; i++)
    if (number.bytes[i] < '0' || number.bytes[i] > '9')
      return resolution;
  while (zeros < digits && number.bytes[digits - 1 - zeros] == '0')
    zeros++;
  if (digits < 3)
    return resolution;
  for (int64_t i = 0; i < zeros && i < digits - 1; i++)
    resolution *= 10;
  return resolution;
}

/* What 增长 means: as the text says, else as the registry does. Figures of investment are compared on a basis
 * that is revised every year; names with 增加值 and 生产总值 are measured in constant prices whether
 * registered or not. */
static cz_growth_basis basis_of(const cz_auditor *auditor, int64_t row, const cz_key *key) {
  const cz_rows *rows = &auditor->rows;
  if (rows->basis[row] == CZ_BASIS_COMPARABLE)
    return CZ_GROWTH_COMPARABLE;
  if (rows->basis[row] == CZ_BASIS_NOMINAL)
    return CZ_GROWTH_NOMINAL;
  if (rows->basis[row] == CZ_BASIS_REAL)
    return CZ_GROWTH_REAL;
  cz_span phrase = cz_cell(&rows->indicator, row);
  bool real = key->indicator ? strcmp(key->indicator->basis, "real") == 0
                             : cz_span_has(phrase, "增加值") || cz_span_has(phrase, "生产总值");
  if (real)
    return CZ_GROWTH_REAL;
  if (key->indicator ? strcmp(key->indicator->category, "investment") == 0 : cz_span_has(phrase, "投资"))
    return CZ_GROWTH_COMPARABLE;
  return CZ_GROWTH_NOMINAL;
}

/* A numeral of scale words alone (亿元, 百亿元) is a tier, or the rest of a figure that the text has garbled.
 */
static bool is_numeral(cz_span number) {
  static const char *const scales[] = {"十", "百", "千", "万", "亿"};
  for (int64_t at = 0; at < number.size;) {
    bool scale = false;
    for (size_t i = 0; i < sizeof scales / sizeof *scales && !scale; i++)
      scale = number.size - at >= 3 && memcmp(number.bytes + at, scales[i], 3) == 0;
    if (!scale)
      return true;
    at += 3;
  }
  return false;
}

/* Canonical value of one unit; 0 where the row does not tell. */
static double factor_of(const cz_rows *rows, int64_t row) {
  double value = rows->value[row], canonical = rows->canonical_value[row];
  if (isfinite(value) && isfinite(canonical) && value != 0 && canonical != 0)
    return canonical / value;
  cz_span unit = cz_cell(&rows->unit, row), target = cz_cell(&rows->canonical_unit, row);
  if (unit.size == target.size && memcmp(unit.bytes, target.bytes, (size_t)unit.size) == 0)
    return 1;
  for (int64_t i = 0; i < rows->count; i++) { /* ranges and zeros: another row with the unit knows */
    cz_span other = cz_cell(&rows->unit, i);
    if (other.size == unit.size && memcmp(other.bytes, unit.bytes, (size_t)unit.size) == 0 &&
        isfinite(rows->value[i]) && rows->value[i] != 0 && isfinite(rows->canonical_value[i]) &&
        rows->canonical_value[i] != 0)
      return rows->canonical_value[i] / rows->value[i];
  }
  return 0;
}

/* Whether the sentence of a row does not name its indicator itself. */
static bool is_carried(const cz_rows *rows, int64_t row) {
  cz_span phrase = cz_cell(&rows->indicator, row);
  for (int64_t at = row; at >= 0 && rows->sentence[at] == rows->sentence[row]; at--) {
    cz_span other = cz_cell(&rows->indicator, at);
    if (other.size == phrase.size && memcmp(other.bytes, phrase.bytes, (size_t)phrase.size) == 0 &&
        !cz_span_has(cz_cell(&rows->flags, at), "subject_carried"))
      return false;
  }
  return true;
}

/* The claim of a row; sets *speaks when there is one. */
static cz_status claim_of(cz_auditor *auditor, int64_t row, cz_claim *claim, bool *speaks) {
  const cz_rows *rows = &auditor->rows;
  *speaks = false;
  cz_span phrase = cz_cell(&rows->indicator, row), canonical = cz_cell(&rows->canonical_unit, row);
  if (rows->role[row] != CZ_ROLE_STATEMENT || phrase.size == 0 || cz_span_has(phrase, "|") ||
      !is_numeral(cz_cell(&rows->number, row)))
    return CZ_OK;
  cz_measure measure = (cz_measure)rows->measure[row];
  int32_t key, region, period, base, group, unit, scope;
  CZ_TRY(key_of(auditor, row, &key));
  CZ_TRY(cz_auditor_text(auditor, cz_cell(&rows->region, row), &region)); /* "": the report's own */
  CZ_TRY(period_of(auditor, cz_cell(&rows->period, row), &period));
  CZ_TRY(period_of(auditor, cz_cell(&rows->base, row), &base));
  CZ_TRY(cz_auditor_text(auditor, canonical, &unit));
  CZ_TRY(cz_auditor_text(auditor, cz_cell(&rows->scope, row), &scope));
  if (unit == auditor->point_text)
    unit = auditor->percent_text; /* points are the unit in which percentages change */
  cz_kind kind = (cz_kind)rows->kind[row];
  cz_span flags = cz_cell(&rows->flags, row);
  memset(claim, 0, sizeof *claim);
  claim->row = (int32_t)row;
  claim->sentence = rows->sentence[row];
  claim->key = key;
  claim->measure = (uint8_t)measure;
  claim->bound = rows->bound[row];
  claim->value = rows->value[row];
  claim->lo = rows->lo[row];
  claim->hi = rows->hi[row];
  claim->resolution = rows->resolution[row];
  claim->coarse = coarse_of(cz_cell(&rows->number, row), claim->resolution);
  claim->factor = 1;
  claim->years = 1;
  claim->doubtful =
      kind == CZ_KIND_NONE || (rows->horizon[row] == CZ_HORIZON_CUMULATIVE && period < CZ_PERIOD_TEXTS) ||
      cz_span_has(flags, "assumed") || cz_span_has(flags, "repaired") || cz_span_has(flags, "unparsed");
  claim->carried = is_carried(rows, row);
  bool range = claim->bound == CZ_BOUND_BETWEEN;
  if (period == CZ_NO_PERIOD || isnan(claim->lo) || isnan(claim->hi) || (isnan(claim->value) && !range))
    return CZ_OK;
  CZ_TRY(cz_auditor_group(auditor, key, region, kind == CZ_KIND_TARGET || kind == CZ_KIND_TASK,
                          claim->sentence, &group));

  bool ratio =
      measure == CZ_MEASURE_GROWTH || measure == CZ_MEASURE_AVERAGE_GROWTH || measure == CZ_MEASURE_MULTIPLE;
  cz_growth_basis basis = ratio ? basis_of(auditor, row, &auditor->keys[key]) : CZ_GROWTH_NOMINAL;
  bool percent = unit == auditor->percent_text;
  switch (measure) {
  case CZ_MEASURE_LEVEL:
    claim->factor = factor_of(rows, row);
    if (!(claim->factor > 0) || claim->value < 0 || claim->hi < 0)
      return CZ_OK;
    /* A stock has no total over years: what a review of years says of it holds at their end. */
    if (period >= CZ_PERIOD_TEXTS && rows->period_end[row] > rows->period_start[row] &&
        rows->period_start[row] > 0 && auditor->keys[key].indicator &&
        strcmp(auditor->keys[key].indicator->nature, "stock") == 0)
      period = rows->period_end[row];
    CZ_TRY(cz_auditor_variable(auditor, CZ_VARIABLE_LEVEL, group, CZ_NO_PERIOD, period, unit,
                               CZ_GROWTH_NOMINAL, &claim->variable));
    break;
  case CZ_MEASURE_GROWTH:
    /* A growth over a range of years may be total or per year: period and base do not say. */
    if (!percent || base == CZ_NO_PERIOD || base == period ||
        (period >= CZ_PERIOD_TEXTS) != (base >= CZ_PERIOD_TEXTS))
      return CZ_OK;
    CZ_TRY(cz_auditor_variable(auditor, CZ_VARIABLE_RATIO, group, base, period, -1, basis, &claim->variable));
    break;
  case CZ_MEASURE_AVERAGE_GROWTH: {
    int32_t from = rows->base_year[row], to = rows->period_end[row];
    if (!percent || from <= 0 || to <= from || to - from > 60)
      return CZ_OK;
    claim->years = to - from;
    CZ_TRY(cz_auditor_variable(auditor, CZ_VARIABLE_RATIO, group, from, to, -1, basis, &claim->variable));
    break;
  }
  case CZ_MEASURE_MULTIPLE:
    if (base == CZ_NO_PERIOD || base == period || !(claim->hi >= 0))
      return CZ_OK;
    /* 翻一番 of an indicator in constant prices is a goal in constant prices. */
    if (basis == CZ_GROWTH_COMPARABLE || !cz_span_has(cz_cell(&rows->text, row), "翻"))
      basis = CZ_GROWTH_NOMINAL;
    CZ_TRY(cz_auditor_variable(auditor, CZ_VARIABLE_RATIO, group, base, period, -1, basis, &claim->variable));
    break;
  case CZ_MEASURE_CHANGE:
    claim->factor = factor_of(rows, row);
    if (!(claim->factor > 0) || base == CZ_NO_PERIOD || base == period)
      return CZ_OK;
    CZ_TRY(cz_auditor_variable(auditor, CZ_VARIABLE_CHANGE, group, base, period, unit, CZ_GROWTH_NOMINAL,
                               &claim->variable));
    break;
  case CZ_MEASURE_DIFFERENCE: {
    /* Points between amounts, and whatever is called 增速, compare growth. */
    const cz_indicator *known = auditor->keys[key].indicator;
    cz_span stem = phrase;
    bool of_growth =
        cz_growth_phrase(&stem) || (percent && known && strcmp(known->dimension, "percent") != 0);
    claim->factor = factor_of(rows, row);
    if (!(claim->factor > 0) || scope == auditor->empty_text || (of_growth && !percent))
      return CZ_OK;
    if (of_growth)
      claim->factor *= 0.01;
    /* The scope takes the place of the base period: texts are numbered above the years. */
    CZ_TRY(cz_auditor_variable(auditor, of_growth ? CZ_VARIABLE_GROWTH_DIFFERENCE : CZ_VARIABLE_DIFFERENCE,
                               group, scope + CZ_PERIOD_TEXTS, period, unit, CZ_GROWTH_NOMINAL,
                               &claim->variable));
    break;
  }
  case CZ_MEASURE_RANK:
    if (claim->hi < 1)
      return CZ_OK;
    claim->resolution = claim->coarse = 0; /* positions are counted, not rounded */
    CZ_TRY(cz_auditor_variable(auditor, CZ_VARIABLE_RANK, group, CZ_NO_PERIOD, period, scope,
                               CZ_GROWTH_NOMINAL, &claim->variable));
    break;
  case CZ_MEASURE_RANK_CHANGE: {
    int32_t from = rows->base_year[row] > 0 ? rows->base_year[row] : rows->period_start[row] - 1;
    int32_t to = rows->period_end[row];
    if (to <= 0 || from <= 0 || from >= to)
      return CZ_OK;
    claim->resolution = claim->coarse = 0;
    CZ_TRY(cz_auditor_variable(auditor, CZ_VARIABLE_RANK_CHANGE, group, from, to, scope, CZ_GROWTH_NOMINAL,
                               &claim->variable));
    break;
  }
  default:
    return CZ_OK;
  }
  cz_interval set = cz_claim_set(auditor, claim, CZ_READ_NORMAL);
  for (int32_t r = 0; r < CZ_READING_COUNT; r++)
    claim->sets[r] = set;
  if (claim->bound == CZ_BOUND_ABOUT)
    claim->sets[CZ_READ_TIGHT] = cz_claim_set(auditor, claim, CZ_READ_TIGHT);
  if (claim->coarse > claim->resolution)
    claim->sets[CZ_READ_COARSE] = cz_claim_set(auditor, claim, CZ_READ_COARSE);
  *speaks = true;
  return CZ_OK;
}

/* A sentence does not state one figure twice. Where two claims of a sentence speak of one variable and cannot
 * both hold, the reader has not told two figures apart (起征点 of two taxes, the steps of a list): neither is
 * used. */
static bool set_aside(cz_auditor *auditor, const cz_claim *claim) {
  bool clash = false;
  int32_t group = auditor->network.variables[claim->variable].group;
  for (int32_t i = auditor->groups[group].first_claim; i >= 0; i = auditor->next_in_group[i]) {
    cz_claim *other = &auditor->network.claims[i];
    if (other->variable != claim->variable || other->sentence != claim->sentence ||
        other->measure != claim->measure)
      continue;
    cz_interval met = cz_interval_meet(other->sets[CZ_READ_NORMAL], claim->sets[CZ_READ_NORMAL]);
    if (!cz_interval_is_empty(met))
      continue;
    clash = true;
    for (int32_t r = 0; r < CZ_READING_COUNT; r++)
      other->sets[r] = (cz_interval){-INFINITY, INFINITY};
    auditor->claim_of_row[other->row] = -1;
  }
  return clash;
}

cz_status cz_auditor_claims(cz_auditor *auditor) {
  CZ_TRY(cz_auditor_text(auditor, (cz_span){"", 0}, &auditor->empty_text));
  CZ_TRY(cz_auditor_text(auditor, (cz_span){"%", 1}, &auditor->percent_text));
  CZ_TRY(cz_auditor_text(auditor, (cz_span){"个百分点", (int64_t)strlen("个百分点")}, &auditor->point_text));
  CZ_TRY(look_up_codes(auditor));
  for (int64_t row = 0; row < auditor->rows.count; row++) {
    cz_claim claim;
    bool speaks;
    CZ_TRY(claim_of(auditor, row, &claim, &speaks));
    if (!speaks || set_aside(auditor, &claim))
      continue;
    int32_t number = (int32_t)auditor->network.claim_count;
    CZ_TRY(cz_network_add_claim(&auditor->network, &claim));
    void *block = auditor->next_in_group;
    if (!cz_reserve(&auditor->allocator, &block, &auditor->next_room, (size_t)number + 1,
                    sizeof *auditor->next_in_group))
      return CZ_ERROR_MEMORY;
    auditor->next_in_group = block;
    cz_group *group = &auditor->groups[auditor->network.variables[claim.variable].group];
    auditor->next_in_group[number] = group->first_claim;
    group->first_claim = number;
    auditor->claim_of_row[row] = number;
  }
  return CZ_OK;
}
