/* implied.c: figures that the text does not print but that its statements enclose.
 *
 * Growth on another basis says nothing certain about levels, so wedges are left free here. Where statements
 * conflict no value fits all of them: then every single relation gives its own row, and the reader sees them
 * side by side. */
#include <math.h>
#include <string.h>

#include "internal.h"

static const cz_mode FREE = {CZ_READ_NORMAL, CZ_WEDGE_ANY, true, -1, -1, {0, 0}};

/* A level between 0 and something is known from above only. */
static bool is_enclosed(const cz_variable *variable, cz_interval set) {
  return set.lo > variable->domain.lo && set.lo > -INFINITY && set.hi < INFINITY && set.lo <= set.hi;
}

static cz_status append(cz_table *table, int32_t column, cz_span text) {
  return cz_table_append_text(table, column, text.bytes, text.size);
}

/* Writes a row with the claims that are active as its statements, in the unit in which one of them prints a
 * level. */
static cz_status add_row(cz_auditor *auditor, int32_t component, int32_t number, cz_interval set) {
  cz_network *network = &auditor->network;
  const cz_variable *variable = &network->variables[number];
  const cz_claim *named = NULL, *level = NULL;
  auditor->list.size = auditor->words.size = 0;
  for (int32_t i = network->claim_start[component]; i < network->claim_start[component + 1]; i++) {
    const cz_claim *claim = &network->claims[network->claim_of[i]];
    const cz_variable *own = &network->variables[claim->variable];
    if (!network->active[network->claim_of[i]])
      continue;
    if (!named || own->group == variable->group)
      named = claim;
    if (claim->measure == CZ_MEASURE_LEVEL && own->unit == variable->unit &&
        (!level || own->group == variable->group))
      level = claim;
    cz_say(auditor, &auditor->list, auditor->list.size > 0 ? "," : "");
    cz_say_int(auditor, &auditor->list, claim->row);
  }
  cz_say_period(auditor, &auditor->words, variable->to);
  if (auditor->words.failed || auditor->list.failed)
    return CZ_ERROR_MEMORY;
  if (!named)
    return CZ_OK;
  bool rank = variable->kind == CZ_VARIABLE_RANK, growth = variable->kind == CZ_VARIABLE_RATIO;
  cz_span region = variable->other >= 0 ? auditor->texts[variable->other]
                   : rank               ? auditor->texts[variable->unit]
                                        : cz_cell(&auditor->rows.region, named->row);
  cz_span unit = rank     ? (cz_span){"位", (int64_t)strlen("位")}
                 : growth ? (cz_span){"%", 1}
                          : auditor->texts[variable->unit];
  if (growth) {
    set = (cz_interval){cz_round_down(cz_round_down(set.lo - 1) * 100),
                        cz_round_up(cz_round_up(set.hi - 1) * 100)};
  } else if (level && !rank) {
    unit = cz_cell(&auditor->rows.unit, level->row);
    set = (cz_interval){cz_round_down(set.lo / level->factor), cz_round_up(set.hi / level->factor)};
  }
  cz_table *table = auditor->implied;
  CZ_TRY(cz_table_add(table));
  CZ_TRY(append(table, 0, cz_cell(&auditor->rows.indicator, named->row)));
  CZ_TRY(append(table, 1, region));
  CZ_TRY(append(table, 2, (cz_span){auditor->words.bytes, (int64_t)auditor->words.size}));
  cz_table_set_float64(table, 3, set.lo);
  cz_table_set_float64(table, 4, set.hi);
  CZ_TRY(append(table, 5, unit));
  CZ_TRY(append(table, 6, (cz_span){auditor->list.bytes, (int64_t)auditor->list.size}));
  CZ_TRY(append(table, 7, cz_cell(&auditor->rows.indicator_code, named->row)));
  cz_table_set_code(table, 8, rank ? CZ_MEASURE_RANK : growth ? CZ_MEASURE_GROWTH : CZ_MEASURE_LEVEL);
  return CZ_OK;
}

/* Takes out what the interval does not need, last first, so that the statements behind it remain. */
static bool support(cz_network *network, int32_t component, int32_t number, cz_interval set) {
  for (int32_t i = network->claim_start[component + 1] - 1; i >= network->claim_start[component]; i--) {
    int32_t claim = network->claim_of[i];
    if (!network->active[claim])
      continue;
    network->active[claim] = 0;
    bool same = cz_network_propagate(network, component, &FREE) && network->domains[number].lo == set.lo &&
                network->domains[number].hi == set.hi;
    network->active[claim] = !same;
  }
  return network->work > 0;
}

static void activate_all(cz_network *network, int32_t component, uint8_t state) {
  for (int32_t i = network->claim_start[component]; i < network->claim_start[component + 1]; i++) {
    int32_t claim = network->claim_of[i];
    network->active[claim] = state && !network->claims[claim].doubtful;
  }
}

cz_status cz_auditor_implied(cz_auditor *auditor) {
  cz_network *network = &auditor->network;
  for (int32_t c = 0; c < network->component_count; c++) {
    if (network->claim_start[c + 1] - network->claim_start[c] < 2)
      continue;
    for (int32_t v = network->variable_start[c]; v < network->variable_start[c + 1]; v++) {
      int32_t number = network->variable_of[v];
      const cz_variable *variable = &network->variables[number];
      bool growth = variable->kind == CZ_VARIABLE_RATIO && variable->other >= 0; /* of another body */
      if (variable->stated ||
          (variable->kind != CZ_VARIABLE_LEVEL && variable->kind != CZ_VARIABLE_RANK && !growth))
        continue;
      activate_all(network, c, 1);
      if (cz_network_propagate(network, c, &FREE)) {
        cz_interval set = network->domains[number];
        if (is_enclosed(variable, set) && support(network, c, number, set))
          CZ_TRY(add_row(auditor, c, number, set));
        continue;
      }
      /* Every claim on a relation by itself, beside the levels and ranks. */
      for (int32_t i = network->claim_start[c]; i < network->claim_start[c + 1]; i++) {
        const cz_claim *chosen = &network->claims[network->claim_of[i]];
        uint8_t kind = network->variables[chosen->variable].kind;
        if (kind == CZ_VARIABLE_LEVEL || kind == CZ_VARIABLE_RANK || chosen->doubtful)
          continue;
        for (int32_t j = network->claim_start[c]; j < network->claim_start[c + 1]; j++) {
          const cz_claim *claim = &network->claims[network->claim_of[j]];
          uint8_t other = network->variables[claim->variable].kind;
          network->active[network->claim_of[j]] =
              claim == chosen ||
              (!claim->doubtful && (other == CZ_VARIABLE_LEVEL || other == CZ_VARIABLE_RANK));
        }
        if (!cz_network_propagate(network, c, &FREE))
          continue;
        cz_interval set = network->domains[number];
        if (is_enclosed(variable, set) && support(network, c, number, set) &&
            network->active[network->claim_of[i]])
          CZ_TRY(add_row(auditor, c, number, set));
      }
    }
  }
  return CZ_OK;
}
