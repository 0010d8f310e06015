"""Panels, targets beside outcomes, amplification, the table of targets."""

import math
import re

import numpy as np
import pytest

import czreport as cz
from czreport.corpus.regions import areas

HEAD = "{year}年{region}政府工作报告\n"
GOALS = "{year}年主要预期目标："


def text(region, year, goals="", review=""):
    return (
        HEAD.format(region=region, year=year)
        + review
        + ("\n" + GOALS.format(year=year) + goals if goals else "")
        + "\n"
    )


def corpus_of(*reports):
    return cz.read_corpus([(f"{region}{year}", text(region, year, *rest)) for region, year, *rest in reports])


@pytest.fixture(scope="module")
def cities():
    return corpus_of(
        ("江苏省", 2020, "地区生产总值增长6%左右。"),
        ("江苏省", 2021, "地区生产总值增长6%以上。", "2020年，地区生产总值增长3.7%。"),
        ("常州市", 2019, "地区生产总值增长7%以上。"),
        ("常州市", 2020, "地区生产总值增长6.5%—7%。", "2019年，地区生产总值增长6.8%。"),
        (
            "常州市",
            2021,
            "居民收入增长与经济增长同步，一般公共预算收入增长5%。",
            "2020年，地区生产总值增长4.5%。",
        ),
        ("常州市", 2022, "地区生产总值增长6.5%左右，力争7%。", "2021年，地区生产总值增长9.1%。"),
        ("无锡市", 2020, "地区生产总值增长6%以上。"),
        ("无锡市", 2021, "地区生产总值增长6%左右。", "2020年，地区生产总值预计增长3.7%。"),
    )


def test_arrays_of_a_panel(cities):
    panel = cities.panel("GDP")
    assert (panel.indicator, panel.indicator_code, panel.measure, panel.kind, panel.unit) == (
        "地区生产总值", "gdp", "growth", "target", "%",
    )  # fmt: skip
    assert panel.regions.tolist() == ["江苏省", "无锡市", "常州市"] and panel.years.tolist() == [
        2019,
        2020,
        2021,
        2022,
    ]
    assert panel.region_codes.tolist() == ["320000", "320200", "320400"] and panel.shape == (3, 4)
    nan = math.nan
    np.testing.assert_array_equal(panel.values, [[nan, 6, 6, nan], [nan, 6, 6, nan], [7, nan, nan, 6.5]])
    np.testing.assert_array_equal(panel.lo, [[nan, 6, 6, nan], [nan, 6, 6, nan], [7, 6.5, nan, 6.5]])
    np.testing.assert_array_equal(
        panel.hi, [[nan, 6, np.inf, nan], [nan, np.inf, 6, nan], [np.inf, 7, nan, 6.5]]
    )
    assert panel.bound[2].tolist() == ["at_least", "between", "", "about"]
    assert panel.status.tolist() == [
        ["missing", "stated", "stated", "missing"],
        ["missing", "stated", "stated", "missing"],
        ["stated", "stated", "dropped", "stated"],
    ]
    assert panel.wording[2].tolist() == ["7%以上", "6.5%—7%", "", "6.5%左右"]
    assert panel["常州市", 2022] == 6.5 and panel["320400", 2019] == 7
    with pytest.raises(ValueError, match="read-only"):
        panel.values[0, 0] = 1
    with pytest.raises(KeyError, match="no region"):
        panel["苏州市", 2020]
    with pytest.raises(KeyError, match="no year"):
        panel["常州市", 2001]


def test_cells_lead_to_the_sentence(cities):
    panel = cities.panel("gdp")
    document, row = panel.documents[2, 1], panel.rows[2, 1]
    report = cities.reports[document]
    assert (report.region, report.year) == ("常州市", 2020) and "【6.5%—7%】" in report.evidence(row)
    assert panel.documents[0, 0] == -1 and panel.rows[0, 0] == -1


def test_goals_in_words_and_dropped_goals(cities):
    panel = cities.panel("household_income")
    assert panel.status[2].tolist() == ["not_stated", "not_stated", "qualitative", "dropped"]
    assert "与经济增长同步" in panel.wording[2, 2] and panel.documents[2, 2] >= 0
    assert np.isnan(panel.values).all()


