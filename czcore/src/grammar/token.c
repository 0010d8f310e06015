/* token.c: a sentence → tokens. */
#include "../lexicon/internal.h"
#include "internal.h"

int64_t cz_chars_find(const cz_reader *reader, int64_t begin, int64_t end, const char16_t *word) {
  const uint16_t *chars = reader->text.chars;
  const uint16_t first = word[0], second = word[1];
  enum { STRIDE = 8 };
  /* Most stretches hold no such pair; a loop of fixed length without an exit says so quickly. It may look at
   * characters beyond the end (CZ_TEXT_SLACK). */
  for (; begin < end; begin += STRIDE) {
    uint16_t found = 0;
    if (second)
      for (int i = 0; i < STRIDE; i++)
        found = (uint16_t)(found | ((chars[begin + i] == first) & (chars[begin + i + 1] == second)));
    else
      for (int i = 0; i < STRIDE; i++)
        found = (uint16_t)(found | (chars[begin + i] == first));
    if (!found)
      continue;
    for (int64_t at = begin; at < begin + STRIDE && at < end; at++)
      if (chars[at] == first && cz_chars_start(reader, at, end, word))
        return at;
  }
  return -1;
}

int16_t cz_token_value(const cz_token *token, int klass) {
  for (int32_t i = 0; i < token->sense_count; i++)
    if (token->senses[i].vocabulary == CZ_WORD_CUE && token->senses[i].klass == klass)
      return token->senses[i].value;
  return 0;
}

cz_phrase cz_phrase_of(int64_t begin, int64_t end) {
  cz_phrase phrase = {0};
  cz_phrase_add(&phrase, begin, end);
  return phrase;
}

void cz_phrase_add(cz_phrase *phrase, int64_t begin, int64_t end) {
  if (begin >= end || phrase->count == CZ_PHRASE_RUNS)
    return;
  if (phrase->count && phrase->runs[phrase->count - 1].end == begin) {
    phrase->runs[phrase->count - 1].end = (int32_t)end;
    return;
  }
  phrase->runs[phrase->count].begin = (int32_t)begin;
  phrase->runs[phrase->count].end = (int32_t)end;
  phrase->count++;
}

int64_t cz_phrase_length(const cz_phrase *phrase) {
  int64_t length = 0;
  for (int32_t i = 0; i < phrase->count; i++)
    length += phrase->runs[i].end - phrase->runs[i].begin;
  return length;
}

int64_t cz_phrase_copy(const cz_reader *reader, const cz_phrase *phrase, uint16_t *out, int64_t limit) {
  int64_t length = 0;
  for (int32_t i = 0; i < phrase->count; i++) {
    int64_t count = phrase->runs[i].end - phrase->runs[i].begin;
    if (count > limit - length)
      count = limit - length;
    if (count > 0)
      memcpy(out + length, reader->text.chars + phrase->runs[i].begin, (size_t)count * sizeof *out);
    length += count > 0 ? count : 0;
  }
  return length;
}

/* Room is made for a whole sentence at once: it has no more tokens than characters. */
static bool reserve_tokens(cz_reader *reader, int64_t count) {
  void *block = reader->tokens;
  if (!cz_reserve(&reader->allocator, &block, &reader->token_capacity, (size_t)count, sizeof *reader->tokens))
    return false;
  reader->tokens = block;
  return true;
}

static bool reserve_quantity(cz_reader *reader) {
  void *block = reader->quantities;
  if (!cz_reserve(&reader->allocator, &block, &reader->quantity_capacity, reader->quantity_count + 1,
                  sizeof *reader->quantities))
    return false;
  reader->quantities = block;
  return true;
}

/* A short county name means the county only in reports of its own city or province; elsewhere 和平 is peace.
 */
static bool region_applies(const cz_reader *reader, const cz_sense *sense) {
  if (sense->klass == 0)
    return true;
  if (sense->value <= 2)
    return true;
  const cz_region *region = cz_lexicon_region(reader->lexicon, sense->row);
  if (!region || reader->region_code <= 0)
    return false;
  int32_t own = reader->region_code;
  if (own % 10000 == 0)
    return false; /* county names are too many for a province's report */
  return own % 100 == 0 ? region->code / 100 == own / 100 : region->code == own;
}

