"""A case in a list: enough to choose by, in two short lines; never who told it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from handlers import labels
from handlers.brief import age
from handlers.cards import state
from handlers.deadlines import limit_in_brief
from handlers.effects import T
from handlers.reading.who import told_doer
from handlers.speech import KINDS
from handlers.summary import cut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.effects import Value
    from handlers.reply import Here
    from handlers.view import CaseView

LONGEST_NAME, LONGEST_STORY = 40, 50  # characters


def rows(cases: tuple[CaseView, ...], here: Here, *, guest: bool = False) -> tuple[Value, ...]:
    """Two lines for each, and a gap; without labels where they are only offered."""
    return tuple(line for case in cases for line in ("", *row(case, here, guest=guest)))


def row(case: CaseView, here: Here, *, guest: bool = False) -> tuple[Value, Value]:
    """Which, how it stands and what runs; then who, what, where, with what."""
    office, at = case.office, here.turn.at
    last = (
        limit_in_brief(office, case.status, date.fromisoformat(case.deadline), at, here.book) if case.deadline else ""
    )
    first = T("{ticket} · {state} · {when}", ticket=case.ticket, state=state(case), when=last or age(case.created, at))
    urgent = T("⚠ {line}", line=first) if case.urgent else first
    about = _who(case)
    for one in (*_about(case, here.officer.office), *(() if guest else _labels(case))):
        about = T("{some} · {next}", some=about, next=one)
    return urgent, about


def _about(case: CaseView, own: str) -> Iterator[Value]:
    yield KINDS.get(case.answers.get("kind", ""), T("bentuk belum jelas"))
    yield _where(case, own)
    count = len(case.answers.get("evidence", ()))
    yield T("{count} bukti", count=count) if count else T("tanpa bukti")


def _labels(case: CaseView) -> tuple[str, ...]:
    return (labels.marked(case),) if labels.of(case) else ()


def _who(case: CaseView) -> Value:
    """Who is named, or whom the story names, else how it begins: a citizen's words, made one line."""
    if named := _plain(case.answers.get("terlapor", ""), LONGEST_NAME):
        return named
    if doer := _plain(told_doer(case.answers), LONGEST_NAME):
        return T("{name} (menurut cerita)", name=doer)
    story = _plain(case.answers.get("story", ""), LONGEST_STORY)
    return T("“{words}”", words=story) if story else T("terlapor belum disebut")


def _plain(words: str, most: int) -> str:
    """Nothing in it can begin a line of its own, or turn the direction of what follows."""
    return cut("".join(char for char in " ".join(words.split()) if char.isprintable()), most)


def _where(case: CaseView, own: str) -> Value:
    """The kecamatan alone where the kabupaten is the reader's own."""
    place = case.answers.get("place") or {}
    if not place:
        return T("tempat belum jelas")
    if not place.get("kecamatan"):
        return str(place["name"])
    short = T("Kec. {kecamatan}", kecamatan=place["kecamatan"])
    return short if place["code"] == own else T("{kecamatan}, {name}", kecamatan=short, name=place["name"])
