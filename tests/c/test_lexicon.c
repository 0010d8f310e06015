/* Words: longest match against a search of all words one by one, masks, registries, and words added at run
 * time. */
#include "../../czcore/src/lexicon/internal.h"
#include "../../czcore/src/lexicon/tables.h"
#include "czcore/lexicon.h"

#include "check.h"

enum { ALL_WORDS = CZ_WORD_CUE | CZ_WORD_UNIT | CZ_WORD_INDICATOR | CZ_WORD_REGION };

/* Folded words hold nothing outside the basic plane, so three bytes are enough here. */
static int32_t chars_of(const char *text, uint16_t *out, int32_t limit) {
  int32_t count = 0;
  for (const unsigned char *p = (const unsigned char *)text; *p && count < limit;) {
    uint32_t c = *p++;
    if (c >= 0xE0) {
      c = (c & 15u) << 12 | (p[0] & 63u) << 6 | (p[1] & 63u);
      p += 2;
    } else if (c >= 0xC0) {
      c = (c & 31u) << 6 | (p[0] & 63u);
      p++;
    }
    out[count++] = (uint16_t)c;
  }
  return count;
}

static int32_t longest(const cz_lexicon *lexicon, const char *text, uint32_t mask, cz_hit *hit) {
  uint16_t chars[256];
  return cz_lexicon_longest(lexicon, chars, chars_of(text, chars, 256), mask, hit);
}

static int32_t exact(const cz_lexicon *lexicon, const char *text, uint32_t mask, cz_hit *hit) {
  uint16_t chars[256];
  return cz_lexicon_exact(lexicon, chars, chars_of(text, chars, 256), mask, hit);
}

/* First sense of a vocabulary; NULL if there is none. */
static const cz_sense *sense_of(const cz_hit *hit, uint8_t vocabulary) {
  for (int32_t i = 0; i < hit->sense_count; i++)
    if (hit->senses[i].vocabulary == vocabulary)
      return &hit->senses[i];
  return NULL;
}

static const cz_unit *unit_named(const cz_lexicon *lexicon, const char *name) {
  cz_hit hit;
  if (!exact(lexicon, name, CZ_WORD_UNIT, &hit))
    return NULL;
  return cz_lexicon_unit(lexicon, sense_of(&hit, CZ_WORD_UNIT)->row);
}

static const cz_indicator *indicator_named(const cz_lexicon *lexicon, const char *name) {
  cz_hit hit;
  if (!exact(lexicon, name, CZ_WORD_INDICATOR, &hit))
    return NULL;
  return cz_lexicon_indicator(lexicon, sense_of(&hit, CZ_WORD_INDICATOR)->row);
}

static const cz_region *region_named(const cz_lexicon *lexicon, const char *name) {
  cz_hit hit;
  if (!exact(lexicon, name, CZ_WORD_REGION, &hit))
    return NULL;
  return cz_lexicon_region(lexicon, sense_of(&hit, CZ_WORD_REGION)->row);
}

static const char *code_of(const cz_lexicon *lexicon, const char *name) {
  const cz_indicator *indicator = indicator_named(lexicon, name);
  return indicator ? indicator->code : "";
}

static uint32_t next_random(uint32_t *state) {
  *state = *state * 1664525u + 1013904223u;
  return *state >> 8;
}

/* ---- the search ---- */

/* The oracle: looks at every word in turn. */
static int32_t longest_by_trial(const cz_index *index, const uint16_t *chars, int64_t count, uint32_t mask,
                                int32_t *number) {
  int32_t best = 0;
  for (int32_t i = 0; i < index->word_count; i++) {
    const cz_word *word = &index->words[i];
    if (word->length <= best || word->length > count || !(word->vocabularies & mask))
      continue;
    if (memcmp(index->chars + word->chars, chars, word->length * sizeof *chars) != 0)
      continue;
    best = word->length;
    *number = i;
  }
  return best;
}

static void every_word_is_found(void) {
  const cz_lexicon *lexicon = cz_lexicon_builtin();
  const cz_index *index = &cz_builtin_index;
  int32_t lost = 0;
  for (int32_t i = 0; i < index->word_count; i++) {
    const cz_word *word = &index->words[i];
    cz_hit hit;
    int32_t length =
        cz_lexicon_exact(lexicon, index->chars + word->chars, word->length, word->vocabularies, &hit);
    lost += length != word->length || hit.length != length || hit.sense_count != word->sense_count ||
            hit.senses != index->senses + word->senses;
    length = cz_lexicon_longest(lexicon, index->chars + word->chars, word->length, word->vocabularies, &hit);
    lost += length != word->length || hit.senses != index->senses + word->senses;
  }
  CHECK(index->word_count > 5000);
  CHECK_EQ_INT(lost, 0);
}

/* Texts of whole and broken words run into each other, so that lengths, prefixes and masks all matter. */
static void longest_match_agrees_with_trying_every_word(void) {
  const cz_index *index = &cz_builtin_index;
  static const uint32_t masks[] = {ALL_WORDS,
                                   CZ_WORD_CUE,
                                   CZ_WORD_UNIT,
                                   CZ_WORD_INDICATOR,
                                   CZ_WORD_REGION,
                                   CZ_WORD_CUE | CZ_WORD_INDICATOR,
                                   0};
  uint32_t random = 7;
  int32_t wrong = 0, hits = 0;
  for (int round = 0; round < 400; round++) {
    uint16_t text[80];
    int32_t count = 0;
    while (count < 40) {
      const cz_word *word = &index->words[next_random(&random) % (uint32_t)index->word_count];
      int32_t take = 1 + (int32_t)(next_random(&random) % word->length);
      memcpy(text + count, index->chars + word->chars, (size_t)take * sizeof *text);
      count += take;
    }
    for (int32_t at = 0; at < 3; at++) {
      const int64_t rest = (int64_t)(next_random(&random) % (uint32_t)(count - at)) + 1;
      const uint32_t mask = masks[next_random(&random) % 7];
      int32_t number = -1;
      const int32_t expected = longest_by_trial(index, text + at, rest, mask, &number);
      cz_hit hit;
      const int32_t found = cz_lexicon_longest(cz_lexicon_builtin(), text + at, rest, mask, &hit);
      wrong += found != expected || hit.length != expected;
      if (expected)
        wrong += hit.senses != index->senses + index->words[number].senses;
      hits += expected > 0;
    }
  }
  CHECK_EQ_INT(wrong, 0);
  CHECK(hits > 200); /* the rest are texts cut short and masks without a word */
}

