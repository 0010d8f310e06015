"""Turn czcore/data/*.tsv into czcore/src/lexicon/tables.h and tables.c.

    python czcore/tools/gen_tables.py            writes both files
    python czcore/tools/gen_tables.py --check    exit code 1 if one of them is stale, and says which

Needs nothing but the standard library. The same data always give the same bytes. Data that cannot be right are reported
as file:line: what is wrong, and nothing is written. czcore/data/README.md describes the columns.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

CORE = Path(__file__).resolve().parent.parent

# CZ_WORD_ bits of lexicon.h.
CUE, UNIT, INDICATOR, REGION = 1, 2, 4, 8

COLUMNS = {
    "cues.tsv": ("word", "class", "value", "note"),
    "units.tsv": ("unit", "name_en", "dimension", "canonical", "factor", "class", "aliases"),
    "indicators.tsv": (
        "code",
        "name",
        "name_en",
        "aliases",
        "dimension",
        "unit",
        "nature",
        "basis",
        "direction",
        "category",
    ),
    "regions.tsv": ("code", "name", "short", "level", "parent", "first_year", "last_year"),
    "identities.tsv": ("result", "kind", "parts", "scale", "certainty", "note"),
}
OPTIONAL = {
    "cues.tsv": {"value", "note"},
    "units.tsv": {"aliases"},
    "indicators.tsv": {"aliases", "basis"},
    "regions.tsv": {"short"},
    "identities.tsv": {"scale", "note"},
}
UNIT_CLASSES = (
    "COUNT",
    "DATA",
    "DATE",
    "DOUBLING",
    "MONEY",
    "PEOPLE",
    "PERCENT",
    "PER_MILLE",
    "PHYSICAL",
    "POINT",
    "RANK",
    "TENTH",
    "TIME",
    "TIMES",
)
# Dimensions whose units are not converted into one canonical unit.
OPEN_DIMENSIONS = {"count", "currency", "price"}
NATURES = {"stock", "flow", "ratio", "index", "rate"}
BASES = {"", "real", "nominal"}
DIRECTIONS = {"higher", "lower", "neutral"}
# Kinds of identities; a total may have up to IDENTITY_PARTS parts, the others have two.
IDENTITY_KINDS = ("sum", "between", "ratio", "share", "per_head")
IDENTITY_PARTS = 4
CERTAINTIES = ("always", "usually")
CATEGORIES = {
    *[
        "macro",
        "prices",
        "fiscal",
        "monetary",
        "trade",
        "investment",
        "consumption",
        "industry",
        "agriculture",
        "energy",
        "environment",
        "transport",
    ],
    *[
        "science",
        "education",
        "health",
        "social",
        "employment",
        "income",
        "population",
        "housing",
        "digital",
        "culture",
        "safety",
        "reform",
        "government",
    ],
}
WORD_LIMIT = 32
YEAR_OPEN = 9999  # still in force


class DataError(Exception):
    """The data cannot be right; the text says where and why."""


def fold(text: str, where: str) -> tuple[int, ...]:
    """The word as documents are folded (cz_text_fold): one 16-bit unit per character, full-width ASCII as ASCII."""
    if re.search(r"\s", text):
        raise DataError(f"{where}: {text!r} holds a blank")
    chars = []
    for char in text:
        point = ord(char)
        if 0xFF01 <= point <= 0xFF5E and char not in "，；：！？（）":
            point -= 0xFEE0
        if point > 0xFFFF or point < 0x20:
            raise DataError(f"{where}: {text!r} holds a character that documents never have after folding")
        chars.append(point)
    if not chars:
        raise DataError(f"{where}: a word without characters")
    if len(chars) > WORD_LIMIT:
        raise DataError(f"{where}: {text!r} has more than {WORD_LIMIT} characters")
    return tuple(chars)


def read_rows(folder: Path, name: str) -> list[tuple[str, dict[str, str]]]:
    """(file:line, row) of every data row."""
    columns = COLUMNS[name]
    rows: list[tuple[str, dict[str, str]]] = []
    header_seen = False
    try:
        text = (folder / name).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DataError(f"{name}: invalid UTF-8 at byte {error.start}") from None
    for number, line in enumerate(text.split("\n"), 1):
        where = f"{name}:{number}"
        line = line.rstrip("\r")
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not header_seen:
            if tuple(cells) != columns:
                raise DataError(f"{where}: expected the columns {', '.join(columns)}")
            header_seen = True
            continue
        if len(cells) != len(columns):
            raise DataError(f"{where}: {len(cells)} fields, expected {len(columns)}")
        row = dict(zip(columns, cells))
        for column, cell in row.items():
            if cell != cell.strip():
                raise DataError(f"{where}: blanks around {column} {cell!r}")
            if not cell and column not in OPTIONAL[name]:
                raise DataError(f"{where}: {column} is empty")
        rows.append((where, row))
    if not header_seen:
        raise DataError(f"{name}:1: expected the columns {', '.join(columns)}")
    return rows


def integer(text: str, where: str, low: int, high: int) -> int:
    if not re.fullmatch(r"-?\d+", text):
        raise DataError(f"{where}: bad number {text!r}")
    value = int(text)
    if not low <= value <= high:
        raise DataError(f"{where}: number {text} is not in {low} … {high}")
    return value


def factor(text: str, where: str) -> tuple[int, int]:
    """'0.0005' or '66666666666666667e-14' as mantissa and power of ten."""
    match = re.fullmatch(r"(\d+)(?:\.(\d+))?(?:e(-?\d+))?", text)
    if not match:
        raise DataError(f"{where}: bad number {text!r}")
    whole, part, power = match.group(1), match.group(2) or "", int(match.group(3) or 0)
    mantissa, exponent = int(whole + part), power - len(part)
    if mantissa == 0:
        raise DataError(f"{where}: bad number {text!r}: a factor is positive")
    while mantissa % 10 == 0:
        mantissa, exponent = mantissa // 10, exponent + 1
    if mantissa >= 10**19 or abs(exponent) > 60:
        raise DataError(f"{where}: bad number {text!r}: more than 19 digits or out of range")
    return mantissa, exponent


def check_one_of(value: str, allowed: set[str] | tuple[str, ...], what: str, where: str) -> None:
    if value not in allowed:
        raise DataError(f"{where}: unknown {what} {value!r}")


class Data:
    """All data files, checked."""

    def __init__(self, folder: Path) -> None:
        # word → list of (vocabulary, class, value, row); order of files and rows is the order of senses
        self.words: dict[tuple[int, ...], list[tuple[int, int, int, int]]] = {}
        self.folder = folder
        self.read_cues()
        self.read_units()
        self.read_indicators()
        self.read_regions()
        self.read_identities()
        digest = hashlib.sha256()
        for name in sorted(COLUMNS):
            digest.update((folder / name).read_bytes().replace(b"\r\n", b"\n"))
        self.version = digest.hexdigest()[:16]

    def add(self, text: str, where: str, sense: tuple[int, int, int, int]) -> None:
        self.words.setdefault(fold(text, where), []).append(sense)

    def read_cues(self) -> None:
        rows = read_rows(self.folder, "cues.tsv")
        for where, row in rows:
            if not re.fullmatch(r"[A-Z][A-Z0-9_]*", row["class"]):
                raise DataError(f"{where}: class {row['class']!r} is not an upper-case identifier")
        self.cue_classes = ["", *sorted({row["class"] for _, row in rows})]
        if len(self.cue_classes) > 64:
            raise DataError(f"cues.tsv: {len(self.cue_classes) - 1} classes, a set of them has room for 63")
        seen: dict[tuple[tuple[int, ...], str], str] = {}
        for number, (where, row) in enumerate(rows):
            key = (fold(row["word"], where), row["class"])
            if key in seen:
                raise DataError(
                    f"{where}: {row['word']!r} has the class {row['class']} already at {seen[key]}"
                )
            seen[key] = where
            value = integer(row["value"] or "0", where, -32768, 32767)
            self.add(row["word"], where, (CUE, self.cue_classes.index(row["class"]), value, number))

    def read_units(self) -> None:
        """One row of the registry per written form, so that a row's name is what the text says."""
        self.units: list[tuple[str, str, str, str, int, int, int]] = []
        seen: dict[tuple[int, ...], str] = {}
        rows = read_rows(self.folder, "units.tsv")
        # A dimension is known by its canonical units: rows whose unit is the canonical one, factor 1.
        bases: dict[str, list[str]] = {}
        for where, row in rows:
            if row["unit"] == row["canonical"]:
                if row["factor"] != "1":
                    raise DataError(
                        f"{where}: bad number {row['factor']!r}: the canonical unit has the factor 1"
                    )
                bases.setdefault(row["dimension"], []).append(row["unit"])
                if len(bases[row["dimension"]]) > 1 and row["dimension"] not in OPEN_DIMENSIONS:
                    raise DataError(
                        f"{where}: {row['dimension']} has a second canonical unit {row['unit']!r}"
                    )
        self.dimensions = set(bases)
        for where, row in rows:
            check_one_of(row["dimension"], self.dimensions, "dimension", where)
            check_one_of(row["canonical"], set(bases[row["dimension"]]), "canonical unit", where)
            check_one_of(row["class"], UNIT_CLASSES, "class", where)
            mantissa, exponent = factor(row["factor"], where)
            klass = UNIT_CLASSES.index(row["class"]) + 1
            for word in split_words(row["unit"], row["aliases"]):
                key = fold(word, where)
                if key in seen:
                    raise DataError(f"{where}: duplicate unit {word!r}, already at {seen[key]}")
                seen[key] = where
                self.add(word, where, (UNIT, klass, 0, len(self.units)))
                self.units.append(
                    (word, row["name_en"], row["dimension"], row["canonical"], mantissa, exponent, klass)
                )

    def read_indicators(self) -> None:
        self.indicators: list[dict[str, str]] = []
        codes: dict[str, str] = {}
        seen: dict[tuple[int, ...], str] = {}
        for where, row in read_rows(self.folder, "indicators.tsv"):
            if not re.fullmatch(r"[a-z][a-z0-9_]*", row["code"]):
                raise DataError(f"{where}: code {row['code']!r} is not a lower-case identifier")
            if row["code"] in codes:
                raise DataError(f"{where}: duplicate code {row['code']!r}, already at {codes[row['code']]}")
            codes[row["code"]] = where
            check_one_of(row["dimension"], self.dimensions, "dimension", where)
            check_one_of(row["nature"], NATURES, "nature", where)
            check_one_of(row["basis"], BASES, "basis", where)
            check_one_of(row["direction"], DIRECTIONS, "direction", where)
            check_one_of(row["category"], CATEGORIES, "category", where)
            for word in split_words(row["name"], row["aliases"]):
                key = fold(word, where)
                if key in seen:
                    raise DataError(f"{where}: duplicate name or alias {word!r}, already at {seen[key]}")
                seen[key] = where
                self.add(word, where, (INDICATOR, 0, 0, len(self.indicators)))
            self.indicators.append(row)

    def read_identities(self) -> None:
        codes = {row["code"] for row in self.indicators}
        self.identities: list[tuple[str, str, list[str], tuple[int, int], bool]] = []
        for where, row in read_rows(self.folder, "identities.tsv"):
            check_one_of(row["kind"], IDENTITY_KINDS, "kind", where)
            check_one_of(row["certainty"], CERTAINTIES, "certainty", where)
            parts = row["parts"].split("|")
            most = IDENTITY_PARTS if row["kind"] == "sum" else 2
            if not 2 <= len(parts) <= most:
                raise DataError(f"{where}: {len(parts)} parts, expected 2 to {most}")
            for code in (row["result"], *parts):
                check_one_of(code, codes, "indicator", where)
            if len({row["result"], *parts}) <= len(parts):
                raise DataError(f"{where}: an indicator occurs twice")
            if bool(row["scale"]) != (row["kind"] == "per_head"):
                raise DataError(f"{where}: per_head needs a scale, the others have none")
            scale = factor(row["scale"] or "1", where)
            self.identities.append((row["result"], row["kind"], parts, scale, row["certainty"] == "usually"))

    def read_regions(self) -> None:
        self.regions: list[tuple[int, str, str, int, int, int, int]] = []
        levels: dict[int, int] = {}
        parents: list[tuple[str, int, int]] = []
        seen: dict[tuple[int, str], str] = {}
        for where, row in read_rows(self.folder, "regions.tsv"):
            code = integer(row["code"], where, 0, 999999)
            level = integer(row["level"], where, 0, 3)
            parent = integer(row["parent"], where, 0, 999999)
            first = integer(row["first_year"], where, 1949, 2100)
            last = (
                YEAR_OPEN
                if row["last_year"] == str(YEAR_OPEN)
                else integer(row["last_year"], where, first, 2100)
            )
            key = (code, row["name"])
            if key in seen:
                raise DataError(
                    f"{where}: duplicate code and name {code} {row['name']}, already at {seen[key]}"
                )
            if levels.setdefault(code, level) != level:
                raise DataError(f"{where}: code {code} with two levels")
            seen[key] = where
            parents.append((where, level, parent))
            number = len(self.regions)
            self.regions.append((code, row["name"], row["short"], level, parent, first, last))
            # A name that is its own short form is an ordinary word (城区, 和县) and weighs no more than a short form.
            if row["short"] != row["name"]:
                self.add(row["name"], where, (REGION, 0, level, number))
            if row["short"]:
                self.add(row["short"], where, (REGION, 1, level, number))
        for where, level, parent in parents:
            if parent not in levels or (level > 0 and levels[parent] >= level):
                raise DataError(f"{where}: parent {parent} is not a region of a higher level")


