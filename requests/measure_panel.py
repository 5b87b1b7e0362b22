"""The tab of a matter with its definitive and interim measures (R054)."""

from __future__ import annotations

from typing import Any

from requests.case import Case
from requests.flows.measures import STAGES
from requests.measure_policies import may_end_measure, may_prolong_measure, may_record_measure
from supervision.models import Obligation


def may_begin(case: Case) -> bool:
    matter, user = case.matter, case.user
    running = matter.stage in STAGES and not matter.is_suspended
    return running and user is not None and may_record_measure(matter, user)


def measures_of(case: Case) -> dict[str, Any]:
    """Each with what is owed on it: lateness is told by its obligation."""
    matter, user = case.matter, case.user
    duties = Obligation.objects.of_case(matter.pk).open().filter(subject_type="measure")
    rows = list(matter.measures.for_panel())
    owed = {duty.subject_id: duty for duty in duties}
    return {
        "measures": [(row, owed.get(row.pk)) for row in rows],
        "may_end": {row.pk for row in rows if user is not None and may_end_measure(row, user)},
        "may_prolong": {row.pk for row in rows if user is not None and may_prolong_measure(row, user)},
        "may_measure": may_begin(case),
    }
