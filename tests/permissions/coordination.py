"""The doors of the house."""

from tests.permissions import row

ROWS = [
    row(
        "GET", "home", 200, system_admin=302, auditor=302
    ),  # nothing waits for them: to the organization, to the decisions
    row("GET", "livez", 200, anonymous=200),
    row("GET", "healthz", 503, anonymous=503),  # nothing ticks in a test
    row("GET", "login", 302, anonymous=200),
    row("POST", "login", 302, anonymous=422, label="empty"),
    *(row(method, "login", 302, anonymous=405) for method in ("PATCH", "DELETE")),
    row("PUT", "login", 302, anonymous=422),
    row("POST", "logout", 302),
    row("GET", "password_change", 200),
    row("POST", "password_change", 422, label="empty"),
    row("PUT", "password_change", 422, label="empty"),
    *(row(method, "set_language", 302) for method in ("GET", "PUT", "PATCH", "DELETE")),  # changes nothing
    row("POST", "set_language", 302, data={"language": "en", "next": "/"}),
    row("POST", "theme", 302, data={"theme": "dark", "next": "/"}),
    row("GET", "search", 200),
]
