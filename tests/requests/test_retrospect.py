"""R107, R108, form F19: the review is written in the feedback, issued for good; its improvements outlive the matter."""

from datetime import date

import pytest

from archive.contents import entries
from archive.readiness import missing
from archive.states import EntryKind
from audit.acting import SYSTEM, as_actor, at_moment
from audit.refusals import Invalid, NotReady, NotYours
from documents.models import NumberSeries
from requests import flows
from requests.models import ActionItem, CoordinationRequest, Improvement, Review
from requests.retrospect_states import Dimension, ImprovementState, ReviewState
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import world

TEXTS = {
    "comparison": "目标：开工前穿上同款劳保服；结果：9月24日全部到位。",
    "went_well": "先借后还，没有误工。",
    "fell_short": "职责不清，三次移交。",
    "root_causes": "外包合同没有写明配置清单。",
}
GRADES = dict.fromkeys(Dimension, "good")


@pytest.fixture
def matter(cast):
    """In feedback since 2026-09-24."""
    return world.in_feedback(cast)


@pytest.fixture(autouse=True)
def friday():
    with at_moment(world.moment(25)):
        yield


def row(cast, **changes):
    return {
        "text": "合同范本写明配置清单", "kind": "contract", "owner": cast.supplies_clerk, "due_on": date(2026, 10, 15),
        **changes,
    }  # fmt: skip


def written(cast, matter, *, by=None, rows=None, **changes):
    return flows.write_review(
        matter_id=matter.pk, by=by or cast.officer, people=[cast.clerk, cast.supplies_head],
        fields={**TEXTS, "chair": cast.office_head, "grades": GRADES, **changes},
        improvements=[row(cast)] if rows is None else rows,
    )  # fmt: skip


def issued(cast, matter, **changes):
    written(cast, matter, **changes)
    return flows.issue_review(matter_id=matter.pk, by=cast.office_head)


def owed(improvement):
    return Obligation.objects.open().of(Improvement.SUBJECT, improvement.pk)


# --- who owes it ---


def confirm(cast, matter):
    flows.confirm(matter_id=matter.pk, by=cast.clerk, feedback="已解决")


def test_the_officer_owes_the_review_of_a_major_matter_and_the_seal_waits_for_it(cast):
    matter = world.in_feedback(cast)
    with as_actor(SYSTEM):
        CoordinationRequest.objects.update(category="project")
    confirm(cast, matter)

    assert world.owed(matter, Kind.REVIEW).holder == matter.keeper
    assert any("Review after the end" in line or "复盘" in line for line in missing(matter))

    issued(cast, matter)

    assert world.owed(matter, Kind.REVIEW) is None


def test_a_plain_matter_needs_no_review_and_may_have_one(cast, matter):
    confirm(cast, matter)

    assert world.owed(matter, Kind.REVIEW) is None
    assert issued(cast, matter).state == ReviewState.ISSUED


# --- the draft ---


def test_a_draft_is_kept_unfinished_and_its_rows_are_replaced(cast, matter):
    written(cast, matter, comparison="", rows=[row(cast), row(cast, text="培训班组")])
    review = written(cast, matter, by=cast.supplies_head, rows=[row(cast, text="补签合同")])

    assert review.state == ReviewState.DRAFT
    assert [one.text for one in review.improvements.all()] == ["补签合同"]
    assert not Obligation.objects.filter(kind=Kind.IMPROVE).exists()


@pytest.mark.parametrize("who", ["clerk", "staffing_head", "auditor", "planning_head"])
def test_only_the_office_and_the_lead_department_write_it(cast, matter, who):
    with pytest.raises(NotYours):
        written(cast, matter, by=getattr(cast, who))

    assert not Review.objects.exists()


def test_a_matter_that_is_still_carried_out_has_no_review(cast):
    with pytest.raises(NotReady):
        written(cast, world.executing(cast))

    assert not Review.objects.exists()