static void the_longest_word_wins_unless_the_mask_forbids_it(void) {
  const cz_lexicon *lexicon = cz_lexicon_builtin();
  cz_hit hit;
  CHECK_EQ_INT(longest(lexicon, "地区生产总值增长", CZ_WORD_INDICATOR, &hit), 6);
  CHECK_EQ_INT(longest(lexicon, "个百分点以上", CZ_WORD_UNIT, &hit), 4);
  CHECK_EQ_INT(longest(lexicon, "个", CZ_WORD_UNIT, &hit), 1);
  CHECK_EQ_INT(longest(lexicon, "平方公里", CZ_WORD_UNIT, &hit), 4);
  CHECK_EQ_INT(longest(lexicon, "地区生产总值", CZ_WORD_UNIT, &hit), 0);
  CHECK_EQ_INT(hit.length, 0);
  CHECK_EQ_INT(hit.sense_count, 0);
  CHECK(hit.senses == NULL);
}

static void nothing_beyond_count_is_looked_at(void) {
  uint16_t chars[64];
  const int32_t count = chars_of("平方公里", chars, 64);
  cz_hit hit;
  CHECK_EQ_INT(cz_lexicon_longest(cz_lexicon_builtin(), chars, 0, ALL_WORDS, &hit), 0);
  CHECK_EQ_INT(cz_lexicon_longest(cz_lexicon_builtin(), NULL, 0, ALL_WORDS, &hit), 0);
  CHECK_EQ_INT(cz_lexicon_longest(cz_lexicon_builtin(), chars, -1, ALL_WORDS, &hit), 0);
  CHECK_EQ_INT(cz_lexicon_longest(cz_lexicon_builtin(), chars, count - 1, CZ_WORD_UNIT, &hit), 2);
  /* A heap block of exactly this size lets the sanitizer see a read too far. */
  for (int32_t size = 1; size <= count; size++) {
    uint16_t *block = malloc((size_t)size * sizeof *block);
    if (!CHECK(block != NULL))
      return;
    memcpy(block, chars, (size_t)size * sizeof *block);
    (void)cz_lexicon_longest(cz_lexicon_builtin(), block, size, ALL_WORDS, &hit);
    (void)cz_lexicon_exact(cz_lexicon_builtin(), block, size, ALL_WORDS, &hit);
    free(block);
  }
}

static void exact_needs_the_whole_word(void) {
  const cz_lexicon *lexicon = cz_lexicon_builtin();
  cz_hit hit;
  uint16_t chars[64];
  for (int i = 0; i < 64; i++)
    chars[i] = u'元';
  CHECK_EQ_INT(exact(lexicon, "地区生产总值", CZ_WORD_INDICATOR, &hit), 6);
  CHECK_EQ_INT(exact(lexicon, "地区生产总", CZ_WORD_INDICATOR, &hit), 0);
  CHECK_EQ_INT(exact(lexicon, "地区生产总值了", CZ_WORD_INDICATOR, &hit), 0);
  CHECK_EQ_INT(exact(lexicon, "地区生产总值", CZ_WORD_CUE | CZ_WORD_UNIT | CZ_WORD_REGION, &hit), 0);
  CHECK_EQ_INT(cz_lexicon_exact(lexicon, chars, 1, CZ_WORD_UNIT, &hit), 1);
  CHECK_EQ_INT(cz_lexicon_exact(lexicon, chars, 0, CZ_WORD_UNIT, &hit), 0);
  CHECK_EQ_INT(cz_lexicon_exact(lexicon, chars, -5, CZ_WORD_UNIT, &hit), 0);
  CHECK_EQ_INT(cz_lexicon_exact(lexicon, chars, 33, ALL_WORDS, &hit), 0);
  CHECK_EQ_INT(cz_lexicon_exact(lexicon, chars, INT64_MAX, ALL_WORDS, &hit), 0);
}

static void characters_that_begin_no_word_are_harmless(void) {
  cz_hit hit;
  int32_t found = 0;
  for (uint32_t c = 0; c <= 0xFFFF; c++) {
    const uint16_t chars[2] = {(uint16_t)c, 0xFFFF};
    const int32_t length = cz_lexicon_longest(cz_lexicon_builtin(), chars, 2, ALL_WORDS, &hit);
    if (length)
      found++;
    if (length > 1 || (c == 0 && length))
      CHECK_EQ_INT(length, 0);
  }
  CHECK(found > 50);
}

/* ---- the registries ---- */

static void rows_out_of_range_are_null(void) {
  const cz_lexicon *lexicon = cz_lexicon_builtin();
  CHECK(cz_lexicon_unit(lexicon, -1) == NULL);
  CHECK(cz_lexicon_unit(lexicon, cz_lexicon_unit_count(lexicon)) == NULL);
  CHECK(cz_lexicon_unit(lexicon, cz_lexicon_unit_count(lexicon) - 1) != NULL);
  CHECK(cz_lexicon_indicator(lexicon, INT32_MIN) == NULL);
  CHECK(cz_lexicon_indicator(lexicon, cz_lexicon_indicator_count(lexicon)) == NULL);
  CHECK(cz_lexicon_region(lexicon, -1) == NULL);
  CHECK(cz_lexicon_region(lexicon, INT32_MAX) == NULL);
  CHECK(cz_lexicon_region(lexicon, 0) != NULL);
  CHECK_EQ_INT(strlen(cz_lexicon_version(lexicon)), 16);
  CHECK_EQ_INT(strspn(cz_lexicon_version(lexicon), "0123456789abcdef"), 16);
}

