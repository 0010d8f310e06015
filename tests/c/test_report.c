/* A whole report from C alone: what is read, what the tables say, bad input, odd texts, memory that runs out.
 */
#include <math.h>
#include <time.h>

#include "check.h"
#include "czcore.h"

/* ---- reading and looking ---- */

static cz_report *read_bytes(const char *bytes, int64_t size, const cz_report_options *options) {
  cz_report *report;
  cz_error error;
  cz_status status = cz_report_parse(bytes, size, options, &report, &error);
  if (CHECK_EQ_INT(status, CZ_OK) && CHECK(report != NULL)) {
    CHECK_EQ_INT(error.status, CZ_OK);
    CHECK_EQ_INT(error.offset, -1);
    return report;
  }
  printf("  %s\n", error.message);
  return NULL;
}

static cz_report *read_text(const char *text, const char *region, int32_t year) {
  cz_report_options options = {.region = region, .year = year};
  return read_bytes(text, (int64_t)strlen(text), &options);
}

static cz_column column_of(const cz_table *table, const char *name) {
  cz_column column = {0};
  int32_t index = cz_table_find(table, name);
  if (CHECK(index >= 0))
    CHECK_EQ_INT(cz_table_column(table, index, &column), CZ_OK);
  return column;
}

/* A text cell, terminated, in a buffer that the fourth next call overwrites. */
static const char *text_at(const cz_table *table, int64_t row, const char *name) {
  static char buffers[4][4096];
  static int next;
  char *out = buffers[next++ % 4];
  cz_column column = column_of(table, name);
  out[0] = '\0';
  if (!CHECK(column.type == CZ_TEXT) || !CHECK(row < cz_table_rows(table)))
    return out;
  int64_t size = column.offsets[row + 1] - column.offsets[row];
  if (!CHECK(size < (int64_t)sizeof buffers[0]))
    return out;
  memcpy(out, column.bytes + column.offsets[row], (size_t)size);
  out[size] = '\0';
  return out;
}

static double real_at(const cz_table *table, int64_t row, const char *name) {
  cz_column column = column_of(table, name);
  if (!CHECK(column.type == CZ_FLOAT64) || !CHECK(row < cz_table_rows(table)))
    return NAN;
  return ((const double *)column.values)[row];
}

static int64_t integer_at(const cz_table *table, int64_t row, const char *name) {
  cz_column column = column_of(table, name);
  if (!CHECK(row < cz_table_rows(table)))
    return INT64_MIN;
  if (column.type == CZ_INT64)
    return ((const int64_t *)column.values)[row];
  CHECK(column.type == CZ_INT32);
  return ((const int32_t *)column.values)[row];
}

static const char *code_at(const cz_table *table, int64_t row, const char *name) {
  cz_column column = column_of(table, name);
  if (!CHECK(column.type == CZ_CODE) || !CHECK(row < cz_table_rows(table)))
    return "";
  int32_t code = ((const uint8_t *)column.values)[row];
  return CHECK(code < column.category_count) ? column.categories[code] : "";
}

static bool has_note(const cz_report *report, const char *code) {
  const cz_table *notes = cz_report_notes(report);
  for (int64_t i = 0; i < cz_table_rows(notes); i++)
    if (strcmp(text_at(notes, i, "code"), code) == 0)
      return true;
  return false;
}

/* Start of code point `index`; bytes are valid UTF-8. */
typedef struct place_walk {
  const unsigned char *bytes;
  int64_t size, at, index;
} place_walk;

static void walk_to(place_walk *walk, int64_t index) {
  while (walk->index < index && walk->at < walk->size) {
    walk->at++;
    while (walk->at < walk->size && (walk->bytes[walk->at] & 0xC0) == 0x80)
      walk->at++;
    walk->index++;
  }
}

/* A digit of any run that must lie in a row: ASCII or full width. */
static bool is_digit_at(const char *bytes, int64_t size, int64_t at) {
  const unsigned char *b = (const unsigned char *)bytes + at;
  if (b[0] >= '0' && b[0] <= '9')
    return true;
  return at + 2 < size && b[0] == 0xEF && b[1] == 0xBC && b[2] >= 0x90 && b[2] <= 0x99;
}

/* What holds for every text: rows in order, quotes are the text, every digit in a row, sections and sentences
 * in range. */
static void check_sound(const cz_report *report, const char *bytes, int64_t size) {
  const cz_table *table = cz_report_quantities(report);
  cz_column start = column_of(table, "start"), end = column_of(table, "end"), text = column_of(table, "text");
  cz_column sentence = column_of(table, "sentence");
  const cz_table *sentences = cz_report_sentences(report);
  cz_column first = column_of(sentences, "start"), last = column_of(sentences, "end");
  place_walk walk = {(const unsigned char *)bytes, size, 0, 0};
  int64_t behind = 0;
  bool fine = true;
  for (int64_t i = 0; i < cz_table_rows(table) && fine; i++) {
    int64_t from = ((const int64_t *)start.values)[i], to = ((const int64_t *)end.values)[i];
    fine = CHECK(from < to) && CHECK(walk.index <= from);
    walk_to(&walk, from);
    for (int64_t at = behind; at < walk.at && fine; at++)
      fine = CHECK(!is_digit_at(bytes, size, at));
    int64_t byte_start = walk.at;
    walk_to(&walk, to);
    fine =
        fine && CHECK(walk.index == to) &&
        CHECK_EQ_INT(text.offsets[i + 1] - text.offsets[i], walk.at - byte_start) &&
        CHECK(memcmp(text.bytes + text.offsets[i], bytes + byte_start, (size_t)(walk.at - byte_start)) == 0);
    int32_t number = ((const int32_t *)sentence.values)[i];
    fine = fine && CHECK(number >= 0 && number < cz_table_rows(sentences)) &&
           CHECK(((const int64_t *)first.values)[number] <= from) &&
           CHECK(to <= ((const int64_t *)last.values)[number]);
    behind = walk.at;
  }
  for (int64_t at = behind; at < size && fine; at++)
    fine = CHECK(!is_digit_at(bytes, size, at));
  walk_to(&walk, INT64_MAX);
  int64_t before = 0;
  for (int64_t i = 0; i < cz_table_rows(sentences) && fine; i++) {
    int64_t from = ((const int64_t *)first.values)[i], to = ((const int64_t *)last.values)[i];
    fine = CHECK(before <= from && from < to && to <= walk.index);
    before = to;
  }
  const cz_table *sections = cz_report_sections(report);
  for (int64_t i = 0; i < cz_table_rows(sections) && fine; i++)
    fine = CHECK(integer_at(sections, i, "start") < integer_at(sections, i, "end")) &&
           CHECK(integer_at(sections, i, "end") <= walk.index) &&
           CHECK(integer_at(sections, i, "level") >= 1);
}