static uint64_t classes_of(const cz_hit *hit) {
  uint64_t classes = 0;
  for (int32_t i = 0; i < hit->sense_count; i++)
    if (hit->senses[i].vocabulary == CZ_WORD_CUE)
      classes |= CZ_BIT(hit->senses[i].klass);
  return classes;
}

/* Is the word 增长, or a noun of growth such as 增速, 涨幅? */
static bool says_growth(const cz_reader *reader, int64_t at, int32_t length) {
  cz_hit hit;
  if (!cz_lexicon_exact(reader->lexicon, reader->text.chars + at, length, CZ_WORD_CUE, &hit))
    return false;
  if (cz_chars_equal(reader->text.chars, at, at + length, u"增长"))
    return true;
  return (classes_of(&hit) & CZ_BIT(CZ_CUE_GROWTHNOUN)) != 0;
}

/* Characters of a word of growth that ends the word at `at`: 经济增长, 经济增速 are known as names, but the
 * growing must stay a word of its own. 0 if there is none. */
static int32_t growth_of(const cz_reader *reader, int64_t at, const cz_match *match) {
  if (!reader->lexicon->base)
    return match->node->flags / CZ_WORD_GROWTH;
  for (int32_t tail = 4; tail >= 2; tail--) /* words of growth may have been added */
    if (match->length > tail && says_growth(reader, at + match->length - tail, tail))
      return tail;
  return 0;
}

static int64_t word_at(const cz_reader *reader, int64_t at, int64_t end, cz_token *token);

/* Token of a word that the lexicon has found, or length 0 if it means nothing here. Writes nothing then. */
static int64_t token_of(const cz_reader *reader, int64_t at, int64_t end, const cz_match *match,
                        cz_token *token) {
  if (!match->node)
    return 0;
  const cz_node *word = match->node;
  const int32_t length = match->length;
  const uint32_t vocabularies = word->word >> CZ_NUMBER_BITS;
  const bool indicator = (vocabularies & CZ_WORD_INDICATOR) != 0;
  bool region = false;
  if (vocabularies & CZ_WORD_REGION)
    for (int32_t i = 0; i < word->sense_count; i++)
      region |= match->senses[i].vocabulary == CZ_WORD_REGION && region_applies(reader, &match->senses[i]);
  /* Every digit of a text belongs to a quantity, so words such as PM2.5 are left to quantity.c. */
  if ((!word->classes && !indicator && !region) || (word->flags & CZ_WORD_DIGIT))
    return 0;
  /* 城乡居民收入比2010年翻一番: 比 compares, although 收入比 is a word */
  if ((word->flags & CZ_WORD_RATIO) && at + length < end) {
    const uint16_t next = reader->text.chars[at + length];
    if ((reader->text.kind[at + length] & CZ_CHAR_DIGIT) || next == u'上' || next == u'去' || next == u'前' ||
        next == u'全' || next == u'年')
      return word_at(reader, at, at + length - 1, token);
  }
  const int32_t growth = indicator ? growth_of(reader, at, match) : 0;
  if (growth)
    return word_at(reader, at, at + length - growth, token);
  token->begin = at;
  token->end = at + length;
  token->classes = word->classes;
  token->senses = match->senses;
  token->sense_count = word->sense_count;
  token->quantity = -1;
  token->type = region && !(word->classes & ~CZ_BIT(CZ_CUE_TEXT)) ? CZ_TOKEN_REGION
                : indicator                                       ? CZ_TOKEN_INDICATOR
                                                                  : CZ_TOKEN_WORD;
  token->mark = 0;
  return length;
}

enum { WORDS = CZ_WORD_CUE | CZ_WORD_INDICATOR | CZ_WORD_REGION };

static int64_t word_at(const cz_reader *reader, int64_t at, int64_t end, cz_token *token) {
  const cz_match match = cz_lexicon_match(reader->lexicon, reader->text.chars + at, end - at, WORDS);
  return token_of(reader, at, end, &match, token);
}

/* Inside “…” of a name words are not cues: “高效办成一件事”. Plans (“十四五”) and numerals stay what they
 * are. Returns the place of the closing mark, or 0. */
