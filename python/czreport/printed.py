"""Figures as printed: the set of numbers that a rounded decimal stands for.

A report prints 6.4% and means any number that rounds to it. The functions here turn printed decimals, with
their written digits and bound words, into intervals; :mod:`czreport.growth` and :mod:`czreport.targets`
compute with them.

All functions take numbers, arrays, pandas Series and columns of a :class:`~czreport.Table`, broadcast, and
know ``out=`` and ``where=`` as NumPy's ufuncs do; without ``out=``, elements outside ``where=`` are NaN.
Long arrays are shared among threads; the environment variable ``CZREPORT_THREADS``, read when the package is
imported, says how many, and the results do not depend on it.

Examples
--------
>>> from czreport import printed
>>> printed.unround(6.4, 1)
Interval(lo=6.35, hi=6.45)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

import numpy as np

from . import _core

if TYPE_CHECKING:
    from ._table import Table

__all__ = [
    "RULES",
    "Interval",
    "decimals",
    "grim",
    "intervals",
    "open_ends",
    "scale",
    "unround",
    "unround_step",
]

#: Rules of rounding, in the order of their codes. ``half`` does not say what happens to ties: 四舍五入 and
#: 四舍六入五成双 are both possible, and both ends belong to the set.
RULES = ("half", "half_up", "half_even", "ceil", "floor", "trunc", "half_down")

Rule: TypeAlias = Literal["half", "half_up", "half_even", "ceil", "floor", "trunc", "half_down"]

_UFUNCS: dict[str, np.ufunc] = _core.ufuncs

# Results of two planes that are at least so long are allocated as one block: the allocator then keeps the
# memory for the next call, where two blocks go back to the system and have to be paged in again.
_ONE_BLOCK = 1 << 16


class Interval(NamedTuple):
    """Lower and upper ends, both included; numbers, arrays or Series.

    Functions that take figures take intervals as well, and then return an interval.

    Examples
    --------
    >>> from czreport.printed import Interval
    >>> lo, hi = Interval(1.0, 2.0)
    >>> lo, hi
    (1.0, 2.0)
    """

    lo: Any
    hi: Any


def _dtypes(ufunc: np.ufunc) -> list[np.dtype[Any]]:
    return [np.dtype(letter) for letter in ufunc.types[0].split("->")[1]]


def _apply(name: str, *args: Any, out: Any = None, where: Any = True) -> Any:
    """Call a ufunc that works element by element; see the module's text for `out` and `where`."""
    if any(isinstance(arg, Interval) for arg in args):
        # NumPy would take the two ends for an array of two figures.
        raise TypeError(f"{name} takes figures, not intervals, here")
    ufunc = _UFUNCS[name]
    if out is not None:
        outs = tuple(out) if isinstance(out, tuple) else (out,)
        return ufunc(*args, out=outs, where=where)
    if where is not True:
        shape = np.broadcast_shapes(*(np.shape(arg) for arg in (*args, where)))
        made = tuple(
            np.full(shape, np.nan if dtype.kind == "f" else -1, dtype=dtype) for dtype in _dtypes(ufunc)
        )
        results = ufunc(*args, out=made, where=where)
        return tuple(r[()] for r in results) if isinstance(results, tuple) else results[()]
    if ufunc.nout == 2 and all(type(arg) in (np.ndarray, float, int) for arg in args):
        shape = np.broadcast_shapes(*(np.shape(arg) for arg in args))
        if np.prod(shape, dtype=float) >= _ONE_BLOCK and all(d == np.float64 for d in _dtypes(ufunc)):
            planes = np.empty((2, *shape))
            return ufunc(*args, out=(planes[0], planes[1]))
    return ufunc(*args)


def _figures(
    name: str, figures: Sequence[Any], others: Sequence[Any] = (), out: Any = None, where: Any = True
) -> Any:
    """Call `name` for points, or its interval form if one of the figures is an interval."""
    if any(isinstance(figure, Interval) for figure in figures):
        ends = [
            end
            for figure in figures
            for end in (figure if isinstance(figure, Interval) else (figure, figure))
        ]
        return Interval(*_apply(name + "_interval", *ends, *others, out=out, where=where))
    return _apply(name, *figures, *others, out=out, where=where)


