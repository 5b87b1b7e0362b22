import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english():
    """Refusals are matched in their source language."""
    with translation.override("en"):
        yield
