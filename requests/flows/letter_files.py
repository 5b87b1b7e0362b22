"""What is attached to a contact sheet or letter: added while it is a draft, under the signature like its text (R064, F4, F5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.files.base import File as Upload
from django.utils.translation import gettext as _

from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from documents.flows import attach, remove
from documents.models import File
from organization.models import User
from requests import letter_policies as policies
from requests.flows.letter_shared import lock_letter
from requests.letter_states import LetterState
from requests.models import Letter


def keep_files(letter: Letter, papers: Iterable[Upload[Any]], by: User) -> None:
    """Called by a flow that holds the letter's lock. They are no files of the matter: the letter has its own readers."""
    for upload in papers:
        try:
            attach(upload=upload, subject_type=Letter.SUBJECT, subject_id=letter.pk, case_id=None, by=by)
        except Invalid as refusal:
            sentence = f"{upload.name}: {refusal}"
            raise Invalid(sentence, fields={"papers": [sentence]}) from refusal


@flow
def remove_letter_file(*, letter_id: int, file_id: int, by: User) -> File:
    """Take back what was attached by mistake, while it is a draft; what was signed stays."""
    letter = lock_letter(letter_id)
    if not policies.may_edit_letter(letter, by):
        raise NotYours(_("Only the drafter and whoever speaks for the department change a draft."))
    if letter.state != LetterState.DRAFT:
        raise NotReady(_("It is a draft no longer: what is attached stays with its text."))
    File.objects.of(Letter.SUBJECT, letter.pk).kept().get(pk=file_id)
    return remove(file_id=file_id, by=by)
