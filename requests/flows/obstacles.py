"""Where an item got stuck is recorded, and when it goes on (R099); a difficulty told in time (主动报告困难, R090)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import day_of, now, today
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from organization import people
from organization.models import Department, User
from requests import policies
from requests.flows.item_shared import ITEM, execution_of, insist_on_running, lock_item, tell_item
from requests.flows.shared import tell_people
from requests.models import ActionItem, Obstacle
from supervision.calendar import working_days


@flow
def record_obstacle(
    *, item_id: int, by: User, step: str, department: Department, text: str, since: date | None = None
) -> Obstacle:
    """R099: at which step it waits, for which department, since when (today unless said). The office hears of it at once.

    Told before the due date it stands as told in time (R090), whatever becomes of the date.
    """
    item = lock_item(item_id)
    if not policies.may_log_obstacles(item, by):
        raise NotYours(
            _("Only those who work on it and the coordination office record what stands in its way.")
        )
    insist_on_running(item)
    if not item.is_open:
        raise NotReady(_("The item has ended; it can only be read."))
    _insist_on_form(item, step, text, since)
    duty = execution_of(item)
    row = Obstacle.objects.create(
        item=item, step=step.strip(), department=department, department_name=department.name, text=text.strip(),
        since=_begun(since), recorded_by=by, recorded_at=now(),
        is_early=bool(duty and duty.due_at and now() <= duty.due_at),
    )  # fmt: skip
    keepers = [item.matter.keeper] if item.matter.keeper else people.officers()
    tell_people(
        item.matter, [person for person in keepers if person.pk != by.pk],
        _n("%(number)s waits for %(waits_for)s; see what stands in the way."), key=f"obstacle:{row.pk}", number=item.number,
        url_name=ITEM, url_args=[item.pk], params={"waits_for": row.department_name}, to_do=True,
    )  # fmt: skip
    tell_item(
        item, "record_obstacle", _n("%(actor)s recorded an obstacle of %(number)s at “%(step)s”: it waits for %(waits_for)s."),
        by=by, reason=row.text, tone="warn", params={"step": row.step, "waits_for": row.department_name},
    )  # fmt: skip
    return row


@flow
def end_obstacle(*, obstacle_id: int, by: User, how_ended: str) -> Obstacle:
    """It goes on: how it was overcome. From now on nobody is waited for."""
    item = lock_item(Obstacle.objects.values_list("item_id", flat=True).get(pk=obstacle_id))
    row: Obstacle = Obstacle.objects.select_for_update(of=("self",)).get(pk=obstacle_id)
    if not policies.may_log_obstacles(item, by):
        raise NotYours(
            _("Only those who work on it and the coordination office record what stands in its way.")
        )
    if row.until is not None:
        raise NotReady(_("This obstacle has been overcome already."))
    if not how_ended.strip():
        sentence = _("Write how it was overcome.")
        raise Invalid(sentence, fields={"how_ended": [sentence]})
    _end(row, how_ended.strip(), by)
    tell_item(
        item, "end_obstacle", _n("%(actor)s recorded that %(number)s no longer waits for %(waits_for)s at “%(step)s”."),
        by=by, reason=row.how_ended, params={"step": row.step, "waits_for": row.department_name},
    )  # fmt: skip
    return row


def end_obstacles(item: ActionItem, by: User, how_ended: str) -> None:
    """The item itself has ended, and with it all waiting."""
    for row in item.obstacles.open():
        _end(row, how_ended, by)


def _end(row: Obstacle, how_ended: str, by: User) -> None:
    row.until, row.how_ended, row.ended_by = now(), how_ended, by
    row.save()


def _begun(since: date | None) -> datetime:
    """Today: from this moment; an earlier day: from the opening of the office on it."""
    if since is None or since == today():
        return now()
    calendar = working_days()
    return calendar.next_working_moment(calendar.opening(since))


def _insist_on_form(item: ActionItem, step: str, text: str, since: date | None) -> None:
    fields: dict[str, list[Sentence]] = {}
    if not step.strip():
        fields["step"] = [_("Write at which step it is stuck.")]
    if not text.strip():
        fields["text"] = [_("Write what stands in the way, and what would help.")]
    if since is not None and since > today():
        fields["since"] = [_("This day has not come yet. Choose today or earlier.")]
    elif since is not None and item.issued_at is not None and since < day_of(item.issued_at):
        fields["since"] = [_("It was not issued yet on this day. Choose a later one.")]
    if fields:
        raise Invalid(_("The record of the obstacle is not complete."), fields=fields)
