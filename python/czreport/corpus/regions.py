"""Areas through the years: one identity for an area whose name or code changes."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from .._registry import regions

__all__ = ["Areas", "areas"]

# The registry begins in 2000; earlier years take its first names.
_FIRST_YEAR = 2000
_LEVELS = ("nation", "province", "prefecture", "county")
_ENDINGS = re.compile(
    r"(?:[\u4e00-\u9fff]{1,3}族)*(?:自治区|自治州|自治县|自治旗|特别行政区|地区|林区|特区|新区|市|县|区|盟|旗|州|省)$"
)


class _Entry(NamedTuple):
    code: str
    name: str
    level: int
    parent: str
    first: int
    last: int


def _stem(name: str) -> str:
    """What stays of a name when its kind changes: 毕节地区 and 毕节市 are both 毕节."""
    stem = _ENDINGS.sub("", name)
    return stem if len(stem) >= 2 else name


class Areas:
    """The registry of regions by identity.

    Rows of the registry are one area if they have one code, or if a code ends in one year and the next year
    another one begins for the same stem of a name, on the same level and under the same parent, and no other row
    fits as well (毕节地区 522400 until 2011, 毕节市 520500 from 2012). An area's identity is its latest code.
    """

    def __init__(self, entries: list[_Entry]) -> None:
        self._first: dict[str, str] = {}  # code → code that stands for its area while areas are joined
        self._entries: dict[str, list[_Entry]] = {}
        for entry in entries:
            self._first.setdefault(entry.code, entry.code)
        for level in range(len(_LEVELS)):
            self._join([entry for entry in entries if entry.level == level])
        grouped: dict[str, list[_Entry]] = {}
        for entry in sorted(entries, key=lambda entry: (entry.first, entry.last)):
            grouped.setdefault(self._root(entry.code), []).append(entry)
        self._identity = {entry.code: group[-1].code for group in grouped.values() for entry in group}
        self._entries = {group[-1].code: group for group in grouped.values()}
        self._named: dict[str, set[str]] = {}
        for code, group in self._entries.items():
            for entry in group:
                self._named.setdefault(entry.name, set()).add(code)

    def _root(self, code: str) -> str:
        while self._first[code] != code:
            code = self._first[code]
        return code

    def _join(self, entries: list[_Entry]) -> None:
        spans: dict[str, tuple[int, int]] = {}
        for entry in entries:
            first, last = spans.get(entry.code, (entry.first, entry.last))
            spans[entry.code] = min(first, entry.first), max(last, entry.last)
        began: dict[tuple[str, str, int], set[str]] = {}
        ended: dict[tuple[str, str, int], set[str]] = {}
        for entry in entries:
            parent = self._root(entry.parent) if entry.parent in self._first else entry.parent
            key = parent, _stem(entry.name)
            if entry.first == spans[entry.code][0]:
                began.setdefault((*key, entry.first), set()).add(entry.code)
            if entry.last == spans[entry.code][1]:
                ended.setdefault((*key, entry.last + 1), set()).add(entry.code)
        for change, old in ended.items():
            new = began.get(change, set())
            if len(old) == 1 and len(new) == 1 and old != new:
                self._first[self._root(*new)] = self._root(*old)

    def __contains__(self, code: object) -> bool:
        return code in self._identity

    def identity(self, code: str) -> str:
        """The latest code of the area that a code of any year stands for; the code itself if unknown."""
        return self._identity.get(code, code)

    def at(self, code: str, year: int | None) -> tuple[str, str]:
        """Code and name that an area has in a year; its latest ones where it has none, or without a year."""
        entries = self._entries.get(self.identity(code))
        if not entries:
            return code, ""
        if year is not None:
            asked = max(year, _FIRST_YEAR)
            for entry in entries:
                if entry.first <= asked <= entry.last:
                    return entry.code, entry.name
        return entries[-1].code, entries[-1].name

    def names(self, code: str) -> list[str]:
        """All names of an area, the earliest first."""
        return list(dict.fromkeys(entry.name for entry in self._entries.get(self.identity(code), [])))

    def shares_name(self, code: str) -> bool:
        """Whether another area has a name of this one: 鼓楼区 is in four cities."""
        return any(len(self._named[name]) > 1 for name in self.names(code))

    def level(self, code: str) -> str:
        """nation, province, prefecture, county; empty if unknown."""
        entries = self._entries.get(self.identity(code))
        return _LEVELS[entries[-1].level] if entries else ""

    def parent(self, code: str, year: int | None = None) -> str:
        """Identity of the area above, in that year; empty for the nation and for unknown codes."""
        entries = self._entries.get(self.identity(code))
        if not entries or entries[-1].level == 0:
            return ""
        chosen = entries[-1]
        if year is not None:
            asked = max(year, _FIRST_YEAR)
            chosen = next((entry for entry in entries if entry.first <= asked <= entry.last), chosen)
        return self.identity(chosen.parent)

    def ancestors(self, code: str, year: int | None = None) -> list[str]:
        """Identities of all areas above, the nearest first."""
        found: list[str] = []
        above = self.parent(code, year)
        while above and above not in found:
            found.append(above)
            above = self.parent(above, year)
        return found


@functools.lru_cache(maxsize=1)
def areas() -> Areas:
    """The areas of the registry; read once."""
    table = regions()
    levels = {name: number for number, name in enumerate(_LEVELS)}
    columns = [
        table[name].tolist() for name in ("code", "name", "level", "parent", "first_year", "last_year")
    ]
    return Areas(
        [
            _Entry(code, name, levels[level], parent, int(first), int(last))
            for code, name, level, parent, first, last in zip(*columns)
        ]
    )
