"""A word on a matter, and a message from elsewhere put on record (R068). Neither settles anything."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from organization.models import User
from requests import discussion, policies
from requests.flows.shared import lock, tell_people, tell_story
from requests.models import Comment, CoordinationRequest, KeptMessage
from requests.states import Channel

PAGE = "requests:discussion"
LONGEST_MESSAGE = 4000


@flow
def comment(*, matter_id: int, by: User, text: str) -> Comment:
    """Say a word; whoever is called by @name is told, if the matter exists for them."""
    matter = lock(matter_id)
    _insist_on_talking(matter, by)
    discussion.insist_on_text(text)
    people = discussion.insist_on_mentioned(matter, text)
    said = Comment.objects.create(
        matter=matter, author=by, department_name=by.department_name, text=text.strip(), written_at=now()
    )
    said.mentioned.set(people)
    _tell_called(said, people, by)
    return said


@flow
def change_comment(*, comment_id: int, by: User, text: str) -> Comment:
    """Mend an own comment within a quarter of an hour; what stood there before stays readable."""
    said = _lock_comment(comment_id)
    _insist_on_own(said, by)
    if not discussion.may_still_change(said, by, now()):
        raise NotReady(_("A comment is changed within 15 minutes. Write another one, or take this one back."))
    discussion.insist_on_text(text)
    people = discussion.insist_on_mentioned(said.matter, text)
    if text.strip() != said.text:
        said.text, said.edited_at = text.strip(), now()
        said.save()
        said.mentioned.set(people)
        _tell_called(said, people, by)
    return said


@flow
def withdraw_comment(*, comment_id: int, by: User) -> Comment:
    """Take an own comment back: that it was there stays visible, its words do not."""
    said = _lock_comment(comment_id)
    _insist_on_own(said, by)
    said.withdrawn_at = now()
    said.save()
    return said


@flow
def keep_message(
    *, matter_id: int, by: User, channel: str, said_by: str, said_at: datetime, text: str
) -> KeptMessage:
    """Put a message from elsewhere on record, word for word: who said it, where and when. It never changes again."""
    matter = lock(matter_id)
    _insist_on_talking(matter, by)
    _insist_on_message(channel, said_by, said_at, text)
    kept = KeptMessage.objects.create(
        matter=matter, channel=channel, said_by=said_by.strip(), said_at=said_at, text=text.strip(), kept_by=by, kept_at=now(),
    )  # fmt: skip
    tell_story(
        matter, "keep_message", _n("%(department)s %(actor)s put a message of %(said_by)s on record."), by=by,
        subject=kept, params={"department": by.department_name, "said_by": kept.said_by},
    )  # fmt: skip
    return kept


def _lock_comment(comment_id: int) -> Comment:
    """The comment under its row lock, after its matter."""
    lock(Comment.objects.values_list("matter_id", flat=True).get(pk=comment_id))
    said: Comment = (
        Comment.objects.select_for_update(of=("self",)).select_related("matter").get(pk=comment_id)
    )
    return said


def _insist_on_talking(matter: CoordinationRequest, by: User) -> None:
    if not policies.may_write(by) or not discussion.sees(by, matter):
        raise NotYours(_("Only members of the house who see the matter take part in its discussion."))
    if not policies.may_discuss(matter, by):
        raise NotReady(_("A matter is discussed from its filing to its end; now it can only be read."))


def _insist_on_own(said: Comment, by: User) -> None:
    _insist_on_talking(said.matter, by)
    if said.author_id != by.pk:
        raise NotYours(_("Only its author changes a comment or takes it back."))
    if said.withdrawn_at is not None:
        raise NotReady(_("This comment has been taken back already."))


def _insist_on_message(channel: str, said_by: str, said_at: datetime, text: str) -> None:
    sentences = {
        "channel": "" if channel in Channel.values else _("Choose where it was said."),
        "said_by": "" if said_by.strip() else _("Write who said it."),
        "said_at": _("This moment lies ahead. Write when it was said.") if said_at > now() else "",
        "text": "" if 0 < len(text.strip()) <= LONGEST_MESSAGE else _wrong_length(text.strip()),
    }
    fields: dict[str, list[Sentence]] = {name: [sentence] for name, sentence in sentences.items() if sentence}
    if fields:
        raise Invalid(_("The message is not complete."), fields=fields)


def _wrong_length(text: str) -> str:
    if not text:
        return _("Copy the message here, word for word.")
    return _("Now %(count)s characters, at most %(most)s. Shorten it.") % {
        "count": len(text),
        "most": LONGEST_MESSAGE,
    }


def _tell_called(said: Comment, people: list[User], by: User) -> None:
    """Each once for a comment, however often it is mended."""
    tell_people(
        said.matter, [person for person in people if person.pk != by.pk],
        _n("%(name)s calls you in the discussion of %(number)s."), key=f"comment:{said.pk}",
        params={"name": by.name}, url_name=PAGE,
    )  # fmt: skip
