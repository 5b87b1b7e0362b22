"""Telling people, and their reading of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from django.db import connection

from audit.acting import now
from audit.flow import flow
from notifications.models import Notice
from notifications.states import NoticeKind
from organization.models import User

# One statement, so that the number of new rows is exact even when two transactions tell the same thing at once.
TELL = """
INSERT INTO notifications_notice
       (recipient_id, kind, sentence, params, number, url_name, url_args, dedupe_key, created_at)
SELECT id, %s, %s, %s::jsonb, %s, %s, %s::jsonb, %s, %s
FROM organization_user
WHERE id = ANY(%s) AND is_active
ORDER BY id
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
            [
                NoticeKind(kind).value,
                sentence,
                json.dumps(params or {}),
                number,
                url_name,
                json.dumps(list(url_args)),
                dedupe_key,
                now(),
                ids,
            ],
        )
        return cursor.rowcount


@flow
def mark_read(notice_id: int | Literal["all"], *, by: User) -> int:
    """Mark one of my notices, or all, as read; return how many were unread. Somebody else's is not found."""
    mine = Notice.objects.visible_to(by).unread()
    if notice_id != "all":
        mine = mine.filter(pk=notice_id)
    return mine.update(read_at=now())
