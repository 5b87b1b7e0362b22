"""What a review must hold before it is issued (F19), and the sentences that say what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from audit.acting import today
from audit.refusals import Invalid, NotReady, Sentence
from requests.retrospect_states import CHECKED_TEXTS, Dimension, Grade, ReviewState
from requests.rules import is_major
from requests.states import Stage

if TYPE_CHECKING:
    from requests.models import CoordinationRequest, Improvement, Review


def needs_review(matter: CoordinationRequest) -> bool:
    """R107: a major matter is not archived without its review; so is one whose result was objected to."""
    return is_major(matter) or matter.rework_count > 0


def insist_on_feedback(matter: CoordinationRequest) -> None:
    if matter.stage != Stage.FEEDBACK:
        raise NotReady(
            _("A review is written when the matter has been carried out, and before it is archived.")
        )


def insist_on_draft(review: Review | None) -> None:
    if review is not None and review.state != ReviewState.DRAFT:
        raise NotReady(_("This review has been issued; it never changes."))


def insist_on_rows(rows: Sequence[Mapping[str, Any]]) -> None:
    """Each improvement has what it is, who, until when, and its kind; a day that lies ahead."""
    fields = {
        f"improvements-{index}-{name}": told
        for index, row in enumerate(rows)
        for name, told in gaps_of_row(row).items()
    }
    if fields:
        raise Invalid(_("Something is still missing."), fields=fields)


def gaps_of_row(row: Mapping[str, Any]) -> dict[str, list[Sentence]]:
    """What one improvement lacks, by field."""
    fields: dict[str, list[Sentence]] = {
        name: [_("Fill this in, or remove the row.")]
        for name in ("text", "owner", "due_on", "kind")
        if not row.get(name)
    }
    due_on = row.get("due_on")
    if due_on is not None and due_on <= today():
        fields["due_on"] = [_("Choose a day after today.")]
    if row.get("owner") is not None and row["owner"].department is None:
        fields["owner"] = [_("Choose somebody who has a department.")]
    return fields


def insist_on_grades(grades: Mapping[str, str]) -> None:
    """What was judged is one of the six dimensions, in one of the four words."""
    if wrong := [name for name, word in grades.items() if name not in Dimension or word not in Grade]:
        raise Invalid(
            _("Something is still missing."),
            fields={grade_field(name): [_("Choose one of the list.")] for name in wrong},
        )


def grade_field(dimension: str) -> str:
    """The field of the form beside which a dimension is judged."""
    return f"grade_{dimension}"


def insist_on_whole(review: Review, improvements: Sequence[Improvement]) -> None:
    """Everything that is missing at once."""
    fields: dict[str, list[Sentence]] = {
        name: [_("Write this part; a review has all four.")]
        for name, _label in CHECKED_TEXTS
        if not getattr(review, name).strip()
    }
    fields |= {grade_field(of): [_("Judge all six.")] for of in Dimension if not review.grades.get(of)}
    if review.chair_id is None:
        fields["chair"] = [_("Name who chaired the review.")]
    if not review.people.exists():
        fields["people"] = [_("Name who took part in the review.")]
    if not improvements and not review.no_improvement_reason.strip():
        fields["no_improvement_reason"] = [_("Name what is to be bettered, or write why there is nothing.")]
    if review.is_transferable and not review.experience.strip():
        fields["experience"] = [_("Write what others can learn from it.")]
    if fields:
        raise Invalid(_("The review is not complete yet."), fields=fields)
