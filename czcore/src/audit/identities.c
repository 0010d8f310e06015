/* identities.c: what ties indicators to each other: the identities of the registry (identities.tsv), and
 * shares whose name says of what (民间投资占固定资产投资比重). */
#include <math.h>
#include <string.h>

#include "../lexicon/tables.h"
#include "internal.h"

static const cz_variable *variable_at(const cz_auditor *auditor, int32_t number) {
  return &auditor->network.variables[number];
}

/* The stated level of a group in a period, the first in the text; -1 if there is none. Where `unit` is not -1
 * it has to be in this unit. */
static int32_t level_of_group(const cz_auditor *auditor, int32_t group, int32_t period, int32_t unit) {
  int32_t found = -1;
  for (int32_t i = auditor->groups[group].first_claim; i >= 0; i = auditor->next_in_group[i]) {
    const cz_claim *claim = &auditor->network.claims[i];
    const cz_variable *variable = variable_at(auditor, claim->variable);
    if (claim->measure == CZ_MEASURE_LEVEL && variable->to == period && (unit < 0 || variable->unit == unit))
      found = claim->variable; /* the chain runs backwards */
  }
  return found;
}

/* The same of a code, for the region and the kind of the group `like`. */
static int32_t level_of_code(const cz_auditor *auditor, const char *code, const cz_group *like,
                             int32_t period) {
  for (size_t k = 0; k < auditor->key_count; k++) {
    const cz_indicator *indicator = auditor->keys[k].indicator;
    if (!indicator || strcmp(indicator->code, code) != 0)
      continue;
    int32_t group = cz_auditor_find_group(auditor, (int32_t)k, like->region, like->goal, -1);
    return group < 0 ? -1 : level_of_group(auditor, group, period, -1); /* other keys of it: the same group */
  }
  return -1;
}

/* Whether the units of result and parts are those of the identity: amounts in different currencies are not
 * added. */
static bool units_fit(const cz_auditor *auditor, const cz_identity *identity, int32_t result,
                      const int32_t *parts) {
  int32_t unit = variable_at(auditor, result)->unit, first = variable_at(auditor, parts[0])->unit;
  switch (identity->kind) {
  case CZ_IDENTITY_RATIO:
    return variable_at(auditor, parts[1])->unit == unit;
  case CZ_IDENTITY_SHARE:
    return first == auditor->percent_text && variable_at(auditor, parts[1])->unit == unit;
  case CZ_IDENTITY_PER_HEAD:
    return first == unit && cz_span_is(auditor->texts[variable_at(auditor, parts[1])->unit], "人");
  default:
    for (int32_t i = 0; i < identity->part_count; i++)
      if (variable_at(auditor, parts[i])->unit != unit)
        return false;
    return true;
  }
}

static cz_status tie(cz_auditor *auditor, const cz_identity *identity, int32_t result, const int32_t *parts) {
  bool doubtful = identity->doubtful;
  int32_t last = parts[identity->part_count - 1];
  if (identity->kind == CZ_IDENTITY_BETWEEN)
    return cz_auditor_link(auditor, CZ_LINK_BETWEEN, CZ_RULE_IDENTITY, result, 1, parts[0], last, doubtful);
  if (identity->kind != CZ_IDENTITY_SUM)
    return cz_auditor_link(auditor, CZ_LINK_PRODUCT, CZ_RULE_IDENTITY, result,
                           identity->kind == CZ_IDENTITY_SHARE ? 0.01 : identity->scale, parts[0], last,
                           doubtful);
  int32_t sum = parts[0];
  for (int32_t i = 1; i < identity->part_count; i++) { /* partial sums, the last one is the result */
    int32_t next = result;
    if (i + 1 < identity->part_count)
      CZ_TRY(cz_network_add_variable(&auditor->network, CZ_VARIABLE_PART_SUM, (cz_interval){0, INFINITY},
                                     &next));
    CZ_TRY(cz_auditor_link(auditor, CZ_LINK_SUM, CZ_RULE_IDENTITY, next, 1, sum, parts[i], doubtful));
    sum = next;
  }
  return CZ_OK;
}

cz_status cz_auditor_identities(cz_auditor *auditor, int32_t group) {
  const cz_group at = auditor->groups[group];
  const cz_indicator *indicator = auditor->keys[at.key].indicator;
  if (!indicator)
    return CZ_OK;
  for (int32_t n = 0; n < CZ_BUILTIN_IDENTITIES; n++) {
    const cz_identity *identity = &cz_builtin_identities[n];
    int32_t last = identity->part_count - 1;
    /* Found from its last part, which every identity needs. */
    if (strcmp(identity->parts[last], indicator->code) != 0)
      continue;
    for (int32_t i = at.first_claim; i >= 0; i = auditor->next_in_group[i]) {
      const cz_claim *claim = &auditor->network.claims[i];
      int32_t period = variable_at(auditor, claim->variable)->to, parts[CZ_IDENTITY_PARTS];
      /* Once per period: from the claim that its level is found by. */
      if (claim->measure != CZ_MEASURE_LEVEL ||
          level_of_group(auditor, group, period, -1) != claim->variable ||
          auditor->claim_of_row[claim->row] != i)
        continue;
      int32_t earlier = auditor->next_in_group[i];
      for (; earlier >= 0; earlier = auditor->next_in_group[earlier])
        if (auditor->network.claims[earlier].variable == claim->variable)
          break;
      if (earlier >= 0)
        continue;
      int32_t result = level_of_code(auditor, identity->result, &at, period);
      bool all = result >= 0;
      parts[last] = claim->variable;
      for (int32_t k = 0; k < last && all; k++) {
        parts[k] = level_of_code(auditor, identity->parts[k], &at, period);
        all = parts[k] >= 0;
      }
      if (all && units_fit(auditor, identity, result, parts))
        CZ_TRY(tie(auditor, identity, result, parts));
    }
  }
  return CZ_OK;
}

/* ---- shares ---- */

static cz_span part_of_span(cz_span text, int64_t begin, int64_t end) {
  return (cz_span){text.bytes + begin, end - begin};
}

static bool cut_end(cz_span *span, const char *word) {
  int64_t size = (int64_t)strlen(word);
  if (span->size <= size || memcmp(span->bytes + span->size - size, word, (size_t)size) != 0)
    return false;
  span->size -= size;
  return true;
}

/* 民间投资占固定资产投资的比重 → 民间投资, 固定资产投资. */
static bool read_share(cz_span phrase, cz_span *part, cz_span *whole) {
  static const char of[] = "占";
  static const char *const nouns[] = {"比重", "比例", "份额", "比"};
  const int64_t size = (int64_t)sizeof of - 1;
  for (int64_t at = size; at + size < phrase.size; at++) {
    if (memcmp(phrase.bytes + at, of, (size_t)size) != 0)
      continue;
    *part = part_of_span(phrase, 0, at);
    *whole = part_of_span(phrase, at + size, phrase.size);
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
      if (cut_end(whole, nouns[i]))
        break;
    cut_end(whole, "的");
    return whole->size > 0;
  }
  return false;
}

static bool is_body(cz_span name) {
  static const char *const bodies[] = {"全国", "全省", "全市", "全区", "全球", "世界", "全世界", "全县"};
  for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
    if (cz_span_is(name, bodies[i]))
      return true;
  return false;
}

/* Of a body (占全国11.4%) the same figure of that body is the whole, a variable of its own; else the whole is
 * another indicator. Shares that the registry ties already are left to it. */
cz_status cz_auditor_shares(cz_auditor *auditor) {
  size_t claims = auditor->network.claim_count;
  for (size_t i = 0; i < claims; i++) {
    const cz_claim claim = auditor->network.claims[i];
    cz_variable share = *variable_at(auditor, claim.variable);
    cz_span part, whole;
    if (claim.measure != CZ_MEASURE_LEVEL || share.unit != auditor->percent_text ||
        auditor->claim_of_row[claim.row] < 0 || auditor->keys[claim.key].indicator ||
        !read_share(cz_cell(&auditor->rows.indicator, claim.row), &part, &whole))
      continue;
    cz_group own = auditor->groups[share.group];
    int32_t small = cz_auditor_group_of_phrase(auditor, part, &own, claim.sentence);
    int32_t level = small < 0 ? -1 : level_of_group(auditor, small, share.to, -1);
    if (level < 0 || variable_at(auditor, level)->unit == auditor->percent_text)
      continue;
    int32_t unit = variable_at(auditor, level)->unit, total = -1;
    if (is_body(whole)) {
      int32_t name;
      CZ_TRY(cz_auditor_text(auditor, whole, &name));
      CZ_TRY(cz_auditor_variable(auditor, CZ_VARIABLE_LEVEL, small, name + CZ_PERIOD_TEXTS, share.to, unit,
                                 CZ_GROWTH_NOMINAL, &total));
      auditor->network.variables[total].other = name;
    } else {
      int32_t large = cz_auditor_group_of_phrase(auditor, whole, &own, claim.sentence);
      total = large < 0 ? -1 : level_of_group(auditor, large, share.to, unit);
    }
    if (total >= 0 && total != level)
      CZ_TRY(cz_auditor_link(auditor, CZ_LINK_PRODUCT, CZ_RULE_SHARE, level, 0.01, claim.variable, total,
                             false));
  }
  return CZ_OK;
}
