"""From sources to reports: threads over documents, processes for PDF, one fault never stops the rest."""

from __future__ import annotations

import collections
import os
import pathlib
import re
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar

from .. import _core
from .._columns import missing
from .._errors import ReportError
from .._many import usable_threads
from .._report import Report, check_options, parse
from .._vocabulary import Vocabulary
from ..documents import FORMATS, Document, DocumentError, Source, iter_sources, read_source
from ..documents.archive import is_hidden
from ..documents.formats import format_of
from .metadata import Failure, Metadata
from .regions import areas
from .workers import Worker

__all__ = ["Failure", "Got", "Item", "Progress", "fetch_all", "parsed", "progress_bar"]

Errors: TypeAlias = Literal["collect", "raise"]
Progress: TypeAlias = "bool | Callable[[int, int], object] | None"

_FORMATS_IN_PROCESSES = ("pdf",)  # their library must not run in two threads at once
HEAD = 2000  # characters of a text that say whose report it is
_AHEAD = 4  # documents of each thread that may wait to be asked for
_YEAR = re.compile(r"\d{4}")


class Got(NamedTuple):
    """One document whose text is at hand, with all that is known of it before it is read."""

    document: Document
    hint: str  # file name with the folders above it
    region: str | None  # by metadata or a table of documents
    year: int | None
    namesake: str | None = (
        None  # code where folders tell which of several regions of one name the text is about
    )


class Item(NamedTuple):
    """One document that was read."""

    document: Document
    report: Report
    hint: str
    given_region: str | None
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


def parsed(got: Got, vocabulary: Vocabulary | None) -> Item | Failure:
    """The report of a text."""
    document = got.document
    try:
        report = parse(
            document.text,
            region=got.region or got.namesake,
            year=got.year,
            source=got.hint,
            vocabulary=vocabulary,
        )
    except (ReportError, ValueError, TypeError) as error:
        offset = getattr(error, "offset", None)
        return Failure(document.doc_id, document.path, str(error), -1 if offset is None else offset)
    return Item(document, report._with_repairs(document.repairs), got.hint, got.region, got.year)


def _namesake(hint: str, text: str) -> str | None:
    """Code of the region by the hint, where the text names a region of that name and there are several.

    The title says 鼓楼区, and the folder that it is the one in 南京市.
    """
    known = areas()
    code = guess(hint)[1]
    if not code or not known.shares_name(code):
        return None
    head = _core.parse(text[:HEAD], None, 0, None, None)
    return code if head.region in known.names(code) else None


class _Fetcher:
    """Brings texts, on any thread; each thread has its own process for the formats that need one."""

    def __init__(self, metadata: Metadata | None, encoding: str | None, roots: list[pathlib.Path]) -> None:
        self._metadata, self._encoding, self._roots = metadata, encoding, roots
        self._local = threading.local()
        self._workers: list[Worker] = []

    def _worker(self) -> Worker:
        worker: Worker | None = getattr(self._local, "worker", None)
        if worker is None:
            worker = self._local.worker = Worker()
            self._workers.append(worker)
        return worker

    def fetch(self, source: Source | DocumentError) -> Got | Failure:
        if isinstance(source, DocumentError):
            return _failure(source)
        if source.format in _FORMATS_IN_PROCESSES and sys.executable:
            document = self._worker().read(source, self._encoding)
        else:
            document = read_source(source, self._encoding)
        if isinstance(document, DocumentError):
            return _failure(document)
        region, year = document.region or None, document.year or None
        if self._metadata is not None:
            known = self._metadata.find(document.doc_id, document.path, document.member, self._roots)
            if known is not None:
                region, year = known.region or region, known.year or year
        try:
            check_options(region, year, None)
        except (TypeError, ValueError) as error:
            return Failure(document.doc_id, document.path, str(error), -1)
        hint = hint_of(source, self._roots)
        return Got(document, hint, region, year, None if region else _namesake(hint, document.text))

    def close(self) -> None:
        for worker in self._workers:
            worker.close()


def _failure(error: DocumentError) -> Failure:
    return Failure(error.doc_id, error.path, error.reason, -1 if error.offset is None else error.offset)


_T = TypeVar("_T")


def fetch_all(
    sources: Any,
    finish: Callable[[Got], _T],
    *,
    jobs: int | None = None,
    encoding: str | None = None,
    metadata: Metadata | None = None,
    admit: Callable[[Source | DocumentError], Any] | None = None,
) -> Iterator[tuple[Any, _T | Failure]]:
    """Brings the texts of documents in order, some ahead of the one that is asked for.

    Parameters
    ----------
    sources
        As of :func:`read_corpus`.
    finish : callable
        Called with each text on the thread that brought it; its result is yielded.
    jobs : int, optional
        Threads, and processes for PDF; the number of processors.
    admit : callable, optional
        Called for each source in order: None leaves it out, anything else is yielded before what was read.
    """
    workers = usable_threads(jobs, "jobs")
    ahead = _AHEAD * workers
    fetcher = _Fetcher(metadata, encoding, folders_of(sources))
    waiting: collections.deque[tuple[Any, Future[_T | Failure]]] = collections.deque()

    def bring(source: Source | DocumentError) -> _T | Failure:
        got = fetcher.fetch(source)
        return got if isinstance(got, Failure) else finish(got)

    with ThreadPoolExecutor(workers) as threads:
        try:
            for source in iter_sources(sources, encoding=encoding):
                mark = admit(source) if admit is not None else True
                if mark is None:
                    continue
                waiting.append((mark, threads.submit(bring, source)))
                if len(waiting) >= ahead:
                    mark, future = waiting.popleft()
                    yield mark, future.result()
            while waiting:
                mark, future = waiting.popleft()
                yield mark, future.result()
        finally:
            for _, future in waiting:
                future.cancel()
            threads.shutdown()
            fetcher.close()


def total_of(sources: Any) -> int | None:
    """Number of documents where it is known without reading: of texts in memory, and of a folder without archives."""
    if isinstance(sources, Mapping) or (
        isinstance(sources, (list, tuple)) and all(isinstance(item, tuple) for item in sources)
    ):
        return len(sources)
    if isinstance(sources, (str, os.PathLike)) and os.path.isdir(sources):
        names = [name for _, _, files in os.walk(os.fspath(sources)) for name in files if not is_hidden(name)]
        formats = [format_of(name) for name in names]
        if not any(format is not None and format.many for format in formats):
            return len(names)
    return None


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
                raise missing("tqdm", "progress") from None
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
