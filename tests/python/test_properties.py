"""Properties that hold for every text."""

import math
import re
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import czreport as cz

SETTINGS = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# ---- texts ----

NUMBERS = st.one_of(
    st.integers(0, 10**6).map(str),
    st.decimals(0, 10**5, places=2).map(str),
    st.integers(1000, 10**9).map("{:,}".format),
    st.sampled_from(
        [
            "一",
            "十几",
            "两位数",
            "三分之二",
            "百分之七点五",
            "近十",
            "一千三百多",
            "５．５",
            "6 .5",
            "1:4",
            "4.5%—5",
            "3至4",
        ]
    ),
)
UNITS = st.sampled_from(
    [
        "",
        "%",
        "％",
        "个百分点",
        "亿元",
        "万亿元",
        "亿美元",
        "万人",
        "家",
        "倍",
        "位",
        "成",
        "‰",
        "公里",
        "微克/立方米",
        "吨标准煤",
        "年",
        "平方公里",
    ]
)
SUBJECTS = st.sampled_from(
    [
        "地区生产总值",
        "一般公共预算收入",
        "城镇新增就业",
        "粮食总产量",
        "上市企业",
        "万元产值能耗",
        "森林覆盖率",
        "溧阳市工业投资",
        "A和B",
        "它",
        "",
    ]
)
VERBS = st.sampled_from(
    [
        "达",
        "达到",
        "增长",
        "下降",
        "突破",
        "控制在",
        "提高",
        "年均增长",
        "是2015年的",
        "居全省第",
        "新增",
        "压缩",
        "由",
        "力争达到",
        "每年",
        "",
    ]
)
AFTER = st.sampled_from(
    ["", "以上", "左右", "以内", "多", "余", "以下", "的项目", "，其中", "（不含市区）", "级", "条"]
)
TIMES = st.sampled_from(
    ["", "2020年，", "到2025年，", "五年来，", "今年", "“十四五”期间", "去年1—11月", "预计全年"]
)
MARKS = st.sampled_from(["，", "；", "。", "、", "\n", "。\n", "：", " ", "\r\n", "分别", "和", "、12亿元，"])
CLAUSE = st.tuples(TIMES, SUBJECTS, VERBS, NUMBERS, UNITS, AFTER, MARKS).map("".join)
HEADS = st.sampled_from(
    ["", "2021年常州市政府工作报告\n", "一、2020年工作回顾\n", "二、2021年主要目标\n主要预期目标："]
)
REPORTS = st.tuples(HEADS, st.lists(CLAUSE, max_size=12).map("".join)).map("".join)
TEXTS = st.text(
    st.one_of(
        st.sampled_from("0123456789０５９一二十百千万亿元%％，。；、年月日增长第（）() \n\r\t.．·:-—～~/"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=200,
)


# ---- what holds ----


def check(report):
    text, rows = report.text, report.quantities.to_pylist()
    last = 0
    cover = [0] * len(text)
    for number, row in enumerate(rows):
        start, end = row["start"], row["end"]
        assert last <= start < end <= len(text), "rows are in order, inside the text, and do not overlap"
        assert text[start:end] == row["text"]
        last = end
        for i in range(start, end):
            cover[i] += 1
        lo, value, hi = row["lo"], row["value"], row["hi"]
        if row["role"] in ("statement", "threshold") and not (math.isnan(lo) or math.isnan(hi)):
            assert lo <= hi
            if not math.isnan(value):
                assert lo <= value <= hi
        assert row["bound"] != "between" or math.isnan(value)
        assert row["main"] == -1 or 0 <= row["main"] < len(rows) and row["main"] != number
        assert (row["main"] == -1) == (row["relation"] == "")
        assert row["period_start"] <= row["period_end"]
        assert 0 <= row["sentence"] < len(report.sentences)
        assert row["number"] == unicodedata.normalize("NFKC", row["number"])
    for found in re.finditer("[0-9０-９]+", text):
        assert all(cover[i] == 1 for i in range(*found.span())), f"digits at {found.start()} are in no row"
    sentences = list(zip(report.sentences["start"].tolist(), report.sentences["end"].tolist()))
    assert all(0 <= start <= end <= len(text) for start, end in sentences)
    for table in (report.sections, report.qualitative):
        assert all(0 <= row["start"] <= row["end"] <= len(text) for row in table)
    for number in range(len(rows)):
        assert f"【{rows[number]['text']}】" in report.evidence(number)


@SETTINGS
@given(TEXTS)
def test_any_text(text):
    check(cz.parse(text))


@SETTINGS
@given(REPORTS)
def test_texts_like_reports(text):
    report = cz.parse(text, region="常州市", year=2021)
    check(report)
    assert report.region == "常州市" and set(report.statements["region_code"]) <= {*cz.regions()["code"]}


@SETTINGS
@given(st.binary(max_size=100))
def test_any_bytes_are_read_or_refused_where_python_refuses_them(data):
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        with pytest.raises(cz.EncodingError) as ours:
            cz.parse(data)
        assert ours.value.offset == error.start  # noqa: PT017
    else:
        report = cz.parse(data)
        assert report.text == text
        check(report)


@SETTINGS
@given(REPORTS)
def test_bytes_and_str_agree_and_reading_is_repeatable(text):
    assert cz.parse(text).quantities.equals(cz.parse(text.encode()).quantities)
    assert cz.parse(text).notes.equals(cz.parse(text).notes)


@SETTINGS
@given(REPORTS, st.sampled_from(["gdp", "地区生产总值", "GDP", "就业", "无"]))
def test_queries_select_statements(text, name):
    report = cz.parse(text, region="常州市", year=2021)
    statements = set(report.statements.row_numbers.tolist())
    assert set(report.find(name).row_numbers.tolist()) <= statements
    goals = set(report.targets().row_numbers.tolist())
    assert goals <= set(report.targets(tasks=True).row_numbers.tolist()) <= statements
    assert set(report.targets(name).row_numbers.tolist()) <= goals


@SETTINGS
@given(REPORTS)
def test_full_width_digits_mean_the_same(text):
    wide = text.translate({ord("0") + i: ord("０") + i for i in range(10)})
    one, two = cz.parse(text, year=2021).quantities, cz.parse(wide, year=2021).quantities
    for column in ("start", "end", "number", "role", "measure", "value", "unit", "bound", "period", "kind"):
        a, b = one[column].tolist(), two[column].tolist()
        assert a == b or all(x == y or x != x and y != y for x, y in zip(a, b)), column
