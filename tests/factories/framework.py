"""Rows of the framework's own tables."""

from datetime import UTC, datetime

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from rest_framework.authtoken.models import Token

from organization.models import User
from tests.factories import line


@line(ContentType, change=("model", "one", "two"))
def content_type(cast, n):
    return ContentType(app_label=f"app{n}")


@line(Permission, change=("name", "May look", "May see"))
def permission(cast, n):
    return Permission(content_type=ContentType.objects.get_for_model(User), codename=f"look{n}")


@line(Group, change=("name", lambda cast, n: f"组{n}", lambda cast, n: f"队{n}"))
def group(cast, n):
    return Group()


@line(LogEntry, change=("change_message", "一", "二"))
def log_entry(cast, n):
    return LogEntry(user=cast.system_admin, object_id=str(n), object_repr="一", action_flag=ADDITION)


@line(Token, change=("created", datetime(2026, 9, 14, tzinfo=UTC), datetime(2026, 9, 15, tzinfo=UTC)))
def token(cast, n):
    return Token(user=list(User.objects.order_by("pk"))[n], key=f"{n}" * 40)
