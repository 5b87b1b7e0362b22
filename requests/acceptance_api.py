"""The API of acceptance sheets (F14) and of the defects that they name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from rest_framework import generics, serializers

from requests import flows
from requests import item_serializers as shapes
from requests.api import Verb
from requests.looking import keep_look
from requests.models import AcceptanceSheet, ActionItem, Defect
from requests.serializers import NoInput, ReasonInput


class ItemSheets(generics.ListAPIView):
    """The acceptance sheets of one item, the first one first."""

    serializer_class = shapes.SheetRow

    def get_queryset(self) -> QuerySet[Any]:
        items = ActionItem.objects.visible_to(self.request.user).select_related("matter")
        item = generics.get_object_or_404(items, pk=self.kwargs["pk"])
        keep_look(self.request.user, item.matter, "api")
        return AcceptanceSheet.objects.filter(item=item).for_page()


class DefectVerb(Verb):
    name_of_id = "defect_id"
    output = shapes.DefectRow

    def things(self) -> QuerySet[Any]:
        return Defect.objects.visible_to(self.request.user)


DEFECT_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "report": (shapes.MendedInput, flows.report_mended),
    "confirm": (NoInput, flows.confirm_mended),
    "refuse": (ReasonInput, flows.refuse_mended),
}
