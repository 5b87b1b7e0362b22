"""Who looked at a confidential matter or outside paper, when, at what (domain §5, R191)."""

from __future__ import annotations

from audit.flow import flow
from audit.flows import note_read
from audit.models import Reading
from organization.models import User


@flow
def note_look(*, matter_id: int, by: User, what: str, detail: str = "") -> Reading:
    """Kept before the page or the paper goes out: no note, no page. The row can never be changed."""
    return note_read(what=what, by=by, filters={"matter": str(matter_id), "detail": detail})


@flow
def note_paper_look(*, paper_id: int, by: User, what: str, detail: str = "") -> Reading:
    """The same for a confidential outside paper that belongs to no confidential matter (R066)."""
    return note_read(what=what, by=by, filters={"outside_paper": str(paper_id), "detail": detail})
