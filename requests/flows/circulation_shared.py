"""What every flow of a circulating paper begins and ends with: the locks, who is asked now, whose turn it is, the story."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.transitions import why_not
from organization import people
from organization.models import User
from requests import circulation_policies as policies
from requests.circulation_guards import MANY
from requests.circulation_states import PaperState
from requests.flows.shared import lock, readers_among, speakers, tell_people, tell_story
from requests.letter_states import WishReason
from requests.models import Circulation, CoordinationRequest, Countersign, MeetingWish
from requests.states import Stage
from supervision import flows as supervision
from supervision.states import Kind, Outcome

PAPER = "requests:circulation"
SIGN = "requests:countersign"


def lock_paper(circulation_id: int) -> Circulation:
    """The paper under its row lock, after its matter: everybody locks matter, paper, signature in this one order."""
    matter = lock(Circulation.objects.values_list("matter_id", flat=True).get(pk=circulation_id))
    paper: Circulation = (
        Circulation.objects.select_for_update(of=("self",))
        .select_related("department", "drafted_by", "kind", "question", "signed_off_by")
        .get(pk=circulation_id)
    )
    paper.matter = matter
    return paper


def lock_countersign(countersign_id: int) -> Countersign:
    paper = lock_paper(Countersign.objects.values_list("circulation_id", flat=True).get(pk=countersign_id))
    row: Countersign = (
        Countersign.objects.select_for_update(of=("self",))
        .select_related("department", "person", "signed_by", "proposed_department")
        .get(pk=countersign_id)
    )
    row.circulation = paper
    return row


def paper_owes(paper: Circulation) -> dict[str, Any]:
    return {
        "subject_type": Circulation.SUBJECT,
        "subject_id": paper.pk,
        "case_id": paper.matter_id,
        "number": paper.number or paper.matter.number or "",
        "url_name": PAPER,
        "url_args": [paper.pk],
        "urgency": paper.urgency,
    }


def row_owes(row: Countersign) -> dict[str, Any]:
    return {
        **paper_owes(row.circulation),
        "subject_type": Countersign.SUBJECT,
        "subject_id": row.pk,
        "url_name": SIGN,
        "url_args": [row.circulation_id, row.pk],
    }


def tell_paper(
    paper: Circulation, verb: str, sentence: str, *, by: User | None = None, params: dict[str, Any] | None = None,
    reason: str = "", tone: str = "", subject: Any = None,
) -> None:  # fmt: skip
    """One line in the story of the matter. Title and text are never in it."""
    facts = {
        "kind": paper.kind_name,
        "version": paper.version,
        "number": paper.number or "",
        **(params or {}),
    }
    tell_story(
        paper.matter, verb, sentence, by=by, subject=subject or paper, params=facts, reason=reason, tone=tone
    )


def tell_about(
    paper: Circulation, recipients: Iterable[User], sentence: str, *, key: str, row: Countersign | None = None,
    params: dict[str, Any] | None = None, to_do: bool = False,
) -> None:  # fmt: skip
    """A notice that leads to the paper, or to the signature that is asked for."""
    facts = {"kind": paper.kind_name, "department": paper.department_name, **(params or {})}
    tell_people(
        paper.matter, {person.pk: person for person in recipients}.values(), sentence,
        key=f"circulation:{paper.pk}:{key}", params=facts, number=paper.number or paper.matter.number,
        url_name=SIGN if row else PAPER, url_args=[paper.pk, row.pk] if row else [paper.pk],
        to_do=to_do,
    )  # fmt: skip


def askers(row: Countersign) -> list[User]:
    """Whom a signature waits for: the one person it was passed on to, else head and liaisons of the department."""
    if row.person is not None:
        return [row.person]
    head = people.head(row.department_id)
    return [*([head] if head else []), *speakers([row.department_id])]


def ask_next(paper: Circulation, by: User | None) -> list[Countersign]:
    """Ask whose turn it is: everybody at once, or the first place of the route that has not signed."""
    rows = list(paper.countersigns.current().unsigned().select_related("department", "person"))
    if paper.in_series and rows:
        rows = [row for row in rows if row.place == rows[0].place]
    asked = []
    for row in rows:
        if row.asked_at is None:
            row.circulation = paper
            _ask(row, by)
            asked.append(row)
    return asked


def _ask(row: Countersign, by: User | None) -> None:
    paper = row.circulation
    if row.person is None and people.head(row.department_id) is None:
        row.person = next(iter(speakers([row.department_id])), None)  # a vacancy holds nothing up
    row.asked_at = now()
    row.save()
    supervision.owe(
        kind=Kind.COUNTERSIGN,
        holder=row.person,
        holder_department=row.department,
        asked_by=by,
        **row_owes(row),
    )
    tell_about(
        paper, askers(row), _n("%(number)s: “%(kind)s” from %(department)s waits for your signature."),
        key=f"{row.pk}:asked:{row.asked_at:%Y%m%d%H%M%S}", row=row, to_do=True,
    )  # fmt: skip


def stop_asking(paper: Circulation) -> None:
    """Nobody owes a signature or a ruling any more; both are asked for anew when it goes round again."""
    for row in paper.countersigns.current().to_be_ruled():
        supervision.cancel(subject_type=Countersign.SUBJECT, subject_id=row.pk)
    for row in paper.countersigns.current().unsigned():
        supervision.cancel(subject_type=Countersign.SUBJECT, subject_id=row.pk)
        row.asked_at = row.escalated_at = None
        row.save()


def go_on(paper: Circulation, by: User | None) -> None:
    """After every signature: ask the next, or, when all have spoken, hand the opinions to the drafter."""
    if paper.state == PaperState.ROUTING:
        if why_not(paper.consolidate) is not None:
            ask_next(paper, by)
            return
        paper.consolidate()
        paper.save()
        tell_paper(
            paper, "consolidate", _n("Everybody has signed “%(kind)s”; the opinions are being merged.")
        )
    if paper.state == PaperState.CONSOLIDATING:
        weigh(paper, by)


def weigh(paper: Circulation, by: User | None) -> None:
    """Whose turn it is once all have spoken: the drafter answers, two sides meet, or the head signs it off."""
    rows = paper.countersigns.current()
    if rows.unanswered().exists():
        _end_duty(paper, Kind.APPROVE_OFFICE)
        supervision.owe(
            kind=Kind.CONSOLIDATE, holder=paper.drafted_by, holder_department=paper.department, asked_by=by,
            **paper_owes(paper),
        )  # fmt: skip
        return
    if rows.unresolved().count() >= MANY and why_not(paper.sign_off) is not None:
        _end_duty(paper, Kind.APPROVE_OFFICE)
        _end_duty(paper, Kind.CONSOLIDATE, Outcome.DONE)
        _wish_for_meeting(paper)
        return
    _end_duty(paper, Kind.CONSOLIDATE, Outcome.DONE)
    _ask_signer(paper, by)


def free_papers(matter: CoordinationRequest, by: User | None, **of: Any) -> None:
    """§3.5: a meeting or a ruling has spoken. What it settled goes on to its signer; what it left open is the drafter's
    again: recorded as not agreed, or pulled back and changed."""
    papers = matter.circulations.filter(state=PaperState.CONSOLIDATING, **of)
    for pk in papers.values_list("pk", flat=True):
        paper = lock_paper(pk)
        if paper.countersigns.current().unresolved().count() < MANY:
            continue
        if paper.was_settled_above:
            tell_about(
                paper, [paper.drafted_by], _n("%(number)s: what stood against “%(kind)s” has been settled; the paper goes on."),
                key=f"freed:{now():%Y%m%d%H%M%S}", to_do=True,
            )  # fmt: skip
            weigh(paper, by)
        else:
            _back_to_drafter(paper, by)


@flow
def take_up_papers(*, matter_id: int, by: User) -> None:
    """§3.5: a meeting or a ruling has spoken while the matter is carried out. A paper without a question waits for none of
    its outcomes, nor for the decision: it is its drafter's again."""
    matter = lock(matter_id)
    if matter.stage == Stage.EXECUTION:
        free_papers(matter, by, question=None)


