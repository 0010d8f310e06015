"""How well two codings of one report agree: the reader with a person, or two persons.

Examples
--------
>>> import czreport as cz
>>> from czreport import agreement
>>> report = cz.parse("税收收入500亿元，增长4%以上。粮食产量70万吨。", region="常州市", year=2021)
>>> mine = [
...     {"text": "500亿元", "measure": "level", "bound": "eq"},
...     {"text": "4%以上", "measure": "growth", "bound": "eq"},
...     {"text": "70万吨", "measure": "level", "bound": "eq"},
... ]
>>> result = agreement.compare(report.quantities, mine)
>>> print(result.fields.to_text(columns=["field", "n", "agree", "kappa"]))
field    n  agree  kappa
───────  ─  ─────  ─────
measure  3      3      1
bound    3      2      0
"""

from __future__ import annotations

import csv
import math
import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ._errors import EncodingError, ReportError
from ._table import Table

__all__ = ["FIELDS", "Agreement", "cohen_kappa", "compare", "read_coding", "read_rows", "squeeze"]

#: The columns of `quantities` that are compared where a coding has them, in this order.
FIELDS = (
    "role", "indicator", "indicator_code", "measure", "value", "unit", "lo", "hi", "bound", "basis", "relation",
    "period", "base", "horizon", "kind", "commitment", "stretch", "region", "region_code", "scope",
)  # fmt: skip
_NUMBERS = ("value", "lo", "hi")
_PLACES = ("start", "end", "text")


class Agreement(NamedTuple):
    """Result of :func:`compare`.

    Attributes
    ----------
    fields : Table
        A row a field: field, n (pairs compared), agree, share (agree / n), expected (share by chance) and kappa.
    disagreements : Table
        A row for each pair and field that differ: field, row (of the rows), text, ours, theirs.
    unmatched : Table
        What only one side has: side (rows, coding), number (of its row), text.
    pairs : Table
        row and coding: the numbers of the rows that were compared with each other.
    """

    fields: Table
    disagreements: Table
    unmatched: Table
    pairs: Table


def cohen_kappa(first: Sequence[Any], second: Sequence[Any]) -> tuple[float, float, float]:
    """Cohen's κ of two coders.

    Parameters
    ----------
    first, second : sequence of hashable, length n
        What each coder wrote of the same n items.

    Returns
    -------
    observed, expected, kappa : float
        Shares from 0 to 1, and ``(observed - expected) / (1 - expected)``. κ is NaN where both coders wrote one
        and the same word throughout (nothing could be got wrong) and where there are no items.

    Raises
    ------
    ValueError
        Not as many items from one coder as from the other.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement
    20(1), 37-46.

    Examples
    --------
    >>> from czreport.agreement import cohen_kappa
    >>> observed, expected, kappa = cohen_kappa("aabb", "aaab")
    >>> observed, expected, kappa
    (0.75, 0.5, 0.5)
    """
    n = len(first)
    if n != len(second):
        raise ValueError(f"both coders must have coded the same items: {n} and {len(second)}")
    if n == 0:
        return math.nan, math.nan, math.nan
    agree = sum(x == y for x, y in zip(first, second))
    counts, others = Counter(first), Counter(second)
    by_chance = sum(count * others[word] for word, count in counts.items())
    observed, expected = agree / n, by_chance / (n * n)
    # in whole numbers, so that agreement by chance alone gives exactly 0
    kappa = (agree * n - by_chance) / (n * n - by_chance) if by_chance < n * n else math.nan
    return observed, expected, kappa


