"""Where a mistake cannot be taken back, two people: one proposes, another confirms the very same words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.deeds import DEEDS
from handlers.done import SHORT, look, way_back
from handlers.effects import Effect, MoveCase, Option, Send, T, To
from handlers.frozen import replace
from handlers.happenings import STANDS, by_two, said
from handlers.life import MOVES
from handlers.near import HOURS
from handlers.steps import DECIDED_BY, LISTS, carried_out, read
from handlers.triage import DECIDE, permitted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.effects import Value
    from handlers.reply import Here
    from handlers.view import CaseView


VOID = -1  # instead of the revision of a proposal
LONGEST = 500  # characters that a button carries
WHY = T("Mengapa usul untuk {ticket} tidak Anda setujui? Yang mengusulkan akan membacanya.")


def step(action: str, case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """Make a move of the table, or propose it where two people are needed. Raises Misread: what is to be typed."""
    move = MOVES[action]
    got = read(move, case, words, here)
    facts, note, reason = got
    if by_two(action, reason):
        return propose(case, action, {"facts": facts, "note": note, "reason": reason}, here)
    return carried_out(case, move, got, here)


def _label(action: str) -> T:
    return MOVES[action].label if action in MOVES else DEEDS[action].label


def propose(case: CaseView, action: str, read: Mapping[str, Any], here: Here) -> tuple[Effect, ...]:
    """Keep the words until another person has confirmed the same ones; any change of the case in between voids them.

    `action` is a move of the table, or a deed (handlers/deeds.py); `read` its facts, note and code of a reason, and
    under "ulang" what is typed to propose the same again, where the note does not say it.
    """
    staff = here.officer
    rev = case.rev + 1  # what it will be when this is kept
    wish = {**read, "action": action, "by": staff.id, "name": staff.name, "rev": rev, "sejak": rev}
    what = _what(wish)
    ask = replace(_asked(case, wish), to=To("second", case.office, case.ticket))
    noted = T(
        "Usul untuk {ticket} dicatat: {what}. Menunggu orang kedua di kantor ini, atau di kantor atasnya.",
        ticket=case.ticket,
        what=what,
    )
    note = f"{_label(action).msgid}: {read['note']}".rstrip()  # the reason is put behind it, in the reader's language
    kept = MoveCase(case.ticket, case.rev, "usul", case.status, note=note, reason=read["reason"], facts={"usul": wish})
    back = way_back(kept) if here.turn.private else ()  # in a group the card has what takes it back, too
    said = Send((noted, *_own_before(case, here)), (*back, look(case.ticket)), protect=True)
    return (kept, said, ask, *_replaced(case, here))


def _own_before(case: CaseView, here: Here) -> tuple[T, ...]:
    """One proposal waits at a time: the own one before it does no more."""
    wish = _wish(case)
    if not wish or wish["by"] != here.officer.id:
        return ()
    later = T("Hanya satu usul dapat menunggu; usulkan lagi sesudah yang ini dijawab.")
    return _void(case.ticket, wish), later


def _replaced(case: CaseView, here: Here) -> tuple[Send, ...]:
    """So does a colleague's, who hears it, with the way to propose it again."""
    wish = _wish(case)
    if not wish or wish["by"] == here.officer.id:
        return ()
    rows = (_void(case.ticket, wish), T("{name} mengusulkan langkah lain.", name=here.officer.name))
    to = To("staff", str(wish["by"]), case.ticket)
    return (Send(rows, (*_again(case, wish), look(case.ticket)), to=to, protect=True),)


def _asked(case: CaseView, wish: Mapping[str, Any]) -> Send:
    what = _what(wish)
    return Send(
        (
            T(
                "{ticket}, {office}: {name} mengusulkan: {what}.",
                ticket=case.ticket,
                office=case.office_name,
                name=wish["name"],
                what=what,
            ),
            T("Langkah ini perlu orang kedua. Buka kartunya; bila Anda setuju, tekan Setujui."),
        ),
        (*_ways(case, wish["rev"]), look(case.ticket)),
        protect=True,
    )


