"""The API of the approvals: the paper of a matter with its steps, and the office's rule; its verbs are those of the matter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from rest_framework import generics, serializers

from requests import approval_serializers as shapes
from requests import flows
from requests.looking import keep_look
from requests.models import ApprovalRule, CoordinationRequest, ProjectApplication
from requests.serializers import NoInput, ReasonInput
from supervision.policies import may_read_arrangements


class MatterApplication(generics.RetrieveAPIView):
    """The project application of one matter, with every step of its approvals."""

    serializer_class = shapes.ApplicationRow

    def get_object(self) -> Any:
        matters = CoordinationRequest.objects.inside(self.request.user)
        matter = generics.get_object_or_404(matters, pk=self.kwargs["pk"])
        keep_look(self.request.user, matter, "api")
        return generics.get_object_or_404(ProjectApplication.objects.prefetch_related("steps"), matter=matter)


class RuleList(generics.ListAPIView):
    """Which matters need which approvals (R038)."""

    serializer_class = shapes.RuleRow

    def get_queryset(self) -> QuerySet[Any]:
        rules = ApprovalRule.objects.in_use()
        return rules if may_read_arrangements(self.request.user) else rules.none()


# Verbs of the matter, beside those in `api.MATTER_VERBS`.
APPROVAL_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "write-application": (shapes.ApplicationInput, flows.write_application),
    "submit-application": (NoInput, flows.submit_application),
    "answer-approval": (shapes.AnswerApprovalInput, flows.answer_approval),
    "wish-meeting": (ReasonInput, flows.wish_meeting),
}
