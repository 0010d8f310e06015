"""Many reports to a Parquet file in bounded memory, so that a run that was stopped can be finished.

Beside OUT.parquet a folder OUT.parquet.parts grows: a part for every so many rows, written under another name and
renamed, and then a line of manifest.jsonl that names the documents in it. A part without its line does not count.
When all documents are read the parts become row groups of one file, which is renamed to OUT.parquet as the last step;
then the folder goes. A further run with the same options reads only what no part holds.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import pathlib
import shutil
from collections.abc import Callable, Container, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .. import __version__
from .._columns import Array, missing
from .._errors import ReportError
from .._many import read_many
from .._registry import registry_version
from .._report import _is, check_options
from .._table import Table
from .._vocabulary import Vocabulary
from ..documents import Document, DocumentError, Source
from .corpus import choose, document_cells, document_table, failure_table
from .metadata import Metadata, unmatched
from .reading import Failure, Got, Progress, fetch_all, folders_of, progress_bar, total_of

if TYPE_CHECKING:
    import pyarrow

__all__ = ["Written", "write_corpus"]

_DOCUMENTS = 500  # of a part at most, so that little is lost when a run is stopped
_BATCH = 64  # documents that are read at once, on several threads
_FORMAT = 1  # of the folder; another number in a manifest makes a run start afresh


class Written(NamedTuple):
    """What :func:`write_corpus` wrote: the file, counts of reports, rows and bytes of text, and the errors."""

    path: str
    documents: int
    statements: int
    characters: int
    errors: Table


def _arrow() -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise missing("pyarrow", "arrow") from None
    return pyarrow


def _fingerprint(source: Source | DocumentError) -> str:
    """Changes when the document does: a hash of what is at hand, else size and time of the file."""
    if isinstance(source, Source):
        data = source.text.encode("utf-8", "surrogatepass") if source.text is not None else source.data
        if data is not None:
            return hashlib.blake2b(data, digest_size=12).hexdigest()
    try:
        info = os.stat(source.path)
    except (OSError, ValueError):
        return "absent"
    return f"{info.st_size}-{info.st_mtime_ns}"


def _write_synced(path: pathlib.Path, write: Callable[[pathlib.Path], object]) -> None:
    """Calls write(temporary name), then renames: the name never stands for half a file."""
    temporary = path.with_name(path.name + ".tmp")
    write(temporary)
    with open(temporary, "rb+") as file:
        os.fsync(file.fileno())
    os.replace(temporary, path)


class _Parts:
    """The folder of parts and its manifest: a line for the options, then one for each part.

    A line holds the part's name and a record for each document: key (its identifier, made unique), mark (its
    fingerprint), and either the cells of the table of documents or a reason and an offset.
    """

    def __init__(self, folder: pathlib.Path, header: dict[str, Any]) -> None:
        self.folder, self.manifest = folder, folder / "manifest.jsonl"
        self.parts: list[str] = []
        self.marks: dict[str, str] = {}  # key → fingerprint
        self.latest: dict[str, int] = {}  # key → part; a document that was read again counts in the later one
        folder.mkdir(parents=True, exist_ok=True)
        self._held = open(folder / "lock", "w")  # noqa: SIM115 (as long as the parts are in use)
        try:
            _lock(self._held, folder)
            lines = self._lines()
            if next(lines, None) != header:
                self._start(header)
                return
            for line in lines:
                if not (folder / line["part"]).exists():
                    break
                self._note(line)
        except BaseException:
            self._held.close()
            raise
        self._mend()

    def _lines(self) -> Iterator[Any]:
        """Whole lines; one that was being written when the process ended does not count."""
        try:
            with open(self.manifest, encoding="utf-8") as file:
                for text in file:
                    if not text.endswith("\n"):
                        return
                    yield json.loads(text)
        except (FileNotFoundError, ValueError):
            return

    def _start(self, header: dict[str, Any]) -> None:
        for path in self.folder.iterdir():
            if path.suffix in (".parquet", ".tmp", ".jsonl"):
                path.unlink()
        self._append(header)

    def _mend(self) -> None:
        """Cuts what stands behind the last part that counts."""
        size = 0
        with open(self.manifest, "rb+") as file:
            for _ in range(len(self.parts) + 1):
                size += len(file.readline())
            file.truncate(size)

    def _append(self, line: Any) -> None:
        with open(self.manifest, "a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def _note(self, line: Any) -> None:
        for record in line["documents"]:
            self.marks[record["key"]] = record["mark"]
            self.latest[record["key"]] = len(self.parts)
        self.parts.append(line["part"])

    def add(self, table: pyarrow.Table, records: list[dict[str, Any]]) -> None:
        """One more part."""
        import pyarrow.parquet

        name = f"part-{len(self.parts):06d}.parquet"
        _write_synced(self.folder / name, lambda path: pyarrow.parquet.write_table(table, path))
        line = {"part": name, "documents": records}
        self._append(line)
        self._note(line)

    def records(self, wanted: Container[str]) -> Iterator[dict[str, Any]]:
        """The records that count, of the documents that are wanted."""
        lines = self._lines()
        next(lines)
        for part, line in enumerate(lines):
            for record in line["documents"]:
                if self.latest[record["key"]] == part and record["key"] in wanted:
                    yield record

    def close(self, remove: bool) -> None:
        """Gives up the lock; removes the folder where nothing in it is needed any more."""
        self._held.close()
        if remove:
            shutil.rmtree(self.folder)


def _lock(file: Any, folder: pathlib.Path) -> None:
    """Two processes must not write one folder; the lock ends with the process, however that ends."""
    try:
        import fcntl
    except ImportError:  # not on this system
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise ReportError(f"{folder}: another process writes this corpus", path=str(folder)) from None


class _Keys:
    """Identifiers made unique: the second document of one name is name#2."""

    def __init__(self) -> None:
        self.seen: dict[str, int] = {}

    def key(self, doc_id: str) -> str:
        count = self.seen[doc_id] = self.seen.get(doc_id, 0) + 1
        if count == 1:
            return doc_id
        return self.key(f"{doc_id}#{count}")


