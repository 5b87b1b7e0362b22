"""The papers from outside among the files of a matter (R066)."""

from __future__ import annotations

from typing import Any

from audit.acting import today
from requests.case import Case
from requests.models import OutsidePaper
from requests.outside_paper_policies import may_register
from requests.states import ENDED


def outside_papers_of(case: Case) -> dict[str, Any]:
    """Those of this matter that exist for the reader, struck ones left out."""
    user: Any = case.user
    rows = OutsidePaper.objects.visible_to(user).standing().filter(matter=case.matter.pk)
    return {
        "outside_papers": list(rows.for_list_page()),
        "may_register": case.matter.stage not in ENDED and may_register(user),
        "today": today(),
    }
