"""What a form must hold before a flow takes it: sentences that say what is wrong and what to write.

Read by flows and by forms, so that page and API refuse the same things in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.acting import now, today
from audit.reasons import insist_on_reason as insist_on_reason
from audit.refusals import Invalid, NotReady, Sentence
from requests.form_reads import GOALS_SINCE, REASONS_OF_REFUSALS, WISHED, open_gaps
from requests.states import ACTIVE, ENDED, NEEDS_REASON, Answer, Category, Confidentiality, Opinion
from supervision.calendar import working_days
from supervision.states import Urgency

if TYPE_CHECKING:
    from requests.models import CoordinationRequest

# A suspension, in working days: how far off the restart may lie, and after how many somebody looks at it again.
LONGEST_DAYS, CHECK_DAYS = 20, 10

# Form F1: least and most characters of each text (domain §4).
LENGTHS = {
    "title": (1, 60),
    "background": (20, 2000),
    "goal": (8, 500),
    "expected_result": (10, 1000),
    "initial_scope": (1, 2000),
    "organization_goal": (1, 120),
}


def wrong_restart(until: date) -> str:
    """Q20, A12: what stands still has a near day on which it is to go on; why this is none, empty when it is."""
    latest = working_days().add_days(now(), LONGEST_DAYS).date()
    if today() < until <= latest:
        return ""
    return _("Choose a day after today and no later than %(latest)s.") % {"latest": f"{latest:%Y-%m-%d}"}


def is_major(matter: CoordinationRequest) -> bool:
    """What the rules for major matters (R034, R107) hold for: the category 重大项目. The one place that says so.

    Which approvals a matter needs (R036) is a question of its own: the office answers it in a table by category, amount
    and departments (R038, `approval_rules.chain_for`). That table begins with this category among its rows, and a matter
    that it sends through three levels for its amount is not major by that.
    """
    return matter.category == Category.PROJECT


def insist_on_open_matter(matter: CoordinationRequest) -> None:
    if matter.stage in ENDED:
        raise NotReady(_("This matter has ended; it can only be read."))


def takes_in(main: CoordinationRequest) -> bool:
    """Q11: only into a matter under way can another one be merged."""
    return main.stage in ACTIVE


def would_open_too_much(main: CoordinationRequest, joined: Iterable[CoordinationRequest]) -> bool:
    """Whoever filed what is merged reads the main matter from then on: not above the level of the own one (§5).

    On a confidential matter readers are named one by one.
    """
    order = Confidentiality.values
    level = order.index(main.confidentiality)
    return main.confidentiality == Confidentiality.CONFIDENTIAL or any(
        level > order.index(row.confidentiality) for row in joined
    )


MOST_OF_ANSWER = 500
# An objection to a draft result that was made public.
MOST_OF_OBJECTION = 2000


def gaps_of_form(matter: CoordinationRequest) -> dict[str, list[Sentence]]:
    """Everything that form F1 still lacks, by field, in the order of the form; first the answers to what the office named."""
    gaps = _gaps_without_answer(matter)
    for name, (least, most) in LENGTHS.items():
        text = str(getattr(matter, name)).strip()
        if sentence := _length(text, least, most) or places_left(text):
            gaps[name] = [sentence]
    if not matter.category:
        gaps["category"] = [_("Choose a category.")]
    if matter.urgency == Urgency.EXTRA and not matter.urgency_reason.strip():
        gaps["urgency_reason"] = [_("Extra urgent needs its reason: what happens, and when, if nobody acts?")]
    if "goal" not in gaps and matter.goal.strip() == matter.title.strip():
        gaps["goal"] = [_("The goal repeats the title. Write who has reached what state by when.")]
    gaps.update(_gap_of_served_goal(matter))
    gaps.update(_gaps_of_departments(matter))
    gaps.update(_gaps_of_date_and_amount(matter))
    return gaps


def insist_on_complete_form(matter: CoordinationRequest) -> None:
    """Raise Invalid with all gaps at once (R026)."""
    gaps = gaps_of_form(matter)
    if gaps:
        number = sum(len(sentences) for sentences in gaps.values())
        summary = ngettext(
            "%(number)s place is still missing. Mend it and hand in.",
            "%(number)s places are still missing. Mend them and hand in.",
            number,
        ) % {"number": number}
        raise Invalid(summary, fields=gaps)


def insist_on_attempt(attempt: Mapping[str, Any]) -> None:
    """R033: an answer of refusal is recorded with its reason."""
    if attempt.get("answer") == Answer.REFUSED and not str(attempt.get("reason") or "").strip():
        sentence = _("They refused, so their reason is needed. If it was not told, write “not told”.")
        raise Invalid(sentence, fields={"reason": [sentence]})


# What stands for a reason that was not told.
NOT_TOLD = ("not told", "未说明", "未告知", "没有说明", "无理由")
TALKS_FOR_HELP = 2


def needs_help(matter: CoordinationRequest) -> bool:
    """R033: asked twice without being told why not: the office steps in."""
    talks = REASONS_OF_REFUSALS(matter.pk)
    untold = [reason for reason in talks if not reason.strip() or any(words in reason for words in NOT_TOLD)]
    return len(untold) >= TALKS_FOR_HELP


def insist_on_opinion(opinion: str, reason: str) -> None:
    """R055: disagreeing, or agreeing with conditions, needs its reason."""
    if opinion not in Opinion.values:
        raise Invalid(_("Choose an opinion."), fields={"opinion": [_("Choose an opinion.")]})
    if opinion in NEEDS_REASON and not reason.strip():
        sentence = _("Write the reason or the condition, so that the others can answer it.")
        raise Invalid(sentence, fields={"reason": [sentence]})


def field_of_answer(gap_id: int) -> str:
    """The name of the field that takes the answer to one gap, in form and refusal alike."""
    return f"answer_{gap_id}"


def _gaps_without_answer(matter: CoordinationRequest) -> dict[str, list[Sentence]]:
    """Q3: each named gap has its answer, and all that have none are told at once."""
    found: dict[str, list[Sentence]] = {}
    for gap in open_gaps(matter):
        count = len(gap.answer.strip())
        if count == 0:
            found[field_of_answer(gap.pk)] = [
                _("Not answered yet. Write what you added, or why nothing is to be added.")
            ]
        elif count > MOST_OF_ANSWER:
            found[field_of_answer(gap.pk)] = [_length(gap.answer.strip(), 1, MOST_OF_ANSWER)]
    return found


# A place that a template leaves for the applicant's own words.
PLACE = re.compile(r"【[^【】]*】")


def places_left(text: str) -> str:
    """R041: nothing is handed in with a template's places still in it."""
    places = list(dict.fromkeys(PLACE.findall(text)))
    if not places:
        return ""
    return _("Still to be filled in: %(places)s. Put your own words there.") % {
        "places": "、".join(places[:4])
    }


