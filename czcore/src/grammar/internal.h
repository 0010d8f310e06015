/* grammar/internal.h: from sentences to quantities. The files, in the order in which a sentence passes them:
 *   outline.c   lines → headings, paragraphs, sections
 *   identify.c  whose report it is: title, region, year
 *   token.c     a sentence → tokens: words of the lexicon, numerals with their units, marks, other text
 *   quantity.c  one numeral with unit, scale, bound words → quantity
 *   role.c      date, label, threshold or statement
 *   measure.c   what a number says: level, growth, change, rank …, its sign, bound, scope
 *   subject.c   what a number is about; with noun.c (edges of noun phrases), coordination.c (A、B和C分别 …),
 * scope.c (全省第一) and registry.c (phrase → code) period.c    when: frames of sections, paragraphs,
 * sentences; kind and commitment qualitative.c goals without a number rows.c      quantities → table reader.c
 * the driver
 */
#ifndef CZCORE_GRAMMAR_INTERNAL_H
#define CZCORE_GRAMMAR_INTERNAL_H

#include <string.h>
#include <uchar.h>

#include "../base/internal.h"
#include "../lexicon/tables.h"
#include "../model/internal.h"
#include "czcore/lexicon.h"
#include "czcore/number.h"
#include "czcore/report.h"
#include "czcore/text.h"

/* One sentence is read at a time; longer ones are cut at a clause mark so that scratch memory stays bounded
 * and no text can make the reader quadratic. */
enum { CZ_SENTENCE_LIMIT = 4096, CZ_PHRASE_LIMIT = 64, CZ_REACH_LIMIT = 48 };

#define CZ_BIT(klass) (UINT64_C(1) << (klass))
#define CZ_HAS(token, klass) (((token)->classes & CZ_BIT(klass)) != 0)

typedef enum cz_token_type {
  CZ_TOKEN_TEXT,      /* characters that the lexicon does not know */
  CZ_TOKEN_WORD,      /* cue word */
  CZ_TOKEN_INDICATOR, /* name or alias of an indicator */
  CZ_TOKEN_REGION,
  CZ_TOKEN_NUMBER, /* a quantity */
  CZ_TOKEN_MARK    /* one punctuation character */
} cz_token_type;

typedef struct cz_token {
  int64_t begin, end; /* compact characters */
  uint64_t classes;   /* CZ_BIT(cue class) of a word */
  const cz_sense *senses;
  int32_t sense_count;
  int32_t quantity; /* index, for CZ_TOKEN_NUMBER */
  cz_token_type type;
  char16_t mark; /* for CZ_TOKEN_MARK */
} cz_token;

/* A piece of text made of up to four runs of compact characters: 新增 + 市级以上企业 + 研发机构. */
enum { CZ_PHRASE_RUNS = 4 };
typedef struct cz_phrase {
  int32_t count;
  struct {
    int32_t begin, end; /* a text has fewer than 2^31 characters; half the size keeps a quantity small */
  } runs[CZ_PHRASE_RUNS];
} cz_phrase;

typedef enum cz_special {
  CZ_SPECIAL_NONE,
  CZ_SPECIAL_SPAN,     /* 五年来, 近十年: a duration that sets the period */
  CZ_SPECIAL_YEAR,     /* 2020年 */
  CZ_SPECIAL_MONTH,    /* 2月 */
  CZ_SPECIAL_DAY,      /* 13日 */
  CZ_SPECIAL_RANK,     /* 第26位, 首位 */
  CZ_SPECIAL_STREAK,   /* 四连冠 */
  CZ_SPECIAL_ZERO,     /* 零新增, 清零 */
  CZ_SPECIAL_DIGITS,   /* 两位数 */
  CZ_SPECIAL_HALF,     /* 半数 */
  CZ_SPECIAL_FRACTION, /* 三分之二, 1/3 */
  CZ_SPECIAL_TIER      /* 第一方阵, 千亿级 */
} cz_special;

