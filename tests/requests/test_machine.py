"""A matter and its items under any order of acts by anybody: the house does what the plain model says, or changes nothing.

At least 2,000 acts a run. A refused act leaves no event; who has ended a matter has ended its duties.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from audit.acting import at_moment
from audit.models import Event
from audit.refusals import Refusal
from requests import flows
from requests.flows.conditions import all_met
from requests.models import ActionItem, CoordinationRequest
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import world
from tests.requests.plain_model import ENDED, ITEM_RULES, OPEN, RULES, Matter

RUNS, ACTS_IN_A_RUN = 58, 40
PEOPLE = (
    "clerk", "officer", "office_head", "supplies_liaison", "supplies_clerk", "staffing_liaison", "planning_head",
    "auditor", "outsider",
)  # fmt: skip
# The straight way, so that walks begin at every stage and not only at the draft.
TO_PREPARATION = ("submit", "accept", "prepare", "deliver")
TO_DECISION = (*TO_PREPARATION, "answers", "start_decision")
TO_EXECUTION = (*TO_DECISION, "draft", "decide")
TO_FEEDBACK = (*TO_EXECUTION, "submit_item", "close_item", "complete")
WAYS = [
    (), ("submit", "return", "resubmit"), ("submit", "reject"), ("submit", "withdraw"), TO_PREPARATION, (*TO_PREPARATION, "suspend", "resume"),
    (*TO_DECISION, "send_back"), TO_DECISION, TO_EXECUTION, (*TO_EXECUTION, "cancel_item"),
    (*TO_EXECUTION, "start", "suspend_item", "resume_item", "suspend_item", "cancel_item"),
    (*TO_EXECUTION, "acknowledge", "start", "report", "submit_item", "send_back_item"), (*TO_FEEDBACK, "confirm"),
    (*TO_FEEDBACK, "object", "draft", "rework"),
]  # fmt: skip
# Most acts are tried by somebody who may: the others are told no at the door and lead nowhere.
MOSTLY_RIGHT = st.sampled_from([True, True, True, False])
ENDINGS = ("reject", "withdraw", "cancel_item")
TEXT = "情况说明：三人已到场，单据齐全。"
NOW = world.moment(14, 10)


def calls(cast, matter_id):
    """Each act of the model as the call of its flow."""

    def matter():
        return {"matter_id": matter_id}

    def accept(by):
        departments = {"lead_department": cast.supplies, "co_departments": [cast.staffing]}
        return flows.accept(**matter(), by=by, conditions=all_met(), **departments, **world.ASSESSMENT)

    def resubmit(by):
        found = CoordinationRequest.objects.get(pk=matter_id)
        answers = {gap.pk: TEXT for gap in found.gaps.open()}
        changed = {"background": f"{found.background[:200]}补充第{found.gaps.count()}次。"}
        return flows.resubmit_at_once(**matter(), by=by, fields=changed, answers=answers)

    def draft(by):
        given = {**world.ITEM, "department": cast.supplies, "assignee": cast.supplies_clerk}
        return flows.draft_item(**matter(), by=by, **given)

    def suspend(by):
        return flows.suspend(**matter(), by=by, reason=TEXT, until=date(2026, 9, 25), interim_measure=TEXT)

    return {
        "submit": lambda by: flows.submit(**matter(), by=by),
        "return": lambda by: flows.return_for_revision(**matter(), by=by, gaps=[("goal", TEXT)]),
        "resubmit": resubmit,
        "accept": accept,
        "reject": lambda by: flows.reject(**matter(), by=by, ground="settled", reason=TEXT, instead=TEXT),
        "withdraw": lambda by: flows.withdraw(**matter(), by=by, reason=TEXT),
        "prepare": lambda by: flows.write_preparation(**matter(), by=by, **world.PREPARATION),
        "deliver": lambda by: flows.deliver_material(**matter(), by=by),
        "start_decision": lambda by: flows.start_decision(**matter(), by=by, override_reason=TEXT),
        "send_back": lambda by: flows.send_back_to_preparation(**matter(), by=by, reason=TEXT),
        "draft": draft,
        "decide": lambda by: flows.decide_as_office(**matter(), by=by, resolution=TEXT),
        "suspend": suspend,
        "resume": lambda by: flows.resume(**matter(), by=by),
        "rework": lambda by: flows.issue_rework(**matter(), by=by),
        "complete": lambda by: flows.complete_execution(**matter(), by=by, summary=TEXT),
        "confirm": lambda by: flows.confirm(**matter(), by=by),
        "object": lambda by: flows.object_to_result(**matter(), by=by, defects=TEXT),
    }


ITEM_CALLS = {
    "acknowledge": lambda pk, by: flows.acknowledge(item_id=pk, by=by),
    "start": lambda pk, by: flows.start(item_id=pk, by=by, first_step=TEXT),
    "report": lambda pk, by: flows.report(item_id=pk, by=by, percent=40, done=TEXT, **world.OUTLOOK),
    "submit_item": lambda pk, by: flows.submit_item(item_id=pk, by=by, result=TEXT, evidence_note=TEXT),
    "close_item": lambda pk, by: flows.close_item(item_id=pk, by=by),
    "send_back_item": lambda pk, by: flows.send_back(
        item_id=pk, by=by, defects=TEXT, due_on=date(2026, 9, 24)
    ),
    "cancel_item": lambda pk, by: flows.cancel_item(item_id=pk, by=by, reason=TEXT),
    "suspend_item": lambda pk, by: flows.suspend_item(
        item_id=pk, by=by, reason=TEXT, until=date(2026, 9, 25)
    ),
    "resume_item": lambda pk, by: flows.resume_item(item_id=pk, by=by),
}


class Walk(RuleBasedStateMachine):
    """One matter from its draft on; `cast` is set by the test."""

    cast = None
    acts = 0
    seen: set[str] = set()

    def __init__(self):
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.matter = world.drafted(self.cast, urgency="urgent")
        self.calls = calls(self.cast, self.matter.pk)
        self.model = Matter()

    def teardown(self):
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    @initialize(way=st.sampled_from(WAYS))
    def begin(self, way):
        self.go_along(way)

    def go_along(self, way):
        for name in way:
            if name == "answers":
                self.answer("supplies_liaison")
                self.answer("staffing_liaison")
            elif name in ITEM_RULES:
                self.on_one_item(name, 0, ITEM_RULES[name].who(self.model.items[0])[0])
            else:
                self.on_matter(name, RULES[name].who[0])

    def do(self, call, *, expected):
        """Call it as that person; whether it was done must be what the model says, and a refusal leaves nothing."""
        type(self).acts += 1
        before = Event.objects.count()
        refused = None
        try:
            with at_moment(NOW):
                call()
        except Refusal as refusal:
            refused = refusal
        done = refused is None
        assert done == expected, refused
        assert done or Event.objects.count() == before
        return done

    @rule(possible=MOSTLY_RIGHT, right=MOSTLY_RIGHT, data=st.data())
    def act(self, possible, right, data):
        names = [name for name in RULES if name not in ENDINGS]
        ready = [name for name in names if RULES[name].now(self.model)]
        name = data.draw(st.sampled_from(ready if possible and ready else names))
        self.on_matter(name, data.draw(st.sampled_from(RULES[name].may(self.model) if right else PEOPLE)))

    @precondition(lambda self: len(self.model.items) > 1 or self.model.stage in ("proposal", "returned"))
    @rule(name=st.sampled_from(["reject", "withdraw"]), seldom=st.integers(0, 5), data=st.data())
    def end(self, name, seldom, data):
        self.on_matter(name, data.draw(st.sampled_from(PEOPLE if seldom else RULES[name].may(self.model))))

    def on_matter(self, name, who):
        allowed = RULES[name]
        expected = who in allowed.may(self.model) and allowed.now(self.model)
        if self.do(lambda: self.calls[name](getattr(self.cast, who)), expected=expected):
            allowed.then(self.model, who)
            self.seen.add(name)

    @precondition(lambda self: self.model.stage in ("preparation", "decision"))
    @rule(who=st.sampled_from(("supplies_liaison", "staffing_liaison")))
    def answer(self, who):
        department = getattr(self.cast, who.split("_")[0])
        pk = self.matter.participants.get(department=department).pk
        by = getattr(self.cast, who)
        expected = not self.model.suspended
        if self.do(lambda: flows.give_opinion(participant_id=pk, by=by, opinion="agree"), expected=expected):
            self.model.opinions.add(who)

    @precondition(lambda self: self.model.items)
    @rule(
        name=st.sampled_from([*ITEM_RULES, "submit_item", "close_item", "close_item"]), right=MOSTLY_RIGHT,
        data=st.data(),
    )  # fmt: skip
    def on_item(self, name, right, data):
        index = data.draw(st.integers(0, len(self.model.items) - 1))
        item = self.model.items[index]
        who = ITEM_RULES[name].may(item, self.model.keeper) if right else PEOPLE
        self.on_one_item(name, index, data.draw(st.sampled_from(who)))

    def on_one_item(self, name, index, who):
        rows = ActionItem.objects.filter(matter=self.matter).order_by("pk").values_list("pk", flat=True)
        pk, item, allowed = rows[index], self.model.items[index], ITEM_RULES[name]
        own_work = name in ("close_item", "send_back_item") and who == item.by
        expected = (
            who in allowed.may(item, self.model.keeper) and item.state in allowed.source and not own_work
        )
        expected = expected and not self.model.suspended and item.suspended in allowed.on
        if self.do(lambda: ITEM_CALLS[name](pk, getattr(self.cast, who)), expected=expected):
            allowed.then(item, who)
            self.seen.add(name)

    @invariant()
    def the_house_stands_where_the_model_stands(self):
        matter = CoordinationRequest.objects.get(pk=self.matter.pk)
        items = list(ActionItem.objects.filter(matter=matter).order_by("pk"))
        assert (matter.stage, matter.is_suspended) == (self.model.stage, self.model.suspended)
        assert [(item.state, item.is_suspended) for item in items] == [
            (item.state, item.suspended) for item in self.model.items
        ]

    @invariant()
    def what_is_owed_follows_from_where_it_stands(self):
        running = Obligation.objects.filter(case_id=self.matter.pk, state__in=("open", "suspended"))
        kinds = list(running.values_list("kind", flat=True))
        assert kinds.count(Kind.ACCEPT) == (
            self.model.stage == "proposal"
            or (self.model.stage, self.model.returned_from) == ("returned", "proposal")
        )
        assert kinds.count(Kind.EXECUTE) == sum(item.state in OPEN for item in self.model.items)
        assert kinds.count(Kind.VERIFY) == sum(item.state == "submitted" for item in self.model.items)
        assert self.model.stage not in ENDED or not set(kinds) - {Kind.REVIEW_WINDOW}


@pytest.mark.django_db
def test_any_order_of_acts_by_anybody_does_what_the_plain_model_says(cast):
    of_this_cast = type("OfThisCast", (Walk,), {"cast": cast, "seen": set()})
    for way in WAYS:  # each once for certain, whatever is drawn below
        walk = of_this_cast()
        walk.go_along(way)
        walk.teardown()
    run_state_machine_as_test(
        of_this_cast,
        settings=settings(
            max_examples=RUNS, stateful_step_count=ACTS_IN_A_RUN, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate],
        ),
    )  # fmt: skip

    assert of_this_cast.acts >= 2000
    # No act of the model stays a word: each was done somewhere on the way.
    assert {*RULES, *ITEM_RULES} - of_this_cast.seen == set()
