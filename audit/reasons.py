"""The one rule on the reason of an act (R048): something has to be said, and it has to fit where it will stand.

Flows insist on it, so that page, program, command and task are refused alike; forms check it early with the same numbers.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from audit.refusals import Invalid

# In characters: fewer say nothing, more nobody reads.
LEAST = 2
MOST = 500
# Where it stands in one line of a register, or beside a name.
IN_A_LINE = 300
IN_SHORT = 200


def insist_on_reason(reason: str, *, field: str = "reason", most: int = MOST) -> None:
    """R048: returning, refusing, withdrawing, suspending: never without its reason."""
    if sentence := lack_of_reason(reason, most=most):
        raise Invalid(sentence, fields={field: [sentence]})


def lack_of_reason(reason: str, *, most: int = MOST) -> str:
    """What is wrong with it, or nothing. Marks alone (“。”, “---”) say as little as an empty field."""
    count = len(reason.strip())
    if not any(sign.isalnum() for sign in reason):
        return _("Write the reason.")
    if count < LEAST:
        return _("Write the reason in %(least)s characters or more.") % {"least": LEAST}
    if count > most:
        return _("Now %(count)s characters, at most %(most)s. Shorten it.") % {"count": count, "most": most}
    return ""
