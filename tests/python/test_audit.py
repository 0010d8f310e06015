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

    def is_ratio(self):
        """Growth in percent, multiples, and a change that reads as percent."""
        return self.measure == "multiple" or self.measure != "level" and self.unit == "%"

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


def total(*sets):
    """Of intervals."""
    return tuple(None if any(s[end] is None for s in sets) else sum(s[end] for s in sets) for end in (0, 1))


def negative(a):
    return tuple(None if end is None else -end for end in reversed(a))


def may_hold(part, whole):
    """Whether a part may be at most its whole."""
    lo, hi = part.scaled()[0], whole.scaled()[1]
    return lo is None or hi is None or lo <= hi


def base_behind(new, change):
    """The level before, by a growth, a multiple or an absolute change; None where the units do not go together."""
    if not change.is_ratio():
        if ("百分点" in change.unit) != (new.unit == "%"):
            return None
        before = total(new.scaled(), negative(change.scaled()))
    else:
        value, ratio = new.scaled(), change.ratio()
        lo = None if value[0] is None else Fraction(0) if ratio[1] is None else value[0] / ratio[1]
        hi = None if value[1] is None or not ratio[0] else value[1] / ratio[0]
        before = lo, hi
    return before


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


def is_real(indicator):
    return "生产总值" in indicator or "增加值" in indicator


def wedge_of(a, b, span):
    """Between real and nominal growth, as documented."""
    if not is_real(a.row["indicator"]) or (a.measure == "multiple") == (b.measure == "multiple"):
        return Fraction(1), Fraction(1)
    most = DEFLATOR[0] * DEFLATOR[1] ** (int(span[1]) - int(span[0]) - 1)
    return 1 / most, most


def relations_of_levels(members):
    """Levels, growth, multiples and changes of one indicator."""
    levels = [f for f in members if f.measure == "level" and "-" not in f.row["period"]]
    moves = [
        f
        for f in members
        if f.measure in ("multiple", "growth", "average_growth", "change") and f.row.get("base")
    ]
    for i, a in enumerate(moves):
        span = (a.row["base"], end_of(a.row["period"]))
        real = is_real(a.row["indicator"])
        for b in moves[:i]:
            if (b.row["base"], end_of(b.row["period"])) == span and a.is_ratio() and b.is_ratio():
                yield (
                    [a, b],
                    lambda a=a, b=b, s=span: (
                        not (a.is_ratio() and b.is_ratio())
                        or meets(product(a.ratio(), wedge_of(a, b, s)), b.ratio())
                    ),
                )
        for first in moves:  # growth over adjoining periods
            for second in moves:
                if (
                    not real
                    and (first.row["base"], end_of(second.row["period"])) == span
                    and end_of(first.row["period"]) == second.row["base"]
                    and first.is_ratio() and second.is_ratio() and a.is_ratio()
                ):  # fmt: skip
                    yield (
                        [first, second, a],
                        lambda x=first, y=second, a=a: meets(product(x.ratio(), y.ratio()), a.ratio()),
                    )
        for new in levels:
            if new.row["period"] != span[1] or (real and a.is_ratio()):
                continue

            # What was there before is not less than nothing, and is what the text says it was.
            def fits(new=new, a=a, others=(), old=None):
                befores = [base_behind(new, one) for one in (a, *others)]
                befores = [one for one in befores if one is not None]
                if any(hi is not None and hi < 0 for _, hi in befores):
                    return False
                if old is not None:
                    befores.append(old.scaled())
                return all(meets(x, y) for k, x in enumerate(befores) for y in befores[:k])

            yield [new, a], fits
            for old in levels:
                if old.row["period"] == span[0]:
                    yield [old, new, a], lambda fits=fits, old=old: fits(old=old)


