/* relations.c: how the variables hang together. Every link holds for the figures themselves, not for their
 * printed forms; what printing does to them is in the sets of the claims. */
#include <math.h>
#include <string.h>

#include "internal.h"

/* Members of a group that take part; a group with more is cut, which loses findings and makes none. */
enum { GROUP_LIMIT = 64 };

typedef struct members {
  int32_t count;
  int32_t variables[GROUP_LIMIT];
} members;

static void note(members *list, int32_t variable) {
  for (int32_t i = 0; i < list->count; i++)
    if (list->variables[i] == variable)
      return;
  if (list->count < GROUP_LIMIT)
    list->variables[list->count++] = variable;
}

static const cz_variable *variable_at(const cz_auditor *auditor, int32_t number) {
  return &auditor->network.variables[number];
}

cz_status cz_auditor_link(cz_auditor *auditor, cz_link_kind kind, cz_rule rule, int32_t z, double scale,
                          int32_t x, int32_t y, bool doubtful) {
  return cz_network_add_link(&auditor->network,
                             (cz_link){x, y, z, scale, (uint8_t)kind, (uint8_t)rule, doubtful});
}

static cz_status level(cz_auditor *auditor, int32_t group, int32_t period, int32_t unit, int32_t *out) {
  return cz_auditor_variable(auditor, CZ_VARIABLE_LEVEL, group, CZ_NO_PERIOD, period, unit, CZ_GROWTH_NOMINAL,
                             out);
}

/* How far apart growth on two bases may lie. Consumer prices rose by up to a quarter a year in the early
 * nineties and by a few percent a year since; a single region may see more in a single year. A changed scope
 * is anybody's guess. */
static cz_interval plausible_wedge(const cz_auditor *auditor, cz_growth_basis basis, int32_t from,
                                   int32_t to) {
  if (basis == CZ_GROWTH_COMPARABLE)
    return (cz_interval){0.5, 2};
  double most = auditor->deflator_first;
  if (to < CZ_PERIOD_TEXTS && from < CZ_PERIOD_TEXTS)
    for (int32_t year = from + 2; year <= to; year++)
      most *= year < 2000 ? auditor->deflator_first : auditor->deflator_further;
  return (cz_interval){1 / most, most};
}

/* Whether levels of a group are known at one end of a ratio, so that a link from it can say anything. */
static bool has_level(const cz_auditor *auditor, const members *levels, int32_t from, int32_t to) {
  for (int32_t i = 0; i < levels->count; i++) {
    int32_t period = variable_at(auditor, levels->variables[i])->to;
    if (period == from || period == to)
      return true;
  }
  return false;
}

static bool is_foreign_unit(const cz_auditor *auditor, int32_t unit) {
  cz_span text = auditor->texts[unit];
  return cz_span_has(text, "美元") || cz_span_has(text, "欧元") || cz_span_has(text, "港元") ||
         cz_span_has(text, "日元");
}

