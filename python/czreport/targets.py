"""Outcomes against targets, and the pace of plans.

Rates are percent. Figures are numbers, arrays, pandas Series or columns of a :class:`~czreport.Table`, and
:class:`~czreport.printed.Interval` where said so. What is undefined is NaN (or a code that says so), and no
warning is given; docs/compute.md has the table of edges.

Examples
--------
>>> from czreport import targets
>>> targets.VERDICTS[targets.verdict(5.2, 5.0, "about")]
'met'
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np

from .growth import _result
from .printed import Interval, _apply, _codes, _figures, _plain

__all__ = [
    "BOUNDS", "CONVENTIONS", "DIRECTIONS", "HARDNESS", "PACES", "REASONS", "VERDICTS", "Admissible",
    "Attainment", "Bunching", "Pace", "admissible", "amplification", "anticipated_progress", "attainment",
    "bunching", "cumulative_to_annual", "current_status", "gap", "growth_pace", "growth_pace_free", "hardness",
    "pace", "progress", "ratchet", "ratchet_coefficient", "read_hardness", "remaining_rate", "required_growth",
    "time_share", "verdict",
]  # fmt: skip

#: Bound words by code, as in the column ``bound``.
BOUNDS = ("", "eq", "about", "nearly", "at_least", "more_than", "at_most", "less_than", "between")
#: Which way is better.
DIRECTIONS = {"lower": -1, "neutral": 0, "higher": 1}
#: Verdicts by code.
VERDICTS = ("missed", "met", "undecidable", "not_comparable")
#: Conventions of attainment by code.
CONVENTIONS = ("ratio", "reverse", "complement", "distance", "two_sided")
#: Why an attainment rate was refused, by code.
REASONS = (
    "", "missing", "target_zero", "sign_change", "negative_target", "no_distance", "actual_zero", "unknown_convention",
)  # fmt: skip
#: Categories of pace by code; -1 where there is none.
PACES = ("deterioration", "limited", "acceleration_needed", "on_track", "achieved")

_BOUND_CODES = {name: code for code, name in enumerate(BOUNDS)}
_CONVENTION_CODES = {name: code for code, name in enumerate(CONVENTIONS)}

Direction: TypeAlias = Literal["lower", "neutral", "higher"]
Mode: TypeAlias = Literal["printed", "strict"]


class Admissible(NamedTuple):
    """Outcomes that meet a target: ends, and whether they are open."""

    lo: Any
    hi: Any
    open_lo: Any
    open_hi: Any


class Attainment(NamedTuple):
    """Rate of attainment in percent, and the code of :data:`REASONS` where it is NaN."""

    rate: Any
    reason: Any


class Pace(NamedTuple):
    """Ratio (or rate), score from -5 to 5, and the code of :data:`PACES`."""

    ratio: Any
    score: Any
    category: Any


class Bunching(NamedTuple):
    """Distribution of gaps around the target; see :func:`bunching`."""

    n: int
    exact: int
    above: int
    below: int
    exact_share: float
    ratio: float
    p: float


def _tolerance(size: Any, relative: Any, absolute: Any) -> Any:
    if absolute is not None:
        return absolute
    return np.multiply(np.abs(size), relative)


def _admissible(target: Any, bound: Any, direction: Any, about: Any, nearly: Any, tolerance: Any) -> Any:
    lo, hi = target if isinstance(target, Interval) else (target, target)
    slack = _tolerance(np.add(lo, hi) / 2 if isinstance(target, Interval) else lo, about, tolerance)
    return _apply(
        "admissible", lo, hi, _codes(bound, _BOUND_CODES, "bound"), _codes(direction, DIRECTIONS, "direction"),
        slack, np.multiply(np.abs(hi), nearly),
    )  # fmt: skip


def admissible(
    target: Any,
    bound: Any = "at_least",
    direction: Any = "higher",
    *,
    about: Any = 0.05,
    nearly: Any = 0.1,
    tolerance: Any = None,
) -> Admissible:
    """The outcomes that meet a target.

    Parameters
    ----------
    target : array_like or Interval
        The printed target; an interval for a range (5%—6%).
    bound : str or array_like of str or int
        One of :data:`BOUNDS`. Bound words speak of the size of a figure: -40 at_least is a cut of 40 % or
        more.
    direction : str or array_like of str or int
        One of :data:`DIRECTIONS`. Where the words name a place and not a side (eq, about, nearly, between)
        the set extends without end to the good side; neutral indicators have none.
    about, nearly : array_like
        Tolerance of 左右 and of 近, as parts of the size of the target.
    tolerance : array_like, optional
        Tolerance of 左右 in the unit of the target, instead of `about`.

    Returns
    -------
    Admissible
        lo, hi, open_lo, open_hi; NaN for an empty bound.

    Raises
    ------
    ValueError
        For words that are not in the lists.

    Examples
    --------
    >>> from czreport import targets
    >>> targets.admissible(-40.0, "at_least", "lower")
    Admissible(lo=-inf, hi=-40.0, open_lo=False, open_hi=False)
    >>> targets.admissible(7.0, "about", "neutral", tolerance=0.5)
    Admissible(lo=6.5, hi=7.5, open_lo=False, open_hi=False)
    """
    lo, hi, ends = _plain(_admissible(target, bound, direction, about, nearly, tolerance))
    flags = np.asarray(ends)
    return Admissible(lo, hi, _plain((flags & 4 != 0)[()]), _plain((flags & 8 != 0)[()]))


def verdict(
    actual: Any,
    target: Any,
    bound: Any = "at_least",
    direction: Any = "higher",
    *,
    mode: Mode = "printed",
    resolution: Any = None,
    comparable: Any = True,
    about: Any = 0.05,
    nearly: Any = 0.1,
    tolerance: Any = None,
) -> Any:
    """Whether an outcome meets a target.

    Parameters
    ----------
    actual : array_like or Interval
        The outcome as printed, or all that it may be.
    target, bound, direction, about, nearly, tolerance
        As of :func:`admissible`.
    mode : str
        ``"printed"`` compares the figures as they stand: 6.5 meets 6.5%以上. ``"strict"`` takes the outcome
        for any number that prints so: 6.5 may be 6.45, and whether it meets 6.5%以上 cannot be told. An
        interval is taken as it is in both modes.
    resolution : array_like, optional
        One unit of the last written place of the outcome, for the strict mode; without it the places of the
        shortest decimal are taken, which does not know of closing zeros.
    comparable : array_like of bool
        False where the two speak of different things (basis, region, unit); the verdict is then
        ``not_comparable``.

    Returns
    -------
    int or array of int8
        Code of :data:`VERDICTS`: 1 met (every number in question is admissible), 0 missed (none is), 2
        undecidable, 3 not comparable (NaN, or said so).

    Raises
    ------
    ValueError
        For words that are not in the lists.

    Examples
    --------
    >>> from czreport import targets
    >>> targets.VERDICTS[targets.verdict(6.5, 6.5)]
    'met'
    >>> targets.VERDICTS[targets.verdict(6.5, 6.5, mode="strict")]
    'undecidable'
    >>> targets.verdict([5.2, 5.6, float("nan")], 5.5, "about", "lower")
    array([1, 1, 3], dtype=int8)
    """
    if mode not in ("printed", "strict"):
        raise ValueError(f"mode must be 'printed' or 'strict', not {mode!r}")
    if isinstance(actual, Interval):
        lo, hi = actual
    elif mode == "printed":
        lo = hi = actual
    else:
        if resolution is None:
            places = _apply("decimals", actual)
            lo, hi = _apply("unround", actual, np.maximum(places, 0), 0)
            lo, hi = np.where(places < 0, actual, lo), np.where(places < 0, actual, hi)
        else:
            lo, hi = _apply("unround_step", actual, resolution)
    set_lo, set_hi, ends = _admissible(target, bound, direction, about, nearly, tolerance)
    verdicts = _apply("verdict", lo, hi, set_lo, set_hi, ends)
    if comparable is not True:
        verdicts = np.where(comparable, verdicts, np.int8(3))[()]
    return _plain(verdicts)


def gap(actual: Any, target: Any, direction: Any = "higher", *, out: Any = None, where: Any = True) -> Any:
    """How far the outcome is on the good side of the target.

    Parameters
    ----------
    actual, target : array_like or Interval
        Figures in one unit; the result is in that unit, percentage points for rates.
    direction : str or array_like
        One of :data:`DIRECTIONS`. A neutral indicator counts any distance against the outcome. Intervals take
        one direction for all.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    float, array or Interval
        Positive: better than the target.

    Examples
    --------
    >>> from czreport import targets
    >>> round(targets.gap(5.2, 5.5, "lower"), 2)
    0.3
    """
    code = _codes(direction, DIRECTIONS, "direction")
    if not (isinstance(actual, Interval) or isinstance(target, Interval)):
        return _plain(_apply("gap", actual, target, code, out=out, where=where))
    if np.ndim(code):
        raise ValueError("intervals take one direction for all")
    if code < 0:
        return _result(_figures("change", (target, actual), (), out, where))
    lo, hi = _figures("change", (actual, target), (), out, where)
    if code > 0:
        return _result(Interval(lo, hi))
    across = np.where((np.asarray(lo) <= 0) & (np.asarray(hi) >= 0), 0.0, np.minimum(np.abs(lo), np.abs(hi)))
    near = np.where(np.isnan(lo), np.nan, across)
    worst, best = -np.maximum(np.abs(lo), np.abs(hi)), -near
    if out is not None:
        out[0][...], out[1][...] = worst, best
        return Interval(*out)
    return _result(Interval(worst, best[()]))


def attainment(actual: Any, target: Any, convention: Any = "ratio", *, base: Any = np.nan) -> Attainment:
    """Rate of attainment (完成率), refused with a reason where it makes no sense.

    Parameters
    ----------
    actual, target : array_like
        Figures in one unit.
    convention : str or array_like
        One of :data:`CONVENTIONS`:

        ========== ======================================== ==========================================
        ratio      100 actual / target                      levels and flows that should be high
        reverse    100 target / actual                      reverse indicators
        complement 100 (2 - actual / target)                reverse indicators, second convention
        distance   100 (actual - base) / (target - base)    the way gone of the way to go
        two_sided  100 (1 - \\|actual - target\\| / \\|target\\|)  indicators that should hit the target
        ========== ======================================== ==========================================
    base : array_like
        Where the distance starts.

    Returns
    -------
    Attainment
        ``rate`` in percent, ``reason`` a code of :data:`REASONS`, 0 where there is a rate.

    Raises
    ------
    ValueError
        For a convention that is not in the list.

    Examples
    --------
    >>> from czreport import targets
    >>> rate, reason = targets.attainment([103.0, 1.0, -2.0], [100.0, 0.0, 3.0])
    >>> rate, [targets.REASONS[code] for code in reason]
    (array([103.,  nan,  nan]), ['', 'target_zero', 'sign_change'])
    """
    code = _codes(convention, _CONVENTION_CODES, "convention")
    return Attainment(*_plain(_apply("attainment", actual, target, base, code)))


def required_growth(value: Any, goal: Any, years: Any, *, out: Any = None, where: Any = True) -> Any:
    """Annual growth that leads from a figure to a plan's goal.

    Parameters
    ----------
    value, goal : array_like or Interval
        Where the figure is, and where it has to be, in one unit.
    years : array_like
        Years that are left, above 0.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    float, array or Interval
        Percent a year, ``100 ((goal / value)^(1 / years) - 1)``.

    Examples
    --------
    >>> from czreport import targets
    >>> round(targets.required_growth(67.7, 92.7, 5), 2)
    6.49
    """
    return _result(_figures("cagr", (goal, value), (years,), out, where))


def remaining_rate(goal: Any, done: Any, years: Any, *, out: Any = None, where: Any = True) -> Any:
    """Annual rate that the rest of a plan needs, from cumulative percentages.

    Parameters
    ----------
    goal, done : array_like or Interval
        The cumulative goal and what is done of it, percent against the same base; cuts are negative.
    years : array_like
        Years that are left, above 0.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    float, array or Interval
        Percent a year, ``100 (((100 + goal) / (100 + done))^(1 / years) - 1)``. NaN for ``done <= -100``.

    Examples
    --------
    A cut by 20 % in five years, of which 15.61 % in four:

    >>> from czreport import targets
    >>> round(targets.remaining_rate(-20.0, -15.61, 1), 3)
    -5.202
    """
    return _result(_figures("remaining", (goal, done), (years,), out, where))


def cumulative_to_annual(total: Any, years: Any, *, out: Any = None, where: Any = True) -> Any:
    """Annual rate of a cumulative goal such as 〔13.5〕; see :func:`czreport.growth.annual`.

    Parameters
    ----------
    total : array_like or Interval
        Percent over all years; a cut is negative.
    years : array_like
        Length of the plan, above 0.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    float, array or Interval
        Percent a year.

    Examples
    --------
    >>> from czreport import targets
    >>> round(targets.cumulative_to_annual(-18.0, 5), 4)
    -3.8913
    """
    return _result(_figures("annual", (total,), (years,), out, where))


def time_share(time: Any, time_base: Any, time_goal: Any) -> Any:
    """Part of a plan's time that has passed, percent (序时进度).

    Parameters
    ----------
    time, time_base, time_goal : array_like
        Now, the start and the end, in one unit (years, months).

    Returns
    -------
    float or array
        NaN for a plan without duration.

    Examples
    --------
    >>> from czreport import targets
    >>> targets.time_share(2023, 2020, 2025)
    60.0
    """
    return _plain(_apply("progress", time, time_base, time_goal))


def progress(value: Any, base: Any, goal: Any, *, out: Any = None, where: Any = True) -> Any:
    """Part of the way to a goal that is done, ``100 (value - base) / (goal - base)``.

    Parameters
    ----------
    value, base, goal : array_like or Interval
        Figures in one unit.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    float, array or Interval
        Percent; NaN where the goal is the base, an interval without ends where it may be.

    Examples
    --------
    >>> from czreport import targets
    >>> targets.progress(63.0, 60.0, 65.0)
    60.0
    """
    return _result(_figures("progress", (value, base, goal), (), out, where))


def pace(value: Any, base: Any, goal: Any, time: Any, time_base: Any, time_goal: Any) -> Any:
    """Progress against linear pace (快于序时进度), in percentage points.

    Parameters
    ----------
    value, base, goal : array_like
        Figures in one unit.
    time, time_base, time_goal : array_like
        When they hold, in one unit.

    Returns
    -------
    float or array
        Positive: ahead of time. :func:`progress` less :func:`time_share`.

    Examples
    --------
    >>> from czreport import targets
    >>> targets.pace(64.0, 60.0, 65.0, 2023, 2020, 2025)
    20.0
    """
    return _plain(_apply("pace", value, base, goal, time, time_base, time_goal))


def growth_pace(
    base: Any, value: Any, target: Any, year_base: Any, year: Any, year_target: Any, direction: Any = "higher"
) -> Pace:
    """Pace by growth rates: achieved over required annual growth.

    Parameters
    ----------
    base, value, target : array_like
        The figure at the start, now, and its target.
    year_base, year, year_target : array_like
        Their years.
    direction : str or array_like
        ``"higher"`` or ``"lower"``.

    Returns
    -------
    Pace
        ratio; score, ``4.1667 r - 2.5`` below 0.6 and ``7.1429 r - 4.2857`` above, between -5 and 5; category:
        on_track from 0.95, acceleration_needed from 0.6, limited from 0, deterioration below; achieved, with a
        score of 5, once the target is reached. NaN and -1 for years out of order, a base of 0, figures of
        different sign.

    References
    ----------
    Statistics Canada's method as documented by Open SDG, "progress measure", quantitative targets.

    Examples
    --------
    >>> from czreport import targets
    >>> ratio, score, category = targets.growth_pace(10.0, 14.0, 20.0, 2015, 2022, 2030)
    >>> round(ratio, 4), round(score, 4), targets.PACES[category]
    (1.0412, 3.1513, 'on_track')
    """
    code = _codes(direction, DIRECTIONS, "direction")
    return Pace(*_plain(_apply("growth_pace", base, value, target, year_base, year, year_target, code)))


def growth_pace_free(
    base: Any, value: Any, year_base: Any, year: Any, direction: Any = "higher", *, limit: Any = np.nan
) -> Pace:
    """Pace without a numerical target: annual growth in the good direction.

    Parameters
    ----------
    base, value : array_like
        The figure at the start and now.
    year_base, year : array_like
        Their years.
    direction : str or array_like
        ``"higher"`` or ``"lower"``.
    limit : array_like
        Where the figure naturally ends (100 % coverage); the thresholds shrink on the way there.

    Returns
    -------
    Pace
        ratio: percent a year in the good direction; score; category with the thresholds 1.5 C, 0.5 C and 0,
        where ``C = 1 - (base / limit)^4.44`` below the limit and ``1 - ((2 limit - base) / limit)^4.44``
        above.

    References
    ----------
    As :func:`growth_pace`, targets without a number.

    Examples
    --------
    >>> from czreport import targets
    >>> rate, score, category = targets.growth_pace_free(50.0, 55.0, 2015, 2020)
    >>> round(rate, 3), targets.PACES[category]
    (1.924, 'on_track')
    """
    code = _codes(direction, DIRECTIONS, "direction")
    return Pace(*_plain(_apply("growth_pace_free", base, value, year_base, year, limit, code)))


def current_status(value: Any, base: Any, target: Any) -> Any:
    """Current status index: ``10 (value - base) / (target - base)``, at most 10.

    Parameters
    ----------
    value, base, target : array_like
        Figures in one unit.

    Returns
    -------
    float or array
        0 at the base, 10 at the target and beyond, negative for a step back; NaN where the target is the
        base.

    References
    ----------
    Bidarbakht-Nia, A. (2017). Tracking progress towards the SDGs: measuring the otherwise ambiguous
    progress. ESCAP Statistics Division, working paper SD/WP/05.

    Examples
    --------
    >>> from czreport import targets
    >>> targets.current_status(15.0, 10.0, 20.0)
    5.0
    """
    return _plain(_apply("current_status", value, base, target))


def anticipated_progress(predicted: Any, reference: Any, target: Any, direction: Any = "higher") -> Any:
    """Anticipated progress index: the gap expected to remain, percent of a reference gap.

    Parameters
    ----------
    predicted : array_like
        The figure expected at the end of the plan, by a method of the user's choice.
    reference : array_like
        The current figure (ESCAP) or that of the base year (UNECE).
    target : array_like
        The target.
    direction : str or array_like
        One of :data:`DIRECTIONS`.

    Returns
    -------
    float or array
        0 where the prediction reaches the target; up to 10 counts as on track, up to 100 as in need of
        acceleration, above as a trend to be reversed.

    References
    ----------
    As :func:`current_status`.

    Examples
    --------
    >>> from czreport import targets
    >>> targets.anticipated_progress(18.0, 15.0, 20.0)
    40.0
    """
    code = _codes(direction, DIRECTIONS, "direction")
    return _plain(_apply("anticipated", predicted, reference, target, code))


def amplification(own: Any, parent: Any, *, out: Any = None, where: Any = True) -> Any:
    """Amplification of targets down the hierarchy (层层加码): own less parent target.

    Parameters
    ----------
    own, parent : array_like or Interval
        Targets for the same indicator and year, one unit; intervals for ranges and 左右.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    float, array or Interval
        In the unit of the targets, percentage points for rates.

    Examples
    --------
    >>> from czreport import targets
    >>> from czreport.printed import Interval
    >>> targets.amplification(6.0, Interval(4.5, 5.0))
    Interval(lo=1.0, hi=1.5)
    """
    return _result(_figures("change", (own, parent), (), out, where))


def ratchet(target: Any, last_outcome: Any, *, out: Any = None, where: Any = True) -> Any:
    """Change of a target against the last outcome.

    Parameters
    ----------
    target, last_outcome : array_like or Interval
        This year's target and last year's outcome, one unit.
    out, where
        As of a NumPy ufunc.

    Returns
    -------
    float, array or Interval
        Negative: less is asked than was achieved.

    Examples
    --------
    >>> from czreport import targets
    >>> targets.ratchet(5.0, 5.5)
    -0.5
    """
    return _result(_figures("change", (target, last_outcome), (), out, where))


def ratchet_coefficient(target: Any, last_target: Any, last_outcome: Any) -> Any:
    """How much of last year's surplus over the target went into this year's target.

    Parameters
    ----------
    target, last_target, last_outcome : array_like
        One unit.

    Returns
    -------
    float or array
        ``(target - last_target) / (last_outcome - last_target)``; NaN where last year's target was hit
        exactly.

    References
    ----------
    Weitzman, M. L. (1980). The "ratchet principle" and performance incentives. Bell Journal of Economics
    11(1), 302-308.

    Examples
    --------
    >>> from czreport import targets
    >>> targets.ratchet_coefficient(5.5, 5.0, 6.0)
    0.5
    """
    return _plain(np.divide(_apply("progress", target, last_target, last_outcome), 100))


#: How binding bound words and words of commitment are: 1 hard, 0 plain, -1 soft. Copy and edit it.
HARDNESS: dict[str, int] = {
    "at_least": 1, "more_than": 1, "at_most": 1, "less_than": 1, "eq": 0, "between": 0, "about": -1, "nearly": -1,
    "以上": 1, "不低于": 1, "不少于": 1, "以内": 1, "不超过": 1, "确保": 1, "必须": 1, "控制": 1,
    "左右": -1, "约": -1, "力争": -1, "预期": -1, "争取": -1, "努力": -1,
}  # fmt: skip


def read_hardness(path: str | os.PathLike[str]) -> dict[str, int]:
    """Read a table of hard and soft words: two columns, a tab between them; lines with # are remarks.

    Parameters
    ----------
    path : path
        A UTF-8 file of lines such as ``左右<TAB>-1``.

    Returns
    -------
    dict
        From words to 1 (hard), 0 or -1 (soft).

    Raises
    ------
    ValueError
        Naming file and line, for a line that is not a word and one of the three numbers.
    """
    table: dict[str, int] = {}
    with open(path, encoding="utf-8-sig") as file:
        for number, line in enumerate(file, 1):
            if not line.strip() or line.startswith("#"):
                continue
            word, _, code = line.rstrip("\n").partition("\t")
            if not word or code.strip() not in ("1", "0", "-1"):
                raise ValueError(f"{os.fspath(path)}, line {number}: expected a word, a tab, and 1, 0 or -1")
            table[word] = int(code)
    return table


def hardness(bound: Any, commitment: Any = "", *, table: Mapping[str, int] | None = None) -> Any:
    """Whether targets are worded as hard or as soft constraints.

    Parameters
    ----------
    bound, commitment : str or array_like of str
        The columns ``bound`` and ``commitment``, or the words themselves. The commitment counts where the
        bound word leaves it open, and softens what it is attached to: 力争6%以上 is soft.
    table : mapping, optional
        Instead of :data:`HARDNESS`, for instance `Vocabulary.hardness`. Words that are not in it count as plain.

    Returns
    -------
    int or array of int8
        1 hard, 0 plain, -1 soft.

    References
    ----------
    Li, X., Liu, C., Weng, X., and Zhou, L.-A. (2019). Target setting in tournaments: theory and evidence from
    China. Economic Journal 129(623), 2888-2915, who code 以上 and 左右 so.

    Examples
    --------
    >>> from czreport import targets
    >>> targets.hardness(["at_least", "about", "eq", "at_least"], ["", "", "确保", "力争"])
    array([ 1, -1,  1, -1], dtype=int8)
    """
    known = HARDNESS if table is None else table
    bounds, commitments = np.broadcast_arrays(np.asarray(bound, object), np.asarray(commitment, object))
    codes = np.zeros(bounds.shape, np.int8)
    flat = codes.reshape(-1)
    for i, (word, more) in enumerate(zip(bounds.ravel().tolist(), commitments.ravel().tolist())):
        first, second = known.get(word, 0), known.get(more, 0)
        flat[i] = -1 if min(first, second) < 0 else max(first, second)
    return int(codes[()]) if codes.ndim == 0 else codes


def bunching(gaps: Any, width: float, *, resolution: float = 0.1) -> Bunching:
    """Distribution of gaps at the target: exact hits, just above, just below.

    Parameters
    ----------
    gaps : array_like
        Outcome less target, as printed; NaN is left out.
    width : float
        How far from the target counts as just above or below, in the unit of the gaps.
    resolution : float
        One unit of the last printed place; gaps are taken as whole numbers of it, so that 6.9 - 7.0 is one
        place below whatever its double is.

    Returns
    -------
    Bunching
        n; counts of exact hits, just above, just below; share of exact hits (percent); above over below (inf
        without any below, NaN without either); two-sided binomial p of above against below at even odds
        (1 without either).

    Raises
    ------
    ValueError
        Unless ``resolution > 0`` and `width` is at least that.

    Examples
    --------
    >>> from czreport import targets
    >>> targets.bunching([0.0, 0.1, 0.1, 0.2, -0.1, 1.5], 0.2)
    Bunching(n=6, exact=1, above=3, below=1, exact_share=16.666666666666664, ratio=3.0, p=0.625)
    """
    if not resolution > 0 or not width >= resolution:
        raise ValueError("resolution must be above 0 and width at least as much")
    values = np.asarray(gaps, np.float64).ravel()
    steps = np.rint(values[np.isfinite(values)] / resolution)
    reach = np.floor(width / resolution + 1e-9)
    exact = int(np.count_nonzero(steps == 0))
    above = int(np.count_nonzero((steps > 0) & (steps <= reach)))
    below = int(np.count_nonzero((steps < 0) & (steps >= -reach)))
    n = len(steps)
    ratio = above / below if below else (float("inf") if above else float("nan"))
    p = float(_apply("binomial_tail", float(above), float(above + below)))
    return Bunching(n, exact, above, below, exact / n * 100 if n else float("nan"), ratio, p)
