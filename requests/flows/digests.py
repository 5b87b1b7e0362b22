"""The digest for the leaders is worded by the office and laid before them (R067)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from organization import people
from organization.collisions import fingerprint, insist_on_seen
from organization.models import User
from requests import digest_policies as policies
from requests.digest_text import LONGEST, MOST_LINES, lines_of, made_from, mark_of
from requests.flows.shared import lock, readers_among, tell_people, tell_story
from requests.models import CoordinationRequest, Digest
from requests.models.digests import PARTS
from requests.states import ENDED, Stage

PAGE = "requests:digest"


def seen_of(digest: Digest | None) -> str:
    """What a form showed of the digest; the same while nobody has saved another one."""
    return fingerprint(*(getattr(digest, name) if digest else "" for name in PARTS))


@flow
def write_digest(
    *,
    matter_id: int,
    by: User,
    question: str,
    positions: str,
    options: str,
    recommendation: str,
    seen: str = "",
) -> Digest:
    """R067: the office words the one page; a later wording replaces it, and the leaders who had it hear of it."""
    matter = lock(matter_id)
    _insist_on_writing(matter, by)
    digest = Digest.objects.filter(matter=matter).select_related("written_by").first()
    insist_on_seen(
        seen, seen_of(digest), name=digest.written_by.name if digest else "", at=digest.written_at if digest else None
    )  # fmt: skip
    given = {
        "question": question,
        "positions": positions,
        "options": options,
        "recommendation": recommendation,
    }
    _insist_on_one_page(given)
    is_new = digest is None
    digest = digest or Digest(matter=matter)
    for name, text in given.items():
        setattr(digest, name, text.strip())
    digest.made_from, digest.written_by, digest.written_at = mark_of(made_from(matter)), by, now()
    digest.save()
    if digest.presented_at is not None:
        tell_people(
            matter, digest.presented_to.all(), _n("%(number)s: the digest that you have was worded anew."),
            key=f"digest:{now():%Y%m%d%H%M%S}", url_name=PAGE,
        )  # fmt: skip
    tell_story(
        matter, "write_digest",
        _n("%(actor)s wrote the digest for the leaders.") if is_new else _n("%(actor)s worded the digest for the leaders anew."),
        by=by,
    )  # fmt: skip
    return digest


@flow
def present_digest(*, matter_id: int, by: User, leaders: Iterable[User]) -> Digest:
    """It lies before these leaders: each is told, and finds it in one step."""
    matter = lock(matter_id)
    _insist_on_writing(matter, by)
    digest = Digest.objects.filter(matter=matter).first()
    if digest is None:
        raise NotReady(_("Nobody has worded the digest yet. Write it first."))
    offered = {person.pk for person in leaders_of(matter)}
    chosen = list(leaders)
    if not chosen or any(person.pk not in offered for person in chosen):
        sentence = _("Choose leaders who decide on this matter.")
        raise Invalid(sentence, fields={"leaders": [sentence]})
    digest.presented_by, digest.presented_at = by, now()
    digest.save()
    digest.presented_to.add(*chosen)
    tell_people(
        matter, chosen, _n("%(number)s: its digest, one page, lies before you."),
        key=f"digest:before-you:{now():%Y%m%d%H%M%S}", url_name=PAGE,
    )  # fmt: skip
    tell_story(
        matter, "present_digest", _n("%(actor)s laid the digest before %(names)s."), by=by,
        params={"names": "、".join(person.name for person in chosen)},
    )  # fmt: skip
    return digest


def leaders_of(matter: CoordinationRequest) -> list[User]:
    """Who decides on this matter or answers for a department in it, as far as the matter exists for them."""
    departments = [
        matter.filed_by_department_id,
        *matter.participants.values_list("department_id", flat=True),
    ]
    found = [people.arbiter(), people.committee_chair(), people.office_head()]
    found += [people.leader_in_charge(pk) for pk in departments]
    persons = {
        person.pk: person for person in found if person is not None and person.pk != matter.filed_by_id
    }
    return readers_among(matter, persons.values())


def _insist_on_writing(matter: CoordinationRequest, by: User) -> None:
    if not policies.may_write_digest(matter, by):
        raise NotYours(
            _("Only the coordination office sums a matter up for the leaders, never whoever filed it.")
        )
    if matter.stage == Stage.DRAFT or matter.stage in ENDED:
        raise NotReady(_("A digest is written from the filing of a matter to its end."))


def _insist_on_one_page(given: dict[str, str]) -> None:
    fields: dict[str, list[Sentence]] = {}
    for name, text in given.items():
        length = len(text.strip())
        if not length:
            fields[name] = [_("Leaders read this part first. Write it.")]
        elif length > LONGEST[name]:
            fields[name] = [
                _("These are %(n)s characters; one page has room for %(most)s.")
                % {"n": length, "most": LONGEST[name]}
            ]
        elif lines_of(text) > MOST_LINES[name]:
            fields[name] = [
                _("These are %(n)s lines; one page has room for %(most)s. Join short lines.")
                % {"n": lines_of(text), "most": MOST_LINES[name]}
            ]
    if fields:
        raise Invalid(_("The digest is not one complete page."), fields=fields)
