"""Form F1: a draft that saves itself, the rows of talks, the papers, handing in and completing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms.boundfield import BoundField
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.acting import now
from audit.refusals import NotYours, Refusal
from documents.models import File
from pages.answers import answer
from pages.forms import apply_refusal
from pages.typing import AuthenticatedHttpRequest
from requests import flows, policies, rules
from requests.forms.file import SECTIONS, AttemptFormSet, AttemptRows, MatterForm, attempts_of, hush
from requests.models import CoordinationRequest
from requests.similar import similar_matters
from requests.states import Stage
from requests.views.shared import the_matter
from supervision.limits import NoLimit, due
from supervision.models import Obligation
from supervision.states import Kind, Urgency


@dataclass
class Filled:
    """The form with its rows, as they came in or as they stand in the draft."""

    form: MatterForm
    rows: AttemptRows
    revision: str

    @classmethod
    def from_post(cls, request: AuthenticatedHttpRequest, matter: CoordinationRequest) -> Filled:
        form = MatterForm(request.POST, request.FILES, matter=matter)
        return cls(form, AttemptFormSet(request.POST, prefix="attempts"), request.POST.get("revision", ""))

    @classmethod
    def from_draft(cls, matter: CoordinationRequest) -> Filled:
        return cls(MatterForm.of(matter), attempts_of(matter), str(matter.revision))

    @property
    def is_right(self) -> bool:
        return bool(self.form.is_valid()) & bool(self.rows.is_valid())

    def keep(self, matter: CoordinationRequest, by: Any) -> CoordinationRequest:
        """Keep everything that has the right shape, and take in the papers."""
        self.form.is_valid()
        kept = self.form.kept
        saved = flows.save_draft(
            matter_id=matter.pk,
            by=by,
            fields=kept,
            departments=kept.get("wished_departments"),
            attempts=self.rows.complete,
            answers=self.form.answers,
            revision=int(self.revision) if self.revision.isdigit() else None,
        )
        self.revision = str(saved.revision)
        return saved

    def hush(self) -> None:
        hush(self.form)
        hush(self.rows)


@require_http_methods(["GET", "POST"])
@login_required
def form(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Write, keep, add a row, take a paper back, hand in: five buttons of one form."""
    matter = the_matter(request, pk)
    if request.method == "POST" and not policies.is_applicant(matter, request.user):
        raise NotYours(_("Only the applicant changes the form."))
    if matter.stage not in (Stage.DRAFT, Stage.RETURNED) or not policies.is_applicant(matter, request.user):
        messages.warning(request, _("The form has been handed in and can no longer be changed."))
        return redirect("requests:detail", pk)
    if request.method == "GET":
        return _page(request, matter, Filled.from_draft(matter))
    go = request.POST.get("go", "submit")
    if go == "row":
        request.POST = _one_row_more(request.POST)
    filled = Filled.from_post(request, matter)
    try:
        saved = filled.keep(matter, request.user)
        _take_papers(filled, request)
        if go == "submit" and filled.is_right:
            return _hand_in(request, saved, filled)
        if go.startswith("drop:"):
            _drop_paper(request, matter, go.removeprefix("drop:"))
    except Refusal as refusal:
        apply_refusal(filled.form, refusal)
        return _page(request, matter, filled, [filled.form, filled.rows])
    return _after(request, saved, filled, go)


def _after(
    request: AuthenticatedHttpRequest, matter: CoordinationRequest, filled: Filled, go: str
) -> HttpResponse:
    """Saved but not handed in: say what is wrong where it counts, keep quiet where it does not yet."""
    if go == "submit":
        filled.form.name_gaps(matter)
        return _page(request, matter, filled, [filled.form, filled.rows])
    if go == "draft" and not filled.is_right:
        return _page(request, matter, filled, [filled.form, filled.rows])
    if go == "draft":
        messages.success(request, _("The draft has been saved."))
        return redirect("requests:form", matter.pk)
    filled.hush()
    return _page(request, matter, filled)


def _hand_in(request: AuthenticatedHttpRequest, matter: CoordinationRequest, filled: Filled) -> HttpResponse:
    if _not_shown_yet(request, matter):
        return _page(request, matter, filled, asks_again=True)
    if matter.stage == Stage.RETURNED:
        flows.resubmit(matter_id=matter.pk, by=request.user)
        messages.success(request, _("Completed and handed in again."))
    else:
        filed = flows.submit(matter_id=matter.pk, by=request.user)
        messages.success(request, _("Submitted. The number is %(number)s.") % {"number": filed.number})
    return redirect("requests:detail", matter.pk)


