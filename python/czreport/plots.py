"""Plots of targets, outcomes, plans and audits with matplotlib (the extra ``plot``).

Every function draws on one Axes, given as ``ax=`` or made anew, and returns it. Figures that a report prints with a
bound word are drawn as what they state: a dot for a number, a bar for an interval, an arrow where it is open.

Examples
--------
>>> from czreport import plots
>>> ax = plots.plan_path(7700, 2020, 10000, 2025, lang="en")       # doctest: +SKIP
"""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _display
from ._audit import Audit
from ._columns import missing
from ._table import Table
from .targets import required_growth

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["audit_intervals", "chinese_font", "contributions", "outcomes", "plan_path", "targets_by_region"]

_FAMILIES = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "Microsoft YaHei", "PingFang SC",
    "Hiragino Sans GB", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "SimHei", "Noto Sans CJK JP", "Noto Serif CJK SC",
    "Arial Unicode MS", "Droid Sans Fallback",
)  # fmt: skip
_LABELS = {
    "zh": {
        "target": "目标", "outcome": "结果", "goal": "规划目标", "path": "匀速路径", "fan": "增速相差 ±{width} 个百分点",
        "stated": "文中", "implied": "由其余数字推得", "total": "合计", "rate": "年均 {rate:.2f}%",
    },
    "en": {
        "target": "target", "outcome": "outcome", "goal": "goal of the plan", "path": "path at an even rate",
        "fan": "rates ±{width} points apart", "stated": "stated", "implied": "implied by the other figures",
        "total": "total", "rate": "{rate:.2f}% a year",
    },
}  # fmt: skip


def _words(lang: str) -> dict[str, str]:
    if lang not in _LABELS:
        raise ValueError(f"lang must be one of {', '.join(_LABELS)}, not {lang!r}")
    return _LABELS[lang]


@functools.lru_cache(maxsize=1)
def chinese_font() -> str:
    """The installed font family in which plots write Chinese.

    Returns
    -------
    str
        A family that has the glyphs, the well-known ones first.

    Raises
    ------
    RuntimeError
        No installed font has them; the message names packages that bring one.
    """
    try:
        from matplotlib import font_manager
        from matplotlib.ft2font import FT2Font
    except ImportError as error:
        raise missing("matplotlib", "plot") from error
    installed = {font.name: font.fname for font in font_manager.fontManager.ttflist}
    others = [
        name
        for name in installed
        if name not in _FAMILIES and ("CJK" in name or "Hei" in name or "Song" in name)
    ]
    for name in (*_FAMILIES, *sorted(others)):
        path = installed.get(name)
        if path is None or not os.path.exists(path):
            continue
        if all(FT2Font(path).get_char_index(ord(char)) for char in "政府工作报告"):
            return name
    raise RuntimeError(
        "no installed font has Chinese glyphs; install one, for instance Debian's fonts-noto-cjk or "
        "fonts-wqy-zenhei, or the PyPI package mplfonts, and remove matplotlib's font cache"
    )


def _axes(ax: Axes | None, texts: Sequence[str], rows: int = 0) -> Axes:
    """The Axes to draw on. A font with Chinese glyphs is asked for only where there is something Chinese."""
    if any(char > "\u2e7f" for text in texts for char in text):
        chinese_font()
    if ax is not None:
        return ax
    try:
        import matplotlib.pyplot as plt
    except ImportError as error:
        raise missing("matplotlib", "plot") from error
    size = (7.0, max(2.5, 0.32 * rows + 1.2)) if rows else None
    made: Axes = plt.subplots(figsize=size, layout="constrained")[1]
    return made


def _font(text: str) -> dict[str, Any]:
    """Text properties under which all of `text` can be seen."""
    if any(char > "\u2e7f" for char in text):
        return {"fontfamily": [chinese_font(), "sans-serif"]}
    return {}


def _finish(ax: Axes, legend: bool = True) -> Axes:
    """Gives the texts that hold Chinese a font that has it."""
    if legend and ax.get_legend_handles_labels()[0]:
        ax.legend()
    texts = [
        ax.title,
        ax.xaxis.label,
        ax.yaxis.label,
        *ax.get_xticklabels(),
        *ax.get_yticklabels(),
        *ax.texts,
    ]
    box = ax.get_legend()
    if box is not None:
        texts += box.get_texts()
    for text in texts:
        if _font(text.get_text()):
            text.set_fontfamily([chinese_font(), "sans-serif"])
    return ax


def _interval(ax: Axes, lo: float, hi: float, at: float, reach: float, **style: Any) -> None:
    """One stated set on a horizontal line: a dot, a bar, or an arrow to the side where it is open."""
    if np.isnan(lo) or np.isnan(hi):
        return
    if lo == hi:
        ax.plot([lo], [at], marker="o", linestyle="none", **style)
        return
    label = style.pop("label", None)
    color = style.get("color")
    left = lo if np.isfinite(lo) else hi - reach
    right = hi if np.isfinite(hi) else lo + reach
    ax.plot([left, right], [at, at], linewidth=3, solid_capstyle="butt", color=color, label=label)
    for end, is_open, marker in ((left, not np.isfinite(lo), "<"), (right, not np.isfinite(hi), ">")):
        ax.plot([end], [at], marker=marker if is_open else "|", markersize=8, linestyle="none", color=color)