def test_outcomes_stand_in_the_next_report(cities):
    panel = cities.panel("gdp", kind="outcome")
    assert panel.years.tolist() == [2018, 2019, 2020, 2021]
    assert panel["常州市", 2021] == 9.1 and panel["无锡市", 2020] == 3.7
    row = panel.row("无锡市")
    assert panel.status[row].tolist() == ["missing", "not_stated", "stated", "missing"]
    assert cities.panel("gdp", kind="actual").status[row, 2] == "not_stated"  # 预计: an estimate
    assert cities.panel("gdp", kind="estimate")["无锡市", 2020] == 3.7


def test_levels_and_years_may_be_chosen(cities):
    panel = cities.panel("gdp", level="prefecture", years=[2021, 2020, 2030])
    assert panel.regions.tolist() == ["无锡市", "常州市"] and panel.years.tolist() == [2020, 2021, 2030]
    assert panel.status[:, 2].tolist() == ["missing", "missing"]
    assert cities.panel("gdp", years=[2021]).status[2].tolist() == ["dropped"]  # by the report of 2020


def test_wrong_arguments_are_named(cities):
    for arguments, message in [
        (("gdp", "speed"), "measure"),
        (("gdp", "growth", "hope"), "kind"),
        (("",), "indicator"),
    ]:
        with pytest.raises(ValueError, match=message):
            cities.panel(*arguments)
    with pytest.raises(ValueError, match="level"):
        cities.panel("gdp", level="city")
    with pytest.raises(TypeError, match="indicator"):
        cities.panel(3)
    with pytest.raises(ValueError, match="rule"):
        cities.panel("gdp").points("high")
    with pytest.raises(ValueError, match="against"):
        cities.amplification("gdp", against="neighbour")
    with pytest.raises(ValueError, match="indicators"):
        cities.target_table(indicators="gdp")


def test_an_indicator_without_a_code_is_found_by_its_phrase():
    corpus = corpus_of(("常州市", 2021, "夜市摊位数增长8%。"))
    panel = corpus.panel("夜市摊位数")
    assert panel.indicator_code == "" and panel["常州市", 2021] == 8


def test_words_added_at_run_time_count():
    words = cz.vocabulary(
        [{"type": "indicator", "code": "stalls", "name": "夜市摊位数", "aliases": "地摊规模"}]
    )
    sources = [
        ("a", text("常州市", 2021, "地摊规模增长8%。")),
        ("b", text("无锡市", 2021, "夜市摊位数增长9%。")),
    ]
    panel = cz.read_corpus(sources, vocabulary=words).panel("stalls")
    assert panel.values.tolist() == [[9.0], [8.0]] and panel.indicator == "夜市摊位数"


# ---- which figure counts ----


def test_other_regions_other_years_and_parts_do_not_count():
    corpus = corpus_of(
        ("常州市", 2021, "溧阳市地区生产总值增长9%，地区生产总值增长6%。到2025年，地区生产总值年均增长7%。"),
    )
    assert corpus.panel("gdp").values.tolist() == [[6.0]]


def test_the_headline_precedes_what_follows():
    corpus = corpus_of(("常州市", 2021, "地区生产总值增长6%以上，力争7%。"))
    panel = corpus.panel("gdp")
    assert panel.values.tolist() == [[6.0]] and panel.bound.tolist() == [["at_least"]]


def test_units_are_brought_together():
    corpus = corpus_of(
        ("常州市", 2021, "", "2020年，地区生产总值达7805.3亿元。"),
        ("苏州市", 2021, "", "2020年，地区生产总值突破2万亿元。"),
    )
    panel = corpus.panel("gdp", "level", "outcome")
    assert (
        panel.unit == "元"
        and panel["常州市", 2020] == pytest.approx(7805.3e8)
        and panel["苏州市", 2020] == 2e12
    )
    row = panel.row("苏州市")
    assert (panel.lo[row, 0], panel.hi[row, 0]) == (2e12, np.inf)
    alone = corpus_of(("常州市", 2021, "", "2020年，地区生产总值达7805.3亿元。")).panel(
        "gdp", "level", "outcome"
    )
    assert alone.unit == "亿元" and alone["常州市", 2020] == 7805.3


# ---- regions through the years ----


