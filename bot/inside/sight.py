"""Who sees which case, asked of storage and decided by handlers/triage.py: in a list, in a chat, aloud in a group."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from handlers.joins import read_by
from handlers.near import FRESH, too_near
from handlers.seconds import VOID
from handlers.triage import PANWASCAM, covers, handles, sees, silences
from handlers.turn import Staff
from place.areas import office_name
from place.districts import all_kecamatan
from storage import joining, offices
from storage.sight import Sight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection

    from bot.inside.act import Act
    from handlers.view import CaseView
    from sealing.keys import KeyRing
    from storage.cases import Case
    from storage.conversations import Conversation
    from storage.offices import Officer


def officer(found: Officer) -> Staff:
    """An officer as the core knows them."""
    return Staff(found.id, found.name, found.office, office_name(found.office), found.role, found.kecamatan)


def may_open(found: Officer, case: Case) -> bool:
    """May this officer see the case?"""
    return handles(officer(found), case)


def in_lists(staff: Staff, *, private: bool = True) -> Sight:
    """What lists show to an officer; in a group nothing that one of the office is kept out of."""
    return Sight(staff.id, staff.kecamatan if staff.role == PANWASCAM else None, aloud=not private)


def aloud() -> Sight:
    """What a group is told, whoever reads along."""
    return Sight(0, aloud=True)


def silenced(conn: Connection, case: Case) -> bool:
    """Is nothing of it said in groups, because somebody who serves there is kept out of it?"""
    kept = offices.with_case(conn, case.barred) if case.barred else ()
    return any(silences(role, office, case) for role, office in kept)


def kecamatan_name(code: str) -> str:
    """Of 33.11.09 "Grogol", "" of none."""
    return all_kecamatan().get(code, code)


def apart(act: Act, one: int, others: Iterable[int]) -> list[int]:
    """Those of the others who can be the second person with this one, where two are needed."""
    asked = [number for number in others if number != one]
    fresh = joining.stems(act.work.reading, [one, *asked], act.now - FRESH // timedelta(microseconds=1))
    return [number for number in asked if not too_near(one, number, fresh)]


def standing_facts(conn: Connection, keys: KeyRing, case: Case) -> dict[str, Any]:
    """A proposal of somebody who serves no more is void: they may be back under another number."""
    wish = case.facts.get("usul")
    if wish and offices.officer(conn, keys, wish["by"]) is None:
        return {**case.facts, "usul": {**wish, "rev": VOID}}
    return case.facts


def readers(
    act: Act, case: Case, seen: CaseView, shown: Sequence[int]
) -> Iterator[tuple[Conversation, CaseView | None, bool, bool]]:
    """Of each conversation: what it may read of the case, is it the case's own, is the case of its office all the same?

    What it may read is None where that is nothing.
    """
    conn = act.work.reading
    posts, aloud = offices.posts(conn, act.means.keys, shown), not silenced(conn, case)
    for row_id in shown:
        to = act.work.by_id(row_id)
        if to.gone:
            continue
        if to.private:
            people = [officer(one) for one in posts.get(row_id, ())]
            able = [one for one in people if handles(one, case)]
            own = any(sees(one, case.office) for one in able)
            kept = any(one.id in case.barred or sees(one, case.office) for one in people)
            yield to, read_by(seen, *able) if able else None, own, kept
        else:
            own = covers(to.office, case.office)
            there = own or covers(to.office, case.offered)
            yield to, seen if there and aloud else None, own, there