static int64_t quoted_name_end(const cz_reader *reader, int64_t at, int64_t end) {
  char16_t open = (char16_t)reader->text.chars[at];
  char16_t close = open == u'“' ? u'”' : open == u'《' ? u'》' : 0;
  if (!close)
    return 0;
  for (int64_t i = at + 1; i < end && i - at <= 26; i++) {
    char16_t c = (char16_t)reader->text.chars[i];
    if (c == close)
      return i;
    if (reader->text.kind[i] & (CZ_CHAR_CLAUSE | CZ_CHAR_SENTENCE | CZ_CHAR_SEMICOLON))
      return 0;
    if (c == u'%')
      return 0;
  }
  return 0;
}

static bool is_mark(const cz_text *text, int64_t at) {
  const uint8_t kind = text->kind[at];
  const uint16_t c = text->chars[at];
  if (kind & (CZ_CHAR_CLAUSE | CZ_CHAR_SENTENCE | CZ_CHAR_SEMICOLON | CZ_CHAR_PAUSE))
    return true;
  if (c >= 0x3000 && c < 0xFF00)
    return false;
  return c == u'：' || c == u':' || c == u'—' || c == u'―' || c == u'─' || c == u'…' || c == u'|';
}

/* The mark that stands for all its widths, and 。 for all that ends a sentence. */
static char16_t mark_of(uint16_t c) {
  switch (c) {
  case u',':
    return u'，';
  case u';':
    return u'；';
  case u':':
    return u'：';
  case u'!':
  case u'?':
  case u'！':
  case u'？':
    return u'。';
  default:
    return c;
  }
}

/* Bound words that touch the numeral on its left become part of the quote: 突破1万亿元, 控制在3%以内. */
static void take_bound_words(cz_reader *reader, cz_quantity *quantity) {
  while (reader->token_count) {
    const cz_token *last = &reader->tokens[reader->token_count - 1];
    if (last->type != CZ_TOKEN_WORD || last->end != quantity->begin || !CZ_HAS(last, CZ_CUE_BOUND))
      return;
    /* 高于, 低于 and their like compare when something stands between; touching a number they bound it. */
    int16_t bound = cz_token_value(last, CZ_CUE_BOUND);
    if (quantity->bound == CZ_BOUND_NONE || (quantity->bound_numeral && bound != CZ_BOUND_ABOUT)) {
      quantity->bound = (uint8_t)bound;
      quantity->bound_before = true;
      quantity->bound_numeral = false;
    }
    quantity->begin = last->begin;
    reader->token_count--;
  }
}

/* A clause: from any place in it to its closing mark, and whether a quantity may stand there. */
typedef struct clause_span {
  int64_t begin, end;
  bool numeral;
} clause_span;

/* `rare`: the sentence holds 首 or 双. */
static clause_span clause_from(const cz_reader *reader, int64_t begin, int64_t end, bool rare) {
  const uint8_t *kind = reader->text.kind;
  const int64_t stop =
      cz_next_of_kind(kind, begin, end, CZ_CHAR_CLAUSE | CZ_CHAR_SEMICOLON | CZ_CHAR_SENTENCE);
  const bool numeral = cz_next_of_kind(kind, begin, stop, CZ_CHAR_DIGIT | CZ_CHAR_NUMERAL) < stop;
  return (clause_span){begin, stop, numeral || (rare && cz_may_hold_quantity(reader, begin, stop))};
}

/* A stretch of a clause, 64 characters at most, and where reading it must stop to look. */
typedef struct window {
  int64_t begin, end;
  uint64_t places; /* bit k: a word may start at begin + k, or something else that is not plain text */
  cz_beginnings words;
} window;

/* Without a branch for a character: whether a word starts cannot be foreseen, and a wrong guess costs more
 * than the question. */
static void open_window(const cz_reader *reader, int64_t at, int64_t end, window *w) {
  const uint16_t *chars = reader->text.chars + at;
  const uint8_t *kind = reader->text.kind + at;
  const int count = end - at < 64 ? (int)(end - at) : 64;
  w->begin = at;
  w->end = at + count;
  cz_lexicon_beginnings(reader->lexicon, chars, count, WORDS, &w->words);
  uint64_t places = 0;
  for (int i = 0; i < count; i++) {
    /* Where no word starts, the others can only be text: ideographs that begin no quantity. */
    const uint32_t c = chars[i];
    const bool odd =
        (kind[i] != 0) | (c - 0x3400 > 0x9FFF - 0x3400) | (c == u'第') | (c == u'翻') | (c == u'上');
    places |= (uint64_t)odd << i;
  }
  w->places = places | w->words.starts;
}