def relations_of(text, rows):
    """(figures, check): check() is whether the figures can all be true, in exact numbers."""
    figures = [
        Figure(row, start)
        for row, start in zip(rows, located(text, rows))
        if row["role"] == "statement" and re.fullmatch(r"\d+(\.\d+)?|1:\d+", row["n"])
    ]
    registry = cz.indicators()
    codes, firm = {}, set()
    for one in registry.to_pylist():
        codes.update(dict.fromkeys([one["name"], *one["aliases"].split("|")], one["code"]))
        if one["dimension"] not in ("count", "people"):
            firm.add(one["code"])
    groups, at = {}, {}
    for one in figures:
        goal = one.row.get("kind") in ("target", "task")
        groups.setdefault((one.row["indicator"], one.row.get("region", ""), goal), []).append(one)
        if one.measure == "level" and one.bound == "eq":
            code = codes.get(one.row["indicator"])
            at.setdefault((code, one.row.get("region", ""), goal, one.row["period"]), []).append(one)
    relations = []
    for members in groups.values():
        relations += relations_of_levels(members)
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
        for whole in members:
            if goal or whole.measure != "level" or "-" not in whole.row["period"] or "/" in whole.unit:
                continue
            first, last = whole.row["period"].split("-")
            for year in members:
                if (
                    year.measure == "level"
                    and "-" not in year.row["period"]
                    and first <= year.row["period"] <= last
                    and year.unit == whole.unit
                ):
                    relations.append(([year, whole], lambda t=whole, y=year: may_hold(y, t)))
    for (code, region, goal, period), same in at.items():
        # one figure in two places
        for i, a in enumerate(same):
            for b in same[:i]:
                if code in firm and not goal and a.row.get("kind") == b.row.get("kind") == "actual":
                    relations.append(([b, a], lambda a=a, b=b: meets(a.scaled(), b.scaled())))
        # identities that always hold

        def level(other, key=(region, goal, period)):
            return at.get((other, *key), [None])[0]

        for whole, parts in [
            ("trade", ("exports", "imports")),
            ("gdp", ("primary_value_added", "secondary_value_added", "tertiary_value_added")),
        ]:
            members = [level(one) for one in (whole, *parts)]
            if code == whole and all(members) and len({f.unit[-2:] for f in members}) == 1:
                relations.append(
                    (
                        members,
                        lambda m=members: meets(m[0].scaled(), total(*(f.scaled() for f in m[1:]))),
                    )
                )
        for members in [[level(one) for one in ("urban_income", "urban_rural_ratio", "rural_income")]]:
            if code == "urban_rural_ratio" and all(members):
                relations.append(
                    (
                        members,
                        lambda m=members: meets(m[0].scaled(), product(m[1].value(), m[2].scaled())),
                    )
                )
    ranks = [f for f in figures if f.measure == "rank"]
    for move in figures:
        for rank in ranks:
            if move.measure == "rank_change" and rank.row["indicator"] == move.row["indicator"]:
                relations.append(
                    ([rank, move], lambda r=rank, m=move: int(r.digits) + m.sign * int(m.digits) >= 1)
                )
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
    if kind == "points" and figure.measure not in ("level", "multiple", "rank", "rank_change", "ratio"):
        rest = text[end:].lstrip()
        blank = len(text) - end - len(rest)
        for unit, other in (("个百分点", "%"), ("%", "个百分点")):
            if rest.startswith(unit):
                return text[: end + blank] + other + rest[len(unit) :], {"unit": other}
    return None


KINDS = ("tenfold", "swap", "unit", "sign", "points")
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
            figure, kind = dice.choice(figures), dice.choice(KINDS)
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


# ---- each relation by itself: sentences computed forward, then one figure spoiled ----


def around(digits):
    """What a printed decimal stands for, exactly."""
    value, half = Fraction(digits), Fraction(1, 2) / 10 ** len(digits.partition(".")[2])
    return value - half, value + half


def rate(digits, years=1):
    return tuple((1 + end / 100) ** years for end in around(digits))


