"""Regions compared: inequality, convergence, what changes are made of, and paths of a plan.

Figures are numbers, arrays, pandas Series or anything that NumPy can convert; measures of inequality take an
axis, so that a panel gives one number per year. Populations are weights: what has weight 0 is not looked at.
Missing figures are NaN; ``missing="nan"`` (as a rule the default) makes the result NaN, ``"omit"`` leaves
them out, ``"raise"`` refuses. What is undefined is NaN and no warning is given. Formulas, sources and the
table of edges are in docs/index.md.

Examples
--------
>>> from czreport import disparity
>>> disparity.gini([10.0, 10.0, 10.0, 20.0, 50.0])
0.36
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np

from . import _core
from .index import Array, Missing, _array, _axes, _float, _one_of, _ranks, _refuse_missing, _weights
from .printed import _UFUNCS, _apply, _plain

__all__ = [
    "DECOUPLING", "Beta", "Dagum", "Decoupling", "GoalPath", "ShiftShare", "TheilGroups", "atkinson",
    "beta_convergence", "dagum", "decoupling", "delta_convergence", "gamma_convergence", "gini", "goal_path",
    "hoover", "lmdi", "log_mean", "shift_share", "sigma_convergence", "theil", "theil_groups", "variation",
    "williamson",
]  # fmt: skip

#: Tapio's states by code; -1 where there is none.
DECOUPLING = (
    "strong_decoupling", "weak_decoupling", "expansive_coupling", "expansive_negative_decoupling",
    "recessive_decoupling", "recessive_coupling", "weak_negative_decoupling", "strong_negative_decoupling",
)  # fmt: skip

Theil: TypeAlias = Literal["T", "L"]


class TheilGroups(NamedTuple):
    """Theil's measure, its parts, and of every group its own measure and its share."""

    total: float
    between: float
    within: float
    groups: tuple[Any, ...]
    measures: Array
    shares: Array


class Dagum(NamedTuple):
    """Gini coefficient, its parts, and the coefficients of groups (diagonal) and between two groups."""

    total: float
    within: float
    between: float
    transvariation: float
    groups: tuple[Any, ...]
    ginis: Array


class Beta(NamedTuple):
    """Regression of growth on the initial level."""

    intercept: float
    slope: float
    stderr: float
    r_squared: float
    speed: float
    half_life: float
    n: int


class ShiftShare(NamedTuple):
    """Parts of the change by industry, and the effects as ratios for all industries together."""

    national: Any
    industry: Any
    regional: Any
    industry_ratio: float
    regional_ratio: float
    net_ratio: float


class Decoupling(NamedTuple):
    """Elasticity and the code of the state, a position in :data:`DECOUPLING`."""

    elasticity: Any
    state: Any


class GoalPath(NamedTuple):
    """Drawn paths, their quantiles, and the share of those that meet the goal at the end."""

    paths: Array
    quantiles: Array
    probability: float


# ---- inequality ----


def _prepared(values: Any, weights: Any, axis: int, missing: str) -> tuple[Array, Array]:
    """Values with the axis last, and a weight for each; missing ones that are left out have none."""
    array = _array(values, "values", 1)
    (along,) = _axes(axis, array.ndim)
    array = np.ascontiguousarray(np.moveaxis(array, along, -1))
    if weights is None:
        used = np.ones(array.shape)
    else:
        given = _float(weights, "weights")
        if given.ndim == array.ndim:
            given = np.moveaxis(given, along, -1)
        try:
            used = np.broadcast_to(given, array.shape)
        except ValueError:
            raise ValueError(f"weights of shape {np.shape(weights)} do not fit the values") from None
        if given.size and np.nanmin(given, initial=0) < 0:
            raise ValueError("weights must not be below 0")
    absent = (np.isnan(array) & ~(used == 0)) | np.isnan(used)
    _refuse_missing(np.where(absent, np.nan, 0.0), missing, ("nan", "omit", "raise"))
    if missing == "omit":
        used = np.where(absent, 0.0, used)
    return array, used


def _order(array: Array) -> Any:
    return _UFUNCS["order"](array, np.zeros(array.shape[-1], np.int8))


