"""Tables: NumPy columns with selection and export."""

from __future__ import annotations

import html
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, overload

import numpy as np

from . import _core, _display
from ._columns import Array, Columns, Field, column_of, frozen
from ._export import Exports
from ._origin import Origin

if TYPE_CHECKING:
    from .printed import Interval, Rule

Selection: TypeAlias = slice | Sequence[bool] | Sequence[int] | Array

# What a person wants to see of a table with many columns, in this order.
_PREFERRED = (
    "indicator", "value", "unit", "bound", "measure", "period", "kind", "text", "indicator_code", "base", "role",
    "commitment", "region", "scope",
)  # fmt: skip
_SHOWN_COLUMNS = 12
_SHOWN_ROWS = 20


class Table(Exports):
    """Rows with named columns; immutable.

    A table is made by a :class:`~czreport.Report`, by the registries, or from a mapping of column names to
    sequences of equal length. Numbers are read-only NumPy arrays; of a report's table they are views of the
    memory in which the report was read. Texts are arrays of str, built when first asked for and kept. Columns
    with a closed vocabulary (role, measure, bound, kind …) are stored as small integers, see :meth:`codes`.

    Parameters
    ----------
    columns : mapping of str to sequence
        The columns in order.
    categories : mapping of str to sequence of str, optional
        For columns that hold codes: the names, code being the index.

    Examples
    --------
    >>> import czreport as cz
    >>> table = cz.Table({"city": ["常州", "无锡"], "growth": [4.5, 3.7]})
    >>> len(table), table.columns
    (2, ['city', 'growth'])
    >>> table["growth"]
    array([4.5, 3.7])
    >>> table[table["growth"] > 4].to_pylist()
    [{'city': '常州', 'growth': 4.5}]
    """

    __slots__ = ("_cache", "_fields", "_index", "_origin", "_source")

    _source: _core.Table | Columns
    _index: Array | None
    _fields: dict[str, Field]
    _cache: dict[str, Array]
    _origin: Origin | None

    def __init__(
        self, columns: Mapping[str, Any], categories: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        arrays: dict[str, Array] = {}
        fields: list[tuple[str, str, tuple[str, ...] | None]] = []
        categories = categories or {}
        for name, values in columns.items():
            if name in categories:
                names = tuple(categories[name])
                codes = np.asarray(values)
                if (
                    codes.ndim != 1
                    or len(codes)
                    and (codes.min() < 0 or codes.max() >= len(names))
                    or len(names) > 256
                ):
                    raise ValueError(f"column {name!r} holds codes outside its categories")
                arrays[name] = frozen(codes.astype(np.uint8))
                fields.append((name, "code", names))
            else:
                kind, arrays[name] = column_of(name, values)
                fields.append((name, kind, None))
        if len({len(array) for array in arrays.values()}) > 1:
            lengths = ", ".join(f"{name} {len(array)}" for name, array in arrays.items())
            raise ValueError(f"columns must have equal lengths: {lengths}")
        self._set(Columns(tuple(fields), arrays), None)

    def _set(
        self,
        source: _core.Table | Columns,
        index: Array | None,
        fields: dict[str, Field] | None = None,
        origin: Origin | None = None,
    ) -> None:
        self._source = source
        self._origin = origin
        self._index = index
        self._fields = {n: (t, c) for n, t, c in source.columns} if fields is None else fields
        self._cache = {}

    @classmethod
    def _of(
        cls,
        source: _core.Table | Columns,
        index: Array | None = None,
        fields: dict[str, Field] | None = None,
        origin: Origin | None = None,
    ) -> Table:
        table = cls.__new__(cls)
        table._set(source, index, fields, origin)
        return table

    # ---- shape ----

    def __len__(self) -> int:
        return len(self._source) if self._index is None else len(self._index)

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return list(self._fields)

    @property
    def row_numbers(self) -> Array:
        """Number of each row in the table that this one was selected from (of a report: in `quantities`)."""
        return frozen(np.arange(len(self), dtype=np.int64)) if self._index is None else self._index

    @property
    def errors(self) -> Table:
        """Documents that could not be read, of a table made by :func:`czreport.parse_many`; else none.

        Columns: doc_id, message, offset (byte in the document, -1 where no place applies).

        Examples
        --------
        >>> import czreport as cz
        >>> cz.parse_many(["增长5%", b"\\xff"], errors="collect").errors["doc_id"].tolist()
        [1]
        """
        many = None if self._origin is None else self._origin.many
        if many is None:
            return Table({"doc_id": np.empty(0, np.int64), "message": [], "offset": np.empty(0, np.int64)})
        documents = many.documents
        at = np.flatnonzero(documents.array("error") != "")
        names = {"doc_id": "doc_id", "message": "error", "offset": "offset"}
        return Table({name: documents.array(column)[at] for name, column in names.items()})

    def evidence(self, *, mark: bool = True) -> Array:
        """The sentence of each row, as an array of str.

        Parameters
        ----------
        mark : bool
            Whether the quantity is marked: 【…】.

        Raises
        ------
        ValueError
            The table does not come from texts, or they were not kept (texts of an iterator, unpickled tables), or
            the columns start, end and sentence (of many reports also doc_id) were left out.

        Examples
        --------
        >>> import czreport as cz
        >>> cz.parse("粮食总产量70万吨。森林覆盖率达到26%以上。").quantities.evidence()[1]
        '森林覆盖率达到【26%以上】。'
        """
        if self._origin is None:
            raise ValueError("this table has no texts: only tables made by parse, read or parse_many have")
        needed = ["start", "end", "sentence"] + ([] if self._origin.many is None else ["doc_id"])
        for name in needed:
            if name not in self._fields:
                raise ValueError(
                    f"sentences are found by the column {name!r}, which this table does not have"
                )
        documents = None if self._origin.many is None else self._raw("doc_id")
        starts, ends, sentences = (self._raw(name) for name in needed[:3])
        texts = np.empty(len(self), dtype=object)
        texts[:] = list(self._origin.evidence(documents, starts, ends, sentences, mark=mark))
        return frozen(texts)

    def _has_evidence(self) -> bool:
        needed = {"start", "end", "sentence"}
        if self._origin is None:
            return False
        if self._origin.many is not None:
            needed.add("doc_id")
        return needed <= self._fields.keys() and self._origin.known()

    # ---- columns ----

    def _raw(self, name: str) -> Array:
        """The stored column: codes stay codes."""
        array = self._cache.get(name)
        if array is None:
            if name not in self._fields:
                raise KeyError(f"no column {name!r}; there are: {', '.join(self._fields)}")
            array = self._source.array(name)
            if self._index is not None:
                array = frozen(array[self._index])
            self._cache[name] = array
        return array

    def intervals(
        self, *, about: float = 0.05, nearly: float = 0.1, over: float = math.inf, rule: Rule = "half"
    ) -> Interval:
        """What the figures of the table stand for, by their written digits and bound words.

        Parameters
        ----------
        about, nearly, over : float
            How wide 左右, 近 and 超 are taken, as parts of the figure's size; 超 has no end as a rule.
        rule : str
            How plain figures were rounded. All four as of :func:`czreport.printed.intervals`, which tells more.

        Returns
        -------
        czreport.printed.Interval
            Arrays `lo` and `hi`, one element a row, in the unit of ``value``.

        Raises
        ------
        KeyError
            For a table without the columns ``value``, ``lo``, ``hi``, ``bound`` and ``resolution``.
        ValueError
            For tolerances out of range and unknown rules.

        Examples
        --------
        >>> import czreport as cz
        >>> rows = cz.parse("粮食产量增长3.2%。", region="常州市", year=2021).statements
        >>> lo, hi = rows.intervals()
        >>> round(float(lo[0]), 2), round(float(hi[0]), 2)
        (3.15, 3.25)
        """
        from .printed import intervals

        return intervals(self, about=about, nearly=nearly, over=over, rule=rule)

    def codes(self, name: str) -> Array:
        """The integers of a column with a closed vocabulary.

        Parameters
        ----------
        name : str
            A column for which :meth:`categories` gives names.

        Returns
        -------
        numpy.ndarray
            uint8, read-only; index into ``categories(name)``.

        Examples
        --------
        >>> import czreport as cz
        >>> rows = cz.parse("一般公共预算收入600亿元").quantities
        >>> rows.categories("role")[rows.codes("role")[0]]
        'statement'
        """
        self.categories(name)
        return self._raw(name)

    def categories(self, name: str) -> tuple[str, ...]:
        """The names of a closed vocabulary, in the order of the codes."""
        if name not in self._fields:
            raise KeyError(f"no column {name!r}; there are: {', '.join(self._fields)}")
        names = self._fields[name][1]
        if names is None:
            raise ValueError(f"column {name!r} has no closed vocabulary")
        return names

    def _column(self, name: str) -> Array:
        raw = self._raw(name)
        names = self._fields[name][1]
        if names is None:
            return raw
        key = "=" + name  # no column name starts with a sign
        array = self._cache.get(key)
        if array is None:
            array = self._cache[key] = frozen(np.array(names, dtype=object)[raw])
        return array

    # ---- selection ----

    @overload
    def __getitem__(self, key: str) -> Array: ...
    @overload
    def __getitem__(self, key: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, key: list[str] | Selection) -> Table: ...
    def __getitem__(self, key: Any) -> Any:
        """A column (str), a row as a dict (int), some columns (list of str), or some rows.

        Rows are selected by a slice, by a boolean mask of the table's length, or by an array of row numbers;
        negative numbers count from the end.
        """
        if isinstance(key, str):
            return self._column(key)
        if isinstance(key, (int, np.integer)) and not isinstance(key, (bool, np.bool_)):
            number = int(key)
            if not -len(self) <= number < len(self):
                raise IndexError(f"row {number} of a table of {len(self)} rows")
            return self[np.array([number])].to_pylist()[0]
        if isinstance(key, list) and key and all(isinstance(name, str) for name in key):
            for name in key:
                if name not in self._fields:
                    raise KeyError(f"no column {name!r}; there are: {', '.join(self._fields)}")
            return self._of(
                self._source, self._index, {name: self._fields[name] for name in key}, self._origin
            )
        if isinstance(key, slice):
            chosen = np.arange(len(self), dtype=np.int64)[key]
        else:
            chosen = np.asarray(key)
            if chosen.size == 0 and chosen.dtype != np.bool_:
                chosen = chosen.astype(np.int64)
            if chosen.ndim != 1 or chosen.dtype.kind not in "biu":
                raise TypeError("rows are selected by a slice, a boolean mask or an array of row numbers")
            if chosen.dtype.kind == "b":
                if len(chosen) != len(self):
                    raise IndexError(f"mask of {len(chosen)} for a table of {len(self)} rows")
                chosen = np.flatnonzero(chosen)
            else:
                chosen = chosen.astype(np.int64)
                if len(chosen) and (chosen.min() < -len(self) or chosen.max() >= len(self)):
                    raise IndexError(f"row number outside a table of {len(self)} rows")
                chosen = np.where(chosen < 0, chosen + len(self), chosen)
        return self._of(
            self._source,
            frozen(chosen if self._index is None else self._index[chosen]),
            self._fields,
            self._origin,
        )

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Rows as dicts, made a thousand at a time."""
        for start in range(0, len(self), 1000):
            yield from self[start : start + 1000].to_pylist()

    def equals(self, other: Table) -> bool:
        """Whether both have the same columns and the same cells; NaN equals NaN.

        Examples
        --------
        >>> import czreport as cz
        >>> cz.parse("增长5%").quantities.equals(cz.parse("增长5%").quantities)
        True
        """
        if not isinstance(other, Table) or self._fields != other._fields or len(self) != len(other):
            return False
        return all(
            np.array_equal(self._raw(name), other._raw(name), equal_nan=kind == "float64")
            for name, (kind, _) in self._fields.items()
        )

    # Immutable: a copy is the table itself.
    def __copy__(self) -> Table:
        return self

    def __deepcopy__(self, memo: Any) -> Table:
        return self

    def __reduce__(self) -> Any:
        # The rows as they are, without the texts behind them.
        fields = tuple((name, kind, names) for name, (kind, names) in self._fields.items())
        return _unpickled, (fields, {name: np.array(self._raw(name)) for name in self._fields})

    # ---- display ----

    def _shown(self, rows: int) -> list[str]:
        """Of too many columns the preferred ones in which the first rows say anything."""
        if len(self._fields) <= _SHOWN_COLUMNS:
            return list(self._fields)
        preferred = [name for name in _PREFERRED if name in self._fields]
        if "value" not in preferred:
            return list(self._fields)[:_SHOWN_COLUMNS]
        part = self[:rows]
        told = [name for name in preferred if self._numeric(name) or any(part._column(name))]
        return told if rows and len(self) else preferred

    def _numeric(self, name: str) -> bool:
        return self._fields[name][0] in ("int32", "int64", "float64")

    def _shown_cells(self, names: list[str], rows: slice) -> list[list[str]]:
        part = self[rows]
        columns = [[_display.cell_text(cell) for cell in part._column(name).tolist()] for name in names]
        if "value" in names and {"lo", "hi"} <= self._fields.keys():
            values = columns[names.index("value")]
            for i, (lo, hi) in enumerate(zip(part["lo"].tolist(), part["hi"].tolist())):
                if not values[i] and math.isfinite(lo) and math.isfinite(hi):
                    values[i] = f"{_display.format_number(lo)}–{_display.format_number(hi)}"
        return [list(cells) for cells in zip(*columns)]

    def to_text(
        self, *, columns: Sequence[str] | None = None, rows: int | None = None, width: int | None = None
    ) -> str:
        """Aligned lines for a terminal; Chinese characters take two cells.

        A range is shown as ``lo–hi`` in the column `value`.

        Parameters
        ----------
        columns : sequence of str, optional
            The columns to show; without it the ones that matter most.
        rows : int, optional
            Show at most so many rows and say how many there are.
        width : int, optional
            Cells of a line; longer texts are cut with an ellipsis.

        Examples
        --------
        >>> import czreport as cz
        >>> print(cz.Table({"city": ["常州", "无锡"], "growth": [4.5, 12.0]}).to_text())
        city  growth
        ────  ──────
        常州     4.5
        无锡      12
        """
        count = len(self) if rows is None else max(0, min(rows, len(self)))
        names = self._shown(count) if columns is None else list(columns)
        for name in names:
            if name not in self._fields:
                raise KeyError(f"no column {name!r}; there are: {', '.join(self._fields)}")
        right = [self._numeric(name) for name in names]
        text = _display.render(names, self._shown_cells(names, slice(0, count)), right, width)
        return text if count == len(self) else f"{text}\n… {len(self)} rows in all"

    def __repr__(self) -> str:
        head = f"<czreport.Table: {len(self)} rows × {len(self._fields)} columns>"
        if not self._fields:
            return head
        return f"{head}\n{self.to_text(rows=_SHOWN_ROWS, width=110)}"

    def _repr_html_(self) -> str:
        names = self._shown(_SHOWN_ROWS)
        escape = html.escape
        right = [self._numeric(name) for name in names]
        lines = ['<table class="czreport">', "<thead><tr>"]
        lines += [f"<th>{escape(name)}</th>" for name in names]
        lines += ["</tr></thead>", "<tbody>"]
        for cells in self._shown_cells(names, slice(0, _SHOWN_ROWS)):
            parts = [
                f'<td style="text-align:{"right" if r else "left"}">{escape(cell)}</td>'
                for cell, r in zip(cells, right)
            ]
            lines.append(f"<tr>{''.join(parts)}</tr>")
        lines += ["</tbody></table>", f"<p>{len(self)} rows × {len(self._fields)} columns</p>"]
        return "\n".join(lines)


def _unpickled(
    fields: tuple[tuple[str, str, tuple[str, ...] | None], ...], arrays: dict[str, Array]
) -> Table:
    return Table._of(Columns(fields, {name: frozen(array) for name, array in arrays.items()}))
