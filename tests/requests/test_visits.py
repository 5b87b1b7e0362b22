"""R046: coordination on the spot is recorded with place, people, findings, result and photos, also afterwards from a phone."""

from datetime import date

import pytest
import time_machine
from django.core.files.base import ContentFile

from archive.contents import visits as of_dossier
from audit.acting import at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from documents.models import File
from requests import flows
from requests.models import SiteVisit
from tests.documents.uploads import PDF, PNG
from tests.requests import world

TUESDAY = world.moment(8, 10)
VISIT = {
    "visited_on": TUESDAY.date(), "place": "三号库房", "people": "物资部 林佳、检修部 周立群",
    "findings": "同款劳保服在库12套。", "result": "先借3套，到货后归还。",
}  # fmt: skip


def photo(name="库房.png", body=PNG):
    return ContentFile(body, name=name)


def record(cast, matter, *, by=None, **changes) -> SiteVisit:
    with at_moment(TUESDAY):
        return flows.record_visit(matter_id=matter.pk, by=by or cast.supplies_liaison, **{**VISIT, **changes})


def test_a_visit_stands_in_the_history_with_its_photos_and_is_told_to_the_others(cast):
    matter = world.prepared(cast)

    visit = record(cast, matter, photos=[photo(), photo("货架.png")])

    assert File.objects.of_case(matter.pk).filter(subject_type="site_visit", subject_id=visit.pk).count() == 2
    line = TransitionLog.objects.of_case(matter.pk).get(verb="record_visit")
    assert (line.sentence, line.reason) == ("%(actor)s recorded the site visit of %(day)s.", VISIT["result"])
    assert world.told(cast.repair_liaison, "site visit")


def test_a_visit_of_an_earlier_day_is_marked_as_entered_later(client, cast):
    matter = world.prepared(cast)
    record(cast, matter, visited_on=date(2026, 9, 7))
    client.force_login(cast.officer)

    with time_machine.travel(TUESDAY, tick=False):
        page = client.get(f"/requests/{matter.pk}/?tab=visits").content.decode()

    assert SiteVisit.objects.get().is_late
    assert "补录" in page
    assert TransitionLog.objects.get(verb="record_visit").sentence.endswith("afterwards.")


def test_every_gap_is_named_and_a_day_ahead_is_refused(cast):
    matter = world.prepared(cast)

    with pytest.raises(Invalid) as refused:
        record(cast, matter, place=" ", findings="", visited_on=date(2026, 9, 9))

    assert set(refused.value.fields) == {"place", "findings", "visited_on"}
    assert not SiteVisit.objects.exists()


def test_what_is_no_photo_keeps_the_whole_record_out(cast):
    matter = world.prepared(cast)

    with pytest.raises(Invalid) as refused:
        record(cast, matter, photos=[photo(), photo("记录.pdf", PDF)])

    assert list(refused.value.fields) == ["photos"]
    assert not SiteVisit.objects.exists()
    assert not File.objects.of_case(matter.pk).exists()


def test_sent_twice_over_a_bad_line_it_stands_once(cast):
    matter = world.prepared(cast)
    visit = record(cast, matter)

    with pytest.raises(NotReady):
        record(cast, matter)
    with at_moment(TUESDAY):
        flows.add_visit_photos(visit_id=visit.pk, by=cast.supplies_liaison, photos=[photo()])

    assert SiteVisit.objects.count() == 1
    assert File.objects.of_case(matter.pk).count() == 1


def test_photos_that_a_phone_calls_the_same_stand_beside_each_other(client, cast):
    matter = world.prepared(cast)
    visit = record(cast, matter, photos=[photo("image.png") for _count in range(2)])
    with at_moment(TUESDAY):
        flows.add_visit_photos(visit_id=visit.pk, by=cast.supplies_liaison, photos=[photo("image.png")])
    client.force_login(cast.officer)

    with time_machine.travel(TUESDAY, tick=False):
        page = client.get(f"/requests/{matter.pk}/?tab=visits").content.decode()

    names = File.objects.of("site_visit", visit.pk).newest_versions().values_list("name", flat=True)
    assert set(names) == {"image.png", "image (2).png", "image (3).png"}
    assert page.count("<img src=") == 3


def test_whoever_recorded_the_visit_takes_a_wrong_photo_back(client, cast):
    matter = world.prepared(cast)
    visit = record(cast, matter, photos=[photo(), photo("自拍.png")])
    wrong = File.objects.of("site_visit", visit.pk).get(name="自拍.png")
    client.force_login(cast.supplies_liaison)

    with time_machine.travel(TUESDAY, tick=False):
        sent = client.post(f"/requests/{matter.pk}/files/{wrong.pk}/remove/")

    assert sent.url == f"/requests/{matter.pk}/?tab=visits"
    assert [file.name for file in File.objects.of("site_visit", visit.pk).kept()] == ["库房.png"]


def test_of_a_visit_that_was_taken_back_the_photos_stay(cast):
    visit = record(cast, world.prepared(cast), photos=[photo()])
    file = File.objects.of("site_visit", visit.pk).get()
    flows.withdraw_visit(visit_id=visit.pk, by=cast.supplies_liaison, reason="地点写错。")

    with pytest.raises(NotReady):
        flows.remove_paper(file_id=file.pk, by=cast.supplies_liaison)

    assert File.objects.kept().filter(pk=file.pk).exists()


@pytest.mark.parametrize("who", ["planning_head", "auditor", "supplies_clerk"])
def test_whoever_does_not_take_part_records_none(cast, who):
    matter = world.prepared(cast)

    with pytest.raises(NotYours):
        record(cast, matter, by=getattr(cast, who))

    assert not SiteVisit.objects.exists()


def test_taken_back_it_stays_with_its_reason_and_goes_into_the_dossier(cast):
    matter = world.prepared(cast)
    visit = record(cast, matter)
    with pytest.raises(NotYours):
        flows.withdraw_visit(visit_id=visit.pk, by=cast.staffing_liaison, reason="不实。")

    flows.withdraw_visit(visit_id=visit.pk, by=cast.supplies_liaison, reason="地点写错。")

    assert not SiteVisit.objects.standing().exists()
    [row] = next(of_dossier(matter)).snapshot
    assert (row["place"], row["withdrawn_why"]) == ("三号库房", "地点写错。")


def test_from_a_phone_the_form_takes_photos_with_the_record(client, cast):
    matter = world.prepared(cast)
    client.force_login(cast.supplies_liaison)

    with time_machine.travel(TUESDAY, tick=False):
        form = client.get(f"/requests/{matter.pk}/visits/new/").content.decode()
        sent = client.post(f"/requests/{matter.pk}/visits/new/", {**VISIT, "photos": [photo()]})

    assert 'accept="image/*"' in form
    assert sent.url == f"/requests/{matter.pk}/?tab=visits"
    assert File.objects.of_case(matter.pk).get().subject_id == SiteVisit.objects.get().pk
