"""Tables in other programs: what goes out comes back, through the real libraries."""

import copy
import csv
import ctypes
import doctest
import gc
import io
import json
import math
import os
import pathlib
import pickle
import subprocess
import sys
import threading
import weakref

import numpy as np
import pytest

import czreport as cz
from czreport import _core, _export, _files, _labels, _stata

TEXT = """2021年常州市政府工作报告
一、2020年工作回顾
2020年，全市地区生产总值达7700亿元，增长4.5%，其中工业增加值3000亿元；粮食总产量突破70万吨。总投资超30亿元的项目5个。
二、2021年目标任务
2021年主要预期目标：地区生产总值增长6%以上，居民消费价格涨幅控制在3%以内，研发投入占比达3%—3.5%。
"""
VERSIONS = {"czreport_version": cz.__version__, "czreport_registry": cz.registry_version()}


@pytest.fixture(scope="module")
def report():
    return cz.parse(TEXT)


@pytest.fixture(scope="module")
def rows(report):
    return report.quantities


def lists(*cells):
    column = np.empty(len(cells), dtype=object)
    column[:] = cells
    return column


@pytest.fixture(params=["whole", "selected", "columns", "many", "findings", "made"])
def table(request, report):
    """Tables of every make: of the core, rows and columns of it, with lists, with bools, made in Python."""
    rows = report.quantities
    return {
        "whole": lambda: rows,
        "selected": lambda: rows[rows["value"] > 3][::-1],
        "columns": lambda: rows[["kind", "text", "value"]][2:],
        "many": lambda: cz.parse_many([TEXT, "增长5%。"]),
        "findings": lambda: cz.load("changzhou-2021").audit().findings,
        "made": lambda: cz.Table(
            {"城市": ["常州", "", "=1+1"], "b": [True, False, True], "k": [1, 0, 1], "x": [1.5, math.nan, -math.inf],
             "rows": lists([1, 2], [], [3]), "n": np.array([1, 2, 3], np.int32)},
            {"k": ["", "yes"]},
        ),
    }[request.param]()  # fmt: skip


def same(cells, column):
    """Lists of cells, where NaN equals NaN."""
    return len(cells) == len(column) and all(a == b or (a != a and b != b) for a, b in zip(cells, column))


# ---- Arrow ----


def test_arrow_round_trip(table):
    pa = pytest.importorskip("pyarrow")
    got = pa.table(table)
    got.validate(full=True)
    assert got.column_names == table.columns and got.num_rows == len(table)
    for name in table.columns:
        assert same(got[name].to_pylist(), table[name].tolist()), name
    assert pa.schema(table).equals(got.schema, check_metadata=True)
    assert {key.decode(): value.decode() for key, value in got.schema.metadata.items()} == VERSIONS
    assert table.to_arrow().schema.equals(got.schema, check_metadata=True)
    assert table[:0].to_arrow().schema.equals(got.schema, check_metadata=True)
    assert got.num_rows == 0 or all(got[name].null_count == 0 for name in table.columns)


def test_arrow_types(rows):
    pa = pytest.importorskip("pyarrow")
    kinds = {"text": pa.large_string(), "code": pa.dictionary(pa.int8(), pa.string()), "int32": pa.int32(),
             "int64": pa.int64(), "float64": pa.float64()}  # fmt: skip
    schema = pa.table(rows).schema
    for name, kind, _ in rows._source.columns:
        assert schema.field(name).type == kinds[kind], name
    assert pa.table(cz.Table({"r": lists([1]), "b": [True]})).schema.types == [
        pa.large_list(pa.int64()),
        pa.bool_(),
    ]


def test_arrow_shares_the_memory(rows):
    pa = pytest.importorskip("pyarrow")
    got = pa.table(rows)
    for name, kind, _ in rows._source.columns:
        chunk = got[name].chunk(0)
        if kind == "code":
            address = rows.codes(name).__array_interface__["data"][0]
            assert chunk.indices.buffers()[1].address == address
        elif kind != "text":
            assert chunk.buffers()[1].address == rows[name].__array_interface__["data"][0], name
    again = pa.table(rows)
    assert got["text"].chunk(0).buffers()[2].address == again["text"].chunk(0).buffers()[2].address
    part = rows[1:3]
    assert (
        pa.table(part)["value"].chunk(0).buffers()[1].address == part["value"].__array_interface__["data"][0]
    )