/* Levels, growth, multiples and changes of one group. */
static cz_status relate_group(cz_auditor *auditor, int32_t group) {
  members levels = {0}, ratios = {0}, changes = {0}, others = {0};
  for (int32_t i = auditor->groups[group].first_claim; i >= 0; i = auditor->next_in_group[i]) {
    int32_t number = auditor->network.claims[i].variable;
    switch ((cz_variable_kind)variable_at(auditor, number)->kind) {
    case CZ_VARIABLE_LEVEL:
      note(&levels, number);
      break;
    case CZ_VARIABLE_RATIO:
      note(&ratios, number);
      break;
    case CZ_VARIABLE_CHANGE:
      note(&changes, number);
      break;
    case CZ_VARIABLE_DIFFERENCE:
    case CZ_VARIABLE_RANK_CHANGE:
      note(&others, number);
      break;
    default:
      break;
    }
  }
  /* L(to) = L(from) + C. The levels may be new: their growth may be known. */
  for (int32_t i = 0; i < changes.count; i++) {
    cz_variable change = *variable_at(auditor, changes.variables[i]);
    if (!has_level(auditor, &levels, change.from, change.to) && ratios.count == 0)
      continue;
    int32_t from, to, unit = change.unit;
    if (unit == auditor->empty_text && levels.count > 0) /* 增加1.4亿 beside 10.5亿人 */
      unit = variable_at(auditor, levels.variables[0])->unit;
    CZ_TRY(level(auditor, group, change.from, unit, &from));
    CZ_TRY(level(auditor, group, change.to, unit, &to));
    CZ_TRY(cz_auditor_link(auditor, CZ_LINK_SUM, CZ_RULE_CHANGE, to, 1, from, changes.variables[i], false));
    note(&levels, from);
    note(&levels, to);
  }
  /* Growth on another basis, beside levels or multiples: nominal ratio = ratio * wedge. */
  int32_t stated_ratios = ratios.count;
  for (int32_t i = 0; i < stated_ratios; i++) {
    cz_variable ratio = *variable_at(auditor, ratios.variables[i]);
    cz_growth_basis basis = (cz_growth_basis)ratio.basis;
    if (basis == CZ_GROWTH_NOMINAL)
      continue;
    bool meets = has_level(auditor, &levels, ratio.from, ratio.to);
    for (int32_t j = 0; j < stated_ratios && !meets; j++) {
      const cz_variable *other = variable_at(auditor, ratios.variables[j]);
      meets = j != i && (other->from == ratio.from || other->to == ratio.to) && other->basis != ratio.basis;
    }
    if (!meets)
      continue;
    int32_t nominal, wedge;
    CZ_TRY(cz_auditor_variable(auditor, CZ_VARIABLE_RATIO, group, ratio.from, ratio.to, -1, CZ_GROWTH_NOMINAL,
                               &nominal));
    CZ_TRY(cz_auditor_variable(auditor, CZ_VARIABLE_WEDGE, group, ratio.from, ratio.to, -1, basis, &wedge));
    auditor->network.variables[wedge].plausible = plausible_wedge(auditor, basis, ratio.from, ratio.to);
    CZ_TRY(cz_auditor_link(auditor, CZ_LINK_PRODUCT, CZ_RULE_BASIS, nominal, 1, ratios.variables[i], wedge,
                           false));
    note(&ratios, nominal);
  }
  /* L(to) = L(from) * R, once per unit in which levels are stated. */
  int32_t known_levels = levels.count;
  for (int32_t i = 0; i < ratios.count; i++) {
    cz_variable ratio = *variable_at(auditor, ratios.variables[i]);
    if (ratio.basis != CZ_GROWTH_NOMINAL)
      continue;
    members units = {0};
    for (int32_t j = 0; j < known_levels; j++) {
      const cz_variable *at = variable_at(auditor, levels.variables[j]);
      if (at->to == ratio.from || at->to == ratio.to)
        note(&units, at->unit);
    }
    for (int32_t j = 0; j < units.count; j++) {
      int32_t from, to, unit = units.variables[j];
      CZ_TRY(level(auditor, group, ratio.from, unit, &from));
      CZ_TRY(level(auditor, group, ratio.to, unit, &to));
      /* Growth is mostly stated in yuan, also where the level is in dollars. */
      CZ_TRY(cz_auditor_link(auditor, CZ_LINK_PRODUCT, CZ_RULE_GROWTH, to, 1, ratios.variables[i], from,
                             is_foreign_unit(auditor, unit)));
    }
  }
  /* R(a, c) = R(a, b) * R(b, c). */
  for (int32_t i = 0; i < ratios.count; i++) {
    cz_variable whole = *variable_at(auditor, ratios.variables[i]);
    for (int32_t j = 0; j < ratios.count; j++) {
      cz_variable first = *variable_at(auditor, ratios.variables[j]);
      if (j == i || first.basis != whole.basis || first.from != whole.from || first.to == whole.to)
        continue;
      int32_t second = cz_auditor_find_variable(auditor, CZ_VARIABLE_RATIO, group, first.to, whole.to, -1,
                                                (cz_growth_basis)whole.basis);
      if (second >= 0)
        CZ_TRY(cz_auditor_link(auditor, CZ_LINK_PRODUCT, CZ_RULE_CHAIN, ratios.variables[i], 1,
                               ratios.variables[j], second, false));
    }
  }
  for (int32_t i = 0; i < others.count; i++) {
    cz_variable other = *variable_at(auditor, others.variables[i]);
    int32_t a, b;
    if (other.kind == CZ_VARIABLE_DIFFERENCE) { /* own level = level of the other body + difference */
      CZ_TRY(level(auditor, group, other.to, other.unit, &a));
      CZ_TRY(cz_auditor_variable(auditor, CZ_VARIABLE_LEVEL, group, other.from, other.to, other.unit,
                                 CZ_GROWTH_NOMINAL, &b));
      auditor->network.variables[b].other = other.from - CZ_PERIOD_TEXTS;
      CZ_TRY(cz_auditor_link(auditor, CZ_LINK_SUM, CZ_RULE_DIFFERENCE, a, 1, b, others.variables[i], false));
    } else { /* places gained: earlier rank = later rank + change */
      CZ_TRY(cz_auditor_variable(auditor, CZ_VARIABLE_RANK, group, CZ_NO_PERIOD, other.from, other.unit,
                                 CZ_GROWTH_NOMINAL, &a));
      CZ_TRY(cz_auditor_variable(auditor, CZ_VARIABLE_RANK, group, CZ_NO_PERIOD, other.to, other.unit,
                                 CZ_GROWTH_NOMINAL, &b));
      CZ_TRY(cz_auditor_link(auditor, CZ_LINK_SUM, CZ_RULE_RANK_CHANGE, a, 1, b, others.variables[i], false));
    }
  }
  return CZ_OK;
}

