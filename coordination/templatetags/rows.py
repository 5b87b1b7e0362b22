"""The rows of the two longest lists, matters and duties: their templates print names, here stands what each name is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.template import Library
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from audit.acting import now
from coordination.templatetags.office import day, due, lamp, lately, no, numbers, short, stage
from pages.addresses import address
from pages.escaping import filled
from pages.printed import Printed
from supervision import clock
from supervision.states import Urgency

if TYPE_CHECKING:
    from coordination.desk import Group, Row
    from requests.models import CoordinationRequest
    from supervision.models import Obligation

register = Library()

MATTER = Printed("requests/_row.html")
DUTY = Printed("includes/duty.html")
NOTHING = mark_safe('<span class="x-mute">—</span>')
TINTS = {Urgency.URGENT: "warn", Urgency.EXTRA: "bad"}


@register.simple_tag
def matter_rows(
    rows: Iterable[tuple[CoordinationRequest, Obligation | None]], *, picked: object = None
) -> SafeString:
    """The rows of a list of matters, each with the duty that stands for it; `picked`: several can be ticked."""
    moment, choose = now(), _("Choose %(number)s")
    return _all(
        MATTER(
            pick=_pick(matter, choose) if picked else "",
            number=no(matter.number) or _("no number yet"),
            address=address("requests:detail", matter.pk),
            title=numbers(matter.title or _("Untitled draft")),
            urgency=_urgency(matter),
            category=_sub(matter.get_category_display()),
            stage=stage(matter.stage),
            suspended=_tag(_("Suspended")) if matter.is_suspended else "",
            department=matter.department_name,
            person=matter.filed_by.name,
            holder=_holder(duty),
            limit=_limit(matter, duty, moment),
        )
        for matter, duty in rows
    )


@register.simple_tag
def duty_rows(group: Group) -> SafeString:
    """The duties of one group of the desk; the first one of all has the solid button."""
    return _all(
        DUTY(
            light=lamp(row.light.shape, row.light.words),
            due=due(row.duty.due_at),
            heading=_linked(row.ask.see_url, numbers(row.heading)),
            urgency=_urgency(row.duty),
            why=filled('<p class="why">{}</p>', numbers(row.why)) if row.is_mine_to_do else "",
            asker=row.asker,
            since=lately(row.duty.since),
            number=no(row.duty.number),
            stage=stage(row.subject.stage) if row.subject.stage else "",
            button=_button(row, is_main=group.is_first and at == 0),
        )
        for at, row in enumerate(group.rows)
    )


def _all(rows: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(rows))  # noqa: S308 - printed rows are safe


def _pick(matter: CoordinationRequest, choose: str) -> SafeString:
    return filled(
        '<td role="cell" class="pick"><label class="x-pick"><input class="form-check-input" type="checkbox" name="ids"'
        ' form="bulk" value="{}"><span class="visually-hidden">{}</span></label></td>',
        matter.pk,
        choose % {"number": matter.number or matter.title},
    )


def _tag(words: str, tint: str = "") -> SafeString:
    return filled('<span class="{}">{}</span>', f"x-tag {tint}".strip(), words)


def _urgency(thing: Any) -> str:
    """Nothing for what is as urgent as everything."""
    tint = TINTS.get(thing.urgency)
    return _tag(thing.get_urgency_display(), tint) if tint else ""


def _sub(words: str) -> str:
    return filled('<span class="sub">{}</span>', words) if words else ""


def _holder(duty: Obligation | None) -> str:
    if duty is None:
        return NOTHING
    department = duty.holder_department.name if duty.holder_department else ""
    return filled("{} {}", department, _sub(duty.holder.name if duty.holder else ""))


def _limit(matter: CoordinationRequest, duty: Obligation | None, moment: Any) -> str:
    if duty is not None and duty.due_at:
        light = clock.light(duty, moment)
        return filled("{} {}", lamp(light.shape, light.words), _sub(short(duty.due_at)))
    if matter.ended_at:
        return filled('<span class="x-mute">{}</span>', day(matter.ended_at))
    return NOTHING


def _linked(url: str, words: str) -> str:
    return filled('<a href="{}">{}</a>', url, words) if url else words


def _button(row: Row, *, is_main: bool) -> str:
    if not (row.ask.do_url and row.is_mine_to_do):
        return ""
    return filled(
        '<a class="btn btn-sm {}" href="{}">{}<span class="visually-hidden">{}{}</span></a>',
        "btn-primary" if is_main else "btn-soft",
        row.ask.do_url,
        row.ask.word,
        _(": "),
        row.subject.title or row.duty.number,
    )