def test_arrow_keeps_the_memory(rows):
    pa = pytest.importorskip("pyarrow")
    expected = {name: rows[name].tolist() for name in rows.columns}
    got = pa.table(cz.parse(TEXT).quantities)
    column = pa.table(cz.parse(TEXT).quantities)["text"]  # one column alone
    [bytearray(1 << 16) for _ in range(64)]  # reuse freed memory, if any
    gc.collect()
    assert column.to_pylist() == expected["text"]
    for name in rows.columns:
        assert same(got[name].to_pylist(), expected[name])


class Witness(np.ndarray):
    """An array that weak references can see go."""


def test_arrow_releases_the_memory():
    pa = pytest.importorskip("pyarrow")
    array = np.arange(5, dtype=np.int64).view(Witness)
    gone = weakref.ref(array)

    def stream(array):
        return _export._Stream(_core.arrow_stream((("n", "int64", array, "n", None, None),), 5, ()))

    got = pa.table(stream(array))
    unused = stream(array)
    del array
    gc.collect()
    assert gone() is not None
    del got
    gc.collect()
    assert gone() is not None, "the stream that nobody took holds it"
    del unused
    gc.collect()
    assert gone() is None

    array = np.arange(5, dtype=np.int64).view(Witness)
    gone = weakref.ref(array)
    held = [pa.table(stream(array))["n"]]
    del array
    thread = threading.Thread(target=held.clear)  # released by another thread
    thread.start()
    thread.join()
    gc.collect()
    assert gone() is None


class ArrowSchema(ctypes.Structure):
    pass


ArrowSchema._fields_ = [
    ("format", ctypes.c_char_p), ("name", ctypes.c_char_p), ("metadata", ctypes.c_void_p), ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64), ("children", ctypes.POINTER(ctypes.POINTER(ArrowSchema))),
    ("dictionary", ctypes.POINTER(ArrowSchema)), ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(ArrowSchema))),
    ("private_data", ctypes.c_void_p),
]  # fmt: skip


def test_arrow_needs_no_library(rows):
    """The struct itself, as any consumer sees it."""
    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    capsule = rows.__arrow_c_schema__()
    schema = ArrowSchema.from_address(pointer(capsule, b"arrow_schema"))
    assert schema.format == b"+s" and schema.n_children == len(rows.columns)
    assert [schema.children[i].contents.name.decode() for i in range(schema.n_children)] == rows.columns
    kind = schema.children[rows.columns.index("kind")].contents
    assert kind.format == b"c" and kind.dictionary.contents.format == b"u"
    schema.release(ctypes.byref(schema))
    assert not schema.release, "a released struct says so"
    del capsule  # and is not released twice
    assert repr(rows.__arrow_c_stream__()).startswith('<capsule object "arrow_array_stream"')


@pytest.mark.parametrize(
    "columns",
    [
        ((),), ("x",), (("n", "int64", np.arange(3), "n", None),), (("n", "none", np.arange(3), "n", None, None),),
        (("n", "int64", np.arange(2), "n", None, None),), (("n", "int64", np.arange(3, dtype=np.int32), "n", None, None),),
        (("n", "int64", np.arange(6)[::2], "n", None, None),), (("n", "int64", [1, 2, 3], "n", None, None),),
        (("n", "text", np.array([1, 2, 3], dtype=object), "n", None, None),),
        (("n", "text", np.array(["a", "b", "\ud800"], dtype=object), "n", None, None),),
        (("n", "list", np.array(["a", "b", "c"], dtype=object), "n", None, None),),
        (("n", "list", np.array([[1], [2], ["x"]], dtype=object), "n", None, None),),
        (("n", "code", np.zeros(3, np.uint8), "n", None, None),),
        (("n", "code", np.zeros(3, np.uint8), "n", None, (1,)),),
    ],
)  # fmt: skip
def test_wrong_columns_are_refused(columns):
    for call in (_core.arrow_stream, _core.arrow_schema):
        with pytest.raises((TypeError, ValueError)):
            call(columns, 3, ())


