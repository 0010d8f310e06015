/* reader.c: the driver: document → lines → sentences → rows. */
#include "internal.h"

#include <string.h>

#define NAME_ITEM(name, text) text,
const char *const cz_role_names[] = {CZ_ROLE_LIST(NAME_ITEM) NULL};
const char *const cz_measure_names[] = {CZ_MEASURE_LIST(NAME_ITEM) NULL};
const char *const cz_bound_names[] = {CZ_BOUND_LIST(NAME_ITEM) NULL};
const char *const cz_basis_names[] = {CZ_BASIS_LIST(NAME_ITEM) NULL};
const char *const cz_relation_names[] = {CZ_RELATION_LIST(NAME_ITEM) NULL};
const char *const cz_horizon_names[] = {CZ_HORIZON_LIST(NAME_ITEM) NULL};
const char *const cz_kind_names[] = {CZ_KIND_LIST(NAME_ITEM) NULL};

static const cz_field quantity_fields[] = {
#define FIELD(name, type, categories) {#name, type, categories},
    CZ_QUANTITY_FIELDS(FIELD)
#undef FIELD
};
static const cz_field section_fields[] = {
    {"start", CZ_INT64, NULL}, {"end", CZ_INT64, NULL}, {"level", CZ_INT32, NULL}, {"title", CZ_TEXT, NULL}};
static const cz_field sentence_fields[] = {{"start", CZ_INT64, NULL}, {"end", CZ_INT64, NULL}};
static const cz_field qualitative_fields[] = {
    {"start", CZ_INT64, NULL},        {"end", CZ_INT64, NULL},           {"text", CZ_TEXT, NULL},
    {"indicator", CZ_TEXT, NULL},     {"indicator_code", CZ_TEXT, NULL}, {"wording", CZ_TEXT, NULL},
    {"kind", CZ_CODE, cz_kind_names}, {"period", CZ_TEXT, NULL},         {"section", CZ_TEXT, NULL},
    {"sentence", CZ_INT32, NULL}};
static const cz_field note_fields[] = {
    {"code", CZ_TEXT, NULL}, {"message", CZ_TEXT, NULL}, {"start", CZ_INT64, NULL}};

#define FIELDS(array) {array, (int32_t)(sizeof(array) / sizeof *(array))}
const cz_report_fields cz_report_columns[CZ_REPORT_TABLES] = {
    FIELDS(quantity_fields), FIELDS(section_fields), FIELDS(sentence_fields), FIELDS(qualitative_fields),
    FIELDS(note_fields)};

cz_table **cz_report_table(cz_report *report, int which) {
  cz_table **const tables[CZ_REPORT_TABLES] = {&report->quantities, &report->sections, &report->sentences,
                                               &report->qualitative, &report->notes};
  return tables[which];
}

cz_status cz_note(cz_reader *reader, const char *code, const char *message, int64_t compact) {
  cz_table *table = reader->report->notes;
  cz_status status = cz_table_add(table);
  if (status)
    return status;
  cz_table_set_int64(table, 2, compact >= 0 ? (int64_t)reader->text.place[compact] : -1);
  status = cz_table_append_text(table, 0, code, (int64_t)strlen(code));
  return status ? status : cz_table_append_text(table, 1, message, (int64_t)strlen(message));
}

static cz_status read_sentence(cz_reader *reader, int64_t begin, int64_t end, int32_t number_in_line) {
  cz_table *sentences = reader->report->sentences;
  cz_status status = cz_table_add(sentences);
  if (status)
    return status;
  reader->sentence = (int32_t)(cz_table_rows(sentences) - 1 - reader->first_sentence);
  cz_table_set_int64(sentences, 0, reader->text.place[begin]);
  cz_table_set_int64(sentences, 1, (int64_t)reader->text.place[end - 1] + 1);
  reader->sentence_in_line = number_in_line;
  bool numbers = cz_may_hold_quantity(reader, begin, end);
  if (!numbers && number_in_line > 1 && !reader->frame.target &&
      cz_chars_find(reader, begin, end, u"目标") < 0)
    return CZ_OK;
  if ((status = cz_tokenize(reader, begin, end)) != CZ_OK)
    return status;
  reader->parts_head = -1;
  reader->place_count = 0;
  cz_role_assign(reader);
  cz_measure_assign(reader);
  cz_period_assign(reader);
  if ((status = cz_qualitative_read(reader)) != CZ_OK)
    return status;
  return cz_rows_emit(reader);
}

