"""Rows corrected by a person: found again, applied, and what follows from them."""

import copy
import math
import pickle

import czreport as cz
import numpy as np
import pytest
from czreport import corrections
from czreport._cli import main
from hypothesis import given
from hypothesis import strategies as st

TEXT = """2021年常州市政府工作报告
一、2020年工作回顾
税收收入500亿元，增长4%以上。粮食产量70万吨，增长4%以上。
森林覆盖率下降0.5个百分点，城镇新增就业9万人。
"""


@pytest.fixture(scope="module")
def report():
    return cz.parse(TEXT)


def row_of(report, text, nth=0):
    return [row for row in report.quantities.to_pylist() if row["text"] == text][nth]


def one(report, **correction):
    mended = report.corrected([correction])
    return next(
        row
        for row in mended.quantities.to_pylist()
        if {"corrected", "confirmed"} & set(row["flags"].split(","))
    )


def test_only_the_row_that_is_meant_changes(report):
    mended = report.corrected([{"text": "500亿元", "indicator": "税收", "kind": "estimate"}])
    before, after = report.quantities.to_pylist(), mended.quantities.to_pylist()
    changed = [i for i, (x, y) in enumerate(zip(before, after)) if repr(x) != repr(y)]
    assert [before[i]["text"] for i in changed] == ["500亿元"]
    row = after[changed[0]]
    assert (row["indicator"], row["kind"], row["flags"]) == ("税收", "estimate", "corrected")
    assert row_of(report, "500亿元")["indicator"] == "税收收入"  # the report itself is as it was
    assert mended.statements.columns == report.statements.columns


def test_of_equal_quotes_the_nearest_is_meant(report):
    second = TEXT.rindex("4%以上")
    assert one(report, text="4%以上", indicator="x")["start"] == TEXT.index("4%以上")
    assert one(report, text="4%以上", start=second, indicator="x")["start"] == second
    # a few words were put in before it since
    assert one(report, text="4%以上", start=str(second - 4), indicator="x")["start"] == second
    both = report.corrected([{"text": "4%以上", "scope": "a"}, {"text": "4%以上", "scope": "b"}])
    assert [row["scope"] for row in both.quantities.to_pylist() if row["text"] == "4%以上"] == ["a", "b"]


def test_what_says_the_same_confirms(report):
    for correction in (
        {"text": "500亿元"},
        {"text": "500亿元", "value": "500.0", "unit": "亿元"},
        {"text": "500亿元", "status": "confirmed"},
    ):
        row = one(report, **correction)
        assert row["flags"].endswith("confirmed") and row["value"] == 500
    assert one(report, text="4%以上", value="5")["flags"].endswith("corrected")


def test_what_follows_from_a_correction(report):
    row = one(report, text="4%以上", value="-3")
    assert (row["value"], row["lo"], row["hi"], row["canonical_value"]) == (-3, -math.inf, -3, -3)
    row = one(report, text="4%以上", bound="at_most")
    assert (row["lo"], row["hi"]) == (-math.inf, 4)
    row = one(report, text="500亿元", unit="万元")
    assert (row["canonical_value"], row["canonical_unit"]) == (5e6, "元")
    row = one(report, text="70万吨", period="2016-2020", base="2015")
    assert (row["period_start"], row["period_end"], row["base_year"]) == (2016, 2020, 2015)
    row = one(report, text="500亿元", bound="between", lo=480, hi=520)
    assert math.isnan(row["value"]) and (row["lo"], row["hi"]) == (480, 520)
    assert one(report, text="70万吨", indicator="地区生产总值")["indicator_code"] == "gdp"
    assert one(report, text="70万吨", indicator="没有代码的东西")["indicator_code"] == ""
    assert one(report, text="70万吨", region="溧阳市")["region_code"] == "320481"
    assert one(report, text="70万吨", region="-")["region_code"] == "320400"


def test_cells_are_left_or_emptied(report):
    row = one(report, text="70万吨", unit="", indicator="-", kind=None)
    before = row_of(report, "70万吨")
    assert (row["unit"], row["kind"], row["indicator"]) == (before["unit"], before["kind"], "")


def test_the_canonical_unit_is_the_readers(report):
    for row in cz.load("changzhou-2021").statements.to_pylist():
        if row["bound"] == "between" or "/" in row["unit"] or row["measure"] in ("ratio",):
            continue
        value, unit = corrections.canonical_of(row["value"], row["unit"])
        assert unit == row["canonical_unit"], row["text"]
        assert value == pytest.approx(row["canonical_value"], rel=1e-15), row["text"]


@given(
    st.integers(-(10**6), 10**6),
    st.integers(0, 3),
    st.sampled_from(["万元", "亿元", "公里", "%", "万人次", "亩"]),
)
def test_canonical_values_carry_no_binary_fraction(mantissa, places, unit):
    from decimal import Decimal

    factor = {"万元": 10**4, "亿元": 10**8, "公里": 1000, "%": 1, "万人次": 10**4}.get(unit)
    value = mantissa / 10**places
    found, _ = corrections.canonical_of(value, unit)
    if factor:
        assert found == float(Decimal(repr(value)) * factor)