def test_wrong_rows_of_the_core_are_refused(rows):
    for numbers, error in (
        (np.array([0, len(rows)]), IndexError),
        (np.array([-1, 0]), IndexError),
        (None, ValueError),
    ):
        with pytest.raises(error):
            _core.arrow_stream((("t", "text", rows._source, "text", numbers, None),), 2, ())
    with pytest.raises(ValueError, match="nope"):
        _core.arrow_stream((("t", "text", rows._source, "nope", None, None),), len(rows), ())


def test_many_names_need_a_wider_code():
    pa = pytest.importorskip("pyarrow")
    names = [f"n{i}" for i in range(200)]
    got = pa.table(cz.Table({"k": [0, 199, 128]}, {"k": names}))
    assert got["k"].to_pylist() == ["n0", "n199", "n128"] and got.schema.types[0].index_type == pa.int16()


# ---- data frames ----


def test_pandas_round_trip(table):
    pd = pytest.importorskip("pandas")
    for arrow in (False, True):
        frame = table.to_pandas(arrow=arrow)
        assert list(frame.columns) == table.columns and frame.attrs == VERSIONS
        for name in table.columns:
            cells = [list(c) if isinstance(c, np.ndarray) else c for c in frame[name].tolist()]
            expected = table[name].tolist()
            # ArrowDtype shows an undefined number as missing
            cells = [math.nan if c is pd.NA else c for c in cells]
            assert same(cells, expected), (name, arrow)
    if "kind" in table.columns:
        assert isinstance(table.to_pandas()["kind"].dtype, pd.CategoricalDtype)


def test_polars_round_trip(table):
    pl = pytest.importorskip("polars")
    frame = table.to_polars()
    assert frame.columns == table.columns
    for name in table.columns:
        assert same(frame[name].to_list(), table[name].tolist()), name
    direct = pl.DataFrame(table)
    assert direct.shape == frame.shape
    for name in table.columns:
        assert same(direct[name].to_list(), table[name].tolist()), name


def test_duckdb_reads_tables(rows):
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as connection:
        connection.register("figures", rows)
        found = connection.execute(
            "SELECT text, value FROM figures WHERE kind = 'target' AND indicator_code = 'gdp'"
        ).fetchall()
        assert found == [("6%以上", 6.0)]
        count, total = connection.execute("SELECT count(*), sum(sentence) FROM figures").fetchone()
        assert count == len(rows) and total == rows["sentence"].sum()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_headers(rows, language, tmp_path):
    pd = pytest.importorskip("pandas")
    place = {"zh": 0, "en": 1}[language]
    expected = [_labels.columns()[name][place] for name in rows.columns]
    assert rows.to_arrow(headers=language).column_names == expected
    assert rows.to_polars(headers=language).columns == expected
    assert list(rows.to_pandas(headers=language).columns) == expected
    assert list(rows.to_pandas(headers=language, arrow=True).columns) == expected
    assert rows.to_csv(headers=language).splitlines()[0] == ",".join(expected)
    assert list(json.loads(rows.to_json(headers=language))[0]) == expected
    rows.to_parquet(tmp_path / "t.parquet", headers=language)
    rows.to_excel(tmp_path / "t.xlsx", headers=language, sentences=False)
    assert list(pd.read_parquet(tmp_path / "t.parquet").columns) == expected
    assert list(pd.read_excel(tmp_path / "t.xlsx").columns) == expected
    for call in (rows.to_arrow, rows.to_csv, rows.to_json, rows.to_pandas, rows.to_polars):
        with pytest.raises(ValueError, match="headers must be"):
            call(headers="fr")


# ---- names ----


