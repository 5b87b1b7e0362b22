"""The tab of a matter with its site visits and their photos (R046)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from documents.models import File
from pages.addresses import address
from requests.case import Case, Step
from requests.models import SiteVisit
from requests.visit_policies import may_add_photos, may_record_visit, may_withdraw_visit

if TYPE_CHECKING:
    from organization.models import User


def visits_of(case: Case) -> dict[str, Any]:
    """The latest first, each with its photos and what this person may do with it."""
    user = case.user
    rows = list(SiteVisit.objects.filter(matter=case.matter).for_panel())
    photos: dict[int, list[File]] = defaultdict(list)
    for file in (
        File.objects.of_case(case.matter.pk).filter(subject_type=SiteVisit.SUBJECT).kept().order_by("pk")
    ):
        photos[file.subject_id].append(file)
    for row in rows:
        row.matter = case.matter
    standing = [row for row in rows if row.withdrawn_at is None and user is not None]
    return {
        "visits": [(row, photos.get(row.pk, [])) for row in rows],
        "may_visit": user is not None and may_record_visit(case.matter, user, case.concerned),
        "may_add_photos": {row.pk for row in standing if user is not None and may_add_photos(row, user)},
        "may_withdraw": {row.pk for row in standing if user is not None and may_withdraw_visit(row, user)},
    }


def visit_steps(case: Case, user: User) -> Iterator[Step]:
    """Whoever was on the spot finds it among the acts."""
    if may_record_visit(case.matter, user, case.concerned):
        yield Step("record_visit", _("Record a site visit"), address("requests:record_visit", case.matter.pk))
