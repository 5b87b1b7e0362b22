"""Through which of the six channels a step of the coordination went (R047): told of the line that it left in the history.

What is mere office work (a draft, a date, a reader named) is no step of coordination and has none.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from requests.channel_states import Channel
from requests.states import Means

# A talk before or during the matter: in person is on the spot, by telephone or message on the platform, else in writing.
OF_MEANS = {
    Means.IN_PERSON: Channel.ONSITE,
    Means.PHONE: Channel.PLATFORM,
    Means.MESSAGE: Channel.PLATFORM,
    Means.LETTER: Channel.DOCUMENTS,
}
VERBS: dict[Channel, tuple[str, ...]] = {
    Channel.DOCUMENTS: (
        "send_letter", "answer_letter", "confirm_answer", "start_circulation", "countersign", "answer_opinion",
        "issue_paper", "consolidate", "send_minutes",
    ),
    Channel.PLATFORM: (
        "deliver_material", "give_opinion", "opine_on_question", "keep_message", "publish_notice", "object_to_notice",
        "answer_objection", "state_effect", "assess_change", "accept_tasks", "dispute_tasks", "answer_survey",
        "ask_resource", "answer_resource",
    ),
    Channel.ONSITE: ("record_visit", "negotiate"),
    Channel.HIERARCHY: (
        "answer_approval", "answer_change", "answer_order", "start_on_order", "answer_review", "approve_plan",
        "confirm_urgency", "decide_question", "escalate_countersign", "lapse_negotiation", "rule", "rule_duty", "rule_release",
        "uphold_task",
    ),
}  # fmt: skip
OF_VERB: dict[str, Channel] = {verb: channel for channel, verbs in VERBS.items() for verb in verbs}


def channel_of(line: Any) -> Channel | None:
    """The channel of one line of the history: written into the line where only the step itself knows it (a talk, a
    meeting), else by its verb."""
    written = line.params.get("channel", "")
    return Channel(written) if written in Channel.values else OF_VERB.get(line.verb)


def with_channels(lines: Iterable[Any]) -> list[Any]:
    """The lines as a page shows them, each step with its channel."""
    found = list(lines)
    for line in found:
        line.channel = channel_of(line)
    return found
