/* conflicts.c: conflicting sets → findings.
 *
 * Each component is examined three times: as the figures are printed; with growth on another basis taken as
 * nominal growth; and with approximate figures taken at their word. What conflicts only under the stricter
 * readings is explained by prices, scope or 左右, and becomes an info, so that the explanation is visible. */
#include <math.h>
#include <string.h>

#include "internal.h"

const char *const cz_severity_names[] = {
#define SEVERITY_NAME(name, text) text,
    CZ_SEVERITY_LIST(SEVERITY_NAME)
#undef SEVERITY_NAME
        NULL};

const char *const cz_rule_names[] = {
#define RULE_NAME(name, text, zh, en) text,
    CZ_RULE_LIST(RULE_NAME)
#undef RULE_NAME
        NULL};
static const char *const rules_zh[] = {
#define RULE_ZH(name, text, zh, en) zh,
    CZ_RULE_LIST(RULE_ZH)
#undef RULE_ZH
};
static const char *const rules_en[] = {
#define RULE_EN(name, text, zh, en) en,
    CZ_RULE_LIST(RULE_EN)
#undef RULE_EN
};

static const cz_mode NORMAL = {CZ_READ_NORMAL, CZ_WEDGE_PLAUSIBLE, false, -1, -1, {0, 0}};

/* ---- questions to the network ---- */

static void activate_all(cz_network *network, int32_t component, uint8_t state) {
  for (int32_t i = network->claim_start[component]; i < network->claim_start[component + 1]; i++)
    network->active[network->claim_of[i]] = state;
}

static void activate(cz_network *network, int32_t component, const cz_conflict *set, int32_t without) {
  activate_all(network, component, 0);
  for (int32_t i = 0; i < set->count; i++)
    network->active[set->members[i]] = set->members[i] != without;
}

static bool holds(cz_network *network, int32_t component, const cz_conflict *set, cz_mode mode) {
  activate(network, component, set, -1);
  return cz_network_propagate(network, component, &mode);
}

/* The first rule without whose links the set would hold. */
static cz_rule rule_of(cz_network *network, int32_t component, const cz_conflict *set, cz_mode mode) {
  for (int32_t rule = 0; rule < CZ_RULE_SAME; rule++) {
    bool used = false;
    for (int32_t i = network->link_start[component]; i < network->link_start[component + 1] && !used; i++)
      used = network->links[network->link_of[i]].rule == rule;
    if (!used)
      continue;
    mode.skip_rule = rule;
    if (holds(network, component, set, mode))
      return (cz_rule)rule;
  }
  if (set->count > 1 && network->claims[set->members[0]].measure != network->claims[set->members[1]].measure)
    return CZ_RULE_GROWTH; /* a multiple and a growth of the same two periods */
  return CZ_RULE_SAME;
}

/* In the review of a plan a flow may be the total of the years although only the last one is named: it is no
 * second statement of the year's figure. */
static bool total_beside_year(const cz_auditor *auditor, const cz_conflict *set) {
  bool plan_flow = false, annual = false;
  for (int32_t i = 0; i < set->count; i++) {
    const cz_claim *claim = &auditor->network.claims[set->members[i]];
    const cz_indicator *indicator = auditor->keys[claim->key].indicator;
    bool plan = auditor->rows.horizon[claim->row] == CZ_HORIZON_PLAN;
    plan_flow = plan_flow || (plan && claim->measure == CZ_MEASURE_LEVEL && indicator &&
                              strcmp(indicator->nature, "flow") == 0);
    annual = annual || !plan;
  }
  return plan_flow && annual;
}

/* Two figures under one name that need not be one: numbers of firms or people, a year beside its plan, and a
 * sentence that names no indicator and was read with that of an earlier one. */
static bool may_be_two(const cz_auditor *auditor, const cz_conflict *set) {
  bool carried = false;
  for (int32_t i = 0; i < set->count; i++)
    carried = carried || auditor->network.claims[set->members[i]].carried;
  return carried || !auditor->keys[auditor->network.claims[set->members[0]].key].firm ||
         total_beside_year(auditor, set);
}

