"""Writing files: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import pathlib
from collections.abc import Iterator


@contextlib.contextmanager
def replaced(path: str | os.PathLike[str]) -> Iterator[pathlib.Path]:
    """A path to write to, in the folder of `path`, that takes the place of `path` when the block ends well.

    If the block or the process ends otherwise, what was under `path` is still there; a block that raises leaves
    nothing else behind. Devices and pipes are written to directly.
    """
    given = pathlib.Path(path)
    if given.exists() and not given.is_file():
        yield given
        return
    final = pathlib.Path(os.path.realpath(given))  # what a link leads to, not the link
    part = final.with_name(f".{final.name}.{os.getpid()}.part")
    try:
        yield part
        os.replace(part, final)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
