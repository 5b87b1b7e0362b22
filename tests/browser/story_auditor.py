"""The auditor beside the story: opens every page of the matter, sees every step, and cannot change a thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from audit.models import Event, TransitionLog
from documents.models import File
from meetings.models import Confirmation, Meeting
from organization.models import User
from requests.models import (
    ActionItem,
    Addressee,
    CoordinationRequest,
    Countersign,
    Extension,
    Milestone,
    Plan,
    PlanRisk,
    PlanTask,
    Procedure,
)
from tests.browser.story import Office

TABS = (
    "overview", "opinions", "meetings", "items", "letters", "circulations", "notices", "measures", "visits", "loans", "files", "talks", "discussion", "story",
)  # fmt: skip
APPS = ("requests", "meetings", "archive")
FORBIDDEN, UNKNOWN, ONLY_READ = 403, 404, 405
OF_PLAN = ("plans/", "plan-tasks/", "milestones/", "plan-risks/")
# Checking the seal is the auditor's own act: it writes nothing but that it was done. Chosen rows are taken away or printed
# as they are read.
OWN = (
    "archive/<int:pk>/verify/", "requests/bulk/export/", "requests/bulk/print/", "items/bulk/export/", "items/bulk/print/",
)  # fmt: skip


def sees_every_step(office: Office, matter: CoordinationRequest) -> None:
    """Every page opens, and the history has a line for each step, with the names of who did it."""
    for address in _pages(matter):
        office.seat("pengyue", address)
        assert office.page.locator("#main .btn-primary[type=submit]").count() == 0, address
    office.seat("pengyue", f"/requests/{matter.pk}/?tab=story")
    steps = TransitionLog.objects.of_case(matter.pk)
    assert office.page.locator("#main .x-tl > li").count() >= steps.count()
    told = office.text()
    people = User.objects.filter(name__in=steps.values("actor_name")).values_list("name", flat=True)
    assert len(people) > 10
    assert [name for name in people if name not in told] == []


def _pages(matter: CoordinationRequest) -> Iterator[str]:
    yield from (
        "/",
        "/requests/",
        "/items/",
        "/loans/",
        "/improvements/",
        "/meetings/",
        "/archive/",
        "/archive/decisions/",
    )
    yield from (f"/requests/{matter.pk}/?tab={tab}" for tab in TABS)
    yield from (f"/letters/{letter.pk}/" for letter in matter.letters.all())
    yield from (f"/circulations/{paper.pk}/" for paper in matter.circulations.all())
    yield from (f"/loans/{loan.pk}/" for loan in matter.loans.all())
    yield from (f"/items/{item.pk}/" for item in matter.items.all())
    yield from (f"/items/extensions/{wish.pk}/" for wish in Extension.objects.filter(item__matter=matter))
    if hasattr(matter, "review"):
        yield f"/requests/{matter.pk}/retrospect/"
    yield from (f"/improvements/{row.pk}/" for row in matter.improvements.all())
    for meeting in Meeting.objects.all():
        yield f"/meetings/{meeting.pk}/"
        if hasattr(meeting, "minutes"):
            yield f"/meetings/{meeting.pk}/minutes/"
        yield from (f"/meetings/{meeting.pk}/{name}/" for name in ("notice", "sheet"))
    if matter.decided_at:
        yield f"/archive/decisions/{matter.pk}/"
    if hasattr(matter, "dossier"):
        yield f"/archive/{matter.dossier.pk}/"


def changes_nothing(office: Office, matter: CoordinationRequest) -> None:
    """Whatever the auditor sends to whatever address of the matter is refused, and no row changes."""
    client = Client()
    client.force_login(office.person("pengyue"))
    before = Event.objects.count(), TransitionLog.objects.count()
    answers = {address: client.post(address).status_code for address in _addresses(matter)}
    wrong = {
        address: code for address, code in answers.items() if code not in (FORBIDDEN, UNKNOWN, ONLY_READ)
    }
    assert wrong == {}, wrong
    assert FORBIDDEN in answers.values()
    assert (Event.objects.count(), TransitionLog.objects.count()) == before


def _addresses(matter: CoordinationRequest) -> Iterator[str]:
    """Every address of the list with the keys of this matter's things."""
    for route in _routes(get_resolver()):
        if route in OWN:
            continue
        keys_of = _keys_of_plan if route.startswith(OF_PLAN) else _keys
        for keys in keys_of(route, matter):
            address = f"/{route}".replace("<slug:part>", "team")
            for name, key in keys.items():
                address = address.replace(f"<int:{name}>", str(key))
            assert "<" not in address, route
            yield address


