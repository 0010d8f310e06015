"""Folders, globs, archives and tables: every document comes, in order, and a bad one does not stop the rest."""

import csv
import io
import json
import os
import pickle
import sys
import zipfile
from concurrent.futures import ProcessPoolExecutor

import pytest

import czreport as cz
from czreport.documents import (
    Document,
    DocumentError,
    Source,
    iter_documents,
    iter_sources,
    read_document,
    read_source,
)

TEXT = "2021年常州市政府工作报告\n粮食总产量70万吨。\n"


def zipped(members, encoding=None):
    """An archive; with `encoding`, names are stored as its bytes without the mark of UTF-8."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            stored = name if encoding is None else f"{len(name):0{len(name.encode(encoding))}d}"
            archive.writestr(stored, data)
    raw = stream.getvalue()
    for name, _ in members:
        if encoding is not None:
            raw = raw.replace(f"{len(name):0{len(name.encode(encoding))}d}".encode(), name.encode(encoding))
    return raw


def texts(sources, **options):
    return [
        document.text if isinstance(document, Document) else document.error
        for document in iter_documents(sources, **options)
    ]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b/2.txt").write_text("二", encoding="gb18030")
    (tmp_path / "b/10.txt").write_text("十", encoding="utf-16")
    (tmp_path / "a.txt").write_text("甲", encoding="utf-8-sig")
    (tmp_path / "c.txt").write_bytes("丙乙".encode() + b"\xff" + "丁".encode())
    (tmp_path / "d.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (tmp_path / "~$a.docx").write_bytes(b"x")
    (tmp_path / ".DS_Store").write_bytes(b"x")
    (tmp_path / "e.zip").write_bytes(zipped([("f.txt", "己".encode())]))
    return tmp_path


def test_folders(folder):
    found = list(iter_documents(folder))
    assert [os.path.relpath(one.path, folder).replace(os.sep, "/") for one in found] == [
        "a.txt", "c.txt", "d.doc", "e.zip", "b/10.txt", "b/2.txt",
    ]  # fmt: skip
    assert [one.text for one in found if isinstance(one, Document)] == ["甲", "己", "十", "二"]
    assert [one.encoding for one in found if isinstance(one, Document)] == [
        "utf-8",
        "utf-8",
        "utf-16-le",
        "gb18030",
    ]
    bad, old = (one for one in found if isinstance(one, DocumentError))
    assert (bad.error, bad.offset, bad.doc_id) == ("EncodingError", 6, str(folder / "c.txt"))
    assert "invalid UTF-8 at byte 6" in bad.reason and not bad.reason.startswith(str(folder))
    assert (old.error, ".docx" in old.reason) == ("FormatError", True)


def test_globs_lists_and_pairs(folder):
    assert texts(str(folder / "**" / "*.txt")) == ["甲", "十", "二", "EncodingError"]
    assert texts([folder / "b", str(folder / "a.txt"), ("x", "乙"), ("y", "生产总值".encode("gb18030"))]) == [
        "十", "二", "甲", "乙", "生产总值",
    ]  # fmt: skip
    assert texts({"x": "乙"}) == ["乙"]
    assert texts([folder / "none.txt", folder / "a.txt"]) == ["FileNotFoundError", "甲"]
    assert [one.source for one in iter_documents([("常州市2021", TEXT)])] == ["常州市2021"]
    for nothing in (folder / "none", str(folder / "*.none")):
        with pytest.raises(FileNotFoundError):
            iter_documents(nothing)
    for wrong in ([3], [("a", 3)], b"x"):
        with pytest.raises(TypeError, match="sources must be"):
            list(iter_documents(wrong))


def test_documents_come_one_at_a_time(folder):
    def endless():
        while True:
            yield folder / "a.txt"

    found = iter_documents(endless())
    assert [next(found).text for _ in range(3)] == ["甲"] * 3


def test_sources_travel_to_other_processes(folder):
    found = list(iter_sources([folder, ("x", "乙")]))
    assert pickle.loads(pickle.dumps(found)) == found
    with ProcessPoolExecutor(1) as pool:
        assert list(pool.map(read_source, found)) == [read_source(one) for one in found]


# ---- archives ----


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", None])
def test_names_in_archives(tmp_path, encoding):
    path = tmp_path / "x.zip"
    path.write_bytes(zipped([("江苏省/常州市2021年.txt", "粮食总产量70万吨。".encode("gb18030"))], encoding))
    (document,) = iter_documents(path)
    assert document.member == "江苏省/常州市2021年.txt" and document.source == "常州市2021年.txt"
    assert document.doc_id == f"{path}!江苏省/常州市2021年.txt"
    report = cz.read(path)
    assert (report.region, report.year) == ("常州市", 2021)


def test_archives_of_several_documents(tmp_path):
    path = tmp_path / "x.zip"
    names = [f"{i}.txt" for i in range(7)]
    path.write_bytes(zipped([("__MACOSX/0.txt", b""), *((name, name.encode()) for name in names)]))
    assert texts([path]) == names
    with pytest.raises(
        cz.FormatError, match=r"several: 0.txt, 1.txt, 2.txt, 3.txt, 4.txt, …; read_corpus"
    ) as caught:
        cz.read(path)
    assert caught.value.path == str(path)
    path.write_bytes(zipped([]))
    with pytest.raises(cz.FormatError, match=r"x\.zip: expected a document, found none"):
        cz.read(path)


def test_tables_in_archives(tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(
        zipped(
            [("t.csv", "id,text\na,甲\nb,乙\n".encode("gb18030")), ("n.csv", b"x,y\n1,2\n"), ("z.txt", b"z")]
        )
    )
    found = list(iter_documents(path))
    assert [(one.doc_id, one.path, one.member) for one in found[:2]] == [
        ("a", str(path), "t.csv"),
        ("b", str(path), "t.csv"),
    ]
    assert found[2].error == "FormatError" and found[3].text == "z"


# ---- tables ----

ROWS = [
    {"编号": "a", "地区": "常州市", "年份": 2021, "正文": TEXT},
    {"编号": "b", "地区": "", "年份": None, "正文": "增长5%，\n“引号”,逗号"},
    {"编号": "", "地区": "无锡市", "年份": "2020年", "正文": "长" * 200_000},
]


def written(path, encoding="utf-8"):
    """The rows in the format that the name says."""
    if path.suffix == ".parquet":
        arrow = pytest.importorskip("pyarrow")
        columns = {name: [row[name] for row in ROWS] for name in ROWS[0]}
        columns["年份"] = ["2021", None, "2020年"]
        pytest.importorskip("pyarrow.parquet").write_table(arrow.table(columns), path)
    elif path.suffix == ".jsonl":
        path.write_text("\n\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS), encoding=encoding)
    else:
        with open(path, "w", encoding=encoding, newline="") as stream:
            writer = csv.DictWriter(stream, list(ROWS[0]), delimiter="\t" if path.suffix == ".tsv" else ",")
            writer.writeheader()
            writer.writerows(ROWS)
    return path


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("t.csv", "utf-8"), ("t.csv", "utf-8-sig"), ("t.csv", "gb18030"), ("t.csv", "utf-16"), ("t.tsv", "gb18030"),
     ("t.jsonl", "utf-8"), ("t.jsonl", "utf-8-sig"), ("t.jsonl", "gb18030"), ("t.parquet", "utf-8")],
)  # fmt: skip
def test_tables(tmp_path, name, encoding):
    path = written(tmp_path / name, encoding)
    found = list(iter_documents(path))
    assert [one.text for one in found] == [row["正文"] for row in ROWS]
    assert [one.doc_id for one in found] == ["a", "b", f"{path}#3"]
    assert [(one.region, one.year) for one in found] == [("常州市", 2021), (None, None), ("无锡市", 2020)]
    assert [one.source for one in found] == ["a", "b", ""]
    with pytest.raises(cz.FormatError, match="several: a, b"):
        cz.read(path)


def test_columns_are_named_or_known(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("Name,words\n常州市,甲\n", encoding="utf-8")
    with pytest.raises(
        cz.FormatError, match=r"t\.csv: expected a column .*found Name, words; name it with text_column="
    ):
        read_document(path)
    assert texts(path) == ["FormatError"]
    (document,) = iter_documents(path, text_column="words", region_column="Name")
    assert (document.text, document.region) == ("甲", "常州市")
    with pytest.raises(cz.FormatError, match="no column 'x'; there are: Name, words"):
        read_document(path, text_column="x")


def test_a_table_of_one_row_is_a_report(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("text,region,year\n粮食总产量70万吨。,常州市,2021\n", encoding="utf-8")
    assert (cz.read(path).region, cz.read(path).year) == ("常州市", 2021)
    assert cz.read(path, region="无锡市").region == "无锡市"


def test_bad_rows_do_not_stop_the_rest(tmp_path):
    path = tmp_path / "t.jsonl"
    lines = [
        '{"text": "甲"}',
        "{text: 1}",
        '{"text": 5}',
        "[1]",
        '{"text": "乙", "year": "x"}',
        '{"txt": ""}',
        '{"text": "丙"}',
    ]
    path.write_bytes("\n".join(lines).encode() + b'\n{"text": "\xff\xfe"}\n{"text": null}')
    found = list(iter_documents(path))
    assert [getattr(one, "text", None) for one in found] == [
        "甲",
        None,
        None,
        None,
        None,
        None,
        "丙",
        None,
        "",
    ]
    faults = [one for one in found if isinstance(one, DocumentError)]
    assert [one.doc_id for one in faults] == [f"{path}#{i}" for i in (2, 3, 4, 5, 6, 8)]
    assert faults[0].offset == len(lines[0].encode()) + 1 and faults[5].offset == path.read_bytes().index(
        b"\xff"
    )
    assert "expected a year such as 2021, found 'x'" in faults[3].reason
    path = tmp_path / "t.csv"
    path.write_text("text,year\n甲,2021\n乙\n丙,2020,3\n丁,2019\n", encoding="utf-8")
    assert texts(path) == ["甲", "FormatError", "FormatError", "丁"]
    path.write_bytes(b"text\n" + ("甲" * 400 + "\n").encode() * 2_000 + b"\xff\n" + "乙\n".encode())
    found = list(iter_documents(path))
    assert len(found) == 2_002 and found[-1].text == "乙"
    assert found[-2].error == "EncodingError" and "row 2001: invalid utf-8" in found[-2].reason
    path.write_bytes("text\n甲\n乙".encode() + b"\xff\n" + "丙\n".encode())
    assert texts(path) == ["甲", "EncodingError", "丙"]


# ---- extras ----


def test_a_missing_package_names_its_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "selectolax.lexbor", None)
    path = tmp_path / "x.html"
    path.write_text("<p>x</p>", encoding="utf-8")
    with pytest.raises(cz.MissingExtraError) as caught:
        cz.read(path)
    assert 'reading .html needs the extra "html": pip install "czreport[html]"' in str(caught.value)
    assert isinstance(caught.value, cz.ReportError) and isinstance(caught.value, ImportError)
    assert str(path) in str(caught.value) and caught.value.path == str(path)
    assert texts([path, ("a", "乙")]) == ["MissingExtraError", "乙"]


def test_extras_of_the_formats_are_declared(root):
    from czreport.documents import FORMATS

    declared = (root / "pyproject.toml").read_text("utf-8")
    extras = {row.extra for row in FORMATS.values()} - {""}
    assert extras and all(f"\n{extra} = [" in declared for extra in extras)


# ---- one document ----


def test_bytes(tmp_path):
    assert read_document(TEXT.encode("gb18030")).text == TEXT
    assert read_document(b"text\nx\n", name="t.csv").text == "x"
    with pytest.raises(cz.EncodingError, match=r"常州.txt: invalid UTF-8 at byte 0"):
        read_document(b"\xff", name="常州.txt")
    with pytest.raises(ValueError, match="unknown format 'doc'; there are: txt"):
        read_document(b"", format="doc")
    with pytest.raises(cz.FormatError, match="files of type .doc cannot be read"):
        read_document(b"", name="x.doc")
    path = tmp_path / "常州市2021"
    path.write_text(TEXT, encoding="utf-8")
    assert read_document(path, format="txt").source == "常州市2021"


def test_repairs_of_report_and_parser():
    report = cz.parse("一、工作\n全市完成粮食总产量7 0万吨，经济\n增长5%，各项事业全面发展，社会大局稳定。")
    rows = report.repairs.to_pylist()
    assert [row["kind"] for row in rows] == ["joined_digits", "joined_line"]
    assert rows[0]["before"] == "7 0万吨" and rows[0]["after"] == "70万吨"
    assert rows[1]["before"].replace("\n", "") == rows[1]["after"] and "经济\n增长" in rows[1]["before"]
    assert all(report.text[row["start"] :].startswith(row["before"]) for row in rows)
    again = pickle.loads(pickle.dumps(report))
    assert again.repairs.equals(report.repairs)
    clean = cz.parse("粮食总产量70万吨。\n").repairs
    assert len(clean) == 0 and clean.columns == ["kind", "before", "after", "start"]


def test_repairs_survive_pickling(tmp_path):
    pytest.importorskip("selectolax")
    path = tmp_path / "x.html"
    path.write_text(
        "<ul><li><a>首页</a></li></ul><div><p>粮食丰收，总产量70万吨，农民增收。</p></div>", encoding="utf-8"
    )
    report = cz.read(path)
    assert report.repairs["before"].tolist() == ["首页"]
    assert pickle.loads(pickle.dumps(report)).repairs.equals(report.repairs)


def test_sources_may_be_given_again():
    source = Source("a", text="甲")
    assert texts([source, Document("乙", "b"), DocumentError("c", "", "", "no")]) == [
        "甲",
        "乙",
        "ReportError",
    ]
