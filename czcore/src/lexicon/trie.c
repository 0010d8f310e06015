/* trie.c: a tree of characters from words in order, for vocabularies that come at run time. */
#include "../base/internal.h"
#include "internal.h"

/* Words that share their first `depth` characters, and their node. */
typedef struct branch {
  uint32_t begin, end;
  uint32_t node;
  uint32_t depth;
} branch;

typedef struct builder {
  const cz_word *words;
  const uint16_t *chars;
  const cz_allocator *allocator;
  cz_node *nodes;
  size_t node_count, node_capacity;
  branch *branches; /* those yet to be read, and before them those that were */
  size_t branch_count, branch_capacity;
} builder;

static uint16_t label_of(const builder *b, uint32_t word, uint32_t depth) {
  return b->chars[b->words[word].chars + depth];
}

/* End of the words from `begin` on that agree at `depth`. */
static uint32_t group_end(const builder *b, uint32_t begin, uint32_t end, uint32_t depth) {
  const uint16_t label = label_of(b, begin, depth);
  while (begin < end && label_of(b, begin, depth) == label)
    begin++;
  return begin;
}

/* `count` free places at the end; the first of them, 0 when memory is out. */
static uint32_t add_places(builder *b, size_t count) {
  void *block = b->nodes;
  if (!cz_reserve(b->allocator, &block, &b->node_capacity, b->node_count + count, sizeof *b->nodes))
    return 0;
  b->nodes = block;
  const size_t first = b->node_count;
  for (size_t i = 0; i < count; i++)
    b->nodes[b->node_count++] = (cz_node){.shift = 16};
  return (uint32_t)first;
}

static bool add_branch(builder *b, branch item) {
  void *block = b->branches;
  if (!cz_reserve(b->allocator, &block, &b->branch_capacity, b->branch_count + 1, sizeof item))
    return false;
  b->branches = block;
  b->branches[b->branch_count++] = item;
  return true;
}

/* Puts every label of the words at `depth` into a place of its own, or, if two would share one, none. */
static bool spread(builder *b, const branch *from, uint32_t first, uint16_t factor, uint8_t shift) {
  for (uint32_t begin = from->begin; begin < from->end;) {
    const uint16_t label = label_of(b, begin, from->depth);
    cz_node *place = &b->nodes[first + cz_child_place(label, factor, shift)];
    if (place->label) {
      for (size_t i = first; i < b->node_count; i++)
        b->nodes[i].label = 0;
      return false;
    }
    place->label = label;
    begin = group_end(b, begin, from->end, from->depth);
  }
  return true;
}

/* Places for the children of a node: as few as keep them apart. With 2^16 any factor does, because the
 * multiplication is one to one. */
static bool add_children(builder *b, const branch *from) {
  uint32_t labels = 0;
  for (uint32_t begin = from->begin; begin < from->end; labels++)
    begin = group_end(b, begin, from->end, from->depth);
  uint32_t bits = 0;
  while ((UINT32_C(1) << bits) < labels)
    bits++;
  const uint32_t first = add_places(b, (size_t)1 << bits);
  uint32_t number = 0;
  if (!first)
    return false;
  while (!spread(b, from, first, cz_child_factor(number), (uint8_t)(16 - bits)))
    if (++number == 256) {
      number = 0;
      if (!add_places(b, (size_t)1 << bits++))
        return false;
    }
  cz_node *parent = &b->nodes[from->node];
  parent->children = first;
  parent->shift = (uint8_t)(16 - bits);
  parent->factor = cz_child_factor(number);
  for (uint32_t begin = from->begin, end; begin < from->end; begin = end) {
    end = group_end(b, begin, from->end, from->depth);
    const uint32_t at = cz_child_place(label_of(b, begin, from->depth), parent->factor, parent->shift);
    parent->labels |= UINT32_C(1) << (label_of(b, begin, from->depth) & 31);
    if (!add_branch(b, (branch){begin, end, first + at, from->depth + 1}))
      return false;
  }
  return true;
}

static void end_word(cz_node *node, const cz_word *word, uint32_t number) {
  node->classes = word->classes;
  node->senses = word->senses;
  node->word = (uint32_t)word->vocabularies << CZ_NUMBER_BITS | (number + 1);
  node->flags = word->flags;
  node->sense_count = word->sense_count;
}

static bool build(builder *b, uint32_t count, const uint8_t *page_of, uint16_t *roots) {
  add_places(b, 1);
  if (!b->nodes)
    return false;
  for (uint32_t begin = 0, end; begin < count; begin = end) {
    end = group_end(b, begin, count, 0);
    const uint16_t c = label_of(b, begin, 0);
    const uint32_t node = add_places(b, 1);
    if (!node || !add_branch(b, (branch){begin, end, node, 1}))
      return false;
    b->nodes[node].label = c;
    roots[(size_t)page_of[c >> 8] << 8 | (c & 255)] =
        (uint16_t)node; /* these come first: fewer than characters */
  }
  for (size_t i = 0; i < b->branch_count; i++) {
    branch from = b->branches[i];
    if (b->words[from.begin].length == from.depth) { /* the shortest comes first */
      end_word(&b->nodes[from.node], &b->words[from.begin], from.begin);
      from.begin++;
    }
    if (from.begin < from.end && !add_children(b, &from))
      return false;
  }
  return true;
}

bool cz_trie_build(const cz_word *words, uint32_t count, const uint16_t *chars, const uint8_t *page_of,
                   uint16_t *roots, const cz_allocator *allocator, cz_node **nodes, size_t *node_count,
                   size_t *capacity) {
  builder b = {.words = words, .chars = chars, .allocator = allocator};
  const bool done = build(&b, count, page_of, roots);
  cz_release(allocator, b.branches, b.branch_capacity * sizeof *b.branches);
  if (!done) {
    cz_release(allocator, b.nodes, b.node_capacity * sizeof *b.nodes);
    return false;
  }
  *nodes = b.nodes;
  *node_count = b.node_count;
  *capacity = b.node_capacity;
  return true;
}