def gini(values: Any, weights: Any = None, *, axis: int = -1, missing: Missing = "nan") -> Any:
    """Gini coefficient.

    Parameters
    ----------
    values : array_like
        Figures per head, not negative, along an axis.
    weights : array_like, optional
        Populations, not negative; of the axis or of all values.
    axis : int
        What is compared.
    missing : str
        See the module's text.

    Returns
    -------
    float or array
        ``sum of w w' |x - x'| / (2 W^2 mean)``: 0 to 1 - w_min / W. NaN for negative figures and where there
        is nothing to share. Not corrected for small numbers; times n / (n - 1) for that.

    References
    ----------
    Gini, C. (1912). Variabilità e mutabilità. Cuppini, Bologna.

    Examples
    --------
    >>> from czreport import disparity
    >>> disparity.gini([0.0, 0.0, 1.0, 1.0])
    0.5
    """
    array, used = _prepared(values, weights, axis, missing)
    return _plain(_UFUNCS["gini"](array, used, _order(array)))


def theil(
    values: Any, weights: Any = None, kind: Theil = "T", *, axis: int = -1, missing: Missing = "nan"
) -> Any:
    """Theil's T or L (mean logarithmic deviation).

    Parameters
    ----------
    values, weights, axis, missing
        As of :func:`gini`.
    kind : str
        ``T``: ``sum of w/W x/m ln(x/m)``. ``L``: ``sum of w/W ln(m/x)``.

    Returns
    -------
    float or array
        0 ln 0 is 0; L is infinite if a figure is 0. NaN as for :func:`gini`.

    References
    ----------
    Theil, H. (1967). Economics and Information Theory. North-Holland.

    Examples
    --------
    >>> from czreport import disparity
    >>> round(disparity.theil([1.0, 3.0]), 12), round(disparity.theil([1.0, 3.0], kind="L"), 12)
    (0.130812035941, 0.143841036226)
    """
    _one_of(kind, ("T", "L"), "kind")
    return _plain(_UFUNCS[f"theil_{kind.lower()}"](*_prepared(values, weights, axis, missing)))


def atkinson(
    values: Any, weights: Any = None, aversion: float = 0.5, *, axis: int = -1, missing: Missing = "nan"
) -> Any:
    """Atkinson's measure.

    Parameters
    ----------
    values, weights, axis, missing
        As of :func:`gini`.
    aversion : float
        Aversion to inequality e, 0 and more.

    Returns
    -------
    float or array
        ``1 - (sum of w/W (x/m)^(1-e))^(1/(1-e))``, for e = 1 ``1 - exp(-L)``; 1 if a figure is 0 and e >= 1.

    References
    ----------
    Atkinson, A. B. (1970). On the measurement of inequality. J. Econ. Theory 2, 244-263.

    Examples
    --------
    >>> from czreport import disparity
    >>> round(disparity.atkinson([1.0, 4.0]), 12)
    0.1
    """
    array, used = _prepared(values, weights, axis, missing)
    return _plain(_UFUNCS["atkinson"](array, used, float(aversion)))


def hoover(values: Any, weights: Any = None, *, axis: int = -1, missing: Missing = "nan") -> Any:
    """Hoover's (Ricci-Schutz, Robin Hood) index: the part of the total that would have to change hands.

    Parameters
    ----------
    values, weights, axis, missing
        As of :func:`gini`.

    Returns
    -------
    float or array
        ``sum of w |x - m| / (2 W m)``.

    References
    ----------
    Hoover, E. M. (1936). The measurement of industrial localization. Rev. Econ. Stat. 18, 162-171.

    Examples
    --------
    >>> from czreport import disparity
    >>> disparity.hoover([1.0, 3.0])
    0.25
    """
    return _plain(_UFUNCS["hoover"](*_prepared(values, weights, axis, missing)))


def variation(
    values: Any, weights: Any = None, *, ddof: int = 0, axis: int = -1, missing: Missing = "nan"
) -> Any:
    """Coefficient of variation (变异系数), the standard deviation over the mean.

    Parameters
    ----------
    values, weights, axis, missing
        As of :func:`gini`; figures may have any sign.
    ddof : int
        Taken off the number of figures: 0 for the population, 1 for a sample.

    Returns
    -------
    float or array
        NaN where the mean is 0, and with `ddof` figures or fewer.

    Examples
    --------
    >>> from czreport import disparity
    >>> disparity.variation([1.0, 3.0])
    0.5
    """
    mean, deviation = _UFUNCS["moments"](*_prepared(values, weights, axis, missing), float(ddof))
    return _plain(_quotient(deviation, mean))


