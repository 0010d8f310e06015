/* lexicon/internal.h: how words are found.
 *
 * Longest match at a position takes four steps, each of which ends the search for most positions of a text:
 *   1. the first character: of which vocabularies is it a word by itself, and may longer words begin with it?
 *      (two-level table of bytes)
 *   2. the first two characters: may a word begin with them? (a set of bits, small enough to stay in the
 *      nearest cache; it errs on the side of yes)
 *   3. the pair again, exactly: the word that it is, the lengths of the words that begin with it, and which
 *      third characters these have, as a set of 32 bits (hash table of pairs)
 *   4. for the lengths above two, longest first: is it a word? (hash table of words, hash built up one
 * character at a time) tools/gen_tables.py and vocabulary.c build the same structure; test_lexicon compares
 * it with a search that tries every word. */
#ifndef CZCORE_LEXICON_INTERNAL_H
#define CZCORE_LEXICON_INTERNAL_H

#include "czcore/lexicon.h"

enum {
  CZ_WORD_LIMIT = 32, /* characters of a word: one bit of a length mask each */
  CZ_SLOT_BITS = 20,  /* low bits of a slot: number of the word + 1; above them the top of its hash */
  CZ_PAIR_BITS = 16,  /* the set of step 2 has 2^16 bits, numbered by the top of the pair's hash */
  CZ_FIRST_LONGER =
      16 /* bit of `pages` beside the CZ_WORD_ bits of the character as a word: longer ones begin with it */
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
  uint32_t thirds;  /* bit c % 32 for the third character c of every longer word */
  uint32_t word;    /* number of the word of two characters + 1; 0 = none */
} cz_prefix;

/* Every hash table has a power of two of places, at least half of them free; _mask is that power less one. */
typedef struct cz_index {
  const uint8_t *page_of; /* [256] by the high byte of a character: its page */
  const uint8_t *pages;   /* [pages][256] by the low byte: CZ_WORD_ bits and CZ_FIRST_LONGER */
  const uint32_t *pairs;  /* [2^CZ_PAIR_BITS / 32] */
  const cz_prefix *prefixes;
  uint32_t prefix_mask;
  const uint32_t *slots; /* 0 = free */
  uint32_t slot_mask;
  const cz_word *words;
  int32_t word_count;
  const uint16_t *chars;
  const cz_sense *senses;
} cz_index;

/* How indicators of one region and period hang together; identities.tsv. */
typedef enum cz_identity_kind {
  CZ_IDENTITY_SUM,     /* result = sum of the parts */
  CZ_IDENTITY_BETWEEN, /* result between the two parts */
  CZ_IDENTITY_RATIO,   /* result = first * second, the first a plain ratio */
  CZ_IDENTITY_SHARE,   /* the same, the first in percent */
  CZ_IDENTITY_PER_HEAD /* result = scale * first * second, the second a number of people */
} cz_identity_kind;

enum { CZ_IDENTITY_PARTS = 4 };

typedef struct cz_identity {
  const char *result;                   /* codes of the registry */
  const char *parts[CZ_IDENTITY_PARTS]; /* NULL behind the last */
  int32_t part_count;
  cz_identity_kind kind;
  double scale;  /* 1 unless per head */
  bool doubtful; /* holds as a rule: definitions differ in detail */
} cz_identity;

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

/* Whether the pair with this hash may begin a word. */
static inline bool cz_pair_may_begin(const cz_index *index, uint32_t state) {
  const uint32_t bit = state >> (32 - CZ_PAIR_BITS);
  return (index->pairs[bit >> 5] >> (bit & 31) & 1) != 0;
}

/* Whether a word of the vocabularies in `mask` may start at chars[0]: false for most characters of a text,
 * and then cz_lexicon_longest finds none. Looks at two characters. */
static inline bool cz_lexicon_may_start(const cz_lexicon *lexicon, const uint16_t *chars, uint32_t mask) {
  for (; lexicon; lexicon = lexicon->base) {
    const cz_index *index = lexicon->index;
    const uint8_t first = index->pages[(size_t)index->page_of[chars[0] >> 8] << 8 | (chars[0] & 255)];
    if (first & mask)
      return true;
    if ((first & CZ_FIRST_LONGER) &&
        cz_pair_may_begin(index, cz_hash_step(cz_hash_step(0, chars[0]), chars[1])))
      return true;
  }
  return false;
}

/* The word chars[0..length) of one index, whatever its senses; NULL if there is none. */
const cz_word *cz_index_find(const cz_index *index, const uint16_t *chars, int32_t length);

#endif
