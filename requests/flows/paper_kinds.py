"""The kinds of papers and what silence means for each: rules of the office (§3.5)."""

from __future__ import annotations

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.flow import flow
from audit.flows import record
from audit.refusals import Invalid, NotYours, Sentence
from audit.words import word
from organization.models import User
from requests import circulation_policies as policies
from requests.circulation_states import Silence
from requests.models import PaperKind


@flow
def write_paper_kind(
    *, by: User, name: str, silence: str, is_routine: bool, is_used: bool, paper_kind_id: int | None = None
) -> PaperKind:
    """Write a kind of papers, change it or take it out of use. Papers that are under way keep what held for them."""
    if not policies.may_write_kinds(by):
        raise NotYours(
            _("Only the head of the coordination office and the system administrator change this.")
        )
    rows = PaperKind.objects.select_for_update()
    known = list(rows)
    row = next((one for one in known if one.pk == paper_kind_id), None) or PaperKind(
        order=(rows.order_by().aggregate(last=Max("order"))["last"] or 0) + 1
    )
    _insist_on_kind(
        name,
        silence,
        taken=any(one.name == name.strip() and one.pk != row.pk for one in known),
        is_routine=is_routine,
    )
    row.name, row.silence, row.is_routine, row.is_used = name.strip(), silence, is_routine, is_used
    row.save()
    record(
        subject_type="paper_kind", subject_id=row.pk, verb="write_paper_kind",
        sentence=_n("%(actor)s wrote the kind of papers “%(name)s”; silence: %(silence)s."),
        params={"name": row.name, "silence": word(Silence(silence).label)},
    )  # fmt: skip
    return row


def _insist_on_kind(name: str, silence: str, *, taken: bool, is_routine: bool) -> None:
    fields: dict[str, list[Sentence]] = {}
    if not name.strip():
        fields["name"] = [_("Write the name of the kind.")]
    elif taken:
        fields["name"] = [_("There is such a kind already. Change that one.")]
    if silence not in Silence.values:
        fields["silence"] = [_("Choose what silence means.")]
    elif silence == Silence.DEEMED and not is_routine:
        fields["silence"] = [
            _(
                "Silence counts as no objection only for routine papers. Mark it as routine, or have the head asked."
            )
        ]
    if fields:
        raise Invalid(_("The kind of papers is not complete."), fields=fields)