/* End of the sentence that starts at `begin`: behind 。！？, or where a sentence grows too long for scratch
 * memory. */
static int64_t sentence_end(const cz_reader *reader, int64_t begin, int64_t limit) {
  const uint8_t *kind = reader->text.kind;
  const int64_t longest = limit - begin > CZ_SENTENCE_LIMIT ? begin + CZ_SENTENCE_LIMIT + 1 : limit;
  int64_t at = cz_next_of_kind(kind, begin, longest, CZ_CHAR_SENTENCE);
  if (at < longest) {
    at++;
    /* a closing quotation mark belongs to the sentence */
    while (at < limit && (reader->text.chars[at] == u'”' || reader->text.chars[at] == u'’' ||
                          reader->text.chars[at] == u'）'))
      at++;
    return at;
  }
  if (limit - begin <= CZ_SENTENCE_LIMIT)
    return limit;
  for (at = longest; at > begin; at--)
    if (kind[at - 1] & (CZ_CHAR_CLAUSE | CZ_CHAR_SEMICOLON | CZ_CHAR_PAUSE))
      return at;
  for (at = longest - 1; at < limit && (kind[at] & (CZ_CHAR_DIGIT | CZ_CHAR_LATIN));)
    at++; /* never inside a number or a name */
  return at;
}

/* The heading path as text: 一、工作回顾 / （一）扩大内需. */
static cz_status name_path(cz_reader *reader) {
  size_t room = 0;
  for (int i = 0; i < 4; i++)
    if (reader->path[i].level)
      room += (size_t)(reader->path[i].end - reader->path[i].begin) * 3 + 3;
  void *block = reader->path_text;
  if (!cz_reserve(&reader->allocator, &block, &reader->path_capacity, room + 1, 1))
    return CZ_ERROR_MEMORY;
  reader->path_text = block;
  reader->path_size = 0;
  for (int i = 0; i < 4; i++) {
    if (!reader->path[i].level)
      continue;
    if (reader->path_size) {
      memcpy(reader->path_text + reader->path_size, " / ", 3);
      reader->path_size += 3;
    }
    reader->path_size += (size_t)cz_encode_chars(reader, reader->path[i].begin, reader->path[i].end,
                                                 reader->path_text + reader->path_size);
  }
  return CZ_OK;
}

static cz_status read_line(cz_reader *reader, const cz_line *line) {
  cz_status status;
  bool heading = line->level > 0;
  if (heading) {
    cz_table *sections = reader->report->sections;
    if ((status = cz_table_add(sections)) != CZ_OK)
      return status;
    cz_table_set_int64(sections, 0, reader->text.place[line->begin]);
    cz_table_set_int64(sections, 1, (int64_t)reader->text.place[line->end - 1] + 1);
    cz_table_set_int32(sections, 2, line->level);
    if ((status = cz_append_chars(reader, sections, 3, line->begin, line->end)) != CZ_OK)
      return status;
    for (int32_t i = line->level - 1; i < 4; i++)
      reader->path[i].level = 0;
    reader->path[line->level - 1] = (cz_section){line->begin, line->end, line->level};
    if ((status = name_path(reader)) != CZ_OK)
      return status;
    cz_period_section(reader, line);
    reader->target_open = false;
  }
  bool keep_target = reader->target_open;
  cz_period_paragraph(reader, line);
  if (keep_target && !heading) {
    char16_t first = (char16_t)reader->text.chars[line->begin];
    bool item =
        first == u'—' || first == u'―' || first == u'─' || first == u'-' || first == u'●' || first == u'·';
    reader->frame.target = item || !reader->target_open || reader->target_open;
    reader->target_open = item;
  }
  int32_t number = 0;
  for (int64_t at = line->begin; at < line->end;) {
    int64_t end = sentence_end(reader, at, line->end);
    if ((status = read_sentence(reader, at, end, number++)) != CZ_OK)
      return status;
    at = end;
  }
  if (reader->frame.target && line->end > line->begin &&
      (reader->text.chars[line->end - 1] == u'：' || reader->text.chars[line->end - 1] == u':'))
    reader->target_open = true;
  return CZ_OK;
}

