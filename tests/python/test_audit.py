"""The audit: the report it was made for, planted errors, reports whose figures fit, Python, command line."""

import csv
import io
import json
import math
import pickle
import random
import re
from fractions import Fraction

import pytest

import czreport as cz
from czreport._cli import main

# ---- Changzhou 2021 ----


@pytest.fixture(params=["digest", "report"], scope="module")
def changzhou(request):
    if request.param == "digest":
        return cz.load("changzhou-2021")
    shared = request.getfixturevalue("shared")
    return cz.read(shared / "seed/changzhou_2021.txt")


def found(audit, **wanted):
    """Findings with the given cells, each with the numbers that its statements print."""
    numbers = audit.report.quantities["number"]
    rows = [row for row in audit.findings.to_pylist() if all(row[k] == v for k, v in wanted.items())]
    for row in rows:
        row["numbers"] = [numbers[i] for i in row["statements"]]
    return rows


def test_the_only_contradiction_is_that_of_budget_revenue(changzhou):
    (one,) = found(changzhou.audit(), severity="contradiction")
    assert one["indicator_code"] == "budget_revenue" and one["numbers"] == ["1.3", "6.4"]
    # 1.3 times is at most 1.35, and 6.35 % a year make at least 1.3604.
    assert (one["implied_hi"] / 100 + 1) ** 5 == pytest.approx(1.35)
    assert one["stated_lo"] == pytest.approx(6.35)
    assert one["gap"] == pytest.approx(6.35 - ((1.35**0.2) - 1) * 100)
    assert "1.3" in one["message_zh"] and "不能同时成立" in one["message_zh"]
    assert "cannot all be true" in one["message_en"]


def test_real_and_nominal_growth_imply_a_deflator(changzhou):
    (one,) = found(changzhou.audit(), rule="real_nominal")
    assert one["severity"] == "info" and one["indicator_code"] == "gdp" and one["numbers"] == ["1.46", "6.9"]
    lo, hi = 1.455 / 1.0695**5, 1.465 / 1.0685**5
    assert f"{lo:.4f}–{hi:.4f}" in one["message_zh"] and f"{lo:.4f}–{hi:.4f}" in one["message_en"]


def test_the_ratio_fits(changzhou):
    audit = changzhou.audit()
    numbers = audit.report.quantities["number"].tolist()
    assert "1:4" in numbers
    assert not found(audit, rule="ratio")
    for broken in ("按1:4的比例", "按1：4的比例"):
        if broken in changzhou.text:
            wrong = changzhou.text.replace(broken, broken.replace("4", "7"))
            assert found(cz.parse(wrong).audit(), rule="ratio", severity="contradiction")


def test_the_annual_goal_falls_behind_the_plan(changzhou):
    (one,) = found(changzhou.audit(), rule="plan_total")
    assert one["severity"] == "info" and one["numbers"] == ["50", "9"]
    assert one["implied_lo"] == pytest.approx((50 - 9) / 4) and one["gap"] == pytest.approx(10.25 - 9)
    assert "10.25 万人" in one["message_zh"]


def test_levels_of_2015_are_implied(changzhou):
    rows = changzhou.audit().implied.to_pylist()
    at = {}
    for row in rows:
        if row["period"] == "2015" and row["measure"] == "level":
            at.setdefault(row["indicator_code"], []).append(row)
    (gdp,) = at["gdp"]
    assert gdp["unit"] == "亿元" and len(gdp["statements"]) == 2
    assert gdp["lo"] == pytest.approx(7699.5 / 1.465) and gdp["hi"] == pytest.approx(7700.5 / 1.455)
    # Two statements that contradict each other imply two levels.
    multiple, average = sorted(at["budget_revenue"], key=lambda row: -row["hi"])
    assert multiple["lo"] == pytest.approx(616.55 / 1.35) and multiple["hi"] == pytest.approx(616.65 / 1.25)
    assert average["hi"] == pytest.approx(616.65 / 1.0635**5) and average["hi"] < multiple["lo"]
    (patents,) = at["patents_per_10k"]
    assert patents["lo"] == pytest.approx(40.185 / 2.145) and patents["hi"] == pytest.approx(40.195 / 2.135)