def _codes(words: Any, names: Mapping[str, int], what: str) -> Any:
    """Codes of words: one word, codes already, or an array of words."""
    if isinstance(words, str):
        if words not in names:
            raise ValueError(f"{what} must be one of {', '.join(map(repr, names))}, not {words!r}")
        return names[words]
    array = np.asarray(words)
    if array.dtype.kind in "iu" or array.dtype.kind == "b":
        if array.size and (array.min() < min(names.values()) or array.max() > max(names.values())):
            raise ValueError(
                f"{what}: codes must lie between {min(names.values())} and {max(names.values())}"
            )
        return array.astype(np.int64)
    if array.dtype.kind == "U":
        array = array.astype(object)
    codes = np.empty(array.shape, np.int64)
    flat, target = array.ravel(), codes.reshape(-1)
    for i, word in enumerate(flat.tolist()):
        if word not in names:
            raise ValueError(f"{what} must be one of {', '.join(map(repr, names))}, not {word!r}")
        target[i] = names[word]
    return codes


_RULE_CODES = {name: code for code, name in enumerate(RULES)}


def unround(
    value: Any, decimals: Any, rule: Rule = "half", *, out: Any = None, where: Any = True
) -> Interval:
    """The numbers that print as `value` at so many decimals.

    Parameters
    ----------
    value : array_like
        Printed figures, in any unit. A double is taken as the decimal of so many places that is nearest to
        it.
    decimals : array_like of int
        Written places after the point, -22 to 22; -2 for a figure in full hundreds.
    rule : str
        How it was rounded, one of :data:`RULES`. Which of the ends belong to the set is told by
        :func:`open_ends`.
    out, where
        As of a NumPy ufunc; `out` is a pair.

    Returns
    -------
    Interval
        Lower and upper ends in the unit of `value`, rounded outwards: they contain the exact decimal ends
        and are those wherever these are doubles. NaN for NaN and for places outside the range.

    Raises
    ------
    ValueError
        For a rule that is not in the list.
    TypeError
        For `decimals` that are not whole numbers.

    Notes
    -----
    The figure is taken as a whole number m of units of the last place; the ends are (2 m ± 1) / 2 units for
    the rules of nearest, m and m ± 1 for the others.

    Examples
    --------
    >>> from czreport import printed
    >>> printed.unround(6.4, 1)
    Interval(lo=6.35, hi=6.45)
    >>> printed.unround(2.5, 1, "floor")
    Interval(lo=2.5, hi=2.6)
    >>> printed.unround(7700.0, -2)
    Interval(lo=7650.0, hi=7750.0)
    """
    return Interval(
        *_plain(_apply("unround", value, decimals, _codes(rule, _RULE_CODES, "rule"), out=out, where=where))
    )


def _plain(result: Any) -> Any:
    """Python floats instead of NumPy's scalars, which print with their type."""
    if isinstance(result, tuple):
        return tuple(_plain(part) for part in result)
    return result.item() if isinstance(result, np.generic) else result


def unround_step(value: Any, step: Any, *, out: Any = None, where: Any = True) -> Interval:
    """The numbers around a figure whose last written place is worth `step`.

    Parameters
    ----------
    value : array_like
        Printed figures.
    step : array_like
        One unit of the last written place in the unit of `value`, the column ``resolution``: 0.1 for 6.4%,
        10 for 增长1.5倍 (150 %). 0 or NaN: the figure is exact.
    out, where
        As of a NumPy ufunc; `out` is a pair.

    Returns
    -------
    Interval
        ``value - step / 2`` and ``value + step / 2``, rounded outwards; from the decimal where the step is a
        power of ten.

    Examples
    --------
    >>> from czreport import printed
    >>> printed.unround_step([6.4, 150.0], [0.1, 10.0])
    Interval(lo=array([  6.35, 145.  ]), hi=array([  6.45, 155.  ]))
    """
    return Interval(*_plain(_apply("unround_step", value, step, out=out, where=where)))


