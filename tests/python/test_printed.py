"""Printed decimals: hand-checked cases, exact rationals, rounding rules, GRIM, tables."""

import csv
import math
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Decimal,
)
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import czreport as cz
from czreport import printed
from czreport.printed import Interval

NAN, INF = math.nan, math.inf

# value, decimals, rule, the exact ends, which ends are open: worked out by hand.
UNROUND = [
    (2.37, 2, "half", "2.365", "2.375", False, False),
    (2.37, 2, "half_up", "2.365", "2.375", False, True),
    (2.37, 2, "half_down", "2.365", "2.375", True, False),
    (2.37, 2, "half_even", "2.365", "2.375", True, True),
    (2.38, 2, "half_even", "2.375", "2.385", False, False),
    (2.37, 2, "floor", "2.37", "2.38", False, True),
    (2.37, 2, "ceil", "2.36", "2.37", True, False),
    (2.37, 2, "trunc", "2.37", "2.38", False, True),
    (-2.37, 2, "half", "-2.375", "-2.365", False, False),
    (-2.37, 2, "half_up", "-2.375", "-2.365", True, False),
    (-2.37, 2, "half_down", "-2.375", "-2.365", False, True),
    (-2.37, 2, "floor", "-2.37", "-2.36", False, True),
    (-2.37, 2, "ceil", "-2.38", "-2.37", True, False),
    (-2.37, 2, "trunc", "-2.38", "-2.37", True, False),
    (0.0, 0, "half", "-0.5", "0.5", False, False),
    (0.0, 0, "half_up", "-0.5", "0.5", True, True),
    (0.0, 0, "half_down", "-0.5", "0.5", False, False),
    (0.0, 0, "trunc", "-1", "1", True, True),
    (0.0, 1, "half_even", "-0.05", "0.05", False, False),
    (7700.0, 0, "half", "7699.5", "7700.5", False, False),
    (7700.0, -2, "half", "7650", "7750", False, False),
    (150.0, -1, "half", "145", "155", False, False),
    (1000.0, -3, "floor", "1000", "2000", False, True),
    (6.4, 1, "half", "6.35", "6.45", False, False),
    (616.6, 1, "half", "616.55", "616.65", False, False),
    (1260582.0, 0, "half", "1260581.5", "1260582.5", False, False),
    (0.1, 22, "half", "0.09999999999999999999995", "0.10000000000000000000005", None, None),
]


@pytest.mark.parametrize(("value", "decimals", "rule", "lo", "hi", "open_lo", "open_hi"), UNROUND)
def test_unround_by_hand(value, decimals, rule, lo, hi, open_lo, open_hi):
    bounds = printed.unround(value, decimals, rule)
    assert Fraction(bounds.lo) <= Fraction(lo) and Fraction(hi) <= Fraction(bounds.hi)
    assert bounds.lo == pytest.approx(float(lo), rel=3e-16, abs=0)
    assert bounds.hi == pytest.approx(float(hi), rel=3e-16, abs=0)
    if open_lo is not None:
        assert printed.open_ends(value, decimals, rule) == (open_lo, open_hi)


# value, power, result: products written out by hand.
SCALE = [
    (616.6, 8, 61660000000),
    (7700.0, 8, 770000000000),
    (4.35, 2, 435),
    (2.4, 4, 24000),
    (1.005, 3, 1005),
    (8.2, 1, 82),
    (0.07, 2, 7),
    (-29.8, 4, -298000),
    (471495.0, -4, 47.1495),
    (0.0, 8, 0),
    (1.1, 6, 1100000),
    (126.0582, 12, 126058200000000),
    (18.3, 12, 18300000000000),
]


@pytest.mark.parametrize(("value", "power", "expected"), SCALE)
def test_scale_by_hand(value, power, expected):
    assert printed.scale(value, power) == expected


