"""The few parts that pages are made of; their markup is in ``templates/parts``.

``{% term "中文" "English" %}value{% endterm %}`` is a row of a definition list;
``{% notice "标题" "Title" tone="info" %}…{% endnotice %}``, ``{% empty … %}`` and ``{% fault … %}`` are boxes that
tell something, that there is nothing, that something failed; ``{% crumb url %}…{% endcrumb %}`` is a step of a
breadcrumb; ``{% tag value %}`` is a short label of a kind or a state.
Parts with data of their own are included: ``parts/record_card.html``, ``parts/timeline.html``,
``parts/pagination.html``, ``parts/search_box.html``.
"""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from xinheng.core.errors import Text
from xinheng.web.templatetags.say import language_in

register = template.Library()

TONES = frozenset({"info", "warning", "plain"})


def part(context: Context, name: str, **facts: object) -> SafeString:
    """Render ``templates/parts/NAME.html`` with these facts and the page's language."""
    return render_to_string(f"parts/{name}.html", {"language": language_in(context), **facts})


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
