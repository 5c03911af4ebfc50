"""Where a mistake cannot be taken back, two people: one proposes, another confirms the very same words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.deeds import DEEDS
from handlers.effects import Effect, MoveCase, Option, Send, T, To
from handlers.life import MOVES, REFUSING
from handlers.steps import LISTS, carried_out, read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.effects import Value
    from handlers.reply import Here
    from handlers.view import CaseView


def step(action: str, case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """Make a move of the table, or propose it where two people are needed. Raises Misread: what is to be typed."""
    move = MOVES[action]
    got = read(move, case, words, here)
    facts, note, reason = got
    if move.two or reason in REFUSING:
        return propose(case, action, {"facts": facts, "note": note, "reason": reason}, here)
    return carried_out(case, move, got, here)


def _label(action: str) -> T:
    return MOVES[action].label if action in MOVES else DEEDS[action].label


def propose(case: CaseView, action: str, read: Mapping[str, Any], here: Here) -> tuple[Effect, ...]:
    """Keep the words until another person has confirmed the same ones; any change of the case in between voids them.

    `action` is a move of the table, or a deed (handlers/deeds.py); `read` its facts, note and code of a reason.
    """
    staff = here.officer
    rev = case.rev + 1  # what it will be when this is kept
    wish = {**read, "action": action, "by": staff.id, "name": staff.name, "rev": rev}
    what = _what(wish)
    ask = Send(
        (
            T("{ticket}: {name} mengusulkan: {what}.", ticket=case.ticket, name=staff.name, what=what),
            T("Langkah ini perlu orang kedua. Periksa isinya; bila sama dengan yang Anda ketahui, tekan Setujui."),
        ),
        (*_ways(case, rev), Option(T("Lihat kartu"), f"/kasus {case.ticket}")),
        to=To("second", case.office),
        protect=True,
    )
    noted = T(
        "Usul untuk {ticket} dicatat: {what}. Menunggu orang kedua di kantor ini, atau di kantor atasnya.",
        ticket=case.ticket,
        what=what,
    )
    note = f"{_label(action).msgid}: {read['note']}".rstrip()  # the reason is put behind it, in the reader's language
    kept = MoveCase(case.ticket, case.rev, "usul", case.status, note=note, reason=read["reason"], facts={"usul": wish})
    return (kept, Send(noted), ask)


def alone() -> Send:
    """Nobody serves here or above who could be the second person."""
    return Send(
        T("Belum ada orang kedua, di kantor ini maupun di atasnya. Undang petugas lain; usul Anda menunggu di kartu.")
    )


def _what(wish: Mapping[str, Any]) -> T:
    action = wish["action"]
    detail: Value = LISTS[action][wish["reason"]] if wish["reason"] else wish["note"]
    return T("{move}: {detail}", move=_label(action), detail=detail)


def buttons(case: CaseView) -> tuple[Option, ...]:
    """What the second person can press; nothing where nothing waits."""
    return _ways(case, case.rev) if _wish(case) else ()


def _ways(case: CaseView, rev: int) -> tuple[Option, ...]:
    return (
        Option(T("Setujui"), f"/setuju {case.ticket} @{rev}"),
        Option(T("Tidak setuju"), f"/bantah {case.ticket} @{rev}"),
    )


def wish_line(case: CaseView) -> tuple[T, ...]:
    """The line on the card that says what waits for a second person."""
    wish = _wish(case)
    return (T("Menunggu orang kedua: {what} (diusulkan {name}).", what=_what(wish), name=wish["name"]),) if wish else ()


def _wish(case: CaseView) -> Mapping[str, Any]:
    """What waits and still holds."""
    wish: Mapping[str, Any] = case.facts.get("usul") or {}
    return wish if wish.get("rev") == case.rev else {}


def agree(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/setuju: the second person confirms the very words that were proposed, and the move is made."""
    del words
    staff = here.officer
    wish = _wish(case)
    if not wish:
        return (Send(_no_wish(case)),)
    if wish["by"] == staff.id:
        return (Send(T("Usul Anda sendiri perlu disetujui orang lain.")),)
    return (*_done(case, wish, here), Send(T("Disetujui: {what}.", what=_what(wish))))


def _done(case: CaseView, wish: Mapping[str, Any], here: Here) -> tuple[Effect, ...]:
    """What was agreed to: a deed, or a move of the table."""
    if wish["action"] in DEEDS:
        return DEEDS[wish["action"]].done(case, wish, here)
    note = f"{wish['note']} (usul {wish['name']})".strip()
    got = (dict(wish["facts"]), note, wish["reason"])
    return carried_out(case, MOVES[wish["action"]], got, here, shows=False)


def _no_wish(case: CaseView) -> T:
    if case.facts.get("usul"):
        return T("Usul untuk {ticket} gugur, karena kasusnya berubah sesudah itu. Usulkan lagi.", ticket=case.ticket)
    return T("Tidak ada usul yang menunggu persetujuan untuk {ticket}.", ticket=case.ticket)


def deny(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/bantah: the second person does not agree, or the first takes it back; nothing was done."""
    del words
    staff = here.officer
    wish = _wish(case)
    if not wish:
        return (Send(_no_wish(case)),)
    move = MoveCase(case.ticket, case.rev, "bantah", case.status, facts={"usul": None})
    done = Send(T("Usul untuk {ticket} dibatalkan.", ticket=case.ticket))
    if wish["by"] == staff.id:
        return (move, done)
    what = _what(wish)
    told = T("Usul untuk {ticket} tidak disetujui {name}: {what}.", ticket=case.ticket, name=staff.name, what=what)
    return (move, done, Send(told, to=To("staff", str(wish["by"])), protect=True))
