"""Word files: what a reader sees on the page, generated here with python-docx and by hand."""

import io
import zipfile

import pytest

import czreport as cz
from czreport.documents import read_document
from czreport.documents.numbering import chinese

docx = pytest.importorskip("docx")

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def package(body, **parts):
    """A .docx of the body's XML and further parts of the folder word, without what python-docx adds."""
    kinds = {"numbering": "numbering", "styles": "styles", "footnotes": "footnotes"}
    links = "".join(
        f'<Relationship Id="r{i}" Target="{name}.xml" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kinds[name]}"/>'
        for i, name in enumerate(parts)
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels",
            f'{head}<Relationships xmlns="{rels}"><Relationship Id="m" Target="/word/document.xml" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml", f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
        archive.writestr(
            "word/_rels/document.xml.rels", f'{head}<Relationships xmlns="{rels}">{links}</Relationships>'
        )
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", f'{head}<w:{name} xmlns:w="{W}">{text}</w:{name}>')
    return stream.getvalue()


def p(text, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbered(list_id, level=0):
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def text_of(data):
    return read_document(data, name="x.docx").text


def test_paragraphs_and_tables(tmp_path):
    document = docx.Document()
    document.add_paragraph("2021年常州市政府工作报告")
    document.add_paragraph("全市粮食总产量70万吨。")
    table = document.add_table(2, 3)
    for row, cells in zip(table.rows, [["指标", "2020年", "增速"], ["地区生产总值", "7700亿元", "增长4.5%"]]):
        for cell, text in zip(row.cells, cells):
            cell.text = text
    document.add_paragraph("一般公共预算收入616.6亿元。")
    path = tmp_path / "x.docx"
    document.save(path)
    report = cz.read(path)
    assert report.text == (
        "2021年常州市政府工作报告\n全市粮食总产量70万吨。\n"
        "指标\t2020年\t增速\n地区生产总值\t7700亿元\t增长4.5%\n一般公共预算收入616.6亿元。\n"
    )
    assert (report.region, report.year) == ("常州市", 2021)
    assert report.find("gdp")["value"].tolist() == [7700, 4.5]
    assert len(report.repairs) == 0


def test_a_table_that_frames_text_is_that_text():
    body = f"<w:tbl><w:tr><w:tc>{p('一、工作回顾')}{p('粮食增产，农民增收。')}</w:tc></w:tr></w:tbl>"
    assert text_of(package(body)) == "一、工作回顾\n粮食增产，农民增收。\n"


NUMBERING = """
<w:abstractNum w:abstractNumId="7">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2.%3"/><w:isLgl/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="8">
 <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="第%1章"/><w:pStyle w:val="Chapter"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF06C;"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="9"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
"""


def test_labels_that_word_counts():
    styles = (
        '<w:style w:styleId="Chapter"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Sub"><w:basedOn w:val="Chapter"/></w:style>'
        '<w:style w:styleId="Round"><w:basedOn w:val="Round"/></w:style>'
    )
    body = (
        p("回顾", numbered(1))
        + p("工业", numbered(1, 1))
        + p("农业", numbered(1, 1))
        + p("粮食", numbered(1, 2))
        + p("", numbered(1))
        + p("目标", numbered(1))
        + p("收入", numbered(1, 1))
        + p("措施", '<w:pStyle w:val="Chapter"/>')
        + p("保障", '<w:pStyle w:val="Sub"/>')
        + p("不编号", '<w:pStyle w:val="Chapter"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + p("循环", '<w:pStyle w:val="Round"/>')
        + p("要点", numbered(3))
        + p("另起", numbered(4))
        + p("续前", numbered(4))
    )
    document = read_document(package(body, numbering=NUMBERING, styles=styles), name="x.docx")
    assert document.text.replace("\n\n", "\n").splitlines() == [
        "一、回顾", "（一）工业", "（二）农业", "1.2.1 粮食", "二、目标", "（一）收入", "第3章 措施", "第4章 保障", "不编号",
        "循环", "要点", "一、另起", "二、续前",
    ]  # fmt: skip
    first = document.repairs[0]
    assert first == ("numbering", "回顾", "一、回顾", 0)
    assert all(document.text[repair.start :].startswith(repair.after) for repair in document.repairs), (
        "each label stands where the log says"
    )
    assert len(document.repairs) == 10


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九"), (105, "一百零五"), (110, "一百一十"),
     (1003, "一千零三"), (0, "〇"), (12345, "一二三四五")],
)  # fmt: skip
def test_counting_in_chinese(number, words):
    assert chinese(number) == words


def test_what_is_not_on_the_page_is_left_out():
    run = "<w:r><w:t>{}</w:t></w:r>".format
    body = (
        f"<w:p>{run('增长')}<w:del><w:r><w:delText>5</w:delText></w:r></w:del><w:ins>{run('6')}</w:ins>{run('%。')}</w:p>"
        f"<w:p>{run('收入')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>草稿</w:t></w:r>{run('7亿元。')}</w:p>"
        "<w:p><w:r><w:instrText>PAGE 9</w:instrText></w:r>"
        f"<w:hyperlink>{run('链接')}</w:hyperlink><w:r><w:tab/><w:br/></w:r><w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt></w:p>"
        f"<w:sdt><w:sdtContent>{p('目录')}</w:sdtContent></w:sdt>"
    )
    document = read_document(package(body), name="x.docx")
    assert document.text == "增长6%。\n收入7亿元。\n链接\t\n控件\n目录\n"
    assert [(repair.kind, repair.before) for repair in document.repairs] == [("hidden_text", "草稿")]


def test_footnotes_come_last_and_text_boxes_once():
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
    body = (
        '<w:p><w:r><w:t>大数据中心</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
        f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>'
        "<w:r><w:t>建成。</w:t></w:r></w:p>" + p("完。")
    )
    notes = (
        f'<w:footnote w:id="-1">{p("线")}</w:footnote><w:footnote w:id="2">{p("注：在建两个。")}</w:footnote>'
    )
    assert text_of(package(body, footnotes=notes)) == "大数据中心建成。\n框内\n完。\n注：在建两个。\n"


def test_doubled_headings_are_logged():
    body = p("一、工作回顾") + p("") + p("一、工作回顾") + p("好。") + p("好。")
    document = read_document(package(body), name="x.docx")
    assert document.text == "一、工作回顾\n\n好。\n好。\n", "sentences may stand twice"
    assert [tuple(repair)[::3] for repair in document.repairs] == [("doubled_heading", 8)]


def test_word_files_give_the_rows_of_their_text_files(shared):
    files = sorted((shared / "corpus/province_2025_docx").glob("*.docx"))
    assert len(files) == 3
    for path in files:
        report = cz.read(path)
        twin = cz.read(shared / "corpus/province_2025" / f"{path.stem}.txt")
        assert len(report.quantities) > 200
        assert (report.region, report.year, report.title) == (twin.region, twin.year, twin.title)
        assert report.quantities.equals(twin.quantities), path.name