def quotient(a, b):
    return a[0] / b[1], a[1] / b[0] if b[0] > 0 else None


def shown(value, places=1):
    return f"{value:.{places}f}"


def levels(dice, low=200.0, high=900.0):
    return dice.uniform(low, high)


def make_growth(dice):
    old, g = levels(dice), dice.uniform(3, 15)
    return {"a": shown(old), "b": shown(old * (1 + g / 100) ** 5), "g": shown(g)}


def make_chain(dice):
    a, b = dice.uniform(3, 15), dice.uniform(3, 15)
    return {"a": shown(a), "b": shown(b), "c": shown(100 * ((1 + a / 100) * (1 + b / 100) - 1))}


def make_multiple(dice):
    g = dice.uniform(3, 15)
    return {"m": shown((1 + g / 100) ** 5, 2), "g": shown(g)}


def make_change(dice):
    old, up = dice.uniform(50, 70), dice.uniform(1, 9)
    return {"a": shown(old), "b": shown(old + up), "c": shown(up)}


def make_difference(dice):
    nation, above = dice.uniform(3, 9), dice.uniform(0.5, 2.5)
    return {"a": shown(nation + above), "d": shown(above), "n": shown(nation)}


def make_share(dice):
    whole, share = levels(dice, 1000, 9000), dice.uniform(11, 60)
    return {"w": shown(whole), "p": shown(whole * share / 100), "s": shown(share)}


def make_sum(dice):
    parts = [levels(dice) for _ in range(3)]
    return dict(zip("abcg", map(shown, [*parts, sum(parts)])))


def make_incomes(dice):
    rural, ratio = dice.uniform(2, 4), dice.uniform(1.5, 2.5)
    return {"u": shown(rural * ratio, 3), "r": shown(rural, 3), "k": shown(ratio, 2)}


def make_ratio(dice):
    money, times = dice.uniform(20, 90), dice.randint(2, 6)
    return {"a": shown(money), "k": str(times), "b": shown(money * (1 + times))}


def make_total(dice):
    years = [dice.uniform(8, 12) for _ in range(5)]
    return {"t": shown(sum(years)), "y": shown(years[4])}


def make_parts(dice):
    whole = dice.uniform(100, 900)
    return {"w": shown(whole), "p": shown(whole * dice.uniform(0.3, 0.9))}


def make_order(dice):
    high = levels(dice)
    return {"h": shown(high), "s": shown(high * dice.uniform(0.3, 0.99))}


def make_same(dice):
    level = levels(dice, 1000, 9000)
    return {"a": shown(level), "b": shown(level)}


