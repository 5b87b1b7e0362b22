"""What is said about a matter on the way: comments, and messages from outside that were put on record (R068)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.history import history
from pages.labels import Labels
from requests.models.matter import CoordinationRequest
from requests.querysets import OfMatterQuerySet
from requests.states import Channel

PERSON = settings.AUTH_USER_MODEL


class Comment(models.Model):
    """A word on a matter. It settles nothing: opinions, decisions and reports have their own forms."""

    SUBJECT = "comment"

    matter = models.ForeignKey(CoordinationRequest, models.PROTECT, related_name="comments")
    author = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    department_name = models.CharField(max_length=60, blank=True)
    text = models.TextField(_("comment"))
    mentioned: models.ManyToManyField[Any, Any] = models.ManyToManyField(PERSON, related_name="+", blank=True)
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    # The earlier texts of a comment that was changed.
    history = history()
    objects = OfMatterQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["written_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_comment_says_something")]

    def __str__(self) -> str:
        return f"{self.pk}"


class KeptMessage(Labels, models.Model):
    """A message from elsewhere, word for word, with who said it and when. A trigger refuses any change of it."""

    SUBJECT = "message"

    matter = models.ForeignKey(CoordinationRequest, models.PROTECT, related_name="messages")
    channel = models.CharField(pgettext_lazy("message", "source"), max_length=8, choices=Channel.choices)
    said_by = models.CharField(_("said by"), max_length=60)
    said_at = models.DateTimeField(_("said at"))
    text = models.TextField(_("words of the message"))
    kept_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("put on record by"))
    kept_at = models.DateTimeField()

    objects = OfMatterQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["said_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_kept_message_has_its_words")]

    def __str__(self) -> str:
        return f"{self.said_by} {self.said_at:%Y-%m-%d}"
