/* decomposition.c: what a change is made of: index decomposition (LMDI-I) and shift-share. */
#include "lane.h"

/* ---- LMDI-I ---- */

/* (a - b) / ln(a / b), a where both are equal, 0 where one is 0. With d = (a - b) / b small, the quotient of
 * d and ln(1 + d) keeps all digits. NaN for figures below 0. */
static double log_mean(double a, double b) {
  if (!(a >= 0) || !(b >= 0))
    return (double)NAN;
  if (a == 0 || b == 0)
    return 0;
  if (a == b)
    return a;
  double d = (a - b) / b;
  return fabs(d) < 0.5 ? (a - b) / log1p(d) : (a - b) / (log(a) - log(b));
}

void cz_log_mean_plain(int64_t count, const double *const *in, double *const *out) {
  for (int64_t i = 0; i < count; i++)
    out[0][i] = log_mean(in[0][i], in[1][i]);
}

/* Effects of the factors on their product. Zeros as the limits of a small number that replaces them all (Ang
 * and Liu 2007; the cases of Ang, Zhang and Choi 1998): a product that appears or disappears is due to the
 * factors that do, in equal parts; all other factors, and all factors of products that are 0 at both times,
 * have no effect. */
void cz_lmdi_series(int64_t length, const cz_lane *lanes) {
  double before = 1, after = 1, zeros_before = 0, zeros_after = 0;
  bool defined = true;
  for (int64_t k = 0; k < length; k++) {
    double x0 = cz_real(&lanes[0], k), x1 = cz_real(&lanes[1], k);
    defined = defined && x0 >= 0 && x1 >= 0;
    zeros_before += x0 == 0;
    zeros_after += x1 == 0;
    before *= x0;
    after *= x1;
  }
  double mean = log_mean(after, before);
  for (int64_t k = 0; k < length; k++) {
    double x0 = cz_real(&lanes[0], k), x1 = cz_real(&lanes[1], k), effect = 0;
    if (zeros_before == 0 && zeros_after == 0)
      effect = mean * (fabs(x1 - x0) < 0.5 * x0 ? log1p((x1 - x0) / x0) : log(x1) - log(x0));
    else if (zeros_after == 0)
      effect = x0 == 0 ? after / zeros_before : 0;
    else if (zeros_before == 0)
      effect = x1 == 0 ? -before / zeros_after : 0;
    cz_set_real(&lanes[2], k, defined ? effect : (double)NAN);
  }
}

/* ---- shift-share ---- */

/* Given, for one industry: the region before and after, the nation before and after; all industries of the
 * nation before and after. Returned: national share, industry mix, regional shift. An industry that the
 * nation had not before has no growth; it has no part in the first two if the region had it not either. */
void cz_shift_share_plain(int64_t count, const double *const *in, double *const *out) {
  for (int64_t i = 0; i < count; i++) {
    double e0 = in[0][i], e1 = in[1][i], total = in[5][i] / in[4][i];
    double industry = in[3][i] / in[2][i];
    bool nothing = e0 == 0;
    bool known = in[4][i] > 0 && (nothing || in[2][i] > 0);
    out[0][i] = known ? e0 * (total - 1) : (double)NAN;
    out[1][i] = !known ? (double)NAN : nothing ? 0 : e0 * (industry - total);
    out[2][i] = !known ? (double)NAN : nothing ? e1 : e1 - e0 * industry;
  }
}
