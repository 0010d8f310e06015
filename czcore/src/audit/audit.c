/* audit.c: options, the table that comes in and the tables that go out. */
#include <math.h>
#include <string.h>

#include "internal.h"

struct cz_audit {
  cz_allocator allocator;
  cz_table *findings, *implied;
  bool complete;
};

static const cz_field quantity_fields[] = {
#define QUANTITY_FIELD(name, type, categories) {#name, type, NULL},
    CZ_QUANTITY_FIELDS(QUANTITY_FIELD)
#undef QUANTITY_FIELD
};
enum { QUANTITY_FIELDS = (int)(sizeof quantity_fields / sizeof *quantity_fields) };

static const cz_field finding_fields[] = {
#define FINDING_FIELD(name, type, categories) {#name, type, categories},
    CZ_FINDING_FIELDS(FINDING_FIELD)
#undef FINDING_FIELD
};
static const cz_field implied_fields[] = {
#define IMPLIED_FIELD(name, type, categories) {#name, type, categories},
    CZ_IMPLIED_FIELDS(IMPLIED_FIELD)
#undef IMPLIED_FIELD
};

enum {
#define FINDING_ENUM(name, type, categories) FINDING_##name,
  CZ_FINDING_FIELDS(FINDING_ENUM) FINDING_COUNT
#undef FINDING_ENUM
};
enum { IMPLIED_COUNT = (int)(sizeof implied_fields / sizeof *implied_fields) };

/* The columns by name; false when one is missing or of another type. */
static bool open_rows(const cz_table *table, cz_rows *rows) {
  cz_column columns[QUANTITY_FIELDS];
  for (int32_t i = 0; i < QUANTITY_FIELDS; i++) {
    int32_t at = cz_table_find(table, quantity_fields[i].name);
    if (at < 0 || cz_table_column(table, at, &columns[i]) != CZ_OK ||
        columns[i].type != quantity_fields[i].type)
      return false;
  }
  enum {
#define COLUMN_ENUM(name, type, categories) COLUMN_##name,
    CZ_QUANTITY_FIELDS(COLUMN_ENUM)
#undef COLUMN_ENUM
  };
  rows->count = cz_table_rows(table);
#define VALUES(name) rows->name = columns[COLUMN_##name].values
  VALUES(role), VALUES(measure), VALUES(bound), VALUES(basis), VALUES(relation), VALUES(horizon),
      VALUES(kind);
  VALUES(value), VALUES(lo), VALUES(hi), VALUES(resolution), VALUES(canonical_value);
  VALUES(main), VALUES(period_start), VALUES(period_end), VALUES(base_year), VALUES(sentence);
#undef VALUES
#define TEXT(name) rows->name = columns[COLUMN_##name]
  TEXT(text), TEXT(number), TEXT(indicator), TEXT(indicator_code), TEXT(unit), TEXT(flags),
      TEXT(canonical_unit);
  TEXT(period), TEXT(base), TEXT(region), TEXT(scope);
#undef TEXT
  return rows->count < INT32_MAX / 4;
}

/* ---- findings ---- */

static bool keep(cz_auditor *auditor, cz_words *words, char **out, size_t *size) {
  *size = words->size;
  *out = cz_allocate(&auditor->allocator, words->size);
  if (*out && words->size > 0)
    memcpy(*out, words->bytes, words->size);
  words->size = 0;
  return *out != NULL;
}

static void free_found(cz_auditor *auditor, cz_found *found) {
  cz_release(&auditor->allocator, found->zh, found->zh_size);
  cz_release(&auditor->allocator, found->en, found->en_size);
  cz_release(&auditor->allocator, found->repair, found->repair_size);
}

cz_found cz_auditor_start(cz_auditor *auditor, cz_severity severity, cz_rule rule, const int32_t *rows,
                          int32_t count) {
  cz_found found;
  memset(&found, 0, sizeof found);
  found.severity = (uint8_t)severity;
  found.rule = (uint8_t)rule;
  found.gap = NAN;
  found.stated = found.implied = (cz_interval){NAN, NAN};
  found.row_count = count;
  found.key_row = rows[0];
  for (int32_t i = 0; i < count; i++) { /* ascending */
    int32_t at = i;
    for (; at > 0 && found.rows[at - 1] > rows[i]; at--)
      found.rows[at] = found.rows[at - 1];
    found.rows[at] = rows[i];
  }
  cz_say_indicator(auditor, found.key_row);
  for (int32_t i = 0; i < count; i++)
    cz_say_row(auditor, found.rows[i], i > 0);
  return found;
}