static void check_odd(const char *bytes, int64_t size) {
  cz_report_options options = {.region = "常州市", .year = 2021};
  cz_report *report = read_bytes(bytes, size, &options);
  if (!report)
    return;
  check_sound(report, bytes, size);
  cz_report_free(report);
}

/* Same cells in both. */
static bool same_table(const cz_table *a, const cz_table *b) {
  if (cz_table_rows(a) != cz_table_rows(b) || cz_table_columns(a) != cz_table_columns(b))
    return false;
  for (int32_t i = 0; i < cz_table_columns(a); i++) {
    cz_column x, y;
    if (cz_table_column(a, i, &x) || cz_table_column(b, i, &y) || x.type != y.type)
      return false;
    size_t rows = (size_t)cz_table_rows(a);
    size_t size = x.type == CZ_CODE ? 1 : x.type == CZ_INT32 ? sizeof(int32_t) : sizeof(int64_t);
    if (x.type == CZ_TEXT) {
      if (memcmp(x.offsets, y.offsets, (rows + 1) * sizeof(int64_t)) != 0)
        return false;
      if (memcmp(x.bytes, y.bytes, (size_t)x.offsets[rows]) != 0)
        return false;
    } else if (rows && memcmp(x.values, y.values, rows * size) != 0) {
      return false;
    }
  }
  return true;
}

static const char sample[] =
    "2021年常州市政府工作报告\n"
    "——2021年1月13日在市人民代表大会上\n"
    "一、2020年工作回顾\n"
    "2020年，预计全市地区生产总值达7700亿元，增长4.5%左右。粮食、油料产量分别增长3.1%、2.4%。\n"
    "（一）产业发展\n"
    "引进总投资超20亿元的重大项目15个，规上工业增加值增速列全省第三，5G基站突破5600个。\n"
    "二、2021年工作安排\n"
    "今年主要预期目标是：地区生产总值增长6%—6.5%，居民人均可支配收入增长与经济增长同步。\n"
    "新建公园12个，行政审批时间压缩40%以上。\n";

/* ---- what is read ---- */

static void reads_whose_report_it_is(void) {
  cz_report *report = read_bytes(sample, (int64_t)strlen(sample), NULL);
  if (!report)
    return;
  CHECK_EQ_TEXT(cz_report_title(report), "2021年常州市政府工作报告");
  CHECK_EQ_TEXT(cz_report_region(report), "常州市");
  CHECK_EQ_TEXT(cz_report_region_code(report), "320400");
  CHECK_EQ_TEXT(cz_report_level(report), "prefecture");
  CHECK_EQ_INT(cz_report_year(report), 2021);
  check_sound(report, sample, (int64_t)strlen(sample));
  cz_report_free(report);
}

static void reads_quantities(void) {
  static const struct {
    const char *text, *role, *measure;
    double value;
    const char *unit, *bound, *kind, *period, *base;
  } expected[] = {
      {"2021年", "date", "", 2021, "", "eq", "", "", ""},
      {"2021年", "date", "", 2021, "", "eq", "", "", ""},
      {"1月", "date", "", 1, "", "eq", "", "", ""},
      {"13日", "date", "", 13, "", "eq", "", "", ""},
      {"2020年", "date", "", 2020, "", "eq", "", "", ""},
      {"2020年", "date", "", 2020, "", "eq", "", "", ""},
      {"7700亿元", "statement", "level", 7700, "亿元", "eq", "estimate", "2020", ""},
      {"4.5%左右", "statement", "growth", 4.5, "%", "about", "estimate", "2020", "2019"},
      {"3.1%", "statement", "growth", 3.1, "%", "eq", "actual", "2020", "2019"},
      {"2.4%", "statement", "growth", 2.4, "%", "eq", "actual", "2020", "2019"},
      {"超20亿元", "threshold", "level", 20, "亿元", "more_than", "actual", "2020", ""},
      {"15个", "statement", "level", 15, "个", "eq", "actual", "2020", ""},
      {"第三", "statement", "rank", 3, "", "eq", "actual", "2020", ""},
      {"5G", "label", "", 5, "", "eq", "", "", ""},
      {"突破5600个", "statement", "level", 5600, "个", "more_than", "actual", "2020", ""},
      {"2021年", "date", "", 2021, "", "eq", "", "", ""},
      {"6%—6.5%", "statement", "growth", NAN, "%", "between", "target", "2021", "2020"},
      {"12个", "statement", "level", 12, "个", "eq", "task", "2021", ""},
      {"40%以上", "statement", "growth", -40, "%", "at_least", "task", "2021", "2020"},
  };
  cz_report *report = read_bytes(sample, (int64_t)strlen(sample), NULL);
  if (!report)
    return;
  const cz_table *table = cz_report_quantities(report);
  int64_t count = (int64_t)(sizeof expected / sizeof *expected);
  if (CHECK_EQ_INT(cz_table_rows(table), count))
    for (int64_t i = 0; i < count; i++) {
      CHECK_EQ_TEXT(text_at(table, i, "text"), expected[i].text);
      CHECK_EQ_TEXT(code_at(table, i, "role"), expected[i].role);
      CHECK_EQ_TEXT(code_at(table, i, "measure"), expected[i].measure);
      CHECK_EQ_REAL(real_at(table, i, "value"), expected[i].value);
      if (strcmp(expected[i].role, "statement") != 0 && strcmp(expected[i].role, "threshold") != 0)
        continue;
      CHECK_EQ_TEXT(text_at(table, i, "unit"), expected[i].unit);
      CHECK_EQ_TEXT(code_at(table, i, "bound"), expected[i].bound);
      CHECK_EQ_TEXT(code_at(table, i, "kind"), expected[i].kind);
      CHECK_EQ_TEXT(text_at(table, i, "period"), expected[i].period);
      CHECK_EQ_TEXT(text_at(table, i, "base"), expected[i].base);
    }
  cz_report_free(report);
}

