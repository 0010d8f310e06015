"""Labels that Word counts by itself: 一、 （二） 第三章, which are nowhere in the text of the file.

ECMA-376 part 1: 17.9 (numbering), 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

__all__ = ["W", "Numbering", "chinese", "style_numbering"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_LEVELS = 9


def chinese(number: int, digits: str = _DIGITS) -> str:
    """十二, 一百零五: the number as counted in Chinese, up to 9999; digits of other numbers one by one."""
    if not 0 < number < 10_000:
        return "".join(digits[int(digit)] for digit in str(number))
    out, zero = "", False
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            out += ("零" if zero else "") + digits[digit] + word
            zero = False
        elif out:
            zero = True
    return out[1:] if 10 <= number < 20 else out


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, word in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
        (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        out += word * (number // value)
        number %= value
    return out


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


def _one_of(letters: str) -> Callable[[int], str]:
    return lambda number: letters[number - 1] if 1 <= number <= len(letters) else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate({48 + i: 0xFF10 + i for i in range(10)}),
    "decimalFullWidth2": lambda number: str(number).translate({48 + i: 0xFF10 + i for i in range(10)}),
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "japaneseDigitalTenThousand": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "chineseLegalSimplified": lambda number: chinese(number, "零壹贰叁肆伍陆柒捌玖")
    .replace("十", "拾").replace("百", "佰").replace("千", "仟"),
    "ideographTraditional": _one_of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _one_of("子丑寅卯辰巳午未申酉戌亥"),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "none": lambda number: "",
}  # fmt: skip


@dataclass
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None  # the level whose steps begin this one anew; None: any above


@dataclass
class _List:
    """One list of the document: its levels, and how far it has counted."""

    abstract: str
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


def _value(parent: ElementTree.Element | None, name: str) -> str | None:
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(W + "val")


def _number(value: str | None, otherwise: int) -> int:
    return int(value) if value is not None and re.fullmatch(r"-?\d{1,9}", value) else otherwise


def _level(element: ElementTree.Element) -> _Level:
    legal = element.find(W + "isLgl")
    restart = _value(element, "lvlRestart")
    return _Level(
        _number(_value(element, "start"), 0 if element.find(W + "start") is None else 1),
        _value(element, "numFmt") or "decimal",
        _value(element, "lvlText") or "",
        _value(element, "suff") or "tab",
        legal is not None and legal.get(W + "val", "1") not in ("0", "false", "off"),
        None if restart is None else _number(restart, 0),
    )


def style_numbering(styles: ElementTree.Element | None) -> dict[str, tuple[str, int]]:
    """List and level of the paragraph styles that are numbered, themselves or by the style they are based on."""
    own: dict[str, tuple[str | None, int | None]] = {}
    base: dict[str, str] = {}
    for style in styles.iter(W + "style") if styles is not None else ():
        name = style.get(W + "styleId")
        if name is None:
            continue
        properties = style.find(f"{W}pPr/{W}numPr")
        own[name] = (
            _value(properties, "numId"),
            None if _value(properties, "ilvl") is None else _number(_value(properties, "ilvl"), 0),
        )
        parent = _value(style, "basedOn")
        if parent is not None:
            base[name] = parent
    out: dict[str, tuple[str, int]] = {}
    for name in own:
        list_id: str | None = None
        level: int | None = None
        at: str | None = name
        for _ in range(50):  # styles that are based on each other in a circle end here
            if at is None or list_id is not None and level is not None:
                break
            one, two = own.get(at, (None, None))
            list_id = one if list_id is None else list_id
            level = two if level is None else level
            at = base.get(at)
        if list_id is not None:
            out[name] = (list_id, level or 0)
    return out


class Numbering:
    """Counts the paragraphs of a document in their order.

    Parameters
    ----------
    root : Element or None
        Root of numbering.xml.
    """

    def __init__(self, root: ElementTree.Element | None) -> None:
        abstracts: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._styles: dict[tuple[str, str], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is None:
            return
        for element in root.findall(W + "abstractNum"):
            key = element.get(W + "abstractNumId", "")
            abstracts[key] = {
                _number(level.get(W + "ilvl"), 0): _level(level) for level in element.findall(W + "lvl")
            }
            for level in element.findall(W + "lvl"):
                style = _value(level, "pStyle")
                if style is not None:
                    self._styles[key, style] = _number(level.get(W + "ilvl"), 0)
        for entry in root.findall(W + "num"):
            key = _value(entry, "abstractNumId") or ""
            one = _List(key, dict(abstracts.get(key, {})))
            for change in entry.findall(W + "lvlOverride"):
                at = _number(change.get(W + "ilvl"), 0)
                replaced = change.find(W + "lvl")
                if replaced is not None:
                    one.levels[at] = _level(replaced)
                start = _value(change, "startOverride")
                if start is not None:
                    one.starts[at] = _number(start, 1)
            self._lists[entry.get(W + "numId", "")] = one

    def label(self, list_id: str, level: int, style: str = "") -> str:
        """The label of the next paragraph of a list, with what separates it from the text; "" for none."""
        one = self._lists.get(list_id)
        if one is None or not 0 <= level < _LEVELS:
            return ""
        level = self._styles.get((one.abstract, style), level)
        form = one.levels.get(level)
        if form is None:
            return ""
        counts = self._counts.setdefault(one.abstract, {})  # lists of one kind count on from each other
        if level in one.starts and (list_id, level) not in self._begun:
            self._begun.add((list_id, level))
            counts[level] = one.starts[level]
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = form.start
        for deeper in [at for at in counts if at > level]:
            restart = one.levels[deeper].restart if deeper in one.levels else None
            if restart is None or restart and level < restart:
                del counts[deeper]
        if form.format == "bullet":
            return ""  # a mark, mostly of a private code of a symbol font
        return self._filled(one.levels, counts, form)

    @staticmethod
    def _filled(levels: Mapping[int, _Level], counts: dict[int, int], form: _Level) -> str:
        def put(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            other = levels.get(at, _Level())
            name = "decimal" if form.legal else other.format
            return _FORMATS.get(name, str)(counts.get(at, other.start))

        text = re.sub(r"%([1-9])", put, form.text)
        tight = not text or form.suffix == "nothing" or text[-1] in "、，．）】》"
        return text if tight else text + " "