_Pending = tuple[str, str, "Got | Failure"]  # key, fingerprint, text


def _read_batch(
    batch: Sequence[_Pending], threads: int | None, vocabulary: Vocabulary | None
) -> tuple[pyarrow.Table, list[dict[str, Any]]]:
    """The statements of some documents as one table, and the records of all of them."""
    texts = [(key, got) for key, _, got in batch if isinstance(got, Got)]
    many = read_many(
        [got.document.text for _, got in texts],
        [got.region or got.namesake for _, got in texts],
        [got.year for _, got in texts],
        sources=[got.hint for _, got in texts],
        threads=threads,
        vocabulary=vocabulary,
        errors="collect",
    )
    facts = Table._of(many.documents).to_pylist()
    quantities = Table._of(many.quantities)
    statements = quantities[_is(quantities, "role", "statement")]
    numbers = statements["doc_id"]
    counts = np.bincount(numbers, minlength=len(texts))
    notes: list[list[str]] = [[] for _ in texts]
    for number, code in zip(many.notes.array("doc_id").tolist(), many.notes.array("code").tolist()):
        notes[number].append(code)

    records: list[dict[str, Any]] = []
    cells: list[dict[str, Any]] = []
    number = 0
    for key, mark, got in batch:
        record: dict[str, Any] = {"key": key, "mark": mark}
        if isinstance(got, Got):
            fact = facts[number]
            row = document_cells(
                got.document,
                (got.region, got.year),
                **{name: fact[name] for name in ("title", "region", "region_code", "level", "year")},
                numerals=fact["rows"],
                statements=int(counts[number]),
                notes=notes[number],
            )
            number += 1
            cells.append(row)
            if fact["error"]:
                got = Failure(got.document.doc_id, got.document.path, fact["error"], fact["offset"])
            else:
                record |= row | {"doc_id": key}
        if isinstance(got, Failure):
            record |= {"path": got.path, "reason": got.reason, "offset": got.offset}
        records.append(record)
    keys = [key for key, _ in texts]
    return _table(statements, numbers, keys, cells, [fact["rows"] for fact in facts]), records