cz_status cz_auditor_report(cz_auditor *auditor, cz_found *found) {
  void *block = auditor->found;
  bool fine = !auditor->words.failed && !auditor->words_en.failed && !auditor->repair.failed &&
              cz_reserve(&auditor->allocator, &block, &auditor->found_room, auditor->found_count + 1,
                         sizeof *auditor->found);
  if (fine)
    auditor->found = block;
  fine = fine && keep(auditor, &auditor->words, &found->zh, &found->zh_size) &&
         keep(auditor, &auditor->words_en, &found->en, &found->en_size) &&
         keep(auditor, &auditor->repair, &found->repair, &found->repair_size);
  if (!fine) {
    free_found(auditor, found);
    return CZ_ERROR_MEMORY;
  }
  auditor->found[auditor->found_count++] = *found;
  return CZ_OK;
}

static bool comes_before(const cz_found *a, const cz_found *b) {
  if (a->severity != b->severity)
    return a->severity < b->severity;
  for (int32_t i = 0; i < a->row_count && i < b->row_count; i++)
    if (a->rows[i] != b->rows[i])
      return a->rows[i] < b->rows[i];
  return a->row_count < b->row_count;
}

static cz_status append(cz_table *table, int32_t column, const char *bytes, size_t size) {
  return cz_table_append_text(table, column, bytes, (int64_t)size);
}

static cz_status write_found(cz_auditor *auditor, const cz_found *found) {
  cz_table *table = auditor->findings;
  CZ_TRY(cz_table_add(table));
  cz_table_set_code(table, FINDING_severity, found->severity);
  const char *rule = cz_rule_names[found->rule];
  CZ_TRY(append(table, FINDING_rule, rule, strlen(rule)));
  cz_span indicator = cz_cell(&auditor->rows.indicator, found->key_row);
  cz_span code = cz_cell(&auditor->rows.indicator_code, found->key_row);
  CZ_TRY(append(table, FINDING_indicator, indicator.bytes, (size_t)indicator.size));
  CZ_TRY(append(table, FINDING_indicator_code, code.bytes, (size_t)code.size));
  auditor->list.size = 0;
  for (int32_t i = 0; i < found->row_count; i++) {
    cz_say(auditor, &auditor->list, i ? "," : "");
    cz_say_int(auditor, &auditor->list, found->rows[i]);
  }
  if (auditor->list.failed)
    return CZ_ERROR_MEMORY;
  CZ_TRY(append(table, FINDING_statements, auditor->list.bytes, auditor->list.size));
  cz_table_set_float64(table, FINDING_gap, found->gap);
  CZ_TRY(append(table, FINDING_message_zh, found->zh, found->zh_size));
  CZ_TRY(append(table, FINDING_message_en, found->en, found->en_size));
  CZ_TRY(append(table, FINDING_repair, found->repair, found->repair_size));
  cz_table_set_float64(table, FINDING_stated_lo, found->stated.lo);
  cz_table_set_float64(table, FINDING_stated_hi, found->stated.hi);
  cz_table_set_float64(table, FINDING_implied_lo, found->implied.lo);
  cz_table_set_float64(table, FINDING_implied_hi, found->implied.hi);
  return append(table, FINDING_unit, found->unit.bytes, (size_t)found->unit.size);
}

/* Insertion sort: there are few findings, they come almost in order, and equal ones keep theirs. */
static cz_status write_findings(cz_auditor *auditor) {
  for (size_t i = 1; i < auditor->found_count; i++) {
    cz_found one = auditor->found[i];
    size_t at = i;
    for (; at > 0 && comes_before(&one, &auditor->found[at - 1]); at--)
      auditor->found[at] = auditor->found[at - 1];
    auditor->found[at] = one;
  }
  for (size_t i = 0; i < auditor->found_count; i++)
    CZ_TRY(write_found(auditor, &auditor->found[i]));
  return CZ_OK;
}

/* ---- run ---- */

static cz_status examine(cz_auditor *auditor) {
  size_t count = (size_t)auditor->rows.count;
  auditor->claim_of_row = cz_allocate(&auditor->allocator, count * sizeof *auditor->claim_of_row);
  if (!auditor->claim_of_row)
    return CZ_ERROR_MEMORY;
  for (size_t i = 0; i < count; i++)
    auditor->claim_of_row[i] = -1;
  CZ_TRY(cz_auditor_claims(auditor));
  CZ_TRY(cz_auditor_relations(auditor));
  CZ_TRY(cz_network_split(&auditor->network));
  CZ_TRY(cz_auditor_conflicts(auditor));
  CZ_TRY(cz_auditor_order(auditor));
  CZ_TRY(cz_auditor_ratios(auditor));
  CZ_TRY(cz_auditor_plans(auditor));
  CZ_TRY(write_findings(auditor));
  return cz_auditor_implied(auditor);
}