static void units_convert_to_their_canonical_unit(void) {
  static const struct {
    const char *name, *dimension, *canonical;
    uint64_t mantissa;
    int32_t exponent;
    uint8_t klass;
  } expected[] = {
      {"元", "money", "元", 1, 0, CZ_UNIT_MONEY},
      {"人民币", "money", "元", 1, 0, CZ_UNIT_MONEY},
      {"美元", "currency", "美元", 1, 0, CZ_UNIT_MONEY},
      {"%", "percent", "%", 1, 0, CZ_UNIT_PERCENT},
      {"‰", "per_mille", "‰", 1, 0, CZ_UNIT_PER_MILLE},
      {"个百分点", "point", "个百分点", 1, 0, CZ_UNIT_POINT},
      {"成", "percent", "%", 1, 1, CZ_UNIT_TENTH},
      {"倍", "ratio", "倍", 1, 0, CZ_UNIT_TIMES},
      {"番", "doubling", "番", 1, 0, CZ_UNIT_DOUBLING},
      {"斤", "mass", "吨", 5, -4, CZ_UNIT_PHYSICAL},
      {"公斤", "mass", "吨", 1, -3, CZ_UNIT_PHYSICAL},
      {"亩", "area", "平方米", UINT64_C(66666666666666667), -14, CZ_UNIT_PHYSICAL},
      {"公顷", "area", "平方米", 1, 4, CZ_UNIT_PHYSICAL},
      {"公里", "length", "米", 1, 3, CZ_UNIT_PHYSICAL},
      {"千瓦时", "energy", "千瓦时", 1, 0, CZ_UNIT_PHYSICAL},
      {"兆瓦", "power", "千瓦", 1, 3, CZ_UNIT_PHYSICAL},
      {"年", "months", "个月", 12, 0, CZ_UNIT_DATE},
      {"天", "days", "天", 1, 0, CZ_UNIT_TIME},
      {"名", "people", "人", 1, 0, CZ_UNIT_PEOPLE},
      {"位", "rank", "位", 1, 0, CZ_UNIT_RANK},
      {"家", "count", "家", 1, 0, CZ_UNIT_COUNT},
      {"EFLOPS", "computing", "PFLOPS", 1, 3, CZ_UNIT_DATA},
  };
  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
    const cz_unit *unit = unit_named(cz_lexicon_builtin(), expected[i].name);
    if (!CHECK(unit != NULL))
      continue;
    CHECK_EQ_TEXT(unit->name, expected[i].name); /* an alias keeps its written form */
    CHECK_EQ_TEXT(unit->dimension, expected[i].dimension);
    CHECK_EQ_TEXT(unit->canonical, expected[i].canonical);
    CHECK_EQ_INT(unit->factor_mantissa, expected[i].mantissa);
    CHECK_EQ_INT(unit->factor_exponent, expected[i].exponent);
    CHECK_EQ_INT(unit->klass, expected[i].klass);
  }
}

static void every_sense_of_a_unit_carries_the_class_of_its_row(void) {
  const cz_index *index = &cz_builtin_index;
  int32_t wrong = 0, units = 0;
  for (int32_t i = 0; i < index->word_count; i++)
    for (uint32_t k = 0; k < index->words[i].sense_count; k++) {
      const cz_sense *sense = &index->senses[index->words[i].senses + k];
      if (sense->vocabulary != CZ_WORD_UNIT)
        continue;
      units++;
      wrong += sense->klass != cz_builtin_units[sense->row].klass;
    }
  CHECK_EQ_INT(wrong, 0);
  CHECK_EQ_INT(units, CZ_BUILTIN_UNITS);
}

/* An alias that leads elsewhere would give a figure the wrong name. */
static void every_name_and_alias_leads_to_its_indicator(void) {
  const cz_lexicon *lexicon = cz_lexicon_builtin();
  int32_t wrong = 0, aliases = 0;
  for (int32_t row = 0; row < cz_lexicon_indicator_count(lexicon); row++) {
    const cz_indicator *indicator = cz_lexicon_indicator(lexicon, row);
    wrong += indicator_named(lexicon, indicator->name) != indicator;
    char text[4096];
    if (!CHECK(strlen(indicator->aliases) < sizeof text))
      continue;
    strcpy(text, indicator->aliases);
    for (char *word = strtok(text, "|"); word; word = strtok(NULL, "|"), aliases++)
      wrong += indicator_named(lexicon, word) != indicator;
  }
  CHECK_EQ_INT(wrong, 0);
  CHECK(cz_lexicon_indicator_count(lexicon) >= 280);
  CHECK(aliases > 1000);
}

static void headlines_and_their_parts_are_different_indicators(void) {
  const cz_lexicon *lexicon = cz_lexicon_builtin();
  CHECK_EQ_TEXT(code_of(lexicon, "国内生产总值"), "gdp");
  CHECK_EQ_TEXT(code_of(lexicon, "GDP"), "gdp");
  CHECK_EQ_TEXT(code_of(lexicon, "地方一般公共预算收入"), "budget_revenue");
  CHECK_EQ_TEXT(code_of(lexicon, "货物进出口总额"), "trade");
  CHECK_EQ_TEXT(code_of(lexicon, "固定资产投资"), "fixed_investment");
  CHECK_EQ_TEXT(code_of(lexicon, "民间投资"), "private_investment");
  CHECK_EQ_TEXT(code_of(lexicon, "工业投资"), "industrial_investment");
  CHECK_EQ_TEXT(code_of(lexicon, "新增城镇就业"), "new_urban_jobs");
  CHECK_EQ_TEXT(code_of(lexicon, "高企"), "high_tech_firms");
  /* What has no code must not get one. */
  static const char *const none[] = {"新增高新技术企业", "高新技术企业总数", "财政支出", "经济", "投资"};
  for (size_t i = 0; i < sizeof none / sizeof *none; i++)
    CHECK_EQ_TEXT(code_of(lexicon, none[i]), "");
}

