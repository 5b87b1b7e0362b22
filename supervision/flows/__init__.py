"""Every write of this app: obligations, and (beside them) the ticks of the ladder."""

from supervision.flows.obligations import cancel, change_due, discharge, hand_over, owe, resume, suspend

__all__ = ["cancel", "change_due", "discharge", "hand_over", "owe", "resume", "suspend"]
