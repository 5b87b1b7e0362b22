"""Notices: how people are told."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.words import fill
from notifications.querysets import NoticeQuerySet
from notifications.states import MOST_PER_DAY, NoticeKind, Way


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
    # It waits for the one that tells of all of the day together (R069): the bell does not count it.
    is_collected = models.BooleanField(_("collected"), default=False)
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
            models.Index(
                fields=["recipient", "created_at"],
                condition=models.Q(is_collected=True, read_at=None),
                name="notice_collected",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} → {self.recipient_id}: {self.dedupe_key}"

    @property
    def values(self) -> dict[str, Any]:
        """What the sentence is filled with."""
        return {"number": self.number, **fill(self.params)}


class Subscription(models.Model):
    """How one person wants to hear of what is only told, by kind, and how many of it a day (R069)."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    info = models.CharField(_("for your information"), max_length=8, choices=Way.choices, default=Way.AT_ONCE)
    result = models.CharField(_("results"), max_length=8, choices=Way.choices, default=Way.AT_ONCE)
    most_per_day = models.PositiveSmallIntegerField(_("at most a day"), default=MOST_PER_DAY)
    # What was collected before this moment has been told of together.
    told_until = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(most_per_day__gte=1, most_per_day__lte=200),
                name="notices_of_a_day_have_a_limit",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"
