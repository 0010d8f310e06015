/* isa.c: which implementation runs. */
#include "isa.h"

#if !defined(__STDC_NO_ATOMICS__)
#include <stdatomic.h>
#endif
#include <stdlib.h>
#include <string.h>

const cz_text_isa *const cz_text_isas[] = {
#if defined(CZ_HAS_X86)
    &cz_text_isa_avx512, &cz_text_isa_avx2,
#elif defined(CZ_HAS_NEON)
    &cz_text_isa_neon,
#endif
    &cz_text_isa_scalar, NULL};

static const cz_text_isa *choose(void) {
  const char *wanted = getenv("CZREPORT_ISA");
  const cz_text_isa *best = NULL;
  for (const cz_text_isa *const *isa = cz_text_isas; *isa; isa++) {
    if (!(*isa)->present())
      continue;
    if (!best)
      best = *isa;
    if (wanted && strcmp(wanted, (*isa)->name) == 0)
      return *isa;
  }
  return best;
}

/* Threads that come here first may all choose; they choose the same. */
const cz_text_isa *cz_text_isa_chosen(void) {
#if defined(__STDC_NO_ATOMICS__)
  return choose();
#else
  static _Atomic(const cz_text_isa *) chosen;
  const cz_text_isa *isa = atomic_load_explicit(&chosen, memory_order_acquire);
  if (!isa) {
    isa = choose();
    atomic_store_explicit(&chosen, isa, memory_order_release);
  }
  return isa;
#endif
}

const char *cz_text_isa_name(void) {
  return cz_text_isa_chosen()->name;
}
