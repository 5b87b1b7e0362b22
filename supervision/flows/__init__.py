"""Every write of this app: obligations, and the ticks of the ladder."""

from supervision.flows.arrange import set_day, set_limit
from supervision.flows.ladder import mark_lapses, plan, send, tick
from supervision.flows.obligations import cancel, change_due, discharge, hand_over, owe, resume, suspend

__all__ = [
    "cancel", "change_due", "discharge", "hand_over", "mark_lapses", "owe", "plan", "resume", "send", "set_day", "set_limit", "suspend", "tick",
]  # fmt: skip
