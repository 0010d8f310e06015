"""Words added at run time."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from . import _core
from ._errors import EncodingError, VocabularyError
from .targets import HARDNESS

__all__ = ["Vocabulary", "vocabulary"]

_INDICATOR = (
    "code",
    "name",
    "name_en",
    "aliases",
    "dimension",
    "unit",
    "nature",
    "basis",
    "direction",
    "category",
)
_COLUMNS = {
    "indicator": {*_INDICATOR},
    "unit": {"name", "name_en", "aliases", "dimension", "canonical", "factor", "like"},
    "cue": {"name", "aliases", "class", "value"},
    "hardness": {"name", "aliases", "value"},
}


class Vocabulary:
    """The built-in words together with words of the user; made by :func:`vocabulary`, immutable.

    Examples
    --------
    >>> import czreport as cz
    >>> len(cz.vocabulary([{"type": "unit", "name": "箩筐"}]))
    1
    """

    __slots__ = ("_core", "_hardness", "_rows")

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._rows = tuple(dict(row) for row in rows)
        places = [f"entry {number}" for number in range(1, len(self._rows) + 1)]
        self._core, self._hardness = _build(self._rows, places)

    @property
    def hardness(self) -> dict[str, int]:
        """The built-in hard and soft words with those added: a table for :func:`czreport.targets.hardness`."""
        return {**HARDNESS, **self._hardness}

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"<czreport.Vocabulary: {len(self)} entries added>"

    def __reduce__(self) -> Any:
        return Vocabulary, (self._rows,)


def vocabulary(rows_or_path: Iterable[Mapping[str, Any]] | str | os.PathLike[str]) -> Vocabulary:
    """Add indicators, aliases, units, cue words and hard and soft words to the built-in ones, without a compiler.

    The result is passed as ``vocabulary=`` to :func:`~czreport.parse` and :func:`~czreport.read`. Added words
    are found before the built-in ones of the same length.

    Parameters
    ----------
    rows_or_path : iterable of mappings, or path
        The entries, or a .csv or .tsv file (UTF-8) with a header line. `type` says what an entry is; fields
        that do not belong to that type must be empty or absent:

        ``indicator``
            code, name, name_en, aliases (separated by ``|``, or a list), dimension, unit, nature, basis,
            direction, category: the columns of :func:`~czreport.indicators`. With the code of a known
            indicator only aliases are needed, and they are added to it.
        ``unit``
            name, name_en, aliases, dimension, canonical (default: the name), factor (canonical value of one,
            a decimal; default 1), like (a known unit that it behaves like, for instance 件).
        ``cue``
            name (the word), aliases, class (a class of czcore/data/cues.tsv), value (an integer; default 0).
        ``hardness``
            name (a bound word or a word of commitment, or a category of `bound`), aliases, value: 1 hard, 0 plain,
            -1 soft. Kept in `Vocabulary.hardness`.

    Raises
    ------
    VocabularyError
        An entry cannot be used; the message names it and says why.

    Examples
    --------
    >>> import czreport as cz
    >>> words = cz.vocabulary([
    ...     {"type": "indicator", "code": "night_stalls", "name": "夜市摊位数", "name_en": "Night market stalls"},
    ... ])
    >>> report = cz.parse("夜市摊位数达到320个。", vocabulary=words)
    >>> report.statements["indicator_code"][0]
    'night_stalls'
    """
    if isinstance(rows_or_path, (str, os.PathLike)):
        return _read(os.fspath(rows_or_path))
    return Vocabulary(rows_or_path)


def _read(path: str) -> Vocabulary:
    suffix = os.path.splitext(path)[1].lower()
    if suffix not in (".csv", ".tsv"):
        raise VocabularyError(f"{path}: expected a .csv or .tsv file", path=path)
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t" if suffix == ".tsv" else ",")
            rows, places = [], []
            for row in reader:
                if None in row or None in row.values():
                    raise VocabularyError(
                        f"{path}, line {reader.line_num}: expected {len(reader.fieldnames or ())} fields",
                        path=path,
                    )
                rows.append(row)
                places.append(f"{path}, line {reader.line_num}")
    except UnicodeDecodeError as error:
        raise EncodingError(
            f"{path}: invalid UTF-8 at byte {error.start}", path=path, offset=error.start
        ) from None
    made = Vocabulary.__new__(Vocabulary)
    made._rows = tuple(rows)
    made._core, made._hardness = _build(made._rows, places)
    return made


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if name == "aliases" and not isinstance(value, str):
        return "|".join(value)
    return str(value).strip()


def _factor(text: str) -> tuple[int, int]:
    """Mantissa and power of ten of a decimal."""
    try:
        number = Decimal(text or "1")
    except InvalidOperation:
        raise ValueError(f"factor {text!r} is not a decimal") from None
    if not number.is_finite() or number <= 0:
        raise ValueError(f"factor {text!r} is not a positive decimal")
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    mantissa = int(number.scaleb(-exponent))
    while mantissa % 10 == 0:
        mantissa, exponent = mantissa // 10, exponent + 1
    if mantissa >= 10**19:
        raise ValueError(f"factor {text!r} has more than 19 significant digits")
    return mantissa, exponent


def _integer(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"value {text!r} is not an integer") from None


def _entry(row: Mapping[str, Any], words: dict[str, list[tuple[Any, ...]]]) -> None:
    """Checks one row and adds it to the words of its type; ValueError says what is wrong."""
    kind = _text(row, "type")
    if kind not in _COLUMNS:
        raise ValueError(f"type is {kind!r}; expected indicator, unit, cue or hardness")
    extra = sorted(
        str(name) for name in row if name != "type" and name not in _COLUMNS[kind] and _text(row, name)
    )
    if extra:
        raise ValueError(f"unknown fields for an entry of type {kind}: {', '.join(extra)}")
    name, aliases = _text(row, "name"), _text(row, "aliases")
    if kind == "indicator":
        if not _text(row, "code"):
            raise ValueError("an indicator needs a code")
        words[kind].append(tuple(_text(row, column) for column in _INDICATOR))
        return
    if not name:
        raise ValueError(f"a {kind} needs a name")
    for word in (name, *filter(None, aliases.split("|"))):
        if kind == "unit":
            canonical = _text(row, "canonical") or name
            texts = (word, _text(row, "name_en"), _text(row, "dimension") or "count", canonical)
            words[kind].append((*texts, *_factor(_text(row, "factor")), _text(row, "like")))
        elif kind == "hardness":
            code = _integer(_text(row, "value"))
            if code not in (-1, 0, 1):
                raise ValueError(f"value {code} of a hardness is not 1, 0 or -1")
            words[kind].append((word, code))
        else:
            if not _text(row, "class"):
                raise ValueError("a cue word needs a class")
            words[kind].append((word, _text(row, "class"), _integer(_text(row, "value") or "0")))


def _build(
    rows: Iterable[Mapping[str, Any]], places: Iterable[str]
) -> tuple[_core.Vocabulary, dict[str, int]]:
    words: dict[str, list[tuple[Any, ...]]] = {kind: [] for kind in _COLUMNS}
    for row, place in zip(rows, places):
        try:
            _entry(row, words)
        except ValueError as error:
            raise VocabularyError(f"{place}: {error}") from None
    core = _core.Vocabulary(tuple(words["indicator"]), tuple(words["unit"]), tuple(words["cue"]))
    return core, dict(words["hardness"])