def test_a_row_without_its_parts_or_with_a_past_day_is_refused_and_the_draft_stays(cast, matter):
    written(cast, matter)

    for changes, field in (
        ({"text": ""}, "text"),
        ({"due_on": date(2026, 9, 25)}, "due_on"),
        ({"owner": None}, "owner"),
    ):
        with pytest.raises(Invalid) as refusal:
            written(cast, matter, rows=[row(cast, **changes)])
        assert set(refusal.value.fields) == {f"improvements-0-{field}"}

    assert Improvement.objects.get().text == "合同范本写明配置清单"


# --- the issue ---


def test_everything_that_is_missing_is_named_at_once_and_no_number_is_taken(cast, matter):
    flows.write_review(matter_id=matter.pk, by=cast.officer, fields={"is_transferable": True})

    with pytest.raises(Invalid) as refusal:
        flows.issue_review(matter_id=matter.pk, by=cast.officer)

    grades = {f"grade_{of}" for of in Dimension}
    assert set(refusal.value.fields) == {
        *TEXTS,
        *grades,
        "chair",
        "people",
        "no_improvement_reason",
        "experience",
    }
    assert not NumberSeries.objects.filter(code="复").exists()
    assert Review.objects.get().state == ReviewState.DRAFT


def test_the_issue_gives_number_and_figures_and_each_improvement_is_owed(cast, matter):
    review = issued(cast, matter)

    assert review.number == "复〔2026〕1号"
    assert (review.facts["items"], review.facts["late_items"], review.facts["departments"]) == (1, 0, 2)
    duty = owed(review.improvements.get()).get()
    assert (duty.kind, duty.holder, duty.ladder, duty.case_id) == (
        Kind.IMPROVE,
        cast.supplies_clerk,
        True,
        None,
    )
    assert cast.clerk.notices.filter(number=review.number).exists()


def test_f19_a_grade_is_of_the_six_dimensions_and_the_four_words(cast, matter):
    with pytest.raises(Invalid) as refusal:
        written(cast, matter, grades={"goal": "splendid", "weather": "good"})

    assert set(refusal.value.fields) == {"grade_goal", "grade_weather"}
    assert not Review.objects.exists()


def test_f19_risks_changes_and_late_work_within_its_extension_are_counted(cast, matter):
    item = matter.items.get()
    with as_actor(SYSTEM):
        ActionItem.objects.filter(pk=item.pk).update(is_on_time=False)
        granted = {
            "asked_at": world.moment(14),
            "from_due_at": world.moment(15),
            "working_days": 3,
            "state": "approved",
        }
        item.extensions.create(
            asked_by=cast.supplies_clerk, wished_on=date(2026, 9, 24), approver="head", **granted
        )

    facts = issued(cast, matter).facts

    assert (facts["late_items"], facts["extended_items"]) == (1, 1)
    assert (facts["changes"], facts["risks"], facts["risks_occurred"]) == (0, 0, 0)


def test_the_lead_department_writes_but_does_not_issue(cast, matter):
    written(cast, matter, by=cast.supplies_head)

    with pytest.raises(NotYours):
        flows.issue_review(matter_id=matter.pk, by=cast.supplies_head)

    assert Review.objects.get().state == ReviewState.DRAFT


def test_an_issued_review_never_changes(cast, matter):
    review = issued(cast, matter)

    for act in (
        lambda: written(cast, matter, went_well="都好"),
        lambda: flows.issue_review(matter_id=matter.pk, by=cast.officer),
    ):
        with pytest.raises(NotReady):
            act()

    assert Review.objects.get().went_well == review.went_well
    assert Improvement.objects.count() == 1


def test_whoever_still_writes_when_it_is_issued_is_told(client, cast, matter):
    review = issued(cast, matter)
    client.force_login(cast.officer)

    response = client.post(f"/requests/{matter.pk}/retrospect/", {"went_well": "都好", "issue": "1"})

    assert response.status_code == 422
    assert "已印发" in response.content.decode()
    assert Review.objects.get().went_well == review.went_well