def _length(text: str, least: int, most: int) -> str:
    count = len(text)
    if count == 0:
        return _("Not filled in yet.")
    if count < least:
        return _("Now %(count)s characters, at least %(least)s. Write a little more.") % {
            "count": count,
            "least": least,
        }
    if count > most:
        return _("Now %(count)s characters, at most %(most)s. Shorten it.") % {"count": count, "most": most}
    return ""


LONGEST_GOAL_REASON = 200


def _gap_of_served_goal(matter: CoordinationRequest) -> dict[str, list[Sentence]]:
    """R031: a goal of the list, or own words with their reason; without a list nobody is asked why.

    What was handed in before there was a list stays valid, and so does a goal that was retired afterwards.
    """
    goal = matter.served_goal
    if goal is not None:
        is_gone = not goal.is_active and matter.submitted_at is None
        return (
            {"served_goal": [_("This goal has been retired. Choose one that is in the list.")]}
            if is_gone
            else {}
        )
    if matter.organization_goal.strip() and not matter.goal_reason.strip() and _there_was_a_list(matter):
        return {
            "goal_reason": [
                _("This goal is not in the list. Choose one, or write in a sentence why none of them fits.")
            ]
        }
    return {}


def _there_was_a_list(matter: CoordinationRequest) -> bool:
    return bool(GOALS_SINCE(matter.submitted_at or now()))


def _gaps_of_departments(matter: CoordinationRequest) -> dict[str, list[Sentence]]:
    chosen = set(WISHED(matter.pk))
    if not chosen:
        return {"wished_departments": [_("None is chosen. Choose at least one department.")]}
    if matter.filed_by_department_id in chosen:
        return {"wished_departments": [_("Your own department takes part anyway. Leave it out.")]}
    return {}


def _gaps_of_date_and_amount(matter: CoordinationRequest) -> dict[str, list[Sentence]]:
    gaps: dict[str, list[Sentence]] = {}
    if matter.wished_on is not None:
        if matter.wished_on < today():
            gaps["wished_on"] = [_("This day has passed. Choose today or later.")]
        elif not working_days().is_working(matter.wished_on):
            gaps["wished_on"] = [_("This is a day off. Choose a working day.")]
    if matter.amount is not None and matter.amount < 0:
        gaps["amount"] = [_("Write 0 or more.")]
    return gaps