def _back_to_drafter(paper: Circulation, by: User | None) -> None:
    supervision.owe(
        kind=Kind.CONSOLIDATE, holder=paper.drafted_by, holder_department=paper.department, asked_by=by,
        **paper_owes(paper),
    )  # fmt: skip
    tell_about(
        paper, [one for one in [paper.drafted_by] if by is None or one.pk != by.pk],
        _n("%(number)s: the departments still stand against each other on “%(kind)s”; record it as not agreed, or pull it back and change it."),
        key=f"left:{now():%Y%m%d%H%M%S}", to_do=True,
    )  # fmt: skip


def _end_duty(paper: Circulation, kind: str, outcome: str = Outcome.CANCELLED) -> None:
    supervision.discharge(kind=kind, subject_type=Circulation.SUBJECT, subject_id=paper.pk, outcome=outcome)


def owe_ruling(row: Countersign, by: User | None) -> None:
    """§3.5: the office says within one working day whose duty it is."""
    supervision.owe(
        kind=Kind.DUTY_RULING, holder_department=people.office(), asked_by=by,
        **{**row_owes(row), "url_name": "requests:countersign_rule"},
    )  # fmt: skip
    tell_about(
        row.circulation, [one for one in people.officers() if by is None or one.pk != by.pk],
        _n("%(number)s: a department says that “%(kind)s” is not its duty; rule on it."),
        key=f"{row.pk}:not-ours:{now():%Y%m%d%H%M%S}", row=row, to_do=True,
    )  # fmt: skip


