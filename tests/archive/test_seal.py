"""The seal: refused while anything is open, by whom it may be done, what lies in the dossier."""

import json

import pytest

from archive.contents import entries, minutes
from archive.models import ArchiveCounter, Dossier
from archive.states import EntryKind
from audit.acting import SYSTEM, as_actor, at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from documents.models import File
from organization.models import Post
from requests import flows as matters
from requests.flows import act_on_lapses
from requests.models import CoordinationRequest
from requests.states import Stage
from supervision.models import Obligation
from tests.archive import world
from tests.cast import SINCE
from tests.meetings import world as meetings
from tests.requests.letters_world import SHEET


def draft_sheet(cast, matter, **changes):
    return matters.draft_letter(
        matter_id=matter.pk, by=cast.repair_liaison, addressees=[cast.supplies], **{**SHEET, **changes}
    )


def send_sheet(cast, matter, **changes):
    letter = draft_sheet(cast, matter, **changes)
    matters.sign_letter(letter_id=letter.pk, by=cast.repair_head)
    return matters.send_letter(letter_id=letter.pk, by=cast.repair_liaison)


@pytest.fixture(autouse=True)
def monday_after():
    with at_moment(world.moment(28)):
        yield


def test_the_dossier_holds_everything_in_the_order_of_the_matters_life(cast):
    dossier = world.sealed(cast)

    assert [entry.kind for entry in dossier.entries.all()] == [
        EntryKind.FORM, EntryKind.ATTEMPTS, EntryKind.CHECKS, EntryKind.FILE, EntryKind.OPINIONS, EntryKind.DISPUTE,
        EntryKind.RESOLUTION, EntryKind.ITEM, EntryKind.FEEDBACK, EntryKind.SURVEY, EntryKind.TIMELINE,
    ]  # fmt: skip
    assert (dossier.item_count, dossier.file_count) == (11, 1)
    assert all(len(entry.sha256) == 64 for entry in dossier.entries.all())


def test_a_confidential_outside_paper_is_no_word_in_the_catalogue_to_whoever_may_not_read_it(cast, client):
    matter = world.ended(cast)
    for by, level in ((cast.office_head, "confidential"), (cast.officer, "internal")):
        matters.register_paper(
            by=by,
            direction="in",
            unit="市应急管理局",
            title="来函",
            confidentiality=level,
            matter_id=matter.pk,
        )
    dossier = world.seal(cast, matter)
    shown = {}
    for person in (cast.clerk, cast.office_head):
        client.force_login(person)
        page = client.get(f"/archive/{dossier.pk}/")
        row = client.get("/archive/").context["page"].object_list[0]
        shown[person.pk] = (
            [entry.order for entry in page.context["entries"]], page.context["dossier"].shown_count, row.shown_count
        )  # fmt: skip

    told = TransitionLog.objects.get(verb="seal").params["count"]
    assert shown[cast.clerk.pk] == (list(range(1, 13)), 12, 12)
    assert shown[cast.office_head.pk] == (list(range(1, 14)), 13, 13)
    assert (dossier.item_count, told) == (13, 12)


def test_what_held_an_item_up_and_who_wished_to_be_released_lies_with_the_item(cast):
    matter = world.executing(cast)
    item = matter.items.get()
    with at_moment(world.moment(16)):
        matters.record_obstacle(
            item_id=item.pk,
            by=cast.supplies_clerk,
            step="预算审批",
            department=cast.staffing,
            text="科目没有确定。",
        )
        matters.ask_release(
            item_id=item.pk, by=cast.supplies_head, basis="职责清单第4条。", right_owner=cast.staffing
        )

    (entry,) = [one for one in entries(matter) if one.kind == EntryKind.ITEM]

    assert [row["step"] for row in entry.snapshot["obstacles"]] == ["预算审批"]
    assert [row["right_owner_name"] for row in entry.snapshot["releases"]] == ["人力资源部"]


def test_signed_letters_lie_in_the_dossier_with_receipts_and_answers_and_drafts_do_not(cast):
    matter = world.executing(cast)
    with at_moment(world.moment(16)):
        letter = send_sheet(cast, matter, title="请提供3套劳保服")
        draft_sheet(cast, matter, title="没有签发的草稿")

    (entry,) = [one for one in entries(matter) if one.kind == EntryKind.LETTER]

    assert (entry.title, entry.number) == (letter.title, letter.number)
    assert [row["department_name"] for row in entry.snapshot["addressees"]] == ["物资部"]
    assert entry.snapshot["asks"][0]["text"] == "发放同款劳保服3套"


def test_messages_on_record_lie_in_the_dossier_and_comments_do_not(cast):
    matter = world.executing(cast)
    with at_moment(world.moment(16)):
        matters.keep_message(
            matter_id=matter.pk, by=cast.clerk, channel="wecom", said_by="物资部 林佳", said_at=world.moment(15), text="周三到货。",
        )  # fmt: skip
        matters.comment(matter_id=matter.pk, by=cast.clerk, text="随口一说。")

    kept = entries(matter)

    (entry,) = [one for one in kept if one.kind == EntryKind.MESSAGES]
    assert [row["text"] for row in entry.snapshot] == ["周三到货。"]
    assert "随口一说" not in str([one.snapshot for one in kept])


def test_the_catalogue_does_not_tell_the_title_of_a_restricted_letter(cast):
    matter = world.executing(cast)
    with at_moment(world.moment(16)):
        send_sheet(cast, matter, title="涉及薪酬的劳保服", confidentiality="restricted")

    (entry,) = [one for one in entries(matter) if one.kind == EntryKind.LETTER]

    assert "薪酬" not in entry.title
    assert entry.snapshot["title"] == "涉及薪酬的劳保服"


