"""Several people tell of one act: an officer joins their cases, and can part them again. Never automatic.

Each keeps its history, its reporter, its ticket; what becomes of the main case is told to each (docs/adr/0019).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers import parting
from handlers.codes import read_ticket
from handlers.effects import Effect, Option, Send, T
from handlers.flow import Misread
from handlers.frozen import replace
from handlers.labels import own_rows
from handlers.life import DIGABUNG, ENDED, STATUSES, TIP
from handlers.likeness import REASONS
from handlers.offers import in_the_way, is_guest
from handlers.pairs import LoadPair, PairCases, SeparateCase
from handlers.reply import Here, Reply, say
from handlers.triage import PANWASCAM, concerns, is_near

if TYPE_CHECKING:
    from handlers.effects import Value
    from handlers.pairs import PairLoaded, Similar
    from handlers.state import State
    from handlers.turn import Staff
    from handlers.view import CaseView

EXAMPLE = "JN-8T59-2D58"
NAMING = frozenset({"gabung", "gabungan", "pisah", "pisahan", "beda", "susulan", "ikut"})  # their note is a ticket
ELSEWHERE = "kasus lain"  # instead of a ticket that its reader may not see
MOST_NAMED, MOST_OPENED = 5, 3  # joined cases on a card, and buttons that open one
NOT_THERE = T("Kasus itu tidak ada di antrean Anda.")
ANSWER_FIRST = T("Ada usul yang menunggu orang kedua pada {ticket}. Jawab dulu: /setuju atau /bantah.")
OUT_OF_SIGHT = T("{ticket} digabung ke kasus lain yang tidak Anda lihat; mintalah koordinator memisahkannya.")
A_TICKET = T("Tulis nomor tiket kasus yang lain, misalnya {example}.", example=EXAMPLE)


# --- commands -------------------------------------------------------------------------------------------------


def join(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/gabung JN-B JN-A: the first is joined to the second. Raises Misread."""
    del here
    if waiting := _answer_first(case):
        return (Send(waiting),)
    if case.joined:
        text = T(
            "{ticket} memuat kasus yang digabung. Pisahkan dulu, atau gabungkan yang lain ke sini.", **_named(case)
        )
        return (Send(text),)
    return (LoadPair(case.ticket, _other(words), "gabung"),)