def test_a_correction_reaches_the_audit():
    text = "2021年常州市政府工作报告\n到2020年，一般公共预算收入是2015年的1.3倍，年均增长6.4%。"
    report = cz.parse(text)
    assert "contradiction" in report.audit().findings["severity"]
    mended = report.corrected([{"text": "6.4%", "value": 5.4}])
    assert "contradiction" not in mended.audit().findings["severity"]
    assert mended.audit().report is mended


def test_a_correction_without_its_figure_is_noted(report):
    mended = report.corrected([{"text": "不存在的5亿元", "value": 1}])
    assert mended.notes["code"].tolist()[-1] == "correction_unmatched"
    assert "不存在的5亿元" in mended.notes["message"][-1]
    assert len(report.notes) == len(mended.notes) - 1


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"value": 1}, "expected a text"),
        ({"text": "500亿元", "status": "maybe"}, "status is 'maybe'"),
        ({"text": "500亿元", "value": "many"}, "value is 'many'"),
        ({"text": "500亿元", "period": "last year"}, "period is 'last year'"),
        ({"text": "500亿元", "start": "x"}, "start is 'x'"),
        ({"text": "500亿元", "kind": "hope"}, "kind is 'hope'; expected one of actual"),
    ],
)
def test_what_cannot_be_used_is_refused(report, row, expected):
    with pytest.raises(cz.ReportError, match=expected):
        report.corrected([row])


def test_files_name_their_line(report, tmp_path):
    path = tmp_path / "mended.csv"
    path.write_text("text,value\n500亿元,510\n4%以上,many\n", encoding="utf-8")
    with pytest.raises(cz.ReportError, match=r"mended.csv, line 3: value is 'many'"):
        report.corrected(path)
    path.write_text("text,value\n500亿元,510\n", encoding="utf-8-sig")
    assert row_of(report.corrected(path), "500亿元")["value"] == 510
    assert row_of(cz.parse(TEXT, corrections=path), "500亿元")["value"] == 510
    (tmp_path / "r.txt").write_text(TEXT, encoding="utf-8")
    assert row_of(cz.read(tmp_path / "r.txt", corrections=path), "500亿元")["value"] == 510


def test_an_export_reapplied_confirms_everything(report, tmp_path):
    path = tmp_path / "rows.csv"
    report.quantities.to_csv(path)
    rows = [
        {k: row[k] for k in ("text", "start", "value", "unit", "kind") if row[k] == row[k]}
        for row in report.quantities.to_pylist()
    ]
    mended = report.corrected(rows)
    assert all(flags.split(",")[-1] == "confirmed" for flags in mended.quantities["flags"])
    np.testing.assert_array_equal(mended.quantities["value"], report.quantities["value"])


def test_corrections_survive_a_pickle(report):
    mended = report.corrected([{"text": "500亿元", "value": 510}]).corrected(
        [{"text": "70万吨", "value": 71}]
    )
    for again in (pickle.loads(pickle.dumps(mended)), copy.deepcopy(mended)):
        assert row_of(again, "500亿元")["value"] == 510 and row_of(again, "70万吨")["value"] == 71


def test_a_coder_and_the_corrected_report_agree(report):
    from czreport import agreement

    mine = [{"text": "500亿元", "value": 510, "kind": "estimate"}]
    assert agreement.compare(report.quantities, mine).fields["agree"].tolist() == [0, 0]
    assert agreement.compare(report.corrected(mine).quantities, mine).fields["agree"].tolist() == [1, 1]


def test_command(tmp_path, capsys):
    path = tmp_path / "r.txt"
    path.write_text(TEXT, encoding="utf-8")
    mended = tmp_path / "mended.csv"
    mended.write_text("text,value\n500亿元,512\n", encoding="utf-8")
    assert main(["read", str(path), "--corrections", str(mended)]) == 0
    assert " 512 " in capsys.readouterr().out
    assert main(["read", str(path), "--corrections", str(tmp_path / "absent.csv")]) == 1


def test_the_core_refuses_what_is_no_column(report):
    table = report._core.quantities
    rows = len(table)
    for columns, error in (
        ({"value": [1.0] * rows}, TypeError),
        ({"value": np.zeros(rows, np.float32)}, ValueError),
        ({"value": np.zeros((rows, 1))}, ValueError),
        ({"value": np.zeros(rows + 1)}, ValueError),
        ({"value": np.zeros(2 * rows)[::2]}, (ValueError, BufferError)),
        ({"unit": ["x"]}, ValueError),
        ({"unit": [1] * rows}, TypeError),
        ({"unit": 5}, TypeError),
        ({"kind": np.full(rows, 200, np.uint8)}, ValueError),
        ({"no such column": ["x"] * rows}, KeyError),
        ([], TypeError),
    ):
        with pytest.raises(error):
            table.rebuild(columns)
    again = table.rebuild({})
    assert again.array("text").tolist() == table.array("text").tolist()
