/* number/internal.h: what decimal.c and numeral.c share. */
#ifndef CZCORE_NUMBER_INTERNAL_H
#define CZCORE_NUMBER_INTERNAL_H

#include "czcore/number.h"

/* Nineteen nines: the largest mantissa, below 2^64. */
#define CZ_MANTISSA_LIMIT UINT64_C(9999999999999999999)

/* 10^power for 0 <= power <= 19. */
uint64_t cz_power_of_ten(int32_t power);

#endif