def split_words(name: str, aliases: str) -> list[str]:
    return [name, *(aliases.split("|") if aliases else [])]


# ---- the search structure, see lexicon/internal.h ----

HASH_FACTOR = 0x9E3779B1
NUMBER_BITS = 20
PAIR_BITS = 16
FIRST_LONGER = 16
WORD_DIGIT, WORD_RATIO, WORD_GROWTH = 1, 2, 4


def hash_step(state: int, char: int) -> int:
    return ((state ^ char) * HASH_FACTOR) & 0xFFFFFFFF


FACTORS = [(2 * number + 1) * 0x9E37 & 0xFFFF for number in range(256)]


def child_place(label: int, factor: int, shift: int) -> int:
    return (label * factor & 0xFFFF) >> shift


def spread(labels: list[int]) -> tuple[int, int]:
    """(factor, shift) that give every label a place of its own, among as few as can be."""
    bits = (len(labels) - 1).bit_length()
    while True:
        for factor in FACTORS:
            if len({child_place(label, factor, 16 - bits) for label in labels}) == len(labels):
                return factor, 16 - bits
        bits += 1


FREE_NODE = "{0, 0, 0, 0, 0, 0, 0, 16, 0, 0}"


class Word(NamedTuple):
    """A row of cz_word."""

    chars: tuple[int, ...]
    classes: int
    senses: int  # where they begin
    sense_count: int
    vocabularies: int
    flags: int