static void reads_the_other_columns(void) {
  cz_report *report = read_bytes(sample, (int64_t)strlen(sample), NULL);
  if (!report)
    return;
  const cz_table *table = cz_report_quantities(report);
  if (CHECK(cz_table_rows(table) == 19)) {
    CHECK_EQ_TEXT(text_at(table, 6, "indicator_code"), "gdp");
    CHECK_EQ_TEXT(text_at(table, 6, "number"), "7700");
    CHECK_EQ_REAL(real_at(table, 6, "canonical_value"), 7.7e11);
    CHECK_EQ_TEXT(text_at(table, 6, "canonical_unit"), "元");
    CHECK_EQ_REAL(real_at(table, 6, "resolution"), 1);
    CHECK_EQ_INT(integer_at(table, 7, "base_year"), 2019);
    CHECK_EQ_INT(integer_at(table, 7, "period_start"), 2020);
    CHECK_EQ_INT(integer_at(table, 7, "period_end"), 2020);
    CHECK_EQ_TEXT(code_at(table, 7, "horizon"), "annual");
    CHECK_EQ_TEXT(text_at(table, 8, "indicator"), "粮食产量");
    CHECK_EQ_TEXT(text_at(table, 9, "indicator"), "油料产量");
    CHECK_EQ_TEXT(text_at(table, 9, "section"), "一、2020年工作回顾");
    CHECK_EQ_REAL(real_at(table, 10, "lo"), 20);
    CHECK_EQ_REAL(real_at(table, 10, "hi"), (double)INFINITY);
    CHECK_EQ_TEXT(code_at(table, 10, "relation"), "threshold_of");
    CHECK_EQ_INT(integer_at(table, 10, "main"), 11);
    CHECK_EQ_INT(integer_at(table, 11, "main"), -1);
    CHECK_EQ_TEXT(text_at(table, 12, "scope"), "全省");
    CHECK_EQ_TEXT(text_at(table, 12, "region_code"), "320400");
    CHECK_EQ_TEXT(text_at(table, 12, "section"), "一、2020年工作回顾 / （一）产业发展");
    CHECK_EQ_REAL(real_at(table, 16, "lo"), 6);
    CHECK_EQ_REAL(real_at(table, 16, "hi"), 6.5);
    CHECK_EQ_REAL(real_at(table, 18, "lo"), -(double)INFINITY);
    CHECK_EQ_REAL(real_at(table, 18, "hi"), -40);
  }
  cz_report_free(report);
}

static void reads_sections_and_sentences(void) {
  cz_report *report = read_bytes(sample, (int64_t)strlen(sample), NULL);
  if (!report)
    return;
  const cz_table *sections = cz_report_sections(report);
  const char *wanted[] = {"一、2020年工作回顾", "（一）产业发展", "二、2021年工作安排"};
  const int32_t levels[] = {1, 2, 1};
  int found = 0;
  for (int64_t i = 0; i < cz_table_rows(sections) && found < 3; i++)
    if (strcmp(text_at(sections, i, "title"), wanted[found]) == 0) {
      CHECK_EQ_INT(integer_at(sections, i, "level"), levels[found]);
      found++;
    }
  CHECK_EQ_INT(found, 3);
  const cz_table *sentences = cz_report_sentences(report), *table = cz_report_quantities(report);
  int64_t gdp = integer_at(table, 6, "sentence"), grain = integer_at(table, 8, "sentence");
  CHECK_EQ_INT(grain, gdp + 1);
  CHECK_EQ_INT(integer_at(sentences, gdp, "end"), integer_at(sentences, grain, "start"));
  cz_report_free(report);
}

static void reads_goals_without_a_number(void) {
  cz_report *report = read_bytes(sample, (int64_t)strlen(sample), NULL);
  if (!report)
    return;
  const cz_table *table = cz_report_qualitative(report);
  if (CHECK_EQ_INT(cz_table_rows(table), 1)) {
    CHECK_EQ_TEXT(text_at(table, 0, "text"), "居民人均可支配收入增长与经济增长同步");
    CHECK_EQ_TEXT(text_at(table, 0, "wording"), "与经济增长同步");
    CHECK_EQ_TEXT(code_at(table, 0, "kind"), "target");
    CHECK_EQ_TEXT(text_at(table, 0, "period"), "2021");
    CHECK_EQ_TEXT(text_at(table, 0, "section"), "二、2021年工作安排");
    CHECK(integer_at(table, 0, "start") < integer_at(table, 0, "end"));
    CHECK_EQ_INT(integer_at(table, 0, "sentence"), integer_at(cz_report_quantities(report), 16, "sentence"));
  }
  cz_report_free(report);
}

