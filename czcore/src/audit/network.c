/* network.c: variables, links, claims.
 *
 * The components of the network (variables that hang together through links) are small, so propagation simply
 * goes through the links of a component until a round changes nothing. A round that narrows by less than STEP
 * of an interval's size ends it as well: stopping early is sound, because every intermediate result holds all
 * solutions. */
#include <math.h>
#include <string.h>

#include "internal.h"

enum { ROUNDS = 60 };

/* States of a claim in `active`. Taken out at a depth of the search it is ON + 1 + depth, so that each depth
 * puts back just what it took. */
enum { OFF, ON, DEPTH = 4 };
static const double STEP = 1e-9;

static void release(const cz_allocator *memory, void *block, size_t count, size_t size) {
  cz_release(memory, block, count * size);
}

void cz_network_free(cz_network *network) {
  const cz_allocator *memory = &network->allocator;
  release(memory, network->variables, network->variable_room, sizeof *network->variables);
  release(memory, network->links, network->link_room, sizeof *network->links);
  release(memory, network->claims, network->claim_room, sizeof *network->claims);
  size_t starts = (size_t)network->component_count + 1;
  release(memory, network->link_start, starts, sizeof(int32_t));
  release(memory, network->claim_start, starts, sizeof(int32_t));
  release(memory, network->variable_start, starts, sizeof(int32_t));
  release(memory, network->link_of, network->link_count, sizeof(int32_t));
  release(memory, network->claim_of, network->claim_count, sizeof(int32_t));
  release(memory, network->variable_of, network->variable_count, sizeof(int32_t));
  release(memory, network->domains, network->variable_count, sizeof *network->domains);
  release(memory, network->active, network->claim_count, sizeof *network->active);
}

cz_status cz_network_add_variable(cz_network *network, cz_variable_kind kind, cz_interval domain,
                                  int32_t *out) {
  void *block = network->variables;
  if (!cz_reserve(&network->allocator, &block, &network->variable_room, network->variable_count + 1,
                  sizeof *network->variables))
    return CZ_ERROR_MEMORY;
  network->variables = block;
  network->variables[network->variable_count] = (cz_variable){
      .group = -1, .unit = -1, .other = -1, .domain = domain, .plausible = domain, .kind = (uint8_t)kind};
  *out = (int32_t)network->variable_count++;
  return CZ_OK;
}

cz_status cz_network_add_link(cz_network *network, cz_link link) {
  void *block = network->links;
  if (!cz_reserve(&network->allocator, &block, &network->link_room, network->link_count + 1,
                  sizeof *network->links))
    return CZ_ERROR_MEMORY;
  network->links = block;
  network->links[network->link_count++] = link;
  return CZ_OK;
}

cz_status cz_network_add_claim(cz_network *network, const cz_claim *claim) {
  void *block = network->claims;
  if (!cz_reserve(&network->allocator, &block, &network->claim_room, network->claim_count + 1,
                  sizeof *network->claims))
    return CZ_ERROR_MEMORY;
  network->claims = block;
  network->claims[network->claim_count++] = *claim;
  network->variables[claim->variable].stated = true;
  return CZ_OK;
}

/* Union-find; the smaller number is the root, so that components are numbered in the order of their
 * variables. */
static int32_t root_of(int32_t *parent, int32_t at) {
  while (parent[at] != at) {
    parent[at] = parent[parent[at]];
    at = parent[at];
  }
  return at;
}

static void unite(int32_t *parent, int32_t a, int32_t b) {
  a = root_of(parent, a);
  b = root_of(parent, b);
  if (a < b)
    parent[b] = a;
  else
    parent[a] = b;
}

/* Items by component: start[c] to start[c + 1] of `of`. */
static void spread(const int32_t *component, size_t count, int32_t components, int32_t *start, int32_t *of) {
  for (int32_t c = 0; c <= components; c++)
    start[c] = 0;
  for (size_t i = 0; i < count; i++)
    start[component[i] + 1]++;
  for (int32_t c = 0; c < components; c++)
    start[c + 1] += start[c];
  for (size_t i = 0; i < count; i++)
    of[start[component[i]]++] = (int32_t)i;
  for (int32_t c = components; c > 0; c--)
    start[c] = start[c - 1];
  start[0] = 0;
}