def _take_papers(filled: Filled, request: AuthenticatedHttpRequest) -> None:
    uploads = filled.form.cleaned_data.get("papers")
    if uploads:
        flows.attach_papers(matter_id=filled.form.matter.pk, uploads=uploads, by=request.user)


def _drop_paper(request: AuthenticatedHttpRequest, matter: CoordinationRequest, file_pk: str) -> None:
    pk = int(file_pk) if file_pk.isdigit() else 0
    paper = get_object_or_404(File.objects.of_case(matter.pk).kept(), pk=pk)
    flows.remove_paper(file_id=paper.pk, by=request.user)


def _one_row_more(data: Any) -> Any:
    more = data.copy()
    more["attempts-TOTAL_FORMS"] = int(data.get("attempts-TOTAL_FORMS") or 0) + 1
    return more


def _page(
    request: AuthenticatedHttpRequest,
    matter: CoordinationRequest,
    filled: Filled,
    told: Any = None,
    *,
    asks_again: bool = False,
) -> HttpResponse:
    papers = list(File.objects.of_case(matter.pk).newest_versions())
    context = {
        "matter": matter,
        "form": filled.form.dressed(),
        "rows": filled.rows,
        "revision": filled.revision,
        "papers": papers,
        "sections": _sections(filled, len(papers)),
        "gaps": filled.form.gaps,
        "gap_until": _until(matter) if filled.form.gaps else None,
        "title": matter.title,
        "similar": similar_matters(request.user, matter.title, matter.pk),
        "asks_again": asks_again,
        "limits": _limits(),
    }
    return answer(request, "requests/form.html", context, told)


def _sections(filled: Filled, paper_count: int) -> list[dict[str, Any]]:
    """The navigation beside the form: what is filled in, what is missing, what is wrong."""
    found = []
    for anchor, name, fields in SECTIONS:
        wrong = sum(1 for field in fields if field in filled.form.errors)
        needed = [filled.form[field] for field in fields if filled.form.fields[field].required]
        if anchor == "s4":
            wrong += sum(1 for row in filled.rows.forms if row.errors) if filled.rows.is_bound else 0
        found.append(
            {
                "anchor": anchor,
                "name": name,
                "wrong": wrong,
                "filled": bool(needed) and all(map(_is_filled, needed)) and anchor != "s5",
                "talks": filled.rows.living if anchor == "s4" else None,
                "papers": paper_count if anchor == "s5" else None,
            }
        )
    return found


def _is_filled(bound: BoundField) -> bool:
    value = bound.value()
    return bool(value) and not rules.places_left(str(value))


def _until(matter: CoordinationRequest) -> Any:
    duty = Obligation.objects.of(matter.SUBJECT, matter.pk).open().filter(kind=Kind.COMPLETE).first()
    return duty.due_at if duty else None


def _limits() -> list[tuple[str, Any]]:
    """Until when the office answers a form handed in now, for each urgency."""
    try:
        return [(str(label), due(Kind.ACCEPT, value, now())) for value, label in Urgency.choices]
    except NoLimit:
        return []


def _not_shown_yet(request: AuthenticatedHttpRequest, matter: CoordinationRequest) -> bool:
    """R042: matters like this one that the person has not been shown, because the title was typed without script."""
    shown_for = request.POST.get("shown_for", matter.title)
    if matter.stage != Stage.DRAFT or shown_for == matter.title or rules.gaps_of_form(matter):
        return False
    return bool(similar_matters(request.user, matter.title, matter.pk))


@require_GET
@login_required
def similar(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Matters under way with a title like the one being typed (R042): a fragment, or a page without script."""
    matter = the_matter(request, pk)
    title = request.GET.get("title", matter.title)[:60]
    context = {"matter": matter, "title": title, "similar": similar_matters(request.user, title, pk)}
    part = "requests/_similar.html" if getattr(request, "htmx", False) else "requests/similar.html"
    return answer(request, part, context)


@require_POST
@login_required
def autosave(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Keep what has the right shape so far. A refusal becomes JSON on its way out."""
    matter = the_matter(request, pk)
    filled = Filled.from_post(request, matter)
    filled.keep(matter, request.user)
    time = timezone.localtime(now())
    return JsonResponse({"saved_at": f"{time:%H:%M}", "fields": {"revision": filled.revision}})


@require_POST
@login_required
def discard(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    flows.discard_draft(matter_id=the_matter(request, pk).pk, by=request.user)
    messages.success(request, _("The draft has been discarded."))
    return redirect("requests:list")
