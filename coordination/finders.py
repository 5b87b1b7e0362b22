"""Third-party static files, served from where npm put them: only the named ones, under a short prefix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage

from coordination import sprite

# Each file stands beside its source map: the manifest storage fails where a map is named but missing.
PACKAGES = {
    "bootstrap/bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap/bootstrap.min.css.map": "bootstrap/dist/css/bootstrap.min.css.map",
}
SPRITE = "office/sprite.svg"


class PackageStorage(FileSystemStorage):
    """The named files of node_modules, and the sprite that is built from them."""

    def path(self, name: str) -> str:
        if name == SPRITE:
            return str(sprite.built())
        return str(Path(settings.NODE_MODULES) / PACKAGES[name])


class PackageFinder(BaseFinder):
    """Finds the files of PACKAGES and the sprite of icons, which it builds when it is missing or old."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self.storage = PackageStorage(location=settings.NODE_MODULES)

    def check(self, **_: Any) -> list[CheckMessage]:
        missing = [
            name for name, source in PACKAGES.items() if not (Path(settings.NODE_MODULES) / source).is_file()
        ]
        if not missing:
            return []
        return [
            Error(
                f"Front-end packages are not installed: {', '.join(missing)}.",
                hint="Run `npm ci`, or `make front`.",
                id="coordination.E003",
            )
        ]

    def find(self, path: str, find_all: bool = False, **_: Any) -> str | list[str]:  # type: ignore[override]  # noqa: FBT001, FBT002
        if path != SPRITE and path not in PACKAGES:
            return []
        found = self.storage.path(path)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, PackageStorage]]:
        for name in (*PACKAGES, SPRITE):
            yield name, self.storage