static void notes_what_it_is_unsure_of(void) {
  cz_report *report = read_text("粮食总产量70万吨。", NULL, 0);
  if (!report)
    return;
  CHECK(has_note(report, "no_region"));
  CHECK(has_note(report, "no_year"));
  CHECK(has_note(report, "stub"));
  CHECK_EQ_TEXT(cz_report_region(report), "");
  CHECK_EQ_TEXT(cz_report_region_code(report), "");
  CHECK_EQ_TEXT(cz_report_level(report), "");
  CHECK_EQ_INT(cz_report_year(report), 0);
  CHECK(cz_table_rows(cz_report_notes(report)) > 0 &&
        strlen(text_at(cz_report_notes(report), 0, "message")) > 0);
  cz_report_free(report);
  report = read_text(sample, NULL, 0);
  if (!report)
    return;
  CHECK(!has_note(report, "no_region"));
  CHECK(!has_note(report, "no_year"));
  cz_report_free(report);
}

/* ---- the tables as such ---- */

static void columns_are_those_of_the_list(void) {
  static const struct {
    const char *name;
    cz_type type;
    const char *const *categories;
  } fields[] = {
#define FIELD(name, type, categories) {#name, type, categories},
      CZ_QUANTITY_FIELDS(FIELD)
#undef FIELD
  };
  cz_report *report = read_text(sample, NULL, 0);
  if (!report)
    return;
  const cz_table *table = cz_report_quantities(report);
  int32_t count = (int32_t)(sizeof fields / sizeof *fields);
  CHECK_EQ_INT(cz_table_columns(table), count);
  for (int32_t i = 0; i < count; i++) {
    cz_column column;
    if (!CHECK_EQ_INT(cz_table_column(table, i, &column), CZ_OK))
      break;
    CHECK_EQ_TEXT(column.name, fields[i].name);
    CHECK_EQ_INT(column.type, fields[i].type);
    CHECK(column.categories == fields[i].categories);
    CHECK_EQ_INT(cz_table_find(table, fields[i].name), i);
    if (column.type == CZ_TEXT) {
      CHECK(column.values == NULL && column.offsets != NULL && column.bytes != NULL);
      CHECK_EQ_INT(column.offsets[0], 0);
    } else {
      CHECK(column.values != NULL && column.offsets == NULL);
    }
    int32_t names = 0;
    while (fields[i].categories && fields[i].categories[names])
      names++;
    CHECK_EQ_INT(column.category_count, names);
  }
  cz_column column;
  CHECK_EQ_INT(cz_table_column(table, count, &column), CZ_ERROR_NOT_FOUND);
  CHECK_EQ_INT(cz_table_column(table, -1, &column), CZ_ERROR_NOT_FOUND);
  CHECK_EQ_INT(cz_table_column(table, 0, NULL), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_table_column(NULL, 0, &column), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_table_find(table, "sentences"), -1);
  CHECK_EQ_INT(cz_table_find(table, ""), -1);
  CHECK_EQ_INT(cz_table_find(table, NULL), -1);
  CHECK_EQ_INT(cz_table_find(NULL, "start"), -1);
  CHECK_EQ_INT(cz_table_rows(NULL), 0);
  CHECK_EQ_INT(cz_table_columns(NULL), 0);
  cz_report_free(report);
}

static void names_are_as_many_as_codes(void) {
  static const struct {
    const char *const *names;
    int count;
  } lists[] = {{cz_role_names, CZ_ROLE_COUNT},         {cz_measure_names, CZ_MEASURE_COUNT},
               {cz_bound_names, CZ_BOUND_COUNT},       {cz_basis_names, CZ_BASIS_COUNT},
               {cz_relation_names, CZ_RELATION_COUNT}, {cz_horizon_names, CZ_HORIZON_COUNT},
               {cz_kind_names, CZ_KIND_COUNT}};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
    int count = 0;
    while (lists[i].names[count])
      count++;
    CHECK_EQ_INT(count, lists[i].count);
  }
  CHECK_EQ_TEXT(cz_role_names[CZ_ROLE_STATEMENT], "statement");
  CHECK_EQ_TEXT(cz_bound_names[CZ_BOUND_BETWEEN], "between");
  CHECK_EQ_TEXT(cz_kind_names[CZ_KIND_NONE], "");
}

static void nothing_is_a_report_too(void) {
  CHECK_EQ_TEXT(cz_report_title(NULL), "");
  CHECK_EQ_TEXT(cz_report_region(NULL), "");
  CHECK_EQ_TEXT(cz_report_region_code(NULL), "");
  CHECK_EQ_TEXT(cz_report_level(NULL), "");
  CHECK_EQ_INT(cz_report_year(NULL), 0);
  CHECK(cz_report_quantities(NULL) == NULL && cz_report_sections(NULL) == NULL &&
        cz_report_sentences(NULL) == NULL);
  CHECK(cz_report_qualitative(NULL) == NULL && cz_report_notes(NULL) == NULL);
  cz_report_free(NULL);
  cz_table_free(NULL);
}

/* ---- options ---- */

static void options_win_over_the_text(void) {
  cz_report_options options = {.region = "无锡市", .year = 2019, .source = "苏州市2015.txt"};
  cz_report *report = read_bytes(sample, (int64_t)strlen(sample), &options);
  if (!report)
    return;
  CHECK_EQ_TEXT(cz_report_region(report), "无锡市");
  CHECK_EQ_TEXT(cz_report_region_code(report), "320200");
  CHECK_EQ_INT(cz_report_year(report), 2019);
  CHECK_EQ_TEXT(cz_report_title(report), "2021年常州市政府工作报告");
  cz_report_free(report);
}

