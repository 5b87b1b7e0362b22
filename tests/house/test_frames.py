"""Pages stand in frames (docs/pages.md): what a page fills has to be there, else it is shown to nobody."""

import re
from functools import cache

from django.conf import settings

TEMPLATES = settings.BASE_DIR / "templates"
EXTENDS = re.compile(r'{%\s*extends\s+"([^"]+)"')
BLOCK = re.compile(r"{%-?\s*block\s+(\w+)")


@cache
def blocks_of(name: str) -> frozenset[str]:
    """Every block of a template and of the frames in which it stands."""
    text = (TEMPLATES / name).read_text("utf-8")
    frame = EXTENDS.search(text)
    return frozenset(BLOCK.findall(text)) | (blocks_of(frame[1]) if frame else frozenset())


def test_every_block_that_a_page_fills_is_one_of_its_frame():
    lost = []
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text("utf-8")
        if frame := EXTENDS.search(text):
            # A block inside a block of the frame is the page's own: it may be named anew.
            outer = outermost(text)
            lost += [f"{path.relative_to(TEMPLATES)}: {name}" for name in outer - blocks_of(frame[1])]

    assert lost == []


def outermost(text: str) -> set[str]:
    depth, found = 0, set()
    for tag in re.finditer(r"{%-?\s*(block|endblock)\b\s*(\w*)", text):
        if tag[1] == "block":
            if depth == 0:
                found.add(tag[2])
            depth += 1
        else:
            depth -= 1
    return found
