"""Plots: what is drawn, not how it looks."""

import sys
import warnings

import czreport as cz
import numpy as np
import pytest
from czreport import growth, targets

matplotlib = pytest.importorskip("matplotlib", reason="the extra plot is not installed")
matplotlib.use("agg")
import matplotlib.pyplot as plt  # noqa: E402
from czreport import plots  # noqa: E402


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def has_chinese():
    try:
        plots.chinese_font()
    except RuntimeError:
        pytest.skip("no font with Chinese glyphs is installed")


def table(rows, unit="%"):
    names, lo, hi, texts = zip(*rows)
    return cz.Table({"report_region": names, "lo": lo, "hi": hi, "text": texts, "unit": [unit] * len(rows)})


ROWS = [
    ("North", 5.0, np.inf, "5% or more"),
    ("South", 4.5, 5.5, "4.5%-5.5%"),
    ("East", 6.0, 6.0, "6%"),
    ("West", -np.inf, 3.0, "at most 3%"),
]


def test_targets_stand_in_order_with_their_words():
    ax = plots.targets_by_region(table(ROWS), lang="en")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["West", "South", "North", "East"]
    assert [text.get_text() for text in ax.texts] == ["at most 3%", "4.5%-5.5%", "5% or more", "6%"]
    assert ax.get_xlabel() == "%"


def test_open_sides_are_arrows_and_closed_ones_bars():
    ax = plots.targets_by_region(table(ROWS), lang="en")
    markers = {
        (line.get_marker(), float(line.get_ydata()[0])) for line in ax.lines if line.get_marker() != "None"
    }
    assert markers == {("<", 0), ("|", 0), ("|", 1), ("|", 2), (">", 2), ("o", 3)}


def test_the_axes_that_is_given_is_drawn_on_and_returned():
    _, mine = plt.subplots()
    assert plots.targets_by_region(table(ROWS), ax=mine, lang="en") is mine
    assert plots.plan_path(100, 2020, 150, 2025, ax=mine, lang="en") is mine
    assert plots.contributions(["a", "b"], [1, 2], unit="points", ax=mine, lang="en") is mine
    assert plots.outcomes([2020], [5], [6], [5.5], ax=mine, lang="en") is mine


def test_units_are_not_mixed():
    mixed = cz.Table(
        {"region": ["a", "b"], "lo": [1.0, 2.0], "hi": [1.0, 2.0], "text": ["1", "2"], "unit": ["%", "亿元"]}
    )
    with pytest.raises(ValueError, match="one unit"):
        plots.targets_by_region(mixed)
    with pytest.raises(ValueError, match="no rows"):
        plots.targets_by_region(mixed[:0])


def test_outcomes_show_sets_and_line():
    ax = plots.outcomes(
        [2021, 2022, 2023], [6, np.nan, 5], [np.inf, np.nan, 5], [8.1, 3.0, np.nan], lang="en"
    )
    assert len(ax.patches) == 2 and [patch.get_y() for patch in ax.patches] == [6, 5]
    line = next(line for line in ax.lines if line.get_marker() == "o")
    np.testing.assert_array_equal(line.get_ydata(), [8.1, 3.0, np.nan])
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["outcome", "target"]
    with pytest.raises(ValueError, match="one length"):
        plots.outcomes([2021], [6, 5], [6, 5], [1, 2])


def test_a_plan_reaches_its_goal_at_the_required_rate():
    ax = plots.plan_path(7700, 2020, 10000, 2025, width=0.5, actual=[(2020, 7700), (2021, 8300)], lang="en")
    path = next(line for line in ax.lines if line.get_linestyle() == "--")
    assert path.get_ydata()[-1] == pytest.approx(10000)
    rate = targets.required_growth(7700, 10000, 5)
    assert f"{rate:.2f}% a year" in path.get_label()
    fan = ax.collections[0].get_paths()[0].get_extents()
    assert fan.ymax == pytest.approx(7700 * (1 + (rate + 0.5) / 100) ** 5)
    for wrong in ((7700, 2020, 10000, 2020), (-1, 2020, 10, 2025)):
        with pytest.raises(ValueError):
            plots.plan_path(*wrong, lang="en")
    with pytest.raises(ValueError, match=r"\(n, 2\)"):
        plots.plan_path(1, 2020, 2, 2025, actual=[1, 2], lang="en")


def test_contributions_add_up():
    parts = growth.pull([110, 60], [100, 50], 150)
    ax = plots.contributions(["industry", "services"], parts, unit="points", lang="en")
    heights = [patch.get_height() for patch in ax.patches]
    assert heights[-1] == pytest.approx(sum(heights[:-1])) and heights[:-1] == pytest.approx(list(parts))
    with pytest.raises(ValueError, match="2 values"):
        plots.contributions(["a", "b"], [1])


def test_an_audit_shows_the_intervals_that_miss_each_other(has_chinese):
    report = cz.parse("2021年常州市政府工作报告\n到2020年，一般公共预算收入是2015年的1.3倍，年均增长6.4%。")
    ax = plots.audit_intervals(report.audit())
    bars = [line.get_xdata() for line in ax.lines if line.get_linewidth() == 3]
    stated, implied = sorted(bars, key=lambda ends: -ends[0])
    assert stated[0] > implied[1]  # a gap can be seen
    with pytest.raises(ValueError, match="no finding"):
        plots.audit_intervals(cz.parse("常州市", year=2021).audit())


def test_chinese_is_written_in_a_font_that_has_it(has_chinese, tmp_path):
    rows = cz.Table({"region": ["常州市"], "lo": [6.0], "hi": [6.5], "text": ["6%—6.5%"], "unit": ["%"]})
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of every glyph that it does not find
        for ax in (
            plots.targets_by_region(rows),
            plots.plan_path(1, 2020, 2, 2025, unit="亿元"),
            plots.outcomes([2021], [6], [7], [6.5]),
        ):
            ax.figure.savefig(tmp_path / "x.png")


def test_without_a_chinese_font_the_message_names_packages(monkeypatch):
    from matplotlib import font_manager

    plots.chinese_font.cache_clear()
    monkeypatch.setattr(
        font_manager.fontManager,
        "ttflist",
        [f for f in font_manager.fontManager.ttflist if f.name == "DejaVu Sans"],
    )
    try:
        with pytest.raises(RuntimeError, match="fonts-noto-cjk"):
            plots.plan_path(1, 2020, 2, 2025)
        assert plots.plan_path(1, 2020, 2, 2025, lang="en")  # nothing Chinese: nothing to miss
    finally:
        plots.chinese_font.cache_clear()


def test_without_matplotlib_the_message_names_the_extra(monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ImportError, match=r"czreport\[plot\]"):
        plots.contributions(["a"], [1], unit="points", lang="en")


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="lang"):
        plots.plan_path(1, 2020, 2, 2025, lang="fr")
