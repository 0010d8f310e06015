"""Reports: what parse gives, and the queries on it."""

import contextlib
import copy
import gc
import pickle
import sys

import pytest

import czreport as cz

TEXT = """2021年常州市政府工作报告
一、2020年工作回顾
2020年，全市地区生产总值达7700亿元，增长4.5%。粮食总产量突破70万吨。
二、2021年目标任务
2021年主要预期目标：地区生产总值增长6%以上，居民消费价格涨幅控制在3%以内。
2021年，新开工保障性住房5000套。
"""


@pytest.fixture(scope="module")
def report():
    return cz.parse(TEXT)


def test_whose_report_it_is(report):
    assert (report.region, report.region_code, report.level, report.year) == (
        "常州市",
        "320400",
        "prefecture",
        2021,
    )
    assert report.title == "2021年常州市政府工作报告" and report.text == TEXT


def test_arguments_win_over_the_title():
    report = cz.parse(TEXT, region="无锡市", year=2019)
    assert (report.region, report.region_code, report.year) == ("无锡市", "320200", 2019)
    assert cz.parse(TEXT, region="320200").region == "无锡市"


def test_source_is_a_hint():
    report = cz.parse("粮食总产量70万吨。", source="常州市2021.txt")
    assert (report.region, report.year) == ("常州市", 2021)


def test_unknown_region_and_year_are_said():
    report = cz.parse("粮食总产量70万吨。")
    assert (report.region, report.year, report.region_code) == ("", None, "")
    assert {"no_region", "no_year"} <= set(report.notes["code"])
    assert report.statements["value"].tolist() == [70.0]


def test_bytes_and_str_give_the_same():
    one, two = cz.parse(TEXT), cz.parse(TEXT.encode())
    assert (
        one.text == two.text and one.quantities.equals(two.quantities) and one.sections.equals(two.sections)
    )
    for other in (bytearray(TEXT.encode()), memoryview(TEXT.encode())):
        assert cz.parse(other).quantities.equals(one.quantities)


def test_statements_are_the_rows_with_that_role(report):
    rows = report.quantities
    assert report.statements.equals(rows[rows["role"] == "statement"])
    assert 0 < len(report.statements) < len(rows)
    assert report.statements is report.statements and report.quantities is report.quantities


def test_targets(report):
    goals = report.targets()
    assert set(goals["kind"]) == {"target"} and goals["value"].tolist() == [6.0, 3.0]
    assert report.targets("gdp")["value"].tolist() == [6.0]
    assert report.targets("地区生产总值", 2021)["bound"].tolist() == ["at_least"]
    assert len(report.targets(year=2020)) == 0 and len(report.targets("gdp", 2020)) == 0
    assert set(report.targets(tasks=True)["kind"]) == {"target", "task"}


def test_find_by_every_name(report):
    expected = report.find("gdp").row_numbers.tolist()
    assert len(expected) == 3
    for name in ("GDP", "ＧＤＰ", "地区生产总值", " 地区 生产总值 "):
        assert report.find(name).row_numbers.tolist() == expected, name
    table = cz.indicators()
    english = table[table["code"] == "gdp"]["name_en"][0]
    assert report.find(english.upper()).row_numbers.tolist() == expected


def test_find_falls_back_to_words_of_the_phrase(report):
    assert report.find("住房")["value"].tolist() == [5000.0]
    assert len(report.find("没有的东西")) == 0 and len(report.find("")) == 0
    for wrong in (None, 5, b"gdp"):
        with pytest.raises(TypeError, match="indicator"):
            report.find(wrong)


def test_evidence_marks_the_quote_in_its_sentence(report):
    rows = report.quantities
    for number, row in enumerate(rows):
        text = report.evidence(number)
        assert f"【{row['text']}】" in text and text == report.evidence(row)
        assert text.replace("【", "").replace("】", "") in report.text
    number = rows["number"].tolist().index("7700")
    assert report.evidence(number).startswith("2020年，全市地区生产总值") and report.evidence(
        number
    ).endswith("。")
    assert report.evidence(-1) == report.evidence(len(rows) - 1)


def test_evidence_refuses_what_is_no_row(report):
    with pytest.raises(IndexError):
        report.evidence(len(report.quantities))
    with pytest.raises(IndexError, match="not of a text"):
        report.evidence({"start": 10**6, "end": 10**6 + 1, "sentence": 0})
    with pytest.raises(KeyError):
        report.evidence({})
    with pytest.raises((TypeError, ValueError)):
        report.evidence("nope")


