"""Tables for other programs: data frames, Arrow, CSV, JSON, Parquet; Excel and Stata have files of their own."""

from __future__ import annotations

import csv
import functools
import io
import json
import math
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from . import _core, _display, _labels
from ._columns import Array, Columns, Field, frozen, missing
from ._files import replaced
from ._labels import Language

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from ._table import Table

# With these a spreadsheet takes a text for a formula; the wide forms count in East Asian versions.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

SENTENCES = "sentence_text"
_BLOCK = 10_000  # rows that are turned into Python objects at a time


@functools.lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    """What every export carries: version of the package and of the built-in registry."""
    return {"czreport_version": _core.__version__, "czreport_registry": _core.registry_version()}


class _Stream:
    """Something that other libraries take an Arrow stream from, once."""

    def __init__(self, capsule: Any) -> None:
        self._capsule = capsule

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self._capsule


class _Rows:
    """Takes rows that end with CR LF and ends them with LF. With CR in its line end the writer quotes texts that hold
    one; before Python 3.13 it would not otherwise."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def write(self, row: str) -> None:
        self._file.write(row[:-2] + "\n")


class Exports:
    """The methods of a Table that give its rows to other programs."""

    __slots__ = ()

    if TYPE_CHECKING:
        _source: _core.Table | Columns
        _index: Array | None
        _fields: dict[str, Field]

        def __len__(self) -> int: ...
        def _raw(self, name: str) -> Array: ...
        def _column(self, name: str) -> Array: ...
        @classmethod
        def _of(cls, source: _core.Table | Columns) -> Table: ...
        def evidence(self, *, mark: bool = True) -> Array: ...
        def _has_evidence(self) -> bool: ...

    # ---- what is exported ----

    def _told(self, sentences: bool | None, with_versions: bool = False) -> Table:
        """The table with the column `sentence_text` (None: if it is known) and those of the versions."""
        if sentences is None:
            sentences = self._has_evidence()
        fields = [(name, kind, names) for name, (kind, names) in self._fields.items()]
        arrays = {name: self._raw(name) for name in self._fields}
        if sentences:
            fields.append((SENTENCES, "text", None))
            arrays[SENTENCES] = self.evidence(mark=False)
        if with_versions:
            for name, text in versions().items():
                fields.append((name, "text", None))
                arrays[name] = frozen(np.full(len(self), text, dtype=object))
        return self._of(Columns(tuple(fields), arrays))

    def _cells(self, labels: str | None) -> Iterator[tuple[Any, ...]]:
        """Rows of plain Python values, made block by block; coded values under their names in a language."""
        named = {
            name: np.array(_labels.value_names(name, names, labels), dtype=object)
            for name, (_, names) in self._fields.items()
            if names is not None
        }
        for start in range(0, len(self), _BLOCK):
            columns = []
            for name in self._fields:
                part = self._raw(name)[start : start + _BLOCK]
                columns.append((named[name][part] if name in named else part).tolist())
            yield from zip(*columns)

    # ---- Arrow ----

    def _arrow(self, headers: str | None) -> tuple[tuple[Any, ...], int, tuple[tuple[str, str], ...]]:
        """Arguments of `_core.arrow_stream`."""
        rows = None if self._index is None else np.ascontiguousarray(self._index, dtype=np.int64)
        columns: list[tuple[Any, ...]] = []
        names = _labels.headers(self._fields, headers)
        for header, (name, (kind, categories)) in zip(names, self._fields.items()):
            if kind == "text" and isinstance(self._source, _core.Table):
                columns.append((header, kind, self._source, name, rows, None))
            else:
                columns.append((header, kind, np.ascontiguousarray(self._raw(name)), name, None, categories))
        return tuple(columns), len(self), tuple(versions().items())

    def _stream(self, headers: str | None) -> _Stream:
        return _Stream(_core.arrow_stream(*self._arrow(headers)))

    def __arrow_c_schema__(self) -> Any:
        """Capsule of the Arrow schema (Arrow C data interface)."""
        return _core.arrow_schema(*self._arrow(None))

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """Capsule of an Arrow stream with one batch, for libraries that speak the Arrow PyCapsule interface.

        Numbers and codes are not copied, texts of a whole table neither; texts of selected rows are gathered once.
        The memory lives until the last consumer lets go of it. Types: int32, int64, double; large_string for texts;
        dictionary<int8, string> for closed vocabularies; large_list<int64> for lists of rows. Undefined numbers are NaN
        and unknown texts empty: there are no nulls. `requested_schema` is not followed, as the interface allows. The
        schema's metadata carry ``czreport_version`` and ``czreport_registry``.
        """
        return _core.arrow_stream(*self._arrow(None))

    def to_arrow(self, *, headers: Language | None = None) -> pyarrow.Table:
        """A pyarrow table over the same memory; closed vocabularies become dictionary columns.

        Parameters
        ----------
        headers : {"zh", "en"}, optional
            Chinese or English names of the columns.
        """
        try:
            import pyarrow
        except ImportError:
            raise missing("pyarrow", "arrow") from None
        return pyarrow.table(self._stream(headers))

    # ---- data frames ----

    def to_pylist(self) -> list[dict[str, Any]]:
        """Rows as dicts of plain Python values: str, int, float (NaN where undefined).

        Examples
        --------
        >>> import czreport as cz
        >>> row = cz.parse("2020年新增就业12万人。", year=2021).statements.to_pylist()[0]
        >>> row["value"], row["unit"], row["period"]
        (12.0, '万人', '2020')
        """
        columns = [self._column(name).tolist() for name in self._fields]
        return [dict(zip(self._fields, cells)) for cells in zip(*columns)]

    def to_pandas(self, *, headers: Language | None = None, arrow: bool = False) -> pandas.DataFrame:
        """A pandas data frame; closed vocabularies become categoricals. `attrs` carries the versions.

        Parameters
        ----------
        headers : {"zh", "en"}, optional
            Chinese or English names of the columns.
        arrow : bool
            Columns of ``pandas.ArrowDtype`` over the memory of the table, without copies; needs pyarrow. Otherwise
            NumPy columns of the frame's own, which can be written to.
        """
        try:
            import pandas
        except ImportError:
            raise missing("pandas", "pandas") from None
        if arrow:
            frame = self.to_arrow(headers=headers).to_pandas(types_mapper=pandas.ArrowDtype)
        else:
            columns: dict[str, Any] = {}
            names = _labels.headers(self._fields, headers)
            for header, (name, (_, categories)) in zip(names, self._fields.items()):
                raw = self._raw(name)
                columns[header] = (
                    raw.copy() if categories is None else pandas.Categorical.from_codes(raw, list(categories))
                )
            frame = pandas.DataFrame(columns, index=pandas.RangeIndex(len(self)))
        frame.attrs.update(versions())
        return frame

    def to_polars(self, *, headers: Language | None = None) -> polars.DataFrame:
        """A polars data frame, through Arrow; closed vocabularies become enumerations.

        A polars frame has no place for versions.

        Parameters
        ----------
        headers : {"zh", "en"}, optional
            Chinese or English names of the columns.
        """
        try:
            import polars
        except ImportError:
            raise missing("polars", "polars") from None
        frame = polars.DataFrame(self._stream(headers))
        names = _labels.headers(self._fields, headers)
        return frame.with_columns(
            polars.col(header).cast(polars.Enum(list(categories)))
            for header, (_, categories) in zip(names, self._fields.values())
            if categories is not None
        )

    # ---- files ----

    def to_parquet(
        self,
        path: str | os.PathLike[str],
        *,
        headers: Language | None = None,
        sentences: bool = False,
        compression: str = "zstd",
    ) -> None:
        """A Parquet file, written by pyarrow; needs the extra ``arrow``.

        Closed vocabularies are dictionary columns, undefined numbers NaN. The file's metadata carry
        ``czreport_version`` and ``czreport_registry``.

        Parameters
        ----------
        path : path
            The file; it appears under its name when it is complete.
        headers : {"zh", "en"}, optional
            Chinese or English names of the columns.
        sentences : bool
            Whether to add the sentence of each row as the column ``sentence_text``.
        compression : str
            As of :func:`pyarrow.parquet.write_table`.
        """
        try:
            import pyarrow.parquet
        except ImportError:
            raise missing("pyarrow", "arrow") from None
        table = self._told(True) if sentences else self
        with replaced(path) as part:
            pyarrow.parquet.write_table(table.to_arrow(headers=headers), part, compression=compression)

    def to_csv(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        encoding: str = "utf-8",
        headers: Language | None = None,
        labels: Language | None = None,
        sentences: bool = False,
        safe: bool = False,
        provenance: Literal["sidecar", "columns"] | None = "sidecar",
    ) -> str | None:
        """Comma-separated values with a header line.

        Undefined numbers are empty, open ends are ``inf`` and ``-inf``, integral numbers have no ``.0``.

        Parameters
        ----------
        path : path, optional
            The file to write, which appears under its name when it is complete; without it the text is returned.
        encoding : str
            Of the file; ``"utf-8-sig"`` is what spreadsheets recognise.
        headers, labels : {"zh", "en"}, optional
            Chinese or English names of the columns, and of the values of closed vocabularies.
        sentences : bool
            Whether to add the sentence of each row as the column ``sentence_text``.
        safe : bool
            Texts that a spreadsheet would take for a formula (they begin with ``=``, ``+``, ``-``, ``@`` or white
            space) get an apostrophe before them. Numbers stay as they are.
        provenance : {"sidecar", "columns"}, optional
            Where the versions of package and registry go. CSV has no place for them: beside a file, into
            ``<file>-metadata.json``, as `CSV on the Web <https://www.w3.org/TR/tabular-data-primer/>`_ has it; or into
            two columns of every row; or nowhere (None).

        Examples
        --------
        >>> import czreport as cz
        >>> print(cz.Table({"city": ["常州"], "growth": [4.0]}).to_csv(), end="")
        city,growth
        常州,4
        """
        _checked(provenance)
        table = (
            self._told(sentences, provenance == "columns") if sentences or provenance == "columns" else self
        )
        floats = [kind == "float64" for kind, _ in table._fields.values()]
        texts = [kind in ("text", "code") for kind, _ in table._fields.values()]

        def write(file: Any) -> None:
            writer = csv.writer(_Rows(file), lineterminator="\r\n")
            names = _labels.headers(table._fields, headers)
            writer.writerow([_harmless(name) for name in names] if safe else names)
            for row in table._cells(labels):
                cells = [_display.format_number(cell) if f else cell for cell, f in zip(row, floats)]
                if safe:
                    cells = [_harmless(cell) if t else cell for cell, t in zip(cells, texts)]
                writer.writerow(cells)

        if path is None:
            buffer = io.StringIO(newline="")
            write(buffer)
            return buffer.getvalue()
        with replaced(path) as part, open(part, "w", encoding=encoding, newline="") as file:
            write(file)
        if provenance == "sidecar":
            _write_sidecar(path, table._fields, headers, encoding)
        return None

    def to_json(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        indent: int | None = None,
        headers: Language | None = None,
        sentences: bool = False,
        provenance: Literal["sidecar", "columns"] | None = "sidecar",
    ) -> str | None:
        """A JSON array with one object per row, in UTF-8.

        JSON has neither NaN nor infinities: both become null. `bound` tells an open end from an undefined
        number.

        Parameters
        ----------
        path : path, optional
            The file to write, which appears under its name when it is complete; without it the text is returned.
        indent : int, optional
            As of :func:`json.dumps`.
        headers : {"zh", "en"}, optional
            Chinese or English names of the columns.
        sentences : bool
            Whether to add the sentence of each row as ``sentence_text``.
        provenance : {"sidecar", "columns"}, optional
            Where the versions of package and registry go: as of :meth:`to_csv`.

        Examples
        --------
        >>> import czreport as cz
        >>> cz.Table({"city": ["常州"], "growth": [float("nan")]}).to_json()
        '[{"city": "常州", "growth": null}]\\n'
        """
        _checked(provenance)
        table = (
            self._told(sentences, provenance == "columns") if sentences or provenance == "columns" else self
        )
        names = _labels.headers(table._fields, headers)
        rows = [
            {name: None if _undefined(cell) else cell for name, cell in zip(names, row)}
            for row in table._cells(None)
        ]
        text = json.dumps(rows, ensure_ascii=False, indent=indent) + "\n"
        if path is None:
            return text
        with replaced(path) as part:
            part.write_text(text, encoding="utf-8")
        if provenance == "sidecar":
            _write_sidecar(path, table._fields, headers, "utf-8")
        return None

    def to_excel(
        self,
        path: str | os.PathLike[str],
        *,
        headers: Language | None = None,
        labels: Language | None = None,
        sentences: bool | None = None,
    ) -> None:
        """An Excel workbook (.xlsx), written by openpyxl; needs the extra ``excel``.

        The rows with a filter and a frozen header, beside every figure its sentence; a second sheet names the
        versions and the columns. Texts are stored as texts, so that none of them is taken for a formula. Undefined
        numbers are empty cells, open ends the texts ``inf`` and ``-inf``. Control characters are left out and texts
        of more than 32,767 characters cut, because cells cannot hold them.

        Parameters
        ----------
        path : path
            The file; it appears under its name when it is complete.
        headers, labels : {"zh", "en"}, optional
            Chinese or English names of the columns, and of the values of closed vocabularies.
        sentences : bool, optional
            Whether to add the column ``sentence_text``; without it: if the sentences are known.

        Raises
        ------
        ValueError
            More rows than a sheet has (1,048,575): use Parquet or CSV.
        """
        from ._excel import write

        with replaced(path) as part:
            write(self._told(sentences), part, headers, labels)

    def to_stata(
        self,
        path: str | os.PathLike[str],
        *,
        labels: Language = "zh",
        sentences: bool | None = None,
    ) -> None:
        """A Stata data set (.dta, format 118: Stata 14 and later), written by pandas; needs the extra ``pandas``.

        Names are made safe (``end`` becomes ``end_``) and the variable labels say what they stand for. Columns with a
        closed vocabulary are labelled integers, empty values missing; sentences are strL. Open ends and undefined
        numbers are missing: the column ``bound`` tells which. The data label names the versions.

        Parameters
        ----------
        path : path
            The file; it appears under its name when it is complete.
        labels : {"zh", "en"}
            Language of the labels of variables and values.
        sentences : bool, optional
            Whether to add the variable ``sentence_text``; without it: if the sentences are known.
        """
        from ._stata import write

        with replaced(path) as part:
            write(self._told(sentences), part, labels)


def _undefined(cell: Any) -> bool:
    return isinstance(cell, float) and not math.isfinite(cell)


def _harmless(text: str) -> str:
    return "'" + text if text.startswith(FORMULA) else text


def _checked(provenance: str | None) -> None:
    if provenance not in ("sidecar", "columns", None):
        raise ValueError(f"provenance must be 'sidecar', 'columns' or None, not {provenance!r}")


def _write_sidecar(
    path: str | os.PathLike[str], fields: dict[str, Field], language: str | None, encoding: str
) -> None:
    """Metadata of a text file in the vocabulary of CSV on the Web, which suits JSON as well."""
    if not os.path.isfile(path):
        return  # a device or a pipe
    known = _labels.columns()
    columns: list[dict[str, Any]] = []
    for header, name in zip(_labels.headers(fields, language), fields):
        zh, en = known.get(name, (name, name))
        titles = {"und": header, "zh": zh, "en": en}
        columns.append({"name": name, "titles": titles})
    content = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": os.path.basename(os.fspath(path)),
        "dialect": {"encoding": "utf-8" if encoding == "utf-8-sig" else encoding, "header": True},
        "notes": [versions()],
        "tableSchema": {"columns": columns},
    }
    with replaced(os.fspath(path) + "-metadata.json") as part:
        part.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