def test_a_renamed_region_keeps_its_row():
    corpus = corpus_of(
        ("襄樊市", 2010, "地区生产总值增长12%。"),
        ("襄阳市", 2011, "地区生产总值增长13%。"),
        ("毕节地区", 2011, "地区生产总值增长14%。"),
        ("毕节市", 2012, "地区生产总值增长15%。"),
    )
    panel = corpus.panel("gdp")
    assert panel.regions.tolist() == ["襄阳市", "毕节市"]
    np.testing.assert_array_equal(panel.values, [[12, 13, math.nan], [math.nan, 14, 15]])
    assert panel["襄樊市", 2010] == 12 and panel["毕节地区", 2012] == 15 and panel["522400", 2012] == 15
    table = panel.to_table()
    stated = table[table["status"] == "stated"]
    assert list(zip(stated["region_code"], stated["region"], stated["year"].tolist())) == [
        ("420600", "襄樊市", 2010), ("420600", "襄阳市", 2011), ("522400", "毕节地区", 2011), ("520500", "毕节市", 2012),
    ]  # fmt: skip
    assert set(table["area_code"]) == {"420600", "520500"}
    documents = corpus.documents
    assert documents["region_code"].tolist() == ["420600", "420600", "522400", "520500"]
    assert documents["area_code"].tolist() == ["420600", "420600", "520500", "520500"]


def test_areas_join_codes_only_where_nothing_else_fits():
    known = areas()
    assert known.identity("522400") == "520500" and known.at("520500", 2005) == ("522400", "毕节地区")
    assert known.identity("420621") == known.identity("420607")  # 襄阳县, 襄阳区, 襄州区
    assert known.names("420607") == ["襄阳县", "襄阳区", "襄州区"]
    assert known.identity("522401") != "520500"  # the county-level city of the same name
    assert known.identity("371200") == "371200" and known.at("371200", 2022) == ("371200", "莱芜市")
    assert (
        known.identity("999999") == "999999"
        and known.at("999999", 2000) == ("999999", "")
        and "999999" not in known
    )
    assert known.at("420600", 1995)[1] == "襄樊市" and known.at("420600", None)[1] == "襄阳市"
    assert known.ancestors("320402", 2020) == ["320400", "320000", "000000"] and known.parent("000000") == ""
    table = cz.regions()
    codes = table["code"].tolist()
    for code, year in zip(codes, table["first_year"].tolist()):
        assert known.at(known.identity(code), year)[0] == code or codes.count(code) > 1, code


# ---- comparisons ----


def test_points_follow_the_rule(cities):
    panel = cities.panel("gdp")
    assert (
        panel.points()[2, 1] == 6.75
        and panel.points("low")[2, 1] == 6.5
        and panel.points("wording")[2, 1] == 6.75
    )
    assert np.isnan(panel.points()[2, 2])


def test_moves_and_counts(cities):
    panel = cities.panel("gdp")
    assert panel.moves().tolist() == [
        ["", "", "kept", ""],
        ["", "", "kept", ""],
        ["", "cut", "dropped", "new"],
    ]
    worded = panel.moves("wording")
    assert worded[0].tolist() == ["", "", "raised", ""] and worded[1].tolist() == ["", "", "cut", ""]
    table = panel.changes("wording")
    row = table[table["year"] == 2021].to_pylist()[0]
    assert row == {"year": 2021, "compared": 2, "raised": 1, "kept": 0, "cut": 1, "new": 0, "dropped": 1}
    assert panel.changes("low").to_pylist()[1]["cut"] == 1


def test_hard_and_soft_words(cities):
    panel = cities.panel("gdp")
    assert panel.hardness[1].tolist() == [0, 1, -1, 0]
    words = cz.vocabulary([{"type": "hardness", "name": "about", "value": 1}])
    sources = [(report.title, report.text) for report in cities.reports]
    other = cz.read_corpus(sources, vocabulary=words).panel("gdp")
    assert other.hardness[1].tolist() == [0, 1, 1, 0] and other.moves("wording")[1, 2] == "kept"


def test_a_gap_in_the_years_is_no_comparison():
    corpus = corpus_of(("常州市", 2018, "地区生产总值增长7%。"), ("常州市", 2020, "地区生产总值增长6%。"))
    assert corpus.panel("gdp").moves().tolist() == [["", ""]]