def open_ends(value: Any, decimals: Any, rule: Rule = "half") -> tuple[Any, Any]:
    """Which ends of :func:`unround` do not belong to the set.

    Parameters
    ----------
    value, decimals, rule
        As of :func:`unround`.

    Returns
    -------
    lo, hi : bool or array of bool
        True where the end is open. For ``half_even`` it depends on the last digit: the ends of an even one
        round to it, those of an odd one do not.

    Examples
    --------
    >>> from czreport import printed
    >>> printed.open_ends(2.37, 2, "half_up")
    (False, True)
    >>> printed.open_ends([2.37, 2.38], 2, "half_even")[0]
    array([ True, False])
    """
    lo, hi = _apply("unround_open", value, decimals, _codes(rule, _RULE_CODES, "rule"))
    return _plain(lo != 0), _plain(hi != 0)


def scale(value: Any, power: Any, *, out: Any = None, where: Any = True) -> Any:
    """Ten to the `power` times the decimal that `value` was read from.

    Parameters
    ----------
    value : array_like
        Figures that were decimals of up to 15 digits. No text is made on the way.
    power : array_like of int
        -44 to 44: 4 for 万, 8 for 亿.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    float or array
        The double nearest to the exact product, the product itself where that is a double. NaN for powers
        outside the range.

    Examples
    --------
    >>> from czreport import printed
    >>> int(printed.scale(616.6, 8))
    61660000000
    >>> 1.1 * 1e6, printed.scale(1.1, 6)
    (1100000.0, 1100000.0)
    >>> 4.35 * 1e2, printed.scale(4.35, 2)
    (434.99999999999994, 435.0)
    """
    return _plain(_apply("scale", value, power, out=out, where=where))


def decimals(value: Any) -> Any:
    """Places after the point of the shortest decimal that reads as `value`.

    Parameters
    ----------
    value : array_like
        Figures as printed. Closing zeros are not known to a double: 7.0 has 0 places here. Use the column
        ``resolution`` where a table has it.

    Returns
    -------
    int or array of int8
        -1 where the value has too many digits to be a printed decimal, and for NaN.

    Examples
    --------
    >>> from czreport import printed
    >>> printed.decimals([616.6, 7700.0, 1 / 3])
    array([ 1,  0, -1], dtype=int8)
    """
    return _plain(_apply("decimals", value))


def grim(
    value: Any, n: Any, decimals: Any, *, items: Any = 1, rule: Rule = "half", percent: bool = True
) -> Any:
    """Whether M of `n` can print as this percentage, for any whole number M.

    Parameters
    ----------
    value : array_like
        The printed percentage, or the printed mean with ``percent=False``.
    n : array_like of int
        How many there are, above 0.
    decimals : array_like of int
        Written places, 0 to 6.
    items : array_like of int
        Whole numbers per case, for means of scales with several items.
    rule : str
        One of :data:`RULES`.
    percent : bool
        Whether `value` is 100 M / n with M from 0 to n, or a mean M / n of whole numbers.

    Returns
    -------
    bool or array of bool
        False also where the question makes no sense (NaN, n that is not a whole number above 0).

    Raises
    ------
    ValueError
        For decimals outside 0 to 6: more places say nothing about counts.

    References
    ----------
    Brown, N. J. L., and Heathers, J. A. J. (2017). The GRIM test. Social Psychological and Personality
    Science 8(4), 363-369.

    Examples
    --------
    25 of 28 indicators is 89.3 %; nothing of 28 is 89.5 %:

    >>> from czreport import printed
    >>> printed.grim([89.3, 89.5], 28, 1)
    array([ True, False])
    """
    places = np.asarray(decimals)
    if places.size and (places.min() < 0 or places.max() > 6):
        raise ValueError("decimals must lie between 0 and 6")
    answer = _apply(
        "grim",
        value,
        np.asarray(n, np.float64),
        decimals,
        items,
        _codes(rule, _RULE_CODES, "rule"),
        int(percent),
    )
    return _plain(answer == 1)


# Read from text, because powers computed by NumPy are not correctly rounded in every version.
_POWERS = np.array([float(f"1e{power}") for power in range(-22, 23)])
_EXACT_MEASURES = ("rank", "rank_change", "streak")


def _place_of_vague(number: str) -> float:
    """1270多 is less than 1280: the vague word stands for the closing zeros. In units of the last place."""
    digits = number.rstrip("0")
    return float(10 ** (len(number) - len(digits))) if digits and "." not in number else 1.0


