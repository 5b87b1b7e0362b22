"""Telling people, and their reading of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Literal

from django.db import connection
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, Sentence
from notifications.models import Notice, Subscription
from notifications.states import MAY_BE_COLLECTED, MOST_PER_DAY, NoticeKind, Way
from organization.models import User

LARGEST_MOST = 200
COLLECTED = _n("%(count)s notices have been collected for you.")

# One statement, so that the number of new rows is exact even when two transactions tell the same thing at once. What is only
# told is collected where its reader wants that, or has been told enough today (R069).
TELL = """
INSERT INTO notifications_notice
       (recipient_id, kind, sentence, params, number, url_name, url_args, dedupe_key, created_at, is_collected)
SELECT person.id, %(kind)s, %(sentence)s, %(params)s::jsonb, %(number)s, %(url_name)s, %(url_args)s::jsonb, %(dedupe_key)s,
       %(now)s,
       %(may_wait)s AND (
         coalesce(CASE WHEN %(kind)s = 'info' THEN wish.info ELSE wish.result END, 'at_once') = 'daily'
         OR (SELECT count(*) FROM notifications_notice today
             WHERE today.recipient_id = person.id AND today.created_at >= %(morning)s AND NOT today.is_collected
               AND today.kind IN ('info', 'result')) >= coalesce(wish.most_per_day, %(most)s))
FROM organization_user person LEFT JOIN notifications_subscription wish ON wish.person_id = person.id
WHERE person.id = ANY(%(people)s) AND person.is_active
ORDER BY person.id
ON CONFLICT (recipient_id, dedupe_key) DO NOTHING
"""


@flow
def announce(
    *,
    recipients: Iterable[User],
    sentence: str,
    dedupe_key: str,
    params: dict[str, Any] | None = None,
    number: str = "",
    url_name: str = "",
    url_args: Sequence[Any] = (),
    kind: str = NoticeKind.INFO,
) -> int:
    """Tell each active recipient once; return how many were new.

    `sentence` is an English gettext source (mark it with `gettext_noop`), filled with `%(number)s` and `params` when
    shown; no title may stand in either. The same `dedupe_key` never reaches the same person twice.
    """
    ids = sorted({person.pk for person in recipients})
    if not ids:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            TELL,
            {
                "kind": NoticeKind(kind).value,
                "sentence": sentence,
                "params": json.dumps(params or {}),
                "number": number,
                "url_name": url_name,
                "url_args": json.dumps(list(url_args)),
                "dedupe_key": dedupe_key,
                "now": now(),
                "may_wait": kind in MAY_BE_COLLECTED,
                "morning": timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0),
                "most": MOST_PER_DAY,
                "people": ids,
            },
        )
        return cursor.rowcount


@flow
def mark_read(which: int | Literal["unread", "collected", "all"], *, by: User) -> int:
    """Mark one of my notices, those told at once, those collected, or all as read; return how many were unread. Somebody
    else's is not found."""
    mine = Notice.objects.visible_to(by).filter(read_at=None)
    if which == "unread":
        mine = mine.unread()
    elif which == "collected":
        mine = mine.collected()
    elif which != "all":
        mine = mine.filter(pk=which)
    return mine.update(read_at=now())


@flow
def subscribe(*, by: User, info: str, result: str, most_per_day: int) -> Subscription:
    """R069: how I want to hear of what is only told. What I have to do always comes at once."""
    fields: dict[str, list[Sentence]] = {}
    for name, way in (("info", info), ("result", result)):
        if way not in Way.values:
            fields[name] = [_("Choose at once or collected.")]
    if not 1 <= most_per_day <= LARGEST_MOST:
        fields["most_per_day"] = [_("Write a number from 1 to %(most)s.") % {"most": LARGEST_MOST}]
    if fields:
        raise Invalid(_("The wish is not complete."), fields=fields)
    wish, _created = Subscription.objects.update_or_create(
        person=by, defaults={"info": info, "result": result, "most_per_day": most_per_day}
    )
    return wish


@flow
def tell_of_collected(*, until: datetime, day: date) -> int:
    """One notice for each person for whom something was collected until then and not told of yet; how many were new."""
    told = Subscription.objects.filter(person=OuterRef("recipient")).values("told_until")
    waiting = Notice.objects.collected().filter(created_at__lt=until).annotate(told=Subquery(told))
    rows = waiting.filter(Q(told=None) | Q(created_at__gte=F("told"))).values("recipient")
    counts = dict(rows.annotate(count=Count("pk")).order_by("recipient").values_list("recipient", "count"))
    people = User.objects.active().in_bulk(counts)
    return sum(_tell_of(person, counts[pk], until, day) for pk, person in people.items())


def _tell_of(person: User, count: int, until: datetime, day: date) -> int:
    Subscription.objects.update_or_create(person=person, defaults={"told_until": until})
    return announce(
        recipients=[person], sentence=COLLECTED, params={"count": count}, url_name="notifications:collected",
        dedupe_key=f"collected:{day:%Y-%m-%d}", kind=NoticeKind.TASK,
    )  # fmt: skip
