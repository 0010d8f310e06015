/* decoupling.c: does pressure grow with what drives it? */
#include <math.h>

#include "czcore/disparity.h"
#include "internal.h"

/* Between which of the two elasticities: 0 below, 1 within, 2 above. */
static int place_of(double elasticity, double weak, double strong) {
  return elasticity < weak ? 0 : elasticity <= strong ? 1 : 2;
}

static cz_decoupling state_of(double pressure, double driver, double weak, double strong) {
  static const cz_decoupling growing[] = {CZ_DECOUPLING_WEAK, CZ_DECOUPLING_EXPANSIVE_COUPLING,
                                          CZ_DECOUPLING_EXPANSIVE_NEGATIVE};
  static const cz_decoupling shrinking[] = {CZ_DECOUPLING_WEAK_NEGATIVE, CZ_DECOUPLING_RECESSIVE_COUPLING,
                                            CZ_DECOUPLING_RECESSIVE};
  double elasticity = pressure / driver;
  if (isnan(elasticity) || driver == 0 || !(weak <= strong))
    return CZ_DECOUPLING_NONE;
  if (driver > 0)
    return pressure < 0 ? CZ_DECOUPLING_STRONG : growing[place_of(elasticity, weak, strong)];
  return pressure > 0 ? CZ_DECOUPLING_STRONG_NEGATIVE : shrinking[place_of(elasticity, weak, strong)];
}

/* Given: growth of the pressure and of the driver, in one unit; the elasticities below which growth is weakly
 * decoupled and above which it is negatively so. Returned: elasticity and cz_decoupling. */
void cz_decoupling_plain(int64_t count, const double *const *in, double *const *out) {
  for (int64_t i = 0; i < count; i++) {
    out[0][i] = in[1][i] != 0 ? in[0][i] / in[1][i] : (double)NAN;
    out[1][i] = state_of(in[0][i], in[1][i], in[2][i], in[3][i]);
  }
}