static cz_severity severity_of(cz_auditor *auditor, int32_t component, const cz_conflict *set, cz_rule rule) {
  cz_network *network = &auditor->network;
  const cz_claim *first = &network->claims[set->members[0]];
  bool one_sentence = true, firm = true, one_kind = true, exact = true, carried = false;
  for (int32_t i = 0; i < set->count; i++) {
    const cz_claim *claim = &network->claims[set->members[i]];
    if (claim->doubtful)
      return CZ_SEVERITY_TENSION;
    one_sentence = one_sentence && claim->sentence == first->sentence;
    firm = firm && auditor->keys[claim->key].firm;
    exact = exact && claim->bound == CZ_BOUND_EQ;
    carried = carried || claim->carried;
    one_kind = one_kind && auditor->rows.kind[claim->row] == auditor->rows.kind[first->row];
  }
  /* A figure whose sentence names no indicator may be about another one than the reader took it for. */
  if (!one_sentence && (carried || !firm || total_beside_year(auditor, set)))
    return CZ_SEVERITY_TENSION;
  bool goal =
      auditor->rows.kind[first->row] == CZ_KIND_TARGET || auditor->rows.kind[first->row] == CZ_KIND_TASK;
  /* Two goals may stand beside each other, an estimate may be superseded, and 增长6%以上 among outcomes may
   * be the goal that is looked back at. */
  if (rule == CZ_RULE_SAME && (goal || !one_kind || !exact))
    return CZ_SEVERITY_TENSION;
  cz_mode mode = NORMAL;
  mode.firm_only = true;
  if (holds(network, component, set, mode))
    return CZ_SEVERITY_TENSION;
  mode = NORMAL;
  mode.reading = CZ_READ_COARSE;
  return holds(network, component, set, mode) ? CZ_SEVERITY_TENSION : CZ_SEVERITY_CONTRADICTION;
}

/* The member whose stated set and the set that the others leave miss each other, the last one that does; both
 * sets in the unit of its value. */
static int32_t compare(cz_network *network, int32_t component, const cz_conflict *set, cz_mode mode,
                       cz_found *found) {
  for (int32_t i = set->count - 1; i >= 0; i--) {
    const cz_claim *claim = &network->claims[set->members[i]];
    activate(network, component, set, set->members[i]);
    if (!cz_network_propagate(network, component, &mode))
      continue;
    cz_interval others = network->domains[claim->variable], own = claim->sets[mode.reading];
    if (!cz_interval_is_empty(cz_interval_meet(others, own)))
      continue;
    found->stated = cz_claim_shown(claim, own);
    found->implied = cz_claim_shown(claim, others);
    found->gap = found->implied.lo > found->stated.hi ? found->implied.lo - found->stated.hi
                                                      : found->stated.lo - found->implied.hi;
    return set->members[i];
  }
  return -1;
}

/* ---- repairs ---- */

typedef struct slip {
  int32_t claim, cost;
  const char *zh, *en;
  double value; /* the figure as it may have been meant; NaN: the same figure, read otherwise */
} slip;

enum { SLIPS = 3 };
typedef struct slips {
  int32_t count;
  slip best[SLIPS];
} slips;

static void offer(slips *list, slip one) {
  int32_t at = list->count;
  while (at > 0 && list->best[at - 1].cost > one.cost)
    at--;
  if (at == SLIPS)
    return;
  int32_t last = list->count < SLIPS ? list->count++ : SLIPS - 1;
  for (int32_t i = last; i > at; i--)
    list->best[i] = list->best[i - 1];
  list->best[at] = one;
}

typedef struct trial {
  cz_auditor *auditor;
  const cz_conflict *set;
  slips *list;
  int32_t component, number;
} trial;

/* Tries the claim in another form. A slip that leaves no conflict in the whole component comes before one
 * that only mends this set. */
static void try_claim(const trial *at, const cz_claim *claim, int32_t cost, const char *zh, const char *en,
                      double value) {
  cz_network *network = &at->auditor->network;
  cz_mode mode = NORMAL;
  mode.instead = at->number;
  mode.set = cz_claim_set(at->auditor, claim, CZ_READ_NORMAL);
  if (!holds(network, at->component, at->set, mode) || network->work <= 0)
    return;
  activate_all(network, at->component, 1);
  if (!cz_network_propagate(network, at->component, &mode))
    cost += 100;
  offer(at->list, (slip){at->number, cost, zh, en, value});
}

