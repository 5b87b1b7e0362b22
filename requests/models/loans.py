"""What one department lends another so that work can go on until the definitive measure holds (R054, R163, form F22 借用)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import history
from audit.transitions import StateField, Stateful, transition
from requests import loan_policies as policies
from requests.loan_querysets import LoanQuerySet
from requests.loan_states import LoanState, WayOfReturn
from requests.models.items import ActionItem
from requests.models.matter import CoordinationRequest

PERSON = settings.AUTH_USER_MODEL
DEPARTMENT = "organization.Department"


class Loan(Stateful, models.Model):
    """One line of the ledger (借用台账): who lends whom what, how much of it, until when and how it comes back."""

    SUBJECT = "loan"

    matter = models.ForeignKey(CoordinationRequest, models.PROTECT, related_name="loans")
    # The action item that ordered the lending, where there is one.
    item = models.ForeignKey(
        ActionItem, models.PROTECT, null=True, blank=True, related_name="loans", verbose_name=_("action item")
    )
    thing = models.CharField(_("thing"), max_length=60)
    quantity = models.PositiveIntegerField(_("quantity"))
    unit = models.CharField(_("unit of quantity"), max_length=10)
    condition = models.CharField(_("condition at hand-over"), max_length=200, blank=True)
    lender = models.ForeignKey(DEPARTMENT, models.PROTECT, related_name="+", verbose_name=_("lender"))
    borrower = models.ForeignKey(DEPARTMENT, models.PROTECT, related_name="+", verbose_name=_("borrower"))
    # Both names as of that day.
    lender_name = models.CharField(max_length=60)
    borrower_name = models.CharField(max_length=60)
    way = models.CharField(_("way of return"), max_length=5, choices=WayOfReturn.choices)
    lent_on = models.DateField(_("handed over on"))
    due_on = models.DateField(_("to be returned by"))
    # The first date stays, whatever was agreed later (R097).
    original_due_on = models.DateField()
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    state = StateField(
        _("state"), default=LoanState.LENT, choices=LoanState.choices, protected=True, max_length=8
    )
    returned_on = models.DateField(_("returned on"), null=True, blank=True)
    return_note = models.CharField(_("remark on the return"), max_length=200, blank=True)
    reported_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    history = history()
    objects = LoanQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(lender=F("borrower")), name="nobody_lends_to_itself"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="a_loan_is_of_something"),
            models.CheckConstraint(condition=Q(due_on__gte=F("lent_on")), name="a_loan_ends_after_it_began"),
            models.CheckConstraint(
                condition=~Q(state=LoanState.RETURNED)
                | Q(returned_on__isnull=False, confirmed_by__isnull=False),
                name="the_lender_has_confirmed_the_return",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thing} {self.quantity}{self.unit}"

    def state_words(self) -> str:
        return str(self.get_state_display())

    @transition(
        state, source=LoanState.LENT, target=LoanState.REPORTED, permission=policies.may_report_return
    )
    def report_return(self) -> None:
        """The borrower says that it is back; the lender looks."""

    @transition(
        state, source=LoanState.REPORTED, target=LoanState.RETURNED, permission=policies.may_confirm_return
    )
    def confirm_return(self) -> None:
        """归还确认: by the lender, never by the borrower."""

    @transition(
        state, source=LoanState.REPORTED, target=LoanState.LENT, permission=policies.may_confirm_return
    )
    def refuse_return(self) -> None:
        """Not all of it, or not in order: it is still owed by the same date."""