def test_a_draft_is_read_by_the_office_and_the_lead_department_an_issued_one_by_all_who_see_the_matter(
    cast, matter
):
    written(cast, matter)
    assert not Review.objects.visible_to(cast.clerk).exists()
    assert Review.objects.visible_to(cast.supplies_head).exists()

    flows.issue_review(matter_id=matter.pk, by=cast.officer)

    assert Review.objects.visible_to(cast.clerk).exists()
    assert not Review.objects.visible_to(cast.planning_head).exists()


# --- the improvements ---


def reported(cast, improvement, *, by=None):
    return flows.report_improvement(
        improvement_id=improvement.pk, by=by or cast.supplies_clerk, evidence="范本已印发，见合同库。"
    )


def test_an_improvement_is_reported_with_evidence_and_confirmed_by_the_office(cast, matter):
    improvement = reported(cast, issued(cast, matter).improvements.get())
    assert [duty.kind for duty in owed(improvement)] == [Kind.VERIFY]

    improvement = flows.confirm_improvement(improvement_id=improvement.pk, by=cast.officer)

    assert (improvement.state, improvement.checked_by) == (ImprovementState.DONE, cast.officer)
    assert not owed(improvement).exists()


def test_without_evidence_nothing_is_reported(cast, matter):
    improvement = issued(cast, matter).improvements.get()

    with pytest.raises(Invalid) as refusal:
        flows.report_improvement(improvement_id=improvement.pk, by=cast.supplies_clerk, evidence=" ")

    assert set(refusal.value.fields) == {"evidence"}
    assert [duty.kind for duty in owed(improvement)] == [Kind.IMPROVE]


def test_what_is_sent_back_is_owed_again_by_the_same_day(cast, matter):
    improvement = reported(cast, issued(cast, matter).improvements.get())

    flows.send_back_improvement(improvement_id=improvement.pk, by=cast.officer, reason="范本未见配置清单。")

    duty = owed(improvement).get()
    assert (duty.kind, duty.due_at) == (Kind.IMPROVE, world.moment(15, 17, 30, month=10))
    told = cast.supplies_clerk.notices.get(dedupe_key__contains=f"improvement:{improvement.pk}:back")
    assert "范本" not in str(told.params)
    improvement.refresh_from_db()
    assert (improvement.returned_reason, improvement.returned_by) == ("范本未见配置清单。", cast.officer)


@pytest.mark.parametrize("who", ["supplies_clerk", "supplies_head", "clerk", "auditor"])
def test_only_the_office_confirms(cast, matter, who):
    improvement = reported(cast, issued(cast, matter).improvements.get())

    with pytest.raises(NotYours):
        flows.confirm_improvement(improvement_id=improvement.pk, by=getattr(cast, who))

    improvement.refresh_from_db()
    assert improvement.state == ImprovementState.REPORTED


@pytest.mark.parametrize("who", ["clerk", "staffing_head", "officer"])
def test_only_its_owner_and_the_owners_department_report_it(cast, matter, who):
    improvement = issued(cast, matter).improvements.get()

    with pytest.raises(NotYours):
        reported(cast, improvement, by=getattr(cast, who))

    assert [duty.kind for duty in owed(improvement)] == [Kind.IMPROVE]


def test_an_open_improvement_does_not_keep_the_matter_from_the_archive_and_lies_in_its_dossier(cast, matter):
    confirm(cast, matter)
    review = issued(cast, matter)

    assert not any(review.number in line for line in missing(CoordinationRequest.objects.get()))
    (entry,) = [one for one in entries(matter) if one.kind == EntryKind.RETROSPECT]
    assert entry.number == review.number
    assert entry.snapshot["improvements"][0]["text"] == "合同范本写明配置清单"
