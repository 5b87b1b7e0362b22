"""The API of matters and action items: the same flows, policies and refusals as the pages.

Reading: list and retrieve. Writing: `POST …/<verb>/`, one URL for each verb of the office, from the tables below.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from audit.refusals import NotYours
from organization.given import PreparedFor
from requests import condition_serializers as condition_shapes
from requests import flows, policies
from requests import item_serializers as item_shapes
from requests import level_serializers as level_shapes
from requests import serializers as shapes
from requests import start_serializers as start_shapes
from requests.confidential import looks
from requests.looking import keep_look
from requests.models import (
    AcceptanceCondition,
    ActionItem,
    CoordinationRequest,
    Extension,
    Obstacle,
    Participant,
    Release,
)
from requests.public_serializers import PublicMatter, SharedMatter
from supervision.policies import may_read_arrangements


@dataclass(frozen=True)
class Newest:
    """The newest matters that exist for a reader: as good as a query set for the first page, and written once."""

    reader: Any

    def order_by(self, *_newest_first: str) -> Newest:
        return self

    def __getitem__(self, part: slice) -> list[Any]:
        return _newest(part.stop)(self.reader)


@cache
def _newest(number: int) -> PreparedFor:
    return PreparedFor(
        lambda reader: CoordinationRequest.objects.visible_to(reader).for_list_page().order_by("-pk")[:number]
    )


class MatterList(generics.ListAPIView):
    """Matters that the caller may see, newest first; filing one."""

    serializer_class = shapes.MatterRow

    def get_queryset(self) -> Any:
        query = self.request.query_params
        if not query.keys() & {"stage", "q", "cursor"}:
            return Newest(self.request.user)
        found = CoordinationRequest.objects.visible_to(self.request.user).for_list_page()
        if query.get("stage"):
            found = found.filter(stage__in=query["stage"].split(","))
        if query.get("q"):
            found = found.search(query["q"])
        return found

    @extend_schema(
        parameters=[
            OpenApiParameter("stage", description="One or more stages, with commas."),
            OpenApiParameter("q", description="Words of title or number; all must be found."),
        ]
    )
    def get(self, request: Request) -> Response:
        rows: Any = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response([shapes.shown(shapes.MatterRow, row) for row in rows])

    @extend_schema(request=shapes.FormInput, responses={201: shapes.MatterDetail})
    def post(self, request: Request) -> Response:
        """File a matter: draft and hand in, as one act; a refusal leaves nothing behind."""
        fields = shapes.taken(shapes.FormInput, request.data)
        departments, talks = fields.pop("departments", []), fields.pop("attempts", [])
        matter = flows.file_at_once(
            by=request.user,
            departments=departments,
            attempts=talks,
            hand_in=not fields.pop("is_draft"),
            fields=fields,
        )
        return Response(shapes.shown_as_filed(matter, departments, talks), status=status.HTTP_201_CREATED)


class MatterOne(generics.RetrieveAPIView):
    """One matter with participants and questions; whoever is from outside reads what was shared (R018)."""

    serializer_class = shapes.MatterDetail

    def get_serializer_class(self) -> type[serializers.Serializer]:
        outside = getattr(self.request.user, "is_external", False)
        return SharedMatter if outside else shapes.MatterDetail

    def get_queryset(self) -> QuerySet[Any]:
        return CoordinationRequest.objects.visible_to(self.request.user).for_detail_page()

    def get_object(self) -> Any:
        found = super().get_object()
        keep_look(self.request.user, found, "api")
        return found


class ReaderList(generics.ListAPIView):
    """The named readers of a confidential matter, for whoever reads it."""

    serializer_class = level_shapes.ReaderRow

    def get_queryset(self) -> QuerySet[Any]:
        matter = _the_matter(self)
        return matter.readers.named().select_related("user", "named_by")


class LookList(generics.ListAPIView):
    """Who looked at a confidential matter, for whoever names its readers and the auditor."""

    serializer_class = level_shapes.LookRow

    def get_queryset(self) -> QuerySet[Any]:
        matter = _the_matter(self)
        if not policies.may_read_looks(matter, self.request.user):
            raise NotYours(_("Who looked is told to whoever names the readers and to the auditor."))
        return looks(matter)


def _the_matter(view: generics.GenericAPIView) -> Any:
    matters = CoordinationRequest.objects.inside(view.request.user)
    matter = generics.get_object_or_404(matters, pk=view.kwargs["pk"])
    keep_look(view.request.user, matter, "api")
    return matter


class PublicMatterList(generics.ListAPIView):
    """Public matters from their acceptance on, for all staff: summary and decision only."""

    serializer_class = PublicMatter

    def get_queryset(self) -> QuerySet[Any]:
        found = CoordinationRequest.objects.public_to(self.request.user).for_public_page()
        return found.search(self.request.query_params.get("q", ""))

    @extend_schema(
        parameters=[OpenApiParameter("q", description="Words of title or number; all must be found.")]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.list(request, *args, **kwargs)


class PublicMatterOne(generics.RetrieveAPIView):
    """Summary and decision of one public matter."""

    serializer_class = PublicMatter

    def get_queryset(self) -> QuerySet[Any]:
        return CoordinationRequest.objects.public_to(self.request.user).for_public_page()


class ConditionList(generics.ListAPIView):
    """The conditions of acceptance in use (R028)."""

    serializer_class = condition_shapes.ConditionRow

    def get_queryset(self) -> QuerySet[Any]:
        conditions = AcceptanceCondition.objects.in_use()
        return conditions if may_read_arrangements(self.request.user) else conditions.none()


class ItemList(generics.ListAPIView):
    """Action items that the caller may see."""

    serializer_class = shapes.ItemRow

    def get_queryset(self) -> QuerySet[Any]:
        found = ActionItem.objects.visible_to(self.request.user).for_list_page().order_by("-pk")
        state = self.request.query_params.get("state")
        return found.filter(state__in=state.split(",")) if state else found


class ItemOne(generics.RetrieveAPIView):
    serializer_class = shapes.ItemRow

    def get_queryset(self) -> QuerySet[Any]:
        return ActionItem.objects.visible_to(self.request.user).for_list_page()

    def get_object(self) -> Any:
        found = super().get_object()
        keep_look(self.request.user, found.matter, "api", found.number)
        return found


class Verb(generics.GenericAPIView):
    """One verb on one thing. The thing must be visible to the caller, else 404; the flow does the refusing."""

    flow: Callable[..., Any]
    name_of_id: str
    output: type[serializers.Serializer]

    def things(self) -> QuerySet[Any]:
        raise NotImplementedError

    def post(self, request: Request, pk: int) -> Response:
        generics.get_object_or_404(self.things(), pk=pk)
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        type(self).flow(**{self.name_of_id: pk, "by": request.user}, **given.validated_data)
        return Response(shapes.shown(self.output, self.things().get(pk=pk)))


class MatterVerb(Verb):
    name_of_id = "matter_id"
    output = shapes.MatterDetail

    def things(self) -> QuerySet[Any]:
        return CoordinationRequest.objects.inside(self.request.user).for_detail_page()


class ItemVerb(Verb):
    name_of_id = "item_id"
    output = shapes.ItemRow

    def things(self) -> QuerySet[Any]:
        return ActionItem.objects.visible_to(self.request.user).for_list_page()


class ParticipantVerb(Verb):
    name_of_id = "participant_id"
    output = shapes.ParticipantRow

    def things(self) -> QuerySet[Any]:
        return Participant.objects.filter(
            matter__in=CoordinationRequest.objects.inside(self.request.user).values("pk")
        )


class ExtensionVerb(Verb):
    name_of_id = "extension_id"
    output = item_shapes.ExtensionRow

    def things(self) -> QuerySet[Any]:
        return Extension.objects.filter(
            item__in=ActionItem.objects.visible_to(self.request.user).values("pk")
        )


class ReleaseVerb(Verb):
    name_of_id = "release_id"
    output = item_shapes.ReleaseRow

    def things(self) -> QuerySet[Any]:
        return Release.objects.filter(item__in=ActionItem.objects.visible_to(self.request.user).values("pk"))


class ObstacleList(generics.ListAPIView):
    """Where the items that the caller may see got stuck, the latest first (R099)."""

    serializer_class = item_shapes.ObstacleRow

    def get_queryset(self) -> QuerySet[Any]:
        found = Obstacle.objects.filter(
            item__in=ActionItem.objects.visible_to(self.request.user).values("pk")
        )
        item = self.request.query_params.get("item", "")
        return (found.filter(item=int(item)) if item.isdecimal() else found).order_by("-since", "-pk")

    @extend_schema(parameters=[OpenApiParameter("item", int, description="Only those of this item.")])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.list(request, *args, **kwargs)


class ObstacleVerb(Verb):
    name_of_id = "obstacle_id"
    output = item_shapes.ObstacleRow

    def things(self) -> QuerySet[Any]:
        return Obstacle.objects.filter(item__in=ActionItem.objects.visible_to(self.request.user).values("pk"))


MATTER_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "submit": (shapes.NoInput, flows.submit),
    "resubmit": (shapes.ResubmitInput, flows.resubmit_at_once),
    "withdraw": (shapes.ReasonInput, flows.withdraw),
    "check": (condition_shapes.ChecksInput, flows.check_conditions),
    "accept": (shapes.AcceptInput, flows.accept),
    "return": (shapes.ReturnInput, flows.return_for_revision),
    "reject": (shapes.RejectInput, flows.reject),
    "announce-merge": (start_shapes.AnnounceMergeInput, flows.announce_merge),
    "merge": (shapes.NoInput, flows.merge),
    "call-off-merge": (shapes.ReasonInput, flows.call_off_merge),
    "urgency": (shapes.UrgencyInput, flows.confirm_urgency),
    "ask-review": (shapes.ReasonInput, flows.ask_review),
    "review": (shapes.ReviewInput, flows.answer_review),
    "keeper": (shapes.KeeperInput, flows.change_keeper),
    "suspend": (shapes.SuspendInput, flows.suspend),
    "resume": (shapes.ReasonInput, flows.resume),
    "prepare": (shapes.PreparationInput, flows.write_preparation),
    "participants": (shapes.ParticipantsInput, flows.change_participants),
    "deliver": (shapes.NoInput, flows.deliver_material),
    "start-decision": (shapes.StartDecisionInput, flows.start_decision),
    "decide": (shapes.ResolutionInput, flows.decide_as_office),
    "send-back": (shapes.ReasonInput, flows.send_back_to_preparation),
    "full-track": (shapes.ReasonInput, flows.leave_simple_track),
    "settle": (item_shapes.SettleInput, flows.settle_by_letters),
    "draft-item": (item_shapes.ItemInput, flows.draft_item),
    "issue-rework": (shapes.NoInput, flows.issue_rework),
    "complete": (shapes.SummaryInput, flows.complete_execution),
    "confirm": (shapes.FeedbackInput, flows.confirm),
    "object": (shapes.DefectsInput, flows.object_to_result),
    "survey": (shapes.SurveyInput, flows.answer_survey),
    "raise-level": (level_shapes.LevelInput, flows.raise_level),
    "lower-level": (level_shapes.LevelInput, flows.lower_level),
    "answer-lowering": (level_shapes.AnswerLoweringInput, flows.answer_lowering),
    "withdraw-lowering": (shapes.NoInput, flows.withdraw_lowering),
    "name-reader": (level_shapes.NameReaderInput, flows.name_reader),
    "end-reading": (level_shapes.EndReadingInput, flows.end_reading),
}

ITEM_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "acknowledge": (shapes.NoInput, flows.acknowledge),
    "start": (item_shapes.StartInput, flows.start),
    "report": (item_shapes.ReportInput, flows.report),
    "submit": (item_shapes.ResultInput, flows.submit_item),
    "close": (item_shapes.CloseInput, flows.close_item),
    "send-back": (item_shapes.SendBackInput, flows.send_back),
    "stage": (item_shapes.StageInput, flows.accept_stage),
    "extend": (item_shapes.ExtendInput, flows.ask_extension),
    "ask-status": (shapes.NoInput, flows.ask_status),
    "obstacle": (item_shapes.ObstacleInput, flows.record_obstacle),
    "release": (item_shapes.ReleaseInput, flows.ask_release),
    "reassign": (item_shapes.ReassignInput, flows.reassign),
    "suspend": (item_shapes.SuspendItemInput, flows.suspend_item),
    "stay-suspended": (shapes.ReasonInput, flows.stay_suspended),
    "resume": (item_shapes.ResumeItemInput, flows.resume_item),
    "cancel": (shapes.ReasonInput, flows.cancel_item),
}

PARTICIPANT_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "read": (shapes.NoInput, flows.confirm_reading),
    "opinion": (shapes.OpinionInput, flows.give_opinion),
    "record-silence": (shapes.NoInput, flows.record_silence),
}

RELEASE_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "rule": (item_shapes.RuleReleaseInput, flows.rule_release),
}

OBSTACLE_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "end": (item_shapes.EndObstacleInput, flows.end_obstacle),
}

EXTENSION_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "answer": (item_shapes.AnswerExtensionInput, flows.answer_extension),
}


def verb_view(
    base: type[Verb], name: str, shape: type[serializers.Serializer], flow: Callable[..., Any]
) -> Callable[..., Any]:
    """The view of one verb, with its own entry in the OpenAPI description."""
    title = "".join(part.title() for part in name.split("-"))

    def post(self: Verb, request: Request, pk: int) -> Response:
        return base.post(self, request, pk)  # a function of its own: the description is kept on it

    described = extend_schema(
        request=shape,
        responses=base.output,
        operation_id=f"{base.__name__.removesuffix('Verb').lower()}_{name.replace('-', '_')}",
        description=(flow.__doc__ or "").strip(),
    )(post)
    members = {"flow": staticmethod(flow), "serializer_class": shape, "post": described}
    view: Any = type(f"{base.__name__}{title}", (base,), members)
    return view.as_view()