static void push_text(cz_reader *reader, int64_t begin, int64_t end) {
  cz_token *last = reader->token_count ? &reader->tokens[reader->token_count - 1] : NULL;
  if (last && last->type == CZ_TOKEN_TEXT && last->end == begin)
    last->end = end;
  else
    reader->tokens[reader->token_count++] =
        (cz_token){.begin = begin, .end = end, .type = CZ_TOKEN_TEXT, .quantity = -1};
}

/* 超, 近, 约, 有, 共 … mean a bound or a level only right before a number: 商超, 附近, 条约. */
static bool stands_for_nothing(const cz_text *text, int64_t at, int64_t end) {
  const uint16_t c = text->chars[at];
  if (c == u'达' || c == u'为' || c == u'是' || c == u'至' || c == u'到' || c == u'在' || at + 1 >= end)
    return false;
  return !(text->kind[at + 1] & (CZ_CHAR_DIGIT | CZ_CHAR_NUMERAL)) && text->chars[at + 1] != u'上' &&
         text->chars[at + 1] != u'“';
}

/* The word at `at` of the window, in `token`; its length, 0 if it means nothing here. */
static int64_t take_word(const cz_reader *reader, const window *w, int64_t at, int64_t end, bool quoted,
                         cz_token *token) {
  const cz_lexicon *lexicon = reader->lexicon;
  const uint16_t *chars = reader->text.chars + at;
  const cz_match match =
      lexicon->base ? cz_lexicon_match(lexicon, chars, end - at, WORDS)
                    : cz_lexicon_match_at(lexicon, chars, end - at, WORDS, w->words.pairs[at - w->begin]);
  const int64_t length = token_of(reader, at, end, &match, token);
  const uint64_t touching = CZ_BIT(CZ_CUE_BOUND) | CZ_BIT(CZ_CUE_REACH);
  if (length == 1 && (token->classes & touching) && stands_for_nothing(&reader->text, at, end)) {
    token->classes &= ~touching;
    if (!token->classes)
      return 0;
  }
  if (length && quoted && token->type != CZ_TOKEN_INDICATOR) {
    const uint64_t kept = CZ_BIT(CZ_CUE_PLAN) | CZ_BIT(CZ_CUE_FIRST) | CZ_BIT(CZ_CUE_ZEROWORD) |
                          CZ_BIT(CZ_CUE_CLEAR) | CZ_BIT(CZ_CUE_HALF) | CZ_BIT(CZ_CUE_DIGITS) |
                          CZ_BIT(CZ_CUE_TEXT);
    if (!(token->classes & kept))
      return 0;
  }
  return length;
}

/* Reads the quantity at `at`, where a word of `length` characters with these classes stands; false if there
 * is none. *at becomes its end. */
static bool take_quantity(cz_reader *reader, int64_t *at, int64_t floor, int64_t end, int64_t length,
                          const cz_token *word) {
  const uint64_t classes = length ? word->classes : 0;
  const bool plain_word = length && word->type == CZ_TOKEN_WORD;
  cz_quantity *quantity = &reader->quantities[reader->quantity_count];
  if (!cz_quantity_read(reader, *at, floor, end, quantity))
    return false;
  if (quantity->end <= *at + length && (classes & CZ_BIT(CZ_CUE_TEXT)) &&
      !(reader->text.kind[*at] & CZ_CHAR_DIGIT))
    return false;
  if (quantity->end < *at + length && !plain_word)
    return false;
  /* Give back what the quote takes from tokens on its left (前10位, PM2.5, “253”). */
  while (reader->token_count && reader->tokens[reader->token_count - 1].end > quantity->begin) {
    cz_token *last = &reader->tokens[reader->token_count - 1];
    if (last->begin >= quantity->begin)
      reader->token_count--;
    else
      last->end = quantity->begin;
  }
  if (quantity->special != CZ_SPECIAL_RANK || quantity->front)
    take_bound_words(reader, quantity);
  if (quantity->bound == CZ_BOUND_NONE)
    quantity->bound = quantity->range ? CZ_BOUND_BETWEEN : CZ_BOUND_EQ;
  quantity->token = (int32_t)reader->token_count;
  reader->tokens[reader->token_count++] = (cz_token){.begin = quantity->begin,
                                                     .end = quantity->end,
                                                     .type = CZ_TOKEN_NUMBER,
                                                     .quantity = (int32_t)reader->quantity_count};
  reader->quantity_count++;
  *at = quantity->end;
  return true;
}

