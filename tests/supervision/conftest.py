import pytest

from supervision import calendar


@pytest.fixture(autouse=True)
def _calendar_of_this_test():
    """The calendar kept in the process must not outlive a change that the test rolls back."""
    calendar.forget()
    yield
    calendar.forget()
