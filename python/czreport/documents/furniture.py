"""Lines that belong to a page and not to the report on it: of web pages, and of their prints."""

from __future__ import annotations

import re

from .builder import squeeze

__all__ = ["is_address", "is_page_line", "is_prose", "page_number"]

_LINE = 120  # a longer line is text

# Words with which lines around an article begin; blanks and frames are taken out before.
_BEGINS = re.compile(
    r"(当前位置|您?(现在|当前|所在)?的?位置(是|为)?[:：]|您(现在|当前)?(的位置|所在)|首页([>»›/|·-]|$)"
    r"|(发布|发文|成文|更新|公开|生成|印发|录入|添加|稿件)(日期|时间|机构|单位|人)[:：]?"
    r"|(信息|文章|稿件|内容|新闻)?来源[:：]|作者[:：]|(责任|网站|本网|本期|执行)?(编辑|校对|审核|责编)[:：]"
    r"|(浏览|阅读|点击|访问)(次数|量|数)?[:：]|字体?[大号][:：]?[\[【（(]?(大|小|默认|超大)|字体[:：]|字号"
    r"|(打印|关闭|收藏|分享|返回|下载)(本页|本文|此页|页面|窗口|文章|到|至|顶部|首页|列表|上一页)?([:：|】\]]|$)"
    r"|我要(打印|纠错|分享|收藏)|扫一扫|扫码|手机(版|看|浏览|扫)|微信(扫|分享|公众号)|无障碍|繁體|繁体版|适老|长者(版|模式)"
    r"|上一[篇条页][:：]?|下一[篇条页][:：]?|相关(链接|阅读|新闻|稿件|文章|附件|信息)|延伸阅读|热点(新闻|推荐)|推荐阅读"
    r"|索引号[:：]|文号[:：]|主题(词|分类)[:：]|有效性[:：]|体裁分类[:：]|公开(方式|范围)[:：]|信息分类[:：]|分类[:：]"
    r"|主办(单位)?[:：]|承办(单位)?[:：]|(网站)?标识码[:：]?"
    r"|联系我们|网站(地图|声明|首页)|关于我们|登录|注册|搜索|检索)",
    re.IGNORECASE,
)
_OWNER = re.compile(r"版权所有|ICP备\d|公网安备|技术支持[:：]|copyright|©", re.IGNORECASE)
_ADDRESS = re.compile(r"(https?://|www\.|file:///)\S+", re.IGNORECASE)
_PRINTED = re.compile(
    r"\d{2,4}[/-]\d{1,2}[/-]\d{1,2}[,，]?(上午|下午|AM|PM)?\d{1,2}:\d{2}(:\d{2})?(AM|PM)?", re.IGNORECASE
)
_NUMBER = re.compile(r"第?(\d{1,4})页?(?:[/／,，]?共?(\d{1,4})页?)?")
_FRAME = "-—–―─·•|"


def is_prose(text: str) -> bool:
    """Whether a piece of text is a sentence rather than a heading, a name or a label."""
    return len(text) >= 12 and any(mark in text for mark in "，。；")


def is_page_line(line: str) -> bool:
    """Whether a line beside an article is about the page: where it is, who issued it, print and share."""
    tight = squeeze(line).strip("【】[]|>»·-")
    if not tight:
        return True
    if len(tight) > _LINE:
        return False
    return _OWNER.search(tight) is not None or _BEGINS.match(tight) is not None and "。" not in tight


def is_address(line: str) -> bool:
    """Whether a line is the head or foot that a browser prints: the address, or date and time with the title."""
    tight = squeeze(line)
    return _ADDRESS.match(tight) is not None or _PRINTED.match(tight) is not None


def page_number(line: str) -> tuple[int, bool] | None:
    """The number of a line that holds nothing else, and whether it must be one of a page (— 3 —, 第3页, 3/12)."""
    tight = squeeze(line)
    bare = tight.strip(_FRAME)
    found = _NUMBER.fullmatch(bare)
    if not found:
        return None
    framed = len(tight) - len(bare) >= 2 or "页" in bare
    return int(found[1]), framed or found[2] is not None and int(found[1]) <= int(found[2])
