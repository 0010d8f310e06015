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
    final = pathlib.Path(os.path.realpath(path))  # what a link leads to, not the link
    if final.exists() and not final.is_file():
        yield final
        return
    part = final.with_name(f".{final.name}.{os.getpid()}.part")
    try:
        yield part
        os.replace(part, final)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
