"""What a contact sheet or letter, and the answer to one, must hold (forms F4 and F5): sentences that say what to write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from audit.acting import today
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from organization import people
from pages.sentences import run_on
from requests.letter_states import LetterForm, Reply
from requests.rules import insist_on_open_matter
from requests.states import Confidentiality, Stage, is_stricter
from supervision.calendar import working_days

if TYPE_CHECKING:
    from organization.models import Department, User
    from requests.models import Addressee, CoordinationRequest, Letter

LONGEST_TITLE = 60


def concerned_departments(matter: CoordinationRequest) -> set[int]:
    """Departments that may write on a matter: the applying one, those that take part or were written to, the office."""
    found = {matter.filed_by_department_id, matter.lead_department_id}
    found.update(matter.participants.values_list("department_id", flat=True))
    found.update(matter.letters.exclude(sent_at=None).values_list("addressees__department_id", flat=True))
    office = people.office()
    known = {pk for pk in (*found, office.pk if office else None) if pk is not None}
    return known | people.merged_into(known)


def issuing_department(concerned: set[int], by: User) -> Department:
    """The department in whose name this person writes: the own one where it takes part, else another post's."""
    own = by.department
    if own is not None and own.pk in concerned:
        return own
    posts = by.posts.current().filter(department__in=concerned).select_related("department")
    post = posts.order_by("pk").first()
    if post is None:
        raise NotYours(_("Only departments that take part in the matter write about it."))
    department: Department = post.department
    return department


def insist_on_matter_under_way(matter: CoordinationRequest) -> None:
    insist_on_open_matter(matter)
    if matter.stage == Stage.DRAFT:
        raise NotReady(_("Hand the matter in first; then departments can be written to about it."))
    if matter.is_suspended:
        raise NotReady(_("The matter is suspended. Resume it first."))


def insist_on_draft(
    letter: Letter,
    *,
    addressees: Sequence[Department],
    copies: Sequence[Department],
    asks: Sequence[Mapping[str, Any]],
) -> None:
    """Raise Invalid with everything that is wrong in a draft, at once; what it still lacks is nothing wrong."""
    fields = _named(
        ("title", _too_long(letter.title.strip())),
        ("addressees", _wrong_addressees(letter, addressees)),
        ("copies", _wrong_copies(letter, addressees, copies)),
        ("confidentiality", _wrong_level(letter)),
        ("reply_by", _wrong_day(letter.reply_by)),
        ("asks", next((_wrong_day(row.get("wished_on")) for row in asks if row.get("wished_on")), "")),
    )
    if fields:
        raise Invalid(_("Something is not right. Mend the places named below."), fields=fields)


def insist_on_complete(letter: Letter) -> None:
    """Raise Invalid with everything that the paper lacks before its signature, each by its name: the page that asks for
    the signature has no fields."""
    addressees = list(letter.addressees.all())
    fields = _named(
        ("title", _wrong_title(letter)),
        ("content", "" if letter.content.strip() else _("Write what it is about.")),
        ("addressees", "" if addressees else _("None is chosen. Choose at least one department.")),
        ("confidentiality", _wrong_level(letter)),
        ("reply_by", _wrong_day(letter.reply_by)),
        *_lacks_of_form(letter),
    )
    if fields:
        labels = {"asks": _("Requests made"), "addressees": _("Addressed to")}
        said = [f"{labels.get(name) or _label(letter, name)}：{fields[name][0]}" for name in fields]
        sentence = _("The draft is not complete: open it and fill in what is missing. %(missing)s")
        raise Invalid(sentence % {"missing": run_on(said)}, fields=fields)


def _named(*found: tuple[str, str]) -> dict[str, list[Sentence]]:
    fields: dict[str, list[Sentence]] = {}
    for name, sentence in found:
        if sentence:
            fields.setdefault(name, []).append(sentence)
    return fields


def _label(letter: Letter, name: str) -> str:
    field: Any = letter._meta.get_field(name)
    return str(field.verbose_name)


def _wrong_title(letter: Letter) -> str:
    title = letter.title.strip()
    if not title:
        return _("Not filled in yet.")
    if letter.form == LetterForm.LETTER and not (title.startswith("关于") and title.endswith("函")):
        return _("Write the title of a letter as “关于…的协调函”.")
    return _too_long(title)


def _too_long(title: str) -> str:
    if len(title) > LONGEST_TITLE:
        return _("Now %(count)s characters, at most %(most)s. Shorten it.") % {
            "count": len(title),
            "most": LONGEST_TITLE,
        }
    return ""


def _wrong_addressees(letter: Letter, addressees: Sequence[Department]) -> str:
    if any(row.pk == letter.department_id for row in addressees):
        return _("It goes out from this department. Choose others.")
    return ""


def _wrong_copies(letter: Letter, addressees: Sequence[Department], copies: Sequence[Department]) -> str:
    taken = {letter.department_id, *(row.pk for row in addressees)}
    if any(row.pk in taken for row in copies):
        return _("A department that is addressed, or that writes, needs no copy. Leave it out.")
    return ""


def _wrong_level(letter: Letter) -> str:
    own, of_matter = letter.confidentiality, letter.matter.confidentiality
    if own not in Confidentiality.values:
        return _("Choose a level.")
    if is_stricter(of_matter, own):
        return _("The level cannot be lower than that of the matter.")
    return ""


def _wrong_day(day: Any) -> str:
    if day is None:
        return ""
    if day < today():
        return _("This day has passed. Choose today or later.")
    return "" if working_days().is_working(day) else _("This is a day off. Choose a working day.")


def _lacks_of_form(letter: Letter) -> list[tuple[str, str]]:
    """What only one of the two papers needs."""
    if letter.form == LetterForm.SHEET:
        asks = letter.asks.exists()
        return [("asks", "" if asks else _("Write at least one thing that is asked for."))]
    return [
        ("request_text", "" if letter.request_text.strip() else _("Write what the department is asked for.")),
        (
            "contact_phone",
            "" if letter.contact_phone.strip() else _("Write the telephone of the contact person."),
        ),
    ]


def insist_on_reply(
    addressee: Addressee, *, reply: str, reason: str, proposed_department: Department | None
) -> None:
    """R064: everything but consent needs its reason; “not our duty” names the department whose duty it is."""
    fields: dict[str, list[Sentence]] = {}
    if reply not in Reply.values:
        fields["reply"] = [_("Choose what your department answers.")]
    elif reply != Reply.AGREE and not reason.strip():
        fields["reason"] = [_("Write the reason or the condition, so that the others can answer it.")]
    if reply == Reply.NOT_OURS and proposed_department is None:
        fields["proposed_department"] = [_("Name the department whose duty it is, by its charter.")]
    if proposed_department is not None and proposed_department.pk == addressee.department_id:
        fields["proposed_department"] = [_("This is your own department. Name another one, or none.")]
    if fields:
        raise Invalid(_("The answer is not complete."), fields=fields)