def _routes(resolver: Any, begin: str = "", app: str = "") -> Iterator[str]:
    for found in resolver.url_patterns:
        route = f"{begin}{found.pattern}"
        if isinstance(found, URLResolver):
            yield from _routes(found, route, found.app_name or app)
        elif isinstance(found, URLPattern) and app in APPS and not begin.startswith("api/"):
            yield route


def _keys(route: str, matter: CoordinationRequest) -> list[dict[str, Any]]:
    """What stands for the keys of an address; an empty list where the matter has no such thing yet."""
    if "<" not in route:
        return [{}]
    if route.startswith("items/extensions/"):
        return [{"pk": wish.pk} for wish in Extension.objects.all()]
    if route.startswith("items/"):
        return [{"pk": item.pk, "file_pk": _paper(), "obstacle_pk": 0} for item in ActionItem.objects.all()]
    if route.startswith(("letters/", "circulations/")):
        return _keys_of_papers(route, matter)
    related = {
        "handovers": matter.handovers, "loans": matter.loans, "changes": matter.change_requests, "visits": matter.visits,
        "effects": matter.effects, "resource-requests": matter.resource_requests, "agreements": matter.agreements, "appeals": matter.appeals,
        "improvements": matter.improvements,
        "outside-papers": matter.outside_papers, "procedures": Procedure.objects,
    }  # fmt: skip
    if route.split("/")[0] in related:
        things: Any = related[route.split("/")[0]]
        return [{"pk": row.pk, "file_pk": _paper(), "reading_pk": 0} for row in things.all()]
    if route.startswith("archive/"):
        dossier = getattr(matter, "dossier", None)
        return [{"matter_pk": matter.pk, "pk": dossier.pk if dossier else 0}]
    if route.startswith("meetings/"):
        return [_keys_of_meeting(meeting, matter) for meeting in Meeting.objects.all()]
    row, item, word = matter.participants.first(), matter.items.first(), matter.comments.first()
    question = matter.questions.first()
    return [
        {
            "pk": matter.pk,
            "participant_pk": row.pk if row else 0,
            "item_pk": item.pk if item else 0,
            "question_pk": question.pk if question else 0,
            "objection_pk": 0,
            "comment_pk": word.pk if word else 0,
            "file_pk": _paper(),
        }
    ]


def _keys_of_plan(route: str, matter: CoordinationRequest) -> list[dict[str, Any]]:
    """The versions of the plan, and one row of each kind."""
    rows: Any = {
        "plans": Plan.objects.filter(matter=matter), "plan-tasks": PlanTask.objects.filter(plan__matter=matter)[:1],
        "milestones": Milestone.objects.filter(plan__matter=matter)[:1], "plan-risks": PlanRisk.objects.filter(plan__matter=matter)[:1],
    }[route.partition("/")[0]]  # fmt: skip
    return [{"pk": row.pk} for row in rows]


def _keys_of_papers(route: str, matter: CoordinationRequest) -> list[dict[str, Any]]:
    if route.startswith("letters/"):
        rows = Addressee.objects.filter(letter__matter=matter)
        return [{"pk": row.letter_id, "addressee_pk": row.pk, "file_pk": _paper()} for row in rows]
    signatures = Countersign.objects.filter(circulation__matter=matter)
    return [{"pk": row.circulation_id, "row_pk": row.pk} for row in signatures]


def _keys_of_meeting(meeting: Meeting, matter: CoordinationRequest) -> dict[str, Any]:
    topic, seat, word = meeting.items.first(), meeting.invitations.first(), Confirmation.objects.first()
    paper = meeting.material.first()
    return {
        "pk": meeting.pk, "matter_pk": matter.pk, "item_pk": topic.pk if topic else 0, "seat_pk": seat.pk if seat else 0,
        "word_pk": word.pk if word else 0, "material_pk": paper.pk if paper else 0,
    }  # fmt: skip


def _paper() -> int:
    return File.objects.values_list("pk", flat=True).first() or 0
