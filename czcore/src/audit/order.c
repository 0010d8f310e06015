/* order.c: ranks beside the values that are ranked.
 *
 * Ranks constrain the order of values and not the values themselves, so they are compared where all figures
 * stand in the text, and are no links of the network. Only indicators of which more is better are compared:
 * lists of the others may be led by the smallest. */
#include <math.h>
#include <string.h>

#include "internal.h"

static const cz_variable *variable_of(const cz_auditor *auditor, const cz_claim *claim) {
  return &auditor->network.variables[claim->variable];
}

/* A rank with the figure that it ranks. */
typedef struct ranked {
  const cz_claim *rank, *value;
} ranked;

static bool more_is_better(const cz_auditor *auditor, const cz_claim *claim) {
  const cz_indicator *indicator = auditor->keys[claim->key].indicator;
  return indicator && strcmp(indicator->direction, "higher") == 0;
}

/* The level, or for ranks of growth the growth, of the rank's region and period; NULL if the text has none.
 */
static const cz_claim *value_of(const cz_auditor *auditor, const cz_claim *rank) {
  const cz_variable *at = variable_of(auditor, rank);
  cz_span phrase = cz_cell(&auditor->rows.indicator, rank->row);
  bool growth = cz_growth_phrase(&phrase);
  int32_t group =
      growth ? cz_auditor_group_of_phrase(auditor, phrase, &auditor->groups[at->group], rank->sentence)
             : at->group;
  const cz_claim *found = NULL;
  for (int32_t i = group < 0 ? -1 : auditor->groups[group].first_claim; i >= 0;
       i = auditor->next_in_group[i]) {
    const cz_claim *claim = &auditor->network.claims[i];
    if (claim->measure == (growth ? CZ_MEASURE_GROWTH : CZ_MEASURE_LEVEL) &&
        variable_of(auditor, claim)->to == at->to && more_is_better(auditor, claim))
      found = claim; /* the chain runs backwards */
  }
  return found;
}

static bool is_one(const cz_claim *rank) {
  return rank->bound == CZ_BOUND_EQ && rank->value == 1;
}

static bool begins_with(cz_span text, cz_span part) {
  return text.size >= part.size && memcmp(text.bytes, part.bytes, (size_t)part.size) == 0;
}

static cz_severity severity_of(const cz_auditor *auditor, const int32_t *rows, int32_t count) {
  const cz_claim *first = &auditor->network.claims[auditor->claim_of_row[rows[0]]];
  bool doubtful = false, one_sentence = true, firm = true;
  for (int32_t i = 0; i < count; i++) {
    const cz_claim *claim = &auditor->network.claims[auditor->claim_of_row[rows[i]]];
    doubtful = doubtful || claim->doubtful;
    one_sentence = one_sentence && claim->sentence == first->sentence;
    firm = firm && auditor->keys[claim->key].firm;
  }
  return doubtful || !(one_sentence || firm) ? CZ_SEVERITY_TENSION : CZ_SEVERITY_CONTRADICTION;
}

/* Two regions in one list: the better rank cannot have the smaller value. */
static cz_status compare_pair(cz_auditor *auditor, const ranked *better, const ranked *worse) {
  const cz_claim *high = better->value, *low = worse->value;
  cz_interval above = high->sets[CZ_READ_NORMAL], below = low->sets[CZ_READ_NORMAL];
  if (above.hi >= below.lo)
    return CZ_OK;
  int32_t rows[4] = {better->rank->row, high->row, worse->rank->row, low->row};
  cz_found found = cz_auditor_start(auditor, severity_of(auditor, rows, 4), CZ_RULE_RANK_ORDER, rows, 4);
  found.unit = cz_cell(&auditor->rows.unit, high->row);
  found.stated = cz_claim_shown(high, above);
  found.implied = cz_claim_shown(high, (cz_interval){below.lo, INFINITY});
  found.gap = found.implied.lo - found.stated.hi;
  cz_say_both(auditor, "；位次在前的数值反而较小，相差 ", "; the better rank has the smaller value, by ");
  cz_interval gap = {found.gap, found.gap};
  cz_say_interval(auditor, &auditor->words, gap, found.unit);
  cz_say_interval(auditor, &auditor->words_en, gap, found.unit);
  cz_say_both(auditor, "。", ".");
  return cz_auditor_report(auditor, &found);
}