# M of n, decimals, whether: n small enough to list all M by hand.
GRIM = [
    (50.0, 2, 0, True),
    (33.3, 3, 1, True),
    (33.4, 3, 1, False),
    (66.7, 3, 1, True),
    (25.0, 4, 0, True),
    (26.0, 4, 0, False),
    (100.0, 7, 1, True),
    (0.0, 7, 1, True),
    (100.1, 7, 1, False),
    (-14.3, 7, 1, False),
    (14.3, 7, 1, True),
    (14.2, 7, 1, False),
    (89.3, 28, 1, True),
    (93.5, 31, 1, True),
    (93.6, 31, 1, False),
    (12.5, 8, 1, True),
]


@pytest.mark.parametrize(("value", "n", "decimals", "expected"), GRIM)
def test_grim_by_hand(value, n, decimals, expected):
    assert printed.grim(value, n, decimals) is expected


def test_there_are_fifty_cases():
    assert len(UNROUND) + len(SCALE) + len(GRIM) >= 50


# ---- against exact decimals ----

ROUNDINGS = {
    "half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "half_down": ROUND_HALF_DOWN, "ceil": ROUND_CEILING,
    "floor": ROUND_FLOOR, "trunc": ROUND_DOWN,
}  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(
    st.integers(-(10**12), 10**12),
    st.integers(-6, 9),
    st.sampled_from(sorted(ROUNDINGS)),
    st.integers(-20, 20),
)
def test_unround_inverts_rounding(digits, places, rule, offset):
    """A number near a printed one is in its set if and only if it is rounded to it; open ends included."""
    unit = Decimal(1).scaleb(-places)
    shown = digits * unit
    number = shown + offset * unit / 20  # twentieths, so that the ends themselves come up
    rounded = number.quantize(unit, rounding=ROUNDINGS[rule])
    lo, hi = printed.unround(float(shown), places, rule)
    open_lo, open_hi = printed.open_ends(float(shown), places, rule)
    half = Fraction(unit) / 2
    exact = Fraction(shown)
    reach = {"ceil": (-2, 0), "floor": (0, 2)}.get(rule, (-1, 1))
    if rule == "trunc":
        reach = (0 if digits > 0 else -2, 0 if digits < 0 else 2)
    low, high = exact + reach[0] * half, exact + reach[1] * half
    assert Fraction(lo) <= low and Fraction(hi) >= high
    if low:
        assert Fraction(float(np.nextafter(np.nextafter(lo, INF), INF))) >= low
    if high:
        assert Fraction(float(np.nextafter(np.nextafter(hi, -INF), -INF))) <= high
    at = Fraction(number)
    inside = (at > low or (at == low and not open_lo)) and (at < high or (at == high and not open_hi))
    assert inside == (rounded == shown)


@settings(max_examples=400, deadline=None)
@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 15), st.integers(-22, 22))
def test_scale_is_the_nearest_double_of_the_exact_product(digits, places, power):
    value = float(Decimal(digits).scaleb(-places))
    assert printed.scale(value, power) == float(Decimal(digits).scaleb(power - places))


@settings(max_examples=300, deadline=None)
@given(st.integers(-(10**14), 10**14), st.integers(0, 12))
def test_decimals_are_those_of_the_shortest_text(digits, places):
    value = float(Decimal(digits).scaleb(-places))
    text = format(Decimal(repr(value)), "f")
    expected = len(text.partition(".")[2].rstrip("0")) if "." in text else 0
    assert printed.decimals(value) == expected


@settings(max_examples=300, deadline=None)
@given(
    st.integers(1, 400), st.integers(0, 2), st.integers(0, 12000), st.sampled_from(["half", *sorted(ROUNDINGS)]),
    st.booleans(),
)  # fmt: skip
def test_grim_against_all_whole_numbers(n, places, digits, rule, percent):
    """Brute force in decimals over every M."""
    unit = Decimal(1).scaleb(-places)
    shown = digits * unit
    rules = [ROUND_HALF_UP, ROUND_HALF_DOWN] if rule == "half" else [ROUNDINGS[rule]]

    def prints(m):
        exact = Fraction(m * (100 if percent else 1), n) / Fraction(unit)
        for how in rules:
            # a fraction with more digits than any tie needs
            scaled = Decimal(exact.numerator) / Decimal(exact.denominator)
            if scaled.quantize(Decimal(1), rounding=how) == digits:
                return True
        return False

    top = n if percent else int(shown * n) + 2 * n
    guess = int(Fraction(shown) * n / (100 if percent else 1))
    near = range(max(0, guess - n - 2), min(top, guess + n + 2) + 1)
    assert printed.grim(float(shown), n, places, rule=rule, percent=percent) == any(prints(m) for m in near)