def test_sections_and_sentences_are_spans_of_the_text(report):
    titles = [report.text[row["start"] : row["end"]] for row in report.sections]
    assert any("2020年工作回顾" in title for title in titles)
    spans = list(zip(report.sentences["start"].tolist(), report.sentences["end"].tolist()))
    assert all(0 <= start <= end <= len(report.text) for start, end in spans) and spans == sorted(spans)
    for row in report.quantities:
        start, end = spans[row["sentence"]]
        assert start <= row["start"] and row["end"] <= end


def test_qualitative_goals():
    text = "2021年常州市政府工作报告\n2021年主要预期目标：居民收入增长与经济增长同步，地区生产总值增长6%。"
    report = cz.parse(text)
    assert len(report.qualitative) == 1 and "同步" in report.qualitative["wording"][0]
    row = report.qualitative[0]
    assert report.text[row["start"] : row["end"]] == row["text"]


# ---- arguments ----


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"region": 320400}, TypeError),
        ({"region": "无此市"}, ValueError),
        ({"region": "常\0州"}, ValueError),
        ({"year": "2021"}, TypeError),
        ({"year": True}, TypeError),
        ({"year": 20210}, ValueError),
        ({"year": -1}, ValueError),
        ({"vocabulary": []}, TypeError),
    ],
)
def test_wrong_arguments(options, error):
    with pytest.raises(error):
        cz.parse("增长5%", **options)


@pytest.mark.parametrize("data", [None, 5, ["增长5%"], object()])
def test_wrong_types_of_text(data):
    with pytest.raises(TypeError, match="str or UTF-8 bytes"):
        cz.parse(data)


def test_types_of_the_core_cannot_be_made_or_changed(report):
    for kind in (type(report._core), type(report.quantities._source)):
        with pytest.raises(TypeError):
            kind()
        with pytest.raises(TypeError):
            kind.extra = 1


# ---- vocabulary ----


def test_vocabulary_adds_an_indicator():
    text = "夜市摊位数达到320个。"
    words = cz.vocabulary(
        [{"type": "indicator", "code": "stalls", "name": "夜市摊位数", "name_en": "Stalls"}]
    )
    assert cz.parse(text).statements["indicator_code"][0] == ""
    report = cz.parse(text, vocabulary=words)
    assert report.statements["indicator_code"][0] == "stalls"
    assert len(report.find("stalls")) == 1
    assert "stalls" in cz.indicators(words)["code"] and "stalls" not in cz.indicators()["code"]


def test_vocabulary_adds_an_alias():
    words = cz.vocabulary([{"type": "indicator", "code": "gdp", "aliases": ["摊位产出"]}])
    report = cz.parse("摊位产出50亿元。", vocabulary=words)
    assert report.statements["indicator_code"][0] == "gdp"


def test_vocabulary_adds_a_unit():
    words = cz.vocabulary(
        [{"type": "unit", "name": "箩筐", "dimension": "mass", "canonical": "吨", "factor": "0.05"}]
    )
    row = cz.parse("水果产量30万箩筐。", vocabulary=words).statements[0]
    assert (row["unit"], row["canonical_value"], row["canonical_unit"]) == ("万箩筐", 15000.0, "吨")


@pytest.mark.parametrize(("suffix", "mark"), [(".csv", ","), (".tsv", "\t")])
def test_vocabulary_from_a_file(tmp_path, suffix, mark):
    path = tmp_path / f"words{suffix}"
    lines = [["type", "code", "name", "aliases"], ["indicator", "stalls", "夜市摊位数", "夜市摊位|摊位数"]]
    path.write_text("\n".join(mark.join(line) for line in lines), encoding="utf-8-sig")
    words = cz.vocabulary(path)
    assert (
        len(words) == 1
        and cz.parse("摊位数320个。", vocabulary=words).statements["indicator_code"][0] == "stalls"
    )


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"type": "noun"}, "type is 'noun'"),
        ({}, "type is ''"),
        ({"type": "indicator", "name": "x"}, "needs a code"),
        ({"type": "unit"}, "needs a name"),
        ({"type": "unit", "name": "x", "factor": "many"}, "factor 'many'"),
        ({"type": "unit", "name": "x", "factor": "-1"}, "positive"),
        ({"type": "unit", "name": "x", "factor": "0." + "1" * 30}, "19 significant"),
        ({"type": "unit", "name": "x", "class": "COUNT"}, "unknown fields.*class"),
        ({"type": "cue", "name": "x"}, "needs a class"),
        ({"type": "cue", "name": "x", "class": "NO_SUCH_CLASS"}, "cue 'x'"),
        ({"type": "cue", "name": "x", "class": "Y", "value": "1.5"}, "not an integer"),
        ({"type": "hardness", "name": "x", "value": "2"}, "not 1, 0 or -1"),
        ({"type": "hardness", "name": "x"}, "not an integer"),
        ({"type": "hardness", "value": "1"}, "needs a name"),
    ],
)
def test_vocabulary_says_what_is_wrong(row, expected):
    good = {"type": "indicator", "code": "stalls", "name": "夜市摊位数"}
    with pytest.raises(cz.VocabularyError, match=expected):
        cz.vocabulary([good, row])