def test_means_simple_and_weighted(cities):
    panel = cities.panel("gdp", level="prefecture", years=[2020, 2021])
    rows = panel.mean(weights=[3, 1]).to_pylist()
    assert [row["mean"] for row in rows] == [6.375, 6.0] and [row["count"] for row in rows] == [2, 1]
    assert [row["weighted_mean"] for row in rows] == [(3 * 6 + 6.75) / 4, 6.0]
    assert [row["weighted_mean"] for row in panel.mean(weights=[3, 1], rule="low").to_pylist()] == [
        6.125,
        6.0,
    ]
    per_cell = panel.mean(weights=[[1, 0], [0, 1]]).to_pylist()
    assert per_cell[0]["weighted_mean"] == 6 and math.isnan(per_cell[1]["weighted_mean"])
    assert math.isnan(panel.mean()["weighted_mean"][0])
    with pytest.raises(ValueError, match="negative"):
        panel.mean(weights=[-1, 1])
    with pytest.raises(ValueError, match="shape"):
        panel.mean(weights=[1, 2, 3])


def test_means_of_groups(cities):
    panel = cities.panel("gdp", years=[2020])
    groups = {row["group"]: row["mean"] for row in panel.mean(by="level")}
    assert groups == {"province": 6.0, "prefecture": 6.375}
    assert {row["group"]: row["count"] for row in panel.mean(by="parent")} == {"江苏省": 2, "全国": 1}
    assert panel.mean(by=lambda code: code[:2])["group"].tolist() == ["32"]
    with pytest.raises(ValueError, match="by"):
        panel.mean(by="colour")


def test_weights_from_another_panel_are_aligned():
    corpus = corpus_of(
        ("常州市", 2021, "地区生产总值增长6%。", "2020年，地区生产总值达7000亿元。"),
        ("常州市", 2022, "地区生产总值增长5%。", "2021年，地区生产总值达8000亿元。"),
        ("苏州市", 2022, "地区生产总值增长7%。", "2021年，地区生产总值达24000亿元。"),
    )
    panel, levels = corpus.panel("gdp"), corpus.panel("gdp", "level", "outcome")
    rows = panel.mean(weights=levels).to_pylist()
    assert rows[0]["weighted_mean"] == pytest.approx(
        (8000 * 6) / 8000
    )  # of 2021: only Changzhou has a target
    assert math.isnan(rows[1]["weighted_mean"])  # levels of 2022 are not known yet


# ---- targets and outcomes ----


def test_track_puts_outcomes_beside_targets(cities):
    rows = cities.track("gdp").to_pylist()
    assert [(row["region"], row["year"]) for row in rows] == [
        ("江苏省", 2020),
        ("无锡市", 2020),
        ("常州市", 2019),
        ("常州市", 2020),
    ]
    jiangsu, wuxi, first, second = rows
    assert (jiangsu["target"], jiangsu["outcome"], jiangsu["gap"], jiangsu["verdict"]) == (
        6.0,
        3.7,
        -2.3,
        "missed",
    )
    assert wuxi["outcome_kind"] == "estimate" and wuxi["verdict"] == "missed"
    assert (first["gap"], first["verdict"]) == (-0.2, "missed")
    assert math.isnan(second["target"]) and math.isnan(second["gap"]) and second["verdict"] == "missed"
    assert (second["target_lo"], second["target_hi"]) == (6.5, 7.0)
    assert "【4.5%】" in cities.reports[second["outcome_document"]].evidence(second["outcome_row"])


def test_track_of_everything_and_of_what_is_not_stated(cities):
    rows = cities.track().to_pylist()
    assert {row["indicator_code"] for row in rows} == {"gdp", "budget_revenue"}
    row = next(row for row in rows if row["indicator_code"] == "budget_revenue")
    assert row["verdict"] == "not_stated" and row["outcome_row"] == -1 and math.isnan(row["outcome"])
    assert len(cities.track("cpi")) == 0 and cities.track("cpi").columns == cities.track().columns


@pytest.mark.parametrize(
    ("goal", "outcome", "gap", "verdict"),
    [
        ("居民消费价格涨幅控制在3%以内", "居民消费价格上涨2.1%", 0.9, "met"),
        ("城镇调查失业率控制在5.5%以内", "城镇调查失业率为5.6%", -0.1, "missed"),
        ("城镇新增就业11万人以上", "城镇新增就业12.5万人", 1.5, "met"),
        ("城镇新增就业11万人以上", "城镇新增就业超过11万人", 0.0, "met"),
        ("粮食产量1.3万吨", "粮食产量13500吨", 0.05, "met"),
    ],
)
def test_verdicts_know_directions_bounds_and_units(goal, outcome, gap, verdict):
    corpus = corpus_of(("常州市", 2020, goal + "。"), ("常州市", 2021, "", "2020年，" + outcome + "。"))
    row = corpus.track().to_pylist()[0]
    assert row["gap"] == pytest.approx(gap) and row["verdict"] == verdict
    assert row["unit"] in row["target_text"] or row["unit"] == "%"