def tree(words: list[Word]) -> tuple[list[str], dict[int, int]]:
    """The tree of characters over words in order: rows of cz_node, and the node of every first character."""
    numbers = {word.chars: number for number, word in enumerate(words)}
    # word or beginning of one → the characters that go on
    children: dict[tuple[int, ...], dict[int, None]] = {}
    for chars in numbers:
        for length in range(len(chars), 0, -1):
            children.setdefault(chars[: length - 1], {})[chars[length - 1]] = None
    nodes = [FREE_NODE]
    roots = {label: number for number, label in enumerate(children[()], 1)}
    queue = [((label,), number) for label, number in roots.items()]
    nodes += [FREE_NODE] * len(roots)
    for prefix, at in queue:  # grows
        classes = senses = entry = first = factor = flags = sense_count = letters = 0
        shift = 16
        number = numbers.get(prefix)
        if number is not None:
            word = words[number]
            classes, senses, sense_count = word.classes, word.senses, word.sense_count
            flags = word.flags
            entry = word.vocabularies << NUMBER_BITS | number + 1
        labels = list(children.get(prefix, ()))
        if labels:
            factor, shift = spread(labels)
            first = len(nodes)
            nodes += [FREE_NODE] * (1 << 16 - shift)
            queue += [((*prefix, label), first + child_place(label, factor, shift)) for label in labels]
            letters = sum(1 << bit for bit in {label % 32 for label in labels})
        values = (senses, entry, first, f"{letters}u", prefix[-1], factor, shift, flags, sense_count)
        nodes[at] = f"{{{classes:#x}, {', '.join(map(str, values))}}}"
    return nodes, roots


