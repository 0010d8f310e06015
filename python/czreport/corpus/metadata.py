"""The table that says whose report a file is and of which year."""

from __future__ import annotations

import hashlib
import os
import pathlib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from .._report import check_options
from .._table import Table

__all__ = ["Failure", "Metadata", "Row", "unmatched"]


class Failure(NamedTuple):
    """One document that could not be read."""

    doc_id: str
    path: str
    reason: str
    offset: int  # -1 if unknown


class Row(NamedTuple):
    """What the table says of one document."""

    region: str
    year: int | None


def _text(cell: Any) -> str:
    if cell is None or isinstance(cell, float) and cell != cell:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # a column of codes or years with gaps becomes one of floats
    return str(cell).strip()


def _rows(table: Any) -> Iterable[Mapping[str, Any]]:
    if isinstance(table, (str, os.PathLike)):
        import csv

        with open(table, encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    if isinstance(table, Table):
        return table.to_pylist()
    if hasattr(table, "to_dict") and hasattr(table, "columns"):  # pandas
        rows: list[Mapping[str, Any]] = table.to_dict("records")
        return rows
    if hasattr(table, "to_dicts"):  # polars
        return list(table.to_dicts())
    if isinstance(table, Mapping):
        return [{"path": path, "region": pair[0], "year": pair[1]} for path, pair in table.items()]
    return list(table)


class Metadata:
    """Region and year by path.

    Parameters
    ----------
    table : Table, data frame, path of a csv file, sequence of dicts, or mapping of paths to (region, year)
        Columns path (or doc_id), region (name or six-digit code, may be empty) and year (may be empty). A path is
        matched in full, as given, relative to the folder that is read, or by the name of the file alone where the
        table holds that name once.

    Raises
    ------
    ValueError
        A row without a path, an impossible year, one path with two different rows.
    """

    def __init__(self, table: Any) -> None:
        self._rows: dict[str, Row] = {}
        self._used: set[str] = set()
        for number, cells in enumerate(_rows(table)):
            path = _text(cells.get("path", cells.get("doc_id")))
            if not path:
                raise ValueError(
                    f"metadata, row {number}: no path; expected the columns path, region and year"
                )
            year = _text(cells.get("year"))
            if year and not year.isdecimal():
                raise ValueError(f"metadata, row {number} ({path}): year must be a number, not {year!r}")
            row = Row(_text(cells.get("region")), int(year) if year else None)
            try:
                check_options(row.region, row.year, None)
            except ValueError as error:
                raise ValueError(f"metadata, row {number} ({path}): {error}") from None
            path = _normal(path)
            if self._rows.setdefault(path, row) != row:
                raise ValueError(f"metadata, row {number}: {path} has another row already")

    def find(self, doc_id: str, path: str, member: str, roots: Iterable[pathlib.Path]) -> Row | None:
        """The row of a document, None if there is none."""
        names = [doc_id, *([path] if path and not member else [])]
        if path:
            absolute = pathlib.Path(path).absolute()
            names.append(str(absolute))
            inside = f"!{member}" if member else ""
            names += [
                f"{absolute.relative_to(root)}{inside}" for root in roots if absolute.is_relative_to(root)
            ]
            names.append(absolute.name + inside)
            names += [member, os.path.basename(member)] if member else []
        for name in names:
            found = self._rows.get(_normal(name)) if name else None
            if found is not None:
                self._used.add(_normal(name))
                return found
        return None

    def digest(self) -> str:
        """Changes when a row does."""
        rows = repr(sorted(self._rows.items()))
        return hashlib.blake2b(rows.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()

    def unused(self) -> list[str]:
        """Paths of the table that no document had."""
        return [path for path in self._rows if path not in self._used]


def _normal(path: str) -> str:
    return os.path.normpath(path).replace("\\", "/")


def unmatched(path: str) -> Failure:
    """The error of a row that no document has."""
    return Failure(path, path, "the metadata names this document, and it is not among the sources", -1)