def _table(
    statements: Table, numbers: Array, keys: list[str], cells: list[dict[str, Any]], rows: list[int]
) -> pyarrow.Table:
    """The statements behind the columns of their documents, as :func:`write_corpus` describes."""
    import pyarrow

    first = np.concatenate([[0], np.cumsum(rows, dtype=np.int64)])

    def text(column: list[str]) -> pyarrow.Array:
        return pyarrow.array(column, pyarrow.large_string()).take(pyarrow.array(numbers))

    before = {
        "doc_id": text(keys),
        "path": text([row["path"] for row in cells]),
        "row": pyarrow.array(statements.row_numbers - first[numbers]),
        "report_region": text([row["region"] for row in cells]),
        "report_code": text([row["region_code"] for row in cells]),
        "report_year": pyarrow.array(np.array([row["year"] for row in cells], np.int32)[numbers]),
    }
    own = [name for name in statements.columns if name not in before]
    return pyarrow.table({**before, **dict(zip(own, statements[own].to_arrow().columns))})


def _empty() -> pyarrow.Table:
    """No rows, with all columns."""
    got = Got(Document("", ""), "", None, None)
    return _read_batch([("", "", got)], 1, None)[0]


def write_corpus(
    sources: Any,
    path: str | os.PathLike[str],
    *,
    jobs: int | None = None,
    progress: Progress = None,
    metadata: Any = None,
    vocabulary: Vocabulary | None = None,
    encoding: str | None = None,
    rows: int = 100_000,
) -> Written:
    """Write the statements of many reports to a Parquet file, in memory that does not grow with their number.

    Parameters
    ----------
    sources, jobs, progress, metadata, vocabulary, encoding
        As of :func:`read_corpus`.
    path : path
        The file, which appears when it is complete; one that is there stays until then. Beside it appear
        ``NAME.documents.parquet``, the table :attr:`Corpus.documents`, and, while it is written, the folder
        ``NAME.parquet.parts``. If the process is stopped, the same call again finishes the rest: it reads only
        documents that are new or changed. Other options, or another version of the registry, start afresh.
    rows : int
        Rows of a row group, about.

    Returns
    -------
    Written
        path; documents (reports that were read); statements (rows); characters; errors, the columns of
        :attr:`Corpus.errors`.

    Raises
    ------
    ReportError
        Another process writes the same file.
    ValueError
        For wrong arguments.

    Notes
    -----
    Columns: doc_id (made unique), path, row (of that report's `quantities`), report_region, report_code, report_year,
    and those of a report's `statements`; `main` and `sentence` count within the report. The schema's metadata holds
    the versions of the package and of the registry.

    Examples
    --------
    >>> import czreport as cz, pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "out.parquet")
    ...     written = cz.write_corpus([("a", "2021年常州市政府工作报告\\n地区生产总值增长6%以上。")], path)
    ...     sorted(file.name for file in path.parent.iterdir())
    ['out.documents.parquet', 'out.parquet']
    >>> written.documents, written.statements
    (1, 1)
    """
    _arrow()
    if not isinstance(rows, int) or rows < 1:
        raise ValueError(f"rows must be at least 1, not {rows!r}")
    check_options(None, None, vocabulary)
    table = None if metadata is None else Metadata(metadata)
    file = pathlib.Path(path)
    header = {
        "format": _FORMAT,
        "czreport": __version__,
        "registry": registry_version(vocabulary),
        "encoding": encoding,
        "metadata": None if table is None else table.digest(),
    }
    parts = _Parts(file.with_name(file.name + ".parts"), header)
    finished = False
    try:
        keys = _Keys()
        _read_parts(sources, parts, keys, jobs, progress, table, vocabulary, encoding, rows)
        written = _assemble(file, parts, keys.seen, header, table)
        finished = True
        return written
    finally:
        parts.close(remove=finished)


