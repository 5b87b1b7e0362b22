"""Pages of contact sheets and letters: write one, read it, sign, send, close, take back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.refusals import NotYours
from documents.models import File
from documents.serving import serve
from organization.models import User
from pages.acts import hand_in
from pages.answers import answer, posted
from pages.lists import chosen
from pages.typing import AuthenticatedHttpRequest
from requests import flows, letter_policies, letter_rules
from requests.forms.letters import FORMS, asks_of
from requests.letter_acts import letter_acts
from requests.letter_states import LetterForm, LetterState
from requests.looking import keep_look_at_letter
from requests.models import CoordinationRequest, Letter
from requests.views.reasons import ask_reason
from requests.views.shared import the_matter
from supervision.models import Obligation


def the_letter(request: AuthenticatedHttpRequest, pk: int, what: str = "letter") -> Letter:
    """The letter, for whom it exists."""
    found: Letter = get_object_or_404(Letter.objects.visible_to(request.user).with_people(), pk=pk)
    keep_look_at_letter(request.user, found, what)
    return found


def page_of_letter(pk: int) -> str:
    return reverse("requests:letter", args=[pk])


@require_http_methods(["GET", "POST"])
@login_required
def new_letter(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A new sheet or letter on this matter; `instead` takes the place of one that was sent."""
    matter = the_matter(request, pk)
    if not letter_policies.may_draft_letter(request.user, letter_rules.concerned_departments(matter)):
        raise NotYours(_("Only departments that take part in the matter write about it."))
    kind = chosen(request, "form", LetterForm.values, LetterForm.SHEET)
    old = request.GET.get("instead", "")
    instead = the_letter(request, int(old)) if old.isdecimal() else None
    return _written(
        request, matter, kind, instead or _sheet_to_write_anew(matter, kind, request.user),
        lambda given: flows.draft_letter(
            matter_id=pk, by=request.user, form=kind, supersedes=instead, **given
        ),
    )  # fmt: skip


def _sheet_to_write_anew(matter: CoordinationRequest, kind: str, user: User) -> Letter | None:
    """On the simple track the office writes again what it took back: the new form begins with those words (R039)."""
    if not (kind == LetterForm.SHEET and matter.is_settled_by_letters and user.authority.is_officer):
        return None
    last = matter.letters.filter(is_round=True).order_by("-pk").first()
    return last if last is not None and last.state == LetterState.WITHDRAWN else None


