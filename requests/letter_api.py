"""The API of contact sheets and letters: those of a matter, and one address for each verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from requests import flows
from requests import letter_serializers as shapes
from requests.api import Verb
from requests.looking import keep_look, keep_look_at_letter
from requests.models import Addressee, CoordinationRequest, Letter


class LetterList(generics.ListAPIView):
    """Sheets and letters of one matter, as far as the caller may read them; writing one."""

    serializer_class = shapes.LetterRow

    def get_queryset(self) -> QuerySet[Any]:
        matters = CoordinationRequest.objects.inside(self.request.user)
        matter = generics.get_object_or_404(matters, pk=self.kwargs["pk"])
        keep_look(self.request.user, matter, "api")
        return Letter.objects.visible_to(self.request.user).filter(matter=matter).for_list()

    def paginate_queryset(self, queryset: Any) -> Any:
        """Each row is the whole paper: a look at a confidential one is kept, where that of its matter is not already."""
        page = super().paginate_queryset(queryset)
        for letter in page or ():
            if not letter.matter.is_closed:
                keep_look_at_letter(self.request.user, letter, "api")
        return page

    @extend_schema(request=shapes.LetterInput, responses={201: shapes.LetterRow})
    def post(self, request: Request, pk: int) -> Response:
        """Draft one in the name of the caller's department."""
        generics.get_object_or_404(CoordinationRequest.objects.inside(request.user), pk=pk)
        given = shapes.LetterInput(data=request.data)
        given.is_valid(raise_exception=True)
        letter = flows.draft_letter(matter_id=pk, by=request.user, **given.validated_data)
        return Response(shapes.LetterRow(letter).data, status=status.HTTP_201_CREATED)


class LetterVerb(Verb):
    name_of_id = "letter_id"
    output = shapes.LetterRow

    def things(self) -> QuerySet[Any]:
        return Letter.objects.visible_to(self.request.user).for_list()

    def post(self, request: Request, pk: int) -> Response:
        """The answer shows the paper: the look is kept as for reading it."""
        keep_look_at_letter(request.user, generics.get_object_or_404(self.things(), pk=pk), "api")
        return super().post(request, pk)


class AddresseeVerb(Verb):
    name_of_id = "addressee_id"
    output = shapes.AddresseeRow

    def things(self) -> QuerySet[Any]:
        seen = Letter.objects.visible_to(self.request.user).values("pk")
        return Addressee.objects.filter(letter__in=seen)


LETTER_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "ask-signature": (shapes.NoInput, flows.ask_signature),
    "return": (shapes.ReasonInput, flows.return_letter),
    "sign": (shapes.NoInput, flows.sign_letter),
    "send": (shapes.NoInput, flows.send_letter),
    "close": (shapes.NoInput, flows.close_letter),
    "withdraw": (shapes.ReasonInput, flows.withdraw_letter),
}

ADDRESSEE_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "receive": (shapes.NoInput, flows.receive_letter),
    "answer": (shapes.LetterAnswerInput, flows.answer_letter),
    "confirm": (shapes.NoInput, flows.confirm_answer),
}
