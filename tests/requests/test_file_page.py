"""Form F1 on its page: it keeps what is typed, names every gap beside its field, and loses nothing."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from documents.models import File
from requests import flows
from requests.models import CoordinationRequest
from requests.states import Stage
from tests.requests import pages_world as world

NO_ROWS = {"attempts-TOTAL_FORMS": 0, "attempts-INITIAL_FORMS": 0}


@pytest.fixture
def clerk_client(monday, clerk):
    client = Client()
    client.force_login(clerk)
    return client


@pytest.fixture
def draft(monday, cast):
    return flows.start_draft(by=cast.clerk)


def filled(cast, **more):
    return {
        **world.FORM, **NO_ROWS, "urgency": "normal", "route": "office", "confidentiality": "internal",
        "wished_departments": [cast.supplies.pk, cast.planning.pk], "revision": 0, **more,
    }  # fmt: skip


def row(cast, number=0, **more):
    talk = {
        "department": cast.supplies.pk, "person_name": "库房值班员", "held_at": "2026-09-11 15:30", "means": "in_person",
        "our_goal": "领取劳保服3套", "answer": "refused", "reason": "专项资金仅用于公司员工。", **more,
    }  # fmt: skip
    return {f"attempts-{number}-{name}": value for name, value in talk.items()}


def send(client, draft, data):
    return client.post(f"/requests/{draft.pk}/form/", data)


def text(response):
    return response.content.decode()


def test_an_empty_draft_is_used_again(clerk_client, cast):
    first = clerk_client.post("/requests/new/")
    second = clerk_client.post("/requests/new/")

    assert first.url == second.url
    assert CoordinationRequest.objects.filter(filed_by=cast.clerk).count() == 1


def test_looking_at_the_address_writes_nothing(clerk_client, cast):
    assert clerk_client.get("/requests/new/").status_code == 200
    assert not CoordinationRequest.objects.exists()


def test_a_complete_form_gets_its_number(clerk_client, cast, draft):
    response = send(clerk_client, draft, filled(cast, go="submit"))

    assert response.status_code == 302
    draft.refresh_from_db()
    assert draft.stage == Stage.PROPOSAL
    assert draft.number == "协〔2026〕1号"


def test_every_gap_is_named_at_once_and_nothing_typed_is_lost(clerk_client, cast, draft):
    response = send(
        clerk_client,
        draft,
        filled(
            cast,
            go="submit",
            goal="请发衣服",
            wished_departments=[],
            wished_on="下个月",
            title="关于劳保服的协作需求",
        ),
    )

    page = text(response)
    assert response.status_code == 422
    for anchor in ("id_goal", "id_wished_departments_0", "id_wished_on"):
        assert f'href="#{anchor}"' in page
    assert "请发衣服" in page
    assert 'value="下个月"' in page
    draft.refresh_from_db()
    assert draft.stage == Stage.DRAFT
    assert draft.title == "关于劳保服的协作需求"


def test_a_refused_form_can_be_mended_and_sent_again(clerk_client, cast, draft):
    refused = send(clerk_client, draft, filled(cast, go="submit", goal=""))
    revision = CoordinationRequest.objects.get(pk=draft.pk).revision

    assert f'name="revision" value="{revision}"' in text(refused)
    assert send(clerk_client, draft, filled(cast, go="submit", revision=revision)).status_code == 302


def test_a_draft_may_be_incomplete(clerk_client, cast, draft):
    response = send(clerk_client, draft, {**NO_ROWS, "title": "关于劳保服", "revision": 0, "go": "draft"})

    assert response.status_code == 302
    draft.refresh_from_db()
    assert draft.title == "关于劳保服"


def test_it_saves_itself(clerk_client, cast, draft):
    response = clerk_client.post(
        f"/requests/{draft.pk}/autosave/", filled(cast), headers={"accept": "application/json"}
    )

    said = json.loads(text(response))
    draft.refresh_from_db()
    assert said == {"saved_at": "09:00", "fields": {"revision": "1"}}
    assert draft.goal == world.FORM["goal"]


def test_a_form_saved_in_another_window_is_not_overwritten(clerk_client, cast, draft):
    send(clerk_client, draft, filled(cast, go="draft", title="关于第一个窗口的协作需求"))

    response = send(clerk_client, draft, filled(cast, go="draft", title="关于第二个窗口的协作需求"))
    by_itself = clerk_client.post(
        f"/requests/{draft.pk}/autosave/", filled(cast), headers={"accept": "application/json"}
    )

    assert response.status_code == 409
    assert "关于第二个窗口的协作需求" in text(response)
    assert by_itself.status_code == 409
    draft.refresh_from_db()
    assert draft.title == "关于第一个窗口的协作需求"


def test_talks_are_kept_and_a_refusal_needs_its_reason(clerk_client, cast, draft):
    rows = {"attempts-TOTAL_FORMS": 2, **row(cast), **row(cast, 1, reason="")}

    refused = send(clerk_client, draft, {**filled(cast, go="submit"), **rows})

    assert refused.status_code == 422
    assert 'href="#id_attempts-1-reason"' in text(refused)
    assert draft.attempts.count() == 1
    draft.refresh_from_db()
    assert draft.stage == Stage.DRAFT


def test_a_row_is_added_and_struck_out_without_script(clerk_client, cast, draft):
    one = {"attempts-TOTAL_FORMS": 1, **row(cast)}

    added = send(clerk_client, draft, {**filled(cast, go="row"), **one})
    struck = send(
        clerk_client, draft, {**filled(cast, go="draft", revision=1), **one, "attempts-0-DELETE": "on"}
    )

    assert added.status_code == 200
    assert 'name="attempts-1-person_name"' in text(added)
    assert struck.status_code == 302
    assert draft.attempts.count() == 0


def test_papers_are_taken_in_and_taken_back(clerk_client, cast, draft):
    paper = SimpleUploadedFile("领用单.txt", "劳保服3套".encode(), "text/plain")

    send(clerk_client, draft, {**filled(cast, go="draft"), "papers": [paper]})
    kept = File.objects.get(case_id=draft.pk)
    download = clerk_client.get(f"/requests/{draft.pk}/files/{kept.pk}/")
    send(clerk_client, draft, filled(cast, go=f"drop:{kept.pk}", revision=1))

    assert b"".join(download.streaming_content) == "劳保服3套".encode()
    assert not File.objects.of_case(draft.pk).kept().exists()


def test_a_file_that_is_not_what_it_says_is_named_beside_the_field(clerk_client, cast, draft):
    paper = SimpleUploadedFile("图.png", b"<script>alert(1)</script>", "image/png")

    response = send(clerk_client, draft, {**filled(cast, go="draft"), "papers": [paper]})

    assert response.status_code == 422
    assert 'href="#id_papers"' in text(response)
    assert not File.objects.of_case(draft.pk).exists()


def test_a_file_of_a_foreign_matter_is_not_handed_out(clerk_client, cast, draft):
    paper = SimpleUploadedFile("领用单.txt", "劳保服3套".encode(), "text/plain")
    send(clerk_client, draft, {**filled(cast, go="draft"), "papers": [paper]})
    kept = File.objects.get(case_id=draft.pk)
    stranger = Client()
    stranger.force_login(cast.staffing_liaison)

    assert stranger.get(f"/requests/{draft.pk}/files/{kept.pk}/").status_code == 404


def test_a_returned_form_is_completed_on_the_same_page(clerk_client, cast):
    matter = world.filed(cast)
    flows.return_for_revision(matter_id=matter.pk, by=cast.officer, gaps=[("goal", "写清何时达到。")])
    matter.refresh_from_db()

    answer = {f"answer_{matter.gaps.get().pk}": "已写明时间和人数。"}
    given = filled(cast, go="submit", revision=matter.revision, **answer)

    page = text(clerk_client.get(f"/requests/{matter.pk}/form/"))
    unchanged = send(clerk_client, matter, given)
    response = send(clerk_client, matter, {**given, "goal": "9月24日前三人都穿上同款劳保服。"})

    assert "写清何时达到。" in page
    assert unchanged.status_code == 422
    assert response.status_code == 302
    matter.refresh_from_db()
    assert matter.stage == Stage.PROPOSAL


def test_each_gap_is_answered_beside_it_and_what_was_written_is_kept(clerk_client, cast):
    """Q3: the page names all gaps without an answer at once, and loses nothing."""
    matter = world.filed(cast)
    gaps = [("goal", "写清何时达到。"), ("material", "附领用单。")]
    flows.return_for_revision(matter_id=matter.pk, by=cast.officer, gaps=gaps)
    matter.refresh_from_db()
    first, second = matter.gaps.all()
    given = filled(cast, go="submit", goal="9月24日前三人穿上同款劳保服。", revision=matter.revision)

    both = text(send(clerk_client, matter, given))
    one = send(
        clerk_client, matter, {**given, "revision": matter.revision + 1, f"answer_{first.pk}": "已写明。"}
    )

    assert all(f'href="#id_answer_{gap.pk}"' in both for gap in (first, second))
    assert one.status_code == 422
    assert f'href="#id_answer_{first.pk}"' not in text(one)
    first.refresh_from_db()
    assert first.answer == "已写明。"
    assert "已写明。" in text(clerk_client.get(f"/requests/{matter.pk}/form/"))


def test_the_officer_sees_each_gap_beside_its_answer(cast, monday):
    matter = world.filed(cast)
    flows.return_for_revision(matter_id=matter.pk, by=cast.officer, gaps=[("goal", "写清何时达到。")])
    flows.save_draft(matter_id=matter.pk, by=cast.clerk, fields={"goal": "9月24日前三人穿上同款劳保服。"})
    flows.resubmit(matter_id=matter.pk, by=cast.clerk, answers={matter.gaps.get().pk: "已写明时间和人数。"})
    officer = Client()
    officer.force_login(cast.officer)

    page = text(officer.get(f"/requests/{matter.pk}/"))
    shown = officer.get(f"/api/v1/matters/{matter.pk}/").json()["gaps"]

    assert "已写明时间和人数。" in page[page.index('id="h-answers"') :]
    assert [(row["text"], row["answer"]) for row in shown] == [("写清何时达到。", "已写明时间和人数。")]


def test_a_form_that_was_handed_in_is_closed(clerk_client, cast):
    matter = world.filed(cast)

    response = send(clerk_client, matter, filled(cast, go="draft", title="换一个标题"))

    assert response.status_code == 302
    matter.refresh_from_db()
    assert matter.title == world.FORM["title"]


def test_a_discarded_draft_is_gone_from_the_list(clerk_client, cast, draft):
    clerk_client.post(f"/requests/{draft.pk}/discard/")

    draft.refresh_from_db()
    assert draft.stage == Stage.WITHDRAWN
    assert f"/requests/{draft.pk}/" not in text(clerk_client.get("/requests/"))


def test_earlier_matters_with_a_like_title_are_shown(clerk_client, cast, draft):
    earlier = world.filed(cast)

    part = clerk_client.get(
        f"/requests/{draft.pk}/similar/",
        {"title": "关于焊工劳保服的协作需求"},
        headers={"hx-request": "true"},
    )

    assert f"/requests/{earlier.pk}/" in text(part)
    assert "<html" not in text(part)


def test_the_form_offers_every_level_and_says_who_reads_the_highest(clerk_client, cast, draft):
    page = text(clerk_client.get(f"/requests/{draft.pk}/form/"))
    response = send(clerk_client, draft, filled(cast, confidentiality="confidential", go="submit"))

    assert 'value="confidential"' in page
    assert response.status_code == 302
    draft.refresh_from_db()
    assert (bool(draft.number), draft.confidentiality) == (True, "confidential")