/* First and last year of a period "2016-2020"; false for anything else. */
static bool span_of_years(const cz_auditor *auditor, int32_t period, int32_t *first, int32_t *last) {
  if (period < CZ_PERIOD_TEXTS)
    return false;
  cz_span text = auditor->texts[period - CZ_PERIOD_TEXTS];
  if (text.size != 9 || text.bytes[4] != '-')
    return false;
  *first = *last = 0;
  for (int32_t i = 0; i < 4; i++) {
    char a = text.bytes[i], b = text.bytes[i + 5];
    if (a < '0' || a > '9' || b < '0' || b > '9')
      return false;
    *first = *first * 10 + (a - '0');
    *last = *last * 10 + (b - '0');
  }
  return true;
}

/* What one year brought is not more than what the years together did: flows of registered indicators. */
static cz_status relate_totals(cz_auditor *auditor, int32_t group) {
  const cz_group *at = &auditor->groups[group];
  const cz_indicator *indicator = auditor->keys[at->key].indicator;
  if (!indicator || strcmp(indicator->nature, "flow") != 0 || at->goal)
    return CZ_OK;
  for (int32_t i = at->first_claim; i >= 0; i = auditor->next_in_group[i]) {
    const cz_claim *total = &auditor->network.claims[i];
    int32_t first, last;
    if (total->measure != CZ_MEASURE_LEVEL ||
        !span_of_years(auditor, variable_at(auditor, total->variable)->to, &first, &last) ||
        auditor->rows.horizon[total->row] != CZ_HORIZON_CUMULATIVE)
      continue;
    for (int32_t j = at->first_claim; j >= 0; j = auditor->next_in_group[j]) {
      const cz_claim *year = &auditor->network.claims[j];
      const cz_variable *one = variable_at(auditor, year->variable),
                        *all = variable_at(auditor, total->variable);
      if (year->measure == CZ_MEASURE_LEVEL && one->to >= first && one->to <= last && one->unit == all->unit)
        CZ_TRY(cz_auditor_link(auditor, CZ_LINK_AT_MOST, CZ_RULE_COVER, -1, 1, year->variable,
                               total->variable, false));
    }
  }
  return CZ_OK;
}

/* 其中: the part is at most the whole. A row may hang on a growth of the whole, printed behind its level. */
static int32_t whole_of(const cz_auditor *auditor, int32_t row) {
  const cz_rows *rows = &auditor->rows;
  int32_t main = rows->main[row];
  if (main < 0 || main >= rows->count)
    return -1;
  cz_span phrase = cz_cell(&rows->indicator, main);
  for (int32_t at = main; at >= 0 && rows->sentence[at] == rows->sentence[main]; at--) {
    cz_span other = cz_cell(&rows->indicator, at);
    if (auditor->claim_of_row[at] < 0 || rows->measure[at] != CZ_MEASURE_LEVEL || other.size != phrase.size ||
        memcmp(other.bytes, phrase.bytes, (size_t)phrase.size) != 0)
      continue;
    return auditor->claim_of_row[at];
  }
  return -1;
}

/* 每千人食品抽检 is no total of which the inspections would be parts. */
static bool is_per_head(cz_span phrase) {
  return cz_span_has(phrase, "每") || cz_span_has(phrase, "均") || cz_span_has(phrase, "率");
}

