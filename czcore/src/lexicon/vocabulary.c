/* Words added at run time.
 *
 * A vocabulary keeps its texts in two pools and refers to them by offset, because the pools move while they
 * grow. The lexicon made from it is one block of memory: sizes are known once the words are sorted, so
 * nothing can fail half-way. Only the tree of characters (trie.c) is a second block. */
#include <stdlib.h>
#include <string.h>
#include <uchar.h>

#include "../base/internal.h"
#include "czcore/text.h"
#include "internal.h"
#include "tables.h"

enum { INDICATOR_TEXTS = 10, UNIT_TEXTS = 4, ALIASES = 3, WORDS_MOST = (1 << CZ_NUMBER_BITS) - 2 };

typedef struct added_word {
  size_t chars; /* in cz_vocabulary.chars */
  uint8_t length;
  cz_sense sense;
} added_word;

typedef struct added_indicator {
  int32_t row; /* a built-in row, or one behind them */
  bool first;  /* brings the row into being; otherwise adds aliases to it */
  bool head;   /* no earlier item of this row */
  size_t next; /* the next item of this row, 0 if none (an item never comes before the first) */
  size_t texts[INDICATOR_TEXTS];
} added_indicator;

typedef struct added_unit {
  size_t texts[UNIT_TEXTS];
  uint64_t factor_mantissa;
  int32_t factor_exponent;
  uint8_t klass;
} added_unit;

struct cz_vocabulary {
  cz_allocator memory;
  added_word *words;
  size_t word_count, word_capacity;
  added_indicator *indicators;
  size_t indicator_count, indicator_capacity;
  added_unit *units;
  size_t unit_count, unit_capacity;
  uint16_t *chars;
  size_t char_count, char_capacity;
  char *texts;
  size_t text_count, text_capacity;
  int32_t new_indicators; /* rows behind the built-in ones */
};

typedef struct extended {
  cz_lexicon lexicon; /* first, so that a pointer to it is a pointer to the whole */
  cz_index index;
  cz_node *nodes; /* a block of their own: how many there are is known when they are made */
  size_t node_capacity;
  cz_allocator memory;
  size_t size;
} extended;

cz_status cz_vocabulary_create(const cz_allocator *allocator, cz_vocabulary **out) {
  if (!out)
    return CZ_ERROR_ARGUMENT;
  *out = NULL;
  cz_allocator memory = cz_allocator_or_libc(allocator);
  cz_vocabulary *vocabulary = cz_allocate(&memory, sizeof *vocabulary);
  if (!vocabulary)
    return CZ_ERROR_MEMORY;
  *vocabulary = (cz_vocabulary){.memory = memory};
  *out = vocabulary;
  return CZ_OK;
}

void cz_vocabulary_free(cz_vocabulary *vocabulary) {
  if (!vocabulary)
    return;
  cz_allocator memory = vocabulary->memory;
  cz_release(&memory, vocabulary->words, vocabulary->word_capacity * sizeof *vocabulary->words);
  cz_release(&memory, vocabulary->indicators,
             vocabulary->indicator_capacity * sizeof *vocabulary->indicators);
  cz_release(&memory, vocabulary->units, vocabulary->unit_capacity * sizeof *vocabulary->units);
  cz_release(&memory, vocabulary->chars, vocabulary->char_capacity * sizeof *vocabulary->chars);
  cz_release(&memory, vocabulary->texts, vocabulary->text_capacity);
  cz_release(&memory, vocabulary, sizeof *vocabulary);
}

/* ---- collecting ---- */

/* One code point of bytes[*at…end); false where they are no UTF-8. */
static bool decode(const unsigned char *bytes, size_t end, size_t *at, uint32_t *out) {
  const unsigned char lead = bytes[(*at)++];
  if (lead < 0x80) {
    *out = lead;
    return true;
  }
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
  if (lead < 0xC2 || lead > 0xF4 || end - *at < (size_t)more)
    return false;
  uint32_t point = lead & (0x3Fu >> more);
  for (int i = 0; i < more; i++) {
    const unsigned char next = bytes[(*at)++];
    if ((next & 0xC0) != 0x80)
      return false;
    point = point << 6 | (next & 0x3Fu);
  }
  *out = point;
  return point >= least[more] && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
}

