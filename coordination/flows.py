"""The minute of the whole office: supervision first, then each app acts on the limits that have passed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from audit.acting import at_moment
from disputes.flows import act_on_lapses as act_on_lapsed_disputes
from meetings.flows import act_on_lapses as act_on_lapsed_meetings
from meetings.flows import draft_planned, draft_wished, tell_of_lost_officers
from requests.flows import act_on_lapses as act_on_lapsed_requests
from requests.flows import (
    ask_for_missing_reviews,
    ask_for_stages,
    end_dissolved_groups,
    end_expired_readings,
    end_void_changes,
    escalate_late_tasks,
    find_new_keepers,
    issue_due_tasks,
    replace_approvers,
    replace_asked,
    replace_plan_approvers,
    replace_rulers,
    wish_for_meetings,
)
from supervision.flows import (
    hand_over_closed_accounts,
    hand_over_ended_posts,
    tell_collected,
    tell_of_mergers,
)
from supervision.flows import tick as supervise

logger = logging.getLogger(__name__)

# Called with the moment of the tick, lower apps first; each returns how many things it acted on.
LAPSE_HANDLERS: tuple[Callable[[datetime], int], ...] = (
    tell_collected,
    hand_over_ended_posts,
    hand_over_closed_accounts,
    tell_of_mergers,
    find_new_keepers,
    replace_approvers,
    replace_asked,
    replace_plan_approvers,
    replace_rulers,
    end_void_changes,
    end_expired_readings,
    tell_of_lost_officers,
    end_dissolved_groups,
    issue_due_tasks,
    ask_for_stages,
    ask_for_missing_reviews,
    escalate_late_tasks,
    wish_for_meetings,
    act_on_lapsed_requests,
    act_on_lapsed_meetings,
    draft_wished,
    draft_planned,
    act_on_lapsed_disputes,
)


def tick(*, now: datetime) -> dict[str, int]:
    """Run one tick. Safe to run twice: every step asks the database what is still to be done."""
    counts = supervise(now=now)
    with at_moment(now):
        counts["acted"] = sum(_act(handler, now) for handler in LAPSE_HANDLERS)
    return counts


def _act(handler: Callable[[datetime], int], now: datetime) -> int:
    """One app's mistake is logged and does not hold up the others; the next minute tries again."""
    try:
        return handler(now)
    except Exception:
        logger.exception("%s failed", handler.__module__)
        return 0
