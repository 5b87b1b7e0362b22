"""The event table (filled by triggers only) and the transition log (written by flows, never changed)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext_lazy as _

from audit.querysets import EventQuerySet, ReadingQuerySet, TransitionLogQuerySet
from audit.rows import FromRow
from audit.words import fill


class Event(models.Model):
    """One change of one row. Written by `audit/sql/capture.sql`; the application can only read it.

    Object and actor are kept by key and name, without foreign keys: the log outlives both.
    """

    txid = models.BigIntegerField()
    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=80, db_index=True)
    actor_name = models.CharField(max_length=120)
    on_behalf_of = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)
    flow = models.CharField(max_length=120, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    action = models.CharField(max_length=8)
    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=80)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["object_type", "object_id"], name="event_of_object")]

    def __str__(self) -> str:
        return f"{self.pk} {self.action} {self.object_type}:{self.object_id}"

    def neighbours(self) -> EventQuerySet:
        """What else changed in the same transaction. Its events lie close together, so no index is needed."""
        near: EventQuerySet = Event.objects.filter(pk__range=(self.pk - 1000, self.pk + 1000), txid=self.txid)
        return near.exclude(pk=self.pk).order_by("pk")[:50]


class TransitionLog(FromRow, models.Model):
    """One transition of a matter, meeting, action item, dispute …, with its sentence (domain §3, conventions).

    `case_id` is the matter it belongs to, by id: this app lies below and cannot point at it. `at` is the
    business moment; the audit event beside it carries the database's time. A database trigger refuses
    UPDATE and DELETE.
    """

    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    case_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=40)
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=120)
    department_name = models.CharField(max_length=120, blank=True)
    on_behalf_of = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)
    sentence = models.CharField(
        max_length=300, help_text=_("English source of the sentence; shown in the reader's language.")
    )
    params = models.JSONField(default=dict)
    tone = models.CharField(max_length=4, blank=True)

    objects = TransitionLogQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["case_id", "-at"], name="transition_of_case"),
            models.Index(fields=["subject_type", "subject_id", "-at"], name="transition_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_type}:{self.subject_id} {self.verb}"

    @property
    def values(self) -> dict[str, Any]:
        """What the sentence is filled with; words (`audit.words.word`) in the reader's language."""
        return {"actor": self.actor_name, **fill(self.params)}


class Reading(models.Model):
    """Somebody looked into the event log, a dossier or a confidential matter. Written before the page is sent; never
    changed (trust.md §3.2, R191)."""

    reader = models.CharField(max_length=80)
    reader_name = models.CharField(max_length=120)
    what = models.CharField(max_length=40)
    filters = models.JSONField(default=dict)
    at = models.DateTimeField()

    objects = ReadingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["-at"], name="reading_by_time"),
            models.Index(KeyTransform("matter", "filters"), name="reading_of_matter"),
        ]

    def __str__(self) -> str:
        return f"{self.reader_name} {self.what}"
