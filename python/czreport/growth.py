"""Growth, shares and price adjustment, of points and of intervals.

Rates are percent, as reports print them: 6.9 means 6.9 %. Figures are numbers, arrays, pandas Series or
columns of a :class:`~czreport.Table`; where one of them is an :class:`~czreport.printed.Interval` the result
is an interval as well: the bounds of the exact result, rounded outwards. Bases must be positive; what is
undefined is NaN, and no warning is given. The table of edges is in docs/compute.md.

``out=`` and ``where=`` are those of NumPy's ufuncs; without ``out=``, elements outside ``where=`` are NaN.

Examples
--------
>>> from czreport import growth, printed
>>> round(growth.growth(7700.0, 7400.0), 2)
4.05
>>> lo, hi = growth.growth(printed.unround(7700.0, 0), printed.unround(7400.0, 0))
>>> round(lo, 3), round(hi, 3)
(4.04, 4.068)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .printed import _UFUNCS, Interval, _apply, _figures, _plain

__all__ = [
    "annual", "average", "cagr", "chain", "change", "consistent", "contribution", "doubling_time", "growth",
    "growth_along", "implied_base", "implied_deflator", "level", "multiple", "nominal", "pull", "real", "rebase",
    "share",
]  # fmt: skip


def _result(result: Any) -> Any:
    return Interval(*_plain(tuple(result))) if isinstance(result, Interval) else _plain(result)


def growth(value: Any, base: Any, *, out: Any = None, where: Any = True) -> Any:
    """Growth over a base, ``100 (value - base) / base``.

    Parameters
    ----------
    value, base : array_like or Interval
        Figures in one unit.
    out, where
        As of a NumPy ufunc; `out` is a pair for intervals.

    Returns
    -------
    float, array or Interval
        Percent. NaN unless ``base > 0``; of an interval only the part above 0 counts.

    Examples
    --------
    >>> from czreport import growth
    >>> growth.growth([110.0, 95.0, 1.0], [100.0, 100.0, 0.0])
    array([10., -5., nan])
    """
    return _result(_figures("growth", (value, base), (), out, where))


def change(value: Any, base: Any, *, out: Any = None, where: Any = True) -> Any:
    """Change in the unit of the figures, percentage points for rates: ``value - base``.

    Parameters
    ----------
    value, base : array_like or Interval
        Figures in one unit.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    float, array or Interval
        Intervals are rounded outwards.

    Examples
    --------
    >>> from czreport import growth, printed
    >>> growth.change(printed.Interval(5.25, 5.75), printed.Interval(3.0, 3.25))
    Interval(lo=2.0, hi=2.75)
    """
    return _result(_figures("change", (value, base), (), out, where))


def multiple(value: Any, base: Any, *, out: Any = None, where: Any = True) -> Any:
    """How many times the base, ``value / base`` (是2015年的1.46倍).

    Parameters
    ----------
    value, base : array_like or Interval
        Figures in one unit.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    float, array or Interval
        A plain ratio; NaN unless ``base > 0``.

    Examples
    --------
    >>> from czreport import growth
    >>> growth.multiple(200.0, 100.0)
    2.0
    """
    return _result(_figures("multiple", (value, base), (), out, where))


def level(base: Any, growth: Any, years: Any = 1, *, out: Any = None, where: Any = True) -> Any:
    """The level that a rate leads to, ``base (1 + growth / 100)^years``.

    Parameters
    ----------
    base, growth : array_like or Interval
        A figure in any unit, and percent a year.
    years : array_like
        Any number for points; 0 and more for intervals, whole numbers being exact.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    float, array or Interval
        In the unit of `base`. NaN for ``growth < -100``.

    Examples
    --------
    >>> from czreport import growth
    >>> round(growth.level(39.8, 7.0, 5), 1)
    55.8
    """
    return _result(_figures("level", (base, growth), (years,), out, where))


def implied_base(value: Any, growth: Any, years: Any = 1, *, out: Any = None, where: Any = True) -> Any:
    """The base behind a level and its growth, ``value / (1 + growth / 100)^years``.

    Parameters
    ----------
    value, growth : array_like or Interval
        A figure in any unit, and percent a year.
    years : array_like
        As of :func:`level`.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    float, array or Interval
        In the unit of `value`. NaN for ``growth <= -100``.

    Examples
    --------
    >>> from czreport import growth
    >>> growth.implied_base(110.0, 10.0)
    100.0
    """
    return _result(_figures("base", (value, growth), (years,), out, where))


def cagr(value: Any, base: Any, years: Any, *, out: Any = None, where: Any = True) -> Any:
    """Compound annual growth (年均增长), ``100 ((value / base)^(1 / years) - 1)``.

    Parameters
    ----------
    value, base : array_like or Interval
        Figures in one unit.
    years : array_like
        Above 0. Bounds are proven for whole years up to a million; for others they rest on the C library's
        ``pow`` and ``log`` being right to 8 units.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    float, array or Interval
        Percent a year; -100 for a value of 0, NaN for negative values, bases that are not above 0, and years
        that are not.

    Examples
    --------
    >>> from czreport import growth
    >>> round(growth.cagr(2.0, 1.0, 15), 2)
    4.73
    """
    return _result(_figures("cagr", (value, base), (years,), out, where))


def annual(total: Any, years: Any, *, out: Any = None, where: Any = True) -> Any:
    """Annual rate of a cumulative one, ``100 ((1 + total / 100)^(1 / years) - 1)``.

    Parameters
    ----------
    total : array_like or Interval
        Percent over all years; a cut is negative.
    years : array_like
        Above 0.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    float, array or Interval
        Percent a year. NaN below -100.

    Examples
    --------
    A cut by 13.5 % in five years:

    >>> from czreport import growth
    >>> round(growth.annual(-13.5, 5), 4)
    -2.8589
    """
    return _result(_figures("annual", (total,), (years,), out, where))


def doubling_time(growth: Any, *, out: Any = None, where: Any = True) -> Any:
    """Periods in which a figure doubles, ``ln 2 / ln(1 + growth / 100)``.

    Parameters
    ----------
    growth : array_like or Interval
        Percent a period.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    float, array or Interval
        Infinite for 0, NaN below. Bounds rest on the C library's ``log1p`` being right to 8 units.

    Examples
    --------
    >>> from czreport import growth
    >>> round(growth.doubling_time(7.0), 2)
    10.24
    """
    return _result(_figures("doubling_time", (growth,), (), out, where))


def implied_deflator(nominal: Any, real: Any, *, out: Any = None, where: Any = True) -> Any:
    """Change of prices behind nominal and real growth, ``100 (nominal - real) / (100 + real)``.

    Parameters
    ----------
    nominal, real : array_like or Interval
        Percent.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    float, array or Interval
        Percent. NaN for ``real <= -100``.

    Examples
    --------
    >>> from czreport import growth
    >>> round(growth.implied_deflator(4.2, 5.2), 2)
    -0.95
    """
    return _result(_figures("deflate", (nominal, real), (), out, where))


def real(nominal: Any, deflator: Any, *, out: Any = None, where: Any = True) -> Any:
    """Real growth from nominal growth and the change of prices, ``100 (nominal - deflator) / (100 + deflator)``.

    Parameters
    ----------
    nominal, deflator : array_like or Interval
        Percent.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    float, array or Interval
        Percent. NaN for ``deflator <= -100``.

    Examples
    --------
    >>> from czreport import growth
    >>> round(growth.real(10.0, 2.0), 3)
    7.843
    """
    return _result(_figures("deflate", (nominal, deflator), (), out, where))


def nominal(real: Any, deflator: Any, *, out: Any = None, where: Any = True) -> Any:
    """Nominal growth from real growth and the change of prices, ``(100 + real)(100 + deflator) / 100 - 100``.

    Parameters
    ----------
    real, deflator : array_like or Interval
        Percent.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    float, array or Interval
        Percent. NaN below -100.

    Examples
    --------
    >>> from czreport import growth
    >>> growth.nominal(5.0, 2.0)
    7.1
    """
    return _result(_figures("inflate", (real, deflator), (), out, where))


def share(part: Any, total: Any, *, out: Any = None, where: Any = True) -> Any:
    """Share (占比), ``100 part / total``.

    Parameters
    ----------
    part, total : array_like or Interval
        Figures in one unit. With a pull and the growth of the total: the contribution rate, 4.3 points of
        5.2 % are 82.7 %.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    float, array or Interval
        Percent. NaN unless ``total > 0``.

    Examples
    --------
    >>> from czreport import growth
    >>> growth.share(1.0, 4.0)
    25.0
    """
    return _result(_figures("share", (part, total), (), out, where))


def contribution(
    part: Any, part_base: Any, total: Any, total_base: Any, *, out: Any = None, where: Any = True
) -> Any:
    """Contribution rate (贡献率), the part's share in the change of the total.

    Parameters
    ----------
    part, part_base, total, total_base : array_like or Interval
        The part now and before, the total now and before, in one unit.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    float, array or Interval
        ``100 (part - part_base) / (total - total_base)``, percent. NaN where the total did not change; an
        interval without ends where it may not have.

    Examples
    --------
    >>> from czreport import growth
    >>> growth.contribution(60.0, 50.0, 120.0, 100.0)
    50.0
    """
    return _result(_figures("contribution", (part, part_base, total, total_base), (), out, where))


def pull(part: Any, part_base: Any, total_base: Any, *, out: Any = None, where: Any = True) -> Any:
    """Pull (拉动): percentage points of the total's growth that come from the part.

    Parameters
    ----------
    part, part_base, total_base : array_like or Interval
        The part now and before, and the total before, in one unit.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    float, array or Interval
        ``100 (part - part_base) / total_base``. NaN unless ``total_base > 0``.

    Examples
    --------
    >>> from czreport import growth
    >>> growth.pull(60.0, 50.0, 100.0)
    10.0
    """
    return _result(_figures("pull", (part, part_base, total_base), (), out, where))


def _float_array(values: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.asarray(values, dtype=np.float64)


def _masked(result: Any, out: Any, where: Any) -> Any:
    """What `where` means for functions along an axis: the result is computed, then chosen from."""
    pair = isinstance(result, tuple)
    parts = result if pair else (result,)
    if where is not True:
        parts = tuple(
            np.where(where, part, np.nan if kept is None else kept)
            for part, kept in zip(parts, (None,) * len(parts) if out is None else out if pair else (out,))
        )
    if out is not None:
        outs = tuple(out) if pair else (out,)
        for target, part in zip(outs, parts):
            target[...] = part
        parts = outs
    return Interval(*parts) if pair else parts[0]


def _like(values: Any, result: Any) -> Any:
    """A Series where a Series was given."""
    index = getattr(values, "index", None)
    if index is None or callable(index) or np.shape(result) != np.shape(values):
        return result
    return type(values)(result, index=index, name=getattr(values, "name", None))


def growth_along(values: Any, lag: int = 1, *, axis: int = -1, out: Any = None, where: Any = True) -> Any:
    """Growth along a time axis.

    Parameters
    ----------
    values : array_like or Interval
        Figures with an axis of equally spaced periods, missing ones NaN.
    lag : int
        Growth over so many periods, 1 or more.
    axis : int
        The time axis.
    out, where
        As of a NumPy ufunc; `out` must not share memory with `values`.

    Returns
    -------
    array or Interval
        Percent, in the shape of `values`: the growth to each period from `lag` periods before; NaN in the
        first `lag` periods and wherever one of the two figures is missing.

    Raises
    ------
    ValueError
        For a lag below 1 or an array without axes.

    Examples
    --------
    >>> from czreport import growth
    >>> growth.growth_along([100.0, 110.0, 121.0])
    array([nan, 10., 10.])
    """
    if lag < 1:
        raise ValueError(f"lag must be 1 or more, not {lag!r}")
    if isinstance(values, Interval):
        planes = [_float_array(values.lo), _float_array(values.hi)]
        name = "growth_along_interval"
    else:
        planes, name = [_float_array(values)], "growth_along"
    if any(plane.ndim == 0 for plane in planes):
        raise ValueError("values must have an axis of periods")
    direct = out is not None and where is True
    if direct:
        made = tuple(out) if isinstance(out, tuple) else (out,)
    elif len(planes) == 2:
        shape = np.broadcast_shapes(*(plane.shape for plane in planes))
        block = np.empty((2, *shape))
        made = (block[0], block[1])
    else:
        made = (np.empty(planes[0].shape),)
    if planes[0].ndim == 1 or axis in (-1, planes[0].ndim - 1):
        _UFUNCS[name](*planes, lag, out=made)
    else:
        _along_slices(name, planes, lag, axis, made)
    result: Any = Interval(*made) if len(made) == 2 else made[0]
    if not direct:
        result = _masked(result, out, where)
    if isinstance(result, Interval):
        return Interval(_like(values.lo, result.lo), _like(values.hi, result.hi)) if out is None else result
    return _like(values, result) if out is None else result


def _along_slices(name: str, planes: list[Any], lag: int, axis: int, made: tuple[Any, ...]) -> None:
    """An axis that is not the last: whole slices against each other, which are long rows."""

    def part(array: Any, key: slice) -> Any:
        return array[(slice(None),) * (axis % array.ndim) + (key,)]

    elementwise = _UFUNCS["growth_interval" if len(planes) == 2 else "growth"]
    later = [part(plane, slice(lag, None)) for plane in planes]
    earlier = [part(plane, slice(None, -lag)) for plane in planes]
    for array in made:
        part(array, slice(None, lag))[...] = np.nan
    if later[0].size:
        elementwise(*later, *earlier, out=tuple(part(array, slice(lag, None)) for array in made))


def chain(growth: Any, start: Any = 100.0, *, axis: int = -1, out: Any = None, where: Any = True) -> Any:
    """Index numbers from rates: ``start`` times the product of ``(1 + growth / 100)`` up to each period.

    Parameters
    ----------
    growth : array_like or Interval
        Percent a period, along an axis.
    start : array_like
        The index before the first period, one for all or one per series.
    axis : int
        The time axis.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    array or Interval
        The index at the end of each period; NaN from the first rate on that is missing or below -100.
        Intervals are carried to twice the precision, so that they widen by the rates only.

    Examples
    --------
    >>> from czreport import growth
    >>> growth.chain([10.0, 10.0, -50.0])
    array([110. , 121. ,  60.5])
    """
    if isinstance(growth, Interval):
        lo, hi = np.broadcast_arrays(_float_array(growth.lo), _float_array(growth.hi))
        axes = [(axis,), (axis,), (), (axis,), (axis,)]
        result: Any = Interval(*_UFUNCS["chain_interval"](lo, hi, start, axes=axes))
    else:
        result = _UFUNCS["chain"](_float_array(growth), start, axes=[(axis,), (), (axis,)])
        if out is None and where is True:
            return _like(growth, result)
    return _masked(result, out, where)


def rebase(index: Any, position: int, *, axis: int = -1, out: Any = None, where: Any = True) -> Any:
    """Index numbers with another base: 100 at `position`.

    Parameters
    ----------
    index : array_like or Interval
        Index numbers along an axis.
    position : int
        Which period becomes 100.
    axis : int
        The time axis.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    array or Interval
        ``100 index / index[position]``; NaN for a new base that is not above 0. Intervals take the figure of
        the new base as independent of the others, and are wide for it; the base itself is exactly 100.

    Examples
    --------
    >>> from czreport import growth
    >>> growth.rebase([50.0, 100.0, 150.0], 1)
    array([ 50., 100., 150.])
    """
    if not isinstance(index, Interval):
        values = _float_array(index)
        base = np.take(values, [position], axis=axis)
        result = _apply("share", values, base, out=out, where=where)
        return _like(index, result) if out is None else result
    lo, hi = np.broadcast_arrays(_float_array(index.lo), _float_array(index.hi))
    bases = [np.take(plane, [position], axis=axis) for plane in (lo, hi)]
    shared = Interval(*(np.array(part) for part in _apply("share_interval", lo, hi, *bases)))
    key = (slice(None),) * (axis % lo.ndim) + (position,)
    for part in shared:
        part[key] = np.where(np.isnan(part[key]), np.nan, 100.0)
    return _masked(shared, out, where)


def average(growth: Any, years: Any = 1, *, axis: int = -1, out: Any = None, where: Any = True) -> Any:
    """Average annual growth over spans of any length (两年平均).

    Parameters
    ----------
    growth : array_like or Interval
        The annual rate of each span, percent, along an axis.
    years : array_like
        The length of each span; one number, or one per span. A span of 0 years does not count.
    axis : int
        The axis that is averaged over.
    out, where
        As of a NumPy ufunc, for the averages.

    Returns
    -------
    float, array or Interval
        ``100 (product of (1 + growth / 100)^years, to the power 1 / (sum of years), - 1)``: the one rate that
        leads to the same level. NaN for missing rates, rates below -100, negative years or none at all.

    Examples
    --------
    >>> from czreport import growth
    >>> round(growth.average([2.2, 8.1]), 4)
    5.1086
    """
    if isinstance(growth, Interval):
        lo, hi = np.broadcast_arrays(_float_array(growth.lo), _float_array(growth.hi))
        spans = _spans(years, lo, axis)
        axes: list[Any] = [(axis,), (axis,), (axis if np.ndim(years) == lo.ndim else -1,), (), ()]
        result: Any = Interval(*_UFUNCS["average_interval"](lo, hi, spans, axes=axes))
    else:
        values = _float_array(growth)
        spans = _spans(years, values, axis)
        axes = [(axis,), (axis if np.ndim(years) == values.ndim else -1,), ()]
        result = _UFUNCS["average"](values, spans, axes=axes)
    if out is None and where is True:
        return _result(result)
    return _masked(result, out, where)


def _spans(years: Any, values: Any, axis: int) -> Any:
    spans = _float_array(years)
    return np.broadcast_to(spans, (values.shape[axis],)) if spans.ndim == 0 else spans


def consistent(value: Any, base: Any, growth: Any, *, half_value: Any = 0.0, half_base: Any = 0.0,
               half_growth: Any = 0.0) -> Any:  # fmt: skip
    """Whether a level, its base and a growth rate can all be true.

    Parameters
    ----------
    value, base, growth : array_like or Interval
        Printed figures; growth in percent.
    half_value, half_base, half_growth : array_like
        Half of the last printed place of each, for points; 0.05 for 6.4%.

    Returns
    -------
    int or array of int8
        1 if some figures within the intervals satisfy ``value = base (1 + growth / 100)`` with a base above
        0, 0 if none do, -1 where a figure is missing or no base is above 0. What can be true is never
        refused; a miss by less than some 1e-15 of the figures may be let through.

    Examples
    --------
    >>> from czreport import growth
    >>> growth.consistent(104.1, 100.0, [4.1, 5.1], half_value=0.05, half_base=0.05, half_growth=0.05)
    array([1, 0], dtype=int8)
    """
    figures = (value, base, growth)
    if any(isinstance(figure, Interval) for figure in figures):
        halves = (half_value, half_base, half_growth)
        ends: list[Any] = []
        for figure, half in zip(figures, halves):
            ends += figure if isinstance(figure, Interval) else (_down(figure, half), _up(figure, half))
        return _plain(_apply("check_interval", *ends))
    return _plain(_apply("check", value, base, growth, half_value, half_base, half_growth))


def _down(figure: Any, half: Any) -> Any:
    return _apply("change_interval", figure, figure, half, half)[0]


def _up(figure: Any, half: Any) -> Any:
    return _apply("change_interval", figure, figure, np.negative(half), np.negative(half))[1]
