/* lexicon.h: the vocabulary, from czcore/data/ TSV files through tools/gen_tables.py into constant tables. */
#ifndef CZCORE_LEXICON_H
#define CZCORE_LEXICON_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Which data file a word comes from; bits, to restrict a search. */
enum {
  CZ_WORD_CUE = 1,       /* cues.tsv: verbs, bound words, time words, connectors … with a class each */
  CZ_WORD_UNIT = 2,      /* units.tsv */
  CZ_WORD_INDICATOR = 4, /* indicators.tsv: names and aliases */
  CZ_WORD_REGION = 8     /* regions.tsv: full and short names */
};

/* One meaning of a word. `row` is the row of the unit, indicator or region; for cues the row of cues.tsv.
 * `klass` and `value`: for cues the class (enum cz_cue_class in the generated tables) and its argument;
 * for regions klass 0 = full name, 1 = short name, and value = 1 province, 2 prefecture, 3 county. */
typedef struct cz_sense {
  uint8_t vocabulary; /* one CZ_WORD_ bit */
  uint8_t klass;
  int16_t value;
  int32_t row;
} cz_sense;

typedef struct cz_hit {
  int32_t length;         /* characters matched, 0 if none */
  int32_t sense_count;
  const cz_sense *senses; /* all meanings of the word, also those outside the mask */
} cz_hit;

typedef struct cz_unit {
  const char *name;      /* as written, UTF-8 */
  const char *name_en;
  const char *dimension; /* money, percent, point, per_mille, count, mass, length, area, volume, energy, power, time, ratio, rank … */
  const char *canonical; /* canonical unit of the dimension */
  uint64_t factor_mantissa; /* canonical value = value * mantissa * 10^exponent */
  int32_t factor_exponent;
  uint8_t klass;         /* enum cz_unit_class of the generated tables */
} cz_unit;

typedef struct cz_indicator {
  const char *code, *name, *name_en;
  const char *aliases;   /* separated by '|' */
  const char *dimension, *unit;
  const char *nature;    /* stock, flow, ratio, index, rate */
  const char *basis;     /* real, nominal or "": what 增长 means when the text does not say */
  const char *direction; /* higher, lower or neutral: which way is better */
  const char *category;
} cz_indicator;

typedef struct cz_region {
  int32_t code;        /* GB/T 2260, six digits; 0 = the nation */
  const char *name;    /* 常州市 */
  const char *short_name; /* 常州; "" where a short form would be ambiguous or under two characters */
  uint8_t level;       /* 0 nation, 1 province, 2 prefecture, 3 county */
  int32_t parent;      /* code of the parent */
  int16_t first_year, last_year; /* years in which the name was in force, from 2000 */
} cz_region;

typedef struct cz_lexicon cz_lexicon; /* immutable once built; shared by all threads */

/* The built-in vocabulary; static, never NULL, never freed. */
const cz_lexicon *cz_lexicon_builtin(void);

/* The longest word of the vocabularies in `mask` at chars[0], looking at no more than `count` characters.
 * Returns its length, 0 if none (then hit->length = 0). */
int32_t cz_lexicon_longest(const cz_lexicon *lexicon, const uint16_t *chars, int64_t count, uint32_t mask,
                           cz_hit *hit);

/* The word that is exactly chars[0..length). Returns length, or 0. */
int32_t cz_lexicon_exact(const cz_lexicon *lexicon, const uint16_t *chars, int64_t length, uint32_t mask,
                         cz_hit *hit);

/* Registries. Rows 0 … count-1; a row out of range gives NULL. */
int32_t cz_lexicon_unit_count(const cz_lexicon *lexicon);
const cz_unit *cz_lexicon_unit(const cz_lexicon *lexicon, int32_t row);
int32_t cz_lexicon_indicator_count(const cz_lexicon *lexicon);
const cz_indicator *cz_lexicon_indicator(const cz_lexicon *lexicon, int32_t row);
int32_t cz_lexicon_region_count(const cz_lexicon *lexicon);
const cz_region *cz_lexicon_region(const cz_lexicon *lexicon, int32_t row);

/* Version of the built-in registry: a hash of the data files, as hexadecimal text. */
const char *cz_lexicon_version(const cz_lexicon *lexicon);

/* Words added at run time. A cz_vocabulary collects them; cz_lexicon_extend builds a new immutable lexicon that
 * searches them before the built-in ones. Texts are UTF-8, folded as documents are (cz_text_fold). */
typedef struct cz_vocabulary cz_vocabulary;
CZ_MUST_CHECK cz_status cz_vocabulary_create(const cz_allocator *allocator, cz_vocabulary **out);
/* Adds an indicator (or, where `code` exists, aliases to it). Fields may be NULL = "". `aliases` separated by '|'. */
CZ_MUST_CHECK cz_status cz_vocabulary_add_indicator(cz_vocabulary *vocabulary, const cz_indicator *indicator);
CZ_MUST_CHECK cz_status cz_vocabulary_add_unit(cz_vocabulary *vocabulary, const cz_unit *unit, const char *like);
/* Adds a cue word of a named class (a class name of cues.tsv), with its argument ("" for none). */
CZ_MUST_CHECK cz_status cz_vocabulary_add_cue(cz_vocabulary *vocabulary, const char *word, const char *klass, int32_t value);
void cz_vocabulary_free(cz_vocabulary *vocabulary);
CZ_MUST_CHECK cz_status cz_lexicon_extend(const cz_vocabulary *vocabulary, const cz_allocator *allocator,
                                          cz_lexicon **out);
/* Frees an extended lexicon; NULL and the built-in one are left alone. */
void cz_lexicon_free(cz_lexicon *lexicon);

#ifdef __cplusplus
}
#endif
#endif