static void regions_know_parents_years_and_short_names(void) {
  const cz_lexicon *lexicon = cz_lexicon_builtin();
  const cz_region *city = region_named(lexicon, "常州市");
  if (!CHECK(city != NULL))
    return;
  CHECK_EQ_INT(city->code, 320400);
  CHECK_EQ_INT(city->level, 2);
  CHECK_EQ_INT(city->parent, 320000);
  CHECK_EQ_INT(city->last_year, 9999);
  CHECK_EQ_TEXT(city->short_name, "常州");
  CHECK(region_named(lexicon, "常州") == city);
  cz_hit hit;
  CHECK_EQ_INT(exact(lexicon, "常州", CZ_WORD_REGION, &hit), 2);
  CHECK_EQ_INT(sense_of(&hit, CZ_WORD_REGION)->klass, 1);
  CHECK_EQ_INT(sense_of(&hit, CZ_WORD_REGION)->value, 2);
  CHECK_EQ_INT(exact(lexicon, "常州市", CZ_WORD_REGION, &hit), 3);
  CHECK_EQ_INT(sense_of(&hit, CZ_WORD_REGION)->klass, 0);

  const cz_region *nation = region_named(lexicon, "全国");
  if (CHECK(nation != NULL)) {
    CHECK_EQ_INT(nation->code, 0);
    CHECK_EQ_INT(nation->level, 0);
    CHECK_EQ_TEXT(nation->short_name, "");
  }
  static const struct {
    const char *name;
    int32_t code, level, parent;
  } expected[] = {{"北京市", 110000, 1, 0},
                  {"内蒙古", 150000, 1, 0},
                  {"香港特别行政区", 810000, 1, 0},
                  {"台湾省", 710000, 1, 0},
                  {"溧阳市", 320481, 3, 320400},
                  {"金坛区", 320413, 3, 320400},
                  {"延边", 222400, 2, 220000},
                  {"恩施土家族苗族自治州", 422800, 2, 420000},
                  {"仙桃市", 429004, 3, 420000},
                  {"浦东新区", 310115, 3, 310000},
                  {"东莞市", 441900, 2, 440000},
                  {"昆山", 320583, 3, 320500},
                  {"长阳土家族自治县", 420528, 3, 420500}};
  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
    const cz_region *region = region_named(lexicon, expected[i].name);
    if (!CHECK(region != NULL))
      continue;
    CHECK_EQ_INT(region->code, expected[i].code);
    CHECK_EQ_INT(region->level, expected[i].level);
    CHECK_EQ_INT(region->parent, expected[i].parent);
  }
  const cz_region *old = region_named(lexicon, "襄樊市"), *now = region_named(lexicon, "襄阳市");
  if (CHECK(old != NULL && now != NULL)) {
    CHECK_EQ_INT(old->code, now->code);
    CHECK_EQ_INT(old->last_year + 1, now->first_year);
  }
  /* Ordinary words are known as short forms only, or not at all. */
  CHECK_EQ_INT(exact(lexicon, "城区", CZ_WORD_REGION, &hit), 2);
  CHECK_EQ_INT(sense_of(&hit, CZ_WORD_REGION)->klass, 1);
  CHECK_EQ_INT(exact(lexicon, "和平", CZ_WORD_REGION, &hit), 0);
  CHECK_EQ_INT(exact(lexicon, "长治", CZ_WORD_REGION, &hit), 0);
}

static void every_region_has_a_parent_above_it(void) {
  const cz_lexicon *lexicon = cz_lexicon_builtin();
  int32_t wrong = 0;
  for (int32_t row = 0; row < cz_lexicon_region_count(lexicon); row++) {
    const cz_region *region = cz_lexicon_region(lexicon, row);
    bool found = region->level == 0;
    for (int32_t k = 0; k < cz_lexicon_region_count(lexicon) && !found; k++) {
      const cz_region *other = cz_lexicon_region(lexicon, k);
      found = other->code == region->parent && other->level < region->level;
    }
    wrong += !found || region->first_year > region->last_year;
  }
  CHECK_EQ_INT(wrong, 0);
  CHECK(cz_lexicon_region_count(lexicon) > 3000);
}

static void a_word_of_several_vocabularies_shows_all_its_senses(void) {
  const cz_index *index = &cz_builtin_index;
  int32_t shared = 0;
  for (int32_t i = 0; i < index->word_count; i++) {
    const cz_word *word = &index->words[i];
    if (!(word->vocabularies & CZ_WORD_UNIT) || !(word->vocabularies & CZ_WORD_CUE))
      continue;
    shared++;
    cz_hit hit;
    (void)cz_lexicon_exact(cz_lexicon_builtin(), index->chars + word->chars, word->length, CZ_WORD_UNIT,
                           &hit);
    CHECK(sense_of(&hit, CZ_WORD_CUE) != NULL && sense_of(&hit, CZ_WORD_UNIT) != NULL);
  }
  CHECK(shared > 0);
}

static void class_names_and_numbers_belong_together(void) {
  CHECK_EQ_TEXT(cz_cue_class_names[0], "");
  CHECK_EQ_TEXT(cz_unit_class_names[0], "");
  CHECK_EQ_TEXT(cz_unit_class_names[CZ_UNIT_MONEY], "MONEY");
  CHECK_EQ_TEXT(cz_cue_class_names[CZ_CUE_RISE], "RISE");
  for (int i = 2; i < CZ_CUE_CLASS_COUNT; i++)
    CHECK(strcmp(cz_cue_class_names[i - 1], cz_cue_class_names[i]) < 0);
}

/* ---- words added at run time ---- */

static cz_vocabulary *new_vocabulary(void) {
  cz_vocabulary *vocabulary = NULL;
  CHECK_EQ_INT(cz_vocabulary_create(NULL, &vocabulary), CZ_OK);
  return vocabulary;
}

static cz_lexicon *extend(cz_vocabulary *vocabulary) {
  cz_lexicon *lexicon = NULL;
  CHECK_EQ_INT(cz_lexicon_extend(vocabulary, NULL, &lexicon), CZ_OK);
  cz_vocabulary_free(vocabulary); /* the lexicon must not need it any more */
  return lexicon;
}

static void an_empty_vocabulary_changes_nothing(void) {
  cz_lexicon *lexicon = extend(new_vocabulary());
  if (!CHECK(lexicon != NULL))
    return;
  const cz_lexicon *plain = cz_lexicon_builtin();
  CHECK_EQ_INT(cz_lexicon_unit_count(lexicon), cz_lexicon_unit_count(plain));
  CHECK_EQ_INT(cz_lexicon_indicator_count(lexicon), cz_lexicon_indicator_count(plain));
  CHECK_EQ_INT(cz_lexicon_region_count(lexicon), cz_lexicon_region_count(plain));
  CHECK_EQ_TEXT(cz_lexicon_version(lexicon), cz_lexicon_version(plain));
  CHECK_EQ_TEXT(code_of(lexicon, "地区生产总值"), "gdp");
  cz_lexicon_free(lexicon);
}

