"""The API of the ledger of loans: all that the caller may see, those of a matter, and one address for each verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from requests import flows
from requests import loan_serializers as shapes
from requests.api import Verb
from requests.looking import keep_look
from requests.models import CoordinationRequest, Loan


class LoanList(generics.ListAPIView):
    """The whole ledger, as far as the caller may see it, soonest return first."""

    serializer_class = shapes.LoanRow

    def get_queryset(self) -> QuerySet[Any]:
        return Loan.objects.visible_to(self.request.user).for_list_page()


class MatterLoans(generics.ListAPIView):
    """The loans of one matter; recording one."""

    serializer_class = shapes.LoanRow

    def get_queryset(self) -> QuerySet[Any]:
        matters = CoordinationRequest.objects.inside(self.request.user)
        matter = generics.get_object_or_404(matters, pk=self.kwargs["pk"])
        keep_look(self.request.user, matter, "api")
        return Loan.objects.filter(matter=matter).for_list_page()

    @extend_schema(request=shapes.LoanInput, responses={201: shapes.LoanRow})
    def post(self, request: Request, pk: int) -> Response:
        """Record what the caller's department lends."""
        generics.get_object_or_404(CoordinationRequest.objects.inside(request.user), pk=pk)
        given = shapes.LoanInput(data=request.data, context={"request": request})
        given.is_valid(raise_exception=True)
        loan = flows.lend(matter_id=pk, by=request.user, **given.validated_data)
        return Response(shapes.LoanRow(loan).data, status=status.HTTP_201_CREATED)


class LoanVerb(Verb):
    name_of_id = "loan_id"
    output = shapes.LoanRow

    def things(self) -> QuerySet[Any]:
        return Loan.objects.visible_to(self.request.user).for_list_page()


LOAN_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "report": (shapes.ReturnInput, flows.report_return),
    "confirm": (shapes.NoInput, flows.confirm_return),
    "refuse": (shapes.ReasonInput, flows.refuse_return),
    "prolong": (shapes.ProlongInput, flows.prolong_loan),
}
