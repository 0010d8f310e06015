"""The one figure of a report that a panel takes for an indicator and a year."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from .._registry import codes_of, fold, units
from .._report import Report
from .._vocabulary import Vocabulary

__all__ = ["Figure", "Figures", "Wording", "keys_of", "scale_of"]

#: Kinds that :meth:`Figures.best` knows; an outcome is an actual figure or an estimate, whichever is first.
KINDS = ("target", "task", "actual", "estimate", "outcome")

_folded = functools.lru_cache(maxsize=1 << 16)(fold)  # the phrases of reports repeat
_SCALES = {"十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
_Key = tuple[str, str, str, int]  # indicator, measure, kind, year


class Figure(NamedTuple):
    """One row of `quantities`."""

    row: int
    value: float
    lo: float
    hi: float
    bound: str
    unit: str
    resolution: float
    indicator: str
    text: str
    kind: str
    commitment: str
    stretch: str


class Wording(NamedTuple):
    """One row of `qualitative`."""

    row: int
    text: str
    wording: str


def keys_of(indicator: str, vocabulary: Vocabulary | None = None) -> tuple[str, ...]:
    """What :class:`Figures` files an indicator under: its registered codes, and the phrase itself."""
    if not isinstance(indicator, str):
        raise TypeError(f"indicator must be a str, not {type(indicator).__name__}")
    if not fold(indicator):
        raise ValueError("indicator must not be empty")
    return (*sorted(codes_of(indicator, vocabulary)), "=" + fold(indicator))


@functools.lru_cache(maxsize=1)
def _known_units() -> dict[str, tuple[str, float]]:
    table = units()
    return dict(zip(table["unit"].tolist(), zip(table["canonical"].tolist(), table["factor"].tolist())))


@functools.lru_cache(maxsize=4096)
def scale_of(unit: str) -> tuple[str, float]:
    """Canonical unit and what one of `unit` is in it: 亿元 is 1e8 元. The unit itself and 1 if unknown."""
    known = _known_units()
    scale, rest = 1.0, unit
    while rest not in known:
        if not rest or rest[0] not in _SCALES:
            return unit, 1.0
        scale, rest = scale * _SCALES[rest[0]], rest[1:]
    canonical, factor = known[rest]
    return str(canonical), scale * float(factor)


class Figures:
    """The figures of one report about its own region, by indicator, measure, kind and year.

    Of several rows about one of them the first in the text counts, except that an annual figure precedes one of a
    plan, a row of its own precedes one that is a part or an addition (其中, 力争更好), and a registered name of the
    indicator precedes other phrases with its code.
    """

    def __init__(self, report: Report, vocabulary: Vocabulary | None = None) -> None:
        self._report = report
        self._rows: dict[_Key, tuple[tuple[bool, bool, bool, int], int]] = {}
        self._wordings: dict[tuple[str, int], int] = {}
        table = report.quantities
        names = {name: table.categories(name) for name in ("role", "measure", "kind", "relation", "horizon")}
        codes = {name: table.codes(name) for name in names}
        own = table["region"] == ""
        if report.region_code:
            own |= table["region_code"] == report.region_code
        one_year = (table["period_start"] == table["period_end"]) & (table["period_start"] > 0)
        chosen = np.flatnonzero(
            own & one_year & (codes["role"] == names["role"].index("statement")) & (codes["kind"] > 0)
        )
        columns = zip(
            chosen.tolist(),
            table["indicator_code"][chosen].tolist(),
            table["indicator"][chosen].tolist(),
            codes["measure"][chosen].tolist(),
            codes["kind"][chosen].tolist(),
            codes["relation"][chosen].tolist(),
            codes["horizon"][chosen].tolist(),
            table["period_start"][chosen].tolist(),
        )
        plan, free = names["horizon"].index("plan"), names["relation"].index("")
        from_of = names["relation"].index("from_of")
        for row, code, phrase, measure, kind, relation, horizon, year in columns:
            if relation == from_of:  # where a change started, not what it led to
                continue
            phrases = [_folded(part) for part in phrase.split("|")]
            for part in {*filter(None, code.split("|")), *("=" + words for words in phrases)}:
                other_name = part[0] != "=" and all(
                    part not in codes_of(words, vocabulary) for words in phrases
                )
                rank = (horizon == plan, relation != free, other_name, row)
                word = names["kind"][kind]
                for group in (word, "outcome") if word in ("actual", "estimate") else (word,):
                    key = part, names["measure"][measure], group, year
                    if key not in self._rows or rank < self._rows[key][0]:
                        self._rows[key] = rank, row
        goals = report.qualitative
        for row, (code, phrase, word, period) in enumerate(
            zip(goals["indicator_code"], goals["indicator"], goals["kind"], goals["period"])
        ):
            if word == "target" and str(period).isdigit():
                for part in {*filter(None, code.split("|")), "=" + fold(phrase)}:
                    self._wordings.setdefault((part, int(period)), row)

    def best(self, keys: Iterable[str], measure: str, kind: str, year: int) -> int:
        """Number of the row that counts, -1 if there is none."""
        found = [
            self._rows[key, measure, kind, year] for key in keys if (key, measure, kind, year) in self._rows
        ]
        return min(found)[1] if found else -1

    def figure(self, row: int) -> Figure:
        """The row of `quantities` with that number."""
        table = self._report.quantities
        cells = {name: table[name][row] for name in Figure._fields if name != "row"}
        numbers = {name: float(cells[name]) for name in ("value", "lo", "hi", "resolution")}
        return Figure(row=row, **{**cells, **numbers})

    def wording(self, keys: Iterable[str], year: int) -> Wording | None:
        """The goal without a number, None if there is none."""
        for key in keys:
            row = self._wordings.get((key, year), -1)
            if row >= 0:
                goals = self._report.qualitative
                return Wording(row, str(goals["text"][row]), str(goals["wording"][row]))
        return None

    def stated(self, kind: str, year: int) -> list[tuple[str, str]]:
        """Registered codes and measures for which there is a figure of that kind and year, in text order."""
        found = [
            (item, key)
            for key, item in self._rows.items()
            if key[2] == kind and key[3] == year and key[0][0] != "="
        ]
        return [(key[0], key[1]) for _, key in sorted(found)]

    def measures_of(self, keys: Iterable[str], kind: str, year: int) -> list[str]:
        """Measures in which an indicator has a figure of that kind and year, in text order."""
        wanted = set(keys)
        found = [
            (item, key[1]) for key, item in self._rows.items() if key[2:] == (kind, year) and key[0] in wanted
        ]
        return list(dict.fromkeys(measure for _, measure in sorted(found)))
