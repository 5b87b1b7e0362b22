"""Forms of the ledger of loans (F22, 借用)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.acting import today
from organization.models import Department, User
from pages.forms import OfficeForm
from requests.forms.acts import if_any, why
from requests.forms.choices import NOBODY
from requests.loan_rules import MOST
from requests.loan_states import WayOfReturn
from requests.models import CoordinationRequest, Loan


class LendForm(OfficeForm):
    """A new line of the ledger. Only departments that take part in the matter are offered."""

    use_required_attribute = False

    thing = forms.CharField(label=_("Thing"), max_length=60, help_text=_("What is lent, with size or model."))
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=MOST)
    unit = forms.CharField(
        label=pgettext_lazy("loan", "Unit"), max_length=10, help_text=_("For example 套, 台, 件.")
    )
    lender = forms.ModelChoiceField(Department.objects.none(), label=_("Lender"), empty_label=NOBODY[1])
    borrower = forms.ModelChoiceField(Department.objects.none(), label=_("Borrower"), empty_label=NOBODY[1])
    lent_on = forms.DateField(label=_("Handed over on"))
    due_on = forms.DateField(label=_("To be returned by"))
    way = forms.ChoiceField(label=_("Way of return"), choices=WayOfReturn.choices, widget=forms.RadioSelect)
    condition = if_any(
        _("Condition at hand-over"), 200, _("Damage, completeness, accessories; empty if in order.")
    )
    item = forms.ModelChoiceField(
        Loan.objects.none(), label=_("Action item"), required=False, empty_label=pgettext_lazy("loan", "None"),
        help_text=_("The action item that ordered the lending, if there is one."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, matter: CoordinationRequest, user: User, departments: list[int], **kwargs: Any
    ) -> None:
        own = user.department.pk if user.department and user.department.pk in departments else None
        start = {"lent_on": today(), "way": WayOfReturn.SAME, "lender": own}
        super().__init__(*args, **{"initial": start, **kwargs})
        offered = Department.objects.filter(pk__in=departments).order_by("order", "pk")
        for name in ("lender", "borrower"):
            field: Any = self.fields[name]
            field.queryset = offered
        items: Any = self.fields["item"]
        items.queryset = matter.items.exclude(number=None).order_by("pk")
        items.label_from_instance = lambda item: f"{item.number} {item.text[:40]}"


class ReturnForm(OfficeForm):
    """The borrower says when it came back, and in which state."""

    use_required_attribute = False

    returned_on = forms.DateField(label=_("Returned on"))
    note = if_any(
        _("Remark on the return"), 200, _("Missing or damaged parts, who took it back; empty if in order.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"returned_on": today()}, **kwargs})


class RefuseForm(OfficeForm):
    use_required_attribute = False

    reason = why(_("Reason"), 500, _("What is missing or damaged, so that it can be made good."))


class ProlongForm(OfficeForm):
    use_required_attribute = False

    due_on = forms.DateField(label=_("To be returned by"), help_text=_("Later than the day that holds now."))
    reason = why(_("Reason"), 500, _("Why it is needed longer."))
