"""Every write of this app: obligations, the ticks of the ladder, the calendar and the limits."""

from supervision.flows.arrange import set_day, set_hours, set_limit
from supervision.flows.collected import tell_collected
from supervision.flows.handover import (
    hand_over_closed_accounts,
    hand_over_ended_posts,
    tell_of_merger,
    tell_of_mergers,
)
from supervision.flows.ladder import mark_lapses, tick
from supervision.flows.obligations import (
    cancel,
    change_due,
    discharge,
    hand_over,
    hurry,
    owe,
    resume,
    suspend,
    warn,
)
from supervision.flows.planning import plan
from supervision.flows.sending import send, send_some

__all__ = [
    "cancel", "change_due", "discharge", "hand_over", "hand_over_closed_accounts", "hand_over_ended_posts",
    "hurry", "mark_lapses", "owe", "plan", "resume", "send", "send_some", "set_day", "set_hours", "set_limit", "suspend",
    "tell_collected", "tell_of_merger", "tell_of_mergers", "tick", "warn",
]  # fmt: skip
