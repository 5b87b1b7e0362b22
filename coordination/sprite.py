"""The icons of the pages as one SVG file: `python -m coordination.sprite` builds it from static/office/icons.txt.

The drawings are Tabler Icons (MIT), so the sprite is built and never committed. The four lights are our own.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
NAMES = HERE / "static" / "office" / "icons.txt"
TARGET = Path(os.environ.get("STATIC_BUILT") or HERE / "static-built") / "office" / "sprite.svg"
DRAWINGS = (
    Path(os.environ.get("NODE_MODULES") or HERE / "node_modules") / "@tabler" / "icons" / "icons" / "outline"
)

# Shape and words, never colour alone: circle, triangle, square, hollow diamond.
LIGHTS = {
    "ok": '<circle cx="5" cy="5" r="4.5" fill="currentColor"/>',
    "warn": '<path d="M5 .6 9.7 9.2H.3Z" fill="currentColor"/>',
    "bad": '<path d="M.6.6h8.8v8.8H.6Z" fill="currentColor"/>',
    "hold": '<path d="M5 .9 9.1 5 5 9.1.9 5Z" fill="none" stroke="currentColor" stroke-width="1.4"/>',
}
GROUND = re.compile(r'<path[^>]*stroke="none"[^>]*/>')


def names() -> list[str]:
    """The icons in use, one a line."""
    return NAMES.read_text("utf-8").split()


def symbol(name: str) -> str:
    """One icon as a symbol; its strokes take the colour of the text around it."""
    drawing = DRAWINGS / f"{name}.svg"
    if not drawing.is_file():
        raise LookupError(f"No icon is called {name!r}; see static/office/icons.txt.")
    inner = drawing.read_text("utf-8").split(">", 1)[1].rsplit("</svg>", 1)[0]
    shapes = " ".join(GROUND.sub("", inner).split())
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{shapes}</symbol>'


def sprite() -> str:
    lights = [f'<symbol id="l-{name}" viewBox="0 0 10 10">{shape}</symbol>' for name, shape in LIGHTS.items()]
    return "\n".join(
        [
            '<svg xmlns="http://www.w3.org/2000/svg">',
            *(symbol(name) for name in names()),
            *lights,
            "</svg>",
            "",
        ]
    )


def build() -> Path:
    """Write the sprite in one step: two servers may build at once."""
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=TARGET.parent, suffix=".svg")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(sprite())
    Path(draft).chmod(0o644)
    Path(draft).replace(TARGET)
    return TARGET


def built() -> Path:
    """The sprite, built anew when it is missing or older than its list."""
    sources = (NAMES, Path(__file__))
    if TARGET.is_file() and all(TARGET.stat().st_mtime >= source.stat().st_mtime for source in sources):
        return TARGET
    return build()


if __name__ == "__main__":
    build()
