"""Zip archives: members as documents, within limits that a bomb meets before it unfolds.

Sizes that an archive declares are not trusted: members are unpacked in pieces, and what comes out is counted.
Nothing is written to disk; the name of a member is only a label.
"""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from .._errors import FormatError, LimitError, ReportError
from .formats import describe, format_of
from .types import DocumentError, Limits, Source

__all__ = ["is_hidden", "label_of", "open_archive", "read_member", "split"]

_PIECE = 1 << 20
_TAIL = (1 << 16) + 512  # the end record with the longest comment, and that of zip64
_ENTRY = 256  # bytes of a member in the directory, its name included, that are taken for usual
_UTF8_NAME = 0x800  # bit of the flags of a member
_ENCRYPTED = 0x1


def is_hidden(name: str) -> bool:
    """Whether a file is housekeeping of a system or an office program, and no document."""
    parts = name.replace("\\", "/").split("/")
    last = parts[-1].lower()
    return "__MACOSX" in parts or last.startswith((".", "~$")) or last in ("thumbs.db", "desktop.ini")


def label_of(info: zipfile.ZipInfo) -> str:
    """Name of a member: GB18030 where it is not marked as UTF-8 and not UTF-8 either, without `..`, drive letters,
    leading slashes and control characters.
    """
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437", "replace")  # as zipfile decodes names without the mark
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    name = re.sub(r"[\x00-\x1f\x7f]", "", name.replace("\\", "/"))
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    if parts and re.fullmatch(r"[A-Za-z]:", parts[0]):
        parts = parts[1:]
    return re.sub(r"^[A-Za-z]:", "", "/".join(parts))


def _check_directory(stream: Any, where: str, limits: Limits) -> None:
    """LimitError for a directory larger than that of the most members, which zipfile would read as a whole.

    Its size stands in the end record (APPNOTE 4.3.16), in that of zip64 (4.3.14) if it is 0xFFFFFFFF.
    """
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read(_TAIL)
    stream.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return  # zipfile says that it is no archive
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    wide = tail.rfind(b"PK\x06\x06", 0, at)
    if directory == 0xFFFFFFFF and wide >= 0:
        directory = int.from_bytes(tail[wide + 40 : wide + 48], "little")
    if min(directory, size) > limits.members * _ENTRY:
        raise LimitError(
            f"{where}: a directory of {directory} bytes; at most {limits.members} members are read",
            path=where,
        )


def open_archive(source: Any, where: str, expected: str, limits: Limits) -> zipfile.ZipFile:
    """An archive whose directory can be read; FormatError or LimitError naming `where` otherwise.

    `source` is a path or bytes; `expected` says what the file should have been.
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else open(source, "rb")  # noqa: SIM115
    try:
        _check_directory(stream, where, limits)
        archive = zipfile.ZipFile(stream)
    except LimitError:
        stream.close()
        raise
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, zlib.error) as error:
        stream.seek(0)
        found = describe(stream.read(1024))
        stream.close()
        raise FormatError(f"{where}: expected {expected}, found {found}: {error}", path=where) from None
    if len(archive.infolist()) > limits.members:
        count = len(archive.infolist())
        archive.close()
        stream.close()
        raise LimitError(
            f"{where}: {count} members; at most {limits.members} are read from an archive", path=where
        )
    return archive


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, where: str, limits: Limits) -> bytes:
    """The bytes of a member; LimitError if more come out than a document has, FormatError if it is damaged."""
    if info.flag_bits & _ENCRYPTED:
        raise FormatError(f"{where}: is encrypted; expected an archive without a password", path=where)
    packed = max(info.compress_size, 1)
    pieces: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as stream:
            while piece := stream.read(_PIECE):
                pieces.append(piece)
                size += len(piece)
                if size > limits.file_bytes:
                    raise LimitError(
                        f"{where}: more than {limits.file_bytes} bytes when unpacked; no report is so large",
                        path=where,
                    )
                if size > _PIECE and size > limits.ratio * packed:
                    raise LimitError(
                        f"{where}: unpacks to more than {limits.ratio:g} times its size, as zip bombs do",
                        path=where,
                    )
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as error:
        raise FormatError(
            f"{where}: damaged member ({error}); expected a sound zip archive",
            path=where,
            offset=info.header_offset,
        ) from None
    return b"".join(pieces)


def _check_overlap(archive: zipfile.ZipFile, where: str) -> None:
    """Bombs of one block that many directory entries share do not expand much each, but thousandfold together."""
    end = 0
    for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise LimitError(
                f"{where}: members overlap, as in zip bombs", path=where, offset=info.header_offset
            )
        end = (
            info.header_offset + 30 + info.compress_size
        )  # 30: the fixed part of the header before the bytes


def split(
    source: Any, *, where: str, encoding: str | None, limits: Limits, columns: Mapping[str, str], format: str
) -> Iterator[Source | DocumentError]:
    """Members of an archive, in the order of its directory; each carries its bytes when its turn comes."""
    archive = open_archive(source, where, "a zip archive", limits)
    try:
        _check_overlap(archive, where)
        total = 0
        for info in archive.infolist():
            label = label_of(info)
            if info.is_dir() or not label or is_hidden(label):
                continue
            doc_id = f"{where}!{label}"
            kind = format_of(label)
            try:
                if kind is None or kind.name == "zip":
                    what = (
                        "an archive in an archive is not opened"
                        if kind
                        else "is of a type that cannot be read"
                    )
                    raise FormatError(f"{doc_id}: {what}", path=doc_id)
                data = read_member(archive, info, doc_id, limits)
                total += len(data)
            except ReportError as error:
                yield DocumentError.of(error, doc_id, where, label)
                continue
            if total > limits.total_bytes:
                raise LimitError(f"{where}: more than {limits.total_bytes} bytes when unpacked", path=where)
            if not kind.many:
                yield Source(doc_id, where, label, kind.name, data)
                continue
            try:
                for row in kind.load().split(
                    data, where=doc_id, encoding=encoding, limits=limits, columns=columns, format=kind.name
                ):
                    yield dataclasses.replace(row, path=where, member=label)
            except ReportError as error:
                yield DocumentError.of(error, doc_id, where, label)
    finally:
        stream = archive.fp
        archive.close()
        if stream is not None:
            stream.close()