static cz_claim scaled(cz_claim claim, double factor) {
  claim.value *= factor;
  claim.lo *= factor;
  claim.hi *= factor;
  claim.resolution *= factor;
  return claim;
}

static void try_swaps(const trial *at, const cz_claim *claim) {
  cz_span number = cz_cell(&at->auditor->rows.number, claim->row);
  char digits[20];
  int32_t count = 0, places = -1;
  for (int64_t i = 0; i < number.size; i++) {
    char c = number.bytes[i];
    if (c == '.') {
      if (places >= 0)
        return;
      places = 0;
      continue;
    }
    if (c < '0' || c > '9' || count == 16)
      return;
    digits[count++] = c;
    places += places >= 0;
  }
  double scale = 1;
  for (int32_t i = 0; i < places; i++)
    scale *= 10;
  for (int32_t i = 0; i + 1 < count; i++) {
    if (digits[i] == digits[i + 1])
      continue;
    double value = 0;
    for (int32_t j = 0; j < count; j++)
      value = value * 10 + (digits[j == i ? i + 1 : j == i + 1 ? i : j] - '0');
    value /= scale;
    if (claim->value < 0)
      value = -value;
    cz_claim swapped = *claim;
    if (swapped.lo == swapped.value)
      swapped.lo = value;
    if (swapped.hi == swapped.value)
      swapped.hi = value;
    swapped.value = value;
    try_claim(at, &swapped, 2, "数字颠倒", "digits swapped", value);
  }
}

/* Whether two levels of the claim's group, in percent, fit a growth read as points or a change read as
 * percent. */
static bool fits_other_unit(const cz_auditor *auditor, const cz_claim *claim) {
  const cz_network *network = &auditor->network;
  const cz_variable *variable = &network->variables[claim->variable];
  int32_t from = cz_auditor_find_variable(auditor, CZ_VARIABLE_LEVEL, variable->group, CZ_NO_PERIOD,
                                          variable->from, auditor->percent_text, CZ_GROWTH_NOMINAL);
  int32_t to = cz_auditor_find_variable(auditor, CZ_VARIABLE_LEVEL, variable->group, CZ_NO_PERIOD,
                                        variable->to, auditor->percent_text, CZ_GROWTH_NOMINAL);
  if (from < 0 || to < 0 || !network->variables[from].stated || !network->variables[to].stated)
    return false;
  cz_interval before = {0, INFINITY}, after = {0, INFINITY};
  for (int32_t i = auditor->groups[variable->group].first_claim; i >= 0; i = auditor->next_in_group[i]) {
    const cz_claim *level = &network->claims[i];
    if (level->variable == from)
      before = cz_interval_meet(before, level->sets[CZ_READ_NORMAL]);
    if (level->variable == to)
      after = cz_interval_meet(after, level->sets[CZ_READ_NORMAL]);
  }
  cz_claim other = *claim;
  bool points = claim->measure == CZ_MEASURE_GROWTH; /* to be read as points */
  other.measure = points ? CZ_MEASURE_CHANGE : CZ_MEASURE_GROWTH;
  cz_interval set = cz_claim_set(auditor, &other, CZ_READ_NORMAL);
  if (!points && set.lo < 0)
    return false;
  cz_interval reached = points ? cz_interval_add(before, set) : cz_interval_multiply(before, set);
  return !cz_interval_is_empty(cz_interval_meet(reached, after));
}

