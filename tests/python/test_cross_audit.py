"""Figures of different reports against each other: years of one region, regions above and below."""

import math

import pytest

import czreport as cz

HEAD = "{year}年{region}政府工作报告\n"


def corpus_of(*reports):
    return cz.read_corpus(
        [
            (f"{region}{year}", HEAD.format(region=region, year=year) + review)
            for region, year, review in reports
        ]
    )


def findings(corpus, **options):
    return corpus.audit(files=False, **options).findings.to_pylist()


RETAIL = "{year}年，社会消费品零售总额达到{level}亿元，增长{growth}%。"


def retail(region, year, level, growth):
    return region, year, RETAIL.format(year=year - 1, level=level, growth=growth)


def test_levels_of_two_years_and_the_growth_between():
    assert findings(corpus_of(retail("常州市", 2020, 2000, 8), retail("常州市", 2021, 2164, 8.2))) == []
    corpus = corpus_of(retail("常州市", 2020, 2000, 8), retail("常州市", 2021, 2600, 8.2))
    (row,) = findings(corpus)
    assert (row["severity"], row["rule"], row["scope"], row["indicator_code"]) == (
        "tension",
        "growth",
        "years",
        "retail_sales",
    )
    assert row["documents"] == [0, 1] and row["statement_documents"] == [0, 1, 1] and 21 < row["gap"] < 22
    assert "常州市2021年报告第 " in row["message_zh"] and "of 常州市 2020" in row["message_en"]
    assert "revised" in row["message_en"] or "doubt" in row["message_en"]
    places = corpus.audit(files=False).places(0)
    assert [place["quote"] for place in places] == ["2000亿元", "2600亿元", "8.2%"]
    assert all(f"【{place['quote']}】" in place["sentence"] for place in places)
    assert "【2600亿元】" in corpus.audit(files=False)._repr_html_()


def test_a_multiple_of_an_earlier_report_s_level():
    first = retail("常州市", 2019, 1000, 8)
    later = "2021年，社会消费品零售总额达到{level}亿元，是2018年的1.3倍。"
    assert findings(corpus_of(first, ("常州市", 2022, later.format(level=1301)))) == []
    (row,) = findings(corpus_of(first, ("常州市", 2022, later.format(level=2500))))
    assert row["rule"] == "growth" and set(row["statement_documents"]) == {0, 1}


def test_a_figure_restated_otherwise():
    corpus = corpus_of(
        ("常州市", 2020, "2019年，粮食总产量达到70.2万吨。"),
        ("常州市", 2021, "2019年，粮食总产量达到75.1万吨。"),
    )
    (row,) = findings(corpus)
    assert row["rule"] == "restated" and row["severity"] == "tension" and row["gap"] == pytest.approx(4.8)


def test_what_one_report_contradicts_by_itself_is_not_repeated():
    text = "到2020年，一般公共预算收入是2015年的1.3倍，年均增长6.4%。"
    corpus = corpus_of(("常州市", 2021, text), ("常州市", 2022, "2021年，粮食总产量达到70万吨。"))
    assert corpus.reports[0].audit().findings["severity"].tolist() == ["contradiction"]
    assert findings(corpus) == []
    (row,) = findings(corpus, reports=True)
    assert (row["scope"], row["severity"], row["documents"]) == ("report", "contradiction", [0])


def test_what_the_province_says_of_its_city():
    own = ("常州市", 2021, "2020年，粮食总产量达到70.2万吨。")
    assert findings(corpus_of(own, ("江苏省", 2021, "2020年，常州市粮食总产量达到70.2万吨。"))) == []
    (row,) = findings(corpus_of(own, ("江苏省", 2021, "2020年，常州市粮食总产量达到79.8万吨。")))
    assert row["rule"] == "restated" and set(row["statement_documents"]) == {0, 1}


def test_figures_of_other_regions_do_not_mix():
    assert findings(corpus_of(retail("常州市", 2020, 2000, 8), retail("无锡市", 2021, 2600, 8.2))) == []
    corpus = corpus_of(
        ("常州市", 2020, "2019年，溧阳市粮食总产量达到70.2万吨。"),
        ("常州市", 2021, "2019年，金坛区粮食总产量达到30万吨。"),
    )
    assert findings(corpus) == []


def test_renamed_regions_are_one():
    (row,) = findings(corpus_of(retail("襄樊市", 2010, 400, 18), retail("襄阳市", 2011, 900, 19)))
    assert (
        row["rule"] == "growth"
        and "襄樊市2010年报告" in row["message_zh"]
        and "襄阳市2011年报告" in row["message_zh"]
    )


