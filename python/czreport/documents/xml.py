"""XML of office files: without document types, so that no entity is ever expanded."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from .._errors import FormatError

__all__ = ["parse_xml"]

_DEPTH = 300  # a table in a cell of a table takes nine


def parse_xml(data: bytes, where: str) -> ElementTree.Element:
    """The root element; FormatError naming `where` and the byte for what is no XML, or not of an office file."""

    def refuse(*_: Any) -> None:
        raise FormatError(f"{where}: a document type declaration, which office files do not have", path=where)

    depth = 0

    def deeper(*_: Any) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEPTH:
            raise FormatError(f"{where}: elements nested more than {_DEPTH} deep", path=where)

    def back(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = deeper
    parser.EndElementHandler = back
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        offset = max(parser.ErrorByteIndex, 0)
        raise FormatError(
            f"{where}: invalid XML at byte {offset}: {error}", path=where, offset=offset
        ) from None
    return ElementTree.fromstring(data)