static bool is_letter(uint16_t c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The word bytes[0…size) as documents are folded; blanks stay only between letters, as in compact text. */
static cz_status fold_word(const char *bytes, size_t size, uint16_t *out, uint8_t *length) {
  int32_t count = 0;
  bool blank = false;
  for (size_t at = 0; at < size;) {
    uint32_t point;
    if (!decode((const unsigned char *)bytes, size, &at, &point))
      return CZ_ERROR_ENCODING;
    const uint16_t c = cz_text_fold(point);
    /* U+FFFD stands for every character outside the plane; as a word it would match any of them. */
    if (c == 0xFFFD || point == '\n' || point == '\r' || point == '\t')
      return CZ_ERROR_VOCABULARY;
    if (c == 0)
      continue;
    if (c == ' ') {
      blank = count > 0;
      continue;
    }
    const bool keep = blank && is_letter(out[count - 1]) && is_letter(c);
    blank = false;
    if (count + (keep ? 2 : 1) > CZ_WORD_LIMIT)
      return CZ_ERROR_VOCABULARY;
    if (keep)
      out[count++] = ' ';
    out[count++] = c;
  }
  *length = (uint8_t)count;
  return count ? CZ_OK : CZ_ERROR_VOCABULARY;
}

static cz_status add_word(cz_vocabulary *v, const char *bytes, size_t size, cz_sense sense) {
  uint16_t chars[CZ_WORD_LIMIT];
  uint8_t length;
  const cz_status status = fold_word(bytes, size, chars, &length);
  if (status != CZ_OK)
    return status;
  if (v->word_count >= WORDS_MOST)
    return CZ_ERROR_SIZE;
  void *block = v->chars;
  if (!cz_reserve(&v->memory, &block, &v->char_capacity, v->char_count + length, sizeof *v->chars))
    return CZ_ERROR_MEMORY;
  v->chars = block;
  block = v->words;
  if (!cz_reserve(&v->memory, &block, &v->word_capacity, v->word_count + 1, sizeof *v->words))
    return CZ_ERROR_MEMORY;
  v->words = block;
  memcpy(v->chars + v->char_count, chars, length * sizeof *chars);
  v->words[v->word_count++] = (added_word){v->char_count, length, sense};
  v->char_count += length;
  return CZ_OK;
}

/* Keeps a text; CZ_ERROR_ENCODING unless it is UTF-8. NULL is "". */
static cz_status add_text(cz_vocabulary *v, const char *text, size_t *offset) {
  const size_t size = text ? strlen(text) : 0;
  for (size_t at = 0; at < size;) {
    uint32_t point;
    if (!decode((const unsigned char *)text, size, &at, &point))
      return CZ_ERROR_ENCODING;
  }
  void *block = v->texts;
  if (!cz_reserve(&v->memory, &block, &v->text_capacity, v->text_count + size + 1, 1))
    return CZ_ERROR_MEMORY;
  v->texts = block;
  if (size)
    memcpy(v->texts + v->text_count, text, size);
  v->texts[v->text_count + size] = 0;
  *offset = v->text_count;
  v->text_count += size + 1;
  return CZ_OK;
}

static bool is_empty(const char *text) {
  return !text || !*text;
}

static int32_t find_indicator(const cz_vocabulary *v, const char *code) {
  for (int32_t row = 0; row < CZ_BUILTIN_INDICATORS; row++)
    if (strcmp(cz_builtin_indicators[row].code, code) == 0)
      return row;
  for (size_t i = 0; i < v->indicator_count; i++)
    if (strcmp(v->texts + v->indicators[i].texts[0], code) == 0)
      return v->indicators[i].row;
  return -1;
}

static cz_status add_aliases(cz_vocabulary *v, const char *aliases, cz_sense sense) {
  if (is_empty(aliases))
    return CZ_OK;
  for (const char *from = aliases;;) {
    const char *bar = strchr(from, '|');
    const cz_status status = add_word(v, from, bar ? (size_t)(bar - from) : strlen(from), sense);
    if (status != CZ_OK || !bar)
      return status;
    from = bar + 1;
  }
}

static cz_status add_indicator(cz_vocabulary *v, const cz_indicator *indicator) {
  if (is_empty(indicator->code))
    return CZ_ERROR_VOCABULARY;
  int32_t row = find_indicator(v, indicator->code);
  const bool first = row < 0;
  if (first) {
    if (is_empty(indicator->name))
      return CZ_ERROR_VOCABULARY;
    row = CZ_BUILTIN_INDICATORS + v->new_indicators;
  }
  added_indicator item = {.row = row, .first = first};
  const char *const texts[INDICATOR_TEXTS] = {
      indicator->code, indicator->name,   indicator->name_en, indicator->aliases,   indicator->dimension,
      indicator->unit, indicator->nature, indicator->basis,   indicator->direction, indicator->category};
  for (int i = 0; i < INDICATOR_TEXTS; i++) {
    const cz_status status = add_text(v, texts[i], &item.texts[i]);
    if (status != CZ_OK)
      return status;
  }
  const cz_sense sense = {.vocabulary = CZ_WORD_INDICATOR, .row = row};
  cz_status status =
      is_empty(indicator->name) ? CZ_OK : add_word(v, indicator->name, strlen(indicator->name), sense);
  if (status == CZ_OK)
    status = add_aliases(v, indicator->aliases, sense);
  if (status != CZ_OK)
    return status;
  void *block = v->indicators;
  if (!cz_reserve(&v->memory, &block, &v->indicator_capacity, v->indicator_count + 1, sizeof item))
    return CZ_ERROR_MEMORY;
  v->indicators = block;
  item.head = true;
  for (size_t i = v->indicator_count; i-- > 0 && item.head;) {
    if (v->indicators[i].row != row)
      continue;
    v->indicators[i].next = v->indicator_count;
    item.head = false;
  }
  v->indicators[v->indicator_count++] = item;
  v->new_indicators += first;
  return CZ_OK;
}

/* The unit that a new one is like; false if there is none of that name. */
static bool find_unit(const cz_vocabulary *v, const char *name, cz_unit *out) {
  uint16_t chars[CZ_WORD_LIMIT];
  uint8_t length;
  if (fold_word(name, strlen(name), chars, &length) != CZ_OK)
    return false;
  for (size_t i = v->word_count; i-- > 0;) {
    const added_word *word = &v->words[i];
    if (word->sense.vocabulary != CZ_WORD_UNIT || word->length != length ||
        memcmp(v->chars + word->chars, chars, length * sizeof *chars) != 0)
      continue;
    const added_unit *unit = &v->units[word->sense.row - CZ_BUILTIN_UNITS];
    *out = (cz_unit){.dimension = v->texts + unit->texts[2], .klass = unit->klass};
    return true;
  }
  const cz_word *word = cz_index_find(&cz_builtin_index, chars, length);
  for (int32_t i = 0; word && i < word->sense_count; i++) {
    const cz_sense *sense = &cz_builtin_index.senses[word->senses + (uint32_t)i];
    if (sense->vocabulary != CZ_WORD_UNIT)
      continue;
    *out = cz_builtin_units[sense->row];
    return true;
  }
  return false;
}

static cz_status add_unit(cz_vocabulary *v, const cz_unit *unit, const char *like) {
  if (is_empty(unit->name) || unit->klass >= CZ_UNIT_CLASS_COUNT)
    return CZ_ERROR_VOCABULARY;
  cz_unit model = {.dimension = "count", .klass = CZ_UNIT_COUNT};
  if (like && !find_unit(v, like, &model))
    return CZ_ERROR_VOCABULARY;
  /* Fixed before any text is kept: the model's texts may lie in the pool that moves. */
  char dimension[64];
  const char *wanted = is_empty(unit->dimension) ? model.dimension : unit->dimension;
  if (strlen(wanted) >= sizeof dimension)
    return CZ_ERROR_VOCABULARY;
  memcpy(dimension, wanted, strlen(wanted) + 1);
  added_unit item = {.factor_mantissa = unit->factor_mantissa ? unit->factor_mantissa : 1,
                     .factor_exponent = unit->factor_mantissa ? unit->factor_exponent : 0,
                     .klass = unit->klass ? unit->klass : model.klass};
  const char *const texts[UNIT_TEXTS] = {unit->name, unit->name_en, dimension,
                                         is_empty(unit->canonical) ? unit->name : unit->canonical};
  for (int i = 0; i < UNIT_TEXTS; i++) {
    const cz_status status = add_text(v, texts[i], &item.texts[i]);
    if (status != CZ_OK)
      return status;
  }
  const cz_sense sense = {
      .vocabulary = CZ_WORD_UNIT, .klass = item.klass, .row = CZ_BUILTIN_UNITS + (int32_t)v->unit_count};
  const cz_status status = add_word(v, unit->name, strlen(unit->name), sense);
  if (status != CZ_OK)
    return status;
  void *block = v->units;
  if (!cz_reserve(&v->memory, &block, &v->unit_capacity, v->unit_count + 1, sizeof item))
    return CZ_ERROR_MEMORY;
  v->units = block;
  v->units[v->unit_count++] = item;
  return CZ_OK;
}

/* What a refused entry had brought before the fault was seen goes again. */
typedef struct mark {
  size_t words, chars, texts;
} mark;

static mark mark_of(const cz_vocabulary *v) {
  return (mark){v->word_count, v->char_count, v->text_count};
}

static cz_status settle(cz_vocabulary *v, mark before, cz_status status) {
  if (status == CZ_OK)
    return status;
  v->word_count = before.words;
  v->char_count = before.chars;
  v->text_count = before.texts;
  return status;
}

cz_status cz_vocabulary_add_indicator(cz_vocabulary *vocabulary, const cz_indicator *indicator) {
  if (!vocabulary || !indicator)
    return CZ_ERROR_ARGUMENT;
  const mark before = mark_of(vocabulary);
  return settle(vocabulary, before, add_indicator(vocabulary, indicator));
}

cz_status cz_vocabulary_add_unit(cz_vocabulary *vocabulary, const cz_unit *unit, const char *like) {
  if (!vocabulary || !unit)
    return CZ_ERROR_ARGUMENT;
  const mark before = mark_of(vocabulary);
  return settle(vocabulary, before, add_unit(vocabulary, unit, is_empty(like) ? NULL : like));
}

cz_status cz_vocabulary_add_cue(cz_vocabulary *vocabulary, const char *word, const char *klass,
                                int32_t value) {
  if (!vocabulary || !word || !klass)
    return CZ_ERROR_ARGUMENT;
  if (value < INT16_MIN || value > INT16_MAX)
    return CZ_ERROR_VOCABULARY;
  for (int i = 1; i < CZ_CUE_CLASS_COUNT; i++) {
    if (strcmp(cz_cue_class_names[i], klass) != 0)
      continue;
    const cz_sense sense = {
        .vocabulary = CZ_WORD_CUE, .klass = (uint8_t)i, .value = (int16_t)value, .row = -1};
    return add_word(vocabulary, word, strlen(word), sense);
  }
  return CZ_ERROR_VOCABULARY;
}

/* ---- building ---- */

typedef struct sorted_word {
  const uint16_t *chars;
  const added_word *word; /* the order of addition is the order of these */
} sorted_word;

static int compare_words(const void *left, const void *right) {
  const sorted_word *a = left, *b = right;
  for (int32_t i = 0; i < a->word->length && i < b->word->length; i++)
    if (a->chars[i] != b->chars[i])
      return a->chars[i] < b->chars[i] ? -1 : 1;
  if (a->word->length != b->word->length)
    return a->word->length < b->word->length ? -1 : 1;
  return a->word < b->word ? -1 : a->word > b->word;
}

static bool same_word(const sorted_word *a, const sorted_word *b) {
  return a->word->length == b->word->length &&
         memcmp(a->chars, b->chars, a->word->length * sizeof *a->chars) == 0;
}

static bool same_sense(const cz_sense *a, const cz_sense *b) {
  return a->vocabulary == b->vocabulary && a->klass == b->klass && a->value == b->value && a->row == b->row;
}

/* Where the parts of the block lie. */
typedef struct plan {
  size_t size;
  size_t units, indicators, words, senses, chars, page_of, pages, roots, pairs, texts;
  size_t distinct, page_count, text_size;
} plan;

static size_t part(plan *p, size_t count, size_t item) {
  const size_t at = (p->size + 15) / 16 * 16;
  p->size = at + count * item;
  return at;
}

static const char *text_of(const cz_vocabulary *v, const added_indicator *item, int column) {
  return v->texts + item->texts[column];
}

/* A row that is added to gets a list of aliases of its own. */
static bool needs_list(const added_indicator *item) {
  return item->head && (!item->first || item->next);
}

/* Bytes of that list at most, with the closing 0. */
static size_t list_bytes(const cz_vocabulary *v, const added_indicator *item) {
  size_t bytes = 1 + (item->first ? 0 : strlen(cz_builtin_indicators[item->row].aliases));
  for (const added_indicator *at = item; at; at = at->next ? &v->indicators[at->next] : NULL)
    bytes += strlen(text_of(v, at, 1)) + strlen(text_of(v, at, ALIASES)) + 2;
  return bytes;
}

static plan plan_block(const cz_vocabulary *v, const sorted_word *sorted) {
  plan p = {.size = sizeof(extended)};
  size_t char_total = 0, sense_total = v->word_count;
  bool high[256] = {false};
  p.page_count = 1;
  for (size_t i = 0; i < v->word_count; i++) {
    if (i && same_word(&sorted[i - 1], &sorted[i]))
      continue;
    const uint8_t length = sorted[i].word->length;
    p.distinct++;
    char_total += length;
    const cz_word *known = cz_index_find(&cz_builtin_index, sorted[i].chars, length);
    if (known)
      sense_total += known->sense_count;
    bool *page = &high[sorted[i].chars[0] >> 8];
    p.page_count += !*page;
    *page = true;
  }
  p.text_size = v->text_count;
  for (size_t i = 0; i < v->indicator_count; i++)
    if (needs_list(&v->indicators[i]))
      p.text_size += list_bytes(v, &v->indicators[i]);
  p.units = part(&p, CZ_BUILTIN_UNITS + v->unit_count, sizeof(cz_unit));
  p.indicators = part(&p, CZ_BUILTIN_INDICATORS + (size_t)v->new_indicators, sizeof(cz_indicator));
  p.words = part(&p, p.distinct + 1, sizeof(cz_word));
  p.senses = part(&p, sense_total + 1, sizeof(cz_sense));
  p.chars = part(&p, char_total + 1, sizeof(uint16_t));
  p.page_of = part(&p, 256, 1);
  p.pages = part(&p, p.page_count * 256, 1);
  p.roots = part(&p, p.page_count * 256, sizeof(uint16_t));
  p.pairs = part(&p, (size_t)1 << (CZ_PAIR_BITS - 5), sizeof(uint32_t));
  p.texts = part(&p, p.text_size + 1, 1);
  return p;
}

static char *append(char *to, const char *text, const char *list_start) {
  if (!*text)
    return to;
  if (to > list_start)
    *to++ = '|';
  const size_t size = strlen(text);
  memcpy(to, text, size);
  return to + size;
}

static void fill_registries(const cz_vocabulary *v, char *block, const plan *p) {
  char *texts = block + p->texts;
  memcpy(texts, v->texts ? v->texts : "", v->text_count);
  char *end = texts + v->text_count;

  cz_unit *units = (cz_unit *)(void *)(block + p->units);
  memcpy(units, cz_builtin_units, sizeof cz_builtin_units);
  for (size_t i = 0; i < v->unit_count; i++) {
    const added_unit *item = &v->units[i];
    units[CZ_BUILTIN_UNITS + i] = (cz_unit){.name = texts + item->texts[0],
                                            .name_en = texts + item->texts[1],
                                            .dimension = texts + item->texts[2],
                                            .canonical = texts + item->texts[3],
                                            .factor_mantissa = item->factor_mantissa,
                                            .factor_exponent = item->factor_exponent,
                                            .klass = item->klass};
  }

  cz_indicator *indicators = (cz_indicator *)(void *)(block + p->indicators);
  memcpy(indicators, cz_builtin_indicators, sizeof cz_builtin_indicators);
  for (size_t i = 0; i < v->indicator_count; i++) {
    const added_indicator *item = &v->indicators[i];
    cz_indicator *row = &indicators[item->row];
    if (item->first)
      *row = (cz_indicator){texts + item->texts[0], texts + item->texts[1], texts + item->texts[2],
                            texts + item->texts[3], texts + item->texts[4], texts + item->texts[5],
                            texts + item->texts[6], texts + item->texts[7], texts + item->texts[8],
                            texts + item->texts[9]};
    if (!needs_list(item))
      continue;
    char *list = end;
    if (!item->first)
      end = append(end, row->aliases, list);
    for (const added_indicator *at = item; at; at = at->next ? &v->indicators[at->next] : NULL) {
      if (strcmp(text_of(v, at, 1), row->name) != 0)
        end = append(end, text_of(v, at, 1), list);
      end = append(end, text_of(v, at, ALIASES), list);
    }
    *end++ = 0;
    row->aliases = list;
  }
}

/* Notes how the word begins. */
static void enter_beginning(const cz_word *entry, const uint16_t *chars, char *block, const plan *p,
                            uint32_t *page_total) {
  uint8_t *page_of = (uint8_t *)(block + p->page_of), *pages = (uint8_t *)(block + p->pages);
  uint32_t *pairs = (uint32_t *)(void *)(block + p->pairs);
  const uint16_t first = chars[0];
  if (!page_of[first >> 8])
    page_of[first >> 8] = (uint8_t)(*page_total)++;
  pages[(size_t)page_of[first >> 8] << 8 | (first & 255)] |=
      entry->length == 1 ? entry->vocabularies : (uint8_t)CZ_FIRST_LONGER;
  if (entry->length == 1)
    return;
  const uint32_t bit = cz_hash_step(cz_hash_step(0, first), chars[1]) >> (32 - CZ_PAIR_BITS);
  pairs[bit >> 5] |= UINT32_C(1) << (bit & 31);
}

/* What the tokenizer asks of a word. Its growth is left to the tokenizer: words of growth may be among those
 * added. */
static void enter_properties(cz_word *entry, const uint16_t *chars, const cz_sense *senses) {
  for (int32_t i = 0; i < entry->sense_count; i++)
    if (senses[i].vocabulary == CZ_WORD_CUE)
      entry->classes |= UINT64_C(1) << senses[i].klass;
  for (int32_t i = 0; i < entry->length; i++)
    if (chars[i] >= '0' && chars[i] <= '9')
      entry->flags |= CZ_WORD_DIGIT;
  if (entry->length > 2 && chars[entry->length - 1] == u'比')
    entry->flags |= CZ_WORD_RATIO;
}

/* Adds a sense that the word does not have yet; false when it has as many as can be counted. */
static bool enter_sense(cz_word *entry, cz_sense *senses, const cz_sense *sense) {
  for (int32_t i = 0; i < entry->sense_count; i++)
    if (same_sense(&senses[entry->senses + (uint32_t)i], sense))
      return true;
  if (entry->sense_count == UINT16_MAX)
    return false;
  senses[entry->senses + entry->sense_count++] = *sense;
  entry->vocabularies |= sense->vocabulary;
  return true;
}

static bool fill_index(const cz_vocabulary *v, const sorted_word *sorted, char *block, const plan *p) {
  cz_word *words = (cz_word *)(void *)(block + p->words);
  cz_sense *senses = (cz_sense *)(void *)(block + p->senses);
  uint16_t *chars = (uint16_t *)(void *)(block + p->chars);
  uint32_t word_total = 0, sense_total = 0, char_total = 0, page_total = 1;
  for (size_t i = 0; i < v->word_count;) {
    const sorted_word *word = &sorted[i];
    cz_word *entry = &words[word_total];
    *entry = (cz_word){.chars = char_total, .senses = sense_total, .length = word->word->length};
    memcpy(chars + char_total, word->chars, entry->length * sizeof *chars);
    for (; i < v->word_count && same_word(word, &sorted[i]); i++)
      if (!enter_sense(entry, senses, &sorted[i].word->sense))
        return false;
    const cz_word *known = cz_index_find(&cz_builtin_index, word->chars, entry->length);
    for (uint32_t k = 0; known && k < known->sense_count; k++)
      if (!enter_sense(entry, senses, &cz_builtin_index.senses[known->senses + k]))
        return false;
    enter_beginning(entry, word->chars, block, p, &page_total);
    enter_properties(entry, word->chars, senses + entry->senses);
    word_total++;
    char_total += entry->length;
    sense_total += entry->sense_count;
  }
  return true;
}

cz_status cz_lexicon_extend(const cz_vocabulary *vocabulary, const cz_allocator *allocator,
                            cz_lexicon **out) {
  if (!out)
    return CZ_ERROR_ARGUMENT;
  *out = NULL;
  if (!vocabulary)
    return CZ_ERROR_ARGUMENT;
  cz_allocator memory = cz_allocator_or_libc(allocator);
  const size_t scratch = (vocabulary->word_count + 1) * sizeof(sorted_word);
  sorted_word *sorted = cz_allocate(&memory, scratch);
  if (!sorted)
    return CZ_ERROR_MEMORY;
  for (size_t i = 0; i < vocabulary->word_count; i++)
    sorted[i] = (sorted_word){vocabulary->chars + vocabulary->words[i].chars, &vocabulary->words[i]};
  qsort(sorted, vocabulary->word_count, sizeof *sorted, compare_words);

  const plan p = plan_block(vocabulary, sorted);
  char *block = cz_allocate(&memory, p.size);
  if (!block) {
    cz_release(&memory, sorted, scratch);
    return CZ_ERROR_MEMORY;
  }
  memset(block, 0, p.size);
  const bool fits = fill_index(vocabulary, sorted, block, &p);
  cz_release(&memory, sorted, scratch);
  if (!fits) {
    cz_release(&memory, block, p.size);
    return CZ_ERROR_SIZE;
  }
  fill_registries(vocabulary, block, &p);

  extended *made = (extended *)(void *)block;
  made->memory = memory;
  made->size = p.size;
  made->index = (cz_index){.page_of = (const uint8_t *)(block + p.page_of),
                           .pages = (const uint8_t *)(block + p.pages),
                           .roots = (const uint16_t *)(const void *)(block + p.roots),
                           .pairs = (const uint32_t *)(const void *)(block + p.pairs),
                           .words = (const cz_word *)(const void *)(block + p.words),
                           .word_count = (int32_t)p.distinct,
                           .chars = (const uint16_t *)(const void *)(block + p.chars),
                           .senses = (const cz_sense *)(const void *)(block + p.senses)};
  size_t node_count;
  if (!cz_trie_build(made->index.words, (uint32_t)p.distinct, made->index.chars, made->index.page_of,
                     (uint16_t *)(void *)(block + p.roots), &memory, &made->nodes, &node_count,
                     &made->node_capacity)) {
    cz_release(&memory, block, p.size);
    return CZ_ERROR_MEMORY;
  }
  made->index.nodes = made->nodes;
  const cz_lexicon *base = cz_lexicon_builtin();
  made->lexicon = (cz_lexicon){.index = &made->index,
                               .base = base,
                               .units = (const cz_unit *)(const void *)(block + p.units),
                               .indicators = (const cz_indicator *)(const void *)(block + p.indicators),
                               .regions = base->regions,
                               .unit_count = CZ_BUILTIN_UNITS + (int32_t)vocabulary->unit_count,
                               .indicator_count = CZ_BUILTIN_INDICATORS + vocabulary->new_indicators,
                               .region_count = base->region_count,
                               .version = base->version};
  *out = &made->lexicon;
  return CZ_OK;
}

void cz_lexicon_free(cz_lexicon *lexicon) {
  if (!lexicon || !lexicon->base)
    return;
  extended *made = (extended *)(void *)lexicon;
  cz_allocator memory = made->memory;
  cz_release(&memory, made->nodes, made->node_capacity * sizeof *made->nodes);
  cz_release(&memory, made, made->size);
}