cz_status cz_tokenize(cz_reader *reader, int64_t begin, int64_t end) {
  reader->token_count = 0;
  reader->quantity_count = 0;
  const cz_text *text = &reader->text;
  int64_t at = begin, quote_end = 0;
  int64_t clause = begin;             /* where the next clause starts */
  clause_span next = {-1, -1, false}; /* that clause, where it was looked at already */
  window w;
  w.begin = w.end = begin;
  int64_t floor = begin; /* a quote must not reach back into the quantity before it */
  if (!reserve_tokens(reader, end - begin + 1))
    return CZ_ERROR_MEMORY;
  /* Words matter where a number is near: in its clause, in the one before it, and at the sentence's start.
   * Lists of goals are read whole. */
  const bool rare = cz_chars_hold(text->chars, begin, end, u'首', u'双');
  const bool whole = reader->frame.target || cz_chars_find(reader, begin, end, u"目标") >= 0;
  while (at < end) {
    if (at >= clause) {
      const clause_span here = next.begin == at ? next : clause_from(reader, at, end, rare);
      if (!whole && !here.numeral && at > begin && here.end < end) {
        next = clause_from(reader, here.end + 1, end, rare);
        if (!next.numeral)
          at = here.end;
      }
      clause = here.end + 1;
    }
    if (at >= w.end)
      open_window(reader, at, clause < end ? clause : end, &w);
    const uint64_t ahead = w.places >> (at - w.begin);
    if (!(ahead & 1)) {
      const int64_t from = at;
      at = ahead ? at + cz_lowest_bit(ahead) : w.end;
      push_text(reader, from, at);
      continue;
    }
    const uint8_t kind = text->kind[at];
    const uint16_t c = text->chars[at];
    if (at > quote_end && (kind & CZ_CHAR_BRACKET))
      quote_end = quoted_name_end(reader, at, end);
    cz_token *token = &reader->tokens[reader->token_count];
    int64_t length = 0;
    bool numeral = (kind & (CZ_CHAR_DIGIT | CZ_CHAR_NUMERAL)) || c == u'第' || c == u'翻' || c == u'上';
    if ((w.words.starts >> (at - w.begin) & 1) && !(kind & CZ_CHAR_DIGIT)) {
      length = take_word(reader, &w, at, end, at < quote_end, token);
      const uint64_t stating = CZ_BIT(CZ_CUE_FIRST) | CZ_BIT(CZ_CUE_ZEROWORD) | CZ_BIT(CZ_CUE_CLEAR) |
                               CZ_BIT(CZ_CUE_HALF) | CZ_BIT(CZ_CUE_DIGITS);
      numeral |= length && (token->classes & stating);
    }
    if (numeral) {
      if (!reserve_quantity(reader))
        return CZ_ERROR_MEMORY;
      if (take_quantity(reader, &at, floor, end, length, token)) {
        floor = at;
        continue;
      }
    }
    if (length <= 1 && is_mark(text, at) && !(at < quote_end && c == u'、')) {
      *token =
          (cz_token){.begin = at, .end = at + 1, .type = CZ_TOKEN_MARK, .mark = mark_of(c), .quantity = -1};
      reader->token_count++;
      at++;
    } else if (length) {
      reader->token_count++;
      at += length;
    } else {
      push_text(reader, at, at + 1);
      at++;
    }
  }
  /* A quote may have taken tokens away: say again where each quantity stands. */
  for (size_t i = 0; i < reader->token_count; i++)
    if (reader->tokens[i].type == CZ_TOKEN_NUMBER)
      reader->quantities[reader->tokens[i].quantity].token = (int32_t)i;
  return CZ_OK;
}