/* Everything known about one numeral while its sentence is read. */
typedef struct cz_quantity {
  int64_t begin, end;               /* the quote */
  int64_t number_begin, number_end; /* the numeral as written */
  cz_decimal lo, hi;                /* as written, unsigned; lo = hi unless a range */
  int32_t resolution;               /* power of ten of the last written place, in the written unit */
  bool range, ratio, ordinal, front, chinese, open_range;
  uint8_t special; /* cz_special */
  uint8_t unit_class;
  bool scaled; /* a scale word was written */
  int64_t scale_begin, scale_end;
  int32_t scale_power;
  int32_t unit_row;             /* units registry, -1 none */
  int64_t unit_begin, unit_end; /* base unit without scale */
  int64_t over_begin, over_end; /* written denominator: 立方米 of 微克/立方米; empty if none */
  const char *per;              /* composed denominator: "/年", "/人·月"; "" if none */
  bool unit_borrowed; /* the unit stands at the next number of the list: 10.6万、3.8万、3.3万平方公里 */
  uint8_t bound;      /* cz_bound */
  bool bound_before;  /* from a word before the number */
  bool bound_numeral; /* from 多, 余, 几 */
  bool negative;      /* a minus sign stands before the number */
  int32_t token;      /* index of its token */
  uint8_t role, measure, basis, relation, horizon, kind;
  int32_t main; /* row of the table, -1 */
  int8_t sign;
  bool subject_carried, period_assumed;
  bool flow;          /* counts what happened over the period: 新增, 累计, 建成 … */
  bool steady;        /* 稳定在, 每年: holds all through the period */
  bool cumulative;    /* 累计 */
  bool from;          /* the lower end of 从X提高到Y */
  bool average;       /* 年均 */
  int32_t than_token; /* 比, 较 … before the number, -1 */
  int32_t list_head;  /* index of the quantity that heads its list, -1 */
  int32_t list_index; /* place in that list */
  cz_phrase indicator, region, scope, stretch, commitment;
  cz_phrase more_indicators[7]; /* one number for several nouns */
  int32_t more_count;
  const char *indicator_prefix;            /* 城镇, 农村 where the text has 城乡; NULL */
  const char *indicator_suffix;            /* what the convention adds to the phrase: 增速, 比重; NULL */
  int32_t indicator_row;                   /* registry, -1 */
  int32_t region_row;                      /* registry of regions, -1: the report's own */
  int32_t region_code;                     /* of a named region */
  int32_t start_year, end_year, base_year; /* 0 none */
  int32_t start_month, end_month;          /* 0 none; -1..-4 quarters, -11, -12 halves */
  bool growth_unit;                        /* value was converted: 增长1.5倍 → 150 % */
  const char *unit_override; /* "%", "倍" where the guidelines prescribe the unit; NULL otherwise */
} cz_quantity;

/* What section, paragraph and sentence say about time and kind. */
typedef enum cz_mode { CZ_MODE_REVIEW, CZ_MODE_OUTLOOK } cz_mode;

typedef struct cz_frame {
  cz_mode mode;
  int32_t start, end; /* years; a plan frame has start < end */
  bool plan;          /* several years */
  bool target;        /* inside a list of headline targets */
} cz_frame;

typedef struct cz_section {
  int64_t begin, end; /* compact characters of the heading */
  int32_t level;
} cz_section;

typedef struct cz_line {
  int64_t begin, end;
  int32_t level; /* 0 = paragraph, 1… heading */
} cz_line;

/* A goal of the headline list, kept so that the text behind the list is known to speak of it. */
typedef struct cz_headline {
  int32_t indicator_row, year;
  uint8_t measure;
  cz_phrase indicator;
  double value; /* as written */
} cz_headline;