@require_http_methods(["GET", "POST"])
@login_required
def edit_letter(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    letter = the_letter(request, pk)
    if not letter_policies.may_edit_letter(letter, request.user):
        raise NotYours(_("Only the drafter and whoever speaks for the department change a draft."))
    return _written(
        request, letter.matter, letter.form, letter,
        lambda given: flows.change_letter(letter_id=pk, by=request.user, **given),
    )  # fmt: skip


def _written(
    request: AuthenticatedHttpRequest,
    matter: CoordinationRequest,
    kind: str,
    letter: Letter | None,
    write: Callable[[dict[str, Any]], Letter],
) -> HttpResponse:
    """The page of the form, for a new paper and for a draft."""
    files = request.FILES or None
    form = FORMS[kind](posted(request), files, matter=matter, letter=letter, user=request.user)
    rows = asks_of(letter, posted(request)) if kind == LetterForm.SHEET else None
    parts = [rows] if rows is not None else []

    def keep() -> Letter:
        return write({**form.cleaned_data, "asks": rows.complete if rows is not None else ()})

    if taken := hand_in(form, keep, *parts):
        messages.success(request, _("The draft has been saved."))
        return redirect(page_of_letter(taken.result.pk))
    context = {
        "matter": matter,
        "kind": kind,
        "letter": letter,
        "rows": rows,
        "heading": LetterForm(kind).label,
    }
    return answer(request, "requests/letter_form.html", {**context, "form": form}, [form, *parts])


@require_GET
@login_required
def letter(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The paper as it stands, with who has received and answered it."""
    found = the_letter(request, pk)
    addressees = list(
        found.addressees.select_related(
            "department", "received_by", "answered_by", "confirmed_by", "proposed_department"
        )
    )
    duties = Obligation.objects.filter(
        subject_type="addressee", subject_id__in=[row.pk for row in addressees]
    )
    owed = {duty.subject_id: duty for duty in duties.open().order_by("-due_at")}
    acts = letter_acts(found, request.user)
    may_confirm = [
        row.pk for row in addressees
        if row.reply and not row.confirmed_at and letter_policies.may_confirm_answer(row, request.user)
    ]  # fmt: skip
    # An answer that waits for its head is what the head came for: changing it steps back.
    has_main = bool(acts) and not may_confirm and acts[0].key not in ("withdraw", "replace", "edit")
    context = {
        "letter": found,
        "matter": found.matter,
        "rows": [(row, owed.get(row.pk)) for row in addressees],
        "asks": found.asks.all(),
        "copies": found.copies.all(),
        "files": files_of(found),
        "replies": Letter.objects.visible_to(request.user).filter(reply_to=found).exclude(sent_at=None),
        "may_take_files_back": found.state == LetterState.DRAFT
        and letter_policies.may_edit_letter(found, request.user),
        "main": acts[0] if has_main else None,
        "others": acts[1:] if has_main else acts,
        "may_confirm": may_confirm,
        "may_print": found.number is not None,
    }  # fmt: skip
    return answer(request, "requests/letter.html", context)


def files_of(letter: Letter) -> Any:
    """What is attached, the latest version of each."""
    return File.objects.of(Letter.SUBJECT, letter.pk).newest_versions().select_related("uploaded_by")


@require_GET
@login_required
def letter_file(request: AuthenticatedHttpRequest, pk: int, file_pk: int) -> FileResponse:
    """What is attached, for whoever reads the paper."""
    found = the_letter(request, pk, "file")
    return serve(get_object_or_404(File.objects.of(Letter.SUBJECT, found.pk).kept(), pk=file_pk))


@require_POST
@login_required
def remove_file(request: AuthenticatedHttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """Take back what was attached by mistake."""
    found = the_letter(request, pk)
    file = get_object_or_404(File.objects.of(Letter.SUBJECT, found.pk).kept(), pk=file_pk)
    flows.remove_letter_file(letter_id=found.pk, file_id=file.pk, by=request.user)
    messages.success(request, _("The file has been removed."))
    return redirect(page_of_letter(pk))


DONE = {
    "ask_signature": (flows.ask_signature, gettext_lazy("It lies before the head of the department now.")),
    "sign": (flows.sign_letter, gettext_lazy("Signed; it has its number. Send it now.")),
    "send": (flows.send_letter, gettext_lazy("Sent; the clocks of receipt and answer run.")),
    "close": (flows.close_letter, gettext_lazy("Closed.")),
}
WITH_REASON = {
    "return": (
        flows.return_letter, gettext_lazy("Give back to the drafter"), gettext_lazy("Give back"),
        gettext_lazy("Given back."), gettext_lazy("Say what should be otherwise; the drafter reads it."),
    ),
    "withdraw": (
        flows.withdraw_letter, gettext_lazy("Take back the paper"), gettext_lazy("Take it back"),
        gettext_lazy("Taken back."), gettext_lazy("Everybody who has it is told the reason; the number stays used."),
    ),
}  # fmt: skip


def at_once(name: str) -> Callable[..., HttpResponse]:
    """A verb that needs nothing but its button."""
    flow, words = DONE[name]

    @require_POST
    @login_required
    def view(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
        found = the_letter(request, pk)
        if not letter_policies.may_send_letter(found, request.user):
            raise NotYours(_("Only the drafter and whoever speaks for the department do this."))
        flow(letter_id=found.pk, by=request.user)
        messages.success(request, str(words))
        return redirect(page_of_letter(pk))

    return view


def with_reason(name: str) -> Callable[..., HttpResponse]:
    """A verb that is never done without its reason (R048)."""

    @require_http_methods(["GET", "POST"])
    @login_required
    def view(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
        found = the_letter(request, pk)
        if not letter_policies.may_send_letter(found, request.user):
            raise NotYours(_("Only the drafter and whoever speaks for the department do this."))
        return ask_reason(
            request, WITH_REASON[name], found.matter, back=page_of_letter(pk), danger=name == "withdraw", letter_id=pk
        )  # fmt: skip

    return view


def letters_of(matter: CoordinationRequest, user: Any) -> dict[str, Any]:
    """What the tab of the matter shows (panels.panel)."""
    shown = Letter.objects.visible_to(user).filter(matter=matter).for_list()
    return {
        "letters": shown,
        "may_write_letter": matter.stage != "draft"
        and not matter.is_suspended
        and letter_policies.may_draft_letter(user, letter_rules.concerned_departments(matter)),
        "open_state": LetterState.SENT,
    }
