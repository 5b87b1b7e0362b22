"""The one task of the beat. The database is the schedule; the broker only wakes us."""

import logging

from celery import shared_task

from audit.acting import now
from coordination import flows

logger = logging.getLogger(__name__)


@shared_task(name="coordination.tick", acks_late=True, ignore_result=True)
def tick() -> None:
    """Beat runs this each minute; an extra run finds nothing left to do."""
    logger.info("tick: %s", flows.tick(now=now()))
