"""``{% url %}`` and ``{% static %}`` as Django has them, but an address that is the same for every page is worked out once a process.

Both are built in for all templates (``project.settings``). What has arguments, filters or a name to keep it under is left to Django.
"""

from __future__ import annotations

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as djangos_url
from django.templatetags.static import StaticNode
from django.utils.html import conditional_escape

register = template.Library()


class Fixed(template.Node):
    """An address that no page changes."""

    def __init__(self, node: template.Node) -> None:
        self._node = node
        self._address: str | None = None

    def render(self, context: Context) -> str:
        """Return the address."""
        if self._address is None:
            self._address = conditional_escape(self._node.render(context))
        return self._address


@register.tag
def url(parser: Parser, token: Token) -> template.Node:
    """Compile ``{% url 'name' %}``."""
    node: URLNode = djangos_url(parser, token)
    named = isinstance(node.view_name.var, str) and not node.view_name.filters
    return Fixed(node) if named and not (node.args or node.kwargs or node.asvar) else node


@register.tag
def static(parser: Parser, token: Token) -> template.Node:
    """Compile ``{% static 'file' %}``."""
    node = StaticNode.handle_token(parser, token)
    named = isinstance(node.path.var, str) and not node.path.filters
    return Fixed(node) if named and node.varname is None else node
