"""Started on the oral order of the head of the repair department on Monday 2026-09-07 09:30; the papers are owed until Wednesday."""

from __future__ import annotations

from audit.acting import at_moment
from requests import flows
from requests.models import CoordinationRequest
from tests.kept import kept
from tests.requests import world

AT_ONCE = {
    "title": "关于输煤栈桥坍塌抢险的协作需求",
    "category": "safety",
    "goal": "当日18时前完成栈桥支护，恢复供煤。",
    "urgency_reason": "栈桥随时可能二次坍塌。",
}
PAPERS = {
    name: world.FORM[name]
    for name in ("background", "expected_result", "initial_scope", "organization_goal", "goal_reason")
}


def order(cast, **changes):
    return {
        "applicant": cast.clerk, "fields": AT_ONCE, "lead_department": cast.supplies, "co_departments": [cast.staffing],
        "ordered_by": cast.repair_head, "ordered_at": world.moment(7, 9), "means": "phone",
        "order": "立即调拨支护钢材，先干后补手续。", **changes,
    }  # fmt: skip


def begin(cast, *, by=None, **changes) -> CoordinationRequest:
    with at_moment(world.moment(7, 9, 30)):
        return flows.start_on_order(by=by or cast.officer, **order(cast, **changes))


@kept
def begun(cast) -> CoordinationRequest:
    return begin(cast)


def answer(cast, matter, *, confirm=True, by=None, reason="", at=None):
    with at_moment(at or world.moment(7, 10)):
        return flows.answer_order(
            matter_id=matter.pk, by=by or cast.repair_head, confirm=confirm, reason=reason
        )


def hand_in(cast, matter, *, by=None, at=None, **changes):
    with at_moment(at or world.moment(8, 9)):
        return flows.hand_in_papers(matter_id=matter.pk, by=by or cast.clerk, fields={**PAPERS, **changes})
