"""R096: one line of time for decisions, minutes, changes and solutions of a matter, to be filtered and taken away."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from audit.acting import at_moment
from audit.models import Reading
from requests import flows, process_record
from requests.change_states import IMPACTS
from tests.kept import kept
from tests.meetings import world as meetings_world
from tests.requests import world


@kept
def busy(cast):
    """Decided on 09-11, on 09-14 a change is asked for and a measure recorded."""
    matter = world.issued(cast).matter
    with at_moment(world.moment(14)):
        flows.ask_change(
            matter_id=matter.pk, by=cast.clerk, object="goal", value="9月24日前4名管焊工穿上同款劳保服。", cause="internal",
            cause_text="新到一名外包焊工。", impacts=dict.fromkeys(IMPACTS, "无影响"),
        )  # fmt: skip
    with at_moment(world.moment(14, 10)):
        flows.record_measure(
            matter_id=matter.pk, by=cast.officer, definitive="采购三套。", interim="先借三套。", department=cast.repair,
            ends_on=date(2026, 9, 22), return_duty="到货后归还。",
        )  # fmt: skip
    return matter


def kinds(matter):
    return [line.kind for line in process_record.lines_of(matter)]


def test_decisions_changes_and_solutions_stand_in_one_line_in_the_order_of_time(cast):
    matter = busy(cast)

    told = [kind for kind in kinds(matter) if kind != "other"]

    assert told == ["decision", "decision", "change", "solution"]  # accepted, decided, asked for, recorded
    moments = list(process_record.lines_of(matter).values_list("at", flat=True))
    assert moments == sorted(moments)


def test_the_minutes_of_its_meeting_stand_there_too(cast):
    matter = meetings_world.published(cast).meeting.items.exclude(matter=None).first().matter

    assert "minutes" in kinds(matter)
    assert [line.verb for line in process_record.lines_of(matter, "minutes")][-1] == "publish"


def test_the_page_shows_one_kind_on_request(client, cast):
    matter = busy(cast)
    client.force_login(cast.clerk)

    with at_moment(world.moment(14, 11)):
        response = client.get(f"/requests/{matter.pk}/?tab=story&kind=change")

    assert [line.verb for line in response.context["story"]] == ["ask_change"]


def test_it_is_taken_away_as_a_table_whole_and_in_words_and_that_is_kept(client, cast):
    matter = busy(cast)
    client.force_login(cast.clerk)

    with at_moment(world.moment(14, 11)):
        response = client.get(f"/requests/{matter.pk}/record.xlsx")

    rows = list(load_workbook(BytesIO(b"".join(response.streaming_content))).active.values)
    assert len(rows) == 1 + process_record.lines_of(matter).count()
    assert rows[0][:3] == ("时间", "类别", "经过")
    assert "变更" in {row[1] for row in rows}
    assert Reading.objects.filter(what="export", filters__matter=str(matter.pk)).count() == 1


def test_a_confidential_matter_is_not_taken_away(client, cast):
    matter = world.filed(cast, confidentiality="confidential")
    client.force_login(cast.clerk)

    with at_moment(world.moment(7, 15)):
        response = client.get(f"/requests/{matter.pk}/record.xlsx")

    assert response.status_code == 422
    assert not Reading.objects.filter(what="export").exists()


@pytest.mark.parametrize(("query", "number"), [("", 4), ("?kind=solution", 1), ("?kind=nonsense", 4)])
def test_the_api_lists_the_same(client, cast, query, number):
    matter = busy(cast)
    client.force_login(cast.officer)

    with at_moment(world.moment(14, 11)):
        found = client.get(f"/api/v1/matters/{matter.pk}/record/{query}").json()["results"]

    assert sum(line["kind"] != "other" for line in found) == number
