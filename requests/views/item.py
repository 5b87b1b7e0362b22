"""One action item: its facts, light, answers, reports, papers and story; and the wish for a later date."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit.acting import day_of, now
from audit.models import TransitionLog
from audit.refusals import NotYours
from audit.transitions import is_allowed
from documents.models import File
from documents.serving import serve
from pages.acts import carry_out
from pages.answers import posted
from pages.typing import AuthenticatedHttpRequest
from requests import flows, policies, powers, register
from requests.flows.item_pause import has_days_left, look_owed_by
from requests.flows.item_shared import execution_of
from requests.forms.items import AnswerExtensionForm, RuleReleaseForm
from requests.item_acts import item_acts
from requests.looking import keep_look
from requests.models import AcceptanceSheet, ActionItem, Defect, Extension, ProgressReport, Release
from requests.states import ExtensionState, ItemState, ReleaseState
from requests.waiting import waiting_days
from supervision.calendar import working_days
from supervision.models import Obligation, Reminder


def the_item(request: AuthenticatedHttpRequest, pk: int) -> ActionItem:
    """The issued item, for whom it exists: what may not be seen is a 404, not a 403."""
    found: ActionItem = get_object_or_404(
        register.with_duty(register.items_for(request.user)).for_list_page(), pk=pk
    )
    keep_look(request.user, found.matter, "item", found.number)
    return found


def facts_of(item: ActionItem) -> dict[str, Any]:
    """What every page of an item shows of it: the duty that runs on it now, and its execution."""
    duty_id: int | None = getattr(item, "duty_id", None)
    duty: Obligation | None = Obligation.objects.filter(pk=duty_id or 0).first()
    execution = execution_of(item)
    return {
        "item": item,
        "duty": duty,
        "execution": execution,
        "colour": register.slip_colour(item, execution),
        "next_report": register.executions_and_reports([item])[1].get(item.pk),
    }


@require_GET
@login_required
def item(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Everything about one item; who may act finds the answers on its slip."""
    found = the_item(request, pk)
    extensions = list(found.extensions.select_related("asked_by", "answered_by", "item"))
    pending = next((row for row in extensions if row.state == ExtensionState.ASKED), None)
    if pending is not None:
        pending.item = found
    releases = list(found.releases.select_related("asked_by", "ruled_by", "right_owner", "passed_to"))
    asked = next((row for row in releases if row.state == ReleaseState.ASKED), None)
    if asked is not None:
        asked.item = found
    context = facts_of(found)
    reports = list(found.reports.select_related("reported_by"))
    owes_look = has_days_left(found) and look_owed_by(found, request.user) is not None
    leading = powers.led_by(found.matter, request.user)
    acts = item_acts(found, request.user, pending, asked, leading, owes_look=owes_look)
    return render(
        request,
        "requests/item.html",
        {
            **context,
            "acts": acts,
            "late_forecast": None if pending else _late_forecast(found, reports, context["execution"]),
            "extend_url": acts.url_of("extend"),
            "pending": pending,
            "extensions": extensions,
            "within_extension": any(row.covers(found.closed_at) for row in extensions),
            "releases": releases,
            "release": asked,
            **_obstacles(found, request.user),
            "acceptances": _acceptances(found, request.user),
            "reports": reports,
            "helpers": found.co_departments.all(),
            "reminders": _reminders(found),
            "files": File.objects.of(ActionItem.SUBJECT, found.pk).newest_versions().select_related("uploaded_by"),
            "story": TransitionLog.objects.of(ActionItem.SUBJECT, found.pk),
            "sees_matter": _sees_matter(found, request.user),
        },
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def extension(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Answer a wish for a later date, or read how it was answered."""
    wish: Extension = get_object_or_404(Extension.objects.select_related("asked_by", "answered_by"), pk=pk)
    wish.item = the_item(request, wish.item_id)
    decides = policies.may_answer_extension(wish, request.user)
    if request.method == "POST" and not decides:
        powers.insist_on_days(wish, request.user)
    decides = decides or powers.may_answer(wish, request.user)
    may_answer = wish.state == ExtensionState.ASKED and decides
    form = AnswerExtensionForm(posted(request))
    return carry_out(
        request,
        form,
        flows.answer_extension,
        done=_("The request has been answered."),
        then=reverse("requests:item", args=[wish.item_id]),
        template="requests/extension.html",
        context={**facts_of(wish.item), "wish": wish, "may_answer": may_answer},
        extension_id=pk,
    )


@require_http_methods(["GET", "POST"])
@login_required
def release(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Rule on the wish of a department to be released, or read how it was ruled."""
    wish: Release = get_object_or_404(
        Release.objects.select_related("asked_by", "ruled_by", "right_owner", "passed_to"), pk=pk
    )
    wish.item = the_item(request, wish.item_id)
    if request.method == "POST" and not policies.may_rule_release(wish, request.user):
        raise NotYours(_("The coordination office rules on it, never the person who asked."))
    may_rule = wish.state == ReleaseState.ASKED and policies.may_rule_release(wish, request.user)
    return carry_out(
        request,
        RuleReleaseForm(posted(request), release=wish),
        flows.rule_release,
        done=_("Ruled; both departments have been told."),
        then=reverse("requests:item", args=[wish.item_id]),
        template="requests/release.html",
        context={**facts_of(wish.item), "wish": wish, "may_answer": may_rule},
        release_id=pk,
    )


@require_GET
@login_required
def file(request: AuthenticatedHttpRequest, pk: int, file_pk: int) -> FileResponse:
    """Evidence, for those who see the item."""
    found = the_item(request, pk)
    paper = get_object_or_404(File.objects.of(ActionItem.SUBJECT, found.pk).kept(), pk=file_pk)
    keep_look(request.user, found.matter, "file", paper.name)
    return serve(paper)


def _late_forecast(
    found: ActionItem, reports: list[ProgressReport], execution: Obligation | None
) -> date | None:
    """The day of the last report on which it is expected, when that is later than its limit."""
    if found.state != ItemState.IN_PROGRESS or not reports or execution is None or execution.due_at is None:
        return None
    expected: date | None = reports[0].expected_on
    return expected if expected is not None and expected > day_of(execution.due_at) else None


def _reminders(found: ActionItem) -> Any:
    duties = Obligation.objects.of(ActionItem.SUBJECT, found.pk).values("pk")
    return (
        Reminder.objects.sent().filter(obligation__in=duties).select_related("recipient").order_by("-sent_at")
    )


def _obstacles(found: ActionItem, user: Any) -> dict[str, Any]:
    """R099: where it got stuck, and how long it waited for whom."""
    rows = list(found.obstacles.select_related("recorded_by", "ended_by"))
    return {
        "obstacles": rows,
        "waiting": waiting_days(rows, now=now(), calendar=working_days()),
        "may_log": found.is_open and policies.may_log_obstacles(found, user),
    }


def _acceptances(
    found: ActionItem, user: Any
) -> list[tuple[AcceptanceSheet, list[tuple[Defect, bool, bool]]]]:
    """Each sheet with its defects, and what this person can do about each: report it mended, look at it (F14)."""
    sheets = []
    for sheet in found.acceptances.for_page():
        sheet.item = found
        defects = list(sheet.defects.all())
        for defect in defects:
            defect.sheet = sheet
        sheets.append(
            (sheet, [(one, is_allowed(one.report, user), is_allowed(one.confirm, user)) for one in defects])
        )
    return sheets


def _sees_matter(found: ActionItem, user: Any) -> bool:
    return bool(type(found.matter).objects.visible_to(user).filter(pk=found.matter_id).exists())