def _quotient(number: Any, base: Any) -> Any:
    """NaN for a base of 0, and no warning."""
    number, base = np.asarray(number), np.asarray(base)
    return np.divide(number, base, out=np.full(np.shape(number), np.nan), where=base != 0)[()]


def williamson(
    values: Any,
    population: Any,
    *,
    about: Literal["weighted", "simple"] = "weighted",
    axis: int = -1,
    missing: Missing = "nan",
) -> Any:
    """Williamson's index: the coefficient of variation of regions weighted by population.

    Parameters
    ----------
    values : array_like
        Figures per head.
    population : array_like
        Of the regions.
    about : str
        Where deviations are taken from: ``weighted``, the mean per head of all (Williamson); ``simple``, the
        mean of the regions, still over the mean per head (as the R package REAT does).
    axis, missing
        As of :func:`gini`.

    Returns
    -------
    float or array
        ``(sum of p/P (x - m)^2)^(1/2) / m``.

    References
    ----------
    Williamson, J. G. (1965). Regional inequality and the process of national development. Econ. Dev. Cult.
    Change 13(4), 1-84.

    Examples
    --------
    >>> from czreport import disparity
    >>> round(disparity.williamson([1.0, 3.0], [3.0, 1.0]), 12)
    0.57735026919
    """
    _one_of(about, ("weighted", "simple"), "about")
    array, used = _prepared(values, population, axis, missing)
    mean, deviation = (np.asarray(part) for part in _UFUNCS["moments"](array, used, 0.0))
    if about == "simple":
        simple = _UFUNCS["moments"](array, (used > 0).astype(np.float64), 0.0)[0]
        deviation = np.hypot(deviation, mean - simple)
    return _plain(_quotient(deviation, mean))


def _population(values: Any, groups: Any, weights: Any, missing: str) -> tuple[Any, Any, Any, Any]:
    array, used = _prepared(values, weights, -1, missing)
    labels = np.asarray(groups)
    if array.ndim != 1 or labels.shape != array.shape:
        raise ValueError("values and groups must be of one dimension and one length")
    if labels.dtype.kind == "U":
        labels = labels.astype(object)
    names = sorted(set(labels.tolist()), key=lambda name: (str(type(name)), name))
    codes = {name: code for code, name in enumerate(names)}
    return array, used, np.array([codes[name] for name in labels.tolist()], np.int64), tuple(names)


def theil_groups(
    values: Any, groups: Any, weights: Any = None, kind: Theil = "T", *, missing: Missing = "nan"
) -> TheilGroups:
    """Theil's T or L between groups and within them.

    Parameters
    ----------
    values : array_like
        Figures per head, of one dimension.
    groups : array_like
        The group of each: 东部, 中部, 西部.
    weights : array_like, optional
        Populations.
    kind, missing
        As of :func:`theil`.

    Returns
    -------
    TheilGroups
        ``total = between + within``; within is the sum of `measures` times `shares`, which are shares of
        income for T and of population for L. Groups are in sorted order.

    References
    ----------
    Shorrocks, A. F. (1980). The class of additively decomposable inequality measures. Econometrica 48,
    613-625.

    Examples
    --------
    >>> from czreport import disparity
    >>> parts = disparity.theil_groups([1.0, 1.0, 3.0, 3.0], ["w", "w", "e", "e"])
    >>> parts.within, round(parts.between, 12), parts.groups
    (0.0, 0.130812035941, ('e', 'w'))
    """
    _one_of(kind, ("T", "L"), "kind")
    array, used, codes, names = _population(values, groups, weights, missing)
    parts, measures, shares = _core.theil_groups(array, used, codes, len(names), 0 if kind == "T" else 1)
    total, between, within = parts.tolist()
    return TheilGroups(total, between, within, names, measures, shares)