static void seek_slips(cz_auditor *auditor, int32_t component, const cz_conflict *set, slips *list) {
  static const struct {
    double factor;
    int32_t cost;
  } powers[] = {{0.1, 1}, {10, 1}, {0.01, 4}, {100, 4}, {0.001, 5}, {1000, 5}};
  for (int32_t m = 0; m < set->count; m++) {
    const cz_claim *claim = &auditor->network.claims[set->members[m]];
    trial at = {auditor, set, list, component, set->members[m]};
    if (claim->measure == CZ_MEASURE_RANK || claim->measure == CZ_MEASURE_RANK_CHANGE) {
      try_swaps(&at, claim);
      continue;
    }
    for (size_t i = 0; i < sizeof powers / sizeof *powers; i++) {
      cz_claim other = scaled(*claim, powers[i].factor);
      try_claim(&at, &other, powers[i].cost, "小数点错位", "power of ten", other.value);
    }
    cz_span unit = cz_cell(&auditor->rows.unit, claim->row);
    if (cz_span_has(unit, "万") || cz_span_has(unit, "亿")) {
      bool large = cz_span_has(unit, "亿");
      cz_claim other = scaled(*claim, large ? 1e-4 : 1e4);
      try_claim(&at, &other, 3, large ? "亿应为万" : "万应为亿", large ? "万 for 亿" : "亿 for 万",
                other.value);
    }
    try_swaps(&at, claim);
    bool growth = claim->measure == CZ_MEASURE_GROWTH || claim->measure == CZ_MEASURE_AVERAGE_GROWTH;
    if (growth || claim->measure == CZ_MEASURE_CHANGE || claim->measure == CZ_MEASURE_DIFFERENCE) {
      cz_claim other = *claim;
      other.value = -claim->value;
      other.lo = -claim->hi;
      other.hi = -claim->lo;
      try_claim(&at, &other, 2, "增减方向相反", "sign", other.value);
    }
    if ((claim->measure == CZ_MEASURE_GROWTH || claim->measure == CZ_MEASURE_CHANGE) &&
        fits_other_unit(auditor, claim))
      offer(list, (slip){at.number, 2, "百分数与百分点混用", "percent for percentage points", NAN});
    const cz_variable *variable = &auditor->network.variables[claim->variable];
    int32_t years = variable->to - variable->from;
    if (growth && variable->to < CZ_PERIOD_TEXTS && variable->from > 0 && years > 1 && years <= 60) {
      cz_claim other = *claim;
      other.years = claim->years > 1 ? 1 : years;
      other.measure = claim->years > 1 ? CZ_MEASURE_GROWTH : CZ_MEASURE_AVERAGE_GROWTH;
      try_claim(&at, &other, 3, claim->years > 1 ? "累计增幅当作年均" : "年均增幅当作累计",
                claim->years > 1 ? "total growth read as annual" : "annual growth read as total", NAN);
    }
  }
}

static void say_slips(cz_auditor *auditor, const slips *list) {
  for (int32_t i = 0; i < list->count; i++) {
    const slip *one = &list->best[i];
    const cz_claim *claim = &auditor->network.claims[one->claim];
    cz_words *words = &auditor->repair;
    cz_say(auditor, words, i ? "; row " : "row ");
    cz_say_int(auditor, words, claim->row);
    cz_say(auditor, words, " ");
    if (!isnan(one->value)) {
      cz_say_number(auditor, words, claim->value);
      cz_say(auditor, words, "→");
      cz_say_number(auditor, words, one->value);
      cz_say(auditor, words, " ");
    }
    cz_say(auditor, words, "(");
    cz_say(auditor, words, one->zh);
    cz_say(auditor, words, ", ");
    cz_say(auditor, words, one->en);
    cz_say(auditor, words, ")");
  }
}

/* ---- findings ---- */

static void start_found(const cz_auditor *auditor, const cz_conflict *set, cz_found *found) {
  memset(found, 0, sizeof *found);
  found->gap = NAN;
  found->stated = found->implied = (cz_interval){NAN, NAN};
  found->row_count = set->count;
  for (int32_t i = 0; i < set->count; i++)
    found->rows[i] = auditor->network.claims[set->members[i]].row;
  found->key_row = found->rows[0];
}

