"""What the house has settled for all its meetings."""

from __future__ import annotations

from django.utils.translation import gettext as _

from meetings.models import HouseRules


def leave_rules() -> str:
    """Leave and substitutes as the house has written them; before that, as most offices have it (F6)."""
    kept = HouseRules.objects.values_list("leave_rules", flat=True).first()
    return kept or _(
        "Whoever cannot come asks for leave with the reason before answers are due. A member then sends "
        "somebody of the same department with power to decide, whose word binds the department."
    )
