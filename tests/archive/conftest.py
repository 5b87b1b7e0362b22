import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    """Files of a test lie in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def english():
    """Refusals are matched in their source language."""
    with translation.override("en"):
        yield
