"""Disputes, dossiers and the auditor's desk as a browser sees them, wide and narrow, light and dark."""

import pytest

from tests.archive import world
from tests.browser.conftest import enter, visit


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def addresses(cast):
    """Who opens what: a sealed dossier, a matter that waits for its seal, a dispute of each state."""
    dossier = world.sealed(cast)
    waiting = world.ended(cast)
    ruling = world.disputes.to_be_ruled(cast)
    question = world.disputes.not_agreed(cast)
    ruled = dossier.matter.disputes.get()
    return {
        cast.office_head: {
            "disputes": "/disputes/",
            "dispute": f"/disputes/{ruling.pk}/",
            "dispute-ruled": f"/disputes/{ruled.pk}/",
            "dispute-rule": f"/disputes/{ruling.pk}/rule/",
            "dispute-new": f"/disputes/new/?question={question.pk}",
        },
        cast.supplies_head: {
            "dispute-settle": f"/disputes/{ruling.pk}/settle/",
            "dispute-position": f"/disputes/{ruling.pk}/points/{ruling.points.get().pk}/{cast.supplies.pk}/",
        },
        cast.records_admin: {
            "archive": "/archive/",
            "archive-none": "/archive/?q=zz",
            "dossier": f"/archive/{dossier.pk}/",
            "seal": f"/archive/{waiting.pk}/seal/",
            "seal-not-ready": f"/archive/{ruling.matter_id}/seal/",
        },
        cast.auditor: {
            "decisions": "/archive/decisions/",
            "decision": f"/archive/decisions/{dossier.matter_id}/",
            "decision-open": f"/archive/decisions/{waiting.pk}/",
        },
    }


def test_every_page_fits_and_is_accessible(page, cast):
    for person, pages in addresses(cast).items():
        enter(page, person)
        visit(page, pages)


def test_the_records_administrator_seals_without_script(window, cast):
    matter = world.ended(cast)
    page = window(script=False)
    enter(page, cast.records_admin)
    page.goto(f"/archive/{matter.pk}/seal/")
    page.get_by_role("button", name="封存").click()

    page.get_by_text("已封存，档号L001-WS").wait_for()
    page.get_by_role("button", name="重新校验").click()
    page.get_by_text("全部一致").first.wait_for()