static cz_status create_tables(cz_report *report) {
  cz_status status = CZ_OK;
  for (int i = 0; i < CZ_REPORT_TABLES && !status; i++)
    status = cz_table_create(cz_report_columns[i].fields, cz_report_columns[i].count, &report->allocator,
                             cz_report_table(report, i));
  return status;
}

static cz_status name_region(cz_reader *reader) {
  cz_report *report = reader->report;
  static const char *const levels[] = {"nation", "province", "prefecture", "county"};
  const cz_region *region = cz_lexicon_region(reader->lexicon, reader->region_row);
  report->level = region && region->level < 4 ? levels[region->level] : "";
  report->year = reader->year;
  const char *name = region ? region->name : "";
  report->region_size = strlen(name) + 1;
  report->region = cz_allocate(&report->allocator, report->region_size);
  if (!report->region)
    return CZ_ERROR_MEMORY;
  memcpy(report->region, name, report->region_size);
  report->region_code[0] = 0;
  if (region) {
    int32_t code = region->code;
    for (int i = 5; i >= 0; i--, code /= 10)
      report->region_code[i] = (char)('0' + code % 10);
    report->region_code[6] = 0;
  }
  return CZ_OK;
}

static cz_status read_document(cz_reader *reader) {
  cz_status status;
  if ((status = cz_outline_read(reader)) != CZ_OK)
    return status;
  if ((status = cz_identify(reader)) != CZ_OK)
    return status;
  if ((status = name_region(reader)) != CZ_OK)
    return status;
  reader->section_frame = (cz_frame){.mode = CZ_MODE_REVIEW,
                                     .start = reader->year ? reader->year - 1 : 0,
                                     .end = reader->year ? reader->year - 1 : 0};
  reader->paragraph_frame = reader->frame = reader->section_frame;
  reader->last_region_row = -1;
  for (size_t i = 0; i < reader->line_count; i++)
    if ((status = read_line(reader, &reader->lines[i])) != CZ_OK)
      return status;
  if (reader->text.joined_lines &&
      (status = cz_note(reader, "joined_lines", "line breaks inside sentences were closed up", -1)) != CZ_OK)
    return status;
  if (reader->text.joined_digits &&
      (status = cz_note(reader, "joined_digits", "blanks inside numbers were closed up", -1)) != CZ_OK)
    return status;
  if (reader->text.count < 3000 &&
      (status = cz_note(reader, "stub", "fewer than 3,000 characters: a stub or an excerpt", -1)) != CZ_OK)
    return status;
  if (reader->line_count && reader->text.count >= 3000) {
    const cz_line *last = &reader->lines[reader->line_count - 1];
    char16_t c = (char16_t)reader->text.chars[last->end - 1];
    if (c == u'，' || c == u'、' || c == u'；')
      return cz_note(reader, "truncated", "the text ends inside a sentence", last->end - 1);
  }
  return CZ_OK;
}