def read_rows(path: str | os.PathLike[str]) -> tuple[list[dict[str, str]], list[int]]:
    """Rows of a .csv or .tsv file with a header line, and the line that each ends on.

    Parameters
    ----------
    path : path-like
        UTF-8, with or without byte order mark.

    Returns
    -------
    rows : list of dict
    lines : list of int

    Raises
    ------
    ReportError
        Another ending, a line with too few or too many fields, or bytes that are not UTF-8; the message names
        file and line or byte.
    """
    name = os.fspath(path)
    suffix = os.path.splitext(name)[1].lower()
    if suffix not in (".csv", ".tsv"):
        raise ReportError(f"{name}: expected a .csv or .tsv file", path=name)
    rows: list[dict[str, str]] = []
    lines: list[int] = []
    try:
        with open(name, encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t" if suffix == ".tsv" else ",", strict=True)
            for row in reader:
                if None in row or None in row.values():
                    expected = len(reader.fieldnames or ())
                    raise ReportError(
                        f"{name}, line {reader.line_num}: expected {expected} fields", path=name
                    )
                rows.append(row)
                lines.append(reader.line_num)
    except UnicodeDecodeError as error:
        message = f"{name}: invalid UTF-8 at byte {error.start}"
        raise EncodingError(message, path=name, offset=error.start) from None
    except csv.Error as error:
        raise ReportError(f"{name}, line {reader.line_num}: {error}", path=name) from None
    return rows, lines


def read_coding(path: str | os.PathLike[str]) -> list[dict[str, str]]:
    """Rows of a person's coding from a .csv or .tsv file.

    Parameters
    ----------
    path : path-like
        UTF-8, with a header line. Columns are named as those of `quantities`; `text` (the quote), or `start` and
        `end`, say what a row is about, the others are compared where :data:`FIELDS` has them.

    Returns
    -------
    list of dict

    Raises
    ------
    ReportError
        The file cannot be used; the message names file and line.
    """
    rows, _ = read_rows(path)
    if rows:
        _check(rows[0], os.fspath(path))
    return rows


def _check(names: Iterable[str], what: str) -> None:
    known = set(names)
    if "text" not in known and not {"start", "end"} <= known:
        raise ReportError(f"{what}: expected a column text, or the columns start and end")
    if not known.intersection(FIELDS):
        raise ReportError(f"{what}: expected one of the columns {', '.join(FIELDS)}")


def squeeze(text: Any) -> str:
    """A text as it is compared: without blanks, full width as half width."""
    return "".join(unicodedata.normalize("NFKC", str(text)).split())


def _label(field: str, cell: Any) -> Any:
    """What two cells are compared by: numbers by twelve digits, texts without blanks and width."""
    if field not in _NUMBERS:
        return squeeze("" if cell is None else cell)
    if cell is None or cell == "":
        return None
    try:
        number = float(cell)
    except ValueError:
        return squeeze(cell)
    return None if math.isnan(number) else float(f"{number:.12g}")


def _match_places(rows: Table, coding: Sequence[Mapping[str, Any]]) -> list[tuple[int, int]]:
    """Pairs of rows that overlap; each is used once, in text order."""
    order = sorted(range(len(coding)), key=lambda j: int(coding[j]["start"]))
    starts, ends = rows["start"].tolist(), rows["end"].tolist()
    pairs, i = [], 0
    for j in order:
        start, end = int(coding[j]["start"]), int(coding[j]["end"])
        while i < len(rows) and ends[i] <= start:
            i += 1
        if i < len(rows) and starts[i] < end:
            pairs.append((i, j))
            i += 1
    return pairs


def _match_texts(rows: Table, coding: Sequence[Mapping[str, Any]]) -> list[tuple[int, int]]:
    """Pairs of equal quotes, the k-th with the k-th."""
    places: dict[str, list[int]] = {}
    for i, text in enumerate(rows["text"]):
        places.setdefault(squeeze(text), []).append(i)
    for found in places.values():
        found.reverse()
    pairs = []
    for j, row in enumerate(coding):
        found = places.get(squeeze(row["text"]), [])
        if found:
            pairs.append((found.pop(), j))
    return pairs


def compare(
    rows: Table,
    coding: Table | str | os.PathLike[str] | Iterable[Mapping[str, Any]],
    *,
    fields: Sequence[str] | None = None,
) -> Agreement:
    """Compare rows with a coding of the same report, field by field.

    Parameters
    ----------
    rows : Table
        Rows of `quantities`, whole or a selection.
    coding : Table, path, or iterable of mappings
        The other coding. Rows are matched by place where it has `start` and `end` (two rows that overlap are about
        the same numeral), else by `text`: the k-th row with a quote with the k-th.
    fields : sequence of str, optional
        What to compare; all of :data:`FIELDS` that the coding has.

    Returns
    -------
    Agreement

    Raises
    ------
    ReportError
        A coding without the columns that say what its rows are about, or without any field to compare.
    ValueError
        A field that is none, or a place that is no number.

    Notes
    -----
    Texts are compared without blanks and width, numbers by twelve digits. κ treats every field as nominal; see
    :func:`cohen_kappa`.
    """
    if isinstance(coding, (str, os.PathLike)):
        coding = read_coding(coding)
    others = coding.to_pylist() if isinstance(coding, Table) else [dict(row) for row in coding]
    names = list(dict.fromkeys(name for row in others for name in row)) if others else [*_PLACES, *FIELDS]
    _check(names, "coding")
    if fields is None:
        fields = [name for name in FIELDS if name in names]
    for name in fields:
        if name not in FIELDS:
            raise ValueError(f"{name!r} is no field; expected some of {', '.join(FIELDS)}")
    by_place = {"start", "end"} <= set(names)
    pairs = sorted(_match_places(rows, others) if by_place else _match_texts(rows, others))
    ours = {name: rows[name].tolist() for name in fields}
    quotes = [str(text) for text in rows["text"]]

    summary: dict[str, list[Any]] = {
        name: [] for name in ("field", "n", "agree", "share", "expected", "kappa")
    }
    wrong: dict[str, list[Any]] = {name: [] for name in ("field", "row", "text", "ours", "theirs")}
    for name in fields:
        first = [_label(name, ours[name][i]) for i, _ in pairs]
        second = [_label(name, others[j].get(name)) for _, j in pairs]
        observed, expected, kappa = cohen_kappa(first, second)
        agree = sum(x == y for x, y in zip(first, second))
        for column, value in zip(summary.values(), (name, len(pairs), agree, observed, expected, kappa)):
            column.append(value)
        for (i, _), x, y in zip(pairs, first, second):
            if x != y:
                for column, value in zip(wrong.values(), (name, i, quotes[i], x, y)):
                    column.append("" if value is None else value if isinstance(value, int) else str(value))
    matched, used = {i for i, _ in pairs}, {j for _, j in pairs}
    lost = [("rows", i, quotes[i]) for i in range(len(rows)) if i not in matched]
    lost += [("coding", j, str(others[j].get("text", ""))) for j in range(len(others)) if j not in used]
    return Agreement(
        Table(summary),
        Table(wrong),
        Table({name: [row[k] for row in lost] for k, name in enumerate(("side", "number", "text"))}),
        Table({"row": [i for i, _ in pairs], "coding": [j for _, j in pairs]}),
    )
