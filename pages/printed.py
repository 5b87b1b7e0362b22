"""Rows of long lists: a template in which only names change is worked out once per language, each row fills them in.

The template is written as always, but its variables are plain names (`{{ title }}`), without `if`, filter or loop: what
depends on the row is decided where the values are put together (`coordination/templatetags/rows.py`).
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.template import engines
from django.template.base import NodeList, VariableNode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from pages.escaping import escaped
from pages.loader import is_fixed

SLOT = "\0"


class NotPlain(Exception):
    """The template does more than print names: a mistake in our template, never the user's."""


class Printed:
    """The template of one row; called with the values of its names, each escaped unless it is safe already."""

    def __init__(self, template: str) -> None:
        self.template = template

    def __call__(self, **values: Any) -> SafeString:
        texts, names = _cut(self.template, get_language())
        filled = [texts[0]]
        for name, text in zip(names, texts[1:], strict=True):
            filled += (escaped(values[name]), text)
        return mark_safe("".join(filled))  # noqa: S308 - texts of the template, values escaped


@cache
def _cut(template: str, _language: str) -> tuple[list[str], list[str]]:
    """What the template says between its names, and the names."""
    read: Any = engines["django"].get_template(template)  # Django's, which knows its nodes
    names = _names(template, read.template.nodelist)
    pieces = read.render({name: mark_safe(f"{SLOT}{name}{SLOT}") for name in names}).split(SLOT)  # noqa: S308 - our names
    return pieces[::2], pieces[1::2]


def _names(template: str, nodes: NodeList) -> set[str]:
    names = set()
    for node in nodes:
        if isinstance(node, VariableNode) and str(node.filter_expression).isidentifier():
            names.add(str(node.filter_expression))
        elif not is_fixed(node):
            raise NotPlain(f"{template}: {node!r}")
    return names
