"""Web pages: the report remains, what stands around it is logged."""

import codecs

import pytest

import czreport as cz
from czreport.documents import read_document

pytest.importorskip("selectolax")

BODY = """<p>　　各位代表：</p><p>现在，我代表市人民政府，向大会报告工作，请予
 审议。</p><p>　　一、2020年工作回顾</p><p>全市地区生产总值达<b>7700</b>&nbsp;亿元，增长4.5%。</p>
<table><tr><th>指标</th><th>2020年</th><th>增速</th></tr><tr><td>粮食总产量</td><td>70万吨</td><td>2.1%</td></tr></table>
<p>　　二、2021年主要目标</p><p>地区生产总值增长6%以上，一般公共预算收入增长5%左右。<br>城镇调查失业率控制在5%以内。</p>
<p>让我们团结奋斗，再创佳绩！</p>"""
LINES = [
    "各位代表：", "现在，我代表市人民政府，向大会报告工作，请予审议。", "一、2020年工作回顾",
    "全市地区生产总值达7700 亿元，增长4.5%。", "指标\t2020年\t增速", "粮食总产量\t70万吨\t2.1%", "二、2021年主要目标",
    "地区生产总值增长6%以上，一般公共预算收入增长5%左右。", "城镇调查失业率控制在5%以内。", "让我们团结奋斗，再创佳绩！",
]  # fmt: skip
TITLE = "2021年常州市政府工作报告"

# Pages as the content systems of governments make them: by classes, by tables, in one form, with paragraphs as div.
PAGES = {
    "classes": """<html><head><meta charset="utf-8"><title>{title}_常州市人民政府</title><script>var a="<p>不是，正文。</p>"</script>
<style>p{{}}</style></head><body><div class="top"><a href="/">首页</a><a>政务公开</a></div>
<div class="nav"><ul><li><a>领导之窗</a></li><li><a>机构职能</a></li></ul></div>
<div class="location">当前位置：<a>首页</a> &gt; <a>政务公开</a></div><form id="aspnetForm"><div class="main"><h1>{title}</h1>
<div>发布日期：2021-01-20 来源：常州日报 浏览次数：1234 字号：[大 中 小]</div><div id="zoom">{body}<p>责任编辑：某某</p></div>
<div class="share">分享到：<a>微信</a></div><div>【打印本页】 【关闭窗口】</div><div>上一篇：<a>2020年政府工作报告</a></div></div></form>
<div class="side"><h3>相关新闻</h3><ul><li><a>全市召开会议，部署重点工作，要求增长8%</a></li></ul></div>
<div class="footer">版权所有：某市人民政府 某ICP备05003616号，地址：某某大道1280号。</div></body></html>""",
    "tables": """<html><head><title>{title}</title></head><body><table><tr><td><a>首页</a></td><td><a>要闻</a></td></tr></table>
<table><tr><td width=200><a>栏目一</a><br><a>栏目二</a></td><td><table><tr><td>{title}</td></tr><tr><td>2021-01-20 09:30</td></tr>
<tr><td>{body}</td></tr></table></td></tr></table><center>主办：某市人民政府办公室 备案号12345</center></body></html>""",
    "bare": "<h2>{title}</h2>{body}",
    "semantic": """<html><head><meta name="ArticleTitle" content="{title}"></head><body><header><h1>某市人民政府</h1></header>
<nav><a>首页</a></nav><main><article><section>{body}</section></article><aside><p>推荐，阅读，更多内容，增长9%。</p></aside></main>
<footer><p>地址：某路9号，邮编：213000，电话：12345。</p></footer><div style="display: none"><p>隐藏，不显示，增长99%。</p></div></body></html>""",
}


@pytest.mark.parametrize("page", PAGES)
def test_only_the_report_remains(page):
    document = read_document(PAGES[page].format(title=TITLE, body=BODY).encode(), name="x.html")
    assert document.text.splitlines() == [TITLE, *LINES]


def test_paragraphs_as_divs():
    body = BODY.replace("<p>", "<div>").replace("</p>", "</div>")
    document = read_document(PAGES["classes"].format(title=TITLE, body=body).encode(), name="x.htm")
    assert document.text.splitlines() == [TITLE, *LINES]


def test_what_was_removed_is_logged(tmp_path):
    path = tmp_path / "x.html"
    path.write_text(PAGES["classes"].format(title=TITLE, body=BODY), encoding="utf-8")
    report = cz.read(path)
    rows = report.repairs
    removed = dict(zip(rows["before"], rows["start"].tolist()))
    assert set(rows["kind"]) == {"page_furniture"} and set(rows["after"]) == {""}
    assert removed["领导之窗"] == 0 and removed["责任编辑：某某"] == len(report.text)
    assert "版权所有" in rows["before"][-1] and not any("正文" in text for text in removed)
    assert (report.region, report.year) == ("常州市", 2021)
    assert report.find("gdp")["lo"].tolist() == [7700, 4.5, 6]


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ('<meta charset="gb2312">', "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=GBK">', "gb18030"),
        ('<meta charset="utf-8">', "utf-8"),
        ("", "gb18030"),
        ('<meta charset="utf-8">', "gb18030"),  # a declaration that is wrong
        ('<meta charset="gb2312">', "utf-8"),
        ('<meta charset="x-unknown">', "utf-8"),
        ('<meta charset="big5">', "big5"),
        ("", "utf-16"),
    ],
)
def test_encodings(declaration, encoding):
    text = "現在報告工作，生產總值增長5%。" if encoding == "big5" else "现在报告工作，生产总值增长5%。"
    data = f"<html><head>{declaration}</head><body><p>{text}</p></body></html>".encode(encoding)
    document = read_document(data, name="x.html")
    assert document.text == text + "\n"
    assert codecs.lookup(document.encoding).name.startswith(codecs.lookup(encoding).name[:6])


def test_a_heading_that_page_and_text_both_have_stands_once():
    page = f"<h1>{TITLE}</h1><p>{TITLE}</p><p>粮食丰收，农民增收，乡村和谐。</p>"
    document = read_document(page.encode(), name="x.html")
    assert document.text == f"{TITLE}\n粮食丰收，农民增收，乡村和谐。\n"
    assert [repair.kind for repair in document.repairs] == ["doubled_heading"]


@pytest.mark.parametrize("page", ["", " ", "<html></html>", "<script>x", "<!--", "&#0;", "<p>\0</p>"])
def test_pages_without_text(page):
    assert read_document(page.encode(), name="x.html").text.strip("\ufffdx\n") in ("", "<!--")