def unlike(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/beda JN-B JN-A: not the same act; it is not suggested again. Raises Misread."""
    del here
    return (LoadPair(case.ticket, _other(words), "beda"),)


def _other(words: str) -> str:
    ticket = read_ticket(words.strip().rstrip("."))
    if ticket is None:
        raise Misread(A_TICKET)
    return ticket


def part(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/pisah JN-B: it stands by itself again, as it was before; by who may see both, as they were joined."""
    del here
    if case.status != DIGABUNG:
        return (Send(T("{ticket} tidak digabung dengan kasus lain.", **_named(case))),)
    if not case.main:
        return (Send(_out_of_sight(case)),)
    sure = words.strip().casefold() == parting.YES
    return (LoadPair(case.ticket, case.main, parting.SURE if sure else parting.ASK),)


def pair_loaded(state: State, event: PairLoaded, here: Here) -> Reply:
    """Both are here: join or part them, or note that they are not the same; or say kindly why not."""
    case, other = event.case, event.other
    group = here.turn.group_office
    there = other is not None and (here.turn.private or concerns(group, other))
    if case is None or other is None or not there or is_guest(here.officer, other):
        return say(state, NOT_THERE)
    if case.ticket == other.ticket:
        return say(state, T("Itu kasus yang sama. Tulis nomor tiket kasus yang lain."))
    why_not = _kept_apart(case, other) if event.command == "gabung" else _answer_first(case, other)
    return say(state, why_not) if why_not else Reply(state, _paired(event.command, case, other))


def _paired(command: str, case: CaseView, main: CaseView) -> tuple[Effect, ...]:
    both = {"ticket": case.ticket, "main": main.ticket}
    if command == parting.ASK and parting.told(case, main):
        return (parting.asked(case, main),)
    if command in {parting.ASK, parting.SURE}:
        text = T("{ticket} dipisahkan lagi dari {main}, lengkap dengan riwayatnya.", **both)
        separated = SeparateCase(case.ticket, case.rev, told=parting.told(case, main))
        return (separated, Send(text, (_look(case.ticket),), protect=True))
    pair = PairCases("gabung", case.ticket, case.rev, main.ticket, main.rev)
    if command == "beda":
        noted = T("Dicatat: {ticket} dan {main} bukan kejadian yang sama.", **both)
        return (replace(pair, action="beda"), Send(noted, protect=True))
    text = T(
        "{ticket} digabungkan ke {main}. Warganya diberi tahu bahwa ditangani bersama; kabar berikutnya sampai kepada "
        "tiap penyampai dengan nomor tiketnya sendiri. Urungkan: /pisah {ticket}",
        **both,
    )
    ways = (Option(T("Pisahkan"), f"/pisah {case.ticket} @{case.rev + 1}"), _look(main.ticket))
    return (pair, Send(text, ways, protect=True))


def _answer_first(*cases: CaseView) -> T | None:
    """It is an edit of each: what waits for a second person in one would be void by it."""
    return next((T(ANSWER_FIRST.msgid, **_named(case)) for case in cases if waits(case)), None)


def _kept_apart(case: CaseView, main: CaseView) -> T | None:
    """Why it cannot be joined to that case now.

    Who is kept out of one would be told of it by the other; and what the speaker may not see of a case is not named.
    """
    if case.barred != main.barred or case.joined:
        return T(
            "{ticket} dan {main} belum dapat digabung; mintalah koordinator memeriksa keduanya.",
            main=main.ticket,
            **_named(case),
        )
    if waiting := in_the_way(main):
        return waiting
    if waiting := _answer_first(main):
        return waiting
    if main.status in ENDED:
        status = STATUSES[main.status]
        return T("{ticket} sudah {status}; kasus lain tidak dapat digabungkan ke sana.", status=status, **_named(main))
    if main.office != case.office:
        return T(
            "{ticket} ada di {office}, {main} di {there}. Satukan dulu kantornya dengan /alihkan.",
            ticket=case.ticket,
            office=case.office_name,
            main=main.ticket,
            there=main.office_name,
        )
    return None


def beyond(case: CaseView) -> T:
    """Why a case that is no tip cannot be joined to another."""
    if case.status == DIGABUNG:
        if not case.main:
            return _out_of_sight(case)
        return T("{ticket} sudah digabung ke {main}. Pisahkan dulu: /pisah {ticket}", main=case.main, **_named(case))
    return T(
        "{ticket} sudah berstatus {status}, jadi tidak dapat digabungkan ke kasus lain. Kasus lain dapat digabungkan "
        "ke sini: /gabung, nomor kasus itu, lalu {ticket}.",
        status=STATUSES[case.status],
        **_named(case),
    )


def _out_of_sight(case: CaseView) -> T:
    return T(OUT_OF_SIGHT.msgid, **_named(case))


def waits(case: CaseView) -> bool:
    """Does a proposal wait for a second person, and still hold?"""
    return bool((case.facts.get("usul") or {}).get("rev") == case.rev)


def _named(case: CaseView) -> dict[str, Value]:
    return {"ticket": case.ticket}


def _look(ticket: str) -> Option:
    return Option(T("Lihat {ticket}", ticket=ticket), f"/kasus {ticket}")


# --- on the card ----------------------------------------------------------------------------------------------


def lines(case: CaseView) -> tuple[T, ...]:
    """To which it is joined, which are joined to it, and what it may be the same as."""
    rows: list[T] = []
    if case.status == DIGABUNG:
        rows.append(T("Digabung ke {main}; penanganannya di kasus itu.", main=case.main or ELSEWHERE))
    if case.joined:
        named = ", ".join(case.joined[:MOST_NAMED])
        left = len(case.joined) - MOST_NAMED
        rows.append(
            T("Digabung ke sini: {tickets}, dan {count} lagi.", tickets=named, count=left)
            if left > 0
            else T("Digabung ke sini: {tickets}.", tickets=named)
        )
    if case.similar:
        first = case.similar[0]
        rows.append(T("Mungkin sama dengan {ticket}: {why}.", ticket=first.ticket, why=reasons(first.why)))
    return tuple(rows)


def told(case: CaseView) -> dict[str, Any]:
    """What was told, and where evidence of the same act lies: with which of the cases that are joined to it."""
    there = case.joined_evidence[:MOST_NAMED]
    return {**case.answers, "evidence_joined": there} if there else dict(case.answers)


def opening(case: CaseView) -> tuple[Option, ...]:
    """On the main case's card: to look at those that are joined to it."""
    return tuple(map(_look, case.joined[:MOST_OPENED]))


def reasons(why: tuple[str, ...]) -> Value:
    """Why two cases may be of the same act."""
    words: Value = REASONS[why[0]]
    for code in why[1:]:
        words = T("{some}, {next}", some=words, next=REASONS[code])
    return words


def buttons(case: CaseView) -> tuple[Option, ...]:
    """To look at the likeliest other case, to join, and to say that it is another act."""
    if not case.similar:
        return ()
    other = case.similar[0]
    apart = Option(T("Bukan yang sama"), f"/beda {case.ticket} {other.ticket} @{case.rev}")
    return (_look(other.ticket), *_joining(case, other), apart)


def _joining(case: CaseView, other: Similar) -> tuple[Option, ...]:
    """The newer is joined to the older, or the tip to what is further; where neither is a tip, they cannot be."""
    mine, theirs = case.status in TIP and not case.joined, other.status in TIP
    if mine and not (other.newer and theirs):
        return (Option(T("Gabungkan"), f"/gabung {case.ticket} {other.ticket} @{case.rev}"),)
    return (Option(T("Gabungkan"), f"/gabung {other.ticket} {case.ticket} @{other.rev}"),) if theirs else ()


def goes_on(case: CaseView) -> Send | None:
    """Where the steps of a joined case are: with the one to which it is. None of any other."""
    if case.status != DIGABUNG:
        return None
    if not case.main:
        return Send(_out_of_sight(case))
    text = T("{ticket} digabung ke {main}; langkah berikutnya ada di kasus itu.", main=case.main, **_named(case))
    return Send(text, (_look(case.main),), protect=True)


def alone(case: CaseView) -> tuple[Option, ...]:
    """What is done with a joined case alone, by who may see the one to which it is joined."""
    if not case.main:
        return ()
    return (Option(T("Pisahkan"), f"/pisah {case.ticket} @{case.rev}"), _look(case.main))


def veiled(case: CaseView, hidden: frozenset[str] | None = None) -> CaseView:
    """A case without what it tells of others: of these tickets, or of every one."""

    def said(ticket: str) -> bool:
        return hidden is not None and ticket not in hidden

    history = tuple(
        {**row, "note": ELSEWHERE} if row["action"] in NAMING and not said(row["note"]) else row for row in case.history
    )
    return replace(
        case,
        main=case.main if said(case.main) else "",
        joined=tuple(filter(said, case.joined)),
        joined_evidence=tuple(one for one in case.joined_evidence if said(one[0])),
        similar=tuple(one for one in case.similar if said(one.ticket)),
        history=history,
    )


def as_guest(case: CaseView) -> CaseView:
    """A case as the office sees it that is only asked to take it: nothing of others, and no label."""
    bare = veiled(case)
    return replace(bare, history=own_rows(bare.history, None))


def seen_by(case: CaseView, *staff: Staff) -> CaseView:
    """A case as these officers see it: a panwascam hears of no case that lies in another kecamatan than theirs."""
    if any(one.role != PANWASCAM for one in staff):
        return case
    return veiled(case, case.apart if any(is_near(one, case) for one in staff) else None)


def read_by(case: CaseView, *staff: Staff) -> CaseView:
    """The same in a chat of their own; where it is one person's, the card knows whose."""
    return replace(seen_by(case, *staff), reader=staff[0] if len(staff) == 1 else None)
