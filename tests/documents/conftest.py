import pytest


@pytest.fixture(autouse=True)
def files_root(settings, tmp_path):
    """Every test has a store of its own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT
