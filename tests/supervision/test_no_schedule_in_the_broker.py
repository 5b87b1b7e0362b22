"""The database is the schedule: no ETA, no countdown, no retry that waits (trust.md 0.6, 3.8)."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

APPS = [
    "audit", "pages", "organization", "notifications", "supervision", "documents", "requests", "meetings", "disputes",
    "archive", "coordination",
]  # fmt: skip
FORBIDDEN = {"countdown", "eta"}


def delays(source):
    """Lines of calls that leave a moment to the broker."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", "")
            if FORBIDDEN & {keyword.arg for keyword in node.keywords} or name in {
                "delay",
                "apply_async",
                "retry",
            }:
                yield node.lineno


@pytest.mark.parametrize("app", APPS)
def test_no_code_leaves_a_moment_to_the_broker(app):
    found = {
        f"{path}:{line}"
        for path in Path(settings.BASE_DIR, app).rglob("*.py")
        for line in delays(path.read_text("utf-8"))
    }
    assert found == set()


def test_the_check_sees_what_it_forbids():
    assert list(delays("t.apply_async(eta=soon)\nt.delay()\nsend(countdown=5)\nf(x)")) == [1, 2, 3]
