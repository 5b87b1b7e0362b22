"""Stock phrases (常用语): kept, mended, dropped."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from organization import policies
from organization.models import Department, User
from organization.phrases import Phrase

MOST = 30
LONGEST = 200


@flow
def keep_phrase(*, text: str, by: User, department: Department | None = None) -> Phrase:
    """A phrase for oneself, or for everybody of a department in whose name one speaks."""
    if not policies.may_keep_phrases(by):
        raise NotYours(_("Stock phrases are for those of the house who write."))
    if department is not None and not policies.may_keep_phrases_of(department, by):
        raise NotYours(_("Phrases of a department are kept by its head and its liaisons."))
    # One after the other, so that neither the number nor the same words slip through twice.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    others = Phrase.objects.filter(department=department)
    others = others if department else others.filter(owner=by)
    if others.count() >= MOST:
        raise NotReady(_("There are %(most)s phrases already. Drop one first.") % {"most": MOST})
    phrase = Phrase(owner=None if department else by, department=department, text=_taken(text, others))
    phrase.save(force_insert=True)
    return phrase


@flow
def change_phrase(*, phrase_id: int, text: str, by: User) -> Phrase:
    phrase = _lock(phrase_id, by)
    same = Phrase.objects.filter(owner=phrase.owner, department=phrase.department).exclude(pk=phrase.pk)
    phrase.text = _taken(text, same)
    phrase.save(update_fields=["text"])
    return phrase


@flow
def drop_phrase(*, phrase_id: int, by: User) -> None:
    _lock(phrase_id, by).delete()


def _lock(phrase_id: int, by: User) -> Phrase:
    phrase: Phrase = (
        Phrase.objects.select_for_update(of=("self",)).select_related("department").get(pk=phrase_id)
    )
    if not policies.may_change_phrase(phrase, by):
        raise NotYours(_("Phrases of a department are kept by its head and its liaisons."))
    return phrase


def _taken(text: str, others: Any) -> str:
    """The words as they are kept. Raises Invalid for none, too many, or the same ones again."""
    words = text.strip()
    sentence = ""
    if not 1 <= len(words) <= LONGEST:
        sentence = _("Write 1 to %(most)s characters.") % {"most": LONGEST}
    elif others.filter(text=words).exists():
        sentence = _("This phrase is there already.")
    if sentence:
        raise Invalid(sentence, fields={"text": [sentence]})
    return words
