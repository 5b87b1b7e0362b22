"""A dispute is registered, or taken back (D1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now, today
from audit.flow import flow
from audit.reasons import insist_on_reason
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from audit.transitions import insist
from disputes import policies
from disputes.flows.shared import end, everybody, lock, tell_people, tell_story, what_it_owes
from disputes.models import Dispute, DisputeParty, DisputePoint, PointPosition
from disputes.states import OPEN, DisputeType
from documents.numbers import take
from documents.states import Series
from organization import people
from organization.models import Department, User
from requests import flows as requests_flows
from requests.flows.shared import let_read
from requests.flows.shared import lock as lock_matter
from requests.models import CoordinationRequest, Question
from requests.states import FINAL_OUTCOMES, Outcome
from supervision.flows import cancel, owe
from supervision.models import Obligation
from supervision.states import Kind

PARTIES = 2


@flow
def register(
    *,
    matter_id: int,
    by: User,
    kind: str,
    parties: Sequence[Department],
    blocked_what: str,
    interim_arrangement: str,
    question_id: int | None = None,
    points: Sequence[str] = (),
    claim: str = "",
    tried: str = "",
    exemption_reason: str = "",
) -> Dispute:
    """D1: between at least two departments, with what it blocks and who acts meanwhile (R134, R136).

    The positions of the question's points of difference are copied; further points are written empty, for each side
    to fill. The matter, or the question, is blocked until the dispute ends.
    """
    matter = lock_matter(matter_id)
    if not policies.may_register(by, {department.pk for department in parties}) or not _sees(matter, by):
        raise NotYours(_("Only the coordination office and the sides themselves register a dispute."))
    question = _question(matter, question_id)
    texts = [text.strip() for text in points if text.strip()]
    _insist_on_form(
        kind=kind, parties=parties, blocked_what=blocked_what, interim_arrangement=interim_arrangement,
        tried=tried, exemption_reason=exemption_reason, has_points=bool(texts or question),
    )  # fmt: skip
    dispute = Dispute.objects.create(
        number=take(Series.DISPUTE), matter=matter, question=question, kind=kind, registered_by=by,
        registered_at=now(), claim=claim.strip(), tried=tried.strip(), exemption_reason=exemption_reason.strip(),
        blocked_what=blocked_what.strip(), interim_arrangement=interim_arrangement.strip(), next_on=today(),
        owner=matter.keeper or by,
    )  # fmt: skip
    _write_parties_and_points(dispute, parties, texts)
    requests_flows.block(
        matter_id=matter.pk, question_id=question_id, subject_type=Dispute.SUBJECT, subject_id=dispute.pk,
        number=dispute.number, reason=dispute.blocked_what,
    )  # fmt: skip
    let_read(matter, departments=[department.pk for department in parties], why="dispute")
    duties = [
        owe(kind=Kind.NEGOTIATE, holder_department=department, **what_it_owes(dispute))
        for department in parties
    ]
    dispute.next_on = _next_date(duties)
    dispute.save()
    tell_people(
        dispute, [*everybody(dispute), *filter(None, map(people.head, (d.pk for d in parties)))],
        _n("Dispute %(number)s has been registered. Talk to each other first."), key="registered", to_do=True,
    )  # fmt: skip
    tell_story(
        dispute, "register", _n("%(actor)s registered dispute %(number)s between %(parties)s."), by=by, tone="bad",
        params={"parties": "、".join(department.name for department in parties)}, reason=dispute.blocked_what,
    )  # fmt: skip
    return dispute


@flow
def withdraw(*, dispute_id: int, by: User, reason: str) -> Dispute:
    """Taken back by whoever registered it: the question is again not agreed, the matter goes on."""
    dispute = lock(dispute_id)
    insist(dispute.withdraw, by)
    insist_on_reason(reason)
    came_from = dispute.state
    dispute.withdraw()
    dispute.ending_reason = reason.strip()
    end(dispute)
    dispute.save()
    cancel(subject_type=Dispute.SUBJECT, subject_id=dispute.pk)
    requests_flows.unblock(subject_type=Dispute.SUBJECT, subject_id=dispute.pk)
    tell_people(dispute, everybody(dispute), _n("Dispute %(number)s has been withdrawn."), key="withdrawn")
    tell_story(
        dispute, "withdraw", _n("%(actor)s withdrew dispute %(number)s."),
        by=by, came_from=came_from, reason=reason, tone="warn",
    )  # fmt: skip
    return dispute


def _sees(matter: CoordinationRequest, by: User) -> bool:
    return bool(CoordinationRequest.objects.visible_to(by).filter(pk=matter.pk).exists())


def _question(matter: CoordinationRequest, question_id: int | None) -> Question | None:
    if question_id is None:
        return None
    question = matter.questions.get(pk=question_id)
    if question.outcome == Outcome.IN_DISPUTE or question.disputes.filter(state__in=OPEN).exists():
        raise NotReady(_("A dispute about this question is open already."))
    if question.outcome in FINAL_OUTCOMES:
        raise NotReady(_("This question is settled already; ask for a change instead."))
    return question


def _insist_on_form(
    *, kind: str, parties: Sequence[Department], blocked_what: str, interim_arrangement: str, tried: str,
    exemption_reason: str, has_points: bool,
) -> None:  # fmt: skip
    fields: dict[str, list[Sentence]] = {}
    if kind not in DisputeType.values:
        fields["kind"] = [_("Choose the kind of dispute.")]
    if len({department.pk for department in parties}) < PARTIES:
        fields["parties"] = [_("A dispute has at least two departments. Choose the other side too.")]
    if not has_points:
        fields["points"] = [_("Write at least one point on which the departments differ.")]
    if not tried.strip() and not exemption_reason.strip():
        fields["tried"] = [
            _("Write whom you talked to, when and with which answer; or why that was not possible.")
        ]
    if not blocked_what.strip():
        fields["blocked_what"] = [_("Write what cannot go on because of it.")]
    if not interim_arrangement.strip():
        fields["interim_arrangement"] = [_("Write who acts until it is decided.")]
    if fields:
        raise Invalid(_("The dispute is not complete."), fields=fields)


def _write_parties_and_points(dispute: Dispute, departments: Sequence[Department], texts: list[str]) -> None:
    sides = {
        department.pk: DisputeParty.objects.create(
            dispute=dispute, department=department, department_name=department.name
        )
        for department in departments
    }
    if dispute.question is not None:
        texts = [dispute.question.text, *(text for text in texts if text != dispute.question.text)]
    rows = [
        DisputePoint.objects.create(dispute=dispute, order=order, text=text)
        for order, text in enumerate(texts, start=1)
    ]
    if dispute.question is None:
        return
    for difference in dispute.question.differences.filter(department__in=sides):
        PointPosition.objects.create(
            point=rows[0], party=sides[difference.department_id], position=difference.position,
            basis=difference.basis, written_at=now(),
        )  # fmt: skip


def _next_date(duties: list[Obligation]) -> Any:
    due = [duty.due_at for duty in duties if duty.due_at]
    return timezone.localtime(max(due)).date() if due else today()