# ---- planted errors ----

SCALES = {"万亿": 10**12, "亿": 10**8, "万": 10**4}
DEFLATOR = (Fraction(5, 4), Fraction(27, 25))  # the documented defaults


def scale_of(unit):
    return next((factor for scale, factor in SCALES.items() if unit.startswith(scale)), 1)


class Figure:
    """One annotated figure with what it states in exact numbers."""

    def __init__(self, row, start):
        self.row, self.start = row, start
        self.digits, self.unit, self.bound = row["n"], row.get("unit", ""), row.get("bound", "eq")
        self.measure = row["measure"]
        self.sign = -1 if isinstance(row.get("value"), (int, float)) and row["value"] < 0 else 1

    def value(self):
        """lo, hi; None for an open end."""
        value = Fraction(self.digits) * self.sign
        half = Fraction(1, 2) / 10 ** len(self.digits.partition(".")[2])
        if self.bound == "eq":
            return value - half, value + half
        if self.bound == "about":
            slack = max(abs(value) * Fraction(1, 20), 2 * half)
            return value - slack, value + slack
        if self.bound in ("at_least", "more_than"):
            return (value, None) if value >= 0 else (None, value)
        return (None, value) if value >= 0 else (value, None)

    def scaled(self):
        lo, hi = self.value()
        factor = scale_of(self.unit)
        return (None if lo is None else lo * factor), (None if hi is None else hi * factor)

    def ratio(self):
        """Of growth and multiples: level divided by the base's."""
        lo, hi = self.value()
        if self.measure == "multiple":
            return lo, hi
        years = 1
        if self.measure == "average_growth":
            first, last = map(int, self.row["period"].split("-"))
            years = last - first + 1
        return tuple(None if end is None else max(1 + end / 100, Fraction(0)) ** years for end in (lo, hi))


def meets(a, b):
    return not (
        a[1] is not None and b[0] is not None and a[1] < b[0]
        or b[1] is not None and a[0] is not None and b[1] < a[0]
    )  # fmt: skip


def product(a, b):
    """Of intervals without negative numbers."""
    lo = (a[0] or Fraction(0)) * (b[0] or Fraction(0))
    return lo, None if a[1] is None or b[1] is None else a[1] * b[1]


def may_hold(part, whole):
    """Whether a part may be at most its whole."""
    lo, hi = part.scaled()[0], whole.scaled()[1]
    return lo is None or hi is None or lo <= hi


def end_of(period):
    return period.split("-")[-1]


def located(text, rows):
    """The start of every annotated quote, in order."""
    at = 0
    for row in rows:
        start = row.get("start")
        if start is None:
            start = text.index(row["quote"], at)
        at = start + len(row["quote"])
        yield start


