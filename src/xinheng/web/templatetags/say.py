"""Both languages side by side in a template, Chinese first: nothing to compile, and a reviewer sees both.

``{% say "共 {n} 条" "{n} found" n=page.total %}`` is a sentence, its values escaped;
``{% zh %}…{% en %}…{% endzh %}`` is a longer text with markup;
``{% counted n "条" "record" "records" %}`` is a number with its noun;
``{% day date %}`` is a date as it is written in the language;
``{% data value %}`` is a value from a record: Chinese, and marked as such on an English page;
``{% shown value %}`` is a value of whatever kind: a day, words of ours in both languages, or text of a record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from xinheng.core.errors import Text

register = template.Library()

# No locale is asked: a date reads the same on every machine.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def language_in(context: Context) -> str:
    """Return the language of the page that is being made: ``zh`` or ``en``."""
    return str(context.get("language") or "zh")


class Sentence(template.Node):
    """A sentence of ``{% say %}`` in both languages: most are read once and shown as they stand, a hundred of them on a page."""

    def __init__(self, zh: str, en: str, values: Mapping[str, FilterExpression], name: str) -> None:
        self.zh = mark_safe(zh)  # noqa: S308 - written in the template
        self.en = mark_safe(en)  # noqa: S308 - written in the template
        self.values = values
        self.name = name

    def render(self, context: Context) -> SafeString:
        """Return the sentence in the page's language, or keep it under its name."""
        words = self.en if language_in(context) == "en" else self.zh
        if self.values:
            words = format_html(words, **{name: value.resolve(context) for name, value in self.values.items()})
        if not self.name:
            return words
        context[self.name] = words
        return SafeString()


@register.tag
def say(parser: Parser, token: Token) -> Sentence:
    """Compile ``{% say "中文" "English" name=value … as words %}``: the sentence in the page's language, ``{named}`` values put in and escaped."""
    words = token.split_contents()[1:]
    name = words[-1] if len(words) > 3 and words[-2] == "as" else ""
    zh, en, *pairs = words[:-2] if name else words
    values = {key: parser.compile_filter(value) for key, _, value in (pair.partition("=") for pair in pairs)}
    return Sentence(_literal(parser, zh), _literal(parser, en), values, name)


def _literal(parser: Parser, written: str) -> str:
    held = parser.compile_filter(written)
    if not isinstance(held.var, str) or held.filters:
        raise template.TemplateSyntaxError(f"say: a sentence is written in the template, not {written}")
    return held.var


@register.simple_tag(takes_context=True)
def text(context: Context, both: Text) -> str:
    """Return a :class:`Text` in the page's language (escaped by the template)."""
    return both.en if language_in(context) == "en" else both.zh


@register.simple_tag(takes_context=True)
def counted(context: Context, number: int, zh: str, one: str, many: str) -> str:
    """Return the number with its noun: ``3 条`` or ``1 record``, ``3 records``; thousands are parted in both."""
    if language_in(context) == "en":
        return f"{number:,} {one if number == 1 else many}"
    return f"{number:,} {zh}"


@register.simple_tag(takes_context=True)
def day(context: Context, date: dt.date | None) -> str:
    """Return a date as ``2026年11月24日`` or ``24 November 2026`` in a ``time`` element; nothing for no date."""
    if date is None:
        return ""
    if language_in(context) == "en":
        words = f"{date.day} {MONTHS[date.month - 1]} {date.year}"
    else:
        words = f"{date.year}年{date.month}月{date.day}日"
    return format_html('<time datetime="{}">{}</time>', date.isoformat(), words)


@register.simple_tag(takes_context=True)
def data(context: Context, value: object) -> SafeString:
    """Return a value of a record, escaped; on an English page marked as Chinese, so that it is read aloud rightly."""
    if language_in(context) == "en":
        return format_html('<span lang="zh-CN">{}</span>', value)
    return conditional_escape(str(value))


@register.simple_tag(takes_context=True)
def shown(context: Context, value: str | dt.date | Text) -> str:
    """Return a value as its kind is written: a day, words of ours in the page's language, or text of a record."""
    if isinstance(value, dt.date):
        return day(context, value)
    if isinstance(value, Text):
        words = text(context, value)
        return words[:1].upper() + words[1:]
    return data(context, value)


class TwoTexts(template.Node):
    """Holds the Chinese and the English text of ``{% zh %}…{% en %}…{% endzh %}``; renders one."""

    def __init__(self, zh: NodeList, en: NodeList) -> None:
        self.zh = zh
        self.en = en

    def render(self, context: Context) -> SafeString:
        """Render the text of the page's language."""
        return (self.en if language_in(context) == "en" else self.zh).render(context)


@register.tag
def zh(parser: Parser, token: Token) -> TwoTexts:  # noqa: ARG001 - Django hands it
    """Compile ``{% zh %}…{% en %}…{% endzh %}``: a longer text with markup, in both languages."""
    chinese = parser.parse(("en",))
    parser.delete_first_token()
    english = parser.parse(("endzh",))
    parser.delete_first_token()
    return TwoTexts(chinese, english)
