"""The table of `tests/permissions/requests_items.py`, row by row, role by role."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from documents.models import File
from requests import flows, item_urls
from requests.states import ItemState
from tests.documents.uploads import PDF, upload
from tests.permissions.requests_items import ROWS
from tests.requests import world


@pytest.fixture
def place(cast, monday):
    item = world.started(cast)
    flows.attach_evidence(item_id=item.pk, by=cast.supplies_clerk, evidence=[upload("表.pdf", PDF)])
    wish = flows.ask_extension(
        item_id=item.pk,
        by=cast.supplies_clerk,
        wished_on=date(2026, 9, 24),
        reason="晚到货",
        progress="已下单",
    )
    release = flows.ask_release(
        item_id=world.issued(cast).pk,
        by=cast.supplies_head,
        basis="职责清单第4条。",
        right_owner=cast.staffing,
    )
    obstacle = flows.record_obstacle(
        item_id=item.pk,
        by=cast.supplies_clerk,
        step="预算审批",
        department=cast.staffing,
        text="科目没有确定。",
    )
    return SimpleNamespace(
        obstacle=obstacle,
        item=item,
        wish=wish,
        release=release,
        paper=File.objects.of("item", item.pk).get(),
        cast=cast,
    )


@pytest.mark.parametrize(
    ("method", "name", "args", "statuses"), ROWS, ids=[f"{row[0]} {row[1]}" for row in ROWS]
)
def test_each_role_gets_what_the_table_says(place, method, name, args, statuses):
    address = reverse(name, args=args(place) if args else [])
    found = {}
    for role in statuses:
        client = Client()
        if role != "anonymous":
            client.force_login(getattr(place.cast, role))
        response = getattr(client, method)(address)
        found[role] = response.status_code
        if response.streaming:
            b"".join(response.streaming_content)  # read to its end, so that the file is closed

    assert found == statuses
    place.item.refresh_from_db()
    assert place.item.state == ItemState.IN_PROGRESS


def test_every_address_of_the_items_has_its_row():
    named = {f"requests:{pattern.name}" for pattern in item_urls.urlpatterns}

    assert named - {name for _method, name, _args, _statuses in ROWS} == set()