def test_grim_with_huge_counts_and_senseless_questions():
    assert printed.grim(12.3456, 10**9, 4) and not printed.grim(112.3456, 10**9, 4)
    assert printed.grim(99999.5, 10**12, 1, percent=False)
    assert printed.grim([50.0, NAN, 50.0, 50.0, INF], [2, 2, 0, -4, 2], 0).tolist() == [
        True,
        False,
        False,
        False,
        False,
    ]
    assert not printed.grim(50.0, 2.5, 0)
    assert not printed.grim(50.0, 2.5, 0, items=2)  # 5 answers of two and a half people
    with pytest.raises(TypeError):
        printed.grim(50.0, 4, 0, items=0.5)
    assert not printed.grim(50.0, 4, 0, items=0)
    # An open end at 0 or at 100 % is outside, however many there are.
    assert not printed.grim(100.1, 10**9, 1, rule="ceil") and printed.grim(100.0, 10**9, 1, rule="ceil")
    assert not printed.grim(-0.1, 10**9, 1, rule="floor") and printed.grim(0.0, 10**9, 1, rule="floor")
    for wrong in (-1, 7):
        with pytest.raises(ValueError, match="decimals"):
            printed.grim(50.0, 2, wrong)


def test_steps():
    lo, hi = printed.unround_step([6.4, 150.0, 5.0, 7.0, 1e300], [0.1, 10.0, NAN, 0.0, 1.0])
    assert lo[:4].tolist() == [6.35, 145.0, 5.0, 7.0] and hi[:4].tolist() == [6.45, 155.0, 5.0, 7.0]
    assert lo[4] <= 1e300 <= hi[4]
    lo, hi = printed.unround_step(1.0, 0.3)  # not a power of ten: the doubles as they are
    assert Fraction(lo) <= 1 - Fraction(0.3) / 2 and Fraction(hi) >= 1 + Fraction(0.3) / 2
    assert hi - lo < 0.3 + 1e-15


# ---- edges ----


def test_edges():
    assert all(math.isnan(end) for end in printed.unround(NAN, 1))
    assert printed.unround(INF, 1) == (INF, INF) and printed.unround(-INF, 1) == (-INF, -INF)
    assert all(math.isnan(end) for places in (23, -23) for end in printed.unround(1.0, places))
    lo, hi = printed.unround(1e300, 0)
    assert lo <= 1e300 <= hi and hi - lo < 1e285
    assert printed.unround(5e-324, 2) == pytest.approx((-0.005, 0.005))
    assert math.isnan(printed.scale(1.0, 45)) and math.isnan(printed.scale(NAN, 2))
    assert (
        printed.scale(INF, 2) == INF
        and printed.scale(1e300, 22) == INF
        and math.copysign(1, printed.scale(-0.0, 3)) == -1
    )
    assert printed.decimals([NAN, INF, 1 / 3, 1e15, -0.5]).tolist() == [-1, -1, -1, -1, 1]
    with pytest.raises(ValueError, match="rule"):
        printed.unround(1.0, 1, "nearest")
    with pytest.raises(TypeError):
        printed.unround(1.0, 1.5)
    with pytest.raises(ValueError, match="rule"):
        printed._codes([9], printed._RULE_CODES, "rule")