static void a_new_indicator_is_found_by_name_and_alias(void) {
  cz_vocabulary *vocabulary = new_vocabulary();
  const cz_indicator stalls = {.code = "night_market_stalls",
                               .name = "夜市摊位数",
                               .aliases = "夜市摊位|夜间摊位（个）",
                               .direction = "higher"};
  CHECK_EQ_INT(cz_vocabulary_add_indicator(vocabulary, &stalls), CZ_OK);
  cz_lexicon *lexicon = extend(vocabulary);
  if (!CHECK(lexicon != NULL))
    return;
  const cz_indicator *row = indicator_named(lexicon, "夜市摊位数");
  if (CHECK(row != NULL)) {
    CHECK_EQ_TEXT(row->code, "night_market_stalls");
    CHECK_EQ_TEXT(row->name, "夜市摊位数");
    CHECK_EQ_TEXT(row->aliases, "夜市摊位|夜间摊位（个）");
    CHECK_EQ_TEXT(row->name_en, ""); /* NULL is "" */
    CHECK_EQ_TEXT(row->direction, "higher");
    CHECK(row == cz_lexicon_indicator(lexicon, cz_lexicon_indicator_count(lexicon) - 1));
  }
  CHECK(indicator_named(lexicon, "夜间摊位（个）") == row);
  CHECK(indicator_named(cz_lexicon_builtin(), "夜市摊位数") == NULL);
  CHECK_EQ_INT(cz_lexicon_indicator_count(lexicon), cz_lexicon_indicator_count(cz_lexicon_builtin()) + 1);
  /* The built-in words are still there, in the same rows. */
  CHECK_EQ_TEXT(code_of(lexicon, "居民消费价格"), "cpi");
  CHECK(region_named(lexicon, "常州") == region_named(cz_lexicon_builtin(), "常州"));
  cz_hit hit;
  CHECK_EQ_INT(longest(lexicon, "夜市摊位数达到", CZ_WORD_INDICATOR, &hit), 5);
  CHECK_EQ_INT(longest(lexicon, "夜市摊位了", CZ_WORD_INDICATOR, &hit), 4);
  CHECK_EQ_INT(longest(lexicon, "夜市", CZ_WORD_INDICATOR, &hit), 0);
  cz_lexicon_free(lexicon);
}

static void a_known_code_gains_aliases_and_keeps_its_row(void) {
  cz_vocabulary *vocabulary = new_vocabulary();
  CHECK_EQ_INT(
      cz_vocabulary_add_indicator(vocabulary, &(cz_indicator){.code = "gdp", .aliases = "全域产值甲"}),
      CZ_OK);
  CHECK_EQ_INT(cz_vocabulary_add_indicator(vocabulary, &(cz_indicator){.code = "own", .name = "自有指标"}),
               CZ_OK);
  CHECK_EQ_INT(cz_vocabulary_add_indicator(vocabulary, &(cz_indicator){.code = "gdp", .name = "全域产值乙"}),
               CZ_OK);
  CHECK_EQ_INT(cz_vocabulary_add_indicator(
                   vocabulary, &(cz_indicator){.code = "own", .aliases = "自有指标二|自有指标三"}),
               CZ_OK);
  cz_lexicon *lexicon = extend(vocabulary);
  if (!CHECK(lexicon != NULL))
    return;
  const cz_indicator *plain = indicator_named(cz_lexicon_builtin(), "地区生产总值");
  const cz_indicator *row = indicator_named(lexicon, "全域产值甲");
  if (CHECK(row != NULL && plain != NULL)) {
    CHECK_EQ_TEXT(row->code, "gdp");
    CHECK_EQ_TEXT(row->name, "地区生产总值"); /* the canonical name stays */
    CHECK_EQ_INT(strncmp(row->aliases, plain->aliases, strlen(plain->aliases)), 0);
    CHECK_EQ_TEXT(row->aliases + strlen(plain->aliases), "|全域产值甲|全域产值乙");
    CHECK(indicator_named(lexicon, "全域产值乙") == row);
    CHECK(indicator_named(lexicon, "地区生产总值") == row);
  }
  row = indicator_named(lexicon, "自有指标三");
  if (CHECK(row != NULL)) {
    CHECK_EQ_TEXT(row->code, "own");
    CHECK_EQ_TEXT(row->aliases, "自有指标二|自有指标三");
  }
  CHECK_EQ_INT(cz_lexicon_indicator_count(lexicon), cz_lexicon_indicator_count(cz_lexicon_builtin()) + 1);
  cz_lexicon_free(lexicon);
}

static void an_added_sense_comes_before_the_built_in_ones(void) {
  cz_vocabulary *vocabulary = new_vocabulary();
  CHECK_EQ_INT(
      cz_vocabulary_add_indicator(vocabulary, &(cz_indicator){.code = "my_gdp", .name = "地区生产总值"}),
      CZ_OK);
  CHECK_EQ_INT(cz_vocabulary_add_cue(vocabulary, "增长", "FALL", -1), CZ_OK);
  CHECK_EQ_INT(cz_vocabulary_add_cue(vocabulary, "增长", "FALL", -1), CZ_OK); /* twice is once */
  cz_lexicon *lexicon = extend(vocabulary);
  if (!CHECK(lexicon != NULL))
    return;
  CHECK_EQ_TEXT(code_of(lexicon, "地区生产总值"), "my_gdp");
  cz_hit plain, hit;
  CHECK_EQ_INT(exact(cz_lexicon_builtin(), "增长", CZ_WORD_CUE, &plain), 2);
  CHECK_EQ_INT(exact(lexicon, "增长", CZ_WORD_CUE, &hit), 2);
  CHECK_EQ_INT(hit.sense_count, plain.sense_count + 1);
  CHECK_EQ_INT(hit.senses[0].klass, CZ_CUE_FALL);
  CHECK_EQ_INT(hit.senses[0].value, -1);
  CHECK_EQ_INT(hit.senses[0].row, -1);
  for (int32_t i = 0; i < plain.sense_count; i++)
    CHECK_EQ_INT(hit.senses[i + 1].klass, plain.senses[i].klass);
  cz_lexicon_free(lexicon);
}

/* The word of the overlay carries built-in senses as well: 元 made a cue must stay a unit. */
static void a_redefined_word_keeps_its_other_vocabularies(void) {
  cz_vocabulary *vocabulary = new_vocabulary();
  CHECK_EQ_INT(cz_vocabulary_add_cue(vocabulary, "元", "RISE", 1), CZ_OK);
  cz_lexicon *lexicon = extend(vocabulary);
  if (!CHECK(lexicon != NULL))
    return;
  CHECK(unit_named(lexicon, "元") != NULL);
  cz_hit hit;
  CHECK_EQ_INT(longest(lexicon, "元", CZ_WORD_UNIT, &hit), 1);
  CHECK(sense_of(&hit, CZ_WORD_CUE) != NULL);
  CHECK_EQ_INT(longest(cz_lexicon_builtin(), "元", CZ_WORD_CUE, &hit), 0);
  cz_lexicon_free(lexicon);
}