typedef struct cz_reader {
  /* Kept from one document to the next. */
  cz_allocator allocator;
  const cz_lexicon *lexicon;
  cz_report *report;
  cz_line *lines;
  size_t line_capacity;
  cz_token *tokens;
  size_t token_capacity;
  cz_quantity *quantities;
  size_t quantity_capacity;
  char *path_text; /* the path as one text, made when the path changes */
  size_t path_capacity;

  /* Of the document that is being read: all zero before it. cz_reader_read counts on `text` being the first.
   */
  cz_text text;
  const cz_report_options *options;
  int64_t first_row, first_sentence; /* rows that the tables held before */
  size_t line_count, token_count, quantity_count, path_size;

  int32_t year;        /* delivery year, 0 unknown */
  int32_t region_row;  /* -1 unknown */
  int32_t region_code; /* -1 unknown */
  bool national;

  cz_frame frame;           /* of the sentence's paragraph, as it stands */
  cz_frame paragraph_frame; /* what paragraphs start from */
  cz_frame section_frame;   /* of the section */
  cz_section path[4];       /* current headings, level 1 … 4; level 0 = none */
  int32_t sentence;         /* number of the current sentence */
  int32_t sentence_in_line; /* its place in the paragraph */
  cz_phrase last_subject;   /* for carry-over, also between sentences */
  cz_phrase last_region;
  int32_t last_region_row;
  int64_t row_fresh_begin, row_fresh_end; /* 新增 of the row of nouns that is being read */
  bool row_flow;
  cz_phrase parts[8]; /* A, B, C of A、B和C分别 …, for the list that parts_head heads */
  int32_t part_count, parts_head;
  bool parts_dual;     /* the two parts of 城乡…分别 */
  cz_phrase places[8]; /* regions of the same list */
  int32_t place_count;
  bool enumerated;  /* the section has come to its （一）… : measures, no longer goals */
  bool target_open; /* a list of targets goes on in the next paragraph */
  cz_headline headline[32];
  int32_t headline_count;
  cz_error *error;
} cz_reader;

/* ---- small helpers (token.c) ---- */
static inline bool cz_chars_equal(const uint16_t *chars, int64_t begin, int64_t end, const char16_t *word) {
  for (; begin < end && *word; begin++, word++)
    if (chars[begin] != *word)
      return false;
  return begin == end && !*word;
}

static inline bool cz_chars_start(const cz_reader *reader, int64_t begin, int64_t end, const char16_t *word) {
  for (; *word; begin++, word++)
    if (begin >= end || reader->text.chars[begin] != *word)
      return false;
  return true;
}

static inline bool cz_chars_end(const cz_reader *reader, int64_t begin, int64_t end, const char16_t *word) {
  int64_t length = 0;
  while (word[length])
    length++;
  return end - begin >= length && cz_chars_start(reader, end - length, end, word);
}
/* First occurrence of `word` inside [begin, end), -1 if none. */
int64_t cz_chars_find(const cz_reader *reader, int64_t begin, int64_t end, const char16_t *word);

/* First character of [begin, end) that has one of `bits`, or `end`. Eight are tried at a time, up to seven of
 * them beyond the end (CZ_TEXT_SLACK). */
static inline int64_t cz_next_of_kind(const uint8_t *kind, int64_t begin, int64_t end, uint8_t bits) {
  for (; begin < end; begin += 8) {
    const int64_t at = begin + cz_first_with(kind + begin, bits);
    if (at < begin + 8)
      return at < end ? at : end;
  }
  return end;
}

/* Whether one of two characters is among [begin, end). Looks at up to seven beyond. */
static inline bool cz_chars_hold(const uint16_t *chars, int64_t begin, int64_t end, char16_t a, char16_t b) {
  enum { STRIDE = 8 };
  uint16_t found = 0;
  for (int64_t at = begin; at < end; at += STRIDE)
    for (int i = 0; i < STRIDE; i++)
      found = (uint16_t)(found | (chars[at + i] == a) | (chars[at + i] == b));
  if (found)
    for (; begin < end; begin++)
      if (chars[begin] == a || chars[begin] == b)
        return true;
  return false;
}

/* Whether [begin, end) holds a character with which a quantity may begin: digits, Chinese numerals, 首 of
 * 首位, 双. */