def relations_of(text, rows):
    """(figures, check): check() is whether the figures can all be true, in exact numbers."""
    figures = [
        Figure(row, start)
        for row, start in zip(rows, located(text, rows))
        if row["role"] == "statement" and re.fullmatch(r"\d+(\.\d+)?|1:\d+", row["n"])
    ]
    groups = {}
    for one in figures:
        goal = one.row.get("kind") in ("target", "task")
        groups.setdefault((one.row["indicator"], one.row.get("region", ""), goal), []).append(one)
    relations = []
    for (indicator, _, _), members in groups.items():
        levels = [f for f in members if f.measure == "level" and "-" not in f.row["period"]]
        ratios = [
            f for f in members if f.measure in ("multiple", "growth", "average_growth") and f.row.get("base")
        ]
        real = "生产总值" in indicator or "增加值" in indicator
        for i, a in enumerate(ratios):
            span = (a.row["base"], end_of(a.row["period"]))
            for b in ratios[:i]:
                if (b.row["base"], end_of(b.row["period"])) != span:
                    continue
                wedge = (Fraction(1), Fraction(1))
                if real and (a.measure == "multiple") != (b.measure == "multiple"):
                    most = DEFLATOR[0] * DEFLATOR[1] ** (int(span[1]) - int(span[0]) - 1)
                    wedge = (1 / most, most)
                relations.append(([a, b], lambda a=a, b=b, w=wedge: meets(product(a.ratio(), w), b.ratio())))
            for old in levels:
                for new in levels:
                    if (old.row["period"], new.row["period"]) == span and not real:
                        relations.append(
                            (
                                [old, new, a],
                                lambda o=old, n=new, a=a: meets(product(o.scaled(), a.ratio()), n.scaled()),
                            )
                        )
        for change in members:
            if change.measure != "change" or not change.row.get("base"):
                continue
            span = (change.row["base"], end_of(change.row["period"]))
            for new in levels:
                if new.row["period"] != span[1]:
                    continue

                # What was there before is not less than nothing.
                def fits(new=new, change=change):
                    lo, hi = change.scaled()[0], new.scaled()[1]
                    return lo is None or hi is None or hi - lo >= 0

                relations.append(([new, change], fits))
    for i, ratio in enumerate(figures):
        if ratio.measure != "ratio":
            continue
        before, after = figures[i - 1], figures[i + 1]

        def fits(before=before, ratio=ratio, after=after):
            part, more = map(Fraction, ratio.digits.split(":"))
            base = before.scaled()
            return any(
                part > 0 and meets(product(base, (k, k)), after.scaled())
                for k in (more / part, 1 + more / part)
            )

        relations.append(([before, ratio, after], fits))
    for i, part in enumerate(figures):
        whole = figures[i - 1]
        between = text[whole.start + len(whole.row["quote"]) : part.start]
        amounts = part.measure == whole.measure == "level" and part.unit[-1:] == whole.unit[-1:] not in (
            "",
            "%",
        )
        if (
            amounts
            and "其中" in between
            and "。" not in between
            and part.row["period"] == whole.row["period"]
        ):
            relations.append(([whole, part], lambda w=whole, p=part: may_hold(p, w)))
    for (_, _, goal), members in groups.items():
        for total in members:
            if goal or total.measure != "level" or "-" not in total.row["period"] or "/" in total.unit:
                continue
            first, last = total.row["period"].split("-")
            for year in members:
                if (
                    year.measure == "level"
                    and first <= year.row["period"] <= last
                    and year.unit == total.unit
                ):
                    relations.append(([year, total], lambda t=total, y=year: may_hold(y, t)))
    return [(members, check) for members, check in relations if check()]


OPPOSITE = {"增长": "下降", "提高": "下降", "增加": "减少", "上升": "下降", "下降": "增长", "减少": "增加"}


def corrupt(text, figure, kind, dice):
    """The text with one figure spoiled, and the figure as it then reads; None where the kind does not apply."""
    quote, digits = figure.row["quote"], figure.digits
    at = figure.start + quote.index(digits)
    end = at + len(digits)
    if kind == "tenfold" and ":" not in digits:
        whole, _, rest = digits.partition(".")
        new = whole + rest[:1] + ("." + rest[1:] if rest[1:] else "") if rest else whole + "0"
        return text[:at] + new + text[end:], {"digits": new.lstrip("0") or "0"}
    if kind == "swap":
        places = [
            i
            for i in range(len(digits) - 1)
            if digits[i : i + 2].isdigit() and digits[i] != digits[i + 1] and (i or digits[i + 1] != "0")
        ]  # fmt: skip
        if ":" in digits:
            new = ":".join(reversed(digits.split(":")))
        elif places:
            i = dice.choice(places)
            new = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
        else:
            return None
        return text[:at] + new + text[end:], {"digits": new}
    if kind == "unit":
        slip = {"万": "亿", "亿": "万", "万亿": "亿"}
        rest = text[end:].lstrip()
        blank = len(text) - end - len(rest)
        for scale in ("万亿", "亿", "万"):
            if figure.unit.startswith(scale) and rest.startswith(scale):
                unit = slip[scale] + figure.unit[len(scale) :]
                return text[: end + blank] + slip[scale] + rest[len(scale) :], {"unit": unit}
        return None
    if kind == "sign" and figure.measure in ("growth", "average_growth", "change"):
        before = text[max(0, at - 4) : at]
        for word, other in OPPOSITE.items():
            place = before.rfind(word)
            if place >= 0:
                cut = max(0, at - 4) + place
                return text[:cut] + other + text[cut + len(word) :], {"sign": -figure.sign}
    return None