def _read_parts(
    sources: Any,
    parts: _Parts,
    keys: _Keys,
    jobs: int | None,
    progress: Progress,
    metadata: Metadata | None,
    vocabulary: Vocabulary | None,
    encoding: str | None,
    rows: int,
) -> None:
    """Reads what no part holds, and adds parts."""
    import pyarrow

    with progress_bar(progress, total_of(sources)) as bar:

        def admit(source: Source | DocumentError) -> tuple[str, str] | None:
            key, mark = keys.key(source.doc_id), _fingerprint(source)
            if parts.marks.get(key) != mark:
                return key, mark
            if metadata is not None and isinstance(source, Source):
                metadata.find(source.doc_id, source.path, source.member, folders_of(sources))
            bar.step()
            return None

        tables: list[pyarrow.Table] = []
        records: list[dict[str, Any]] = []
        batch: list[_Pending] = []

        def read_batch() -> None:
            if batch:
                table, found = _read_batch(batch, jobs, vocabulary)
                tables.append(table)
                records.extend(found)
                batch.clear()

        def flush() -> None:
            if records:
                parts.add(pyarrow.concat_tables([_empty(), *tables]).combine_chunks(), list(records))
                tables.clear()
                records.clear()

        texts = fetch_all(
            sources, lambda got: got, jobs=jobs, encoding=encoding, metadata=metadata, admit=admit
        )
        for (key, mark), got in texts:
            bar.step()
            batch.append((key, mark, got))
            if len(batch) >= _BATCH:
                read_batch()
            if len(records) + len(batch) >= _DOCUMENTS or sum(map(len, tables)) >= rows:
                read_batch()
                flush()
        read_batch()
        flush()


def _assemble(
    file: pathlib.Path,
    parts: _Parts,
    wanted: Container[str],
    header: dict[str, Any],
    metadata: Metadata | None,
) -> Written:
    """The parts as one file; the last step gives it its name."""
    import pyarrow
    import pyarrow.compute
    import pyarrow.parquet

    failures = [
        Failure(record["key"], record["path"], record["reason"], record["offset"])
        for record in parts.records(wanted)
        if "reason" in record
    ]
    if metadata is not None:
        failures += [unmatched(name) for name in metadata.unused()]
    chosen = choose(record for record in parts.records(wanted) if "reason" not in record)
    versions = {b"czreport": header["czreport"].encode(), b"czreport_registry": header["registry"].encode()}
    characters = statements = 0

    def documents(path: pathlib.Path) -> None:
        nonlocal characters
        flags = set(chosen)
        number = 0
        empty = document_table([]).to_arrow().replace_schema_metadata(versions)
        with pyarrow.parquet.ParquetWriter(path, empty.schema) as writer:
            found = (record for record in parts.records(wanted) if "reason" not in record)
            while batch := list(itertools.islice(found, _DOCUMENTS)):
                mask = np.array([i in flags for i in range(number, number + len(batch))])
                number += len(batch)
                characters += sum(record["characters"] for record in batch)
                writer.write_table(document_table(batch, mask).to_arrow().replace_schema_metadata(versions))
        counts.append(number)

    def all_parts(path: pathlib.Path) -> None:
        nonlocal statements
        schema = _empty().replace_schema_metadata(versions).schema
        valid = [set[str]() for _ in parts.parts]
        for key, part in parts.latest.items():
            if key in wanted:
                valid[part].add(key)
        with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
            for name, keep in zip(parts.parts, valid):
                table = pyarrow.parquet.read_table(parts.folder / name).cast(schema)
                ids = table["doc_id"]
                if not keep.issuperset(pyarrow.compute.unique(ids).to_pylist()):
                    table = table.filter(
                        pyarrow.compute.is_in(ids, pyarrow.array(sorted(keep), pyarrow.string()))
                    )
                statements += len(table)
                if len(table):
                    writer.write_table(table, row_group_size=len(table))

    counts: list[int] = []
    _write_synced(file.with_name(file.stem + ".documents" + file.suffix), documents)
    _write_synced(file, all_parts)
    return Written(str(file), counts[0], statements, characters, failure_table(failures))