def targets_by_region(
    table: Table, *, region: str | None = None, ax: Axes | None = None, lang: str = "zh"
) -> Axes:
    """Targets of one indicator with the sets that their bound words state, a line for each region.

    Parameters
    ----------
    table : Table
        Rows with lo, hi and text, for instance ``corpus.targets("gdp")``; sorted here by their lower end.
    region : str, optional
        Column with the names; ``report_region`` or ``region``, whichever there is.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure without it.
    lang : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        No rows, or several units among them.
    RuntimeError
        No font with Chinese glyphs is installed.
    """
    _words(lang)
    if not len(table):
        raise ValueError("the table has no rows to plot")
    units = sorted(set(table["unit"]))
    if len(units) > 1:
        raise ValueError(f"the rows must have one unit, not {', '.join(map(repr, units))}")
    column = region or ("report_region" if "report_region" in table.columns else "region")
    names = [str(name) for name in table[column]]
    lo, hi = np.asarray(table["lo"], dtype=float), np.asarray(table["hi"], dtype=float)
    order = np.argsort(np.where(np.isfinite(lo), lo, hi), kind="stable")
    ax = _axes(ax, names, len(names))
    finite = np.concatenate([lo[np.isfinite(lo)], hi[np.isfinite(hi)]])
    reach = max(float(np.ptp(finite)) * 0.15, 0.3)
    for at, row in enumerate(order):
        _interval(ax, float(lo[row]), float(hi[row]), at, reach, color="C0")
        left = hi[row] - reach if not np.isfinite(lo[row]) else lo[row]
        ax.annotate(
            str(table["text"][row]), (left, at), xytext=(0, 5), textcoords="offset points", fontsize="x-small"
        )
    ax.set_yticks(range(len(order)), [names[row] for row in order])
    ax.set_xlabel(units[0])
    ax.set_ylim(-0.7, len(order) - 0.3)
    ax.grid(axis="x", alpha=0.3)
    return _finish(ax)


def outcomes(
    years: Any,
    target_lo: Any,
    target_hi: Any,
    outcome: Any,
    *,
    unit: str = "%",
    ax: Axes | None = None,
    lang: str = "zh",
) -> Axes:
    """Target of each year beside its outcome.

    Parameters
    ----------
    years : array_like of int, shape (n,)
    target_lo, target_hi : array_like of float, shape (n,)
        The sets that the targets state, infinite where open, NaN where there was none.
    outcome : array_like of float, shape (n,)
        NaN where it is not known.
    unit : str
        Label of the axis of values.
    ax, lang
        As in :func:`targets_by_region`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        Arrays of different lengths.
    """
    words = _words(lang)
    arrays = [np.asarray(a, dtype=float) for a in (years, target_lo, target_hi, outcome)]
    if len({a.shape for a in arrays}) > 1 or arrays[0].ndim != 1:
        raise ValueError(f"four arrays of one length were expected, not of {[a.shape for a in arrays]}")
    when, lo, hi, came = arrays
    ax = _axes(ax, [unit, *words.values()])
    known = np.concatenate([a[np.isfinite(a)] for a in (lo, hi, came)])
    reach = max(float(np.ptp(known)) * 0.2, 0.3) if len(known) else 1.0
    label: str | None = words["target"]
    for year, low, high in zip(when, lo, hi):
        if np.isnan(low) or np.isnan(high):
            continue
        bottom = low if np.isfinite(low) else high - reach
        top = high if np.isfinite(high) else low + reach
        ax.bar([year], [top - bottom], bottom=[bottom], width=0.5, color="C0", alpha=0.25, label=label)
        for end in {low, high}:
            if np.isfinite(end):
                ax.plot([year - 0.25, year + 0.25], [end, end], color="C0")
        label = None
    ax.plot(when, came, "o-", color="C3", label=words["outcome"])
    ax.set_xticks(when, [str(int(year)) for year in when])
    ax.set_ylabel(unit)
    ax.grid(axis="y", alpha=0.3)
    return _finish(ax)