static void the_longer_word_wins_whichever_side_it_is_on(void) {
  cz_vocabulary *vocabulary = new_vocabulary();
  CHECK_EQ_INT(cz_vocabulary_add_unit(vocabulary, &(cz_unit){.name = "平方公"}, NULL), CZ_OK);
  CHECK_EQ_INT(cz_vocabulary_add_unit(vocabulary, &(cz_unit){.name = "元整"}, "元"), CZ_OK);
  cz_lexicon *lexicon = extend(vocabulary);
  if (!CHECK(lexicon != NULL))
    return;
  cz_hit hit;
  CHECK_EQ_INT(longest(lexicon, "平方公里", CZ_WORD_UNIT, &hit), 4); /* built in */
  CHECK_EQ_INT(longest(lexicon, "平方公尺", CZ_WORD_UNIT, &hit), 3); /* added */
  CHECK_EQ_INT(longest(lexicon, "元整", CZ_WORD_UNIT, &hit), 2);
  CHECK_EQ_INT(longest(lexicon, "元人民币", CZ_WORD_UNIT, &hit), 4);
  cz_lexicon_free(lexicon);
}

static void a_new_unit_behaves_like_the_one_it_names(void) {
  cz_vocabulary *vocabulary = new_vocabulary();
  CHECK_EQ_INT(cz_vocabulary_add_unit(vocabulary, &(cz_unit){.name = "箩筐", .name_en = "hamper"}, "件"),
               CZ_OK);
  const cz_unit stone = {.name = "石", .canonical = "吨", .factor_mantissa = 6, .factor_exponent = -2};
  CHECK_EQ_INT(cz_vocabulary_add_unit(vocabulary, &stone, "吨"), CZ_OK);
  CHECK_EQ_INT(cz_vocabulary_add_unit(vocabulary, &(cz_unit){.name = "大石"}, "石"),
               CZ_OK); /* like an added one */
  CHECK_EQ_INT(cz_vocabulary_add_unit(vocabulary, &(cz_unit){.name = "亩"}, "公顷"),
               CZ_OK); /* a known one, redefined */
  CHECK_EQ_INT(cz_vocabulary_add_unit(vocabulary, &(cz_unit){.name = "甲", .klass = CZ_UNIT_RANK}, NULL),
               CZ_OK);
  CHECK_EQ_INT(cz_vocabulary_add_unit(vocabulary, &(cz_unit){.name = "乙"}, "没有的单位"),
               CZ_ERROR_VOCABULARY);
  CHECK_EQ_INT(
      cz_vocabulary_add_unit(vocabulary, &(cz_unit){.name = "乙", .klass = CZ_UNIT_CLASS_COUNT}, NULL),
      CZ_ERROR_VOCABULARY);
  CHECK_EQ_INT(cz_vocabulary_add_unit(vocabulary, &(cz_unit){.name_en = "nameless"}, NULL),
               CZ_ERROR_VOCABULARY);
  cz_lexicon *lexicon = extend(vocabulary);
  if (!CHECK(lexicon != NULL))
    return;
  const cz_unit *unit = unit_named(lexicon, "箩筐");
  if (CHECK(unit != NULL)) {
    CHECK_EQ_INT(unit->klass, CZ_UNIT_COUNT);
    CHECK_EQ_TEXT(unit->dimension, "count");
    CHECK_EQ_TEXT(unit->canonical, "箩筐");
    CHECK_EQ_TEXT(unit->name_en, "hamper");
    CHECK_EQ_INT(unit->factor_mantissa, 1);
    CHECK_EQ_INT(unit->factor_exponent, 0);
  }
  unit = unit_named(lexicon, "石");
  if (CHECK(unit != NULL)) {
    CHECK_EQ_TEXT(unit->dimension, "mass");
    CHECK_EQ_INT(unit->klass, CZ_UNIT_PHYSICAL);
    CHECK_EQ_INT(unit->factor_mantissa, 6);
    CHECK_EQ_INT(unit->factor_exponent, -2);
  }
  unit = unit_named(lexicon, "大石");
  if (CHECK(unit != NULL))
    CHECK_EQ_TEXT(unit->dimension, "mass");
  unit = unit_named(lexicon, "亩");
  if (CHECK(unit != NULL))
    CHECK_EQ_TEXT(unit->canonical, "亩");
  unit = unit_named(lexicon, "甲");
  if (CHECK(unit != NULL))
    CHECK_EQ_INT(unit->klass, CZ_UNIT_RANK);
  CHECK(unit_named(lexicon, "乙") == NULL);
  CHECK_EQ_INT(cz_lexicon_unit_count(lexicon), CZ_BUILTIN_UNITS + 5);
  cz_lexicon_free(lexicon);
}

/* Documents are folded before they are searched, so words must be folded the same way. */
static void added_words_are_folded_as_documents_are(void) {
  cz_vocabulary *vocabulary = new_vocabulary();
  CHECK_EQ_INT(cz_vocabulary_add_cue(vocabulary, "ＡＢ　指 数％", "RISE", 1), CZ_OK);
  CHECK_EQ_INT(cz_vocabulary_add_cue(vocabulary, " open  door ", "RISE", 2), CZ_OK);
  CHECK_EQ_INT(cz_vocabulary_add_cue(vocabulary, "\xEF\xBB\xBF零宽", "RISE", 3), CZ_OK);
  cz_lexicon *lexicon = extend(vocabulary);
  if (!CHECK(lexicon != NULL))
    return;
  cz_hit hit;
  CHECK_EQ_INT(exact(lexicon, "AB指数%", CZ_WORD_CUE, &hit), 5);
  CHECK_EQ_INT(exact(lexicon, "open door", CZ_WORD_CUE, &hit), 9); /* one blank stays between letters */
  CHECK_EQ_INT(exact(lexicon, "零宽", CZ_WORD_CUE, &hit), 2);
  cz_lexicon_free(lexicon);
}

