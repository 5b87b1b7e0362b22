"""What the seal page proposes; the records administrator decides (domain §3.9)."""

from __future__ import annotations

from archive.states import DossierCategory
from requests.models import CoordinationRequest
from requests.states import Category, DecisionWay

CATEGORIES = {
    Category.PROJECT: DossierCategory.PROJECT,
    Category.DIGITAL: DossierCategory.DATA,
}
PERMANENT, THIRTY_YEARS = "Y", "D30"


def category_of(matter: CoordinationRequest) -> str:
    return CATEGORIES.get(Category(matter.category), DossierCategory.ADMINISTRATIVE)


def term_of(matter: CoordinationRequest) -> str:
    """Rulings, minutes of committees and major projects for ever; ordinary decisions 30 years."""
    lasting = matter.decision_way in (DecisionWay.RULING,) or matter.category == Category.PROJECT
    return PERMANENT if lasting else THIRTY_YEARS
