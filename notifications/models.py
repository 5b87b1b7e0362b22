"""Notices: how people are told."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.words import fill
from notifications.querysets import NoticeQuerySet
from notifications.states import NoticeKind


class Notice(models.Model):
    """One sentence for one person, with the number and the place of the thing it is about.

    It never holds a title: the reader may no longer be allowed to see it when they open the notice. `sentence` is the
    English gettext source, shown in the reader's language.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    kind = models.CharField(_("kind"), max_length=12, choices=NoticeKind.choices, default=NoticeKind.INFO)
    sentence = models.CharField(_("sentence"), max_length=300)
    params = models.JSONField(default=dict)
    number = models.CharField(_("number"), max_length=40, blank=True)
    url_name = models.CharField(max_length=80, blank=True)
    url_args = models.JSONField(default=list)
    dedupe_key = models.CharField(max_length=160)
    created_at = models.DateTimeField(_("time"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            # Telling the same thing twice is impossible, whatever a task does (trust.md R1).
            models.UniqueConstraint(fields=["recipient", "dedupe_key"], name="notice_told_once"),
        ]
        indexes = [
            models.Index(fields=["recipient", "-created_at"], name="notice_of_recipient"),
            models.Index(fields=["recipient"], condition=models.Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} → {self.recipient_id}: {self.dedupe_key}"

    @property
    def values(self) -> dict[str, Any]:
        """What the sentence is filled with."""
        return {"number": self.number, **fill(self.params)}
