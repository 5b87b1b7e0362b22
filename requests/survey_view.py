"""What the surveys of a matter say, as far as it may be told (F15, R170)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Avg, Count
from django.utils.functional import Promise

from requests.models import CoordinationRequest, Survey
from requests.states import Stage


@dataclass(frozen=True)
class SurveyResult:
    """What the surveys say: nothing but their number as long as one could guess who said what (F15, R170)."""

    count: int
    marks: list[tuple[str | Promise, float]]

    LEAST = 3


def survey_result(matter: CoordinationRequest) -> SurveyResult | None:
    """The marks for the department that led the matter; None before there is any."""
    if matter.stage not in (Stage.FEEDBACK, Stage.ARCHIVED):
        return None
    means = matter.surveys.order_by().aggregate(n=Count("pk"), **{name: Avg(name) for name in Survey.SCALES})
    count = int(means.pop("n"))
    if count < SurveyResult.LEAST:
        return SurveyResult(count, []) if count else None
    labels = {field.name: field.verbose_name for field in Survey._meta.fields}
    return SurveyResult(count, [(labels[name], round(float(mean), 1)) for name, mean in means.items()])