def test_arrays_series_out_where():
    pandas = pytest.importorskip("pandas")
    series = pandas.Series([6.4, 7.0], index=["a", "b"])
    bounds = printed.unround(series, np.array([1, 0]))
    assert isinstance(bounds, Interval) and bounds.lo["a"] == 6.35 and bounds.hi["b"] == 7.5
    assert printed.unround(np.ones((3, 1)), [0, 1, 2, 3]).lo.shape == (3, 4)
    lo, hi = np.zeros(2), np.zeros(2)
    printed.unround([1.0, 2.0], 0, out=(lo, hi), where=[True, False])
    assert lo.tolist() == [0.5, 0.0] and hi.tolist() == [1.5, 0.0]
    np.testing.assert_array_equal(printed.scale([1.0, 2.0], 1, where=[True, False]), [10.0, NAN])
    big = printed.unround(np.full(200_000, 6.4), 1)
    assert (big.lo == 6.35).all() and (big.hi == 6.45).all()


# ---- tables ----


def table(**columns):
    rows = len(columns["value"])
    columns.setdefault("lo", columns["value"])
    columns.setdefault("hi", columns["value"])
    columns.setdefault("bound", ["eq"] * rows)
    columns.setdefault("resolution", [1.0] * rows)
    return cz.Table({name: list(cells) for name, cells in columns.items()})


def test_intervals_by_bound_word():
    rows = table(
        value=[6.4, 7.0, 100.0, 100.0, 3.0, 4.0, NAN, 26.0],
        lo=[6.4, 7.0, 100.0, 100.0, 3.0, -INF, 4.5, 26.0],
        hi=[6.4, 7.0, 100.0, INF, INF, 4.0, 5.0, 26.0],
        bound=["eq", "about", "nearly", "more_than", "at_least", "at_most", "between", "eq"],
        resolution=[0.1, 1.0, 1.0, 1.0, 1.0, 1.0, 0.1, 1.0],
        measure=["growth", "growth", "level", "level", "growth", "growth", "growth", "rank"],
    )
    lo, hi = printed.intervals(rows)
    assert lo.tolist() == [6.35, 6.5, 90.0, 100.0, 3.0, -INF, 4.5, 26.0]
    assert hi.tolist() == [6.45, 7.5, 100.0, INF, INF, 4.0, 5.0, 26.0]
    lo, hi = printed.intervals(rows, about=0.5, nearly=0.2, over=0.25)
    assert (lo[1], hi[1], lo[2], hi[3]) == (3.5, 10.5, 80.0, 125.0)
    lo, hi = printed.intervals(rows, rule="floor")
    assert (lo[0], hi[0]) == pytest.approx((6.4, 6.5), rel=3e-16) and (lo[7], hi[7]) == (26.0, 26.0)


def test_intervals_of_falls_are_mirrored():
    rows = table(
        value=[-7.0, -30.0, -40.0, -20.0], lo=[-7.0, -30.0, -INF, -INF], hi=[-7.0, -30.0, -40.0, -20.0],
        bound=["about", "nearly", "at_least", "more_than"],
    )  # fmt: skip
    lo, hi = printed.intervals(rows, about=0.1, over=0.5)
    assert lo.tolist() == pytest.approx([-7.7, -30.0, -INF, -30.0])
    assert hi.tolist() == pytest.approx([-6.3, -27.0, -40.0, -20.0])


def test_intervals_of_vague_numerals():
    """1270多 ends before 1280, 3.5万多 before 3.6; 超 has no end."""
    rows = table(
        value=[1270.0, 3.5, 30.0, 1270.0, 200.0], hi=[INF] * 5, bound=["more_than"] * 5,
        resolution=[1.0, 0.1, 1.0, 1.0, 1.0], number=["1270", "3.5", "30", "1270", "200"],
        text=["1270多万人", "3.5万多", "30余家", "超1270万人", "200多个"],
    )  # fmt: skip
    assert printed.intervals(rows).hi.tolist() == pytest.approx([1280.0, 3.6, 40.0, INF, 300.0])


