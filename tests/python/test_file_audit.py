"""The audit of files: every planted fault of every kind is found, and nothing else."""

import dataclasses
import importlib.util
import itertools
import pathlib
import random

import numpy as np
import pytest

import czreport as cz
from czreport.corpus import similarity

_path = pathlib.Path(__file__).resolve().parent.parent / "tools" / "synthetic.py"
_spec = importlib.util.spec_from_file_location("synthetic", _path)
synthetic = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(synthetic)

CITIES = [
    ("江苏省", city)
    for city in ("南京市", "无锡市", "徐州市", "常州市", "苏州市", "南通市", "扬州市", "镇江市")
]
CITIES += [
    ("浙江省", city)
    for city in ("杭州市", "宁波市", "温州市", "嘉兴市", "湖州市", "绍兴市", "金华市", "台州市")
]
YEARS = range(2005, 2024)


@pytest.fixture(scope="module")
def paragraphs():
    return synthetic.pool(4000)


@dataclasses.dataclass
class Planted:
    """A folder of reports, and the findings that it must give: (rule, names of the files)."""

    folder: pathlib.Path
    expected: set
    count: int = 0


@pytest.fixture(scope="module")
def planted(tmp_path_factory, paragraphs):
    folder = tmp_path_factory.mktemp("corpus")
    planted = Planted(folder, set())
    numbers = itertools.count()

    def text_of(region, year, level="prefecture", **options):
        return synthetic.report(
            region, year, paragraphs=paragraphs, seed=f"audit {next(numbers)}", level=level, **options
        )

    def write(name, text):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        assert not path.exists(), f"{name} is planted twice"
        path.write_text(text, encoding="utf-8")
        planted.count += 1
        return name

    def expect(rule, *names):
        planted.expected.add((rule, frozenset(names)))

    clean = {}
    for (province, city), year in itertools.product(CITIES, YEARS):
        text = clean[city, year] = text_of(city, year)
        write(f"{province}/{city}/{city}{year}.txt", text)
    for year in YEARS:
        write(f"江苏省/江苏省{year}.txt", text_of("江苏省", year, "province"))
    # Sound in other ways: a title with the year in Chinese numerals only in the name, an annex behind the text, a
    # signature, a folder that holds the reports of cities without their names.
    write(
        "福建省/福州市2010.txt",
        text_of("福州市", 2010)
        + "\n附件：\n名词解释\n政府工作报告名词解释\n主办单位：市发展改革委，各县区人民政府\n",
    )
    write("福建省/厦门市2010.txt", text_of("厦门市", 2010) + "\n市长\n2010年1月20日\n")
    lines = text_of("莆田市", 2010).splitlines()
    for at, page in ((12, 5), (20, 9), (28, 13)):
        lines.insert(at, f"政府工作报告 {page}")
    write("福建省/莆田市2010.txt", "\n".join(lines) + "\n")
    write("福建省/a.txt", text_of("泉州市", 2010))
    write("福建省/漳州2011.txt", text_of("漳州市", 2011, title=False).replace("会报告工作", "会报告漳州工作"))
    assert planted.count > 300

    # ---- faults ----
    for name, text in (("a", ""), ("b", " \n\u3000\n")):
        expect("empty", write(f"安徽省/合肥市/合肥市200{ord(name) - 96}.txt", text))
    for name, size in (("c", 100), ("d", 900)):
        expect(
            "stub",
            write(
                f"安徽省/合肥市/合肥市200{ord(name) - 96}.txt",
                text_of("合肥市", 2000 + ord(name) - 96)[:size],
            ),
        )
    # Two cities with one text, each under its name; and a copy one year later.
    one = write("山东省/济南市2015.txt", text_of("济南市", 2015))
    other = write("山东省/青岛市2015.txt", (folder / one).read_text("utf-8"))
    expect("duplicate", one, other)
    expect("wrong_region", other)
    expect("versions", one, other)  # both texts are the report of Jinan
    one = write("山东省/烟台市2015.txt", text_of("烟台市", 2015))
    other = write("山东省/烟台市2016.txt", (folder / one).read_text("utf-8"))
    expect("duplicate", one, other)
    expect("wrong_year", other)
    expect("versions", one, other)
    # The text of another city with its name exchanged and some figures and sentences changed.
    source = "浙江省/杭州市/杭州市2012.txt"
    rng = random.Random(5)
    lines = clean["杭州市", 2012].replace("杭州市", "潍坊市").splitlines()
    for at in rng.sample(range(5, len(lines) - 3), 4):
        lines[at] = rng.choice(paragraphs)
    expect("near_duplicate", source, write("山东省/潍坊市2012.txt", "\n".join(lines) + "\n"))
    # Wrong region, with and without a title that says so.
    expect("wrong_region", write("山东省/淄博市2014.txt", text_of("济宁市", 2014)))
    silent = text_of("泰安市", 2014, title=False).replace("公共服务", "泰安公共服务")
    assert silent.count("泰安") >= 3
    expect("wrong_region", write("山东省/威海市2014.txt", silent))
    # Wrong year, the same two ways.
    expect("wrong_year", write("山东省/日照市2018.txt", text_of("日照市", 2011)))
    expect(
        "wrong_year",
        write(
            "山东省/临沂市2019.txt",
            text_of("临沂市", 2009, title=False).replace("会报告工作", "会报告临沂工作"),
        ),
    )
    # Wrong level: the State Council's under a city, a province's under its city, a city's under its province.
    expect("wrong_level", write("河南省/郑州市2008.txt", text_of("全国", 2008, "nation")))
    expect("wrong_level", write("河南省/洛阳市2008.txt", text_of("河南省", 2008, "province")))
    expect("wrong_level", write("河南省2009.txt", text_of("开封市", 2009)))
    # Truncated: within a word, behind a comma, behind a sentence.
    whole = text_of("长沙市", 2010)
    middle = whole.index("，", len(whole) // 2)
    expect("truncated", write("湖南省/长沙市2010.txt", whole[: middle + 4]))
    expect(
        "truncated", write("湖南省/株洲市2010.txt", text_of("株洲市", 2010)[:4000].rpartition("，")[0] + "，")
    )
    review = text_of("湘潭市", 2010).partition("二、2010年工作安排")[0]
    expect("truncated", write("湖南省/湘潭市2010.txt", review))
    # Two documents in one file, with and without the second title.
    expect("mixed", write("湖南省/衡阳市2010.txt", text_of("衡阳市", 2010) + "\n" + text_of("邵阳市", 2010)))
    second = text_of("岳阳市", 2011).partition("\n")[2]
    expect("mixed", write("湖南省/岳阳市2010.txt", text_of("岳阳市", 2010) + second))
    # Two files for one region and year with different texts.
    expect(
        "versions",
        write("湖南省/常德市2010.txt", text_of("常德市", 2010)),
        write("湖南省/常德市2010年（修订）.txt", text_of("常德市", 2010)),
    )
    return planted


@pytest.fixture(scope="module")
def found(planted):
    corpus = cz.read_corpus(planted.folder)
    assert len(corpus) == planted.count and len(corpus.errors) == 0
    return corpus, corpus.audit(years=False, levels=False)


def names_of(planted, row):
    return frozenset(
        pathlib.Path(name).relative_to(planted.folder).as_posix() for name in row["doc_ids"].split("|")
    )


def test_every_planted_fault_is_found_and_none_is_invented(planted, found):
    _, audit = found
    got = [(row["rule"], names_of(planted, row)) for row in audit.findings]
    assert set(got) == planted.expected
    assert len(got) == len(set(got))
    kinds = {"empty", "stub", "duplicate", "near_duplicate", "wrong_region", "wrong_year", "wrong_level", "truncated", "mixed", "versions"}  # fmt: skip
    assert {rule for rule, _ in got} == kinds


def test_findings_come_with_evidence(planted, found):
    corpus, audit = found
    for row in audit.findings:
        assert row["message_zh"] and row["message_en"] and row["scope"] == "file"
        assert row["statements"] == [] and row["documents"]
        if row["rule"] not in ("empty", "versions"):
            text = " ".join(corpus.reports[row["documents"][0]].text.split())
            assert (
                row["evidence"].split("; ")[0].partition(": ")[2][:20] in text or row["evidence"][:20] in text
            ), row
    severities = audit.findings["severity"].tolist()
    assert severities == sorted(severities, key=("contradiction", "tension", "info").index)


def test_messages_name_both_sides(planted, found):
    _, audit = found
    messages = {(row["rule"], name): row for row in audit.findings for name in names_of(planted, row)}
    row = messages["wrong_level", "河南省/洛阳市2008.txt"]
    assert "洛阳市" in row["message_en"] and "河南省" in row["message_en"] and "above" in row["message_en"]
    assert "下级" in messages["wrong_level", "河南省2009.txt"]["message_zh"]
    assert "全国" in messages["wrong_level", "河南省/郑州市2008.txt"]["message_zh"]
    assert "2018" in messages["wrong_year", "山东省/日照市2018.txt"]["message_zh"]
    assert messages["duplicate", "山东省/济南市2015.txt"]["similarity"] == 1
    assert 0.5 <= messages["near_duplicate", "山东省/潍坊市2012.txt"]["similarity"] < 1


def test_the_longer_of_two_versions_is_chosen(tmp_path, paragraphs):
    short = synthetic.report("常州市", 2021, paragraphs=paragraphs, seed=1, size=20)
    long = synthetic.report("常州市", 2021, paragraphs=paragraphs, seed=1, size=40)
    for order in ((short, long), (long, short)):
        corpus = cz.read_corpus([(str(i), text) for i, text in enumerate(order)])
        number = order.index(long)
        assert corpus.documents["chosen"].tolist() == [i == number for i in range(2)]
        assert corpus.panel("gdp").documents.tolist() == [[number]]
        findings = corpus.audit(years=False, levels=False).findings
        assert (
            findings["rule"].tolist() == ["versions"] and f"panels take {number}" in findings["message_en"][0]
        )


def test_metadata_is_what_the_text_is_held_against(paragraphs):
    text = synthetic.report("常州市", 2021, paragraphs=paragraphs, seed=2)
    sources = [("x.txt", text)]
    assert len(cz.read_corpus(sources).audit().findings) == 0
    corpus = cz.read_corpus(sources, metadata={"x.txt": ("无锡市", 2020)})
    findings = corpus.audit().findings
    assert set(findings["rule"]) == {"wrong_region", "wrong_year"}
    assert all("metadata" in message for message in findings["message_en"])
    assert len(cz.read_corpus(sources, metadata={"x.txt": ("320400", 2021)}).audit().findings) == 0


def test_older_names_and_codes_of_a_region_are_no_fault(paragraphs):
    text = synthetic.report("襄樊市", 2005, paragraphs=paragraphs, seed=3)
    assert len(cz.read_corpus([("湖北省/襄樊2005.txt", text)]).audit().findings) == 0
    assert len(cz.read_corpus([("a", text)], metadata={"a": ("襄阳市", 2005)}).audit().findings) == 0
    text = synthetic.report("毕节地区", 2008, paragraphs=paragraphs, seed=4)
    assert len(cz.read_corpus([("a", text)], metadata={"a": ("520500", 2008)}).audit().findings) == 0


def test_real_reports_give_no_false_alarm(shared):
    corpus = cz.read_corpus(
        [shared / "corpus" / name for name in ("national", "province_2025", "province_2026")]
    )
    assert len(corpus) >= 28
    findings = corpus.audit(years=False, levels=False).findings
    assert findings["rule"].tolist() == [], findings["message_en"].tolist()


@pytest.mark.parametrize(("mentions", "wrong"), [(0, True), (3, True), (5, False), (40, False)])
def test_years_that_a_text_without_a_date_speaks_of(paragraphs, mentions, wrong):
    """A file of 2019 whose text names 2009 and the year before it 16 times."""
    body = "".join(paragraphs[:20]) + "2009年的工作。" * 8 + "2008年的情况。" * 8 + "2019年的展望。" * mentions
    findings = cz.read_corpus([("临沂2019.txt", "各位代表：\n" + body)]).audit().findings
    assert ("wrong_year" in findings["rule"]) == wrong


# ---- similarity ----


def jaccard(one, other, width=8):
    """The definition, on texts of characters that all count."""
    sets = [{text[i : i + width] for i in range(len(text) - width + 1)} for text in (one, other)]
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


def test_similarity_is_the_jaccard_index(paragraphs):
    keep = str.maketrans("", "", "，。、；：“”（）%.\n ")
    texts = [paragraph.translate(keep) for paragraph in paragraphs[:8]]
    texts.append(texts[0][:60] + texts[1][60:])
    for one, other in itertools.combinations(texts, 2):
        sets = [similarity.shingles(similarity.content(text)) for text in (one, other)]
        assert similarity.similarity(*sets) == pytest.approx(jaccard(one, other))


def test_width_blanks_and_marks_do_not_matter():
    one = similarity.content("２０２１年，常州市 ＧＤＰ\n增长6％。")
    assert "".join(map(chr, one)) == "2021年常州市GDP增长6"
    assert (
        len(similarity.content("，。\n")) == 0
        and len(similarity.shingles(similarity.content("七个字的短文字"))) == 0
    )


def test_groups_find_all_pairs_above_the_threshold(paragraphs):
    rng = random.Random(11)
    texts = []
    for _ in range(60):
        lines = [rng.choice(paragraphs) for _ in range(25)]
        texts.append(lines)
    for base, kept in ((3, 25), (7, 22), (11, 20), (15, 12), (19, 4)):
        lines = list(texts[base])
        for at in rng.sample(range(25), 25 - kept):
            lines[at] = rng.choice(paragraphs)
        texts.append(lines)
    codes = [similarity.content("".join(lines)) for lines in texts]
    sets = [similarity.shingles(code) for code in codes]
    expected = {
        (i, j): similarity.similarity(sets[i], sets[j])
        for i, j in itertools.combinations(range(len(sets)), 2)
        if similarity.similarity(sets[i], sets[j]) >= similarity.THRESHOLD
    }
    got = {group.members: group.similarity for group in similarity.groups(codes)}
    assert got == pytest.approx(expected) and (3, 60) in got and len(got) == 3


def test_many_copies_are_one_group_and_cost_little():
    text = similarity.content("同一篇文章被收进许多文件里，" * 40)
    other = similarity.content("另一篇文章只有一份，内容并不相同，" * 40)
    groups = similarity.groups([text] * 3000 + [other])
    assert len(groups) == 1 and groups[0].members == tuple(range(3000)) and groups[0].similarity == 1.0
    assert similarity.groups([np.zeros(0, np.uint32)] * 3) == []
