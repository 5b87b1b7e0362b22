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

pytestmark = pytest.mark.skipif(
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
