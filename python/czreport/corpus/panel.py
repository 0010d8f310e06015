"""Panels: one indicator, regions by years."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from .. import _display, targets
from .._columns import Array, frozen, missing
from .._table import Table
from .regions import areas

if TYPE_CHECKING:
    import pandas

__all__ = ["RULES", "STATUSES", "Panel"]

#: What a cell of a panel can be; see :attr:`Panel.status`.
STATUSES = ("stated", "qualitative", "dropped", "not_stated", "missing")
#: How ranges and words are compared; see :meth:`Panel.points` and :meth:`Panel.changes`.
RULES = ("midpoint", "low", "wording")

Rule: TypeAlias = Literal["midpoint", "low", "wording"]
_SHOWN = 60


def _rule(rule: str) -> None:
    if rule not in RULES:
        raise ValueError(f"rule must be one of {', '.join(map(repr, RULES))}, not {rule!r}")


class Panel:
    """One indicator of many regions over years; made by :meth:`Corpus.panel`, immutable.

    All arrays are read-only and have the shape (regions, years).

    Attributes
    ----------
    indicator, indicator_code, measure, kind, unit : str
        What it is a panel of. All figures are in `unit`: the written one where all reports write the same, else the
        canonical one.
    regions, region_codes : numpy.ndarray of str
        Latest names and codes of the areas, which identify a row through renames and changes of code.
    years : numpy.ndarray of int
        The years that the figures are about. Targets stand in the report of the year, outcomes in that of the next.
    values, lo, hi : numpy.ndarray of float
        The signed figure, NaN for a range and where there is none; the set that the words state.
    bound, wording, commitment, stretch : numpy.ndarray of str
        The bound word's code, the quote (of a qualitative goal: its words), words of commitment and of more.
    status : numpy.ndarray of str
        stated: a number; qualitative: a goal in words; dropped: neither, where the region's last earlier report
        had one; not_stated: neither, as before; missing: no report for that region and year.
    documents, rows : numpy.ndarray of int
        Row of :attr:`Corpus.documents` and of that report's `quantities` (`qualitative` for a goal in words); -1 if
        none.

    Examples
    --------
    >>> import czreport as cz
    >>> texts = [("a", "2021年常州市政府工作报告\\n今年主要预期目标：地区生产总值增长6%以上。"),
    ...          ("b", "2022年常州市政府工作报告\\n今年主要预期目标：地区生产总值增长5.5%左右。")]
    >>> panel = cz.read_corpus(texts).panel("gdp")
    >>> panel.regions.tolist(), panel.years.tolist(), panel.values.tolist()
    (['常州市'], [2021, 2022], [[6.0, 5.5]])
    >>> panel["常州市", 2022].item()
    5.5
    """

    __slots__ = (
        "_words", "bound", "commitment", "documents", "hi", "indicator", "indicator_code", "kind", "lo", "measure", "region_codes",
        "regions", "rows", "status", "stretch", "unit", "values", "wording", "years",
    )  # fmt: skip

    _words: dict[str, int] | None
    indicator: str
    indicator_code: str
    measure: str
    kind: str
    unit: str
    regions: Array
    region_codes: Array
    years: Array
    values: Array
    lo: Array
    hi: Array
    bound: Array
    wording: Array
    commitment: Array
    stretch: Array
    status: Array
    documents: Array
    rows: Array

    def __init__(self, **fields: Any) -> None:
        for name in self.__slots__:
            value = fields[name.lstrip("_")]
            setattr(self, name, frozen(value) if isinstance(value, np.ndarray) else value)

    @property
    def shape(self) -> tuple[int, int]:
        """Regions and years."""
        return len(self.regions), len(self.years)

    def row(self, region: str) -> int:
        """Number of the row of a region: its name or code, of any year.

        Raises
        ------
        KeyError
            The panel has no such region, or the name stands for several.
        """
        known = areas()
        identity = known.identity(region)
        found = [
            i
            for i, code in enumerate(self.region_codes.tolist())
            if code == identity or region == self.regions[i] or region in known.names(code)
        ]
        if len(found) != 1:
            raise KeyError(f"{'no' if not found else 'more than one'} region {region!r} in the panel")
        return found[0]

    def __getitem__(self, key: tuple[str, int]) -> np.float64:
        """The value of a region and a year: ``panel["常州市", 2021]``."""
        region, year = key
        column = np.flatnonzero(self.years == year)
        if not len(column):
            raise KeyError(f"no year {year} in the panel")
        value: np.float64 = self.values[self.row(region), column[0]]
        return value

    # ---- figures ----

    def points(self, rule: Rule = "midpoint") -> Array:
        """One number for every cell.

        Parameters
        ----------
        rule : str
            ``"midpoint"``: the middle of a range; ``"low"``: its low end; ``"wording"`` is as midpoint. A figure with
            a bound word (6%以上) counts as the figure that is printed.

        Returns
        -------
        numpy.ndarray
            float64 (regions, years); NaN where no number is stated.
        """
        _rule(rule)
        ranges = (self.bound == "between") & np.isnan(self.values)
        ends = self.lo if rule == "low" else (self.lo + self.hi) / 2
        return np.where(ranges, ends, self.values)

    @property
    def hardness(self) -> Array:
        """How binding each figure is worded: 1 hard, 0 plain, -1 soft (:func:`czreport.targets.hardness`, with the words
        of the corpus' vocabulary); int8 (regions, years), 0 where there is no number."""
        codes: Array = targets.hardness(self.bound, self.commitment, table=self._words)
        return codes

    def _weights(self, weights: Any) -> Array:
        if isinstance(weights, Panel):
            aligned = np.full(self.shape, np.nan)
            points = weights.points()
            columns = {int(year): i for i, year in enumerate(weights.years)}
            numbers = {str(code): i for i, code in enumerate(weights.region_codes)}
            for i, code in enumerate(self.region_codes.tolist()):
                for j, year in enumerate(self.years.tolist()):
                    if code in numbers and year in columns:
                        aligned[i, j] = points[numbers[code], columns[year]]
            return aligned
        array = np.asarray(weights, np.float64)
        if array.ndim == 1:
            array = array[:, None]
        if (
            array.ndim != 2
            or array.shape[0] != len(self.regions)
            or array.shape[1] not in (1, len(self.years))
        ):
            raise ValueError(f"weights of the shape {np.shape(weights)} for a panel of {self.shape}")
        return np.broadcast_to(array, self.shape)

    def mean(
        self,
        weights: Any = None,
        by: Literal["all", "parent", "level"] | Callable[[str], str] = "all",
        rule: Rule = "midpoint",
    ) -> Table:
        """Means over regions, simple and weighted.

        Parameters
        ----------
        weights : Panel or array_like, optional
            Not negative: per region, per region and year, or another panel (such as levels of GDP), aligned by
            region and year. Regions without a weight are left out of the weighted mean.
        by : str or callable
            ``"all"`` regions together, those of one ``"parent"``, those of one ``"level"``; or a function from the
            code of a region to the name of its group.
        rule : str
            As of :meth:`points`.

        Returns
        -------
        Table
            group, year, count (regions with a number), mean, weighted_count, weighted_mean (NaN without weights).

        Examples
        --------
        >>> import czreport as cz
        >>> goal = "政府工作报告\\\\n今年主要预期目标：地区生产总值增长"
        >>> texts = [("a", "2021年常州市" + goal + "6%。"), ("b", "2021年无锡市" + goal + "5%。")]
        >>> texts = [(name, text.replace("\\\\n", chr(10))) for name, text in texts]
        >>> panel = cz.read_corpus(texts).panel("gdp")
        >>> panel.mean(weights=[1, 3])[["count", "mean", "weighted_mean"]].to_pylist()
        [{'count': 2, 'mean': 5.5, 'weighted_mean': 5.75}]
        """
        known = areas()
        if callable(by):
            groups = [by(code) for code in self.region_codes.tolist()]
        elif by == "all":
            groups = ["all"] * len(self.regions)
        elif by == "parent":
            groups = [known.at(known.parent(code), None)[1] for code in self.region_codes.tolist()]
        elif by == "level":
            groups = [known.level(code) for code in self.region_codes.tolist()]
        else:
            raise ValueError(f"by must be 'all', 'parent', 'level' or a function, not {by!r}")
        points = self.points(rule)
        factors = np.full(self.shape, np.nan) if weights is None else self._weights(weights)
        if np.any(factors < 0):
            raise ValueError("weights must not be negative")
        columns: dict[str, list[Any]] = {
            name: [] for name in ("group", "year", "count", "mean", "weighted_count", "weighted_mean")
        }
        for group in sorted(set(groups)):
            members = np.array([name == group for name in groups])
            for j, year in enumerate(self.years.tolist()):
                cells, parts = points[members, j], factors[members, j]
                told = ~np.isnan(cells)
                both = told & (parts > 0)
                row = (
                    group,
                    year,
                    int(told.sum()),
                    float(cells[told].mean()) if told.any() else np.nan,
                    int(both.sum()),
                    float(np.average(cells[both], weights=parts[both])) if both.any() else np.nan,
                )
                for name, cell in zip(columns, row):
                    columns[name].append(cell)
        return Table({name: _typed(name, cells) for name, cells in columns.items()})

    def moves(self, rule: Rule = "midpoint") -> Array:
        """How each figure compares with that of the year before.

        Parameters
        ----------
        rule : str
            ``"midpoint"`` and ``"low"``: ranges are compared by their middle or their low end, and a figure with a
            bound word by what is printed. ``"wording"``: as midpoint, and equal figures by how binding they are
            worded (:func:`czreport.targets.hardness`): 6%左右 after 6%以上 is a cut.

        Returns
        -------
        numpy.ndarray of str
            (regions, years): raised, kept, cut; dropped as in :attr:`status`; new: a number after none; empty where
            there is no number, and where the year before is not in the panel or has no report.
        """
        points = self.points(rule)
        hard = self.hardness
        moves = np.full(self.shape, "", dtype=object)
        for j in range(1, len(self.years)):
            if self.years[j] != self.years[j - 1] + 1:
                continue
            now, before = points[:, j], points[:, j - 1]
            # Decimals of a few places: what is closer than this is the same printed number.
            step = np.where(np.isclose(now, before, rtol=1e-12, atol=1e-9), 0.0, now - before)
            if rule == "wording":
                step = np.where(step == 0, hard[:, j].astype(float) - hard[:, j - 1], step)
            both = ~np.isnan(step)
            moves[both & (step > 0), j] = "raised"
            moves[both & (step == 0), j] = "kept"
            moves[both & (step < 0), j] = "cut"
            moves[self.status[:, j] == "dropped", j] = "dropped"
            moves[~np.isnan(now) & np.isnan(before) & (self.status[:, j - 1] != "missing"), j] = "new"
        return moves

    def changes(self, rule: Rule = "midpoint") -> Table:
        """Counts of regions that raised, kept or cut the figure of the year before.

        Parameters
        ----------
        rule : str
            As of :meth:`moves`.

        Returns
        -------
        Table
            year, compared (regions with a number in both years), raised, kept, cut, new, dropped. The first year
            and years after a gap have nothing to be compared with.
        """
        moves = self.moves(rule)
        names = ("raised", "kept", "cut", "new", "dropped")
        counts = {name: (moves == name).sum(axis=0) for name in names}
        compared = counts["raised"] + counts["kept"] + counts["cut"]
        return Table({"year": self.years.astype(np.int32), "compared": compared, **counts})

    # ---- export ----

    def to_table(self) -> Table:
        """The cells as rows, region by region.

        Returns
        -------
        Table
            region_code (in force that year), region (its name then), area_code (identity of the row), level,
            parent_code, year, value, lo, hi, bound, unit, status, wording, commitment, stretch, document, row.
        """
        known = areas()
        count = len(self.years)
        pairs = [(code, year) for code in self.region_codes.tolist() for year in self.years.tolist()]
        then = [known.at(code, year) for code, year in pairs]
        columns: dict[str, Any] = {
            "region_code": [code for code, _ in then],
            "region": [name for _, name in then],
            "area_code": np.repeat(self.region_codes, count),
            "level": [known.level(code) for code, _ in pairs],
            "parent_code": [known.parent(code, year) for code, year in pairs],
            "year": np.tile(self.years.astype(np.int32), len(self.regions)),
        }
        for name, array in [("value", self.values), ("lo", self.lo), ("hi", self.hi), ("bound", self.bound)]:
            columns[name] = array.ravel()
        columns["unit"] = [self.unit] * len(pairs)
        for name in ("status", "wording", "commitment", "stretch"):
            columns[name] = getattr(self, name).ravel()
        columns["document"] = self.documents.ravel()
        columns["row"] = self.rows.ravel()
        return Table(columns)

    def to_pandas(self, field: str = "values") -> pandas.DataFrame:
        """One of the arrays as a data frame: regions by years.

        Parameters
        ----------
        field : str
            values, lo, hi, bound, wording, commitment, stretch, status, documents or rows. ``to_table().to_pandas()``
            gives all of them with a row for each cell.
        """
        try:
            import pandas
        except ImportError:
            raise missing("pandas", "pandas") from None
        fields = (
            "values",
            "lo",
            "hi",
            "bound",
            "wording",
            "commitment",
            "stretch",
            "status",
            "documents",
            "rows",
        )
        if field not in fields:
            raise ValueError(f"field must be one of {', '.join(map(repr, fields))}, not {field!r}")
        index = pandas.MultiIndex.from_arrays(
            [self.region_codes, self.regions], names=["region_code", "region"]
        )
        return pandas.DataFrame(
            getattr(self, field).copy(), index=index, columns=pandas.Index(self.years, name="year")
        )

    # ---- display ----

    def _cell(self, i: int, j: int) -> str:
        status = self.status[i, j]
        if status in ("stated", "qualitative"):
            return str(self.wording[i, j])
        return {"dropped": "dropped", "not_stated": "–", "missing": ""}[status]

    def __repr__(self) -> str:
        counts = ", ".join(f"{int((self.status == name).sum())} {name}" for name in STATUSES)
        return (
            f"<czreport.Panel: {self.indicator}, {self.measure}, {self.kind}, "
            f"{len(self.regions)} regions × {len(self.years)} years: {counts}>"
        )

    def _repr_html_(self) -> str:
        escape = html.escape
        unit = f" ({self.unit})" if self.unit else ""
        lines = [
            '<table class="czreport">',
            f"<caption>{escape(self.indicator)} · {self.measure} · {self.kind}{escape(unit)}</caption>",
            f"<thead><tr><th>region</th>{''.join(f'<th>{year}</th>' for year in self.years)}</tr></thead>",
            "<tbody>",
        ]
        for i, region in enumerate(self.regions[:_SHOWN].tolist()):
            cells = "".join(
                f'<td title="{self.status[i, j]}">{escape(_display.cell_text(self._cell(i, j)))}</td>'
                for j in range(len(self.years))
            )
            lines.append(f"<tr><th>{escape(region)}</th>{cells}</tr>")
        lines += ["</tbody></table>", f"<p>{len(self.regions)} regions × {len(self.years)} years</p>"]
        return "\n".join(lines)


def _typed(name: str, cells: list[Any]) -> Any:
    """Keeps the type of columns without rows."""
    if name in ("year", "count", "weighted_count"):
        return np.array(cells, dtype=np.int32)
    return np.array(cells, dtype=np.float64) if name in ("mean", "weighted_mean") else cells
