"""The few parts that pages are made of; their markup is in ``templates/parts``.

``{% term "中文" "English" %}value{% endterm %}`` is a row of a definition list;
``{% notice "标题" "Title" tone="info" %}…{% endnotice %}``, ``{% empty … %}`` and ``{% fault … %}`` are boxes that
tell something, that there is nothing, that something failed; ``{% progress … percent=62 %}…{% endprogress %}`` is how far something
is; ``{% crumb url %}…{% endcrumb %}`` is a step of a breadcrumb; ``{% tag value %}`` is a short label of a kind or a state.
Parts with data of their own are included: ``parts/record_card.html``, ``parts/timeline.html``,
``parts/pagination.html``, ``parts/search_box.html``.
``{% cell cell %}`` is what stands in a cell of a table, ``{{ number|thousands }}`` a number as it is written.
Parts of forms and lists are included as well: ``parts/table.html``, ``parts/field.html``, ``parts/error_summary.html``,
``parts/counts.html``, ``parts/grid.html``. How each looks: ``docs/design-system.md``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django import template
from django.template import engines
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.errors import Text
from xinheng.web.tables import Cell
from xinheng.web.templatetags.say import data, language_in, text

register = template.Library()

TONES = frozenset({"info", "warning", "plain"})


def part(context: Context, name: str, **facts: object) -> SafeString:
    """Render ``templates/parts/NAME.html`` with these facts and the page's language."""
    return _template(name).render(Context({"language": language_in(context), **facts}))


@cache
def _template(name: str) -> Any:
    """Return a part, compiled once: a page has dozens of them."""
    return engines["django"].engine.get_template(f"parts/{name}.html")  # type: ignore[attr-defined]


def titled(context: Context, zh: str, en: str) -> str:
    """Return the title in the page's language."""
    return en if language_in(context) == "en" else zh


@register.simple_block_tag(takes_context=True)
def term(context: Context, content: str, zh: str, en: str) -> SafeString:
    """Render one row of a definition list; a row without a value says that nothing was given."""
    return part(context, "term", title=titled(context, zh, en), content=content if content.strip() else "")


@register.simple_block_tag(takes_context=True)
def notice(context: Context, content: str, zh: str, en: str, *, tone: str = "info", level: int = 3) -> SafeString:
    """Render a box with something to know; ``tone`` is info, warning or plain, ``level`` that of its heading."""
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"notice: tone is one of {sorted(TONES)}, not {tone!r}")
    return part(context, "notice", title=titled(context, zh, en), content=content, tone=tone, level=level)


@register.simple_block_tag(takes_context=True)
def empty(context: Context, content: str, zh: str, en: str) -> SafeString:
    """Render the state of a list that holds nothing: says what was looked at and what may be done."""
    return part(context, "empty", title=titled(context, zh, en), content=content)


@register.simple_block_tag(takes_context=True)
def fault(context: Context, content: str, title: str) -> SafeString:
    """Render the state of something that failed: what, why, and what to do now."""
    return part(context, "fault", title=title, content=content)


@register.simple_block_tag(takes_context=True)
def progress(context: Context, content: str, zh: str, en: str, *, percent: int) -> SafeString:
    """Render how far something is: a bar, and in words what is done."""
    return part(context, "progress", title=titled(context, zh, en), content=content, percent=percent)


@register.simple_block_tag(takes_context=True)
def breadcrumb(context: Context, content: str) -> SafeString:
    """Render where the reader is, from the front page down; its steps are ``crumb`` tags."""
    return part(context, "breadcrumb", content=content)


@register.simple_block_tag(takes_context=True)
def crumb(context: Context, content: str, url: str = "") -> SafeString:
    """Render one step of a breadcrumb; without an address it is the page itself."""
    return part(context, "crumb", content=content, url=url)


@register.simple_tag(takes_context=True)
def tag(context: Context, label: Text | str, tone: str = "plain") -> SafeString:
    """Render a short label of a kind or a state; a bare string is a value of a record."""
    english = language_in(context) == "en"
    words = (label.en if english else label.zh) if isinstance(label, Text) else label
    foreign = english and (not isinstance(label, Text) or label.en == label.zh)
    return part(context, "tag", words=words, tone=tone, foreign=foreign)


@register.filter
def thousands(number: int) -> str:
    """Return a number with its thousands parted."""
    return f"{number:,}"


@register.filter(name="get")
def value_of(mapping: Mapping[str, object], key: str) -> object:
    """Return what a mapping holds under a key, nothing where it holds nothing."""
    return mapping.get(key)


@register.filter
def at(sequence: Sequence[object], place: int) -> object:
    """Return what stands at a place of a sequence."""
    return sequence[place]


@register.simple_tag(takes_context=True)
def cell(context: Context, content: Cell) -> str:
    """Render what stands in a cell of a table: a state as a label, a number, a day, words of ours, or text of a record."""
    value = content.value
    if value is None or value == "":
        return format_html('<span class="absent">{}</span>', "—")
    if content.tone and isinstance(value, str | Text):
        words: str = tag(context, value, content.tone)
    elif isinstance(value, bool | int):
        words = f"{value:,}"
    elif isinstance(value, dt.date):
        words = format_html("<time>{}</time>", value.isoformat())
    else:
        words = text(context, value) if isinstance(value, Text) else data(context, value)
    if content.code:
        words = format_html('<span class="code">{}</span>', words)
    return format_html('<a href="{}">{}</a>', content.url, words) if content.url else words


@register.filter
def has_severity(version: ItemVersion) -> bool:
    """Tell whether records of an item have a severity that a person may confirm."""
    return version.by_role("penalty_kinds") is not None
