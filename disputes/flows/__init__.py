"""Every write of this app, one verb each."""

from disputes.flows.lapses import act_on_lapses
from disputes.flows.negotiate import record_negotiation, state_position
from disputes.flows.register import register, withdraw
from disputes.flows.rule import end_stay, rule, to_ruling
from disputes.flows.settle import propose_settlement, sign_settlement

__all__ = [
    "act_on_lapses", "end_stay", "propose_settlement", "record_negotiation", "register", "rule", "sign_settlement",
    "state_position", "to_ruling", "withdraw",
]  # fmt: skip