cz_status cz_reader_read(cz_reader *reader, const char *bytes, int64_t byte_count,
                         const cz_report_options *options, cz_error *error) {
  const size_t kept = offsetof(cz_reader, text);
  memset((char *)reader + kept, 0, sizeof *reader - kept);
  reader->options = options;
  reader->error = error;
  reader->first_row = cz_table_rows(reader->report->quantities);
  reader->first_sentence = cz_table_rows(reader->report->sentences);
  cz_status status = cz_text_scan(bytes, byte_count, &reader->allocator, &reader->text, error);
  if (status)
    return status;
  /* Reports have a figure in about seventy characters; room for more than some thousand is made later. */
  const int64_t likely = reader->text.count / 64;
  status =
      cz_table_reserve(reader->report->quantities, reader->first_row + (likely < 16384 ? likely : 16384));
  if (!status)
    status = read_document(reader);
  cz_text_release(&reader->text);
  if (status && error && error->status == CZ_OK) {
    cz_status ignored = cz_fail(error, status, -1, "%s", cz_status_describe(status));
    (void)ignored;
  }
  return status;
}

void cz_reader_release(cz_reader *reader) {
  cz_release(&reader->allocator, reader->path_text, reader->path_capacity);
  cz_release(&reader->allocator, reader->lines, reader->line_capacity * sizeof *reader->lines);
  cz_release(&reader->allocator, reader->tokens, reader->token_capacity * sizeof *reader->tokens);
  cz_release(&reader->allocator, reader->quantities, reader->quantity_capacity * sizeof *reader->quantities);
}

cz_status cz_report_parse(const char *bytes, int64_t byte_count, const cz_report_options *options,
                          cz_report **out, cz_error *error) {
  if (error)
    *error = (cz_error){.status = CZ_OK, .offset = -1};
  if (!out)
    return cz_fail(error, CZ_ERROR_ARGUMENT, -1, "out is NULL");
  *out = NULL;
  cz_reader reader;
  memset(&reader, 0, sizeof reader);
  reader.allocator = cz_allocator_or_libc(options ? options->allocator : NULL);
  reader.lexicon = options && options->lexicon ? options->lexicon : cz_lexicon_builtin();
  cz_report *report = cz_allocate_zeroed(&reader.allocator, sizeof *report);
  if (!report)
    return cz_fail(error, CZ_ERROR_MEMORY, -1, "%s", cz_status_describe(CZ_ERROR_MEMORY));
  report->allocator = reader.allocator;
  reader.report = report;
  cz_status status = create_tables(report);
  status = status ? cz_fail(error, status, -1, "%s", cz_status_describe(status))
                  : cz_reader_read(&reader, bytes, byte_count, options, error);
  cz_reader_release(&reader);
  if (status)
    cz_report_free(report);
  else
    *out = report;
  return status;
}

void cz_report_clear(cz_report *report) {
  cz_release(&report->allocator, report->title, report->title_size);
  cz_release(&report->allocator, report->region, report->region_size);
  report->title = report->region = NULL;
  report->title_size = report->region_size = 0;
  report->region_code[0] = 0;
  report->level = NULL;
  report->year = 0;
}

void cz_report_free(cz_report *report) {
  if (!report)
    return;
  cz_allocator memory = report->allocator;
  for (int i = 0; i < CZ_REPORT_TABLES; i++)
    cz_table_free(*cz_report_table(report, i));
  cz_report_clear(report);
  cz_release(&memory, report, sizeof *report);
}

const char *cz_report_title(const cz_report *report) {
  return report && report->title ? report->title : "";
}
const char *cz_report_region(const cz_report *report) {
  return report && report->region ? report->region : "";
}
const char *cz_report_region_code(const cz_report *report) {
  return report ? report->region_code : "";
}
const char *cz_report_level(const cz_report *report) {
  return report && report->level ? report->level : "";
}
int32_t cz_report_year(const cz_report *report) {
  return report ? report->year : 0;
}
const cz_table *cz_report_quantities(const cz_report *report) {
  return report ? report->quantities : NULL;
}
const cz_table *cz_report_sections(const cz_report *report) {
  return report ? report->sections : NULL;
}
const cz_table *cz_report_sentences(const cz_report *report) {
  return report ? report->sentences : NULL;
}
const cz_table *cz_report_qualitative(const cz_report *report) {
  return report ? report->qualitative : NULL;
}
const cz_table *cz_report_notes(const cz_report *report) {
  return report ? report->notes : NULL;
}