def test_only_the_chosen_of_two_files_counts():
    corpus = cz.read_corpus(
        [
            ("a", HEAD.format(region="常州市", year=2021) + "2020年，粮食总产量达到70.2万吨。"),
            ("b", HEAD.format(region="常州市", year=2021) + "2020年，粮食总产量达到75.1万吨，增长2%。"),
        ]
    )
    assert findings(corpus) == []


def test_what_two_reports_imply_together():
    corpus = corpus_of(
        ("常州市", 2020, "2019年，粮食总产量达到100万吨。"), ("常州市", 2021, "2020年，粮食总产量增长10%。")
    )
    rows = [row for row in corpus.audit(files=False).implied if row["period"] == "2020"]
    (row,) = [row for row in rows if row["measure"] == "level"]
    assert (
        row["region"] == "常州市"
        and row["region_code"] == "320400"
        and 108 < row["lo"] < 110 < row["hi"] < 112
    )
    assert set(row["statement_documents"]) == {0, 1} and row["indicator_code"] == "grain_output"


# ---- levels of government ----


def gdp(region, year, level):
    name = "国内生产总值" if region == "全国" else "地区生产总值"
    return region, year, f"{year - 1}年，{name}达到{level}亿元。"


def test_no_part_exceeds_the_whole():
    assert findings(corpus_of(gdp("江苏省", 2021, "10.27万"), gdp("常州市", 2021, 7805.3))) == []
    # Rounded figures that may still be equal.
    assert findings(corpus_of(gdp("江苏省", 2021, 7805.3), gdp("常州市", 2021, 7805))) == []
    (row,) = findings(corpus_of(gdp("江苏省", 2021, 7000), gdp("常州市", 2021, 7805.3)))
    assert (row["rule"], row["scope"], row["severity"], row["unit"]) == ("part", "levels", "tension", "元")
    assert row["gap"] == pytest.approx(804.75e8) and row["statement_documents"] == [1, 0]
    assert "常州市" in row["message_zh"] and "江苏省" in row["message_en"]


def test_parts_together():
    cities = [gdp(city, 2021, 4000) for city in ("常州市", "无锡市", "苏州市")]
    assert findings(corpus_of(gdp("江苏省", 2021, 12000), *cities)) == []
    (row,) = findings(corpus_of(gdp("江苏省", 2021, 11000), *cities))
    assert row["rule"] == "part_sum" and len(row["documents"]) == 4 and row["gap"] > 990e8
    assert "3 regions" in row["message_en"]


def test_rates_are_no_parts():
    corpus = corpus_of(
        ("江苏省", 2021, "2020年，常住人口城镇化率达到73%。"),
        ("南京市", 2021, "2020年，常住人口城镇化率达到86%。"),
    )
    assert findings(corpus) == []


def test_other_years_and_other_provinces_are_no_whole():
    assert findings(corpus_of(gdp("江苏省", 2020, 7000), gdp("常州市", 2021, 7805.3))) == []
    assert findings(corpus_of(gdp("浙江省", 2021, 7000), gdp("常州市", 2021, 7805.3))) == []
    (row,) = findings(corpus_of(gdp("全国", 2021, 7000), gdp("江苏省", 2021, "10.27万")))
    assert row["rule"] == "part"


# ---- the whole ----


def test_parts_of_the_audit_may_be_left_out():
    corpus = corpus_of(retail("常州市", 2020, 2000, 8), retail("常州市", 2021, 2600, 8.2))
    assert len(corpus.audit(files=False, years=False).findings) == 0
    assert set(corpus.audit().findings["scope"]) == {"file", "years"}  # texts of a line each are stubs
    audit = corpus.audit()
    assert audit.complete and "tension" in repr(audit)
    assert audit.findings.columns[:9] == [
        "severity", "rule", "scope", "indicator", "statements", "gap", "message_zh", "message_en", "repair",
    ]  # fmt: skip


def test_findings_can_be_exported():
    pytest.importorskip("pyarrow")
    corpus = corpus_of(retail("常州市", 2020, 2000, 8), retail("常州市", 2021, 2600, 8.2))
    table = corpus.audit().findings
    assert table.to_arrow().num_rows == len(table) and "growth" in table.to_csv()
    assert math.isnan(table["similarity"][0])
