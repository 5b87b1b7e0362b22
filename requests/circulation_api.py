"""The API of circulating papers and signatures: those of a matter, and one address for each verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from requests import circulation_serializers as shapes
from requests import flows
from requests.api import Verb
from requests.looking import keep_look
from requests.models import Circulation, CoordinationRequest, Countersign, PaperKind


class PaperKindList(generics.ListAPIView):
    """The kinds of papers that can go round."""

    serializer_class = shapes.PaperKindRow
    pagination_class = None

    def get_queryset(self) -> QuerySet[Any]:
        return PaperKind.objects.in_use()


class CirculationList(generics.ListAPIView):
    """Papers of one matter that go round or went; writing one."""

    serializer_class = shapes.CirculationRow

    def get_queryset(self) -> QuerySet[Any]:
        matters = CoordinationRequest.objects.inside(self.request.user)
        matter = generics.get_object_or_404(matters, pk=self.kwargs["pk"])
        keep_look(self.request.user, matter, "api")
        return Circulation.objects.visible_to(self.request.user).filter(matter=matter).for_list()

    @extend_schema(request=shapes.CirculationInput, responses={201: shapes.CirculationRow})
    def post(self, request: Request, pk: int) -> Response:
        """Draft one in the name of the caller's department."""
        generics.get_object_or_404(CoordinationRequest.objects.inside(request.user), pk=pk)
        given = shapes.CirculationInput(data=request.data, context={"request": request})
        given.is_valid(raise_exception=True)
        paper = flows.draft_circulation(matter_id=pk, by=request.user, **given.validated_data)
        shown = Circulation.objects.for_list().get(pk=paper.pk)
        return Response(shapes.CirculationRow(shown).data, status=status.HTTP_201_CREATED)


class CirculationOne(generics.RetrieveAPIView):
    """One paper with the signatures that count."""

    serializer_class = shapes.CirculationRow

    def get_queryset(self) -> QuerySet[Any]:
        return Circulation.objects.visible_to(self.request.user).for_list().select_related("matter")

    def get_object(self) -> Any:
        found = super().get_object()
        keep_look(self.request.user, found.matter, "api", found.number)
        return found


class CirculationVerb(Verb):
    name_of_id = "circulation_id"
    output = shapes.CirculationRow

    def things(self) -> QuerySet[Any]:
        return Circulation.objects.visible_to(self.request.user).for_list()


class CountersignVerb(Verb):
    name_of_id = "countersign_id"
    output = shapes.CountersignRow

    def things(self) -> QuerySet[Any]:
        seen = Circulation.objects.visible_to(self.request.user).values("pk")
        return Countersign.objects.filter(circulation__in=seen)


CIRCULATION_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "change": (shapes.CirculationInput, flows.change_circulation),
    "start": (shapes.NoInput, flows.start_circulation),
    "text": (shapes.TextInput, flows.change_text),
    "add": (shapes.AddDepartmentInput, flows.add_department),
    "pull-back": (shapes.ReasonInput, flows.pull_back),
    "drop": (shapes.ReasonInput, flows.drop_paper),
    "sign-off": (shapes.SignOffInput, flows.sign_off),
    "give-back": (shapes.ReasonInput, flows.give_back_paper),
    "issue": (shapes.NoInput, flows.issue_paper),
    "put-on-file": (shapes.NoInput, flows.put_on_file),
    "leave-open": (shapes.NoInput, flows.leave_open),
}

COUNTERSIGN_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "receive": (shapes.NoInput, flows.receive_paper),
    "draft": (shapes.CountersignInput, flows.draft_countersign),
    "sign": (shapes.CountersignInput, flows.countersign),
    "transfer": (shapes.PersonInput, flows.transfer_countersign),
    "add-signer": (shapes.PersonInput, flows.add_signer),
    "answer": (shapes.OpinionAnswerInput, flows.answer_opinion),
    "rule": (shapes.DutyRulingInput, flows.rule_duty),
    "read": (shapes.NoInput, flows.read_result),
}
