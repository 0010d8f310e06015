/* lexicon/internal.h: how words are found.
 *
 * Two questions are asked of a place in a text, and each has its own tables:
 *   may a word begin here?  The first character says of which vocabularies it is a word by itself and whether
 * longer words begin with it (two-level table of bytes), the first two whether words begin with them (a set
 * of bits that errs on the side of yes). Small enough for the nearest cache; most places of a text end here.
 *   which is the longest?   A tree of characters. The children of a node are spread over 2^n places by a
 *                           multiplication that keeps them apart, found when the tree is built, so that a
 * step looks at one place only. tools/gen_tables.py and trie.c build the same structure; test_lexicon
 * compares it with a search that tries every word. */
#ifndef CZCORE_LEXICON_INTERNAL_H
#define CZCORE_LEXICON_INTERNAL_H

#include "czcore/lexicon.h"

enum {
  CZ_WORD_LIMIT = 32,  /* characters of a word */
  CZ_NUMBER_BITS = 20, /* of cz_node.word: number of the word + 1; above them its vocabularies */
  CZ_PAIR_BITS = 16,   /* the set of pairs has 2^16 bits, numbered by the top of the pair's hash */
  CZ_FIRST_LONGER =
      16 /* bit of `pages` beside the CZ_WORD_ bits of the character as a word: longer ones begin with it */
};

/* What makes a word special to the tokenizer, so that it need not look at each. */
enum {
  CZ_WORD_DIGIT = 1, /* holds a digit */
  CZ_WORD_RATIO = 2, /* longer than two and ends in 比 */
  CZ_WORD_GROWTH =
      4 /* times the number of characters: a built-in indicator that ends in 增长 or a noun of growth */
};

typedef struct cz_word {
  uint64_t classes; /* bit of every cue class among its senses */
  uint32_t chars;   /* first character in cz_index.chars */
  uint32_t senses;  /* first sense in cz_index.senses */
  uint16_t sense_count;
  uint8_t length;
  uint8_t vocabularies; /* CZ_WORD_ bits of all senses */
  uint8_t flags;        /* CZ_WORD_DIGIT … */
} cz_word;

/* Half a cache line. What there is to know of the word that ends here stands here again, because the way to
 * another table would take longer than all the rest. */
typedef struct cz_node {
  uint64_t classes; /* of cz_word, as are senses, sense_count and flags; 0 if no word ends here */
  uint32_t senses;
  uint32_t word;     /* number + 1 of the word, vocabularies << CZ_NUMBER_BITS; 0 if no word ends here */
  uint32_t children; /* first place of its children in cz_index.nodes; 0 = none */
  uint32_t labels;   /* bit c % 32 for the label c of every child: most texts go on with none of them */
  uint16_t label;    /* the character that leads here; 0 = free place */
  uint16_t factor;   /* odd */
  uint8_t shift;     /* 16 - n for 2^n places of children */
  uint8_t flags;
  uint16_t sense_count;
} cz_node;

/* Place of a child among those of its node. Must stay in step with child_place of tools/gen_tables.py. */
static inline uint32_t cz_child_place(uint16_t label, uint16_t factor, uint8_t shift) {
  return (uint32_t)(uint16_t)((uint32_t)label * factor) >> shift;
}

/* The factors that are tried, 0 … 255. */
static inline uint16_t cz_child_factor(uint32_t number) {
  return (uint16_t)((2 * number + 1) * 0x9E37u);
}

