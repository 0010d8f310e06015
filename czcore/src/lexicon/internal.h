/* lexicon/internal.h: how words are found.
 *
 * Longest match at a position takes three steps, each of which ends the search for most positions of a text:
 *   1. the first character: may a word begin with it, and is it a word by itself? (two-level table of bytes)
 *   2. the first two characters: which lengths do the words have that begin with them? (hash table of pairs)
 *   3. for these lengths, longest first: is it a word? (hash table of words, hash built up one character at a
 * time) tools/gen_tables.py and vocabulary.c build the same structure; test_lexicon compares them word for
 * word. */
#ifndef CZCORE_LEXICON_INTERNAL_H
#define CZCORE_LEXICON_INTERNAL_H

#include "czcore/lexicon.h"

enum {
  CZ_WORD_LIMIT = 32, /* characters of a word: one bit of a length mask each */
  CZ_SLOT_BITS = 20,  /* low bits of a slot: number of the word + 1; above them the top of its hash */
  CZ_FIRST_WORD = 1,  /* bits of `pages`: the character is a word … */
  CZ_FIRST_LONGER = 2 /* … longer words begin with it */
};

typedef struct cz_word {
  uint32_t chars;  /* first character in cz_index.chars */
  uint32_t senses; /* first sense in cz_index.senses */
  uint16_t sense_count;
  uint8_t length;
  uint8_t vocabularies; /* CZ_WORD_ bits of all senses */
} cz_word;

typedef struct cz_prefix {
  uint32_t pair;    /* first character << 16 | second; 0 = free */
  uint32_t lengths; /* bit n - 1: there is a word of n characters */
} cz_prefix;

/* Every hash table has a power of two of places, at least half of them free; _mask is that power less one. */
typedef struct cz_index {
  const uint8_t *page_of; /* [256] by the high byte of a character: its page */
  const uint8_t *pages;   /* [pages][256] by the low byte: CZ_FIRST_ bits */
  const cz_prefix *prefixes;
  uint32_t prefix_mask;
  const uint32_t *slots; /* 0 = free */
  uint32_t slot_mask;
  const cz_word *words;
  int32_t word_count;
  const uint16_t *chars;
  const cz_sense *senses;
} cz_index;

struct cz_lexicon {
  const cz_index *index;
  const struct cz_lexicon *base; /* searched as well; NULL for the built-in lexicon */
  const cz_unit *units;
  const cz_indicator *indicators;
  const cz_region *regions;
  int32_t unit_count, indicator_count, region_count;
  const char *version;
};

/* Must stay in step with hash_step and place of tools/gen_tables.py. */
static inline uint32_t cz_hash_step(uint32_t state, uint16_t c) {
  return (state ^ c) * UINT32_C(0x9E3779B1);
}
static inline uint32_t cz_hash_place(uint32_t state) {
  return state ^ (state >> 15);
}

/* The word chars[0..length) of one index, whatever its senses; NULL if there is none. */
const cz_word *cz_index_find(const cz_index *index, const uint16_t *chars, int32_t length);

#endif