REPORTS = {
    "changzhou_2021": "seed/changzhou_2021.txt",
    "national_2023": "corpus/national/2023.txt",
    "zhejiang_2026": "corpus/province_2026/浙江省.txt",
}


@pytest.fixture(scope="module")
def annotated(shared):
    """Text and relations of the annotated reports."""
    reports = {}
    for name, path in REPORTS.items():
        text = (shared / path).read_bytes().decode("utf-8")
        rows = [json.loads(line) for line in (shared / f"gold/{name}.jsonl").read_text("utf-8").splitlines()]
        reports[name] = text, relations_of(text, rows)
    return reports


def contradicted(text, start, end):
    audit = cz.parse(text).audit()
    rows = audit.report.quantities
    return any(
        rows["start"][i] < end and rows["end"][i] > start
        for one in found(audit, severity="contradiction")
        for i in one["statements"]
    )


def test_planted_errors_are_found(annotated):
    """A wrong figure that can no longer be true beside another one is part of a contradiction."""
    impossible = detected = 0
    missed = []
    for seed in range(200):
        dice = random.Random(seed)
        name = sorted(annotated)[seed % 3]
        text, relations = annotated[name]
        figures = sorted(
            {id(f): f for members, _ in relations for f in members}.values(), key=lambda f: f.start
        )
        for _ in range(60):  # until a slip makes the figures impossible
            figure, kind = dice.choice(figures), dice.choice(["tenfold", "swap", "unit", "sign"])
            spoiled = corrupt(text, figure, kind, dice)
            if spoiled is None:
                continue
            new_text, change = spoiled
            kept = {key: getattr(figure, key) for key in change}
            vars(figure).update(change)
            infeasible = not all(check() for members, check in relations if figure in members)
            vars(figure).update(kept)
            if infeasible:
                break
        else:
            continue
        impossible += 1
        if contradicted(new_text, figure.start - 4, figure.start + len(figure.row["quote"]) + 4):
            detected += 1
        else:
            missed.append((seed, name, kind, figure.row["quote"], change))
    print(f"{impossible} impossible, {detected} detected; missed: {missed}")
    assert impossible >= 150
    assert detected >= 0.9 * impossible, missed


# ---- reports whose figures fit ----


def printed(value, places):
    return f"{value:.{places}f}"


def worded(dice, value, places, unit):
    """A figure as reports word it: rounded, or a round number with a bound word that holds."""
    style = dice.random()
    step = 10 ** max(0, len(str(int(value))) - 2)
    if style < 0.6 or value < 100:
        return printed(value, places) + unit
    if style < 0.7:
        return f"超过{math.floor(value / step) * step}{unit}"
    if style < 0.8:
        return f"{math.floor(value / step) * step}多{unit}"
    if style < 0.9:
        return f"近{math.ceil(value / step) * step}{unit}"
    return f"{round(value / step) * step if step < 100 else round(value)}{unit}左右"