def test_intervals_of_a_report():
    """Every figure of a report that was read: ends in order, the value inside."""
    report = cz.parse(
        "2020年地区生产总值7700亿元左右，增长4.5%，新增就业近12万人，压缩能耗3%以上，粮食产量超20亿斤。",
        year=2021,
    )
    rows = report.statements
    lo, hi = printed.intervals(rows)
    assert len(lo) == len(rows) and (lo <= hi).all()
    value = rows["value"]
    assert ((lo <= value) & (value <= hi)).all()


def test_a_table_is_told_how_wide_words_are():
    """Table.intervals has the settings of printed.intervals."""
    rows = table(value=[100.0, 100.0, 100.0], hi=[100.0, 100.0, INF], bound=["about", "nearly", "more_than"])
    lo, hi = rows.intervals(about=0.2, nearly=0.3, over=0.4)
    assert (lo[0], hi[0], lo[1], hi[2]) == pytest.approx((80.0, 120.0, 70.0, 140.0))
    rounded = table(value=[6.4], resolution=[0.1]).intervals(rule="floor")
    assert (rounded.lo[0], rounded.hi[0]) == pytest.approx((6.4, 6.5))
    with pytest.raises(ValueError, match="about"):
        rows.intervals(about=-1)
    with pytest.raises(KeyError):
        cz.Table({"value": [1.0]}).intervals()


def test_intervals_refuse_senseless_tolerances():
    rows = table(value=[1.0])
    for keywords in ({"about": -1}, {"nearly": -0.1}, {"nearly": 1.5}, {"over": NAN}):
        with pytest.raises(ValueError, match=next(iter(keywords))):
            printed.intervals(rows, **keywords)


# ---- published and recalled figures ----


def test_grim_vectors(shared):
    with open(shared / "vectors" / "grim_rounding.csv", encoding="utf-8") as file:
        lines = {(line["test"], line["input"]): line["expected"] for line in csv.DictReader(file)}

    def flags(key):
        return [flag == "T" for flag in lines[key].split()]

    means = np.arange(519, 531) / 100
    assert printed.grim(means, 28, 2, percent=False).tolist() == flags(("GRIM", "means 5.19..5.30 n=28"))
    means = np.arange(150, 160) / 1000
    expected = flags(("GRIM items", "0.150..0.159 n=120 items=3"))
    assert printed.grim(means, 120, 3, items=3, percent=False).tolist() == expected
    means = np.arange(80, 90) / 100
    expected = flags(("GRIM items", "0.80..0.89 n=28 items=2"))
    assert printed.grim(means, 28, 2, items=2, percent=False).tolist() == expected
    # the line on unrounding 2.37, by its parts
    assert ("unround", "2.37 up_or_down") in lines
    assert printed.unround(2.37, 2) == pytest.approx((2.365, 2.375), rel=3e-16)
    ends = {rule: printed.open_ends(2.37, 2, rule) for rule in printed.RULES}
    assert (
        ends["half"] == (False, False)
        and ends["half_up"] == (False, True)
        and ends["half_down"] == (True, False)
    )
    assert (
        ends["half_even"] == (True, True) and ends["floor"] == (False, True) and ends["ceil"] == (True, False)
    )
    assert printed.unround(2.37, 2, "floor") == pytest.approx((2.37, 2.38), rel=3e-16)
    assert printed.unround(2.37, 2, "ceil") == pytest.approx((2.36, 2.37), rel=3e-16)


def test_a_table_gives_its_own_intervals():
    rows = cz.parse(
        "一、2020年工作回顾\n粮食产量增长3.2%，外贸出口额约1200亿元。", region="常州市", year=2021
    ).statements
    lo, hi = rows.intervals()
    expected = printed.intervals(rows)
    assert np.array_equal(lo, expected.lo) and np.array_equal(hi, expected.hi)
    assert lo[0] == pytest.approx(3.15) and hi[0] == pytest.approx(3.25)
    wide = rows.intervals(about=0.5)
    assert wide.lo[1] == pytest.approx(600) and wide.hi[1] == pytest.approx(1800)