def end_duties(paper: Circulation) -> None:
    """What was owed on the paper as a whole ends; the signatures are owed apart from it."""
    supervision.cancel(subject_type=Circulation.SUBJECT, subject_id=paper.pk)


def close_rows(paper: Circulation) -> None:
    """Nothing more is asked on any signature, current or not."""
    for pk in paper.countersigns.values_list("pk", flat=True):
        supervision.cancel(subject_type=Countersign.SUBJECT, subject_id=pk)


def end_signing(row: Countersign, outcome: str = Outcome.DONE) -> None:
    supervision.discharge(
        kind=Kind.COUNTERSIGN, subject_type=Countersign.SUBJECT, subject_id=row.pk, outcome=outcome
    )


def _ask_signer(paper: Circulation, by: User | None) -> None:
    """The head of the issuing department; where the head drafted it, chair or top leader."""
    offered = (people.head(paper.department_id), people.committee_chair(), people.arbiter())
    able = [person for person in offered if person is not None and policies.may_sign_off(paper, person)]
    signer = next(iter(readers_among(paper.matter, able)), None)
    if signer is None:
        return
    supervision.owe(
        kind=Kind.APPROVE_OFFICE, holder=signer, holder_department=paper.department, asked_by=by,
        **paper_owes(paper),
    )  # fmt: skip
    tell_about(
        paper, [signer], _n("%(number)s: “%(kind)s” is countersigned and waits for your sign-off."),
        key=f"sign-off:{paper.version}", to_do=True,
    )  # fmt: skip


def _wish_for_meeting(paper: Circulation) -> None:
    """§3.5: two unresolved disagreements call for a coordination meeting; `meetings` makes its draft."""
    matter = paper.matter
    if matter.meeting_wishes.open().exists():
        return
    rows = paper.countersigns.current().unresolved()
    chain = "\n".join(f"{n}. {row.department_name}：{row.reason}" for n, row in enumerate(rows, start=1))
    wish = MeetingWish.objects.create(
        matter=matter, reason=WishReason.COUNTERSIGN, chain=f"《{paper.title}》\n{chain}", wished_at=now()
    )
    tell_people(
        matter, people.officers(), _n("%(number)s: departments stand against each other on “%(kind)s”; a meeting is being drafted."),
        key=f"wish:{wish.pk}", params={"kind": paper.kind_name},
    )  # fmt: skip
    tell_paper(
        paper, "countersign_wish", _n("Two departments disagree with “%(kind)s”: a coordination meeting is proposed."),
        tone="warn",
    )  # fmt: skip