def dagum(values: Any, groups: Any, weights: Any = None, *, missing: Missing = "nan") -> Dagum:
    """Dagum's decomposition of the Gini coefficient.

    Parameters
    ----------
    values, groups, weights, missing
        As of :func:`theil_groups`.

    Returns
    -------
    Dagum
        ``total = within + between + transvariation``: inequality within groups, between their means, and
        from the poor of rich groups being behind the rich of poor ones. `ginis` has groups by groups. Takes
        O(n log n + n groups).

    References
    ----------
    Dagum, C. (1997). A new approach to the decomposition of the Gini income inequality ratio. Empir. Econ.
    22, 515-531.

    Examples
    --------
    >>> from czreport import disparity
    >>> parts = disparity.dagum([1.0, 3.0, 2.0, 6.0], ["w", "w", "e", "e"])
    >>> [round(part, 6) for part in parts[:4]]
    [0.333333, 0.125, 0.166667, 0.041667]
    """
    array, used, codes, names = _population(values, groups, weights, missing)
    parts, ginis = _core.dagum(array, used, codes, len(names))
    total, within, between, transvariation = parts.tolist()
    return Dagum(total, within, between, transvariation, names, ginis)


# ---- convergence ----


def sigma_convergence(
    values: Any,
    measure: Literal["sd", "cv", "log_sd", "log_cv"] = "log_sd",
    *,
    ddof: int = 0,
    axis: int = -1,
    missing: Missing = "nan",
) -> Any:
    """Spread of regions in each period; σ convergence is its decline.

    Parameters
    ----------
    values : array_like
        Years by regions.
    measure : str
        Standard deviation or coefficient of variation, of the figures or of their logarithms.
    ddof : int
        Taken off the number of regions.
    axis : int
        That of the regions.
    missing
        As of :func:`gini`.

    Returns
    -------
    float or array
        One number per period. Logarithms of figures that are not above 0 count as missing.

    References
    ----------
    Barro, R. J., and Sala-i-Martin, X. (1992). Convergence. J. Polit. Econ. 100(2), 223-251.

    Examples
    --------
    >>> from czreport import disparity
    >>> disparity.sigma_convergence([[1.0, 3.0], [2.0, 3.0]], "sd")
    array([1. , 0.5])
    """
    _one_of(measure, ("sd", "cv", "log_sd", "log_cv"), "measure")
    array = _array(values, "values", 1)
    if measure.startswith("log"):
        array = np.log(array, out=np.full(array.shape, np.nan), where=array > 0)
    mean, deviation = _UFUNCS["moments"](*_prepared(array, None, axis, missing), float(ddof))
    return _plain(_quotient(deviation, mean) if measure.endswith("cv") else deviation)


def beta_convergence(
    first: Any,
    last: Any,
    years: float,
    *,
    speed: Literal["barro", "reat"] = "barro",
    missing: Literal["omit", "raise"] = "omit",
) -> Beta:
    """β convergence: do those that are behind grow faster?

    Parameters
    ----------
    first, last : array_like
        Figures of the regions at both ends, above 0.
    years : float
        The time between both, above 0.
    speed : str
        ``barro``: ``-ln(1 + slope * years) / years``. ``reat``: ``-ln(1 + slope) / years``, as the R package
        REAT has it for annual growth too.
    missing : str
        ``omit``: regions without both figures above 0 are left out.

    Returns
    -------
    Beta
        Least squares of ``ln(last / first) / years`` on ``ln(first)``: a negative slope is convergence.
        Speed and half-life (``ln 2 / speed``, in years) are NaN without convergence.

    References
    ----------
    Barro, R. J., and Sala-i-Martin, X. (1992). Convergence. J. Polit. Econ. 100(2), 223-251.

    Examples
    --------
    >>> from czreport import disparity
    >>> beta = disparity.beta_convergence([1.0, 2.0, 4.0], [2.0, 2.0, 2.0], 1)
    >>> round(beta.slope, 12), beta.n
    (-1.0, 3)
    """
    _one_of(speed, ("barro", "reat"), "speed")
    start, end = _array(first, "first", 1), _array(last, "last", 1)
    if start.ndim != 1 or start.shape != end.shape:
        raise ValueError("first and last must be of one dimension and one length")
    if not years > 0:
        raise ValueError(f"years must be above 0, not {years}")
    usable = (start > 0) & (end > 0) & np.isfinite(start) & np.isfinite(end)
    _refuse_missing(np.where(usable, 0.0, np.nan), missing, ("omit", "raise"))
    start, end = start[usable], end[usable]
    level = np.log(start)
    intercept, slope, stderr, r_squared, n = (
        float(part) for part in _UFUNCS["line"]((np.log(end) - level) / years, level)
    )
    left = 1 + slope * (years if speed == "barro" else 1)
    rate = -float(np.log(left)) / years if slope < 0 and left > 0 else np.nan
    half_life = float(np.log(2.0)) / rate if rate > 0 else np.nan
    return Beta(intercept, slope, stderr, r_squared, rate, half_life, int(n))


