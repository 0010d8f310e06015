"""Rows corrected or confirmed by a person, applied again whenever the report is read.

A file of corrections is a csv with a row for each figure that somebody looked at. Columns named as those of
`quantities` say what is right; an empty cell leaves what the reader found, and ``-`` stands for an empty one:

    text,start,status,indicator,unit,kind
    616.6亿元,1203,confirmed,,,
    6.4%,1221,,,,estimate
    2号线,3310,,-,,

Examples
--------
>>> import czreport as cz
>>> report = cz.parse("税收收入500亿元，增长4%。", region="常州市", year=2021)
>>> mended = report.corrected([{"text": "500亿元", "indicator": "税收", "value": 510}])
>>> mended.statements[0]["value"], mended.statements[0]["canonical_value"], mended.statements[0]["flags"]
(510.0, 51000000000.0, 'corrected')
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._errors import ReportError
from ._registry import codes_of, regions, units
from ._table import Table
from .agreement import read_rows, squeeze

if TYPE_CHECKING:
    from ._report import Report
    from ._vocabulary import Vocabulary

__all__ = ["CORRECTABLE", "STATUSES", "apply", "as_rows", "canonical_of", "read_corrections"]

_CODES = ("role", "measure", "bound", "basis", "horizon", "kind")
_NUMBERS = ("value", "lo", "hi")
_TEXTS = (
    "indicator", "indicator_code", "unit", "canonical_unit", "period", "base", "commitment", "stretch", "region",
    "region_code", "scope",
)  # fmt: skip
#: Columns that a correction may set; those that follow from them (period_end, canonical_value …) are set with them.
CORRECTABLE = (*_CODES, *_NUMBERS, *_TEXTS)
#: What a row of corrections may say of itself in its column `status`; the empty one means corrected.
STATUSES = ("", "corrected", "confirmed")

_SCALES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?(?:-(?:\d\d|Q[1-4]|H[12]))?(?:/(\d{4})-\d\d)?")


def read_corrections(path: str | os.PathLike[str]) -> list[dict[str, str]]:
    """Rows of a .csv or .tsv file of corrections; ReportError names file and line of what cannot be used."""
    rows, lines = read_rows(path)
    for row, line in zip(rows, lines):
        _check(row, f"{os.fspath(path)}, line {line}")
    return rows


def _check(row: Mapping[str, Any], place: str) -> None:
    if not str(row.get("text") or ""):
        raise ReportError(f"{place}: expected a text, the quote of the figure that is corrected")
    status = row.get("status") or ""
    if status not in STATUSES:
        raise ReportError(f"{place}: status is {status!r}; expected corrected, confirmed or nothing")
    for name in _NUMBERS:
        cell = row.get(name)
        if cell in (None, ""):
            continue
        try:
            float("nan" if cell == "-" else cell)
        except (TypeError, ValueError):
            raise ReportError(f"{place}: {name} is {cell!r}; expected a number") from None
    period = str(row.get("period") or "")
    if period not in ("", "-") and not _YEARS.fullmatch(period):
        raise ReportError(
            f"{place}: period is {period!r}; expected one such as 2020, 2016-2020, 2020-02, 2020-Q1"
        )
    start = row.get("start")
    if start not in (None, "") and not str(start).isdigit():
        raise ReportError(f"{place}: start is {start!r}; expected an offset in characters")


# ---- which row a correction is about ----


def _find(row: Mapping[str, Any], texts: Sequence[str], starts: Sequence[int], taken: set[int]) -> int | None:
    """The row at `start` with this quote; else, as texts are edited, the nearest one with it; None if there is none."""
    quote = squeeze(row["text"])
    found = [i for i, text in enumerate(texts) if i not in taken and text == quote]
    if not found:
        return None
    start = row.get("start")
    if start in (None, ""):
        return found[0]
    return min(found, key=lambda i: abs(starts[i] - int(str(start))))


# ---- what follows from a correction ----


def canonical_of(value: float, unit: str, vocabulary: Vocabulary | None = None) -> tuple[float, str]:
    """Value and unit in the canonical unit of the dimension, as the reader gives them.

    Parameters
    ----------
    value : float
    unit : str
        A written unit with its scale word (亿元, 万人, 微克/立方米).

    Returns
    -------
    canonical_value : float
    canonical_unit : str

    Examples
    --------
    >>> from czreport.corrections import canonical_of
    >>> canonical_of(7700, "亿元"), canonical_of(3, "公里"), canonical_of(5, "%")
    ((770000000000.0, '元'), (3000.0, '米'), (5.0, '%'))
    """
    table = units(vocabulary)
    known = {name: row for row, name in enumerate(table["unit"])}
    base, slash, over = unit.partition("/")
    power = 0
    while base and base not in known and base[0] in _SCALES:
        power += _SCALES[base[0]]
        base = base[1:]
    factor, canonical = 1.0, base
    if base in known:
        row = known[base]
        factor, canonical = float(table["factor"][row]), str(table["canonical"][row])
    if not math.isfinite(value):
        return value, canonical + slash + over
    exact = Decimal(repr(value)).scaleb(power) * Decimal(repr(factor))  # as the core does: no binary fraction
    return float(exact), canonical + slash + over


def _stated(value: float, bound: str) -> tuple[float, float]:
    """The set that value and bound word state; a fall is stated by its size."""
    falls = value < 0
    if bound in ("at_least", "more_than"):
        return (-math.inf, value) if falls else (value, math.inf)
    if bound in ("at_most", "less_than", "nearly"):
        return (value, math.inf) if falls else (-math.inf, value)
    return value, value


def _years(period: str) -> tuple[int, int]:
    match = _YEARS.fullmatch(period)
    if not match:
        return 0, 0
    return int(match[1]), int(match[2] or match[3] or match[1])


def _region_code(report: Report, name: str) -> str:
    """Code of a named region in the report's year; the report's own without a name; "" where it is not known."""
    if not name:
        return report.region_code
    table = regions(report._vocabulary)
    year = report.year or 9999
    codes = [
        str(code)
        for code, full, short, first, last in zip(
            *(table[column].tolist() for column in ("code", "name", "short_name", "first_year", "last_year"))
        )
        if name in (full, short) and first <= year <= last
    ]
    return codes[0] if len(set(codes)) == 1 else ""


def _same(x: Any, y: Any) -> bool:
    return bool(x == y or (x != x and y != y))


def _complete(report: Report, given: set[str], changed: set[str], row: dict[str, Any]) -> None:
    """Sets the cells that follow from those changed, unless they were given as well."""
    if "indicator" in changed and "indicator_code" not in given:
        codes = codes_of(row["indicator"], report._vocabulary)
        row["indicator_code"] = min(codes) if len(codes) == 1 else ""
    if changed & {"value", "bound"} and not given & {"lo", "hi"} and row["bound"] != "between":
        row["lo"], row["hi"] = _stated(row["value"], row["bound"])
    if changed & {"lo", "hi"} and row["bound"] == "between":
        row["value"] = math.nan
    if changed & {"value", "unit", "bound", "lo", "hi"}:
        row["canonical_value"], unit = canonical_of(row["value"], row["unit"], report._vocabulary)
        if "canonical_unit" not in given:
            row["canonical_unit"] = unit
    if "period" in changed:
        row["period_start"], row["period_end"] = _years(row["period"])
    if "base" in changed:
        row["base_year"] = _years(row["base"])[1]
    if "region" in changed and "region_code" not in given:
        row["region_code"] = _region_code(report, row["region"])


def _amend(
    report: Report, correction: Mapping[str, Any], row: dict[str, Any], names: dict[str, tuple[str, ...]]
) -> bool:
    """Writes a correction into a row; False if it says what the row says already."""
    before, given = dict(row), set()
    for column in CORRECTABLE:
        cell = correction.get(column)
        if cell is None or cell == "":
            continue
        empty = isinstance(cell, str) and cell == "-"
        if column in _NUMBERS:
            row[column] = math.nan if empty else float(cell)
        else:
            row[column] = "" if empty else str(cell)
        if column in names and row[column] not in names[column]:
            known = ", ".join(filter(None, names[column]))
            raise ReportError(
                f"correction of {correction['text']}: {column} is {cell!r}; expected one of {known}"
            )
        given.add(column)
    changed = {name for name in given if not _same(row[name], before[name])}
    _complete(report, given, changed, row)
    return bool(changed)


def as_rows(corrections: str | os.PathLike[str] | Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Corrections as rows that can be used, from a file or as they are; ReportError says what cannot be used."""
    if isinstance(corrections, (str, os.PathLike)):
        return list(read_corrections(corrections))
    rows = [dict(row) for row in corrections]
    for number, row in enumerate(rows, 1):
        _check(row, f"correction {number}")
    return list(rows)


