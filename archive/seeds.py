"""The three terms that an archive starts with (domain §3.9). Planted after a migrate into an empty table only."""

from __future__ import annotations

from typing import Any

from django.db import connections

from archive.models import RetentionClass

RULE = "《机关文件材料归档范围和文书档案保管期限规定》：永久、定期两种，定期分30年、10年。"
CLASSES = (("Y", "永久", None), ("D30", "30年", 30), ("D10", "10年", 10))


def plant(using: str = "default", **_: Any) -> None:
    """Receiver of `post_migrate`, which acts in the name of the migration."""
    if RetentionClass._meta.db_table not in connections[using].introspection.table_names():
        return
    classes = RetentionClass.objects.using(using)
    if not classes.exists():
        classes.bulk_create(
            RetentionClass(code=code, title=title, years=years, source=RULE) for code, title, years in CLASSES
        )
