"""From sources to reports: threads over documents, processes for PDF, one fault never stops the rest."""

from __future__ import annotations

import collections
import os
import pathlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any, Literal, NamedTuple, TypeAlias

from .. import _core
from .._errors import ReportError
from .._many import usable_threads
from .._report import Report, check_options, parse
from .._table import _missing
from .._vocabulary import Vocabulary
from ..documents import FORMATS, Document, DocumentError, Source, iter_sources, read_source
from ..documents.formats import format_of
from .metadata import Failure, Metadata

__all__ = ["Failure", "Item", "Progress", "progress_bar", "read_items"]

Errors: TypeAlias = Literal["collect", "raise"]
Progress: TypeAlias = "bool | Callable[[int, int], object] | None"

_FORMATS_IN_PROCESSES = (
    "pdf",
)  # the libraries that read them hold the interpreter's lock, or are not thread-safe
_YEAR = re.compile(r"\d{4}")


class Item(NamedTuple):
    """One document that was read."""

    document: Document
    report: Report
    hint: str  # file name with the folders above it
    given_region: str | None  # by metadata or a table of documents
    given_year: int | None


def folders_of(sources: Any) -> list[pathlib.Path]:
    """The folders among the sources."""
    given = (
        [sources] if isinstance(sources, (str, os.PathLike)) else sources if isinstance(sources, list) else []
    )
    paths = [pathlib.Path(item) for item in given if isinstance(item, (str, os.PathLike))]
    return [path.absolute() for path in paths if path.is_dir()]


def hint_of(source: Source, roots: Iterable[pathlib.Path] = ()) -> str:
    """The file name behind the folders of the source that it is in: a hint for region and year.

    A year in the name of a folder counts only where the file's own name has none: 资料2000-2024/常州2021.txt. The name
    of a table is no hint at its rows, but what the table calls them is.
    """
    if source.path and FORMATS[source.format].many:
        return "" if source.doc_id.startswith(source.path + "#") else source.doc_id
    name = source.member or (os.path.basename(source.path) if source.path else source.doc_id)
    folders, _, name = name.replace("\\", "/").rpartition("/")
    if source.path:
        path = pathlib.Path(source.path).absolute()
        above = path if source.member else path.parent
        for root in roots:
            if path.is_relative_to(root):
                outer = "/".join([root.name, *above.relative_to(root).parts])
                folders = f"{outer}/{folders}" if folders else outer
                break
    if _YEAR.search(name):
        folders = _YEAR.sub(" ", folders)
    return f"{folders}/{name}" if folders else name


def guess(hint: str) -> tuple[str, str, int | None]:
    """Name and code of the region and the year that a hint alone gives; empty and None where it gives none."""
    core = _core.parse("", None, 0, hint.encode("utf-8", "replace").decode().replace("\0", " "), None)
    return core.region, core.region_code, core.year or None


class _Reader:
    def __init__(
        self,
        metadata: Metadata | None,
        vocabulary: Vocabulary | None,
        roots: list[pathlib.Path],
    ) -> None:
        self.metadata, self.vocabulary, self.roots = metadata, vocabulary, roots

    def parse(self, got: Document | DocumentError, source: Source) -> Item | Failure:
        if isinstance(got, DocumentError):
            return Failure(got.doc_id, got.path, got.reason, -1 if got.offset is None else got.offset)
        region, year = got.region or None, got.year or None
        if self.metadata is not None:
            known = self.metadata.find(got.doc_id, got.path, got.member, self.roots)
            if known is not None:
                region, year = known.region or region, known.year or year
        hint = hint_of(source, self.roots)
        try:
            report = parse(got.text, region=region, year=year, source=hint, vocabulary=self.vocabulary)
        except (ReportError, ValueError, TypeError) as error:
            offset = getattr(error, "offset", None)
            return Failure(got.doc_id, got.path, str(error), -1 if offset is None else offset)
        return Item(got, report, hint, region, year)

    def read(self, source: Source, encoding: str | None) -> Item | Failure:
        return self.parse(read_source(source, encoding), source)


def _done(value: Any) -> Future[Any]:
    future: Future[Any] = Future()
    future.set_result(value)
    return future


