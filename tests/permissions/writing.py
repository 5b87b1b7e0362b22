"""Each page of the table is written once for each answer, not once for each person.

The status stands before a page is written, and what a page says to whom is the business of tests/test_canary.py: to write
all of them for twenty people took as long as everything else that the tables ask.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.template.backends.django import Template

_write = Template.render


def _leave_empty(_self: Any, context: Any = None, request: Any = None) -> str:
    return ""


@contextmanager
def unwritten(*, when: bool) -> Iterator[None]:
    """Inside, pages stay empty."""
    if when:
        Template.render = _leave_empty  # type: ignore[assignment]
    try:
        yield
    finally:
        Template.render = _write  # type: ignore[method-assign]
