"""Many reports at once: the rows of single reports, whatever the kind of input and the number of threads."""

import gc
import threading
import tracemalloc

import numpy as np
import pytest

import czreport as cz
from czreport import _many

TEXTS = [
    f"202{i % 6}年常州市政府工作报告\n一、工作回顾\n地区生产总值达{7000 + i}亿元，增长{i % 9}.5%，其中工业{i}亿元。\n"
    f"二、目标任务\n居民收入与经济增长同步，新增就业{i}万人以上。\n" * (1 + i % 5)
    for i in range(60)
]
EXTRA = ["doc_id", "report_region", "report_code", "report_year"]


@pytest.fixture(scope="module")
def rows():
    return cz.parse_many(TEXTS)


def test_columns_are_those_of_quantities_and_four_more(rows):
    assert rows.columns == cz.parse("").quantities.columns + EXTRA
    assert rows["doc_id"].dtype == np.int64 and rows["report_year"].dtype == np.int32
    assert not rows["value"].flags.writeable and not rows["value"].flags.owndata


def test_rows_are_those_of_single_reports(rows):
    for i, text in enumerate(TEXTS):
        report = cz.parse(text)
        part = rows[rows["doc_id"] == i]
        assert part[report.quantities.columns].equals(report.quantities)
        assert set(part["report_region"]) == {report.region} and set(part["report_code"]) == {"320400"}
        assert set(part["report_year"].tolist()) == {report.year}


@pytest.mark.parametrize("threads", [1, 2, 3, 64, np.int64(2)])
def test_threads_do_not_matter(threads):
    texts = TEXTS * 40  # several blocks
    expected = cz.parse_many(texts, threads=1)
    assert cz.parse_many(texts, threads=threads).equals(expected)


def test_kinds_of_input(rows):
    encoded = [text.encode() for text in TEXTS]
    for texts in (
        tuple(TEXTS),
        iter(TEXTS),
        (text for text in TEXTS),
        encoded,
        [bytearray(text) for text in encoded],
        [memoryview(text) for text in encoded],
        np.array(TEXTS, dtype=object),
        dict.fromkeys(TEXTS),
    ):
        assert cz.parse_many(texts).equals(rows)


def test_arrow_columns(rows):
    pa = pytest.importorskip("pyarrow")
    half = [pa.array(TEXTS[:25]), pa.array(TEXTS[25:])]
    padded = pa.array(["x5%", None, *TEXTS, "y6%"])
    columns = [
        pa.array(TEXTS),
        pa.array(TEXTS, pa.large_string()),
        pa.array(TEXTS, pa.string_view()),
        pa.array([text.encode() for text in TEXTS], pa.binary()),
        pa.array([text.encode() for text in TEXTS], pa.large_binary()),
        pa.chunked_array(half),
        padded.slice(2, len(TEXTS)),
        padded.cast(pa.large_string()).slice(2, len(TEXTS)),
        padded.cast(pa.string_view()).slice(2, len(TEXTS)),
        pa.table({"text": TEXTS}).column("text"),
    ]
    for column in columns:
        made = cz.parse_many(column, threads=2)
        assert made.equals(rows), column.type
        assert made.evidence()[-1] == rows.evidence()[-1]


def test_columns_of_data_frames(rows):
    pl, pd = pytest.importorskip("polars"), pytest.importorskip("pandas")
    assert cz.parse_many(pl.DataFrame({"text": TEXTS})["text"]).equals(rows)
    assert cz.parse_many(pd.DataFrame({"text": TEXTS})["text"]).equals(rows)
    assert cz.parse_many(pl.Series(["增长5%", None, ""]), errors="collect").errors["doc_id"].tolist() == [1]


def test_arrow_memory_is_released():
    pa = pytest.importorskip("pyarrow")
    before = pa.total_allocated_bytes()
    for _ in range(3):
        column = pa.array(TEXTS * 50)
        table = cz.parse_many(column)
        del column
        assert pa.total_allocated_bytes() > before, "the table keeps the texts"
        assert table.evidence()[0]
        del table
        gc.collect()
        assert pa.total_allocated_bytes() == before
    with pytest.raises(cz.EncodingError):
        cz.parse_many(pa.array([b"\xff"]))
    gc.collect()
    assert pa.total_allocated_bytes() == before


@pytest.mark.parametrize("empty", [[], (), iter(())])
def test_no_documents(empty, rows):
    table = cz.parse_many(empty)
    assert len(table) == 0 and table.columns == rows.columns and len(table.errors) == 0
    assert table["text"].tolist() == [] and table.evidence().tolist() == []


def test_no_documents_of_arrow():
    pa = pytest.importorskip("pyarrow")
    assert len(cz.parse_many(pa.array([], pa.string()))) == 0
    assert len(cz.parse_many(pa.chunked_array([], pa.string()))) == 0


