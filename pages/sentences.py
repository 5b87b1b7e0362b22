"""Whole sentences, one after the other."""

from __future__ import annotations

from collections.abc import Iterable


def run_on(sentences: Iterable[object]) -> str:
    """Set sentences into one line: a blank between them, except after a full-width stop, which has its own."""
    return " ".join(str(sentence) for sentence in sentences).replace("。 ", "。")
