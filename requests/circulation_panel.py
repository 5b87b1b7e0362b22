"""The tab of a matter that lists its circulating papers: where each stands, who has signed, who is late."""

from __future__ import annotations

from typing import Any

from requests.case import Case
from requests.circulation_policies import may_circulate
from requests.circulation_rules import STAGES
from requests.models import Circulation


def may_begin(case: Case) -> bool:
    matter, user = case.matter, case.user
    running = matter.stage in STAGES and not matter.is_suspended
    return running and user is not None and may_circulate(matter, user)


def circulations_of(case: Case) -> dict[str, Any]:
    """Two queries, however many papers and departments."""
    matter, user = case.matter, case.user
    if user is None:
        return {}
    papers = list(Circulation.objects.visible_to(user).filter(matter=matter).for_list())
    for paper in papers:
        paper.signed_count = sum(row.is_signed for row in paper.signatures)
    return {"papers": papers, "may_circulate": may_begin(case)}
