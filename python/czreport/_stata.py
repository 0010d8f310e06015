"""Tables as Stata data sets."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _labels
from ._columns import missing
from ._export import SENTENCES, versions

if TYPE_CHECKING:
    from ._table import Table

# Words that cannot be names of variables, in Stata or in Mata.
_WORDS = (
    "aggregate array boolean break byte case catch class colvector complex const continue default delegate delete do "
    "double else eltypedef end enum explicit export external float for friend function global goto if in inline int "
    "local long NULL pragma protected quad rowvector short strL typedef typename using virtual with _all _b _coef _cons "
    "_n _N _pi _pred _rc _se _skip"
)
_RESERVED = frozenset(_WORDS.split())
_NAME, _LABEL = 32, 80  # characters at most


def safe_names(names: Iterable[str]) -> list[str]:
    """Names that Stata takes: letters, digits and underscores, none twice."""
    found: list[str] = []
    for place, name in enumerate(names, 1):
        safe = re.sub(r"[^A-Za-z0-9_]", "_", name)
        if not re.search("[A-Za-z0-9]", safe):
            safe = f"v{place}"
        if safe[0].isdigit():
            safe = "_" + safe
        if safe in _RESERVED or re.fullmatch(r"str\d+", safe):
            safe += "_"
        safe = unique = safe[:_NAME]
        number = 1
        while unique in found:
            number += 1
            unique = f"{safe[: _NAME - len(str(number)) - 1]}_{number}"
        found.append(unique)
    return found


def _numbers(array: Any) -> Any:
    """Integers as Stata has them (no more than 32 bits), open ends as missing."""
    if array.dtype == np.bool_:
        return array.astype(np.int8)
    if array.dtype.kind == "f":
        return np.where(np.isfinite(array), array, np.nan)
    # The largest int32 values stand for missing ones.
    if len(array) and (array.min() < -(2**31) + 1 or array.max() > 2**31 - 101):
        return array.astype(np.float64)
    return array.astype(np.int32)


def write(table: Table, path: str | os.PathLike[str], language: str) -> None:
    """Write the rows to `path`."""
    if _labels.checked(language, "labels") is None:
        raise ValueError("labels must be 'zh' or 'en', not None")
    try:
        import pandas
    except ImportError:
        raise missing("pandas", "pandas") from None
    columns: dict[str, Any] = {}
    labels: dict[str, str] = {}
    values: dict[str, dict[float, str]] = {}
    long: list[str] = []
    shown = _labels.headers(table.columns, language)
    for name, variable, label in zip(table.columns, safe_names(table.columns), shown):
        kind, names = table._fields[name]
        array = table._raw(name)
        labels[variable] = label[:_LABEL]
        if names is not None:
            # Stata has no label for nothing: what has no name is missing.
            told = [i for i, text in enumerate(names) if text]
            codes = np.full(len(names), -1)
            codes[told] = range(len(told))
            shown_values = _labels.value_names(name, names, language)
            known = [shown_values[i] for i in told]
            if len(table):
                columns[variable] = pandas.Categorical.from_codes(codes[array], known)
            else:  # pandas cannot write categories of no rows
                columns[variable] = np.empty(0, np.int8)
                values[variable] = dict(enumerate(known))
        elif kind == "list":
            columns[variable] = np.array([", ".join(map(str, cell)) for cell in array], dtype=object)
        elif kind == "text":
            columns[variable] = np.array([text.replace("\0", "") for text in array], dtype=object)
            if name == SENTENCES:
                long.append(variable)
        else:
            columns[variable] = _numbers(array)
    frame = pandas.DataFrame(columns, index=pandas.RangeIndex(len(table)))
    for variable in frame.columns:  # a column of texts without rows has the type of its texts all the same
        if isinstance(columns[variable], np.ndarray) and columns[variable].dtype == object:
            frame[variable] = frame[variable].astype(object)
    made_by = versions()
    frame.to_stata(
        path,
        write_index=False,
        version=118,
        variable_labels=labels,
        data_label=f"czreport {made_by['czreport_version']}, registry {made_by['czreport_registry']}"[
            :_LABEL
        ],
        convert_strl=long,
        value_labels=values or None,
    )
