"""Tables: columns, selection, export and display."""

import csv
import io
import json
import math
import pickle

import numpy as np
import pytest

import czreport as cz
from czreport import _display

TEXT = """2021年常州市政府工作报告
一、2020年工作回顾
2020年，全市地区生产总值达7700亿元，增长4.5%；粮食总产量突破70万吨。
二、2021年目标任务
2021年主要预期目标：地区生产总值增长6%以上，居民消费价格涨幅控制在3%以内，研发投入占比达3%—3.5%。
"""


@pytest.fixture(scope="module")
def rows():
    table = cz.parse(TEXT).quantities
    assert len(table) > 8
    return table


def small():
    return cz.Table(
        {
            "city": ["常州", "无锡", "苏州"],
            "growth": [4.5, math.nan, -math.inf],
            "rank": [3, 2, 1],
            "kind": [0, 1, 1],
        },
        {"kind": ["actual", "target"]},
    )


# ---- columns ----


def test_numbers_are_read_only_views_of_the_same_memory(rows):
    for name in ("start", "end", "value", "lo", "hi", "main", "sentence", "period_end"):
        array = rows[name]
        assert not array.flags.writeable and not array.flags.owndata
        again = rows._source.array(name)
        assert again is not array
        assert again.__array_interface__["data"] == array.__array_interface__["data"], "a copy was made"
    with pytest.raises(ValueError):
        rows["value"][0] = 1.0


def test_columns_have_the_documented_types(rows):
    assert (
        rows["start"].dtype == np.int64
        and rows["main"].dtype == np.int32
        and rows["value"].dtype == np.float64
    )
    assert (
        rows.codes("kind").dtype == np.uint8 and rows["kind"].dtype == object and rows["text"].dtype == object
    )
    assert all(type(text) is str for name in ("text", "unit", "role", "kind") for text in rows[name])


def test_contract_columns_in_order(rows):
    assert rows.columns == [
        "start",
        "end",
        "text",
        "number",
        "role",
        "indicator",
        "indicator_code",
        "measure",
        "value",
        "unit",
        "lo",
        "hi",
        "bound",
        "resolution",
        "basis",
        "relation",
        "main",
        "flags",
        "canonical_value",
        "canonical_unit",
        "period",
        "base",
        "period_start",
        "period_end",
        "base_year",
        "horizon",
        "kind",
        "commitment",
        "stretch",
        "region",
        "region_code",
        "scope",
        "section",
        "sentence",
    ]


def test_views_outlive_report_and_table():
    value, unit = (lambda table: (table["value"], table["unit"]))(cz.parse(TEXT).statements)
    start = cz.parse(TEXT).quantities["start"]
    [bytearray(1 << 16) for _ in range(64)]  # reuse freed memory, if any
    assert start.tolist() == cz.parse(TEXT).quantities["start"].tolist()
    assert len(value) == len(unit)


def test_texts_are_built_once_and_shared(rows):
    assert rows["unit"] is rows["unit"]
    assert rows._source.array("unit") is rows._source.array("unit")
    by_value = {}
    for text in rows["section"]:
        assert by_value.setdefault(text, text) is text, "equal texts must be one object"


def test_codes_and_categories(rows):
    names = rows.categories("role")
    assert set(names) == {"other", "statement", "threshold", "date", "label"}
    assert [names[code] for code in rows.codes("role")] == rows["role"].tolist()
    with pytest.raises(ValueError, match="no closed vocabulary"):
        rows.codes("unit")


@pytest.mark.parametrize(
    "call",
    [
        lambda t: t["nope"],
        lambda t: t.codes("nope"),
        lambda t: t[["city", "nope"]],
        lambda t: t.to_text(columns=["nope"]),
    ],
)
def test_unknown_column_names_those_that_exist(call):
    with pytest.raises(KeyError, match="nope.*city"):
        call(small())


# ---- selection ----


def test_mask_slice_and_index_agree(rows):
    mask = rows["value"] > 4
    numbers = np.flatnonzero(mask)
    assert len(numbers) > 1
    assert rows[mask].equals(rows[numbers]) and rows[mask].equals(rows[numbers.tolist()])
    assert rows[mask].row_numbers.tolist() == numbers.tolist()
    assert rows[2:5]["start"].tolist() == rows["start"].tolist()[2:5]
    assert rows[::-1]["text"].tolist() == rows["text"].tolist()[::-1]
    assert rows[[-1, 0]]["start"].tolist() == [rows["start"][-1], rows["start"][0]]


