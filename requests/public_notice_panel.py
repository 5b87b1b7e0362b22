"""The tab of a matter with its public notices (R053)."""

from __future__ import annotations

from typing import Any

from requests.case import Case
from requests.flows.public_notices import STAGES
from requests.policies import may_prepare


def may_begin(case: Case) -> bool:
    matter, user = case.matter, case.user
    running = matter.stage in STAGES and not matter.is_suspended
    return running and user is not None and may_prepare(matter, user)


def notices_of(case: Case) -> dict[str, Any]:
    return {"notices": case.matter.public_notices.for_panel(), "may_publish": may_begin(case)}
