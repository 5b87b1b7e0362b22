"""What a person can do with a circulating paper now: the main act, and the others (pure over loaded rows)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.transitions import is_allowed
from requests import circulation_policies as policies
from requests.case import Words
from requests.circulation_guards import MANY
from requests.circulation_states import SIGNED, UNDER_WAY, PaperState, SignOpinion, SignState
from requests.policies import may_write
from requests.states import FINAL_OUTCOMES

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import Circulation, Countersign

AGAINST = (SignState.OPINED, SignState.PARTLY, SignState.NOT_ADOPTED)


@dataclass(frozen=True)
class PaperAct:
    """One act: a button that is posted at once, or (`is_link`) a page of its own. `is_main`: it may stand alone in front."""

    key: str
    label: Words
    url: str
    is_link: bool = False
    is_main: bool = False


def paper_acts(paper: Circulation, rows: Sequence[Countersign], user: User) -> list[PaperAct]:
    """The urgent ones first."""
    if not may_write(user):
        return []
    found = list(_as_signer(paper, rows, user))
    if policies.may_edit_paper(paper, user):
        found += _answers(paper, rows)
        found += _as_drafter(paper, user)
    found += _towards_issue(paper, rows, user)
    return sorted(found, key=lambda act: not act.is_main)


def against(rows: Sequence[Countersign]) -> list[Countersign]:
    """Departments that disagree and were not followed."""
    return [row for row in rows if row.opinion == SignOpinion.DISAGREE and row.state in AGAINST]


def is_ready(paper: Circulation, rows: Sequence[Countersign]) -> bool:
    """Whether nothing stands in the way of the sign-off; the flow looks again."""
    return (
        paper.state == PaperState.CONSOLIDATING
        and not any(row.is_unanswered for row in rows)
        and (paper.was_settled_above or len(against(rows)) < MANY)
    )


def _as_signer(paper: Circulation, rows: Sequence[Countersign], user: User) -> Iterator[PaperAct]:
    for row in rows:
        if not policies.may_speak_to(row, user):
            continue
        url = reverse("requests:countersign", args=[paper.pk, row.pk])
        if paper.state in UNDER_WAY and row.asked_at and not row.ruling:
            label = _("Change the opinion") if row.is_signed else _("Countersign")
            yield PaperAct(f"sign{row.pk}", label, url, is_link=True, is_main=not row.is_signed)
        if paper.state in SIGNED and row.read_at is None:
            read = reverse("requests:countersign_read", args=[paper.pk, row.pk])
            yield PaperAct(f"read{row.pk}", _("I have read the result"), read, is_main=True)


def _answers(paper: Circulation, rows: Sequence[Countersign]) -> Iterator[PaperAct]:
    """The next opinion that waits for its answer."""
    for row in rows:
        if row.is_unanswered and paper.state == PaperState.CONSOLIDATING:
            url = reverse("requests:countersign_answer", args=[paper.pk, row.pk])
            yield PaperAct("answer", _("Answer the opinion"), url, is_link=True, is_main=True)
            return


def _as_drafter(paper: Circulation, user: User) -> Iterator[PaperAct]:
    if paper.state in (PaperState.DRAFT, PaperState.PULLED_BACK):
        again = paper.state == PaperState.PULLED_BACK
        yield _act("start", paper, _("Send round again") if again else _("Send round"), is_main=True)
    if paper.state == PaperState.DRAFT:
        yield _link("edit", paper, _("Change the draft"))
    if paper.state in UNDER_WAY:
        yield _link("add", paper, _("Ask one more department"))
    if paper.state in (*UNDER_WAY, PaperState.PULLED_BACK):
        yield _link("text", paper, _("Change the text"))
    if is_allowed(paper.pull_back, user):
        yield _link("pull_back", paper, _("Pull back"))
    if paper.state == PaperState.PULLED_BACK and paper.ended_at is None:
        yield _link("drop", paper, _("Do not follow it up"))
    if paper.state in (PaperState.PULLED_BACK, PaperState.ISSUED):
        url = reverse("requests:new_circulation", args=[paper.matter_id])
        yield PaperAct("replace", _("Replace it"), f"{url}?instead={paper.pk}", is_link=True)


def _towards_issue(paper: Circulation, rows: Sequence[Countersign], user: User) -> Iterator[PaperAct]:
    for row in rows:
        if row.waits_for_ruling and paper.state in UNDER_WAY and policies.may_rule_duty(row, user):
            url = reverse("requests:countersign_rule", args=[paper.pk, row.pk])
            yield PaperAct(f"rule{row.pk}", _("Rule on whose duty it is"), url, is_link=True, is_main=True)
    yield from _sign_off(paper, rows, user)
    if is_allowed(paper.issue, user):
        yield _act("issue", paper, _("Issue it"), is_main=True)
    if is_allowed(paper.put_on_file, user):
        yield _act("put_on_file", paper, _("Put on file"))


def _sign_off(paper: Circulation, rows: Sequence[Countersign], user: User) -> Iterator[PaperAct]:
    if is_allowed(paper.sign_off, user):
        if is_ready(paper, rows):
            yield _act("sign_off", paper, _("Sign off"), is_main=True)
        yield _link("give_back", paper, _("Give back to the drafter"))
    is_open = paper.question is not None and paper.question.outcome not in FINAL_OUTCOMES
    if is_open and len(against(rows)) >= MANY and is_allowed(paper.pull_back, user):
        yield _act("leave_open", paper, _("Record as not agreed"))


def _act(key: str, paper: Circulation, label: Words, *, is_main: bool = False) -> PaperAct:
    return PaperAct(key, label, reverse(f"requests:circulation_{key}", args=[paper.pk]), is_main=is_main)


def _link(key: str, paper: Circulation, label: Words) -> PaperAct:
    return PaperAct(key, label, reverse(f"requests:circulation_{key}", args=[paper.pk]), is_link=True)
