"""The app `requests` is ours, and no lock can bring its namesake back."""

import sys
from types import SimpleNamespace

import pytest

import requests
from coordination import checks, locks

HASH = f"    --hash=sha256:{'0' * 64}\n"


@pytest.fixture
def project(tmp_path):
    (tmp_path / "requirements").mkdir()
    (tmp_path / "package-lock.json").write_text('{"packages": {"": {}}}')
    return tmp_path


def test_the_module_requests_is_our_app():
    assert checks.requests_is_our_app() == []
    assert requests.__path__ == [str(locks.PROJECT / "requests")]


def test_rest_framework_does_not_take_our_app_for_the_library():
    import rest_framework.compat
    import rest_framework.test

    assert rest_framework.compat.requests is None
    assert not hasattr(rest_framework.test, "DjangoTestAdapter")


def test_another_module_of_that_name_stops_the_start(monkeypatch):
    stranger = SimpleNamespace(
        origin=str(locks.PROJECT / ".venv/lib/python3.11/site-packages/requests/__init__.py")
    )
    monkeypatch.setattr("importlib.util.find_spec", lambda name: stranger)

    assert [fault.id for fault in checks.requests_is_our_app()] == ["coordination.E001"]


def test_the_library_beside_our_app_stops_the_start(monkeypatch, tmp_path):
    info = tmp_path / "requests-2.32.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: requests\nVersion: 2.32.0\n")
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])

    assert [fault.id for fault in checks.requests_is_our_app()] == ["coordination.E002"]


def test_our_locks_hold_no_address_and_no_namesake():
    assert list(locks.faults()) == []


@pytest.mark.parametrize(
    ("lock", "word"),
    [
        ("requests==2.32.0 \\\n" + HASH, "hides our app"),
        ("Requests==0.3.2 \\\n" + HASH, "hides our app"),
        ("django==5.2.8\n", "has no hash"),
        ("--index-url mirror\ndjango==5.2.8 \\\n" + HASH, "an address"),
        ("django @ https://mirror/django.whl \\\n" + HASH, "an address"),
    ],
)
def test_a_faulty_line_is_named(project, lock, word):
    (project / "requirements" / "base.txt").write_text(lock)

    faults = list(locks.faults(project))

    assert len(faults) == 1
    assert word in faults[0]


def test_a_front_end_lock_with_an_address_is_named(project):
    (project / "package-lock.json").write_text(
        '{"packages": {"": {}, "a": {"integrity": "x"}, "b": {"resolved": "https://mirror/b.tgz"}}}'
    )

    assert [fault.split(": ")[1].split()[:3] for fault in locks.faults(project)] == [
        ["b", "has", "an"],
        ["b", "has", "no"],
    ]
