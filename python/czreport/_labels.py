"""Names of columns and of coded values in Chinese and English, from the two files in `_data`."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from importlib import resources
from typing import Literal

Language = Literal["zh", "en"]

_LANGUAGES = ("zh", "en")


def _lines(name: str) -> Iterable[list[str]]:
    text = (resources.files("czreport") / "_data" / name).read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return rows[1:]


@functools.lru_cache(maxsize=1)
def columns() -> dict[str, tuple[str, str]]:
    """Chinese and English name of every column that has them."""
    return {name: (zh, en) for name, zh, en in _lines("columns.tsv")}


@functools.lru_cache(maxsize=1)
def values() -> dict[tuple[str, str], tuple[str, str]]:
    """Chinese and English name of every (column, value)."""
    return {(column, value): (zh, en) for column, value, zh, en in _lines("values.tsv")}


def checked(language: str | None, argument: str) -> int | None:
    """Place of a language in the tuples above; ValueError for one that there is not."""
    if language is None:
        return None
    if language not in _LANGUAGES:
        raise ValueError(f"{argument} must be 'zh', 'en' or None, not {language!r}")
    return _LANGUAGES.index(language)


def headers(names: Iterable[str], language: str | None) -> list[str]:
    """What stands above the columns; columns without a name in that language keep their own."""
    place = checked(language, "headers")
    known = columns()
    return [name if place is None or name not in known else known[name][place] for name in names]


def value_names(column: str, categories: Iterable[str], language: str | None) -> list[str]:
    """The categories of a coded column in that language."""
    place = checked(language, "labels")
    known = values()
    return [
        name if place is None or (column, name) not in known else known[column, name][place]
        for name in categories
    ]
