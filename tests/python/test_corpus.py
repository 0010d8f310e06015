"""Text blocks: what the reader makes of a sentence, as data in tests/corpus.

A new behaviour is a new block there and no code here. A block is

    === title
    region: 常州市  year: 2021          attributes: region, year, source (a file name)
    under: 一、2020年工作回顾            lines before the text; their own rows are not compared
    all: period=2020 kind=actual        fields of every statement and threshold below
    ---
    the text, as it stands
    ---
    quote | role | field=value …        every numeral, in text order; only the fields named are compared
    @report | field=value …             region, region_code, level, year, title
    @qualitative | quote | field=value …  all of them, in text order, if there is one such line
    @section | title | level=1          all headings that begin in the text, if there is one such line
    @note | code                        this note is there;  @no-note | code  it is not

A quote is the exact text of the row, with \\n, \\t and \\uXXXX for what cannot be seen. `field=` asserts the empty
text, a blank inside a value is written ␠.
Numbers are compared as numbers, `flags=x` asks whether x is among the flags, `main=2` is the place of the row in
this block, counted from 0.
Lines that begin with # between blocks are remarks.
"""

import dataclasses
import math
import pathlib
import re

import czreport as cz
import pytest

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "corpus"
ROLES = ("statement", "threshold", "date", "label", "other")
CLAIMS = ("statement", "threshold")


@dataclasses.dataclass
class Expected:
    what: str  # "row" or the word behind @
    quote: str
    role: str = ""
    fields: dict[str, str] = dataclasses.field(default_factory=dict)
    line: str = ""


@dataclasses.dataclass
class Block:
    title: str
    place: str
    options: dict[str, str]
    context: str
    text: str
    expected: list[Expected]


class BlockError(Exception):
    """A block that is not written as the head of this file says."""


def unescape(quote):
    return re.sub(
        r"\\(n|t|r|u[0-9a-fA-F]{4})",
        lambda m: {"n": "\n", "t": "\t", "r": "\r"}.get(m[1]) or chr(int(m[1][1:], 16)),
        quote,
    )


def fields_of(words, place):
    out = {}
    for word in words.split():
        name, equals, value = word.partition("=")
        if not equals or not name.isidentifier() or name in out:
            raise BlockError(f"{place}: {word!r} is not one field=value")
        out[name] = value.replace("␠", " ")
    return out


def expectation(line, place, common):
    parts = [part.strip() for part in line.split(" |")]
    if parts[0].startswith("@"):
        what = parts[0][1:]
        if what == "report":
            return Expected(what, "", "", fields_of(parts[1], place), line)
        if what not in ("qualitative", "section", "note", "no-note") or len(parts) < 2:
            raise BlockError(f"{place}: {line!r} is no expectation")
        return Expected(what, unescape(parts[1]), "", fields_of(" ".join(parts[2:]), place), line)
    if len(parts) not in (2, 3) or parts[1] not in ROLES:
        raise BlockError(f"{place}: {line!r} is not quote | role | field=value …")
    own = fields_of(parts[2] if len(parts) == 3 else "", place)
    return Expected(
        "row", unescape(parts[0]), parts[1], {**(common if parts[1] in CLAIMS else {}), **own}, line
    )


def read_blocks(text, name):
    """The blocks of one file."""
    blocks = []
    for piece in re.split(r"(?m)^=== ", text)[1:]:
        title, _, rest = piece.partition("\n")
        place = f"{name}: {title}"
        parts = re.split(r"(?m)^---\n", rest)
        if len(parts) != 3:
            raise BlockError(f"{place}: {len(parts)} parts where attributes, text and rows were expected")
        options, context, common = {}, [], {}
        for line in parts[0].splitlines():
            if line.startswith("under: "):
                context.append(unescape(line[len("under: ") :]))
            elif line.startswith("all: "):
                common |= fields_of(line[len("all: ") :], place)
            else:
                for word in re.split(r"\s{2,}", line.strip()):
                    key, colon, value = word.partition(": ")
                    if not colon or key not in ("region", "year", "source"):
                        raise BlockError(f"{place}: {word!r} is no attribute")
                    options[key] = value
        lines = [line for line in parts[2].splitlines() if line.strip() and not line.startswith("#")]
        expected = [expectation(line, place, common) for line in lines]
        before = "".join(line + "\n" for line in context)
        blocks.append(Block(title, place, options, before, unescape(parts[1]), expected))
    return blocks