def gamma_convergence(values: Any, *, missing: Literal["nan", "raise"] = "nan") -> Any:
    """γ convergence: do regions change places?

    Parameters
    ----------
    values : array_like
        Years by regions, the first year being the reference.
    missing : str
        See the module's text.

    Returns
    -------
    float
        The variance of the sums of average ranks over all T years, over that of T times the ranks of the
        first: 1 where nobody changes places, near 0 where places are exchanged.

    References
    ----------
    Boyle, G. E., and McCarthy, T. G. (1997). A simple measure of β-convergence. Oxf. Bull. Econ. Stat. 59,
    257-264.

    Examples
    --------
    >>> from czreport import disparity
    >>> disparity.gamma_convergence([[1.0, 2.0, 3.0], [2.0, 3.0, 4.0]])
    1.0
    >>> disparity.gamma_convergence([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]])
    0.0
    """
    array = _array(values, "values", 2)
    _refuse_missing(array, missing, ("nan", "raise"))
    ranks = _ranks(array, "average")
    years, regions = array.shape[-2:]
    sums = _UFUNCS["moments"](ranks.sum(axis=-2), np.ones(regions), 0.0)[1]
    reference = _UFUNCS["moments"](years * ranks[..., 0, :], np.ones(regions), 0.0)[1] if years else np.nan
    return _plain(_quotient(np.square(sums), np.square(reference)))


def delta_convergence(
    values: Any,
    *,
    direction: Literal["higher", "lower"] = "higher",
    axis: int = -1,
    missing: Missing = "nan",
) -> Any:
    """δ convergence: the distances of all regions from the best one.

    Parameters
    ----------
    values : array_like
        Years by regions.
    direction : str
        Which way is better.
    axis, missing
        As of :func:`gini`.

    Returns
    -------
    float or array
        The sum of the distances in each period, in the unit of the figures.

    References
    ----------
    Heichel, S., Pape, J., and Sommerer, T. (2005). Is there convergence in convergence research? J. Eur.
    Public Policy 12(5), 817-840.

    Examples
    --------
    >>> from czreport import disparity
    >>> disparity.delta_convergence([[1.0, 2.0, 4.0], [2.0, 3.0, 4.0]])
    array([5., 3.])
    """
    _one_of(direction, ("higher", "lower"), "direction")
    array, used = _prepared(values, None, axis, missing)
    array = np.where(used > 0, array, np.nan)
    extremes = _UFUNCS["extremes"](array)
    best = np.asarray(extremes[1 if direction == "higher" else 0])[..., None]
    distances = np.where(used > 0, np.abs(array - best), 0.0)
    return _plain(np.where(np.isnan(best[..., 0]), np.nan, distances.sum(axis=-1))[()])


# ---- what a change is made of ----


def log_mean(a: Any, b: Any, *, out: Any = None, where: Any = True) -> Any:
    """Logarithmic mean, ``(a - b) / ln(a / b)``.

    Parameters
    ----------
    a, b : array_like
        Not negative.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    float or array
        `a` where both are equal, 0 where one is 0, NaN below 0.

    Examples
    --------
    >>> from czreport import disparity
    >>> disparity.log_mean(5.0, 5.0), disparity.log_mean(0.0, 5.0)
    (5.0, 0.0)
    """
    return _plain(_apply("log_mean", a, b, out=out, where=where))


