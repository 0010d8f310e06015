"""PDF files with a text layer: reports, two-column gazettes, printed web pages; generated here with reportlab."""

import io
import os
import pickle
import threading
from concurrent.futures import ProcessPoolExecutor

import pytest

import czreport as cz
from czreport.documents import Source, iter_documents, iter_sources, layout, read_document, read_source

canvas = pytest.importorskip("reportlab.pdfgen.canvas")
pytest.importorskip("pypdfium2")

FONT = "STSong-Light"
WIDTH, HEIGHT = 595, 842  # A4 in points
TITLE = "2021年常州市政府工作报告"
PARAGRAPHS = [
    "各位代表：",
    "受市政府委托，由我作今年的工作报告，请各位代表一并审议，也请列席会议的各位同志和来宾多提宝贵意见。",
    "一、2020年工作回顾",
    "全市地区生产总值达7700亿元，增长4.5%，一般公共预算收入616.6亿元，增长4.5%，其中税收收入占比达到85.2%，粮食总产量稳定在"
    "70万吨，新增城镇就业12.3万人，居民人均可支配收入增长5%左右，各项社会事业全面进步，群众生活继续改善，安全生产形势总体平稳。",
    "二、2021年目标任务",
    "地区生产总值增长6%以上，一般公共预算收入增长5%左右，城镇调查失业率控制在5%以内，居民消费价格涨幅控制在3%左右，"
    "粮食播种面积保持稳定，单位地区生产总值能耗完成上级下达的任务。",
    "做好今年的工作，责任重大。我们要加快建设综合交通枢纽，完成交通投资120亿元，新建改建农村公路300公里，新增公共停车泊位"
    "5000个，让人民群众有更多的获得感。",
]


def set_lines(paragraphs, width):
    """(indent in ems, text) of each line, as a typesetter breaks them at `width` ems; a mark may hang over."""
    lines = []
    for paragraph in paragraphs:
        indent, at, text = 2, 2.0, ""
        for char in paragraph:
            size = 1.0 if ord(char) > 0x2E80 else 0.55
            if at + size > width and char not in "，。、：；":
                lines.append((indent, text))
                indent, at, text = 0, 0.0, ""
            text += char
            at += size
        lines.append((indent, text))
    return lines


class Paper:
    """Pages on which lines are set at their places."""

    def __init__(self):
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont

        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self._stream = io.BytesIO()
        self._canvas = canvas.Canvas(self._stream, pagesize=(WIDTH, HEIGHT))

    def put(self, x, y, text, size=12):
        self._canvas.setFont(FONT, size)
        self._canvas.drawString(x, y, text)

    def centred(self, y, text, size=12):
        self._canvas.setFont(FONT, size)
        self._canvas.drawCentredString(WIDTH / 2, y, text)

    def turn(self):
        self._canvas.showPage()

    def bytes(self):
        self._canvas.save()
        return self._stream.getvalue()


def booklet(paragraphs, per_page=8, number="— {} —"):
    """One column with a running title and page numbers."""
    paper = Paper()
    lines = set_lines(paragraphs, 30)
    for page, first in enumerate(range(0, len(lines), per_page), 1):
        paper.centred(800, "常州市第十六届人民代表大会文件", 9)
        y = 760
        if page == 1:
            paper.centred(y, TITLE, 20)
            y -= 40
        for indent, text in lines[first : first + per_page]:
            paper.put(100 + indent * 12, y, text)
            y -= 22
        paper.centred(40, number.format(page), 9)
        paper.turn()
    return paper.bytes()


