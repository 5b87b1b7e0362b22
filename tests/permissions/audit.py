"""The event log exists for auditors only."""

from audit.models import Event
from tests.permissions import row

ROWS = [
    row("GET", "audit:events", 404, auditor=200),
    row("GET", "audit:event", 404, auditor=200, kwargs=lambda world: {"pk": Event.objects.first().pk}),
    row("GET", "audit:readings", 404, auditor=200),
]
