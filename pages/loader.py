"""Templates are made ready when they have been read: what never changes is worked out once. They are written as always.

A page of the office is mostly text, words, icons and addresses that no page changes, cut into hundreds of small nodes.

- Neighbours among the fixed ones are joined into one, which keeps what it says in each language (`is_fixed`). Nothing
  that depends on a page, a person or a moment is ever joined.
- An include of a fixed name is put in its place, so that a row of a list is not looked up thirty times.
- An address that only the ids change is written once (`pages.addresses`).
- A name is looked up as Django does it, without the detours that only rare names need (`pages.nodes`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.template import Node, Origin, Template
from django.template.base import FilterExpression, NodeList, TextNode, Variable, VariableNode
from django.template.defaulttags import LoadNode, TemplateLiteral, URLNode
from django.template.library import SimpleNode
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode
from django.template.loaders import cached
from django.template.smartif import TokenBase
from django.templatetags.static import StaticNode

from pages.nodes import Address, FixedPart, InPlace, Looked, Said
from pages.templatetags.words import FixedWords


def fixed(tag: Any) -> Any:
    """Marks a simple tag that depends on nothing but its arguments."""
    tag.is_fixed = True
    return tag


class Loader(cached.Loader):
    """Django's cached loader; a template is made ready when it has been read."""

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        template = super().get_template(template_name, skip)
        if not hasattr(template, "is_ready"):
            template.is_ready = True  # type: ignore[attr-defined]  # kept beside the template; a loop of includes ends here
            self.make_ready(template.nodelist)
        return template

    def make_ready(self, nodes: NodeList) -> None:
        """This list and all lists inside it, in place."""
        for node in nodes:
            for said in _said_in(vars(node)):
                if type(said.var) is Variable:
                    said.var = Looked(said.var.var)
        ready = [self.in_place(node) for node in nodes]
        nodes[:] = [
            part
            for together, run in groupby(ready, is_fixed)
            for part in _joined(together=together, nodes=list(run))
        ]
        for node in nodes:
            for inner in _lists_of(node):
                self.make_ready(inner)

    def in_place(self, node: Node) -> Node:
        if type(node) is VariableNode:
            return Said(node)
        if isinstance(node, URLNode) and _changes_by_ids(node):
            return Address(node)
        if isinstance(node, IncludeNode) and _is_literal(node.template) and not node.isolated_context:
            included = self.get_template(str(node.template.var))
            if not any(map(included.nodelist.get_nodes_by_type, (ExtendsNode, BlockNode, IncludeNode))):
                return InPlace(node, included.nodelist)
        return node


def _joined(*, together: bool, nodes: list[Node]) -> list[Node]:
    return [FixedPart(nodes)] if together and len(nodes) > 1 else nodes


def _changes_by_ids(node: URLNode) -> bool:
    return bool(node.args) and not (node.kwargs or node.asvar) and _is_literal(node.view_name)


def _said_in(part: Any) -> Iterator[FilterExpression]:
    """What a tag is given, wherever it keeps it: alone, in a list, by its name, in a condition; not in what it holds."""
    if isinstance(part, FilterExpression):
        yield part
    elif isinstance(part, dict):
        yield from (found for inner in part.values() for found in _said_in(inner))
    elif isinstance(part, list | tuple) and not isinstance(part, NodeList):
        yield from (found for inner in part for found in _said_in(inner))
    elif isinstance(part, TemplateLiteral):
        yield from _said_in(part.value)
    elif isinstance(part, TokenBase):  # “and”, “not”, “==” with what stands beside them
        yield from (found for inner in (part.first, part.second) for found in _said_in(inner))


def _lists_of(node: Node) -> list[NodeList]:
    if isinstance(node, FixedPart):
        return []
    named = [part for part in vars(node).values() if isinstance(part, NodeList)]
    return named + [branch for _condition, branch in getattr(node, "conditions_nodelists", ())]


def is_fixed(node: Node) -> bool:
    if isinstance(node, TextNode | LoadNode | FixedPart):
        return True
    if isinstance(node, FixedWords):
        return not node.target
    if isinstance(node, StaticNode):
        return node.varname is None and _is_literal(node.path)
    if isinstance(node, URLNode):
        return not (node.args or node.kwargs or node.asvar) and _is_literal(node.view_name)
    if isinstance(node, SimpleNode):
        return getattr(node.func, "is_fixed", False) and node.target_var is None and _has_literals(node)
    return False


def _has_literals(node: SimpleNode) -> bool:
    return not node.takes_context and all(map(_is_literal, [*node.args, *node.kwargs.values()]))


def _is_literal(said: FilterExpression) -> bool:
    """A word in quotes or a number, without a filter."""
    return not said.filters and (not said.is_var or said.var.lookups is None)