def synthetic(seed):
    """A report computed forward from true figures, then rounded and worded."""
    dice = random.Random(seed)
    year = dice.choice([2021, 2026])
    base, last = year - 6, year - 1
    lines = [f"{year}年常州市政府工作报告", f"一、{base + 1}—{last}年工作回顾", ""]

    def path(start, low, high):
        levels = [start]
        for _ in range(5):
            levels.append(levels[-1] * (1 + dice.uniform(low, high)))
        return levels

    for name, basis in [
        ("地区生产总值", "real"), ("一般公共预算收入", ""), ("社会消费品零售总额", ""), ("全社会用电量", ""),
    ]:  # fmt: skip
        unit = "亿千瓦时" if "电" in name else "亿元"
        levels = path(dice.uniform(80, 9000), -0.03, 0.12)
        deflator = [dice.uniform(0.985, 1.03) for _ in range(5)] if basis else [1] * 5
        places = dice.choice([0, 1, 2])
        total = levels[5] / levels[0]
        volume = total / math.prod(deflator)
        average = (volume**0.2 - 1) * 100
        word = "增长" if average >= 0 else "下降"
        sentence = f"到{last}年，{name}达到{worded(dice, levels[5], places, unit)}"
        if dice.random() < 0.8:
            sentence += f"，是{base}年的{printed(total, dice.choice([1, 2]))}倍"
        sentence += f"，五年年均{word}{printed(abs(average), dice.choice([1, 1, 2]))}%"
        lines.append(sentence + "。")
        if dice.random() < 0.5:
            lines.append(
                f"{name}从{base}年的{printed(levels[0], 1)}{unit}提高到{last}年的{printed(levels[5], 1)}{unit}。"
            )
        growth = (levels[5] / levels[4] / deflator[4] - 1) * 100
        word = "增长" if growth >= 0 else "下降"
        lines.append(
            f"{last}年，{name}完成{printed(levels[5], places)}{unit}，{word}{printed(abs(growth), 1)}%。"
        )
    exports, imports = dice.uniform(100, 900), dice.uniform(100, 900)
    lines.append(
        f"{last}年，进出口总额{printed(exports + imports, 1)}亿元，"
        f"其中出口总额{printed(exports, 1)}亿元、进口总额{printed(imports, 1)}亿元。"
    )
    urban, rural = dice.uniform(4, 9), dice.uniform(2, 4)
    share = dice.uniform(0.5, 0.9)
    lines.append(
        f"{last}年，居民人均可支配收入{printed(urban * share + rural * (1 - share), 2)}万元，"
        f"城镇居民人均可支配收入{printed(urban, 2)}万元，农村居民人均可支配收入{printed(rural, 2)}万元，"
        f"城乡居民收入比为{printed(urban / rural, 2)}。"
    )
    before, points = dice.uniform(50, 70), dice.uniform(1, 9)
    lines.append(
        f"城镇化率从{base}年的{printed(before, 1)}%提高到{last}年的{printed(before + points, 1)}%，"
        f"比{base}年提高{printed(points, 1)}个百分点。"
    )
    rank, gained = dice.randint(1, 30), dice.randint(1, 9)
    lines.append(f"{last}年，科技进步贡献率达到{printed(before, 1)}%，居全国第{rank}位，五年前进{gained}位。")
    money, times = dice.uniform(20, 90), dice.randint(2, 6)
    together = money * (1 + times) if dice.random() < 0.5 else money * times
    lines.append(
        f"{last}年，筹集创业资金{printed(money, 1)}亿元，按1:{times}的比例带动社会资本，"
        f"形成创业投入{printed(together, 0 if times == 1 else 1)}亿元。"
    )
    jobs = [dice.uniform(8, 12) for _ in range(5)]
    lines.append(
        f"五年累计城镇新增就业{printed(sum(jobs), 1)}万人。{last}年，城镇新增就业{printed(jobs[4], 1)}万人。"
    )
    lines.append(f"二、{year}年主要预期目标")
    lines.append(f"{year}年主要预期目标：地区生产总值增长{dice.choice(['6%左右', '5.5%以上', '5%—6%'])}。")
    return "\n".join(lines)


def test_figures_that_fit_make_no_contradiction():
    related = infos = 0
    for seed in range(200):
        text = synthetic(seed)
        audit = cz.parse(text).audit()
        wrong = found(audit, severity="contradiction")
        assert not wrong, (seed, wrong[0]["message_zh"], audit.places(0))
        related += len(audit.implied)
        infos += len(found(audit, severity="info"))
        assert audit.complete
    assert related > 400, "the sentences were not understood"
    assert infos > 20, "no wedge was seen"


def test_a_slip_in_a_synthetic_report_is_found():
    """The same sentences with one figure ten times too large, where an exact relation ties it down."""
    hits = tried = 0
    for seed in range(60):
        text = synthetic(seed)
        match = re.search(r"进口总额(\d+)\.(\d)亿元。", text)
        spoiled = f"{text[: match.start(1)]}{match[1]}{match[2]}.0{text[match.end(2) :]}"
        tried += 1
        hits += contradicted(spoiled, match.start(1), match.end(2) + 1)
    assert hits >= 0.95 * tried


# ---- Python ----

WRONG = "2021年常州市政府工作报告\n到2020年，一般公共预算收入是2015年的1.3倍，年均增长9.4%。"


