/* text/isa.h: the two loops of the text stage that are written for several instruction sets. Everything else
 * walks over what they leave. */
#ifndef CZCORE_TEXT_ISA_H
#define CZCORE_TEXT_ISA_H

#include "internal.h"

/* Other compilers and machines have the scalar implementation. */
#if defined(__GNUC__) && defined(__x86_64__)
#define CZ_HAS_X86 1
#elif defined(__GNUC__) && defined(__AARCH64EL__)
#define CZ_HAS_NEON 1
#endif

/* Items behind the last of every column of a text that may be read and, while it is filled, written, so that
 * loops need not count the last few: eight characters by join, sixteen by the tokenizer. */
enum { CZ_TEXT_SLACK = 16 };

typedef struct cz_text_isa {
  const char *name;      /* as CZREPORT_ISA spells it */
  bool (*present)(void); /* on this machine */

  /* The structural index of bytes[0…size), which begin and end with whole characters: marks[0…*mark_count)
   * are the offsets of cz_text_index, for which there is room. False if the bytes are no UTF-8; what was
   * written is then of no use. */
  bool (*index)(const unsigned char *bytes, int64_t size, uint32_t *marks, int64_t *mark_count,
                int64_t *length);

  /* Decodes `count` characters of three bytes each, the first of which is code point `place` of the document.
   * `end` is the end of the document. The columns have room for CZ_TEXT_SLACK more. */
  void (*join)(const unsigned char *at, const unsigned char *end, int64_t count, uint32_t place,
               uint16_t *chars, uint32_t *places);
} cz_text_isa;

extern const cz_text_isa cz_text_isa_scalar, cz_text_isa_avx2, cz_text_isa_avx512, cz_text_isa_neon;

/* All that were compiled for this kind of machine, best first; NULL ends the list. The last one is scalar. */
extern const cz_text_isa *const cz_text_isas[];

/* The one in use. */
const cz_text_isa *cz_text_isa_chosen(void);

#endif
