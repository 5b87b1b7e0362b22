"""Celery: a wake-up each minute. Nothing is scheduled in the broker; no ETA, no countdown."""

import os

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coordination.settings")

app = Celery("coordination")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "tick": {"task": "coordination.tick", "schedule": float(settings.TICK_SECONDS)},
}
