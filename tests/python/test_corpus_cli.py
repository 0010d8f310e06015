"""The commands over many reports."""

import csv
import io
import json

import pytest

import czreport as cz
from czreport import _cli

GOAL = "{year}年{region}政府工作报告\n{review}\n{year}年主要预期目标：地区生产总值增长{rate}%左右。\n"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for region, year, rate, review in [
        ("常州市", 2020, 6, ""),
        ("常州市", 2021, 7, "2020年，地区生产总值增长4.5%。"),
        ("无锡市", 2021, 6, ""),
    ]:
        text = GOAL.format(region=region, year=year, rate=rate, review=review)
        (folder / f"{region}{year}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def run(capsys, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)

    def run(*arguments):
        try:
            code = _cli.main([str(argument) for argument in arguments])
        except SystemExit as exit:
            code = exit.code
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_targets_of_a_folder(run, folder):
    code, out, err = run("targets", folder, "--indicator", "gdp", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0 and err == ""
    assert [(row["report_region"], row["report_year"], row["value"]) for row in rows] == [
        ("常州市", "2020", "6"), ("常州市", "2021", "7"), ("无锡市", "2021", "6"),
    ]  # fmt: skip
    code, out, _ = run("targets", f"{folder}/*2021.txt", "--indicator", "gdp")
    assert code == 0 and len(out.splitlines()) == 4 and "report_region" in out
    code, out, _ = run("targets", folder, "--for-year", 2020, "--format", "json", "--jobs", 1)
    assert len(json.loads(out)) == 1


def test_a_single_file_is_read_as_before(run, folder):
    code, out, _ = run("targets", folder / "常州市2021.txt", "--format", "csv")
    assert code == 0 and "report_region" not in out


def test_track(run, folder):
    code, out, _ = run("track", folder)
    assert code == 0 and "missed" in out and "7%左右" not in out
    code, out, _ = run("track", folder, "--indicator", "gdp", "--format", "json")
    (row,) = json.loads(out)
    assert code == 0 and (row["region"], row["year"], row["gap"]) == ("常州市", 2020, -1.5)


def test_audit_of_a_folder(run, folder):
    code, out, _ = run("audit", folder)
    assert code == 0 and out.count("stub") == 3 and "常州市2020.txt" in out
    (folder / "苏州市2021.txt").write_text(
        (folder / "无锡市2021.txt").read_text("utf-8") * 60, encoding="utf-8"
    )
    code, out, _ = run("audit", folder, "--format", "json")
    rows = json.loads(out)
    assert code == 1 and "wrong_region" in {row["rule"] for row in rows}
    assert all(row["places"] == [] and row["evidence"] for row in rows if row["rule"] == "stub")
    code, out, _ = run("audit", folder, "--format", "csv")
    header = next(csv.reader(io.StringIO(out)))
    assert code == 1 and header[:3] == ["severity", "rule", "scope"]


def test_findings_across_reports_show_their_sentences(run, folder):
    text = "2021年扬州市政府工作报告\n2019年，粮食总产量达到70.2万吨。\n"
    (folder / "扬州市2021.txt").write_text(text, encoding="utf-8")
    (folder / "扬州市2022.txt").write_text(
        text.replace("2021年扬", "2022年扬").replace("70.2", "75.1"), encoding="utf-8"
    )
    code, out, _ = run("audit", folder)
    assert code == 0 and "restated" in out and "【75.1万吨】" in out and "【70.2万吨】" in out


def test_corpus(run, folder, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "out.parquet"
    code, out, err = run("corpus", folder, "-o", path, "--no-progress")
    assert code == 0 and out == "" and "3 reports" in err
    assert parquet.read_table(path).num_rows == len(cz.read_corpus(folder).statements)
    (folder / "x.txt").write_bytes(b"\xff\xfe\xff")
    code, _, err = run("corpus", folder, "-o", path)
    assert code == 1 and "x.txt" in err and "3 reports" in err


def test_metadata_option(run, folder, tmp_path):
    table = tmp_path / "metadata.csv"
    table.write_text("path,region,year\n常州市2020.txt,苏州市,2019\n", encoding="utf-8")
    _, out, _ = run("targets", folder, "--format", "csv", "--metadata", table)
    assert "苏州市" in out and "2019" in out
    code, _, err = run("targets", folder, "--metadata", tmp_path / "none.csv")
    assert code == 2 and "none.csv" in err
    table.write_text("path,year\nx.txt,MM\n", encoding="utf-8")
    code, _, err = run("track", folder, "--metadata", table)
    assert code == 2 and "MM" in err


def test_errors_and_usage(run, folder, tmp_path):
    (folder / "x.txt").write_bytes("产量70万吨。".encode() + b"\xff" + "增长".encode())
    code, out, err = run("targets", folder, "--format", "json")
    assert code == 1 and len(json.loads(out)) == 3 and "x.txt" in err and "byte 17" in err
    assert run("track", tmp_path / "nothing")[0] == 1
    assert run("corpus", folder)[0] == 2
    code, _, err = run("targets", folder, "--year", "2021")
    assert code == 2 and "--metadata" in err
    code, _, err = run("track", folder, "--jobs", "0")
    assert code == 2 and "jobs" in err
