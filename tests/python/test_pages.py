"""The evidence page: as a document, and as a person with a browser or a keyboard uses it."""

import html.parser
import importlib.util
import json
import os
import re
import shutil

import czreport as cz
import pytest
from czreport import pages
from czreport._cli import main
from czreport.pages import _page

TEXT = """2021年常州市政府工作报告
一、2020年工作回顾
预计地区生产总值7700亿元，增长4.5%左右。居民消费价格涨幅控制在3%—3.5%。
二、2021年主要预期目标
地区生产总值增长6%以上，粮食总产量稳定在70万吨，居民收入与经济增长同步。
三、2021年重点工作
新建5G基站3000个。
"""


class Outline(html.parser.HTMLParser):
    """Elements with their attributes, and whether every element that opens closes."""

    VOID = {"meta", "link", "input", "br"}

    def __init__(self):
        super().__init__()
        self.elements, self.open, self.text = [], [], []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "script"):
            self.text.append(data)


def outline(page):
    parser = Outline()
    parser.feed(page)
    parser.close()
    assert parser.open == []
    return parser


@pytest.fixture(scope="module")
def report():
    return cz.parse(TEXT)


def test_every_figure_links_to_its_row_and_back(report):
    elements = outline(pages.evidence_page(report)).elements
    ids = [a["id"] for _, a in elements if "id" in a]
    assert len(ids) == len(set(ids))
    links = {a["href"] for tag, a in elements if tag == "a"}
    for number in range(len(report.quantities)):
        assert {f"q{number}", f"r{number}"} <= set(ids)
        assert {f"#q{number}", f"#r{number}"} <= links
    assert all(link[1:] in ids for link in links)


def test_the_text_is_all_there(report):
    page = pages.evidence_page(report)
    article = re.search(r"<article.*?</article>", page, re.S)[0]
    assert "".join(outline(article).text).split() == TEXT.split()


def test_a_figure_that_a_line_break_cuts_is_marked_whole():
    report = cz.parse("一般公共预算收入61\n6.6亿元。\n税收收入500亿元。")
    page = pages.evidence_page(report)
    article = re.search(r"<article.*?</article>", page, re.S)[0]
    assert "".join(outline(article).text).split() == report.text.split()
    assert article.count("<mark") == len(report.quantities)


def test_goals_and_findings_stand_above(report):
    page = pages.evidence_page(report)
    goals = re.search(r'<section id="goals".*?</section>', page, re.S)[0]
    assert "6%以上" in goals and "3000个" not in goals and "居民收入与经济增长同步" in goals
    wrong = cz.parse("2021年常州市政府工作报告\n到2020年，一般公共预算收入是2015年的1.3倍，年均增长6.4%。")
    findings = re.search(r'<details id="audit".*?</details>', pages.evidence_page(wrong), re.S)[0]
    assert 'class="contradiction"' in findings
    assert {a["href"] for tag, a in outline(findings).elements if tag == "a"} == {"#q3", "#q4"}
    assert 'id="audit"' not in pages.evidence_page(wrong, audit=False)


def test_nothing_in_a_text_can_run_or_leave_its_place():
    evil = "2021年常州市<script>alert(1)</script>\"'报告\n税收收入<img src=x onerror=alert(1)>5亿元，“</script>”企业9家。"
    page = pages.evidence_page(cz.parse(evil, region="常州市", year=2021))
    tags = [tag for tag, _ in outline(page).elements]
    assert tags.count("script") == 2 and "img" not in tags
    assert not any(name.startswith("on") for _, a in outline(page).elements for name in a)


