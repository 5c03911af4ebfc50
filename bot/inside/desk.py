"""The desk: an office's queue narrowed, its words, labels and saved filters; and many cases moved as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.inside.deskwork import answered_at, move_case
from bot.inside.filing import local, view
from bot.inside.people import tell
from bot.inside.sight import in_lists, may_open
from handlers.bulk import LOOKED, handed_many, taken_many
from handlers.desk_effects import One
from handlers.desk_events import BulkLoaded, DeskLoaded, ManyLoaded, ManyMoved, QueueLoaded
from handlers.effects import MoveCase
from handlers.triage import DESK
from place.districts import districts
from storage import cases, offices
from storage import desk as kept
from storage.queue import Desk, queue

if TYPE_CHECKING:
    from bot.inside.act import Act
    from handlers import desk_effects as wish
    from handlers.events import Event
    from handlers.turn import Staff
    from storage.cases import Case


def _staff(act: Act) -> Staff:
    assert act.turn.staff is not None, "only officers get here"
    return act.turn.staff


def _desk(act: Act) -> Desk:
    staff = _staff(act)
    today = local(act.turn.at, staff.office).date().isoformat()
    return Desk(staff.office, staff.id, today, in_lists(staff, private=act.turn.private))


def load_queue(act: Act, effect: wish.LoadQueue) -> list[Event]:
    """One page of the officer's own office; the last one, where there are not so many."""
    conn, keys, desk = act.work.reading, act.means.keys, _desk(act)
    total, rows = queue(conn, keys, desk, effect.sift, effect.page)
    pages = max(1, -(-total // cases.PAGE))
    if effect.page > pages:
        total, rows = queue(conn, keys, desk, effect.sift, pages)
    shown = tuple(view(act, row, history=False) for row in rows)
    saved = tuple(kept.views(conn, keys, desk.staff)) if act.turn.private else ()  # their own, and others read along
    return [QueueLoaded(effect.sift, effect.said, min(effect.page, pages), pages, total, shown, saved)]


def load_desk(act: Act, effect: wish.LoadDesk) -> list[Event]:
    """Everything of the officer's own office that words can name."""
    conn, keys, staff = act.work.reading, act.means.keys, _staff(act)
    people = tuple((one.id, one.name) for one in offices.of_office(conn, keys, staff.office) if one.role in DESK)
    sight = in_lists(staff, private=act.turn.private)
    labels, saved = tuple(kept.labels_of(conn, keys, staff.office, sight)), kept.views(conn, keys, staff.id)
    return [DeskLoaded(effect.then, effect.words, people, districts(staff.office), labels, saved)]


def keep_view(act: Act, effect: wish.KeepView) -> list[Event]:
    """For this officer alone."""
    kept.keep_view(act.work.writing(), act.means.keys, _staff(act).id, effect.name, effect.words)
    return []


def note_label(act: Act, effect: wish.NoteLabel) -> list[Event]:
    """Counted, so that only labels in use are offered."""
    kept.note_label(act.work.writing(), act.means.keys, effect.office, effect.word, effect.more, act.now)
    return []


# --- many cases -------------------------------------------------------------------------------------------------


def load_bulk(act: Act, effect: wish.LoadBulk) -> list[Event]:
    """The first of the filter, only looked at; and those that nobody there could take."""
    conn, keys = act.work.reading, act.means.keys
    total, rows = queue(conn, keys, _desk(act), effect.sift, size=LOOKED)
    shown = tuple(view(act, case, history=False) for case in rows)
    return [BulkLoaded(effect.said, effect.wish, total, shown, _unable(act, effect.wish, rows))]


def _unable(act: Act, wanted: wish.Wish, some: list[Case]) -> frozenset[str]:
    """Those that nobody could have, where they are to be had by another."""
    if wanted.action == "alihkan":
        taken = {case.ticket: answered_at(act, wanted.office, case) for case in some}
    elif wanted.action == "serahkan":
        one = offices.officer(act.work.reading, act.means.keys, wanted.officer)
        taken = {case.ticket: bool(one and may_open(one, case)) for case in some}
    else:
        return frozenset()
    return frozenset(ticket for ticket, able in taken.items() if not able)


def load_many(act: Act, effect: wish.LoadMany) -> list[Event]:
    """Each as it is now, locked in one order whoever asks."""
    found = cases.taken(act.work.writing(), act.means.keys, [one.ticket for one in effect.cases])
    seen = {ticket: view(act, case, history=False) for ticket, case in found.items() if act.sees(case)}
    return [ManyLoaded(effect.wish, tuple((one, seen.get(one.ticket)) for one in effect.cases), effect.id, effect.back)]


def move_many(act: Act, effect: wish.MoveMany) -> list[Event]:
    """One after the other, within the event that asked: all of them are kept, or none."""
    done, left = [], list(effect.left)
    unable = frozenset() if effect.back else _unable_now(act, effect)
    for one, (move, *more) in effect.steps:
        assert isinstance(move, MoveCase)
        if one.ticket in unable or move_case(act, move, many=True):
            left.append((one.ticket, "tujuan"))
            continue
        for other in more:
            act.perform(act, other)
        done.append(One(one.ticket, one.rev + 1, one.holder, one.status))
    _told(act, effect, len(done))
    return [ManyMoved(effect.wish, tuple(done), tuple(left), effect.id, effect.back)]


def _unable_now(act: Act, effect: wish.MoveMany) -> frozenset[str]:
    """The same when it is confirmed: whoever is to have them may see fewer of them by then."""
    if effect.wish.action not in {"alihkan", "serahkan"}:
        return frozenset()
    found = cases.taken(act.work.writing(), act.means.keys, [one.ticket for one, _ in effect.steps])
    return _unable(act, effect.wish, list(found.values()))


def _told(act: Act, effect: wish.MoveMany, count: int) -> None:
    """Whoever got them hears it once for all."""
    staff, to = _staff(act), effect.wish.officer
    if effect.wish.action == "serahkan" and count and to != staff.id:
        tell(act, to, (taken_many if effect.back else handed_many)(count, staff.name))