static void clean_up(cz_auditor *auditor) {
  const cz_allocator *memory = &auditor->allocator;
  cz_network_free(&auditor->network);
  for (size_t i = 0; i < auditor->found_count; i++)
    free_found(auditor, &auditor->found[i]);
  cz_release(memory, auditor->found, auditor->found_room * sizeof *auditor->found);
  cz_release(memory, auditor->texts, auditor->text_room * sizeof *auditor->texts);
  cz_release(memory, auditor->text_slots, auditor->text_slot_count * sizeof *auditor->text_slots);
  cz_release(memory, auditor->tuples, auditor->tuple_room * sizeof *auditor->tuples);
  cz_release(memory, auditor->tuple_slots, auditor->tuple_slot_count * sizeof *auditor->tuple_slots);
  cz_release(memory, auditor->keys, auditor->key_room * sizeof *auditor->keys);
  cz_release(memory, auditor->groups, auditor->group_room * sizeof *auditor->groups);
  cz_release(memory, auditor->code_rows, auditor->code_room * sizeof *auditor->code_rows);
  cz_release(memory, auditor->next_in_group, auditor->next_room * sizeof *auditor->next_in_group);
  cz_release(memory, auditor->claim_of_row, (size_t)auditor->rows.count * sizeof *auditor->claim_of_row);
  cz_words_free(auditor, &auditor->words);
  cz_words_free(auditor, &auditor->words_en);
  cz_words_free(auditor, &auditor->repair);
  cz_words_free(auditor, &auditor->list);
}

static double or_default(double value, double usual) {
  return value == 0 ? usual : value;
}

cz_status cz_audit_run(const cz_table *quantities, const cz_audit_options *options, cz_audit **out,
                       cz_error *error) {
  if (out)
    *out = NULL;
  if (!quantities || !out)
    return cz_fail(error, CZ_ERROR_ARGUMENT, -1, "table or result is NULL");
  static const cz_audit_options none = {0};
  if (!options)
    options = &none;
  cz_auditor auditor;
  memset(&auditor, 0, sizeof auditor);
  auditor.about = or_default(options->about, 0.05);
  auditor.deflator_first = or_default(options->deflator_first, 1.25);
  auditor.deflator_further = or_default(options->deflator_further, 1.08);
  if (!(auditor.about > 0 && auditor.about < 1) ||
      !(auditor.deflator_first >= 1 && auditor.deflator_first <= 100) ||
      !(auditor.deflator_further >= 1 && auditor.deflator_further <= 100) || options->work < 0)
    return cz_fail(
        error, CZ_ERROR_ARGUMENT, -1,
        "audit options out of range: about between 0 and 1, deflators between 1 and 100, work not negative");
  if (!open_rows(quantities, &auditor.rows))
    return cz_fail(error, CZ_ERROR_ARGUMENT, -1, "not a table of quantities");
  auditor.allocator = auditor.network.allocator = cz_allocator_or_libc(options->allocator);
  auditor.lexicon = options->lexicon ? options->lexicon : cz_lexicon_builtin();
  auditor.network.work = options->work ? options->work : 2000000;

  cz_audit *audit = cz_allocate_zeroed(&auditor.allocator, sizeof *audit);
  cz_status status = audit ? CZ_OK : CZ_ERROR_MEMORY;
  if (audit)
    audit->allocator = auditor.allocator;
  if (!status)
    status = cz_table_create(finding_fields, FINDING_COUNT, &auditor.allocator, &audit->findings);
  if (!status)
    status = cz_table_create(implied_fields, IMPLIED_COUNT, &auditor.allocator, &audit->implied);
  if (!status) {
    auditor.findings = audit->findings;
    auditor.implied = audit->implied;
    status = examine(&auditor);
    audit->complete = auditor.network.work > 0;
  }
  clean_up(&auditor);
  if (status) {
    cz_audit_free(audit);
    return cz_fail(error, status, -1, "%s", cz_status_describe(status));
  }
  *out = audit;
  return CZ_OK;
}

void cz_audit_free(cz_audit *audit) {
  if (!audit)
    return;
  cz_allocator memory = audit->allocator;
  cz_table_free(audit->findings);
  cz_table_free(audit->implied);
  cz_release(&memory, audit, sizeof *audit);
}

const cz_table *cz_audit_findings(const cz_audit *audit) {
  return audit ? audit->findings : NULL;
}
const cz_table *cz_audit_implied(const cz_audit *audit) {
  return audit ? audit->implied : NULL;
}
bool cz_audit_complete(const cz_audit *audit) {
  return audit && audit->complete;
}