def test_every_column_has_names(report):
    many = cz.parse_many([TEXT])
    tables = [many, many.errors, report.sections, report.sentences, report.notes, report.qualitative]
    tables += [report.audit().findings, report.audit().implied, cz.indicators(), cz.units(), cz.regions()]
    corpus = cz.read_corpus([("a", TEXT), ("b", TEXT.replace("2021年常", "2022年常"))])
    tables += [corpus.statements, corpus.documents, corpus.errors, corpus.audit().findings, corpus.targets()]
    tables += [corpus.track("gdp"), corpus.amplification("gdp"), corpus.panel("gdp").to_table()]
    names = {name for table in tables for name in table.columns} | {"sentence_text", "path", *VERSIONS}
    assert names <= _labels.columns().keys()
    for place in (0, 1):
        shown = [names[place] for names in _labels.columns().values()]
        assert len(set(shown)) == len(shown) and all(shown)


def test_every_coded_value_has_names(report):
    findings = report.audit().findings
    for name in ("role", "measure", "bound", "basis", "relation", "horizon", "kind"):
        values = [value for value in report.quantities.categories(name) if value]
        for language in ("zh", "en"):
            shown = _labels.value_names(name, values, language)
            assert all(shown) and len(set(shown)) == len(shown)
            assert language == "en" or not set(shown) & set(values)
    assert set(_labels.value_names("severity", findings.categories("severity"), "zh")) == {
        "矛盾",
        "存疑",
        "提示",
    }


# ---- files ----


def test_parquet_round_trip(table, tmp_path):
    pq = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "t.parquet"
    table.to_parquet(path)
    got = pq.read_table(path)
    for name in table.columns:
        assert same(got[name].to_pylist(), table[name].tolist()), name
    metadata = pq.read_metadata(path).metadata
    assert {name: metadata[name.encode()].decode() for name in VERSIONS} == VERSIONS
    assert os.listdir(tmp_path) == ["t.parquet"]


def test_parquet_in_polars_and_duckdb(rows, tmp_path):
    pl, duckdb = pytest.importorskip("polars"), pytest.importorskip("duckdb")
    path = tmp_path / "t.parquet"
    rows.to_parquet(path, sentences=True)
    assert pl.read_parquet(path)["sentence_text"].to_list() == rows.evidence(mark=False).tolist()
    with duckdb.connect() as connection:
        found = connection.execute(
            f"SELECT sentence_text, lo, hi FROM '{path}' WHERE bound = 'between'"
        ).fetchall()
        assert len(found) == 1 and found[0][1:] == (3.0, 3.5) and "3%—3.5%" in found[0][0]
        told = connection.execute(f"SELECT key, value FROM parquet_kv_metadata('{path}')").fetchall()
    assert {k.decode(): v.decode() for k, v in told if k.startswith(b"czreport")} == VERSIONS


def test_csv_carries_versions(rows, tmp_path):
    path = tmp_path / "rows.csv"
    rows.to_csv(path, headers="zh", encoding="utf-8-sig")
    metadata = json.loads((tmp_path / "rows.csv-metadata.json").read_text("utf-8"))
    assert metadata["notes"] == [VERSIONS] and metadata["url"] == "rows.csv"
    columns = metadata["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == rows.columns
    assert [column["titles"]["und"] for column in columns] == path.read_text("utf-8-sig").splitlines()[
        0
    ].split(",")
    rows.to_csv(tmp_path / "plain.csv", provenance=None)
    rows.to_csv(tmp_path / "wide.csv", provenance="columns")
    assert sorted(os.listdir(tmp_path)) == ["plain.csv", "rows.csv", "rows.csv-metadata.json", "wide.csv"]
    wide = list(csv.DictReader(io.StringIO((tmp_path / "wide.csv").read_text("utf-8"))))
    assert all({name: row[name] for name in VERSIONS} == VERSIONS for row in wide)
    for call in (rows.to_csv, rows.to_json):
        with pytest.raises(ValueError, match="provenance"):
            call(provenance="x")


def test_json_carries_versions(rows, tmp_path):
    rows.to_json(tmp_path / "rows.json", sentences=True)
    got = json.loads((tmp_path / "rows.json").read_text("utf-8"))
    assert [row["sentence_text"] for row in got] == rows.evidence(mark=False).tolist()
    assert json.loads((tmp_path / "rows.json-metadata.json").read_text("utf-8"))["notes"] == [VERSIONS]
    assert json.loads(rows.to_json(provenance="columns"))[-1].items() >= VERSIONS.items()


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "－1", "=cmd|' /C calc'!A0"]


