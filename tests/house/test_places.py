"""Where the data of a run of the tests lies: in memory where there is room for it, else in the state folder."""

import pytest

from coordination.embedded import places

ENOUGH = places.ROOM + 1


@pytest.fixture
def memory(monkeypatch, tmp_path):
    """A machine with room enough, and the folder of its memory."""
    monkeypatch.setattr(places, "MEMORY", tmp_path)
    monkeypatch.setattr(places.shutil, "disk_usage", lambda _path: Usage(ENOUGH))
    monkeypatch.setattr(places, "_memory", lambda: ENOUGH)
    return tmp_path


class Usage:
    def __init__(self, free):
        self.free = free


def test_two_runs_do_not_share_a_folder_in_memory(memory, tmp_path):
    one, other = (places.folder_in_memory(tmp_path / name) for name in ("one", "other"))

    assert one.parent == other.parent == memory
    assert one != other


def test_where_memory_is_short_the_data_lies_on_disk(memory, tmp_path, monkeypatch):
    monkeypatch.setattr(places, "_memory", lambda: places.ROOM - 1)

    assert places.folder_in_memory(tmp_path) is None


def test_where_the_folder_of_memory_is_small_the_data_lies_on_disk(memory, tmp_path, monkeypatch):
    monkeypatch.setattr(places.shutil, "disk_usage", lambda _path: Usage(places.ROOM - 1))

    assert places.folder_in_memory(tmp_path) is None


def test_a_system_without_such_a_folder_has_its_data_on_disk(memory, tmp_path, monkeypatch):
    monkeypatch.setattr(places, "MEMORY", tmp_path / "missing")

    assert places.folder_in_memory(tmp_path) is None


def test_what_a_container_may_not_have_is_no_memory(tmp_path, monkeypatch):
    (tmp_path / "memory.max").write_text("1000")
    monkeypatch.setattr(places, "CONTAINER", tmp_path)

    assert places._memory() <= 1000
