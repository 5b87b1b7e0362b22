"""The parts of a template that `pages.loader` puts in the place of Django's: they say the same, with less ado."""

from __future__ import annotations

from typing import Any

from django.template import Node
from django.template.base import NodeList, Variable, VariableNode, render_value_in_context
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.loader_tags import IncludeNode
from django.utils.safestring import SafeString

from pages.addresses import address
from pages.escaping import escaped
from pages.templatetags.words import language_of

NOT_PLAIN = (TypeError, AttributeError, KeyError, ValueError, IndexError)


class Looked(Variable):
    """`matter.keeper.name`: each step is an item of what has items, else an attribute.

    What Django does beyond that, for what is called, is missing or hides an error, it does itself, from the beginning.
    """

    __slots__ = ()

    def _resolve_lookup(self, context: Any) -> Any:
        found = context
        try:
            for step in self.lookups or ():
                found = found[step] if hasattr(type(found), "__getitem__") else getattr(found, step)
                if callable(found):
                    break
            else:
                return found
        except NOT_PLAIN:
            pass
        return super()._resolve_lookup(context)  # type: ignore[misc]  # Django's, which its stubs leave out


class Said(VariableNode):
    """`{{ matter.title }}`: texts, which nearly all are, are escaped and said; numbers and moments are Django's."""

    def __init__(self, node: VariableNode) -> None:
        super().__init__(node.filter_expression)
        self.origin, self.token = node.origin, node.token

    def render(self, context: Context) -> str:
        said = self.filter_expression.resolve(context)
        kind = type(said)
        if kind is SafeString:
            return said
        if kind is str and context.autoescape:
            return escaped(said)
        return render_value_in_context(said, context)


class FixedPart(Node):
    """Neighbouring nodes that say the same on every page of one language."""

    child_nodelists = ()

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = NodeList(nodes)
        self.origin, self.token = nodes[0].origin, nodes[0].token
        self.told: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = language_of(context)
        told = self.told.get(language)
        if told is None:
            told = self.told[language] = self.nodes.render(context)
        return told

    def render_annotated(self, context: Context) -> SafeString:
        """As with plain text, nothing can fail here that has been said before."""
        return self.render(context)


class InPlace(Node):
    """What a fixed include says, here. As there, names that it sets end with it."""

    def __init__(self, include: IncludeNode, nodes: NodeList) -> None:
        self.nodelist, self.given = nodes, include.extra_context
        self.origin, self.token = include.origin, include.token

    def render(self, context: Context) -> SafeString:
        values = {name: said.resolve(context) for name, said in self.given.items()}
        with context.push(**values):
            return self.nodelist.render(context)


class Address(Node):
    """`{% url "requests:detail" matter.pk %}`: only the ids change. Anything but an id is left to Django."""

    child_nodelists = ()

    def __init__(self, url: URLNode) -> None:
        self.url, self.page = url, url.view_name.var
        self.origin, self.token = url.origin, url.token

    def render(self, context: Context) -> str:
        ids = [said.resolve(context) for said in self.url.args]
        if all(isinstance(one, int) for one in ids):
            return address(str(self.page), *ids)
        return self.url.render(context)