# ---- C text ----


def c_text(text: str) -> str:
    if "??" in text:
        raise DataError(f"{text!r} would be a trigraph")
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def c_key(text: str) -> str:
    return text.replace("*/", "* /").replace("/*", "/ *")


def wrapped(values: list[str], width: int = 108) -> list[str]:
    lines, line = [], " "
    for value in values:
        if len(line) + len(value) + 2 > width:
            lines.append(line)
            line = " "
        line += f" {value},"
    return [*lines, line] if line.strip() else lines


def array(kind: str, name: str, values: Iterable[str]) -> list[str]:
    items = list(values)
    return [f"static const {kind} {name}[{len(items)}] = {{", *wrapped(items), "};", ""]


def growth_length(data: Data, chars: tuple[int, ...]) -> int:
    """Characters of 增长 or of a noun of growth (增速, 涨幅) that end a longer word, 0 if none do."""
    for length in (4, 3, 2):
        tail = chars[-length:]
        found = data.words.get(tail, []) if len(chars) > length else []
        classes = {data.cue_classes[sense[1]] for sense in found if sense[0] == CUE}
        if "GROWTHNOUN" in classes or (classes and tail == tuple(map(ord, "增长"))):
            return length
    return 0


def tables_h(data: Data) -> str:
    out = [
        "/* Generated by czcore/tools/gen_tables.py from czcore/data/; do not edit. */",
        "#ifndef CZCORE_LEXICON_TABLES_H",
        "#define CZCORE_LEXICON_TABLES_H",
        "",
        '#include "internal.h"',
        "",
        "/* Classes of cues.tsv. */",
        "enum cz_cue_class {",
        "  CZ_CUE_NONE_CLASS = 0,",
        *(f"  CZ_CUE_{name} = {number}," for number, name in enumerate(data.cue_classes) if name),
        f"  CZ_CUE_CLASS_COUNT = {len(data.cue_classes)}",
        "};",
        "",
        "/* Classes of units.tsv. */",
        "enum cz_unit_class {",
        "  CZ_UNIT_NONE_CLASS = 0,",
        *(f"  CZ_UNIT_{name} = {number}," for number, name in enumerate(UNIT_CLASSES, 1)),
        f"  CZ_UNIT_CLASS_COUNT = {len(UNIT_CLASSES) + 1}",
        "};",
        "",
        '/* Names by class number; [0] is "". */',
        "extern const char *const cz_cue_class_names[CZ_CUE_CLASS_COUNT];",
        "extern const char *const cz_unit_class_names[CZ_UNIT_CLASS_COUNT];",
        "",
        f"enum {{ CZ_BUILTIN_UNITS = {len(data.units)}, CZ_BUILTIN_INDICATORS = {len(data.indicators)}, "
        f"CZ_BUILTIN_REGIONS = {len(data.regions)}, CZ_BUILTIN_IDENTITIES = {len(data.identities)} }};",
        "extern const cz_unit cz_builtin_units[CZ_BUILTIN_UNITS];",
        "extern const cz_indicator cz_builtin_indicators[CZ_BUILTIN_INDICATORS];",
        "extern const cz_region cz_builtin_regions[CZ_BUILTIN_REGIONS];",
        "extern const cz_identity cz_builtin_identities[CZ_BUILTIN_IDENTITIES];",
        "extern const cz_index cz_builtin_index;",
        "extern const char cz_builtin_version[];",
        "",
        "#endif",
        "",
    ]
    return "\n".join(out)