/* Who takes part, and the two sets. */
static void say_set(cz_auditor *auditor, const cz_found *found, int32_t judged) {
  cz_say_indicator(auditor, found->key_row);
  for (int32_t i = 0; i < found->row_count; i++)
    cz_say_row(auditor, found->rows[i], i > 0);
  if (judged < 0)
    return;
  int32_t row = auditor->network.claims[judged].row;
  cz_say_both(auditor, "；第 ", "; row ");
  cz_say_int(auditor, &auditor->words, row);
  cz_say_int(auditor, &auditor->words_en, row);
  cz_say_both(auditor, " 行写的是 ", " says ");
  cz_say_interval(auditor, &auditor->words, found->stated, found->unit);
  cz_say_interval(auditor, &auditor->words_en, found->stated, found->unit);
  cz_say_both(auditor, "，由其余数字推得 ", ", the others imply ");
  cz_say_interval(auditor, &auditor->words, found->implied, found->unit);
  cz_say_interval(auditor, &auditor->words_en, found->implied, found->unit);
  cz_say_both(auditor, "，相差 ", "; they miss each other by ");
  static const char points[] = "个百分点"; /* percentages differ by points */
  cz_span unit = found->unit;
  if (cz_span_is(unit, "%"))
    unit = (cz_span){points, (int64_t)sizeof points - 1};
  cz_interval gap = {found->gap, found->gap};
  cz_say_interval(auditor, &auditor->words, gap, unit);
  cz_say_interval(auditor, &auditor->words_en, gap, unit);
}

static cz_status report_conflict(cz_auditor *auditor, int32_t component, const cz_conflict *set) {
  cz_network *network = &auditor->network;
  cz_found found;
  start_found(auditor, set, &found);
  cz_rule rule = rule_of(network, component, set, NORMAL);
  if (rule == CZ_RULE_SAME && may_be_two(auditor, set))
    return CZ_OK;
  found.rule = (uint8_t)rule;
  found.severity = (uint8_t)severity_of(auditor, component, set, rule);
  int32_t judged = compare(network, component, set, NORMAL, &found);
  if (judged >= 0)
    found.unit = cz_cell(&auditor->rows.unit, network->claims[judged].row);
  slips list = {0};
  seek_slips(auditor, component, set, &list);
  say_set(auditor, &found, judged);
  bool firm = found.severity == CZ_SEVERITY_CONTRADICTION;
  cz_say_both(auditor,
              firm ? "。这些数字不能同时成立（" : "。这些数字难以同时成立，但口径、指标或取整有疑问（",
              firm ? ". They cannot all be true ("
                   : ". They hardly fit, but indicator, basis or rounding is in doubt (");
  cz_say_both(auditor, rules_zh[rule], rules_en[rule]);
  cz_say_both(auditor, "）。", ").");
  say_slips(auditor, &list);
  return cz_auditor_report(auditor, &found);
}

/* A set that conflicts only when growth on another basis is taken as nominal: says which wedge makes it fit.
 */
static cz_status report_wedge(cz_auditor *auditor, int32_t component, const cz_conflict *set) {
  cz_network *network = &auditor->network;
  cz_mode mode = NORMAL;
  cz_found found;
  start_found(auditor, set, &found);
  found.severity = CZ_SEVERITY_INFO;
  mode.wedge = CZ_WEDGE_NONE;
  int32_t judged = compare(network, component, set, mode, &found);
  if (judged >= 0)
    found.unit = cz_cell(&auditor->rows.unit, network->claims[judged].row);
  mode.wedge = CZ_WEDGE_ANY;
  activate(network, component, set, -1);
  int32_t wedge = -1;
  if (cz_network_propagate(network, component, &mode))
    for (int32_t i = network->variable_start[component];
         i < network->variable_start[component + 1] && wedge < 0; i++) {
      int32_t number = network->variable_of[i];
      cz_interval hull = network->domains[number];
      if (network->variables[number].kind == CZ_VARIABLE_WEDGE && (hull.lo > 1 || hull.hi < 1))
        wedge = number;
    }
  if (wedge < 0)
    return CZ_OK; /* several wedges share it, none is certain: nothing to say */
  const cz_variable *variable = &network->variables[wedge];
  cz_interval hull = network->domains[wedge];
  bool real = variable->basis == CZ_GROWTH_REAL;
  found.rule = real ? CZ_RULE_REAL : CZ_RULE_COMPARABLE;
  say_set(auditor, &found, judged);
  cz_say_both(auditor, real ? "。名义与实际增长之差：隐含平减指数 " : "。不同口径之差：口径影响 ",
              real ? ". Nominal against real growth: the implied deflator is "
                   : ". Growth on different bases: the difference of basis amounts to ");
  cz_span none = {"", 0};
  cz_say_interval(auditor, &auditor->words, hull, none);
  cz_say_interval(auditor, &auditor->words_en, hull, none);
  int32_t years = variable->to - variable->from;
  if (real && variable->to < CZ_PERIOD_TEXTS && years > 1 && years <= 60) {
    cz_interval yearly = {(pow(hull.lo, 1.0 / years) - 1) * 100, (pow(hull.hi, 1.0 / years) - 1) * 100};
    cz_span percent = {"%", 1};
    cz_say_both(auditor, "，年均 ", ", ");
    cz_say_interval(auditor, &auditor->words, yearly, percent);
    cz_say_interval(auditor, &auditor->words_en, yearly, percent);
    cz_say_both(auditor, "", " a year");
  }
  cz_say_both(auditor, "（", " (");
  for (int32_t i = 0; i < 2; i++) {
    cz_say_period(auditor, i ? &auditor->words_en : &auditor->words, variable->from);
    cz_say(auditor, i ? &auditor->words_en : &auditor->words, "→");
    cz_say_period(auditor, i ? &auditor->words_en : &auditor->words, variable->to);
  }
  cz_say_both(auditor, "）。", ").");
  return cz_auditor_report(auditor, &found);
}

