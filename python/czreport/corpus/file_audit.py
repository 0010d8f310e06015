"""What is wrong with the files of a corpus: each finding with its evidence."""

from __future__ import annotations

import functools
import re
from collections import Counter
from typing import TYPE_CHECKING

from .. import _core
from .._registry import regions
from .findings import Finding
from .reading import HEAD, Item, guess
from .regions import areas
from .similarity import content, groups

if TYPE_CHECKING:
    from .corpus import Corpus

__all__ = ["audit_files"]

#: A report of a county in a poor year has about 5,000 characters; a text below this is a notice or a summary.
STUB = 1500
_APART = 1500  # two openings of one report are not so far from each other

_OPENING = re.compile(
    r"我(?:谨|现)?(?:受[^，。\n]{0,20}委托，?)?代表[^，。\n]{0,24}(?:政府|国务院)[^。\n]{0,30}(?:报告|汇报)"
)
_TITLE = re.compile(r"^[^。，；\n]{0,30}政府工作报告[^。，；\n]{0,12}$", re.MULTILINE)
_PAGE = re.compile(r"[\s\d·—－\-第页/]+$|\s+")
_NO_TITLE = re.compile(r"名词|术语|注释|解释|说明|附件|附录|附表|目录|解读|审议|修改")
_YEARS = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?:年|－|—|-|—)")
_ENDS = "。！？!?.…”’」』）)】》]"
_SHORT_LINE = 16  # signatures, dates and page numbers at the end of a text are not longer
_LABELLED = re.compile(r"[^，。：:]{1,10}[：:][^。]*[^，、。；：,;:]")  # 主办单位：…, 来源：…
_CLOSING = re.compile(r"谢谢|奋斗|努力|篇章|贡献|前进|胜利|辉煌|画卷|征程|明天|目标任务|完[）)]?$")
_CLOSING_REACH = 300
_MENTIONS = 3


def _name(code: str, year: int | None = None) -> str:
    return areas().at(code, year)[1] if code else ""


class _Claim:
    """What metadata, the file name or its folders say a document is, and what its text says."""

    def __init__(self, item: Item) -> None:
        known = areas()
        own = item.hint.rpartition("/")[2]
        _, folder_code, folder_year = guess(item.hint)
        _, name_code, _ = guess(own)
        self.from_metadata = bool(item.given_region)
        self.region = (
            known.identity(item.report.region_code) if item.given_region else known.identity(folder_code)
        )
        # 江苏省/sz.txt may be any report from Jiangsu, 江苏省2021.txt may not.
        self.by_folder = not item.given_region and bool(folder_code) and not name_code
        self.year = item.given_year or folder_year
        self.year_from_metadata = bool(item.given_year)
        # The text alone: no hint from the name.
        head = _core.parse(item.report.text[:HEAD], None, 0, None, None)
        self.text_region = known.identity(head.region_code)
        self.text_year = head.year or None
        self.opening = _first_lines(item.report.text)

    def where(self, year: bool = False) -> str:
        return "metadata" if (self.year_from_metadata if year else self.from_metadata) else "file name"

    def where_zh(self, year: bool = False) -> str:
        return "元数据" if (self.year_from_metadata if year else self.from_metadata) else "文件名"


def _first_lines(text: str) -> str:
    """The first words of a text as one line, for evidence."""
    return re.sub(r"\s+", " ", text[:400]).strip()[:80]


def _spoken(text: str) -> int:
    """Characters that are no blanks."""
    return sum(map(len, text.split()))


def _empty(number: int, item: Item, size: int) -> Finding:
    rule = "stub" if size else "empty"
    evidence = _first_lines(item.report.text)
    if not size:
        return Finding("contradiction", rule, (number,), "文件没有文字。", "The file has no text.", evidence)
    return Finding(
        "tension", rule, (number,),
        f"文件只有 {size} 个字符，不是完整的报告。", f"The file has {size} characters only, too few for a report.", evidence,
    )  # fmt: skip


def _region(number: int, item: Item, claim: _Claim) -> Finding | None:
    known = areas()
    says, text = claim.region, claim.text_region
    if not says:
        return None
    if not text:
        return _region_by_mentions(number, item, claim)
    if text == says or not set(known.names(text)).isdisjoint(known.names(says)):
        return None  # 鼓楼区 alone may be any of four
    year = item.report.year
    one, other = _name(says, year), _name(text, year)
    above, below = text in known.ancestors(says), says in known.ancestors(text)
    if below and claim.by_folder:
        return None
    rule = "wrong_level" if above or below else "wrong_region"
    kind = "上级" if above else "下级"
    zh = f"{claim.where_zh()}是{one}，正文是{f'其{kind}' if above or below else ''}{other}的报告。"
    relation = "the region above, " if above else "a region below, " if below else ""
    en = f"The {claim.where()} says {one}, the text is the report of {relation}{other}."
    return Finding("contradiction", rule, (number,), zh, en, claim.opening)