# Sentences, the figures in them, and whether they can all be true; `u` are factors of units that were spoiled.
RELATIONS = {
    "growth": (
        "进口总额从2015年的{a}亿元增加到2020年的{b}亿元，年均增长{g}%。", make_growth,
        lambda a, b, g: meets(product(around(a), rate(g, 5)), around(b)),
    ),
    "chain": (
        "2018年进口总额增长{a}%，2019年进口总额增长{b}%，2019年进口总额比2017年增长{c}%。", make_chain,
        lambda a, b, c: meets(product(rate(a), rate(b)), rate(c)),
    ),
    "multiple": (
        "到2020年，一般公共预算收入是2015年的{m}倍，年均增长{g}%。", make_multiple,
        lambda m, g: meets(around(m), rate(g, 5)),
    ),
    "change": (
        "城镇化率从2015年的{a}%提高到2020年的{b}%，比2015年提高{c}个百分点。", make_change,
        lambda a, b, c: meets(total(around(a), around(c)), around(b)),
    ),
    "difference": (
        "2020年，地区生产总值增长{a}%，高于全国{d}个百分点。\n2020年，全国地区生产总值增长{n}%。", make_difference,
        lambda a, d, n: meets(total(around(n), around(d)), around(a)),
    ),
    "share": (
        "2020年，社会消费品零售总额{w}亿元，网上零售额{p}亿元，网上零售额占社会消费品零售总额的比重为{s}%。",
        make_share, lambda w, p, s: meets(product(around(w), tuple(x / 100 for x in around(s))), around(p)),
    ),
    "sectors": (
        "2020年，地区生产总值{g}亿元，第一产业增加值{a}亿元，第二产业增加值{b}亿元，第三产业增加值{c}亿元。",
        make_sum, lambda a, b, c, g: meets(total(around(a), around(b), around(c)), around(g)),
    ),
    "incomes": (
        "2020年，城镇居民人均可支配收入{u}万元，农村居民人均可支配收入{r}万元，城乡居民收入比为{k}。",
        make_incomes, lambda u, r, k: meets(product(around(r), around(k)), around(u)),
    ),
    "ratio": (
        "2020年，筹集创业资金{a}亿元，按1:{k}的比例带动社会资本，形成创业投入{b}亿元。", make_ratio,
        lambda a, k, b: any(meets(product(around(a), (f, f)), around(b)) for f in (Fraction(k), 1 + Fraction(k))),
    ),
    "total": (
        "五年累计实际使用外资{t}亿美元。\n2020年，实际使用外资{y}亿美元。", make_total,
        lambda t, y: around(y)[0] <= around(t)[1],
    ),
    "parts": (
        "2020年，实际使用外资{w}亿美元，其中制造业使用外资{p}亿美元。", make_parts,
        lambda w, p: around(p)[0] <= around(w)[1],
    ),
    "order": (
        "2020年，武进区地区生产总值{h}亿元，居全市第1位；溧阳市地区生产总值{s}亿元，居全市第2位。", make_order,
        lambda h, s: around(s)[0] <= around(h)[1],
    ),
    "same": (
        "2020年，社会消费品零售总额达到{a}亿元。\n预算执行情况：2020年，社会消费品零售总额达到{b}亿元。", make_same,
        lambda a, b: meets(around(a), around(b)),
    ),
}  # fmt: skip
REVIEW = "2021年常州市政府工作报告\n一、2020年工作回顾\n"


def spoiled_digits(digits, dice):
    """Ten times as much, a tenth, or two digits swapped."""
    kind = dice.choice(["more", "less", "swap"])
    whole, _, rest = digits.partition(".")
    if kind == "more":
        return whole + rest[:1] + ("." + rest[1:] if rest[1:] else "") if rest else whole + "0"
    if kind == "less" and len(whole) > 1:
        return f"{whole[:-1]}.{whole[-1]}{rest}"
    places = [k for k in range(len(digits) - 1) if digits[k : k + 2].isdigit() and digits[k] != digits[k + 1]]
    places = [k for k in places if k or digits[1] != "0"]
    if not places:
        return None
    k = dice.choice(places)
    return digits[:k] + digits[k + 1] + digits[k] + digits[k + 2 :]


