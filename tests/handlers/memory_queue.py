"""The desk in the house of dicts: queues narrowed, labels, saved filters, many cases at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers import bulk, desk_events, labels, life, triage
from handlers import desk_effects as wish
from handlers.searching import keys_of
from place.districts import districts
from tests.handlers.memory_cases import case_of, listed, local, view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.events import Event
    from handlers.sifting import Sift
    from tests.handlers.memory_house import Act, Case, MemoryHouse

    Answers = list[Event] | None

PAGE, SHOWN = 8, 12


def sifted(house: MemoryHouse, act: Act, sift: Sift) -> list[Case]:
    """All of a filter, in the order of its view."""
    own, me = act.turn.staff.office, act.turn.staff.id
    orders = {
        "baru": lambda one: (not one.urgent, one.created),
        "semua": lambda one: (not one.urgent, one.created),
        "tawaran": lambda one: one.offer_ends,
        "tempo": lambda one: (one.deadline, one.created),
    }
    whose = {
        "saya": lambda one: one.holder == me,
        "tawaran": lambda one: one.offered == own,
    }.get(sift.view, lambda one: one.office == own)
    which = {
        "baru": lambda one: one.status == life.BARU,
        "tawaran": lambda _: True,
        "jalan": lambda one: one.status not in {*life.ENDED, life.BARU},
        "tempo": lambda one: one.status not in life.ENDED and one.deadline,
        "akhir": lambda one: one.status in life.ENDED,
    }.get(sift.view, lambda one: one.status not in life.ENDED)
    today = local(house.at, own).date().isoformat()
    found = [one for one in listed(house, act) if whose(one) and which(one) and all(narrowed(one, sift, own, today))]
    if sift.view in orders:
        return sorted(found, key=orders[sift.view])
    return sorted(found, key=lambda one: one.changed)[::-1]  # of those that changed at once the newest first


def narrowed(one: Case, sift: Sift, own: str, today: str) -> Iterator[bool]:
    place = one.answers.get("place") or {}
    codes = (place.get("code", "")[:2], place.get("code", ""), place.get("kecamatan_code", ""))
    yield not sift.place or sift.place == codes[sift.place.count(".")]
    yield not sift.kind or sift.kind == one.answers.get("kind", "")
    yield not sift.status or sift.status == one.status
    yield not sift.urgent or one.urgent
    yield not sift.late or "" < one.deadline < today
    yield not (sift.free and one.holder)
    yield not sift.holder or sift.holder == one.holder
    yield not sift.label or labels.key(own, sift.label) in keys_of(one.answers, one.facts)


def load_queue(house: MemoryHouse, act: Act, effect: wish.LoadQueue) -> Answers:
    rows = sifted(house, act, effect.sift)
    pages = max(1, -(-len(rows) // PAGE))
    page = min(effect.page, pages)
    shown = tuple(view(house, case) for case in rows[(page - 1) * PAGE : page * PAGE])
    saved = tuple(house.views.get(act.turn.staff.id, ())) if act.turn.private else ()
    return [desk_events.QueueLoaded(effect.sift, effect.said, page, pages, len(rows), shown, saved)]


def load_desk(house: MemoryHouse, act: Act, effect: wish.LoadDesk) -> Answers:
    own = act.turn.staff.office
    here = [one.staff for one in house.officers if one.staff.office == own and one.staff.role in triage.DESK]
    seen = [one for one in listed(house, act) if one.office == own]
    borne = {word for one in seen for word in keys_of(one.answers, one.facts)}
    shown = [one for one in house.labels.get(own, {}).items() if labels.key(own, one[0]) in borne]
    newest = sorted(shown, key=lambda one: one[1][0], reverse=True)
    used = tuple(word for word, _ in newest[:SHOWN])
    people = tuple((one.id, one.name) for one in here)
    saved = dict(house.views.get(act.turn.staff.id, {}))
    return [desk_events.DeskLoaded(effect.then, effect.words, people, districts(own), used, saved)]


def keep_view(house: MemoryHouse, act: Act, effect: wish.KeepView) -> Answers:
    kept = house.views.setdefault(act.turn.staff.id, {})
    kept.pop(effect.name, None)
    if effect.words:
        kept[effect.name] = effect.words
    return None


def note_label(house: MemoryHouse, act: Act, effect: wish.NoteLabel) -> Answers:
    used = house.labels.setdefault(effect.office, {})
    count = used.pop(effect.word, (house.at, 0))[1] + effect.more
    if count > 0:
        used[effect.word] = (house.at, count)
    return None


def load_bulk(house: MemoryHouse, act: Act, effect: wish.LoadBulk) -> Answers:
    rows, wanted = sifted(house, act, effect.sift), effect.wish
    shown = tuple(view(house, case) for case in rows[: bulk.LOOKED])
    return [desk_events.BulkLoaded(effect.said, wanted, len(rows), shown, unable(house, wanted, rows))]


def unable(house: MemoryHouse, wanted: wish.Wish, rows: list[Case]) -> frozenset[str]:
    able = [one for one in house.officers if one.staff.id == wanted.officer]
    return frozenset(
        one.ticket
        for one in rows
        if (wanted.action == "alihkan" and not house.served_but(wanted.office, one.barred))
        or (wanted.action == "serahkan" and not any(triage.handles(other.staff, one) for other in able))
    )


def theirs(act: Act, case: Case) -> bool:
    return triage.sees(act.turn.staff, case.office) or triage.sees(act.turn.staff, case.offered)


def load_many(house: MemoryHouse, act: Act, effect: wish.LoadMany) -> Answers:
    seen = []
    for one in effect.cases:
        case = case_of(house, one.ticket)
        seen.append((one, view(house, case) if case in listed(house, act) and theirs(act, case) else None))
    return [desk_events.ManyLoaded(effect.wish, tuple(seen), effect.id, effect.back)]


def move_many(house: MemoryHouse, act: Act, effect: wish.MoveMany) -> Answers:
    done, left = [], list(effect.left)
    house.many = True
    now = unable(house, effect.wish, [case_of(house, one.ticket) for one, _ in effect.steps])
    for one, (move, *more) in effect.steps:
        if (one.ticket in now and not effect.back) or house.perform(act, move):
            left.append((one.ticket, "tujuan"))
            continue
        for other in more:
            house.perform(act, other)
        done.append(wish.One(one.ticket, one.rev + 1, one.holder, one.status))
    house.many = False
    to = effect.wish.officer
    if effect.wish.action == "serahkan" and done and to != act.turn.staff.id:
        note = (bulk.taken_many if effect.back else bulk.handed_many)(len(done), act.turn.staff.name)
        house.say(next(one.chat for one in house.officers if one.staff.id == to), note)
    return [desk_events.ManyMoved(effect.wish, tuple(done), tuple(left), effect.id, effect.back)]


DEEDS: dict[type, Any] = {
    wish.LoadQueue: load_queue,
    wish.LoadDesk: load_desk,
    wish.KeepView: keep_view,
    wish.NoteLabel: note_label,
    wish.LoadBulk: load_bulk,
    wish.LoadMany: load_many,
    wish.MoveMany: move_many,
}
