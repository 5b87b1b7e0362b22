"""What an acceptance sheet must hold, and what follows from its judgements (form F14, R102 to R104)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from audit.refusals import Invalid, Sentence
from requests.acceptance_states import Conclusion, Judgement
from requests.item_rules import wrong_due_date

LONGEST_DEFECT = 300
# A defect in the call of a flow: text, and where it is owed for itself also severity, person and due_on.
Defects = Sequence[Mapping[str, Any]]


def conclusion_of(completeness: str, quality: str) -> Conclusion:
    """Something not met: not passed. Something mostly met: passed with conditions. Lateness alone fails nothing: it is
    counted, but late work that meets its standard is accepted (R103)."""
    judged = {completeness, quality}
    if Judgement.MISSED in judged:
        return Conclusion.FAILED
    return Conclusion.CONDITIONAL if Judgement.MOSTLY in judged else Conclusion.PASSED


def timeliness_of(*, is_on_time: bool) -> Judgement:
    """By the original date, whatever was extended since (domain §6.4); nobody has to judge it."""
    return Judgement.MET if is_on_time else Judgement.MISSED


def insist_on_pass(conclusion: Conclusion, defects: Defects) -> None:
    """A9: closed is what passed. With conditions it names at least one defect, each with who mends it by when."""
    fields: dict[str, list[Sentence]] = {}
    if conclusion == Conclusion.FAILED:
        fields["completeness"] = [_("“Not met” means that it does not pass. Send it back instead.")]
    elif conclusion == Conclusion.CONDITIONAL and not defects:
        fields["defects"] = [_("Mostly met: write what is still to be mended, one defect a line.")]
    elif conclusion == Conclusion.PASSED and defects:
        fields["defects"] = [_("Something is still to be mended, so choose “Mostly met” above.")]
    fields.update(_wrong_defects(defects))
    if fields:
        raise Invalid(_("The acceptance sheet is not complete."), fields=fields)


def _wrong_defects(defects: Defects) -> dict[str, list[Sentence]]:
    wrong: dict[str, list[Sentence]] = {}
    for defect in defects:
        day = defect.get("due_on")
        if day is None:
            wrong["mend_by"] = [_("Write by which day the defects are mended.")]
        elif sentence := wrong_due_date(day):
            wrong["mend_by"] = [sentence]
        if sentence := wrong_text(str(defect.get("text", ""))):
            wrong["defects"] = [sentence]
        if defect.get("person") is not None and defect["person"].is_external:
            wrong["person"] = [_("Choose somebody of the house.")]
    return wrong


def wrong_text(text: str) -> str:
    """Why this is no description of a defect; empty when it is one."""
    count = len(text.strip())
    if not count:
        return _("Name the defect.")
    if count > LONGEST_DEFECT:
        return _("Now %(count)s characters in one line, at most %(most)s. Shorten it.") % {
            "count": count,
            "most": LONGEST_DEFECT,
        }
    return ""


def insist_on_failure(conclusion: Conclusion, defects: Sequence[str]) -> None:
    """A10: sent back is what did not pass, and every defect is named."""
    fields: dict[str, list[Sentence]] = {}
    if conclusion != Conclusion.FAILED:
        fields["completeness"] = [_("Say what is not met: completion, quality, or both.")]
    if not defects:
        fields["defects"] = [_("Name the defects.")]
    for text in defects:
        if sentence := wrong_text(text):
            fields["defects"] = [sentence]
    if fields:
        raise Invalid(_("The acceptance sheet is not complete."), fields=fields)


def lines_of(text: str) -> list[str]:
    """One defect a line; a list sign or number at its head is not part of it."""
    return [line for raw in text.splitlines() if (line := raw.strip().lstrip("-•·").strip())]