def test_strict_verdicts_know_rounding():
    corpus = corpus_of(
        ("常州市", 2020, "地区生产总值增长6.5%以上。"), ("常州市", 2021, "", "2020年，地区生产总值增长6.5%。")
    )
    assert corpus.track("gdp")["verdict"].tolist() == ["met"]
    assert corpus.track("gdp", mode="strict")["verdict"].tolist() == ["undecidable"]


def test_amplification_down_the_hierarchy(cities):
    rows = cities.amplification("gdp").to_pylist()
    assert [(row["region"], row["year"], row["amplification"]) for row in rows] == [
        ("无锡市", 2020, 0.0), ("无锡市", 2021, 0.0), ("常州市", 2020, 0.75),
    ]  # fmt: skip
    assert (rows[2]["lo"], rows[2]["hi"]) == (0.5, 1.0) and math.isnan(rows[2]["own"])
    assert (
        rows[0]["parent"] == "江苏省"
        and rows[0]["parent_bound"] == "about"
        and rows[0]["own_bound"] == "at_least"
    )
    nation = corpus_of(("全国", 2020, "国内生产总值增长5.5%。"), ("常州市", 2020, "地区生产总值增长7%。"))
    assert len(nation.amplification("gdp")) == 0
    assert nation.amplification("gdp", against="nation")["amplification"].tolist() == [1.5]


def test_a_parent_that_changed_is_that_of_the_year():
    corpus = corpus_of(
        ("安徽省", 2011, "地区生产总值增长10%。"), ("合肥市", 2013, "地区生产总值增长12%。"),
        ("巢湖市", 2011, "地区生产总值增长13%。"), ("巢湖市", 2013, "地区生产总值增长14%。"),
    )  # fmt: skip
    rows = corpus.amplification("gdp").to_pylist()
    assert {(row["region_code"], row["year"], row["parent"], row["amplification"]) for row in rows} == {
        ("341400", 2011, "安徽省", 3.0), ("340181", 2013, "合肥市", 2.0),
    }  # fmt: skip


# ---- tables ----


def test_target_table(cities):
    table = cities.target_table(2021)
    assert table.columns[:7] == [
        "region",
        "region_code",
        "level",
        "year",
        "gdp",
        "gdp_wording",
        "gdp_stretch",
    ]
    rows = {row["region"]: row for row in table.to_pylist()}
    assert rows["江苏省"]["gdp"] == 6.0 and rows["江苏省"]["gdp_wording"] == "6%以上"
    assert math.isnan(rows["常州市"]["gdp"]) and rows["常州市"]["budget_revenue"] == 5.0
    assert len(cities.target_table()) == 8 and len(cities.target_table(2021, level="province")) == 1
    assert "from_tasks" in table.columns and not any(table["from_tasks"])
    narrow = cities.target_table(2021, indicators=["household_income"])
    assert (
        "与经济增长同步"
        in {row["region"]: row for row in narrow.to_pylist()}["常州市"]["household_income_wording"]
    )


# Province, GDP, prices, jobs (万人), unemployment, revenue, retail sales, investment of 2025; None: not stated as a number.
PROVINCES = {
    "北京市": ("5%左右", "2%左右", "26万", "控制在5%以内", "4%左右", None, None),
    "天津市": ("5%左右", "2%左右", "30万人", "5.5%左右", "3%左右", None, "3%左右"),
    "河北省": ("5%以上", "2%左右", "86万人", "5.5%左右", "2%左右", "5%左右", "5.5%左右"),
    "山西省": ("5%左右", "2%左右", "45万人", "5.5%左右", None, "5%以上", "6%以上"),
    "内蒙古自治区": ("6%左右", "2%左右", "18万人以上", "5.5%左右", "4%以上", None, "10%左右"),
    "吉林省": ("5.5%左右", "2%左右", "21万人", "5.5%左右", "3%左右", "6%左右", "5%左右"),
    "上海市": ("5%左右", "2%左右", "60万人以上", "5%以内", "2%", None, None),
    "安徽省": ("5.5%以上", "2%左右", "68万人左右", "5.5%左右", "2%左右", "5.5%左右", "5%左右"),
    "江西省": ("5%左右", "2%左右", "41万人", "5.5%左右", None, "5%左右", "5%左右"),
    "山东省": ("5%以上", None, "110万人以上", "5.5%左右", "3%", None, None),
    "广东省": ("5%左右", "2%左右", "110万人以上", "5.5%左右", "3%", "5%左右", None),
    "广西壮族自治区": ("5%左右", "2%左右", "32万人以上", "5.5%左右", None, None, "3%"),
    "四川省": ("5.5%以上", "2%左右", "85万人", "5.5%左右", "2%", None, None),
    "云南省": ("5%左右", None, "50万人以上", "5.5%以内", "2%", None, None),
    "宁夏回族自治区": ("5.5%左右", "2%左右", "8万人以上", "5.5%左右", "3%左右", "5%左右", "6%以上"),
    "新疆维吾尔自治区": ("6%左右", "2%左右", "46万人以上", "控制在5.5%以内", "10%左右", "5%左右", "10%左右"),
}


