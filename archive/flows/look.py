"""Who looked into a dossier (R191)."""

from __future__ import annotations

from archive.models import Dossier
from audit.flow import flow
from audit.flows import note_read
from audit.models import Reading
from organization.models import User

DOSSIER, DECISION, VERIFIED = "dossier", "decision", "verify"


@flow
def note_look(*, matter_id: int, by: User, what: str = DOSSIER) -> Reading:
    """Kept before the page goes out: no note, no page."""
    number = Dossier.objects.filter(matter_id=matter_id).values_list("archive_no", flat=True).first() or ""
    return note_read(what=what, by=by, filters={"matter": str(matter_id), "archive_no": number})
