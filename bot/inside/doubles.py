"""Looks whether a case tells of an act that is here already; what is found is kept with it for its officers."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import TYPE_CHECKING, Any

from handlers import likeness as alike
from handlers.joins import NAMING
from handlers.life import ENDED
from handlers.pairs import Similar
from handlers.triage import covers
from storage import cases, conflicts, joins, likeness, media
from storage.cases import moment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from bot.inside.act import Act
    from sealing.keys import KeyRing
    from storage.cases import Case

WIB = timezone(timedelta(hours=7))
MOST = 3  # that are kept of one case; when one of them is answered for, the next shows
SIMILAR, APART = "mirip", "beda"  # of a case's facts: what was found, and what an officer said is another act


def look(act: Act, case: Case, *, fresh: bool = False) -> None:
    """Mark the case by what it says now, and note which others of its office say the same."""
    conn, keys = act.work.writing(), act.means.keys
    marks = marks_of(conn, keys, case)
    words = [*alike.strong(marks), *alike.weak(marks)]
    likeness.mark(conn, keys, case.id, case.office, words, fresh=fresh)
    if case.status in ENDED:
        return
    found = dict(_found(conn, keys, case, marks))
    if found != case.facts.get(SIMILAR, {}):
        cases.set_facts(conn, case, {SIMILAR: found or None})


def marks_of(conn: Connection, keys: KeyRing, case: Case) -> alike.Marks:
    """What is compared of a case: its answers, and what is known of its kept files."""
    sent = any(item.get("id") for item in case.answers.get("evidence", ()))
    pieces = media.of_case(conn, keys, case.id) if sent else []
    kept = [piece.file.meta for piece in pieces if piece.file.state == media.KEPT]
    return alike.marks_of(case.answers, moment(case.created).astimezone(WIB).date(), kept)


def _found(conn: Connection, keys: KeyRing, case: Case, mine: alike.Marks) -> list[tuple[str, list[str]]]:
    asked = alike.asked_strong(mine), alike.asked_weak(mine)
    ids = likeness.sharing(conn, keys, (case.id, case.office), *asked)
    apart, found = set(case.facts.get(APART, ())), []
    for other in likeness.opened(conn, keys, ids):
        if other.ticket not in apart and (why := alike.alike(mine, _theirs(conn, keys, other, mine))):
            found.append((other.ticket, list(why)))
        if len(found) == MOST:
            break
    return sorted(found, key=lambda one: -len(one[1]))


def _theirs(conn: Connection, keys: KeyRing, other: likeness.Candidate, mine: alike.Marks) -> alike.Marks:
    """The other's marks; its files are opened only where there is something to compare them with."""
    seen: Sequence[Mapping[str, Any]] = ()
    if mine.files and any(item.get("id") for item in other.answers.get("evidence", ())):
        pieces = media.of_case(conn, keys, other.id)
        seen = [piece.file.meta for piece in pieces if piece.file.state == media.KEPT]
    return alike.marks_of(other.answers, moment(other.created).astimezone(WIB).date(), seen)


def similar(conn: Connection, case: Case) -> tuple[Similar, ...]:
    """What may be of the same act and is at the same office still; of what is joined, the case to which it is."""
    noted: dict[str, list[str]] = case.facts.get(SIMILAR, {})
    if not noted or case.status in ENDED:
        return ()
    apart, now = {case.ticket, *case.facts.get(APART, ())}, joins.standing(conn, list(noted))
    kept = conflicts.kept_from(conn, {one.id for one in now.values()})
    found: dict[str, Similar] = {}
    for ticket, why in noted.items():
        one = now.get(ticket)
        if one is None or kept[one.id] != case.barred:
            continue  # who is kept out of one of the two would learn of it from the other
        if not {ticket, one.ticket} & apart and one.office == case.office and one.status not in ENDED:
            found.setdefault(one.ticket, Similar(one.ticket, one.status, one.rev, tuple(why), newer=one.id > case.id))
    return tuple(found.values())


def beside(
    conn: Connection, keys: KeyRing, case: Case, rows: Sequence[Mapping[str, Any]]
) -> tuple[dict[str, Any], set[str]]:
    """What a view of it tells of other cases, and which tickets its history (`rows`) must not name.

    Those are of an office of which its own may not hear, or others are kept out of them; `apart` lie in another
    kecamatan.
    """
    told, members = similar(conn, case), joins.members(conn, case.id)
    joined = tuple(ticket for _, ticket, _ in members)
    main = joins.ticket_of(conn, case.main) if case.main else ""
    noted = {row["note"] for row in rows if row["action"] in NAMING}
    found = joins.lying(conn, {*noted, *joined, main, *(one.ticket for one in told)} - {""})
    apart = frozenset(ticket for ticket, one in found.items() if one.kecamatan != case.kecamatan)
    heard = {ticket for ticket, at in found.items() if covers(case.office, at.office) and at.barred == case.barred}
    holder = joins.held_by(conn, case.main) if case.main else 0
    there = _evidence(conn, keys, [row for row, *_ in members])
    others = {"main": main, "main_holder": holder, "joined": joined, "joined_evidence": there, "similar": told}
    return {**others, "apart": apart}, noted - heard


def _evidence(conn: Connection, keys: KeyRing, ids: Sequence[int]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Ticket and kinds of what lies with these cases, of those that have any."""
    found = ((one.ticket, one.answers.get("evidence", ())) for one in cases.listed(conn, keys, ids))
    return tuple((ticket, tuple(item["kind"] for item in items)) for ticket, items in found if items)