static cz_status report_about(cz_auditor *auditor, int32_t component, const cz_conflict *set) {
  cz_network *network = &auditor->network;
  cz_mode mode = NORMAL;
  mode.reading = CZ_READ_TIGHT;
  cz_found found;
  start_found(auditor, set, &found);
  found.severity = CZ_SEVERITY_INFO;
  found.rule = CZ_RULE_ABOUT;
  int32_t judged = compare(network, component, set, mode, &found);
  if (judged >= 0)
    found.unit = cz_cell(&auditor->rows.unit, network->claims[judged].row);
  say_set(auditor, &found, judged);
  cz_say_both(auditor, "。“左右”等约数可以解释这一差距。", ". Words such as 左右 (about) explain it.");
  return cz_auditor_report(auditor, &found);
}

cz_status cz_auditor_conflicts(cz_auditor *auditor) {
  cz_network *network = &auditor->network;
  cz_conflict sets[3 * CZ_CONFLICTS_PER_COMPONENT];
  for (int32_t c = 0; c < network->component_count; c++) {
    int32_t claims = network->claim_start[c + 1] - network->claim_start[c];
    if (claims < 2)
      continue;
    cz_mode mode = NORMAL;
    int32_t count = cz_network_conflicts(network, c, &mode, sets, 0, sets, CZ_CONFLICTS_PER_COMPONENT);
    for (int32_t i = 0; i < count; i++)
      CZ_TRY(report_conflict(auditor, c, &sets[i]));
    bool wedges = false, about = false;
    for (int32_t i = network->variable_start[c]; i < network->variable_start[c + 1]; i++)
      wedges = wedges || network->variables[network->variable_of[i]].kind == CZ_VARIABLE_WEDGE;
    for (int32_t i = network->claim_start[c]; i < network->claim_start[c + 1]; i++)
      about = about || network->claims[network->claim_of[i]].bound == CZ_BOUND_ABOUT;
    if (wedges) {
      mode.wedge = CZ_WEDGE_NONE;
      int32_t more =
          cz_network_conflicts(network, c, &mode, sets, count, sets + count, CZ_CONFLICTS_PER_COMPONENT);
      for (int32_t i = count; i < count + more; i++)
        CZ_TRY(report_wedge(auditor, c, &sets[i]));
      count += more;
    }
    if (about) {
      mode = NORMAL;
      mode.reading = CZ_READ_TIGHT;
      int32_t more =
          cz_network_conflicts(network, c, &mode, sets, count, sets + count, CZ_CONFLICTS_PER_COMPONENT);
      for (int32_t i = count; i < count + more; i++)
        CZ_TRY(report_about(auditor, c, &sets[i]));
    }
  }
  return CZ_OK;
}
