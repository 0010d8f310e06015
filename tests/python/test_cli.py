"""The command line: output, exit codes, messages."""

import csv
import io
import json
import os
import subprocess
import sys

import pytest

import czreport as cz
from czreport import _cli, _display

TEXT = "2021年常州市政府工作报告\n2020年，地区生产总值达7700亿元。\n2021年主要预期目标：地区生产总值增长6%以上。\n"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


@pytest.fixture
def run(capsys, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)

    def run(*arguments):
        try:
            code = _cli.main(arguments)
        except SystemExit as exit:  # argparse
            code = exit.code
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_read_shows_the_statements(run, path):
    code, out, err = run("read", path)
    assert code == 0 and "note: fewer than 3,000 characters" in err
    lines = out.splitlines()
    assert "常州市 2021" in lines[0] and "7700" in out and "亿元" in out and "at_least" in out
    assert lines[1].split()[:3] == ["indicator", "value", "unit"] and len(lines) == 5


def test_read_bundled_report(run):
    code, out, _ = run("read", "changzhou-2021")
    assert code == 0 and len(out.splitlines()) == len(cz.load("changzhou-2021").statements) + 3


def test_a_file_wins_over_a_bundled_report_of_that_name(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "changzhou-2021").write_text(TEXT, encoding="utf-8")
    code, _, err = run("read", "changzhou-2021")
    assert code == 1 and "supported" in err


def test_csv_and_json_have_all_columns(run, path):
    report = cz.read(path)
    code, out, _ = run("read", path, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0 and list(rows[0]) == report.statements.columns and len(rows) == len(report.statements)
    code, out, _ = run("read", path, "--format", "json", "--all")
    assert code == 0 and [row["start"] for row in json.loads(out)] == report.quantities["start"].tolist()


def test_several_files_name_the_source(run, path):
    code, out, _ = run("read", path, "changzhou-2021", "--format", "csv", "--find", "gdp")
    sources = {row["source"] for row in csv.DictReader(io.StringIO(out))}
    assert code == 0 and sources == {path, "changzhou-2021"}


def test_find_and_targets(run, path):
    _, out, _ = run("read", path, "--find", "GDP", "--format", "json")
    assert [row["value"] for row in json.loads(out)] == [7700.0, 6.0]
    _, out, _ = run("targets", path, "--format", "json")
    assert [(row["value"], row["kind"]) for row in json.loads(out)] == [(6.0, "target")]
    for arguments, count in (
        (["--for-year", "2021"], 1),
        (["--for-year", "2020"], 0),
        (["--indicator", "cpi"], 0),
    ):
        _, out, _ = run("targets", path, "--format", "json", *arguments)
        assert len(json.loads(out)) == count
    code, out, _ = run("targets", path)
    assert code == 0 and "target" in out


def test_region_year_and_encoding(run, tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("产量70万吨。", encoding="utf-16-be")
    _, out, err = run("read", str(path))
    assert "note:" in err and "unknown region and year" in out
    code, out, _ = run("read", str(path), "--region", "常州市", "--year", "2020", "--encoding", "utf-16-be")
    assert code == 0 and "常州市 2020" in out


def test_vocabulary_option(run, tmp_path):
    (tmp_path / "words.csv").write_text("type,code,name\nindicator,stalls,夜市摊位数\n", encoding="utf-8")
    (tmp_path / "x.txt").write_text("夜市摊位数320个。", encoding="utf-8")
    arguments = ("read", str(tmp_path / "x.txt"), "--format", "json", "--vocabulary")
    _, out, _ = run(*arguments, str(tmp_path / "words.csv"))
    assert json.loads(out)[0]["indicator_code"] == "stalls"
    code, _, err = run(*arguments, str(tmp_path / "none.csv"))
    assert code == 2 and "none.csv" in err


def test_unreadable_files_do_not_stop_the_rest(run, path, tmp_path):
    broken = tmp_path / "broken.txt"
    broken.write_bytes("产量70万吨。".encode() + b"\xff" + "增长".encode())
    code, out, err = run("read", str(broken), "nothing.txt", path, "--format", "json")
    assert code == 1 and len(json.loads(out)) == 2
    assert "broken.txt" in err and "byte 17" in err and "nothing.txt: No such file" in err
    code, out, err = run("read", "changzou-2021")
    assert code == 1 and out == "" and "changzhou-2021" in err


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nope",),
        ("read",),
        ("read", "changzhou-2021", "--format", "xml"),
        ("read", "changzhou-2021", "--year", "x"),
    ],
)
def test_wrong_usage(run, arguments):
    code, out, err = run(*arguments)
    assert code == 2 and out == "" and "usage:" in err


@pytest.mark.parametrize("option", [("--region", "无此市"), ("--year", "12"), ("--encoding", "utf-99")])
def test_impossible_arguments(run, path, option):
    code, out, err = run("read", path, *option)
    assert code == 2 and out == "" and err.startswith("czreport: ")


def test_registries(run):
    code, out, _ = run("indicators", "--find", "地区生产总值", "--format", "json")
    assert code == 0 and "gdp" in {row["code"] for row in json.loads(out)}
    code, out, _ = run("units", "--find", "公里")
    assert code == 0 and "公里" in out and len(out.splitlines()) < 30
    code, out, _ = run("indicators")
    assert code == 0 and len(out.splitlines()) == len(cz.indicators()) + 2


def test_version_and_help(run):
    code, out, _ = run("--version")
    assert code == 0 and cz.__version__ in out and cz.registry_version() in out
    code, out, _ = run("read", "--help")
    assert code == 0 and "changzhou-2021" in out


@pytest.mark.parametrize("columns", [40, 80, 132])
def test_tables_fit_the_terminal(run, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    _, out, _ = run("read", "changzhou-2021")
    assert all(_display.text_width(line) <= columns for line in out.splitlines()[1:])


# ---- as a program ----


def program(*arguments, **options):
    command = [sys.executable, "-m", "czreport", *arguments]
    return subprocess.run(command, capture_output=True, timeout=120, **options)


def test_pipes_get_utf8_whatever_the_locale():
    env = {
        **os.environ,
        "LC_ALL": "C",
        "PYTHONIOENCODING": "ascii",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }
    done = program("read", "changzhou-2021", "--format", "csv", env=env)
    assert done.returncode == 0 and "亿元" in done.stdout.decode("utf-8")


def test_exit_codes_of_the_process(path):
    assert program("read", path).returncode == 0
    assert program("read", "nothing.txt").returncode == 1
    assert program("read").returncode == 2


@pytest.mark.skipif(os.name != "posix", reason="needs a shell with head")
def test_a_closed_pipe_is_no_error():
    command = f"{sys.executable} -m czreport indicators --format json | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, timeout=120)
    assert done.stderr == b"" and done.stdout.startswith(b"[")


def test_read_takes_word_files(run, tmp_path):
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("2021年常州市政府工作报告")
    document.add_paragraph("粮食总产量70万吨。")
    document.save(tmp_path / "x.docx")
    code, out, err = run("read", str(tmp_path / "x.docx"))
    assert code == 0 and "粮食总产量" in out and "常州市 2021" in out
    (tmp_path / "y.docx").write_bytes(b"")
    code, out, err = run("read", str(tmp_path / "y.docx"))
    assert code == 1 and "y.docx: expected a Word file (.docx), found an empty file" in err