/* Who is first is not below the average. */
static cz_status compare_with_average(cz_auditor *auditor, const cz_claim *rank) {
  const cz_variable *at = variable_of(auditor, rank);
  cz_span scope = auditor->texts[at->unit], phrase = cz_cell(&auditor->rows.indicator, rank->row);
  bool growth =
      cz_growth_phrase(&phrase) && !cz_span_has(cz_cell(&auditor->rows.indicator, rank->row), "涨幅");
  if (scope.size == 0 || !is_one(rank) || !(growth || more_is_better(auditor, rank)))
    return CZ_OK;
  for (int32_t i = auditor->groups[at->group].first_claim; i >= 0; i = auditor->next_in_group[i]) {
    const cz_claim *difference = &auditor->network.claims[i];
    const cz_variable *other = variable_of(auditor, difference);
    if (other->kind != (growth ? CZ_VARIABLE_GROWTH_DIFFERENCE : CZ_VARIABLE_DIFFERENCE) ||
        other->to != at->to || difference->sets[CZ_READ_NORMAL].hi >= 0 ||
        !begins_with(auditor->texts[other->from - CZ_PERIOD_TEXTS], scope))
      continue;
    int32_t rows[2] = {rank->row, difference->row};
    cz_found found = cz_auditor_start(auditor, severity_of(auditor, rows, 2), CZ_RULE_RANK_ORDER, rows, 2);
    found.unit = cz_cell(&auditor->rows.unit, difference->row);
    found.stated = cz_claim_shown(difference, difference->sets[CZ_READ_NORMAL]);
    found.implied = (cz_interval){0, INFINITY};
    found.gap = -found.stated.hi;
    cz_say_both(auditor, "；位居第一的不会低于平均。", "; who is first is not below the average.");
    CZ_TRY(cz_auditor_report(auditor, &found));
  }
  return CZ_OK;
}

cz_status cz_auditor_order(cz_auditor *auditor) {
  enum { RANKS = 256 }; /* reports have some tens; further ones are not compared */
  ranked list[RANKS];
  int32_t count = 0;
  for (size_t i = 0; i < auditor->network.claim_count; i++) {
    const cz_claim *rank = &auditor->network.claims[i];
    if (rank->measure != CZ_MEASURE_RANK || auditor->claim_of_row[rank->row] < 0)
      continue;
    CZ_TRY(compare_with_average(auditor, rank));
    const cz_claim *value = value_of(auditor, rank);
    if (value && auditor->claim_of_row[value->row] >= 0 && count < RANKS)
      list[count++] = (ranked){rank, value};
  }
  for (int32_t i = 0; i < count; i++)
    for (int32_t j = 0; j < count; j++) {
      const ranked *a = &list[i], *b = &list[j];
      const cz_variable *first = variable_of(auditor, a->rank), *second = variable_of(auditor, b->rank);
      const cz_variable *x = variable_of(auditor, a->value), *y = variable_of(auditor, b->value);
      /* The same list: indicator, scope and period. The same figure: unit, span and basis. */
      if (first->unit != second->unit || first->unit == auditor->empty_text || first->to != second->to ||
          a->rank->sets[CZ_READ_NORMAL].hi >= b->rank->sets[CZ_READ_NORMAL].lo ||
          auditor->keys[a->value->key].indicator != auditor->keys[b->value->key].indicator ||
          x->group == y->group || x->kind != y->kind || x->unit != y->unit || x->basis != y->basis ||
          auditor->groups[x->group].goal || auditor->groups[y->group].goal)
        continue;
      CZ_TRY(compare_pair(auditor, a, b));
    }
  return CZ_OK;
}
