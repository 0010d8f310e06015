/* subject.h: between measure.c and subject.c. */
#ifndef CZCORE_GRAMMAR_SUBJECT_H
#define CZCORE_GRAMMAR_SUBJECT_H

#include "internal.h"

/* What the words left of a number say; token indexes are -1 where the word is absent. */
typedef struct cz_context {
  int32_t zone_begin, zone_end; /* tokens of the noun phrase zone */
  bool after_number;            /* the zone begins right behind another number, without a mark */
  char16_t separator;           /* mark before the zone, 0 at the start of the sentence */
  int8_t direction;             /* +1 growth word, -1 decline word */
  int8_t compare;               /* 高于 +1, 低于 -1 */
  int8_t move;                  /* rank gained +1, lost -1 */
  bool reach, steady, average, yearly, each, all, from, than, rankverb, cumulative, post_verb, leading_yearly,
      per_head, grows;
  uint8_t basis, density, loose_bound;
  int32_t direction_token, reach_token, than_token, compare_token, commit_token, verb_token, time_token,
      adjacent;
  int32_t scope_begin, scope_end; /* 全省 of 全省第一 */
  int32_t body_begin, body_end;   /* 省均 of 高于省均1个百分点 */
  int32_t list_of;                /* quantity that heads the list this number stands in */
} cz_context;

cz_context cz_context_empty(void);

/* Fills indicator, region, scope, and what period.c needs to know about flow and base. */
void cz_subject_read(cz_reader *reader, cz_quantity *quantity, cz_context *context);
/* The same for a number that continues a list (分别增长4%、5.3%). */
void cz_subject_list(cz_reader *reader, cz_quantity *quantity, cz_context *context);
void cz_subject_threshold(cz_reader *reader, cz_quantity *quantity);
/* The indicators that tokens [begin, end) name, coordinated ones apart; returns how many, at most `limit`. */
int32_t cz_subject_phrases(cz_reader *reader, int32_t begin, int32_t end, cz_phrase *parts, int32_t limit);

#endif
