"""The tab of a matter with its public notices (R053)."""

from __future__ import annotations

from typing import Any

from requests.case import Case
from requests.flows.public_notices import STAGES
from requests.policies import may_prepare


def notices_of(case: Case) -> dict[str, Any]:
    matter, user = case.matter, case.user
    return {
        "notices": matter.public_notices.for_panel(),
        "may_publish": user is not None
        and matter.stage in STAGES
        and not matter.is_suspended
        and may_prepare(matter, user),
    }