def test_csv_is_safe_on_request():
    table = cz.Table({"=x": [*DANGEROUS, "增长-1", ""], "n": [-1.0] * (len(DANGEROUS) + 2)})
    read = list(csv.reader(io.StringIO(table.to_csv(safe=True), newline="")))
    assert read[0] == ["'=x", "n"]
    assert [row[0] for row in read[1:]] == ["'" + text for text in DANGEROUS] + ["增长-1", ""]
    assert {row[1] for row in read[1:]} == {"-1"}, "numbers stay numbers"
    assert "'" not in table.to_csv().replace("cmd|' /C calc'", "")


def test_csv_labels_and_sentences(rows):
    read = list(csv.DictReader(io.StringIO(rows.to_csv(labels="zh", sentences=True))))
    shown = dict(zip(rows.categories("kind"), _labels.value_names("kind", rows.categories("kind"), "zh")))
    assert [row["kind"] for row in read] == [shown[kind] for kind in rows["kind"]]
    assert [row["sentence_text"] for row in read] == rows.evidence(mark=False).tolist()
    with pytest.raises(ValueError, match="no texts"):
        cz.Table({"a": ["x"]}).to_csv(sentences=True)


def test_csv_by_blocks():
    table = cz.Table({"n": np.arange(25_001), "x": np.arange(25_001) / 2})
    read = list(csv.reader(io.StringIO(table.to_csv())))
    assert len(read) == 25_002 and [int(row[0]) for row in read[1:]] == list(range(25_001))


# ---- Excel ----