def test_tables_and_lists():
    audit = cz.parse(WRONG).audit()
    findings = audit.findings
    assert findings.columns[:8] == [
        "severity", "rule", "indicator", "statements", "gap", "message_zh", "message_en", "repair",
    ]  # fmt: skip
    assert audit.implied.columns[:7] == ["indicator", "region", "period", "lo", "hi", "unit", "statements"]
    assert findings.categories("severity") == ("contradiction", "tension", "info")
    (rows,) = findings["statements"].tolist()
    assert isinstance(rows, list) and [audit.report.quantities["number"][i] for i in rows] == ["1.3", "9.4"]
    assert findings[findings["severity"] == "contradiction"].to_pylist()[0]["statements"] == rows
    assert json.loads(findings.to_json())[0]["statements"] == rows
    assert pickle.loads(pickle.dumps(findings)).equals(findings)
    assert next(csv.DictReader(io.StringIO(findings.to_csv())))["severity"] == "contradiction"
    assert "1 contradiction" in repr(audit) and audit.complete


def test_exports_keep_lists():
    findings = cz.parse(WRONG).audit().findings
    rows = findings["statements"][0]
    pandas = pytest.importorskip("pandas")
    assert findings.to_pandas()["statements"][0] == rows
    assert isinstance(findings.to_pandas(), pandas.DataFrame)
    pytest.importorskip("pyarrow")
    assert findings.to_arrow()["statements"].to_pylist() == [rows]
    pytest.importorskip("polars")
    assert findings.to_polars()["statements"].to_list() == [rows]


def test_html_shows_the_sentences_and_escapes_them():
    audit = cz.parse(WRONG.replace("1.3倍", "1.3倍<b>")).audit()
    text = audit._repr_html_()
    assert "矛盾" in text and "【9.4%】" in text and "&lt;b&gt;" in text and "<b>" not in text


def test_places_quote_the_text():
    report = cz.parse(WRONG)
    audit = report.audit()
    for place in audit.places(0):
        assert report.text[place["start"] : place["end"]] == place["quote"]
        assert f"【{place['quote']}】" in place["sentence"]
    with pytest.raises(IndexError):
        audit.places(len(audit.findings))


def test_an_empty_report_has_no_findings():
    audit = cz.parse("").audit()
    assert len(audit.findings) == len(audit.implied) == 0 and audit.complete
    assert "no contradiction found" in repr(audit) and "no contradiction found" in audit._repr_html_()
    assert "consistent" not in repr(audit)


def test_options_and_their_limits():
    report = cz.parse(WRONG.replace("9.4%", "8%左右"))
    assert found(report.audit(), severity="contradiction")
    assert found(report.audit(about=0.6), rule="approximate", severity="info")
    gdp = cz.parse(WRONG.replace("一般公共预算收入", "地区生产总值"))
    assert not found(gdp.audit(), severity="contradiction")
    assert found(gdp.audit(deflator_first=1.001, deflator_further=1.001), severity="contradiction")
    assert not gdp.audit(work=1).complete
    for wrong in ({"about": -0.1}, {"about": 0}, {"about": 2}, {"deflator_first": 0.5}, {"work": 0}):
        with pytest.raises(ValueError):
            report.audit(**wrong)
    with pytest.raises(TypeError):
        cz._core.audit(report)


def test_a_vocabulary_is_used():
    words = cz.vocabulary(
        [{"type": "indicator", "code": "tea", "name": "茶叶指数", "dimension": "percent", "basis": "nominal"}]
    )
    text = "2021年常州市政府工作报告\n2020年，茶叶指数达到120.4点。\n2020年，茶叶指数达到150.4点。"
    assert not found(cz.parse(text).audit(), rule="restated")
    assert found(cz.parse(text, vocabulary=words).audit(), rule="restated")


def test_real_reports_hold_no_contradiction_that_cannot_be_defended(shared):
    """No report of the corpus is accused."""
    accused = {}
    for path in sorted(shared.glob("corpus/*/*.txt")):
        wrong = found(cz.read(path).audit(), severity="contradiction")
        if wrong:
            accused[path.name] = [row["message_zh"] for row in wrong]
    assert not accused


