"""Rows of a workbook become drafts: all of them or none."""

from __future__ import annotations

from collections.abc import Sequence

from audit.flow import flow
from documents.sheets import Line, insist_on_faultless
from organization.models import User
from requests import draft_sheet, item_sheet
from requests.flows.file import file_at_once, insist_on_filer
from requests.flows.issue import insist_on_drafting, write_item
from requests.flows.shared import lock


@flow
def import_items(*, matter_id: int, lines: Sequence[Line], by: User) -> int:
    """Draft the action items of a decision from a sheet (R008, R061); a faulty row keeps all of them out."""
    matter = lock(matter_id)
    insist_on_drafting(matter, by)
    rows = item_sheet.checked(matter, lines)
    insist_on_faultless(rows)
    for row in rows:
        write_item(matter=matter, **row.values)
    return len(rows)


@flow
def import_drafts(*, lines: Sequence[Line], by: User) -> int:
    """Open drafts of form F1 from a sheet (R025). Each is then completed and handed in like any other."""
    insist_on_filer(by)
    # A second click finds the drafts of the first one.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    rows = draft_sheet.checked(by, lines)
    insist_on_faultless(rows)
    for row in rows:
        departments = row.values.pop("departments")
        file_at_once(by=by, fields=row.values, departments=departments, hand_in=False)
    return len(rows)
