"""Tags for the coded values of subjects and records: as words in the page's language, or as a short label."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from xinheng.core.errors import Text
from xinheng.web.portal import labels
from xinheng.web.templatetags.parts import tag
from xinheng.web.templatetags.say import data, language_in

register = template.Library()


def in_words(context: Context, label: Text) -> str:
    """Return the label in the page's language; a value without an English word is marked as Chinese."""
    if language_in(context) == "en" and label.en != label.zh:
        return label.en
    return data(context, label.zh)


@register.simple_tag(takes_context=True)
def kind_words(context: Context, value: str) -> str:
    """Return a kind of subject in words."""
    return in_words(context, labels.subject_kind(value))


@register.simple_tag(takes_context=True)
def status_words(context: Context, value: str) -> str:
    """Return the state of a subject in the register in words."""
    return in_words(context, labels.subject_status(value))


@register.simple_tag(takes_context=True)
def withheld_words(context: Context, reason: str) -> str:
    """Return why a value is not shown."""
    return in_words(context, labels.withheld_reason(reason))


@register.simple_tag(takes_context=True)
def kind_tag(context: Context, value: str) -> SafeString:
    """Return a kind of subject as a short label."""
    return tag(context, labels.subject_kind(value))


@register.simple_tag(takes_context=True)
def status_tag(context: Context, value: str) -> SafeString:
    """Return the state of a subject as a short label; one that no longer operates stands out by its words and rim."""
    return tag(context, labels.subject_status(value), "calm" if labels.operates(value) else "marked")


@register.simple_tag(takes_context=True)
def penalty_tag(context: Context, value: str) -> SafeString:
    """Return a kind of penalty as a short label."""
    return tag(context, labels.penalty_kind(value))