def asked_later(case: CaseView, officer: int) -> Send | None:
    """To somebody who came since, when there was nobody to ask; None where nothing waits, or it is their own."""
    wish = _wish(case)
    return _asked(case, wish) if wish and wish["by"] != officer else None


def asked_card(ticket: str, facts: Mapping[str, Any]) -> str:
    """Who was asked to be the second person is kept as a card that stands in their chats is.

    It is named by the revision at which it was proposed: that stays, whatever is noted beside the case since.
    """
    wish = facts["usul"]
    return f"usul:{ticket}@{wish.get('sejak', wish['rev'])}"


def asked_of(card: str) -> str:
    """Of which case, read from it; "" of any other card."""
    return card.removeprefix("usul:").partition("@")[0] if card.startswith("usul:") else ""


def proposer(case: CaseView) -> int:
    """Whose proposal waits; 0 for none."""
    return int(_wish(case).get("by", 0))


def proposed_by(case: CaseView, officer: int) -> bool:
    """Does a proposal of this officer wait?"""
    return proposer(case) == officer


def waits_for_somebody(ticket: str) -> Send:
    """Nobody serves here or above who may see the case and could be the second person: what to do."""
    return Send(
        T(
            "Belum ada orang kedua untuk {ticket}, di kantor ini maupun di atasnya. Usul Anda menunggu di kartu. "
            "Mintalah koordinator mengundang petugas lain, atau kantor di atas mengundang petugasnya; begitu ada, "
            "ia langsung ditanya. Siapa yang bergabung atas undangan Anda sendiri baru dapat menyetujuinya sesudah "
            "{hours} jam, lewat kartu kasusnya.",
            ticket=ticket,
            hours=HOURS,
        )
    )


def _what(wish: Mapping[str, Any]) -> T:
    action = wish["action"]
    detail: Value = LISTS[action][wish["reason"]] if wish["reason"] else wish["note"]
    return T("{move}: {detail}", move=_label(action), detail=detail)


def buttons(case: CaseView) -> tuple[Option, ...]:
    """What can be pressed on the card while it waits; where one person reads it, only what is theirs to press."""
    wish, reader = _wish(case), case.reader
    if not wish:
        return ()
    if reader and reader.id == wish["by"]:
        return (Option(T("Cabut usul"), f"/bantah {case.ticket} @{case.rev}"),)
    return () if reader and reader.role not in DECIDE else _ways(case, case.rev)


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
    wish = _wish(case)
    if not wish:
        return (Send(_no_wish(case)),)
    if wish["by"] == here.officer.id:
        return (Send(T("Usul Anda sendiri perlu disetujui orang lain.")),)
    if case.too_near:
        return (Send(_too_near(wish)),)
    values: dict[str, Value] = {"ticket": case.ticket, "name": here.officer.name, "what": _what(wish)}
    heard = T("Usul Anda untuk {ticket} disetujui {name} dan sudah dikerjakan: {what}.", **values)
    if deed := DEEDS.get(wish["action"]):
        told = (_to_proposer(case, wish, heard),) if deed.told else ()
        return (*deed.done(case, wish, here), Send(T("Disetujui: {what}.", what=_what(wish))), *told)
    note = f"{wish['note']} (usul {wish['name']})".strip()
    [step] = carried_out(case, MOVES[wish["action"]], (dict(wish["facts"]), note, wish["reason"]), here)
    step = replace(step, facts={**step.facts, "usul": None})
    return (step, _to_proposer(case, wish, heard))


def _too_near(wish: Mapping[str, Any]) -> T:
    return T(
        "Anda belum dapat menjadi orang kedua untuk usul {name}: salah satu dari Anda bergabung kurang dari {hours} "
        "jam lalu atas undangan yang lain, atau dari pengundang yang sama. Mintalah petugas lain, atau kantor di atas.",
        name=wish["name"],
        hours=HOURS,
    )


