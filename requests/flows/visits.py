"""On-site coordination as a step of the matter: recorded on the spot or later, with photos (R046)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.base import File as Upload
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now, today
from audit.flow import flow
from audit.reasons import IN_A_LINE
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from documents.flows import attach
from documents.models import File
from documents.names import extension, numbered
from organization.models import User
from requests import rules
from requests import visit_policies as policies
from requests.flows.effects import concerned_by
from requests.flows.shared import lock, speakers, tell_people, tell_story
from requests.models import SiteVisit

PHOTOS = ("jpg", "jpeg", "png")
MOST_PHOTOS = 20
LONGEST = {"place": 100, "people": 300, "findings": 1000, "result": 500}
TAKERS = _n("Only those who take part record a site visit, and only until the matter has ended.")


@flow
def record_visit(
    *,
    matter_id: int,
    by: User,
    visited_on: date,
    place: str,
    people: str,
    findings: str,
    result: str,
    photos: Sequence[Upload[Any]] = (),
) -> SiteVisit:
    """R046: place, people, findings, result and photos of a visit. One of an earlier day is marked as entered later."""
    matter = lock(matter_id)
    departments = concerned_by(matter)
    if not policies.may_record_visit(matter, by, departments):
        raise NotYours(_(TAKERS))
    words = {"place": place, "people": people, "findings": findings, "result": result}
    given = {name: text.strip() for name, text in words.items()}
    _insist_on_visit(visited_on, given)
    same = SiteVisit.objects.standing().filter(
        matter=matter, visited_on=visited_on, place=given["place"], recorded_by=by
    )
    if same.exists():
        raise NotReady(
            _("You have recorded the visit to this place on this day already. Add the photos there.")
        )
    visit = SiteVisit.objects.create(
        matter=matter, visited_on=visited_on, recorded_by=by, recorded_at=now(), **given
    )
    _attach(visit, photos, by)
    others = departments - by.authority.speaks_for
    heard = {person.pk: person for person in [*speakers(others), *([matter.keeper] if matter.keeper else [])]}
    heard.pop(by.pk, None)
    tell_people(
        matter, heard.values(), _n("%(number)s: a site visit of %(day)s was recorded."), key=f"visit:{visit.pk}",
        params={"day": f"{visited_on:%Y-%m-%d}"},
    )  # fmt: skip
    sentence = (
        _n("%(actor)s entered the site visit of %(day)s afterwards.")
        if visit.is_late
        else _n("%(actor)s recorded the site visit of %(day)s.")
    )
    _tell(visit, "record_visit", sentence, by, visit.result)
    return visit


@flow
def add_visit_photos(*, visit_id: int, by: User, photos: Sequence[Upload[Any]]) -> int:
    """Photos that come in after the record, from whoever wrote it."""
    visit = lock_visit(visit_id)
    if not policies.may_add_photos(visit, by):
        raise NotYours(_("Whoever recorded the visit adds its photos, until the matter has ended."))
    if not photos:
        raise Invalid(_("Choose at least one photo."), fields={"photos": [_("Choose at least one photo.")]})
    _attach(visit, photos, by)
    return len(photos)


@flow
def withdraw_visit(*, visit_id: int, by: User, reason: str) -> SiteVisit:
    """Taken back in the sight of all; the record stays with its reason."""
    visit = lock_visit(visit_id)
    if not policies.may_withdraw_visit(visit, by):
        raise NotYours(_("Whoever recorded the visit takes it back, or the coordination office."))
    rules.insist_on_reason(reason, most=IN_A_LINE)
    visit.withdrawn_at, visit.withdrawn_why = now(), reason.strip()
    visit.save()
    _tell(visit, "withdraw_visit", _n("%(actor)s took back the site visit of %(day)s."), by, reason)
    return visit


def lock_visit(visit_id: int) -> SiteVisit:
    """After its matter; what has been taken back is no longer there."""
    matter = lock(SiteVisit.objects.values_list("matter_id", flat=True).get(pk=visit_id))
    visit: SiteVisit = SiteVisit.objects.select_for_update(of=("self",)).get(pk=visit_id)
    visit.matter = matter
    if visit.withdrawn_at is not None:
        raise NotReady(_("It has been taken back already."))
    return visit


def _insist_on_visit(visited_on: date, given: dict[str, str]) -> None:
    """Every gap at once."""
    fields: dict[str, list[Sentence]] = {}
    if visited_on > today():
        fields["visited_on"] = [_("This day lies ahead. Write when the visit took place.")]
    for name, most in LONGEST.items():
        if not given[name]:
            fields[name] = [_("Not filled in yet.")]
        elif len(given[name]) > most:
            told = _("Now %(count)s characters, at most %(most)s. Shorten it.")
            fields[name] = [told % {"count": len(given[name]), "most": most}]
    if fields:
        raise Invalid(_("The entry is not complete."), fields=fields)


def _attach(visit: SiteVisit, photos: Sequence[Upload[Any]], by: User) -> None:
    """All of them or, when one cannot be taken, none."""
    if len(photos) > MOST_PHOTOS:
        sentence = _("At most %(most)s photos at once. Add the others afterwards.") % {"most": MOST_PHOTOS}
        raise Invalid(sentence, fields={"photos": [sentence]})
    # A phone calls every photo the same: each is a photo of its own and no version of another one.
    taken = set(File.objects.of(visit.SUBJECT, visit.pk).values_list("name", flat=True))
    for photo in photos:
        photo.name = numbered(photo.name or "", taken)
        taken.add(photo.name)
        try:
            if extension(photo.name) not in PHOTOS:
                raise Invalid(_("A photo is a jpg or png. Other papers go to the files of the matter."))
            attach(
                upload=photo, subject_type=visit.SUBJECT, subject_id=visit.pk, case_id=visit.matter_id, by=by
            )
        except Invalid as refusal:
            sentence = f"{photo.name}: {refusal}"
            raise Invalid(sentence, fields={"photos": [sentence]}) from refusal


def _tell(visit: SiteVisit, verb: str, sentence: str, by: User, reason: str) -> None:
    tell_story(
        visit.matter,
        verb,
        sentence,
        by=by,
        subject=visit,
        reason=reason,
        params={"day": f"{visit.visited_on:%Y-%m-%d}"},
    )
