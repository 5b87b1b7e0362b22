"""Saved filters of the lists: kept under a name, renamed, shared, put in order, removed."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from organization.models import User
from requests import policies, saved_filters
from requests.models import SavedFilter
from requests.states import ListPage

MOST = 12


@flow
def save_filter(
    *, page: str, params: Mapping[str, str], name: str, by: User, is_shared: bool = False
) -> SavedFilter:
    """Keep what the list is filtered by now, for oneself or for the own department too."""
    if not policies.may_save_filters(by):
        raise NotYours(_("Only members of the house save filters."))
    query = saved_filters.canonical(ListPage(page), params, by)
    if not query:
        raise NotReady(_("No filter is set. Filter the list first, then save it."))
    own = _own_locked(page, by)
    if len(own) >= MOST:
        raise NotReady(_("You have %(most)s of them already. Remove one first.") % {"most": MOST})
    saved = SavedFilter(
        page=page, query=query, owner=by, order=max((row.order for row in own), default=0) + 1
    )
    _name_and_share(saved, own, name, by, is_shared=is_shared)
    saved.save()
    return saved


@flow
def change_filter(*, filter_id: int, name: str, by: User, is_shared: bool | None = None) -> SavedFilter:
    """Rename an own filter, share it or stop sharing it; None leaves that as it is."""
    saved = _own_one(filter_id, by)
    if is_shared is None:
        is_shared = saved.department_id is not None
    _name_and_share(saved, _own_locked(saved.page, by), name, by, is_shared=is_shared)
    saved.save()
    return saved


@flow
def remove_filter(*, filter_id: int, by: User) -> None:
    """The own one, or one that was shared with the department that this person heads."""
    saved = _lock(filter_id)
    if not policies.may_remove_filter(saved, by):
        raise NotYours(_("Only whoever saved a filter, or the head of the department, removes it."))
    saved.delete()


@flow
def move_filter(*, filter_id: int, up: bool, by: User) -> SavedFilter:
    """One place to the front or to the back."""
    saved = _own_one(filter_id, by)
    own = _own_locked(saved.page, by)
    at = [row.pk for row in own].index(saved.pk)
    to = min(max(at + (-1 if up else 1), 0), len(own) - 1)
    own.insert(to, own.pop(at))
    for place, row in enumerate(own, start=1):
        if row.order != place:
            row.order = place
            row.save(update_fields=["order"])
    return saved


def _lock(filter_id: int) -> SavedFilter:
    saved: SavedFilter = SavedFilter.objects.select_for_update().get(pk=filter_id)
    return saved


def _own_one(filter_id: int, by: User) -> SavedFilter:
    saved = _lock(filter_id)
    if saved.owner_id != by.pk:
        raise NotYours(_("Only whoever saved a filter changes it."))
    return saved


def _own_locked(page: str, by: User) -> list[SavedFilter]:
    return list(SavedFilter.objects.select_for_update().filter(owner=by, page=page).order_by("order", "pk"))


def _name_and_share(
    saved: SavedFilter, own: list[SavedFilter], name: str, by: User, *, is_shared: bool
) -> None:
    saved.name = name.strip()
    if not 1 <= len(saved.name) <= 12:
        raise Invalid(
            _("Write a name of 1 to 12 characters."),
            fields={"name": [_("Write a name of 1 to 12 characters.")]},
        )
    if any(row.name == saved.name and row.pk != saved.pk for row in own):
        sentence = _("You have a tab of this name already. Choose another one.")
        raise Invalid(sentence, fields={"name": [sentence]})
    if is_shared and not policies.may_share_filters(by):
        sentence = _("You belong to no department with which it could be shared.")
        raise Invalid(sentence, fields={"is_shared": [sentence]})
    saved.department = by.department if is_shared else None
