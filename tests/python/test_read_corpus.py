"""Corpora: sources, metadata, errors, progress, threads; tables of all reports."""

import io
import pathlib
import sys
import threading

import numpy as np
import pytest

import czreport as cz
from czreport.corpus import reading

GOAL = "{year}年主要预期目标：地区生产总值增长{rate}%左右。"


def text(region, year, rate=6):
    return f"{year}年{region}政府工作报告\n" + GOAL.format(year=year, rate=rate) + "\n"


@pytest.fixture
def folder(tmp_path):
    for name, content in {
        "江苏省/常州市/2021.txt": "政府工作报告\n" + GOAL.format(year=2021, rate=6),
        "江苏省/无锡2022.txt": "政府工作报告\n" + GOAL.format(year=2022, rate=5),
        "b.txt": text("苏州市", 2020),
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path


def test_a_folder_with_hints_in_the_names(folder):
    corpus = cz.read_corpus(folder)
    columns = ["region", "region_code", "year", "region_from", "year_from"]
    rows = {tuple(row.values()) for row in corpus.documents[columns]}
    assert rows == {
        ("苏州市", "320500", 2020, "text", "text"),
        ("常州市", "320400", 2021, "name", "name"),
        ("无锡市", "320200", 2022, "name", "name"),
    }
    assert [report.year for report in corpus.reports] == corpus.documents["year"].tolist()
    assert corpus.documents["path"].tolist() == [
        str(pathlib.Path(path)) for path in corpus.documents["doc_id"]
    ]


def test_sources_of_every_kind(folder):
    files = sorted(folder.rglob("*.txt"))
    expected = cz.read_corpus(folder).documents
    for sources in (str(folder), f"{folder}/**/*.txt", files, [folder], iter(files)):
        assert sorted(cz.read_corpus(sources).documents["path"]) == sorted(expected["path"])
    pairs = [(path.name, path.read_bytes()) for path in files]
    assert len(cz.read_corpus(pairs)) == len(cz.read_corpus(dict(pairs))) == 3
    with pytest.raises(FileNotFoundError):
        cz.read_corpus(folder / "nothing")


def test_a_year_in_the_name_of_a_folder_counts_last(tmp_path):
    inner = tmp_path / "资料2000-2024"
    inner.mkdir()
    (inner / "常州2021.txt").write_text("粮食产量70万吨。", encoding="utf-8")
    (inner / "无锡.txt").write_text("粮食产量70万吨。", encoding="utf-8")
    assert cz.read_corpus(inner).documents["year"].tolist()[-1] in (2000, 2021)
    years = dict(
        zip(cz.read_corpus(inner).documents["region"], cz.read_corpus(inner).documents["year"].tolist())
    )
    assert years == {"常州市": 2021, "无锡市": 2000}


def test_folders_tell_regions_of_one_name_apart(tmp_path):
    """鼓楼区 is a district of four cities; the text names none of them."""
    for city in ("南京市", "福州市", "徐州市"):
        (tmp_path / city).mkdir()
        (tmp_path / city / "鼓楼区2021.txt").write_text(text("鼓楼区", 2021), encoding="utf-8")
    corpus = cz.read_corpus(tmp_path)
    expected = {"南京市": "320106", "福州市": "350102", "徐州市": "320302"}
    codes = {
        path.split("/")[-2]: code
        for path, code in zip(corpus.documents["path"], corpus.documents["region_code"])
    }
    assert codes == expected and set(corpus.documents["region_from"]) == {"text"}
    assert not {"wrong_region", "wrong_level"} & set(corpus.audit().findings["rule"])
    assert corpus.panel("gdp").shape == (3, 1)
    parquet = pytest.importorskip("pyarrow.parquet")
    cz.write_corpus(tmp_path, tmp_path / "out.parquet")
    table = parquet.read_table(tmp_path / "out.documents.parquet")
    assert sorted(table["region_code"].to_pylist()) == sorted(expected.values())
    # Elsewhere the text decides.
    (tmp_path / "南京市" / "2022.txt").write_text(text("常州市", 2022), encoding="utf-8")
    assert "320400" in cz.read_corpus(tmp_path).documents["region_code"]


def test_one_bad_document_never_stops_the_rest(folder):
    broken = folder / "a.txt"
    broken.write_bytes("粮食产量70万吨。".encode() + b"\xff" + "增长".encode())
    (folder / "c.xyz").write_text("?")
    corpus = cz.read_corpus(folder)
    assert len(corpus) == 3 and len(corpus.errors) == 2
    rows = {pathlib.Path(row["path"]).name: row for row in corpus.errors}
    assert rows["a.txt"]["offset"] == 23 and "UTF-8" in rows["a.txt"]["reason"]
    assert ".xyz" in rows["c.xyz"]["reason"] and rows["c.xyz"]["offset"] == -1
    with pytest.raises(cz.ReportError, match=r"a\.txt.*UTF-8") as caught:
        cz.read_corpus(folder, errors="raise")
    assert caught.value.offset == 23
    assert "2 errors" in repr(corpus) and "errors" in corpus._repr_html_()


def test_texts_that_cannot_be_read_are_errors_too():
    corpus = cz.read_corpus([("a", "增长5%"), ("b", "\ud800"), ("c", "增长6%")])
    assert [len(corpus), corpus.errors["doc_id"].tolist()] == [2, ["b"]]


def test_metadata_overrides_guesses(folder):
    path = "江苏省/常州市/2021.txt"
    for key in (path, str(folder / path), str((folder / path).absolute())):
        corpus = cz.read_corpus(folder, metadata={key: ("苏州市", 2019)})
        row = next(row for row in corpus.documents if row["path"].endswith("2021.txt"))
        assert (row["region"], row["year"], row["region_from"], row["year_from"]) == (
            "苏州市",
            2019,
            "metadata",
            "metadata",
        )
        assert len(corpus.errors) == 0
    # Only one of the two, by the name of the file alone, codes instead of names.
    corpus = cz.read_corpus(folder, metadata=[{"path": "b.txt", "region": "320100", "year": ""}])
    row = next(row for row in corpus.documents if row["path"].endswith("b.txt"))
    assert (row["region"], row["year"], row["region_from"], row["year_from"]) == (
        "南京市",
        2020,
        "metadata",
        "text",
    )


def test_forms_of_metadata(folder, tmp_path_factory):
    pandas = pytest.importorskip("pandas")
    columns = {"path": ["b.txt"], "region": ["南京市"], "year": [2018]}
    csv = tmp_path_factory.mktemp("metadata") / "table.csv"
    pandas.DataFrame(columns).to_csv(csv, index=False, encoding="utf-8-sig")
    gaps = pandas.DataFrame(
        {"path": ["b.txt", "江苏省/无锡2022.txt"], "region": [320100, None], "year": [2018, None]}
    )
    for metadata in (
        cz.Table(columns),
        pandas.DataFrame(columns),
        csv,
        str(csv),
        {"b.txt": ("南京市", 2018)},
        gaps,
    ):
        corpus = cz.read_corpus(folder, metadata=metadata)
        found = {(row["region"], row["year"]) for row in corpus.documents}
        assert ("南京市", 2018) in found and ("无锡市", 2022) in found and len(corpus.errors) == 0


def test_metadata_that_cannot_be_right(folder):
    for metadata, message in [
        ([{"region": "常州市"}], "path"),
        ({"b.txt": ("常州市", 21)}, "year"),
        ([{"path": "b.txt", "year": "MMXX"}], "year"),
        ([{"path": "b.txt", "year": 2020}, {"path": "./b.txt", "year": 2021}], "another row"),
    ]:
        with pytest.raises(ValueError, match=message):
            cz.read_corpus(folder, metadata=metadata)
    corpus = cz.read_corpus(folder, metadata={"b.txt": ("不存在市", 2020), "z.txt": ("常州市", 2020)})
    reasons = {pathlib.Path(row["doc_id"]).name: row["reason"] for row in corpus.errors}
    assert "不存在市" in reasons["b.txt"] and "not among the sources" in reasons["z.txt"] and len(corpus) == 2
    with pytest.raises(cz.ReportError, match="z.txt"):
        cz.read_corpus(folder, metadata={"z.txt": ("常州市", 2020)}, errors="raise")


@pytest.mark.parametrize("arguments", [{"errors": "ignore"}, {"jobs": 0}, {"jobs": -1}])
def test_wrong_arguments(folder, arguments):
    with pytest.raises(ValueError, match=next(iter(arguments))):
        cz.read_corpus(folder, **arguments)


def test_the_number_of_threads_changes_nothing():
    sources = [(str(i), text("常州市", 2001 + i % 20, 3 + i % 7)) for i in range(60)]
    one, four = (cz.read_corpus(sources, jobs=jobs) for jobs in (1, 4))
    assert one.documents.equals(four.documents) and one.statements.equals(four.statements)


def test_documents_are_read_a_little_ahead_only():
    started = []

    def endless():
        for number in range(10_000):
            started.append(number)
            yield str(number), "增长5%"

    items = reading.fetch_all(endless(), lambda got: got, jobs=2)
    assert [next(items)[1].document.doc_id for _ in range(3)] == ["0", "1", "2"]
    items.close()
    assert len(started) <= 3 + 4 * 2
    assert not any("ThreadPool" in thread.name for thread in threading.enumerate())


def test_archives_and_tables_of_documents(tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("江苏省/常州市2021.txt", "政府工作报告\n" + GOAL.format(year=2021, rate=6))
        archive.writestr("b.txt", text("无锡市", 2021, 5).encode("gb18030"))
    table = "text,region,year,id\n粮食产量增长3%。,苏州市,2021,x\n粮食产量增长4%。,没有市,2021,y\n"
    (tmp_path / "c.csv").write_text(table, encoding="utf-8")
    corpus = cz.read_corpus(tmp_path)
    rows = {(row["region"], row["year"], row["region_from"]) for row in corpus.documents}
    assert rows == {("常州市", 2021, "name"), ("无锡市", 2021, "text"), ("苏州市", 2021, "metadata")}
    assert "没有市" in corpus.errors["reason"][0] and len(corpus.errors) == 1
    seen = []
    cz.read_corpus(tmp_path, progress=lambda *step: seen.append(step))
    assert seen[-1] == (4, 0)  # how many an archive holds is not known before it is read
    corpus = cz.read_corpus(tmp_path, metadata={"a.zip!b.txt": ("南京市", 2019)})
    assert ("南京市", 2019) in zip(corpus.documents["region"], corpus.documents["year"].tolist())


def test_evidence_of_a_row(folder):
    corpus = cz.read_corpus(folder)
    rows = corpus.statements
    sentences = [corpus.evidence(row) for row in rows]
    assert all(f"【{quote}】" in sentence for quote, sentence in zip(rows["text"], sentences))
    assert corpus.evidence(rows[1]) == corpus.evidence(corpus.targets()[1])


# ---- progress ----


def test_progress_as_a_function(folder):
    seen = []
    cz.read_corpus(folder, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]
    seen.clear()
    cz.read_corpus(iter([("a", "增长5%")]), progress=lambda *step: seen.append(step))
    assert seen == [(1, 0)]


def test_progress_bar_goes_to_standard_error(folder, monkeypatch):
    pytest.importorskip("tqdm")
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stderr", shown)
    cz.read_corpus(folder, progress=True)
    assert "3/3" in shown.getvalue() and "reports" in shown.getvalue()
    shown.truncate(0)
    cz.read_corpus(folder)  # nobody looks
    cz.read_corpus(folder, progress=False)
    assert "reports" not in shown.getvalue()


def test_progress_without_tqdm_names_the_extra(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm", None)
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    assert len(cz.read_corpus(folder)) == 3
    with pytest.raises(ImportError, match=r"czreport\[progress\]"):
        cz.read_corpus(folder, progress=True)


# ---- tables ----


def test_statements_of_all_reports(folder):
    corpus = cz.read_corpus(folder)
    table = corpus.statements
    assert table.columns[:7] == [
        "doc_id",
        "path",
        "document",
        "row",
        "report_region",
        "report_code",
        "report_year",
    ]
    assert table.columns[7:] == corpus.reports[0].statements.columns
    assert len(table) == sum(len(report.statements) for report in corpus.reports)
    for row in table:
        report = corpus.reports[row["document"]]
        assert report.text[row["start"] : row["end"]] == row["text"]
        assert report.quantities["text"][row["row"]] == row["text"] and row["report_year"] == report.year
    assert table.codes("kind").dtype == np.uint8


def test_targets_and_find(folder):
    corpus = cz.read_corpus(folder)
    assert corpus.targets("gdp")["value"].tolist() == [6.0, 6.0, 5.0] or len(corpus.targets("gdp")) == 3
    assert corpus.targets("gdp", 2022)["report_region"].tolist() == ["无锡市"]
    assert len(corpus.targets("cpi")) == 0 and len(corpus.find("GDP")) == 3


def test_only_chosen_reports_count_where_asked():
    corpus = cz.read_corpus([("a", text("常州市", 2021)), ("b", text("常州市", 2021) + "粮食产量70万吨。")])
    assert corpus.documents["chosen"].tolist() == [False, True]
    assert len(corpus.targets("gdp")) == 2 and corpus.targets("gdp", chosen=True)["doc_id"].tolist() == ["b"]


def test_reports_without_region_or_year_are_kept_and_not_chosen():
    corpus = cz.read_corpus([("x", "粮食产量70万吨。")])
    row = corpus.documents.to_pylist()[0]
    assert (row["region"], row["year"], row["chosen"], row["region_from"]) == ("", 0, False, "")
    assert len(corpus.statements) == 1 and corpus.panel("grain_output", "level").shape == (0, 0)
