"""The registries: indicators, units and regions that the reader knows."""

from __future__ import annotations

import functools
import unicodedata
from typing import TYPE_CHECKING

from . import _core
from ._table import Table

if TYPE_CHECKING:
    from ._vocabulary import Vocabulary

__all__ = ["indicators", "registry_version", "regions", "units"]


def fold(text: str) -> str:
    """The form in which names are compared: width, case and blanks do not matter."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@functools.lru_cache(maxsize=8)
def _table(kind: str, vocabulary: Vocabulary | None) -> Table:
    core = None if vocabulary is None else vocabulary._core
    return Table({"indicators": _core.indicators, "units": _core.units, "regions": _core.regions}[kind](core))


def indicators(vocabulary: Vocabulary | None = None) -> Table:
    """The registry of indicators.

    Parameters
    ----------
    vocabulary : Vocabulary, optional
        With the words that :func:`czreport.vocabulary` added.

    Returns
    -------
    Table
        Columns code, name, name_en, aliases (separated by ``|``), dimension, unit, nature (stock, flow,
        ratio, index, rate), basis (real or nominal: what growth means when the text does not say), direction
        (which way is better: higher, lower, neutral), category.

    Examples
    --------
    >>> import czreport as cz
    >>> table = cz.indicators()
    >>> table[table["code"] == "gdp"]["name"][0]
    '地区生产总值'
    """
    return _table("indicators", vocabulary)


def units(vocabulary: Vocabulary | None = None) -> Table:
    """The registry of units, without the scale words 十 to 万亿, which combine with all of them.

    Returns
    -------
    Table
        Columns unit, name_en, dimension, canonical (the unit of `canonical_value`), factor (canonical value
        of one).

    Examples
    --------
    >>> import czreport as cz
    >>> table = cz.units()
    >>> table[table["unit"] == "公里"]["factor"].tolist()
    [1000.0]
    """
    return _table("units", vocabulary)


def regions(vocabulary: Vocabulary | None = None) -> Table:
    """The registry of regions with the names of each year since 2000.

    Returns
    -------
    Table
        Columns code (six digits as text), name, short_name, level (nation, province, prefecture, county),
        parent (code), first_year, last_year (9999: still in force).

    Examples
    --------
    >>> import czreport as cz
    >>> table = cz.regions()
    >>> table[table["name"] == "常州市"]["code"][0]
    '320400'
    """
    return _table("regions", vocabulary)


def registry_version(vocabulary: Vocabulary | None = None) -> str:
    """Version of the registry: a hash of its data files, which changes whenever one of them does."""
    return _core.registry_version(None if vocabulary is None else vocabulary._core)


@functools.lru_cache(maxsize=8)
def _names(vocabulary: Vocabulary | None) -> dict[str, frozenset[str]]:
    """Every name of an indicator, folded, with the codes that it stands for."""
    table = indicators(vocabulary)
    found: dict[str, set[str]] = {}
    for code, name, name_en, aliases in zip(*(table[c] for c in ("code", "name", "name_en", "aliases"))):
        for text in (code, name, name_en, *aliases.split("|")):
            if text:
                found.setdefault(fold(text), set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


def codes_of(name: str, vocabulary: Vocabulary | None = None) -> frozenset[str]:
    """Codes of the indicators that are called `name`: a code, a Chinese or English name, or an alias."""
    return _names(vocabulary).get(fold(name), frozenset())
