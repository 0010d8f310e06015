"""The bundled digest of Changzhou's 2021 report against a table of the figures it carries.

tests/data/changzhou_2021_figures.tsv holds one row per statement or threshold of the digest, in its order:
the figures of the report as annotated, not output of the reader. A figure that the reader loses, doubles or
reads differently shows here with the sentence it stands in.
"""
import collections
import csv
import difflib
import json
import math
import pathlib
import re

import pytest

import czreport as cz

ROOT = pathlib.Path(__file__).resolve().parents[2]
DIGEST = ROOT / "python" / "czreport" / "_data" / "changzhou-2021.txt"
FIGURES = ROOT / "tests" / "data" / "changzhou_2021_figures.tsv"
CLAIMS = ("statement", "threshold")
NOT_TEXT = re.compile(r"[^一-鿿0-9]+")
LONGEST_RUN = 25  # characters the digest may share with running text of any report


@pytest.fixture(scope="module")
def figures():
    with FIGURES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        for name in ("value", "lo", "hi"):
            row[name] = float(row[name])
    return rows


@pytest.fixture(scope="module")
def digest():
    return DIGEST.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def report():
    return cz.load("changzhou-2021")


@pytest.fixture(scope="module")
def claims(report):
    return [row for row in report.quantities.to_pylist() if row["role"] in CLAIMS]


def sentence_of(text, start, end):
    """The sentence around text[start:end] with that part marked, for the message of a failure."""
    first = max(text.rfind(mark, 0, start) for mark in "。；：\n") + 1
    stops = [at for at in (text.find(mark, end) for mark in "。；\n") if at >= 0]
    return text[first:start] + "【" + text[start:end] + "】" + text[end:min(stops, default=len(text))]


def key_of(row):
    """What pairs a row with its figure where one was lost or doubled."""
    return row["number"], row["unit"]


def pair(figures, claims):
    """Pairs of (figure, claim) in order; None stands for the missing side."""
    if len(figures) == len(claims):
        yield from zip(figures, claims)
        return
    matcher = difflib.SequenceMatcher(None, [key_of(r) for r in figures], [key_of(r) for r in claims], False)
    for _, a, b, c, d in matcher.get_opcodes():
        for i in range(max(b - a, d - c)):
            yield (figures[a + i] if a + i < b else None), (claims[c + i] if c + i < d else None)


def differences(figures, claims, text, fields, same=lambda name, want, got: want == got):
    """One line for every figure that is missing or read differently, and for every row that is no figure."""
    lines = []
    for want, got in pair(figures, claims):
        if got is None:
            lines.append("no row for {number}{unit} of {indicator}".format(**want))
        elif want is None:
            lines.append("a row that is no figure: " + sentence_of(text, got["start"], got["end"]))
        else:
            wrong = [f"{name} {got[name]!r}, not {want[name]!r}" for name in fields
                     if not same(name, want[name], got[name])]
            if wrong:
                lines.append("; ".join(wrong) + ": " + sentence_of(text, got["start"], got["end"]))
    return lines


def report_lines(lines):
    return f"{len(lines)} differences\n" + "\n".join(lines)


def signed_set(row):
    """The set that value and bound of a table row state: a bound on a fall speaks of the size of the fall."""
    value, bound = row["value"], row["bound"]
    falls = value < 0
    if bound in ("eq", "about"):
        return value, value
    if bound in ("at_least", "more_than"):
        return (-math.inf, value) if falls else (value, math.inf)
    if bound in ("at_most", "less_than"):
        return (value, math.inf) if falls else (-math.inf, value)
    raise AssertionError(f"bound {bound!r} is not used in this table")


def test_digest_is_listed_and_says_what_it_is(report, digest):
    assert "changzhou-2021" in cz.datasets()
    assert report.text == digest, "the installed data set is not the one of the repository"
    assert (report.region, report.year) == ("常州市", 2021)
    assert "常州市" in report.title and "摘编" in report.title
    assert "不是报告原文" in digest


def test_table_is_consistent_in_itself(figures):
    # Guards the table: a slip in it would otherwise be read as a fault of the reader.
    for row in figures:
        assert (row["lo"], row["hi"]) == signed_set(row), row
        assert row["role"] in CLAIMS and row["kind"] in ("actual", "estimate", "target", "task"), row
        assert re.fullmatch(r"\d{4}(-\d{4}|-\d\d)?", row["period"]), row
        assert row["base"] == "" or row["base"] < row["period"], row
        assert not (row["kind"] in ("target", "task") and row["period"] < "2021"), row
        if re.fullmatch(r"[0-9.]+", row["number"]):
            assert abs(row["value"]) == float(row["number"]), row


