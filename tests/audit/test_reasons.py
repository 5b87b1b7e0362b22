"""The one rule on reasons (R048): forms check it early, flows insist on it, whoever calls them."""

import pytest

from audit.reasons import LEAST, MOST, insist_on_reason
from audit.refusals import Invalid
from organization.forms import ReasonForm as OrganizationReason
from requests import flows
from requests.forms.acts import WithdrawForm
from requests.states import Stage
from tests.requests import world


@pytest.mark.parametrize("reason", ["", " ", "。", "----", "？！", "等", "等" * (MOST + 1)])
def test_what_says_nothing_and_what_nobody_reads_is_no_reason(reason):
    with pytest.raises(Invalid) as refused:
        insist_on_reason(reason, field="why")

    assert list(refused.value.fields) == ["why"]


@pytest.mark.parametrize("reason", ["等" * LEAST, "  调离  ", "等" * MOST, "OK"])
def test_a_reason_of_few_words_is_enough(reason):
    insist_on_reason(reason)


def test_a_command_without_a_form_is_refused_a_reason_that_says_nothing(cast):
    matter = world.filed(cast)

    for reason in ("。", "误" * (MOST + 1)):
        with pytest.raises(Invalid):
            flows.withdraw(matter_id=matter.pk, by=cast.clerk, reason=reason)

    matter.refresh_from_db()
    assert matter.stage == Stage.PROPOSAL


@pytest.mark.parametrize("form", [OrganizationReason, WithdrawForm])
def test_a_form_holds_a_reason_to_the_same_least(form):
    field = form.base_fields["reason"]

    assert (field.min_length, field.required) == (LEAST, True)