static cz_status relate_parts(cz_auditor *auditor) {
  const cz_rows *rows = &auditor->rows;
  int32_t last_whole = -1, sum = -1; /* the running sum of the parts of one whole */
  for (int32_t row = 0; row < rows->count; row++) {
    if (rows->relation[row] != CZ_RELATION_PART_OF || rows->measure[row] != CZ_MEASURE_LEVEL ||
        auditor->claim_of_row[row] < 0)
      continue;
    const cz_claim *part = &auditor->network.claims[auditor->claim_of_row[row]];
    int32_t whole_claim = whole_of(auditor, row);
    if (whole_claim < 0)
      continue;
    const cz_claim *whole = &auditor->network.claims[whole_claim];
    const cz_variable *p = variable_at(auditor, part->variable), *w = variable_at(auditor, whole->variable);
    if (is_per_head(cz_cell(&rows->indicator, whole->row)) || is_per_head(cz_cell(&rows->indicator, row)))
      continue;
    if (part->variable == whole->variable || p->unit != w->unit || p->unit == auditor->percent_text ||
        p->to != w->to || p->unit == auditor->empty_text || part->sentence != whole->sentence)
      continue;
    int32_t part_variable = part->variable, whole_variable = whole->variable;
    CZ_TRY(cz_auditor_link(auditor, CZ_LINK_AT_MOST, CZ_RULE_PARTS, -1, 1, part_variable, whole_variable,
                           false));
    if (whole_claim != last_whole) {
      last_whole = whole_claim;
      sum = part_variable;
      continue;
    }
    /* Parts may overlap, so their sum is only a hint. */
    int32_t next;
    CZ_TRY(
        cz_network_add_variable(&auditor->network, CZ_VARIABLE_PART_SUM, (cz_interval){0, INFINITY}, &next));
    CZ_TRY(cz_auditor_link(auditor, CZ_LINK_SUM, CZ_RULE_PART_SUM, next, 1, sum, part_variable, true));
    CZ_TRY(cz_auditor_link(auditor, CZ_LINK_AT_MOST, CZ_RULE_PART_SUM, -1, 1, next, whole_variable, true));
    sum = next;
  }
  return CZ_OK;
}

/* 增长5.7%，高于全国0.7个百分点: what is compared is growth. The other body's growth is a variable of its
 * own, or that of the region of this name where the text states it. */
static cz_status relate_growth_differences(cz_auditor *auditor) {
  size_t claims = auditor->network.claim_count;
  for (size_t i = 0; i < claims; i++) {
    const cz_claim *claim = &auditor->network.claims[i];
    cz_variable difference = *variable_at(auditor, claim->variable);
    if (difference.kind != CZ_VARIABLE_GROWTH_DIFFERENCE || difference.to >= CZ_PERIOD_TEXTS)
      continue;
    cz_group own = auditor->groups[difference.group];
    cz_span phrase = cz_cell(&auditor->rows.indicator, claim->row);
    int32_t group = difference.group, year = difference.to, scope = difference.from - CZ_PERIOD_TEXTS;
    if (cz_growth_phrase(&phrase))
      group = cz_auditor_group_of_phrase(auditor, phrase, &own, claim->sentence);
    for (int32_t basis = CZ_GROWTH_NOMINAL; group >= 0 && basis <= CZ_GROWTH_COMPARABLE; basis++) {
      cz_growth_basis at = (cz_growth_basis)basis;
      int32_t rate = cz_auditor_find_variable(auditor, CZ_VARIABLE_RATIO, group, year - 1, year, -1, at);
      if (rate < 0 || !variable_at(auditor, rate)->stated)
        continue;
      int32_t other = -1, body = cz_auditor_find_group(auditor, auditor->groups[group].key, scope, own.goal,
                                                       auditor->groups[group].sentence);
      if (body >= 0)
        other = cz_auditor_find_variable(auditor, CZ_VARIABLE_RATIO, body, year - 1, year, -1, at);
      if (other < 0) {
        CZ_TRY(cz_auditor_variable(auditor, CZ_VARIABLE_RATIO, group, year - 1, year, scope, at, &other));
        auditor->network.variables[other].other = scope;
      }
      CZ_TRY(
          cz_auditor_link(auditor, CZ_LINK_SUM, CZ_RULE_DIFFERENCE, rate, 1, other, claim->variable, false));
      break;
    }
  }
  return CZ_OK;
}

cz_status cz_auditor_relations(cz_auditor *auditor) {
  size_t groups = auditor->group_count;
  for (size_t g = 0; g < groups; g++) {
    int32_t first = auditor->groups[g].first_claim;
    if (first < 0)
      continue;
    CZ_TRY(cz_auditor_identities(auditor, (int32_t)g));
    if (auditor->next_in_group[first] < 0)
      continue; /* a figure alone */
    CZ_TRY(relate_group(auditor, (int32_t)g));
    CZ_TRY(relate_totals(auditor, (int32_t)g));
  }
  CZ_TRY(cz_auditor_shares(auditor));
  CZ_TRY(relate_growth_differences(auditor));
  return relate_parts(auditor);
}