def read_items(
    sources: Any,
    *,
    jobs: int | None = None,
    encoding: str | None = None,
    metadata: Metadata | None = None,
    vocabulary: Vocabulary | None = None,
    admit: Callable[[Source | DocumentError], Any] | None = None,
    window: int | None = None,
) -> Iterator[tuple[Any, Item | Failure]]:
    """Reads documents in order, some ahead of the one that is asked for.

    Parameters
    ----------
    sources
        As of :func:`read_corpus`.
    jobs : int, optional
        Threads, and processes for PDF; the number of processors.
    admit : callable, optional
        Called for each source in order: None leaves it out, anything else is yielded before what was read.
    window : int, optional
        Documents that may be in memory ahead; four for each job.
    """
    workers = usable_threads(jobs, "jobs")
    ahead = window or 4 * workers
    check_options(None, None, vocabulary)
    reader = _Reader(metadata, vocabulary, folders_of(sources))
    waiting: collections.deque[tuple[Any, Future[Item | Failure]]] = collections.deque()
    processes: ProcessPoolExecutor | None = None

    def submit(threads: Executor, source: Source | DocumentError) -> Future[Any]:
        nonlocal processes
        if isinstance(source, DocumentError):
            return _done(Failure(source.doc_id, source.path, source.reason, _offset(source.offset)))
        if source.format in _FORMATS_IN_PROCESSES and workers > 1:
            if processes is None:
                processes = ProcessPoolExecutor(workers)
            fetched = processes.submit(read_source, source, encoding)
            return threads.submit(lambda: reader.parse(fetched.result(), source))
        return threads.submit(reader.read, source, encoding)

    with ThreadPoolExecutor(workers) as threads:
        try:
            for source in iter_sources(sources, encoding=encoding):
                mark = admit(source) if admit is not None else True
                if mark is None:
                    continue
                waiting.append((mark, submit(threads, source)))
                while len(waiting) >= ahead:
                    mark, future = waiting.popleft()
                    yield mark, future.result()
            while waiting:
                mark, future = waiting.popleft()
                yield mark, future.result()
        finally:
            for _, future in waiting:
                future.cancel()
            if processes is not None:
                processes.shutdown(cancel_futures=True)


def total_of(sources: Any) -> int | None:
    """Number of documents where it is known without reading: of a sequence of texts or single files."""
    if (
        isinstance(sources, Mapping)
        or isinstance(sources, (list, tuple))
        and all(isinstance(item, tuple) for item in sources)
    ):
        return len(sources)
    if isinstance(sources, (str, os.PathLike)) and os.path.isdir(sources):
        names = [
            name for _, _, files in os.walk(os.fspath(sources)) for name in files if not name.startswith(".")
        ]
        formats = [format_of(name) for name in names]
        if not any(format is not None and format.many for format in formats):
            return len(names)
    return None


def _offset(offset: int | None) -> int:
    return -1 if offset is None else offset


class _Bar:
    """A progress bar that counts documents; does nothing where none is wanted."""

    def __init__(self, progress: Progress, total: int | None, what: str) -> None:
        self._call = progress if callable(progress) else None
        self._total, self._count, self._bar = total, 0, None
        if self._call is not None or progress is False:
            return
        try:
            from tqdm.auto import tqdm
        except ImportError:
            if progress:
                raise _missing("tqdm", "progress") from None
            return
        # None: where somebody looks at it. tqdm's own None asks whether standard error is a terminal.
        self._bar = tqdm(total=total, desc=what, unit="doc", disable=None if progress is None else False)

    def step(self, count: int = 1) -> None:
        self._count += count
        if self._call is not None:
            self._call(self._count, self._total or 0)
        elif self._bar is not None:
            self._bar.update(count)

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()


def progress_bar(progress: Progress, total: int | None, what: str = "reports") -> _Bar:
    """A context with ``step()``.

    Parameters
    ----------
    progress : bool, callable or None
        True: a bar of tqdm, in notebooks too, and an ImportError that names the extra without it; None: a bar where
        tqdm is installed and standard error is a terminal; False: none; a function of (done, total), with total 0
        while unknown.
    total : int or None
        How many there are.
    """
    return _Bar(progress, total, what)