def all_blocks():
    return [
        block
        for path in sorted(FOLDER.glob("*.txt"))
        for block in read_blocks(path.read_text(encoding="utf-8"), path.stem)
    ]


def same(name, expected, row, first):
    actual = row[name]
    if name == "flags":
        return expected in actual.split(",") if expected else actual == ""
    if name == "main" and expected != "-1":
        return actual == int(expected) + first
    if isinstance(actual, str):
        return actual == expected
    if expected == "nan":
        return math.isnan(actual)
    return math.isclose(actual, float(expected), rel_tol=1e-9)


def shown(row, names):
    return f"{row['text']!r} | {row['role']} | " + " ".join(
        f"{name}={row[name]:g}" if isinstance(row[name], float) else f"{name}={row[name]}" for name in names
    )


def compare_rows(expected, rows, first, problems):
    if [e.quote for e in expected] != [row["text"] for row in rows]:
        problems.append("other numerals or other quotes:")
        problems += [f"  - {e.quote!r}" for e in expected]
        problems += [f"  + {row['text']!r}" for row in rows]
    by_quote = [(e, row) for e, row in zip(expected, rows) if e.quote == row["text"]]
    for e, row in by_quote:
        wrong = [name for name, value in e.fields.items() if not same(name, value, row, first)]
        if wrong or row["role"] != e.role:
            problems.append(f"  - {e.quote!r} | {e.role} | " + " ".join(f"{n}={e.fields[n]}" for n in wrong))
            problems.append("  + " + shown(row, wrong))


def compare_list(what, expected, rows, key, first, problems):
    expected = [e for e in expected if e.what == what]
    if not expected:
        return
    if [e.quote for e in expected] != [row[key] for row in rows]:
        problems.append(f"@{what}: expected {[e.quote for e in expected]}, got {[row[key] for row in rows]}")
        return
    for e, row in zip(expected, rows):
        for name, value in e.fields.items():
            if not same(name, value, row, first):
                problems.append(f"@{what} {e.quote!r}: {name} is {row[name]!r}, expected {value!r}")


def unsound(text, rows):
    """What holds for every text, whatever it says."""
    last, cover = 0, bytearray(len(text))
    for row in rows:
        start, end = row["start"], row["end"]
        if not 0 <= start < end <= len(text) or text[start:end] != row["text"]:
            yield f"{row['text']!r} is not the text at {start}:{end}"
        if start < last:
            yield f"{row['text']!r} overlaps the row before"
        last = end
        cover[start:end] = b"\1" * (end - start)
        if (
            row["role"] in CLAIMS
            and row["bound"] in ("eq", "about")
            and not row["lo"] == row["value"] == row["hi"]
        ):
            yield f"{row['text']!r}: lo and hi are not the value"
        if row["bound"] == "between" and not (math.isnan(row["value"]) and row["lo"] < row["hi"]):
            yield f"{row['text']!r}: a range must have lo < hi and no value"
    for digits in re.finditer(r"[0-9０-９]+", text):
        if not all(cover[digits.start() : digits.end()]):
            yield f"{digits[0]!r} at {digits.start()} is in no row"


def problems_of(block):
    """What the reader sees otherwise than the block, as lines; empty if they agree."""
    whole = block.context + block.text
    year = block.options.get("year")
    report = cz.parse(
        whole,
        region=block.options.get("region"),
        year=int(year) if year else None,
        source=block.options.get("source"),
    )
    everything = report.quantities.to_pylist()
    problems = list(unsound(whole, everything))
    begin = len(block.context)
    rows = [row for row in everything if row["start"] >= begin]
    compare_rows([e for e in block.expected if e.what == "row"], rows, len(everything) - len(rows), problems)
    for what, table, key in (
        ("qualitative", report.qualitative, "text"),
        ("section", report.sections, "title"),
    ):
        inside = [row for row in table.to_pylist() if row["start"] >= begin]
        compare_list(what, block.expected, inside, key, 0, problems)
    notes = set(report.notes["code"])
    for e in block.expected:
        if e.what == "report":
            for name, value in e.fields.items():
                actual = "" if getattr(report, name) is None else str(getattr(report, name))
                if actual != value:
                    problems.append(f"report.{name} is {actual!r}, expected {value!r}")
        elif e.what in ("note", "no-note") and (e.quote in notes) != (e.what == "note"):
            problems.append(f"{e.line}: the notes are {sorted(notes)}")
    return problems


