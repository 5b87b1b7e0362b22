"""Keeping a look at a confidential matter or outside paper before it is shown. At other levels it costs nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from requests import flows
from requests.states import Confidentiality


def keep_look(user: Any, matter: Any, what: str, detail: str | None = "") -> None:
    """Who, when, at what: no note, no page."""
    if matter.is_closed:
        flows.note_look(matter_id=matter.pk, by=user, what=what, detail=detail or "")


def keep_look_at_letter(user: Any, letter: Any, what: str) -> None:
    """A sheet or letter of a confidential matter, or of the highest level itself."""
    if letter.is_closed:
        flows.note_look(matter_id=letter.matter_id, by=user, what=what, detail=letter.number or "")


def keep_looks(user: Any, matter_ids: Iterable[int], what: str, detail: str | None = "") -> None:
    """The same for confidential matters known by their ids: the topics of one meeting."""
    for pk in sorted(matter_ids):
        flows.note_look(matter_id=pk, by=user, what=what, detail=detail or "")


def keep_look_at_paper(user: Any, paper: Any, what: str) -> None:
    """An outside paper of a confidential matter, or of the highest level itself (R066)."""
    if paper.matter is not None and paper.matter.is_closed:
        keep_look(user, paper.matter, what, paper.number)
    elif paper.confidentiality == Confidentiality.CONFIDENTIAL:
        flows.note_paper_look(paper_id=paper.pk, by=user, what=what, detail=paper.number)