def intervals(
    table: Table,
    *,
    about: float = 0.05,
    nearly: float = 0.1,
    over: float = float("inf"),
    rule: Rule = "half",
) -> Interval:
    """What the figures of a table stand for, by their written digits and bound words.

    Parameters
    ----------
    table : Table
        With the columns ``value``, ``lo``, ``hi``, ``bound`` and ``resolution``; ``measure``, ``number`` and
        ``text`` are used where they are there.
    about : float
        Tolerance of 左右, 约 and the like: the figure itself may be off by this part of its size, but by half
        of its last place at least.
    nearly : float
        近, 接近: how far below, as a part of the size.
    over : float
        超, 突破, 逾: how far above, as a part of the size; without end as a rule. 多 and 余 behind the digits
        stay below the next figure of the digits that are written: 1270多 is 1270 to 1280.
    rule : str
        How plain figures were rounded, one of :data:`RULES`.

    Returns
    -------
    Interval
        Arrays `lo` and `hi` in the unit of ``value``. Bound words speak of the size of a figure: nearly -30
        is -30 to -27. Ranks and streaks are exact. Stated bounds (at_least, at_most, between …) are taken as
        they stand. NaN for rows without a value.

    Raises
    ------
    ValueError
        For negative tolerances, a nearly above 1, or an unknown rule.

    Examples
    --------
    >>> import czreport as cz
    >>> from czreport import printed
    >>> table = cz.Table({"value": [6.4, 7.0, -30.0], "lo": [6.4, 7.0, -30.0], "hi": [6.4, 7.0, -30.0],
    ...                   "bound": ["eq", "about", "nearly"], "resolution": [0.1, 1.0, 1.0]})
    >>> lo, hi = printed.intervals(table)
    >>> lo.round(2).tolist(), hi.round(2).tolist()
    ([6.35, 6.5, -30.0], [6.45, 7.5, -27.0])
    """
    for name, tolerance in (("about", about), ("nearly", nearly), ("over", over)):
        if not tolerance >= 0:
            raise ValueError(f"{name} must not be negative, and is {tolerance!r}")
    if nearly > 1:
        raise ValueError(f"nearly must be at most 1, and is {nearly!r}")
    value = np.array(table["value"], np.float64)
    lo, hi = np.array(table["lo"], np.float64), np.array(table["hi"], np.float64)
    step = np.array(table["resolution"], np.float64)
    bound = np.asarray(table["bound"], dtype=object)
    if "measure" in table.columns:
        step[np.isin(table["measure"].astype(str), _EXACT_MEASURES)] = np.nan
    step[~(step > 0)] = np.nan
    size, half = np.abs(value), np.nan_to_num(step / 2)

    plain = (bound == "eq") | (bound == "")
    around = _apply("unround_step", value, step)
    if rule != "half":
        position = np.minimum(np.searchsorted(_POWERS, step), len(_POWERS) - 1)
        known = _POWERS[position] == step
        places = 22 - position
        code = _codes(rule, _RULE_CODES, "rule")
        _apply("unround", value, places, code, out=around, where=known)
    lo[plain], hi[plain] = around[0][plain], around[1][plain]

    # The rest on the size, then with the sign of the figure.
    inner, outer = size.copy(), size.copy()
    is_about, is_nearly, is_over = bound == "about", bound == "nearly", bound == "more_than"
    slack = np.maximum(about * size, half)
    inner[is_about] -= slack[is_about]
    outer[is_about] += slack[is_about]
    inner[is_nearly] *= 1 - nearly
    reach = np.where(size > 0, size * over if np.isfinite(over) else np.inf, np.inf)
    if "text" in table.columns and "number" in table.columns:
        texts, numbers = table["text"], table["number"]
        for row in np.flatnonzero(is_over & ~np.isnan(step)).tolist():
            if "多" in texts[row] or "余" in texts[row]:
                reach[row] = _place_of_vague(numbers[row]) * step[row]
    outer[is_over] += reach[is_over]
    worded = is_about | is_nearly | is_over
    falls = value < 0
    lo[worded] = np.where(falls, -outer, inner)[worded]
    hi[worded] = np.where(falls, -inner, outer)[worded]
    return Interval(lo, hi)