static inline bool cz_may_hold_quantity(const cz_reader *reader, int64_t begin, int64_t end) {
  return cz_next_of_kind(reader->text.kind, begin, end, CZ_CHAR_DIGIT | CZ_CHAR_NUMERAL) < end ||
         cz_chars_hold(reader->text.chars, begin, end, u'首', u'双');
}
int16_t cz_token_value(const cz_token *token, int klass);
cz_phrase cz_phrase_of(int64_t begin, int64_t end);
void cz_phrase_add(cz_phrase *phrase, int64_t begin, int64_t end);
int64_t cz_phrase_length(const cz_phrase *phrase);
/* Copies up to `limit` characters; returns the number copied. */
int64_t cz_phrase_copy(const cz_reader *reader, const cz_phrase *phrase, uint16_t *out, int64_t limit);

/* ---- stages ---- */
CZ_MUST_CHECK cz_status cz_outline_read(cz_reader *reader);
CZ_MUST_CHECK cz_status cz_identify(cz_reader *reader);
CZ_MUST_CHECK cz_status cz_tokenize(cz_reader *reader, int64_t begin, int64_t end);
/* Reads a quantity whose numeral starts at `at`; `floor` is the first character that it may take in on the
 * left (a bound word). Returns the end of the quote, or 0 if no quantity is stated here. */
int64_t cz_quantity_read(const cz_reader *reader, int64_t at, int64_t floor, int64_t limit, cz_quantity *out);
void cz_role_assign(cz_reader *reader);
void cz_measure_assign(cz_reader *reader);
void cz_subject_assign(cz_reader *reader);
/* Registry row of an indicator phrase, -1 if unknown. */
int32_t cz_indicator_find(const cz_reader *reader, const cz_phrase *phrase);
void cz_period_section(cz_reader *reader, const cz_line *line);
void cz_period_paragraph(cz_reader *reader, const cz_line *line);
void cz_period_assign(cz_reader *reader);
CZ_MUST_CHECK cz_status cz_qualitative_read(cz_reader *reader);
CZ_MUST_CHECK cz_status cz_rows_emit(cz_reader *reader);

/* ---- the result (reader.c) ---- */
struct cz_report {
  cz_allocator allocator;
  cz_table *quantities, *sections, *sentences, *qualitative, *notes;
  char *title, *region;
  size_t title_size, region_size;
  char region_code[8];
  const char *level;
  int32_t year;
};

/* The columns of the five tables, in the order in which struct cz_report names them. */
enum { CZ_REPORT_TABLES = 5 };
typedef struct cz_report_fields {
  const cz_field *fields;
  int32_t count;
} cz_report_fields;
extern const cz_report_fields cz_report_columns[CZ_REPORT_TABLES];
/* Where the report keeps table `which` of that order. */
cz_table **cz_report_table(cz_report *report, int which);

/* Reads one document into the tables of reader->report, behind the rows that they have; `main` and `sentence`
 * count from the document's own first row and sentence. Sets title, region, level and year of the report,
 * whose former ones the caller has released with cz_report_clear. On failure the tables may hold some rows of
 * the document. The lines, tokens, quantities and path of the reader are scratch memory, kept for the next
 * document until cz_reader_release. */
CZ_MUST_CHECK cz_status cz_reader_read(cz_reader *reader, const char *bytes, int64_t byte_count,
                                       const cz_report_options *options, cz_error *error);
void cz_reader_release(cz_reader *reader);
/* Releases title and region. */
void cz_report_clear(cz_report *report);

CZ_MUST_CHECK cz_status cz_note(cz_reader *reader, const char *code, const char *message, int64_t compact);
CZ_MUST_CHECK cz_status cz_append_chars(cz_reader *reader, cz_table *table, int32_t column, int64_t begin,
                                        int64_t end);
int64_t cz_encode_chars(const cz_reader *reader, int64_t begin, int64_t end, char *out);
CZ_MUST_CHECK cz_status cz_append_phrase(cz_reader *reader, cz_table *table, int32_t column,
                                         const cz_phrase *phrase);

#endif
