"""Celery: a wake-up each minute. Nothing is scheduled in the broker; no ETA, no countdown."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coordination.settings")

app = Celery("coordination")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
TICK = "coordination.tick"
app.conf.beat_schedule = {
    "tick": {"task": TICK, "schedule": float(settings.TICK_SECONDS)},
}


@beat_init.connect
def tick_at_once(**_: Any) -> None:
    """An office that opens looks first at what is due; beat alone would wait for the end of its first minute."""
    app.send_task(TICK, ignore_result=True)