def gazette(paragraphs, pages=2, shift=0):
    """Two columns under a headline over both; the right one may be set lower by `shift` points."""
    paper = Paper()
    lines = set_lines(paragraphs, 18)
    per_column = -(-len(lines) // (2 * pages))
    at = 0
    for page in range(1, pages + 1):
        paper.put(60, 810, "常州市人民政府公报", 9)
        paper.put(430, 810, f"2021年第{page + 2}期", 9)
        top = 780
        if page == 1:
            paper.centred(770, TITLE, 18)
            top = 735
        for column in range(2):
            y = top - shift * column
            for indent, text in lines[at : at + per_column]:
                paper.put(60 + column * 250 + indent * 11, y, text, 11)
                y -= 18
            at += per_column
        paper.centred(30, str(page + 10), 9)
        paper.turn()
    return paper.bytes()


def web_print(paragraphs, per_page=9):
    """A page of a web site as a browser prints it."""
    paper = Paper()
    lines = set_lines(paragraphs, 40)
    count = -(-len(lines) // per_page)
    for page, first in enumerate(range(0, len(lines), per_page), 1):
        paper.put(30, 820, "2021/2/3 上午10:15", 8)
        paper.centred(820, f"{TITLE}_常州市人民政府", 8)
        y = 790
        if page == 1:
            paper.put(50, y, "当前位置：首页 > 政务公开 > 政府工作报告", 10)
            paper.centred(y - 30, TITLE, 18)
            paper.put(50, y - 55, "发布日期：2021-01-20 来源：市政府办公室 浏览次数：321", 9)
            y -= 85
        for indent, text in lines[first : first + per_page]:
            paper.put(50 + indent * 12, y, text)
            y -= 20
        if page == count:
            paper.put(50, y - 20, "【打印本页】 【关闭窗口】", 10)
        paper.put(30, 20, "http://www.example.gov.cn/art/2021/1/20/art_1.html", 8)
        paper.put(540, 20, f"{page}/{count}", 8)
        paper.turn()
    return paper.bytes()


MAKERS = {
    "booklet": booklet,
    "bare numbers": lambda paragraphs: booklet(paragraphs, number="{}"),
    "numbers of all pages": lambda paragraphs: booklet(paragraphs, number="第{}页 共3页"),
    "gazette": gazette,
    "gazette on one page": lambda paragraphs: gazette(paragraphs, 1),
    "columns that are not level": lambda paragraphs: gazette(paragraphs, 1, 9),
    "web print": web_print,
}


@pytest.mark.parametrize("maker", MAKERS)
def test_paragraphs_in_reading_order(maker, tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(MAKERS[maker](PARAGRAPHS))
    report = cz.read(path)
    lines = report.text.splitlines()
    if maker in ("gazette on one page", "columns that are not level"):
        assert lines[:2] == ["常州市人民政府公报", "2021年第3期"], (
            "on one page nothing tells it from a headline"
        )
        lines = lines[2:]
    assert lines == [TITLE, *PARAGRAPHS]
    assert (report.region, report.year) == ("常州市", 2021)
    if len(lines) == len(report.text.splitlines()):
        twin = cz.parse("\n".join([TITLE, *PARAGRAPHS]) + "\n", source="x.pdf")
        assert report.quantities.equals(twin.quantities)


@pytest.mark.parametrize("maker", MAKERS)
def test_every_change_is_logged_where_it_is(maker):
    document = read_document(MAKERS[maker](PARAGRAPHS), name="x.pdf")
    starts = [repair.start for repair in document.repairs]
    assert starts == sorted(starts)
    kept = [repair for repair in document.repairs if repair.kind == "joined_line"]
    assert len(kept) >= 7
    for repair in kept:
        assert document.text[repair.start :].startswith(repair.after)
        assert repair.before.replace("\n", "") == repair.after
    removed = [repair for repair in document.repairs if repair.kind == "page_furniture"]
    assert all(repair.after == "" and repair.start <= len(document.text) for repair in removed)
    if maker == "booklet":
        assert [repair.before for repair in removed] == ["常州市第十六届人民代表大会文件", "— 1 —"] + [
            "常州市第十六届人民代表大会文件",
            "— 2 —",
        ]


@pytest.mark.parametrize("width", [20, 26, 33, 38])
@pytest.mark.parametrize("size", [10.5, 12])
def test_one_column_is_never_cut(width, size):
    """Chinese characters stand on a grid, so the gaps between them line up from line to line."""
    paper = Paper()
    for at, (indent, text) in enumerate(set_lines(PARAGRAPHS, width)):
        paper.put(60 + indent * size, 780 - 20 * at, text, size)
    assert read_document(paper.bytes(), name="x.pdf").text.splitlines() == PARAGRAPHS


def test_three_columns():
    paper = Paper()
    lines = set_lines(PARAGRAPHS, 14)
    per_column = -(-len(lines) // 3)
    for at, (indent, text) in enumerate(lines):
        column, row = divmod(at, per_column)
        paper.put(30 + column * 180 + indent * 11, 780 - 18 * row, text, 11)
    assert read_document(paper.bytes(), name="x.pdf").text.splitlines() == PARAGRAPHS


def test_tables_stay_rows():
    rows = [("指标", "2020年", "增速")] + [
        (f"指标之{name}", f"{i}00亿元", f"{i}.5%") for i, name in enumerate("甲乙丙丁戊己", 1)
    ]
    paper = Paper()
    for at, row in enumerate(rows):
        for x, cell in zip((60, 250, 430), row):
            paper.put(x, 700 - 20 * at, cell)
    assert read_document(paper.bytes(), name="x.pdf").text.splitlines() == ["\t".join(row) for row in rows]


def test_characters_painted_twice_and_blanks():
    paper = Paper()
    for shift in (0, 0.3):  # to look bold
        for at, char in enumerate("一、粮食总产量77万吨"):
            paper.put(60 + 12 * at + shift, 700, char)
    paper.put(84, 680, "省长　某某某　")
    paper.put(84, 660, "GDP grows by 5%。")
    text = read_document(paper.bytes(), name="x.pdf").text
    assert text == "一、粮食总产量77万吨\n省长　某某某\nGDP grows by 5%。\n"


def test_numbers_of_the_text_are_no_page_numbers():
    piece = lambda y, text: layout.Piece(60, 60 + 12 * len(text), y, y + 12, text, 12.0)  # noqa: E731
    pages = [
        [piece(700, "全市粮食总产量达到"), piece(680, "77")],
        [piece(700, "万吨，再创新高。"), piece(680, "15"), piece(660, "人以上。")],
    ]
    assert "77" in layout.write_pages(pages).text and "15" in layout.write_pages(pages).text
    pages[0].append(piece(100, "41"))
    pages[1].append(piece(100, "42"))
    out = layout.write_pages(pages)
    assert "41" not in out.text and "42" not in out.text and "77" in out.text
    assert [repair.before for repair in out.repairs if repair.kind == "page_furniture"] == ["41", "42"]


# ---- files that are not to be read ----


def test_scans_say_that_they_are_scans():
    paper = Paper()
    paper.put(60, 700, "12")
    paper.turn()
    with pytest.raises(
        cz.FormatError, match=r"x\.pdf: expected .* text layer, found 2 characters on 1 pages; .*OCR"
    ):
        read_document(paper.bytes(), name="x.pdf")


def test_passwords():
    encryption = pytest.importorskip("reportlab.lib.pdfencrypt").StandardEncryption("secret", strength=128)
    stream = io.BytesIO()
    locked = canvas.Canvas(stream, encrypt=encryption)
    locked.drawString(60, 700, "x")
    locked.save()
    with pytest.raises(cz.FormatError, match="password"):
        read_document(stream.getvalue(), name="x.pdf")


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"<html>", b"PK\x03\x04xx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_what_is_no_pdf_file(data):
    with pytest.raises(cz.FormatError, match=r"x\.pdf: expected a PDF file, found"):
        read_document(data, name="x.pdf")


def test_broken_files_are_errors_or_read_in_part():
    """Cut off, overwritten and with references in circles: never a crash, never anything but a text or an error."""
    data = booklet(PARAGRAPHS)
    messages = []

    def attempt(broken):
        try:
            read_document(broken, name="x.pdf")
        except cz.ReportError as error:
            messages.append(str(error))

    for step in range(40):
        at = len(data) * step // 40
        attempt(data[:at])
        attempt(data[:at] + b"\0" * 200 + data[at + 200 :])
        attempt(data[:at] + data[at + 50 :])
    assert len(messages) > 10 and all(message.startswith("x.pdf: expected") for message in messages)
    circle = data.replace(b"/Kids [", b"/Kids [ 1 0 R 2 0 R 3 0 R 4 0 R 5 0 R 6 0 R ")
    assert circle != data
    attempt(circle)


def test_limits():
    from czreport.documents import Limits

    data = booklet(PARAGRAPHS)
    with pytest.raises(cz.LimitError, match=r"x\.pdf: 2 pages; at most 1 are read"):
        read_document(data, name="x.pdf", limits=Limits(pages=1))
    with pytest.raises(cz.LimitError, match="more than 100 characters on its first 1 pages"):
        read_document(data, name="x.pdf", limits=Limits(characters=100))


# ---- processes and threads ----


def test_processes_and_threads(tmp_path):
    for number in range(4):
        (tmp_path / f"{number}.pdf").write_bytes(booklet(PARAGRAPHS[: number + 3]))
    expected = list(iter_documents(tmp_path))
    sources = list(iter_sources(tmp_path))
    assert all(isinstance(source, Source) and source.data is None for source in sources)
    assert len(pickle.dumps(sources)) < 2000
    with ProcessPoolExecutor(2) as pool:
        assert list(pool.map(read_source, sources)) == expected
    results = {}

    def work(source):
        results[source.doc_id] = read_source(source)

    threads = [threading.Thread(target=work, args=(source,)) for source in sources]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [results[document.doc_id] for document in expected] == expected
    assert [os.path.basename(document.path) for document in expected] == ["0.pdf", "1.pdf", "2.pdf", "3.pdf"]
