"""Dossiers, the seal, and the auditor's desk. Every look into a dossier or a decision is kept before it is shown (R191)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archive import decisions, flows, policies, proposals
from archive.checks import verify
from archive.contents import entries
from archive.forms import DecisionFilter, SealForm
from archive.models import Dossier, RetentionClass
from archive.readiness import missing, surveys_missing
from archive.showing import catalogue, count_for, shown_entries
from archive.states import DossierCategory
from audit.acting import now
from audit.models import Reading
from audit.refusals import NotYours
from pages.acts import hand_in
from pages.addresses import way_back
from pages.answers import answer, posted
from pages.lists import Filter, chosen, paginate
from pages.typing import AuthenticatedHttpRequest
from requests.looking import keep_look
from requests.loops import loops_of, talked_before
from requests.models import CoordinationRequest
from requests.states import Stage

READERS = 20


@login_required
@require_GET
def list_page(request: AuthenticatedHttpRequest) -> HttpResponse:
    """All dossiers that this person may see; for the records administrator also what waits for the seal."""
    seen = Dossier.objects.visible_to(request.user)
    rows = seen.search(request.GET.get("q", ""))
    filters = [
        _filter(request, seen, "year", _("All years"), [(str(year),) * 2 for year in _values(seen, "year")]),
        _filter(request, seen, "category", _("All categories"), DossierCategory.choices),
        _filter(request, seen, "retention", _("All terms"), list(RetentionClass.objects.values_list("code", "title"))),
        _filter(request, seen, "department", _("All departments"), [
            (str(pk), name) for pk, name in seen.order_by("department_name").values_list("department_id", "department_name").distinct()
        ]),
    ]  # fmt: skip
    for one in filters:
        if one.value:
            field = {"retention": "retention__code"}.get(one.name, one.name)
            rows = rows.filter(**{field: one.value})
    waiting = _waiting(request) if request.user.authority.is_records else []
    page = paginate(request, rows.for_list_page())
    count_for(page.object_list, request.user)
    return render(
        request, "archive/list.html",
        {
            "page": page, "find": _("Archive number, number or title"), "filters": filters, "waiting": waiting,
            "is_filtered": any(one.value for one in filters) or bool(request.GET.get("q")),
        },
    )  # fmt: skip


def _values(seen: Any, field: str) -> list[Any]:
    return list(seen.order_by(f"-{field}").values_list(field, flat=True).distinct())


def _filter(request: AuthenticatedHttpRequest, seen: Any, name: str, all_words: str, options: Any) -> Filter:
    return Filter(name, all_words, options, chosen(request, name, [value for value, _label in options]))


def _waiting(request: AuthenticatedHttpRequest) -> list[CoordinationRequest]:
    """Matters whose feedback has ended: they wait for the seal."""
    found = CoordinationRequest.objects.inside(request.user).filter(
        stage=Stage.FEEDBACK, feedback_ended_at__isnull=False
    )
    return list(found.for_list_page().order_by("feedback_ended_at")[:50])


@login_required
@require_GET
def detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).for_list_page(), pk=pk)
    flows.note_look(matter_id=dossier.matter_id, by=request.user)
    count_for([dossier], request.user)
    return render(
        request, "archive/detail.html",
        {
            "dossier": dossier, "entries": catalogue(dossier, request.user).defer("snapshot"),
            "may_verify": policies.may_verify(request.user), "may_audit": policies.may_audit(request.user),
        },
    )  # fmt: skip


@login_required
@require_POST
def verify_page(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Read everything again and say what was found. It changes nothing but the note that it was done."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user), pk=pk)
    if not policies.may_verify(request.user):
        raise NotYours(_("Auditor and records administrator verify dossiers."))
    flows.note_look(matter_id=dossier.matter_id, by=request.user, what=flows.VERIFIED)
    verdict = verify(dossier)
    (messages.success if verdict.holds else messages.error)(request, verdict.sentence)
    return redirect(way_back(request, reverse("archive:detail", args=[pk])))


@require_http_methods(["GET", "POST"])
@login_required
def seal(request: AuthenticatedHttpRequest, matter_pk: int) -> HttpResponse:
    """What is missing, what will be sealed, and the term that is proposed."""
    matter = get_object_or_404(CoordinationRequest.objects.inside(request.user), pk=matter_pk)
    if not request.user.authority.is_records:
        raise Http404
    keep_look(request.user, matter, "dossier")
    term = RetentionClass.objects.filter(code=proposals.term_of(matter)).first()
    start = {"category": proposals.category_of(matter), "retention": term}
    waiting = surveys_missing(matter)
    form = SealForm(posted(request), initial=start, waiting=bool(waiting))
    if taken := hand_in(form, lambda: flows.seal(matter_id=matter_pk, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Sealed as %(number)s.") % {"number": taken.result.archive_no})
        return redirect("archive:detail", pk=taken.result.pk)
    context = {
        "matter": matter, "missing": missing(matter), "waiting": waiting, "contents": shown_entries(entries(matter), request.user, matter.pk),
        "may_seal": policies.may_seal(matter, request.user), "sealed": matter.stage == Stage.ARCHIVED,
        "loops": loops_of(matter, talked_before=talked_before(matter)),
    }  # fmt: skip
    return answer(request, "archive/seal.html", context, form)


@login_required
@require_GET
def decision_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The auditor's list: every decision, by period, department, chair, way, result and lateness."""
    _insist_on_auditor(request)
    form = DecisionFilter(request.GET or None)
    form.is_valid()
    wanted = getattr(form, "cleaned_data", {})
    rows = decisions.narrowed(decisions.decided(request.user), wanted)
    return render(
        request, "archive/decisions.html",
        {"page": paginate(request, rows), "form": form, "is_filtered": any(wanted.values())},
    )  # fmt: skip


@login_required
@require_GET
def decision(request: AuthenticatedHttpRequest, matter_pk: int) -> HttpResponse:
    """How one decision came about: sentences with their event numbers, what to note, who was kept apart."""
    _insist_on_auditor(request)
    matter = get_object_or_404(decisions.decided(request.user), pk=matter_pk)
    flows.note_look(matter_id=matter.pk, by=request.user, what=flows.DECISION)
    lines, events = decisions.story(matter)
    dossier = getattr(matter, "dossier", None)
    looks = Reading.objects.visible_to(request.user).filter(filters__matter=str(matter.pk)).order_by("-at")
    return render(
        request, "archive/decision.html",
        {
            "matter": matter, "dossier": dossier, "lines": lines, "events": events,
            "verdict": verify(dossier) if dossier else None, "checked_at": now(),
            "notes": decisions.to_note(matter), "apart": decisions.kept_apart(matter), "looks": looks[:READERS],
            "questions": matter.questions.prefetch_related("reservations__department"),
            "items": matter.items.for_list_page().order_by("pk"),
        },
    )  # fmt: skip


def _insist_on_auditor(request: AuthenticatedHttpRequest) -> None:
    """What is not this person's desk does not exist for them."""
    if not policies.may_audit(request.user):
        raise Http404