cz_status cz_network_split(cz_network *network) {
  const cz_allocator *memory = &network->allocator;
  size_t variables = network->variable_count, links = network->link_count, claims = network->claim_count;
  size_t most = variables > links ? variables : links;
  if (claims > most)
    most = claims;
  int32_t *parent = cz_allocate(memory, variables * sizeof *parent);
  int32_t *component = cz_allocate(memory, most * sizeof *component);
  cz_status status = CZ_ERROR_MEMORY;
  if (!parent || !component)
    goto done;
  for (size_t i = 0; i < variables; i++)
    parent[i] = (int32_t)i;
  for (size_t i = 0; i < links; i++) {
    unite(parent, network->links[i].x, network->links[i].y);
    if (network->links[i].z >= 0)
      unite(parent, network->links[i].x, network->links[i].z);
  }
  int32_t count = 0;
  for (size_t i = 0; i < variables; i++) {
    int32_t root = root_of(parent, (int32_t)i);
    network->variables[i].component = root == (int32_t)i ? count++ : network->variables[root].component;
  }
  size_t starts = (size_t)count + 1;
  network->link_start = cz_allocate(memory, starts * sizeof(int32_t));
  network->claim_start = cz_allocate(memory, starts * sizeof(int32_t));
  network->variable_start = cz_allocate(memory, starts * sizeof(int32_t));
  network->link_of = cz_allocate(memory, links * sizeof(int32_t));
  network->claim_of = cz_allocate(memory, claims * sizeof(int32_t));
  network->variable_of = cz_allocate(memory, variables * sizeof(int32_t));
  network->domains = cz_allocate(memory, variables * sizeof *network->domains);
  network->active = cz_allocate_zeroed(memory, claims);
  network->component_count = count;
  if (!network->link_start || !network->claim_start || !network->variable_start || !network->link_of ||
      !network->claim_of || !network->variable_of || !network->domains || !network->active)
    goto done;
  for (size_t i = 0; i < variables; i++)
    component[i] = network->variables[i].component;
  spread(component, variables, count, network->variable_start, network->variable_of);
  for (size_t i = 0; i < links; i++)
    component[i] = network->variables[network->links[i].x].component;
  spread(component, links, count, network->link_start, network->link_of);
  for (size_t i = 0; i < claims; i++)
    component[i] = network->variables[network->claims[i].variable].component;
  spread(component, claims, count, network->claim_start, network->claim_of);
  status = CZ_OK;
done:
  cz_release(memory, parent, variables * sizeof *parent);
  cz_release(memory, component, most * sizeof *component);
  return status;
}

/* Narrows *domain; notes whether that was more than a trifle. */
static bool narrow(cz_interval *domain, cz_interval by, bool *changed) {
  cz_interval met = cz_interval_meet(*domain, by);
  /* An end that was infinite and is finite now counts always. */
  double size = fabs(domain->hi - domain->lo);
  double gain = (met.lo - domain->lo) + (domain->hi - met.hi);
  if (met.lo != domain->lo || met.hi != domain->hi) {
    if (!(size < INFINITY) || gain > STEP * size)
      *changed = true;
    *domain = met;
  }
  return !cz_interval_is_empty(met);
}

static bool revise(const cz_link *link, cz_interval *domains, bool *changed) {
  cz_interval *x = &domains[link->x], *y = &domains[link->y], *z = link->z >= 0 ? &domains[link->z] : NULL;
  switch ((cz_link_kind)link->kind) {
  case CZ_LINK_SUM:
    return narrow(z, cz_interval_add(*x, *y), changed) && narrow(x, cz_interval_subtract(*z, *y), changed) &&
           narrow(y, cz_interval_subtract(*z, *x), changed);
  case CZ_LINK_PRODUCT: {
    cz_interval part = link->scale == 1 ? *x : cz_interval_scale(*x, link->scale);
    if (!narrow(z, cz_interval_multiply(part, *y), changed) ||
        !narrow(y, cz_interval_divide(*z, part), changed))
      return false;
    part = cz_interval_divide(*z, *y);
    if (link->scale != 1)
      part = cz_interval_scale(part, 1 / link->scale);
    return narrow(x, part, changed);
  }
  case CZ_LINK_AT_MOST:
    return narrow(x, (cz_interval){-INFINITY, y->hi}, changed) &&
           narrow(y, (cz_interval){x->lo, INFINITY}, changed);
  case CZ_LINK_BETWEEN:
    return narrow(z, (cz_interval){x->lo < y->lo ? x->lo : y->lo, x->hi > y->hi ? x->hi : y->hi}, changed);
  }
  return true;
}

