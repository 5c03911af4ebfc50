"""Our voice: Indonesian is the source (the msgid is the sentence); other languages are gettext catalogues beside it."""

from __future__ import annotations

import gettext
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCE = "id"
LANGUAGES = ("id", "en", "jv", "su")


@cache
def voice(language: str) -> Callable[[str], str]:
    """A function from our Indonesian sentence to a language's; the sentence itself where there is none."""
    path = files(__name__) / language / "messages.mo"
    if language not in LANGUAGES or not path.is_file():
        return str
    with path.open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    return catalogue.gettext
