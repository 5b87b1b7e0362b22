"""Matters on the simple track: accepted with a sheet on Monday 14:30, signed at 15:00, answered on Tuesday 2026-09-08."""

from __future__ import annotations

from audit.acting import at_moment
from requests import flows
from requests.models import Addressee, CoordinationRequest, Letter
from requests.states import Handling
from tests.kept import kept
from tests.requests import world

SIMPLE = {
    "handling": Handling.SIMPLE,
    "handling_reason": "只涉及两个部门，做法已有先例。",
    "facts": "三人由外包单位派遣，库房有同款三套。",
    "question": "同意由物资部发放同款劳保服3套吗？",
}


def accept(cast, matter, *, by=None, **changes) -> CoordinationRequest:
    given = {
        "lead_department": cast.supplies, "co_departments": [cast.staffing], "conditions": world.all_met(),
        **world.ASSESSMENT, **SIMPLE, **changes,
    }  # fmt: skip
    with at_moment(world.moment(7, 14, 30)):
        return flows.accept(matter_id=matter.pk, by=by or cast.officer, **given)


@kept
def simple(cast, **changes) -> CoordinationRequest:
    return accept(cast, world.filed(cast), **changes)


@kept
def asked(cast) -> CoordinationRequest:
    """The head of the office has signed the sheet: it is with the departments."""
    matter = simple(cast)
    with at_moment(world.moment(7, 15)):
        flows.sign_letter(letter_id=sheet(matter).pk, by=cast.office_head)
    return CoordinationRequest.objects.get(pk=matter.pk)


def sheet(matter) -> Letter:
    return Letter.objects.get(matter=matter)


def answer(cast, matter, department, reply="agree", reason="") -> CoordinationRequest:
    row = Addressee.objects.get(letter__matter=matter, department=department)
    speaker = {cast.supplies: cast.supplies_liaison, cast.staffing: cast.staffing_liaison}[department]
    with at_moment(world.moment(8, 9)):
        flows.answer_letter(addressee_id=row.pk, by=speaker, reply=reply, reason=reason)
    return CoordinationRequest.objects.get(pk=matter.pk)


@kept
def agreed(cast) -> CoordinationRequest:
    """Both departments have answered that they agree."""
    matter = asked(cast)
    answer(cast, matter, cast.supplies)
    return answer(cast, matter, cast.staffing)


def settle(cast, matter, *, by=None, **changes) -> CoordinationRequest:
    item = {**world.ITEM, "department": cast.supplies, "assignee": cast.supplies_clerk}
    given = {"resolution": "由物资部发放同款劳保服3套。", "item": item, **changes}
    with at_moment(world.moment(8, 10)):
        return flows.settle_by_letters(matter_id=matter.pk, by=by or cast.office_head, **given)