def apply(report: Report, corrections: Iterable[Mapping[str, Any]]) -> tuple[_core.Table, list[str]]:
    """Rows of a report with corrections applied; see :meth:`czreport.Report.corrected`.

    Returns
    -------
    quantities : table of the core
    unmatched : list of str
        The quotes of corrections for which the report has no row.
    """
    table = report.quantities
    texts, starts = [squeeze(text) for text in table["text"]], table["start"].tolist()
    names = {column: table.categories(column) for column in _CODES}
    columns = [name for name in table.columns if name not in ("text", "number")]
    cells: dict[str, Any] = {name: table[name].tolist() for name in columns}
    taken: set[int] = set()
    unmatched = []
    for correction in corrections:
        number = _find(correction, texts, starts, taken)
        if number is None:
            unmatched.append(str(correction["text"]))
            continue
        taken.add(number)
        row = {name: cells[name][number] for name in columns}
        changed = _amend(report, correction, row, names)
        mark = "corrected" if changed else "confirmed"
        row["flags"] = ",".join(filter(None, (row["flags"], mark)))
        for name in columns:
            cells[name][number] = row[name]
    return report._quantities.rebuild(_typed(table, cells, names)), unmatched


def _typed(table: Table, cells: dict[str, Any], names: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """The columns that corrections can change, as the core takes them."""
    typed: dict[str, Any] = {}
    for name in (*CORRECTABLE, "canonical_value", "period_start", "period_end", "base_year", "flags"):
        if name in names:
            typed[name] = np.array([names[name].index(cell) for cell in cells[name]], dtype=np.uint8)
        elif table[name].dtype == object:
            typed[name] = cells[name]
        else:
            typed[name] = np.array(cells[name], dtype=table[name].dtype)
    return typed