def test_a_page_loads_nothing(report):
    page = pages.evidence_page(report)
    policy = next(
        a["content"] for tag, a in outline(page).elements if a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none';") and "unsafe" not in policy
    for _, attributes in outline(page).elements:
        assert "style" not in attributes
        for name in ("src", "href"):
            assert attributes.get(name, "#").startswith(("#", "data:,"))


def test_labels_are_complete_in_both_languages():
    labels = _page.labels()
    assert labels["zh"].keys() == labels["en"].keys()
    words = {"contradiction", "tension", "info"}
    table = cz.load("changzhou-2021").quantities
    for column in ("role", "measure", "bound", "kind"):
        words |= {name for name in table.categories(column) if name}
    assert words <= labels["zh"].keys()
    source = "".join(path.read_text("utf-8") for path in _files(".py")) + _page._asset("page.js")
    for key in labels["zh"]:
        assert key in words or re.search(rf"[\"'.]{key}\b", source), key


def _files(ending):
    import pathlib

    return pathlib.Path(pages.__file__).parent.glob(f"*{ending}")


@pytest.mark.parametrize("lang, word", [("zh", "主要目标"), ("en", "Headline targets")])
def test_a_page_opens_in_the_language_asked_for(report, lang, word):
    page = pages.evidence_page(report, lang=lang)
    assert f'data-lang="{lang}"' in page and f">{word}</h2>" in page


def test_another_language_is_refused(report, tmp_path):
    with pytest.raises(ValueError, match="lang must be one of zh, en, not 'fr'"):
        report.to_html(tmp_path / "x.html", lang="fr")
    assert os.listdir(tmp_path) == []


def test_an_earlier_page_survives_a_failure(report, tmp_path, monkeypatch):
    path = tmp_path / "page.html"
    report.to_html(path)
    before = path.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        report.to_html(path)
    assert path.read_bytes() == before and os.listdir(tmp_path) == ["page.html"]


def test_reports_without_anything(tmp_path):
    for text in ("", "各位代表：", "\n\n"):
        cz.parse(text).to_html(tmp_path / "x.html")
        assert outline((tmp_path / "x.html").read_text("utf-8")).elements


def test_command(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["html", "changzhou-2021"]) == 0
    assert capsys.readouterr().out == "changzhou-2021.html\n"
    assert main(["html", "changzhou-2021", "-o", "a.html", "--lang", "en"]) == 0
    assert 'data-lang="en"' in (tmp_path / "a.html").read_text("utf-8")
    assert main(["html", "a.txt", "b.txt", "-o", "c.html"]) == 2
    assert main(["html", "absent.txt"]) == 1


# ---- in a browser ----


def _browser():
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium or not shutil.which("chromedriver") or importlib.util.find_spec("selenium") is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have chromium, chromedriver and selenium")
        pytest.skip("chromium, chromedriver or selenium is not installed")
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1400,1000",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))


@pytest.fixture(scope="module")
def driver():
    browser = _browser()
    yield browser
    browser.quit()


@pytest.fixture
def page(driver, tmp_path):
    """The page of the bundled report, opened afresh; nothing may have been logged when it is left."""
    path = tmp_path / "page.html"
    cz.load("changzhou-2021").to_html(path)
    driver.get(path.as_uri())
    driver.execute_script("try { localStorage.clear() } catch {}")
    driver.get(path.as_uri())
    yield driver
    assert driver.get_log("browser") == []


def find(page, selector):
    return page.find_element("css selector", selector)


def visible_rows(page):
    return page.execute_script(
        "return [...document.querySelectorAll('#rows tbody tr')].filter(r => !r.hidden).map(r => +r.dataset.row)"
    )


@pytest.mark.slow
def test_browser_filters(page):
    rows = cz.load("changzhou-2021").quantities
    assert visible_rows(page) == list(range(len(rows)))
    find(page, "select[name=kind] option[value=target]").click()
    assert visible_rows(page) == [i for i, kind in enumerate(rows["kind"]) if kind == "target"]
    find(page, "select[name=measure] option[value=growth]").click()
    expected = [
        i for i, row in enumerate(rows.to_pylist()) if row["kind"] == "target" and row["measure"] == "growth"
    ]
    assert visible_rows(page) == expected and expected
    assert find(page, "#count").text == f"显示 {len(expected)} 行，共 {len(rows)} 行"
    find(page, "button[type=reset]").click()
    find(page, "input[name=words]").send_keys("市场主体")
    page.execute_async_script("setTimeout(arguments[0])")
    assert visible_rows(page) and all(
        "市场主体" in cz.load("changzhou-2021").evidence(i) for i in visible_rows(page)
    )
    find(page, "input[name=words]").clear()
    find(page, "input[name=words]").send_keys("没有这个词")
    assert visible_rows(page) == []


@pytest.mark.slow
def test_browser_sorts(page):
    find(page, "th[data-key=value] button").click()
    values = page.execute_script(
        "return [...document.querySelectorAll('#rows tbody tr')].map(r => r.dataset.value)"
    )
    numbers = [float(value) for value in values if value]
    assert numbers == sorted(numbers) and "" not in values[: len(numbers)]
    find(page, "th[data-key=value] button").click()
    assert find(page, "th[data-key=value]").get_attribute("aria-sort") == "descending"
    first = page.execute_script("return +document.querySelector('#rows tbody tr').dataset.value")
    assert first == max(numbers)


@pytest.mark.slow
def test_browser_jumps_both_ways(page):
    in_view = """
        const box = document.getElementById(arguments[0]).getBoundingClientRect();
        const pane = document.getElementById(arguments[0]).closest('.scroll').getBoundingClientRect();
        return box.top >= pane.top - 1 && box.bottom <= pane.bottom + 1 && box.top >= 0 && box.bottom <= innerHeight;"""
    last = len(cz.load("changzhou-2021").quantities) - 1
    assert not page.execute_script(in_view, f"r{last}")
    page.execute_script(f"document.querySelector('#q{last} a').click()")
    page.execute_async_script("setTimeout(arguments[0], 50)")
    assert page.execute_script(in_view, f"r{last}")
    assert page.execute_script("return document.activeElement.hash") == f"#q{last}"
    page.switch_to.active_element.send_keys("\n")  # and by keyboard back to the text
    page.execute_async_script("setTimeout(arguments[0], 50)")
    assert page.execute_script(in_view, f"q{last}")
    assert page.execute_script("return document.activeElement.hash") == f"#r{last}"
    # a row that a filter hides is shown again
    find(page, "select[name=kind] option[value=target]").click()
    page.execute_script("document.querySelector('#q0 a').click()")
    page.execute_async_script("setTimeout(arguments[0], 20)")
    assert 0 in visible_rows(page)


@pytest.mark.slow
def test_browser_changes_language_and_colours(page):
    assert find(page, "#table-title").text == "数据"
    ground = "return getComputedStyle(document.body).backgroundColor"
    light = page.execute_script(ground)
    find(page, "button[data-language=en]").click()
    assert find(page, "#table-title").text == "Figures"
    assert find(page, "html").get_attribute("lang") == "en"
    assert find(page, "#filters input[name=words]").accessible_name == "Search"
    assert not find(page, "#audit .zh").is_displayed() and find(page, "#audit .en").is_displayed()
    find(page, "#theme").click()
    assert page.execute_script(ground) != light
    assert find(page, "#theme").get_attribute("aria-pressed") == "true"


@pytest.mark.slow
def test_browser_reaches_everything_by_keyboard(page):
    from selenium.webdriver import ActionChains, Keys

    ActionChains(page).send_keys(Keys.TAB).perform()
    assert page.execute_script("return document.activeElement.className") == "skip"
    ActionChains(page).send_keys("\n").perform()
    ActionChains(page).send_keys("/").perform()
    assert page.execute_script("return document.activeElement.name") == "words"
    unnamed = page.execute_script("""
        return [...document.querySelectorAll('button, select, input, [role=region], [role=group]')].filter(e =>
          !(e.textContent.trim() || e.labels?.length || e.getAttribute('aria-label') || e.getAttribute('aria-labelledby'))).length""")
    assert unnamed == 0


@pytest.mark.slow
def test_browser_contrast(page):
    """Text stands out from its ground by 4.5 to 1 (WCAG 2 AA), in both colour schemes."""
    measure = """
        const channel = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
        const light = t => { const [r, g, b] = t.match(/[\\d.]+/g).map(Number);
          return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b) };
        const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
          if (c !== 'rgba(0, 0, 0, 0)') return c } return 'rgb(255, 255, 255)' };
        return ['.note', 'mark.target a', 'mark.task a', 'mark.actual a', 'mark.estimate a', 'td a', 'header p', 'button']
          .map(s => { const e = document.querySelector(s); const a = light(getComputedStyle(e).color), b = light(ground(e));
            return [s, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)] })"""
    for _ in range(2):
        assert [pair for pair in page.execute_script(measure) if pair[1] < 4.5] == []
        find(page, "#theme").click()


@pytest.mark.slow
def test_browser_scrolls_five_hundred_rows_smoothly(driver, tmp_path):
    """Scrolling through a long table keeps no frame waiting for layout: none takes a quarter of a second."""
    path = tmp_path / "long.html"
    cz.parse("2021年常州市政府工作报告\n" + "税收收入500亿元，增长4.5%。\n" * 300).to_html(path)
    driver.get(path.as_uri())
    longest = driver.execute_async_script("""
        const done = arguments[0], pane = document.querySelector('#table .scroll');
        let last = performance.now(), longest = 0, frames = 0;
        requestAnimationFrame(function step(now) {
          longest = Math.max(longest, frames ? now - last : 0); last = now; pane.scrollTop += 400;
          ++frames < 60 ? requestAnimationFrame(step) : done(longest) })""")
    assert longest < 1000  # a machine shared with others; a page that lays out all rows anew takes seconds


@pytest.mark.slow
def test_browser_prints_the_whole(page):
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        hidden = page.execute_script("""
            const pane = document.querySelector('article.scroll');
            return [pane.scrollHeight - pane.clientHeight, getComputedStyle(document.getElementById('filters')).display]""")
        assert hidden[0] <= 1 and hidden[1] == "none"
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert json.dumps(page.print_page())[1:5] == "JVBE"  # a PDF