def lmdi(before: Any, after: Any, form: Literal["additive", "multiplicative"] = "additive") -> Array:
    """Index decomposition of a change by LMDI-I.

    Parameters
    ----------
    before, after : array_like
        Factors, sectors by factors: the product of a row is what the sector contributes to the total
        (activity × structure × intensity). Not negative.
    form : str
        ``additive``: effects sum to the change of the total. ``multiplicative``: their product is the ratio
        of the totals.

    Returns
    -------
    array
        One effect per factor, all sectors together. NaN for negative or missing factors and, in the
        multiplicative form, for a total of 0.

    Notes
    -----
    Effects of a sector are ``L(v, v0) ln(x / x0)`` with the logarithmic mean L. Zeros are the limit of one
    small number in place of them all: a product that appears or vanishes is due, in equal parts, to the
    factors that do; every other factor has no effect.

    References
    ----------
    Ang, B. W. (2005). The LMDI approach to decomposition analysis: a practical guide. Energy Policy 33,
    867-871. Ang, B. W., Zhang, F. Q., and Choi, K.-H. (1998). Factorizing changes in energy and environmental
    indicators through decomposition. Energy 23, 489-495. Ang, B. W., and Liu, N. (2007). Handling zero values
    in the logarithmic mean Divisia index decomposition approach. Energy Policy 35, 238-246.

    Examples
    --------
    >>> from czreport import disparity
    >>> disparity.lmdi([[2.0, 3.0]], [[4.0, 3.0]])
    array([6., 0.])
    """
    first, last = _array(before, "before", 2), _array(after, "after", 2)
    if first.shape != last.shape:
        raise ValueError(f"before and after differ in shape: {first.shape} and {last.shape}")
    _one_of(form, ("additive", "multiplicative"), "form")
    effects = _UFUNCS["lmdi"](first, last).sum(axis=-2)
    if form == "additive":
        return np.asarray(effects)
    totals = (part.prod(axis=-1).sum(axis=-1) for part in (last, first))
    mean = np.asarray(_UFUNCS["log_mean"](*totals))[..., None]
    return np.asarray(np.exp(_quotient(effects, np.broadcast_to(mean, effects.shape))))


def shift_share(before: Any, after: Any, nation_before: Any, nation_after: Any) -> ShiftShare:
    """Shift-share analysis of a region's growth.

    Parameters
    ----------
    before, after : array_like
        Employment or output of the region's industries.
    nation_before, nation_after : array_like
        The same industries in the nation.

    Returns
    -------
    ShiftShare
        By industry, summing to the change: `national`, what growth at the nation's overall rate would have
        brought; `industry`, what the industry's national growth adds to it; `regional`, the rest (Dunn). An
        industry's national growth alone is the sum of the first two. `industry_ratio`, `regional_ratio` and
        their product `net_ratio` compare the region's growth factor with the nation's (Gerfin). NaN where
        the nation had nothing before and the region had.

    References
    ----------
    Dunn, E. S. (1960). A statistical and analytical technique for regional analysis. Pap. Reg. Sci. 6,
    97-112. Gerfin, H. (1964). Gesamtwirtschaftliches Wachstum und regionale Entwicklung. Kyklos 17, 565-593.

    Examples
    --------
    >>> from czreport import disparity
    >>> parts = disparity.shift_share([90, 20, 10, 60], [100, 40, 10, 55], [400, 150, 150, 400],
    ...                               [440, 210, 135, 480])
    >>> [round(float(part.sum()), 10) for part in parts[:3]]
    [27.0, 1.0, -3.0]
    """
    names = ("before", "after", "nation_before", "nation_after")
    planes = [
        _array(part, name, 1) for part, name in zip((before, after, nation_before, nation_after), names)
    ]
    if any(plane.shape != planes[0].shape or plane.ndim != 1 for plane in planes):
        raise ValueError("shift_share needs four series of one length")
    e0, e1, i0, i1 = planes
    national, industry, regional = _UFUNCS["shift_share"](e0, e1, i0, i1, i0.sum(), i1.sum())
    # What the region would have with the nation's growth in every industry.
    expected = (e1 - regional).sum()
    growth = _quotient(i1.sum(), i0.sum())
    ratios = (_quotient(_quotient(expected, e0.sum()), growth), _quotient(e1.sum(), expected),
              _quotient(_quotient(e1.sum(), e0.sum()), growth))  # fmt: skip
    return ShiftShare(national, industry, regional, *(float(part) for part in ratios))