def _region_by_mentions(number: int, item: Item, claim: _Claim) -> Finding | None:
    """A text that does not say whose it is: the claimed region must at least be named somewhere."""
    known = areas()
    level = known.level(claim.region)
    stems = {name for name in (*known.names(claim.region), *_short_names().get(claim.region, ())) if name}
    text = item.report.text
    if level == "nation" or any(stem in text for stem in stems):
        return None
    counts = {
        code: sum(text.count(name) for name in names)
        for code, names in _short_names().items()
        if known.level(code) == level
    }
    best = max(counts, key=lambda code: counts[code], default="")
    if not best or counts[best] < _MENTIONS:
        return None
    one, other = _name(claim.region, item.report.year), _name(best, item.report.year)
    return Finding(
        "tension", "wrong_region", (number,),
        f"{claim.where_zh()}是{one}，正文没有提到它，却提到{other} {counts[best]} 次。",
        f"The {claim.where()} says {one}, which the text never names; it names {other} {counts[best]} times.",
        claim.opening,
    )  # fmt: skip


@functools.lru_cache(maxsize=1)
def _short_names() -> dict[str, tuple[str, ...]]:
    """Short names of provinces and prefectures by identity."""
    known, table = areas(), regions()
    found: dict[str, list[str]] = {}
    for code, short, level in zip(*(table[name].tolist() for name in ("code", "short_name", "level"))):
        if short and level in ("province", "prefecture"):
            found.setdefault(known.identity(code), []).append(short)
    return {code: tuple(dict.fromkeys(names)) for code, names in found.items()}


def _year(number: int, item: Item, claim: _Claim) -> Finding | None:
    says = claim.year
    if not says:
        return None
    if claim.text_year:
        if claim.text_year == says:
            return None
        return Finding(
            "contradiction", "wrong_year", (number,),
            f"{claim.where_zh(True)}是 {says} 年，正文是 {claim.text_year} 年的报告。",
            f"The {claim.where(True)} says {says}, the text is the report of {claim.text_year}.", claim.opening,
        )  # fmt: skip
    # A report speaks of the year behind it and the year before it more than of any other pair of years.
    counts = Counter(int(year) for year in _YEARS.findall(item.report.text))

    def support(year: int) -> int:
        return counts[year] + counts[year - 1]

    best = max(counts, key=lambda year: (support(year), year), default=0)
    if not best or support(best) < _MENTIONS or support(says) * 4 > support(best):
        return None
    return Finding(
        "tension", "wrong_year", (number,),
        f"{claim.where_zh(True)}是 {says} 年，正文 {support(best)} 次提到 {best - 1} 和 {best} 年，"
        f"{support(says)} 次提到 {says - 1} 和 {says} 年。",
        f"The {claim.where(True)} says {says}; the text names {best - 1} and {best} {support(best)} times, "
        f"{says - 1} and {says} {support(says)} times.", claim.opening,
    )  # fmt: skip


def _truncated(number: int, item: Item) -> Finding | None:
    """The last line of a whole text ends a sentence, or is a signature, a date or a label of the page.

    A text that stops behind a sentence is known by what is missing: a report without any goal whose last words are
    none that reports end with.
    """
    report = item.report
    text = report.text.rstrip()
    last = text[text.rfind("\n") + 1 :].strip()
    evidence = last[-40:]
    open_end = last[-1] in "，、,；;：:" and not (
        len(last) <= _SHORT_LINE and last[-1] in "：:"
    )  # 相关报道：
    if open_end or last[-1] not in _ENDS and len(last) > _SHORT_LINE and not _LABELLED.fullmatch(last):
        return Finding(
            "tension", "truncated", (number,),
            f"正文断在句中：“…{evidence}”。", f"The text stops within a sentence: “…{evidence}”.", evidence,
        )  # fmt: skip
    goals = len(report.targets()) + len(report.qualitative)
    if goals or not report.year or _CLOSING.search(text[-_CLOSING_REACH:]):
        return None
    return Finding(
        "tension", "truncated", (number,),
        f"正文没有任何目标，也没有结束语，止于“…{evidence}”。",
        f"The text has no goal and no closing words; it stops at “…{evidence}”.", evidence,
    )  # fmt: skip


def _openings(text: str) -> list[tuple[int, str]]:
    """Places where a report begins, those that are near each other once.

    A title that comes again, or a part of it does, is a running head and counts once: a second report of that title
    is known by its opening words.
    """
    found = [(match.start(), match.group()) for match in _OPENING.finditer(text)]
    titles: list[str] = []
    for match in _TITLE.finditer(text):
        words = match.group().strip()
        title = _PAGE.sub("", words)
        if _NO_TITLE.search(words) or any(title in earlier for earlier in titles):
            continue
        titles.append(title)
        found.append((match.start(), words))
    apart: list[tuple[int, str]] = []
    last = 0
    for start, words in sorted(found):
        if not apart or start - last > _APART:
            apart.append((start, words))
        last = start
    return apart


