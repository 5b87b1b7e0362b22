"""The project application as the request gives it (R035): what stands in the form before anybody has touched it."""

from __future__ import annotations

from typing import Any

from audit.acting import day_of, today
from requests.approval_rules import first_day
from requests.approval_states import Willingness
from requests.models import CoordinationRequest
from requests.states import Answer, Stage

HEARD = {
    Answer.AGREED: Willingness.WILLING,
    Answer.CONDITIONS: Willingness.CONDITIONS,
    Answer.REFUSED: Willingness.UNWILLING,
}


def drafted_from(matter: CoordinationRequest) -> dict[str, Any]:
    """Goal, content, benefit, departments with what they said in the talks, schedule and budget."""
    begins = first_day(today())
    lead = matter.suggested_lead_id or matter.filed_by_department_id
    return {
        "title": matter.title, "content": matter.initial_scope or matter.background,
        "benefit": matter.expected_result, "lead_department": lead, "starts_on": begins,
        "ends_on": matter.wished_on if matter.wished_on and matter.wished_on > begins else None,
        "budget": matter.amount, "departments": departments_of(matter),
        "goals": [
            {
                "indicator": matter.goal.rstrip("。")[:100], "target": "", "unit": "",
                "due_on": f"{matter.wished_on:%Y-%m-%d}" if matter.wished_on else "",
            }
        ],
    }  # fmt: skip


def named_departments(matter: CoordinationRequest) -> dict[int, str]:
    """By id and name: whom the applicant would like to take part; once it is accepted, whoever does."""
    if matter.stage != Stage.PREPARATION:
        return dict(matter.wished_departments.order_by("order").values_list("pk", "name"))
    return dict(
        matter.participants.order_by("department__order").values_list("department", "department_name")
    )


def departments_of(matter: CoordinationRequest) -> list[dict[str, Any]]:
    """Each department of the request with its last answer; where none was asked the answer stays open."""
    talks = {talk.department_id: talk for talk in matter.attempts.select_related("department")}
    rows = []
    for pk, name in named_departments(matter).items():
        talk = talks.get(pk)
        rows.append(
            {
                "department": pk, "name": name,
                "answer": HEARD.get(Answer(talk.answer), "") if talk else "",
                "condition": talk.reason if talk else "", "person": talk.person_name if talk else "",
                "day": f"{day_of(talk.held_at):%Y-%m-%d}" if talk else "",
            }
        )  # fmt: skip
    return rows
