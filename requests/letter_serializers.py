"""Shapes of contact sheets and letters in the API."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from requests.letter_states import LetterForm, Reply
from requests.models import Addressee, Letter
from requests.serializers import DepartmentField, NoInput, ReasonInput
from requests.states import Confidentiality
from supervision.states import Urgency

__all__ = ["AddresseeRow", "LetterAnswerInput", "LetterInput", "LetterRow", "NoInput", "ReasonInput"]


class AddresseeRow(serializers.ModelSerializer):
    """An addressed department: its receipt and its answer."""

    class Meta:
        model = Addressee
        fields = [
            "id", "department", "department_name", "receipt", "received_at", "reply", "reply_reason",
            "proposed_department", "result", "done_on", "answered_at", "dropped_at", "confirmed_at",
        ]  # fmt: skip
        read_only_fields = fields


class LetterRow(serializers.ModelSerializer):
    """A contact sheet or letter with its addressees."""

    addressees = AddresseeRow(many=True, read_only=True)

    class Meta:
        model = Letter
        fields = [
            "id", "matter", "form", "number", "title", "department", "department_name", "state", "urgency",
            "confidentiality", "content",
            "reply_by", "signed_at", "sent_at", "ended_at", "ending_reason", "addressees",
        ]  # fmt: skip
        read_only_fields = fields


class AskInput(serializers.Serializer):
    text = serializers.CharField(max_length=200)
    wished_on = serializers.DateField(required=False, allow_null=True)


class LetterInput(serializers.Serializer):
    """Forms F4 and F5. A draft may lack anything but its kind; the signature asks for all."""

    form = serializers.ChoiceField(choices=LetterForm.choices)
    title = serializers.CharField(required=False, allow_blank=True, max_length=60)
    addressees = DepartmentField(many=True, required=False)
    copies = DepartmentField(many=True, required=False)
    content = serializers.CharField(required=False, allow_blank=True)
    asks = AskInput(many=True, required=False)
    facts = serializers.CharField(required=False, allow_blank=True)
    difference = serializers.CharField(required=False, allow_blank=True)
    request_text = serializers.CharField(required=False, allow_blank=True)
    basis = serializers.CharField(required=False, allow_blank=True)
    attachment_note = serializers.CharField(required=False, allow_blank=True, max_length=200)
    contact_name = serializers.CharField(required=False, allow_blank=True, max_length=40)
    contact_phone = serializers.CharField(required=False, allow_blank=True, max_length=40)
    urgency = serializers.ChoiceField(choices=Urgency.choices, required=False)
    confidentiality = serializers.ChoiceField(
        choices=Confidentiality.choices, required=False, help_text=_("Left out: that of the matter.")
    )
    reply_by = serializers.DateField(required=False, allow_null=True)


class LetterAnswerInput(serializers.Serializer):
    reply = serializers.ChoiceField(choices=Reply.choices)
    reason = serializers.CharField(required=False, allow_blank=True)
    proposed_department = DepartmentField(required=False, allow_null=True)
    result = serializers.CharField(required=False, allow_blank=True)
    done_on = serializers.DateField(required=False, allow_null=True)