def decoupling(
    pressure: Any,
    driver: Any,
    *,
    thresholds: tuple[float, float] = (0.8, 1.2),
    out: Any = None,
    where: Any = True,
) -> Decoupling:
    """Tapio's decoupling of a pressure (emissions, energy) from its driver (GDP).

    Parameters
    ----------
    pressure, driver : array_like
        Growth of both, in percent or as parts, over the same time.
    thresholds : (float, float)
        Elasticities between which both are coupled.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    Decoupling
        The elasticity ``pressure / driver``, NaN for a driver that does not change, and the code of the
        state, -1 then. A pressure that does not change is decoupled weakly (driver grows) or weakly and
        negatively (driver falls).

    References
    ----------
    Tapio, P. (2005). Towards a theory of decoupling. Transport Policy 12, 137-151.

    Examples
    --------
    >>> from czreport import disparity
    >>> disparity.DECOUPLING[disparity.decoupling(-2.0, 5.2).state]
    'strong_decoupling'
    """
    weak, strong = (float(end) for end in thresholds)
    if not weak <= strong:
        raise ValueError(f"thresholds must be in order, not {thresholds!r}")
    return Decoupling(*_plain(_apply("decoupling", pressure, driver, weak, strong, out=out, where=where)))


# ---- paths of a plan ----


def goal_path(
    growth: Any,
    start: float,
    goal: float,
    years: int,
    *,
    direction: Literal["higher", "lower"] = "higher",
    draws: int = 10_000,
    block: int = 1,
    quantiles: Any = (0.05, 0.25, 0.5, 0.75, 0.95),
    seed: int = 0,
    threads: int | None = None,
) -> GoalPath:
    """Where growth like that of the past leads, and how often it meets a plan's goal.

    Parameters
    ----------
    growth : array_like
        Rates of the past, percent a year.
    start : float
        The level now.
    goal : float
        The level to reach after `years`, in the unit of `start`.
    years : int
        Years left, 1 and more.
    direction : str
        ``higher``: the goal is met at or above it; ``lower``: at or below.
    draws : int
        Number of paths, above 0.
    block : int
        Rates are drawn in runs of so many neighbours, which keeps booms and slumps together; 1 to their
        number.
    quantiles : array_like
        Which ones of the levels of every year.
    seed : int
        0 to 2^64 - 1; the same seed gives the same paths, whatever the number of threads.
    threads : int, optional
        As of :func:`~czreport.index.rank_distribution`.

    Returns
    -------
    GoalPath
        `paths`, draws by years; `quantiles`, quantiles by years; `probability` of meeting the goal in the
        last year. That is what the past would do, not what will happen: it knows no more than the rates.

    Raises
    ------
    ValueError
        For missing rates or none, and arguments outside their range.

    References
    ----------
    Künsch, H. R. (1989). The jackknife and the bootstrap for general stationary observations. Ann. Stat. 17,
    1217-1241.

    Examples
    --------
    >>> from czreport import disparity
    >>> path = disparity.goal_path([10.0, 10.0], 100.0, 121.0, 2, draws=100)
    >>> path.quantiles[2].round(6), path.probability
    (array([110., 121.]), 1.0)
    """
    rates = _array(growth, "growth", 1)
    _one_of(direction, ("higher", "lower"), "direction")
    if rates.ndim != 1 or not rates.size or not np.isfinite(rates).all():
        raise ValueError("growth must be one series of finite rates")
    if years < 1 or draws < 1 or not 1 <= block <= rates.size or not 0 <= seed < 2**64:
        raise ValueError("years and draws must be above 0, block between 1 and the number of rates, "
                         "seed between 0 and 2^64 - 1")  # fmt: skip
    if threads is not None and threads < 1:
        raise ValueError(f"threads must be above 0, not {threads}")
    paths = _core.bootstrap(rates, float(start), block, years, draws, seed, threads or _core.threads)
    end = paths[:, -1]
    # A goal that the path reaches but for rounding is met.
    slack = abs(goal) * 1e-12
    met = end >= goal - slack if direction == "higher" else end <= goal + slack
    return GoalPath(paths, np.quantile(paths, quantiles, axis=0), float(met.mean()))