def test_selection_of_a_selection_counts_from_the_first_table(rows):
    part = rows[3:][1:]
    assert part.row_numbers[0] == 4 and part["text"][0] == rows["text"][4]
    assert part.categories("kind") == rows.categories("kind")
    assert part.codes("kind").tolist() == rows.codes("kind").tolist()[4:]
    assert not part["value"].flags.writeable


def test_empty_selections(rows):
    for nothing in (rows[:0], rows[[]], rows[np.zeros(len(rows), bool)], rows[np.array([], dtype=int)]):
        assert len(nothing) == 0 and nothing.to_pylist() == [] and nothing.columns == rows.columns
        assert nothing["text"].tolist() == [] and nothing["kind"].tolist() == []
        assert "0 rows" in repr(nothing) and "<table" in nothing._repr_html_()


def test_rows_by_number(rows):
    assert rows[1]["text"] == rows["text"][1] and list(rows[1]) == rows.columns
    assert rows[np.int64(-1)]["end"] == rows["end"][-1]
    for number in (len(rows), -len(rows) - 1):
        with pytest.raises(IndexError, match="row"):
            rows[number]


@pytest.mark.parametrize("key", [True, 1.5, [0.5], "x" * 3, None, np.zeros((2, 2), int), ["a", 1]])
def test_wrong_selectors_are_refused(key):
    with pytest.raises((TypeError, KeyError, IndexError, ValueError)):
        small()[key]


@pytest.mark.parametrize("key", [[True, False], np.ones(4, bool), [3], [-4], np.array([2**40])])
def test_selectors_outside_the_table_are_refused(key):
    with pytest.raises(IndexError):
        small()[key]


def test_columns_by_names():
    part = small()[["rank", "city"]]
    assert part.columns == ["rank", "city"] and part[1:]["rank"].tolist() == [2, 1]


def test_iteration_yields_every_row_once(rows):
    assert [row["start"] for row in rows] == rows["start"].tolist()
    big = cz.Table({"n": np.arange(2500)})
    assert [row["n"] for row in big] == list(range(2500))


# ---- making ----


def test_table_from_columns_copies_its_input():
    values = np.array([1.0, 2.0])
    table = cz.Table({"x": values})
    values[0] = 9
    assert table["x"].tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    ("columns", "categories"),
    [
        ({"a": [1], "b": [1, 2]}, None),
        ({"a": [[1]]}, None),
        ({"a": np.array(["x", 1.5], dtype=object)}, None),
        ({"a": np.array([1j])}, None),
        ({"k": [2]}, {"k": ["only"]}),
        ({"k": [-1]}, {"k": ["only"]}),
    ],
)
def test_columns_that_make_no_table_are_refused(columns, categories):
    with pytest.raises(ValueError):
        cz.Table(columns, categories)


def test_integer_and_bool_columns_keep_their_width():
    table = cz.Table(
        {"a": np.array([1], np.int32), "b": [1], "c": np.array([True]), "d": np.array([1], np.int16)}
    )
    assert [table[name].dtype for name in "abcd"] == [np.int32, np.int64, np.bool_, np.int32]


def test_equals_sees_each_difference():
    table = small()
    assert table.equals(small())
    assert not table.equals(small()[:2]) and not table.equals(small()[["city"]]) and not table.equals("x")
    other = cz.Table({"city": ["常州", "无锡", "南京"], "growth": [4.5, math.nan, -math.inf], "rank": [3, 2, 1],
                      "kind": [0, 1, 1]}, {"kind": ["actual", "target"]})  # fmt: skip
    assert not table.equals(other)


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickle(rows, protocol):
    again = pickle.loads(pickle.dumps(rows[2:], protocol))
    assert again.equals(rows[2:]) and not again["value"].flags.writeable


# ---- export ----


def test_pylist_has_plain_python_values(rows):
    for row in rows.to_pylist():
        assert {type(cell) for cell in row.values()} == {str, int, float}


def test_csv_reads_back(rows, tmp_path):
    path = tmp_path / "rows.csv"
    assert rows.to_csv(path) is None
    assert path.read_bytes().decode("utf-8") == rows.to_csv()
    back = list(csv.DictReader(io.StringIO(rows.to_csv())))
    assert len(back) == len(rows) and list(back[0]) == rows.columns
    for cells, row in zip(back, rows):
        for name, cell in row.items():
            if isinstance(cell, float):
                assert cells[name] == "" if math.isnan(cell) else float(cells[name]) == cell
            else:
                assert cells[name] == str(cell)


