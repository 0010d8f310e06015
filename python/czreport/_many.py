"""Many reports at once, on several threads."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from . import _core
from ._origin import Origin
from ._report import check_options
from ._table import Table
from ._vocabulary import Vocabulary

__all__ = ["parse_many", "read_many"]


def usable_threads(threads: int | None, name: str = "threads") -> int:
    """`threads`, or as many as this process has processors."""
    if threads is None:
        if hasattr(os, "sched_getaffinity"):
            return len(os.sched_getaffinity(0))
        return os.cpu_count() or 1
    if not isinstance(threads, (int, np.integer)) or isinstance(threads, bool):
        raise TypeError(f"{name} must be an int, not {type(threads).__name__}")
    if threads < 1:
        raise ValueError(f"{name} must be at least 1, not {threads}")
    return min(int(threads), 1 << 16)


def _of_documents(values: Any, name: str) -> Any:
    """None, one value for all, or a tuple with one value (or None) for each document."""
    if values is None or isinstance(values, (str, int, np.integer)):
        return values
    if hasattr(values, "to_pylist"):  # Arrow
        values = values.to_pylist()
    elif hasattr(values, "tolist"):  # NumPy, pandas
        values = values.tolist()
    try:
        given = tuple(values)
    except TypeError:
        raise TypeError(f"{name} must be one value or one for each document") from None
    return tuple(None if value is None or value != value else value for value in given)


def _checked(values: Any, region: bool, vocabulary: Vocabulary | None) -> Any:
    """As check_options for one report; years may have become floats where some are missing."""
    if values is None:
        check_options(None, None, vocabulary)
        return None
    many = isinstance(values, tuple)
    found = []
    for value in values if many else (values,):
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if region:
            check_options(value, None, vocabulary)
            if value is not None and "\0" in value:
                raise ValueError("region must not contain NUL")
            found.append(value or None)
        else:
            check_options(None, value, vocabulary)
            found.append(None if value is None else int(value))
    return tuple(found) if many else found[0]


def read_many(
    texts: Any,
    regions: Any = None,
    years: Any = None,
    *,
    sources: Sequence[str | None] | None = None,
    threads: int | None = None,
    vocabulary: Vocabulary | None = None,
    errors: str = "raise",
) -> _core.Reports:
    """What :func:`parse_many` reads, with the tables of sections, sentences, notes and documents.

    `sources` are the file names, hints for region and year.
    """
    if errors not in ("raise", "collect"):
        raise ValueError(f"errors must be 'raise' or 'collect', not {errors!r}")
    hints = None
    if sources is not None:
        hints = tuple(
            None if source is None else source.encode("utf-8", "replace").decode().replace("\0", " ")
            for source in sources
        )
    return _core.parse_many(
        texts,
        _checked(_of_documents(regions, "regions"), True, vocabulary),
        _checked(_of_documents(years, "years"), False, vocabulary),
        hints,
        usable_threads(threads),
        errors == "collect",
        None if vocabulary is None else vocabulary._core,
    )


def parse_many(
    texts: Iterable[str | bytes | None] | Any,
    regions: str | Sequence[str | None] | None = None,
    years: int | Sequence[int | None] | None = None,
    threads: int | None = None,
    vocabulary: Vocabulary | None = None,
    *,
    errors: str = "raise",
) -> Table:
    """Read many reports at once, on several threads, into one table.

    Documents are read in parallel without the interpreter's lock. The rows stand in the order of the documents
    and are the same for every number of threads.

    Parameters
    ----------
    texts : iterable of str or bytes, or Arrow column
        The texts, or their UTF-8 bytes; None stands for a text that is missing. A column of a pyarrow, polars or
        pandas table (whatever has ``__arrow_c_stream__`` or ``__arrow_c_array__`` and holds strings) is read in
        place. Other iterables are taken batch by batch: a generator is never held as a whole.
    regions : str or sequence of str, optional
        Whose report each is, as in :func:`parse`: one for all, or one (or None) for each document.
    years : int or sequence of int, optional
        Year of delivery, likewise.
    threads : int, optional
        At most so many; without it one for each processor that the process may use.
    vocabulary : Vocabulary, optional
        Words added by :func:`vocabulary`.
    errors : {"raise", "collect"}
        ``"raise"``: the first document that cannot be read (or is missing) ends the call. ``"collect"``: it has no
        rows, and `Table.errors` says why.

    Returns
    -------
    Table
        The columns of `Report.quantities`, then ``doc_id`` (int64, number of the document from 0),
        ``report_region``, ``report_code`` (text) and ``report_year`` (int32, 0 if unknown). ``main`` and
        ``sentence`` count within the document. Texts given as a list or an Arrow column are kept alive by the
        table, for `Table.evidence`.

    Raises
    ------
    ReportError
        A text that is not valid; its attribute `document` is the number, `offset` the byte (of a str: of its
        UTF-8 form).
    ValueError
        A region that is not known, an impossible year, a missing text, or `regions` and `years` of another length
        than `texts`.

    Examples
    --------
    >>> import czreport as cz
    >>> rows = cz.parse_many(["地区生产总值增长6%。", "新增就业12万人。"], ["常州市", "无锡市"], 2021)
    >>> rows["doc_id"].tolist(), rows["report_region"].tolist(), rows["value"].tolist()
    ([0, 1], ['常州市', '无锡市'], [6.0, 12.0])
    """
    many = read_many(texts, regions, years, threads=threads, vocabulary=vocabulary, errors=errors)
    return Table._of(many.quantities, origin=Origin(many, many.sentences))
