"""Papers of a matter: who may add one is this app's business, what a paper may be is `documents`'."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.files.base import File as Upload
from django.utils.translation import gettext as _

from audit.flow import flow
from audit.refusals import Invalid, NotYours
from documents.flows import attach
from organization.models import User
from requests import policies
from requests.flows.shared import lock


@flow
def attach_papers(*, matter_id: int, by: User, uploads: Sequence[Upload[Any]]) -> int:
    """Add all of these papers or, when one of them cannot be taken, none."""
    matter = lock(matter_id)
    if not policies.may_attach(matter, by, matter.participants.values_list("department_id", flat=True)):
        raise NotYours(_("Only those who take part add papers, and only until the matter has ended."))
    for upload in uploads:
        try:
            attach(upload=upload, subject_type=matter.SUBJECT, subject_id=matter.pk, case_id=matter.pk, by=by)
        except Invalid as refusal:
            sentence = f"{upload.name}: {refusal}"
            raise Invalid(sentence, fields={"papers": [sentence]}) from refusal
    return len(uploads)
