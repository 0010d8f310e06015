/* Searching words; the registries of the built-in lexicon. */
#include "../base/internal.h"
#include "internal.h"
#include "tables.h"

static const cz_lexicon builtin = {
    .index = &cz_builtin_index,
    .base = NULL,
    .units = cz_builtin_units,
    .indicators = cz_builtin_indicators,
    .regions = cz_builtin_regions,
    .unit_count = CZ_BUILTIN_UNITS,
    .indicator_count = CZ_BUILTIN_INDICATORS,
    .region_count = CZ_BUILTIN_REGIONS,
    .version = cz_builtin_version,
};

const cz_lexicon *cz_lexicon_builtin(void) {
  return &builtin;
}

static inline const cz_node *root_of(const cz_index *index, uint16_t c) {
  return &index->nodes[index->roots[(size_t)index->page_of[c >> 8] << 8 | (c & 255)]];
}

/* NULL if there is none. Leaves lead to the place 0, whose label no text holds. */
static inline const cz_node *child_of(const cz_index *index, const cz_node *node, uint16_t c) {
  const cz_node *child = &index->nodes[node->children + cz_child_place(c, node->factor, node->shift)];
  return child->label == c ? child : NULL;
}

static inline const cz_word *word_of(const cz_index *index, uint32_t entry) {
  return &index->words[(entry & ((UINT32_C(1) << CZ_NUMBER_BITS) - 1)) - 1];
}

const cz_word *cz_index_find(const cz_index *index, const uint16_t *chars, int32_t length) {
  const cz_node *node = root_of(index, chars[0]);
  for (int32_t i = 1; node && i < length; i++)
    node = child_of(index, node, chars[i]);
  return node && node->word ? word_of(index, node->word) : NULL;
}

/* Goes on from `node`, at which chars[0 … length) have led. */
static inline cz_match longest_from(const cz_index *index, const cz_node *node, int32_t length,
                                    const uint16_t *chars, int64_t count, uint32_t mask, cz_match best) {
  const uint32_t wanted = mask << CZ_NUMBER_BITS;
  for (;; length++) {
    if (node->word & wanted) {
      best.node = node;
      best.length = length;
    }
    if (length >= count || !(node->labels >> (chars[length] & 31) & 1) ||
        !(node = child_of(index, node, chars[length])))
      break;
  }
  if (best.node)
    best.senses = index->senses + best.node->senses;
  return best;
}

static inline cz_match longest(const cz_index *index, const uint16_t *chars, int64_t count, uint32_t mask) {
  return longest_from(index, root_of(index, chars[0]), 1, chars, count, mask, (cz_match){NULL, NULL, 0});
}

cz_match cz_lexicon_match(const cz_lexicon *lexicon, const uint16_t *chars, int64_t count, uint32_t mask) {
  const cz_match found = longest(lexicon->index, chars, count, mask);
  if (!lexicon->base)
    return found;
  /* A word of both carries the built-in senses here as well, so only a longer one of the base counts. */
  const cz_match other = longest(lexicon->base->index, chars, count, mask);
  return other.length > found.length ? other : found;
}

cz_match cz_lexicon_match_at(const cz_lexicon *lexicon, const uint16_t *chars, int64_t count, uint32_t mask,
                             uint32_t pair) {
  const cz_index *index = lexicon->index;
  cz_match best = {NULL, NULL, 0};
  if (pair && count > 1) {
    best = longest_from(index, &index->nodes[pair], 2, chars, count, mask, best);
    if (best.node)
      return best;
  }
  const cz_node *root = root_of(index, chars[0]);
  if (root->word & mask << CZ_NUMBER_BITS)
    best = (cz_match){root, index->senses + root->senses, 1};
  return best;
}

void cz_lexicon_beginnings(const cz_lexicon *lexicon, const uint16_t *chars, int count, uint32_t mask,
                           cz_beginnings *out) {
  const cz_index *index = lexicon->index;
  out->starts = cz_index_starts(index, chars, count, mask);
  if (lexicon->base) {
    out->starts |= cz_index_starts(lexicon->base->index, chars, count, mask);
    return;
  }
  const uint32_t wanted = mask << CZ_NUMBER_BITS;
  for (uint64_t left = out->starts; left; left &= left - 1) {
    const int k = cz_lowest_bit(left);
    const cz_node *root = root_of(index, chars[k]);
    const uint32_t at = root->children + cz_child_place(chars[k + 1], root->factor, root->shift);
    const bool begins = index->nodes[at].label == chars[k + 1], alone = (root->word & wanted) != 0;
    out->pairs[k] = begins ? at : 0;
    out->starts &= ~((uint64_t)!(begins | alone) << k);
  }
}

int32_t cz_lexicon_longest(const cz_lexicon *lexicon, const uint16_t *chars, int64_t count, uint32_t mask,
                           cz_hit *hit) {
  *hit = (cz_hit){0};
  if (count <= 0)
    return 0;
  const cz_match found = cz_lexicon_match(lexicon, chars, count, mask);
  if (found.node)
    *hit = (cz_hit){found.length, found.node->sense_count, found.senses};
  return found.length;
}

static int32_t report_hit(const cz_index *index, const cz_word *word, cz_hit *hit) {
  *hit = (cz_hit){word->length, word->sense_count, index->senses + word->senses};
  return word->length;
}

int32_t cz_lexicon_exact(const cz_lexicon *lexicon, const uint16_t *chars, int64_t length, uint32_t mask,
                         cz_hit *hit) {
  *hit = (cz_hit){0};
  if (length <= 0 || length > CZ_WORD_LIMIT)
    return 0;
  for (const cz_lexicon *layer = lexicon; layer; layer = layer->base) {
    const cz_index *index = layer->index;
    const cz_word *word = cz_index_find(index, chars, (int32_t)length);
    if (word && (word->vocabularies & mask))
      return report_hit(index, word, hit);
  }
  return 0;
}

int32_t cz_lexicon_unit_count(const cz_lexicon *lexicon) {
  return lexicon->unit_count;
}

const cz_unit *cz_lexicon_unit(const cz_lexicon *lexicon, int32_t row) {
  return row >= 0 && row < lexicon->unit_count ? &lexicon->units[row] : NULL;
}

int32_t cz_lexicon_indicator_count(const cz_lexicon *lexicon) {
  return lexicon->indicator_count;
}

const cz_indicator *cz_lexicon_indicator(const cz_lexicon *lexicon, int32_t row) {
  return row >= 0 && row < lexicon->indicator_count ? &lexicon->indicators[row] : NULL;
}

int32_t cz_lexicon_region_count(const cz_lexicon *lexicon) {
  return lexicon->region_count;
}

const cz_region *cz_lexicon_region(const cz_lexicon *lexicon, int32_t row) {
  return row >= 0 && row < lexicon->region_count ? &lexicon->regions[row] : NULL;
}

const char *cz_lexicon_version(const cz_lexicon *lexicon) {
  return lexicon->version;
}
