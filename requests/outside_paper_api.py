"""The API of the register of outside papers (R066)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from requests import flows
from requests import serializers as shapes
from requests.api import Verb
from requests.flows.outside_paper_corrections import seen_of_paper
from requests.looking import keep_look_at_paper
from requests.models import OutsidePaper
from requests.outside_paper_states import OutsideSort, PaperDirection
from requests.states import Confidentiality


@extend_schema_field(OpenApiTypes.INT)
class OutsidePaperField(serializers.PrimaryKeyRelatedField):
    """A line of the register by id, if it exists for the caller."""

    def get_queryset(self) -> Any:
        return OutsidePaper.objects.visible_to(self.context["request"].user)


class OutsidePaperRow(serializers.ModelSerializer):
    """One line of the register; its matter is told only to whoever sees that matter."""

    matter = serializers.SerializerMethodField()
    seen = serializers.SerializerMethodField()

    class Meta:
        model = OutsidePaper
        fields = [
            "id", "number", "direction", "sort", "unit", "their_number", "title", "dated_on", "passed_on", "confidentiality",
            "reply_due_on", "department", "department_name", "handler", "note", "matter", "answers", "registered_at",
            "settled_at", "how_settled", "struck_at", "struck_why", "seen",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_matter(self, paper: Any) -> int | None:
        return paper.matter_id if paper.reads_matter else None

    def get_seen(self, paper: OutsidePaper) -> str:
        """To be handed in with a correction: what another one corrected meanwhile is not undone unseen."""
        return seen_of_paper(paper)


class RegisterPaperInput(serializers.Serializer):
    direction = serializers.ChoiceField(choices=PaperDirection.choices)
    sort = serializers.ChoiceField(choices=OutsideSort.choices, default=OutsideSort.OFFICIAL)
    unit = serializers.CharField(allow_blank=True, max_length=80)
    their_number = serializers.CharField(required=False, allow_blank=True, max_length=60)
    title = serializers.CharField(allow_blank=True, max_length=120)
    dated_on = serializers.DateField(required=False, allow_null=True)
    passed_on = serializers.DateField(required=False, allow_null=True)
    confidentiality = serializers.ChoiceField(
        choices=Confidentiality.choices, default=Confidentiality.INTERNAL
    )
    reply_due_on = serializers.DateField(required=False, allow_null=True)
    department = shapes.DepartmentField(required=False, allow_null=True)
    handler = shapes.PersonField(required=False, allow_null=True)
    note = serializers.CharField(required=False, allow_blank=True, max_length=500)
    matter_id = serializers.IntegerField(required=False, allow_null=True)
    answers = OutsidePaperField(required=False, allow_null=True)


class LinkPaperInput(serializers.Serializer):
    matter_id = serializers.IntegerField()


class CorrectPaperInput(serializers.Serializer):
    """What is not given stays as it is."""

    sort = serializers.ChoiceField(choices=OutsideSort.choices, required=False)
    unit = serializers.CharField(required=False, allow_blank=True, max_length=80)
    their_number = serializers.CharField(required=False, allow_blank=True, max_length=60)
    title = serializers.CharField(required=False, allow_blank=True, max_length=120)
    dated_on = serializers.DateField(required=False, allow_null=True)
    passed_on = serializers.DateField(required=False)
    confidentiality = serializers.ChoiceField(choices=Confidentiality.choices, required=False)
    reply_due_on = serializers.DateField(required=False, allow_null=True)
    department = shapes.DepartmentField(required=False, allow_null=True)
    handler = shapes.PersonField(required=False, allow_null=True)
    note = serializers.CharField(required=False, allow_blank=True, max_length=500)
    reason = serializers.CharField(allow_blank=True, max_length=300)
    # `seen` of the line as it was read.
    seen = serializers.CharField(max_length=64, required=False, allow_blank=True)


class SettlePaperInput(serializers.Serializer):
    how = serializers.CharField(allow_blank=True, max_length=300)


class OutsidePaperList(generics.ListAPIView):
    """The register of outside papers, as far as it exists for the caller; registering one (scans are added on the page)."""

    serializer_class = OutsidePaperRow

    def get_queryset(self) -> QuerySet[Any]:
        found = OutsidePaper.objects.for_reader(self.request.user).for_list_page()
        found = found.search(self.request.query_params.get("q", "")[:60])
        return found.waiting() if "waiting" in self.request.query_params else found

    def paginate_queryset(self, queryset: Any) -> Any:
        """Each row is the whole line: a look at a confidential one is kept as for reading it alone."""
        page = super().paginate_queryset(queryset)
        for paper in page or ():
            keep_look_at_paper(self.request.user, paper, "api")
        return page

    @extend_schema(
        parameters=[
            OpenApiParameter("q", description="Words of number, unit or title; all must be found."),
            OpenApiParameter("waiting", bool, description="Only those whose answer is due."),
        ]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.list(request, *args, **kwargs)

    @extend_schema(request=RegisterPaperInput, responses={201: OutsidePaperRow})
    def post(self, request: Request) -> Response:
        """Register a paper that came in or went out."""
        given = RegisterPaperInput(data=request.data, context={"request": request})
        given.is_valid(raise_exception=True)
        paper = flows.register_paper(by=request.user, **given.validated_data)
        shown = OutsidePaper.objects.for_reader(request.user).get(pk=paper.pk)
        return Response(OutsidePaperRow(shown).data, status=status.HTTP_201_CREATED)


class OutsidePaperOne(generics.RetrieveAPIView):
    serializer_class = OutsidePaperRow

    def get_queryset(self) -> QuerySet[Any]:
        return OutsidePaper.objects.for_reader(self.request.user).select_related("matter")

    def get_object(self) -> Any:
        found = super().get_object()
        keep_look_at_paper(self.request.user, found, "api")
        return found


class OutsidePaperVerb(Verb):
    name_of_id = "paper_id"
    output = OutsidePaperRow

    def things(self) -> QuerySet[Any]:
        return OutsidePaper.objects.for_reader(self.request.user).select_related("matter")

    def post(self, request: Request, pk: int) -> Response:
        """The answer shows the whole line: the look is kept as for reading it."""
        found = generics.get_object_or_404(self.things(), pk=pk)
        keep_look_at_paper(request.user, found, "api")
        return super().post(request, pk)


OUTSIDE_PAPER_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "correct": (CorrectPaperInput, flows.correct_paper),
    "link": (LinkPaperInput, flows.link_paper),
    "settle": (SettlePaperInput, flows.settle_paper),
    "strike": (shapes.ShortReasonInput, flows.strike_paper),
}
