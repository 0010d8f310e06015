"""Panels and tables from the figures of a corpus."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import targets
from .._columns import Array
from .._registry import codes_of, indicators
from .._table import Table
from ..printed import Interval
from .figures import KINDS, Figure, keys_of, scale_of
from .panel import Panel
from .regions import areas

if TYPE_CHECKING:
    from .corpus import Corpus

__all__ = ["DEFAULT_INDICATORS", "build_amplification", "build_panel", "build_target_table", "build_track"]

#: Columns of :meth:`Corpus.target_table`.
DEFAULT_INDICATORS = (
    "gdp", "cpi", "new_urban_jobs", "unemployment_surveyed", "budget_revenue", "retail_sales", "fixed_investment",
)  # fmt: skip

_LEVELS = ("nation", "province", "prefecture", "county")
_OUTCOMES = ("actual", "estimate", "outcome")


def _indicator(corpus: Corpus, name: str) -> tuple[str, str, tuple[str, ...]]:
    """Canonical name and code ("" if not registered), and the keys that figures are filed under."""
    keys = keys_of(name, corpus._vocabulary)
    codes = sorted(codes_of(name, corpus._vocabulary))
    if len(codes) != 1:
        return name, "|".join(codes), keys
    table = indicators(corpus._vocabulary)
    return str(table["name"][table["code"] == codes[0]][0]), codes[0], keys


def _directions(corpus: Corpus) -> dict[str, str]:
    table = indicators(corpus._vocabulary)
    return dict(zip(table["code"].tolist(), table["direction"].tolist()))


class _Unit:
    """Brings figures to one unit: the written one while all agree, else the canonical one."""

    def __init__(self, written: Iterable[str]) -> None:
        units = list(dict.fromkeys(written))
        self.unit = units[0] if len(units) == 1 else ""
        self._factors = dict.fromkeys(units, 1.0)
        if len(units) > 1:
            scales = {unit: scale_of(unit) for unit in units}
            common = [canonical for canonical, _ in scales.values()]
            self.unit = max(dict.fromkeys(common), key=common.count)
            for unit, (canonical, factor) in scales.items():
                self._factors[unit] = factor if canonical == self.unit else np.nan

    def factor(self, unit: str) -> float:
        """What to multiply by; NaN for a unit of another dimension than most."""
        return self._factors[unit]


def build_panel(
    corpus: Corpus, indicator: str, measure: str, kind: str, level: str | None, years: Sequence[int] | None
) -> Panel:
    """As :meth:`Corpus.panel`."""
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(map(repr, KINDS))}, not {kind!r}")
    if level is not None and level not in _LEVELS:
        raise ValueError(f"level must be one of {', '.join(map(repr, _LEVELS))}, not {level!r}")
    measures = corpus.reports[0].quantities.categories("measure") if len(corpus) else (measure,)
    if measure not in measures or not measure:
        raise ValueError(f"measure must be one of {', '.join(filter(None, measures))}, not {measure!r}")
    name, code, keys = _indicator(corpus, indicator)
    known = areas()
    later = 1 if kind in _OUTCOMES else 0
    chosen = {
        key: document
        for key, document in corpus._chosen.items()
        if level is None or known.level(key[0]) == level
    }
    rows = sorted({area for area, _ in chosen})
    columns = sorted({year - later for _, year in chosen}) if years is None else sorted(set(map(int, years)))
    shape = (len(rows), len(columns))
    numbers = {field: np.full(shape, np.nan) for field in ("values", "lo", "hi")}
    words = {
        field: np.full(shape, "", dtype=object) for field in ("bound", "wording", "commitment", "stretch")
    }
    status = np.full(shape, "missing", dtype=object)
    documents, places = np.full(shape, -1, np.int32), np.full(shape, -1, np.int64)
    cells: dict[tuple[int, int], Figure] = {}
    position = {year: j for j, year in enumerate(columns)}
    for i, area in enumerate(rows):
        spoke = False  # whether the last earlier report of the area had a figure or words
        for year in sorted(year - later for other, year in chosen if other == area):
            document = chosen[area, year + later]
            figures = corpus._figures_of(document)
            row = figures.best(keys, measure, kind, year)
            wording = figures.wording(keys, year) if row < 0 and kind == "target" else None
            state = (
                "stated"
                if row >= 0
                else "qualitative"
                if wording
                else "dropped"
                if spoke and kind == "target"
                else "not_stated"
            )
            spoke = state in ("stated", "qualitative")
            if year not in position:
                continue
            at = i, position[year]
            status[at], documents[at] = state, document
            if row >= 0:
                cells[at] = figures.figure(row)
            elif wording is not None:
                places[at], words["wording"][at] = wording.row, wording.text
    unit = _Unit(figure.unit for figure in cells.values())
    for at, figure in cells.items():
        factor = unit.factor(figure.unit)
        places[at] = figure.row
        for field, number in (("values", figure.value), ("lo", figure.lo), ("hi", figure.hi)):
            numbers[field][at] = number * factor
        words["wording"][at] = figure.text
        for field in ("bound", "commitment", "stretch"):
            words[field][at] = getattr(figure, field)
    names = np.empty(len(rows), dtype=object)
    names[:] = [known.at(area, None)[1] for area in rows]
    codes = np.empty(len(rows), dtype=object)
    codes[:] = rows
    vocabulary = corpus._vocabulary
    return Panel(
        words=None if vocabulary is None else vocabulary.hardness,
        indicator=name,
        indicator_code=code,
        measure=measure,
        kind=kind,
        unit=unit.unit,
        regions=names,
        region_codes=codes,
        years=np.array(columns, dtype=np.int64),
        status=status,
        documents=documents,
        rows=places,
        **numbers,
        **words,
    )


# ---- targets and outcomes ----

_TRACK_TEXTS = ("region", "region_code", "indicator", "indicator_code", "measure", "bound", "commitment", "stretch", "unit", "verdict", "target_text", "outcome_text", "outcome_kind")  # fmt: skip
_TRACK_NUMBERS = ("target", "target_lo", "target_hi", "outcome", "outcome_lo", "outcome_hi", "gap")
_TRACK_ORDER = (
    "region", "region_code", "year", "indicator", "indicator_code", "measure", "target", "target_lo", "target_hi",
    "bound", "commitment", "stretch", "outcome", "outcome_lo", "outcome_hi", "unit", "gap", "verdict", "target_text",
    "outcome_text", "outcome_kind", "target_document", "target_row", "outcome_document", "outcome_row",
)  # fmt: skip


def _set(figure: Figure) -> float | Interval:
    """The figure as arithmetic takes it: one number, or the interval of a range or an open end."""
    return Interval(figure.lo, figure.hi) if figure.lo != figure.hi else figure.value


def _verdict(target: Figure, outcome: Figure, factor: float, direction: str, mode: Any, about: float) -> str:
    """Verdict of the outcome times `factor`, which brings it to the unit of the target."""
    printed = _set(outcome)
    actual: float | Interval
    if isinstance(printed, Interval):
        actual = Interval(printed.lo * factor, printed.hi * factor)
    else:
        actual = printed * factor
    goal = Interval(target.lo, target.hi) if target.bound == "between" else target.value
    code = targets.verdict(
        actual,
        goal,
        target.bound,
        direction or "higher",
        mode=mode,
        about=about,
        resolution=outcome.resolution * factor,
    )
    return targets.VERDICTS[int(code)]


def build_track(corpus: Corpus, indicator: str | None, mode: Any, about: float) -> Table:
    """As :meth:`Corpus.track`."""
    known = areas()
    directions = _directions(corpus)
    registry = indicators(corpus._vocabulary)
    names = dict(zip(registry["code"].tolist(), registry["name"].tolist()))
    wanted = None if indicator is None else _indicator(corpus, indicator)
    columns: dict[str, list[Any]] = {name: [] for name in _TRACK_ORDER}
    for (area, year), document in sorted(corpus._chosen.items()):
        after = corpus._chosen.get((area, year + 1))
        if after is None:
            continue
        figures, later = corpus._figures_of(document), corpus._figures_of(after)
        region_code, region = known.at(area, year)
        pairs: list[tuple[str, str, tuple[str, ...], str]]
        if wanted is None:
            pairs = [
                (names.get(code, code), code, (code,), measure)
                for code, measure in figures.stated("target", year)
            ]
        else:
            pairs = [(*wanted, measure) for measure in figures.measures_of(wanted[2], "target", year)]
        for name, code, keys, measure in pairs:
            target_row = figures.best(keys, measure, "target", year)
            target = figures.figure(target_row)
            outcome_row = later.best(keys, measure, "outcome", year)
            cells: dict[str, Any] = dict.fromkeys(_TRACK_TEXTS, "") | dict.fromkeys(_TRACK_NUMBERS, np.nan)
            cells |= {
                "region": region, "region_code": region_code, "year": year, "indicator": name, "indicator_code": code,
                "measure": measure, "target": target.value, "target_lo": target.lo, "target_hi": target.hi,
                "bound": target.bound, "commitment": target.commitment, "stretch": target.stretch, "unit": target.unit,
                "verdict": "not_stated", "target_text": target.text, "target_document": document,
                "target_row": target_row, "outcome_document": after, "outcome_row": outcome_row,
            }  # fmt: skip
            if outcome_row >= 0:
                outcome = later.figure(outcome_row)
                factor = _conversion(outcome.unit, target.unit)
                cells |= {
                    "outcome": outcome.value * factor, "outcome_lo": outcome.lo * factor,
                    "outcome_hi": outcome.hi * factor, "outcome_text": outcome.text, "outcome_kind": outcome.kind,
                }  # fmt: skip
                direction = directions.get(code) or "higher"
                # Printed decimals: what the difference has beyond their places is the remainder of doubles.
                cells["gap"] = (
                    round(float(targets.gap(outcome.value * factor, target.value, direction)), 9) + 0.0
                )
                comparable = not np.isnan(factor)
                cells["verdict"] = (
                    _verdict(target, outcome, factor, direction, mode, about)
                    if comparable
                    else "not_comparable"
                )
            for key, cell in cells.items():
                columns[key].append(cell)
    return Table({name: _column(name, columns[name]) for name in _TRACK_ORDER})


def _conversion(unit: str, into: str) -> float:
    """Factor from one unit to another; NaN if they are of different kinds."""
    if unit == into:
        return 1.0
    one, one_factor = scale_of(unit)
    other, other_factor = scale_of(into)
    return one_factor / other_factor if one == other else np.nan


def _column(name: str, cells: list[Any]) -> Array:
    if name in ("year", "document") or name.endswith("_document"):
        return np.array(cells, dtype=np.int32)
    if name.endswith("_row"):
        return np.array(cells, dtype=np.int64)
    if name in _TRACK_NUMBERS:
        return np.array(cells, dtype=np.float64)
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    return array


# ---- amplification ----


def build_amplification(corpus: Corpus, indicator: str, measure: str, against: str) -> Table:
    """As :meth:`Corpus.amplification`."""
    if against not in ("parent", "nation"):
        raise ValueError(f"against must be 'parent' or 'nation', not {against!r}")
    known = areas()
    panel = build_panel(corpus, indicator, measure, "target", None, None)
    points = panel.points()
    number = {code: i for i, code in enumerate(panel.region_codes.tolist())}
    own_at: list[tuple[int, int]] = []
    parent_at: list[tuple[int, int]] = []
    for i, j in zip(*np.nonzero(~np.isnan(points))):
        code, year = str(panel.region_codes[i]), int(panel.years[j])
        above = "000000" if against == "nation" and code != "000000" else known.parent(code, year)
        if above in number and not np.isnan(points[number[above], j]):
            own_at.append((i, j))
            parent_at.append((number[above], j))
    own, parent = (tuple(np.array(at, dtype=int).reshape(-1, 2).T) for at in (own_at, parent_at))

    def ends(at: tuple[Array, ...]) -> Interval:
        """A range is open between its ends; a bound word does not change the figure that was set."""
        ranges = panel.bound[at] == "between"
        return Interval(
            np.where(ranges, panel.lo[at], points[at]).astype(float),
            np.where(ranges, panel.hi[at], points[at]).astype(float),
        )

    lo, hi = targets.amplification(ends(own), ends(parent))
    codes = [str(panel.region_codes[i]) for i in own[0]]
    years = panel.years[own[1]].astype(np.int32)
    then = [known.at(code, int(year)) for code, year in zip(codes, years)]
    parents = [known.at(str(panel.region_codes[i]), int(year)) for i, year in zip(parent[0], years)]
    return Table(
        {
            "region": [name for _, name in then],
            "region_code": [code for code, _ in then],
            "level": [known.level(code) for code in codes],
            "year": years,
            "own": panel.values[own],
            "own_lo": panel.lo[own],
            "own_hi": panel.hi[own],
            "own_bound": panel.bound[own],
            "parent": [name for _, name in parents],
            "parent_code": [code for code, _ in parents],
            "parent_target": panel.values[parent],
            "parent_lo": panel.lo[parent],
            "parent_hi": panel.hi[parent],
            "parent_bound": panel.bound[parent],
            "unit": [panel.unit] * len(codes),
            "amplification": np.asarray(
                targets.amplification(points[own], points[parent]), np.float64
            ).reshape(-1),
            "lo": np.asarray(lo, np.float64).reshape(-1),
            "hi": np.asarray(hi, np.float64).reshape(-1),
        }
    )


# ---- the table of targets ----


def _usual_measure(corpus: Corpus, keys: tuple[str, ...]) -> str:
    """The measure in which most reports state a target for the indicator: growth of GDP, level of jobs."""
    counts: dict[str, int] = {}
    for (_, year), document in corpus._chosen.items():
        for measure in corpus._figures_of(document).measures_of(keys, "target", year):
            counts[measure] = counts.get(measure, 0) + 1
    return max(counts, key=lambda measure: counts[measure], default="growth")


def build_target_table(
    corpus: Corpus, year: int | None, level: str | None, names: Sequence[str], tasks: bool
) -> Table:
    """As :meth:`Corpus.target_table`."""
    if isinstance(names, str) or not names:
        raise ValueError("indicators must be a sequence of names, at least one")
    known = areas()
    years = None if year is None else [year]
    columns: dict[str, Any] = {}
    present: tuple[Array, ...] = ()
    from_tasks: list[list[str]] = []
    for name in names:
        measure = _usual_measure(corpus, keys_of(name, corpus._vocabulary))
        panel = build_panel(corpus, name, measure, "target", level, years)
        if not columns:
            present = np.nonzero(panel.status != "missing")
            codes = [str(panel.region_codes[i]) for i in present[0]]
            at_years = panel.years[present[1]].astype(np.int32)
            then = [known.at(code, int(at)) for code, at in zip(codes, at_years)]
            columns = {
                "region": _column("region", [region for _, region in then]),
                "region_code": _column("region_code", [code for code, _ in then]),
                "level": _column("level", [known.level(code) for code in codes]),
                "year": at_years,
            }
            from_tasks = [[] for _ in codes]
        cells = {field: getattr(panel, field)[present].copy() for field in ("values", "wording", "stretch")}
        if tasks:
            items = build_panel(corpus, name, measure, "task", level, years)
            silent = ~np.isin(panel.status[present].astype(str), ("stated", "qualitative"))
            taken = silent & (items.status[present] == "stated")
            cells["values"][taken] = items.values[present][taken] * _conversion(
                items.unit, panel.unit or items.unit
            )
            for field in ("wording", "stretch"):
                cells[field][taken] = getattr(items, field)[present][taken]
            for row in np.flatnonzero(taken).tolist():
                from_tasks[row].append(name)
        first = len(columns) == 4
        columns[name], columns[f"{name}_wording"] = cells["values"], cells["wording"]
        if first:
            columns[f"{name}_stretch"] = cells["stretch"]
            documents = panel.documents[present]
    columns["from_tasks"] = _column("from_tasks", [",".join(found) for found in from_tasks])
    columns["document"] = documents
    return Table(columns)