def tables_c(data: Data) -> str:
    out = [
        "/* Generated by czcore/tools/gen_tables.py from czcore/data/; do not edit. */",
        '#include "tables.h"',
        "",
        f'const char cz_builtin_version[] = "{data.version}";',
        "",
        "const char *const cz_cue_class_names[CZ_CUE_CLASS_COUNT] = {",
        *(f'    "{name}",' for name in data.cue_classes),
        "};",
        "",
        "const char *const cz_unit_class_names[CZ_UNIT_CLASS_COUNT] = {",
        *(f'    "{name}",' for name in ("", *UNIT_CLASSES)),
        "};",
        "",
        "const cz_unit cz_builtin_units[CZ_BUILTIN_UNITS] = {",
    ]
    for name, name_en, dimension, canonical, mantissa, exponent, klass in data.units:
        texts = ", ".join(map(c_text, (name, name_en, dimension, canonical)))
        kind = f"CZ_UNIT_{UNIT_CLASSES[klass - 1]}"
        out.append(f"    {{{texts}, UINT64_C({mantissa}), {exponent}, {kind}}}, /* {c_key(name)} */")
    out += ["};", "", "const cz_indicator cz_builtin_indicators[CZ_BUILTIN_INDICATORS] = {"]
    for row in data.indicators:
        texts = ", ".join(c_text(row[column]) for column in COLUMNS["indicators.tsv"])
        out.append(f"    {{{texts}}}, /* {row['code']} */")
    out += ["};", "", "const cz_region cz_builtin_regions[CZ_BUILTIN_REGIONS] = {"]
    for code, name, short, level, parent, first, last in data.regions:
        out.append(
            f"    {{{code}, {c_text(name)}, {c_text(short)}, {level}, {parent}, {first}, {last}}}, /* {code} {name} */"
        )
    out += ["};", "", "const cz_identity cz_builtin_identities[CZ_BUILTIN_IDENTITIES] = {"]
    for result, kind, parts, (mantissa, exponent), doubtful in data.identities:
        names = ", ".join(map(c_text, parts))
        out.append(
            f"    {{{c_text(result)}, {{{names}}}, {len(parts)}, CZ_IDENTITY_{kind.upper()}, "
            f"{mantissa}e{exponent}, {str(doubtful).lower()}}}, /* {result} */"
        )
    out += ["};", ""]

    words = sorted(data.words)
    if len(words) >= (1 << NUMBER_BITS) - 1:
        raise DataError(f"{len(words)} words, there is room for {(1 << NUMBER_BITS) - 2}")
    pool: list[int] = []
    senses: list[str] = []
    entries: list[str] = []
    rows: list[Word] = []
    firsts: dict[int, int] = {}
    pairs = [0] * (1 << PAIR_BITS - 5)
    for chars in words:
        found = data.words[chars]
        text = "".join(map(chr, chars))
        vocabularies = sum({sense[0] for sense in found})
        row = Word(
            chars=chars,
            classes=sum(1 << klass for klass in {sense[1] for sense in found if sense[0] == CUE}),
            senses=len(senses),
            sense_count=len(found),
            vocabularies=vocabularies,
            flags=WORD_DIGIT * any("0" <= char <= "9" for char in text)
            + WORD_RATIO * (len(text) > 2 and text[-1] == "比")
            + WORD_GROWTH * (growth_length(data, chars) if vocabularies & INDICATOR else 0),
        )
        rows.append(row)
        entries.append(
            f"    {{{row.classes:#x}, {len(pool)}, {row.senses}, {row.sense_count}, {len(chars)}, "
            f"{vocabularies}, {row.flags}}}, /* {c_key(text)} */"
        )
        senses += [f"    {{{', '.join(map(str, sense))}}}, /* {c_key(text)} */" for sense in found]
        pool += chars
        firsts[chars[0]] = firsts.get(chars[0], 0) | (vocabularies if len(chars) == 1 else FIRST_LONGER)
        if len(chars) > 1:
            bit = hash_step(hash_step(0, chars[0]), chars[1]) >> 32 - PAIR_BITS
            pairs[bit // 32] |= 1 << bit % 32
    nodes, root_of = tree(rows)

    pages: list[int] = []
    roots: list[int] = []
    page_of: list[int] = []
    for high in (-1, *range(256)):  # page 0 is where no word begins
        lows = [high << 8 | low for low in range(256)]
        begins = [firsts.get(low, 0) for low in lows]
        if high >= 0:
            page_of.append(len(pages) // 256 if any(begins) else 0)
        if high < 0 or any(begins):
            pages += begins
            roots += [root_of.get(low, 0) for low in lows]
    if max(page_of) > 255:
        raise DataError("the words begin with characters of every page")
    out += array("uint8_t", "page_of", map(str, page_of))
    out += array("uint8_t", "pages", map(str, pages))
    out += array("uint16_t", "roots", map(str, roots))
    out += array("uint32_t", "pairs", (f"{bits}u" for bits in pairs))
    out += array("cz_node", "nodes", nodes)
    out += array("uint16_t", "chars", map(str, pool))
    out += [f"static const cz_sense senses[{len(senses)}] = {{", *senses, "};", ""]
    out += [f"static const cz_word words[{len(entries)}] = {{", *entries, "};", ""]
    out += [
        "const cz_index cz_builtin_index = {",
        "    .page_of = page_of,",
        "    .pages = pages,",
        "    .roots = roots,",
        "    .pairs = pairs,",
        "    .nodes = nodes,",
        "    .words = words,",
        f"    .word_count = {len(entries)},",
        "    .chars = chars,",
        "    .senses = senses,",
        "};",
        "",
    ]
    return "\n".join(out)


def main() -> int:
    parser = argparse.ArgumentParser(description="Generate the lexicon's tables from the data files.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 if a table is stale")
    parser.add_argument("--data", type=Path, default=CORE / "data", help="folder of the data files")
    parser.add_argument("--out", type=Path, default=CORE / "src" / "lexicon", help="folder of the tables")
    options = parser.parse_args()
    try:
        data = Data(options.data)
        texts = {"tables.h": tables_h(data), "tables.c": tables_c(data)}
    except (DataError, OSError) as error:
        print(f"gen_tables: {error}", file=sys.stderr)
        return 1
    stale = []
    for name, text in texts.items():
        path = options.out / name
        if path.is_file() and path.read_bytes() == text.encode("utf-8"):
            continue
        stale.append(name)
        if not options.check:
            path.write_bytes(text.encode("utf-8"))
    if options.check and stale:
        for name in stale:
            print(f"gen_tables: {name} is stale; run czcore/tools/gen_tables.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