def _mixed(number: int, item: Item) -> Finding | None:
    openings = _openings(item.report.text)
    if len(openings) < 2:
        return None
    places = "; ".join(f"{start}: {words}" for start, words in openings)
    zh = "、".join(f"第 {start} 字符（“{words[:30]}”）" for start, words in openings)
    en = ", ".join(f"character {start} (“{words[:30]}”)" for start, words in openings)
    return Finding(
        "contradiction", "mixed", (number,),
        f"一个文件里有 {len(openings)} 份报告，分别始于{zh}。",
        f"The file holds {len(openings)} reports, which begin at {en}.", places,
    )  # fmt: skip


def _filed(corpus: Corpus, number: int, claim: _Claim) -> tuple[str, int]:
    """Area and year that a document is filed under; those of the text where the file says nothing."""
    table = corpus.documents
    area = claim.region if claim.region and not claim.by_folder else str(table["area_code"][number])
    return area, claim.year or int(table["year"][number])


def _label(corpus: Corpus, number: int, filed: tuple[str, int]) -> str:
    what = f"{_name(filed[0], filed[1] or None)}{filed[1] or ''}"
    doc_id = str(corpus.documents["doc_id"][number])
    return f"{doc_id}（{what}）" if what else doc_id


def _same(corpus: Corpus, claims: dict[int, _Claim]) -> tuple[list[Finding], set[tuple[int, ...]]]:
    """Copies across regions or years; and the groups of copies, whatever they are filed under."""
    found: list[Finding] = []
    copies: set[tuple[int, ...]] = set()
    numbers = list(claims)
    texts = [content(corpus.reports[number].text) for number in numbers]
    for group in groups(texts):
        members = tuple(numbers[i] for i in group.members)
        copies.add(members)
        filed = {i: _filed(corpus, i, claims[i]) for i in members}
        if len(set(filed.values())) < 2 and all(filed[members[0]]):
            continue  # one region and year: reported as versions
        exact = group.similarity == 1.0 and len({texts[i].tobytes() for i in group.members}) == 1
        listed = "、".join(_label(corpus, i, filed[i]) for i in members)
        share = f"{100 * group.similarity:.0f}%"
        found.append(
            Finding(
                "contradiction" if exact else "tension",
                "duplicate" if exact else "near_duplicate",
                members,
                f"{len(members)} 个文件正文{'相同' if exact else f'有 {share} 以上相同'}：{listed}。",
                f"{len(members)} files have {'one text' if exact else f'{share} or more of their text in common'}: {listed}.",
                _first_lines(corpus.reports[members[0]].text),
                group.similarity,
            )
        )
    return found, copies


def _versions(corpus: Corpus, copies: set[tuple[int, ...]]) -> list[Finding]:
    """Several files for one region and year."""
    table = corpus.documents
    held: dict[tuple[str, int], list[int]] = {}
    for number, (area, year) in enumerate(zip(table["area_code"].tolist(), table["year"].tolist())):
        if area and year:
            held.setdefault((area, year), []).append(number)
    found = []
    for (area, year), members in held.items():
        if len(members) < 2:
            continue
        chosen = next(number for number in members if table["chosen"][number])
        same = any(set(members) <= set(group) for group in copies)
        listed = "、".join(f"{table['doc_id'][i]}（{table['statements'][i]} 条）" for i in members)
        listed_en = ", ".join(f"{table['doc_id'][i]} ({table['statements'][i]} statements)" for i in members)
        found.append(
            Finding(
                "info", "versions", tuple(members),
                f"{_name(area, year)} {year} 年有 {len(members)} 个文件{'，正文相同或相近' if same else ''}：{listed}；"
                f"面板取 {table['doc_id'][chosen]}。",
                f"{_name(area, year)} {year} has {len(members)} files{', of one text' if same else ''}: {listed_en}; "
                f"panels take {table['doc_id'][chosen]}.",
                "",
            )
        )  # fmt: skip
    return found


def audit_files(corpus: Corpus) -> list[Finding]:
    """All findings about the files, by document."""
    found: list[Finding] = []
    claims: dict[int, _Claim] = {}
    for number, item in enumerate(corpus._items):
        size = _spoken(item.report.text)
        if size < STUB:
            found.append(_empty(number, item, size))
            continue
        claim = claims[number] = _Claim(item)
        checks = (
            _region(number, item, claim),
            _year(number, item, claim),
            _truncated(number, item),
            _mixed(number, item),
        )
        found += [finding for finding in checks if finding is not None]
    same, copies = _same(corpus, claims)
    return found + same + _versions(corpus, copies)
