"""What a circulating paper and a signature must hold (domain §3.5): sentences that say what to write."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from audit.refusals import Conflict, Invalid, NotReady, Sentence
from requests.circulation_states import NEED_REASON, SignOpinion, SignState, Silence
from requests.rules import insist_on_open_matter
from requests.states import Stage

if TYPE_CHECKING:
    from organization.models import Department
    from requests.models import Circulation, CoordinationRequest, Countersign

LONGEST_TITLE = 60
LONGEST_TEXT = 8000
STAGES = (Stage.PREPARATION, Stage.DECISION, Stage.EXECUTION)


def insist_on_matter(matter: CoordinationRequest) -> None:
    insist_on_open_matter(matter)
    if matter.stage not in STAGES:
        raise NotReady(_("Papers go round from the preparation of a matter to the end of its execution."))
    if matter.is_suspended:
        raise NotReady(_("The matter is suspended. Resume it first."))


def insist_on_paper(paper: Circulation, departments: Sequence[Department]) -> None:
    """Raise Invalid with everything that the paper lacks, at once."""
    fields: dict[str, list[Sentence]] = {}
    for name, sentence in (
        ("title", _wrong_length(paper.title, LONGEST_TITLE)),
        ("text", _wrong_length(paper.text, LONGEST_TEXT)),
        ("departments", _wrong_departments(paper, departments)),
        ("silence", _wrong_silence(paper)),
        ("question", _wrong_question(paper)),
    ):
        if sentence:
            fields[name] = [sentence]
    if fields:
        raise Invalid(_("Something is still missing. Mend the places named below."), fields=fields)


def insist_on_opinion(row: Countersign, *, opinion: str, reason: str, proposed: Department | None) -> None:
    """Conditions, disagreement and “not our duty” have their reason; the last one names whose duty it is."""
    fields: dict[str, list[Sentence]] = {}
    if opinion not in SignOpinion.values:
        fields["opinion"] = [_("Choose an opinion.")]
    elif opinion in NEED_REASON and not reason.strip():
        fields["reason"] = [_("Write the reason or the condition, so that the others can answer it.")]
    if opinion == SignOpinion.NOT_OURS:
        if proposed is None:
            fields["proposed_department"] = [_("Name the department whose duty it is, by its charter.")]
        elif proposed.pk == row.department_id:
            fields["proposed_department"] = [_("This is your own department. Name another one.")]
    if fields:
        raise Invalid(_("The opinion is not complete."), fields=fields)


def insist_on_seen(paper: Circulation, version: int | None) -> None:
    """Nobody signs a text that they have not read: what was on the page has to be what stands now."""
    if version is not None and version != paper.version:
        raise Conflict(
            _("The text has changed meanwhile: version %(n)s stands now. Read it, then sign.")
            % {"n": paper.version}
        )


def insist_on_current(row: Countersign) -> None:
    if not row.is_current:
        raise NotReady(_("This signature belongs to an earlier round. Open the paper as it stands now."))


def insist_on_answer(result: str, reason: str) -> None:
    """R063: what is not adopted, or only in part, hears why."""
    fields: dict[str, list[Sentence]] = {}
    if result not in (SignState.ADOPTED, SignState.PARTLY, SignState.NOT_ADOPTED):
        fields["result"] = [_("Choose what becomes of the opinion.")]
    elif result != SignState.ADOPTED and not reason.strip():
        fields["reason"] = [_("Write why; the department reads it.")]
    if fields:
        raise Invalid(_("The answer is not complete."), fields=fields)


def difference(old: str, new: str) -> Iterator[tuple[str, str]]:
    """What differs between two versions, in runs: ("=", kept), ("-", struck out), ("+", added)."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield "=", old[a:b]
            continue
        if b > a:
            yield "-", old[a:b]
        if d > c:
            yield "+", new[c:d]


def _wrong_length(text: str, most: int) -> str:
    if not text.strip():
        return _("Not filled in yet.")
    if len(text) > most:
        given = {"count": len(text), "most": most}
        return _("Now %(count)s characters, at most %(most)s. Shorten it.") % given
    return ""


def _wrong_departments(paper: Circulation, departments: Sequence[Department]) -> str:
    if not departments:
        return _("None is chosen. Choose at least one department.")
    if any(row.pk == paper.department_id for row in departments):
        return _("It goes out from this department. Choose others.")
    return ""


def _wrong_silence(paper: Circulation) -> str:
    """§3.5: silence is consent only for papers of routine, and never where money, duty or personal data is touched."""
    if paper.silence != Silence.DEEMED:
        return ""
    if paper.kind.silence != Silence.DEEMED:
        return _("Silence is no consent for this kind of paper. Choose that the head is asked.")
    if paper.touches:
        return _(
            "It touches money, duties or personal data, or its matter does: silence is no consent. "
            "Choose that the head is asked."
        )
    return ""


def _wrong_question(paper: Circulation) -> str:
    if paper.question is not None and paper.question.matter_id != paper.matter_id:
        return _("This question belongs to another matter. Choose one of this matter.")
    return ""
