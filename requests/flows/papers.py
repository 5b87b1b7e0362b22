"""Papers of a matter: who may add one is this app's business, what a paper may be is `documents`'."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.files.base import File as Upload
from django.utils.translation import gettext as _

from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from documents.flows import attach, remove
from documents.models import File
from documents.policies import may_remove
from organization.models import User
from requests import policies
from requests.flows.item_shared import lock_item
from requests.flows.shared import lock
from requests.flows.visits import lock_visit
from requests.models import ActionItem, CoordinationRequest, SiteVisit
from requests.states import PAPERS_MAY_GO
from requests.visit_policies import may_add_photos


@flow
def attach_papers(*, matter_id: int, by: User, uploads: Sequence[Upload[Any]]) -> int:
    """Add all of these papers or, when one of them cannot be taken, none."""
    matter = lock(matter_id)
    if not policies.may_attach(matter, by, matter.participants.values_list("department_id", flat=True)):
        raise NotYours(_("Only those who take part add papers, and only until the matter has ended."))
    insist_on_one(uploads)
    for upload in uploads:
        try:
            attach(upload=upload, subject_type=matter.SUBJECT, subject_id=matter.pk, case_id=matter.pk, by=by)
        except Invalid as refusal:
            sentence = f"{upload.name}: {refusal}"
            raise Invalid(sentence, fields={"papers": [sentence]}) from refusal
    return len(uploads)


def insist_on_one(papers: Sequence[Upload[Any]]) -> None:
    """Whoever adds papers adds at least one."""
    if not papers:
        sentence = _("Choose at least one file.")
        raise Invalid(sentence, fields={"papers": [sentence]})


@flow
def remove_paper(*, file_id: int, by: User) -> File:
    """Take an own paper back: of a matter until it is decided, of an item until it was first reported done, a photo of a
    visit until the matter has ended.

    From then on somebody has relied on it.
    """
    paper: File = File.objects.get(pk=file_id)
    if not may_remove(paper, by):
        raise NotYours(_("Only the person who uploaded a file may remove it."))
    if paper.subject_type == ActionItem.SUBJECT:
        item = lock_item(paper.subject_id)
        if item.submitted_at is not None or not item.is_open:
            raise NotReady(_("The item has been reported done or has ended: its evidence stays."))
    elif paper.subject_type == SiteVisit.SUBJECT:
        if not may_add_photos(lock_visit(paper.subject_id), by):
            raise NotYours(_("Whoever recorded the visit takes its photos back, until the matter has ended."))
    elif paper.subject_type != CoordinationRequest.SUBJECT:
        raise NotReady(_("This file belongs to something else than the matter. Take it back there."))
    elif lock(paper.case_id or 0).stage not in PAPERS_MAY_GO:
        raise NotReady(_("The matter has been decided or has ended: its papers stay."))
    return remove(file_id=file_id, by=by)