bool cz_network_propagate(cz_network *network, int32_t component, const cz_mode *mode) {
  for (int32_t i = network->variable_start[component]; i < network->variable_start[component + 1]; i++) {
    int32_t number = network->variable_of[i];
    const cz_variable *variable = &network->variables[number];
    cz_interval domain = variable->domain;
    if (variable->kind == CZ_VARIABLE_WEDGE && mode->wedge == CZ_WEDGE_PLAUSIBLE)
      domain = variable->plausible;
    if (variable->kind == CZ_VARIABLE_WEDGE && mode->wedge == CZ_WEDGE_NONE)
      domain = (cz_interval){1, 1};
    network->domains[number] = domain;
  }
  bool changed = false;
  for (int32_t i = network->claim_start[component]; i < network->claim_start[component + 1]; i++) {
    int32_t number = network->claim_of[i];
    const cz_claim *claim = &network->claims[number];
    if (network->active[number] != ON)
      continue;
    cz_interval set = number == mode->instead ? mode->set : claim->sets[mode->reading];
    if (!narrow(&network->domains[claim->variable], set, &changed))
      return false;
  }
  for (int32_t round = 0; round < ROUNDS; round++) {
    changed = false;
    for (int32_t i = network->link_start[component]; i < network->link_start[component + 1]; i++) {
      const cz_link *link = &network->links[network->link_of[i]];
      if ((mode->firm_only && link->doubtful) || link->rule == mode->skip_rule)
        continue;
      if (network->work <= 0)
        return true;
      network->work--;
      if (!revise(link, network->domains, &changed))
        return false;
    }
    if (!changed)
      break;
  }
  return true;
}

bool cz_conflict_holds(const cz_conflict *set, const cz_conflict *subset) {
  int32_t met = 0;
  for (int32_t i = 0; i < set->count && met < subset->count; i++)
    met += set->members[i] == subset->members[met];
  return met == subset->count;
}

typedef struct search {
  cz_network *network;
  const cz_mode *mode;
  const cz_conflict *known;
  cz_conflict *found;
  int32_t component, known_count, found_count, room, depth;
} search;

/* Takes claims out of the active ones, last first, as long as the rest conflicts: what stays is a smallest
 * set, and of several the one whose statements come first. */
static bool shrink(search *state, cz_conflict *out) {
  cz_network *network = state->network;
  int32_t first = network->claim_start[state->component], end = network->claim_start[state->component + 1];
  for (int32_t i = end - 1; i >= first; i--) {
    int32_t claim = network->claim_of[i];
    if (network->active[claim] != ON)
      continue;
    network->active[claim] = (uint8_t)(ON + 1 + state->depth);
    if (cz_network_propagate(network, state->component, state->mode))
      network->active[claim] = ON;
  }
  bool small = true;
  out->count = 0;
  for (int32_t i = first; i < end; i++) {
    int32_t claim = network->claim_of[i];
    if (network->active[claim] != ON) {
      if (network->active[claim] == ON + 1 + state->depth)
        network->active[claim] = ON;
    } else if (out->count == CZ_CONFLICT_LIMIT) {
      small = false;
    } else {
      out->members[out->count++] = claim;
    }
  }
  return small && out->count > 0;
}

/* Every further conflict lacks some member of this one: looks for it without each member in turn. Depth and
 * number are limited, so the search always ends. */
static void seek(search *state) {
  cz_network *network = state->network;
  if (state->found_count == state->room || network->work <= 0 ||
      cz_network_propagate(network, state->component, state->mode))
    return;
  cz_conflict set;
  if (!shrink(state, &set) || network->work <= 0)
    return;
  bool fresh = true;
  for (int32_t i = 0; i < state->known_count && fresh; i++)
    fresh = !cz_conflict_holds(&set, &state->known[i]);
  for (int32_t i = 0; i < state->found_count && fresh; i++)
    fresh = !cz_conflict_holds(&set, &state->found[i]);
  if (fresh)
    state->found[state->found_count++] = set;
  if (state->depth == DEPTH)
    return;
  state->depth++;
  for (int32_t m = 0; m < set.count; m++) {
    network->active[set.members[m]] = OFF;
    seek(state);
    network->active[set.members[m]] = ON;
  }
  state->depth--;
}

int32_t cz_network_conflicts(cz_network *network, int32_t component, const cz_mode *mode,
                             const cz_conflict *known, int32_t known_count, cz_conflict *found,
                             int32_t room) {
  search state = {network, mode, known, found, component, known_count, 0, room, 0};
  for (int32_t i = network->claim_start[component]; i < network->claim_start[component + 1]; i++)
    network->active[network->claim_of[i]] = ON;
  seek(&state);
  return state.found_count;
}
