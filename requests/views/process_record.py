"""The process record of a matter as a workbook (R096)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from audit.flows import note_read
from audit.refusals import NotReady
from pages.typing import AuthenticatedHttpRequest
from requests import process_record
from requests.views.exports import workbook
from requests.views.shared import the_matter


@require_GET
@login_required
def export(request: AuthenticatedHttpRequest, pk: int) -> FileResponse:
    """Everything in the order of time, or the one kind that the address names. A confidential matter stays in the house: a
    table bears nobody's name (domain §5)."""
    matter = the_matter(request, pk)
    if matter.is_closed:
        raise NotReady(_("A confidential matter is read here and not taken away."))
    kind = process_record.kind_of(request.GET)
    note_read(what="export", by=request.user, filters={"list": "record", "matter": str(pk), "kind": kind})
    return workbook(process_record.TITLE, process_record.COLUMNS, process_record.rows_of(matter, kind))
