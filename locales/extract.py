"""Draws our sentences out of the code and the law's data into the catalogues, and says what is missing.

`python -m locales.extract` writes; the same source always gives the same bytes. What a catalogue says of a sentence
that is still spoken is kept as it is; a sentence that changed by a single letter is a new one, without a guess.
"""

from __future__ import annotations

import io
import re
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from locales import LANGUAGES, SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
HERE = Path(__file__).parent
TEMPLATE = "locales/messages.pot"
CODE = ("handlers/**/*.py", "bot/**/*.py")
LAW = (
    ("law/regimes/*.toml", ("label", "unknown")),
    ("law/calendar.toml", ("name", "phase")),
    ("law/deadlines.toml", ("label",)),
)
TRANSLATED = tuple(language for language in LANGUAGES if language != SOURCE)
TO_OFFICERS = "hanya kepada petugas"
HEADER = "# The sentences of JagaNetral: the Indonesian is the key (msgid). `make strings` keeps this file in step."
# Of the header: what moves by itself, is said elsewhere, or is about plurals, of which Indonesian has none.
DROPPED = r'"(Project-Id-Version|Report-Msgid|POT-Creation|PO-Revision|Last-Translator|Language-Team|Plural|Generated)'
WIDTH = 110


def po(language: str) -> Path:
    """Where a language's catalogue lies."""
    return HERE / language / "messages.po"


@cache
def left() -> dict[str, Any]:
    """What a catalogue may leave untranslated, and why: locales/same.toml."""
    return tomllib.loads((HERE / "same.toml").read_text(encoding="utf-8"))


def sentences() -> Iterator[tuple[str, int, str]]:
    """Every sentence with its file and line, from top to bottom of each file in the order of their names."""
    for pattern in CODE:
        for path in sorted(ROOT.glob(pattern)):
            for line, sentence, _, _ in extract_from_file("python", path, keywords={"T": None}):
                assert isinstance(sentence, str), "a T has one sentence"
                yield _name(path), line, sentence
    for pattern, keys in LAW:
        for path in sorted(ROOT.glob(pattern)):
            for sentence in _labels(tomllib.loads(path.read_text(encoding="utf-8")), keys):
                yield _name(path), 0, sentence


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _labels(data: dict[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    """The words shown to people in the tables of a data file."""
    for rows in data.values():
        if isinstance(rows, list):
            yield from (row[key] for row in rows for key in keys if row.get(key))


def template() -> Catalog:
    """All sentences, each once, with the files that speak it and a remark on those that only officers read."""
    made = Catalog(header_comment=HEADER, charset="utf-8", fuzzy=False)
    for name, line, sentence in sentences():
        made.add(sentence, locations=[(name, line)])
    officers = set(left()["petugas"]["files"])
    for message in made:
        if message.id and {name for name, _ in message.locations} <= officers:
            message.auto_comments = [TO_OFFICERS]
    return made


def for_officers(message: Any) -> bool:
    """Whether only officers read this sentence, so that a language may leave it in Indonesian."""
    return TO_OFFICERS in message.auto_comments


def read(language: str) -> Catalog:
    """The catalogue of a language as it lies there; empty where there is none."""
    if not po(language).is_file():
        return Catalog(locale=language)
    return read_po(io.BytesIO(po(language).read_bytes()), locale=language)


def merged(fresh: Catalog, language: str) -> Catalog:
    """The fresh sentences with what this language already says of them."""
    old = read(language)
    made = Catalog(locale=language, header_comment=HEADER, charset="utf-8", fuzzy=False)
    for message in fresh:
        if message.id:
            known = old.get(message.id)
            made.add(
                message.id,
                known.string if known else "",
                locations=message.locations,
                auto_comments=message.auto_comments,
                user_comments=known.user_comments if known else (),
            )
    return made


def written(catalogue: Catalog) -> bytes:
    """A catalogue as the bytes of its file: no dates, no line numbers, nothing that moves by itself."""
    out = io.BytesIO()
    write_po(out, catalogue, width=WIDTH, include_lineno=False, ignore_obsolete=True)
    lines = out.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not re.match(DROPPED, line)).encode()


def files() -> dict[Path, bytes]:
    """What each file of the catalogues should hold now."""
    fresh = template()
    made = {ROOT / TEMPLATE: written(fresh)}
    return made | {po(language): written(merged(fresh, language)) for language in TRANSLATED}


def stale() -> list[str]:
    """The files that no longer fit the source; empty when `make strings` would change nothing."""
    return [_name(path) for path, data in files().items() if not path.is_file() or path.read_bytes() != data]


def missing(language: str) -> list[str]:
    """The sentences that a language does not yet say; English says them all, the others need not to officers."""
    return [
        str(message.id)
        for message in read(language)
        if message.id and not message.string and (language == "en" or not for_officers(message))
    ]


def compile_(language: str) -> None:
    """Write the form that gettext reads, as hatch_build.py does at installation."""
    with po(language).with_suffix(".mo").open("wb") as target:
        write_mo(target, read(language))


def main() -> int:
    """Bring every catalogue in step with the source, and list what is missing."""
    for path, data in files().items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    lost = 0
    for language in TRANSLATED:
        compile_(language)
        for sentence in missing(language):
            sys.stdout.write(f"{language}: {sentence}\n")
            lost += 1
    sys.stdout.write(f"{lost} belum diterjemahkan\n")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