def test_numerals_of_the_table_stand_in_the_digest_in_order(figures, digest):
    # Holds text and table together without the reader: the digit runs left over may only be dates and labels.
    at, left = 0, []
    for row in figures:
        found = re.compile(r"(?<![0-9.])" + re.escape(row["number"]) + r"(?![0-9.])").search(digest, at)
        assert found, f"{row['number']} ({row['indicator']}) is not in the digest after offset {at}"
        left += re.findall(r"\w?[0-9.]+\w?", digest[at:found.start()])
        at = found.end()
    left += re.findall(r"\w?[0-9.]+\w?", digest[at:])
    odd = [part for part in left if not re.search(r"20(15|20|21|25)年|2月|500强|5G|[25]号|253|M2\.5", part)]
    assert not odd, "numerals of the digest that no row of the table accounts for: " + ", ".join(odd)


def test_every_figure_is_read_with_value_unit_bound_measure_and_kind(figures, claims, digest):
    lines = differences(figures, claims, digest, ("value", "unit", "bound", "measure", "kind"))
    assert not lines, report_lines(lines)
    assert len(claims) == len(figures)


def test_thresholds_are_told_from_statements(figures, claims, digest):
    lines = differences(figures, claims, digest, ("role",))
    assert not lines, report_lines(lines)


def test_intervals_follow_the_bound_words(figures, claims, digest):
    lines = differences(figures, claims, digest, ("lo", "hi"))
    assert not lines, report_lines(lines)


def test_periods_and_bases(figures, claims, digest):
    lines = differences(figures, claims, digest, ("period", "base"))
    assert not lines, report_lines(lines)


def test_indicators_of_the_registry_are_recognised(figures, claims, digest):
    # The table gives a code only where the annotation does; other rows may or may not be in the registry.
    def same(name, want, got):
        return want in ("", got)

    lines = differences(figures, claims, digest, ("indicator_code",), same)
    assert not lines, report_lines(lines)


def test_regions_and_scopes(figures, claims, digest):
    # 常州高新区 may be given as 高新区 of the same name and 全国百强县 as 百强县: one within the other is the same.
    def same(name, want, got):
        return want == got or (len(got) > 1 and got in want) or (len(want) > 1 and want in got)

    lines = differences(figures, claims, digest, ("region", "scope"), same)
    assert not lines, report_lines(lines)


def test_written_numerals_are_kept(figures, claims, digest):
    def same(name, want, got):  # a Chinese numeral may be quoted with more of its word (两, 两位数)
        return want == got or not want[0].isascii()

    lines = differences(figures, claims, digest, ("number",), same)
    assert not lines, report_lines(lines)


def test_rows_quote_the_text(report, digest):
    rows = report.quantities.to_pylist()
    assert rows, "the digest was read as empty"
    end = 0
    for row in rows:
        assert digest[row["start"]:row["end"]] == row["text"]
        assert row["start"] >= end, "rows overlap: " + sentence_of(digest, row["start"], row["end"])
        end = row["end"]
    for run in re.finditer(r"[0-9]+", digest):
        owners = [row for row in rows if row["start"] <= run.start() and run.end() <= row["end"]]
        assert len(owners) == 1, sentence_of(digest, run.start(), run.end())


def gold_value(row):
    value = row["value"]
    if isinstance(value, str):
        first, second = value.split(":")
        return float(first) / float(second)
    return float(value)


def test_table_equals_the_annotated_report(shared, figures):
    with (shared / "gold" / "changzhou_2021.jsonl").open(encoding="utf-8") as file:
        gold = [row for row in map(json.loads, file) if row["role"] in CLAIMS]
    names = ("role", "unit", "bound", "measure", "kind", "period", "base", "region", "scope")
    want = collections.Counter((gold_value(r), *(r[n] for n in names), r.get("code") or "") for r in gold)
    have = collections.Counter((r["value"], *(r[n] for n in names), r["indicator_code"]) for r in figures)
    assert not want - have, "in the annotation, not in the table"
    assert not have - want, "in the table, not in the annotation"


def test_digest_is_in_its_own_words(shared, digest):
    texts = sorted(shared.glob("seed/*.txt")) + sorted(shared.glob("corpus/**/*.txt"))
    assert texts
    mine = NOT_TEXT.sub("", digest)
    size = LONGEST_RUN + 1
    grams = {mine[i:i + size] for i in range(len(mine) - size + 1)}
    for path in texts:
        text = NOT_TEXT.sub("", path.read_text(encoding="utf-8", errors="replace"))
        pieces = (text[i:i + size] for i in range(len(text) - size + 1))
        copied = next((piece for piece in pieces if piece in grams), None)
        assert copied is None, f"{path.name}: {copied}"
