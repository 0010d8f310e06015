/* noun.h: noun phrases, between noun.c, coordination.c, scope.c and subject.c. */
#ifndef CZCORE_GRAMMAR_NOUN_H
#define CZCORE_GRAMMAR_NOUN_H

#include "subject.h"

/* A noun phrase and what governs it. Token indexes count in reader->tokens. */
typedef struct cz_noun {
  int32_t first, last; /* tokens [first, last) of the phrase proper */
  cz_phrase phrase;
  cz_phrase region;
  int32_t region_row;
  bool fresh; /* 新增 stands before it */
  int64_t fresh_begin, fresh_end;
  bool governed;  /* a verb governs it: 建成36个 …, a flow */
  bool falling;   /* 减少, 降低 governs it */
  bool fell;      /* a word of decline governs it: 压减收费项目60% */
  bool part;      /* 其中 */
  bool verb_last; /* the verb touches the number */
  bool counted;   /* the number counts: 总投资超20亿元的|重大项目15个 */
} cz_noun;

static inline const cz_token *cz_token_at(const cz_reader *reader, int32_t index) {
  return &reader->tokens[index];
}

static inline bool cz_word_has(const cz_reader *reader, int32_t index, int klass) {
  const cz_token *token = cz_token_at(reader, index);
  return token->type == CZ_TOKEN_WORD && CZ_HAS(token, klass);
}

static inline bool cz_mark_at(const cz_reader *reader, int32_t index, char16_t mark) {
  return cz_token_at(reader, index)->type == CZ_TOKEN_MARK && cz_token_at(reader, index)->mark == mark;
}

/* ---- noun.c ---- */
/* May the token not stand at the left (right) edge of a noun phrase? */
bool cz_strips_left(const cz_reader *reader, int32_t index);
bool cz_strips_right(const cz_reader *reader, int32_t index);
/* The noun phrase in tokens [begin, end) before a number. `touches`: the zone ends at the number; `list`: it
 * may name several things (A、B和C分别 …); `counts`: the number counts what is named. */
cz_noun cz_noun_before(const cz_reader *reader, int32_t begin, int32_t end, bool touches, bool list,
                       bool counts);
/* Is the noun nothing but a place other than the report's own? Then gives it as out->region. */
bool cz_place_named(const cz_reader *reader, const cz_noun *noun, cz_noun *out);
/* The counted noun behind a number: 实施6个|历史文化修缮项目. */
cz_noun cz_noun_behind(const cz_reader *reader, const cz_quantity *quantity);

/* ---- registry.c ---- */
/* Row of the indicator whose name or alias is exactly chars[0..n), -1 if there is none. */
int32_t cz_indicator_exact(const cz_reader *reader, const uint16_t *chars, int64_t n);

/* ---- coordination.c ---- */
bool cz_phrase_same(const cz_reader *reader, const cz_phrase *a, const cz_phrase *b);
bool cz_modifier_exchange(const cz_reader *reader, const cz_phrase *earlier, const cz_phrase *modifier,
                          cz_phrase *out);
bool cz_phrase_ends(const cz_reader *reader, const cz_phrase *phrase, const char16_t *word);
/* The first `head_length` characters of `head` and `tail` without its first `tail_skip`. */
cz_phrase cz_phrase_join(const cz_phrase *head, int64_t head_length, const cz_phrase *tail,
                         int64_t tail_skip);
int32_t cz_list_length(const cz_reader *reader, const cz_quantity *quantity);
int32_t cz_noun_split(const cz_reader *reader, const cz_noun *source, cz_phrase *parts, int32_t limit,
                      bool at_connectors);
int32_t cz_places_read(const cz_reader *reader, int32_t begin, int32_t end, cz_phrase *places, int32_t limit,
                       int32_t *next);
bool cz_head_complete(const cz_reader *reader, const cz_phrase *head, const cz_phrase *tail, cz_phrase *out);
void cz_parts_complete(const cz_reader *reader, cz_phrase *parts, int32_t count);

/* ---- scope.c ---- */
void cz_scope_read(const cz_reader *reader, cz_quantity *quantity, const cz_context *context);
/* 中国先进制造业城市|第17位: the body that a ranking's own name states; empty if none. */
cz_phrase cz_scope_of_name(const cz_reader *reader, const cz_phrase *name);

#endif
