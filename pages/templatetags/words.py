"""Django's own `i18n` tags with one difference: fixed words, `{% translate "…" %}`, are looked up once per language.

`{% load words %}` stands in every template where Django's handbook says `{% load i18n %}`. A page of the office prints
some two hundred such words; looking each up again took a tenth of its time.
"""

from __future__ import annotations

from typing import Any

from django.template import Library, Node
from django.template.base import Parser, Token
from django.template.context import BaseContext
from django.templatetags import i18n as djangos
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = Library()
register.tags.update(djangos.register.tags)
register.filters.update(djangos.register.filters)


# A page is written in one language from its first word to its last: see `language_of`.
del register.tags["language"]


def language_of(context: Any) -> str | None:
    """The language in which this page is being written, asked once a page and not for each of its two hundred parts."""
    try:
        return context.written_in  # kept beside the context, and in its copies
    except AttributeError:
        context.written_in = get_language()
        return context.written_in


class FixedWords(Node):
    """Words that depend on nothing but the reader's language."""

    child_nodelists = ()

    def __init__(self, words: Any) -> None:
        self.target, words.asvar = words.asvar, None
        self.words = words
        self.told: dict[str | None, SafeString] = {}

    def render(self, context: BaseContext) -> SafeString:
        language = language_of(context)
        told = self.told.get(language)
        if told is None:
            told = self.told[language] = self.words.render(context)
        if not self.target:
            return told
        context[self.target] = told
        return SafeString()


def translate(parser: Parser, token: Token) -> Node:
    """Django's tag; a word without variable, filter or context marker is kept once it has been said."""
    words = djangos.do_translate(parser, token)
    return FixedWords(words) if _is_fixed(words) else words


def _is_fixed(words: Any) -> bool:
    said = words.filter_expression
    is_literal = not said.filters and getattr(said.var, "lookups", ()) is None
    return is_literal and not words.noop and words.message_context is None


register.tag("translate", translate)
register.tag("trans", translate)