def test_vocabulary_adds_hard_and_soft_words(tmp_path):
    path = tmp_path / "words.csv"
    path.write_text("type,name,aliases,value\nhardness,力保,务必,1\nhardness,about,,0\n", encoding="utf-8")
    words = cz.vocabulary(path)
    commitments, bounds = ["力保", "务必", "", ""], ["eq", "eq", "about", "at_most"]
    coded = cz.targets.hardness(bounds, commitments, table=words.hardness)
    assert coded.tolist() == [1, 1, 0, 1]
    assert cz.targets.hardness(bounds, commitments).tolist() == [0, 0, -1, 1]  # the built-in table is as it was


def test_vocabulary_errors_name_file_and_line(tmp_path):
    path = tmp_path / "words.csv"
    path.write_text("type,name\nunit,箩筐\nnoun,x\n", encoding="utf-8")
    with pytest.raises(cz.VocabularyError, match="words.csv, line 3: type is 'noun'"):
        cz.vocabulary(path)
    path.write_text("type,name\nunit\n", encoding="utf-8")
    with pytest.raises(cz.VocabularyError, match="line 2: expected 2 fields"):
        cz.vocabulary(path)
    path.write_bytes(b"type,name\nunit,\xb3\xa3\n")
    with pytest.raises(cz.EncodingError, match="words.csv.*byte 15") as caught:
        cz.vocabulary(path)
    assert caught.value.offset == 15
    with pytest.raises(cz.VocabularyError, match="expected a .csv or .tsv"):
        cz.vocabulary(tmp_path / "words.xlsx")


# ---- registries ----


def test_registries():
    indicators, units, regions = cz.indicators(), cz.units(), cz.regions()
    assert (
        len(set(indicators["code"])) == len(indicators)
        and all(indicators["name"])
        and all(indicators["name_en"])
    )
    assert {"元", "%", "人"} <= set(units["unit"]) and (units["factor"] > 0).all()
    assert {"nation", "province", "prefecture", "county"} == set(regions["level"])
    assert all(len(code) == 6 for code in regions["code"])
    assert cz.registry_version() and cz.registry_version() == cz.registry_version()


# ---- whole objects ----


def test_pickle_and_copy(report):
    words = cz.vocabulary([{"type": "indicator", "code": "stalls", "name": "夜市摊位数"}])
    for one in (report, cz.parse("夜市摊位数320个。", source="常州市2021.txt", vocabulary=words)):
        for two in (pickle.loads(pickle.dumps(one)), copy.deepcopy(one)):
            assert (
                two.quantities.equals(one.quantities)
                and two.notes.equals(one.notes)
                and two.region == one.region
            )
            assert two.text == one.text


def test_repr(report):
    assert repr(report) == f"<czreport.Report: 常州市 2021, {len(report.statements)} statements>"
    assert "unknown region" in repr(cz.parse("增长5%"))
    page = cz.parse("<b>新增就业5万人</b>")._repr_html_()
    assert "<b>" not in page and "<table" in page
    assert "常州市" in report._repr_html_()


def test_no_references_leak():
    words = cz.vocabulary([{"type": "indicator", "code": "stalls", "name": "夜市摊位数"}])
    missing = "无此市"

    def use():
        report = cz.parse(TEXT, vocabulary=words)
        report.targets("gdp", 2021).to_pylist()
        report.evidence(0)
        for name in report.quantities.columns:
            report.quantities[name]
        assert report.quantities._source.columns
        cz.vocabulary([{"type": "unit", "name": "箩筐"}])
        cz._core.indicators(), cz._core.units(), cz._core.registry_version()
        for call in (
            lambda: cz.parse("a\ud800"),
            lambda: cz.parse(b"\xff"),
            lambda: cz.parse("x", region=missing),
            lambda: report.quantities["nope"],
            lambda: cz.vocabulary([{"type": "cue", "name": "x", "class": "?"}]),
        ):
            with contextlib.suppress(cz.ReportError, ValueError, KeyError):
                call()

    for _ in range(3):
        use()
    gc.collect()
    counts = [sys.getrefcount(thing) for thing in (type(cz.parse("1")._core), words._core, TEXT, missing)]
    before = len(gc.get_objects()), sys.getallocatedblocks()
    for _ in range(400):
        use()
    gc.collect()
    after = len(gc.get_objects()), sys.getallocatedblocks()
    assert [sys.getrefcount(t) for t in (type(cz.parse("1")._core), words._core, TEXT, missing)] == counts
    assert after[0] - before[0] < 100 and after[1] - before[1] < 300, "objects are left behind"
