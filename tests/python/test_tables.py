"""The vocabulary's data files and the tables generated from them."""

import csv
import importlib.util
import shutil
import subprocess
import sys

import pytest

FILES = ("cues.tsv", "units.tsv", "indicators.tsv", "regions.tsv", "identities.tsv")


@pytest.fixture(scope="module")
def core(root):
    return root / "czcore"


def generate(core, *arguments):
    command = [sys.executable, str(core / "tools" / "gen_tables.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env={"PYTHONIOENCODING": "utf-8"})


def rows_of(core, name):
    with open(core / "data" / name, encoding="utf-8", newline="") as file:
        lines = [line.rstrip("\r\n") for line in file]
    lines = [line for line in lines if line and not line.startswith("#")]
    header = lines[0].split("\t")
    return header, [dict(zip(header, line.split("\t"))) for line in lines[1:]]


@pytest.fixture(scope="module")
def indicators(core):
    return rows_of(core, "indicators.tsv")[1]


def words_of(row, first):
    return [row[first], *filter(None, row["aliases"].split("|"))]


@pytest.fixture
def copy(core, tmp_path):
    """A copy of the data files, to be spoiled."""
    for name in FILES:
        shutil.copy(core / "data" / name, tmp_path / name)
    return tmp_path


def spoil(copy, name, row):
    """Appends a row and returns its place as messages name it."""
    path = copy / name
    text = path.read_text(encoding="utf-8").rstrip("\n") + "\n"
    path.write_text(text + "\t".join(row) + "\n", encoding="utf-8")
    return f"{name}:{text.count(chr(10)) + 1}:"


# ---- generated files ----


def test_tables_are_fresh(core):
    result = generate(core, "--check")
    assert result.returncode == 0, result.stderr


def test_generation_is_deterministic(core, copy, tmp_path):
    outs = [tmp_path / "one", tmp_path / "two"]
    for out in outs:
        out.mkdir()
        assert generate(core, "--data", copy, "--out", out).returncode == 0
    for name in ("tables.c", "tables.h"):
        assert (outs[0] / name).read_bytes() == (outs[1] / name).read_bytes()


def test_line_ends_do_not_change_the_tables(core, copy, tmp_path):
    for name in FILES:
        (copy / name).write_bytes((copy / name).read_bytes().replace(b"\n", b"\r\n"))
    result = generate(core, "--check", "--data", copy)
    assert result.returncode == 0, result.stderr


def test_check_names_the_stale_file_and_writes_nothing(core, copy, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    assert generate(core, "--data", copy, "--out", out).returncode == 0
    spoil(copy, "cues.tsv", ("试验词", "RISE", "1", ""))
    before = (out / "tables.c").read_bytes()
    result = generate(core, "--check", "--data", copy, "--out", out)
    assert result.returncode == 1
    assert "tables.c is stale" in result.stderr
    assert "tables.h is stale" not in result.stderr
    assert (out / "tables.c").read_bytes() == before


def test_a_new_class_makes_the_header_stale(core, copy):
    spoil(copy, "cues.tsv", ("试验词", "ZZ_TRIAL", "", ""))
    result = generate(core, "--check", "--data", copy)
    assert result.returncode == 1
    assert "tables.h is stale" in result.stderr


def test_generated_rows_name_their_source(core):
    text = (core / "src" / "lexicon" / "tables.c").read_text(encoding="utf-8")
    assert "}, /* gdp */" in text
    assert "}, /* 320400 常州市 */" in text
    assert "}, /* 个百分点 */" in text


# ---- data that cannot be right ----

GOOD_INDICATOR = ("trial", "试验指标", "Trial", "", "money", "亿元", "flow", "real", "higher", "macro")


def indicator(**changes):
    columns = (
        "code",
        "name",
        "name_en",
        "aliases",
        "dimension",
        "unit",
        "nature",
        "basis",
        "direction",
        "category",
    )
    row = dict(zip(columns, GOOD_INDICATOR))
    row.update(changes)
    return tuple(row.values())


def test_the_row_that_the_spoiled_ones_vary_is_good(core, copy, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    spoil(copy, "indicators.tsv", indicator())
    result = generate(core, "--data", copy, "--out", out)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("name", "row", "message"),
    [
        ("indicators.tsv", indicator(code="gdp"), "duplicate code 'gdp'"),
        ("indicators.tsv", indicator(name="地区生产总值"), "duplicate name or alias '地区生产总值'"),
        ("indicators.tsv", indicator(aliases="甲乙丙|ＧＤＰ"), "duplicate name or alias 'ＧＤＰ'"),
        ("indicators.tsv", indicator(aliases="甲乙丙||丁"), "a word without characters"),
        ("indicators.tsv", indicator(aliases="甲 乙"), "holds a blank"),
        ("indicators.tsv", indicator(aliases="𠮷祥数"), "holds a character"),
        ("indicators.tsv", indicator(name="数" * 33), "more than 32 characters"),
        ("indicators.tsv", indicator(code="Trial"), "not a lower-case identifier"),
        ("indicators.tsv", indicator(dimension="moneys"), "unknown dimension 'moneys'"),
        ("indicators.tsv", indicator(nature="stocks"), "unknown nature 'stocks'"),
        ("indicators.tsv", indicator(basis="current"), "unknown basis 'current'"),
        ("indicators.tsv", indicator(direction="up"), "unknown direction 'up'"),
        ("indicators.tsv", indicator(category="other"), "unknown category 'other'"),
        ("indicators.tsv", indicator(name_en=""), "name_en is empty"),
        ("indicators.tsv", indicator(name_en=" Trial"), "blanks around name_en"),
        ("indicators.tsv", indicator()[:-1], "9 fields, expected 10"),
        ("units.tsv", ("元", "yuan", "money", "元", "1", "MONEY", ""), "has a second canonical unit"),
        ("units.tsv", ("元 ", "yuan", "money", "元", "1", "MONEY", ""), "blanks around unit"),
        ("units.tsv", ("贯", "string", "money", "元", "1", "MONEYS", ""), "unknown class 'MONEYS'"),
        ("units.tsv", ("贯", "string", "cash", "元", "1", "MONEY", ""), "unknown dimension 'cash'"),
        ("units.tsv", ("贯", "string", "money", "文", "1", "MONEY", ""), "unknown canonical unit '文'"),
        ("units.tsv", ("贯", "string", "money", "元", "1,5", "MONEY", ""), "bad number '1,5'"),
        ("units.tsv", ("贯", "string", "money", "元", "0", "MONEY", ""), "bad number '0'"),
        ("units.tsv", ("贯", "string", "money", "元", "12345678901234567891", "MONEY", ""), "bad number"),
        ("units.tsv", ("贯", "string", "money", "元", "2", "MONEY", "美元"), "duplicate unit '美元'"),
        ("cues.tsv", ("增长", "RISE", "1", ""), "has the class RISE already"),
        ("cues.tsv", ("试验词", "Rise", "1", ""), "not an upper-case identifier"),
        ("cues.tsv", ("试验词", "RISE", "1.5", ""), "bad number '1.5'"),
        ("cues.tsv", ("试验词", "RISE", "40000", ""), "is not in -32768"),
        ("cues.tsv", ("", "RISE", "1", ""), "word is empty"),
        (
            "regions.tsv",
            ("320400", "常州市", "常州", "2", "320000", "2000", "9999"),
            "duplicate code and name",
        ),
        (
            "regions.tsv",
            ("320400", "新常州市", "", "3", "320000", "2000", "9999"),
            "code 320400 with two levels",
        ),
        (
            "regions.tsv",
            ("329900", "试验市", "", "2", "330001", "2000", "9999"),
            "parent 330001 is not a region",
        ),
        (
            "regions.tsv",
            ("329900", "试验市", "", "2", "320400", "2000", "9999"),
            "parent 320400 is not a region",
        ),
        ("regions.tsv", ("329900", "试验市", "", "2", "320000", "2010", "2009"), "number 2009 is not in"),
        ("identities.tsv", ("gdp", "sums", "exports|imports", "", "always", ""), "unknown kind 'sums'"),
        ("identities.tsv", ("gdp", "sum", "exports|import", "", "always", ""), "unknown indicator 'import'"),
        ("identities.tsv", ("gdp", "sum", "exports", "", "always", ""), "1 parts, expected 2 to 4"),
        ("identities.tsv", ("gdp", "share", "a|b|c", "", "always", ""), "3 parts, expected 2 to 2"),
        ("identities.tsv", ("gdp", "sum", "exports|exports", "", "always", ""), "an indicator occurs twice"),
        ("identities.tsv", ("gdp", "sum", "gdp|exports", "", "always", ""), "an indicator occurs twice"),
        ("identities.tsv", ("gdp", "per_head", "exports|imports", "", "always", ""), "per_head needs a scale"),
        ("identities.tsv", ("gdp", "sum", "exports|imports", "2", "always", ""), "per_head needs a scale"),
        ("identities.tsv", ("gdp", "sum", "exports|imports", "", "never", ""), "unknown certainty 'never'"),
        ("regions.tsv", ("32990x", "试验市", "", "2", "320000", "2010", "9999"), "bad number '32990x'"),
    ],
)
def test_bad_rows_are_reported_with_their_place(core, copy, tmp_path, name, row, message):
    out = tmp_path / "out"
    out.mkdir()
    place = spoil(copy, name, row)
    result = generate(core, "--data", copy, "--out", out)
    assert result.returncode == 1
    assert message in result.stderr
    assert place in result.stderr
    assert list(out.iterdir()) == []


def test_wrong_columns_are_reported(core, copy):
    text = (copy / "units.tsv").read_text(encoding="utf-8")
    (copy / "units.tsv").write_text(text.replace("name_en", "english", 1), encoding="utf-8")
    result = generate(core, "--check", "--data", copy)
    assert result.returncode == 1
    assert "units.tsv:1: expected the columns" in result.stderr


def test_bytes_that_are_not_utf8_are_reported(core, copy):
    with open(copy / "cues.tsv", "ab") as file:
        file.write(b"\xd4\xf6\xb3\xa4\tRISE\t1\t\n")
    result = generate(core, "--check", "--data", copy)
    assert result.returncode == 1
    assert "cues.tsv: invalid UTF-8 at byte" in result.stderr


def test_a_missing_file_is_reported(core, copy):
    (copy / "regions.tsv").unlink()
    result = generate(core, "--check", "--data", copy)
    assert result.returncode == 1
    assert "regions.tsv" in result.stderr
    assert "Traceback" not in result.stderr


# ---- hashing, which C code repeats ----


def test_factors_are_exact(core):
    spec = importlib.util.spec_from_file_location("gen_tables", core / "tools" / "gen_tables.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.factor("1", "x") == (1, 0)
    assert module.factor("0.0005", "x") == (5, -4)
    assert module.factor("1609.344", "x") == (1609344, -3)
    assert module.factor("66666666666666667e-14", "x") == (66666666666666667, -14)
    assert module.factor("1e15", "x") == (1, 15)
    # One sixth of a hair of precision: a mu is 2000 / 3 square metres.
    mantissa, exponent = module.factor("66666666666666667e-14", "x")
    assert abs(3 * mantissa * 10.0**exponent - 2000) < 1e-9


# ---- what is in the data ----


def test_the_registry_is_large_and_complete(core, indicators):
    header, _ = rows_of(core, "indicators.tsv")
    assert len(indicators) >= 280
    assert sum(len(words_of(row, "name")) for row in indicators) >= 1500
    for row in indicators:
        assert set(row) == set(header)
        for column in header:
            assert row[column] or column in ("aliases", "basis"), (row["code"], column)


def test_every_code_in_use_is_registered_under_its_name(indicators, shared):
    words = {word: row["code"] for row in indicators for word in words_of(row, "name")}
    with open(shared / "truth" / "codes.csv", encoding="utf-8", newline="") as file:
        wanted = list(csv.DictReader(file))
    assert len(wanted) > 40
    assert [row["code"] for row in wanted if words.get(row["name"]) != row["code"]] == []


def test_annotated_phrases_lead_to_their_code(indicators, shared):
    import json

    words = {word: row["code"] for row in indicators for word in words_of(row, "name")}
    wrong = []
    for path in sorted((shared / "gold").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row.get("code") and "|" not in row["indicator"]:
                phrase = row["indicator"].replace(" ", "")
                if words.get(phrase, "") != row["code"]:
                    wrong.append((phrase, row["code"], words.get(phrase)))
    assert wrong == []


def test_growth_words_are_left_to_the_grammar(indicators):
    """An alias that swallows 增速 or 涨幅 would hide that the number is a rate of growth."""
    for row in indicators:
        for word in words_of(row, "name"):
            if not word.startswith("经济增"):
                assert not word.endswith(("增速", "涨幅", "增幅", "降幅", "增长")), (row["code"], word)


def test_real_and_nominal_only_where_growth_can_be_either(indicators):
    for row in indicators:
        if row["basis"]:
            assert row["dimension"] in (
                "money",
                "currency",
                "price",
                "energy_intensity",
                "water_intensity",
                "percent",
            ), row


def test_provinces_and_years_of_regions(core):
    _, regions = rows_of(core, "regions.tsv")
    provinces = [row for row in regions if row["level"] == "1"]
    assert len(provinces) == 34
    assert all(row["parent"] == "000000" and row["short"] for row in provinces)
    assert {"北京", "内蒙古", "广西", "西藏", "宁夏", "新疆", "香港", "澳门", "台湾"} <= {
        row["short"] for row in provinces
    }
    names = {row["name"] for row in regions}
    assert "中朝共有" not in names
    assert {"全国", "襄樊市", "襄阳市", "思茅市", "普洱市", "金坛市", "金坛区"} <= names
    by_code = {}
    for row in regions:
        assert int(row["first_year"]) <= int(row["last_year"]), row
        by_code.setdefault(row["code"], []).append(row)
    assert all(sum(row["last_year"] == "9999" for row in rows) <= 1 for rows in by_code.values())


def test_ordinary_words_are_no_short_names_of_counties(core):
    _, regions = rows_of(core, "regions.tsv")
    short = {row["short"] for row in regions if row["level"] == "3" and row["short"] != row["name"]}
    assert not short & {
        "和平",
        "新华",
        "建设",
        "解放",
        "胜利",
        "合作",
        "光明",
        "振兴",
        "平安",
        "文化",
        "城东",
        "江北",
    }
    assert {"溧阳", "武进", "金坛", "昆山"} <= short
