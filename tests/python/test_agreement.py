"""Agreement of two codings."""

import math

import czreport as cz
import pytest
from czreport import agreement
from czreport._cli import main
from hypothesis import given
from hypothesis import strategies as st

TEXT = "2021年常州市政府工作报告\n税收收入500亿元，增长4%以上。粮食产量70万吨，增长4%以上。"


@pytest.fixture(scope="module")
def rows():
    return cz.parse(TEXT).quantities


def table_of(result):
    return {row["field"]: row for row in result.fields.to_pylist()}


def test_a_coding_agrees_with_itself(rows):
    result = agreement.compare(rows, rows)
    assert len(result.disagreements) == len(result.unmatched) == 0
    assert (result.fields["share"] == 1).all() and result.fields["field"].tolist() == list(agreement.FIELDS)
    assert result.pairs["row"].tolist() == result.pairs["coding"].tolist() == list(range(len(rows)))


def test_published_example():
    # Cohen (1960), recomputed: 2 x 2 table 20, 5, 10, 15 gives κ = 0.4
    first = ["y"] * 25 + ["n"] * 25
    second = ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15
    assert agreement.cohen_kappa(first, second) == pytest.approx((0.7, 0.5, 0.4))


def test_kappa_without_anything_to_get_wrong():
    observed, expected, kappa = agreement.cohen_kappa("aaa", "aaa")
    assert (observed, expected) == (1, 1) and math.isnan(kappa)
    assert all(math.isnan(x) for x in agreement.cohen_kappa("", ""))
    with pytest.raises(ValueError, match="same items: 1 and 2"):
        agreement.cohen_kappa("a", "ab")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1))
def test_kappa_is_symmetric_and_at_most_the_agreement(pairs):
    first, second = zip(*pairs)
    observed, expected, kappa = agreement.cohen_kappa(first, second)
    assert agreement.cohen_kappa(second, first)[:2] == (observed, expected)
    assert 0 <= observed <= 1 and 0 <= expected <= 1
    if not math.isnan(kappa):
        assert -1 <= kappa <= observed + 1e-12


def test_equal_quotes_are_matched_in_order(rows):
    coding = [
        {"text": "4%以上", "indicator": "税收收入"},
        {"text": "4 %以上", "indicator": "粮食产量"},
        {"text": "4%以上", "indicator": "一个也没有"},
    ]
    result = agreement.compare(rows, coding)
    assert table_of(result)["indicator"]["agree"] == 2
    assert ("coding", 2, "4%以上") in [tuple(row.values()) for row in result.unmatched.to_pylist()]
    assert result.unmatched["side"].tolist().count("rows") == len(rows) - 2


def test_places_match_what_overlaps(rows):
    start = TEXT.index("500")
    coding = [
        {"start": start, "end": start + 3, "value": "500", "unit": "万元"},
        {"start": 0, "end": 1, "value": 1, "unit": ""},
    ]
    result = agreement.compare(rows, coding)
    found = table_of(result)
    assert found["value"]["agree"] == found["value"]["n"] - 1 and found["unit"]["n"] == 2
    assert {
        "field": "unit",
        "row": 1,
        "text": "500亿元",
        "ours": "亿元",
        "theirs": "万元",
    } in result.disagreements.to_pylist()


def test_numbers_are_compared_as_numbers(rows):
    for value, agrees in (("500.0", 1), ("5e2", 1), ("500.001", 0), ("", 0), ("many", 0)):
        result = agreement.compare(rows, [{"text": "500亿元", "value": value}], fields=["value"])
        assert table_of(result)["value"]["agree"] == agrees


def test_what_cannot_be_compared_is_refused(rows, tmp_path):
    with pytest.raises(cz.ReportError, match="column text"):
        agreement.compare(rows, [{"value": 1}])
    with pytest.raises(cz.ReportError, match="one of the columns role"):
        agreement.compare(rows, [{"text": "1", "note": "x"}])
    with pytest.raises(ValueError, match="'colour' is no field"):
        agreement.compare(rows, rows, fields=["colour"])
    path = tmp_path / "coding.csv"
    path.write_text("text,value\n1\n", encoding="utf-8")
    with pytest.raises(cz.ReportError, match="coding.csv, line 2: expected 2 fields"):
        agreement.compare(rows, path)
    path.write_bytes(b"text,value\n\xb3\xa3,1\n")
    with pytest.raises(cz.EncodingError, match="byte 11"):
        agreement.compare(rows, path)
    with pytest.raises(cz.ReportError, match=r"\.csv or \.tsv"):
        agreement.compare(rows, tmp_path / "coding.xlsx")


def test_command(rows, tmp_path, capsys):
    report, coding = tmp_path / "report.txt", tmp_path / "coding.csv"
    report.write_text(TEXT, encoding="utf-8")
    coding.write_text("text,measure,kind\n500亿元,level,actual\n70万吨,growth,actual\n", encoding="utf-8-sig")
    assert main(["score", str(report), str(coding)]) == 0
    out = capsys.readouterr().out
    assert "2 of 2 rows" in out and "measure" in out and "growth" in out
    assert main(["score", str(report), str(coding), "--format", "csv"]) == 0
    assert capsys.readouterr().out.startswith("field,n,agree,share,expected,kappa")
    assert main(["score", str(report), str(tmp_path / "absent.csv")]) == 1
