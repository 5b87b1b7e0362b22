"""Real input: 147 units and fifty Chinese minutes taken over through the flows, with a report of what did not fit."""

import json
import os
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from meetings.models import Meeting, Minutes
from organization.models import Department, User
from requests.models import ActionItem

DATA = Path(os.environ.get("RECORDS", settings.BASE_DIR.parent / "shared" / "data"))

real_records = pytest.mark.skipif(
    not (DATA / "meetings.jsonl").exists(), reason="the folder with real records is not beside this checkout"
)


def chinese_minutes(number):
    with (DATA / "meetings.jsonl").open(encoding="utf-8") as file:
        found = (json.loads(line) for line in file)
        return [record for record in found if record["lang"] == "zh"][:number]


@pytest.fixture
def told(cast):
    out = StringIO()
    call_command(
        "import_records", org=DATA / "org.json", meetings=DATA / "meetings.jsonl", limit=50, stdout=out
    )
    return out.getvalue()


@real_records
@pytest.mark.django_db(transaction=True)  # as in life: one transaction a meeting, not one for all
def test_units_people_and_fifty_minutes_come_in_and_nothing_is_lost_silently(told, client, officer):
    assert Department.objects.count() > 140
    assert User.objects.count() > 500
    assert Meeting.objects.count() == 50
    assert "meetings: 50" in told
    kept = set(Minutes.objects.values_list("summary", flat=True))
    missing = [
        record
        for record in chinese_minutes(60)
        if record["raw"].strip() not in {text.strip() for text in kept}
    ]
    for record in missing[:-10] if len(missing) > 10 else []:
        assert record["date"] in told

    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    meeting = Meeting.objects.exclude(items=None).order_by("pk").first()
    assert meeting.title in client.get(f"/meetings/{meeting.pk}/").content.decode()
    assert ActionItem.objects.filter(number__isnull=False).count() == int(
        next(line for line in told.splitlines() if line.startswith("action items: ")).split()[-1]
    )


RECORD = {
    "id": "m1", "lang": "zh", "committee": "repair", "title": "检修例会", "date": "2026-09-10", "chair": "刘一",
    "attendees": [{"name": "刘一"}, {"name": "陈二"}], "agenda": [], "actions": [], "raw": "检修例会纪要\u2028全文",
    "items": [
        {"title": "劳保服", "conclusions": ["同意补发"], "notes": [],
         "leftover": [{"text": "补发劳保服", "owner": "陈二", "due": "2026-09-24"}, {"text": " "}]},
        {"title": "通报", "conclusions": [], "notes": ["知悉"], "leftover": []},
    ],
}  # fmt: skip


def take_over(tmp_path, *lines):
    path = tmp_path / "meetings.jsonl"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    out = StringIO()
    call_command("import_records", meetings=path, stdout=out)
    return out.getvalue().splitlines()


def test_a_line_that_cannot_be_read_is_told_and_the_next_one_is_taken_over(cast, tmp_path):
    told = take_over(tmp_path, '{"id": "broken', json.dumps(RECORD, ensure_ascii=False))

    assert [line for line in told if line.startswith("line 1: not JSON")]
    assert "meetings: 1" in told
    assert Minutes.objects.get().summary == RECORD["raw"]


def test_a_task_without_words_is_told_and_becomes_no_action_item(cast, tmp_path):
    told = take_over(tmp_path, json.dumps(RECORD, ensure_ascii=False))

    assert "line 1 item 1: a task without words; no action item" in told
    assert ActionItem.objects.get().text.endswith("补发劳保服")
    assert "action items: 1" in told


def test_a_refused_meeting_leaves_nothing_and_counts_nothing(cast, tmp_path):
    nameless = {**RECORD, "title": " "}
    people_before = User.objects.count()

    told = take_over(tmp_path, json.dumps(nameless, ensure_ascii=False))

    assert [line for line in told if line.startswith("line 1: not taken over")]
    assert not [line for line in told if line.startswith(("meetings:", "people:", "action items:"))]
    assert not Meeting.objects.exists()
    assert User.objects.count() == people_before


@pytest.mark.parametrize("day", ["", None, "2026-13-40", "昨天"])
def test_a_meeting_without_a_day_is_told(cast, tmp_path, day):
    told = take_over(tmp_path, json.dumps({**RECORD, "date": day}, ensure_ascii=False))

    assert [line for line in told if line.startswith("line 1: no date")]
    assert not Meeting.objects.exists()