def plan_path(
    value: float,
    year: int,
    goal: float,
    goal_year: int,
    *,
    actual: Any = None,
    width: float = 1.0,
    unit: str = "",
    ax: Axes | None = None,
    lang: str = "zh",
) -> Axes:
    """The path from a level to the goal of a plan, with the rate that it requires.

    Parameters
    ----------
    value : float
        Level in `year`.
    year, goal_year : int
        First and last year of the path.
    goal : float
        Level to be reached.
    actual : array_like, shape (n, 2), optional
        Pairs of year and level that came.
    width : float
        Percentage points by which the fan around the required rate is wider to both sides.
    unit, ax, lang
        As in :func:`outcomes`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        The plan does not end after it begins, or has no rate (a level that is not positive).

    Notes
    -----
    The rate is :func:`czreport.targets.required_growth`, ``100 * ((goal / value) ** (1 / years) - 1)``.
    """
    words = _words(lang)
    if goal_year <= year:
        raise ValueError(f"goal_year must be after {year}, not {goal_year}")
    rate = float(required_growth(value, goal, goal_year - year))
    if np.isnan(rate):
        raise ValueError(f"no rate of growth leads from {value} to {goal}")
    ax = _axes(ax, [unit, *words.values()])
    years = np.arange(year, goal_year + 1)
    steps = years - year

    def path(percent: float) -> Any:
        return value * (1 + percent / 100) ** steps

    fan = words["fan"].format(width=_display.format_number(width))
    ax.fill_between(years, path(rate - width), path(rate + width), alpha=0.2, color="C0", label=fan)
    ax.plot(years, path(rate), "--", color="C0", label=f"{words['path']}: {words['rate'].format(rate=rate)}")
    ax.plot([goal_year], [goal], "*", markersize=12, color="C3", label=words["goal"])
    came = np.asarray([(year, value)] if actual is None else actual, dtype=float)
    if came.ndim != 2 or came.shape[1] != 2:
        raise ValueError(f"actual must have the shape (n, 2), not {came.shape}")
    ax.plot(came[:, 0], came[:, 1], "o-", color="k", label=words["outcome"])
    ax.set_xticks(years, [str(each) for each in years])
    ax.set_ylabel(unit)
    ax.grid(alpha=0.3)
    return _finish(ax)


def contributions(
    labels: Sequence[str], values: Any, *, unit: str = "百分点", ax: Axes | None = None, lang: str = "zh"
) -> Axes:
    """Contributions of parts to a growth rate, as bars with their total.

    Parameters
    ----------
    labels : sequence of str, length n
    values : array_like of float, shape (n,)
        For instance :func:`czreport.growth.pull` of each part, in percentage points.
    unit, ax, lang
        As in :func:`outcomes`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        Not one value for each label.
    """
    words = _words(lang)
    heights = np.asarray(values, dtype=float)
    if heights.shape != (len(labels),):
        raise ValueError(f"{len(labels)} values were expected, not an array of shape {heights.shape}")
    names = [*labels, words["total"]]
    heights = np.append(heights, np.nansum(heights))
    ax = _axes(ax, [unit, *names])
    colors = ["C2" if height >= 0 else "C3" for height in heights[:-1]] + ["0.4"]
    bars = ax.bar(range(len(names)), heights, color=colors)
    ax.bar_label(bars, fmt="%.2f", fontsize="small")
    ax.axhline(0, color="k", linewidth=0.8)
    ax.set_xticks(range(len(names)), names)
    ax.set_ylabel(unit)
    return _finish(ax)


def audit_intervals(audit: Audit, *, ax: Axes | None = None, lang: str = "zh") -> Axes:
    """The intervals that miss each other: for each finding what is stated, and what the other figures imply.

    Parameters
    ----------
    audit : Audit
        Of :meth:`czreport.Report.audit`; findings without two intervals are left out.
    ax, lang
        As in :func:`targets_by_region`.

    Returns
    -------
    matplotlib.axes.Axes
        Each finding is drawn on a scale of its own, the middle of the stated interval being 1: findings of
        different units stand in one picture.

    Raises
    ------
    ValueError
        No finding has two intervals.
    """
    words = _words(lang)
    ends = ("stated_lo", "stated_hi", "implied_lo", "implied_hi")
    rows = [
        row for row in audit.findings.to_pylist()
        if not any(np.isnan(row[end]) for end in ends) and np.isfinite(row["stated_lo"] + row["stated_hi"])
        and row["stated_lo"] + row["stated_hi"] != 0
    ]  # fmt: skip
    if not rows:
        raise ValueError("no finding of this audit has two intervals to plot")
    names = [f"{row['indicator']} · {row['rule']}" for row in rows]
    ax = _axes(ax, [*names, *words.values()], 2 * len(rows))
    for at, row in enumerate(reversed(rows)):
        middle = abs(row["stated_lo"] + row["stated_hi"]) / 2
        first = at == len(rows) - 1
        for shift, side, color in ((0.15, "stated", "C0"), (-0.15, "implied", "C3")):
            label = words[side] if first else None
            lo, hi = row[f"{side}_lo"] / middle, row[f"{side}_hi"] / middle
            _interval(ax, lo, hi, at + shift, 0.2, color=color, **({"label": label} if label else {}))
    ax.set_yticks(range(len(rows)), names[::-1])
    ax.set_ylim(-0.7, len(rows) - 0.3)
    ax.axvline(1, color="0.7", linewidth=0.8, zorder=0)
    ax.grid(axis="x", alpha=0.3)
    return _finish(ax)
