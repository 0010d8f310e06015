"""Word files (.docx): paragraphs, tables, counted labels, footnotes and text boxes, in reading order.

Read from the XML itself (ECMA-376 part 1), with the standard library alone. Tracked deletions and hidden text are no part of
what a reader sees and are left out.
"""

from __future__ import annotations

import dataclasses
import posixpath
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from .._errors import FormatError
from .archive import open_archive, read_member
from .builder import TextBuilder
from .numbering import Numbering, W, style_numbering
from .types import Content, Limits
from .xml import parse_xml

__all__ = ["read"]

_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_STRICT_W = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_EXPECTED = "a Word file (.docx)"

# What is in the XML and not on the page.
_UNSEEN = {
    W + name
    for name in ("del", "moveFrom", "instrText", "delText", "delInstrText", "rPr", "pPr", "tblPr", "trPr", "tcPr", "sdtPr")
} | {_COMPATIBILITY + "Fallback"}  # says the same as the Choice beside it  # fmt: skip
_BLOCKS = {W + "p", W + "tbl"}


class _Package:
    """The parts of the file, parsed when asked for."""

    def __init__(self, archive: zipfile.ZipFile, where: str, limits: Limits) -> None:
        self._archive, self._where = archive, where
        self._limits = dataclasses.replace(limits, file_bytes=min(limits.file_bytes, limits.characters))
        self._members = {info.filename.lstrip("/"): info for info in archive.infolist()}

    def part(self, name: str) -> ElementTree.Element | None:
        info = self._members.get(name)
        if info is None:
            return None
        where = f"{self._where}: {name}"
        data = read_member(self._archive, info, where, self._limits)
        # Files of the strict variant differ in nothing that is read here but the name of the vocabulary.
        return parse_xml(data.replace(_STRICT_W, W[1:-1].encode()), where)

    def related(self, part: str, kind: str) -> str | None:
        """Name of the part that `part` ("" for the package) refers to as `kind`."""
        folder, file = posixpath.split(part)
        links = self.part(posixpath.join(folder, "_rels", file + ".rels"))
        for link in links if links is not None else ():
            if link.get("Type") in (_KIND + kind, _STRICT + kind) and link.get("TargetMode") != "External":
                target = link.get("Target", "")
                return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        return None

    def related_part(self, part: str, kind: str) -> ElementTree.Element | None:
        name = self.related(part, kind)
        return None if name is None else self.part(name)


def _is_on(parent: ElementTree.Element | None, name: str) -> bool:
    mark = None if parent is None else parent.find(W + name)
    return mark is not None and mark.get(W + "val", "1") not in ("0", "false", "off")