def test_regions_and_years():
    texts = ["增长5%。", "增长6%。", "2019年苏州市政府工作报告\n增长7%。"]
    table = cz.parse_many(texts, ["常州市", "320200", None], [2021, None, None])
    assert table["report_code"].tolist()[1:] == ["320200", "320500", "320500"]
    assert table["report_year"].tolist() == [2021, 0, 2019, 2019]
    table = cz.parse_many(texts, "常州市", 2021)
    assert set(table["report_code"]) == {"320400"} and set(table["report_year"].tolist()) == {2021}
    assert cz.parse_many(texts, years=np.array([2021, np.nan, 2019]))["report_year"].tolist()[:2] == [2021, 0]
    many = _many.read_many(texts[:1], sources=["无锡市2018年.txt"])
    assert many.documents.array("region").tolist() == ["无锡市"]


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"regions": ["常州市"]}, ValueError, "regions has 1 items"),
        ({"regions": ["常州市"] * 3}, ValueError, "regions has 3 items for 2"),
        ({"years": [2021] * 3}, ValueError, "years has 3 items for 2"),
        ({"years": [1066, 2021]}, ValueError, "1066"),
        ({"years": ["2021", "2020"]}, TypeError, "year"),
        ({"regions": [1, 2]}, TypeError, "region"),
        ({"regions": ["常州市", "无此市"]}, ValueError, "document 1: .*无此市"),
        ({"regions": 5.5}, TypeError, "regions"),
        ({"threads": 0}, ValueError, "threads"),
        ({"threads": "2"}, TypeError, "threads"),
        ({"errors": "ignore"}, ValueError, "errors"),
        ({"vocabulary": "x"}, TypeError, "vocabulary"),
    ],
)
def test_wrong_arguments(arguments, error, words):
    with pytest.raises(error, match=words):
        cz.parse_many(["增长5%", "增长6%"], **arguments)


@pytest.mark.parametrize("texts", ["增长5%", b"x", 5, None])
def test_one_text_is_refused(texts):
    with pytest.raises(TypeError):
        cz.parse_many(texts)


def test_arrow_columns_without_texts_are_refused():
    pa = pytest.importorskip("pyarrow")
    for column in (pa.array([1]), pa.table({"a": ["x"]}), pa.array(["a"]).dictionary_encode()):
        with pytest.raises(TypeError, match="column of texts"):
            cz.parse_many(column)


def test_the_first_bad_document_is_named():
    texts = TEXTS * 40
    texts[1234] = "增长5%，".encode() + b"\xe5\xb8"
    texts[2000] = b"\xff"
    for threads in (1, 3):
        with pytest.raises(cz.EncodingError, match="document 1234: .*byte 11") as caught:
            cz.parse_many(texts, threads=threads)
        assert caught.value.document == 1234 and caught.value.offset == 11
    with pytest.raises(cz.ReportError, match="document 1: .*byte 1") as caught:
        cz.parse_many(["x", "y\udcff"])
    assert caught.value.document == 1
    with pytest.raises(ValueError, match="document 0: no text"):
        cz.parse_many([None])
    with pytest.raises(TypeError, match="document 1: .*int"):
        cz.parse_many(["x", 5], errors="collect")


def test_errors_are_collected():
    texts = [TEXTS[0], b"\xff", None, TEXTS[1], "z\ud800"]
    table = cz.parse_many(texts, errors="collect")
    assert table.errors["doc_id"].tolist() == [1, 2, 4] and table.errors["offset"].tolist() == [0, -1, 1]
    assert all(table.errors["message"]) and table[:3].errors.equals(table.errors)
    good = cz.parse_many([TEXTS[0], TEXTS[1]])
    assert table["value"].tolist() == good["value"].tolist()
    assert table["doc_id"].tolist() == [3 if i else 0 for i in good["doc_id"]]
    assert len(cz.Table({"a": [1]}).errors) == 0


def test_vocabulary():
    words = cz.vocabulary(
        [{"type": "indicator", "code": "night_stalls", "name": "夜市摊位数", "aliases": "夜市摊位"}]
    )
    table = cz.parse_many(["夜市摊位120个。"] * 3, vocabulary=words)
    assert set(table["indicator_code"]) == {"night_stalls"}


def test_evidence(rows):
    for i in (0, 17, 59):
        report = cz.parse(TEXTS[i])
        part = rows[rows["doc_id"] == i]
        assert part.evidence().tolist() == [report.evidence(n) for n in range(len(report.quantities))]
        assert part.evidence(mark=False)[0] == part.evidence()[0].replace("【", "").replace("】", "")
        assert report.statements.evidence().tolist() == [
            report.evidence(n) for n in report.statements.row_numbers
        ]
    assert cz.parse_many([b"\xe5\xa2\x9e\xe9\x95\xbf5%"]).evidence().tolist() == ["增长【5%】"]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (lambda rows: cz.Table({"start": [0]}), "no texts"),
        (lambda rows: cz.parse_many(iter(TEXTS)), "iterator"),
        (lambda rows: rows[["start", "end", "doc_id"]], "'sentence'"),
        (lambda rows: rows[["start", "end", "sentence"]], "'doc_id'"),
    ],
)
def test_evidence_that_is_not_known(rows, table, words):
    with pytest.raises(ValueError, match=words):
        table(rows).evidence()


def test_a_list_may_change_meanwhile():
    texts = list(TEXTS) * 30
    expected = cz.parse_many(texts)
    thread = threading.Thread(target=texts.clear)
    thread.start()
    assert len(cz.parse_many(tuple(texts))) in (0, len(expected))
    thread.join()
    assert expected.evidence()[0]


def test_generators_are_not_held():
    """600 documents of 100 kB are read while no more than a few batches are in memory."""
    text = ("经济社会事业平稳健康有序发展。\n" * 2300).encode()
    tracemalloc.start()
    many = _many.read_many((bytes(bytearray(text)) for _ in range(600)), "常州市", 2021)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(many) == 600 and len(text) * 600 > 60e6
    assert peak < 36e6


def test_the_lock_is_released_while_reading():
    ticks, done = [0], threading.Event()

    def count():
        while not done.is_set():
            ticks[0] += 1
            done.wait(0.001)

    thread = threading.Thread(target=count)
    texts = [("产业投资增长5%，新开工项目120个。\n" * 1000).encode()] * 200
    thread.start()
    before = ticks[0]
    rows = cz.parse_many(texts, threads=1)
    during = ticks[0] - before
    done.set()
    thread.join()
    assert len(rows) == 400_000 and during >= 5


def test_exceptions_of_an_iterator_come_through():
    def texts():
        yield "增长5%"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cz.parse_many(texts())
