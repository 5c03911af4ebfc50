"""Sets a paper: a template of this folder and plain data become a PDF/A-2u, whose text is the data's to the letter.

The data reach the template as JSON, never as markup, so that nothing people write is ever obeyed. PDF/A-2u demands a
glyph and a Unicode value for each character; what no font of ours has is set by its number, [U+1FAE0].
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import typst

ROOM = Path(__file__).parent
PAPERS = frozenset(path.stem for path in ROOM.glob("*.typ")) - {"rumah"}
TRIES = 40  # characters without a glyph that are found one by one
BASIC = "\u024f"  # up to here every character has a glyph
TURNING = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"  # they would turn or hide what stands beside them
HIDDEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{TURNING}\ufeff\ufff9-\uffff\ud800-\uf8ff]")
LACKING = re.compile(r"the text `?\"(?P<text>.*?)\"`? could not be displayed", re.DOTALL)
NUMBERED = re.compile(r"\\u\{([0-9a-f]+)\}")


class Unset(Exception):  # noqa: N818 - the name says what it is
    """The paper could not be set: our mistake, never that of who wrote."""


def pressed(paper: str, data: Mapping[str, Any], pictures: Mapping[str, bytes] | None = None) -> bytes:
    """A PDF of this paper. `data` is JSON as its template reads it; `at` (seconds since 1970) its day of making.

    `pictures` are JPEG or PNG by the names that stand in the data. Raises Unset.
    """
    import typst  # noqa: PLC0415 - 50 MB, and only where a paper is made

    if paper not in PAPERS:
        raise Unset(paper)
    text = json.dumps(visible(data), ensure_ascii=False)
    # A template reads files below its own folder only, where evidence must not lie: bytes reach it as numbers.
    shown = {name: str(list(image)) for name, image in (pictures or {}).items()}
    for _ in range(TRIES):
        try:
            return _compiled(paper, {**shown, "data": text}, int(data.get("at", 0)))
        except typst.TypstError as problem:
            if (found := LACKING.search(problem.message)) is None:
                raise Unset(paper) from problem
            text = _numbered(text, _said(found["text"]))
    plain = _numbered(text, {char for char in text if char > BASIC})
    return _compiled(paper, {**shown, "data": plain}, int(data.get("at", 0)))


def visible(value: Any) -> Any:
    """The same data, in which characters that nobody sees are set by their numbers."""
    if isinstance(value, str):
        return HIDDEN.sub(_by_number, value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    if isinstance(value, dict):
        return {key: visible(part) for key, part in value.items()}
    return [visible(part) for part in value] if isinstance(value, list | tuple) else value


def _by_number(found: re.Match[str]) -> str:
    return f"[U+{ord(found[0]):04X}]"


def _numbered(text: str, chars: set[str]) -> str:
    return text.translate({ord(char): f"[U+{ord(char):04X}]" for char in chars})


def _said(quoted: str) -> set[str]:
    """The characters that a complaint of typst's names (Rust's way of quoting)."""
    plain = NUMBERED.sub(lambda one: chr(int(one[1], 16)), quoted)
    return {char for char in plain if char > BASIC or unicodedata.category(char)[0] == "C"}


def _compiled(paper: str, inputs: dict[str, str], at: int) -> bytes:
    import typst  # noqa: PLC0415

    compiler = typst.Compiler(
        ROOM / f"{paper}.typ", root=ROOM, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs
    )
    made = compiler.compile(format="pdf", pdf_standards="a-2u", timestamp=at)
    assert isinstance(made, bytes), "a PDF is one file"
    return made


@cache
def _fonts() -> typst.Fonts:
    import typst  # noqa: PLC0415

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[ROOM / "fonts"])
