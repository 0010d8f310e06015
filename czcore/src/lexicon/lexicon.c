/* Searching words; the registries of the built-in lexicon. */
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

/* Words are short, and their hashes agree already. */
static inline bool same(const uint16_t *a, const uint16_t *b, int32_t length) {
  int32_t i = 0;
  while (i < length && a[i] == b[i])
    i++;
  return i == length;
}

static const cz_word *probe(const cz_index *index, const uint16_t *chars, int32_t length, uint32_t state) {
  const uint32_t number_bits = (UINT32_C(1) << CZ_SLOT_BITS) - 1;
  uint32_t at = cz_hash_place(state) & index->slot_mask;
  for (uint32_t slot; (slot = index->slots[at]) != 0; at = (at + 1) & index->slot_mask) {
    if ((slot ^ state) >> CZ_SLOT_BITS)
      continue;
    const cz_word *word = &index->words[(slot & number_bits) - 1];
    if (word->length == length && same(index->chars + word->chars, chars, length))
      return word;
  }
  return NULL;
}

const cz_word *cz_index_find(const cz_index *index, const uint16_t *chars, int32_t length) {
  uint32_t state = 0;
  for (int32_t i = 0; i < length; i++)
    state = cz_hash_step(state, chars[i]);
  return probe(index, chars, length, state);
}

static const cz_prefix *prefix_of(const cz_index *index, uint16_t first, uint16_t second, uint32_t state) {
  const uint32_t pair = (uint32_t)first << 16 | second;
  for (uint32_t at = cz_hash_place(state) & index->prefix_mask; index->prefixes[at].pair;
       at = (at + 1) & index->prefix_mask)
    if (index->prefixes[at].pair == pair)
      return &index->prefixes[at];
  return NULL;
}

/* Of the lengths that `lengths` names, all above two: the longest word. `state` is the hash of the pair. */
static const cz_word *longest_of(const cz_index *index, const uint16_t *chars, uint32_t lengths, uint32_t mask,
                                 uint32_t state) {
  uint32_t states[CZ_WORD_LIMIT];
  int32_t limit = 2;
  while (limit < CZ_WORD_LIMIT && lengths >> limit) {
    state = cz_hash_step(state, chars[limit]);
    states[limit++] = state;
  }
  for (int32_t length = limit; length > 2; length--) {
    if (!(lengths >> (length - 1) & 1))
      continue;
    const cz_word *word = probe(index, chars, length, states[length - 1]);
    if (word && (word->vocabularies & mask))
      return word;
  }
  return NULL;
}

static const cz_word *longest(const cz_index *index, const uint16_t *chars, int64_t count, uint32_t mask) {
  const uint16_t c = chars[0];
  const uint8_t first = index->pages[(size_t)index->page_of[c >> 8] << 8 | (c & 255)];
  const uint32_t alone = cz_hash_step(0, c);
  if ((first & CZ_FIRST_LONGER) && count > 1) {
    const uint32_t state = cz_hash_step(alone, chars[1]);
    const cz_prefix *prefix = cz_pair_may_begin(index, state) ? prefix_of(index, c, chars[1], state) : NULL;
    if (prefix) {
      uint32_t lengths = prefix->lengths & ~UINT32_C(3);
      if (count < CZ_WORD_LIMIT)
        lengths &= (UINT32_C(1) << count) - 1;
      if (lengths && (prefix->thirds >> (chars[2] & 31) & 1)) {
        const cz_word *word = longest_of(index, chars, lengths, mask, state);
        if (word)
          return word;
      }
      if (prefix->word) {
        const cz_word *word = &index->words[prefix->word - 1];
        if (word->vocabularies & mask)
          return word;
      }
    }
  }
  return first & mask ? probe(index, chars, 1, alone) : NULL;
}

static int32_t report_hit(const cz_index *index, const cz_word *word, cz_hit *hit) {
  *hit = (cz_hit){word->length, word->sense_count, index->senses + word->senses};
  return word->length;
}

int32_t cz_lexicon_longest(const cz_lexicon *lexicon, const uint16_t *chars, int64_t count, uint32_t mask,
                           cz_hit *hit) {
  *hit = (cz_hit){0};
  if (count <= 0)
    return 0;
  const cz_index *index = lexicon->index;
  const cz_word *word = longest(index, chars, count, mask);
  if (lexicon->base) {
    /* A word of both carries the built-in senses here as well, so only a longer one of the base counts. */
    const cz_index *under = lexicon->base->index;
    const cz_word *other = longest(under, chars, count, mask);
    if (other && (!word || other->length > word->length))
      return report_hit(under, other, hit);
  }
  return word ? report_hit(index, word, hit) : 0;
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
