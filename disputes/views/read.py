"""The list, the dispute, and its panel on the page of the matter."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from audit.models import TransitionLog
from disputes import policies
from disputes.models import Dispute
from disputes.next_steps import next_steps
from disputes.states import DisputeState, DisputeType
from pages.lists import Filter, chosen, paginate
from pages.typing import AuthenticatedHttpRequest
from requests.looking import keep_look
from requests.models import CoordinationRequest
from requests.states import SUSPENDABLE
from supervision.models import Obligation

TABS = (
    (
        "open",
        pgettext_lazy("disputes", "Open"),
        (DisputeState.REGISTERED, DisputeState.NEGOTIATION, DisputeState.RULING),
    ),
    ("negotiation", _("Being negotiated"), (DisputeState.REGISTERED, DisputeState.NEGOTIATION)),
    ("ruling", _("Awaiting a ruling"), (DisputeState.RULING,)),
    ("ended", _("Ended"), (DisputeState.RULED, DisputeState.SETTLED, DisputeState.WITHDRAWN)),
)
SYMBOLS = {
    DisputeState.SETTLED: "ok", DisputeState.RULED: "ok", DisputeState.WITHDRAWN: "hold", DisputeState.RULING: "bad",
    DisputeState.REGISTERED: "warn", DisputeState.NEGOTIATION: "warn",
}  # fmt: skip


@login_required
@require_GET
def list_page(request: AuthenticatedHttpRequest) -> HttpResponse:
    seen = Dispute.objects.visible_to(request.user)
    states = list(seen.values_list("state", flat=True))
    tab = chosen(request, "tab", [key for key, _label, _states in TABS], "open")
    kind = chosen(request, "kind", DisputeType.values)
    rows = seen.filter(state__in={key: states for key, _label, states in TABS}[tab])
    rows = rows.filter(kind=kind) if kind else rows
    tabs = [(key, label, sum(state in wanted for state in states)) for key, label, wanted in TABS]
    page = paginate(request, rows.for_list_page())
    for dispute in page.object_list:
        dispute.shape = SYMBOLS[dispute.state]
    return render(
        request, "disputes/list.html",
        {
            "page": page, "tabs": tabs, "tab": tab, "is_filtered": bool(kind),
            "filters": [Filter("kind", _("All kinds"), DisputeType.choices, kind)],
        },
    )  # fmt: skip


@login_required
@require_GET
def detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    dispute = get_object_or_404(Dispute.objects.visible_to(request.user).for_detail_page(), pk=pk)
    keep_look(request.user, dispute.matter, "dispute", dispute.number)
    ruling = getattr(dispute, "ruling", None)
    duties = Obligation.objects.of(Dispute.SUBJECT, pk).open().for_lists().by_clock()
    return render(
        request, "disputes/detail.html",
        {
            "dispute": dispute, "matter": dispute.matter, "ruling": ruling, "points": _points(dispute, request.user),
            "steps": _steps(dispute), "acts": next_steps(dispute, request.user), "duties": list(duties),
            "entries": TransitionLog.objects.of(Dispute.SUBJECT, pk),
        },
    )  # fmt: skip


@login_required
@require_GET
def panel(request: AuthenticatedHttpRequest, matter_pk: int) -> HttpResponse:
    """The disputes of a matter that this person may see, as a fragment of its page."""
    matter = get_object_or_404(CoordinationRequest.objects.inside(request.user), pk=matter_pk)
    keep_look(request.user, matter, "dispute")
    rows = list(Dispute.objects.visible_to(request.user).of_matter(matter.pk).for_list_page())
    for dispute in rows:
        dispute.shape = SYMBOLS[dispute.state]
    return render(
        request,
        "disputes/panel.html",
        {
            "matter": matter,
            "disputes": rows,
            "offers": _offers(matter, request.user),
            "may_register": matter.stage in SUSPENDABLE
            and policies.may_register(request.user, _sides(matter)),
        },
    )


def _offers(matter: CoordinationRequest, user: Any) -> list[Any]:
    """Questions that were not agreed, for whoever may open a dispute about them (R058)."""
    if not policies.may_register(user, _sides(matter)):
        return []
    return list(matter.questions.filter(outcome="not_agreed"))


def _sides(matter: CoordinationRequest) -> set[int]:
    """The departments between which a dispute on this matter can be."""
    return set(matter.participants.values_list("department_id", flat=True)) | {matter.filed_by_department_id}


def _points(dispute: Dispute, user: Any) -> list[dict[str, Any]]:
    """Each point with every side's words, and the side that this person may write for."""
    parties = list(dispute.parties.all())
    mine = next((party for party in parties if policies.may_state_position(party, user)), None)
    found = []
    for point in dispute.points.all():
        told = {row.party_id: row for row in point.positions.all()}
        found.append({
            "point": point, "decision": getattr(point, "decision", None),
            "sides": [
                {"party": party, "row": told.get(party.pk), "mine": dispute.is_open and party == mine} for party in parties
            ],
        })  # fmt: skip
    return found


def _steps(dispute: Dispute) -> list[dict[str, Any]]:
    order = [DisputeState.REGISTERED, DisputeState.NEGOTIATION, DisputeState.RULING, DisputeState.RULED]
    if dispute.state == DisputeState.SETTLED:
        order = [DisputeState.REGISTERED, DisputeState.NEGOTIATION, DisputeState.SETTLED]
    elif dispute.state == DisputeState.WITHDRAWN:
        order = [DisputeState.REGISTERED, DisputeState.WITHDRAWN]
    here = order.index(DisputeState(dispute.state))
    ended = not dispute.is_open and not dispute.is_stayed
    return [
        {
            "name": state.label,
            "state": "done"
            if position < here or (ended and position == here)
            else "now"
            if position == here
            else "",
            "lines": [dispute.owner.name] if position == here and not ended and dispute.owner else [],
        }
        for position, state in enumerate(order)
    ]