def test_the_matter_is_archived_under_its_number_and_nobody_owes_anything(cast):
    dossier = world.sealed(cast)

    assert dossier.archive_no == "L001-WS·2026-D30-XTB-0001"
    assert CoordinationRequest.objects.get().stage == Stage.ARCHIVED
    assert world.owed(dossier.matter) == []
    assert File.objects.get().sealed_at is not None


def test_the_records_administrator_owes_the_seal_once_the_applicant_has_confirmed(cast):
    assert world.owed(world.ended(cast)) == ["archive"]


def test_everything_that_is_open_is_named_at_once(cast):
    matter = world.executing(cast)

    with pytest.raises(NotReady) as refusal:
        world.seal(cast, matter)

    told = " ".join(map(str, refusal.value.fields["missing"]))
    assert "督〔2026〕1号" in told
    assert "Execution" in told
    assert "First substantive reply" in told
    assert not Dossier.objects.exists()
    assert CoordinationRequest.objects.get().stage == Stage.EXECUTION


def test_an_open_dispute_is_named(cast):
    matter = world.disputes.to_be_ruled(cast).matter

    with pytest.raises(NotReady) as refusal:
        world.seal(cast, matter)

    told = " ".join(map(str, refusal.value.fields["missing"]))
    assert "Dispute 争〔2026〕1号 is still open." in told
    assert "争〔2026〕1号 still blocks the matter." in told


def test_feedback_that_is_missing_is_named(cast):
    with pytest.raises(NotReady, match="neither confirmed"):
        world.seal(cast, world.in_feedback(cast))

    assert not ArchiveCounter.objects.exists()


def test_while_a_survey_may_still_come_in_it_is_not_sealed_without_a_reason(cast):
    """R105"""
    matter = world.confirmed(cast)

    with pytest.raises(Invalid) as refusal:
        world.seal(cast, matter)

    assert list(refusal.value.fields) == ["feedback_reason"]
    assert not Dossier.objects.exists()
    assert "survey" in world.owed(matter)


def test_with_a_reason_it_is_sealed_before_the_surveys_are_in_and_the_reason_stays(cast):
    """R105"""
    matter = world.confirmed(cast)

    world.seal(cast, matter, feedback_reason="年终关档，各部门已口头反馈。")

    line = TransitionLog.objects.of("matter", matter.pk).get(verb="seal_without_feedback")
    assert line.reason == "年终关档，各部门已口头反馈。"
    assert world.owed(matter) == []


def test_a_survey_that_has_lapsed_keeps_nothing_open(cast):
    """R105: not beyond its limit."""
    matter = world.confirmed(cast)
    with as_actor(SYSTEM):
        Obligation.objects.of("matter", matter.pk).filter(kind="survey").update(lapsed_at=world.moment(30))
    act_on_lapses(world.moment(30))

    assert world.seal(cast, matter).archive_no


@pytest.mark.parametrize("person", ["officer", "office_head", "clerk", "auditor", "system_admin", "chair"])
def test_only_the_records_administrator_seals(cast, person):
    matter = world.ended(cast)

    with pytest.raises(NotYours):
        world.seal(cast, matter, by=getattr(cast, person))

    assert not Dossier.objects.exists()


def test_who_kept_the_case_does_not_seal_it(cast):
    matter = world.ended(cast)
    with as_actor(SYSTEM):
        Post.objects.create(user=cast.officer, department=cast.office, kind="records", since=SINCE)
    vars(cast.officer).pop("authority", None)

    with pytest.raises(NotYours):
        world.seal(cast, matter, by=cast.officer)

    assert not Dossier.objects.exists()


def test_a_category_is_chosen(cast):
    with pytest.raises(Invalid):
        world.seal(cast, world.ended(cast), category="")

    assert not Dossier.objects.exists()


def sealed_and_then_failed(cast, matter):
    with as_actor(SYSTEM):
        world.seal(cast, matter)
        raise ZeroDivisionError


def test_a_seal_that_fails_gives_its_number_back(cast):
    matter = world.ended(cast)
    with pytest.raises(ZeroDivisionError):
        sealed_and_then_failed(cast, matter)

    assert world.seal(cast, matter).archive_no.endswith("-0001")


def test_a_meeting_that_is_still_to_come_keeps_the_matter_open(cast):
    matter = world.executing(cast)
    world.meeting_on(cast, matter)

    with pytest.raises(NotReady) as refusal:
        world.seal(cast, matter)

    assert any("The minutes of" in str(sentence) for sentence in refusal.value.fields["missing"])
    assert not Dossier.objects.exists()


def test_minutes_lie_in_the_dossier_without_the_confidential_topics_of_other_matters(cast):
    one, other = meetings.ready_matter(cast), meetings.ready_matter(cast, title="供应商报价比选")
    topics = [
        {"text": f"{matter.title}：{question.text}", "matter": matter, "question": question}
        for matter in (one, other)
        for question in matter.questions.all()
    ]
    meetings.published(cast, items=topics)
    with as_actor(SYSTEM):
        CoordinationRequest.objects.filter(pk=other.pk).update(confidentiality="confidential")

    told = {
        matter.pk: json.dumps([entry.snapshot for entry in minutes(matter)], ensure_ascii=False)
        for matter in (one, other)
    }

    assert other.title not in told[one.pk]
    assert one.title in told[one.pk]
    assert other.title in told[other.pk]
