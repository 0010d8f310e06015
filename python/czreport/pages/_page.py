"""What the pages share: one self-contained document, labels in two languages, no network."""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import json
import os
from importlib import resources

from .._files import replaced

__all__ = ["LANGUAGES", "check_language", "document", "label", "labelled", "labels", "write"]

LANGUAGES = ("zh", "en")
_LANG_TAGS = {"zh": "zh-Hans", "en": "en"}


@functools.cache
def _asset(name: str) -> str:
    return resources.files(__package__).joinpath("assets", name).read_text(encoding="utf-8")


@functools.cache
def labels() -> dict[str, dict[str, str]]:
    """Every label of the pages by language and key."""
    table: dict[str, dict[str, str]] = json.loads(_asset("labels.json"))
    return table


def check_language(language: str) -> str:
    """The language, if the pages have it; ValueError."""
    if language not in LANGUAGES:
        raise ValueError(f"lang must be one of {', '.join(LANGUAGES)}, not {language!r}")
    return language


def label(key: str, language: str) -> str:
    """One label as text."""
    return labels()[language][key]


def labelled(tag: str, key: str, language: str, attributes: str = "") -> str:
    """An element whose text follows the language of the page."""
    space = " " if attributes else ""
    return f'<{tag} data-l="{key}"{space}{attributes}>{html.escape(label(key, language))}</{tag}>'


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _json(value: object) -> str:
    """JSON that can stand inside a script element."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", "\\u2028")


def document(title: str, header: str, body: str, language: str) -> str:
    """A whole page.

    Style and script are part of it, and the content policy allows these two and nothing else: text of a
    report cannot bring anything to run or to load.
    """
    style, script = _asset("page.css"), _asset("page.js")
    policy = f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; base-uri 'none'"
    languages = "".join(
        f'<button type="button" data-language="{name}" lang="{_LANG_TAGS[name]}">{text}</button> '
        for name, text in (("zh", "中文"), ("en", "English"))
    )
    theme = labelled("button", "theme", language, 'type="button" id="theme"')
    return f"""<!DOCTYPE html>
<html lang="{_LANG_TAGS[language]}" data-lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="czreport">
<link rel="icon" href="data:,">
<title>{html.escape(title)}</title>
<style>{style}</style>
</head>
<body>
{labelled("a", "skip", language, 'class="skip" href="#table"')}
<header>
<h1>{html.escape(title)}</h1>
<div class="controls" role="group" data-aria="language" aria-label="{label("language", language)}">{languages}{theme}</div>
{header}
</header>
<main>
{body}
</main>
<script type="application/json" id="labels">{_json(labels())}</script>
<script>{script}</script>
</body>
</html>
"""


def write(text: str, path: str | os.PathLike[str]) -> None:
    """Writes a page as UTF-8 under a temporary name beside it, then gives it its name: never half a page."""
    with replaced(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")
