"""Sessions as Django keeps them in the database; only the read, which every page makes, is written once."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from pages.prepared import Prepared

SESSION = Prepared(lambda key, moment: Session.objects.filter(session_key=key, expire_date__gt=moment))


class SessionStore(db.SessionStore):
    """Read afresh for every request: a session that was ended anywhere is over at once."""

    def _get_session_from_db(self) -> Any:
        found = SESSION.get(self.session_key, timezone.now())  # noqa: TID251 - a session knows no business moment
        if found is None:
            self._session_key = None
        return found