def test_any_text_can_be_audited():
    """Sentences in any order with any digits: findings refer to rows, sets miss each other, twice the same."""
    sentences = [line for line in re.split(r"(?<=。)|\n", cz.load("changzhou-2021").text) if line.strip()]
    seen = set()
    for seed in range(150):
        dice = random.Random(seed)
        text = "".join(dice.sample(sentences, 60))
        text = re.sub(r"\d", lambda m, d=dice: d.choice("0123456789") if d.random() < 0.3 else m[0], text)
        report = cz.parse(text, region="常州市", year=2021)
        audit = report.audit()
        assert report.audit().findings.equals(audit.findings)
        for row in audit.findings.to_pylist():
            seen.add((row["severity"], row["rule"]))
            assert row["statements"] == sorted(set(row["statements"]))
            assert all(0 <= i < len(report.quantities) for i in row["statements"])
            assert row["message_zh"] and row["message_en"]
            if row["severity"] != "info" and not math.isnan(row["gap"]):
                assert row["gap"] > 0
                assert row["stated_hi"] < row["implied_lo"] or row["implied_hi"] < row["stated_lo"]
        for row in audit.implied.to_pylist():
            assert row["lo"] <= row["hi"] and row["statements"] and row["period"] and row["indicator"]
    assert len(seen) >= 6


def test_percent_for_points_is_named():
    text = "2021年常州市政府工作报告\n一、2020年工作回顾\n城镇化率从2015年的70.2%提高到2020年的75.3%，比2015年提高5.1%。"
    (one,) = found(cz.parse(text).audit(), severity="contradiction")
    assert one["numbers"] == ["70.2", "75.3", "5.1"] and "percent for percentage points" in one["repair"]
    assert not len(cz.parse(text.replace("5.1%", "5.1个百分点")).audit().findings)


@pytest.mark.parametrize(
    "sentence, word",
    [
        ("地区生产总值增长6.8%，高于6%的年度目标", "attained"),
        ("地区生产总值增长5.2%，低于6%的年度目标", "missed"),
        ("城镇登记失业率为3.1%（目标4%以内）", "attained"),
        ("城镇登记失业率为4.6%（目标4%以内）", "missed"),
        ("社会消费品零售总额增长6.1%（目标6%左右）", "attained"),
        ("社会消费品零售总额增长4.2%（目标6%左右）", "missed"),
    ],
)
def test_a_verdict_where_goal_and_outcome_are_stated(sentence, word):
    audit = cz.parse(f"2021年常州市政府工作报告\n一、2020年工作回顾\n2020年，{sentence}。").audit()
    (one,) = found(audit, rule="verdict")
    assert one["severity"] == "info" and f": {word}" in one["message_en"], one["message_en"]
    assert len(one["statements"]) == 2


# ---- command line ----


def run(capsys, *args):
    code = main(["audit", *map(str, args)])
    return code, *capsys.readouterr()


def test_command_line(capsys, tmp_path):
    code, out, _ = run(capsys, "changzhou-2021")
    assert code == 1 and "contradiction · growth" in out and "【1.3倍】" in out and "real_nominal" in out
    good = tmp_path / "good.txt"
    good.write_text("2021年常州市政府工作报告\n2020年，一般公共预算收入616.6亿元。", encoding="utf-8")
    code, out, _ = run(capsys, good)
    assert code == 0 and "no contradiction found" in out
    assert run(capsys, good, "changzhou-2021")[0] == 1
    code, out, error = run(capsys, tmp_path / "none.txt")
    assert code == 1 and "none.txt" in error


def test_command_line_json_and_csv(capsys, tmp_path):
    code, out, _ = run(capsys, "changzhou-2021", "--format", "json")
    rows = json.loads(out)
    assert code == 1 and rows[0]["severity"] == "contradiction" and rows[0]["source"] == "changzhou-2021"
    assert [place["row"] for place in rows[0]["places"]] == rows[0]["statements"]
    assert "1.3" in rows[0]["places"][0]["quote"]
    code, out, _ = run(capsys, "changzhou-2021", "--format", "csv")
    assert code == 1 and next(csv.DictReader(io.StringIO(out)))["rule"] == "growth"