def test_the_sixteen_provinces_of_2025(shared):
    """One call gives the table as analysts publish it."""
    table = cz.read_corpus(shared / "corpus" / "province_2025").target_table(2025)
    codes = [name[: -len("_wording")] for name in table.columns if name.endswith("_wording")]
    assert len(table) == 16 and set(table["level"]) == {"province"} and len(codes) == 7
    wrong = []
    for row in table.to_pylist():
        for code, expected in zip(codes, PROVINCES[row["region"]]):
            wording, value = row[code + "_wording"].replace("％", "%"), row[code]
            number = math.nan if expected is None else float(re.search(r"[\d.]+", expected)[0])
            said = expected is None or expected in wording
            if not said or not (value == number or math.isnan(value) and math.isnan(number)):
                wrong.append((row["region"], code, wording, value, expected))
    assert not wrong
    assert {row["region"] for row in table if row["gdp_stretch"]} == {"安徽省", "北京市"}
    assert {row["region"] for row in table if "new_urban_jobs" in row["from_tasks"]} == {
        "北京市", "河北省", "吉林省", "上海市", "江西省", "宁夏回族自治区",
    }  # fmt: skip


def test_word_files_give_the_rows_of_their_texts(shared):
    pairs = [
        (path, shared / "corpus" / "province_2025" / f"{path.stem}.txt")
        for path in sorted((shared / "corpus" / "province_2025_docx").glob("*.docx"))
    ]
    assert len(pairs) == 3
    for word, plain in pairs:
        one, other = cz.read_corpus([word]).target_table(), cz.read_corpus([plain]).target_table()
        columns = [name for name in one.columns if name != "document"]
        assert one[columns].equals(other[columns])


def test_the_state_council_hit_and_missed(shared):
    """All pairs for which the reports of two years in a row are there."""
    corpus = cz.read_corpus(shared / "corpus" / "national")
    years = set(corpus.documents["year"].tolist())
    rows = corpus.track("gdp").to_pylist()
    assert {row["year"] for row in rows} == {year for year in years if year + 1 in years} == {2022}
    row = rows[0]
    assert (row["target"], row["bound"], row["outcome"], row["gap"], row["verdict"]) == (
        5.5,
        "about",
        3.0,
        -2.5,
        "missed",
    )


def test_frames_and_pages(cities):
    pytest.importorskip("pandas")
    panel = cities.panel("gdp")
    frame = panel.to_pandas()
    assert frame.loc[("320400", "常州市"), 2022] == 6.5 and list(frame.columns) == [2019, 2020, 2021, 2022]
    assert panel.to_pandas("status").loc[("320400", "常州市"), 2021] == "dropped"
    with pytest.raises(ValueError, match="field"):
        panel.to_pandas("colour")
    page = panel._repr_html_()
    assert "6.5%—7%" in page and "<caption>地区生产总值" in page and "dropped" in page
    assert repr(panel).startswith(
        "<czreport.Panel: 地区生产总值, growth, target, 3 regions × 4 years: 7 stated"
    )


def test_an_empty_corpus_has_empty_tables():
    corpus = cz.read_corpus([])
    assert len(corpus) == 0 and len(corpus.statements) == 0 and "report_year" in corpus.statements.columns
    assert (
        corpus.panel("gdp").shape == (0, 0) and len(corpus.track()) == 0 and len(corpus.target_table()) == 0
    )
    assert len(corpus.amplification("gdp")) == 0 and len(corpus.audit().findings) == 0
    assert len(corpus.panel("gdp").changes()) == 0 and len(corpus.panel("gdp").mean()) == 0
    assert "no years" in repr(corpus)