BLOCKS = all_blocks()


@pytest.mark.parametrize("block", BLOCKS, ids=[block.place for block in BLOCKS])
def test_block(block):
    problems = problems_of(block)
    if problems:
        pytest.fail("\n".join([block.place, block.text, *problems]), pytrace=False)


def test_the_blocks_cover_the_subjects():
    assert len(BLOCKS) >= 150
    assert len({block.place for block in BLOCKS}) == len(BLOCKS)
    fields = {name for block in BLOCKS for e in block.expected if e.what == "row" for name in e.fields}
    columns = set(cz.parse("").quantities.columns)
    assert fields <= columns
    assert columns - fields <= {
        "start",
        "end",
        "text",
        "role",
        "sentence",
        "period_start",
        "period_end",
        "base_year",
    }
    rows = [e for block in BLOCKS for e in block.expected if e.what == "row"]
    for name in ("role", "measure", "bound", "kind", "basis", "relation", "horizon"):
        seen = {e.role if name == "role" else e.fields.get(name, "") for e in rows}
        assert set(cz.parse("").quantities.categories(name)) - {""} <= seen, name


SAMPLE = """=== a block
region: 常州市  year: 2021
under: 一、2020年工作回顾
all: period=2020 kind=actual
---
全市粮食总产量75.5万吨，增长2.1%。
---
75.5万吨 | statement | indicator=粮食总产量 measure=level value=75.5 unit=万吨 bound=eq
2.1% | statement | indicator=粮食总产量 measure=growth value=2.1 unit=% base=2019
@report | region=常州市 year=2021
@note | stub
"""


def sample(old="", new=""):
    assert old in SAMPLE
    (block,) = read_blocks(SAMPLE.replace(old, new), "sample")
    return problems_of(block)


def test_a_right_expectation_passes():
    assert sample() == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("indicator=粮食总产量 measure=level", "indicator=粮食面积 measure=level"),
        ("measure=growth", "measure=change"),
        ("value=75.5", "value=75.6"),
        ("unit=万吨", "unit=吨"),
        ("unit=%", "unit="),
        ("bound=eq", "bound=about"),
        ("base=2019", "base="),
        ("period=2020", "period=2021"),
        ("kind=actual", "kind=target"),
        ("75.5万吨 | statement", "75.5万吨 | threshold"),
        ("75.5万吨 |", "75.5万 |"),
        ("2.1% | statement | indicator=粮食总产量 measure=growth value=2.1 unit=% base=2019\n", ""),
        ("@report | region=常州市 year=2021", "@report | region=无锡市"),
        ("@note | stub", "@note | no_region"),
        ("@note | stub", "@no-note | stub"),
        ("@note | stub", "@section | 二、"),
        ("@note | stub", "@qualitative | 同步"),
        ("@note | stub", "3% | statement | value=3"),
    ],
)
def test_a_wrong_expectation_fails(old, new):
    assert sample(old, new)


def test_the_difference_names_both_sides():
    (expected, actual) = sample("value=75.5 unit=万吨", "value=70 unit=吨")
    assert expected == "  - '75.5万吨' | statement | value=70 unit=吨"
    assert actual == "  + '75.5万吨' | statement | value=75.5 unit=万吨"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| statement |", "| sentence |"),
        ("year: 2021", "years: 2021"),
        ("value=75.5", "value:75.5"),
        ("value=75.5", "value=75.5 value=70"),
        ("@note", "@remark"),
        ("---\n全市", "全市"),
    ],
)
def test_a_block_that_is_not_one_is_an_error(old, new):
    with pytest.raises(BlockError):
        sample(old, new)
