"""Passing a matter on is counted; the third time, or back to where it came from, wishes for a special meeting (R100)."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.reasons import IN_SHORT, insist_on_reason
from audit.refusals import NotReady, NotYours
from organization import people
from organization.models import Department, User
from requests import letter_policies as policies
from requests.flows.shared import lock, tell_people, tell_story
from requests.letter_states import WishReason
from requests.models import Addressee, CoordinationRequest, Handover, MeetingWish

MOST = 3


def pass_on(
    matter: CoordinationRequest,
    *,
    from_department: Department,
    to_department: Department,
    reason: str,
    by: User,
    addressee: Addressee | None = None,
    number: str = "",
) -> Handover | None:
    """Count one hand-over; called by a flow that holds the matter's lock. The same answer given again counts once."""
    known = matter.handovers.filter(
        addressee=addressee, from_department=from_department, to_department=to_department
    )
    if addressee is not None and known.exists():
        return None
    row = Handover.objects.create(
        matter=matter, addressee=addressee, from_department=from_department, to_department=to_department,
        from_name=from_department.name, to_name=to_department.name, reason=reason.strip(), number=number, at=now(), by=by,
    )  # fmt: skip
    tell_story(
        matter, "hand_over", _n("%(from)s passed it on to %(to)s (time %(count)s)."), by=by, tone="warn", reason=reason,
        params={"from": row.from_name, "to": row.to_name, "count": matter.handovers.counted().count()},
    )  # fmt: skip
    _wish_for_meeting(matter)
    return row


@flow
def admit_misrouting(*, handover_id: int, by: User, reason: str) -> Handover:
    """The office had written to the wrong department: this passing-on was right and does not count (domain §6.4)."""
    matter = lock(Handover.objects.values_list("matter_id", flat=True).get(pk=handover_id))
    row = Handover.objects.select_for_update(of=("self",)).get(pk=handover_id)
    if not policies.may_admit_misrouting(by):
        raise NotYours(_("Only the coordination office says that it routed something wrongly."))
    if row.misrouted_at is not None:
        raise NotReady(_("This passing-on does not count already."))
    insist_on_reason(reason, most=IN_SHORT)
    row.misrouted_at, row.misrouted_by, row.misrouted_reason = now(), by, reason.strip()
    row.save()
    tell_story(
        matter, "admit_misrouting", _n("The passing-on from %(from)s to %(to)s does not count: the office had routed it wrongly."),
        by=by, reason=reason, params={"from": row.from_name, "to": row.to_name},
    )  # fmt: skip
    return row


@flow
def fulfil_wish(*, wish_id: int, meeting_id: int) -> MeetingWish:
    """Called by `meetings` when its draft stands: the wish is answered once."""
    wish = MeetingWish.objects.select_for_update(of=("self",)).select_related("matter").get(pk=wish_id)
    wish.fulfilled_at, wish.meeting_id = now(), meeting_id
    wish.save()
    tell_story(
        wish.matter,
        "wish_fulfilled",
        _n("Departments disagree with a paper: the draft of a coordination meeting is there.")
        if wish.reason == WishReason.COUNTERSIGN
        else _n("Passed on too often: the draft of a special meeting is there."),
        tone="warn",
    )
    return wish


def _wish_for_meeting(matter: CoordinationRequest) -> None:
    """R100: write the row that `meetings` takes. Hand-overs that a meeting was called for already do not count again."""
    rows = list(matter.handovers.counted().filter(wish=None))
    waiting = matter.meeting_wishes.open().first()
    if waiting is None:
        reason = _reason(rows)
        if reason is None:
            return
        waiting = MeetingWish.objects.create(
            matter=matter, reason=reason, chain=chain_text(rows), wished_at=now()
        )
        tell_people(
            matter, people.officers(), _n("%(number)s has been passed on %(count)s times; a special meeting is being drafted."),
            key=f"wish:{waiting.pk}", params={"count": len(rows)},
        )  # fmt: skip
    for row in rows:
        row.wish = waiting
        row.save()


def _reason(rows: Sequence[Handover]) -> str | None:
    """The third in a row; or A to B and B to A, however early."""
    last = rows[-1]
    if len(rows) >= MOST:
        return WishReason.THIRD
    back = any(
        row.from_department_id == last.to_department_id and row.to_department_id == last.from_department_id
        for row in rows[:-1]
    )
    return WishReason.BACK if back else None


def chain_text(rows: Sequence[Handover]) -> str:
    """The chain as the topic of the meeting prints it: who, to whom, why, by which paper."""
    return "\n".join(
        f"{n}. {row.from_name} → {row.to_name}：{row.reason}" + (f"（{row.number}）" if row.number else "")
        for n, row in enumerate(rows, start=1)
    )