def test_csv_quotes_and_encoding(tmp_path):
    table = cz.Table({"a": ['x,"y"\n', "=1"], "b": [1e21, 0.1]})
    assert table.to_csv() == 'a,b\n"x,""y""\n",1e+21\n=1,0.1\n'
    table.to_csv(tmp_path / "t.csv", encoding="utf-8-sig")
    assert (tmp_path / "t.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_json_is_strict(rows, tmp_path):
    def refuse(word):
        raise AssertionError(f"{word} is not JSON")

    back = json.loads(small().to_json(), parse_constant=refuse)
    assert [row["growth"] for row in back] == [4.5, None, None] and back[0]["city"] == "常州"
    rows.to_json(tmp_path / "rows.json")
    assert len(json.loads((tmp_path / "rows.json").read_text("utf-8"), parse_constant=refuse)) == len(rows)


def test_pandas(rows):
    pandas = pytest.importorskip("pandas")
    frame = rows.to_pandas()
    assert list(frame.columns) == rows.columns and len(frame) == len(rows)
    assert (
        isinstance(frame["kind"].dtype, pandas.CategoricalDtype)
        and frame["kind"].tolist() == rows["kind"].tolist()
    )
    np.testing.assert_array_equal(frame["value"].to_numpy(), rows["value"])
    frame.loc[0, "value"] = 1.0  # a copy: the report stays as it is
    assert frame["text"].tolist() == rows["text"].tolist()


def test_polars(rows):
    polars = pytest.importorskip("polars")
    frame = rows.to_polars()
    assert frame.columns == rows.columns and frame.schema["kind"] == polars.Enum(
        list(rows.categories("kind"))
    )
    assert frame["kind"].to_list() == rows["kind"].tolist() and frame["main"].dtype == polars.Int32
    np.testing.assert_array_equal(frame["value"].to_numpy(), rows["value"])
    assert rows[:0].to_polars().schema == frame.schema


def test_arrow(rows):
    pyarrow = pytest.importorskip("pyarrow")
    table = rows.to_arrow()
    assert table.column_names == rows.columns and pyarrow.types.is_dictionary(table.schema.field("kind").type)
    assert (
        table["kind"].to_pylist() == rows["kind"].tolist()
        and table["text"].to_pylist() == rows["text"].tolist()
    )
    assert rows[:0].to_arrow().schema == table.schema


@pytest.mark.parametrize(
    ("module", "call"), [("pandas", "to_pandas"), ("polars", "to_polars"), ("pyarrow", "to_arrow")]
)
def test_missing_package_names_the_extra(monkeypatch, module, call):
    monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(ImportError, match=r"czreport\["):
        getattr(small(), call)()


# ---- display ----


def test_wide_characters_align():
    lines = small().to_text(columns=["city", "growth"]).splitlines()
    assert lines == ["city  growth", "────  ──────", "常州     4.5", "无锡", "苏州    -inf"]


@pytest.mark.parametrize(
    ("text", "cells"),
    [("", 0), ("abc", 3), ("常州", 4), ("％", 2), ("—", 1), ("e\u0301", 1), ("a\u200bb", 2), ("｡", 1)],
)
def test_text_width(text, cells):
    assert _display.text_width(text) == cells


@pytest.mark.parametrize("width", range(2, 30))
def test_clip_never_exceeds(width):
    for text in ("地区生产总值增长率", "GDP增长 of 常州", "x" * 40):
        clipped = _display.clip(text, width)
        assert _display.text_width(clipped) <= width
        assert clipped == text or clipped.endswith("…")


@pytest.mark.parametrize("width", [8, 20, 40, 60, 80, 120])
def test_tables_fit_the_width(rows, width):
    for line in rows.to_text(width=width).splitlines():
        assert _display.text_width(line) <= width


def test_cells_cannot_break_lines_or_markup():
    table = cz.Table({"a": ["x\ny\x1b[31m", "<script>&"]})
    assert len(table.to_text().splitlines()) == 4 and "\x1b" not in table.to_text()
    page = table._repr_html_()
    assert "<script>" not in page and "&lt;script&gt;&amp;" in page


def test_ranges_are_shown_in_the_value_column():
    table = cz.Table({"value": [math.nan, math.nan, 2.0], "lo": [4.5, -math.inf, 2.0], "hi": [5.0, 3.0, 2.0]})
    assert [line.strip() for line in table.to_text(columns=["value"]).splitlines()[2:]] == ["4.5–5", "", "2"]


def test_repr_is_bounded(rows):
    big = cz.Table({"n": np.arange(100_000)})
    assert len(repr(big).splitlines()) < 30 and "100000 rows" in repr(big)
    assert big._repr_html_().count("<tr>") < 30
    assert "7700" in repr(rows)