class _Reader:
    def __init__(self, package: _Package, main: str) -> None:
        self._out = TextBuilder()
        self._numbering = Numbering(package.related_part(main, "numbering"))
        self._styles = style_numbering(package.related_part(main, "styles"))
        self._notes = {kind: package.related_part(main, kind + "s") for kind in ("footnote", "endnote")}
        self._asked: list[tuple[str, str]] = []  # notes in the order in which the text refers to them
        self._boxes: list[ElementTree.Element] = []  # text boxes of the paragraph at hand
        self._hidden: list[str] = []

    # ---- a paragraph ----

    def _inline(self, element: ElementTree.Element) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag in _UNSEEN:
                continue
            if tag == W + "txbxContent":
                self._boxes.append(child)
            elif tag == W + "r" and _is_on(child.find(W + "rPr"), "vanish"):
                hidden = "".join(part.text or "" for part in child.iter(W + "t"))
                if hidden:
                    self._hidden.append(hidden)
            elif tag == W + "t":
                yield child.text or ""
            elif tag == W + "tab" or tag == W + "ptab":
                yield "\t"
            elif tag == W + "br" or tag == W + "cr":
                yield "\n"
            elif tag == W + "noBreakHyphen":
                yield "-"
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                self._asked.append((tag[len(W) : -len("Reference")], child.get(W + "id", "")))
            else:
                yield from self._inline(child)

    def _label(self, paragraph: ElementTree.Element) -> str:
        properties = paragraph.find(W + "pPr")
        style_mark = None if properties is None else properties.find(W + "pStyle")
        style = "" if style_mark is None else style_mark.get(W + "val", "")
        list_id, level = self._styles.get(style, ("0", 0))
        numbered = None if properties is None else properties.find(W + "numPr")
        if numbered is not None:
            own, depth = numbered.find(W + "numId"), numbered.find(W + "ilvl")
            list_id = list_id if own is None else own.get(W + "val", "0")
            if depth is not None and depth.get(W + "val", "").isdecimal():
                level = int(depth.get(W + "val", "0"))
            elif own is not None:
                level = 0
            style = "" if own is not None else style
        return "" if list_id == "0" else self._numbering.label(list_id, level, style)

    def _paragraph_text(self, paragraph: ElementTree.Element) -> tuple[str, str]:
        """Label and text."""
        text = "".join(self._inline(paragraph))
        if not text.strip():
            return "", text  # Word prints the label of an empty paragraph; a report has none of these
        return self._label(paragraph), text

    def _paragraph(self, paragraph: ElementTree.Element) -> None:
        label, text = self._paragraph_text(paragraph)
        for hidden in self._hidden:
            self._out.log("hidden_text", hidden)
        self._hidden.clear()
        if label:
            self._out.log("numbering", text[:20], label + text[:20])
        for line in (label + text).split("\n"):
            self._out.line(line)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._blocks(box)

    # ---- blocks ----

    def _blocks(self, element: ElementTree.Element) -> None:
        for child in element:
            if child.tag == W + "p":
                self._paragraph(child)
            elif child.tag == W + "tbl":
                self._table(child)
            elif child.tag not in _UNSEEN:  # content controls, insertions, custom XML: what is in them counts
                self._blocks(child)

    @staticmethod
    def _within(element: ElementTree.Element, tag: str) -> Iterator[ElementTree.Element]:
        """Rows of a table or cells of a row, also those inside content controls."""
        for child in element:
            if child.tag == tag:
                yield child
            elif child.tag not in _UNSEEN and child.tag not in _BLOCKS:
                yield from _Reader._within(child, tag)

    def _table(self, table: ElementTree.Element) -> None:
        """A row a line, cells divided by tabs; a table that only frames paragraphs is these paragraphs."""
        for row in self._within(table, W + "tr"):
            cells = list(self._within(row, W + "tc"))
            if len(cells) == 1 or any(cell.find(W + "tbl") is not None for cell in cells):
                for cell in cells:
                    self._blocks(cell)
                continue
            texts = []
            for cell in cells:
                pairs = [self._paragraph_text(paragraph) for paragraph in cell.iter(W + "p")]
                texts.append(" ".join((label + text).strip() for label, text in pairs).strip())
            line = "\t".join(text.replace("\n", " ").replace("\t", " ") for text in texts)
            self._out.line(line if line.strip() else "")
            boxes, self._boxes = self._boxes, []
            for box in boxes:
                self._blocks(box)

    def read(self, root: ElementTree.Element, where: str) -> Content:
        body = root.find(W + "body")
        if body is None:
            raise FormatError(f"{where}: expected {_EXPECTED}, found XML without a body", path=where)
        self._blocks(body)
        done: set[tuple[str, str]] = set()
        for key in self._asked:  # grows where a note refers to notes
            kind, number = key
            notes = self._notes[kind]
            if key in done or notes is None:
                continue
            done.add(key)
            for note in notes:
                if note.get(W + "id") == number:
                    self._blocks(note)
        return Content(self._out.text, "", self._out.repairs)


def read(data: bytes, *, where: str, encoding: str | None, limits: Limits) -> Content:
    """Text of a .docx file: a paragraph or a row of a table a line, notes at the end."""
    archive = open_archive(data, where, _EXPECTED, limits)
    with archive:
        package = _Package(archive, where, limits)
        main = package.related("", "officeDocument") or "word/document.xml"
        root = package.part(main)
        if root is None:
            found = ", ".join(archive.namelist()[:3]) or "an empty archive"
            raise FormatError(f"{where}: expected {_EXPECTED}, found a zip archive of {found}", path=where)
        return _Reader(package, main).read(root, where)