static void a_code_names_a_region(void) {
  static const struct {
    const char *given, *name, *code, *level;
  } cases[] = {{"320500", "苏州市", "320500", "prefecture"}, {"000000", "全国", "000000", "nation"},
               {"全国", "全国", "000000", "nation"},         {"浙江省", "浙江省", "330000", "province"},
               {"330000", "浙江省", "330000", "province"},   {"溧阳市", "溧阳市", "320481", "county"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    cz_report *report = read_text("粮食总产量70万吨。", cases[i].given, 2021);
    if (!report)
      continue;
    CHECK_EQ_TEXT(cz_report_region(report), cases[i].name);
    CHECK_EQ_TEXT(cz_report_region_code(report), cases[i].code);
    CHECK_EQ_TEXT(cz_report_level(report), cases[i].level);
    CHECK_EQ_TEXT(text_at(cz_report_quantities(report), 0, "region_code"), cases[i].code);
    CHECK_EQ_TEXT(text_at(cz_report_quantities(report), 0, "region"), "");
    cz_report_free(report);
  }
}

static void the_file_name_is_a_hint(void) {
  cz_report_options options = {.source = "镇江市2020.txt"};
  const char *text = "粮食总产量70万吨。";
  cz_report *report = read_bytes(text, (int64_t)strlen(text), &options);
  if (!report)
    return;
  CHECK_EQ_TEXT(cz_report_region(report), "镇江市");
  CHECK_EQ_INT(cz_report_year(report), 2020);
  CHECK(has_note(report, "region_from_source"));
  CHECK(has_note(report, "year_from_source"));
  CHECK_EQ_TEXT(text_at(cz_report_quantities(report), 0, "period"), "2019");
  cz_report_free(report);
}

static void more_words_are_known_with_a_lexicon(void) {
  const char *text = "全年萤石折合指数为88.5，增长3%。";
  cz_vocabulary *words;
  cz_lexicon *lexicon;
  cz_indicator indicator = {
      .code = "fluorite", .name = "萤石折合指数", .direction = "higher", .nature = "index"};
  if (!CHECK_EQ_INT(cz_vocabulary_create(NULL, &words), CZ_OK))
    return;
  CHECK_EQ_INT(cz_vocabulary_add_indicator(words, &indicator), CZ_OK);
  if (CHECK_EQ_INT(cz_lexicon_extend(words, NULL, &lexicon), CZ_OK)) {
    cz_report_options options = {.region = "常州市", .year = 2021, .lexicon = lexicon};
    for (int known = 0; known < 2; known++) {
      options.lexicon = known ? lexicon : NULL;
      cz_report *report = read_bytes(text, (int64_t)strlen(text), &options);
      if (!report)
        break;
      for (int64_t i = 0; i < 2; i++)
        CHECK_EQ_TEXT(text_at(cz_report_quantities(report), i, "indicator_code"), known ? "fluorite" : "");
      cz_report_free(report);
    }
    cz_lexicon_free(lexicon);
  }
  cz_vocabulary_free(words);
}

/* The bytes may go as soon as the call returns. */
static void nothing_is_borrowed_from_the_text(void) {
  size_t size = strlen(sample);
  char *copy = malloc(size), region[] = "无锡市", source[] = "2015.txt";
  if (!CHECK(copy != NULL))
    return;
  memcpy(copy, sample, size);
  cz_report_options options = {.region = region, .source = source};
  cz_report *report = read_bytes(copy, (int64_t)size, &options);
  memset(copy, '9', size);
  free(copy);
  memset(region, 'x', sizeof region - 1);
  memset(source, 'x', sizeof source - 1);
  if (!report)
    return;
  CHECK_EQ_TEXT(cz_report_title(report), "2021年常州市政府工作报告");
  CHECK_EQ_TEXT(cz_report_region(report), "无锡市");
  CHECK_EQ_TEXT(text_at(cz_report_quantities(report), 6, "text"), "7700亿元");
  cz_report_free(report);
}

static void reading_twice_gives_the_same(void) {
  cz_report *one = read_text(sample, NULL, 0), *two = read_text(sample, NULL, 0);
  if (one && two) {
    CHECK(same_table(cz_report_quantities(one), cz_report_quantities(two)));
    CHECK(same_table(cz_report_sections(one), cz_report_sections(two)));
    CHECK(same_table(cz_report_sentences(one), cz_report_sentences(two)));
    CHECK(same_table(cz_report_qualitative(one), cz_report_qualitative(two)));
    CHECK(same_table(cz_report_notes(one), cz_report_notes(two)));
    CHECK(!same_table(cz_report_quantities(one), cz_report_sentences(two)));
  }
  cz_report_free(one);
  cz_report_free(two);
}

/* ---- bad input ---- */

static void wrong_bytes_are_refused_at_their_place(void) {
  static const struct {
    const char *bytes;
    int64_t size, offset;
  } cases[] = {
      {"\xFF", 1, 0},
      {"\xE5\xB8", 2, 0},
      {"a\xE5\xB8", 3, 1},
      {"7700\xE4\xBA\xBF\x80%", 9, 7},
      {"\xC0\x80", 2, 0},
      {"12\xED\xA0\x80", 5, 2},
      {"\xF4\x90\x80\x80", 4, 0},
      {"\xF0\x9F\x98", 3, 0},
      {"\xE5\x85\xA8\xE5", 4, 3},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    cz_error error = {0};
    cz_report *report = (cz_report *)(uintptr_t)1; /* must be overwritten */
    CHECK_EQ_INT(cz_report_parse(cases[i].bytes, cases[i].size, NULL, &report, &error), CZ_ERROR_ENCODING);
    CHECK(report == NULL);
    CHECK_EQ_INT(error.status, CZ_ERROR_ENCODING);
    CHECK_EQ_INT(error.offset, cases[i].offset);
    CHECK(error.message[0] != '\0');
    CHECK_EQ_INT(cz_report_parse(cases[i].bytes, cases[i].size, NULL, &report, NULL), CZ_ERROR_ENCODING);
  }
}

static void wrong_arguments_are_refused(void) {
  cz_error error = {0};
  cz_report *report = NULL;
  CHECK_EQ_INT(cz_report_parse("1", 1, NULL, NULL, &error), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(error.status, CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_report_parse("1", 1, NULL, NULL, NULL), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_report_parse(NULL, 1, NULL, &report, &error), CZ_ERROR_ARGUMENT);
  CHECK(report == NULL);
  CHECK_EQ_INT(cz_report_parse("1", -1, NULL, &report, &error), CZ_ERROR_ARGUMENT);
  CHECK(report == NULL);
}

static void unknown_regions_are_refused(void) {
  static const char *const names[] = {"桃花源市", "999999", "32040", "3204001", "\xFF\xFE", "?"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    cz_error error = {0};
    cz_report *report = NULL;
    cz_report_options options = {.region = names[i], .year = 2021};
    if (!CHECK_EQ_INT(cz_report_parse("12", 2, &options, &report, &error), CZ_ERROR_ARGUMENT))
      printf("  %s\n", names[i]);
    CHECK(report == NULL);
    CHECK_EQ_INT(error.status, CZ_ERROR_ARGUMENT);
    CHECK(error.message[0] != '\0');
    cz_report_free(report);
  }
}

static void a_size_beyond_the_limit_is_refused(void) {
  cz_error error = {0};
  cz_report *report = NULL;
  CHECK_EQ_INT(cz_report_parse("1", (int64_t)1 << 31, NULL, &report, &error), CZ_ERROR_SIZE);
  CHECK(report == NULL);
}

/* ---- odd texts ---- */

static void reads_next_to_nothing(void) {
  cz_report *report = read_bytes("", 0, NULL);
  if (report) {
    CHECK_EQ_INT(cz_table_rows(cz_report_quantities(report)), 0);
    CHECK_EQ_INT(cz_table_rows(cz_report_sentences(report)), 0);
    CHECK_EQ_TEXT(cz_report_title(report), "");
    CHECK(cz_table_columns(cz_report_quantities(report)) > 30);
  }
  cz_report_free(report);
  static const char *const single[] = {
      "1",  "一", "%",  "。", "\n", "亿", "第", " ", "\xEF\xBB\xBF", "\xF0\x9F\x98\x80", "９",
      "（", "”",  "年", "多", "近", ":",  "—",  "."};
  for (size_t i = 0; i < sizeof single / sizeof *single; i++) {
    check_odd(single[i], (int64_t)strlen(single[i]));
    for (size_t k = 0; k < sizeof single / sizeof *single; k++) {
      char pair[16];
      int size = snprintf(pair, sizeof pair, "%s%s", single[i], single[k]);
      check_odd(pair, size);
      size = snprintf(pair, sizeof pair, "%s%s%s", single[i], single[k], single[i]);
      check_odd(pair, size);
    }
  }
  report = read_bytes(NULL, 0, NULL); /* an empty text has no bytes to point at */
  cz_report_free(report);
}

static void nul_bytes_are_characters(void) {
  static const char bytes[] = "地区生产总值\0增长4.5%。\0\0\n粮食70\0万吨。";
  cz_report_options options = {.region = "常州市", .year = 2021};
  cz_report *report = read_bytes(bytes, (int64_t)sizeof bytes - 1, &options);
  if (!report)
    return;
  check_sound(report, bytes, (int64_t)sizeof bytes - 1);
  CHECK_EQ_TEXT(text_at(cz_report_quantities(report), 0, "number"), "4.5");
  CHECK_EQ_TEXT(text_at(cz_report_quantities(report), 1, "number"), "70");
  cz_report_free(report);
}

/* `piece` repeated to about `size` bytes; *got is the exact size. */
static char *repeated(const char *piece, size_t size, size_t *got) {
  size_t length = strlen(piece), times = size / length + 1;
  char *out = malloc(length * times + 1);
  if (!CHECK(out != NULL))
    return NULL;
  for (size_t i = 0; i < times; i++)
    memcpy(out + i * length, piece, length);
  out[length * times] = '\0';
  *got = length * times;
  return out;
}

static void a_numeral_of_ten_thousand_digits(void) {
  size_t size;
  char *digits = repeated("7", 9999, &size);
  if (!digits)
    return;
  char *text = malloc(size + 64);
  if (CHECK(text != NULL)) {
    int length = snprintf(text, size + 64, "总投资%s亿元，增长3%%。", digits);
    check_odd(text, length);
    cz_report *report = read_bytes(text, length, NULL);
    if (report) {
      const cz_table *table = cz_report_quantities(report);
      int64_t last = cz_table_rows(table) - 1;
      CHECK(last >= 1);
      cz_column number = column_of(table, "number");
      CHECK_EQ_INT(number.offsets[1], 10000);
      CHECK_EQ_TEXT(code_at(table, 0, "role"), "other"); /* more than a double holds */
      CHECK_EQ_REAL(real_at(table, last, "value"), 3);
      cz_report_free(report);
    }
    length = snprintf(text, size + 64, "比重0.%s%%。", digits);
    check_odd(text, length);
  }
  free(text);
  free(digits);
}

static void odd_pieces_again_and_again(void) {
  static const char *const pieces[] = {"1",
                                       "1,",
                                       "1.",
                                       "9亿",
                                       "万",
                                       "1万亿亿",
                                       "亿元",
                                       "/",
                                       "元/",
                                       "第",
                                       "百分之",
                                       "十",
                                       "一百",
                                       "零",
                                       "1%、",
                                       "1—",
                                       "1:1",
                                       "增长",
                                       "增长1%",
                                       "增长1%，",
                                       "不低于",
                                       "以上",
                                       "1以上",
                                       "分别",
                                       "其中",
                                       "和",
                                       "新增1个",
                                       "（",
                                       "（1）",
                                       "“1",
                                       "《",
                                       "2020年",
                                       "2020年1月",
                                       "“十三五”",
                                       "五年",
                                       "近十",
                                       "连续1年",
                                       "全省第一",
                                       "常州市",
                                       "常州市1%",
                                       "一、",
                                       "一、\n",
                                       "（一）\n",
                                       "1\n",
                                       "\n",
                                       "—1—\n",
                                       "目标：",
                                       "1个，",
                                       "是1的1倍",
                                       "比上年",
                                       "力争1%、",
                                       "三分之",
                                       "1/",
                                       "翻一番",
                                       "从1到",
                                       "每人每月",
                                       "地区生产总值",
                                       "GDP",
                                       "1 ",
                                       "\xE2\x80\x8B",
                                       "1\xE2\x80\x8B",
                                       "１．",
                                       "[1]",
                                       "1G",
                                       "G1",
                                       "PM2.5",
                                       "几十",
                                       "多",
                                       "、",
                                       "，",
                                       "1个；",
                                       "A和",
                                       "亩1",
                                       "总投资1亿元以上的",
                                       "达到",
                                       "\xF0\x9F\x98\x80",
                                       "\xEF\xBF\xBF",
                                       "\xC2\x85",
                                       "\r",
                                       "\t1"};
  for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
    for (size_t scale = 0; scale < 2; scale++) {
      size_t size;
      char *text = repeated(pieces[i], scale ? 30000 : 200, &size);
      if (!text)
        return;
      int before = check_failures;
      check_odd(text, (int64_t)size);
      if (check_failures > before)
        printf("  \"%s\" to %d bytes\n", pieces[i], (int)size);
      free(text);
    }
  }
}

/* Numbers where a year, a month or a duration stands, beyond what an int32_t holds. */
static void years_that_are_none(void) {
  static const char *const texts[] = {
      "99999999999年，粮食产量增长5%。",          "近99999999999年，粮食产量年均增长5%。",
      "99999999999年来，粮食产量年均增长5%。",    "2020—99999999999年，粮食产量年均增长5%。",
      "粮食产量比99999999999年增长5%。",          "到99999999999年，粮食产量年均增长5%。",
      "1—99999999999月，粮食产量增长5%。",        "99999999999月，粮食产量增长5%。",
      "五年来，2147483648年粮食产量累计增长5%。", "粮食产量连续99999999999年增长5%。",
      "粮食产量是99999999999年的3倍。",           "一万亿亿年来，粮食产量年均增长5%。",
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    check_odd(texts[i], (int64_t)strlen(texts[i]));
    cz_report *report = read_text(texts[i], NULL, 0);
    if (!report)
      continue;
    const cz_table *table = cz_report_quantities(report);
    for (int64_t row = 0; row < cz_table_rows(table); row++) {
      CHECK(integer_at(table, row, "period_start") >= 0 && integer_at(table, row, "period_end") < 10000);
      CHECK(integer_at(table, row, "base_year") >= 0);
    }
    cz_report_free(report);
  }
}

/* Seconds for the whole text, the best of three: other programs run too. */
static double seconds_for(const char *text, size_t size) {
  double best = 1e9;
  for (int i = 0; i < 3; i++) {
    clock_t start = clock();
    cz_report_options options = {.region = "常州市", .year = 2021};
    cz_report *report = read_bytes(text, (int64_t)size, &options);
    double time = (double)(clock() - start) / CLOCKS_PER_SEC;
    cz_report_free(report);
    if (time < best)
      best = time;
  }
  return best;
}

/* Four times the text in no more than eight times the time: far from the sixteen of a reader that is
 * quadratic. */
static void check_linear(const char *piece, size_t size) {
  size_t small_size, large_size;
  char *small = repeated(piece, size / 4, &small_size), *large = repeated(piece, size, &large_size);
  if (small && large) {
    double one = seconds_for(small, small_size), four = seconds_for(large, large_size);
    if (!CHECK(four < 8 * one + 0.05))
      printf("  \"%s\": %.3f s and %.3f s\n", piece, one, four);
  }
  free(small);
  free(large);
}

static void long_lines_take_linear_time(void) {
  check_linear("全市经济平稳发展", 1 << 20); /* no mark, no number */
  check_linear("增长4.5%", 1 << 20);         /* no mark between numbers */
  check_linear("粮食增长4.5%，", 1 << 19);
  check_linear("粮食、", 1 << 19);
  check_linear("（", 1 << 19);
  check_linear("8", 1 << 19);
  check_linear("三", 1 << 19);
  check_linear("地区生产总值", 1 << 19);
}

static void many_numerals_in_one_line(void) {
  size_t size;
  char *text = repeated("新增8个、", 20000 * strlen("新增8个、") - 1, &size);
  if (!text)
    return;
  cz_report_options options = {.region = "常州市", .year = 2021};
  cz_report *report = read_bytes(text, (int64_t)size, &options);
  if (report) {
    CHECK_EQ_INT(cz_table_rows(cz_report_quantities(report)), 20000);
    check_sound(report, text, (int64_t)size);
    cz_report_free(report);
  }
  free(text);
}

static void every_beginning_is_a_text(void) {
  for (int64_t size = 0; size < (int64_t)strlen(sample); size++) {
    if (((unsigned char)sample[size] & 0xC0) == 0x80)
      continue;
    char *copy = malloc(size ? (size_t)size : 1); /* exact, so that looking beyond the end is seen */
    if (!CHECK(copy != NULL))
      return;
    memcpy(copy, sample, (size_t)size);
    check_odd(copy, size);
    free(copy);
  }
}

/* Characters of the sample dropped, doubled or moved, always in the same order. */
static void shuffled_texts_are_sound(void) {
  uint32_t state = 12345;
  size_t length = strlen(sample);
  char *text = malloc(length * 2 + 8);
  if (!CHECK(text != NULL))
    return;
  for (int round = 0; round < 300; round++) {
    size_t out = 0;
    for (size_t at = 0; at < length && out < length * 2;) {
      size_t next = at + 1;
      while (next < length && ((unsigned char)sample[next] & 0xC0) == 0x80)
        next++;
      state = state * 1664525u + 1013904223u;
      unsigned choice = state >> 24;
      int copies = choice < 16 ? 0 : choice < 28 ? 2 : 1;
      for (int i = 0; i < copies; i++, out += next - at)
        memcpy(text + out, sample + at, next - at);
      if (choice >= 28 && choice < 34)
        text[out++] = "1.%,\n "[choice - 28];
      at = next;
    }
    int before = check_failures;
    check_odd(text, (int64_t)out);
    if (check_failures > before) {
      printf("  round %d: %.*s\n", round, (int)out, text);
      break;
    }
  }
  free(text);
}

/* ---- memory ---- */

static cz_status parse_with(check_memory *memory, const char *text, int64_t size, cz_report **report,
                            cz_error *error) {
  cz_allocator allocator = check_allocator(memory);
  cz_report_options options = {.region = "常州市", .year = 2021, .allocator = &allocator};
  return cz_report_parse(text, size, &options, report, error);
}

static void all_memory_comes_from_the_allocator_and_goes_back(void) {
  check_memory memory = {.countdown = -1};
  cz_report *report;
  CHECK_EQ_INT(parse_with(&memory, sample, (int64_t)strlen(sample), &report, NULL), CZ_OK);
  CHECK(memory.requests > 10 && memory.live_blocks > 0);
  cz_report_free(report);
  CHECK_NO_LEAK(memory);
  CHECK_EQ_INT(parse_with(&memory, "12\xFF", 3, &report, NULL), CZ_ERROR_ENCODING);
  CHECK_NO_LEAK(memory);
  cz_allocator allocator = check_allocator(&memory);
  cz_report_options options = {.region = "桃花源市", .allocator = &allocator};
  CHECK_EQ_INT(cz_report_parse(sample, (int64_t)strlen(sample), &options, &report, NULL), CZ_ERROR_ARGUMENT);
  CHECK_NO_LEAK(memory);
}

/* Request after request fails, until there are enough. Returns how many had to succeed. */
static int64_t fails_cleanly(const char *text, int64_t size, int64_t step) {
  for (int64_t allowed = 0; allowed < 100000; allowed += step) {
    check_memory memory = {.countdown = allowed};
    cz_report *report = (cz_report *)(uintptr_t)1;
    cz_error error = {0};
    cz_status status = parse_with(&memory, text, size, &report, &error);
    if (status == CZ_OK) {
      cz_report_free(report);
      CHECK_NO_LEAK(memory);
      return allowed;
    }
    CHECK_EQ_INT(status, CZ_ERROR_MEMORY);
    CHECK_EQ_INT(error.status, CZ_ERROR_MEMORY);
    CHECK(report == NULL);
    CHECK_NO_LEAK(memory);
    if (check_failures)
      return -1;
  }
  CHECK_EQ_TEXT("never enough memory", "enough");
  return -1;
}

static void every_allocation_may_fail(void) {
  CHECK(fails_cleanly(sample, (int64_t)strlen(sample), 1) > 20);
  CHECK(fails_cleanly("", 0, 1) > 5);
  CHECK(fails_cleanly("粮食总产量70万吨", (int64_t)strlen("粮食总产量70万吨"), 1) > 10);
}

static void every_allocation_of_a_long_text_may_fail(void) {
  size_t size;
  char *text = repeated(sample, 60000, &size);
  if (!text)
    return;
  CHECK(fails_cleanly(text, (int64_t)size, 1) > 50);
  free(text);
}

static const check_test tests[] = {
    CHECK_TEST(reads_whose_report_it_is),
    CHECK_TEST(reads_quantities),
    CHECK_TEST(reads_the_other_columns),
    CHECK_TEST(reads_sections_and_sentences),
    CHECK_TEST(reads_goals_without_a_number),
    CHECK_TEST(notes_what_it_is_unsure_of),
    CHECK_TEST(columns_are_those_of_the_list),
    CHECK_TEST(names_are_as_many_as_codes),
    CHECK_TEST(nothing_is_a_report_too),
    CHECK_TEST(options_win_over_the_text),
    CHECK_TEST(a_code_names_a_region),
    CHECK_TEST(the_file_name_is_a_hint),
    CHECK_TEST(more_words_are_known_with_a_lexicon),
    CHECK_TEST(nothing_is_borrowed_from_the_text),
    CHECK_TEST(reading_twice_gives_the_same),
    CHECK_TEST(wrong_bytes_are_refused_at_their_place),
    CHECK_TEST(wrong_arguments_are_refused),
    CHECK_TEST(unknown_regions_are_refused),
    CHECK_TEST(a_size_beyond_the_limit_is_refused),
    CHECK_TEST(reads_next_to_nothing),
    CHECK_TEST(nul_bytes_are_characters),
    CHECK_TEST(a_numeral_of_ten_thousand_digits),
    CHECK_TEST(odd_pieces_again_and_again),
    CHECK_TEST(years_that_are_none),
    CHECK_TEST(long_lines_take_linear_time),
    CHECK_TEST(many_numerals_in_one_line),
    CHECK_TEST(every_beginning_is_a_text),
    CHECK_TEST(shuffled_texts_are_sound),
    CHECK_TEST(all_memory_comes_from_the_allocator_and_goes_back),
    CHECK_TEST(every_allocation_may_fail),
    CHECK_TEST(every_allocation_of_a_long_text_may_fail),
};
CHECK_MAIN(tests)