typedef struct cz_index {
  const uint8_t *page_of; /* [256] by the high byte of a character: its page */
  const uint8_t *pages;   /* [pages][256] by the low byte: CZ_WORD_ bits and CZ_FIRST_LONGER */
  const uint16_t *roots;  /* [pages][256] node of the first character, 0 if no word begins with it */
  const uint32_t *pairs;  /* [2^CZ_PAIR_BITS / 32] */
  const cz_node *nodes;   /* [0] is no child of any node and has none */
  const cz_word *words;   /* in the order of their characters */
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

/* Must stay in step with hash_step of tools/gen_tables.py. */
#define CZ_HASH_FACTOR UINT32_C(0x9E3779B1)
static inline uint32_t cz_hash_step(uint32_t state, uint16_t c) {
  return (state ^ c) * CZ_HASH_FACTOR;
}

/* Bit k: a word of the vocabularies in `mask` may start at chars[k], k < count <= 64; without a branch. False
 * for most characters of a text, and then cz_lexicon_longest finds none. Looks at chars[count] too. */
static inline uint64_t cz_index_starts(const cz_index *index, const uint16_t *chars, int count,
                                       uint32_t mask) {
  const uint8_t *page_of = index->page_of, *pages = index->pages;
  const uint32_t *pairs = index->pairs;
  uint64_t starts = 0;
  uint32_t c = chars[0];
  for (int k = 0; k < count; k++) {
    const uint32_t first = pages[(uint32_t)page_of[c >> 8] << 8 | (c & 255)], next = chars[k + 1];
    const uint32_t bit = (((c * CZ_HASH_FACTOR) ^ next) * CZ_HASH_FACTOR) >> (32 - CZ_PAIR_BITS);
    const uint32_t pair = pairs[bit >> 5] >> (bit & 31);
    starts |= (uint64_t)(((first & mask) != 0) | (first / CZ_FIRST_LONGER & pair & 1)) << k;
    c = next;
  }
  return starts;
}

/* Whether a word of the vocabularies in `mask` may start at chars[0]. */
static inline bool cz_lexicon_may_start(const cz_lexicon *lexicon, const uint16_t *chars, uint32_t mask) {
  return cz_index_starts(lexicon->index, chars, 1, mask) ||
         (lexicon->base && cz_index_starts(lexicon->base->index, chars, 1, mask));
}

/* The word chars[0..length) of one index, whatever its senses; NULL if there is none. */
const cz_word *cz_index_find(const cz_index *index, const uint16_t *chars, int32_t length);

typedef struct cz_match {
  const cz_node *node; /* where the word ends; NULL if there is none */
  const cz_sense *senses;
  int32_t length;
} cz_match;

/* The longest word of the vocabularies in `mask` at chars[0], as cz_lexicon_longest; count > 0. */
cz_match cz_lexicon_match(const cz_lexicon *lexicon, const uint16_t *chars, int64_t count, uint32_t mask);

/* The beginnings of words in a stretch of text, looked up together: one after the other, each look-up would
 * wait for the length of the word before. */
typedef struct cz_beginnings {
  uint64_t starts;    /* bit k: a word may start at chars[k] */
  uint32_t pairs[64]; /* node of chars[k] and chars[k + 1] for these, 0 if no word begins with the two */
} cz_beginnings;

/* Of chars[0 … count), count <= 64; looks at chars[count] too. For lexicons without a base `starts` is exact
 * but for the words that a longer look would rule out, for others it errs on the side of yes and `pairs` is
 * left alone. */
void cz_lexicon_beginnings(const cz_lexicon *lexicon, const uint16_t *chars, int count, uint32_t mask,
                           cz_beginnings *out);

/* As cz_lexicon_match, for a lexicon without a base and a place that was looked up. */
cz_match cz_lexicon_match_at(const cz_lexicon *lexicon, const uint16_t *chars, int64_t count, uint32_t mask,
                             uint32_t pair);

/* ---- trie.c ---- */
/* A tree over words[0…count), which are in the order of their characters and differ; fills `roots`, whose
 * pages are there and zeroed. The nodes are allocated: release with *capacity * sizeof **nodes. False when
 * memory is out. */
CZ_MUST_CHECK bool cz_trie_build(const cz_word *words, uint32_t count, const uint16_t *chars,
                                 const uint8_t *page_of, uint16_t *roots, const cz_allocator *allocator,
                                 cz_node **nodes, size_t *node_count, size_t *capacity);

#endif
