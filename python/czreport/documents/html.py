"""Web pages: the report that stands among navigation, banners and links.

The page is parsed by lexbor (package selectolax). Prose, which is sentences outside of links, tells where the report is: from the
root one goes down as long as one part holds nearly all prose of the page. What is left around it is recognised by its words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from .._errors import LimitError
from .builder import TextBuilder, squeeze
from .encoding import decode_named, name_of_bom
from .formats import require
from .furniture import is_page_line, is_prose
from .types import Content, Limits

__all__ = ["read"]

_NOT_TEXT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "svg",
        "object",
        "embed",
        "textarea",
        "select",
        "option",
        "button",
        "input",
        "canvas",
        "audio",
        "video",
        "map",
        "math",
        "title",
        "meta",
        "link",
        "base",
    ]
)
_BLOCK = frozenset(
    [
        "html",
        "body",
        "div",
        "p",
        "section",
        "article",
        "main",
        "aside",
        "header",
        "footer",
        "nav",
        "form",
        "fieldset",
        "address",
        "blockquote",
        "center",
        "pre",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "caption",
        "tr",
        "td",
        "th",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "figure",
        "figcaption",
        "details",
        "summary",
        "ucapcontent",
        "founder-content",
    ]
)
_PLACES = frozenset(
    [
        "body",
        "div",
        "section",
        "article",
        "main",
        "form",
        "td",
        "center",
        "blockquote",
        "ucapcontent",
        "founder-content",
    ]
)
_ASIDE = frozenset(["nav", "aside", "footer", "header"])
_ASIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|footer|foot|sidebar|side|breadcrumbs?|crumbs?|share|copyright|related|recommend|pager|pagination|"
    r"toolbar|qrcode|login|search|bottom|topbar|dqwz|weizhi|location)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(
    rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_.-]{2,40})", re.IGNORECASE
)
_OPENS = re.compile(r"<(script|style|svg|noscript)\b|<!--", re.IGNORECASE)
_CLOSES = {
    name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style", "svg", "noscript")
} | {"": re.compile("-->")}
_INLINED = re.compile(r"(?<=[\"'(])data:[a-z]+/[^\"')]*", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_CLOSED_BY_OTHERS = frozenset(
    [
        "p",
        "li",
        "td",
        "th",
        "tr",
        "tbody",
        "thead",
        "tfoot",
        "dt",
        "dd",
        "option",
        "optgroup",
        "rp",
        "rt",
        "html",
        "head",
        "body",
    ]
)
_VOID = frozenset(
    [
        "br",
        "hr",
        "img",
        "input",
        "meta",
        "link",
        "base",
        "area",
        "col",
        "embed",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_LONG_VALUE = re.compile(r"=\s*(?:\"[^\"]{2048,}\"|'[^']{2048,}')")  # the state of forms, styles
_LONG_TAG = re.compile(
    r"<[a-zA-Z][^<>]{16384}"
)  # with more attributes than a parser compares in reasonable time
_DEEP = 512  # levels, as browsers have it
_WORK = 30_000_000  # tags times the elements that are open at each: the parser may visit or repeat them all
_SHARE = 0.8  # of the prose that the report's place holds
_ROW = 400  # characters of a row that holds cells rather than the columns of a layout


@dataclass
class _Place:
    """An element that may hold the report."""

    parent: int
    aside: bool
    named_aside: bool
    prose: int = 0
    total: int = 0


@dataclass
class _Block:
    """A run of text between the borders of blocks."""

    place: int
    row: tuple[int, int] | None  # of a table: which row and cell
    heading: bool
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    text: str = ""


def _decode(data: bytes, encoding: str | None, where: str) -> tuple[str, str]:
    """Encoding by argument, mark, what the page declares if it fits, else as of any text."""
    if encoding is None and name_of_bom(data) is None:
        found = _XML_ENCODING.search(data[:200]) or _CHARSET.search(data[:8192])
        declared = found[1].decode("ascii").lower() if found else ""
        if declared in ("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936"):
            declared = "gb18030"
        if declared and not declared.startswith("utf-16"):  # what is read as ASCII is not UTF-16
            try:
                return data.decode(declared), declared
            except (UnicodeDecodeError, LookupError):
                pass
    return decode_named(data, encoding, where)


def _visible(source: str) -> str:
    """The page without scripts, styles, comments and inlined pictures, which can be most of its bytes.

    In one pass: what is never closed is not looked for again.
    """
    parts: list[str] = []
    closes = dict(_CLOSES)
    at = copied = 0
    while found := _OPENS.search(source, at):
        name = (found[1] or "").lower()
        close = closes[name].search(source, found.end()) if name in closes else None
        if close is None:
            closes.pop(name, None)
            at = found.end()
            continue
        parts.append(source[copied : found.start()])
        at = copied = close.end()
    parts.append(source[copied:])
    return _LONG_VALUE.sub("=''", _INLINED.sub("", " ".join(parts).replace("\0", "")))


def _check_nesting(visible: str, where: str) -> None:
    """LimitError for pages that cost a parser the square of their size: very deep ones, and those that leave many elements open,
    which HTML has it open again in every paragraph that follows.
    """
    if _LONG_TAG.search(visible):
        raise LimitError(f"{where}: a tag of more than 16384 characters", path=where)
    opened: dict[str, int] = {}
    depth = work = 0
    for found in _TAG.finditer(visible):
        name = found[2].lower()
        if name in _CLOSED_BY_OTHERS or name in _VOID:
            work += depth
        elif not found[1]:
            opened[name] = opened.get(name, 0) + 1
            depth += 1
            work += depth
        elif opened.get(name):
            opened[name] -= 1
            depth -= 1
        if depth > _DEEP or work > _WORK:
            raise LimitError(
                f"{where}: elements nested more than {_DEEP} deep, or too many that are never closed",
                path=where,
            )


def _closed_up(text: str) -> str:
    """Blanks as a browser shows them, but a line break in the source between two Chinese characters is nothing."""
    text = text.replace("\xa0", " ").replace("\u200b", "").replace("\ufeff", "")
    text = re.sub(r"(?<=[\u3000-\uffef])[ \t\r\f]*\n[ \t\r\n\f]*(?=[\u3000-\uffef])", "", text)
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip(" \u3000\u2002\u2003")


class _Page:
    """One pass over the nodes, without recursion."""

    def __init__(self, tree: Any) -> None:
        self.places = [_Place(-1, False, False)]
        self.blocks: list[_Block] = []
        self.titles: list[str] = []
        self._rows = 0
        self._walk(tree)

    def _open(self, place: int, row: tuple[int, int] | None, heading: bool) -> None:
        if not self.blocks or self.blocks[-1].parts:
            self.blocks.append(_Block(place, row, heading))
        else:
            self.blocks[-1] = _Block(place, row, heading)

    def _walk(self, root: Any) -> None:
        # Each frame: node, place, (row, cell), in a link, in a heading.
        stack: list[tuple[Any, int, tuple[int, int] | None, bool, bool]] = [(root, 0, None, False, False)]
        self._open(0, None, False)
        while stack:
            node, place, row, linked, heading = stack.pop()
            if node is None:
                self._open(place, row, heading)  # the end of a block
                continue
            following = node.next
            if following is not None:
                stack.append((following, place, row, linked, heading))
            tag = node.tag
            if tag == "-text":
                text = node.text_content or ""
                if text:
                    block = self.blocks[-1]
                    block.parts.append(text)
                    if linked:
                        block.linked += len(squeeze(text))
                continue
            if tag == "br":
                self._open(place, row, heading)
                continue
            if tag in _NOT_TEXT or not tag or tag.startswith("-") or tag.startswith("!"):
                continue
            attributes = node.attributes if tag in _BLOCK or tag == "span" else {}
            if attributes and ("hidden" in attributes or _HIDDEN.search(attributes.get("style") or "")):
                continue
            if tag in _BLOCK:
                if tag in _PLACES or tag in _ASIDE or tag in ("ul", "ol", "dl"):
                    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
                    named = _ASIDE_NAMES.search(names) is not None
                    self.places.append(_Place(place, tag in _ASIDE, named))
                    inner = len(self.places) - 1
                else:
                    inner = place
                if tag == "tr":
                    self._rows += 1
                    inner_row: tuple[int, int] | None = (self._rows, 0)
                elif tag in ("td", "th") and row is not None:
                    row = inner_row = (row[0], row[1] + 1)
                    if following is not None:  # the next cell counts on
                        stack[-1] = (following, place, row, linked, heading)
                elif tag == "table":
                    inner_row = None
                else:
                    inner_row = row
                inner_heading = heading or tag in ("h1", "h2", "h3")
                stack.append((None, place, row, linked, heading))
                self._open(inner, inner_row, inner_heading)
            else:
                inner, inner_row, inner_heading = place, row, heading
            child = node.child
            if child is not None:
                stack.append((child, inner, inner_row, linked or tag == "a", inner_heading))

    def measure(self) -> None:
        """Prose of each place, those within it included."""
        for block in self.blocks:
            block.text = _closed_up("".join(block.parts))
            block.parts = []
        self.blocks = [block for block in self.blocks if block.text]
        for block in self.blocks:
            length = len(squeeze(block.text))
            place = self.places[block.place]
            place.total += length
            if is_prose(block.text) and not is_page_line(block.text) and block.linked * 2 < length:
                place.prose += length
        for place in reversed(self.places):
            if place.parent >= 0 and not place.aside:
                self.places[place.parent].prose += place.prose
                self.places[place.parent].total += place.total

    def main(self) -> int:
        """The innermost place with nearly all prose."""
        children: dict[int, list[int]] = {}
        for at, place in enumerate(self.places):
            if place.parent >= 0 and not place.aside:
                children.setdefault(place.parent, []).append(at)
        here = 0
        while self.places[here].prose:
            best = max(children.get(here, ()), key=lambda at: self.places[at].prose, default=None)
            if best is None or self.places[best].prose < _SHARE * self.places[0].prose:
                break
            here = best
        return here

    def inside(self, main: int) -> list[bool]:
        """For each place whether it is part of `main` and not set aside in it."""
        most = self.places[main].prose
        inside = [False] * len(self.places)
        for at, place in enumerate(self.places):
            if at == main:
                inside[at] = True
            elif place.parent >= 0:
                small = place.prose < 0.2 * most
                inside[at] = inside[place.parent] and not place.aside and not (place.named_aside and small)
        return inside


def _same_row(one: _Block, other: _Block) -> bool:
    return one.row is not None and other.row is not None and one.row[0] == other.row[0]


def _lines(blocks: list[_Block]) -> list[tuple[str, bool, bool]]:
    """Text, whether it is mostly links, and whether it is a row of a table; cells of a row divided by tabs."""
    out: list[tuple[str, bool, bool]] = []
    at = 0
    while at < len(blocks):
        end = at + 1
        while end < len(blocks) and _same_row(blocks[at], blocks[end]):
            end += 1
        group = blocks[at:end]
        cells: dict[int, str] = {}
        for block in group:
            if block.row is not None:
                cells[block.row[1]] = " ".join(filter(None, (cells.get(block.row[1]), block.text)))
        linked = sum(block.linked for block in group)
        if len(cells) > 1 and sum(map(len, cells.values())) <= _ROW:
            line = "\t".join(cell.replace("\t", " ") for cell in cells.values())
            out.append((line, linked * 2 > len(squeeze(line)), True))
        else:
            out.extend((block.text, block.linked * 2 > len(squeeze(block.text)), False) for block in group)
        at = end
    return out


def _title(tree: Any, blocks: list[_Block]) -> str:
    """The title that the page declares; without the name of the site."""
    for selector in ('meta[name="ArticleTitle" i]', 'meta[name="title" i]', 'meta[property="og:title"]'):
        node = tree.css_first(selector)
        content = _closed_up(node.attributes.get("content") or "") if node is not None else ""
        if content:
            return content
    headings = [
        block.text for block in blocks if block.heading and not block.linked and len(block.text) <= 80
    ]
    named = next((text for text in headings if "报告" in text), None)
    if named:
        return named
    node = tree.css_first("title")
    parts = re.split(r"\s*[_|｜»]\s*|\s+[-–—]+\s*|-{2,}", _closed_up(node.text() if node is not None else ""))
    return next((part for part in parts if "报告" in part), parts[0] if parts else "")


def read(data: bytes, *, where: str, encoding: str | None, limits: Limits) -> Content:
    """Text of the report on a web page: a paragraph or row of a table a line, its title first."""
    lexbor = require("selectolax.lexbor", "html")
    source, name = _decode(data, encoding, where)
    visible = _visible(source)
    if len(visible) > limits.page_characters:
        raise LimitError(
            f"{where}: a web page of {len(visible)} characters without scripts and pictures; at most "
            f"{limits.page_characters} are read",
            path=where,
        )
    _check_nesting(visible, where)
    tree = lexbor.LexborHTMLParser(visible)
    root = tree.root
    if root is None:
        return Content("", name, ())
    page = _Page(root)
    page.measure()
    inside = page.inside(page.main())
    out = TextBuilder()
    chosen = [at for at, block in enumerate(page.blocks) if inside[block.place]]
    lines = _lines([page.blocks[at] for at in chosen])
    prose = [at for at, (text, linked, _) in enumerate(lines) if is_prose(text) and not linked]
    first = prose[0] if prose else 0
    last = prose[-1] if prose else len(lines) - 1
    title = _title(tree, page.blocks)
    heads = [squeeze(text) for text, _, _ in lines[: first + 3]]
    add_title = bool(title) and not any(squeeze(title) in head for head in heads)
    begin, end = (chosen[0], chosen[-1]) if chosen else (len(page.blocks), -1)
    for at, block in enumerate(page.blocks):
        left_out = at < begin or at < end and not inside[block.place]
        if left_out and not (add_title and block.text == title):
            out.log("page_furniture", block.text)
    if add_title:
        out.line(title)
    for at, (text, linked, in_table) in enumerate(lines):
        around = at < first or at > last
        if (linked and not is_prose(text)) or around and not in_table and is_page_line(text):
            out.log("page_furniture", text)
        else:
            out.line(text)
    for block in page.blocks[end + 1 :]:
        out.log("page_furniture", block.text)
    return Content(out.text, name, out.repairs)