def _to_proposer(case: CaseView, wish: Mapping[str, Any], *rows: T) -> Send:
    return Send(rows, (look(case.ticket),), to=To("staff", str(wish["by"]), case.ticket), protect=True)


# --- what comes in between ------------------------------------------------------------------------------------


def goes_along(wish: Mapping[str, Any], rev: int, action: str) -> dict[str, Any]:
    """The proposal after a row of history that made this revision: it stands still, or is void for good."""
    return {"sejak": wish["rev"], **wish, "rev": rev if action in STANDS else VOID}


def lapsed(ticket: str, wish: Mapping[str, Any], case: CaseView | None, action: str) -> Send:
    """To who proposed it: by which row it is void, and the way to propose the same again.

    `case` as they see it now, None where it is not theirs to see any more.
    """
    to, void = To("staff", str(wish["by"]), ticket), _void(ticket, wish)
    if case is None:
        return Send((void, T("Kasusnya tidak lagi di antrean Anda.")), to=to, protect=True)
    row = next(row for row in reversed(case.history) if row["action"] == action)
    why = T("Sebelum ada yang menyetujui, kasusnya berubah: {what}.", what=said(row, SHORT))
    return Send((void, why), (*_again(case, wish), look(ticket)), to=to, protect=True)


def _void(ticket: str, wish: Mapping[str, Any]) -> T:
    return T("Usul Anda untuk {ticket} gugur: {what}.", ticket=ticket, what=_what(wish))


def _again(case: CaseView, wish: Mapping[str, Any]) -> tuple[Option, ...]:
    """The same command with the same words, where the case is still where it can be given."""
    action, words = wish["action"], wish.get("ulang") or wish["note"] or wish["reason"].replace("_", " ")
    if action in DEEDS:
        action, words = DEEDS[action].command, words if DEEDS[action].typed else ""
    elif not permitted(action, case):
        return ()
    given = f"/{action} {case.ticket} {words}".strip()
    return (Option(T("Usulkan lagi"), given if len(given) <= LONGEST else f"/{action} {case.ticket}"),)


def _no_wish(case: CaseView) -> T:
    if case.facts.get("usul"):
        return T("Usul untuk {ticket} gugur, karena kasusnya berubah sesudah itu. Usulkan lagi.", ticket=case.ticket)
    return T("Tidak ada usul yang menunggu persetujuan untuk {ticket}.", ticket=case.ticket)


def wants_reason(case: CaseView, here: Here) -> bool:
    """Must who says no say why? Not of their own proposal, and not where they cannot say no."""
    wish = _wish(case)
    return bool(wish) and wish["by"] != here.officer.id and here.officer.role in DECIDE


def deny(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/bantah ALASAN: the second person does not agree; or the first takes it back, with or without a word."""
    staff = here.officer
    wish = _wish(case)
    if not wish:
        return (Send(_no_wish(case)),)
    what, own = _what(wish), wish["by"] == staff.id
    if not own and staff.role not in DECIDE:
        return (Send(DECIDED_BY),)
    move = MoveCase(case.ticket, case.rev, "cabut" if own else "bantah", case.status, note=words, facts={"usul": None})
    if own:
        return (move, Send(T("Usul Anda untuk {ticket} dicabut: {what}.", ticket=case.ticket, what=what)))
    values: dict[str, Value] = {"ticket": case.ticket, "name": staff.name, "what": what}
    heard = T("Usul Anda untuk {ticket} tidak disetujui {name}: {what}.", **values)
    done = T("Usul untuk {ticket} tidak Anda setujui: {what}. Yang mengusulkan sudah diberi tahu.", **values)
    return (move, Send(done), _to_proposer(case, wish, heard, T("Alasannya: {words}", words=words)))
