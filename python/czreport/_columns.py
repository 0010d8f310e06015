"""Columns held as arrays: how sequences become columns of a table."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]
Field: TypeAlias = tuple[str, tuple[str, ...] | None]  # type name; names of a closed vocabulary


class Columns:
    """Columns held as arrays, with the two members of `_core.Table` that a Table needs."""

    def __init__(
        self, fields: tuple[tuple[str, str, tuple[str, ...] | None], ...], arrays: dict[str, Array]
    ) -> None:
        self.columns = fields
        self._arrays = arrays

    def array(self, name: str, /) -> Array:
        return self._arrays[name]

    def __len__(self) -> int:
        return len(next(iter(self._arrays.values()), ()))


def frozen(array: Array) -> Array:
    array.flags.writeable = False
    return array


def column_of(name: str, values: Any) -> tuple[str, Array]:
    """Type name and array of one column given as any sequence."""
    array = np.asarray(values)
    if array.ndim != 1:
        raise ValueError(f"column {name!r} must have one dimension, not {array.ndim}")
    kind = array.dtype.kind
    if kind == "O" and len(array) and all(isinstance(cell, list) for cell in values):
        return "list", frozen(array.copy())  # row numbers
    if kind in "UO" or len(array) == 0 and not isinstance(values, np.ndarray):
        texts = np.empty(len(array), dtype=object)
        texts[:] = array.tolist() if kind == "U" else list(values)
        if not all(isinstance(text, str) for text in texts):
            raise ValueError(f"column {name!r} mixes texts with other objects")
        return "text", frozen(texts)
    if kind == "i" or kind == "u":
        wide = array.dtype.itemsize > 4 or array.dtype == np.uint32 or not isinstance(values, np.ndarray)
        return (
            ("int64", frozen(array.astype(np.int64))) if wide else ("int32", frozen(array.astype(np.int32)))
        )
    if kind == "f":
        return "float64", frozen(array.astype(np.float64))
    if kind == "b":
        return "bool", frozen(array.copy())
    raise ValueError(f"column {name!r} has the type {array.dtype}; expected numbers or texts")


def missing(package: str, extra: str) -> ImportError:
    return ImportError(
        f"{package} is not installed; install it with: pip install 'czreport[{extra}]'", name=package
    )