def sheets(path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(path)
    return book, [[list(row) for row in sheet.iter_rows()] for sheet in book]


def test_excel_round_trip(table, tmp_path):
    path = tmp_path / "t.xlsx"
    table.to_excel(path, sentences=False)
    book, (cells, about) = sheets(path)
    assert [cell.value for cell in cells[0]] == table.columns and len(cells) == len(table) + 1
    for i, name in enumerate(table.columns):
        for row, expected in zip(cells[1:], table[name].tolist()):
            got = row[i].value
            if isinstance(expected, float) and not math.isfinite(expected):
                assert got == (None if math.isnan(expected) else str(expected))
            elif isinstance(expected, float):
                assert got == pytest.approx(expected, rel=1e-15)  # the file has 16 digits
            elif isinstance(expected, list):
                assert got == (", ".join(map(str, expected)) or None)
            else:
                assert got == (expected if expected != "" else None)
    told = {row[0].value: row[1].value for row in reversed(about) if row[0].value}
    assert told.items() >= VERSIONS.items() and told["rows"] == len(table)
    assert all(text in book.properties.description for text in VERSIONS.values())
    assert book.worksheets[0].freeze_panes == "A2" and book.worksheets[0].auto_filter.ref


def test_excel_has_sentences_beside_figures(rows, tmp_path):
    rows.to_excel(tmp_path / "t.xlsx", headers="zh", labels="zh")
    _, (cells, about) = sheets(tmp_path / "t.xlsx")
    assert cells[0][-1].value == "原句"
    assert [row[-1].value for row in cells[1:]] == rows.evidence(mark=False).tolist()
    kind = [cell.value for cell in cells[0]].index("类别")
    assert {row[kind].value for row in cells[1:]} >= {"目标", "实绩"}
    assert ["value", "数值", "Value"] in [[cell.value for cell in row] for row in about]


def test_excel_holds_no_formula(tmp_path):
    texts = [*DANGEROUS, "a\x00b\x1f", "x" * 40_000]
    cz.Table({"=h": texts}).to_excel(tmp_path / "t.xlsx")
    _, (cells, _) = sheets(tmp_path / "t.xlsx")
    assert {cell.data_type for row in cells for cell in row} == {"s"}
    got = [row[0].value for row in cells]
    assert got[0] == "=h" and got[1:10] == DANGEROUS
    assert all(row[0].quotePrefix for row in cells[:10]) and got[10] == "ab"
    assert len(got[11]) == 32_767 and got[11].endswith("…")


def test_excel_has_a_last_row(tmp_path):
    pytest.importorskip("openpyxl")
    with pytest.raises(ValueError, match="1048576 rows"):
        cz.Table({"n": np.zeros(1_048_576)}).to_excel(tmp_path / "t.xlsx")
    assert os.listdir(tmp_path) == []


# ---- Stata ----


def test_stata_round_trip(rows, tmp_path):
    pd = pytest.importorskip("pandas")
    path = tmp_path / "t.dta"
    rows.to_stata(path)
    with pd.read_stata(path, iterator=True) as reader:
        frame = reader.read()
        labels, values, told = reader.variable_labels(), reader.value_labels(), reader.data_label
    assert list(frame.columns) == [f"{n}_" if n == "end" else n for n in [*rows.columns, "sentence_text"]]
    assert all(text in told for text in VERSIONS.values())
    assert frame["sentence_text"].tolist() == rows.evidence(mark=False).tolist()
    assert labels["end_"] == "结束位置" and labels["sentence_text"] == "原句"
    assert set(values["kind"].values()) == {"实绩", "预计", "目标", "任务"}
    for name, kind, names in rows._source.columns:
        cells, expected = frame["end_" if name == "end" else name].tolist(), rows[name].tolist()
        if names:
            shown = dict(zip(names, _labels.value_names(name, names, "zh")))
            expected = [shown[value] or math.nan for value in expected]
        elif kind == "float64":
            expected = [value if math.isfinite(value) else math.nan for value in expected]
        assert same(cells, expected), name
    rows.to_stata(path, labels="en", sentences=False)
    with pd.read_stata(path, iterator=True) as reader:
        assert reader.variable_labels()["value"] == "Value"
        assert "at least" in reader.value_labels()["bound"].values()


def test_stata_sentences_are_strl(rows, tmp_path):
    pytest.importorskip("pandas")
    rows.to_stata(tmp_path / "t.dta")
    data = (tmp_path / "t.dta").read_bytes()
    types = np.frombuffer(
        data[data.index(b"<variable_types>") + 16 : data.index(b"</variable_types>")], "<u2"
    )
    assert types[-1] == 32768 and (types[:-1] != 32768).all()
    assert data.count(b"GSO") == len(set(rows.evidence(mark=False)))


def test_stata_takes_every_table(table, tmp_path):
    pd = pytest.importorskip("pandas")
    for part in (table, table[:0]):
        part.to_stata(tmp_path / "t.dta")
        frame = pd.read_stata(tmp_path / "t.dta")
        assert len(frame) == len(part)


def test_stata_numbers(tmp_path):
    pd = pytest.importorskip("pandas")
    wide = [2**40, -(2**40), 2**31 - 1]
    table = cz.Table({"a": wide, "b": [1, 2, 3], "c": [1.5, math.inf, math.nan], "d": [True, False, True]})
    table.to_stata(tmp_path / "t.dta")
    frame = pd.read_stata(tmp_path / "t.dta")
    assert (
        frame["a"].tolist() == wide and frame["b"].tolist() == [1, 2, 3] and frame["d"].tolist() == [1, 0, 1]
    )
    assert same(frame["c"].tolist(), [1.5, math.nan, math.nan])
    for labels in (None, "fr"):
        with pytest.raises(ValueError, match="labels"):
            table.to_stata(tmp_path / "u.dta", labels=labels)


@pytest.mark.parametrize(
    ("names", "safe"),
    [
        (["a b", "a-b", "a_b"], ["a_b", "a_b_2", "a_b_3"]),
        (["城市", "增长率%", "GDP增速"], ["v1", "v2", "GDP__"]),
        (["end", "str5", "strL", "_n", "1st"], ["end_", "str5_", "strL_", "_n_", "_1st"]),
        (["x" * 40, "x" * 41], ["x" * 32, "x" * 30 + "_2"]),
    ],
)
def test_stata_names(names, safe):
    assert _stata.safe_names(names) == safe


# ---- files appear whole ----


def test_a_failed_export_leaves_the_old_file(rows, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        rows.to_csv(path, encoding="ascii")
    assert path.read_text() == "old" and os.listdir(tmp_path) == ["t.csv"]
    with pytest.raises(OSError):
        rows.to_csv(tmp_path / "no" / "folder.csv")


def test_a_killed_export_leaves_nothing_under_the_name(tmp_path):
    code = (
        "import os, sys\nfrom czreport._files import replaced\n"
        "with replaced(sys.argv[1]) as part:\n    part.write_text('half')\n    os._exit(9)\n"
    )
    path = tmp_path / "t.csv"
    assert subprocess.run([sys.executable, "-c", code, str(path)]).returncode == 9
    assert not path.exists()


def test_files_are_replaced(tmp_path):
    path = tmp_path / "t"
    for text in ("one", "two"):
        with _files.replaced(path) as part:
            part.write_text(text)
            assert not path.exists() or path.read_text() != text
        assert path.read_text() == text
    link = tmp_path / "link"
    link.symlink_to(path)
    with _files.replaced(link) as part:
        part.write_text("three")
    assert link.is_symlink() and path.read_text() == "three"


@pytest.mark.skipif(not os.path.exists("/dev/stdout"), reason="this system has no /dev/stdout")
def test_devices_are_written_to(tmp_path):
    code = "import czreport as cz\ncz.Table({'a': ['x']}).to_csv('/dev/stdout')\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "a\nx\n", done.stderr
    assert pathlib.Path("/dev/stdout-metadata.json").exists() is False


@pytest.mark.parametrize(
    ("module", "call"),
    [
        ("pyarrow", "to_parquet"),
        ("openpyxl", "to_excel"),
        ("pandas", "to_stata"),
        ("pyarrow.parquet", "to_parquet"),
    ],
)
def test_missing_package_names_the_extra(monkeypatch, tmp_path, rows, module, call):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ImportError, match=r"czreport\["):
        getattr(rows, call)(tmp_path / "t")
    assert os.listdir(tmp_path) == []


# ---- copies ----


def test_copies_are_the_thing_itself(report, table):
    for thing in (report, table):
        assert copy.copy(thing) is thing and copy.deepcopy([thing])[0] is thing


def test_pickled_tables(table):
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        for part in (table, table[:0]):
            again = pickle.loads(pickle.dumps(part, protocol))
            assert again.equals(part) and again.columns == part.columns
            assert [again._fields[n] for n in again.columns] == [part._fields[n] for n in part.columns]
    with pytest.raises(ValueError, match="no texts"):
        pickle.loads(pickle.dumps(table)).evidence()


def test_pickled_reports(report, monkeypatch):
    words = cz.vocabulary(
        [{"type": "indicator", "code": "night_stalls", "name": "夜市摊位数", "aliases": "夜市摊位"}]
    )
    for one in (report, cz.parse("夜市摊位120个。".encode(), region="常州市", year=2020, vocabulary=words)):
        again = pickle.loads(pickle.dumps(one))
        assert again.quantities.equals(one.quantities) and again.text == one.text
        assert (again.region, again.year) == (one.region, one.year)
    data = pickle.dumps(report)
    monkeypatch.setattr("czreport._report.versions", lambda: {**VERSIONS, "czreport_registry": "another"})
    with pytest.warns(UserWarning, match="read anew"):
        assert pickle.loads(data).quantities.equals(report.quantities)


def test_the_core_is_not_pickled(report):
    for thing in (report._core, report.quantities._source, _core.parse_many([])):
        with pytest.raises(TypeError, match="cannot pickle"):
            pickle.dumps(thing)


# ---- the manual ----


def test_examples_of_the_manual(root, tmp_path, monkeypatch):
    for module in ("pyarrow", "polars", "duckdb"):
        pytest.importorskip(module)
    monkeypatch.chdir(tmp_path)
    text = (root / "docs/exchange.md").read_text("utf-8")
    example = doctest.DocTestParser().get_doctest(text, {}, "exchange.md", None, None)
    assert len(example.examples) >= 15
    assert doctest.DocTestRunner().run(example).failed == 0
