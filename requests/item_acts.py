"""What this person can do with an action item now: the answers on its slip, the rest under “…”.

Pure over loaded rows. The flows decide again when the act is done; this only spares people a refusal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests import policies, powers
from requests.acceptance_policies import may_accept_stage
from requests.approval_states import Power
from requests.states import BEING_WORKED_ON, ITEM_OPEN, ItemState

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import ActionItem, Extension, ProjectApplication, Release

DONE = 100  # percent


@dataclass(frozen=True)
class ItemAct:
    """One act: the word on its button and where it is done; `at_once` needs no form of its own."""

    label: str | Promise
    url: str
    at_once: bool = False
    name: str = ""


@dataclass(frozen=True)
class ItemActs:
    """`answers` stand on the page, the first of them as the main one; `others` under “…”."""

    answers: list[ItemAct] = field(default_factory=list)
    others: list[ItemAct] = field(default_factory=list)
    extension: ItemAct | None = None

    def url_of(self, name: str) -> str:
        """Where the answer of this name is done; empty when it is not open to this person."""
        return next((act.url for act in self.answers if act.name == name), "")

    @property
    def main(self) -> ItemAct | None:
        """A wish that waits for this person's answer comes before the own work."""
        return self.extension or (self.answers[0] if self.answers else None)


def item_acts(
    item: ActionItem,
    user: User,
    pending: Extension | None,
    release: Release | None = None,
    paper: ProjectApplication | None = None,
    *,
    owes_look: bool = False,
) -> ItemActs:
    """The acts open to this person; none on an item that has ended or was not issued yet. `paper` gives the powers of
    whoever leads the project; `owes_look`: this person has to see whether a suspended item can go on."""
    if item.state not in ITEM_OPEN:
        return ItemActs()
    if not _runs(item):
        return ItemActs(list(_resuming(item, user, owes_look=owes_look)), list(_others(item, user, paper)))
    answer = None
    if release is not None and policies.may_rule_release(release, user):
        answer = ItemAct(_("Rule on it"), reverse("requests:release", args=[release.pk]))
    if pending is not None and _decides_on(pending, user, paper):
        answer = ItemAct(_("Answer the request"), reverse("requests:extension", args=[pending.pk]))
    return ItemActs(list(_answers(item, user, pending)), list(_others(item, user, paper)), answer)


def _runs(item: ActionItem) -> bool:
    return not (item.matter.is_suspended or item.is_suspended)


def _resuming(item: ActionItem, user: User, *, owes_look: bool) -> Iterator[ItemAct]:
    """A12: of an item that stands still by itself; a suspended matter is resumed on its own page."""
    if item.matter.is_suspended:
        return
    if policies.may_resume_item(item, user):
        yield _act(item, "resume", pgettext_lazy("item", "Resume"))
    if owes_look:
        yield _act(item, "stay_suspended", pgettext_lazy("item", "Stays suspended"))
    if policies.may_suspend_item(item, user):
        yield _act(item, "suspend", _("Suspend for longer"))


def _decides_on(pending: Extension, user: User, paper: ProjectApplication | None) -> bool:
    doers = {pending.asked_by_id, pending.item.assignee_id}
    leads = user.pk not in doers and powers.covers(paper, Power.DAYS, pending.working_days)
    return leads or policies.may_answer_extension(pending, user)


def _answers(item: ActionItem, user: User, pending: Extension | None) -> Iterator[ItemAct]:
    if item.state == ItemState.SUBMITTED:
        if policies.may_verify(item, user):
            yield _act(item, "close", pgettext_lazy("item", "Close"))
            yield _act(item, "send_back", pgettext_lazy("item", "Send back"))
        return
    if item.state == ItemState.RELEASING:
        return
    if item.state == ItemState.ISSUED and policies.may_receive(item, user):
        yield _act(item, "acknowledge", _("Sign for it"), at_once=True)
    if policies.may_work(item, user):
        yield from _work(item, pending)


def _work(item: ActionItem, pending: Extension | None) -> Iterator[ItemAct]:
    if item.state == ItemState.ACKNOWLEDGED:
        yield _act(item, "start", _("Start"))
    if item.percent == DONE:  # the last report says so; what is left is to hand it in
        yield _act(item, "submit", _("It is done"))
    yield _act(item, "report", _("Report progress"))
    if pending is None:
        yield _act(item, "extend", _("Ask for a later date"))
    yield _act(item, "help", _("Ask the office to coordinate"))
    if item.percent < DONE:
        yield _act(item, "submit", _("It is done"))


def _others(item: ActionItem, user: User, paper: ProjectApplication | None) -> Iterator[ItemAct]:
    if _runs(item):
        yield from _asking(item, user)
    runs_on = item.state in BEING_WORKED_ON and _runs(item)
    if runs_on and item.state != ItemState.IN_PROGRESS and policies.may_ask_release(item, user):
        yield _act(item, "release", _("Ask to be released"))
    if runs_on and (policies.may_reassign(item, user) or powers.covers(paper, Power.ITEMS)):
        yield _act(item, "reassign", _("Reassign"))
    if runs_on and policies.may_log_obstacles(item, user):
        yield _act(item, "obstacle", _("Report an obstacle"))
    if runs_on and item.state != ItemState.ISSUED and may_accept_stage(item, user):
        yield _act(item, "stage", _("Accept a stage"))
    if policies.may_add_evidence(item, user):
        yield _act(item, "attach", _("Add files"))
    yield from _ending(item, user)


def _ending(item: ActionItem, user: User) -> Iterator[ItemAct]:
    """A12: set aside for a while, or no longer to be done at all; what is set aside can still be cancelled."""
    if item.state not in BEING_WORKED_ON or item.matter.is_suspended:
        return
    if not item.is_suspended and policies.may_suspend_item(item, user):
        yield _act(item, "suspend", pgettext_lazy("item", "Suspend"))
    if policies.may_cancel(item, user):
        yield _act(item, "cancel", pgettext_lazy("item", "Cancel"))


def _asking(item: ActionItem, user: User) -> Iterator[ItemAct]:
    """From outside the work: the office reminds, the asking side asks."""
    if policies.may_remind(user):
        yield _act(item, "remind", _("Remind"), at_once=True)
    if item.state in BEING_WORKED_ON and policies.may_ask_status(item, user):
        yield _act(item, "ask_status", _("Ask how far it is"), at_once=True)


def _act(item: ActionItem, name: str, label: str | Promise, *, at_once: bool = False) -> ItemAct:
    return ItemAct(label, reverse(f"requests:item_{name}", args=[item.pk]), at_once, name)
