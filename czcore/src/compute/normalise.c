/* normalise.c: figures of different units onto one scale, given the points of reference. */
#include "normalise.h"

#include "internal.h"

/* Given: value; the figures that become `lower` and `upper`; lower and upper. */
void cz_between_plain(int64_t count, const double *const *in, double *const *out) {
  for (int64_t i = 0; i < count; i++)
    out[0][i] = cz_between(in[0][i], in[1][i], in[2][i], in[3][i], in[4][i]);
}

/* Given: value, mean, standard deviation. A series that does not vary is 0 everywhere. */
void cz_standard_plain(int64_t count, const double *const *in, double *const *out) {
  for (int64_t i = 0; i < count; i++) {
    double deviation = in[0][i] - in[1][i];
    bool known = isfinite(in[0][i]) && in[2][i] >= 0;
    out[0][i] = !known ? (double)NAN : in[2][i] > 0 ? deviation / in[2][i] : 0;
  }
}