@pytest.mark.parametrize("name", RELATIONS)
def test_each_relation_finds_its_planted_errors(name):
    """Right figures are no contradiction; a slip that exact arithmetic calls impossible is one."""
    sentence, make, possible = RELATIONS[name]
    impossible = detected = 0
    missed = []
    for seed in range(60):
        dice = random.Random(seed)
        figures = make(dice)
        assert possible(**figures)
        text = REVIEW + sentence.format(**figures)
        assert not found(cz.parse(text).audit(), severity="contradiction"), text
        key = dice.choice(sorted(figures))
        wrong = spoiled_digits(figures[key], dice)
        if wrong is None or not float(wrong) or possible(**{**figures, key: wrong}):
            continue
        impossible += 1
        spoiled = REVIEW + sentence.format(**{**figures, key: wrong})
        start = len(REVIEW) + len(sentence.partition("{" + key + "}")[0].format(**figures))
        if contradicted(spoiled, start, start + len(wrong)):
            detected += 1
        else:
            missed.append((figures, key, wrong))
    assert impossible >= 15
    assert detected >= 0.9 * impossible, missed


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("change", "{c}个百分点", "{c}%"),
        ("growth", "年均增长", "年均下降"),
        ("difference", "高于全国", "低于全国"),
        ("change", "比2015年提高", "比2015年下降"),
        ("growth", "{b}亿元", "{b}万元"),
        ("sectors", "{c}亿元", "{c}万元"),
        ("share", "{p}亿元", "{p}万元"),
    ],
)
def test_slips_of_words_and_units(name, right, wrong):
    """Percent for points, the wrong direction, 万 for 亿: seen wherever the figures are larger than rounding."""
    sentence, make, _ = RELATIONS[name]
    for seed in range(12):
        figures = make(random.Random(seed))
        text = REVIEW + sentence.replace(right, wrong).format(**figures)
        # 1 % of 60 is 0.6 and 1 point is 1: what lies closer than rounding tells nothing
        if (
            wrong == "{c}%"
            and float(figures["a"]) * (1 + float(figures["c"]) / 100) > float(figures["b"]) - 0.2
        ):
            continue
        assert found(cz.parse(text).audit(), severity="contradiction"), text


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

    gdp = math.nan
    for name, basis in [
        ("地区生产总值", "real"), ("一般公共预算收入", ""), ("社会消费品零售总额", ""), ("全社会用电量", ""),
    ]:  # fmt: skip
        unit = "亿千瓦时" if "电" in name else "亿元"
        levels = path(dice.uniform(80, 9000), -0.03, 0.12)
        gdp = levels[5] if basis else gdp
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
    cut = sorted([dice.uniform(0.02, 0.2), dice.uniform(0.3, 0.7)])
    sectors = [gdp * cut[0], gdp * (cut[1] - cut[0]), gdp * (1 - cut[1])]
    lines.append(
        f"{last}年，第一产业增加值{printed(sectors[0], 2)}亿元，第二产业增加值{printed(sectors[1], 1)}亿元，"
        f"第三产业增加值{printed(sectors[2], 0)}亿元，海洋生产总值{printed(sectors[1] / 4, 1)}亿元。"
    )
    nation, above = dice.uniform(2, 8), dice.uniform(0.5, 3)
    lines.append(
        f"{last}年，全国外贸进出口总额增长{printed(nation, 1)}%。"
        f"{last}年，进出口总额增长{printed(nation + above, 1)}%，高于全国{printed(above, 1)}个百分点。"
    )
    online, retail = dice.uniform(100, 900), dice.uniform(2000, 9000)
    lines.append(
        f"{last}年，网上零售额{printed(online, 1)}亿元，批发业销售额{printed(retail, 0)}亿元，"
        f"网上零售额占批发业销售额的比重为{printed(100 * online / retail, dice.choice([0, 1, 2]))}%，"
        f"占全省的{printed(dice.uniform(5, 40), 1)}%。"
    )
    earlier, later = dice.uniform(-5, 20), dice.uniform(-5, 20)
    both = 100 * ((1 + earlier / 100) * (1 + later / 100) - 1)
    word = ["下降", "增长"]
    lines.append(
        f"{last - 1}年快递业务量{word[earlier >= 0]}{printed(abs(earlier), 1)}%，"
        f"{last}年快递业务量{word[later >= 0]}{printed(abs(later), 1)}%，"
        f"{last}年快递业务量比{last - 2}年{word[both >= 0]}{printed(abs(both), 1)}%。"
    )
    first, second = sorted([dice.uniform(300, 3000), dice.uniform(300, 3000)], reverse=True)
    lines.append(
        f"{last}年，武进区地区生产总值{printed(first, dice.choice([0, 1]))}亿元，居全市第1位；"
        f"溧阳市地区生产总值{printed(second, dice.choice([0, 1]))}亿元，居全市第2位。"
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
    ("sentence", "word"),
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
