"""How far an item has come: the progress report (A6, form F12)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import NotReady, NotYours
from organization import people
from organization.models import User
from requests import item_rules, policies
from requests.flows.item_shared import ITEM, insist_on_running_matter, lock_item, tell_item
from requests.flows.items import start
from requests.flows.shared import tell_people
from requests.models import ProgressReport
from requests.states import ItemState


@flow
def report(
    *,
    item_id: int,
    by: User,
    percent: int,
    done: str,
    next_step: str = "",
    next_on: date | None = None,
    difficulty: str = "",
    lower_reason: str = "",
    wants_help: bool = False,
) -> ProgressReport:
    """A6: a progress report (form F12). Less than before needs its reason; a difficulty may ask the office for help."""
    item = lock_item(item_id)
    insist_on_running_matter(item)
    if not policies.may_work(item, by):
        raise NotYours(_("Only the responsible person and the department's liaison report on it."))
    if item.state in (ItemState.ISSUED, ItemState.ACKNOWLEDGED):
        item = start(item_id=item_id, by=by, first_step=done)
    if item.state != ItemState.IN_PROGRESS:
        raise NotReady(_("It is not in progress, so nothing can be reported now."))
    item_rules.insist_on_report(
        item,
        percent=percent,
        done=done,
        difficulty=difficulty,
        lower_reason=lower_reason,
        wants_help=wants_help,
    )
    row = ProgressReport.objects.create(
        item=item, reported_by=by, reported_at=now(), percent=percent, done=done.strip(), next_step=next_step.strip(),
        next_on=next_on, difficulty=difficulty.strip(), lower_reason=lower_reason.strip(), wants_help=wants_help,
    )  # fmt: skip
    item.percent = percent
    item.save()
    if wants_help:
        tell_people(
            item.matter, [item.matter.keeper] if item.matter.keeper else people.officers(),
            _n("%(number)s: %(department)s asks the office for help."), key=f"help:{row.pk}",
            params={"department": item.department_name}, number=item.number, url_name=ITEM, url_args=[item.pk],
        )  # fmt: skip
    tell_item(
        item, "report", _n("%(department)s %(actor)s reported on %(number)s: %(percent)s%%."), by=by,
        params={"percent": percent}, reason=row.done + (f"\n{row.difficulty}" if row.difficulty else ""),
    )  # fmt: skip
    return row