static void bad_entries_are_refused_and_leave_no_trace(void) {
  cz_vocabulary *vocabulary = new_vocabulary();
  static const struct {
    cz_indicator indicator;
    cz_status status;
  } bad[] = {
      {{.name = "没有代码"}, CZ_ERROR_VOCABULARY},
      {{.code = "", .name = "空代码"}, CZ_ERROR_VOCABULARY},
      {{.code = "nameless"}, CZ_ERROR_VOCABULARY},
      {{.code = "x", .name = "指标甲", .aliases = "别名甲||别名乙"}, CZ_ERROR_VOCABULARY},
      {{.code = "x", .name = "指标甲", .aliases = "别名甲|"}, CZ_ERROR_VOCABULARY},
      {{.code = "x", .name = "指标甲", .aliases = "别名甲| \xE2\x80\x8B"}, CZ_ERROR_VOCABULARY},
      {{.code = "x", .name = "　"}, CZ_ERROR_VOCABULARY},
      {{.code = "x", .name = "两\n行"}, CZ_ERROR_VOCABULARY},
      {{.code = "x", .name = "𠮷祥"}, CZ_ERROR_VOCABULARY},
      {{.code = "x", .name = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三"},
       CZ_ERROR_VOCABULARY},
      {{.code = "x", .name = "坏\xE5\xB8"}, CZ_ERROR_ENCODING},
      {{.code = "x", .name = "坏\xC0\xAF"}, CZ_ERROR_ENCODING},
      {{.code = "x", .name = "坏\xED\xA0\x80"}, CZ_ERROR_ENCODING},
      {{.code = "x", .name = "坏\xE0\x80\x80"}, CZ_ERROR_ENCODING},
      {{.code = "x", .name = "坏\xF4\x90\x80\x80"}, CZ_ERROR_ENCODING},
      {{.code = "x", .name = "指标甲", .aliases = "别名甲|\xFF"}, CZ_ERROR_ENCODING},
      {{.code = "x", .name = "指标甲", .category = "\x80"}, CZ_ERROR_ENCODING},
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    CHECK_EQ_INT(cz_vocabulary_add_indicator(vocabulary, &bad[i].indicator), bad[i].status);
  CHECK_EQ_INT(cz_vocabulary_add_cue(vocabulary, "词", "NO_SUCH_CLASS", 0), CZ_ERROR_VOCABULARY);
  CHECK_EQ_INT(cz_vocabulary_add_cue(vocabulary, "词", "", 0), CZ_ERROR_VOCABULARY);
  CHECK_EQ_INT(cz_vocabulary_add_cue(vocabulary, "", "RISE", 0), CZ_ERROR_VOCABULARY);
  CHECK_EQ_INT(cz_vocabulary_add_cue(vocabulary, "词", "RISE", 32768), CZ_ERROR_VOCABULARY);
  CHECK_EQ_INT(cz_vocabulary_add_cue(vocabulary, "词", "RISE", -32769), CZ_ERROR_VOCABULARY);
  CHECK_EQ_INT(cz_vocabulary_add_indicator(NULL, &bad[0].indicator), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_vocabulary_add_indicator(vocabulary, NULL), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_vocabulary_add_unit(vocabulary, NULL, NULL), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_vocabulary_add_cue(vocabulary, NULL, "RISE", 0), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_vocabulary_create(NULL, NULL), CZ_ERROR_ARGUMENT);
  cz_lexicon *lexicon = (cz_lexicon *)(uintptr_t)8;
  CHECK_EQ_INT(cz_lexicon_extend(NULL, NULL, &lexicon), CZ_ERROR_ARGUMENT);
  CHECK(lexicon == NULL);
  CHECK_EQ_INT(cz_lexicon_extend(vocabulary, NULL, NULL), CZ_ERROR_ARGUMENT);
  /* After all that the vocabulary is as good as new. */
  CHECK_EQ_INT(cz_vocabulary_add_indicator(vocabulary, &(cz_indicator){.code = "x", .name = "指标乙"}),
               CZ_OK);
  lexicon = extend(vocabulary);
  if (!CHECK(lexicon != NULL))
    return;
  CHECK_EQ_TEXT(code_of(lexicon, "指标乙"), "x");
  CHECK_EQ_TEXT(code_of(lexicon, "指标甲"), "");
  CHECK_EQ_TEXT(code_of(lexicon, "别名甲"), "");
  CHECK_EQ_INT(cz_lexicon_indicator_count(lexicon), CZ_BUILTIN_INDICATORS + 1);
  cz_lexicon_free(lexicon);
}

/* Built-in tables come from gen_tables.py, added ones from vocabulary.c: both must find the same words. */
static void an_index_built_at_run_time_equals_the_generated_one(void) {
  const cz_index *index = &cz_builtin_index;
  cz_vocabulary *vocabulary = new_vocabulary();
  int32_t failed = 0, wrong = 0;
  for (int32_t i = 0; i < index->word_count; i++) {
    char text[4 * CZ_WORD_LIMIT + 1];
    char *to = text;
    for (int32_t k = 0; k < index->words[i].length; k++) {
      const uint16_t c = index->chars[index->words[i].chars + (uint32_t)k];
      if (c < 0x80) {
        *to++ = (char)c;
      } else if (c < 0x800) {
        *to++ = (char)(0xC0 | c >> 6);
        *to++ = (char)(0x80 | (c & 63));
      } else {
        *to++ = (char)(0xE0 | c >> 12);
        *to++ = (char)(0x80 | (c >> 6 & 63));
        *to++ = (char)(0x80 | (c & 63));
      }
    }
    *to = 0;
    failed += cz_vocabulary_add_cue(vocabulary, text, "RISE", i % 1000) != CZ_OK;
  }
  CHECK_EQ_INT(failed, 0);
  cz_lexicon *lexicon = extend(vocabulary);
  if (!CHECK(lexicon != NULL))
    return;
  CHECK_EQ_INT(lexicon->index->word_count, index->word_count);
  for (int32_t i = 0; i < index->word_count; i++) {
    const cz_word *word = &index->words[i];
    cz_hit plain, hit;
    (void)cz_lexicon_exact(cz_lexicon_builtin(), index->chars + word->chars, word->length, ALL_WORDS, &plain);
    wrong += cz_lexicon_exact(lexicon, index->chars + word->chars, word->length, CZ_WORD_CUE, &hit) !=
             word->length;
    if (hit.sense_count == 0)
      continue;
    const bool known = plain.sense_count == hit.sense_count; /* the very sense was there before */
    wrong += hit.sense_count != plain.sense_count + 1 && !known;
    wrong += hit.senses[0].klass != CZ_CUE_RISE || hit.senses[0].value != i % 1000;
  }
  CHECK_EQ_INT(wrong, 0);
  uint32_t random = 11;
  for (int round = 0; round < 20000; round++) {
    const cz_word *word = &index->words[next_random(&random) % (uint32_t)index->word_count];
    const cz_word *next = &index->words[next_random(&random) % (uint32_t)index->word_count];
    uint16_t text[2 * CZ_WORD_LIMIT];
    memcpy(text, index->chars + word->chars, word->length * sizeof *text);
    memcpy(text + word->length, index->chars + next->chars, next->length * sizeof *text);
    cz_hit plain, hit;
    wrong += cz_lexicon_longest(cz_lexicon_builtin(), text, word->length + next->length, ALL_WORDS, &plain) !=
             cz_lexicon_longest(lexicon, text, word->length + next->length, ALL_WORDS, &hit);
  }
  CHECK_EQ_INT(wrong, 0);
  cz_lexicon_free(lexicon);
}

static void free_takes_null_and_leaves_the_built_in_one(void) {
  cz_lexicon_free(NULL);
  cz_vocabulary_free(NULL);
  /* The cast away of const is what a careless caller does. */
  cz_lexicon_free((cz_lexicon *)(uintptr_t)cz_lexicon_builtin());
  CHECK_EQ_TEXT(code_of(cz_lexicon_builtin(), "GDP"), "gdp");
}

/* ---- memory ---- */

static cz_status build_all(const cz_allocator *allocator, cz_lexicon **out) {
  cz_vocabulary *vocabulary = NULL;
  cz_status status = cz_vocabulary_create(allocator, &vocabulary);
  for (int i = 0; i < 60 && status == CZ_OK; i++) {
    char code[32], name[64];
    snprintf(code, sizeof code, "code_%d", i);
    snprintf(name, sizeof name, "指标%d号", i);
    status = cz_vocabulary_add_indicator(
        vocabulary, &(cz_indicator){.code = code, .name = name, .aliases = "共名|生产总值"});
    if (status == CZ_OK)
      status = cz_vocabulary_add_indicator(vocabulary, &(cz_indicator){.code = "gdp", .aliases = name});
    if (status == CZ_OK)
      status = cz_vocabulary_add_unit(vocabulary, &(cz_unit){.name = name}, i ? "指标0号" : "件");
    if (status == CZ_OK)
      status = cz_vocabulary_add_cue(vocabulary, name, "RISE", i);
  }
  if (status == CZ_OK)
    status = cz_lexicon_extend(vocabulary, allocator, out);
  cz_vocabulary_free(vocabulary);
  return status;
}

static void every_failed_allocation_is_reported_and_nothing_leaks(void) {
  for (int64_t n = 0;; n++) {
    check_memory memory = {.countdown = n};
    const cz_allocator allocator = check_allocator(&memory);
    cz_lexicon *lexicon = NULL;
    const cz_status status = build_all(&allocator, &lexicon);
    if (status == CZ_OK) {
      CHECK_EQ_INT(memory.requests, n); /* no failure was swallowed on the way */
      if (CHECK(lexicon != NULL))
        CHECK_EQ_TEXT(code_of(lexicon, "指标59号"), "code_59");
      cz_lexicon_free(lexicon);
    } else {
      CHECK_EQ_INT(status, CZ_ERROR_MEMORY);
      CHECK(lexicon == NULL);
    }
    CHECK_NO_LEAK(memory);
    if (status == CZ_OK) {
      CHECK(n > 10);
      return;
    }
  }
}

/* A refused entry must not spoil what was added before. */
static void a_vocabulary_goes_on_after_memory_came_back(void) {
  int total = 0;
  for (int64_t n = 1; n < 12; n++) {
    check_memory memory = {.countdown = n};
    const cz_allocator allocator = check_allocator(&memory);
    cz_vocabulary *vocabulary = NULL;
    CHECK_EQ_INT(cz_vocabulary_create(&allocator, &vocabulary), CZ_OK);
    for (int i = 0; i < 40; i++) {
      char name[64];
      snprintf(name, sizeof name, "续行%d号", i);
      const cz_indicator indicator = {.code = name, .name = name, .aliases = "续行共名"};
      if (cz_vocabulary_add_indicator(vocabulary, &indicator) == CZ_OK)
        continue;
      total++;
      memory.countdown = -1;
      CHECK_EQ_INT(cz_vocabulary_add_indicator(vocabulary, &indicator), CZ_OK);
    }
    cz_lexicon *lexicon = NULL;
    memory.countdown = -1;
    CHECK_EQ_INT(cz_lexicon_extend(vocabulary, &allocator, &lexicon), CZ_OK);
    cz_vocabulary_free(vocabulary);
    if (!CHECK(lexicon != NULL))
      return;
    CHECK_EQ_INT(cz_lexicon_indicator_count(lexicon), CZ_BUILTIN_INDICATORS + 40);
    CHECK_EQ_TEXT(code_of(lexicon, "续行39号"), "续行39号");
    cz_hit hit;
    CHECK_EQ_INT(exact(lexicon, "续行共名", CZ_WORD_INDICATOR, &hit), 4);
    CHECK_EQ_INT(hit.sense_count, 40);
    cz_lexicon_free(lexicon);
    CHECK_NO_LEAK(memory);
  }
  CHECK(total >= 8); /* the failures did strike */
}

static const check_test tests[] = {
    CHECK_TEST(every_word_is_found),
    CHECK_TEST(longest_match_agrees_with_trying_every_word),
    CHECK_TEST(the_longest_word_wins_unless_the_mask_forbids_it),
    CHECK_TEST(nothing_beyond_count_is_looked_at),
    CHECK_TEST(exact_needs_the_whole_word),
    CHECK_TEST(characters_that_begin_no_word_are_harmless),
    CHECK_TEST(rows_out_of_range_are_null),
    CHECK_TEST(units_convert_to_their_canonical_unit),
    CHECK_TEST(every_sense_of_a_unit_carries_the_class_of_its_row),
    CHECK_TEST(every_name_and_alias_leads_to_its_indicator),
    CHECK_TEST(headlines_and_their_parts_are_different_indicators),
    CHECK_TEST(regions_know_parents_years_and_short_names),
    CHECK_TEST(every_region_has_a_parent_above_it),
    CHECK_TEST(a_word_of_several_vocabularies_shows_all_its_senses),
    CHECK_TEST(class_names_and_numbers_belong_together),
    CHECK_TEST(an_empty_vocabulary_changes_nothing),
    CHECK_TEST(a_new_indicator_is_found_by_name_and_alias),
    CHECK_TEST(a_known_code_gains_aliases_and_keeps_its_row),
    CHECK_TEST(an_added_sense_comes_before_the_built_in_ones),
    CHECK_TEST(a_redefined_word_keeps_its_other_vocabularies),
    CHECK_TEST(the_longer_word_wins_whichever_side_it_is_on),
    CHECK_TEST(a_new_unit_behaves_like_the_one_it_names),
    CHECK_TEST(added_words_are_folded_as_documents_are),
    CHECK_TEST(bad_entries_are_refused_and_leave_no_trace),
    CHECK_TEST(an_index_built_at_run_time_equals_the_generated_one),
    CHECK_TEST(free_takes_null_and_leaves_the_built_in_one),
    CHECK_TEST(every_failed_allocation_is_reported_and_nothing_leaks),
    CHECK_TEST(a_vocabulary_goes_on_after_memory_came_back),
};

CHECK_MAIN(tests)
