"""Accuracy on the annotated reports does not fall: where they are present. The rest is tested anywhere."""

import importlib.util
import json
import pathlib

import czreport as cz
import pytest

TESTS = pathlib.Path(__file__).resolve().parent.parent
FLOORS = TESTS / "data" / "score_floors.json"

_spec = importlib.util.spec_from_file_location("scores", TESTS / "tools" / "scores.py")
scores = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(scores)


@pytest.fixture(scope="module")
def floors():
    return json.loads(FLOORS.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def figures(shared):
    return scores.measure(shared)


def test_no_figure_falls_below_its_floor(figures, floors):
    fallen = scores.fallen(figures, floors)
    assert not fallen, "\n".join([*fallen, scores.table(figures)])


def test_floors_name_every_figure_that_matters(floors):
    fields = {
        "role",
        "value",
        "unit",
        "bound",
        "measure",
        "period",
        "base",
        "kind",
        "region",
        "scope",
        "indicator",
    }
    for name, *_ in scores.REPORTS:
        assert {*fields, "core", "full", "precision", "span_errors", "numerals_found"} <= set(floors[name])
        assert floors[name]["span_errors"] == 0
    assert {"value", "bound", "code", "kind", "measure", "period", "all"} <= set(floors["truth_national"])
    assert floors["truth_province"] and floors["corpus"]["span_errors"] == 0


def test_every_numeral_of_changzhou_is_found(figures):
    assert figures["changzhou_2021"]["numerals"] == 295
    assert figures["corpus"]["texts"] >= 28


def test_spans_of_every_text(shared):
    score, _ = scores.tools(shared)
    for name, text in scores.texts(shared):
        rows = cz.parse(text, source=name).quantities.to_pylist()
        assert rows, name
        wrong = [(why, row["start"], row.get("text")) for why, row in score.span_errors(rows, text)]
        assert wrong == [], name


def test_the_table_agrees_with_the_scorer(figures, shared, capsys):
    _, judge = scores.tools(shared)
    share = judge.national(
        scores.rows_of(shared / "truth/national_targets.jsonl"),
        lambda year: scores.read(shared / f"corpus/national/{year}.txt"),
        False,
    )
    assert share == figures["truth_national"]["all"]
    assert f"national: {figures['truth_national']['figures']} figures" in capsys.readouterr().out


# ---- without annotated reports ----

SOME = {"one": {"value": 0.9, "span_errors": 0}, "two": {"value": 1.0, "figures": 16}}


@pytest.mark.parametrize(
    ("floors", "lines"),
    [
        ({"one": {"value": 0.9, "span_errors": 0}, "two": {"value": 0.995}}, 0),
        ({"one": {"value": 0.901}}, 1),
        ({"one": {"span_errors": 0}, "two": {"value": 1.001, "figures": 17}}, 2),
        ({"one": {"core": 0.5}}, 1),
        ({"three": {"core": 0.5, "value": 0.1}}, 2),
        ({}, 0),
    ],
)
def test_what_falls_is_said(floors, lines):
    assert len(scores.fallen(SOME, floors)) == lines


def test_errors_may_only_fall():
    assert scores.fallen({"one": {"span_errors": 1}}, {"one": {"span_errors": 0}})
    assert not scores.fallen({"one": {"span_errors": 0}}, {"one": {"span_errors": 2}})


def test_table_has_a_column_for_each():
    lines = scores.table(SOME).split("\n")
    assert lines[0].split() == ["one", "two"]
    assert lines[1].split() == ["value", "0.9000", "1.0000"]
    assert lines[2].split() == ["span_errors", "0"] and lines[3].split() == ["figures", "16"]


def test_exit_codes(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(scores, "measure", lambda shared: SOME)
    floors = tmp_path / "floors.json"
    for floor, code in ((0.9, 0), (0.95, 1)):
        floors.write_text(json.dumps({"one": {"value": floor}}), encoding="utf-8")
        assert scores.main(["--check", str(floors)], shared=tmp_path) == code
        assert ("below the floor" in capsys.readouterr().err) == bool(code)
    assert scores.main(["--json"], shared=tmp_path) == 0
    assert json.loads(capsys.readouterr().out) == SOME
    assert scores.main(["--check", str(floors)], shared=tmp_path / "absent") == 0
    assert "nothing to score" in capsys.readouterr().err
